package lp_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"headroom/lp"
	"headroom/lp/lptest"
)

// charge is a fixed-charge problem: 20 of output from two lines, optimum 49.
func charge(t testing.TB) *lp.Problem {
	t.Helper()
	b := lp.NewBuilder("charge", lp.Minimize, 0, 0, 0)
	b.NameCols(func(i int) string { return []string{"open1", "open2", "make1", "make2"}[i] })
	b.NameRows(func(i int) string { return []string{"demand", "cap1", "cap2"}[i] })
	b.IntCol(10, 0, 1)
	b.IntCol(4, 0, 1)
	b.Col(1, 0, lp.Inf)
	b.Col(2, 0, lp.Inf)
	b.Row(20, lp.Inf)
	b.Row(-lp.Inf, 0)
	b.Row(-lp.Inf, 0)
	b.Add(0, 2, 1)
	b.Add(0, 3, 1)
	b.Add(1, 2, 1)
	b.Add(1, 0, -15)
	b.Add(2, 3, 1)
	b.Add(2, 1, -15)
	b.AddOffset(10)
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func mustRun(t testing.TB, s lp.Solver, p *lp.Problem, o lp.Options, ro lp.RunOptions) *lp.Outcome {
	t.Helper()
	out, err := lp.Run(context.Background(), s, p, o, ro)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// answers is a fake that gives MIPs to mip and LPs to Enumerate.
func answers(mip func(o lp.Options) *lp.Result) *lptest.Fake {
	return &lptest.Fake{Func: func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
		if p.Integers() > 0 {
			return mip(o), nil
		}
		return (&lptest.Enumerate{}).Solve(ctx, p, o)
	}}
}

func point(stop lp.Stop, objective, bound float64, x ...float64) *lp.Result {
	return &lp.Result{Stop: stop, Primal: lp.PointFeasible, Objective: objective, Bound: bound, X: x, Seed: 1}
}

func TestRunVerified(t *testing.T) {
	p := charge(t)
	for _, strict := range []bool{false, true} {
		out := mustRun(t, &lptest.Enumerate{}, p, lp.Options{}, lp.RunOptions{Strict: strict})
		if out.Status != lp.StatusVerified || out.Objective != 49 || out.Bound != 49 || out.Gap != 0 || out.Strict != strict {
			t.Errorf("got %v objective %v bound %v gap %v strict %v, want verified 49 49 0 %v", out.Status, out.Objective, out.Bound, out.Gap, out.Strict, strict)
		}
		if got, want := out.RowDual, []float64{2, -1, 0}; got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
			t.Errorf("got duals %v, want %v", got, want)
		}
	}
}

// Integers within the solver's tolerance come out exact, and the continuous columns are solved again to fit.
func TestRunRoundsAndSolvesAgain(t *testing.T) {
	e := 1e-7
	s := answers(func(lp.Options) *lp.Result {
		x := []float64{1 - e, 1 + e/2, 15 * (1 - e), 20 - 15*(1-e)}
		return point(lp.StopOptimal, 10+10*x[0]+4*x[1]+x[2]+2*x[3], 49, x...)
	})
	out := mustRun(t, s, charge(t), lp.Options{}, lp.RunOptions{})
	if out.Status != lp.StatusVerified || out.X[0] != 1 || out.X[1] != 1 || out.X[2] != 15 || out.Check.MaxIntegralityViolation != 0 {
		t.Errorf("got %v %v (%v), want verified [1 1 15 5]", out.Status, out.X, out.Why)
	}
}

func TestRunDisputes(t *testing.T) {
	good := []float64{1, 1, 15, 5}
	tests := []struct {
		name string
		res  *lp.Result
		says string
	}{
		{"broken row", point(lp.StopOptimal, 48, 48, 1, 1, 15, 4.5), "row demand is broken by 0.5"},
		{"not integer", point(lp.StopOptimal, 44, 44, 0.5, 1, 7.5, 12.5), "integer column open1"},
		{"objective", point(lp.StopOptimal, 40, 40, good...), "claims an objective of 40"},
		{"bound crosses", point(lp.StopOptimal, 49, 60, good...), "better than the bound 60"},
		{"gap open", point(lp.StopOptimal, 49, 40, good...), "leave 0.18"},
		{"truncated", point(lp.StopOptimal, 49, 49, good[:3]...), "3 values for 4 columns"},
		{"nan", point(lp.StopOptimal, 49, 49, 1, 1, 15, math.NaN()), "column make2 has the value NaN"},
		{"nan objective", point(lp.StopOptimal, math.NaN(), 49, good...), "claims an objective of NaN"},
		{"no point", &lp.Result{Stop: lp.StopOptimal}, "gives no point"},
		{"infeasible with a point", point(lp.StopInfeasible, 49, 49, good...), "no solution and gives one"},
	}
	for _, tt := range tests {
		out := mustRun(t, answers(func(lp.Options) *lp.Result { return tt.res }), charge(t), lp.Options{}, lp.RunOptions{})
		if out.Status != lp.StatusDisputed || !strings.Contains(strings.Join(out.Why, "; "), tt.says) {
			t.Errorf("%s: got %v %v, want disputed with %q", tt.name, out.Status, out.Why, tt.says)
		}
	}
}

// A point that lives on the tolerance: a line that is closed but for 1e-6 with a big-M of 1e6 gives output.
func TestRunFindsBigMLeak(t *testing.T) {
	b := lp.NewBuilder("leak", lp.Minimize, 0, 0, 0)
	b.IntCol(50, 0, 1)
	b.Col(1, 0, lp.Inf)
	b.Col(20, 0, 5)
	b.Row(1, lp.Inf)
	b.Row(-lp.Inf, 0)
	b.Add(0, 1, 1)
	b.Add(0, 2, 1)
	b.Add(1, 1, 1)
	b.Add(1, 0, -2e6)
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	s := answers(func(lp.Options) *lp.Result { return point(lp.StopOptimal, 1+50*5e-7, 1, 5e-7, 1, 0) })
	out := mustRun(t, s, p, lp.Options{}, lp.RunOptions{})
	if out.Status != lp.StatusDisputed || !strings.Contains(strings.Join(out.Why, ";"), "tolerance") {
		t.Errorf("got %v %v, want disputed: it lives on the tolerance", out.Status, out.Why)
	}
	if out.X != nil && out.X[2] != 1 {
		t.Errorf("got %v, want the honest plan or none", out.X)
	}
}

func TestRunLimits(t *testing.T) {
	p := charge(t)
	for _, stop := range []lp.Stop{lp.StopTime, lp.StopNodes, lp.StopInterrupt, lp.StopMemory, lp.StopError} {
		out := mustRun(t, answers(func(lp.Options) *lp.Result { return point(stop, 49, 44.1, 1, 1, 15, 5) }), p, lp.Options{}, lp.RunOptions{})
		if out.Status != lp.StatusLimit || out.Objective != 49 || math.Abs(out.Gap-0.1) > 1e-12 || out.Stop != stop {
			t.Errorf("%v: got %v %v gap %v (%v), want limit 49 gap 0.1", stop, out.Status, out.Objective, out.Gap, out.Why)
		}
		out = mustRun(t, answers(func(lp.Options) *lp.Result {
			return &lp.Result{Stop: stop, Objective: math.NaN(), Bound: 44.1}
		}), p, lp.Options{}, lp.RunOptions{})
		if out.Status != lp.StatusNoSolution || out.X != nil || out.Bound != 44.1 || len(out.Why) == 0 {
			t.Errorf("%v: got %v bound %v, want no solution with bound 44.1", stop, out.Status, out.Bound)
		}
	}
	out := mustRun(t, answers(func(lp.Options) *lp.Result { return point(lp.StopOptimal, 49, math.NaN(), 1, 1, 15, 5) }), p, lp.Options{}, lp.RunOptions{})
	if out.Status != lp.StatusDisputed || !math.IsInf(out.Gap, 1) || out.ProvedBy != lp.ProvedByNobody {
		t.Errorf("optimal without a bound: got %v gap %v proved by %q, want disputed +Inf and nobody", out.Status, out.Gap, out.ProvedBy)
	}
	// A limit that comes when nothing is left to prove is none.
	out = mustRun(t, answers(func(lp.Options) *lp.Result { return point(lp.StopTime, 49, 48.9999, 1, 1, 15, 5) }), p, lp.Options{}, lp.RunOptions{})
	if out.Status != lp.StatusVerified || out.Stop != lp.StopOptimal {
		t.Errorf("closed at the limit: got %v, want verified", out.Status)
	}
	out = mustRun(t, answers(func(lp.Options) *lp.Result { return point(lp.StopTime, 49, 44.1, 1, 1, 15, 5) }), p, lp.Options{AbsGap: 5}, lp.RunOptions{})
	if out.Status != lp.StatusVerified {
		t.Errorf("closed by the absolute gap: got %v, want verified", out.Status)
	}
}

// A maximisation: the bound is above.
func TestRunMaximise(t *testing.T) {
	p := charge(t)
	neg := make([]float64, p.Cols())
	for j, c := range p.Cost {
		neg[j] = -c
	}
	p = p.WithObjective(lp.Maximize, neg, -p.Offset)
	out := mustRun(t, answers(func(lp.Options) *lp.Result { return point(lp.StopTime, -49, -44.1, 1, 1, 15, 5) }), p, lp.Options{}, lp.RunOptions{})
	if out.Status != lp.StatusLimit || math.Abs(out.Gap-0.1) > 1e-12 {
		t.Errorf("got %v gap %v, want limit 0.1", out.Status, out.Gap)
	}
	out = mustRun(t, answers(func(lp.Options) *lp.Result { return point(lp.StopTime, -49, -55, 1, 1, 15, 5) }), p, lp.Options{}, lp.RunOptions{})
	if out.Status != lp.StatusDisputed {
		t.Errorf("bound below a maximum: got %v, want disputed", out.Status)
	}
}

// After a cancel the plan is completed; where the LP cannot be, the rounded point is published if it holds.
func TestRunAfterCancel(t *testing.T) {
	for _, broken := range []bool{false, true} {
		ctx, cancel := context.WithCancel(context.Background())
		s := &lptest.Fake{Func: func(c context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
			if p.Integers() > 0 {
				cancel()
				return point(lp.StopInterrupt, 49, 40, 1, 1, 15, 5), nil
			}
			if broken {
				return &lp.Result{Stop: lp.StopInterrupt}, nil
			}
			if _, ok := c.Deadline(); !ok || c.Err() != nil {
				t.Error("the LP after a cancel has no fresh context with a deadline")
			}
			return (&lptest.Enumerate{}).Solve(c, p, o)
		}}
		out, err := lp.Run(ctx, s, charge(t), lp.Options{}, lp.RunOptions{Strict: true})
		if err != nil {
			t.Fatal(err)
		}
		if out.Status != lp.StatusLimit || out.Objective != 49 || (out.RowDual == nil) != broken {
			t.Errorf("LP broken %v: got %v %v duals %v (%v), want limit 49", broken, out.Status, out.Objective, out.RowDual, out.Why)
		}
	}
}

func TestRunTimeBudget(t *testing.T) {
	now := time.Unix(0, 0)
	var limits []time.Duration
	s := &lptest.Fake{Func: func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
		limits = append(limits, o.Time)
		now = now.Add(o.Time)
		if p.Integers() > 0 {
			return point(lp.StopTime, 49, 40, 1, 1, 15, 5), nil
		}
		return (&lptest.Enumerate{}).Solve(ctx, p, lp.Options{})
	}}
	out := mustRun(t, s, charge(t), lp.Options{Time: 100 * time.Second}, lp.RunOptions{Now: func() time.Time { return now }})
	if len(limits) != 2 || limits[0] != 95*time.Second || limits[1] != 5*time.Second || out.Seconds != 100 {
		t.Errorf("got limits %v and %v seconds, want 95s, 5s and 100", limits, out.Seconds)
	}
}

func TestRunRetriesACrash(t *testing.T) {
	var seen []lp.Options
	fail := 1
	s := &lptest.Fake{Func: func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
		if p.Integers() > 0 {
			seen = append(seen, o)
			if len(seen) <= fail {
				return nil, errors.New("signal 11")
			}
		}
		return (&lptest.Enumerate{}).Solve(ctx, p, o)
	}}
	out := mustRun(t, s, charge(t), lp.Options{}, lp.RunOptions{})
	if out.Status != lp.StatusVerified || len(seen) != 2 || seen[1].Seed != 2 || !seen[1].NoPresolve || len(out.Notes) == 0 {
		t.Errorf("got %v after %+v (%v), want verified by the second solve", out.Status, seen, out.Notes)
	}
	seen, fail = nil, 2
	if _, err := lp.Run(context.Background(), s, charge(t), lp.Options{}, lp.RunOptions{}); err == nil || !strings.Contains(err.Error(), "signal 11") {
		t.Errorf("got error %v, want signal 11", err)
	}
	if len(seen) != 2 {
		t.Errorf("got %d solves, want 2", len(seen))
	}
}

func TestRunRefuses(t *testing.T) {
	p := charge(t)
	p.Cost[0] = math.NaN()
	_, err := lp.Run(context.Background(), &lptest.Fake{}, p, lp.Options{}, lp.RunOptions{})
	var refused *lp.RefusedError
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "N01") || !strings.Contains(err.Error(), "open1") {
		t.Errorf("got error %v, want a refusal that names N01 and open1", err)
	}
}

func TestRunVerdicts(t *testing.T) {
	foreign := lp.RunOptions{Strict: true, Gate: lp.GateOptions{Strictness: lp.Foreign}}
	for _, c := range lptest.Cases() {
		out := mustRun(t, &lptest.Enumerate{}, c.Problem, lp.Options{}, foreign)
		want := map[lp.Stop]lp.Status{
			lp.StopOptimal: lp.StatusVerified, lp.StopInfeasible: lp.StatusInfeasible, lp.StopUnbounded: lp.StatusUnbounded,
		}[c.Stop]
		if out.Status != want || !out.Strict {
			t.Errorf("%s: got %v strict %v (%v, %v), want %v", c.Name, out.Status, out.Strict, out.Why, out.Notes, want)
		}
		if want == lp.StatusVerified && math.Abs(out.Objective-c.Objective) > 1e-9 {
			t.Errorf("%s: got %v, want %v", c.Name, out.Objective, c.Objective)
		}
	}
}

// A start that passes the check refutes "infeasible" without a second solve.
func TestRunStartRefutesInfeasible(t *testing.T) {
	s := answers(func(lp.Options) *lp.Result { return &lp.Result{Stop: lp.StopInfeasible} })
	out := mustRun(t, s, charge(t), lp.Options{Start: []float64{1, 1, 15, 5}}, lp.RunOptions{})
	if out.Status != lp.StatusDisputed {
		t.Errorf("got %v, want disputed", out.Status)
	}
}

// Every lie is found out: nothing false is published as verified. A lie that cannot be told about a problem, or that happens
// to be another optimum, is no lie.
func TestRunCatchesLies(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 60))
	truth := &lptest.Enumerate{}
	foreign := lp.GateOptions{Strictness: lp.Foreign}
	told := map[lptest.Lie]int{}
	for seed := uint64(0); ; seed++ {
		done := true
		p := lptest.Random(rng, 6, 4)
		want, err := truth.Solve(context.Background(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, lie := range lptest.Lies() {
			if told[lie] >= 60 {
				continue
			}
			done = false
			liar := &lptest.Liar{Solver: truth, Lie: lie, Seed: seed}
			first, err := liar.Solve(context.Background(), p, lp.Options{})
			if err != nil || want.X == nil || isTrue(p, first, want) {
				continue
			}
			told[lie]++
			out := mustRun(t, liar, p, lp.Options{}, lp.RunOptions{Strict: lie.NeedsStrict(), Gate: foreign})
			if out.Status != lp.StatusDisputed {
				t.Errorf("%v, problem %d: got %v %v, want disputed (the truth is %v)", lie, seed, out.Status, out.Objective, want.Objective)
			}
			if out.X != nil && !lp.Check(p, out.X).Passes(lp.FeasibilityTolerance, 0) {
				t.Errorf("%v, problem %d: published a point that does not pass", lie, seed)
			}
		}
		if done {
			break
		}
		if seed > 5000 {
			t.Fatalf("too few lies told: %v", told)
		}
	}
}

// isTrue reports whether an answer is in fact right.
func isTrue(p *lp.Problem, got, want *lp.Result) bool {
	if got.Stop != want.Stop || !lp.Check(p, got.X).Passes(lp.FeasibilityTolerance, lp.IntegralityTolerance) {
		return false
	}
	tol := lp.ObjectiveTolerance * max(1, math.Abs(want.Objective))
	return math.Abs(lp.Check(p, got.X).Objective-want.Objective) <= tol && math.Abs(got.Objective-want.Objective) <= tol
}

// No honest answer is disputed.
func TestRunBelievesTheTruth(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 61))
	for k := range 300 {
		p := lptest.Random(rng, 6, 4)
		out := mustRun(t, &lptest.Enumerate{}, p, lp.Options{}, lp.RunOptions{Strict: true, Gate: lp.GateOptions{Strictness: lp.Foreign}})
		if out.Status != lp.StatusVerified && out.Status != lp.StatusInfeasible || !out.Strict {
			t.Errorf("problem %d: got %v strict %v (%v, %v)", k, out.Status, out.Strict, out.Why, out.Notes)
		}
	}
}

// A solver that overruns its limit is interrupted, which counts as the time limit.
func TestRunInterruptsAnOverrun(t *testing.T) {
	s := &lptest.Fake{Func: func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
		if p.Integers() > 0 {
			<-ctx.Done()
			return point(lp.StopInterrupt, 49, 40, 1, 1, 15, 5), nil
		}
		return (&lptest.Enumerate{}).Solve(ctx, p, lp.Options{})
	}}
	out := mustRun(t, s, charge(t), lp.Options{Time: 10 * time.Millisecond}, lp.RunOptions{})
	if out.Status != lp.StatusLimit || out.Stop != lp.StopTime || out.Objective != 49 {
		t.Errorf("got %v %v %v, want limit, time limit, 49", out.Status, out.Stop, out.Objective)
	}
}

// An "optimum" of a problem without limit, and one of fractional bounds that must be rounded before the solve.
func TestRunIntegerBounds(t *testing.T) {
	build := func(l, u float64) *lp.Problem {
		b := lp.NewBuilder("bounds", lp.Maximize, 0, 0, 0)
		b.IntCol(1, l, u)
		b.Row(-lp.Inf, 1)
		b.Add(0, 0, 1)
		b.Add(0, b.Col(0, 0, lp.Inf), -1)
		p, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	s := answers(func(lp.Options) *lp.Result { return point(lp.StopOptimal, 5, 5, 5, 4) })
	out := mustRun(t, s, build(0, lp.Inf), lp.Options{}, lp.RunOptions{})
	if out.Status != lp.StatusDisputed || !strings.Contains(strings.Join(out.Why, ";"), "no limit") {
		t.Errorf("got %v %v, want disputed: no limit", out.Status, out.Why)
	}
	var got *lp.Problem
	s = &lptest.Fake{Func: func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
		if p.Integers() > 0 {
			got = p
		}
		return (&lptest.Enumerate{}).Solve(ctx, p, o)
	}}
	out = mustRun(t, s, build(0.5, 5.5), lp.Options{}, lp.RunOptions{})
	if got.Lower[0] != 1 || got.Upper[0] != 5 || out.Objective != 5 || len(out.Notes) != 1 {
		t.Errorf("got bounds [%v, %v], objective %v, notes %v, want [1, 5], 5 and one note", got.Lower[0], got.Upper[0], out.Objective, out.Notes)
	}
}
