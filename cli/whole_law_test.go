package cli_test

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"headroom"
	"headroom/cases"
	"headroom/check"
	"headroom/internal/counted"
	"headroom/planner"
	"headroom/table"
)

// wider are tables that a case may have besides those of two-plants, in the order in which they are added: each needs those
// before it.
var wider = []struct{ name, text string }{
	{"labour.csv", "plant,cost_per_unit,crew_share\nnorth,900,50\nsouth,700,\n"},
	{"energy.csv", "plant,carrier,from,to,use_per_vehicle,base_load,price\nnorth,electricity,,,1300,9000,0.2\nsouth,electricity,,2027-12-31,1300,,0.2\n*,electricity,,,1300,,0.25\n"},
	{"shift_pattern.csv", "pattern_id,index,overtime_share,change_cost\none,0.5,10,4\ntwo,1,15,8\nthree,1.4,5,8\n"},
	{"arrangement.csv", "arr_id,status,earliest_start,term\nguest,signed,2027-01-01,3\n"},
	{"term.csv", "arr_id,kind,value,unit\nguest,min_volume,5000,veh/yr\nguest,max_volume,60000,veh/yr\nguest,fee_per_unit,300,ccy/veh\n"},
	{"target.csv", "target_id,period,value,hard,penalty\ngoal,2030,120000,no,100\n"},
}

// randomCase is two-plants with some more tables and some more columns.
func randomCase(r *rand.Rand) fstest.MapFS {
	files := fstest.MapFS{}
	sub, _ := fs.Sub(cases.FS, "two-plants")
	entries, _ := fs.ReadDir(sub, ".")
	for _, e := range entries {
		data, _ := fs.ReadFile(sub, e.Name())
		files[e.Name()] = &fstest.MapFile{Data: data}
	}
	for _, w := range wider {
		if r.IntN(2) == 0 && (w.name != "term.csv" || files["arrangement.csv"] != nil) {
			files[w.name] = &fstest.MapFile{Data: []byte(w.text)}
		}
	}
	if files["arrangement.csv"] != nil {
		edit(files, "vehicle_line.csv", 4, "arrangement", func(string) string { return "guest" })
	}
	for _, c := range []struct {
		file   string
		row    int
		column string
		value  string
	}{
		{"vehicle_line.csv", 4, "ramp", "40 80"},
		{"vehicle_line.csv", 2, "min_volume", "10000"},
		{"line.csv", 1, "min_rate", "20000"},
		{"line.csv", 2, "max_vehicles", "2"},
		{"vehicle_line.csv", 3, "lead", "12"},
		{"plant.csv", 1, "site_cap", "160000"},
		{"demand.csv", 1, "min_service", "50"},
		{"line.csv", 1, "max_launches", "1"},
		{"plant.csv", 2, "sale_value", "20"},
	} {
		if r.IntN(3) == 0 {
			edit(files, c.file, c.row, c.column, func(string) string { return c.value })
		}
	}
	return files
}

// edit changes a cell, in a new column where there is none; rows count from 1 without the header. It returns the cell before.
func edit(files fstest.MapFS, file string, row int, column string, to func(string) string) string {
	rows, err := csv.NewReader(strings.NewReader(string(files[file].Data))).ReadAll()
	if err != nil || row >= len(rows) {
		return ""
	}
	before := changeCell(rows, row, column, to)
	files[file] = &fstest.MapFile{Data: encode(rows)}
	return before
}

// randomEdit changes a random cell to something that a person or a program may have written there, and says what it did.
func randomEdit(r *rand.Rand, files fstest.MapFS) string {
	for {
		names := slices.Sorted(maps.Keys(files))
		file := names[r.IntN(len(names))]
		t := table.Lookup(strings.TrimSuffix(file, ".csv"))
		if t == nil || !strings.HasSuffix(file, ".csv") || file == "assumption.csv" {
			continue
		}
		c := t.Columns[r.IntN(len(t.Columns))]
		lines := strings.Count(string(files[file].Data), "\n")
		row := 1 + r.IntN(max(1, lines-1))
		var value func(string) string
		switch {
		case c.Numeric() && r.IntN(3) > 0:
			factor := []float64{1e-9, 1e-6, 1e-3, 0.01, 0.1, 0.5, 2, 10, 100, 1000, 1e6, 1e9}[r.IntN(12)]
			value = func(old string) string {
				v, err := strconv.ParseFloat(old, 64)
				if err != nil {
					v = 1
				}
				return strconv.FormatFloat(v*factor, 'f', -1, 64)
			}
		case c.Numeric():
			words := []string{"", "0", "1", "-1", "50", "99.999999", "300000", "1e9", "1e-9", "0.0001%", "1000000"}
			value = func(string) string { return words[r.IntN(len(words))] }
		case c.Kind == table.KindDateFrom || c.Kind == table.KindDateTo:
			words := []string{"", "1900-01-01", "2025-12-31", "2026-01-01", "2028-07-02", "2030-12-31", "2031-01-01", "2199-12-31"}
			value = func(string) string { return words[r.IntN(len(words))] }
		case c.Kind == table.KindEnum:
			value = func(string) string { return c.Options[r.IntN(len(c.Options))] }
		default:
			continue
		}
		after := ""
		before := edit(files, file, row, c.Name, func(old string) string {
			after = value(old)
			return after
		})
		return fmt.Sprintf("%s:%d:%s %q → %q", file, row+1, c.Name, before, after)
	}
}

// TestCountedWhole holds that what check passes, building does not refuse: random cases with a random cell edited either have an
// error of check, with its file, or are built and their numbers are let pass.
func TestCountedWhole(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	tries, refused, built, gated := counted.N(2000, 100000), 0, 0, 0
	for range tries {
		files := randomCase(r)
		did := randomEdit(r, files)
		c, loaded, err := table.LoadFS(files, table.LoadOptions{})
		if err != nil {
			t.Fatalf("%s: %v", did, err)
		}
		found := loaded
		if c != nil {
			found = check.Merge(loaded, check.Case(c))
		}
		if check.Errors(found) {
			refused++
			for _, f := range found {
				if f.Severity == headroom.SeverityError && f.File == "" {
					t.Errorf("%s: no file: %s", did, f)
				}
			}
			continue
		}
		built++
		for _, objective := range []string{"npv", "cost"} {
			m, err := planner.Build(t.Context(), c, planner.Options{Objective: objective})
			if err != nil {
				t.Fatalf("%s: %s: %v", did, objective, err)
			}
			for _, f := range m.Refusal() {
				gated++
				t.Errorf("%s: %s: check passes and the numbers are refused: %s", did, objective, f)
				if f.File == "" || f.Row == 0 || f.Column == "" {
					t.Errorf("%s: %s: the refusal names no cell: %s", did, objective, f)
				}
			}
		}
	}
	counted.Report(t, "random cases with a random cell edited", tries-gated, tries, fmt.Sprintf("refused by check (%d) or built (%d)", refused, built))
}

// TestFaintCosts holds that a cost by the vehicle that is next to nothing, where nearly all is paid by the crew, does not stand in
// the way of a plan.
func TestFaintCosts(t *testing.T) {
	t.Parallel()
	for digits := 1; digits <= 12; digits++ {
		files := randomCase(rand.New(rand.NewPCG(1, 1)))
		share := "99." + strings.Repeat("9", digits)
		files["labour.csv"] = &fstest.MapFile{Data: []byte("plant,cost_per_unit,crew_share\nnorth,900," + share + "\nsouth,700,\n")}
		c, found, err := table.LoadFS(files, table.LoadOptions{})
		if err != nil || c == nil {
			t.Fatalf("%v: %v", err, found)
		}
		m, err := planner.Build(t.Context(), c, planner.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range m.Refusal() {
			t.Errorf("crew_share %s: %s", share, f)
		}
	}
}

// TestFewVehicles holds that a launch which few vehicles must pay for, one a year at the least, is planned like every other.
func TestFewVehicles(t *testing.T) {
	t.Parallel()
	for _, most := range []string{"0.001", "0.01", "0.1", "1", "10", "1000"} {
		files := randomCase(rand.New(rand.NewPCG(1, 1)))
		files["demand.csv"] = &fstest.MapFile{Data: []byte("vehicle,market,volume,price_net,contribution,max_volume\n" +
			"hatch,home,80000,18000,12,\nsuv,home,35000,28000,,\nvan,home,22000,31000,12," + most + "\n")}
		c, found, err := table.LoadFS(files, table.LoadOptions{})
		if err != nil || c == nil {
			t.Fatalf("%v: %v", err, found)
		}
		m, err := planner.Build(t.Context(), c, planner.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range m.Refusal() {
			t.Errorf("max_volume %s: %s", most, f)
		}
	}
}
