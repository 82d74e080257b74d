package formula

import (
	"testing"

	"headroom"
)

// TestPriceYears: money that rests on prices of other years is an error, as in a row, unless the binding says why it counts as it
// is: then one remark counts the figures. Deflated sums, prices of the case's year and figures that are no money are nothing; as of a
// day it is a warning.
func TestPriceYears(t *testing.T) {
	t.Parallel()
	bound := func(key, unit, formula string, claims ...string) headroom.Binding {
		return headroom.Binding{Table: "x", RowKey: key, Column: "y", Kind: "derived", Unit: unit, Formula: formula, Claims: claims}
	}
	asIs := func(b headroom.Binding) headroom.Binding { b.AsIs = "no index is known"; return b }
	deflated := bound("deflated", "GBP m", "deflate([PLANT],2016,2025)", "PLANT")
	same := bound("same", "USD m", "", "TOOLS")
	inUnit := bound("unit", "GBP m", "", "UNIT") // its claim names the currency in the unit alone
	ratio := bound("ratio", "x", "[PLANT] / [PLANT]", "PLANT")
	for _, tt := range []struct {
		bindings []headroom.Binding
		asOf     headroom.Date
		want     string
	}{
		{[]headroom.Binding{deflated, same, ratio}, 0, ""},
		{[]headroom.Binding{same, bound("old", "GBP m", "", "PLANT")}, 0, "error MissingDeflator: x/old/y rests on sums in prices of other years (PLANT of 2016), and the case's are those of 2025\n"},
		{[]headroom.Binding{same, inUnit}, 0, "error MissingDeflator: x/unit/y rests on sums in prices of other years (UNIT of 2016), and the case's are those of 2025\n"},
		{[]headroom.Binding{bound("part", "GBP m", "deflate([PLANT],2016,2024) + [UNIT]", "PLANT", "UNIT")}, 0, "error MissingDeflator: x/part/y rests on sums in prices of other years (UNIT of 2016, PLANT of 2024), and the case's are those of 2025\n"},
		{[]headroom.Binding{bound("spaced", "GBP m", "deflate( [PLANT], 2016, 2025 )", "PLANT")}, 0, ""},
		{[]headroom.Binding{bound("old", "GBP m", "", "PLANT")}, 20260101, "warning MissingDeflator: x/old/y rests on sums in prices of other years (PLANT of 2016), and the case's are those of 2025\n"},
		{[]headroom.Binding{same, asIs(bound("old", "GBP m", "", "PLANT"))}, 0, "info MixedPriceYears: 1 figure of money rests on a sum in prices of another year than 2025 that counts as it is (1 of 2016); its binding says why in as_is\n"},
		{
			[]headroom.Binding{asIs(bound("a", "GBP m", "", "PLANT")), asIs(bound("b", "GBP m", "[PLANT] / 2", "PLANT")), asIs(bound("c", "USD/veh", "", "LABOUR")), deflated},
			0, "info MixedPriceYears: 3 figures of money rest on sums in prices of other years than 2025 that count as they are (2 of 2016, 1 of 2024); their bindings say why in as_is\n",
		},
	} {
		c := unitsCase()
		c.Claims = append(c.Claims, moneyClaim("UNIT", "22", "GBP m", "", 2016, "UK"))
		c.Deflators = append(c.Deflators, headroom.Deflator{Region: "UK", Index: "CPI", Year: 2024, Value: 130})
		c.PriceYear, c.Bindings, c.AsOf = 2025, tt.bindings, tt.asOf
		got := ""
		for _, f := range PriceYears(c) {
			got += string(f.Severity) + " " + f.Code + ": " + f.Message + "\n"
		}
		if got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}
