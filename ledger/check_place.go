package ledger

import "headroom"

// checkPlaces checks each place: its allocation, launch, ramp, commitment and least volume.
func (x *checker) checkPlaces() {
	for _, k := range x.v.placeList {
		if k.bar != "" {
			continue
		}
		for t := range x.v.years {
			row := x.r.alloc(k, t)
			if row != nil {
				x.checkAlloc(k, row, t)
			}
			x.checkRate(k, row, t)
			x.checkCommitment(k, row, t)
		}
	}
}

// checkAlloc checks that a place may be used, that it was launched, and that it builds enough.
func (x *checker) checkAlloc(k *place, row *headroom.AllocRow, t int) {
	name := k.key.String()
	if x.v.open(k, t) == 0 && !x.ahead(k, t) {
		x.say(RuleAllocation, name, t, "used when the line is not there, the vehicle is not built or the deal is not in force")
	}
	running := x.v.running(k)
	switch {
	case running && row.Launch:
		x.say(RuleLaunch, name, t, "launched, but it runs from before the horizon")
	case !running && x.r.launched(k, t) < 0:
		x.say(RuleLaunch, name, t, "used without a launch")
	}
	if k.MinVolume > 0 {
		least := k.MinVolume * x.v.years[t] * x.v.of(x.r.window(k, t), t) * x.r.rampOf(k, t)
		x.atLeast(RuleMinVolume, name, t, x.units(k, t), least, "built while allocated")
	}
}

// ahead reports whether a place waits in period t for its dates to begin, launched so that its lead is over by then: in the last
// period that lets it, or a later one.
func (x *checker) ahead(k *place, t int) bool {
	from, u := x.v.dates(k).from, x.r.launched(k, t)
	if k.Lead <= 0 || u < 0 || x.v.c.Periods[t].To >= from {
		return false
	}
	return u+1 > x.v.last() || x.v.afterLead(u+1, k.Lead) > from
}

// checkRate checks that a place builds no more than its full rate on the days on which it can build, at the ramp of its launch.
// The pattern that is worked binds in the capacity of the line.
func (x *checker) checkRate(k *place, row *headroom.AllocRow, t int) {
	name, built := k.key.String(), x.units(k, t)
	if row == nil {
		x.atMost(RuleAllocation, name, t, built, 0, "built at a place that is not allocated")
		return
	}
	rule := RuleCapacity
	if x.r.rampOf(k, t) < 1 {
		rule = RuleRamp
	}
	x.atMost(rule, name, t, built, x.r.rate(k, t, days{}), "built on the days on which the place can build")
}

// checkCommitment checks that a commitment is allocated, launched when it begins within the horizon, and keeps its minimum
// run.
func (x *checker) checkCommitment(k *place, row *headroom.AllocRow, t int) {
	name, g := k.key.String(), x.v.committed(k, t)
	if g == 0 {
		if row != nil && row.Committed {
			x.say(RuleCommitment, name, t, "marked as committed and is not")
		}
		return
	}
	if row == nil || !row.Committed {
		x.say(RuleCommitment, name, t, "committed and not allocated as such")
	}
	if x.v.begins(k, t) && (row == nil || !row.Launch) {
		x.say(RuleLaunch, name, t, "committed from here on and not launched")
	}
	on := both(x.v.committedDays(k), x.r.window(k, t))
	least := k.MinRun / 100 * x.v.wantedOn(k.vehicle, t, on) * x.r.rampOf(k, t)
	x.atLeast(RuleCommitment, name, t, x.units(k, t), least, "built while committed")
}

// checkPrograms checks on how many lines a vehicle is built at a time, and that its places build no more on any days than is
// wanted of it on them.
func (x *checker) checkPrograms() {
	for i := range x.v.c.Vehicles {
		q := &x.v.c.Vehicles[i]
		mine := func(k *place) bool { return k.vehicle == q }
		if q.MaxLines.Set {
			x.checkTogether(RuleMaxLines, q.ID, mine, func(k *place) string { return k.key.line }, q.MaxLines.Value, "lines that build it at a time")
		}
		for t := range x.v.years {
			on := x.building(t, mine)
			if len(on) < 2 {
				continue // its full rate says it
			}
			x.checkDays(RuleDemand, q.ID, t, on, func(k *place) float64 { return 1 },
				func(on []days) float64 {
					total := 0.0
					for _, d := range on {
						total += x.v.wantedOn(q, t, d)
					}
					return total
				}, "built on days on which fewer are wanted")
		}
	}
}

// building are the places of some kind that build in period t.
func (x *checker) building(t int, of func(*place) bool) []*place {
	var out []*place
	for _, k := range x.v.placeList {
		if of(k) && x.units(k, t) > 0 {
			out = append(out, k)
		}
	}
	return out
}
