package planner

import (
	"context"
	"math"

	"headroom"
	"headroom/lp"
)

// Most is the largest output that can be had, whatever it costs.
type Most struct {
	Units   float64 // that was found; NaN where nothing was found
	Bound   float64 // that no plan exceeds; +Inf where none is known
	Stopped string  // optimal, or which limit came first
}

// LargestOutput is the largest number of vehicles that the plants of regions can build in a period: demand, capacity, deals and
// compatibility count, money does not. A case that no plan keeps builds nothing.
func LargestOutput(ctx context.Context, c *headroom.Case, s lp.Solver, regions []string, period string, o Options) (Most, error) {
	o.MaxOutput, o.MaxPeriod = regions, period
	if len(regions) == 0 {
		o.MaxOutput = []string{"*"}
	}
	m, err := Build(ctx, c, o)
	if err != nil {
		return Most{}, err
	}
	lo := lp.Options{Gap: mostGap, Time: o.Time, Seed: max(1, o.Seed), Threads: max(1, o.Threads)}
	out, err := lp.Run(ctx, s, m.Problem, lo, lp.RunOptions{Gate: m.gate()})
	if err != nil {
		return Most{}, m.told(err)
	}
	most := Most{Units: -out.Objective * m.VolumeUnit, Bound: -out.Bound * m.VolumeUnit, Stopped: out.Stop.String()}
	switch {
	case out.Status == lp.StatusInfeasible:
		most.Units, most.Bound, most.Stopped = 0, 0, lp.StopOptimal.String()
	case out.X == nil:
		most.Units = math.NaN()
	}
	if math.IsNaN(most.Bound) {
		most.Bound = math.Inf(1)
	}
	return most, nil
}

// mostGap is the relative gap of the largest output.
const mostGap = 1e-4
