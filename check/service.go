package check

import (
	"slices"

	"headroom"
)

// services compares what must be served with what can be built: of each vehicle on all its lines, and of the vehicles that only
// one line or one plant can build together.
func (k *checker) services() {
	for i := range k.c.Vehicles {
		k.service(k.c.Vehicles[i].ID)
		k.cutOff(k.c.Vehicles[i].ID)
	}
	for i := range k.c.Lines {
		l := &k.c.Lines[i]
		k.shared("line "+l.ID, func(v *headroom.VehicleLine) bool { return v.Line == l.ID })
	}
	for i := range k.c.Plants {
		p := &k.c.Plants[i]
		k.shared("plant "+p.ID, func(v *headroom.VehicleLine) bool {
			l := k.lineOf[v.Line]
			return l != nil && l.Plant == p.ID
		})
	}
}

// service compares what must be served of a vehicle with what all lines that build it can build.
func (k *checker) service(vehicle string) {
	places, _ := k.placesFor(vehicle)
	for t, p := range k.c.Periods {
		least, key := k.owed(vehicle, t)
		most, ramp := k.mostOf(places, t)
		if least <= most*1.000001 {
			continue
		}
		what := "all lines that can build it can build"
		if ramp {
			what = "all lines that can build it, in their ramp after the launch, can build"
		}
		k.fail(headroom.CodeImpossibleDemand, "demand", key, "min_service", "lower min_service, or add a line that builds it",
			"in %s at least %s of %s must be served, and %s %s%s", p.ID, whole(least), vehicle, what, whole(most), k.limits(places))
		return
	}
}

// cutOff looks for demand that must be served in a period in which no lane leads to its market.
func (k *checker) cutOff(vehicle string) {
	places, _ := k.placesFor(vehicle)
	if len(places) == 0 || k.mayLeaveOut(vehicle) {
		return
	}
	for t, p := range k.c.Periods {
		for _, d := range k.demandRows(vehicle, t) {
			market := k.marketOf[d.Market]
			if d.MinService <= 0 || market == nil || k.volumeIn(d, t) <= 0 || k.toldOf(headroom.CodeImpossibleDemand, "demand", d.Key()) {
				continue
			}
			if !slices.ContainsFunc(places, func(v *headroom.VehicleLine) bool {
				l := k.lineOf[v.Line]
				return l == nil || k.plantOf[l.Plant] == nil || k.laneIn(k.plantOf[l.Plant], market, t)
			}) {
				k.fail(headroom.CodeImpossibleDemand, "demand", d.Key(), "min_service", "lower min_service, or add a lane for the period to lane.csv",
					"in %s at least %s of %s must be served in %s, and no lane from where it is built leads there", p.ID, whole(d.MinService/100*k.volumeIn(d, t)), vehicle, d.Market)
			}
		}
	}
}

// mostOf is what the lines of places can build at most of their vehicles in a period, no more than the permits of their sites,
// and whether a ramp holds it down. A place that does not run from before the horizon may be launched in any period.
func (k *checker) mostOf(places []*headroom.VehicleLine, t int) (most float64, ramp bool) {
	p := k.c.Periods[t]
	byLine, open := map[string]float64{}, map[string]days{}
	for _, v := range places {
		l := k.lineOf[v.Line]
		if l == nil {
			continue
		}
		rate := k.ramped(v, t)
		ramp = ramp || rate < 1
		byLine[l.ID] = max(byLine[l.ID], k.most(l)*v.RateFactor*p.Years()*rate)
		from, to := k.window(v)
		open[l.ID] = open[l.ID].with(k.cut(max(from, p.From), earlier(to, p.To)))
	}
	for id, d := range open {
		share := 0.0
		for _, s := range d {
			share += p.Overlap(s.from, s.to)
		}
		byLine[id] *= share
	}
	for i := range k.c.Plants {
		plant := &k.c.Plants[i]
		sum := 0.0
		for _, l := range k.c.Lines {
			if l.Plant == plant.ID {
				sum += byLine[l.ID]
			}
		}
		if plant.SiteCap.Set {
			sum = min(sum, plant.SiteCap.Value*p.Years())
		}
		most += sum
	}
	return most, ramp
}

// ramped is the largest share of its full rate that a place can have reached in a period.
func (k *checker) ramped(v *headroom.VehicleLine, t int) float64 {
	if len(v.Ramp) == 0 || k.running(v) {
		return 1
	}
	first := -1
	for i, p := range k.c.Periods {
		if k.open(v, p) > 0 {
			first = i
			break
		}
	}
	if first < 0 || t-first >= len(v.Ramp) {
		return 1
	}
	best := 0.0
	for i := range max(0, t-first) + 1 {
		best = max(best, v.Ramp[i]/100)
	}
	return best
}

// limits names the permits and lines that hold places down, for a message.
func (k *checker) limits(places []*headroom.VehicleLine) string {
	var out []string
	for _, v := range places {
		l := k.lineOf[v.Line]
		if l == nil {
			continue
		}
		at := k.c.Place("line", l.ID, "capacity_year").String()
		if p := k.plantOf[l.Plant]; p != nil && p.SiteCap.Set && p.SiteCap.Value < k.most(l) {
			at = k.c.Place("plant", p.ID, "site_cap").String()
		}
		if !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + names(out) + ")"
}

// shared compares what must be served of the vehicles that can be built only in one group of places with what the group can
// build.
func (k *checker) shared(group string, in func(*headroom.VehicleLine) bool) {
	var cars []string
	var places []*headroom.VehicleLine
	for i := range k.c.Vehicles {
		own, _ := k.placesFor(k.c.Vehicles[i].ID)
		if len(own) > 0 && !slices.ContainsFunc(own, func(v *headroom.VehicleLine) bool { return !in(v) }) {
			cars, places = append(cars, k.c.Vehicles[i].ID), append(places, own...)
		}
	}
	if len(cars) < 2 {
		return
	}
	for t, p := range k.c.Periods {
		least, key := 0.0, ""
		for _, car := range cars {
			n, at := k.owed(car, t)
			least += n
			if key == "" {
				key = at
			}
		}
		most, _ := k.mostOf(places, t)
		if least > most*1.000001 {
			if k.toldOf(headroom.CodeImpossibleDemand, "demand", key) {
				return
			}
			k.fail(headroom.CodeImpossibleDemand, "demand", key, "min_service", "lower min_service, or add a line that builds one of them",
				"in %s at least %s of %s must be served, and only %s can build them, which can build %s%s", p.ID, whole(least), names(cars), group, whole(most), k.limits(places))
			return
		}
	}
}
