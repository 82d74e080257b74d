package table

import (
	"reflect"
	"slices"
	"testing"

	"headroom"
)

// TestSchemaIsTheTypes holds that every column has a field and every field a column.
func TestSchemaIsTheTypes(t *testing.T) {
	t.Parallel()
	types := map[string]reflect.Type{caseTable: reflect.TypeFor[headroom.Settings]()}
	for name, slice := range slicesOf(reflect.ValueOf(headroom.Case{})) {
		types[name] = slice.Type().Elem()
	}
	for _, table := range Schema() {
		typ, ok := types[table.Name]
		delete(types, table.Name)
		if !ok {
			t.Errorf("table %s has no type", table.Name)
			continue
		}
		fields := fieldIndex(typ)
		for _, col := range table.Columns {
			if _, ok := fields[col.Name]; !ok {
				t.Errorf("column %s.%s has no field", table.Name, col.Name)
			}
			delete(fields, col.Name)
		}
		for name := range fields {
			t.Errorf("field %s.%s has no column", typ, name)
		}
	}
	for name := range types {
		t.Errorf("type %s has no table", name)
	}
}

// TestSchemaHolds looks for mistakes in the schema itself: defaults that cannot be read, references to nothing.
func TestSchemaHolds(t *testing.T) {
	t.Parallel()
	for _, table := range Schema() {
		if len(table.Keys) == 0 {
			t.Errorf("%s has no key", table.Name)
		}
		for _, c := range table.Columns {
			if c.Text == "" {
				t.Errorf("%s.%s has no text", table.Name, c.Name)
			}
			if c.Default != "" && c.Default[0] != '=' && !c.List && !slices.Contains(c.Options, c.Default) {
				if _, p := parseCell(c, c.Default); p != nil {
					t.Errorf("%s.%s: default %s: %s", table.Name, c.Name, c.Default, p)
				}
			}
			for _, ref := range c.Refs {
				if ref != "region.customs_territory" && Lookup(ref) == nil {
					t.Errorf("%s.%s refers to %s", table.Name, c.Name, ref)
				}
			}
			if c.Kind == KindNumber && c.Unit == "" {
				t.Errorf("%s.%s is a number without unit", table.Name, c.Name)
			}
		}
	}
}

func TestUnits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, unit string
		factor     float64
		ok         bool
	}{
		{"veh/yr", "veh/yr", 1, true},
		{"thousand veh/yr", "veh/yr", 1000, true},
		{"k cars/yr", "veh/yr", 1000, true},
		{"veh/month", "veh/yr", 12, true},
		{"ccy/MWh", "ccy/kWh", 0.001, true},
		{"fraction", "%", 100, true},
		{"yr", "months", 12, true},
		{"thousand %", "%", 0, false},
		{"tonnes", "veh/yr", 0, false},
		{"km", "%", 0, false},
	}
	for _, test := range tests {
		factor, ok := unitFactor(test.text, test.unit)
		if factor != test.factor && ok || ok != test.ok {
			t.Errorf("unitFactor(%q, %q) = %v, %v; want %v, %v", test.text, test.unit, factor, ok, test.factor, test.ok)
		}
	}
}

// TestUnitsOfMoney: a header may name the currency of the rows, also by a sign or as a hundredth of it.
func TestUnitsOfMoney(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, unit, currency string
		want                 float64
	}{
		{"ct/kWh", "ccy/kWh", "EUR", 0.01},
		{"p/kWh", "ccy/kWh", "GBP", 0.01},
		{"€/MWh", "ccy/kWh", "EUR", 0.001},
		{"M€ p.a.", "m/yr", "EUR", 1},
		{"TEUR", "m", "EUR", 0.001},
		{"Mrd. €", "m", "EUR", 1000},
		{"% p.a.", "%/yr", "GBP", 1},
		{"‰", "%", "GBP", 0.1},
		{"k", "%", "GBP", 0},
		{"TEUR", "m", "GBP", 0},
	} {
		if got, ok := unitIn(tt.text, tt.unit, tt.currency); got != tt.want || ok != (tt.want != 0) {
			t.Errorf("%s in %s of %s: %v, %v; want %v", tt.text, tt.unit, tt.currency, got, ok, tt.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, unit string
		want       float64
		code       string
	}{
		{"12", "", 12, ""},
		{" 12.50 ", "", 12.5, ""},
		{"-.5e1", "", -5, ""},
		{"-0", "", 0, ""},
		{"1e-400", "", 0, ""},
		{"0x10", "", 0, "BrokenNumber"},
		{"1_000", "", 0, "GroupedNumber"},
		{"1'000", "", 0, "GroupedNumber"},
		{"1\u00a0000", "", 0, "GroupedNumber"},
		{"1 000 000", "", 0, "GroupedNumber"},
		{"1.234,5", "", 0, "DecimalComma"},
		{"-1,5", "", 0, "DecimalComma"},
		{"１２", "", 0, "BrokenNumber"},
		{"-Inf", "", 0, "InfiniteNumber"},
		{"nan", "", 0, "NotANumber"},
		{"#N/A", "", 0, "NotANumber"},
		{"£5", "", 0, "BrokenNumber"},
		{"6%", "", 0, "BrokenNumber"},
		{"12-May", "", 0, "BrokenNumber"},
		{"6%", "%", 6, ""},
		{"6", "%", 6, ""},
		{"0", "%", 0, ""},
		{"0.06", "%", 0.06, "PercentOrFraction"},
		{"0.06%", "%", 0.06, ""},
		{"200", "%", 200, "PercentOrFraction"},
		{"200%", "%", 200, ""},
		{"0.5", "%/yr", 0.5, ""},
		{"0.05", "%/yr", 0.05, "PercentOrFraction"},
	}
	for _, test := range tests {
		got, p := parseNumber(test.text)
		if test.unit != "" {
			got, p = parsePercent(test.text, test.unit)
		}
		code := ""
		if p != nil {
			code = p.Code
		}
		if got != test.want || code != test.code {
			t.Errorf("%q [%s] = %v %s, want %v %s", test.text, test.unit, got, code, test.want, test.code)
		}
	}
}

// TestWholeNumbers: a column of whole numbers reads what is one, up to a milliard either way, and nothing else.
func TestWholeNumbers(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"0": true, "7": true, "-3": true, "3.0": true, "1000000000": true, "-1000000000": true, "1000000001": false, "-1000000001": false,
		"2.5": false, "1e12": false, "": false, "seven": false,
	} {
		if _, p := parseInt(&Column{Kind: KindInt}, s); (p == nil) != want {
			t.Errorf("%q: %+v", s, p)
		}
	}
	for s, want := range map[string]bool{"1899": false, "1900": true, "2200": true, "2201": false} {
		if _, p := parseInt(&Column{Kind: KindYear}, s); (p == nil) != want {
			t.Errorf("year %q: %+v", s, p)
		}
	}
}
