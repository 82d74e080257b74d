package planner

import "headroom"

// held is a launch that holds the output of a place down in a period: the share of full rate that it allows in each part.
type held struct {
	at     int // the period of the launch
	launch lit
	rates  []float64
	ready  span
	first  int // in which the place can build after it by its dates: the ramp counts from there
}

// whole reports whether a launch leaves nothing of a period: its lead lasts longer.
func (h *held) whole() bool {
	for _, r := range h.rates {
		if r > 0 {
			return false
		}
	}
	return true
}

// heldBack returns the launches whose lead or ramp holds the output of a place down in a period.
func (m *Model) heldBack(k, t int) []held {
	n, pl := m.net, &m.net.places[k]
	if !pl.ramps() && pl.row.Lead <= 0 {
		return nil
	}
	var out []held
	for u := range t + 1 {
		launch := lit{col: m.launch[k][u]}
		switch {
		case pl.launched() == u:
			launch = one
		case launch.col < 0:
			continue
		}
		h := held{at: u, launch: launch, ready: n.ready(pl, u), first: n.firstOf(pl, u)}
		less := false
		for s, p := range n.partsOf(pl.l, t) {
			rate := 0.0
			if h.ready.covers(p.span) {
				rate = pl.ramp(t - h.first)
			}
			h.rates = append(h.rates, rate)
			less = less || (rate < 1 && pl.days.covers(n.partsOf(pl.l, t)[s].span))
		}
		if less {
			out = append(out, h)
		}
	}
	return out
}

// firstOf is the first period in which a place can build that is launched in u: the ramp counts from there.
func (n *net) firstOf(k *place, u int) int {
	s := n.ready(k, u)
	for t := u; t < n.T; t++ {
		if n.share(s, t) > 0 {
			return t
		}
	}
	return n.T
}

// opening is a change of a plant to operating whose lead is not over when a period begins.
type opening struct {
	cols []int32
	open span // the days after the lead
}

// openings returns the changes to operating whose lead reaches into a period.
func (m *Model) openings(p, t int) []opening {
	n := m.net
	if !n.considered[p] || n.c.Plants[p].ReopenLead <= 0 {
		return nil
	}
	var out []opening
	for u := range t + 1 {
		o := opening{open: n.after(u, n.c.Plants[p].ReopenLead)}
		if n.share(o.open, t) == 1 {
			continue
		}
		for _, c := range []int32{m.state[p].up[u], m.state[p].reopen[u]} {
			if c >= 0 {
				o.cols = append(o.cols, c)
			}
		}
		if len(o.cols) > 0 {
			out = append(out, o)
		}
	}
	return out
}

// begun is a way in which a deal can be in force in a period.
type begun struct {
	lit   lit
	days  span
	first int // the first period in which it is in force
}

// waysIn returns the ways in which a deal can be in force in a period: a fact in one, an option in one for each period in which
// it can have begun; options whose days in the period are the same count together.
func (m *Model) waysIn(d, t int) []begun {
	n, dl := m.net, &m.net.deals[d]
	if dl.fact {
		return []begun{{m.inDeal[d][t], dl.days, 0}}
	}
	out := m.begunIn(d, t)
	for _, w := range out {
		if w.days.and(n.period(t)) != out[0].days.and(n.period(t)) {
			return out
		}
	}
	if len(out) > 0 {
		return []begun{{m.inDeal[d][t], out[0].days, 0}}
	}
	return nil
}

// begunIn returns the ways in which an option can be in force in a period, one for each period in which it can have begun.
func (m *Model) begunIn(d, t int) []begun {
	n, dl := m.net, &m.net.deals[d]
	var out []begun
	for u := 0; u <= t && u < len(dl.begins); u++ {
		if m.begin[d][u] != zero && n.share(dl.begins[u], t) > 0 {
			out = append(out, begun{m.begin[d][u], dl.begins[u], u})
		}
	}
	return out
}

// ripens reports whether the ramp of a place counts from the beginning of its deal where that comes after the lead.
func (n *net) ripens(k int) bool {
	return k >= 0 && n.option(k) >= 0 && !n.places[k].running && n.places[k].ramps() && n.places[k].row.Lead > 0
}

// waysOf returns the ways in which the deal of a minimum can be in force in a period, and whether they differ in the ramp of a place.
func (m *Model) waysOf(k, d, t int) []begun {
	if m.net.ripens(k) && d == m.net.places[k].arr {
		return m.begunIn(d, t)
	}
	return m.waysIn(d, t)
}

// firstDay is the first period, from that on in which a deal begins, in which the dates of a place have a day.
func (n *net) firstDay(k *place, from int) int {
	for t := from; t < n.T; t++ {
		if k.open[t] > 0 {
			return t
		}
	}
	return n.T
}

// minimum is a lower limit that is scaled by the days on which a place can build. Size tells the limit for some days.
type minimum struct {
	k, t   int // the place whose windows count, -1 for none
	lit    lit // the limit holds where it is one; of a minimum of the deal itself, the deal stands for it
	ofDeal bool
	deal   int // the deal whose days count, -1 for none
	size   func(s span) float64
	amount func(r int) // adds what is built to a row
	row    func(i int) int
	rules  []headroom.Ref // that ask for it
}

// addScaled adds a minimum in each way in which its deal can be in force and its plant can have opened:
//
//	built ≥ size (lit − Σ_τ (1 − ramp of τ, by days) b_kτ), with size and the days after lead, deal and opening
//
// so that lead, ramp, deal and opening scale it as they scale what can be built.
func (m *Model) addScaled(q minimum) {
	n := m.net
	ways := []begun{{lit: q.lit}}
	if q.deal >= 0 {
		ways = m.waysOf(q.k, q.deal, q.t)
	}
	alone := len(ways) == 1 && (q.k < 0 || n.places[q.k].row.Lead <= 0) && q.lit != one
	if alone && !q.ofDeal {
		ways[0].lit = q.lit // a place without a lead is used only while its deal is in force, unless it is committed
	}
	days, opens, holds := span{}, []opening{{}}, []held(nil)
	if q.k >= 0 {
		days = n.places[q.k].own
		opens = append(opens, m.openings(n.places[q.k].p, q.t)...)
		holds = m.heldBack(q.k, q.t)
	}
	count := 0
	for _, w := range ways {
		for i, o := range opens {
			when := days.and(w.days).and(o.open)
			since, ramp := 0, 1.0
			if n.ripens(q.k) {
				since = n.firstDay(&n.places[q.k], w.first)
				ramp = n.places[q.k].ramp(q.t - since)
			}
			size := ramp * q.size(when)
			if size <= 0 {
				continue
			}
			r := q.row(count)
			count++
			q.amount(r)
			m.addLit(r, w.lit, -size)
			if q.deal >= 0 && !alone && !q.ofDeal {
				m.addLit(r, q.lit, -size)
				m.addLit(r, one, size)
			}
			if i > 0 {
				for _, c := range o.cols {
					m.add(r, c, -size)
				}
				m.addLit(r, one, size)
			} else {
				for _, later := range opens[1:] {
					for _, c := range later.cols {
						m.add(r, c, size)
					}
				}
			}
			for _, h := range holds {
				m.addLit(r, h.launch, size-n.places[q.k].ramp(q.t-max(h.first, since))*q.size(when.and(h.ready)))
			}
			m.yield(r, 1, q.rules...)
		}
	}
}

// term is the days for which a term of a deal is.
func term(x *headroom.Term) span { return span{x.From, x.To} }
