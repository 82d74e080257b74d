package lptest

import (
	"context"
	"math"
	"math/rand/v2"

	"headroom/lp"
)

// Lie is a way to spoil an answer.
type Lie int

// The lies. The first six and the last two are found by checking one answer; Suboptimal and FalseInfeasible, told
// consistently about a MIP, only by solving again.
const (
	InfeasiblePoint Lie = iota // a point that breaks a row or a bound, claimed optimal
	Suboptimal                 // a feasible point 5 % or more off, claimed optimal, with a bound to match
	ObjectiveOff               // the right point with another objective
	FalseInfeasible            // "infeasible" where there is a solution
	NotANumber                 // NaN or infinity in the point
	SwappedOrder               // the values of two columns exchanged
	Truncated                  // values missing at the end
	Duplicated                 // values repeated
	lies
)

// Lies are all of them.
func Lies() []Lie {
	out := make([]Lie, lies)
	for i := range out {
		out[i] = Lie(i)
	}
	return out
}

// String names the lie.
func (l Lie) String() string {
	return [...]string{
		"infeasible point", "suboptimal", "objective off", "false infeasible", "not a number", "swapped order", "truncated",
		"duplicated",
	}[l]
}

// NeedsStrict reports whether the lie can only be found by a second solve.
func (l Lie) NeedsStrict() bool { return l == Suboptimal || l == FalseInfeasible }

// Liar spoils the answers of another solver. It lies about the first problem it gets and, so that solving again can find it
// out, tells the truth when Options.Seed is not the one of the first solve.
type Liar struct {
	Solver lp.Solver
	Lie    Lie
	Seed   uint64 // chooses where the lie goes
}

// Info is that of the other solver.
func (l *Liar) Info() lp.Info { return l.Solver.Info() }

// Solve spoils the answer. Where the lie cannot be told about this problem, such as a worse point where there is none, the
// answer stays true.
func (l *Liar) Solve(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
	res, err := l.Solver.Solve(ctx, p, o)
	if err != nil || o.Seed > 1 || res.X == nil {
		return res, err
	}
	out := *res
	out.X = append([]float64(nil), res.X...)
	rng := rand.New(rand.NewPCG(l.Seed, uint64(l.Lie)))
	switch l.Lie {
	case InfeasiblePoint:
		breakRow(p, &out, rng)
	case Suboptimal:
		return l.suboptimal(ctx, p, o, res)
	case ObjectiveOff:
		out.Objective += (1 + math.Abs(out.Objective)) * (0.001 + rng.Float64()) * float64(1-2*rng.IntN(2))
	case FalseInfeasible:
		out = lp.Result{Stop: lp.StopInfeasible, Objective: math.NaN(), Bound: math.NaN(), Gap: lp.Inf, Seed: res.Seed}
	case NotANumber:
		out.X[rng.IntN(len(out.X))] = [...]float64{math.NaN(), lp.Inf, -lp.Inf}[rng.IntN(3)]
	case SwappedOrder:
		swap(&out, rng)
	case Truncated:
		out.X = out.X[:rng.IntN(len(out.X))]
	case Duplicated:
		out.X = append(out.X, out.X[:1+rng.IntN(len(out.X))]...)
	}
	return &out, nil
}

// breakRow moves one column until something is broken by more than rounding.
func breakRow(p *lp.Problem, res *lp.Result, rng *rand.Rand) {
	for range 1000 {
		j := rng.IntN(len(res.X))
		old := res.X[j]
		step := float64(1+rng.IntN(9)) * float64(1-2*rng.IntN(2))
		if !p.IsInteger(j) {
			step *= rng.Float64() + 0.01
		}
		res.X[j] += step
		rep := lp.Check(p, res.X)
		res.Objective, res.Bound = rep.Objective, rep.Objective
		if !rep.Passes(2*lp.LooseTolerance, 1) {
			return
		}
		res.X[j] = old
	}
}

// swap exchanges two different values.
func swap(res *lp.Result, rng *rand.Rand) {
	for range 1000 {
		i, j := rng.IntN(len(res.X)), rng.IntN(len(res.X))
		if res.X[i] != res.X[j] {
			res.X[i], res.X[j] = res.X[j], res.X[i]
			return
		}
	}
}

// suboptimal solves with the row "at least 5 % worse" and claims the answer to be the optimum. The row is taken as a bound on
// the cost in the other direction, so that the point is feasible.
func (l *Liar) suboptimal(ctx context.Context, p *lp.Problem, o lp.Options, res *lp.Result) (*lp.Result, error) {
	worse := res.Objective + 0.05*max(1, math.Abs(res.Objective))*(1-2*float64(p.Sense))
	b := lp.NewBuilder(p.Name, p.Sense, p.Cols(), p.Rows()+1, p.Nonzeros()+p.Cols())
	for j := range p.Cols() {
		if p.IsInteger(j) {
			b.IntCol(p.Cost[j], p.Lower[j], p.Upper[j])
		} else {
			b.Col(p.Cost[j], p.Lower[j], p.Upper[j])
		}
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			b.Add(int(p.Index[k]), j, p.Value[k])
		}
		b.Add(p.Rows(), j, p.Cost[j])
	}
	for i := range p.Rows() {
		b.Row(p.RowLower[i], p.RowUpper[i])
	}
	b.AddOffset(p.Offset)
	if p.Sense == lp.Minimize {
		b.Row(worse-p.Offset, lp.Inf)
	} else {
		b.Row(-lp.Inf, worse-p.Offset)
	}
	q, err := b.Build()
	if err != nil {
		return nil, err
	}
	lie, err := l.Solver.Solve(ctx, q, o)
	if err != nil || lie.X == nil {
		return res, err
	}
	lie.RowDual, lie.ColDual, lie.Bound, lie.Gap = nil, nil, lie.Objective, 0
	return lie, nil
}
