package check

import "headroom"

// crowded counts commitments against the room for them: programmes and launches on a line, lines of a vehicle, the permit of a
// site, the largest volume of a deal.
func (k *checker) crowded() {
	for i := range k.c.Lines {
		l := &k.c.Lines[i]
		k.crowdedLine(l)
		k.crowdedLaunches(l)
	}
	for i := range k.c.Vehicles {
		k.crowdedVehicle(&k.c.Vehicles[i])
	}
	for i := range k.c.Plants {
		if p := &k.c.Plants[i]; p.SiteCap.Set {
			k.crowdedGroup(limit{p.SiteCap.Value, k.c.Place("plant", p.ID, "site_cap"), "the site may build"}, p.ID,
				func(_ *headroom.VehicleLine, l *headroom.Line) bool { return l.Plant == p.ID })
		}
	}
	for _, t := range k.c.Terms {
		if a := k.dealOf[t.Arrangement]; t.Kind == headroom.MaxVolume && a != nil && a.Status.Fact() && t.From <= k.c.HorizonFrom && (t.To == 0 || t.To >= k.c.HorizonTo) {
			k.crowdedGroup(limit{t.Value, k.c.Place("term", t.Key(), "value"), "the largest volume of the deal is"}, a.ID,
				func(v *headroom.VehicleLine, _ *headroom.Line) bool { return v.Arrangement == a.ID })
		}
	}
}

// held are the places on a line that are committed in a period.
func (k *checker) held(l *headroom.Line, p headroom.Period) []*headroom.VehicleLine {
	var out []*headroom.VehicleLine
	for _, v := range k.onLine[l.ID] {
		if k.available(v) && k.committed(v, l, p) > 0 {
			out = append(out, v)
		}
	}
	return out
}

// vehiclesOf are the vehicles of places.
func vehiclesOf(places []*headroom.VehicleLine) []string {
	var out []string
	for _, v := range places {
		out = append(out, v.Vehicle)
	}
	return out
}

// crowdedLine compares the programmes that are committed to a line with the room on it.
func (k *checker) crowdedLine(l *headroom.Line) {
	if !l.MaxVehicles.Set {
		return
	}
	for _, p := range k.c.Periods {
		on := k.held(l, p)
		if len(on) == 0 || float64(len(on)) <= l.MaxVehicles.Value {
			continue
		}
		k.fail(headroom.CodeMinimumAboveMaximum, "vehicle_line", on[len(on)-1].Key(), "committed_until", "end a commitment, or raise max_vehicles",
			"in %s %d programmes are committed to %s (%s), first %s, and it has room for %s (%s)", p.ID, len(on), l.ID, names(vehiclesOf(on)),
			k.c.Place("vehicle_line", on[0].Key(), "committed_until"), number(l.MaxVehicles.Value), k.c.Place("line", l.ID, "max_vehicles"))
		return
	}
}

// crowdedLaunches compares the commitments that begin on a line in a calendar year with the launches that it can make.
func (k *checker) crowdedLaunches(l *headroom.Line) {
	if !l.MaxLaunches.Set {
		return
	}
	in := map[int][]*headroom.VehicleLine{}
	for _, v := range k.onLine[l.ID] {
		car := k.carOf[v.Vehicle]
		if v.CommittedUntil == 0 || k.running(v) || car == nil || !k.available(v) {
			continue
		}
		start := max(v.CommittedFrom, car.SOP, l.From, k.c.HorizonFrom)
		if start > k.c.HorizonTo || start > v.CommittedUntil {
			continue
		}
		in[start.Year()] = append(in[start.Year()], v)
		if n := in[start.Year()]; float64(len(n)) > l.MaxLaunches.Value {
			k.fail(headroom.CodeMinimumAboveMaximum, "vehicle_line", v.Key(), "committed_from", "move a commitment to another year, or raise max_launches",
				"in %d %d commitments begin on %s (%s), and it can launch %s a year (%s)", start.Year(), len(n), l.ID, names(vehiclesOf(n)),
				number(l.MaxLaunches.Value), k.c.Place("line", l.ID, "max_launches"))
			return
		}
	}
}

// crowdedVehicle compares the lines that a vehicle is committed to with the lines that may build it.
func (k *checker) crowdedVehicle(car *headroom.Vehicle) {
	if !car.MaxLines.Set {
		return
	}
	for _, p := range k.c.Periods {
		var on []*headroom.VehicleLine
		var lines []string
		for _, v := range k.placesOf[car.ID] {
			if l := k.lineOf[v.Line]; l != nil && k.available(v) && k.committed(v, l, p) > 0 {
				on, lines = append(on, v), append(lines, v.Line)
			}
		}
		if len(on) > 0 && float64(len(on)) > car.MaxLines.Value {
			k.fail(headroom.CodeMinimumAboveMaximum, "vehicle_line", on[len(on)-1].Key(), "committed_until", "end a commitment, or raise max_lines",
				"in %s %s is committed to %d lines (%s), and at most %s may build it (%s)", p.ID, car.ID, len(on), names(lines),
				number(car.MaxLines.Value), k.c.Place("vehicle", car.ID, "max_lines"))
			return
		}
	}
}

// crowdedGroup compares what the commitments of a group of places build at least with a limit a year.
func (k *checker) crowdedGroup(most limit, group string, belongs func(*headroom.VehicleLine, *headroom.Line) bool) {
	var c clash
	first := ""
	for t, p := range k.c.Periods {
		least := 0.0
		for i := range k.c.VehicleLines {
			v := &k.c.VehicleLines[i]
			l := k.lineOf[v.Line]
			if l == nil || !belongs(v, l) || !k.available(v) {
				continue
			}
			if run := k.run(v, l, t); run > 0 {
				least += run
				if first == "" {
					first = v.Key()
				}
			}
		}
		here := most
		here.units *= p.Years()
		c.compare(p.ID, least, []limit{here})
	}
	k.report(&c, must, "vehicle_line", first, "committed_until", "lower min_run or the demand, end a commitment, or raise the other", "what the commitments of "+group+" build at least")
}
