package planner

import "headroom/lp"

// addBuilding adds to family 5 that a plant that changes to operating builds in the calendar year in which its lead is over, or
// before, and that its mothballing runs on until it does:
//
//	Σ_{τ in t…end(t)} Σ_{k in p} x_kτ ≥ (up_t + reopen_t) × one vehicle                       builds
//	Σ_{k in p} x_kt ≥ built_t × one vehicle                                                   builtrow
//	idle_t ≥ reopen_u + open_t − 1 − Σ_{u ≤ τ ≤ t} built_τ for t in u…end(u)                  idlerow
//
// with idle counted in maxmothball; end(t) is the last period that begins in that year. Where it is t, what changes builds at once,
// and there are no idle and built.
func (m *Model) addBuilding() {
	n := m.net
	for p := range n.c.Plants {
		if !n.considered[p] {
			continue
		}
		for t := range n.T {
			if !m.opens(p, t) {
				continue
			}
			r := m.row(at(famBuilds, p, 0, 0, t), 0, lp.Inf)
			for u := t; u <= n.builtBy(p, t); u++ {
				m.sumBuilt(r, p, u)
			}
			for _, x := range m.openingLits(p, t) {
				m.addLit(r, x, -m.vol(minQuantity))
			}
		}
		m.addIdle(p)
	}
}

// builtBy is the last period in which a plant that changes to operating in t must have built.
func (n *net) builtBy(p, t int) int {
	year := n.after(t, n.c.Plants[p].ReopenLead).from.Year()
	last := t
	for last+1 < n.T && n.c.Periods[last+1].From.Year() <= year {
		last++
	}
	return last
}

// sumBuilt adds the output of a plant to a row.
func (m *Model) sumBuilt(r, p, t int) {
	for _, k := range m.net.byPlant[p] {
		m.add(r, m.out[k][t], 1)
	}
}

// addIdle lets a mothballing run on in the periods between a reopening and the first vehicle after it.
func (m *Model) addIdle(p int) {
	n, s := m.net, &m.state[p]
	built, idle := make([]int32, n.T), make([]int32, n.T)
	for t := range n.T {
		built[t], idle[t] = -1, -1
	}
	for u := range n.T {
		end := n.builtBy(p, u)
		if s.reopen[u] < 0 || end == u {
			continue
		}
		for t := u; t <= end; t++ {
			if built[t] < 0 {
				built[t], idle[t] = m.bin(at(famBuilt, p, 0, 0, t), 0), m.col(at(famIdle, p, 0, 0, t), 0, 0, 1)
				r := m.row(at(famBuiltRow, p, 0, 0, t), 0, lp.Inf)
				m.sumBuilt(r, p, t)
				m.add(r, built[t], -m.vol(minQuantity))
				for _, row := range m.mothRows[p][t] {
					m.b.Add(row, int(idle[t]), 1)
				}
			}
			r := m.row(at(famIdleRow, p, u, 0, t), -1, lp.Inf)
			m.add(r, idle[t], 1)
			m.add(r, s.reopen[u], -1)
			m.addLit(r, m.open[p][t], -1)
			for q := u; q <= t; q++ {
				m.add(r, built[q], 1)
			}
		}
	}
}

// closingCost is what a closing costs in t, less what of it is unused at the end of the horizon: a closing is final.
func (m *Model) closingCost(p, t int, severance float64) float64 {
	n, pl := m.net, &m.net.c.Plants[p]
	cost, sale := pl.CloseM, pl.SaleM
	if sale < 0 {
		cost, sale = cost-sale, 0
	}
	paid, brings := n.book.PlantMoney(p, cost, t)+severance, n.book.PlantMoney(p, sale, t)
	if n.resting() {
		s := n.book.Start(t)
		paid *= 1 - n.book.Unused(s, s+pl.ChangeYears())
		brings *= 1 - n.book.Unused(s, lp.Inf)
	}
	return paid - brings
}
