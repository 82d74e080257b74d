package planner

import (
	"slices"

	"headroom/lp"
)

// addDeals adds family 18, the deal gate. A deal that is a fact is in force from its earliest start for its term. An unsigned
// one that is counted in begins at most once and then holds for its term:
//
//	w_t = Σ s_τ over the periods τ ≤ t whose term has days in t,  Σ s ≤ 1
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
		if n.share(n.deals[d].days, t) > 0 {
			m.inDeal[d][t] = one
		}
	}
}

func (m *Model) addOption(d int) {
	n := m.net
	begins := n.deals[d].begins
	once := m.row(at(famOneStart, d, 0, 0, -1), -lp.Inf, 1)
	for t := range n.T {
		if begins[t] == never {
			continue
		}
		s := m.bin(at(famDealStart, d, 0, 0, t), 0)
		m.begin[d][t] = lit{col: s}
		m.add(once, s, 1)
	}
	// The sum of the starts within the term is a column of its own, so that rows stay short.
	for t := range n.T {
		if !slices.ContainsFunc(begins[:t+1], func(s span) bool { return n.share(s, t) > 0 }) {
			continue
		}
		w := m.bin(at(famDeal, d, 0, 0, t), 0) // it follows from the starts; HiGHS 1.15.1 goes wrong in finding that out
		r := m.row(at(famInTerm, d, 0, 0, t), 0, 0)
		m.add(r, w, 1)
		for u := range t + 1 {
			if n.share(begins[u], t) > 0 {
				m.addLit(r, m.begin[d][u], -1)
			}
		}
		m.inDeal[d][t] = lit{col: w}
	}
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
