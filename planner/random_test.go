package planner_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"headroom"
	"headroom/answer"
	"headroom/internal/counted"
	"headroom/lp"
	"headroom/lp/lptest"
	"headroom/planner"
)

// Sizes of the random cases that are enumerated: the exact solver takes rational numbers and time.
const (
	randomCases   = 1000
	mostBinaries  = 12
	mostNonzeros  = 180
	sameObjective = 1e-6 // relative
)

// TestEnumerate plans random small cases and compares the plans with the optimum over all choices of the integers, in
// rational numbers; and each plan with the ledger.
func TestEnumerate(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	first := rng.IntN(1 << 30)
	want := counted.N(200, randomCases)
	if testing.Short() {
		want /= 4
	}
	var next, done, infeasible, edge atomic.Int64
	var wait sync.WaitGroup
	began := time.Now()
	for range 2 {
		wait.Go(func() {
			for done.Load() < int64(want) && !t.Failed() {
				seed := first + int(next.Add(1))
				status, err := enumerateOne(t, seed, &edge)
				if err != nil {
					t.Errorf("seed %d: %v", seed, err)
				}
				if status == "" {
					continue // too large
				}
				done.Add(1)
				if status == headroom.StatusInfeasible {
					infeasible.Add(1)
				}
			}
		})
	}
	wait.Wait()
	if n := edge.Load(); n > done.Load()/1000+1 {
		t.Errorf("%d cases hang on the last bit of a limit: that is no rounding any more", n)
	}
	counted.Report(t, "enumerated cases", int(done.Load()), want, "have the exact optimum")
	t.Logf("seeds %d to %d: %d cases of at most %d binaries, %d of them infeasible, %d on the last bit of a limit, in %v", first+1, first+int(next.Load()), done.Load(), mostBinaries, infeasible.Load(), edge.Load(), time.Since(began).Round(time.Millisecond))
}

// widened is a programme whose limits are off by what rounding makes of them.
func widened(p *lp.Problem) *lp.Problem {
	lower, upper := slices.Clone(p.RowLower), slices.Clone(p.RowUpper)
	for i := range lower {
		lower[i] -= 1e-12 * max(1, math.Abs(lower[i]))
		upper[i] += 1e-12 * max(1, math.Abs(upper[i]))
	}
	return p.WithRowBounds(lower, upper)
}

func enumerateOne(t *testing.T, seed int, edge *atomic.Int64) (headroom.PlanStatus, error) {
	c := cases().Example(seed)
	o := tight()
	if seed%4 == 0 {
		o.Objective = "cost"
		for i := range c.Demands {
			c.Demands[i].LostSale = headroom.Some(1000 + 500*float64(i)) // without it every demand must be met
		}
	}
	m, err := planner.Build(context.Background(), c, o)
	if err != nil {
		return "", err
	}
	if m.Problem.Integers() > mostBinaries || m.Problem.Nonzeros() > mostNonzeros {
		return "", nil
	}
	exact, err := enumerate(t, m.Problem)
	if err != nil {
		return "", err
	}
	solved()
	p, err := answer.Plan(t.Context(), c, mustSolver(t), o)
	if err != nil {
		return "", err
	}
	if solverWrong(t, m, exact) {
		return p.Status, nil // and counted: what is said of it says nothing of the planner
	}
	if exact.Stop == lp.StopInfeasible && p.Status == headroom.StatusVerified {
		// On part years, whose lengths are no binary fractions, what meets a limit exactly is within it or not by the last bit.
		edge.Add(1)
		if exact, err = new(lptest.Enumerate).Solve(t.Context(), widened(m.Problem), lp.Options{}); err != nil {
			return "", err
		}
	}
	if exact.Stop == lp.StopInfeasible {
		if p.Status != headroom.StatusInfeasible {
			return "", fmt.Errorf("status %s %s, want infeasible", p.Status, p.Why)
		}
		if len(p.Explanation) == 0 {
			return "", fmt.Errorf("infeasible without an explanation")
		}
		return p.Status, nil
	}
	if exact.Stop != lp.StopOptimal || p.Status != headroom.StatusVerified {
		return "", fmt.Errorf("status %s %s, want %s", p.Status, p.Why, exact.Stop)
	}
	want := m.Constant - exact.Objective*m.MoneyUnit
	if o.Objective == "cost" {
		want = m.Constant + exact.Objective*m.MoneyUnit
	}
	if d := math.Abs(p.Value-want) / math.Max(math.Abs(want-m.Constant), m.MoneyUnit); d > sameObjective {
		return "", fmt.Errorf("value %.12g, want %.12g: relative difference %g", p.Value, want, d)
	}
	if p.Check.MoneyError > 1e-9 {
		return "", fmt.Errorf("the ledger differs by %g", p.Check.MoneyError)
	}
	return p.Status, nil
}

// solverWrong reports whether the solver's own answer to a programme is not the exact one, and notes it as a dispute.
func solverWrong(t *testing.T, m *planner.Model, exact *lp.Result) bool {
	r, err := mustSolver(t).Solve(t.Context(), m.Problem, lp.Options{Gap: 1e-9})
	if err != nil {
		return false
	}
	infeasible := r.Stop == lp.StopInfeasible
	if infeasible != (exact.Stop == lp.StopInfeasible) || r.Stop == lp.StopOptimal && exact.Stop == lp.StopOptimal && differ(exact.Objective, r.Objective) {
		dispute("TestEnumerate: %v %.12g, exactly %v %.12g", r.Stop, r.Objective, exact.Stop, exact.Objective)
		return true
	}
	return false
}

// enumerate is the exact optimum. A problem that has none because a minimum is as large as what there is, but for the last bit of a sum
// over parts of a period, has the optimum of one in which each row is wider by a billionth.
func enumerate(t *testing.T, p *lp.Problem) (*lp.Result, error) {
	r, err := new(lptest.Enumerate).Solve(t.Context(), p, lp.Options{})
	if err != nil || r.Stop != lp.StopInfeasible {
		return r, err
	}
	lower, upper := slices.Clone(p.RowLower), slices.Clone(p.RowUpper)
	for i := range lower {
		lower[i] -= 1e-9 * max(1, math.Abs(lower[i]))
		upper[i] += 1e-9 * max(1, math.Abs(upper[i]))
	}
	return new(lptest.Enumerate).Solve(t.Context(), p.WithRowBounds(lower, upper), lp.Options{})
}
