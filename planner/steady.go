package planner

import (
	"slices"

	"headroom"
	"headroom/cost"
	"headroom/lp"
)

// addSteadyYear adds the terminal value by annuity (docs/explanation/formulation.md, section 5): a steady year after the
// horizon in which
//
//	y_k ≤ mean_{t of the last three} x_kt / years_t             toutrow
//	z_f ≤ mean_t f / years_t                                    tflowrow
//	Σ_k y_k / rate_factor ≤ Σ_σ cap h_lσ,t0 + v_l               ttime,  v_l ≤ Σ_σ overtime_share cap h_lσ,t0   toverlimit
//	Σ_k y_k = Σ_{r,g} z                                         tconserve
//	Σ_r z preferential ≤ Σ_{k that qualify} y_k                 tqualify
//
// with the patterns h and states of t0, the first of the last three periods, so that what is new in the last two does not
// count. Its cash, at the prices of the last period, counts for the remaining life of each programme.
func (m *Model) addSteadyYear() {
	n := m.net
	m.annuities = map[float64]float64{}
	m.tout = make([]int32, len(n.places))
	m.tover = make([][]int32, len(n.c.Lines))
	m.addSteadyOutput()
	m.addSteadyLines()
	m.addSteadyFlows()
	m.addSteadyPlants()
	m.addSteadyTargets()
}

// steadyMoney turns a yearly amount into objective units: present value over a life.
func (m *Model) steadyMoney(amount, life float64) float64 {
	if m.free {
		return 0
	}
	return amount * m.annuity(life) / m.MoneyUnit
}

// annuity is the present value of one a year for a life; there are few lives and many flows.
func (m *Model) annuity(life float64) float64 {
	v, ok := m.annuities[life]
	if !ok {
		v = m.net.book.Annuity(life)
		m.annuities[life] = v
	}
	return v
}

func (m *Model) addSteadyOutput() {
	n, last := m.net, m.net.T-1
	for k := range n.places {
		m.tout[k] = -1
		pl := &n.places[k]
		life := n.book.Life(pl.v)
		if life <= 0 || !m.anyOutOf(k) {
			continue
		}
		y := m.col(at(famTOut, k, 0, 0, -1), m.steadyMoney(m.unitCost(k, last), life)*m.VolumeUnit, 0, lp.Inf)
		m.tout[k] = y
		r := m.row(at(famTOutRow, k, 0, 0, -1), -lp.Inf, 0)
		m.add(r, y, 1)
		for _, t := range n.last {
			m.add(r, m.out[k][t], -n.meanWeight(t))
		}
	}
}

func (m *Model) anyOutOf(k int) bool {
	for _, t := range m.net.last {
		if m.out[k][t] >= 0 {
			return true
		}
	}
	return false
}

// addSteadyLines adds the time of lines, and pays the crews of every line that works in t0: a crew stays as long as its plant has
// a programme, even where its own line has none.
func (m *Model) addSteadyLines() {
	n, last, t0 := m.net, m.net.T-1, m.net.last[0]
	for p := range n.lines {
		life := n.plantLife(p)
		_, crew := n.book.Labour(p, last)
		for _, l := range n.lines[p] {
			share := n.book.LineShare(l, last)
			for i, j := range n.patterns[l] {
				m.paySteady(m.work[l][i][t0], crew*n.book.Capacity(l, j)*share, life)
			}
			if m.anySteady(n.byLine[l]) {
				m.addSteadyTime(l, crew, share, life)
			}
		}
	}
}

func (m *Model) addSteadyTime(l int, crew, share, life float64) {
	n, t0 := m.net, m.net.last[0]
	time := m.row(at(famTTime, l, 0, 0, -1), -lp.Inf, 0)
	for _, k := range n.byLine[l] {
		m.add(time, m.tout[k], 1/n.places[k].row.RateFactor)
	}
	m.tover[l] = make([]int32, len(n.patterns[l]))
	for i, j := range n.patterns[l] {
		capYear := n.book.Capacity(l, j) * share
		h := m.work[l][i][t0]
		m.addLit(time, h, -m.vol(capYear))
		m.tover[l][i] = m.addSteadyOvertime(l, j, time, h, crew, capYear, life)
	}
}

func (m *Model) anySteady(places []int) bool {
	for _, k := range places {
		if m.tout[k] >= 0 {
			return true
		}
	}
	return false
}

// addSteadyOvertime lets the steady year use the overtime of a pattern; it returns the column, -1 for none.
func (m *Model) addSteadyOvertime(l, j, time int, h lit, crew, capYear, life float64) int32 {
	if j < 0 || h == zero || m.net.c.ShiftPatterns[j].OvertimeShare == 0 {
		return -1
	}
	unit := crew * (1 + m.net.c.ShiftPatterns[j].OvertimePremium/100)
	v := m.col(at(famTOver, l, j, 0, -1), m.steadyMoney(unit, life)*m.VolumeUnit, 0, lp.Inf)
	m.add(time, v, -1)
	r := m.row(at(famTOverLimit, l, j, 0, -1), -lp.Inf, 0)
	m.add(r, v, 1)
	m.addLit(r, h, -m.vol(capYear)*m.net.overtimeShare(j))
	return v
}

// paySteady books a yearly cost of the steady year that is due when a literal is one.
func (m *Model) paySteady(x lit, yearly, life float64) {
	if !x.isConst() {
		m.b.AddCost(int(x.col), m.steadyMoney(yearly, life))
		return
	}
	pv := yearly * x.k * m.annuity(life)
	if m.npv {
		pv = -pv
	}
	m.Constant += pv
}

// steadyFlow is a flow of the steady year: the flows of the last periods that it is the mean of have its market and way.
type steadyFlow struct {
	v, m   int
	way    int32
	source *source
	flows  []*flow
}

func (m *Model) addSteadyFlows() {
	n := m.net
	var group []steadyFlow // of one pair
	for i := range n.pairs {
		group = group[:0]
		v, end := n.pairs[i][0], len(m.flows)
		if n.book.Life(v) <= 0 {
			continue
		}
		if i+1 < len(n.pairs) {
			end = m.firstFlow[i+1]
		}
		group = m.groupFlows(group, v, m.flows[m.firstFlow[i]:end])
		for k := range group {
			m.addSteadyFlow(&n.demand[i][n.T-1], &group[k])
		}
	}
	// What is built goes somewhere: a place without a flow has no output in the steady year.
	for v := range m.sources {
		for q := range m.sources[v] {
			m.steadyGate(v, &m.sources[v][q])
		}
	}
}

// groupFlows puts the flows of a vehicle into a market in the last periods together by plant and way, in the order in which the
// first of each comes. Each period has them in nearly the same order, so that the search mostly ends where it begins.
func (m *Model) groupFlows(group []steadyFlow, v int, flows []flow) []steadyFlow {
	first, next := int32(m.net.last[0]), 0
	for i := range flows {
		f := &flows[i]
		if f.t < first {
			continue
		}
		at := -1
		for k := range group {
			g := &group[(next+k)%len(group)]
			if g.way == f.way && g.source.p == int(f.p) {
				at = (next + k) % len(group)
				break
			}
		}
		if at < 0 {
			at = len(group)
			group = append(group, steadyFlow{v: v, m: int(f.m), way: f.way, source: m.sourceOf(v, int(f.p))})
		}
		group[at].flows = append(group[at].flows, f)
		next = at + 1
	}
	return group
}

// sourceOf is a plant that can build a vehicle.
func (m *Model) sourceOf(v, p int) *source {
	q, _ := slices.BinarySearch(m.net.plantsOf[v], p)
	return &m.sources[v][q]
}

func (m *Model) addSteadyFlow(cell *cost.Cell, s *steadyFlow) {
	n, last := m.net, m.net.T-1
	w, p := m.ways[s.way], s.source.p
	freight, ok := n.book.Lane(p, s.m, last)
	duty, known := 0.0, false
	for _, e := range n.book.Entries(s.v, p, s.m, last) {
		if e.Regime == w.regime && e.Agreement == w.agreement {
			duty, known = e.Duty(cell.Customs), true
		}
	}
	if !ok || !known {
		return
	}
	unit := freight + duty - m.margin(s.v, cell)
	z := m.col(at(famTFlow, len(m.tflows), 0, 0, -1), m.steadyMoney(unit, n.book.Life(s.v))*m.VolumeUnit, 0, lp.Inf)
	m.tflows = append(m.tflows, flow{v: int32(s.v), p: int32(p), m: int32(s.m), t: -1, way: s.way, col: z})
	r := m.row(at(famTFlowRow, len(m.tflows)-1, 0, 0, -1), -lp.Inf, 0)
	m.add(r, z, 1)
	for _, f := range s.flows {
		m.add(r, f.col, -n.meanWeight(int(f.t)))
	}
	m.add(m.steadyGate(s.v, s.source), z, -1)
	if w.regime == headroom.RegimePreferential {
		m.addSteadyPreference(z, s.v, s.source, w.agreement)
	}
}

// steadyGate is the row of conservation of a vehicle in a plant in the steady year.
func (m *Model) steadyGate(v int, s *source) int {
	if s.steady < 0 {
		s.steady = int32(m.row(at(famTConserve, v, s.p, 0, -1), 0, 0))
		for _, k := range s.places {
			m.add(int(s.steady), m.tout[k], 1)
		}
	}
	return int(s.steady)
}

func (m *Model) addSteadyPreference(z int32, v int, s *source, agreement string) {
	n, last := m.net, m.net.T-1
	every := true
	for _, id := range s.places {
		every = every && (m.tout[id] < 0 || n.qualifies(&n.places[id], agreement, last))
	}
	if every {
		return
	}
	pk := prefKey{v, s.p, -1, agreement}
	r, ok := m.prefRow[pk]
	if !ok {
		r = int32(m.row(at(famTQualify, v, s.p, len(m.prefRow), -1), -lp.Inf, 0))
		m.prefRow[pk] = r
		for _, id := range s.places {
			if n.qualifies(&n.places[id], agreement, last) {
				m.add(int(r), m.tout[id], -1)
			}
		}
	}
	m.add(int(r), z, 1)
}

// addSteadyPlants books the fixed money of the steady year with the states of t0.
func (m *Model) addSteadyPlants() {
	n, last, t0 := m.net, m.net.T-1, m.net.last[0]
	for p := range n.c.Plants {
		life := n.plantLife(p)
		if life <= 0 {
			continue
		}
		_, base := n.book.Energy(p, last)
		m.paySteady(m.open[p][t0], n.book.FixedOpen(p, last)+base, life)
		switch {
		case n.considered[p] && m.state[p].moth[t0] >= 0:
			m.paySteady(lit{col: m.state[p].moth[t0]}, n.book.FixedMothballed(p, last), life)
		case !n.considered[p] && n.c.Plants[p].InitialState == headroom.Mothballed:
			m.paySteady(one, n.book.FixedMothballed(p, last), life)
		}
	}
}

// addSteadyTargets lets a min target with a price hold in the steady year too.
func (m *Model) addSteadyTargets() {
	n, last := m.net, m.net.T-1
	for i := range n.c.Targets {
		tg := &n.c.Targets[i]
		if tg.Hard || !tg.Penalty.Set || tg.Sense == "max" || !n.targetPeriod(i, last) || m.free {
			continue
		}
		s := m.col(at(famTShort, i, 0, 0, -1), m.steadyMoney(tg.Penalty.Value, n.c.TerminalLife)*m.VolumeUnit, 0, lp.Inf)
		r := m.row(at(famTTarget, i, 0, 0, -1), m.vol(tg.Value), lp.Inf)
		m.add(r, s, 1)
		for k := range n.places {
			if n.inRegions(n.places[k].p, tg.Regions) {
				m.add(r, m.tout[k], 1)
			}
		}
	}
}
