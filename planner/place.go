package planner

import (
	"slices"

	"headroom/lp"
)

// addPlaces adds the columns of places and families 3, 6 and 8:
//
//	x_kts ≤ full_kts (a_kt − Σ_τ (1 − ramp of τ on the days of s) b_kτ)    link: 3 strong link with 8 ramp and lead; where there is a
//	                                                                        ramp, + (Σ_τ b_kτ − a_kt) × the largest of these, and ≤ full_kts a_kt:
//	                                                                        a place may be dropped before its ramp is over
//	Σ_s x_kts = x_kt                                                        outsum, where a period has several parts
//	b_kt ≥ a_kt − a_k,t−1,  Σ_t b_kt ≤ 1                                    launchrow, onelaunch: 6 life cycle, no gap in a run
//	b_kt ≤ a_kt                                                             launched: where the ramp eases the minimum of a deal
//	a_kt ≤ w_αt, or with a lead what begins later;  x_kts ≤ full_kts Σ s_ατ over the terms with s             usedeal, daydeal: 18
//	x_kts ≤ full_kts (1 − up_pτ − reopen_pτ), s before the lead is over     dayopen: 5
//	a_kt ≤ Σ_σ h_lσt, but for a launch whose lead fills the period          useline
//
// A period has one part, or several where a window of the lines that have vehicles in common opens or closes within it; full_kts is
// the full rate of the place on the days of part s (the big M: never more than line capacity and demand), 0 where its dates do not
// let it build. a is 0 outside these dates, but for the lead before them, and before a commitment that begins within the horizon,
// and 1 while committed. A place that costs nothing to use and has no minimum has no a of its own: its line's work stands for it.
// The dual of link is the worth of one more vehicle of this programme here.
func (m *Model) addPlaces() {
	n := m.net
	m.alloc, m.launch, m.out = make([][]lit, len(n.places)), make([][]int32, len(n.places)), make([][]int32, len(n.places))
	m.parts = make([][][]int32, len(n.places))
	for k := range n.places {
		m.addPlaceColumns(k)
		m.addLaunches(k)
		for t := range n.T {
			m.addUse(k, t)
			for s := range m.parts[k][t] {
				m.addLink(k, t, s)
			}
		}
	}
}

// chosen reports whether using a place is a decision of its own.
func (n *net) chosen(k int) bool {
	pl := &n.places[k]
	line, veh := &n.c.Lines[pl.l], &n.c.Vehicles[pl.v]
	return pl.row.RetoolM.Value > 0 || pl.row.MinVolume > 0 || pl.arr >= 0 || pl.ramps() || pl.row.Lead > 0 ||
		line.MaxVehicles.Set || line.MaxLaunches.Set || veh.MaxLines.Set || line.MinRate > 0
}

func (m *Model) addPlaceColumns(k int) {
	n, pl := m.net, &m.net.places[k]
	m.alloc[k], m.launch[k], m.out[k] = make([]lit, n.T), make([]int32, n.T), make([]int32, n.T)
	m.parts[k] = make([][]int32, n.T)
	first := 0 // in which it can build
	for ; first < n.T && !m.canBuild(pl, first); first++ {
	}
	for t := range n.T {
		m.alloc[k][t], m.launch[k][t], m.out[k][t] = zero, -1, -1
		builds := m.canBuild(pl, t)
		switch {
		case pl.commit[t] > 0:
			m.alloc[k][t] = one // it holds its place even where nobody wants the vehicle
		case !pl.running && t < pl.first:
		case t < pl.early:
		case !builds && !m.keeps(pl, first, t):
		case !n.chosen(k):
			if builds {
				m.alloc[k][t] = m.lineAtWork(pl.l, t)
			}
		case pl.arr >= 0 && m.inDeal[pl.arr][t] == zero && !n.deals[pl.arr].fact && !n.ungated(pl.arr, t) && !m.waits(pl, t):
		default:
			m.alloc[k][t] = lit{col: m.bin(at(famAlloc, k, 0, 0, t), 0)}
		}
		if builds && m.alloc[k][t] != zero {
			m.addOut(k, t)
		}
	}
}

// canBuild reports whether a place can build in a period if the plan wants it to.
func (m *Model) canBuild(k *place, t int) bool {
	return k.most[t] > 0 && m.open[k.p][t] != zero && (k.arr < 0 || m.inDeal[k.arr][t] != zero || m.net.ungated(k.arr, t))
}

// keeps reports whether a place may be used in a period in which it cannot build: before the first in which it can, with a lead, or
// on days of its dates on which nobody wants the vehicle.
func (m *Model) keeps(k *place, first, t int) bool {
	switch {
	case first == m.net.T || m.open[k.p][t] == zero:
		return false
	case t < first && !k.running:
		return k.row.Lead > 0
	}
	return k.open[t] > 0
}

// waits reports whether a place may be launched in a period because its deal may begin later: its lead may be over by then.
func (m *Model) waits(k *place, t int) bool {
	return k.row.Lead > 0 && slices.ContainsFunc(m.begin[k.arr][t:], func(x lit) bool { return x != zero })
}

// addOut adds the output of a place in a period, and of each part of it where there are several.
func (m *Model) addOut(k, t int) {
	n, pl := m.net, &m.net.places[k]
	upper := pl.most[t]
	if n.lineBinds(k, t) {
		upper = n.sold(pl.v, t) // linetime says the rest, and its dual is the worth of capacity
	}
	x := m.col(at(famOut, k, 0, 0, t), m.perVehicle(m.unitCost(k, t), t), 0, m.vol(upper))
	m.out[k][t] = x
	if len(pl.full[t]) == 1 {
		m.parts[k][t] = []int32{x}
		m.chargePlace(k, t, 0)
		return
	}
	r := m.row(at(famOutSum, k, 0, 0, t), 0, 0)
	m.add(r, x, -1)
	for s, full := range pl.full[t] {
		y := int32(-1)
		if full > 0 {
			y = m.col(at(famOutPart, k, s+1, 0, t), 0, 0, m.vol(full))
			m.add(r, y, 1)
		}
		m.parts[k][t] = append(m.parts[k][t], y)
		m.chargePlace(k, t, s)
	}
}

// lineAtWork is a literal that is one while a line works, where it needs no row of its own; else the plant's.
func (m *Model) lineAtWork(l, t int) lit {
	if len(m.work[l]) == 1 {
		return m.work[l][0][t]
	}
	return m.open[m.net.plantOfLine(l)][t]
}

func (n *net) plantOfLine(l int) int {
	for p, lines := range n.lines {
		for _, x := range lines {
			if x == l {
				return p
			}
		}
	}
	return -1
}

// unitCost is what a vehicle built at a place costs in a period before it leaves the plant: labour per vehicle, energy, kits
// and local content, and material where the place has its own.
func (m *Model) unitCost(k, t int) float64 {
	n, pl := m.net, &m.net.places[k]
	labour, _ := n.book.Labour(pl.p, t)
	energy, _ := n.book.Energy(pl.p, t)
	fx := n.book.FX(pl.row.Currency, t)
	return labour + energy + fx*(pl.row.ContentCost.Value+pl.row.UnitMaterial.Or(0))
}

// retool is the cost of a launch at a place in a period.
func (m *Model) retool(k, t int) float64 {
	row := m.net.places[k].row
	return row.RetoolM.Value * 1e6 * m.net.book.FX(row.Currency, t)
}

// waitsForLine reports whether a programme that runs has not had a day in the horizon yet: its line comes later, and it needs no launch then.
func (n *net) waitsForLine(k *place, t int) bool {
	for u := range t + 1 {
		if k.open[u] > 0 {
			return false
		}
	}
	return true
}

func (m *Model) addLaunches(k int) {
	n, pl := m.net, &m.net.places[k]
	if f := pl.launched(); f >= 0 {
		m.constant(m.retool(k, f), f)
	}
	if !n.chosen(k) {
		return
	}
	before := zero
	if pl.running {
		before = one
	}
	once := -1
	for t := range n.T {
		a := m.alloc[k][t]
		if a.isConst() && (a == zero || before == one || pl.launched() == t) {
			if a == one || !pl.running || !n.waitsForLine(pl, t) {
				before = a
			}
			continue
		}
		b := m.col(at(famLaunch, k, 0, 0, t), m.money(m.retool(k, t), t), 0, 1)
		m.launch[k][t] = b
		r := m.row(at(famLaunchRow, k, 0, 0, t), 0, lp.Inf)
		m.add(r, b, 1)
		m.addLit(r, a, -1)
		m.addLit(r, before, 1)
		if pl.arr >= 0 && (pl.ramps() || pl.row.Lead > 0) {
			r := m.row(at(famLaunched, k, 0, 0, t), -lp.Inf, 0)
			m.add(r, b, 1)
			m.addLit(r, a, -1)
		}
		if once < 0 {
			limit := 1.0
			if (pl.running || pl.first >= 0) && !pl.freed {
				limit = 0 // it has had its launch
			}
			once = m.row(at(famOneLaunch, k, 0, 0, -1), -lp.Inf, limit)
		}
		m.add(once, b, 1)
		before = a
	}
}

// addUse adds that a place is used only under its deal and, where it can build, only on a line that works.
func (m *Model) addUse(k, t int) {
	n, pl := m.net, &m.net.places[k]
	a := m.alloc[k][t]
	if pl.arr >= 0 && a != one && a != zero && !pl.freed && !n.ungated(pl.arr, t) && (!n.deals[pl.arr].fact || m.inDeal[pl.arr][t] != zero) {
		r := m.row(at(famUseDeal, k, 0, 0, t), -lp.Inf, 0)
		m.addLit(r, a, 1)
		m.addLit(r, m.inDeal[pl.arr][t], -1)
		for u := t + 1; u < n.T && pl.row.Lead > 0; u++ {
			m.addLit(r, m.begin[pl.arr][u], -1)
		}
	}
	if a.isConst() || !n.chosen(k) || (m.out[k][t] < 0 && !m.idles(k, t)) {
		return
	}
	if pl.freed && pl.duty[t] > 0 {
		return // what it may do while it is committed, it may do where that gives way
	}
	r := m.row(at(famUseLine, k, 0, 0, t), -lp.Inf, 0)
	m.addLit(r, a, 1)
	for i := range m.work[pl.l] {
		m.addLit(r, m.work[pl.l][i][t], -1)
	}
	for _, h := range m.heldBack(k, t) {
		if h.whole() {
			m.addLit(r, h.launch, -1)
		}
	}
	for _, o := range m.openings(pl.p, t) {
		if n.share(o.open, t) == 0 {
			for _, c := range o.cols {
				m.add(r, c, -1)
			}
		}
	}
}

// idles reports whether a place that runs or could have built before cannot in a period: it is kept only on a line at work.
func (m *Model) idles(k, t int) bool {
	built := slices.ContainsFunc(m.out[k][:t], func(x int32) bool { return x >= 0 })
	return m.out[k][t] < 0 && (built || m.net.places[k].running)
}

// addLink adds what holds back the output of a place on the days of a part of a period.
func (m *Model) addLink(k, t, s int) {
	n, pl := m.net, &m.net.places[k]
	y, parts := m.parts[k][t][s], n.partsOf(pl.l, t)
	if y < 0 {
		return
	}
	number := 0
	if len(parts) > 1 {
		number = s + 1
	}
	a, full := m.alloc[k][t], m.vol(pl.full[t][s])
	if holds := m.heldBack(k, t); len(holds) > 0 || a != one { // else the column's bound says it
		r := m.row(at(famLink, k, number, 0, t), -lp.Inf, 0)
		m.add(r, y, 1)
		drop := m.droppable(k, t, s, holds)
		if drop > 0 {
			m.addDropped(r, k, t, s, full, drop, holds)
			all := m.row(at(famLink, k, number, 1, t), -lp.Inf, 0)
			m.add(all, y, 1)
			m.addLit(all, a, -full)
		} else {
			m.addLit(r, a, -full)
			for _, h := range holds {
				m.addLit(r, h.launch, full*(1-h.rates[s]))
			}
		}
		if len(holds) > 0 {
			m.yieldRamp(r, k)
		}
	}
	if pl.arr >= 0 && !n.deals[pl.arr].fact && !n.ungated(pl.arr, t) {
		m.addDayDeal(k, t, number, y, full, parts[s].span)
	}
	for i, o := range m.openings(pl.p, t) {
		if o.open.covers(parts[s].span) {
			continue
		}
		r := m.row(at(famDayOpen, k, number, i, t), -lp.Inf, full)
		m.add(r, y, 1)
		for _, c := range o.cols {
			m.add(r, c, full)
		}
		m.yield(r, -1, n.stateRefs(pl.p, colReopenLead)...)
	}
}

// droppable is the largest share of full rate that a launch before a period holds back in a part of it, where the place need not be
// used any more; 0 where there is none.
func (m *Model) droppable(k, t, s int, holds []held) float64 {
	most := 0.0
	if m.alloc[k][t].isConst() || m.net.places[k].running {
		return 0
	}
	for _, h := range holds {
		if h.at < t {
			most = max(most, 1-h.rates[s])
		}
	}
	return most
}

// addDropped adds that launches hold back the output of a place that is used, and nothing where it was launched and is used no more:
// y ≤ full (a − Σ (1 − ramp) b + drop (Σ b − a)).
func (m *Model) addDropped(r, k, t, s int, full, drop float64, holds []held) {
	m.addLit(r, m.alloc[k][t], -full*(1-drop))
	for u := range t + 1 {
		back := drop
		for _, h := range holds {
			if h.at == u {
				back -= 1 - h.rates[s]
			}
		}
		if back != 0 {
			m.addLit(r, m.launchLit(k, u), -full*back)
		}
	}
}

// addDayDeal adds that a place under an option builds only on the days of its term, and by the ramp that counts from its beginning where
// the lead is over before.
func (m *Model) addDayDeal(k, t, number int, y int32, full float64, days span) {
	n, pl := m.net, &m.net.places[k]
	ways := m.waysOf(k, pl.arr, t)
	inside := 0
	for _, w := range ways {
		if w.days.covers(days) {
			inside++
		}
	}
	if inside == len(ways) && pl.row.Lead <= 0 && m.alloc[k][t] != one {
		return // usedeal says it
	}
	r := m.row(at(famDayDeal, k, number, 0, t), -lp.Inf, 0)
	m.add(r, y, 1)
	for _, w := range ways {
		if !w.days.covers(days) {
			continue
		}
		ramp := 1.0
		if n.ripens(k) && !n.gives(tabPlace, pl.row.Key(), colRamp) {
			ramp = pl.ramp(t - n.firstDay(pl, w.first))
		}
		m.addLit(r, w.lit, -full*ramp)
	}
}
