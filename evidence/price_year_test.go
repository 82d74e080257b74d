package evidence

import (
	"strings"
	"testing"

	"headroom"
)

// TestPriceYears: one remark counts the figures of money that rest on prices of other years; deflated ones, prices of the case's
// year and figures that are no money are none.
func TestPriceYears(t *testing.T) {
	t.Parallel()
	bound := func(key, unit, formula string, claims ...string) headroom.Binding {
		return headroom.Binding{Table: "x", RowKey: key, Column: "y", Kind: "derived", Unit: unit, Formula: formula, Claims: claims}
	}
	deflated := bound("deflated", "GBP m", "deflate([PLANT],2016,2025)", "PLANT")
	same := bound("same", "USD m", "", "TOOLS")
	ratio := bound("ratio", "x", "[PLANT] / [PLANT]", "PLANT")
	for _, tt := range []struct {
		bindings []headroom.Binding
		want     string
	}{
		{[]headroom.Binding{deflated, same, ratio}, ""},
		{[]headroom.Binding{same, bound("old", "GBP m", "", "PLANT")}, "1 figure of money rests on a sum in prices of another year than 2025 and is not deflated (1 of 2016)"},
		{
			[]headroom.Binding{bound("a", "GBP m", "", "PLANT"), bound("b", "GBP m", "[PLANT] / 2", "PLANT"), bound("c", "USD/veh", "", "LABOUR"), deflated},
			"3 figures of money rest on sums in prices of other years than 2025 and are not deflated (2 of 2016, 1 of 2024)",
		},
	} {
		c := unitsCase()
		c.PriceYear, c.Bindings = 2025, tt.bindings
		got := ""
		for _, f := range PriceYears(c) {
			if f.Severity != headroom.SeverityInfo || f.Code != CodeMixedPriceYears {
				t.Errorf("finding %v", f)
			}
			got += f.Message
		}
		if got != tt.want {
			t.Errorf("got  %s\nwant %s", strings.TrimSpace(got), tt.want)
		}
	}
}
