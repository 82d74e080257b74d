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

// held are those of some places that every plan uses in a period: they are committed, or the one place of a signed deal with a least
// volume.
func (k *checker) held(places []*headroom.VehicleLine, t int) []*headroom.VehicleLine {
	var out []*headroom.VehicleLine
	for _, v := range places {
		if l := k.lineOf[v.Line]; l != nil && k.available(v) && (k.committed(v, l, k.c.Periods[t]) > 0 || k.leastAlone(v, t) > 0) {
			out = append(out, v)
		}
	}
	return out
}

// leastAlone is the least volume of a signed deal in a period whose one place is v.
func (k *checker) leastAlone(v *headroom.VehicleLine, t int) float64 {
	a := k.dealOf[v.Arrangement]
	if a == nil || !k.binds(a) {
		return 0
	}
	places := k.placesUnder(a.ID)
	if len(places) != 1 || places[0] != v {
		return 0
	}
	sum := 0.0
	for i := range k.c.Terms {
		if x := &k.c.Terms[i]; x.Arrangement == a.ID && x.Kind == headroom.MinVolume {
			sum += k.leastOf(a, x, places, t)
		}
	}
	return sum
}

// launchedIn is the period in which every plan launches a place, -1 where none does: that of its commitment, or the first in which the
// least volume of its deal is due and it can be used.
func (k *checker) launchedIn(v *headroom.VehicleLine, l *headroom.Line) int {
	car := k.carOf[v.Vehicle]
	if k.running(v) || car == nil || !k.available(v) {
		return -1
	}
	if v.CommittedUntil != 0 {
		start := max(v.CommittedFrom, car.SOP, l.From, k.c.HorizonFrom)
		at := slices.IndexFunc(k.c.Periods, func(p headroom.Period) bool { return start >= p.From && start <= p.To })
		if at < 0 || k.committed(v, l, k.c.Periods[at]) == 0 {
			return -1
		}
		return at
	}
	at := slices.IndexFunc(k.c.Periods, func(p headroom.Period) bool { return k.open(v, p) > 0 })
	if at < 0 || v.Lead > 0 || k.leastAlone(v, at) == 0 {
		return -1
	}
	return at
}

// placeCell is the cell that says that a place is used: its commitment, or its deal.
func placeCell(v *headroom.VehicleLine) string {
	if v.CommittedUntil == 0 {
		return "arrangement"
	}
	return "committed_until"
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

// crowdedLine compares the programmes that every plan has on a line with the room on it.
func (k *checker) crowdedLine(l *headroom.Line) {
	if !l.MaxVehicles.Set {
		return
	}
	for t, p := range k.c.Periods {
		on := k.onOneDay(k.held(k.onLine[l.ID], t), p, vehicleOf)
		if len(on) == 0 || float64(len(on)) <= l.MaxVehicles.Value {
			continue
		}
		last := on[len(on)-1]
		k.fail(headroom.CodeMinimumAboveMaximum, "vehicle_line", last.Key(), placeCell(last), "end a commitment or a least volume, or raise max_vehicles",
			"in %s %d programmes must be on %s (%s), first %s, and it has room for %s (%s)", p.ID, len(on), l.ID, namesOf(on, vehicleOf),
			k.c.Place("vehicle_line", on[0].Key(), placeCell(on[0])), number(l.MaxVehicles.Value), k.c.Place("line", l.ID, "max_vehicles"))
		return
	}
}

// crowdedLaunches compares the launches that every plan makes on a line, in the periods that begin in one calendar year, with those
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
		at := k.launchedIn(v, l)
		if at < 0 {
			continue
		}
		year := k.c.Periods[at].From.Year()
		in[year] = append(in[year], v)
		if n := in[year]; float64(len(n)) > l.MaxLaunches.Value*max(1, math.Floor(years[year]+1e-9)) {
			column := placeCell(v)
			if column == "committed_until" {
				column = "committed_from"
			}
			k.fail(headroom.CodeMinimumAboveMaximum, "vehicle_line", v.Key(), column, "move a commitment or a deal to another year, or raise max_launches",
				"in %d %d programmes must begin on %s (%s), and it can launch %s a year (%s)", year, len(n), l.ID, namesOf(n, vehicleOf),
				number(l.MaxLaunches.Value), k.c.Place("line", l.ID, "max_launches"))
			return
		}
	}
}

// crowdedVehicle compares the lines that must build a vehicle with the number of lines that may.
func (k *checker) crowdedVehicle(car *headroom.Vehicle) {
	if !car.MaxLines.Set {
		return
	}
	for t, p := range k.c.Periods {
		on := k.onOneDay(k.held(k.placesOf[car.ID], t), p, lineOf)
		if len(on) > 0 && float64(len(on)) > car.MaxLines.Value {
			last := on[len(on)-1]
			k.fail(headroom.CodeMinimumAboveMaximum, "vehicle_line", last.Key(), placeCell(last), "end a commitment or a least volume, or raise max_lines",
				"in %s %s must be built on %d lines (%s), and at most %s may build it (%s)", p.ID, car.ID, len(on), namesOf(on, lineOf),
				number(car.MaxLines.Value), k.c.Place("vehicle", car.ID, "max_lines"))
			return
		}
	}
}

// crowdedGroup compares what the commitments of a group of places build at least with a limit a year.
func (k *checker) crowdedGroup(most limit, group string, belongs func(*headroom.VehicleLine, *headroom.Line) bool) {
	k.tooMuch("what the commitments of "+group+" build at least", belongs, 1, func(t int, all []promise) []limit {
		if !slices.ContainsFunc(all, func(x promise) bool { return x.table != "term" || most.at.File != "term.csv" }) {
			return nil // the least and the largest volume of one deal are compared by themselves
		}
		here := most
		here.units *= k.c.Periods[t].Years()
		return []limit{here}
	})
}
