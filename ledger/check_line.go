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
		}
	}
	for i := range x.v.c.Lines {
		l := &x.v.c.Lines[i]
		if l.MaxVehicles.Set && l.Use != headroom.Exclude {
			x.checkTogether(RuleMaxVehicles, l.ID, func(k *place) bool { return k.line == l }, func(k *place) string { return k.key.vehicle },
				l.MaxVehicles.Value, "programmes on the line at a time")
		}
		x.checkLaunches(l)
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
	x.checkDays(RuleCapacity, l.ID, t, x.building(t, func(k *place) bool { return k.line == l }),
		func(k *place) float64 { return 1 / k.RateFactor },
		func(on []days) float64 {
			room := 0.0
			for _, d := range on {
				room += s.yearly * x.v.years[t] * x.v.of(both(d, days{l.From, l.To}), t)
			}
			return room + min(s.Overtime, room*s.pattern.OvertimeShare/100)
		}, "built, at the rate of the line, on days on which it can build less")
	if l.MinRate > 0 {
		built := 0.0
		for _, o := range x.r.outputs {
			if o.t == t && o.place.line == l {
				built += o.units
			}
		}
		x.atLeast(RuleMinRate, l.ID, t, built, x.owed(l, t), "built while the line runs")
	}
	if len(x.v.c.ShiftPatterns) > 0 && s.Changed != x.r.changed(l, t) {
		x.say(RulePattern, l.ID, t, "a change to "+s.Pattern+" that is not marked, or none that is")
	}
}

// checkLaunches checks how many launches a line has in the periods that begin in one calendar year. Periods of several years have the
// launches of the whole years in them.
func (x *checker) checkLaunches(l *headroom.Line) {
	if !l.MaxLaunches.Set || l.Use == headroom.Exclude {
		return
	}
	for first := 0; first < len(x.v.years); {
		last, n, years := x.v.yearEnd(first), 0, 0.0
		for t := first; t <= last; t++ {
			years += x.v.years[t]
			for _, k := range x.v.placeList {
				if row := x.r.alloc(k, t); k.line == l && row != nil && row.Launch {
					n++
				}
			}
		}
		whole := math.Max(1, math.Floor(years+timeTolerance))
		x.count(RuleMaxLaunches, l.ID, first, n, l.MaxLaunches.Value*whole, "launches on the line in a year")
		first = last + 1
	}
}

// loads is the output of each line in period t, at the rate of the line.
func (r *reading) loads(t int) map[string]float64 {
	out := map[string]float64{}
	for _, o := range r.outputs {
		if o.t == t {
			out[o.place.line.ID] += o.units / o.place.RateFactor
		}
	}
	return out
}
