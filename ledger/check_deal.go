package ledger

import "headroom"

// checkDeals checks the arrangements in force and what is built under them.
func (x *checker) checkDeals() {
	for i := range x.v.c.Arrangements {
		a := &x.v.c.Arrangements[i]
		first := -1
		for t := range x.v.years {
			built := x.under(a, t)
			row := x.r.deal(a.ID, t)
			if row == nil {
				x.atMost(RuleDeal, a.ID, t, built, 0, "built under a deal that is not in force")
				continue
			}
			if first < 0 {
				first = t
			}
			x.equal(RuleDealVolume, a.ID, t, row.Units, built, "reported as built under the deal")
			x.checkForce(a, row, t, first)
			x.checkTerms(a, t, built)
		}
	}
}

// under is what is built under a deal in period t.
func (x *checker) under(a *headroom.Arrangement, t int) float64 {
	total := 0.0
	for _, o := range x.r.outputs {
		if o.t == t && o.place.deal == a {
			total += o.units
		}
	}
	return total
}

// checkForce checks that a deal may be in force in period t, having begun in the period first.
func (x *checker) checkForce(a *headroom.Arrangement, row *headroom.DealRow, t, first int) {
	if !x.v.c.InForce(*a) {
		x.say(RuleDeal, a.ID, t, "in force, but neither signed nor allowed")
	}
	if row.Status != a.Status {
		x.say(RuleDeal, a.ID, t, "reported as "+string(row.Status)+" and is "+string(a.Status))
	}
	if on := x.r.inForce(a); x.v.of(on, t) == 0 {
		note := "in force after its term, which ends on " + on.to.String()
		if x.v.c.Periods[t].To < on.from {
			note = "in force before " + on.from.String()
		}
		x.say(RuleDeal, a.ID, t, note)
	}
	if t > first && x.r.deal(a.ID, t-1) == nil {
		x.say(RuleDeal, a.ID, t, "in force again after a gap")
	}
	for _, id := range a.Requires {
		if x.r.deal(id, t) == nil {
			x.say(RuleDeal, a.ID, t, "in force without "+id+", which it requires")
		}
	}
}

// checkTerms checks the volumes of a deal on the days of the term in which it is in force. The least volume is that of the days on
// which the first place of the deal can build too, at its ramp.
func (x *checker) checkTerms(a *headroom.Arrangement, t int, built float64) {
	for i := range x.v.c.Terms {
		r := &x.v.c.Terms[i]
		if r.Arrangement != a.ID {
			continue
		}
		term := days{r.From, r.To}
		on := both(term, x.r.inForce(a))
		switch r.Kind {
		case headroom.MinVolume:
			ramp := 1.0
			if k := x.firstPlace(a); k != nil {
				on, ramp = both(on, x.r.window(k, t)), x.r.rampOf(k, t)
			}
			x.atLeast(RuleDealVolume, a.ID, t, built, r.Value*x.v.years[t]*x.v.of(on, t)*ramp, "least volume of the deal")
		case headroom.MaxVolume:
			if x.v.of(term, t) == 0 {
				continue
			}
			x.atMost(RuleDealVolume, a.ID, t, x.inside(a, term, t), r.Value*x.v.years[t]*x.v.of(on, t), "most volume of the deal")
		}
	}
}

// firstPlace is the first place of a deal that a plan may use, nil where there is none.
func (x *checker) firstPlace(a *headroom.Arrangement) *place {
	for _, k := range x.v.placeList {
		if k.deal == a && k.bar == "" {
			return k
		}
	}
	return nil
}

// inside is what is built under a deal on the days of a term at least: what its places cannot have built on the other days.
func (x *checker) inside(a *headroom.Arrangement, term days, t int) float64 {
	total := 0.0
	for _, k := range x.building(t, func(k *place) bool { return k.deal == a }) {
		outside := 0.0
		if term.from > x.v.c.Periods[t].From {
			outside += x.r.rate(k, t, days{to: term.from.AddDays(-1)})
		}
		if term.to != 0 && term.to < x.v.c.Periods[t].To {
			outside += x.r.rate(k, t, days{from: term.to.AddDays(1)})
		}
		total += max(0, x.units(k, t)-outside)
	}
	return total
}
