package planner

import "headroom/lp"

// addPatterns adds family 4, one pattern when open, with the cost of a change:
//
//	Σ_σ h_lσt ≤ open_pt, and = 1 where a commitment keeps the line at work    onepattern
//	c_lσt ≥ h_lσt − h_lσ,t−1                                                  patternchange
//	o_lσt ≤ overtime_share_σ cap_lσt h_lσt                                    overlimit
//
// Sizes: capacities are those of the case. The dual of onepattern is the worth of one more line. A line with a single pattern
// that costs nothing by itself has no columns: it works whenever its plant is open.
func (m *Model) addPatterns() {
	n := m.net
	m.work = make([][][]lit, len(n.c.Lines))
	m.change = make([][][]int32, len(n.c.Lines))
	m.over = make([][][]int32, len(n.c.Lines))
	for p := range n.lines {
		for _, l := range n.lines[p] {
			m.addLinePatterns(p, l)
		}
	}
}

func (m *Model) addLinePatterns(p, l int) {
	n := m.net
	count := len(n.patterns[l])
	m.work[l], m.change[l], m.over[l] = make([][]lit, count), make([][]int32, count), make([][]int32, count)
	simple := m.worksByItself(p, l)
	for i, j := range n.patterns[l] {
		m.work[l][i] = make([]lit, n.T)
		m.change[l][i], m.over[l][i] = make([]int32, n.T), make([]int32, n.T)
		for t := range n.T {
			m.change[l][i][t], m.over[l][i][t] = -1, -1
			switch {
			case m.open[p][t] == zero || n.lineShare(l, t) == 0 || len(n.byLine[l]) == 0:
				m.work[l][i][t] = zero
			case simple:
				m.work[l][i][t] = m.open[p][t]
			default:
				m.work[l][i][t] = lit{col: m.bin(at(famWork, l, j, 0, t), m.money(m.crewCost(p, l, j, t), t))}
			}
		}
	}
	if !simple {
		for t := range n.T {
			m.addOnePattern(p, l, t)
		}
	}
	for i := range n.patterns[l] {
		for t := range n.T {
			m.addPatternRows(p, l, i, t)
		}
	}
}

// worksByItself reports whether a line has one pattern that costs nothing to work.
func (m *Model) worksByItself(p, l int) bool {
	n := m.net
	if len(n.patterns[l]) != 1 || n.c.Lines[l].MinRate > 0 {
		return false
	}
	j := n.patterns[l][0]
	if j >= 0 && n.c.ShiftPatterns[j].ChangeM > 0 {
		return false
	}
	for t := range n.T {
		if m.crewCost(p, l, j, t) != 0 {
			return false
		}
	}
	return true
}

// crewCost is the crew part of labour for a pattern worked in a period, base currency.
func (m *Model) crewCost(p, l, j, t int) float64 {
	_, crew := m.net.book.Labour(p, t)
	return crew * m.net.capacity(l, j, t)
}

func (m *Model) addOnePattern(p, l, t int) {
	n := m.net
	if m.work[l][0][t] == zero {
		return
	}
	lower := -lp.Inf
	if m.open[p][t] == one && n.keptAtWork(l, t) {
		lower = 0
	}
	r := m.row(at(famOnePattern, l, 0, 0, t), lower, 0)
	for i := range n.patterns[l] {
		m.addLit(r, m.work[l][i][t], 1)
	}
	m.addLit(r, m.open[p][t], -1)
}

// keptAtWork reports whether a commitment needs the line in a period.
func (n *net) keptAtWork(l, t int) bool {
	for _, k := range n.byLine[l] {
		if n.places[k].commit[t] > 0 && n.places[k].row.MinRun > 0 && n.places[k].owed[t] > 0 &&
			!n.gives(tabPlace, n.places[k].row.Key(), colMinRun) {
			return true
		}
	}
	return false
}

func (m *Model) addPatternRows(p, l, i, t int) {
	n := m.net
	j := n.patterns[l][i]
	h := m.work[l][i][t]
	if h == zero || j < 0 {
		return
	}
	pat := &n.c.ShiftPatterns[j]
	if pat.ChangeM > 0 && !(t == 0 && n.c.Lines[l].InitialPattern == "") {
		before := zero
		if t > 0 {
			before = m.work[l][i][t-1]
		} else if n.c.Lines[l].InitialPattern == pat.ID {
			before = one
		}
		cost := pat.ChangeM * 1e6 * n.book.FX(pat.Currency, t)
		c := m.col(at(famChange, l, j, 0, t), m.money(cost, t), 0, 1)
		m.change[l][i][t] = c
		r := m.row(at(famPatternChange, l, j, 0, t), 0, lp.Inf)
		m.add(r, c, 1)
		m.addLit(r, h, -1)
		m.addLit(r, before, 1)
	}
	if pat.OvertimeShare > 0 {
		_, crew := n.book.Labour(p, t)
		limit := m.vol(n.capacity(l, j, t) * pat.OvertimeShare / 100)
		o := m.col(at(famOver, l, j, 0, t), m.perVehicle(crew*(1+pat.OvertimePremium/100), t), 0, lp.Inf)
		m.over[l][i][t] = o
		r := m.row(at(famOverLimit, l, j, 0, t), -lp.Inf, 0)
		m.add(r, o, 1)
		m.addLit(r, h, -limit)
	}
}
