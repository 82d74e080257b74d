package check

import (
	"math"
	"slices"

	"headroom"
)

// A promise is what every plan must build: a commitment at its minimum run, or a signed deal at its least volume. Several of them,
// each possible by itself, may be too much together for a line, a site, a market, a slot or a launch.

// promise is one of them in one period, with the cell that says it.
type promise struct {
	table, key, column string
	units              float64
	factor             float64 // the largest rate factor of its places
	places             []*headroom.VehicleLine
}

// promised are the promises of a period that can be kept only in a group of places.
func (k *checker) promised(t int, in func(*headroom.VehicleLine, *headroom.Line) bool) []promise {
	var out []promise
	under := map[string]float64{} // what the commitments under a deal build at least
	for i := range k.c.VehicleLines {
		v := &k.c.VehicleLines[i]
		l := k.lineOf[v.Line]
		if l == nil || !in(v, l) || !k.available(v) {
			continue
		}
		if run := k.run(v, l, t); run > 0 {
			out = append(out, promise{"vehicle_line", v.Key(), "committed_until", run, v.RateFactor, []*headroom.VehicleLine{v}})
			under[v.Arrangement] += run
		}
	}
	for i := range k.c.Terms {
		x := &k.c.Terms[i]
		a := k.dealOf[x.Arrangement]
		if x.Kind != headroom.MinVolume || x.Value <= 0 || a == nil || !k.binds(a) {
			continue
		}
		places := k.placesUnder(a.ID)
		if len(places) == 0 || slices.ContainsFunc(places, func(v *headroom.VehicleLine) bool { return !in(v, k.lineOf[v.Line]) }) {
			continue
		}
		least, factor := k.leastOf(a, x, places, t), 0.0
		for _, v := range places {
			factor = max(factor, v.RateFactor)
		}
		if least -= under[a.ID]; least > 0 {
			out = append(out, promise{"term", x.Key(), "value", least, factor, places})
		}
	}
	return out
}

// placesUnder are the places that name a deal and that a plan can use.
func (k *checker) placesUnder(deal string) []*headroom.VehicleLine {
	var out []*headroom.VehicleLine
	for i := range k.c.VehicleLines {
		v := &k.c.VehicleLines[i]
		l := k.lineOf[v.Line]
		if v.Arrangement != deal || l == nil || k.carOf[v.Vehicle] == nil {
			continue
		}
		if p := k.plantOf[l.Plant]; p != nil && (p.Use == headroom.Consider || p.InitialState == headroom.Operating) {
			out = append(out, v)
		}
	}
	return out
}

// binds reports whether a deal is in force in every plan.
func (k *checker) binds(a *headroom.Arrangement) bool {
	return a.Status.Fact() && !slices.ContainsFunc(a.Requires, func(id string) bool { return k.dealOf[id] == nil || !k.dealOf[id].Status.Fact() })
}

// leastOf is the least that a deal builds in a period by one of its terms, whichever of its places is the one that scales it: on the
// days on which all of them can build, at the smallest ramp.
func (k *checker) leastOf(a *headroom.Arrangement, x *headroom.Term, places []*headroom.VehicleLine, t int) float64 {
	p := k.c.Periods[t]
	from, to := k.dealDays(a)
	from, to = max(from, x.From, k.c.HorizonFrom), earlier(to, x.To)
	ramp := 1.0
	for _, v := range places {
		start, end := k.window(v)
		l := k.lineOf[v.Line]
		months := v.Lead
		if plant := k.plantOf[l.Plant]; plant != nil && plant.InitialState != headroom.Operating {
			months += plant.ReopenLead
		}
		if months > 0 && !k.running(v) {
			start = max(start, k.c.HorizonFrom).AddMonths(int(math.Ceil(months)))
		}
		from, to = max(from, start), earlier(to, end)
		ramp = min(ramp, k.leastRamp(v, t))
	}
	return x.Value * p.Years() * p.Overlap(from, to) * ramp
}

// overpromised compares what is promised of a line, and of a vehicle, with what the line can build and the demand.
func (k *checker) overpromised() {
	for i := range k.c.Lines {
		l := &k.c.Lines[i]
		if k.toldOf(headroom.CodeOvercommittedLine, "line", l.ID) {
			continue
		}
		on := func(_ *headroom.VehicleLine, at *headroom.Line) bool { return at.ID == l.ID }
		k.tooMuch("what is promised of "+l.ID+" together", on, 2, func(t int, all []promise) []limit {
			p, factor := k.c.Periods[t], 0.0
			for _, x := range all {
				factor = max(factor, x.factor)
			}
			return []limit{k.lineMost(l, factor, p.Years(), p.Overlap(l.From, l.To))}
		})
	}
	for i := range k.c.Vehicles {
		car := &k.c.Vehicles[i]
		k.tooMuch("what is promised of "+car.ID+" together", func(v *headroom.VehicleLine, _ *headroom.Line) bool { return v.Vehicle == car.ID }, 2,
			func(t int, _ []promise) []limit { return []limit{k.demandMost(car.ID, t)} })
	}
}

// tooMuch compares the promises of a group of places, where there are at least a few, with the limits over them. The first promise of
// the first period in which they are too much is the place.
func (k *checker) tooMuch(what string, in func(*headroom.VehicleLine, *headroom.Line) bool, few int, most func(t int, all []promise) []limit) {
	var c clash
	var at promise
	for t, p := range k.c.Periods {
		all := k.promised(t, in)
		sum := 0.0
		for _, x := range all {
			sum += x.units
		}
		if len(all) < few {
			continue
		}
		c.compare(p.ID, sum, most(t, all))
		if len(c.periods) == 1 && at.table == "" {
			if at = all[0]; len(all) > 1 {
				what += " (" + names(k.promisers(all)) + ")"
			}
		}
	}
	hint := "lower min_run or the demand, end a commitment, or raise the other"
	if at.table == "term" {
		hint = "lower it or another of them, or raise the other"
	}
	k.report(&c, must, at.table, at.key, at.column, hint, what)
}

// promisers are the cells of promises.
func (k *checker) promisers(all []promise) []string {
	var out []string
	for _, x := range all {
		out = append(out, k.c.Place(x.table, x.key, x.column).String())
	}
	return out
}
