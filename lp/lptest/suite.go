package lptest

import (
	"context"
	"math"
	"testing"
	"time"

	"headroom/lp"
)

// Suite runs the tests every lp.Solver must pass; open gives the solver to test. With -short the tests that need a solver
// able to work on a hard problem for a second are left out, and so they are for Enumerate.
func Suite(t *testing.T, open func(t *testing.T) lp.Solver) {
	t.Helper()
	t.Run("info", func(t *testing.T) {
		if i := open(t).Info(); i.Name == "" || i.Version == "" || i.Backend == "" {
			t.Errorf("got info %+v, want name, version and backend", i)
		}
	})
	for _, c := range Cases() {
		t.Run(c.Name, func(t *testing.T) { c.run(t, open(t)) })
	}
	t.Run("known-wrong", func(t *testing.T) { knownWrong(t, open(t)) })
	t.Run("random", func(t *testing.T) { random(t, open(t)) })
	t.Run("limits", func(t *testing.T) { limits(t, open(t)) })
	t.Run("concurrent", func(t *testing.T) { concurrent(t, open(t)) })
	t.Run("start", func(t *testing.T) { start(t, open(t)) })
	t.Run("determinism", func(t *testing.T) { determinism(t, open(t)) })
	t.Run("unchanged problem", func(t *testing.T) { unchanged(t, open(t)) })
}

// Case is a small problem with a known answer.
type Case struct {
	Name      string
	Problem   *lp.Problem
	Stop      lp.Stop
	Objective float64   // where Stop is lp.StopOptimal
	X         []float64 // nil: not unique
	RowDual   []float64 // nil: not unique, or a MIP
}

const tolerance = 1e-6

// run solves and compares.
func (c Case) run(t *testing.T, s lp.Solver) {
	t.Helper()
	res := mustSolve(t, s, c.Problem, lp.Options{})
	if c.Stop != lp.StopOptimal && res.Stop == lp.StopUnboundedOrInfeasible {
		return // a solver need not tell; lp.Run does
	}
	if res.Stop != c.Stop {
		t.Fatalf("got stop %v (%s), want %v", res.Stop, res.Text, c.Stop)
	}
	if c.Stop != lp.StopOptimal {
		if res.Primal == lp.PointFeasible && c.Stop == lp.StopInfeasible {
			t.Errorf("got a feasible point of an infeasible problem")
		}
		return
	}
	optimal(t, c.Problem, res, c.Objective)
	near(t, "x", res.X, c.X)
	near(t, "row dual", res.RowDual, c.RowDual)
}

// near compares vectors; nil means anything.
func near(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if want == nil {
		return
	}
	if len(got) != len(want) {
		t.Errorf("got %d of %s, want %d", len(got), what, len(want))
		return
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= tolerance*max(1, math.Abs(want[i]))) {
			t.Errorf("got %s %v, want %v", what, got, want)
			return
		}
	}
}

// optimal checks everything a result with an optimum must hold.
func optimal(t *testing.T, p *lp.Problem, res *lp.Result, want float64) {
	t.Helper()
	if res.Primal != lp.PointFeasible {
		t.Fatalf("got primal %v, want feasible", res.Primal)
	}
	rep := lp.Check(p, res.X)
	if !rep.Passes(lp.FeasibilityTolerance, lp.IntegralityTolerance) {
		t.Fatalf("point does not pass the check: %s", rep.Describe(p, lp.FeasibilityTolerance, lp.IntegralityTolerance))
	}
	allowed := 1e-6 * max(1, math.Abs(want))
	if p.Integers() > 0 {
		allowed = lp.GapDefault*math.Abs(want) + 1e-6
	}
	if !(math.Abs(rep.Objective-want) <= allowed) {
		t.Errorf("got objective %v, want %v", rep.Objective, want)
	}
	if !(math.Abs(res.Objective-rep.Objective) <= 1e-6*max(1, math.Abs(want))) {
		t.Errorf("claimed objective %v, the point has %v", res.Objective, rep.Objective)
	}
	if !(math.Abs(res.Bound-want) <= allowed) {
		t.Errorf("got bound %v, want %v", res.Bound, want)
	}
	beyond := res.Bound - res.Objective
	if p.Sense == lp.Maximize {
		beyond = -beyond
	}
	if beyond > allowed {
		t.Errorf("got bound %v on the wrong side of %v", res.Bound, res.Objective)
	}
	if !(res.Gap <= lp.GapDefault*1.001) && math.Abs(res.Objective-res.Bound) > 1e-6 {
		t.Errorf("got gap %v, want at most %v", res.Gap, lp.GapDefault)
	}
	if p.Integers() > 0 {
		if res.RowDual != nil || res.ColDual != nil {
			t.Errorf("got duals of a MIP, want none")
		}
		return
	}
	if d := lp.CheckLP(p, res); !d.Optimal(lp.FeasibilityTolerance, lp.DualTolerance) {
		t.Errorf("duals do not prove the optimum: %s", d.Describe(p, lp.FeasibilityTolerance, lp.DualTolerance))
	}
}

func mustSolve(t testing.TB, s lp.Solver, p *lp.Problem, o lp.Options) *lp.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	res, err := s.Solve(ctx, p, o)
	if err != nil {
		t.Fatalf("solving %s: %v", p.Name, err)
	}
	return res
}
