package ledger

import (
	"math"

	"headroom"
)

// checkLines checks what lines work and build.
func (x *checker) checkLines() {
	for t := range x.v.years {
		loads := x.r.loads(t)
		for i := range x.v.c.Lines {
			l := &x.v.c.Lines[i]
			if l.Use == headroom.Exclude {
				continue
			}
			if s := x.r.shift(l.ID, t); s != nil {
				x.checkShift(s, t, loads[l.ID])
			} else {
				x.atMost(RuleCapacity, l.ID, t, loads[l.ID], 0, "built on a line that stands still")
			}
			x.checkMix(l, t)
		}
	}
	for i := range x.v.c.Lines {
		x.checkLaunches(&x.v.c.Lines[i])
	}
}

// checkShift checks a line that works.
func (x *checker) checkShift(s *shift, t int, load float64) {
	l := s.line
	if len(x.v.c.ShiftPatterns) > 0 && !works(l, s.pattern) {
		x.say(RulePattern, l.ID, t, "a pattern that the line cannot work: "+s.Pattern)
	}
	share := x.v.lineShare(l, t)
	if share == 0 {
		x.say(RulePattern, l.ID, t, "works when it is not there")
	}
	straight := s.yearly * x.v.years[t] * share
	x.equal(RuleCapacity, l.ID, t, s.Capacity, straight, "capacity in the plan")
	x.atMost(RuleOvertime, l.ID, t, s.Overtime, straight*s.pattern.OvertimeShare/100, "built in overtime")
	x.atMost(RuleCapacity, l.ID, t, load, straight+s.Overtime, "built, at the rate of the line, straight time and overtime")
	if l.MinRate > 0 {
		built := 0.0
		for _, o := range x.r.outputs {
			if o.t == t && o.place.line == l {
				built += o.units
			}
		}
		x.atLeast(RuleMinRate, l.ID, t, built, l.MinRate*x.v.years[t]*share, "built while the line runs")
	}
	if len(x.v.c.ShiftPatterns) > 0 && s.Changed != x.r.changed(l, t) {
		x.say(RulePattern, l.ID, t, "a change to "+s.Pattern+" that is not marked, or none that is")
	}
}

// checkMix checks how many programmes a line has at a time.
func (x *checker) checkMix(l *headroom.Line, t int) {
	if !l.MaxVehicles.Set {
		return
	}
	var on []*place
	for _, k := range x.v.placeList {
		if k.line == l && x.r.alloc(k, t) != nil {
			on = append(on, k)
		}
	}
	n := atATime(on, x.v.c.Periods[t], func(k *place) string { return k.key.vehicle })
	x.count(RuleMaxVehicles, l.ID, t, n, l.MaxVehicles.Value, "programmes on the line at a time")
}

// atATime is the largest number of different names that places have on one day of a period.
func atATime(on []*place, p headroom.Period, name func(*place) string) int {
	most := 0
	for _, k := range on {
		day := max(k.from(), p.From)
		names := map[string]bool{}
		for _, j := range on {
			if j.from() <= day && (j.to() == 0 || day <= j.to()) {
				names[name(j)] = true
			}
		}
		most = max(most, len(names))
	}
	return most
}

// checkLaunches checks how many launches a line has in the periods that begin in one calendar year, a long period counting
// for the years it has.
func (x *checker) checkLaunches(l *headroom.Line) {
	if !l.MaxLaunches.Set || l.Use == headroom.Exclude {
		return
	}
	for t := 0; t < len(x.v.years); {
		year, n, years, first := x.v.c.Periods[t].From.Year(), 0, 0.0, t
		for ; t < len(x.v.years) && x.v.c.Periods[t].From.Year() == year; t++ {
			years += x.v.years[t]
			for _, k := range x.v.placeList {
				if row := x.r.alloc(k, t); k.line == l && row != nil && row.Launch {
					n++
				}
			}
		}
		x.count(RuleMaxLaunches, l.ID, first, n, l.MaxLaunches.Value*math.Max(1, years), "launches on the line in a year")
	}
}
