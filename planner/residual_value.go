package planner

import (
	"cmp"
	"math"
	"slices"
)

// The rests of a point are worked out again from its decisions and volumes, because a search that ends at a gap need not have
// claimed all that it may.

// tied is the relative difference of R/q up to which two rests are equal.
const tied = 1e-9

// comesBack is the present value of what comes back of the launches, openings and mothballings of a point, and what the point itself
// claims of it.
func (m *Model) comesBack(x []float64) (best, claimed float64) {
	if m.rest == nil || !m.net.resting() || m.free {
		return 0, 0
	}
	for p := range m.rest.plant {
		r := &m.rest.plant[p]
		for _, cs := range [][]claim{r.launches, r.openings, r.mothballings} {
			for i := range cs {
				if c := &cs[i]; c.col >= 0 {
					claimed += c.rest * c.share * x[c.col]
				}
			}
		}
		best += m.plantRest(p, x)
		for i := range r.mothballings {
			if c := &r.mothballings[i]; on(x[m.state[p].mothball[c.t]]) && !m.anyOpen(p, c.t, x) {
				best += c.rest
			}
		}
	}
	return best, claimed
}

// anyOpen reports whether a plant operates in some period from t on.
func (m *Model) anyOpen(p, t int, x []float64) bool {
	for u := t; u < m.net.T; u++ {
		if on(m.at(x, m.open[p][u])) {
			return true
		}
	}
	return false
}

// plantRest is what comes back of the launches and openings of a plant: one after the other, each as far as its limits let it,
// those first that bring most for what they charge.
func (m *Model) plantRest(p int, x []float64) float64 {
	launches, openings := m.standing(p, x)
	if len(launches)+len(openings) == 0 {
		return 0
	}
	n := m.net
	vehicle, place := map[int]float64{}, map[int]float64{}
	earned := expr{}
	for _, e := range m.earners(p) {
		vehicle[e.v] = max(0, e.sum.at(x))
		earned.plus(&e.sum)
		for _, k := range e.places {
			place[k] = math.Inf(1)
			if len(e.places) > 1 {
				best := m.placeBest(k)
				place[k] = best.at(x)
			}
		}
	}
	crews, _ := m.crews(p)
	fixed, _ := m.fixed(p)
	left := earned.at(x) - crews.at(x)
	plant, opened := max(0, left), math.Inf(1)
	if len(openings) > 0 {
		opened = max(0, left-fixed.at(x))
	}
	sum := 0.0
	for _, c := range m.ranked(append(launches, openings...)) {
		room := opened
		if c.place >= 0 {
			v := n.places[c.place].v
			room = min(room, plant, vehicle[v], place[c.place])
			room = min(room, c.charge)
			plant, vehicle[v], place[c.place] = plant-room, vehicle[v]-room, place[c.place]-room
		}
		room = min(room, c.charge)
		opened -= room
		sum += c.rest * room / c.charge
	}
	return sum
}

// ranked puts claims in the order in which they are served.
func (m *Model) ranked(cs []*claim) []*claim {
	name := func(c *claim) (string, string, string) {
		if c.place < 0 {
			return "", "", ""
		}
		row := m.net.places[c.place].row
		return row.Vehicle, row.Line, row.Content
	}
	slices.SortStableFunc(cs, func(a, b *claim) int {
		if x, y := a.rest/a.charge, b.rest/b.charge; math.Abs(x-y) > tied*max(x, y) {
			return cmp.Compare(y, x)
		}
		av, al, ac := name(a)
		bv, bl, bc := name(b)
		return cmp.Or(cmp.Compare(min(0, b.place), min(0, a.place)), cmp.Compare(a.t, b.t), cmp.Compare(av, bv), cmp.Compare(al, bl), cmp.Compare(ac, bc))
	})
	return cs
}

// standing are the launches and openings of a point that stand to the end of the horizon and have a rest.
func (m *Model) standing(p int, x []float64) (launches, openings []*claim) {
	n, r := m.net, &m.rest.plant[p]
	for i := range r.launches {
		c := &r.launches[i]
		if !on(m.at(x, m.launchLit(c.place, c.t))) || !m.allocatedFrom(c.place, c.t, x) {
			continue
		}
		if s, e := n.served(c.place, c.t, m.began(c.place, x)); c.start == s && c.end == e {
			launches = append(launches, c)
		}
	}
	for t := range n.T {
		if !n.considered[p] || !m.openedIn(p, t, x) {
			continue
		}
		end := m.endAt(p, t, x)
		for i := range r.openings {
			if c := &r.openings[i]; c.t == t && c.end == end {
				openings = append(openings, c)
			}
		}
	}
	return launches, openings
}

func (m *Model) allocatedFrom(k, t int, x []float64) bool {
	for u := t; u < m.net.T; u++ {
		if !on(m.at(x, m.alloc[k][u])) {
			return false
		}
	}
	return true
}

// began is the period in which the deal of a place begins at a point, -1 for a fact and for none.
func (m *Model) began(k int, x []float64) int {
	if m.net.option(k) < 0 {
		return -1
	}
	for t, s := range m.begin[m.net.places[k].arr] {
		if on(m.at(x, s)) {
			return t
		}
	}
	return -1
}

// openedIn reports whether a plant changes to operating in t and operates to the end.
func (m *Model) openedIn(p, t int, x []float64) bool {
	made := false
	for _, b := range m.openingLits(p, t) {
		made = made || on(m.at(x, b))
	}
	for u := t; made && u < m.net.T; u++ {
		made = on(m.at(x, m.open[p][u]))
	}
	return made
}

// endAt is until when an opening in t serves at a point: its life, not after the last end of the places of the plant.
func (m *Model) endAt(p, t int, x []float64) float64 {
	n := m.net
	end := n.certainEnd(p)
	for _, k := range n.byPlant[p] {
		if n.option(k) >= 0 {
			if u := m.began(k, x); u >= 0 {
				end = max(end, n.endOf(k, u))
			}
		}
	}
	return min(end, n.book.Start(t)+n.c.Plants[p].ChangeYears())
}
