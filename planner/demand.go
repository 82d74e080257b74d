package planner

import (
	"headroom"
	"headroom/cost"
	"headroom/lp"
)

// addDemand adds the flows f_vprgt by regime, and families 11, 12, 15, 3 and the qualification of flows:
//
//	Σ_{p,g} f + u = D                    demand (≤ D and no u where the vehicle may be left out)
//	Σ_{k of v in p} x_kt = Σ_{r,g} f     conserve
//	Σ_g f_vprgt ≤ D Σ_{k of v in p} a    flowlink, the strong link per flow
//	Σ f in quota ≤ volume                quota
//	Σ_r f preferential ≤ Σ_{k that qualify} x_kt    qualify
//
// The dual of demand is the worth of one more buyer, that of conserve the cost of a vehicle at the gate, that of quota what one
// more vehicle of quota saves. Lost sales u are at most D less the share that must be served.
func (m *Model) addDemand() {
	n := m.net
	m.conserve = map[[2]int][]int32{}
	m.quotaRow, m.prefRow = map[[2]int]int32{}, map[prefKey]int32{}
	m.lost = make([][]int32, len(n.pairs))
	for v := range n.c.Vehicles {
		for _, p := range n.plantsOf[v] {
			m.addConserve(v, p)
		}
	}
	for i := range n.pairs {
		m.addPair(i)
	}
}

func (m *Model) addConserve(v, p int) {
	n := m.net
	rows := make([]int32, n.T)
	for t := range n.T {
		rows[t] = -1
		for _, k := range n.byVehicle[v] {
			if n.places[k].p != p || m.out[k][t] < 0 {
				continue
			}
			if rows[t] < 0 {
				rows[t] = int32(m.row(at(famConserve, v, p, 0, t), 0, 0))
			}
			m.add(int(rows[t]), m.out[k][t], 1)
		}
	}
	m.conserve[[2]int{v, p}] = rows
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
		for _, p := range n.plantsOf[v] {
			m.addFlows(r, v, p, market, t, cell)
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
		m.soften(r, 1, 1, "demand", at(famDemand, i, 0, 0, t), cell.Units)
		return
	}
	upper := m.vol(most)
	u := m.col(at(famLost, i, 0, 0, t), m.perVehicle(margin+cell.LostSale.Or(0), t), 0, upper)
	m.lost[i][t] = u
	m.add(r, u, 1)
	if cell.MinService > 0 {
		m.soften(r, 1, 1, "demand", at(famDemand, i, 0, 0, t), cell.Units*cell.MinService)
	}
}

// addFlows adds the flows of one vehicle from one plant to one market in one period.
func (m *Model) addFlows(demandRow, v, p, market, t int, cell *cost.Cell) {
	n := m.net
	gate := m.conserve[[2]int{v, p}][t]
	freight, ok := n.book.Lane(p, market, t)
	if gate < 0 || !ok {
		return
	}
	link, always := -1, m.builtAnyway(v, p, t)
	brings := 0.0
	if n.c.Vehicles[v].Use == headroom.Consider {
		brings = m.margin(v, cell)
	}
	for _, e := range m.entries(v, p, market, t, cell) {
		f := flow{v: v, p: p, m: market, t: t, regime: e.Regime, agreement: e.Agreement}
		unit := freight + e.Duty(cell.Customs) - brings
		f.col = m.col(at(famFlow, len(m.flows), 0, 0, t), m.perVehicle(unit, t), 0, m.vol(cell.Units))
		m.flows = append(m.flows, f)
		m.add(demandRow, f.col, 1)
		m.add(int(gate), f.col, -1)
		if !always {
			if link < 0 {
				link = m.addFlowLink(v, p, market, t, cell)
			}
			m.add(link, f.col, 1)
		}
		switch e.Regime {
		case headroom.RegimeQuotaIn:
			m.addToQuota(f.col, e.Quota, t)
		case headroom.RegimePreferential:
			m.addToPreference(f.col, v, p, t, e.Agreement)
		}
	}
}

// builtAnyway reports whether some place of a vehicle in a plant is in use whatever the plan decides.
func (m *Model) builtAnyway(v, p, t int) bool {
	for _, k := range m.net.byVehicle[v] {
		if m.net.places[k].p == p && m.out[k][t] >= 0 && m.alloc[k][t] == one {
			return true
		}
	}
	return false
}

func (m *Model) addFlowLink(v, p, market, t int, cell *cost.Cell) int {
	r := m.row(at(famFlowLink, v, p, market, t), -lp.Inf, 0)
	for _, k := range m.net.byVehicle[v] {
		if m.net.places[k].p == p && m.out[k][t] >= 0 {
			m.addLit(r, m.alloc[k][t], -m.vol(cell.Units))
		}
	}
	return r
}

// entries are the regimes worth having: a preference only where some place qualifies, and no dearer way than one that is open
// to every vehicle.
func (m *Model) entries(v, p, market, t int, cell *cost.Cell) []cost.Entry {
	all := m.net.book.Entries(v, p, market, t)
	if len(all) == 1 {
		return all
	}
	var out []cost.Entry
	cheapest := lp.Inf // of the ways that every vehicle of the plant can go without limit
	for _, e := range all {
		some, every := m.qualifying(v, p, t, e.Agreement)
		if e.Regime == headroom.RegimePreferential && !some {
			continue
		}
		if e.Regime != headroom.RegimeQuotaIn && (e.Regime != headroom.RegimePreferential || every) {
			cheapest = min(cheapest, e.Duty(cell.Customs))
		}
		out = append(out, e)
	}
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
func (m *Model) qualifying(v, p, t int, agreement string) (some, every bool) {
	every = true
	for _, k := range m.net.byVehicle[v] {
		pl := &m.net.places[k]
		if pl.p != p || m.out[k][t] < 0 {
			continue
		}
		if m.net.qualifies(pl, agreement, t) {
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

func (m *Model) addToPreference(col int32, v, p, t int, agreement string) {
	if _, every := m.qualifying(v, p, t, agreement); every {
		return
	}
	k := prefKey{v, p, t, agreement}
	r, ok := m.prefRow[k]
	if !ok {
		r = int32(m.row(at(famQualify, v, p, len(m.prefRow), t), -lp.Inf, 0))
		m.prefRow[k] = r
		for _, id := range m.net.byVehicle[v] {
			if pl := &m.net.places[id]; pl.p == p && m.out[id][t] >= 0 && m.net.qualifies(pl, agreement, t) {
				m.add(int(r), m.out[id][t], -1)
			}
		}
	}
	m.add(int(r), col, 1)
}
