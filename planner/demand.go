package planner

import (
	"slices"

	"headroom"
	"headroom/cost"
	"headroom/lp"
)

// addDemand adds the flows f_vprgt by regime, and families 11, 12, 15, 3 and the qualification of flows:
//
//	Σ_{p,g} f + u = D                    demand (≤ D and no u where the vehicle may be left out)
//	Σ_{k of v in p} x_kt = Σ_{r,g} f     conserve
//	Σ_g f_vprgt ≤ M Σ_{k of v in p} a    flowlink, the strong link per flow
//	Σ f in quota ≤ volume                quota
//	Σ_r f preferential ≤ Σ_{k that qualify} x_kt    qualify
//
// The dual of demand is the worth of one more buyer, that of conserve the cost of a vehicle at the gate, that of quota what one
// more vehicle of quota saves. Lost sales u are at most D less the share that must be served.
func (m *Model) addDemand() {
	n := m.net
	m.quotaRow, m.prefRow = map[[2]int]int32{}, map[prefKey]int32{}
	m.lost = make([][]int32, len(n.pairs))
	m.sources = make([][]source, len(n.c.Vehicles))
	for v := range n.c.Vehicles {
		for _, p := range n.plantsOf[v] {
			m.sources[v] = append(m.sources[v], m.addSource(v, p))
		}
	}
	for i := range n.pairs {
		m.firstFlow = append(m.firstFlow, len(m.flows))
		m.addPair(i)
	}
}

// addSource adds the rows of conservation of a vehicle in a plant.
func (m *Model) addSource(v, p int) source {
	n := m.net
	s := source{p: p, gate: make([]int32, n.T), anyway: make([]bool, n.T)}
	for _, k := range n.byVehicle[v] {
		if n.places[k].p == p {
			s.places = append(s.places, k)
		}
	}
	for t := range n.T {
		s.gate[t] = -1
		for _, k := range s.places {
			if m.out[k][t] < 0 {
				continue
			}
			if s.gate[t] < 0 {
				s.gate[t] = int32(m.row(at(famConserve, v, p, 0, t), 0, 0))
			}
			m.add(int(s.gate[t]), m.out[k][t], 1)
			s.anyway[t] = s.anyway[t] || m.alloc[k][t] == one
		}
		m.addDump(v, p, t, s.gate[t])
	}
	return s
}

// addPair adds everything about one vehicle in one market.
func (m *Model) addPair(i int) {
	n := m.net
	v, market := n.pairs[i][0], n.pairs[i][1]
	optional := n.c.Vehicles[v].Use == headroom.Consider
	m.lost[i] = make([]int32, n.T)
	for t := range n.T {
		m.lost[i][t] = -1
		cell := &n.demand[i][t]
		if cell.Units <= 0 {
			continue
		}
		d := m.vol(cell.Units)
		lower := d
		if optional {
			lower = -lp.Inf
		}
		r := m.row(at(famDemand, i, 0, 0, t), lower, d)
		if !optional {
			m.addLost(r, i, t)
		}
		for q := range m.sources[v] {
			m.addFlows(r, v, &m.sources[v][q], market, t, cell)
		}
	}
}

// margin is what a sold vehicle brings before anything that depends on where it is built.
func (m *Model) margin(v int, cell *cost.Cell) float64 {
	if !m.npv {
		return 0
	}
	if m.net.ownMaterial(v) {
		return cell.Price
	}
	return cell.Price * cell.Share
}

// ownMaterial reports whether the places of a vehicle say what its material costs.
func (n *net) ownMaterial(v int) bool {
	for _, k := range n.byVehicle[v] {
		if n.places[k].row.UnitMaterial.Set {
			return true
		}
	}
	return false
}

func (m *Model) addLost(r, i, t int) {
	n := m.net
	v := n.pairs[i][0]
	cell := &n.demand[i][t]
	margin := m.margin(v, cell)
	if m.npv {
		m.constant(-margin*cell.Units, t)
	}
	most := cell.Units * (1 - cell.MinService)
	if !m.npv && !cell.LostSale.Set {
		most = 0
	}
	if most <= 0 {
		m.yieldService(r, i, t)
		return
	}
	upper := m.vol(most)
	u := m.col(at(famLost, i, 0, 0, t), m.perVehicle(margin+cell.LostSale.Or(0), t), 0, upper)
	m.lost[i][t] = u
	m.add(r, u, 1)
	if cell.MinService > 0 {
		m.yieldService(r, i, t)
	}
}

// addFlows adds the flows of one vehicle from one plant to one market in one period.
func (m *Model) addFlows(demandRow, v int, s *source, market, t int, cell *cost.Cell) {
	n := m.net
	freight, ok := n.book.Lane(s.p, market, t)
	if s.gate[t] < 0 || (!ok && !n.gives(tabLane, n.c.Markets[market].ID, colUse)) {
		return
	}
	link := -1
	brings, most := 0.0, m.vol(cell.Units)
	if n.c.Vehicles[v].Use == headroom.Consider {
		brings = m.margin(v, cell)
	}
	for _, e := range m.entries(v, s, market, t, cell) {
		unit := freight + e.Duty(cell.Customs) - brings
		col := m.col(at(famFlow, len(m.flows), 0, 0, t), m.perVehicle(unit, t), 0, most)
		m.flows = append(m.flows, flow{v: int32(v), p: int32(s.p), m: int32(market), t: int32(t), way: m.way(e), col: col})
		if !ok {
			m.charge(col, 1, ref(tabLane, n.c.Markets[market].ID, colUse))
		}
		m.add(int(s.gate[t]), col, -1) // rows in ascending order, which is the quickest for the builder
		m.add(demandRow, col, 1)
		if !s.anyway[t] {
			if link < 0 {
				link = m.addFlowLink(v, s, market, t, most)
			}
			m.add(link, col, 1)
		}
		switch e.Regime {
		case headroom.RegimeQuotaIn:
			m.addToQuota(col, e.Quota, t)
		case headroom.RegimePreferential:
			m.addToPreference(col, v, s, t, e.Agreement)
		}
	}
}

// way is the position of a regime and agreement in ways, of which there are few.
func (m *Model) way(e cost.Entry) int32 {
	w := way{e.Regime, e.Agreement}
	i := slices.Index(m.ways, w)
	if i < 0 {
		i = len(m.ways)
		m.ways = append(m.ways, w)
	}
	return int32(i)
}

// leastLink is the smallest coefficient of a link: what the solver would take for nothing must not switch a flow off.
const leastLink = 1e-6

// addFlowLink adds the strong link of a flow. Its M is what the market wants, or twice what the places can build where a market wants
// more than that: at once the row would say the same as link, and take half of its dual, which is told.
func (m *Model) addFlowLink(v int, s *source, market, t int, most float64) int {
	r := m.row(at(famFlowLink, v, s.p, market, t), -lp.Inf, 0)
	can := 0.0
	for _, k := range s.places {
		if m.out[k][t] >= 0 {
			can += m.vol(m.net.places[k].most[t])
		}
	}
	most = max(min(most, 2*can), leastLink)
	for _, k := range s.places {
		if m.out[k][t] >= 0 {
			m.addLit(r, m.alloc[k][t], -most)
		}
	}
	return r
}

// entries are the regimes worth having: a preference only where some place qualifies, and no dearer way than one that is open
// to every vehicle. The slice is good until the next call.
func (m *Model) entries(v int, s *source, market, t int, cell *cost.Cell) []cost.Entry {
	all := m.net.book.Entries(v, s.p, market, t)
	if len(all) == 1 {
		return all
	}
	out := m.scratch[:0]
	cheapest := lp.Inf // of the ways that every vehicle of the plant can go without limit
	for _, e := range all {
		open := e.Regime != headroom.RegimeQuotaIn
		if e.Regime == headroom.RegimePreferential {
			some, every := m.qualifying(s, t, e.Agreement)
			if !some {
				continue
			}
			open = every
		}
		if open {
			cheapest = min(cheapest, e.Duty(cell.Customs))
		}
		out = append(out, e)
	}
	m.scratch = out
	kept, found := out[:0], false
	for _, e := range out {
		d := e.Duty(cell.Customs)
		if d > cheapest || (d == cheapest && found) {
			continue
		}
		found = found || d == cheapest
		kept = append(kept, e)
	}
	return kept
}

// qualifying reports whether some and whether every place of a vehicle in a plant qualifies for an agreement.
func (m *Model) qualifying(s *source, t int, agreement string) (some, every bool) {
	every = true
	for _, k := range s.places {
		if m.out[k][t] < 0 {
			continue
		}
		if m.net.qualifies(&m.net.places[k], agreement, t) {
			some = true
		} else {
			every = false
		}
	}
	return some, some && every
}

func (m *Model) addToQuota(col int32, q, t int) {
	r, ok := m.quotaRow[[2]int{q, t}]
	if !ok {
		r = int32(m.row(at(famQuota, q, 0, 0, t), -lp.Inf, m.vol(m.net.book.QuotaVolume(q, t))))
		m.quotaRow[[2]int{q, t}] = r
	}
	m.add(int(r), col, 1)
}

func (m *Model) addToPreference(col int32, v int, s *source, t int, agreement string) {
	if _, every := m.qualifying(s, t, agreement); every {
		return
	}
	k := prefKey{v, s.p, t, agreement}
	r, ok := m.prefRow[k]
	if !ok {
		r = int32(m.row(at(famQualify, v, s.p, len(m.prefRow), t), -lp.Inf, 0))
		m.prefRow[k] = r
		for _, id := range s.places {
			if m.out[id][t] >= 0 && m.net.qualifies(&m.net.places[id], agreement, t) {
				m.add(int(r), m.out[id][t], -1)
			}
		}
	}
	m.add(int(r), col, 1)
}
