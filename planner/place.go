package planner

import "headroom/lp"

// addPlaces adds the columns of places and families 3, 6 and 8:
//
//	x_kt ≤ full_kt (a_kt − Σ_n (1 − ramp_n) b_k,t−n)      link: 3 strong link with 8 ramp
//	b_kt ≥ a_kt − a_k,t−1,  Σ_t b_kt ≤ 1                  launchrow, onelaunch: 6 life cycle, no gap in a run
//	b_kt ≤ a_kt                                           launched: where the ramp eases the minimum of a deal
//	a_kt ≤ w_αt                                           usedeal: 18
//	a_kt ≤ Σ_σ h_lσt                                      useline
//
// full_kt is the full rate of the place (the big M, never more than line capacity and demand; without a ramp, than what the line
// can build in the days that the place is open). a is 0 outside SOP and EOP, before the lead is over and before a commitment that
// begins within the horizon, and 1 while committed. A place that costs nothing to use and has no minimum has no a of its own: its
// line's work stands for it. The dual of link is the worth of one more vehicle of this programme here.
func (m *Model) addPlaces() {
	n := m.net
	m.alloc, m.launch, m.out = make([][]lit, len(n.places)), make([][]int32, len(n.places)), make([][]int32, len(n.places))
	for k := range n.places {
		m.addPlaceColumns(k)
		m.addLaunches(k)
		for t := range n.T {
			if m.out[k][t] >= 0 {
				m.addLink(k, t)
			}
		}
	}
}

// chosen reports whether using a place is a decision of its own.
func (n *net) chosen(k int) bool {
	pl := &n.places[k]
	line, veh := &n.c.Lines[pl.l], &n.c.Vehicles[pl.v]
	return pl.row.RetoolM.Or(0) > 0 || pl.row.MinVolume > 0 || pl.arr >= 0 || pl.ramps() || pl.row.Lead > 0 ||
		line.MaxVehicles.Set || line.MaxLaunches.Set || veh.MaxLines.Set
}

func (m *Model) addPlaceColumns(k int) {
	n, pl := m.net, &m.net.places[k]
	m.alloc[k], m.launch[k], m.out[k] = make([]lit, n.T), make([]int32, n.T), make([]int32, n.T)
	chosen := n.chosen(k)
	lead := n.c.Periods[0].From.AddMonths(int(pl.row.Lead))
	for t, per := range n.c.Periods {
		m.alloc[k][t], m.launch[k][t], m.out[k][t] = zero, -1, -1
		if pl.commit[t] > 0 {
			m.alloc[k][t] = one // it holds its place even where nobody wants the vehicle
		}
		if pl.most[t] <= 0 || m.open[pl.p][t] == zero || (pl.arr >= 0 && m.inDeal[pl.arr][t] == zero && !n.ungated(pl.arr, t)) {
			continue
		}
		switch {
		case pl.commit[t] > 0:
		case !pl.running && (t < pl.first || (pl.first < 0 && per.From < lead && !n.gives(tabPlace, pl.row.Key(), colLead))):
			continue
		case !chosen:
			m.alloc[k][t] = m.lineAtWork(pl.l, t)
		default:
			m.alloc[k][t] = lit{col: m.bin(at(famAlloc, k, 0, 0, t), 0)}
		}
		if m.alloc[k][t] == zero {
			continue
		}
		upper := pl.most[t]
		if n.lineBinds(k, t) {
			upper = n.sold(pl.v, t) // linetime says the rest, and its dual is the worth of capacity
		}
		m.out[k][t] = m.col(at(famOut, k, 0, 0, t), m.perVehicle(m.unitCost(k, t), t), 0, m.vol(upper))
		m.chargePlace(k, t, per.From < lead)
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
	return labour + energy + fx*(pl.row.ContentCost.Or(0)+pl.row.UnitMaterial.Or(0))
}

// retool is the cost of a launch at a place in a period.
func (m *Model) retool(k, t int) float64 {
	row := m.net.places[k].row
	return row.RetoolM.Or(0) * 1e6 * m.net.book.FX(row.Currency, t)
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
			before = a
			continue
		}
		b := m.col(at(famLaunch, k, 0, 0, t), m.money(m.retool(k, t), t), 0, 1)
		m.launch[k][t] = b
		r := m.row(at(famLaunchRow, k, 0, 0, t), 0, lp.Inf)
		m.add(r, b, 1)
		m.addLit(r, a, -1)
		m.addLit(r, before, 1)
		if pl.arr >= 0 && pl.ramps() {
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

func (m *Model) addLink(k, t int) {
	n, pl := m.net, &m.net.places[k]
	a, full := m.alloc[k][t], m.vol(pl.full[t])
	if pl.arr >= 0 && a != one && !pl.freed && !n.ungated(pl.arr, t) {
		r := m.row(at(famUseDeal, k, 0, 0, t), -lp.Inf, 0)
		m.addLit(r, a, 1)
		m.addLit(r, m.inDeal[pl.arr][t], -1)
	}
	if !a.isConst() && n.chosen(k) {
		r := m.row(at(famUseLine, k, 0, 0, t), -lp.Inf, 0)
		m.addLit(r, a, 1)
		for i := range m.work[pl.l] {
			m.addLit(r, m.work[pl.l][i][t], -1)
		}
	}
	ramped := m.ramped(k, t)
	if len(ramped) == 0 {
		if a == one {
			return // the column's bound says it
		}
		full = m.vol(pl.most[t])
	}
	r := m.row(at(famLink, k, 0, 0, t), -lp.Inf, 0)
	m.add(r, m.out[k][t], 1)
	m.addLit(r, a, -full)
	for _, x := range ramped {
		m.addLit(r, x.launch, full*(1-x.rate))
	}
	if len(ramped) > 0 {
		m.yieldRamp(r, k, t)
	}
}

type rampTerm struct {
	launch lit
	rate   float64
}

// ramped returns the launches that hold the output of a place down in a period, each with the rate it allows.
func (m *Model) ramped(k, t int) []rampTerm {
	pl := &m.net.places[k]
	var out []rampTerm
	for i := range pl.row.Ramp {
		u, rate := t-i, pl.ramp(i)
		if u < 0 || rate == 1 {
			continue
		}
		if pl.launched() == u {
			out = append(out, rampTerm{one, rate})
		} else if b := m.launch[k][u]; b >= 0 {
			out = append(out, rampTerm{lit{col: b}, rate})
		}
	}
	return out
}

// rampRate is the ramp of a commitment that begins in the horizon, 1 for any other place.
func (n *net) rampRate(k, t int) float64 {
	pl := &n.places[k]
	if f := pl.launched(); f >= 0 && t >= f {
		return pl.ramp(t - f)
	}
	return 1
}
