package planner

import (
	"context"
	"fmt"
	"slices"

	"headroom"
	"headroom/lp"
)

// Supported returns a copy of a case in which every vehicle that the plants of regions build in any period, up to units a year, is
// worth support more: a soft target in each period whose price is the support.
func Supported(c *headroom.Case, regions []string, units, support float64) *headroom.Case {
	d := *c
	d.Targets = nil
	for _, t := range c.Targets {
		if t.Hard {
			d.Targets = append(d.Targets, t)
		}
	}
	d.Targets = append(d.Targets, headroom.Target{
		ID: supportTarget, Metric: "units", Regions: slices.Clone(regions), Period: "*", Sense: "min", Value: units,
		Penalty: headroom.Some(support),
	})
	return &d
}

const supportTarget = "support"

// Sweep plans a case at several levels of support per vehicle, from the lowest to the highest, each solve starting from the plan
// before. What is returned for a level is the plan, whose value counts the support that is missed as a penalty. It stops after the
// level at which the last period reaches units, or when ctx is cancelled. made is called after each plan.
func Sweep(ctx context.Context, c *headroom.Case, s lp.Solver, regions []string, units float64, supports []float64, o Options, made func()) ([]*headroom.Plan, error) {
	var plans []*headroom.Plan
	var start []float64
	for _, support := range supports {
		// Each level is its own programme, since the constant and the units of money depend on the case; the columns are
		// the same, so that the point before can start it.
		m, err := Build(ctx, Supported(c, regions, units, support), o)
		if err != nil {
			return nil, err
		}
		if len(start) != m.Problem.Cols() {
			start = nil
		}
		sol, err := m.Solve(lp.Asking(ctx, fmt.Sprintf("support %g", support)), s, o, start)
		if err != nil {
			return nil, err
		}
		plans, start = append(plans, sol.Plan), sol.X
		made()
		if ctx.Err() != nil || reached(c, sol.Plan) {
			break
		}
	}
	return plans, nil
}

// reached reports whether a supported plan misses nothing of its units in the last period.
func reached(c *headroom.Case, p *headroom.Plan) bool {
	for _, row := range p.Targets {
		if row.Target == supportTarget && row.Period == c.Periods[len(c.Periods)-1].ID {
			return row.Gap < 0.5
		}
	}
	return true
}
