package planner

import (
	"context"
	"math"
	"slices"

	"headroom"
	"headroom/lp"
)

// Relaxation is the optimum of a programme without its zero-one rules: quick to have, and at least as good as any plan.
type Relaxation struct {
	Value float64   // of the objective, base currency
	X     []float64 // nil where the solver gave no optimum: the programme may have none
}

// Relax solves the programme without its zero-one rules. Its point passed the checks of lp.Run, but no plan has been read from it:
// it is to judge by, not to be shown.
func (m *Model) Relax(ctx context.Context, s lp.Solver, o Options) (Relaxation, error) {
	lo := lp.Options{Time: o.Time, Seed: max(1, o.Seed), Threads: max(1, o.Threads)}
	out, err := lp.Run(ctx, s, m.Problem.Relaxed(), lo, lp.RunOptions{Gate: m.gate()})
	if err != nil || out.X == nil || (out.Status != lp.StatusVerified && out.Status != lp.StatusTolerance) || out.Stop != lp.StopOptimal {
		return Relaxation{Value: math.NaN()}, m.told(err)
	}
	return Relaxation{m.value(out.Objective), out.X}, nil
}

// Built is what the plants of regions build in a period at a point of the programme, vehicles.
func (m *Model) Built(x []float64, regions []string, period string) float64 {
	n := m.net
	t := slices.IndexFunc(n.c.Periods, func(p headroom.Period) bool { return p.ID == period })
	sum := 0.0
	for k := range n.places {
		if t >= 0 && m.out[k][t] >= 0 && n.inRegions(n.places[k].p, regions) {
			sum += x[m.out[k][t]]
		}
	}
	return sum * m.VolumeUnit
}

// Same reports whether two programmes are one: the same columns, rows and numbers, so that whatever is read from the one can be
// read from the other.
func (m *Model) Same(o *Model) bool {
	p, q := m.Problem, o.Problem
	if m.VolumeUnit != o.VolumeUnit || m.MoneyUnit != o.MoneyUnit || m.Constant != o.Constant || p.Offset != q.Offset {
		return false
	}
	for _, pair := range [][2][]float64{
		{p.Cost, q.Cost}, {p.Lower, q.Lower}, {p.Upper, q.Upper}, {p.RowLower, q.RowLower}, {p.RowUpper, q.RowUpper}, {p.Value, q.Value},
	} {
		if !slices.Equal(pair[0], pair[1]) {
			return false
		}
	}
	return slices.Equal(p.Integer, q.Integer) && slices.Equal(p.Start, q.Start) && slices.Equal(p.Index, q.Index)
}
