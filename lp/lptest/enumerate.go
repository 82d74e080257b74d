package lptest

import (
	"context"
	"math"
	"math/big"
	"time"

	"headroom/lp"
)

// Enumerate is a solver without rounding: it branches on integer columns and solves every LP by a simplex in rational
// numbers, so that what it says is proved. It is for a dozen integer columns and some dozens of rows. The zero value is ready
// and may be used by several goroutines.
//
// It takes node and time limits and ignores gap, seed, start and presolve. The answer is the same every time.
type Enumerate struct{}

// Info names the solver.
func (*Enumerate) Info() lp.Info { return lp.Info{Name: "enumerate", Version: "1", Backend: "exact"} }

// search is one solve.
type search struct {
	ctx   context.Context
	p     *lp.Problem
	o     lp.Options
	start time.Time
	nodes int64
	stop  lp.Stop // why the search ended early; StopUnknown: it has not

	best  *big.Rat
	x     []*big.Rat
	y     []*big.Rat
	bound *big.Rat // of the root
	open  bool     // some LP was unbounded
}

// Solve enumerates.
func (*Enumerate) Solve(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
	s := &search{ctx: ctx, p: p, o: o, start: time.Now()}
	if o.Time > 0 {
		var cancel context.CancelFunc
		s.ctx, cancel = context.WithTimeout(ctx, o.Time)
		defer cancel()
	}
	lower, upper := append([]float64(nil), p.Lower...), append([]float64(nil), p.Upper...)
	for j := range lower {
		if p.IsInteger(j) {
			lower[j], upper[j] = math.Ceil(lower[j]), math.Floor(upper[j])
		}
	}
	s.branch(lower, upper, 0)
	return s.result(ctx), nil
}

// maxDepth ends a search that would never end, in problems without bounds (HiGHS issue 2226).
const maxDepth = 200

// branch solves one node and its children, the nearer one first.
func (s *search) branch(lower, upper []float64, depth int) {
	if s.stop != lp.StopUnknown {
		return
	}
	if s.o.Nodes > 0 && s.nodes >= int64(s.o.Nodes) || depth > maxDepth {
		s.stop = lp.StopNodes
		return
	}
	s.nodes++
	stop, obj, x, y := solveExact(s.ctx, s.p, lower, upper)
	switch stop {
	case lp.StopInfeasible:
		return
	case lp.StopUnbounded:
		s.open, s.stop = true, lp.StopUnbounded
		return
	case lp.StopInterrupt:
		s.stop = stop
		return
	}
	if depth == 0 {
		s.bound = obj
	}
	if s.best != nil && !s.beats(obj, s.best) {
		return
	}
	j := fractional(s.p, x)
	if j < 0 {
		s.best, s.x, s.y = obj, x, y
		s.progress()
		return
	}
	v, _ := x[j].Float64()
	down, up := math.Floor(v), math.Floor(v)+1
	if x[j].Cmp(rat(down)) < 0 { // the float was rounded up to an integer
		down, up = down-1, up-1
	}
	visit := func(l, u float64) {
		lo, hi := append([]float64(nil), lower...), append([]float64(nil), upper...)
		lo[j], hi[j] = l, u
		s.branch(lo, hi, depth+1)
	}
	if v-down < 0.5 {
		visit(lower[j], down)
		visit(up, upper[j])
	} else {
		visit(up, upper[j])
		visit(lower[j], down)
	}
}

func (s *search) beats(a, b *big.Rat) bool {
	if s.p.Sense == lp.Maximize {
		return a.Cmp(b) > 0
	}
	return a.Cmp(b) < 0
}

// fractional is the first integer column that is not integer, -1 where there is none.
func fractional(p *lp.Problem, x []*big.Rat) int {
	for j := range x {
		if p.IsInteger(j) && !x[j].IsInt() {
			return j
		}
	}
	return -1
}

func (s *search) progress() {
	if s.o.Progress == nil {
		return
	}
	v, _ := s.best.Float64()
	b, _ := s.bound.Float64()
	s.o.Progress(lp.Progress{Seconds: time.Since(s.start).Seconds(), Incumbent: v, Bound: b, Gap: lp.RelativeGap(v, b), Nodes: s.nodes})
}

// result puts the answer into floats.
func (s *search) result(ctx context.Context) *lp.Result {
	r := &lp.Result{
		Stop: s.stop, Objective: math.NaN(), Bound: math.NaN(), Gap: lp.Inf, Seconds: time.Since(s.start).Seconds(),
		Seed: max(s.o.Seed, 1), Nodes: s.nodes,
	}
	switch {
	case s.stop == lp.StopInterrupt && ctx.Err() == nil:
		r.Stop = lp.StopTime
	case s.open:
		// An unbounded relaxation: with rational data the MIP is unbounded too, if it has a solution at all.
		if s.p.Integers() > 0 {
			r.Stop = lp.StopUnboundedOrInfeasible
		}
		r.Text = r.Stop.String()
		return r
	case s.stop == lp.StopUnknown && s.best == nil:
		r.Stop = lp.StopInfeasible
	case s.stop == lp.StopUnknown:
		r.Stop, s.bound = lp.StopOptimal, s.best
	}
	r.Text = r.Stop.String()
	if s.bound != nil {
		r.Bound, _ = s.bound.Float64()
	}
	if s.best == nil {
		return r
	}
	r.Primal = lp.PointFeasible
	r.Objective, _ = s.best.Float64()
	r.Gap = lp.RelativeGap(r.Objective, r.Bound)
	r.X = floats(s.x)
	if s.p.Integers() == 0 && r.Stop == lp.StopOptimal {
		r.Dual = lp.PointFeasible
		r.RowDual = floats(s.y)
		r.ColDual = reducedCosts(s.p, s.y)
	}
	return r
}

func floats(v []*big.Rat) []float64 {
	out := make([]float64, len(v))
	for i, r := range v {
		out[i], _ = r.Float64()
	}
	return out
}

// reducedCosts are Cost − Aᵀ·y.
func reducedCosts(p *lp.Problem, y []*big.Rat) []float64 {
	out := make([]float64, p.Cols())
	for j := range out {
		d := rat(p.Cost[j])
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			d.Sub(d, new(big.Rat).Mul(rat(p.Value[k]), y[p.Index[k]]))
		}
		out[j], _ = d.Float64()
	}
	return out
}
