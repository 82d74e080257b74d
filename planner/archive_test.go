package planner_test

import (
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"headroom"
	"headroom/check"
	"headroom/planner"
	"headroom/table"
)

// An archive of testdata/*.txtar is a planning case in a small notation: tables in, expected plan out. Its files are those of
// a case, and
//
//	rows      families of rows that must bind: without them the plan is another (see TestBinds); the archive is then a golden problem
//	options   lines of "objective cost", "gap 1e-6", "with DEAL", "scenario NAME"
//	want      what the plan must be, one line each:
//	          status verified
//	          value 1635000 [relative tolerance]
//	          TABLE.COLUMN[KEY=VALUE ...] = what    a number: the sum over the rows; a word: every row says so
//	          TABLE.count[KEY=VALUE ...] = 2        how many rows
//	          explanation: text                     what the explanation must say somewhere
//	          check CODE                            an error of check.Case, after which there is a plan all the same
//
// Tables and columns are those of the plan's JSON. Files NAME/… make a variant of the case: the files of the archive with
// these in place of their namesakes. A file that an archive leaves out is taken from common.txtar where it is there.
type archive struct {
	name  string
	files map[string]string
}

// variants returns the names of the variants; the archive itself is "".
func (a *archive) variants() []string {
	seen := map[string]bool{"": true}
	out := []string{""}
	for name := range a.files {
		if dir, _, ok := strings.Cut(name, "/"); ok && !seen[dir] {
			seen[dir] = true
			out = append(out, dir)
		}
	}
	return out
}

// variant returns the files of a variant.
func (a *archive) variant(name string) map[string]string {
	out := map[string]string{}
	for file, data := range a.files {
		if !strings.Contains(file, "/") {
			out[file] = data
		}
	}
	for file, data := range a.files {
		if dir, base, ok := strings.Cut(file, "/"); ok && dir == name {
			out[base] = data
		}
	}
	return out
}

func mustArchive(t testing.TB, path string) *archive {
	t.Helper()
	a := &archive{name: strings.TrimSuffix(filepath.Base(path), ".txtar"), files: map[string]string{}}
	for _, p := range []string{filepath.Join("testdata", "common.txtar"), path} {
		x, err := txtar.ParseFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range x.Files {
			a.files[f.Name] = string(f.Data)
		}
	}
	return a
}

// mustArchives reads all archives.
func mustArchives(t testing.TB) []*archive {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	var out []*archive
	for _, p := range paths {
		if filepath.Base(p) != "common.txtar" {
			out = append(out, mustArchive(t, p))
		}
	}
	return out
}

// mustLoad makes the case and options of a variant.
func mustLoad(t testing.TB, files map[string]string) (*headroom.Case, planner.Options) {
	t.Helper()
	var lo table.LoadOptions
	o := planner.Options{Gap: 1e-9}
	for _, line := range lines(files["options"]) {
		key, value, _ := strings.Cut(line, " ")
		var err error
		switch key {
		case "objective":
			o.Objective = value
		case "gap":
			o.Gap, err = strconv.ParseFloat(value, 64)
		case "with":
			lo.With = append(lo.With, value)
		case "scenario":
			lo.Scenario = value
		default:
			err = fmt.Errorf("no such option")
		}
		if err != nil {
			t.Fatalf("option %q: %v", line, err)
		}
	}
	fsys := fstest.MapFS{}
	for name, data := range files {
		if strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".yaml") {
			fsys[name] = &fstest.MapFile{Data: []byte(data)}
		}
	}
	return mustLoadFS(t, fsys, lo, lines(files["want"])), o
}

func mustLoadFS(t testing.TB, fsys fs.FS, lo table.LoadOptions, want []string) *headroom.Case {
	t.Helper()
	c, findings, err := table.LoadFS(fsys, lo)
	if err != nil || c == nil {
		t.Fatalf("no case: %v %v", err, findings)
	}
	for _, f := range check.Merge(findings, check.Case(c)) {
		if f.Severity == headroom.SeverityError && !slices.Contains(want, "check "+f.Code) {
			t.Errorf("the case is wrong: %v", f)
		}
	}
	return c
}

// lines splits a file into lines without comments and blank ones.
func lines(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// TestArchives plans every archive and its variants and compares the plans with what the archives want.
func TestArchives(t *testing.T) {
	t.Parallel()
	for _, a := range mustArchives(t) {
		for _, v := range a.variants() {
			t.Run(a.name+"/"+v, func(t *testing.T) {
				t.Parallel()
				files := a.variant(v)
				want := lines(files["want"])
				if len(want) == 0 {
					t.Fatal("the archive wants nothing")
				}
				c, o := mustLoad(t, files)
				p := mustPlan(t, c, o)
				for _, w := range want {
					if err := compare(p, w); err != nil {
						t.Errorf("%s: %v", w, err)
					}
				}
				if t.Failed() {
					show(t, p)
				}
			})
		}
	}
}

// show logs the tables of a plan that is not as wanted.
func show(t testing.TB, p *headroom.Plan) {
	t.Helper()
	v := reflect.ValueOf(*p)
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && v.Type().Field(i).Name != "Discounts" {
			for j := range f.Len() {
				t.Logf("%s %+v", v.Type().Field(i).Name, f.Index(j).Interface())
			}
		}
	}
	t.Logf("value %.12g constant %.12g", p.Value, p.Constant)
}

var cellLine = regexp.MustCompile(`^(\w+)\.(\w+)(?:\[(.*)\])? = (.*)$`)

// valueTolerance is the relative difference of a number from the one wanted.
const valueTolerance = 1e-8

// compare compares a plan with one line of want.
func compare(p *headroom.Plan, want string) error {
	if text, ok := strings.CutPrefix(want, "explanation: "); ok {
		for _, e := range p.Explanation {
			if strings.Contains(e.Text, text) {
				return nil
			}
		}
		return fmt.Errorf("got %v", p.Explanation)
	}
	if m := cellLine.FindStringSubmatch(want); m != nil {
		return compareCells(p, m[1], m[2], strings.Fields(m[3]), m[4])
	}
	words := strings.Fields(want)
	switch words[0] {
	case "status":
		if string(p.Status) != words[1] {
			return fmt.Errorf("got %s %v", p.Status, p.Explanation)
		}
		return nil
	case "check":
		return nil // mustLoadFS has looked
	case "value":
		tolerance := valueTolerance
		if len(words) > 2 {
			tolerance, _ = strconv.ParseFloat(words[2], 64)
		}
		return near(p.Value, words[1], tolerance)
	}
	return fmt.Errorf("no such line")
}

func near(got float64, want string, tolerance float64) error {
	x, err := strconv.ParseFloat(strings.ReplaceAll(want, ",", ""), 64)
	if err != nil {
		return err
	}
	if math.Abs(got-x) > tolerance*math.Max(1, math.Abs(x)) {
		return fmt.Errorf("got %.12g", got)
	}
	return nil
}

func compareCells(p *headroom.Plan, name, column string, keys []string, want string) error {
	rows := reflect.ValueOf(*p).FieldByNameFunc(func(f string) bool { return strings.EqualFold(f, name) })
	if !rows.IsValid() || rows.Kind() != reflect.Slice {
		return fmt.Errorf("no table %q", name)
	}
	count, sum, number, word := 0, 0.0, true, ""
	for i := range rows.Len() {
		row := rows.Index(i)
		match, err := matches(row, keys)
		if err != nil {
			return err
		}
		if !match {
			continue
		}
		count++
		if column == "count" {
			continue
		}
		f, err := cell(row, column)
		if err != nil {
			return err
		}
		if f.Kind() == reflect.Float64 {
			sum += f.Float()
			continue
		}
		if number, word = false, fmt.Sprint(f.Interface()); word != want {
			return fmt.Errorf("got %s", word)
		}
	}
	if column == "count" {
		return near(float64(count), want, 0)
	}
	if _, err := strconv.ParseFloat(want, 64); err == nil && number {
		return near(sum, want, valueTolerance)
	}
	if word == "" {
		return fmt.Errorf("no such row")
	}
	return nil
}

func matches(row reflect.Value, keys []string) (bool, error) {
	for _, k := range keys {
		column, value, _ := strings.Cut(k, "=")
		f, err := cell(row, column)
		if err != nil {
			return false, err
		}
		if fmt.Sprint(f.Interface()) != value {
			return false, nil
		}
	}
	return true, nil
}

// cell is the field of a row by its name in JSON.
func cell(row reflect.Value, column string) (reflect.Value, error) {
	for i := range row.NumField() {
		if name, _, _ := strings.Cut(row.Type().Field(i).Tag.Get("json"), ","); name == column {
			return row.Field(i), nil
		}
	}
	return reflect.Value{}, fmt.Errorf("no column %q", column)
}
