package planner

import (
	"context"
	"slices"

	"headroom"
)

// Columns of costs that can mean "never".
const (
	colReopen        = "cost_reopen"
	colMothball      = "cost_mothball"
	colCloseCost     = "cost_close"
	colFixedOpen     = "fixed_cost_open"
	colFixedCapacity = "fixed_cost_per_capacity"
	colFixedMoth     = "fixed_cost_mothball"
	colRetool        = "retool"
	colContent       = "content_cost"
	colMaterial      = "unit_material"
	colChange        = "change_cost"
	colLabourCost    = "cost_per_unit"
	colLaneCost      = "cost"
	tabLabour        = "labour"
)

// banRule is the figure of the case that makes a column cost so much that it is taken as never.
func (m *Model) banRule(k key) headroom.Ref {
	n, c := m.net, m.net.c
	switch k.fam {
	case famUp, famReopen:
		return ref(tabPlant, c.Plants[k.a].ID, colReopen)
	case famMothball:
		return ref(tabPlant, c.Plants[k.a].ID, colMothball)
	case famClose, famCloseMoth:
		return ref(tabPlant, c.Plants[k.a].ID, colCloseCost)
	case famOpen:
		if c.Plants[k.a].FixedPerCapacity.Set {
			return ref(tabPlant, c.Plants[k.a].ID, colFixedCapacity)
		}
		return ref(tabPlant, c.Plants[k.a].ID, colFixedOpen)
	case famMoth:
		return ref(tabPlant, c.Plants[k.a].ID, colFixedMoth)
	case famChange:
		return ref(tabPattern, m.patternName(int(k.b)), colChange)
	case famWork, famOver:
		return ref(tabLabour, c.Plants[n.plantOfLine(int(k.a))].ID, colLabourCost)
	case famFlow:
		return ref(tabLane, c.Markets[m.flows[k.a].m].ID, colLaneCost)
	}
	if _, ok := placeFamilies[k.fam]; !ok {
		return headroom.Ref{}
	}
	row := n.places[k.a].row
	column := colContent
	switch {
	case k.fam == famLaunch || k.fam == famAlloc:
		column = colRetool
	case !row.ContentCost.Set && row.UnitMaterial.Set:
		column = colMaterial
	}
	return ref(tabPlace, row.Key(), column)
}

// placeFamilies are the families of columns of a place.
var placeFamilies = map[family]bool{famAlloc: true, famLaunch: true, famOut: true}

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
		f := m.banRule(k)
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
