package check

import (
	"math"
	"slices"

	"headroom"
)

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

// held are those of some places that are committed in a period.
func (k *checker) held(places []*headroom.VehicleLine, p headroom.Period) []*headroom.VehicleLine {
	var out []*headroom.VehicleLine
	for _, v := range places {
		if l := k.lineOf[v.Line]; l != nil && k.available(v) && k.committed(v, l, p) > 0 {
			out = append(out, v)
		}
	}
	return out
}

// onOneDay are the largest number of places with different names whose dates share a day of a period, one of each name. A commitment
// holds its place until the dates of line, vehicle and deal end, whatever its own end.
func (k *checker) onOneDay(places []*headroom.VehicleLine, p headroom.Period, name func(*headroom.VehicleLine) string) []*headroom.VehicleLine {
	open := func(v *headroom.VehicleLine) (from, to headroom.Date) {
		from, to = k.window(v)
		if !k.running(v) {
			from = max(from, v.CommittedFrom)
		}
		return max(from, p.From), to
	}
	var most []*headroom.VehicleLine
	for _, v := range places {
		day, to := open(v)
		if day > p.To || to != 0 && to < day {
			continue
		}
		var here []*headroom.VehicleLine
		for _, o := range places {
			first, last := open(o)
			if first <= day && (last == 0 || day <= last) && !slices.ContainsFunc(here, func(h *headroom.VehicleLine) bool { return name(h) == name(o) }) {
				here = append(here, o)
			}
		}
		if len(here) > len(most) {
			most = here
		}
	}
	return most
}

// namesOf are the names of places.
func namesOf(places []*headroom.VehicleLine, name func(*headroom.VehicleLine) string) string {
	var out []string
	for _, v := range places {
		out = append(out, name(v))
	}
	return names(out)
}

func vehicleOf(v *headroom.VehicleLine) string { return v.Vehicle }

func lineOf(v *headroom.VehicleLine) string { return v.Line }

// crowdedLine compares the programmes that are committed to a line with the room on it.
func (k *checker) crowdedLine(l *headroom.Line) {
	if !l.MaxVehicles.Set {
		return
	}
	for _, p := range k.c.Periods {
		on := k.onOneDay(k.held(k.onLine[l.ID], p), p, vehicleOf)
		if len(on) == 0 || float64(len(on)) <= l.MaxVehicles.Value {
			continue
		}
		k.fail(headroom.CodeMinimumAboveMaximum, "vehicle_line", on[len(on)-1].Key(), "committed_until", "end a commitment, or raise max_vehicles",
			"in %s %d programmes are committed to %s (%s), first %s, and it has room for %s (%s)", p.ID, len(on), l.ID, namesOf(on, vehicleOf),
			k.c.Place("vehicle_line", on[0].Key(), "committed_until"), number(l.MaxVehicles.Value), k.c.Place("line", l.ID, "max_vehicles"))
		return
	}
}

// crowdedLaunches compares the commitments that begin on a line, in the periods that begin in one calendar year, with the launches
// that it can make in the whole years of these periods.
func (k *checker) crowdedLaunches(l *headroom.Line) {
	if !l.MaxLaunches.Set {
		return
	}
	years := map[int]float64{}
	for _, p := range k.c.Periods {
		years[p.From.Year()] += p.Years()
	}
	in := map[int][]*headroom.VehicleLine{}
	for _, v := range k.onLine[l.ID] {
		car := k.carOf[v.Vehicle]
		if v.CommittedUntil == 0 || k.running(v) || car == nil || !k.available(v) {
			continue
		}
		start := max(v.CommittedFrom, car.SOP, l.From, k.c.HorizonFrom)
		at := slices.IndexFunc(k.c.Periods, func(p headroom.Period) bool { return start >= p.From && start <= p.To })
		if at < 0 || k.committed(v, l, k.c.Periods[at]) == 0 {
			continue
		}
		year := k.c.Periods[at].From.Year()
		in[year] = append(in[year], v)
		if n := in[year]; float64(len(n)) > l.MaxLaunches.Value*max(1, math.Floor(years[year]+1e-9)) {
			k.fail(headroom.CodeMinimumAboveMaximum, "vehicle_line", v.Key(), "committed_from", "move a commitment to another year, or raise max_launches",
				"in %d %d commitments begin on %s (%s), and it can launch %s a year (%s)", year, len(n), l.ID, namesOf(n, vehicleOf),
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
		on := k.onOneDay(k.held(k.placesOf[car.ID], p), p, lineOf)
		if len(on) > 0 && float64(len(on)) > car.MaxLines.Value {
			k.fail(headroom.CodeMinimumAboveMaximum, "vehicle_line", on[len(on)-1].Key(), "committed_until", "end a commitment, or raise max_lines",
				"in %s %s is committed to %d lines (%s), and at most %s may build it (%s)", p.ID, car.ID, len(on), namesOf(on, lineOf),
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
