package planner

import (
	"headroom"
	"headroom/lp"
)

// addDeals adds family 18, the deal gate. A deal that is a fact is in force from its earliest start for its term. An unsigned
// one that is counted in begins at most once and then holds for its term:
//
//	w_t = Σ s_τ over the periods τ ≤ t within the term,  Σ s ≤ 1    (w is not a column)
//	w_t(deal) ≤ w_t(required deal)                                  requires
//
// A place that names the deal is used only while it is in force (usedeal, in addPlaces). Its dual is what the signature is
// worth to the place.
func (m *Model) addDeals() {
	n := m.net
	m.inDeal, m.begin = make([][]lit, len(n.deals)), make([][]lit, len(n.deals))
	for d := range n.deals {
		m.begin[d] = make([]lit, n.T)
		m.inDeal[d] = make([]lit, n.T)
		for t := range n.T {
			m.begin[d][t], m.inDeal[d][t] = zero, zero
		}
		if n.deals[d].fact {
			m.addFact(d)
		} else {
			m.addOption(d)
		}
	}
	for d := range n.deals {
		m.addRequires(d)
	}
}

func (m *Model) addFact(d int) {
	n := m.net
	for t := range n.T {
		if n.deals[d].open[t] > 0 {
			m.inDeal[d][t] = one
		}
	}
}

func (m *Model) addOption(d int) {
	n := m.net
	a := &n.c.Arrangements[n.deals[d].arr]
	once := m.row(at(famOneStart, d, 0, 0, -1), -lp.Inf, 1)
	for t := range n.T {
		if n.deals[d].open[t] == 0 {
			continue
		}
		s := m.bin(at(famDealStart, d, 0, 0, t), 0)
		m.begin[d][t] = lit{col: s}
		m.add(once, s, 1)
	}
	// The sum of the starts within the term is a column of its own, so that rows stay short.
	for t := range n.T {
		first := m.termStart(a, t)
		if first > t || n.deals[d].open[t] == 0 {
			continue
		}
		w := m.bin(at(famDeal, d, 0, 0, t), 0) // it follows from the starts; HiGHS 1.15.1 goes wrong in finding that out
		r := m.row(at(famInTerm, d, 0, 0, t), 0, 0)
		m.add(r, w, 1)
		for u := first; u <= t; u++ {
			m.addLit(r, m.begin[d][u], -1)
		}
		m.inDeal[d][t] = lit{col: w}
	}
}

// termStart is the first period in which a deal that is still in force in t can have begun.
func (m *Model) termStart(a *headroom.Arrangement, t int) int {
	if a.TermYears == 0 {
		return 0
	}
	for u := 0; u <= t; u++ {
		if m.net.book.Start(t)-m.net.book.Start(u) < a.TermYears-1e-9 {
			return u
		}
	}
	return t
}

func (m *Model) addRequires(d int) {
	n := m.net
	for i, id := range n.c.Arrangements[n.deals[d].arr].Requires {
		needed := -1
		for e := range n.deals {
			if n.c.Arrangements[n.deals[e].arr].ID == id {
				needed = e
			}
		}
		for t := range n.T {
			r := m.row(at(famRequires, d, i, 0, t), -lp.Inf, 0)
			m.addLit(r, m.inDeal[d][t], 1)
			if needed >= 0 {
				m.addLit(r, m.inDeal[needed][t], -1)
			}
			m.yield(r, -1, ref(tabArrangement, n.c.Arrangements[n.deals[d].arr].ID, colRequires))
		}
	}
}

// addDealVolumes adds family 19, the volumes of a deal in force, over the places that name it:
//
//	Σ_k x_kt ≥ min_volume (w_t − Σ_n (1 − ramp_n) b_k1,t−n)    dealmin, k1 the first of them
//	Σ_k x_kt ≤ max_volume w_t                                  dealmax
//
// so that a deal in force and unused does not exist. Volumes are those of the days in which the deal can be in force. While the
// deal's first place ramps up, the minimum is scaled as its output is. The dual of dealmin is what the last vehicle of the
// minimum costs.
func (m *Model) addDealVolumes() {
	n := m.net
	for d := range n.deals {
		for i := range n.c.Terms {
			term := &n.c.Terms[i]
			if term.Arrangement != n.c.Arrangements[n.deals[d].arr].ID || term.Kind == headroom.FeePerUnit {
				continue
			}
			for t := range n.T {
				m.addDealVolume(d, i, t)
			}
		}
	}
}

func (m *Model) addDealVolume(d, i, t int) {
	n, term := m.net, &m.net.c.Terms[i]
	share := n.c.Periods[t].Overlap(term.From, term.To) * n.deals[d].open[t]
	amount := m.vol(term.Value * n.book.Years(t) * share)
	w := m.inDeal[d][t]
	if share == 0 || (w.isConst() && w.k == 0) {
		return
	}
	fam, lower, upper := famDealMin, 0.0, lp.Inf
	if term.Kind == headroom.MaxVolume {
		fam, lower, upper = famDealMax, -lp.Inf, 0
	}
	r := m.row(at(fam, d, i, 0, t), lower, upper)
	for _, k := range n.arrPlaces[d] {
		if m.out[k][t] >= 0 {
			m.add(r, m.out[k][t], 1)
		}
	}
	m.addLit(r, w, -amount)
	if fam == famDealMin {
		if len(n.arrPlaces[d]) > 0 {
			for _, x := range m.ramped(n.arrPlaces[d][0], t) {
				m.addLit(r, x.launch, amount*(1-x.rate))
			}
		}
		m.yield(r, 1, ref(tabTerm, term.Key(), colValue))
	} else {
		m.yield(r, -1, ref(tabTerm, term.Key(), colValue))
	}
}
