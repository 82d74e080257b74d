package planner

import (
	"slices"

	"headroom"
	"headroom/lp"
)

// This file says what gives way in the net of an elastic programme: what dates, states, deals, capacity and demand forbid by
// columns that are not there. Outside elastic programmes every function here changes nothing.

// readPlenty finds an amount that is more than anybody can ask for in a period.
func (n *net) readPlenty() {
	if n.lift == nil {
		return
	}
	sum := 1.0
	for l := range n.c.Lines {
		sum += n.c.Lines[l].MinRate + n.book.Capacity(l, n.largest(l))
	}
	for _, x := range n.c.Terms {
		if x.Kind == headroom.MinVolume {
			sum += x.Value
		}
	}
	for _, x := range n.c.Targets {
		sum += x.Value
	}
	for _, x := range n.c.VehicleLines {
		sum += x.MinVolume
	}
	most := 0.0
	for t := range n.T {
		demand := 0.0
		for v := range n.total {
			demand += n.total[v][t]
		}
		most = max(most, demand, sum*n.book.Years(t))
	}
	n.plenty = 2 * most
}

// largest is the last, which is the largest, pattern of a line; -1 without a table.
func (n *net) largest(l int) int {
	if p := n.patterns[l]; len(p) > 0 {
		return p[len(p)-1]
	}
	return -1
}

// capacityRefs are the figures that the capacity of a line is made of.
func (n *net) capacityRefs(l int) []headroom.Ref {
	if n.lift == nil {
		return nil
	}
	line := &n.c.Lines[l]
	j := n.largest(l)
	if j < 0 {
		return []headroom.Ref{ref(tabLine, line.ID, colCapacity)}
	}
	p := &n.c.ShiftPatterns[j]
	switch {
	case line.CapacityYear.Set && p.Index.Set:
		return []headroom.Ref{ref(tabLine, line.ID, colCapacity), ref(tabPattern, p.ID, colIndex)}
	case line.Rate.Set && p.Hours.Set:
		return []headroom.Ref{ref(tabLine, line.ID, colRate), ref(tabPattern, p.ID, colHours)}
	}
	return []headroom.Ref{ref(tabLine, line.ID, colCapacity), ref(tabPattern, p.ID, colIndex)}
}

func (n *net) anyGives(rules []headroom.Ref) bool {
	any := false
	for _, r := range rules {
		any = n.gives(r.Table, r.Key, r.Column) || any
	}
	return any
}

func (n *net) capacityGives(l int) bool { return n.lift != nil && n.anyGives(n.capacityRefs(l)) }

// window is a pair of dates with the rules that they are.
type window struct {
	from, to         headroom.Date
	fromRule, toRule headroom.Ref
}

func (n *net) vehicleWindow(v int) window {
	x := &n.c.Vehicles[v]
	return window{x.SOP, x.EOP, ref(tabVehicle, x.ID, colSOP), ref(tabVehicle, x.ID, colEOP)}
}

func (n *net) lineWindow(l int) window {
	x := &n.c.Lines[l]
	return window{x.From, x.To, ref(tabLine, x.ID, colFrom), ref(tabLine, x.ID, colTo)}
}

// dates are those of a window that do not give way. A date that cuts nothing off the horizon is no rule.
func (n *net) dates(w window) (from, to headroom.Date) {
	from, to = w.from, w.to
	if n.lift == nil {
		return from, to
	}
	if from > n.c.Periods[0].From && n.gives(w.fromRule.Table, w.fromRule.Key, w.fromRule.Column) {
		from = 0
	}
	if to != 0 && to < n.c.Periods[n.T-1].To && n.gives(w.toRule.Table, w.toRule.Key, w.toRule.Column) {
		to = 0
	}
	return from, to
}

// openDates are the dates within which a place is open.
func (n *net) openDates(k *place) (from, to headroom.Date) {
	f, u := n.dates(n.vehicleWindow(k.v))
	g, w := n.dates(n.lineWindow(k.l))
	return max(f, g), minDate(u, w)
}

// lineShare is the share of a period in which a line is there.
func (n *net) lineShare(l, t int) float64 {
	if n.lift == nil {
		return n.book.LineShare(l, t)
	}
	return n.c.Periods[t].Overlap(n.dates(n.lineWindow(l)))
}

// dealDates are the days of a deal that is a fact, less the dates that give way.
func (n *net) dealDates(d int) span {
	a, s := &n.c.Arrangements[n.deals[d].arr], n.deals[d].days
	if n.lift == nil {
		return s
	}
	if s.from > n.c.Periods[0].From && n.gives(tabArrangement, a.ID, colStart) {
		s.from = 0
	}
	if s.to != 0 && s.to < n.c.Periods[n.T-1].To && n.gives(tabArrangement, a.ID, colTermYears) {
		s.to = 0
	}
	return s
}

// liftPlace sets what a place must do apart from what it may do, and frees it of its commitment where that gives way.
func (n *net) liftPlace(k *place) {
	k.duty = k.commit
	if n.lift == nil {
		return
	}
	held := k.row.CommittedUntil != 0 && (k.running || k.first >= 0)
	foreign := !k.row.Compatible || (k.arr >= 0 && !n.c.InForce(n.c.Arrangements[n.deals[k.arr].arr])) // it is here by a rule that gives way
	switch {
	case foreign:
		k.duty = make([]float64, n.T)
	case !held || !n.gives(tabPlace, k.row.Key(), colCommitted):
		return
	}
	k.commit, k.running, k.first, k.freed = make([]float64, n.T), true, -1, true
}

// sold is the most that can be sold of a vehicle in a period.
func (n *net) sold(v, t int) float64 {
	if len(n.buyerRules(v, t)) > 0 {
		return n.plenty
	}
	return n.total[v][t]
}

// buyerRules are the rules that give way and keep a vehicle from finding more buyers in a period than it has.
func (n *net) buyerRules(v, t int) []headroom.Ref {
	if n.lift == nil {
		return nil
	}
	var out []headroom.Ref
	if id := n.c.Vehicles[v].ID; n.gives(tabDemand, id, colVolume) {
		out = append(out, ref(tabDemand, id, colVolume))
	}
	return append(out, n.openedBy(n.vehicleWindow(v), t)...)
}

// openedBy are the dates of a window that give way and cut a period short or off.
func (n *net) openedBy(w window, t int) []headroom.Ref {
	from, to := n.dates(w)
	per := n.c.Periods[t]
	var out []headroom.Ref
	if from != w.from && per.Overlap(w.from, 0) < 1 {
		out = append(out, w.fromRule)
	}
	if to != w.to && per.Overlap(0, w.to) < 1 {
		out = append(out, w.toRule)
	}
	return out
}

// addDump lets a plant build more of a vehicle than the markets take, where demand gives way.
func (m *Model) addDump(v, p, t int, gate int32) {
	if gate < 0 || len(m.net.buyerRules(v, t)) == 0 {
		return
	}
	c := m.col(at(famDump, v, p, 0, t), 0, 0, lp.Inf)
	m.add(int(gate), c, -1)
	if id := m.net.c.Vehicles[v].ID; m.net.gives(tabDemand, id, colVolume) { // dates that give way are charged on the output
		m.charge(c, 1, ref(tabDemand, id, colVolume))
	}
}

// yieldRamp lets a ramp and a lead give way in the row of a link.
func (m *Model) yieldRamp(r, k int) {
	pl := &m.net.places[k]
	var rules []headroom.Ref
	if pl.ramps() {
		rules = append(rules, ref(tabPlace, pl.row.Key(), colRamp))
	}
	if pl.row.Lead > 0 {
		rules = append(rules, ref(tabPlace, pl.row.Key(), colLead))
	}
	m.yield(r, -1, rules...)
}

// yieldService lets the share of a demand that must be served give way.
func (m *Model) yieldService(r, i, t int) {
	n := m.net
	if n.lift == nil {
		return
	}
	row := n.demandRow(n.pairs[i][0], n.pairs[i][1], t)
	column := colMinService
	if !m.npv && !row.LostSale.Set {
		column = colLostSale
	}
	m.yield(r, 1, ref(tabDemand, row.Key(), column))
}

// demandRow is the row of a vehicle's demand in a market that holds in a period.
func (n *net) demandRow(v, market, t int) *headroom.Demand {
	var any *headroom.Demand
	for i := range n.c.Demands {
		d := &n.c.Demands[i]
		if d.Vehicle != n.c.Vehicles[v].ID || d.Market != n.c.Markets[market].ID {
			continue
		}
		if d.Period == n.c.Periods[t].ID {
			return d
		}
		if d.Period == "*" {
			any = d
		}
	}
	return any
}

// stateGives reports whether a plant that stands still, and is not to be considered, may work after all.
func (n *net) stateGives(p int) bool {
	pl := &n.c.Plants[p]
	idle := pl.InitialState != headroom.Operating && pl.InitialState != ""
	return n.lift != nil && idle && pl.Use != headroom.Consider && n.gives(tabPlant, pl.ID, colUse)
}

// stateRefs are a rule on the states of a plant, and that the plant has its state at all where that gives way.
func (n *net) stateRefs(p int, column string) []headroom.Ref {
	if n.lift == nil {
		return nil
	}
	out := []headroom.Ref{ref(tabPlant, n.c.Plants[p].ID, column)}
	if n.stateGives(p) {
		out = append(out, ref(tabPlant, n.c.Plants[p].ID, colUse))
	}
	return out
}

func (n *net) closeGives(p int) bool { return n.lift != nil && n.anyGives(n.stateRefs(p, colClose)) }

// chargeState puts a price on what a plant can do only because a rule on its states gives way.
func (m *Model) chargeState(p, t int, held bool) {
	n, s := m.net, &m.state[p]
	if n.lift == nil {
		return
	}
	if n.stateGives(p) {
		m.charge(m.open[p][t].col, 1, ref(tabPlant, n.c.Plants[p].ID, colUse))
		return
	}
	if held {
		for _, c := range []int32{s.mothball[t], s.closeOpen[t], s.closeMoth[t]} {
			m.charge(c, 1, ref(tabPlant, n.c.Plants[p].ID, colClose))
		}
	}
}

// ungated reports whether a deal's places may be used in a period although the deal is not in force then.
func (n *net) ungated(d, t int) bool { return n.lift != nil && len(n.gateRules(d, t)) > 0 }

// gateRules are the dates of a deal that give way and keep it from being in force in a period.
func (n *net) gateRules(d, t int) []headroom.Ref {
	a := &n.c.Arrangements[n.deals[d].arr]
	per := n.c.Periods[t]
	var out []headroom.Ref
	add := func(column string) {
		if n.gives(tabArrangement, a.ID, column) {
			out = append(out, ref(tabArrangement, a.ID, column))
		}
	}
	before := per.Overlap(a.EarliestStart, 0)
	if before < 1 {
		add(colStart)
	}
	if a.TermYears > 0 && (!n.deals[d].fact || n.share(n.deals[d].days, t) < before) {
		add(colTermYears)
	}
	return out
}

// chargePlace puts a price on output in a part of a period that only rules which give way allow, and on leaving a place free that
// is committed.
func (m *Model) chargePlace(k, t, s int) {
	n, pl := m.net, &m.net.places[k]
	y, days := m.parts[k][t][s], n.partsOf(pl.l, t)[s].span
	if n.lift == nil {
		return
	}
	if pl.freed && pl.duty[t] > 0 && n.chosen(k) && s == 0 {
		m.charge(m.alloc[k][t].col, -1, ref(tabPlace, pl.row.Key(), colCommitted))
	}
	var rules []headroom.Ref
	add := func(r headroom.Ref) {
		if n.gives(r.Table, r.Key, r.Column) {
			rules = append(rules, r)
		}
	}
	if !pl.own.covers(days) {
		rules = slices.Concat(n.openedBy(n.vehicleWindow(pl.v), t), n.openedBy(n.lineWindow(pl.l), t))
	}
	if !pl.row.Compatible {
		add(ref(tabPlace, pl.row.Key(), colCompatible))
	}
	if pl.arr >= 0 {
		a := n.c.Arrangements[n.deals[pl.arr].arr]
		if !n.c.InForce(a) {
			add(ref(tabArrangement, a.ID, colStatus))
		} else if m.inDeal[pl.arr][t] == zero || (n.deals[pl.arr].fact && !n.deals[pl.arr].days.covers(days)) {
			rules = append(rules, n.gateRules(pl.arr, t)...)
		}
	}
	m.charge(y, 1, rules...)
}

// forcedShare: one vehicle would be lost in the solver's tolerances.
const forcedShare = 100

// addForced asks for a hundredth of the largest year's demand of a programme at least, over all periods and places; force is 1 + the
// vehicle, 0 none.
func (m *Model) addForced(force int) {
	if force == 0 {
		return
	}
	n, v := m.net, force-1
	most := 0.0
	for t := range n.T {
		most = max(most, n.total[v][t])
	}
	r := m.row(at(famForced, v, 0, 0, -1), m.vol(max(1, most/forcedShare)), lp.Inf)
	for _, k := range n.byVehicle[v] {
		for t := range n.T {
			m.add(r, m.out[k][t], 1)
		}
	}
}
