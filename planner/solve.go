package planner

import (
	"context"
	"errors"
	"math"
	"strings"

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
	m, err := Build(c, o)
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
	causes, err := explain(ctx, m.net, s, o)
	if err != nil {
		return nil, err
	}
	if len(causes) == 0 {
		// Nothing has to give way, so there is a plan: the solver was wrong. HiGHS 1.15.1 is, now and then, in its presolve.
		if sol, err = m.solve(ctx, s, o, nil, true); err != nil {
			return nil, err
		}
		causes = []headroom.Cause{structure}
	}
	if sol.Plan.Status == headroom.StatusInfeasible {
		sol.Plan.Explanation = causes
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
	if o.Progress != nil {
		lo.Progress = func(p lp.Progress) {
			p.Incumbent, p.Bound = m.value(p.Incumbent), m.value(p.Bound)
			o.Progress(p)
		}
	}
	ro := lp.RunOptions{Strict: o.Strict, Gate: lp.GateOptions{MinQuantity: minQuantity / m.VolumeUnit}}
	out, err := lp.Run(ctx, s, m.Problem, lo, ro)
	if err != nil {
		return nil, err
	}
	return &Solution{Plan: m.plan(out, o, lo), X: out.X}, nil
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

func (m *Model) plan(out *lp.Outcome, o Options, lo lp.Options) *headroom.Plan {
	p := &headroom.Plan{
		Status: statuses[out.Status], Objective: "npv", Constant: m.Constant, GapWanted: lo.Gap,
		Value: m.value(out.Objective), Bound: m.value(out.Bound), Gap: out.Gap,
		Stopped: out.Stop.String(), Seconds: out.Seconds, Seed: out.Seed,
		Solver:   headroom.SolverInfo{Name: out.Solver.Name, Version: out.Solver.Version, Backend: out.Solver.Backend},
		Unsigned: m.net.c.Unsigned(), Why: strings.Join(out.Why, "; "),
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
	m.extract(p, out.X)
	m.extractBindings(p, out.X, out.RowDual)
	return p
}

// MaxOutput is the largest number of vehicles that the plants of regions can build in a period, with the bound that proves it:
// demand, capacity, deals and compatibility count, money does not.
func MaxOutput(ctx context.Context, c *headroom.Case, s lp.Solver, regions []string, period string, o Options) (units, bound float64, err error) {
	o.MaxOutput, o.MaxPeriod = regions, period
	if len(regions) == 0 {
		o.MaxOutput = []string{"*"}
	}
	m, err := Build(c, o)
	if err != nil {
		return 0, 0, err
	}
	lo := lp.Options{Gap: 1e-4, Time: o.Time, Seed: max(1, o.Seed), Threads: max(1, o.Threads)}
	out, err := lp.Run(ctx, s, m.Problem, lo, lp.RunOptions{Gate: lp.GateOptions{MinQuantity: minQuantity / m.VolumeUnit}})
	if err != nil {
		return 0, 0, err
	}
	if out.X == nil {
		return 0, 0, errors.New("largest output: " + out.Stop.String())
	}
	return -out.Objective * m.VolumeUnit, -out.Bound * m.VolumeUnit, nil
}
