package table

import (
	"io/fs"
	"testing"

	"headroom/cases"
	"headroom/formula"
)

// TestFigureUnits: evidence can read the unit of every column of numbers, with a currency in place of ccy.
func TestFigureUnits(t *testing.T) {
	t.Parallel()
	settings := &rawTable{Table: Lookup(caseTable)}
	settings.rows = []*rawRow{{cells: make([]string, len(settings.Columns))}}
	settings.rows[0].cells[settings.Index("base_currency")] = "GBP"
	l := &loader{tables: map[string]*rawTable{caseTable: settings}}
	for _, st := range schema {
		rt := &rawTable{Table: st}
		r := &rawRow{cells: make([]string, len(st.Columns))}
		for _, name := range []string{"currency", "from_ccy", "to_ccy"} {
			if i := st.Index(name); i >= 0 {
				r.cells[i] = "EUR"
			}
		}
		if i := st.Index("unit"); i >= 0 && st.Name == "term" {
			r.cells[i] = "ccy/veh"
		}
		for i, c := range st.Columns {
			if unit := l.figureUnit(rt, r, i); c.Numeric() {
				if _, err := formula.ParseUnit(unit); err != nil {
					t.Errorf("%s.%s: %v", st.Name, c.Name, err)
				}
			}
		}
	}
}

// TestUnitsOfBindings: a binding knows the unit of its figure.
func TestUnitsOfBindings(t *testing.T) {
	t.Parallel()
	sub, err := fs.Sub(cases.FS, "uk-2035")
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := LoadLedgerFS(sub)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"labour/halewood/cost_per_unit":                "USD/veh",
		"energy/oxford:electricity:/price":             "GBP/kWh",
		"energy/rosslyn:electricity:/price":            "ZAR/kWh",
		"fx_rate/GBP:USD:*/rate":                       "USD per GBP",
		"vehicle_line/mini-electric:OXF-1:full/retool": "GBP m",
		"plant/oxford/fixed_cost_per_capacity":         "GBP/(veh/yr)",
		"duty/eu-mfn/ad_valorem":                       "%",
		"target/uk-1300k:2035/value":                   "veh/yr",
		"term/chery-ebro-barcelona:max_volume:/value":  "veh/yr",
	}
	for _, b := range c.Bindings {
		key := b.Table + "/" + b.RowKey + "/" + b.Column
		if unit, ok := want[key]; ok && b.Unit != unit {
			t.Errorf("%s is in %q, want %q", key, b.Unit, unit)
		}
		delete(want, key)
	}
	for key := range want {
		t.Errorf("%s is not bound", key)
	}
}
