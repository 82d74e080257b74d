package answer

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"testing"

	"headroom"
	"headroom/table"
)

// TestGiveWay: of the figures of the UK case that are parts of a known total, each moves with the others that are assumed, and the
// totals stay what they are.
func TestGiveWay(t *testing.T) {
	t.Parallel()
	c := mustUK(t, table.LoadOptions{})
	figures, no := rangeFigures(c, nil)
	if len(figures) < 130 || no.Claims == 0 || no.Assumptions == 0 {
		t.Fatalf("%d figures, %+v without a range", len(figures), no)
	}
	for _, tt := range []struct {
		ref  string
		with []string
	}{
		{"assumption/built-2025-evoque", []string{"assumption/built-2025-range-rover", "assumption/built-2025-velar"}},
		{"assumption/built-2025-corolla", []string{"assumption/built-2025-mini", "assumption/built-2025-small-makers"}},
		{"assumption/crew-share", nil},
	} {
		i := slices.IndexFunc(figures, func(f *figure) bool { return f.ref == tt.ref })
		if i < 0 {
			t.Fatalf("no %s", tt.ref)
		}
		f := figures[i]
		if !slices.Equal(f.with, tt.with) {
			t.Errorf("%s: %v give way, want %v", tt.ref, f.with, tt.with)
		}
		for e, s := range f.sides {
			if len(s.moves) != 1+len(tt.with) {
				t.Errorf("%s: %d moves at end %d", tt.ref, len(s.moves), e)
				continue
			}
			moved, found, err := table.Load("../cases/uk-2035", table.LoadOptions{Moves: s.moves})
			if err != nil || moved == nil || slices.ContainsFunc(found, func(x headroom.Finding) bool { return x.Severity == headroom.SeverityError }) {
				t.Fatal(err, found)
			}
			was, is := builtOf(c), builtOf(moved)
			for _, group := range slices.Sorted(maps.Keys(was)) {
				if math.Abs(is[group]-was[group]) > 1 {
					t.Errorf("%s at end %d: the vehicles of %s are %v, and were %v", tt.ref, e, group, is[group], was[group])
				}
			}
		}
	}
}

// builtOf is what was built of all vehicles of each group in 2025, as far as it is known by vehicle.
func builtOf(c *headroom.Case) map[string]float64 {
	out := map[string]float64{}
	for _, o := range c.Outturns {
		if o.Year == 2025 && o.Vehicle != "*" && o.Market == "*" {
			out[o.Group] += o.Units
		}
	}
	return out
}

// TestGiveWayNot: a part whose total is known cannot move where nothing else of it is assumed.
func TestGiveWayNot(t *testing.T) {
	t.Parallel()
	c := &headroom.Case{
		Outturns: []headroom.Outturn{
			{Year: 2025, Group: "cars", Vehicle: "*", Market: "*", Units: 100},
			{Year: 2025, Group: "cars", Vehicle: "a", Market: "*", Units: 60},
			{Year: 2025, Group: "cars", Vehicle: "b", Market: "*", Units: 40},
		},
		Assumptions: []headroom.Assumption{{ID: "built-a", Table: "outturn", Selector: "vehicle=a", Column: "units", Value: "60", Low: "50", High: "70"}},
		Labels: map[headroom.Ref]headroom.Label{
			{Table: "outturn", Key: "2025:cars:a:*", Column: "units"}: {Basis: headroom.BasisAssumption, Assumption: "built-a"},
			{Table: "outturn", Key: "2025:cars:b:*", Column: "units"}: {Basis: headroom.BasisFact, Claims: []string{"B"}},
		},
	}
	figures, _ := rangeFigures(c, nil)
	if f := figures[0]; f.sides[atLow].moves != nil || f.sides[atHigh].note == "" {
		t.Errorf("%+v", f)
	}
}

// TestSwingShares holds the shares to sums that are done by hand: 300 of 400 are assumed, 100 an estimate, and two official
// figures that move nothing have no share.
func TestSwingShares(t *testing.T) {
	t.Parallel()
	got := swingShares([]headroom.Driver{
		{Status: StatusAssumed, Swing: 250}, {Status: "estimate", Swing: 100}, {Status: StatusAssumed, Swing: 50}, {Status: "official"}, {Status: "official"},
	})
	want := []headroom.StatusShare{{Status: "official"}, {Status: "estimate", Amount: 100, Share: 0.25}, {Status: StatusAssumed, Amount: 300, Share: 0.75}}
	if !slices.EqualFunc(got, want, func(a, b headroom.StatusShare) bool {
		return a.Status == b.Status && a.Amount == b.Amount && math.Abs(a.Share-b.Share) < 1e-12
	}) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestBuiltOn shares 300 vehicles out by hand. 100 of a meet a demand that an official claim gives, which does not grow. 110 of b
// meet 100 from a formula over an official claim and an estimate, grown by 10 % that is assumed. 90 of c meet a demand that was
// to grow from 50 to 200 and is held at 100 by a limit that was reported: half is assumed, half reported.
func TestBuiltOn(t *testing.T) {
	t.Parallel()
	year := func(y int) headroom.Period {
		return headroom.Period{ID: strconv.Itoa(y), From: headroom.NewDate(y, 1, 1), To: headroom.NewDate(y, 12, 31)}
	}
	c := &headroom.Case{
		Settings: headroom.Settings{BaseCurrency: "GBP", PriceYear: 2025},
		Periods:  []headroom.Period{year(2026), year(2027)},
		Plants:   []headroom.Plant{{ID: "here", Region: "UK"}, {ID: "there", Region: "EU"}},
		Vehicles: []headroom.Vehicle{{ID: "a"}, {ID: "b"}, {ID: "c"}},
		Markets:  []headroom.Market{{ID: "m"}},
		Demands: []headroom.Demand{
			{Vehicle: "a", Market: "m", Period: "*", Volume: 500, Currency: "GBP"},
			{Vehicle: "b", Market: "m", Period: "*", Volume: 1000, Growth: headroom.Some(10), Currency: "GBP"},
			{Vehicle: "c", Market: "m", Period: "*", Volume: 50, Growth: headroom.Some(300), MaxVolume: headroom.Some(100), Currency: "GBP"},
		},
		Claims: []headroom.Claim{{ID: "O", Status: "official"}, {ID: "E", Status: "estimate"}, {ID: "R", Status: "reported"}},
		Labels: map[headroom.Ref]headroom.Label{
			{Table: "demand", Key: "a:m:*", Column: "volume"}:     {Basis: headroom.BasisFact, Claims: []string{"O"}},
			{Table: "demand", Key: "b:m:*", Column: "volume"}:     {Basis: headroom.BasisDerived, Claims: []string{"E", "O"}},
			{Table: "demand", Key: "b:m:*", Column: "growth"}:     {Basis: headroom.BasisAssumption, Assumption: "growth"},
			{Table: "demand", Key: "c:m:*", Column: "volume"}:     {Basis: headroom.BasisAssumption, Assumption: "volume"},
			{Table: "demand", Key: "c:m:*", Column: "growth"}:     {Basis: headroom.BasisAssumption, Assumption: "growth"},
			{Table: "demand", Key: "c:m:*", Column: "max_volume"}: {Basis: headroom.BasisFact, Claims: []string{"R"}},
		},
	}
	p := &headroom.Plan{Flows: []headroom.FlowRow{
		{Vehicle: "a", Plant: "here", Market: "m", Period: "2027", Units: 100},
		{Vehicle: "a", Plant: "there", Market: "m", Period: "2027", Units: 400},
		{Vehicle: "b", Plant: "here", Market: "m", Period: "2027", Units: 110},
		{Vehicle: "b", Plant: "here", Market: "m", Period: "2026", Units: 999},
		{Vehicle: "c", Plant: "here", Market: "m", Period: "2027", Units: 90},
	}}
	got := builtOn(c, p, []string{"UK"}, "2027")
	want := []headroom.StatusShare{
		{Status: "official", Amount: 100}, {Status: "reported", Amount: 45}, {Status: "estimate", Amount: 100}, {Status: StatusAssumed, Amount: 55},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, w := range want {
		if got[i].Status != w.Status || math.Abs(got[i].Amount-w.Amount) > 0.05 || math.Abs(got[i].Share-w.Amount/300) > 1e-3 {
			t.Errorf("%+v, want %+v", got[i], w)
		}
	}
}
