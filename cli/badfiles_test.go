package cli_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"headroom/cases"
	"headroom/cli"
	"headroom/internal/counted"
	"headroom/internal/tree"
)

// badFile is one bad input: a case, a file of claims or a model in which one thing is wrong, and what is to be said of it.
type badFile struct {
	kind, what string
	files      map[string][]byte // of the case, in place of its own; nil takes one away
	args       []string          // DIR is the case, FILE the file outside of it; nil is check DIR
	outside    string            // name of the file outside of the case, where there is one
	data       []byte            // what is in it
	place      string            // file:row:column of the finding, as far as there are such
	codes      []string          // of which the finding has one; nil for any
	warning    bool              // it is no error
	status     int               // of the command; 0 is 1, or anything with warning
}

// badKind makes bad files of one kind; whole is how many there are.
type badKind struct {
	name  string
	whole int
	make  func(g *badMaker) badFile
}

// badKinds are the kinds of bad input and how many of each are tried.
var badKinds = []badKind{
	{"csv syntax", 120, (*badMaker).syntax},
	{"encoding", 70, (*badMaker).encoding},
	{"numbers", 180, (*badMaker).number},
	{"dates", 110, (*badMaker).date},
	{"units and money", 120, (*badMaker).unit},
	{"references", 140, (*badMaker).reference},
	{"economics and logic", 150, (*badMaker).economics},
	{"documented faults", 150, (*badMaker).documented},
	{"settings", 60, (*badMaker).setting},
	{"numeric traps", 60, (*badMaker).trap},
	{"model files", 60, (*badMaker).model},
	{"unbounded and infeasible", 40, (*badMaker).endless},
	{"workbooks", 120, (*badMaker).workbook},
	{"bombs", 40, (*badMaker).bomb},
	{"hostile text", 90, (*badMaker).hostile},
}

// badMaker makes bad files from a case that is sound.
type badMaker struct {
	r    *rand.Rand
	base map[string][]byte
	at   int // of the file, among those of its kind
}

// newBadMaker reads the sound case: two-plants with one or more rows of most other tables.
func newBadMaker(tb testing.TB, r *rand.Rand) *badMaker {
	tb.Helper()
	g := &badMaker{r: r, base: map[string][]byte{}}
	entries, err := cases.FS.ReadDir("two-plants")
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		data, err := cases.FS.ReadFile("two-plants/" + e.Name())
		if err != nil {
			tb.Fatal(err)
		}
		g.base[e.Name()] = data
	}
	more, err := filepath.Glob("testdata/badbase/*.csv")
	if err != nil || len(more) == 0 {
		tb.Fatal("testdata/badbase", err)
	}
	for _, path := range more {
		data, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		g.base[filepath.Base(path)] = data
	}
	return g
}

// cells are the cells of a file of the sound case.
func (g *badMaker) cells(file string) [][]string {
	rows, err := csv.NewReader(bytes.NewReader(g.base[file])).ReadAll()
	if err != nil {
		panic(file + ": " + err.Error())
	}
	return rows
}

// encode writes cells as CSV.
func encode(rows [][]string) []byte {
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// set is a file with another cell in a row, counted from 1 with the header, and a column, which is added where it is not there.
func (g *badMaker) set(file string, row int, column, cell string) map[string][]byte {
	rows := g.cells(file)
	changeCell(rows, row-1, column, func(string) string { return cell })
	return map[string][]byte{file: encode(rows)}
}

// changeCell changes a cell of rows below a header, in a new column where there is none, and returns what was in it.
func changeCell(rows [][]string, row int, column string, to func(string) string) string {
	at := slices.Index(rows[0], column)
	if at < 0 {
		at = len(rows[0])
		for i := range rows {
			rows[i] = append(rows[i], "")
		}
		rows[0][at] = column
	}
	before := rows[row][at]
	rows[row][at] = to(before)
	return before
}

// one picks one of some.
func one[T any](g *badMaker, from ...T) T { return from[g.r.IntN(len(from))] }

// nth picks one of some in turn, so that all are tried.
func nth[T any](g *badMaker, from []T) T { return from[g.at%len(from)] }

// verdict is what became of a bad file.
type verdict struct {
	status int
	out    string
	panics any
	hung   bool
}

// mustRunBad runs the command on a bad file, in this process and with a deadline.
func (g *badMaker) mustRunBad(tb testing.TB, f badFile) verdict {
	tb.Helper()
	root := tb.TempDir()
	dir := filepath.Join(root, "case")
	files := map[string][]byte{}
	for name, data := range g.base {
		files[name] = data
	}
	for name, data := range f.files {
		files[name] = data
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		tb.Fatal(err)
	}
	for name, data := range files {
		if data == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	outside := filepath.Join(root, f.outside)
	if f.outside != "" {
		if err := os.WriteFile(outside, f.data, 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	args := []string{"check", dir}
	if f.args != nil {
		args = nil
		for _, a := range f.args {
			args = append(args, strings.ReplaceAll(strings.ReplaceAll(a, "DIR", dir), "FILE", outside))
		}
	}
	return runBad(args, root)
}

// badDeadline is how long a command may take over a bad file, on a machine that does much else.
const badDeadline = 2 * time.Minute

// runBad runs a command. A panic is caught; what does not end is left behind.
func runBad(args []string, root string) verdict {
	done := make(chan verdict, 1)
	ctx, cancel := context.WithTimeout(context.Background(), badDeadline)
	defer cancel()
	go func() {
		var v verdict
		var out bytes.Buffer
		defer func() {
			v.panics = recover()
			v.out = strings.ReplaceAll(out.String(), root+string(filepath.Separator), "")
			done <- v
		}()
		s := cli.Streams{
			Out: &out, Err: &out, In: strings.NewReader(""), Getenv: tree.Getenv,
			Now: func() time.Time { return time.Date(2026, 6, 4, 12, 0, 0, 0, time.UTC) },
		}
		v.status = cli.Run(ctx, args, s)
	}()
	select {
	case v := <-done:
		return v
	case <-time.After(badDeadline + 10*time.Second):
		return verdict{hung: true}
	}
}

// said finds the line about a bad file: with its place and one of its codes, or with the code alone.
func (f badFile) said(out string) (placed, coded bool) {
	for line := range strings.SplitSeq(out, "\n") {
		has := len(f.codes) == 0
		for _, code := range f.codes {
			has = has || strings.Contains(line, ": "+code+": ") || strings.HasPrefix(line, code+": ")
		}
		at := f.place == "" || strings.HasPrefix(line, f.place+":") || strings.HasPrefix(line, f.place+"!") // a sheet of a workbook
		placed, coded = placed || has && at, coded || has
	}
	return placed, coded
}

// TestBadBase: the case that bad files are made from has no error.
func TestBadBase(t *testing.T) {
	t.Parallel()
	g := newBadMaker(t, rand.New(rand.NewPCG(1, 1)))
	if v := g.mustRunBad(t, badFile{}); v.status != 0 || strings.Contains(v.out, " error") {
		t.Errorf("status %d: %s", v.status, v.out)
	}
}

// TestCountedBadFiles makes bad inputs of fifteen kinds and wants each refused, or told, without a crash and in time: none passed over,
// and 98 in 100 of those that have a place with file, row and column.
func TestCountedBadFiles(t *testing.T) {
	r, _ := counted.New(t)
	g := newBadMaker(t, r)
	whole := 0
	for _, k := range badKinds {
		whole += k.whole
	}
	tried, places, placed, crashed, hung, silent := 0, 0, 0, 0, 0, 0
	for _, k := range badKinds {
		first := r.IntN(1000)
		for i := range counted.N(max(4, k.whole/12), k.whole) {
			g.at = first + i
			f := k.make(g)
			f.kind = k.name
			v := g.mustRunBad(t, f)
			tried++
			at, coded := f.said(v.out)
			show := fmt.Sprintf("%s: %s: status %d, want %s %v\n%.700s", f.kind, f.what, v.status, f.place, f.codes, v.out)
			switch {
			case v.hung:
				hung++
				t.Errorf("hung: %s", show)
			case v.panics != nil || v.status == 5 || strings.Contains(v.out, "goroutine "):
				crashed++
				t.Errorf("crashed: %v %s", v.panics, show)
			case !coded || !f.warning && v.status != max(f.status, 1):
				silent++
				t.Errorf("passed over: %s", show)
			}
			if f.place != "" {
				if places++; at {
					placed++
				} else if coded {
					t.Logf("without its place: %s", show)
				}
			}
		}
	}
	counted.Report(t, "bad files refused", tried-crashed-hung-silent, tried, fmt.Sprintf("(%d crashes, %d hangs, %d passed over)", crashed, hung, silent))
	counted.Report(t, "bad files told with file, row and column", placed, places, "of those that have a place")
	if 100*placed < 98*places {
		t.Errorf("only %d of %d are told with their place", placed, places)
	}
	if whole < 1300 {
		t.Errorf("the whole corpus has %d files", whole)
	}
}
