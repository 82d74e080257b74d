package planner

import (
	"headroom"
	"headroom/lp"
)

// stateVars are the columns of a plant whose state may change, by period.
type stateVars struct {
	moth, up, mothball, closeOpen, closeMoth, reopen []int32
}

// addStates adds family 5, plant states. With open, moth ∈ {0,1} and the changes up (opens from closed or greenfield), reopen
// (opens from mothballed), mothball, close (from open) and closemoth (from mothballed):
//
//	open_t = open_{t-1} + up_t + reopen_t − mothball_t − close_t      openbalance
//	moth_t = moth_{t-1} + mothball_t − reopen_t − closemoth_t         mothbalance
//	mothball_t + close_t ≤ open_{t-1}, reopen_t + closemoth_t ≤ moth_{t-1}, up_t + open_{t-1} + moth_{t-1} ≤ 1
//	                                                                  leaveopen, leavemoth, enter
//	open_t + moth_t ≤ 1                                               onestate
//	Σ up ≤ 1 and only from an initial state closed or greenfield      once
//	open_t ≥ up_τ + reopen_τ for t within min_open of τ               minopen
//	Σ moth over more periods than max_mothball allows ≤ their number − 1   maxmothball
//
// Closed is what is left, open + moth ≤ 1, and is final. The dual of openbalance is the worth of having the plant open. A plant
// that is not to be considered has constants instead of columns.
func (m *Model) addStates() {
	n := m.net
	m.open = make([][]lit, len(n.c.Plants))
	m.state = make([]stateVars, len(n.c.Plants))
	m.mothRows = make([][][]int, len(n.c.Plants))
	for p := range n.c.Plants {
		m.open[p], m.mothRows[p] = make([]lit, n.T), make([][]int, n.T)
		if n.considered[p] {
			m.addStateColumns(p)
			m.addStateRows(p)
		} else {
			m.addFixedState(p)
		}
		for t := range n.T {
			_, perYear := n.book.Energy(p, t)
			m.payLit(m.open[p][t], (n.book.FixedOpen(p, t)+perYear)*n.book.Years(t), t)
		}
	}
}

func (m *Model) addFixedState(p int) {
	n := m.net
	for t := range n.T {
		m.open[p][t] = zero
		switch n.c.Plants[p].InitialState {
		case headroom.Operating, "":
			m.open[p][t] = one
		case headroom.Mothballed:
			m.constant(n.book.FixedMothballed(p, t)*n.book.Years(t), t)
		}
	}
}

func (m *Model) addStateColumns(p int) {
	n, pl := m.net, &m.net.c.Plants[p]
	fresh := pl.InitialState == headroom.Closed || pl.InitialState == headroom.Greenfield
	wasMoth := pl.InitialState == headroom.Mothballed
	wasOpen := !fresh && !wasMoth
	s := &m.state[p]
	for t, per := range n.c.Periods {
		column := func(fam family, amount float64, possible bool) int32 {
			if !possible {
				return -1
			}
			return m.col(at(fam, p, 0, 0, t), m.money(amount, t), 0, 1)
		}
		cost := func(millions float64) float64 { return n.book.PlantMoney(p, millions, t) }
		held := pl.EarliestClose != 0 && per.From < pl.EarliestClose
		leaves := !held || n.closeGives(p)
		sev := n.book.Severance(p, t)
		m.open[p][t] = lit{col: m.bin(at(famOpen, p, 0, 0, t), 0)}
		moth := int32(-1)
		if t > 0 || !fresh {
			moth = m.bin(at(famMoth, p, 0, 0, t), m.money(n.book.FixedMothballed(p, t)*n.book.Years(t), t))
		}
		s.moth = append(s.moth, moth)
		s.up = append(s.up, column(famUp, cost(pl.ReopenM.Value), fresh))
		s.reopen = append(s.reopen, column(famReopen, cost(pl.ReopenM.Value), wasMoth || t > 1 || (t > 0 && wasOpen)))
		s.mothball = append(s.mothball, column(famMothball, cost(pl.MothballM)+sev, leaves && (wasOpen || t > 0)))
		s.closeOpen = append(s.closeOpen, column(famClose, m.closingCost(p, t, sev), leaves && (wasOpen || t > 0)))
		s.closeMoth = append(s.closeMoth, column(famCloseMoth, m.closingCost(p, t, 0), leaves && (wasMoth || t > 0)))
		m.chargeState(p, t, held)
	}
}

func (m *Model) addStateRows(p int) {
	n, pl, s := m.net, &m.net.c.Plants[p], &m.state[p]
	wasOpen, wasMoth := 0.0, 0.0
	switch pl.InitialState {
	case headroom.Operating, "":
		wasOpen = 1
	case headroom.Mothballed:
		wasMoth = 1
	}
	for t := range n.T {
		r := m.row(at(famOpenBalance, p, 0, 0, t), 0, 0)
		m.addLit(r, m.open[p][t], 1)
		q := m.row(at(famMothBalance, p, 0, 0, t), 0, 0)
		m.add(q, s.moth[t], 1)
		if t == 0 {
			m.b.ShiftRow(r, wasOpen)
			m.b.ShiftRow(q, wasMoth)
		} else {
			m.addLit(r, m.open[p][t-1], -1)
			m.add(q, s.moth[t-1], -1)
		}
		m.add(r, s.up[t], -1)
		m.add(r, s.reopen[t], -1)
		m.add(r, s.mothball[t], 1)
		m.add(r, s.closeOpen[t], 1)
		m.add(q, s.mothball[t], -1)
		m.add(q, s.reopen[t], 1)
		m.add(q, s.closeMoth[t], 1)
		if t > 0 {
			m.addLeaving(p, t)
		}
		either := m.row(at(famOneState, p, 0, 0, t), -lp.Inf, 1)
		m.addLit(either, m.open[p][t], 1)
		m.add(either, s.moth[t], 1)
		m.addMinOpen(p, t)
		m.addMaxMothball(p, t)
	}
	once := m.row(at(famOnce, p, 0, 0, -1), -lp.Inf, 1)
	for t := range n.T {
		m.add(once, s.up[t], 1)
	}
}

// addLeaving adds that a plant makes one change in a period: it leaves a state that it was in, and opens from one that it was in.
// Without it a plant would be opened and sold at once where its sale value is above the cost of opening it.
func (m *Model) addLeaving(p, t int) {
	s := &m.state[p]
	r := m.row(at(famLeaveOpen, p, 0, 0, t), -lp.Inf, 0)
	m.add(r, s.mothball[t], 1)
	m.add(r, s.closeOpen[t], 1)
	m.addLit(r, m.open[p][t-1], -1)
	if s.moth[t-1] >= 0 {
		r = m.row(at(famLeaveMoth, p, 0, 0, t), -lp.Inf, 0)
		m.add(r, s.reopen[t], 1)
		m.add(r, s.closeMoth[t], 1)
		m.add(r, s.moth[t-1], -1)
	}
	if s.up[t] >= 0 {
		r = m.row(at(famEnter, p, 0, 0, t), -lp.Inf, 1)
		m.add(r, s.up[t], 1)
		m.addLit(r, m.open[p][t-1], 1)
		m.add(r, s.moth[t-1], 1)
	}
}

// addMinOpen keeps a plant open for min_open years after each opening.
func (m *Model) addMinOpen(p, t int) {
	n, s := m.net, &m.state[p]
	for from := 0; from <= t; from++ {
		if n.book.Start(t)-n.book.Start(from) >= n.c.Plants[p].MinOpen || (from == t && n.c.Plants[p].MinOpen == 0) {
			continue
		}
		r := m.row(at(famMinOpen, p, from, 0, t), 0, lp.Inf)
		m.addLit(r, m.open[p][t], 1)
		m.add(r, s.up[from], -1)
		m.add(r, s.reopen[from], -1)
		m.yield(r, 1, n.stateRefs(p, colMinOpen)...)
	}
}

// addMaxMothball forbids that a plant is mothballed in t and in so many periods before that it were longer than max_mothball.
func (m *Model) addMaxMothball(p, t int) {
	n, s := m.net, &m.state[p]
	length, from := 0.0, t
	for ; from >= 0; from-- {
		length += n.book.Years(from)
		if length > n.c.Plants[p].MaxMothball+1e-9 {
			break
		}
	}
	if from < 0 {
		return
	}
	r := m.row(at(famMaxMothball, p, 0, 0, t), -lp.Inf, float64(t-from))
	for u := from; u <= t; u++ {
		m.add(r, s.moth[u], 1)
		m.mothRows[p][u] = append(m.mothRows[p][u], r)
	}
	m.yield(r, -1, n.stateRefs(p, colMaxMothball)...)
}
