package planner

import (
	"slices"

	"headroom"
	"headroom/lp"
)

// addVehiclesOnLine adds family 7, flexibility, and the launches of family 6, each over the periods that begin in one calendar year:
//
//	Σ_v u_lv ≤ max_vehicles_l, u_lv ≥ a_kt less launches whose lead leaves no day of t     maxvehicles, uses
//	Σ_l u_vl ≤ max_lines_v                                                      maxlines, uses
//	Σ_{k on l} b_kt ≤ max_launches_l                                            maxlaunches
//
// The sums over places are for those whose dates share a day of that year: two programmes of which one ends before the other begins
// do not count together. u is a column only where a calendar year has several periods, a vehicle several places on the line, or a
// lead leaves nothing of a period. The duals are the worth of room for one more programme, one more line, one more launch.
func (m *Model) addVehiclesOnLine() {
	n := m.net
	for first := 0; first < n.T; {
		_, last := n.yearOf(first)
		for l := range n.c.Lines {
			line := &n.c.Lines[l]
			if line.MaxVehicles.Set {
				m.limitUse(at(famMaxVehicles, l, 0, 0, first), n.byLine[l], last, line.MaxVehicles.Value, func(k *place) int { return k.v }, ref(tabLine, line.ID, colMaxVehicles))
			}
			if line.MaxLaunches.Set {
				m.limitLaunches(l, first, last, line.MaxLaunches.Value*n.calendarYears(first, last))
			}
		}
		for v := range n.c.Vehicles {
			if most := n.c.Vehicles[v].MaxLines; most.Set {
				m.limitUse(at(famMaxLines, v, 0, 0, first), n.byVehicle[v], last, most.Value, func(k *place) int { return k.l }, ref(tabVehicle, n.c.Vehicles[v].ID, colMaxLines))
			}
		}
		first = last + 1
	}
}

// limitUse limits how many vehicles (or lines) some places have on any day of the periods from that of the key to last.
func (m *Model) limitUse(k key, places []int, last int, most float64, of func(*place) int, rule headroom.Ref) {
	first := int(k.t)
	used := map[int]lit{}
	for i, set := range m.net.together(places, first, last) {
		k.b = int32(i)
		r := m.row(k, -lp.Inf, most)
		for _, id := range m.names(set, of) {
			x, ok := used[id]
			if !ok {
				x = m.usedBy(k, places, first, last, id, of)
				used[id] = x
			}
			m.addLit(r, x, 1)
		}
		m.yield(r, -1, rule)
	}
}

// names are the vehicles (or lines) of some places.
func (m *Model) names(places []int, of func(*place) int) []int {
	var out []int
	for _, p := range places {
		if id := of(&m.net.places[p]); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// usedBy is one where a place of a vehicle (or line) is in use in some period and its lead does not fill the period.
func (m *Model) usedBy(k key, places []int, first, last, id int, of func(*place) int) lit {
	var uses []use
	for _, p := range places {
		for t := first; t <= last && of(&m.net.places[p]) == id; t++ {
			a := m.alloc[p][t]
			u := use{a: a, less: m.waiting(p, t)}
			if a == one && len(u.less) == 0 {
				return one
			}
			if a != zero {
				uses = append(uses, u)
			}
		}
	}
	if len(uses) == 0 {
		return zero
	}
	if len(uses) == 1 && len(uses[0].less) == 0 {
		return uses[0].a
	}
	x := lit{col: m.col(at(famUsed, int(k.a), id, int(k.fam), first), 0, 0, 1)}
	for i, u := range uses {
		r := m.row(at(famUses, int(x.col), i, 0, first), 0, lp.Inf)
		m.addLit(r, x, 1)
		m.addLit(r, u.a, -1)
		for _, b := range u.less {
			m.addLit(r, b, 1)
		}
	}
	return x
}

// waiting are the launches of a place whose lead leaves it no day of a period.
func (m *Model) waiting(k, t int) []lit {
	n, pl := m.net, &m.net.places[k]
	var out []lit
	for u := 0; u <= t && pl.row.Lead > 0; u++ {
		if b := m.launch[k][u]; b >= 0 && pl.launched() != u && n.after(u, pl.row.Lead).from > minDate(n.c.Periods[t].To, pl.own.to) {
			out = append(out, lit{col: b})
		}
	}
	return out
}

// use is a place in use in a period, and the launches whose lead fills it.
type use struct {
	a    lit
	less []lit
}

// together returns the sets of places whose dates share a day of some periods: the largest ones only.
func (n *net) together(places []int, first, last int) [][]int {
	whole := span{n.c.Periods[first].From, n.c.Periods[last].To}
	var sets [][]int
	for _, k := range places {
		day := n.places[k].own.and(whole)
		if day.empty() {
			continue
		}
		var set []int
		for _, j := range places {
			if n.places[j].own.covers(span{day.from, day.from}) {
				set = append(set, j)
			}
		}
		sets = append(sets, set)
	}
	var out [][]int
	for i, set := range sets {
		within := func(j int) bool {
			return !slices.ContainsFunc(set, func(k int) bool { return !slices.Contains(sets[j], k) })
		}
		larger := false
		for j := range sets {
			larger = larger || (j != i && within(j) && (len(sets[j]) > len(set) || j < i))
		}
		if !larger {
			out = append(out, set)
		}
	}
	return out
}

func (m *Model) limitLaunches(l, first, last int, most float64) {
	r := m.row(at(famMaxLaunches, l, 0, 0, first), -lp.Inf, most)
	for _, k := range m.net.byLine[l] {
		for t := first; t <= last; t++ {
			if m.net.places[k].launched() == t {
				m.addLit(r, one, 1)
			}
			m.add(r, m.launch[k][t], 1)
		}
	}
	m.yield(r, -1, ref(tabLine, m.net.c.Lines[l].ID, colMaxLaunches))
}

// addMinimum adds family 10, minimum load, and the committed minimum run:
//
//	x_kt ≥ min_run of the demand on the committed days, at the ramp                   committed
//	x_kt ≥ min_volume (a_kt − Σ_τ (1 − ramp of τ, by days) b_kτ)                       minvolume
//	Σ_k x_kt ≥ Σ_s z_lts,  z_lts ≥ min_rate (a_kt − Σ_τ (1 − ramp of τ on s) b_kτ)    minrate, leastday
//
// each for the days on which all windows are open: dates, lead, deal and the opening of the plant. min_rate counts on the days on
// which a place that is in use can build, at the highest ramp among them. The dual is what the last vehicle of the minimum costs.
func (m *Model) addMinimum() {
	n := m.net
	for k := range n.places {
		pl := &n.places[k]
		for t := range n.T {
			if pl.duty[t] > 0 && pl.row.MinRun > 0 {
				m.addCommitted(k, t)
			}
			if pl.row.MinVolume > 0 && m.alloc[k][t] != zero {
				m.addMinVolume(k, t)
			}
		}
	}
	for l := range n.c.Lines {
		if n.c.Lines[l].MinRate > 0 {
			for t := range n.T {
				m.addMinRate(l, t)
			}
		}
	}
}

// option is the deal of a place whose days the plan decides, -1 for none.
func (n *net) option(k int) int {
	if d := n.places[k].arr; d >= 0 && !n.deals[d].fact {
		return d
	}
	return -1
}

func (m *Model) addCommitted(k, t int) {
	n, pl := m.net, &m.net.places[k]
	days := span{pl.row.CommittedFrom, pl.row.CommittedUntil}
	m.addScaled(minimum{
		k: k, t: t, lit: one, deal: n.option(k),
		size: func(s span) float64 {
			s = s.and(days)
			return m.vol(pl.row.MinRun / 100 * n.askedIn(pl.v, t, s.and(n.period(t))))
		},
		row:    func(i int) int { return m.row(at(famCommitted, k, i, 0, t), 0, lp.Inf) },
		amount: func(r int) { m.add(r, m.out[k][t], 1) },
		rules:  []headroom.Ref{ref(tabPlace, pl.row.Key(), colMinRun), ref(tabPlace, pl.row.Key(), colCommitted)},
	})
}

func (m *Model) addMinVolume(k, t int) {
	n, pl := m.net, &m.net.places[k]
	m.addScaled(minimum{
		k: k, t: t, lit: m.alloc[k][t], deal: n.option(k),
		size:   func(s span) float64 { return m.vol(pl.row.MinVolume * n.book.Years(t) * n.share(s, t)) },
		row:    func(i int) int { return m.row(at(famMinVolume, k, i, 0, t), 0, lp.Inf) },
		amount: func(r int) { m.add(r, m.out[k][t], 1) },
		rules:  []headroom.Ref{ref(tabPlace, pl.row.Key(), colMinVolume)},
	})
}

// addMinRate adds the least rate of a line: what it owes is a column for each part of the period where there are several.
func (m *Model) addMinRate(l, t int) {
	n := m.net
	total := -1
	parts := n.partsOf(l, t)
	for s, p := range parts {
		least := m.vol(n.c.Lines[l].MinRate * n.book.Years(t) * p.share)
		z := int32(-1)
		for i, k := range n.byLine[l] {
			if m.alloc[k][t] == zero || !n.places[k].own.covers(p.span) || n.places[k].most[t] <= 0 {
				continue
			}
			fam := famMinRate
			if len(parts) > 1 {
				fam = famLeastDay
			}
			for j, ways := range m.owing(k, t) {
				r := m.row(at(fam, l, i+j*len(n.byLine[l]), s, t), 0, lp.Inf)
				switch {
				case len(parts) == 1:
					m.addBuilt(r, l, t)
					m.yield(r, 1, ref(tabLine, n.c.Lines[l].ID, colMinRate))
				case z < 0:
					z = m.col(at(famLeast, l, s+1, 0, t), 0, 0, lp.Inf)
					if total < 0 {
						total = m.row(at(famMinRate, l, 0, 0, t), 0, lp.Inf)
						m.addBuilt(total, l, t)
						m.yield(total, 1, ref(tabLine, n.c.Lines[l].ID, colMinRate))
					}
					m.add(total, z, -1)
				}
				m.add(r, z, 1)
				m.addOwed(r, k, t, s, least, ways)
			}
		}
	}
}

// owing groups the ways in which the deal of a place can be in force by what the line owes for it: by each alone where the ramp
// counts from its beginning.
func (m *Model) owing(k, t int) [][]begun {
	d := m.net.option(k)
	if d < 0 {
		return [][]begun{nil}
	}
	if !m.net.ripens(k) {
		return [][]begun{m.waysIn(d, t)}
	}
	var out [][]begun
	for _, w := range m.begunIn(d, t) {
		out = append(out, []begun{w})
	}
	return out
}

// addBuilt adds what a line builds to a row.
func (m *Model) addBuilt(r, l, t int) {
	for _, k := range m.net.byLine[l] {
		m.add(r, m.out[k][t], 1)
	}
}

// addOwed adds to a row what a line owes on the days of a part because a place is in use, its deal in force in one of these ways.
func (m *Model) addOwed(r, k, t, s int, least float64, ways []begun) {
	n, pl := m.net, &m.net.places[k]
	days := n.partsOf(pl.l, t)[s].span
	since, full := 0, least
	if n.ripens(k) {
		since = n.firstDay(pl, ways[0].first)
		least *= pl.ramp(t - since) // of launches that hold nothing back
	}
	if m.alloc[k][t] == one { // a line may stand still that nothing but a commitment without a minimum run is on
		for i := range m.work[pl.l] {
			m.addLit(r, m.work[pl.l][i][t], -least)
		}
	} else {
		m.addLit(r, m.alloc[k][t], -least)
	}
	for _, h := range m.heldBack(k, t) {
		rate := h.rates[s]
		if rate > 0 {
			rate = pl.ramp(t - max(h.first, since))
		}
		m.addLit(r, h.launch, least-full*rate)
	}
	if n.option(k) >= 0 {
		m.addLit(r, one, least) // where none of the ways has these days, nothing is owed
		for _, w := range ways {
			if w.days.covers(days) {
				m.addLit(r, w.lit, -least)
			}
		}
	}
	for _, o := range m.openings(pl.p, t) {
		for _, c := range o.cols {
			if !o.open.covers(days) {
				m.add(r, c, least)
			}
		}
	}
}

// addDealVolumes adds family 19, the volumes of a deal in force, over the places that name it, on the days of the term:
//
//	Σ_k x_kt ≥ min_volume (w_t − Σ_n (1 − ramp_n) b_k1,t−n)    dealmin, k1 the first of them
//	Σ_k x_kt ≤ max_volume w_t                                  dealmax
//
// so that a deal in force and unused does not exist. A maximum is that of the days in which the deal is in force, a minimum that of
// those in which its first place can build too: dates, lead and the opening of its plant scale it, and so does the ramp. The dual
// of dealmin is what the last vehicle of the minimum costs.
func (m *Model) addDealVolumes() {
	n := m.net
	for d := range n.deals {
		for i := range n.c.Terms {
			x := &n.c.Terms[i]
			if x.Arrangement != n.c.Arrangements[n.deals[d].arr].ID || x.Kind == headroom.FeePerUnit {
				continue
			}
			for t := range n.T {
				if m.inDeal[d][t] == zero || n.share(term(x), t) == 0 {
					continue
				}
				if x.Kind == headroom.MaxVolume {
					m.addDealMax(d, i, t)
				} else {
					m.addDealMin(d, i, t)
				}
			}
		}
	}
}

// addUnder adds what is built under a deal on the days of a term to a row.
func (m *Model) addUnder(r, d, t int, days span) {
	n := m.net
	for _, k := range n.arrPlaces[d] {
		if m.out[k][t] >= 0 && days.covers(n.period(t)) {
			m.add(r, m.out[k][t], 1)
			continue
		}
		for s, y := range m.parts[k][t] {
			if days.covers(n.partsOf(n.places[k].l, t)[s].span) {
				m.add(r, y, 1)
			}
		}
	}
}

func (m *Model) addDealMax(d, i, t int) {
	n, x := m.net, &m.net.c.Terms[i]
	r := m.row(at(famDealMax, d, i, 0, t), -lp.Inf, 0)
	m.addUnder(r, d, t, term(x))
	for _, w := range m.waysIn(d, t) {
		m.addLit(r, w.lit, -m.vol(x.Value*n.book.Years(t)*n.share(w.days.and(term(x)), t)))
	}
	m.yield(r, -1, ref(tabTerm, x.Key(), colValue))
}

func (m *Model) addDealMin(d, i, t int) {
	n, x := m.net, &m.net.c.Terms[i]
	k := -1
	if len(n.arrPlaces[d]) > 0 {
		k = n.arrPlaces[d][0]
	}
	m.addScaled(minimum{
		k: k, t: t, ofDeal: true, deal: d,
		size:   func(s span) float64 { return m.vol(x.Value * n.book.Years(t) * n.share(s.and(term(x)), t)) },
		row:    func(j int) int { return m.row(at(famDealMin, d, i, j, t), 0, lp.Inf) },
		amount: func(r int) { m.addUnder(r, d, t, term(x)) },
		rules:  []headroom.Ref{ref(tabTerm, x.Key(), colValue)},
	})
}
