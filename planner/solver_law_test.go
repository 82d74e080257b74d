package planner_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"headroom"
	"headroom/lp"
	"headroom/planner"
)

// TestHalvesLaw: a line that is cut in two halves keeps the value of the relaxed plan, where a place costs nothing to use and
// nothing is open by parts: a strong link of the whole line is tighter than two of its halves.
func TestHalvesLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := cases().Draw(rt, "case")
		for i := range c.VehicleLines {
			k := &c.VehicleLines[i]
			k.RetoolM, k.Ramp, k.MinVolume, k.Lead, k.Arrangement, k.CommittedUntil, k.CommittedFrom = headroom.Opt{}, nil, 0, 0, "", 0, 0
		}
		for i := range c.Lines {
			c.Lines[i].MaxVehicles, c.Lines[i].MaxLaunches, c.Lines[i].MinRate, c.Lines[i].InitialPattern = headroom.Opt{}, headroom.Opt{}, 0, ""
		}
		for i := range c.ShiftPatterns {
			c.ShiftPatterns[i].ChangeM = 0
		}
		for i := range c.Vehicles {
			c.Vehicles[i].MaxLines = headroom.Opt{}
		}
		for i := range c.Plants {
			c.Plants[i].Use, c.Plants[i].InitialState = headroom.Include, headroom.Operating
		}
		for i := range c.Labours {
			c.Labours[i].CrewShare = 0
		}
		c.Arrangements, c.Terms, c.With = nil, nil, nil
		halved := clone(c)
		l := halved.Lines[0]
		halved.Lines[0].CapacityYear.Value /= 2
		l.ID, l.CapacityYear.Value = l.ID+"-", l.CapacityYear.Value/2
		halved.Lines = slices.Insert(halved.Lines, 1, l)
		var places []headroom.VehicleLine
		for _, k := range halved.VehicleLines {
			places = append(places, k)
			if k.Line == c.Lines[0].ID {
				k.Line = l.ID
				places = append(places, k)
			}
		}
		halved.VehicleLines = places
		a, b := relaxed(t, rt, c), relaxed(t, rt, halved)
		if math.Abs(a-b) > slack*max(1e4, math.Abs(a)) {
			if relaxedWrong(t, rt, c, a) || relaxedWrong(t, rt, halved, b) {
				dispute("%s: relaxed value %.12g, in halves %.12g", t.Name(), a, b)
				return
			}
			rt.Fatalf("relaxed value %.12g, in halves %.12g", a, b)
		}
	})
}

// relaxed is the value of a case without integrality; −Inf where there is no plan.
func relaxed(t *testing.T, rt *rapid.T, c *headroom.Case) float64 {
	m, err := planner.Build(context.Background(), c, planner.Options{})
	if err != nil {
		rt.Fatal(err)
	}
	solved()
	r, err := mustSolver(t).Solve(t.Context(), m.Problem.Relaxed(), lp.Options{})
	if err != nil {
		rt.Fatal(err)
	}
	switch r.Stop {
	case lp.StopInfeasible:
		return -1e99
	case lp.StopOptimal:
		return m.Constant - r.Objective*m.MoneyUnit
	}
	rt.Fatalf("relaxation: %v", r.Stop)
	return 0
}

// relaxedWrong reports whether the value of a relaxation is proved wrong.
func relaxedWrong(t *testing.T, rt *rapid.T, c *headroom.Case, value float64) bool {
	m, err := planner.Build(context.Background(), c, planner.Options{})
	if err != nil {
		rt.Fatal(err)
	}
	return wrongObjective(t, m.Problem.Relaxed(), (m.Constant-value)/m.MoneyUnit)
}

// TestFixingLaw: with its plan fixed, a problem has the same optimum.
func TestFixingLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := cases().Draw(rt, "case")
		m, err := planner.Build(context.Background(), c, tight())
		if err != nil {
			rt.Fatal(err)
		}
		sol, err := m.Solve(t.Context(), mustSolver(t), tight(), nil)
		if err != nil {
			rt.Fatal(err)
		}
		if sol.X == nil {
			return
		}
		lower, upper := slices.Clone(m.Problem.Lower), slices.Clone(m.Problem.Upper)
		for j := range lower {
			if m.Problem.IsInteger(j) {
				lower[j], upper[j] = math.Round(sol.X[j]), math.Round(sol.X[j])
			}
		}
		r, err := mustSolver(t).Solve(t.Context(), m.Problem.WithBounds(lower, upper), lp.Options{Gap: 1e-9})
		if err != nil {
			rt.Fatal(err)
		}
		solved()
		if got := m.Constant - r.Objective*m.MoneyUnit; r.Stop != lp.StopOptimal || math.Abs(got-sol.Plan.Value) > slack*scale(sol.Plan) {
			if provedWrong(t, c, tight(), sol.Plan) || r.Stop == lp.StopInfeasible { // its own point keeps every row
				dispute("%s: %v: fixed %.12g, free %.12g", t.Name(), r.Stop, got, sol.Plan.Value)
				return
			}
			rt.Fatalf("%v: fixed %.12g, free %.12g", r.Stop, got, sol.Plan.Value)
		}
	})
}

// TestSymmetryLaw: the rows of symmetry cost nothing.
func TestSymmetryLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := cases().Draw(rt, "case")
		// A twin of the first line, with the same places.
		l := c.Lines[0]
		l.ID += "-"
		c.Lines = slices.Insert(c.Lines, 1, l)
		var places []headroom.VehicleLine
		for _, k := range c.VehicleLines {
			if k.Line == c.Lines[0].ID {
				k.CommittedUntil, k.CommittedFrom, k.Arrangement = 0, 0, ""
				places = append(places, k)
				k.Line = l.ID
			}
			places = append(places, k)
		}
		c.VehicleLines = places
		m, err := planner.Build(context.Background(), c, tight())
		if err != nil {
			rt.Fatal(err)
		}
		open, n := free(m.Problem, []string{"symmetry"})
		if n == 0 {
			return
		}
		var objective [2]float64
		for i, p := range []*lp.Problem{m.Problem, open} {
			r, err := mustSolver(t).Solve(t.Context(), p, lp.Options{Gap: 1e-9})
			if err == nil && r.Stop == lp.StopInfeasible { // HiGHS 1.15.1 is wrong about that now and then
				r, err = mustSolver(t).Solve(t.Context(), p, lp.Options{Gap: 1e-9, NoPresolve: true})
			}
			if err != nil {
				rt.Fatal(err)
			}
			if objective[i] = r.Objective; r.Stop == lp.StopInfeasible {
				objective[i] = 1e99
			}
		}
		solved()
		if math.Abs(objective[0]-objective[1]) > slack*max(1, math.Abs(objective[1])) {
			if wrongObjective(t, m.Problem, objective[0]) || wrongObjective(t, open, objective[1]) {
				dispute("%s: with symmetry rows %.12g, without %.12g", t.Name(), objective[0], objective[1])
				return
			}
			rt.Fatalf("with symmetry rows %.12g, without %.12g", objective[0], objective[1])
		}
	})
}
