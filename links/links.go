package links

import (
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/cost"
	"headroom/flex"
)

// Codes of findings of questions about links.
const (
	// CodeNoUncertainty is a case that does not say how far demand may be off. Example: flex on a case without uncertain.csv.
	CodeNoUncertainty = "NoUncertainty"
	// CodeNoLinks is a period in which no plant that is open builds anything. Example: flex for a case without vehicle_line rows.
	CodeNoLinks = "NoLinks"
	// CodeUnknownLink is a link between names that are not there. Example: flex --add nowhere:hatch.
	CodeUnknownLink = "UnknownLink"
	// CodeNoCapacity is a line that can build nothing. Example: a line of capacity 0.
	CodeNoCapacity = "NoCapacity"
	// CodeHugeCase is a case whose links and plants are too many. Example: one of 5,000 plants.
	CodeHugeCase = "HugeCase"
)

// Links is a case in a period as a question about links: plants with their capacities, vehicles with what is wanted of them.
type Links struct {
	Period   string
	Plants   []string
	Vehicles []string
	Mean     []float64 // demand for each vehicle, vehicles in the period
	Problem  flex.Problem
	Money    bool     // links have margins, in base currency per vehicle
	Known    []string // of each candidate: "" where vehicle_line has no row, "yes", or the deal that it takes
	Costed   []bool   // of each candidate: what it costs is known
	LeftOut  []string // vehicles that a plan may leave out and that have no link
	NoLink   []string // vehicles with demand and no link
	Shut     []string // plants that are not open
	Certain  []string // vehicles whose demand counts as known
}

// linker reads the links of a case.
type linker struct {
	c      *headroom.Case
	book   *cost.Book
	t      int
	out    *Links
	plant  map[string]int // those that are open
	car    map[string]int
	lineOf map[string]int
	place  map[flex.Link]*known
	matter map[string]headroom.Opt // vehicle → dearest material of its rows, where they say it
}

// known is what vehicle_line says of a link.
type known struct {
	there bool
	deal  string // it takes
	cost  headroom.Opt
	row   *headroom.VehicleLine
}

// periodNames are the names of the periods of a case.
func periodNames(c *headroom.Case) []string {
	var out []string
	for _, p := range c.Periods {
		out = append(out, p.ID)
	}
	return out
}

// Of reads the links of a case in a period; "" is the last. A plant counts with the largest straight-time capacity of its lines
// where it is open today. A link is there where vehicle_line has a row that is committed in the period, or that takes no retooling, and whose
// deal is in force. Every other pair of plant and vehicle is a candidate.
func Of(c *headroom.Case, period string) (*Links, error) {
	book := cost.New(c)
	l := &linker{c: c, book: book, t: len(c.Periods) - 1, out: &Links{}, plant: map[string]int{}, car: map[string]int{}, lineOf: map[string]int{}, place: map[flex.Link]*known{}, matter: map[string]headroom.Opt{}}
	if period != "" {
		l.t = slices.IndexFunc(c.Periods, func(p headroom.Period) bool { return p.ID == period })
	}
	if l.t < 0 {
		return nil, headroom.Errorf(headroom.CodeDanglingKey, headroom.Place{File: "period.csv"}, "there are "+strings.Join(periodNames(c), ", "), "there is no period %q", period)
	}
	l.out.Period = c.Periods[l.t].ID
	if len(c.Uncertains) == 0 {
		return nil, headroom.Errorf(CodeNoUncertainty, headroom.Place{File: "uncertain.csv"},
			"add uncertain.csv, for example with the row: all,*,normal,30%,0%,200%,condition (factor_id,vehicles,distribution,sd,low,high,truncation)",
			"the case does not say how far demand may be off")
	}
	if err := l.readPlants(); err != nil {
		return nil, err
	}
	l.readPlaces()
	l.readVehicles()
	if len(l.out.Plants) == 0 || len(l.out.Vehicles) == 0 {
		return nil, headroom.Errorf(CodeNoLinks, headroom.Place{File: "vehicle_line.csv"}, "look at the states of the plants and the dates of the vehicles", "in %s no plant that is open builds anything", l.out.Period)
	}
	l.readLinks()
	if err := l.readDemand(); err != nil {
		return nil, err
	}
	return l.out, nil
}

// readPlants finds the plants that are open and what they can build.
func (l *linker) readPlants() error {
	capacity := map[string]float64{}
	for i := range l.c.Lines {
		line := &l.c.Lines[i]
		l.lineOf[line.ID] = i
		best := 0.0
		if len(l.c.ShiftPatterns) == 0 {
			best = l.book.Capacity(i, -1)
		}
		for j := range l.c.ShiftPatterns {
			if cost.PatternFor(&l.c.ShiftPatterns[j], line.ID) {
				best = max(best, l.book.Capacity(i, j))
			}
		}
		if best <= 0 {
			return headroom.Errorf(CodeNoCapacity, l.c.Place("line", line.Key(), "capacity_year"), "write its capacity, or exclude the line (use)", "the line %s can build nothing", line.ID)
		}
		capacity[line.Plant] += best * l.book.Years(l.t) * l.book.LineShare(i, l.t)
	}
	for _, p := range l.c.Plants {
		most := capacity[p.ID]
		if p.SiteCap.Set {
			most = min(most, p.SiteCap.Value*l.book.Years(l.t))
		}
		switch {
		case p.InitialState != headroom.Operating && p.InitialState != "":
			l.out.Shut = append(l.out.Shut, p.ID)
		case most > 0:
			l.plant[p.ID] = len(l.out.Plants)
			l.out.Plants = append(l.out.Plants, p.ID)
			l.out.Problem.Capacity = append(l.out.Problem.Capacity, most)
		}
	}
	return nil
}

// readPlaces looks at the rows of vehicle_line. Of several for one plant and vehicle the one that is there counts, then one without a
// deal, then the cheapest.
func (l *linker) readPlaces() {
	for i, v := range l.c.Vehicles {
		l.car[v.ID] = i
	}
	deals := map[string]headroom.Arrangement{}
	for _, a := range l.c.Arrangements {
		deals[a.ID] = a
	}
	per := l.c.Periods[l.t]
	for i := range l.c.VehicleLines {
		row := &l.c.VehicleLines[i]
		if m := row.UnitMaterial; m.Set {
			l.matter[row.Vehicle] = headroom.Some(max(l.matter[row.Vehicle].Value, m.Value*l.book.FX(row.Currency, l.t)))
		}
		line := &l.c.Lines[l.lineOf[row.Line]]
		p, open := l.plant[line.Plant]
		v, is := l.car[row.Vehicle]
		car := &l.c.Vehicles[v]
		if !open || !is || !row.Compatible || per.Overlap(max(car.SOP, line.From), earlier(car.EOP, line.To)) == 0 {
			continue
		}
		k := &known{cost: row.RetoolM, row: row}
		if row.Arrangement != "" && !l.c.InForce(deals[row.Arrangement]) {
			k.deal = row.Arrangement
		}
		committed := row.CommittedUntil != 0 && per.Overlap(max(row.CommittedFrom, line.From), earlier(row.CommittedUntil, line.To)) > 0
		k.there = k.deal == "" && (committed || row.RetoolM.Set && row.RetoolM.Value == 0)
		link := flex.Link{Plant: p, Vehicle: v}
		if old := l.place[link]; old == nil || k.better(old) {
			l.place[link] = k
		}
	}
}

// better reports whether a row counts before another of the same plant and vehicle.
func (k *known) better(old *known) bool {
	switch {
	case k.there != old.there:
		return k.there
	case (k.deal == "") != (old.deal == ""):
		return k.deal == ""
	}
	return k.cost.Or(math.Inf(1)) < old.cost.Or(math.Inf(1))
}

// earlier is the earlier of two dates, a missing one being later than all.
func earlier(a, b headroom.Date) headroom.Date {
	switch {
	case a == 0:
		return b
	case b == 0:
		return a
	}
	return min(a, b)
}

// readVehicles finds what is wanted, and renames the vehicles of the links to positions among those.
func (l *linker) readVehicles() {
	linked := map[int]bool{}
	for link, k := range l.place {
		linked[link.Vehicle] = linked[link.Vehicle] || k.there
	}
	at := map[int]int{}
	for v, car := range l.c.Vehicles {
		units := 0.0
		for m := range l.c.Markets {
			units += l.book.Demand(v, m, l.t).Units
		}
		switch {
		case units <= 0:
			continue
		case !linked[v] && car.Use == headroom.Consider:
			l.out.LeftOut = append(l.out.LeftOut, car.ID)
			continue
		case !linked[v]:
			l.out.NoLink = append(l.out.NoLink, car.ID)
		}
		at[v] = len(l.out.Vehicles)
		l.out.Vehicles = append(l.out.Vehicles, car.ID)
		l.out.Mean = append(l.out.Mean, units)
	}
	l.out.Problem.Vehicles = len(l.out.Vehicles)
	places := l.place
	l.place = make(map[flex.Link]*known, len(places))
	for link, k := range places {
		if v, ok := at[link.Vehicle]; ok {
			l.place[flex.Link{Plant: link.Plant, Vehicle: v}] = k
		}
	}
}

// readLinks splits all pairs of plants and vehicles into links and candidates.
func (l *linker) readLinks() {
	for _, d := range l.c.Demands {
		l.out.Money = l.out.Money || d.PriceNet.Set
	}
	plants := map[string]int{}
	for i, p := range l.c.Plants {
		plants[p.ID] = i
	}
	for p, plant := range l.out.Plants {
		for v, vehicle := range l.out.Vehicles {
			link := flex.Link{Plant: p, Vehicle: v}
			k := l.place[link]
			margin, reaches := l.margin(plants[plant], l.car[vehicle], k)
			if k != nil && k.there {
				l.out.Problem.Links = append(l.out.Problem.Links, link)
				if l.out.Money {
					l.out.Problem.Margin = append(l.out.Problem.Margin, margin)
				}
				continue
			}
			if !reaches {
				continue
			}
			l.candidate(link, margin, k)
		}
	}
	if l.out.Money && l.out.Problem.Margin == nil {
		l.out.Problem.Margin = []float64{}
	}
}

// candidate adds a link that is not there.
func (l *linker) candidate(link flex.Link, margin float64, k *known) {
	c := flex.Candidate{Link: link, Margin: margin}
	row, costed := "", false
	if k != nil {
		if row = "yes"; k.deal != "" {
			row = k.deal
		}
		if costed = k.cost.Set; costed {
			c.Cost = k.cost.Value * 1e6 * l.book.FX(k.row.Currency, l.t)
		}
	}
	l.out.Problem.Candidates = append(l.out.Problem.Candidates, c)
	l.out.Known, l.out.Costed = append(l.out.Known, row), append(l.out.Costed, costed)
}

// Link finds the link of two names.
func (l *Links) Link(plant, vehicle string) (flex.Link, error) {
	x := flex.Link{Plant: slices.Index(l.Plants, plant), Vehicle: slices.Index(l.Vehicles, vehicle)}
	switch {
	case x.Plant < 0 && slices.Contains(l.Shut, plant):
		return x, headroom.Errorf(CodeUnknownLink, headroom.Place{File: "plant.csv"}, "write initial_state operating, in a scenario for instance", "the plant %s is not open", plant)
	case x.Plant < 0:
		return x, headroom.Errorf(CodeUnknownLink, headroom.Place{File: "plant.csv"}, "the plants are "+strings.Join(l.Plants, ", "), "there is no plant %q with capacity in %s", plant, l.Period)
	case x.Vehicle < 0:
		return x, headroom.Errorf(CodeUnknownLink, headroom.Place{File: "vehicle.csv"}, "the vehicles are "+strings.Join(l.Vehicles, ", "), "there is no vehicle %q with demand in %s", vehicle, l.Period)
	}
	return x, nil
}
