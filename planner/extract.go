package planner

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"headroom"
)

// dust is what is left of zero in a solution, in volume units; rows of less are left out.
const dust = 1e-9

func (m *Model) at(x []float64, l lit) float64 {
	if l.isConst() {
		return l.k
	}
	return x[l.col]
}

func on(v float64) bool { return v > 0.5 }

// extract fills the decision tables of a plan from a point.
func (m *Model) extract(p *headroom.Plan, x []float64) {
	before := make([]headroom.State, len(m.net.c.Plants))
	for i := range before {
		if before[i] = m.net.c.Plants[i].InitialState; before[i] == "" {
			before[i] = headroom.Operating
		}
	}
	for t := range m.net.T {
		m.extractPlants(p, x, t, before)
		m.extractLines(p, x, t)
		m.extractPlaces(p, x, t)
		m.extractDeals(p, x, t)
	}
	m.extractFlows(p, x)
	m.extractTargets(p)
	sortTables(p)
}

// late reports whether a period reaches into the last two calendar years of the horizon.
func (n *net) late(t int) bool {
	return n.c.Periods[t].To.Year() >= n.c.Periods[n.T-1].To.Year()-1
}

func (m *Model) extractPlants(p *headroom.Plan, x []float64, t int, before []headroom.State) {
	n := m.net
	for i := range n.c.Plants {
		pl := &n.c.Plants[i]
		st := pl.InitialState
		if st == "" {
			st = headroom.Operating
		}
		if n.considered[i] {
			switch {
			case on(m.at(x, m.open[i][t])):
				st = headroom.Operating
			case m.state[i].moth[t] >= 0 && on(x[m.state[i].moth[t]]):
				st = headroom.Mothballed
			case st != headroom.Greenfield || m.builtBefore(x, i, t):
				st = headroom.Closed
			}
		}
		p.States = append(p.States, headroom.StateRow{Plant: pl.ID, Period: n.c.Periods[t].ID, State: st, Late: m.net.late(t) && st != before[i]})
		before[i] = st
	}
}

func (m *Model) builtBefore(x []float64, p, t int) bool {
	for u := range t {
		if on(m.at(x, m.open[p][u])) {
			return true
		}
	}
	return false
}

func (m *Model) extractLines(p *headroom.Plan, x []float64, t int) {
	n := m.net
	for l := range n.c.Lines {
		for i, j := range n.patterns[l] {
			h := m.work[l][i][t]
			if !on(m.at(x, h)) {
				continue
			}
			row := headroom.ShiftRow{
				Line: n.c.Lines[l].ID, Period: n.c.Periods[t].ID, Pattern: m.patternName(j), Capacity: n.capacity(l, j, t),
			}
			if o := m.over[l][i][t]; o >= 0 && x[o] > dust {
				row.Overtime = x[o] * m.VolumeUnit
			}
			if t > 0 {
				row.Changed = !on(m.at(x, m.work[l][i][t-1]))
			} else if first := n.c.Lines[l].InitialPattern; first != "" {
				row.Changed = row.Pattern != first
			}
			p.Shifts = append(p.Shifts, row)
		}
	}
}

func (m *Model) extractPlaces(p *headroom.Plan, x []float64, t int) {
	n := m.net
	for k := range n.places {
		pl := &n.places[k]
		units := 0.0
		if m.out[k][t] >= 0 {
			units = x[m.out[k][t]]
		}
		if units > dust {
			p.Outputs = append(p.Outputs, m.output(k, n.c.Periods[t].ID, units))
		}
		// Where use is no decision of its own, being used is having output.
		used := units > dust || pl.commit[t] > 0
		if n.chosen(k) {
			used = on(m.at(x, m.alloc[k][t]))
		}
		if !used {
			continue
		}
		p.Allocs = append(p.Allocs, headroom.AllocRow{
			Vehicle: pl.row.Vehicle, Line: pl.row.Line, Content: pl.row.Content, Period: n.c.Periods[t].ID,
			Launch: m.launches(x, k, t), Committed: pl.commit[t] > 0, Late: m.net.late(t) && m.launches(x, k, t),
		})
	}
}

// launches reports whether a place that is used in t is launched then. Where use is no decision of its own, that is the first
// period with output.
func (m *Model) launches(x []float64, k, t int) bool {
	pl := &m.net.places[k]
	if pl.launched() == t {
		return true
	}
	if !m.net.chosen(k) {
		return !pl.running && pl.first < 0 && !m.builtEarlier(x, k, t)
	}
	b := m.launch[k][t]
	return b >= 0 && on(x[b])
}

func (m *Model) builtEarlier(x []float64, k, t int) bool {
	for _, c := range m.out[k][:t] {
		if c >= 0 && x[c] > dust {
			return true
		}
	}
	return false
}

func (m *Model) output(k int, period string, units float64) headroom.OutputRow {
	pl := &m.net.places[k]
	return headroom.OutputRow{
		Vehicle: pl.row.Vehicle, Plant: m.net.c.Plants[pl.p].ID, Line: pl.row.Line, Content: pl.row.Content, Period: period,
		Units: units * m.VolumeUnit,
	}
}

func (m *Model) extractDeals(p *headroom.Plan, x []float64, t int) {
	n := m.net
	for d := range n.deals {
		if !on(m.at(x, m.inDeal[d][t])) {
			continue
		}
		a := &n.c.Arrangements[n.deals[d].arr]
		row := headroom.DealRow{Deal: a.ID, Status: a.Status, Period: n.c.Periods[t].ID}
		for _, k := range n.arrPlaces[d] {
			if c := m.out[k][t]; c >= 0 {
				row.Units += x[c] * m.VolumeUnit
			}
		}
		p.Deals = append(p.Deals, row)
		if !a.Status.Fact() && !slices.Contains(p.UnsignedInUse, a.ID) {
			p.UnsignedInUse = append(p.UnsignedInUse, a.ID)
		}
	}
	slices.Sort(p.UnsignedInUse)
}

func (m *Model) extractFlows(p *headroom.Plan, x []float64) {
	n := m.net
	for i := range m.flows {
		f := &m.flows[i]
		if v := x[f.col]; v > dust {
			p.Flows = append(p.Flows, headroom.FlowRow{
				Vehicle: n.c.Vehicles[f.v].ID, Plant: n.c.Plants[f.p].ID, Market: n.c.Markets[f.m].ID, Period: n.c.Periods[f.t].ID,
				Regime: m.ways[f.way].regime, Agreement: m.ways[f.way].agreement, Units: v * m.VolumeUnit,
			})
		}
	}
	for i, cols := range m.lost {
		for t, c := range cols {
			if c >= 0 && x[c] > dust {
				p.Losts = append(p.Losts, headroom.LostRow{
					Vehicle: n.c.Vehicles[n.pairs[i][0]].ID, Market: n.c.Markets[n.pairs[i][1]].ID,
					Period: n.c.Periods[t].ID, Units: x[c] * m.VolumeUnit,
				})
			}
		}
	}
}

// extractTargets compares the targets with the output of the plan.
func (m *Model) extractTargets(p *headroom.Plan) {
	n := m.net
	region := map[string]int{}
	for i, pl := range n.c.Plants {
		region[pl.ID] = i
	}
	for i := range n.c.Targets {
		tg := &n.c.Targets[i]
		for t, per := range n.c.Periods {
			if !n.targetPeriod(i, t) {
				continue
			}
			row := headroom.TargetRow{Target: tg.ID, Period: per.ID, Wanted: tg.Value * n.book.Years(t)}
			for _, o := range p.Outputs {
				if o.Period == per.ID && n.inRegions(region[o.Plant], tg.Regions) {
					row.Value += o.Units
				}
			}
			row.Gap = math.Max(0, row.Wanted-row.Value)
			if tg.Sense == "max" {
				row.Gap = math.Max(0, row.Value-row.Wanted)
			}
			p.Targets = append(p.Targets, row)
		}
	}
}

// binding families and the words of the case for them.
var limitNames = map[family]string{
	famLineTime: "capacity", famCommitted: "commitment", famDealMin: "deal_minimum", famDealMax: "deal_maximum",
	famQuota: "quota", famTarget: "target", famSiteCap: "site_permit", famMinVolume: "minimum_volume", famMinRate: "minimum_rate",
	famOverLimit: "overtime",
}

// extractBindings lists the limits that hold the plan back, with what a vehicle more of the limit would bring, integers fixed.
func (m *Model) extractBindings(p *headroom.Plan, x, dual []float64) {
	if dual == nil || m.free {
		return
	}
	seen := map[[3]string]int{}
	for i, k := range m.rowKeys {
		price := -dual[i] * m.MoneyUnit / m.VolumeUnit
		if math.Abs(price) < 1e-6 || k.t < 0 {
			continue
		}
		row := headroom.BindingRow{Limit: limitNames[k.fam], Key: m.limitKey(k), Period: m.net.c.Periods[k.t].ID, Price: price}
		switch {
		case k.fam == famLink && m.linkIsLine(x, int(k.a), int(k.t)):
			pl := &m.net.places[k.a]
			row.Limit, row.Key, row.Price = limitNames[famLineTime], pl.row.Line, price*pl.row.RateFactor
		case row.Limit == "" || (k.fam == famOverLimit && !m.works(x, int(k.a), int(k.b), int(k.t))):
			continue
		}
		key := [3]string{row.Limit, row.Key, row.Period}
		if at, ok := seen[key]; ok {
			p.Bindings[at].Price += row.Price
			continue
		}
		seen[key] = len(p.Bindings)
		p.Bindings = append(p.Bindings, row)
	}
}

// limitKey names what a limit is of, whatever part of the period and way of a deal its row is for.
func (m *Model) limitKey(k key) string {
	switch k.fam {
	case famDealMin:
		k.c = 0
	case famLineTime, famMinRate, famMinVolume, famCommitted:
		k.b, k.c = 0, 0
	}
	return strings.Join(m.keyParts(k), ":")
}

// linkIsLine reports whether what a link holds back is the capacity of the line, which then has only this vehicle: its full
// rate is that of the line, and no launch is ramping up.
func (m *Model) linkIsLine(x []float64, k, t int) bool {
	for _, r := range m.heldBack(k, t) {
		if on(m.at(x, r.launch)) {
			return false
		}
	}
	return m.net.lineBinds(k, t) && on(m.at(x, m.alloc[k][t]))
}

// works reports whether a line works a pattern in a period.
func (m *Model) works(x []float64, l, pattern, t int) bool {
	i := slices.Index(m.net.patterns[l], pattern)
	return on(m.at(x, m.work[l][i][t]))
}

// sortTables orders rows by their keys. Allocations and outputs of one period come in the order of the case, which is sorted.
func sortTables(p *headroom.Plan) {
	slices.SortStableFunc(p.Outputs, func(a, b headroom.OutputRow) int {
		return cmp.Or(cmp.Compare(a.Vehicle, b.Vehicle), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Content, b.Content), cmp.Compare(a.Period, b.Period))
	})
	slices.SortStableFunc(p.Flows, func(a, b headroom.FlowRow) int {
		return cmp.Or(cmp.Compare(a.Vehicle, b.Vehicle), cmp.Compare(a.Plant, b.Plant), cmp.Compare(a.Market, b.Market),
			cmp.Compare(a.Period, b.Period), cmp.Compare(a.Regime, b.Regime), cmp.Compare(a.Agreement, b.Agreement))
	})
	slices.SortStableFunc(p.Allocs, func(a, b headroom.AllocRow) int {
		return cmp.Or(cmp.Compare(a.Vehicle, b.Vehicle), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Content, b.Content), cmp.Compare(a.Period, b.Period))
	})
	slices.SortStableFunc(p.Shifts, func(a, b headroom.ShiftRow) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Period, b.Period))
	})
	slices.SortStableFunc(p.States, func(a, b headroom.StateRow) int {
		return cmp.Or(cmp.Compare(a.Plant, b.Plant), cmp.Compare(a.Period, b.Period))
	})
	slices.SortStableFunc(p.Deals, func(a, b headroom.DealRow) int {
		return cmp.Or(cmp.Compare(a.Deal, b.Deal), cmp.Compare(a.Period, b.Period))
	})
}
