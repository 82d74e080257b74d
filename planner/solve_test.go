package planner_test

import (
	"context"
	"math"
	"testing"

	"headroom"
	"headroom/answer"
	"headroom/lp"
	"headroom/lp/lptest"
)

// TestWrongInfeasible: a solver that calls a case infeasible is refuted where nothing has to give way for a plan, and the case
// is solved again without presolve.
func TestWrongInfeasible(t *testing.T) {
	t.Parallel()
	c, o := mustLoad(t, mustArchive(t, "testdata/strong-link.txtar").variant(""))
	exact := new(lptest.Enumerate)
	solves := 0
	wrong := &lptest.Fake{Func: func(ctx context.Context, p *lp.Problem, lo lp.Options) (*lp.Result, error) {
		if solves++; solves == 1 {
			return &lp.Result{Stop: lp.StopInfeasible}, nil
		}
		return exact.Solve(ctx, p, lo)
	}}
	p, err := answer.Plan(t.Context(), c, wrong, o)
	if err != nil {
		t.Fatal(err)
	}
	if p.Status != headroom.StatusVerified || p.Value != 2200000 {
		t.Errorf("status %s, value %g after %d solves, want verified, 2200000", p.Status, p.Value, solves)
	}
}

// TestLiarInfeasible: no solver that calls a case infeasible which is not is believed: where it says so of each problem that it gets
// first, the case is planned with other settings; where it says so of everything, the plan is disputed.
func TestLiarInfeasible(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"strong-link", "deal-volume", "min-rate", "plant-states"} {
		c, o := mustLoad(t, mustArchive(t, "testdata/"+name+".txtar").variant(""))
		want := mustPlan(t, c, o)
		p, err := answer.Plan(t.Context(), c, &lptest.Liar{Solver: mustSolver(t), Lie: lptest.FalseInfeasible}, o)
		if err != nil {
			t.Fatal(err)
		}
		if p.Status != want.Status || math.Abs(p.Value-want.Value) > 1e-6*math.Abs(want.Value) {
			t.Errorf("%s: status %s %s, value %g, want %s, %g", name, p.Status, p.Why, p.Value, want.Status, want.Value)
		}
		always := &lptest.Fake{Func: func(context.Context, *lp.Problem, lp.Options) (*lp.Result, error) {
			return &lp.Result{Stop: lp.StopInfeasible}, nil
		}}
		if p, err = answer.Plan(t.Context(), c, always, o); err != nil || p.Status != headroom.StatusDisputed || len(p.Explanation) > 0 {
			t.Errorf("%s: a solver that always says infeasible: status %s, %v", name, p.Status, err)
		}
	}
}
