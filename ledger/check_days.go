package ledger

import "headroom"

// mostSlices is how many slices of a period are looked at in all their sets; of more, only runs of them.
const mostSlices = 8

// checkDays checks that what some places build in period t finds room on the days on which they can build: for every set of slices
// of the period, what they cannot have built on the other days is at most what the set has room for. Load is the room that a vehicle
// takes, room that of a set of slices.
func (x *checker) checkDays(rule, key string, t int, on []*place, load func(*place) float64, room func([]days) float64, note string) {
	if len(on) == 0 {
		return
	}
	var windows []days
	for _, k := range on {
		windows = append(windows, x.r.window(k, t), days{k.line.From, k.line.To})
		windows = append(windows, x.v.demandDates(k.vehicle, t)...)
	}
	cut := x.v.slices(t, windows)
	if len(cut) == 1 {
		return // the rules on whole periods say it
	}
	rates := make([][]float64, len(on)) // by place and slice
	for i, k := range on {
		for _, d := range cut {
			rates[i] = append(rates[i], x.r.rate(k, t, d))
		}
	}
	most, least := 0.0, 0.0 // of the set that lacks most
	for _, set := range setsOf(len(cut)) {
		need := 0.0
		var here []days
		for s, in := range set {
			if in {
				here = append(here, cut[s])
			}
		}
		for i, k := range on {
			left := x.units(k, t)
			for s, in := range set {
				if !in {
					left -= rates[i][s]
				}
			}
			need += max(0, left) * load(k)
		}
		if limit := room(here); need-limit > most-least {
			most, least = need, limit
		}
	}
	x.atMost(rule, key, t, most, least, note)
}

// setsOf returns the sets of n slices that are not empty, or the runs of them where n is large.
func setsOf(n int) [][]bool {
	var out [][]bool
	if n > mostSlices {
		for a := range n {
			for b := a; b < n; b++ {
				set := make([]bool, n)
				for i := a; i <= b; i++ {
					set[i] = true
				}
				out = append(out, set)
			}
		}
		return out
	}
	for mask := 1; mask < 1<<n; mask++ {
		set := make([]bool, n)
		for i := range set {
			set[i] = mask>>i&1 == 1
		}
		out = append(out, set)
	}
	return out
}

// checkTogether checks how many different names the places of some kind have on one day of the periods that begin in one calendar
// year. A place that is used in one of them counts on all days of its dates, but one whose lead leaves it no day of the period.
func (x *checker) checkTogether(rule, key string, mine func(*place) bool, name func(*place) string, limit float64, note string) {
	for first := 0; first < len(x.v.years); {
		last := x.v.yearEnd(first)
		var on []*place
		for _, k := range x.v.placeList {
			for t := first; t <= last && mine(k); t++ {
				if x.r.alloc(k, t) != nil && !x.waits(k, t) {
					on = append(on, k)
					break
				}
			}
		}
		whole := days{x.v.c.Periods[first].From, x.v.c.Periods[last].To}
		x.count(rule, key, first, x.atATime(on, whole, name), limit, note)
		first = last + 1
	}
}

// waits reports whether the lead of a place leaves it no day of period t.
func (x *checker) waits(k *place, t int) bool {
	u := x.r.launched(k, t)
	return u >= 0 && !x.v.begins(k, u) && k.Lead > 0 && x.v.afterLead(u, k.Lead) > earlier(x.v.c.Periods[t].To, x.v.dates(k).to)
}

// atATime is the largest number of different names that places have on one day.
func (x *checker) atATime(on []*place, whole days, name func(*place) string) int {
	most := 0
	for _, k := range on {
		d := both(x.v.dates(k), whole)
		if d.from > d.to {
			continue
		}
		names := map[string]bool{}
		for _, j := range on {
			if x.v.dates(j).has(d.from) {
				names[name(j)] = true
			}
		}
		most = max(most, len(names))
	}
	return most
}

// yearEnd is the last period that begins in the calendar year in which period t begins.
func (v *view) yearEnd(t int) int {
	for t < v.last() && v.c.Periods[t+1].From.Year() == v.c.Periods[t].From.Year() {
		t++
	}
	return t
}

// owed is what a line owes by its least rate in period t: on the days on which a place that is in use can build, at the highest
// ramp among these.
func (x *checker) owed(l *headroom.Line, t int) float64 {
	var on []*place
	var windows []days
	for _, k := range x.v.placeList {
		if k.line == l && x.r.alloc(k, t) != nil && x.v.wantedOn(k.vehicle, t, x.v.dates(k)) > 0 {
			on = append(on, k)
			windows = append(windows, x.r.window(k, t))
		}
	}
	total := 0.0
	for _, d := range x.v.slices(t, windows) {
		ramp := 0.0
		for i, k := range on {
			if windows[i].has(d.from) {
				ramp = max(ramp, x.r.rampOf(k, t))
			}
		}
		total += l.MinRate * x.v.years[t] * x.v.of(d, t) * ramp
	}
	return total
}
