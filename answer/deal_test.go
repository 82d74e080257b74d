package answer

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"headroom"
	"headroom/lp"
	"headroom/planner"
	"headroom/sim"
	"headroom/table"
)

// mustDealCase is two-plants with a target and a deal under which the van is built at Southbank, at least 15,000 a year from 2028 on.
// Southbank is mothballed.
func mustDealCase(t testing.TB, status headroom.DealStatus, change func(c *headroom.Case)) *headroom.Case {
	t.Helper()
	c := mustTwoPlants(t)
	c.Arrangements = []headroom.Arrangement{{ID: "d", Status: status, EarliestStart: headroom.NewDate(2028, 1, 1)}}
	c.Terms = []headroom.Term{{Arrangement: "d", Kind: headroom.MinVolume, Value: 15000}}
	c.Targets = []headroom.Target{{ID: "more", Metric: "units", Regions: []string{"*"}, Period: "2030", Sense: "min", Value: 235000}}
	for i := range c.VehicleLines {
		if c.VehicleLines[i].Vehicle == "van" {
			c.VehicleLines[i].Arrangement = "d"
		}
	}
	if change != nil {
		change(c)
	}
	return c
}

// outputOf is what a plan builds of a vehicle in a period.
func outputOf(p *headroom.Plan, vehicle, period string) float64 {
	sum := 0.0
	for _, o := range p.Outputs {
		if o.Vehicle == vehicle && o.Period == period {
			sum += o.Units
		}
	}
	return sum
}

// TestSignedAtClosedPlant: a deal that is signed at a plant which has to be opened is built in every answer, as in the plan. A brief
// once said "no plan" of it, since only deals that were named opened a plant.
func TestSignedAtClosedPlant(t *testing.T) {
	t.Parallel()
	plantState := func(state headroom.State) func(c *headroom.Case) {
		return func(c *headroom.Case) {
			for i := range c.Plants {
				if c.Plants[i].ID == "south" {
					c.Plants[i].InitialState = state
				}
			}
		}
	}
	commit := func(c *headroom.Case) { // no deal: the maker has said so
		c.Arrangements, c.Terms = nil, nil
		for i := range c.VehicleLines {
			if k := &c.VehicleLines[i]; k.Vehicle == "van" {
				k.Arrangement, k.CommittedFrom, k.CommittedUntil, k.MinRun = "", headroom.NewDate(2028, 1, 1), headroom.NewDate(2030, 12, 31), 80
			}
		}
	}
	tests := []struct {
		name string
		c    *headroom.Case
	}{
		{"signed, mothballed", mustDealCase(t, headroom.Signed, nil)},
		{"approved, closed", mustDealCase(t, headroom.Approved, plantState(headroom.Closed))},
		{"operating, greenfield", mustDealCase(t, headroom.OperatingDeal, plantState(headroom.Greenfield))},
		{"committed, mothballed", mustDealCase(t, headroom.Signed, commit)},
	}
	s := mustSolver(t)
	o := planner.Options{Gap: 1e-6}
	for _, tt := range tests {
		p, err := Plan(t.Context(), tt.c, s, o)
		if err != nil || !HasPlan(p) || outputOf(p, "van", "2030") < 15000 {
			t.Fatalf("%s: plan %v %v", tt.name, p.Status, err)
		}
		b, err := BaseBrief(t.Context(), tt.c, s, o)
		if err != nil || !HasPlan(b.Base) {
			t.Errorf("%s: the brief has no plan: %s, %v", tt.name, b.Sentence, err)
			continue
		}
		if got := outputOf(b.Base, "van", "2030"); got < 15000 {
			t.Errorf("%s: the brief builds %g vans, want at least 15000", tt.name, got)
		}
		rows, err := TargetChance(t.Context(), tt.c, s, o, 0, sim.Options{}, nil)
		if err != nil || rows[0].Planned == nil || *rows[0].Planned < 15000 {
			t.Errorf("%s: target says %+v, %v", tt.name, rows, err)
		}
		r, err := Range(t.Context(), tt.c, []string{AnswerOutput}, s, RangeOptions{Options: o, Load: func([]headroom.Move) (*headroom.Case, error) { return tt.c, nil }})
		if err != nil || r[0].Base == nil {
			t.Errorf("%s: range says %+v, %v", tt.name, r, err)
		}
	}
}

// TestSignedUKDeals: in the case of the UK too.
func TestSignedUKDeals(t *testing.T) {
	t.Parallel()
	c, found, err := table.Load("../cases/uk-2035", table.LoadOptions{Scenario: "geely-uk-signed"})
	if err != nil || c == nil {
		t.Fatalf("%v %v", err, found)
	}
	b, err := BaseBrief(t.Context(), c, mustSolver(t), planner.Options{Gap: 2e-2})
	if err != nil || !HasPlan(b.Base) {
		t.Fatalf("the brief has no plan: %v, %v", b, err)
	}
	if got := outputOf(b.Base, "geely", "2035"); got < 1 {
		t.Errorf("the deal is signed, and %g are built under it", got)
	}
}

// TestDealOfCandidate: a vehicle that may be left out, with a place that needs no deal and one that does, is not lost where the deal
// is looked at; and the two plans differ by the deal alone.
func TestDealOfCandidate(t *testing.T) {
	t.Parallel()
	c := mustDealCase(t, headroom.Talks, func(c *headroom.Case) {
		c.VehicleLines = append(c.VehicleLines, headroom.VehicleLine{
			Vehicle: "van", Line: "north-1", Content: "full", Compatible: true, RetoolM: headroom.Some(130), RateFactor: 1, UnitMaterial: headroom.Some(27000),
		})
		slices.SortFunc(c.VehicleLines, func(a, b headroom.VehicleLine) int { return strings.Compare(a.Key(), b.Key()) })
		for i := range c.VehicleLines {
			if k := &c.VehicleLines[i]; k.Vehicle == "van" && k.Line == "south-1" {
				k.UnitMaterial = headroom.Some(27280)
			}
		}
	})
	b, err := Brief(t.Context(), c, mustSolver(t), planner.Options{Gap: 1e-6}, Watch{})
	if err != nil || len(b.Deals) != 1 {
		t.Fatalf("%+v, %v", b, err)
	}
	d := b.Deals[0]
	if d.Note != "" || d.Units == nil || *d.Units < 15000 || d.Proof.Status != headroom.StatusVerified {
		t.Errorf("the deal is told as %+v", d)
	}
	if got := outputOf(b.Base, "van", "2030"); got != 0 {
		t.Errorf("the base plan builds %g of a vehicle that nobody has announced", got)
	}
	yes, no := dealCases(c, "d")
	if len(yes.Vehicles) != len(no.Vehicles) || len(yes.Vehicles) != len(c.Vehicles) {
		t.Errorf("the two plans of the deal have %d and %d vehicles, want %d", len(yes.Vehicles), len(no.Vehicles), len(c.Vehicles))
	}
}

// TestDealNet: what a deal adds is what the two plans differ by, which is less than what is built under it where it takes the place of
// something else.
func TestDealNet(t *testing.T) {
	t.Parallel()
	c := mustDealCase(t, headroom.Talks, func(c *headroom.Case) {
		for i := range c.VehicleLines {
			if k := &c.VehicleLines[i]; k.Vehicle == "van" {
				k.Line = "north-1" // full of the hatch and a little more
			}
		}
	})
	b, err := Brief(t.Context(), c, mustSolver(t), planner.Options{Gap: 1e-6}, Watch{})
	if err != nil || len(b.Deals) != 1 || b.Deals[0].HomeNet == nil || b.Deals[0].HomeUnits == nil {
		t.Fatalf("%+v, %v", b.Deals, err)
	}
	d := b.Deals[0]
	yes, no := dealCases(c, "d")
	want := 0.0
	for i, x := range []*headroom.Case{yes, no} {
		p, err := Plan(t.Context(), x, mustSolver(t), planner.Options{Gap: 1e-6})
		if err != nil {
			t.Fatal(err)
		}
		want += []float64{1, -1}[i] * built(c, p, []string{"*"}, "2030")
	}
	if *d.HomeNet < want-1 || *d.HomeNet > want+1 {
		t.Errorf("net %g, want %g", *d.HomeNet, want)
	}
	if *d.HomeNet >= *d.HomeUnits-1 {
		t.Errorf("net %g of %g under the deal: nothing is displaced in a plant that is full", *d.HomeNet, *d.HomeUnits)
	}
}

// stopAfter cancels after so many solves.
type stopAfter struct {
	lp.Solver
	left   atomic.Int32
	cancel context.CancelFunc
}

func (s *stopAfter) Solve(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
	r, err := s.Solver.Solve(ctx, p, o)
	if s.left.Add(-1) == 0 {
		s.cancel()
	}
	return r, err
}

// TestInterruptedBrief: an interrupt at any moment leaves no false word: what was not tried says so, and nothing "cannot be kept".
func TestInterruptedBrief(t *testing.T) {
	t.Parallel()
	c := mustDealCase(t, headroom.Talks, nil)
	for solves := int32(1); solves <= 12; solves += 2 {
		ctx, cancel := context.WithCancel(t.Context())
		s := &stopAfter{Solver: mustSolver(t), cancel: cancel}
		s.left.Store(solves)
		b, err := Brief(ctx, c, s, planner.Options{Gap: 1e-6, Time: time.Minute}, Watch{})
		cancel()
		if err != nil {
			t.Errorf("after %d solves: %v", solves, err)
			continue
		}
		for _, d := range b.Deals {
			if strings.Contains(d.Note, "cannot be kept") {
				t.Errorf("after %d solves: %s", solves, d.Note)
			}
			if tried := d.Proof.Status == headroom.StatusVerified || d.Proof.Status == headroom.StatusLimit; tried != (d.Units != nil) {
				t.Errorf("after %d solves: proof %s, units %v", solves, d.Proof.Status, d.Units)
			}
		}
		for _, p := range b.SupplyCurve {
			if has := p.Proof.Status == headroom.StatusVerified || p.Proof.Status == headroom.StatusLimit; has != (p.Units != nil) {
				t.Errorf("after %d solves: a level with the proof %s has %v units", solves, p.Proof.Status, p.Units)
			}
		}
		if b.BindsProof.Status != headroom.StatusVerified && slices.ContainsFunc(b.Binds, func(x headroom.Cause) bool { return x.Cause != "capacity" }) {
			t.Errorf("after %d solves: binds %s has %+v", solves, b.BindsProof.Status, b.Binds)
		}
	}
}
