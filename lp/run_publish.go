package lp

import (
	"context"
	"math"
	"time"
)

// smallLP is the number of nonzeros up to which presolve of the LP with fixed integers takes longer than it saves.
const smallLP = 8000

// fix rounds the integer columns of the solver's point, fixes them, solves the LP that is left and publishes its solution.
func (r *run) fix(res *Result) {
	p := r.q
	x := append([]float64(nil), res.X...)
	lower := append([]float64(nil), p.Lower...)
	upper := append([]float64(nil), p.Upper...)
	for j := range x {
		if p.IsInteger(j) {
			x[j] = math.Round(x[j]) + 0 // no negative zero
			lower[j], upper[j] = x[j], x[j]
		}
	}
	fixed := p.Relaxed().WithBounds(lower, upper)
	ctx, cancel, limit := r.grace()
	defer cancel()
	o := r.o
	o.Start, o.Progress, o.Nodes, o.Time = nil, nil, 0, limit
	o.NoPresolve = o.NoPresolve || p.Nonzeros() <= smallLP
	lp, err := r.call(ctx, fixed, o)
	switch {
	case err != nil:
		r.out.note("solving the LP with fixed integers failed: %v", err)
		r.publishRounded(x, res)
	case lp.Stop == StopInfeasible || lp.Stop == StopUnboundedOrInfeasible:
		r.out.dispute("with the integer columns rounded and fixed there is no solution: the point lives on the solver's tolerance")
	case lp.Stop == StopUnbounded:
		r.out.dispute("with the integer columns fixed the LP is unbounded, the problem is not")
	case lp.Stop != StopOptimal || lp.X == nil || len(lp.X) != len(x):
		if lp.Stop == StopOptimal {
			r.out.dispute("the LP with fixed integers came back as optimal with %d values for %d columns", len(lp.X), len(x))
			return
		}
		r.out.note("the LP with fixed integers was not finished (%s): the solver's own point is published, without duals", lp.Stop)
		r.publishRounded(x, res)
	default:
		r.publishFixed(fixed, x, lp, res)
	}
}

// grace is the context and time limit for the steps after the first solve: what is left of the time, at least a little; after
// a cancel less than a second.
func (r *run) grace() (context.Context, context.CancelFunc, time.Duration) {
	limit := time.Duration(0)
	if r.o.Time > 0 {
		limit = max(r.o.Time-r.elapsed(), r.o.Time/reserveShare, 200*time.Millisecond)
	}
	if r.ctx.Err() == nil {
		ctx, cancel := context.WithCancel(r.ctx)
		return ctx, cancel, limit
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), graceTime)
	return ctx, cancel, graceTime
}

// publishRounded publishes the rounded point of the first solve, if it passes as it is.
func (r *run) publishRounded(x []float64, res *Result) {
	rep := Check(r.p, x)
	if !rep.Passes(FeasibilityTolerance, 0) {
		r.out.Status = StatusNoSolution
		r.out.Why = append(r.out.Why, "the point found does not hold once its integers are rounded: "+rep.Describe(r.p, FeasibilityTolerance, 0))
		r.out.Check = rep
		return
	}
	r.out.X, r.out.Check, r.out.Objective = x, rep, rep.Objective
	r.status(res, FeasibilityTolerance)
}

// publishFixed publishes the LP's solution with the rounded integers put back bit for bit.
func (r *run) publishFixed(fixed *Problem, x []float64, lp, res *Result) {
	y := append([]float64(nil), lp.X...)
	for j := range y {
		if r.q.IsInteger(j) {
			if d := math.Abs(y[j] - x[j]); !(d <= IntegralityTolerance) {
				r.out.dispute("the LP moved column %s, which was fixed at %v, to %v", r.p.ColName(j), x[j], y[j])
				return
			}
			y[j] = x[j]
		}
	}
	lp.X = y
	r.publishLP(fixed, lp, res)
	if r.out.X == nil {
		return
	}
	allowed := max(r.gap(), ObjectiveTolerance)
	if loss := better(r.p.Sense, res.Objective, r.out.Objective); loss > allowed {
		r.out.dispute("with the integer columns rounded and fixed the objective is %.9g, the solver claimed %.9g: its point lives on its tolerance",
			r.out.Objective, res.Objective)
	}
}

// publishLP checks the point of an LP and, where there are duals, its optimality.
func (r *run) publishLP(p *Problem, lp, res *Result) {
	rep := Check(r.p, lp.X)
	tol := FeasibilityTolerance
	if !rep.Passes(tol, 0) {
		tol = LooseTolerance
	}
	r.out.Check = rep
	if !rep.Passes(tol, 0) {
		r.out.dispute("the point to be published is not feasible: %s", rep.Describe(r.p, tol, 0))
		return
	}
	if lp.Stop == StopOptimal && lp.RowDual != nil {
		d := CheckLP(p, lp)
		if !d.Optimal(tol, LooseTolerance) {
			r.out.dispute("the LP's duals do not prove its optimum: %s", d.Describe(p, tol, LooseTolerance))
			return
		}
		if !d.Optimal(tol, DualTolerance) {
			tol = LooseTolerance
		}
		r.out.RowDual, r.out.ColDual = lp.RowDual, lp.ColDual
	}
	r.out.X, r.out.Objective = lp.X, rep.Objective
	r.status(res, tol)
}

// status sets what the published point stands for.
func (r *run) status(res *Result, tol float64) {
	switch {
	case r.out.Status == StatusDisputed:
	case tol > FeasibilityTolerance:
		r.out.Status = StatusTolerance
	case res.Stop == StopOptimal:
		r.out.Status = StatusVerified
	default:
		r.out.Status = StatusLimit
	}
}

// gap is the relative gap asked for.
func (r *run) gap() float64 {
	if r.o.Gap == 0 {
		return GapDefault
	}
	return r.o.Gap
}

// bound sets the bound of what is published, who vouches for it, and the gap. The bound of an LP is what its duals prove, with
// every rounding to the safe side; the bound of a MIP is the solver's, unless the relaxation proves a better one.
func (r *run) bound(res *Result) {
	out, sense := r.out, r.p.Sense
	out.Bound, out.ProvedBy = res.Bound, ProvedBySolver
	if r.p.Integers() == 0 && out.RowDual != nil {
		r.provedBy(SafeBound(r.p, out.RowDual), true)
	}
	if r.ro.SafeRoot && r.p.Integers() > 0 {
		if out.RootBound = r.root(); !math.IsNaN(out.RootBound) {
			r.provedBy(out.RootBound, false)
		}
	}
	if math.IsInf(out.Bound, 0) || math.IsNaN(out.Bound) {
		out.Bound, out.ProvedBy = math.NaN(), ProvedByNobody
	}
	if out.X == nil {
		return
	}
	if math.IsNaN(out.Bound) {
		if out.Status == StatusVerified {
			out.dispute("the solver claims an optimum and gives no bound")
		}
		return
	}
	if beyond := better(sense, out.Objective, out.Bound); beyond > strictTolerance {
		out.dispute("the objective %.9g is better than the bound %.9g the solver claims to have proved", out.Objective, out.Bound)
	}
	out.Gap = RelativeGap(out.Objective, out.Bound)
	if better(sense, out.Objective, out.Bound) >= 0 {
		out.Gap = 0 // within the tolerance of each other
	}
	switch open := !r.closed(); {
	case out.Status == StatusDisputed:
		out.ProvedBy = ProvedByNobody
	case open && res.Stop == StopOptimal:
		out.dispute("the solver claims an optimum to a gap of %.2g, but objective %.9g and bound %.9g leave %.2g", r.gap(), out.Objective, out.Bound, out.Gap)
	case !open && out.Status == StatusLimit:
		out.Status, out.Stop = StatusVerified, StopOptimal // the limit, or the interrupt, came when nothing was left to prove
	}
}

// closed reports whether what is published closes the gap asked for, relative or absolute.
func (r *run) closed() bool {
	out := r.out
	return out.Gap <= r.gap()*(1+ObjectiveTolerance)+ObjectiveTolerance ||
		math.Abs(out.Objective-out.Bound) <= max(absoluteGap, r.o.AbsGap)*(1+ObjectiveTolerance)
}

// provedBy takes over a bound that duals prove where it is finite and better than the solver's, or always.
func (r *run) provedBy(safe float64, always bool) {
	out := r.out
	if math.IsInf(safe, 0) || math.IsNaN(safe) {
		return
	}
	if always || math.IsNaN(out.Bound) || math.IsInf(out.Bound, 0) || better(r.p.Sense, out.Bound, safe) >= 0 {
		out.Bound, out.ProvedBy = safe, ProvedByDuals
	}
}

// root is the bound that the duals of the relaxation prove; NaN where it could not be solved in what is left of the time.
func (r *run) root() float64 {
	ctx, cancel, limit := r.grace()
	defer cancel()
	o := r.o
	o.Start, o.Progress, o.Nodes, o.Time = nil, nil, 0, limit
	p := r.q.Relaxed()
	res, err := r.call(ctx, p, o)
	if err != nil || res.Stop != StopOptimal || res.RowDual == nil {
		r.out.note("the bound of the relaxation could not be recomputed: it was not solved to the end")
		return math.NaN()
	}
	return SafeBound(p, res.RowDual)
}

// second solves again and compares. Evidence against the first answer is a checked point that beats its bound, a bound that
// beats its point, or a contrary verdict. A second solve that comes to nothing leaves the outcome as it is, with a note.
func (r *run) second() {
	out := r.out
	if r.ctx.Err() != nil {
		out.note("no second solve: interrupted")
		return
	}
	o, solver := flipped(r.o), r.solver
	if r.ro.Other != nil {
		o.NoPresolve, solver = r.o.NoPresolve, r.ro.Other
	}
	o.Start, o.Progress = nil, nil
	if o.Time > 0 {
		if o.Time -= r.elapsed(); o.Time <= 0 {
			out.note("no time for the second solve")
			return
		}
	}
	res, err := callSolver(r.ctx, solver, r.q, o)
	if err != nil {
		out.note("the second solve failed: %v", err)
		return
	}
	point := math.NaN()
	if res.X != nil && res.Primal == PointFeasible {
		if rep := Check(r.p, res.X); rep.Passes(FeasibilityTolerance, IntegralityTolerance) {
			point = rep.Objective
		}
	}
	r.compare(res, point)
}

// compare sets the second result, whose checked objective is point (NaN: none), against the outcome.
func (r *run) compare(res *Result, point float64) {
	out, sense := r.out, r.p.Sense
	tolerance := strictTolerance
	switch out.Status {
	case StatusInfeasible:
		if !math.IsNaN(point) {
			out.dispute("the first solve found no solution, the second one with objective %.9g", point)
		}
		out.Strict = res.Stop == StopInfeasible
	case StatusUnbounded:
		if res.Stop == StopOptimal || res.Stop == StopInfeasible {
			out.dispute("the first solve found no limit to the objective, the second ended as %s", res.Stop)
		}
		out.Strict = res.Stop == StopUnbounded || res.Stop == StopUnboundedOrInfeasible
	case StatusNoSolution:
	default:
		if res.Stop == StopInfeasible || res.Stop == StopUnbounded {
			out.dispute("the first solve found a solution, the second ended as %s", res.Stop)
			return
		}
		if better(sense, point, out.Bound) > tolerance {
			out.dispute("the second solve found %.9g, better than the bound %.9g of the first", point, out.Bound)
		}
		if better(sense, out.Objective, res.Bound) > tolerance {
			out.dispute("the objective %.9g is better than the bound %.9g of the second solve", out.Objective, res.Bound)
		}
		out.Strict = res.Stop == StopOptimal && !math.IsNaN(point) && !math.IsNaN(res.Bound)
	}
	if out.Strict = out.Strict && out.Status != StatusDisputed; out.Strict {
		out.StrictBy = r.solver.Info()
		if r.ro.Other != nil {
			out.StrictBy = r.ro.Other.Info()
		}
	}
	if !out.Strict && out.Status != StatusDisputed {
		out.note("the second solve did not settle it (%s)", res.Stop)
	}
}
