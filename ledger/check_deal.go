package ledger

import (
	"math"

	"headroom"
)

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
			x.checkTerms(a, t, first, built)
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
	if x.v.c.Periods[t].To < a.EarliestStart {
		x.say(RuleDeal, a.ID, t, "in force before "+a.EarliestStart.String())
	}
	run := x.v.start[t] - x.v.start[first]
	switch {
	case a.TermYears == 0:
	case a.Status.Fact():
		if x.factShare(a, t) == 0 {
			x.out = append(x.out, Violation{RuleDeal, a.ID, x.v.name(t), run, a.TermYears, "years since it began before the period"})
		}
	case run > a.TermYears-timeTolerance:
		x.out = append(x.out, Violation{RuleDeal, a.ID, x.v.name(t), run, a.TermYears, "years in force before the period"})
	}
	for _, id := range a.Requires {
		if x.r.deal(id, t) == nil {
			x.say(RuleDeal, a.ID, t, "in force without "+id+", which it requires")
		}
	}
}

// factShare is the share of period t in which a deal that is a fact is in force: from its earliest start, or the first day of
// the horizon, for its term.
func (x *checker) factShare(a *headroom.Arrangement, t int) float64 {
	start, end := a.EarliestStart, headroom.Date(0)
	if start == 0 {
		start = x.v.firstDay()
	}
	if a.TermYears > 0 {
		end = start.AddMonths(int(math.Round(12 * a.TermYears))).AddDays(-1)
	}
	return x.v.share(start, end, t)
}

// checkTerms checks the volumes of a deal. The least volume is taken at the ramp of its places after their launch, and for the
// days in which it is in force: of a fact those within its term, of another those from the earliest start on.
func (x *checker) checkTerms(a *headroom.Arrangement, t, first int, built float64) {
	for i := range x.v.c.Terms {
		r := &x.v.c.Terms[i]
		if r.Arrangement != a.ID {
			continue
		}
		volume := r.Value * x.v.years[t] * x.v.share(r.From, r.To, t)
		switch r.Kind {
		case headroom.MinVolume:
			share := x.dealRamp(a, t)
			if a.Status.Fact() {
				share *= x.factShare(a, t)
			} else if t == first {
				share *= x.v.share(a.EarliestStart, 0, t)
			}
			x.atLeast(RuleDealVolume, a.ID, t, built, volume*share, "least volume of the deal")
		case headroom.MaxVolume:
			if x.v.share(r.From, r.To, t) > 0 {
				x.atMost(RuleDealVolume, a.ID, t, built, volume, "most volume of the deal")
			}
		}
	}
}

// dealRamp is the share of its least volume that a deal owes in period t: the lowest step that the ramp of one of its places
// is at. Of a deal with several places this is at most what the formulation asks, which takes the first.
func (x *checker) dealRamp(a *headroom.Arrangement, t int) float64 {
	share := 1.0
	for _, k := range x.v.placeList {
		if k.deal != a || k.bar != "" {
			continue
		}
		launched := -1
		for s := 0; s <= t; s++ {
			if row := x.r.alloc(k, s); row != nil && row.Launch {
				launched = s
			}
		}
		share = min(share, x.ramp(k, t, launched))
	}
	return share
}
