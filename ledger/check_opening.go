package ledger

import "headroom"

// oneVehicle is the least that counts as building.
const oneVehicle = 1

// checkOpenings checks that a plant that is opened builds in the calendar year in which that happens, and how long it is
// mothballed: one that reopens and builds nothing yet counts as mothballed until it does.
func (x *checker) checkOpenings(p *headroom.Plant) {
	waits := p.InitialState == headroom.Mothballed // mothballed, or reopened and not building yet
	idle := 0.0
	ends := func(t int) {
		if idle > p.MaxMothball+timeTolerance {
			x.out = append(x.out, Violation{RuleMaxMothball, p.ID, x.v.name(t), idle, p.MaxMothball, "years mothballed, or reopened without output"})
		}
		waits, idle = false, 0
	}
	for t, years := range x.v.years {
		state, before := x.state(p, t), x.state(p, t-1)
		if state == headroom.Operating && before != headroom.Operating {
			x.atLeast(RuleOpening, p.ID, t, x.builtSoon(p, t), oneVehicle, "built by the end of the calendar year in which it is opened, its lead over")
		}
		waits = waits || state == headroom.Mothballed
		if waits && (state == headroom.Mothballed || state == headroom.Operating && !x.builds(p, t)) {
			idle += years
		} else {
			ends(t - 1)
		}
	}
	ends(x.v.last())
}

// builds reports whether a plant builds in period t.
func (x *checker) builds(p *headroom.Plant, t int) bool {
	return x.builtAt(p, t) >= oneVehicle*(1-RelativeTolerance)-x.absolute
}

// builtSoon is what a plant that opens in period t builds in the periods that begin up to the end of the calendar year in which
// its lead is over.
func (x *checker) builtSoon(p *headroom.Plant, t int) float64 {
	total, year := 0.0, x.v.afterLead(t, p.ReopenLead).Year()
	for u := t; u <= x.v.last() && x.v.c.Periods[u].From.Year() <= year; u++ {
		total += x.builtAt(p, u)
	}
	return total
}

// builtAt is what a plant builds in period t.
func (x *checker) builtAt(p *headroom.Plant, t int) float64 {
	total := 0.0
	for _, o := range x.r.outputs {
		if o.t == t && o.place.plant == p {
			total += o.units
		}
	}
	return total
}
