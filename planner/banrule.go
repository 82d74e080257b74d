package planner

import (
	"context"
	"slices"

	"headroom"
)

// applyBans takes the decisions out of an elastic programme that the plan's own does not have because their cost means never; where
// that cost gives way they have a price as other rules do.
func (m *Model) applyBans(banned map[string]bool) {
	if len(banned) == 0 {
		return
	}
	p := m.Problem
	cost, upper := slices.Clone(p.Cost), slices.Clone(p.Upper)
	for j, k := range m.colKeys {
		if !banned[m.name(k)] {
			continue
		}
		f := m.costCell(k)
		if f.Table == "" || !m.net.gives(f.Table, f.Key, f.Column) {
			upper[j] = 0
			continue
		}
		cost[j]++
		m.slacks = append(m.slacks, slack{col: int32(j), key: k, rules: []headroom.Ref{f}, sign: 1})
	}
	m.Problem = p.WithObjective(p.Sense, cost, p.Offset).WithBounds(p.Lower, upper)
}

// bannedNames are the columns of the plan's own programme whose cost means never.
func bannedNames(ctx context.Context, c *headroom.Case, o Options) (map[string]bool, error) {
	m, err := Build(ctx, c, Options{Objective: o.Objective})
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, j := range m.bannedCols {
		out[m.name(m.colKeys[j])] = true
	}
	return out, nil
}
