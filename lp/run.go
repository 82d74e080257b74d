package lp

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"
)

// Times that Run sets aside.
const (
	// graceTime is how long the steps after a cancelled solve may take together.
	graceTime = 800 * time.Millisecond
	// reserveShare of the time limit is kept for the LP with fixed integers, at most reserveMost.
	reserveShare = 20
	reserveMost  = 5 * time.Second
	// overrun is how long after its limit a solver is cancelled: time_limit of HiGHS is not always one (issue 2226).
	overrun = time.Second
)

// strictTolerance is the relative difference at which two solves disagree.
const strictTolerance = 1e-5

// absoluteGap closes a gap whatever its relative size, as in HiGHS (mip_abs_gap).
const absoluteGap = 1e-6

// RunOptions says how Run is to verify. The zero value is for problems built by Headroom.
type RunOptions struct {
	// Strict solves a second time with presolve flipped and the next seed. Either answer must then respect the bound
	// of the other to 1e-5. It is the only way to find a wrong "infeasible" or a wrong bound; Time is shared by the two.
	Strict bool
	// Other is the solver of the second solve; nil: the first one, with presolve flipped and the next seed. Another back end
	// is worth more: a library that lies, lies twice.
	Other Solver
	// SafeRoot has the linear relaxation of a problem with integers solved too, for Outcome.RootBound.
	SafeRoot bool
	Gate     GateOptions
	Now      func() time.Time // nil: time.Now
}

// Run is the one way Headroom solves. It puts p through the gate; solves it; checks the point; rounds the integer columns,
// fixes them and solves the LP that is left with the same solver; checks that; and publishes only what passed, with the
// objective recomputed and the gap taken from what is published.
//
// Bounds of integer columns are rounded inwards before the solve. That changes no solution, and HiGHS 1.15.1 gives wrong
// optima on fractional ones (lptest/testdata/known-wrong/fractional-bound.lp).
//
// Options.Time is for everything together. When ctx is cancelled the best point found so far is completed within about a
// second and published as StatusLimit. A solver that crashes is tried once more with the next seed and presolve flipped.
//
// An error is a *RefusedError of the gate, or the solver's second failure. Everything else is an Outcome.
func Run(ctx context.Context, s Solver, p *Problem, o Options, ro RunOptions) (*Outcome, error) {
	if ro.Now == nil {
		ro.Now = time.Now
	}
	r := &run{ctx: ctx, solver: s, p: p, o: o, ro: ro, start: ro.Now()}
	r.out = &Outcome{Objective: math.NaN(), Bound: math.NaN(), RootBound: math.NaN(), Gap: Inf, Solver: s.Info()}
	r.out.Issues = Gate(p, ro.Gate)
	if Refused(r.out.Issues) {
		return nil, &RefusedError{r.out.Issues}
	}
	r.q = r.tightened()
	res, err := r.solve()
	if err != nil {
		return nil, err
	}
	r.judge(res)
	if ro.Strict && r.out.Status != StatusDisputed {
		r.second()
	}
	r.out.Seconds = r.elapsed().Seconds()
	return r.out, nil
}

// run is one call of Run.
type run struct {
	ctx    context.Context
	solver Solver
	p, q   *Problem // as given, and with integer bounds rounded inwards
	o      Options
	ro     RunOptions
	start  time.Time
	first  time.Duration // limit of the first solve
	out    *Outcome
}

func (r *run) elapsed() time.Duration { return r.ro.Now().Sub(r.start) }

// tightened returns p with the bounds of integer columns rounded inwards.
func (r *run) tightened() *Problem {
	p := r.p
	var lower, upper []float64
	n := 0
	for j := range p.Cols() {
		if !p.IsInteger(j) {
			continue
		}
		l, u := math.Ceil(p.Lower[j]), math.Floor(p.Upper[j])
		if l == p.Lower[j] && u == p.Upper[j] {
			continue
		}
		if n++; n == 1 {
			lower = append([]float64(nil), p.Lower...)
			upper = append([]float64(nil), p.Upper...)
		}
		lower[j], upper[j] = l, u
	}
	if n == 0 {
		return p
	}
	r.out.note("bounds of %d integer columns rounded inwards", n)
	return p.WithBounds(lower, upper)
}

// solve is the first solve with its one retry.
func (r *run) solve() (*Result, error) {
	o := r.o
	if o.Time > 0 {
		r.first = o.Time
		if r.p.Integers() > 0 {
			r.first -= min(o.Time/reserveShare, reserveMost)
		}
		if r.ro.Strict {
			r.first /= 2
		}
		o.Time = r.first
	}
	res, err := r.call(r.ctx, r.q, o)
	if err == nil || r.ctx.Err() != nil {
		return res, err
	}
	r.out.note("first solve failed (%v); solved again with the next seed and presolve flipped", err)
	if r.o.Time > 0 {
		if o.Time = r.first - r.elapsed(); o.Time <= 0 {
			return nil, fmt.Errorf("solving %s: %w", r.p.Name, err)
		}
	}
	res, again := r.call(r.ctx, r.q, flipped(o))
	if again != nil {
		return nil, fmt.Errorf("solving %s twice: %w", r.p.Name, errors.Join(err, again))
	}
	return res, nil
}

// flipped is o with the next seed and the other presolve.
func flipped(o Options) Options {
	o.Seed = max(o.Seed, 1) + 1
	o.NoPresolve = !o.NoPresolve
	return o
}

// call solves, cancelling a solver that overruns its limit, and completes the result.
func (r *run) call(ctx context.Context, p *Problem, o Options) (*Result, error) {
	return callSolver(ctx, r.solver, p, o)
}

// callSolver is call for any solver.
func callSolver(ctx context.Context, s Solver, p *Problem, o Options) (*Result, error) {
	outer := ctx
	if o.Time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.Time+overrun)
		defer cancel()
	}
	res, err := s.Solve(ctx, p, o)
	if err != nil {
		return nil, err
	}
	if res == nil {
		return nil, errors.New("solver gave neither a result nor an error")
	}
	if res.Stop == StopInterrupt && ctx.Err() != nil && outer.Err() == nil {
		late := *res
		late.Stop = StopTime // it was interrupted for overrunning its limit
		return &late, nil
	}
	return res, nil
}

// judge turns the first result into the outcome.
func (r *run) judge(res *Result) {
	out := r.out
	out.Stop, out.Seed, out.Nodes, out.Text = res.Stop, res.Seed, res.Nodes, res.Text
	switch res.Stop {
	case StopInfeasible, StopUnbounded, StopUnboundedOrInfeasible:
		r.noOptimum(res)
		return
	}
	if res.X == nil || res.Primal != PointFeasible {
		out.Status = StatusNoSolution
		out.Why = append(out.Why, "the solve ended ("+res.Stop.String()+") before a solution was found")
		if res.Stop == StopOptimal {
			out.dispute("the solver claims an optimum and gives no point")
		}
		r.bound(res)
		return
	}
	if !r.claims(res) {
		return
	}
	if r.p.Integers() > 0 {
		r.fix(res)
	} else {
		r.publishLP(r.p, res, res)
	}
	if out.X != nil {
		r.bound(res)
	}
	if out.Status == StatusVerified {
		r.relaxation()
	}
}

// relaxation disputes an optimum whose relaxation has none. With a point and rational data a problem is unbounded if its
// relaxation is (Meyer 1974). It is only solved where an integer column has no bound on some side: HiGHS 1.15.1 calls such
// problems optimal, and with presolve their relaxations infeasible (lptest/testdata/known-wrong/unbounded-1.mps).
func (r *run) relaxation() {
	p, open := r.q, false
	for j := range p.Cols() {
		open = open || p.IsInteger(j) && (math.IsInf(p.Lower[j], 0) || math.IsInf(p.Upper[j], 0))
	}
	if !open {
		return
	}
	ctx, cancel, limit := r.grace()
	defer cancel()
	o := r.o
	o.Start, o.Progress, o.Nodes, o.Time = nil, nil, 0, limit
	res, err := r.call(ctx, p.Relaxed(), o)
	switch {
	case err != nil:
		r.out.note("the relaxation, which tells whether the objective has a limit, could not be solved: %v", err)
	case res.Stop == StopUnbounded || res.Stop == StopUnboundedOrInfeasible:
		r.out.dispute("the solver claims an optimum, but without integrality there is no limit to the objective, so there is none with it")
	case res.Stop == StopInfeasible:
		r.out.dispute("the solver claims an optimum, and that without integrality there is no solution at all")
	case res.Stop != StopOptimal:
		r.out.note("the relaxation, which tells whether the objective has a limit, was not solved to the end (%s)", res.Stop)
	}
}

// noOptimum handles claims that there is no optimum. A start that passes the check refutes "infeasible".
func (r *run) noOptimum(res *Result) {
	out := r.out
	stop := res.Stop
	if stop == StopUnboundedOrInfeasible {
		stop = r.whichOne()
	}
	known := func(x []float64) bool {
		return x != nil && Check(r.p, x).Passes(FeasibilityTolerance, IntegralityTolerance)
	}
	switch {
	case stop == StopUnbounded:
		out.Status = StatusUnbounded
	case stop != StopInfeasible:
		out.Status = StatusNoSolution
		out.Why = append(out.Why, "the solver found the problem to be unbounded or infeasible and could not tell which")
	case known(res.X):
		out.dispute("the solver claims that there is no solution and gives one")
	case known(r.o.Start):
		out.dispute("the solver claims that there is no solution, but the starting solution is one")
	default:
		out.Status = StatusInfeasible
	}
}

// whichOne tells unbounded from infeasible by solving without an objective.
func (r *run) whichOne() Stop {
	o := r.o
	o.Start, o.Progress = nil, nil
	if o.Time > 0 {
		if o.Time -= r.elapsed(); o.Time <= 0 {
			return StopUnboundedOrInfeasible
		}
	}
	q := r.q.WithObjective(r.q.Sense, make([]float64, r.q.Cols()), 0)
	res, err := r.call(r.ctx, q, o)
	switch {
	case err != nil:
		r.out.note("solving without an objective failed: %v", err)
	case res.Stop == StopInfeasible:
		return StopInfeasible
	case res.X != nil && Check(r.p, res.X).Passes(FeasibilityTolerance, IntegralityTolerance):
		return StopUnbounded
	}
	return StopUnboundedOrInfeasible
}

// claims compares the claimed point with the check; false means disputed.
func (r *run) claims(res *Result) bool {
	rep := Check(r.p, res.X)
	if !rep.Passes(LooseTolerance, IntegralityTolerance) {
		r.out.dispute("the solver's point is not feasible: %s", rep.Describe(r.p, LooseTolerance, IntegralityTolerance))
		r.out.Check = rep
		return false
	}
	if d := math.Abs(rep.Objective-res.Objective) / max(1, math.Abs(rep.Objective)); !(d <= ObjectiveTolerance) {
		r.out.dispute("the solver claims an objective of %.9g, its point has %.9g", res.Objective, rep.Objective)
		r.out.Check = rep
		return false
	}
	return true
}
