package planner_test

import (
	"context"
	"sync"
	"testing"

	"headroom"
	"headroom/answer"
	"headroom/highs"
	"headroom/internal/tree"
	"headroom/lp"
	"headroom/planner"
)

// solver is the solver of all tests of this package: native HiGHS where it is, else the embedded one.
var solver = sync.OnceValues(func() (lp.Solver, error) {
	s, _, err := highs.Find(highs.Auto, highs.Config{Getenv: tree.Getenv})
	return s, err
})

func mustSolver(t testing.TB) lp.Solver {
	t.Helper()
	s, err := solver()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mustPlan plans a case and has the plan audited by the ledger. A plan that is disputed, or whose money is not the ledger's,
// fails the test.
func mustPlan(t testing.TB, c *headroom.Case, o planner.Options) *headroom.Plan {
	t.Helper()
	p, err := answer.Plan(context.Background(), c, mustSolver(t), o)
	if err != nil {
		t.Fatal(err)
	}
	if p.Status == headroom.StatusDisputed {
		t.Fatalf("disputed: %s", p.Why)
	}
	if p.Check.MoneyError > 1e-9 {
		t.Fatalf("the ledger differs by %g", p.Check.MoneyError)
	}
	return p
}

// mustSolve is mustPlan for a case that must have a plan that is proved to the gap.
func mustSolve(t testing.TB, c *headroom.Case, o planner.Options) *headroom.Plan {
	t.Helper()
	p := mustPlan(t, c, o)
	if p.Status != headroom.StatusVerified {
		t.Fatalf("status %s, want verified", p.Status)
	}
	return p
}

// tight asks for a plan that is optimal as far as the solver can tell.
func tight() planner.Options { return planner.Options{Gap: 1e-9} }

// built is the output of a plan in a period that satisfies a condition.
func built(p *headroom.Plan, period string, match func(headroom.OutputRow) bool) float64 {
	sum := 0.0
	for _, o := range p.Outputs {
		if o.Period == period && (match == nil || match(o)) {
			sum += o.Units
		}
	}
	return sum
}
