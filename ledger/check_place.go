package ledger

import "headroom"

// checkPlaces checks each place: its allocation, launch, ramp, commitment and least volume.
func (x *checker) checkPlaces() {
	for _, k := range x.v.placeList {
		if k.bar != "" {
			continue
		}
		launched := -1
		for t := range x.v.years {
			row := x.r.alloc(k, t)
			if row != nil {
				if row.Launch {
					launched = t
				}
				x.checkAlloc(k, row, t, launched)
			}
			x.checkRate(k, row, t, launched)
			x.checkCommitment(k, row, t, launched)
		}
	}
}

// checkAlloc checks that a place may be used, that it was launched in time, and that it builds enough.
func (x *checker) checkAlloc(k *place, row *headroom.AllocRow, t, launched int) {
	name, open := k.key.String(), x.v.open(k, t)
	if open == 0 {
		x.say(RuleAllocation, name, t, "used when the line is not there or the vehicle is not built")
	}
	running := x.v.running(k)
	switch {
	case running && row.Launch:
		x.say(RuleLaunch, name, t, "launched, but it runs from before the horizon")
	case !running && launched < 0:
		x.say(RuleLaunch, name, t, "used without a launch")
	case !running && row.Launch && x.v.committed(k, t) == 0 && x.v.c.Periods[t].From < x.months(k.Lead):
		x.say(RuleLaunch, name, t, "launched before "+x.months(k.Lead).String())
	}
	if k.MinVolume > 0 {
		least := k.MinVolume * x.v.years[t] * open * x.ramp(k, t, launched)
		x.atLeast(RuleMinVolume, name, t, x.units(k, t), least, "built while allocated")
	}
}

// ramp is the share of full rate that a place has in period t.
func (x *checker) ramp(k *place, t, launched int) float64 {
	if launched < 0 {
		return 1
	}
	return k.ramp(t - launched)
}

// checkRate checks that a place builds no more than the line can in the days it is open, in any pattern, and after a launch
// no more than its ramp allows of its full rate, which is at most the vehicle's demand. The pattern that is worked binds in
// the capacity of the line.
func (x *checker) checkRate(k *place, row *headroom.AllocRow, t, launched int) {
	name, built := k.key.String(), x.units(k, t)
	if row == nil {
		x.atMost(RuleAllocation, name, t, built, 0, "built at a place that is not allocated")
		return
	}
	most := x.v.fullRate(k.line) * k.RateFactor * x.v.years[t]
	x.atMost(RuleCapacity, name, t, built, most*x.v.open(k, t), "built in the days that the place is open")
	if ramp := x.ramp(k, t, launched); ramp < 1 {
		full := min(most*x.v.lineShare(k.line, t), x.demandOf(k.vehicle, t))
		x.atMost(RuleRamp, name, t, built, full*ramp, "built while ramping up")
	}
}

// checkCommitment checks that a commitment is allocated, launched when it begins within the horizon, and keeps its minimum
// run.
func (x *checker) checkCommitment(k *place, row *headroom.AllocRow, t, launched int) {
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
	begins := !x.v.running(k) && (t == 0 || x.v.committed(k, t-1) == 0)
	if begins && (row == nil || !row.Launch) {
		x.say(RuleLaunch, name, t, "committed from here on and not launched")
	}
	least := k.MinRun / 100 * x.demandOf(k.vehicle, t) * g * x.ramp(k, t, launched)
	x.atLeast(RuleCommitment, name, t, x.units(k, t), least, "built while committed")
}

// demandOf is the demand for a vehicle in all markets in period t.
func (x *checker) demandOf(q *headroom.Vehicle, t int) float64 {
	total := 0.0
	for i := range x.v.c.Markets {
		total += x.v.wanted(q, x.v.c.Markets[i].ID, t)
	}
	return total
}

// checkPrograms checks on how many lines a vehicle is built at a time.
func (x *checker) checkPrograms() {
	for i := range x.v.c.Vehicles {
		q := &x.v.c.Vehicles[i]
		if !q.MaxLines.Set {
			continue
		}
		for t := range x.v.years {
			var on []*place
			for _, k := range x.v.placeList {
				if k.vehicle == q && x.r.alloc(k, t) != nil {
					on = append(on, k)
				}
			}
			n := atATime(on, x.v.c.Periods[t], func(k *place) string { return k.key.line })
			x.count(RuleMaxLines, q.ID, t, n, q.MaxLines.Value, "lines that build it at a time")
		}
	}
}
