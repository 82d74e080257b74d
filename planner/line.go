package planner

import (
	"headroom"
	"headroom/lp"
)

// addLineTime adds family 1, line time, and the permit of a site:
//
//	Σ_k x_kt / rate_factor_k ≤ Σ_σ cap_lσt h_lσt + Σ_σ o_lσt     linetime
//	Σ_{k in p} x_kt ≤ site_cap                                    sitecap
//
// The dual of linetime is the worth of a vehicle more of capacity.
func (m *Model) addLineTime() {
	n := m.net
	for l := range n.c.Lines {
		for t := range n.T {
			if !m.anyOut(n.byLine[l], t) {
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

func (m *Model) anyOut(places []int, t int) bool {
	for _, k := range places {
		if m.out[k][t] >= 0 {
			return true
		}
	}
	return false
}

// addVehiclesOnLine adds family 7, flexibility, and the launches of family 6:
//
//	Σ_{k on l} a_kt ≤ max_vehicles_l      maxvehicles
//	Σ_{k of v} a_kt ≤ max_lines_v         maxlines
//	Σ_{k on l} b_kt ≤ max_launches_l      maxlaunches
//
// The duals are the worth of room for one more programme, one more line, one more launch.
func (m *Model) addVehiclesOnLine() {
	n := m.net
	for l := range n.c.Lines {
		line := &n.c.Lines[l]
		for t := range n.T {
			if line.MaxVehicles.Set {
				m.limitAllocs(at(famMaxVehicles, l, 0, 0, t), n.byLine[l], t, line.MaxVehicles.Value, ref(tabLine, line.ID, colMaxVehicles))
			}
			if line.MaxLaunches.Set {
				m.limitLaunches(l, t, line.MaxLaunches.Value*n.book.Years(t))
			}
		}
	}
	for v := range n.c.Vehicles {
		if most := n.c.Vehicles[v].MaxLines; most.Set {
			for t := range n.T {
				m.limitAllocs(at(famMaxLines, v, 0, 0, t), n.byVehicle[v], t, most.Value, ref(tabVehicle, n.c.Vehicles[v].ID, colMaxLines))
			}
		}
	}
}

func (m *Model) limitAllocs(k key, places []int, t int, most float64, rule headroom.Ref) {
	r := m.row(k, -lp.Inf, most)
	for _, p := range places {
		m.addLit(r, m.alloc[p][t], 1)
	}
	m.yield(r, -1, rule)
}

func (m *Model) limitLaunches(l, t int, most float64) {
	r := m.row(at(famMaxLaunches, l, 0, 0, t), -lp.Inf, most)
	for _, k := range m.net.byLine[l] {
		if m.net.places[k].launched() == t {
			m.addLit(r, one, 1)
		}
		m.add(r, m.launch[k][t], 1)
	}
	m.yield(r, -1, ref(tabLine, m.net.c.Lines[l].ID, colMaxLaunches))
}

// addMinimum adds family 10, minimum load, and the committed minimum run:
//
//	x_kt ≥ min_run Σ_r D_vrt g_kt ramp                     committed
//	x_kt ≥ min_volume (a_kt − Σ_n (1 − ramp_n) b_k,t−n)    minvolume
//	Σ_k x_kt ≥ min_rate Σ_σ h_lσt                          minrate
//
// g is the share of the period in which the programme is committed. The dual is what the last vehicle of the minimum costs.
func (m *Model) addMinimum() {
	n := m.net
	for k := range n.places {
		pl := &n.places[k]
		for t := range n.T {
			if pl.duty[t] > 0 && pl.row.MinRun > 0 {
				m.addCommitted(k, t)
			}
			if pl.row.MinVolume > 0 && (m.out[k][t] >= 0 || m.alloc[k][t] == one) {
				m.addMinVolume(k, t)
			}
		}
	}
	for l := range n.c.Lines {
		if least := n.c.Lines[l].MinRate; least > 0 {
			for t := range n.T {
				m.addMinRate(l, t, least)
			}
		}
	}
}

func (m *Model) addCommitted(k, t int) {
	n, pl := m.net, &m.net.places[k]
	least := pl.row.MinRun / 100 * n.total[pl.v][t] * pl.duty[t] * n.rampRate(k, t)
	if least == 0 {
		return
	}
	r := m.row(at(famCommitted, k, 0, 0, t), m.vol(least), lp.Inf)
	m.add(r, m.out[k][t], 1)
	m.yield(r, 1, ref(tabPlace, pl.row.Key(), colMinRun), ref(tabPlace, pl.row.Key(), colCommitted))
}

func (m *Model) addMinVolume(k, t int) {
	n, pl := m.net, &m.net.places[k]
	least := m.vol(pl.row.MinVolume * n.book.Years(t) * pl.due[t])
	r := m.row(at(famMinVolume, k, 0, 0, t), 0, lp.Inf)
	m.add(r, m.out[k][t], 1)
	m.addLit(r, m.alloc[k][t], -least)
	for _, x := range m.ramped(k, t) {
		m.addLit(r, x.launch, least*(1-x.rate))
	}
	m.yield(r, 1, ref(tabPlace, pl.row.Key(), colMinVolume))
}

func (m *Model) addMinRate(l, t int, least float64) {
	n := m.net
	r := m.row(at(famMinRate, l, 0, 0, t), 0, lp.Inf)
	for _, k := range n.byLine[l] {
		m.add(r, m.out[k][t], 1) // of a line that builds nothing, 0 ≥ min_rate h says that it stands
	}
	amount := m.vol(least * n.book.Years(t) * n.book.LineShare(l, t))
	for i := range n.patterns[l] {
		m.addLit(r, m.work[l][i][t], -amount)
	}
	m.yield(r, 1, ref(tabLine, n.c.Lines[l].ID, colMinRate))
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
