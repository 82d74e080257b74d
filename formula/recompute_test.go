package formula

import (
	"strings"
	"testing"

	"headroom"
)

// a case of one line and a matrix of two vehicles.
func smallCase(t testing.TB, b ...headroom.Binding) *headroom.Case {
	t.Helper()
	return &headroom.Case{
		Claims: []headroom.Claim{
			{ID: "CAP", Value: "200000"},
			{ID: "SHIFT", Value: "100"},
			{ID: "RATE", Value: "9.5261"},
			{ID: "TEXT", Value: "about ten"},
			{ID: "EMPTY"},
			{ID: "LOST", Value: "25"},
			{ID: "BUILT", Value: "100"},
			{ID: "VANS", Value: "7", Unit: "thousand vans"},
			{ID: "PART", Value: "50", Unit: "%"},
		},
		Outturns: mustMatrix(t, `
			uk eu *
		a    1  1 60
		b    1  1 40
		*   30 70 100`),
		Bindings: b,
		Labels:   map[headroom.Ref]headroom.Label{},
	}
}

func TestRecompute(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		b      headroom.Binding
		figure float64
		want   string // code and a part of the message, "" for no finding
	}{
		{"identity", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"CAP"}}, 200000, ""},
		{"another number", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"CAP"}}, 210000, "DisagreeingFigure the case has 210000 and its claims give 200000"},
		{"within tolerance", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"CAP"}}, 200002, ""},
		{"beyond tolerance", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"CAP"}}, 200003, "DisagreeingFigure"},
		{"derived", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "derived", Claims: []string{"CAP", "SHIFT"}, Formula: "[CAP] * [SHIFT] / 120"}, 166667, ""},
		{"last digit", headroom.Binding{Table: "fx_rate", RowKey: "GBP:CNY:*", Column: "rate", Kind: "fact", Claims: []string{"RATE"}}, 9.5, ""},
		{"beyond the last digit", headroom.Binding{Table: "fx_rate", RowKey: "GBP:CNY:*", Column: "rate", Kind: "fact", Claims: []string{"RATE"}}, 9.4, "DisagreeingFigure"},
		{"commitment", headroom.Binding{Table: "vehicle_line", RowKey: "a:L1:full", Column: "committed_until", Kind: "commitment", Claims: []string{"EMPTY"}}, 20351231, ""},
		{"claim without a number", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"TEXT"}}, 10, "BrokenFormula is not a number"},
		{"claim without a value", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"EMPTY"}}, 10, "BrokenFormula has no value"},
		{"two claims", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"CAP", "RATE"}}, 10, "BrokenFormula 2 claims and no formula"},
		{"unknown claim", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"CAP-9"}}, 10, ""}, // reported when the case is read
		{"unknown claim in a formula", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "derived", Claims: []string{"CAP"}, Formula: "[CAP] + [CAP-9]"}, 10, "BrokenFormula there is no claim CAP-9"},
		{"broken", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "derived", Claims: []string{"CAP"}, Formula: "[CAP] *"}, 1, "BrokenFormula position 8"},
		{"not listed", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "derived", Claims: []string{"CAP"}, Formula: "[CAP] * [SHIFT] / 100"}, 200000, "BrokenFormula rests on the claim SHIFT, which is not in claim_id"},
		{"another dimension", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"VANS"}, Unit: "GBP m"}, 7, "WrongUnit gives vehicles, and the figure is in GBP m"},
		{"units converted", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"VANS"}, Unit: "veh/yr"}, 7000, ""},
		{"a percentage twice", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "derived", Claims: []string{"VANS", "PART"}, Formula: "[VANS] * [PART] / 100", Unit: "veh/yr"}, 3500, "DisagreeingFigure claims give 35"},
		{"fit", headroom.Binding{Table: "demand", RowKey: "a:uk:*", Column: "volume", Kind: "derived", Claims: []string{"BUILT"}, Formula: "fit(2025,cars)"}, 18, ""},
		{"fit with an event", headroom.Binding{Table: "demand", RowKey: "a:uk:*", Column: "volume", Kind: "derived", Claims: []string{"BUILT", "LOST"}, Formula: "fit(2025,cars) * ([BUILT] + [LOST]) / [BUILT]"}, 23, ""},
		{"fit of an outturn", headroom.Binding{Table: "outturn", RowKey: "2026:cars:b:eu", Column: "units", Kind: "derived", Claims: []string{"BUILT"}, Formula: "fit(2025,cars)"}, 28, ""},
		{"fit of no cell", headroom.Binding{Table: "demand", RowKey: "a:us:*", Column: "volume", Kind: "derived", Claims: []string{"BUILT"}, Formula: "fit(2025,cars)"}, 18, "BrokenFormula no cell for a in us"},
		{"fit of no group", headroom.Binding{Table: "demand", RowKey: "a:uk:*", Column: "volume", Kind: "derived", Claims: []string{"BUILT"}, Formula: "fit(2024,cars)"}, 18, "BrokenFormula no totals"},
		{"fit elsewhere", headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "derived", Claims: []string{"BUILT"}, Formula: "fit(2025,cars)"}, 18, "BrokenFormula only in bindings"},
	} {
		got := Recompute(smallCase(t, tt.b), func(headroom.Ref) (float64, bool) { return tt.figure, true })
		code, part, _ := strings.Cut(tt.want, " ")
		switch {
		case tt.want == "" && len(got) > 0, tt.want != "" && len(got) != 1:
			t.Errorf("%s: findings %v, want %q", tt.name, got, tt.want)
		case tt.want != "" && (got[0].Code != code || !strings.Contains(got[0].Message, part)):
			t.Errorf("%s: %v, want %q", tt.name, got[0], tt.want)
		}
	}
}

// TestRecomputeScenario: what a scenario changed is no longer what the claims say.
func TestRecomputeScenario(t *testing.T) {
	t.Parallel()
	b := headroom.Binding{Table: "line", RowKey: "L1", Column: "capacity_year", Kind: "fact", Claims: []string{"CAP"}}
	c := smallCase(t, b)
	c.Labels[headroom.Ref{Table: "line", Key: "L1", Column: "capacity_year"}] = headroom.Label{Basis: headroom.BasisAssumption, Assumption: "scenario:more"}
	if got := Recompute(c, func(headroom.Ref) (float64, bool) { return 1, true }); len(got) > 0 {
		t.Errorf("findings %v", got)
	}
}
