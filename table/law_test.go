package table_test

import (
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"headroom"
	"headroom/table"
)

// withoutRows is a case without the places of its rows, which are not part of what it says.
func withoutRows(c *headroom.Case) headroom.Case {
	out := *c
	out.Rows = nil
	return out
}

// TestPermutation holds that the order of rows and columns changes nothing.
func TestPermutation(t *testing.T) {
	t.Parallel()
	from := mustInit(t)
	want := withoutRows(mustLoad(t, from, table.LoadOptions{}))
	files, err := filepath.Glob(filepath.Join(from, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	dir := mustInit(t)
	rapid.Check(t, func(r *rapid.T) {
		for _, path := range files {
			rows, err := csv.NewReader(strings.NewReader(mustRead(t, from, filepath.Base(path)))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			order := rapid.Permutation(indices(len(rows)-1)).Draw(r, "rows")
			columns := rapid.Permutation(indices(len(rows[0]))).Draw(r, "columns")
			var b strings.Builder
			w := csv.NewWriter(&b)
			for i := range rows {
				from := rows[0]
				if i > 0 {
					from = rows[1+order[i-1]]
				}
				var to []string
				for _, c := range columns {
					to = append(to, from[c])
				}
				_ = w.Write(to)
			}
			w.Flush()
			mustWrite(t, dir, filepath.Base(path), b.String())
		}
		got := withoutRows(mustLoad(t, dir, table.LoadOptions{}))
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatal(diff)
		}
	})
}

// indices are 0 to n-1.
func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// starters are folders with each starter case.
func starters(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, name := range []string{"two-plants", "uk-2035"} {
		dir := filepath.Join(t.TempDir(), name)
		if _, err := table.Init(dir, name); err != nil {
			t.Fatal(err)
		}
		out = append(out, dir)
	}
	return out
}

// TestFormat holds that formatting changes no case and that formatting twice is formatting once.
func TestFormat(t *testing.T) {
	t.Parallel()
	for _, dir := range starters(t) {
		want := withoutRows(mustLoad(t, dir, table.LoadOptions{}))
		if _, err := table.Format(dir); err != nil {
			t.Error(err)
		}
		if changed, err := table.Format(dir); err != nil || len(changed) > 0 {
			t.Errorf("%s: changed %v, %v", filepath.Base(dir), changed, err)
		}
		if diff := cmp.Diff(want, withoutRows(mustLoad(t, dir, table.LoadOptions{}))); diff != "" {
			t.Error(diff)
		}
	}
}

func TestFormatMessy(t *testing.T) {
	t.Parallel()
	dir := mustInit(t)
	mustWrite(t, dir, "line.csv", "\ufeffnote,capacity_year [thousand veh/yr],plant,line_id\r\n\"Empty\",090.0,south,south-1\r\n\r\n\"a \"\"b\"\"\",1.5e2,north,north-1\r\n")
	before := withoutRows(mustLoad(t, dir, table.LoadOptions{}))
	changed, err := table.Format(dir)
	if diff := cmp.Diff([]string{"line.csv"}, changed); diff != "" || err != nil {
		t.Error(diff, err)
	}
	want := "line_id,plant,capacity_year [thousand veh/yr],note\nnorth-1,north,150,\"a \"\"b\"\"\"\nsouth-1,south,90,Empty\n"
	if diff := cmp.Diff(want, mustRead(t, dir, "line.csv")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, withoutRows(mustLoad(t, dir, table.LoadOptions{}))); diff != "" {
		t.Error(diff)
	}
	if changed, err := table.Format(dir); err != nil || len(changed) > 0 {
		t.Error("not idempotent:", changed, err)
	}
}

// TestFormatRefuses holds that a file with errors of syntax stays as it is, byte by byte.
func TestFormatRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"line_id,plant,capacity_year\nnorth-1,north\n", "line_id,plant,capacity_yaer\nnorth-1,north,1\n", "line_id,plant\nnorth-1,\"north\n",
	} {
		dir := mustInit(t)
		mustWrite(t, dir, "line.csv", text)
		if changed, err := table.Format(dir); err == nil || len(changed) > 0 {
			t.Errorf("%q: changed %v", text, changed)
		}
		if diff := cmp.Diff(text, mustRead(t, dir, "line.csv")); diff != "" {
			t.Error(diff)
		}
	}
}

// TestWriteLoad holds that a case that is written and read is the same case.
func TestWriteLoad(t *testing.T) {
	t.Parallel()
	for _, dir := range starters(t) {
		want := withoutRows(mustLoad(t, dir, table.LoadOptions{}))
		out := filepath.Join(t.TempDir(), "out")
		want.Bindings, want.Scenarios, want.Changes = nil, nil, nil // they may be about rows that are left out
		labels := want.Labels
		bound := func(r headroom.Ref, _ headroom.Label) bool { return len(labels[r].Claims) > 0 }
		if err := table.Write(out, &want); err != nil {
			t.Fatal(err)
		}
		c, found, err := table.Load(out, table.LoadOptions{})
		if found = slices.DeleteFunc(found, func(f headroom.Finding) bool { // assumptions that stand by for bound figures
			return f.File == "assumption.csv" && f.Code == headroom.CodeUnusedRow
		}); err != nil || len(found) > 0 {
			t.Fatal(found, err)
		}
		got := withoutRows(c)
		got.Hash, want.Hash = "", "" // cells of excluded rows and defaults that were written out
		maps.DeleteFunc(got.Labels, bound)
		want.Labels = maps.Clone(labels)
		maps.DeleteFunc(want.Labels, bound)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", filepath.Base(dir), diff)
		}
	}
}

// FuzzLoad holds that no bytes in any file break the loader, and that formatting what it accepts changes no case.
func FuzzLoad(f *testing.F) {
	names := []string{
		"case.yaml", "period.csv", "plant.csv", "vehicle_line.csv", "demand.csv", "assumption.csv", "lane.csv", "scenario.csv", "change.csv",
		"shift_pattern.csv", "binding.csv", "energy.csv",
	}
	for _, s := range []string{
		"case_id: x\nprice_year: [1]\n", "a: &a [*a]\n", "period_id,from,to\n2026,2026,2026\n", "plant_id,use,owner_org\nnorth,exclude,x\n",
		"assumption_id,table,selector,column,value,reason\na,line,plant.owner_org=x,capacity_year,1%,r\nb,line,*,*,*,r\n",
		"scen_id,order,table,selector,column,op,value\ns,1,demand,vehicle.use=include,volume,multiply,1e300\n", "scen_id,parent\ns,s\n",
		"table,row_key,column,claim_id\nline,north-1,note,x\n", "\xff\xfe", "\"",
	} {
		for i := range names {
			f.Add(byte(i), []byte(s))
		}
	}
	base, err := os.ReadDir("../cases/two-plants")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		dir := t.TempDir()
		for _, e := range base {
			mustWrite(t, dir, e.Name(), mustRead(t, "../cases/two-plants", e.Name()))
		}
		mustWrite(t, dir, names[int(which)%len(names)], string(data))
		before, findings, err := table.Load(dir, table.LoadOptions{Scenario: "s"})
		if err != nil || before == nil {
			return
		}
		if _, err := table.Format(dir); err != nil {
			return
		}
		after, again, err := table.Load(dir, table.LoadOptions{Scenario: "s"})
		if err != nil {
			t.Fatal(err)
		}
		if len(findings) != len(again) {
			t.Fatal(findings, again)
		}
		if diff := cmp.Diff(before.Hash, after.Hash); diff != "" {
			t.Fatal(diff)
		}
	})
}
