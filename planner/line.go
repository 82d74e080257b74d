package planner

import "headroom/lp"

// addLineTime adds family 1, line time, and the permit of a site:
//
//	Σ_k x_kts / rate_factor_k ≤ Σ_σ cap_lσts h_lσt + Σ_σ o_lσts     linetime, for each part s of the period
//	Σ_s o_lσts = o_lσt,  o_lσts ≤ overtime_share_σ cap_lσts h_lσt    oversum, overday, where there are several parts
//	Σ_{k of v} x_kts ≤ D_vts                                         daydemand, where there are several parts
//	Σ_{k in p} x_kt ≤ site_cap                                       sitecap
//
// The dual of linetime is the worth of a vehicle more of capacity.
func (m *Model) addLineTime() {
	n := m.net
	for l := range n.c.Lines {
		for t := range n.T {
			if !m.anyOut(n.byLine[l], t) {
				continue
			}
			if parts := n.partsOf(l, t); len(parts) > 1 {
				m.addDayTime(l, t, parts)
				continue
			}
			r := m.row(at(famLineTime, l, 0, 0, t), -lp.Inf, 0)
			for _, k := range n.byLine[l] {
				m.add(r, m.out[k][t], 1/n.places[k].row.RateFactor)
			}
			for i, j := range n.patterns[l] {
				m.addLit(r, m.work[l][i][t], -m.vol(n.capacity(l, j, t)))
				m.add(r, m.over[l][i][t], -1)
			}
			m.yield(r, -1, n.capacityRefs(l)...)
		}
	}
	for v := range n.byVehicle {
		for t := range n.T {
			m.addDayDemand(v, t)
		}
	}
	for p := range n.c.Plants {
		if !n.c.Plants[p].SiteCap.Set {
			continue
		}
		for t := range n.T {
			if !m.anyOut(n.byPlant[p], t) {
				continue
			}
			r := m.row(at(famSiteCap, p, 0, 0, t), -lp.Inf, m.vol(n.c.Plants[p].SiteCap.Value*n.book.Years(t)))
			for _, k := range n.byPlant[p] {
				m.add(r, m.out[k][t], 1)
			}
			m.yield(r, -1, ref(tabPlant, n.c.Plants[p].ID, colSite))
		}
	}
}

// addDayTime adds the time of a line for each part of a period.
func (m *Model) addDayTime(l, t int, parts []part) {
	n := m.net
	sums := make([]int, len(n.patterns[l]))
	for i, j := range n.patterns[l] {
		sums[i] = -1
		if m.over[l][i][t] >= 0 {
			sums[i] = m.row(at(famOverSum, l, j, 0, t), 0, 0)
			m.add(sums[i], m.over[l][i][t], -1)
		}
	}
	for s, p := range parts {
		r := m.row(at(famLineTime, l, s+1, 0, t), -lp.Inf, 0)
		for _, k := range n.byLine[l] {
			if len(m.parts[k][t]) > 0 {
				m.add(r, m.parts[k][t][s], 1/n.places[k].row.RateFactor)
			}
		}
		from, to := n.dates(n.lineWindow(l))
		there := span{from, to}.covers(p.span)
		for i, j := range n.patterns[l] {
			if !there || m.work[l][i][t] == zero {
				continue
			}
			most := m.vol(n.book.Capacity(l, j) * n.book.Years(t) * p.share)
			m.addLit(r, m.work[l][i][t], -most)
			if sums[i] < 0 {
				continue
			}
			o := m.col(at(famOverPart, l, j, s+1, t), 0, 0, lp.Inf)
			m.add(r, o, -1)
			m.add(sums[i], o, 1)
			q := m.row(at(famOverDay, l, j, s+1, t), -lp.Inf, 0)
			m.add(q, o, 1)
			m.addLit(q, m.work[l][i][t], -most*n.overtimeShare(j))
		}
		m.yield(r, -1, n.capacityRefs(l)...)
	}
}

// addDayDemand adds that the places of a vehicle build no more in a part of a period than is wanted in it.
func (m *Model) addDayDemand(v, t int) {
	n := m.net
	places := n.byVehicle[v]
	if len(places) < 2 {
		return // full rate says it
	}
	parts := n.partsOf(n.places[places[0]].l, t)
	for s := range parts {
		if len(parts) == 1 || !m.anyOut(places, t) {
			return
		}
		r := m.row(at(famDayDemand, v, s+1, 0, t), -lp.Inf, m.vol(n.wantedIn(v, t, parts[s].span)))
		for _, k := range places {
			if len(m.parts[k][t]) > 0 {
				m.add(r, m.parts[k][t][s], 1)
			}
		}
	}
}

func (m *Model) anyOut(places []int, t int) bool {
	for _, k := range places {
		if m.out[k][t] >= 0 {
			return true
		}
	}
	return false
}

// addSymmetry adds family 31: of two lines of one plant that are alike in all but their names, the first does at least as
// much work as the second over the whole horizon. Any plan can be renamed so that it holds, and no dual is reported.
func (m *Model) addSymmetry() {
	n := m.net
	for p := range n.lines {
		for i := 1; i < len(n.lines[p]); i++ {
			a, b := n.lines[p][i-1], n.lines[p][i]
			if !n.alike(a, b) {
				continue
			}
			r := m.row(at(famSymmetry, a, b, 0, -1), 0, lp.Inf)
			m.sumOut(r, a, 1)
			m.sumOut(r, b, -1)
		}
	}
}

func (m *Model) sumOut(r int, l int, sign float64) {
	for _, k := range m.net.byLine[l] {
		for t := range m.net.T {
			m.add(r, m.out[k][t], sign)
		}
	}
}

// alike reports whether two lines differ in nothing but their names.
func (n *net) alike(a, b int) bool {
	x, y := n.c.Lines[a], n.c.Lines[b]
	x.ID, y.ID, x.Note, y.Note = "", "", "", ""
	if x != y || len(n.byLine[a]) != len(n.byLine[b]) || len(n.patterns[a]) != len(n.patterns[b]) {
		return false
	}
	for i := range n.patterns[a] {
		if n.patterns[a][i] != n.patterns[b][i] {
			return false
		}
	}
	for i := range n.byLine[a] {
		if !samePlace(&n.places[n.byLine[a][i]], &n.places[n.byLine[b][i]]) {
			return false
		}
	}
	return true
}

func samePlace(x, y *place) bool {
	r, q := *x.row, *y.row
	if len(r.Ramp) != len(q.Ramp) || len(r.Qualifies) != len(q.Qualifies) {
		return false
	}
	for i := range r.Ramp {
		if r.Ramp[i] != q.Ramp[i] {
			return false
		}
	}
	for i := range r.Qualifies {
		if r.Qualifies[i] != q.Qualifies[i] {
			return false
		}
	}
	return r.Vehicle == q.Vehicle && r.Content == q.Content && r.Arrangement == q.Arrangement &&
		r.CommittedFrom == q.CommittedFrom && r.CommittedUntil == q.CommittedUntil && r.MinRun == q.MinRun &&
		r.RetoolM == q.RetoolM && r.Lead == q.Lead && r.RateFactor == q.RateFactor && r.UnitMaterial == q.UnitMaterial &&
		r.ContentCost == q.ContentCost && r.MinVolume == q.MinVolume && r.QualifiesFrom == q.QualifiesFrom &&
		r.QualifiesTo == q.QualifiesTo && r.Currency == q.Currency && r.Arrangement == ""
}
