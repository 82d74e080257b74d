package planner_test

import (
	"context"
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
