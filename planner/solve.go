package planner

import (
	"context"
	"math"
	"strings"
	"time"

	"headroom"
	"headroom/lp"
)

// minQuantity is the smallest number of vehicles a year that means something: what leaks through a closed switch must be less.
const minQuantity = 1.0

// Solution is a plan with the point it was read from, which can start the solve of a programme of the same shape.
type Solution struct {
	Plan *headroom.Plan
	X    []float64
}

// Plan builds the programme of a case and has it solved. Infeasible, unbounded and limits are statuses of the plan; where the
// case is infeasible the plan has an explanation. The money of the plan is not checked here, and Cash is empty.
func Plan(ctx context.Context, c *headroom.Case, s lp.Solver, o Options) (*headroom.Plan, error) {
	m, err := Build(ctx, c, o)
	if err != nil {
		return nil, err
	}
	sol, err := m.Solve(ctx, s, o, nil)
	if err != nil {
		return nil, err
	}
	if sol.Plan.Status != headroom.StatusInfeasible {
		return sol.Plan, nil
	}
	v, err := explain(ctx, c, s, o)
	switch {
	case err != nil:
		return nil, err
	case len(v.causes) > 0:
		sol.Plan.Explanation = v.causes
		return sol.Plan, nil
	case v.wrong:
		// HiGHS 1.15.1 is wrong now and then in its presolve.
		o.Seed = max(1, o.Seed) + 1
		if sol, err = m.solve(ctx, s, o, nil, true); err != nil {
			return nil, err
		}
		v.why = "the solver says that there is no plan, and a second solve of its rules finds one"
	}
	if sol.Plan.Status == headroom.StatusInfeasible {
		sol.Plan.Status, sol.Plan.Why = headroom.StatusDisputed, v.why
	}
	return sol.Plan, nil
}

// Solve has the programme solved, from a starting point where there is one.
func (m *Model) Solve(ctx context.Context, s lp.Solver, o Options, start []float64) (*Solution, error) {
	return m.solve(ctx, s, o, start, false)
}

func (m *Model) solve(ctx context.Context, s lp.Solver, o Options, start []float64, noPresolve bool) (*Solution, error) {
	lo := lp.Options{
		Gap: o.Gap, Time: o.Time, Seed: max(1, o.Seed), Threads: max(1, o.Threads), Start: start, NoPresolve: noPresolve,
	}
	if lo.Gap == 0 {
		lo.Gap = GapDefault
	}
	if m.npv && !m.free {
		lo.AbsGap = lo.Gap * revenueShare * m.Revenue / m.MoneyUnit
	}
	if o.Progress != nil {
		lo.Progress = func(p lp.Progress) {
			p.Incumbent, p.Bound = m.whole(p.Incumbent), m.whole(p.Bound)
			o.Progress(p)
		}
	}
	ro := lp.RunOptions{
		Strict: o.Strict, Other: o.Other, SafeRoot: o.SafeRoot, Gate: m.gate(),
	}
	began := time.Now()
	run := func(p *lp.Problem) (*lp.Outcome, error) {
		out, err := lp.Run(ctx, s, p, lo, ro)
		if err != nil {
			return nil, m.told(err)
		}
		out.Seconds = time.Since(began).Seconds()
		if o.Time > 0 { // the limit is for all solves together
			lo.Time = max(o.Time-time.Since(began), min(o.Time, leastSolve))
		}
		return out, nil
	}
	whole := m.withConstant()
	problem := whole
	if len(m.dominated) > 0 {
		problem = without(whole, m.dominated)
	}
	out, err := run(problem)
	if err == nil && out.Status == lp.StatusInfeasible && problem != whole {
		problem = whole
		out, err = run(problem)
	}
	if err != nil {
		return nil, err
	}
	p := m.plan(out, o, lo)
	if p.Status == headroom.StatusVerified && !p.closed() {
		// What all buyers would pay was taken for the revenue, and the plan sells much less: it has to be nearer to its bound.
		lo.AbsGap, lo.Start = lo.Gap*revenueShare*p.Revenue/m.MoneyUnit, out.X
		if out, err = run(problem); err != nil {
			return nil, err
		}
		p = m.plan(out, o, lo)
	}
	return &Solution{Plan: p.Plan, X: out.X}, nil
}

// leastSolve is the time limit of a further solve for which nothing is left.
const leastSolve = 200 * time.Millisecond

// revenueShare of the discounted revenue is what a gap is relative to where the value of a plan is smaller than that.
const revenueShare = 1e-3

// withConstant is the programme with what no decision changes in its objective, so that the solver's relative gap is the one on
// the value of the plan.
func (m *Model) withConstant() *lp.Problem {
	if m.free {
		return m.Problem
	}
	offset := m.Constant / m.MoneyUnit
	if m.npv {
		offset = -offset
	}
	return m.Problem.WithObjective(m.Problem.Sense, m.Problem.Cost, m.Problem.Offset+offset)
}

// whole turns an objective of the programme with its constant into the value of the plan in base currency.
func (m *Model) whole(objective float64) float64 {
	if m.free {
		return m.value(objective)
	}
	if m.npv {
		return -objective * m.MoneyUnit
	}
	return objective * m.MoneyUnit
}

// value turns an objective of the programme into the value of the plan in base currency.
func (m *Model) value(objective float64) float64 {
	if m.npv {
		return m.Constant - objective*m.MoneyUnit
	}
	return m.Constant + objective*m.MoneyUnit
}

var statuses = map[lp.Status]headroom.PlanStatus{
	lp.StatusVerified: headroom.StatusVerified, lp.StatusLimit: headroom.StatusLimit, lp.StatusDisputed: headroom.StatusDisputed, lp.StatusTolerance: headroom.StatusTolerance,
	lp.StatusInfeasible: headroom.StatusInfeasible, lp.StatusUnbounded: headroom.StatusUnbounded, lp.StatusNoSolution: headroom.StatusNone,
}

// proving is a plan with what its proof is judged by.
type proving struct {
	*headroom.Plan
}

// closed reports whether value and bound are as near as the gap asks: relative to the value or, for an NPV, to a thousandth of the
// discounted revenue, whichever is larger.
func (p proving) closed() bool {
	within := math.Abs(p.Bound - p.Value)
	return within <= p.GapWanted*p.scale()*(1+lp.ObjectiveTolerance)+moneyRounding*(math.Abs(p.Value)+math.Abs(p.Constant))
}

// scale is what the gap that was asked for is relative to.
func (p proving) scale() float64 {
	if p.Objective == "npv" {
		return max(math.Abs(p.Value), revenueShare*p.Revenue)
	}
	return math.Abs(p.Value)
}

// moneyRounding is the relative size of rounding in sums of money.
const moneyRounding = 1e-12

func (m *Model) plan(out *lp.Outcome, o Options, lo lp.Options) proving {
	p := proving{&headroom.Plan{
		Status: statuses[out.Status], Objective: "npv", Constant: m.Constant, GapWanted: lo.Gap,
		Value: m.whole(out.Objective), Bound: m.whole(out.Bound), RootBound: m.whole(out.RootBound), Gap: math.NaN(),
		ProvedBy: headroom.ProvedBy(out.ProvedBy), Banned: m.banned,
		Stopped: out.Stop.String(), Seconds: out.Seconds, Seed: out.Seed,
		Solver:   headroom.SolverInfo{Name: out.Solver.Name, Version: out.Solver.Version, Backend: out.Solver.Backend},
		Unsigned: m.net.c.Unsigned(), Why: strings.Join(out.Why, "; "),
	}}
	if out.Status == lp.StatusTolerance && out.Stop == lp.StopOptimal {
		p.Stopped = stoppedTolerance
	}
	if !m.npv {
		p.Objective = "cost"
	}
	for t, per := range m.net.c.Periods {
		p.Discounts = append(p.Discounts, headroom.DiscountRow{Period: per.ID, Factor: m.disc[t]})
	}
	if out.X == nil {
		return p
	}
	p.Check.MaxRowViolation = math.Max(out.Check.MaxRowViolationScaled, out.Check.MaxBoundViolationScaled)
	p.Check.MaxIntegralityViolation = out.Check.MaxIntegralityViolation
	m.extract(p.Plan, out.X)
	m.extractBindings(p.Plan, out.X, out.RowDual)
	p.Revenue = m.revenue(out.X)
	best, claimed := m.comesBack(out.X)
	if m.npv {
		p.Value += best - claimed
	} else {
		p.Value -= best - claimed
	}
	if within := math.Abs(p.Bound - p.Value); math.Abs(p.Value) > moneyRounding*max(math.Abs(p.Constant), p.Revenue) {
		p.Gap = within / math.Abs(p.Value)
	}
	p.ByMoney = p.Status == headroom.StatusVerified && p.Gap > p.GapWanted*(1+lp.ObjectiveTolerance) // so the revenue decided
	return p
}

// stoppedTolerance is why a solve ended whose point holds to the looser tolerance only: a limit of arithmetic.
const stoppedTolerance = "tolerance"

// revenue is what the flows of a point sell for, discounted, base currency.
func (m *Model) revenue(x []float64) float64 {
	sum := 0.0
	for i := range m.flows {
		f := &m.flows[i]
		sum += x[f.col] * m.VolumeUnit * m.net.demand[m.net.pairOf[[2]int{int(f.v), int(f.m)}]][f.t].Price * m.disc[f.t]
	}
	return sum
}
