package lp_test

import (
	"context"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"headroom/internal/counted"
	"headroom/lp"
	"headroom/lp/lptest"
)

// randomLP is a small LP with bounds missing here and there.
func randomLP(r *rand.Rand) *lp.Problem {
	sense := lp.Sense(r.IntN(2))
	b := lp.NewBuilder("random", sense, 0, 0, 0)
	cols, rows := 1+r.IntN(4), 1+r.IntN(4)
	for range cols {
		upper := lp.Inf
		if r.IntN(2) == 0 {
			upper = float64(r.IntN(9)) / 3
		}
		b.Col(r.NormFloat64(), 0, upper)
	}
	for i := range rows {
		b.Row(-lp.Inf, float64(r.IntN(20))/7)
		for j := range cols {
			if r.IntN(3) > 0 {
				b.Add(i, j, math.Abs(r.NormFloat64()))
			}
		}
	}
	b.AddOffset(r.NormFloat64())
	p, err := b.Build()
	if err != nil {
		panic(err)
	}
	return p
}

// TestCountedSafeBound: whatever the duals, no point of the problem has an objective beyond the bound, in exact arithmetic; and
// with the duals of the optimum the bound is the optimum but for rounding.
func TestCountedSafeBound(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	n, sharp, finite := counted.N(2000, 200000), 0, 0
	for range n {
		p := randomLP(r)
		res, err := new(lptest.Enumerate).Solve(context.Background(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if res.Stop != lp.StopOptimal {
			continue
		}
		exact := exactObjective(p, res.X)
		duals := append([]float64(nil), res.RowDual...)
		bound := lp.SafeBound(p, duals)
		if d := math.Abs(bound - res.Objective); d < 1e-9*max(1, math.Abs(res.Objective)) {
			sharp++
		}
		for k := range duals { // any others prove less, and never too much
			duals[k] += r.NormFloat64() * math.Pow(10, -float64(r.IntN(16)))
		}
		for _, safe := range []float64{bound, lp.SafeBound(p, duals)} {
			if math.IsInf(safe, 0) {
				continue
			}
			finite++
			d := new(big.Float).Sub(new(big.Float).SetFloat64(safe), exact)
			if p.Sense == lp.Minimize && d.Sign() > 0 && isPoint(p, res.X) || p.Sense == lp.Maximize && d.Sign() < 0 && isPoint(p, res.X) {
				t.Fatalf("the bound %v is beyond the objective %v of a point", safe, res.Objective)
			}
		}
	}
	if sharp*10 < n*4 || finite < n/2 {
		t.Errorf("of %d problems %d bounds were sharp and %d finite: the test shows too little", n, sharp, finite)
	}
	counted.Report(t, "safe bounds", n, n, "never beyond the exact objective of a point")
}

// isPoint reports whether x keeps all rows and bounds exactly.
func isPoint(p *lp.Problem, x []float64) bool {
	rep := lp.Check(p, x)
	return rep.Invalid == "" && rep.MaxRowViolation == 0 && rep.MaxBoundViolation == 0
}

func exactObjective(p *lp.Problem, x []float64) *big.Float {
	sum := new(big.Float).SetPrec(400).SetFloat64(p.Offset)
	for j, v := range x {
		t := new(big.Float).SetPrec(400).Mul(new(big.Float).SetFloat64(p.Cost[j]), new(big.Float).SetFloat64(v))
		sum.Add(sum, t)
	}
	return sum
}

// The bound of an LP is the one that its duals prove, not what the solver says.
func TestRunBoundOfLP(t *testing.T) {
	t.Parallel()
	p := charge(t).Relaxed()
	out := mustRun(t, &lptest.Enumerate{}, p, lp.Options{}, lp.RunOptions{})
	if out.ProvedBy != lp.ProvedByDuals || math.Abs(out.Bound-out.Objective) > 1e-9 || out.Bound > out.Objective {
		t.Errorf("got bound %v of %v proved by %q, want one just below by the duals", out.Bound, out.Objective, out.ProvedBy)
	}
	out = mustRun(t, &lptest.Enumerate{}, charge(t), lp.Options{}, lp.RunOptions{SafeRoot: true})
	if out.ProvedBy != lp.ProvedBySolver || !(out.RootBound < out.Bound) || math.IsNaN(out.RootBound) {
		t.Errorf("got bound %v by %q and root bound %v, want the solver's and a weaker one", out.Bound, out.ProvedBy, out.RootBound)
	}
}
