package check

import (
	"fmt"
	"math"
	"strings"

	"headroom"
)

// A minimum above a maximum over it never holds: the solver then builds nothing, calls that the best plan, and is right. Each
// minimum is compared with every maximum over it, period by period, and both rows are named.

// limit is a most, with the cell that says it.
type limit struct {
	units float64 // vehicles in the period
	at    headroom.Place
	what  string
}

// clash is a minimum that is above its smallest maximum.
type clash struct {
	least   float64
	most    limit
	periods []string // in which it is
	of      int      // periods in which the minimum asks for anything
}

// compare notes a period of a minimum.
func (c *clash) compare(period string, least float64, most []limit) {
	if least <= 0 {
		return
	}
	c.of++
	low := limit{units: math.Inf(1)}
	for _, m := range most {
		if m.units < low.units {
			low = m
		}
	}
	if least <= low.units*(1+1e-6)+1e-9 {
		return
	}
	if len(c.periods) == 0 {
		c.least, c.most = least, low
	}
	c.periods = append(c.periods, period)
}

// standing is how much a minimum binds.
type standing int

const (
	must    standing = iota // it holds in every plan
	chosen                  // it holds where the plan chooses what it belongs to
	wish                    // a soft target
	ifTaken                 // it belongs to an option: a vehicle or plant of use consider, a deal that is not signed
)

// report tells a clash: as an error where it must hold in one of the periods or can hold in none, as a warning where a choice is
// open in some of them only, as a remark where nothing depends on it.
func (k *checker) report(c *clash, how standing, table, key, column, hint, what string) {
	if len(c.periods) == 0 {
		return
	}
	sev := headroom.SeverityError
	switch {
	case how == wish || how == ifTaken:
		sev = headroom.SeverityInfo
	case how == chosen && len(c.periods) < c.of:
		sev = headroom.SeverityWarning
	}
	where := c.periods[0]
	if n := len(c.periods); n == c.of && n > 1 {
		where = "every period, as in " + where
	} else if n > 1 {
		where += fmt.Sprintf(" and %d more", n-1)
	}
	other := ""
	if c.most.at != (headroom.Place{}) {
		other = " (" + c.most.at.String() + ")"
	}
	k.add(sev, headroom.CodeMinimumAboveMaximum, table, key, column, hint, "%s is %s vehicles in %s, and %s %s%s: %s short",
		what, whole(c.least), where, c.most.what, whole(c.most.units), other, whole(c.least-c.most.units))
}

// minima compares all minima with the maxima over them.
func (k *checker) minima() {
	k.leastRates()
	k.leastVolumes()
	k.leastDeals()
	k.leastTargets()
	k.crowded()
	k.overpromised()
}

// lineMost is what a line can build at most of a place's vehicle in a period.
func (k *checker) lineMost(l *headroom.Line, factor, years, share float64) limit {
	column := "capacity_year"
	if !l.CapacityYear.Set {
		column = "rate"
	}
	return limit{k.most(l) * factor * years * share, k.c.Place("line", l.ID, column), "the line can build, with every pattern and overtime,"}
}

// demandMost is what all markets want of a vehicle in a period.
func (k *checker) demandMost(vehicle string, t int) limit {
	l := limit{units: k.demandIn(vehicle, t), what: "its whole demand is"}
	for _, d := range k.demandRows(vehicle, t) {
		l.at = k.c.Place("demand", d.Key(), "volume")
		break
	}
	return l
}

// siteMost adds the permit of a plant in a period to limits, where there is one.
func (k *checker) siteMost(most []limit, p *headroom.Plant, years float64) []limit {
	if p != nil && p.SiteCap.Set {
		most = append(most, limit{p.SiteCap.Value * years, k.c.Place("plant", p.ID, "site_cap"), "the site may build"})
	}
	return most
}

// window is the days on which a place's line is there, its vehicle between SOP and EOP, and its deal can be in force.
func (k *checker) window(v *headroom.VehicleLine) (from, to headroom.Date) {
	if car := k.carOf[v.Vehicle]; car != nil {
		from, to = car.SOP, car.EOP
	}
	if l := k.lineOf[v.Line]; l != nil {
		from, to = max(from, l.From), earlier(to, l.To)
	}
	if a := k.dealOf[v.Arrangement]; a != nil {
		begin, end := k.dealDays(a)
		from, to = max(from, begin), earlier(to, end)
	}
	return from, to
}

// dealDays is when a deal can be in force: a fact for its term, another from its earliest start on.
func (k *checker) dealDays(a *headroom.Arrangement) (from, to headroom.Date) {
	from = a.EarliestStart
	if from == 0 {
		from = k.c.HorizonFrom
	}
	if a.TermYears > 0 && a.Status.Fact() {
		to = from.AddMonths(int(math.Round(12 * a.TermYears))).AddDays(-1)
	}
	return from, to
}

// open is the share of a period in which a place is open.
func (k *checker) open(v *headroom.VehicleLine, p headroom.Period) float64 {
	return p.Overlap(k.window(v))
}

// optional reports whether a place belongs to an option that no plan needs to take.
func (k *checker) optional(v *headroom.VehicleLine) bool {
	car, line := k.carOf[v.Vehicle], k.lineOf[v.Line]
	if a := k.dealOf[v.Arrangement]; a != nil && !a.Status.Fact() {
		return true
	}
	return car != nil && car.Use == headroom.Consider || line != nil && k.considers(line.Plant)
}

func (k *checker) considers(plant string) bool {
	p := k.plantOf[plant]
	return p != nil && p.Use == headroom.Consider
}

// leastRates compares min_rate of lines with what the line, the site and the demand for all that it can build allow.
func (k *checker) leastRates() {
	for i := range k.c.Lines {
		l := &k.c.Lines[i]
		if l.MinRate <= 0 || len(k.onLine[l.ID]) == 0 {
			continue
		}
		var c, held clash
		on := func(_ *headroom.VehicleLine, at *headroom.Line) bool { return at.ID == l.ID }
		for t, p := range k.c.Periods {
			factor, wanted := 0.0, limit{what: "the demand for all that it can build is"}
			seen := map[string]bool{}
			for _, v := range k.onLine[l.ID] {
				share := k.open(v, p)
				if share == 0 {
					continue
				}
				factor = max(factor, v.RateFactor)
				if !seen[v.Vehicle] {
					seen[v.Vehicle] = true
					d := k.demandMost(v.Vehicle, t)
					wanted.units += d.units
					wanted.at = d.at
				}
			}
			share := p.Overlap(l.From, l.To)
			if share == 0 || factor == 0 || wanted.units == 0 {
				continue // it stands, and nothing asks for it
			}
			full := k.most(l)
			if full == 0 {
				continue // reported with the capacity
			}
			// A line may run for a part of the period and stand for the rest only as a whole, so that a part year of demand is no clash
			// of rates: demand is compared over the days in which it is there.
			least := l.MinRate * p.Years() * share
			most := k.siteMost([]limit{k.lineMost(l, factor, p.Years(), share)}, k.plantOf[l.Plant], p.Years())
			if wide := k.widest(l, p); wide > 0 {
				most = append(most, limit{wanted.units * share / min(share, wide), wanted.at, wanted.what})
			}
			if len(k.promised(t, on)) > 0 {
				held.compare(p.ID, least, most)
			} else {
				c.compare(p.ID, least, most)
			}
		}
		how := chosen
		if k.considers(l.Plant) {
			how = ifTaken
		}
		k.report(&held, must, "line", l.ID, "min_rate", "lower min_rate, or end the commitments on the line: it must run and cannot", "the least output of "+l.ID)
		if len(held.periods) > 0 {
			continue
		}
		k.report(&c, how, "line", l.ID, "min_rate", "lower min_rate: the line never runs at it", "the least output of "+l.ID)
	}
}

// widest is the largest share of a period in which one of the vehicles of a line can be built.
func (k *checker) widest(l *headroom.Line, p headroom.Period) float64 {
	best := 0.0
	for _, v := range k.onLine[l.ID] {
		best = max(best, k.open(v, p))
	}
	return best
}

// leastVolumes compares min_volume of places with what line, site, deal and demand allow.
func (k *checker) leastVolumes() {
	for i := range k.c.VehicleLines {
		v := &k.c.VehicleLines[i]
		l := k.lineOf[v.Line]
		if v.MinVolume <= 0 || l == nil {
			continue
		}
		var c, held clash
		for t, p := range k.c.Periods {
			share := k.open(v, p)
			ramp := k.leastRamp(v, t) // it scales both what is built at least and what the line can build
			least := v.MinVolume * p.Years() * share * ramp
			most := k.siteMost([]limit{k.lineMost(l, v.RateFactor, p.Years(), share*ramp), k.demandMost(v.Vehicle, t)}, k.plantOf[l.Plant], p.Years())
			most = k.dealMost(most, v.Arrangement, p)
			if k.committed(v, l, p) > 0 {
				held.compare(p.ID, least, most)
			} else if k.demandIn(v.Vehicle, t) > 0 {
				c.compare(p.ID, least, most)
			}
		}
		how := chosen
		if k.optional(v) {
			how = ifTaken
		}
		hint := "lower min_volume, or raise the other: the place is never used"
		what := "the least volume of " + v.Vehicle + " on " + v.Line
		k.report(&held, must, "vehicle_line", v.Key(), "min_volume", "lower min_volume, or end the commitment", what)
		if len(held.periods) == 0 {
			k.report(&c, how, "vehicle_line", v.Key(), "min_volume", hint, what)
		}
	}
}

// dealMost adds the largest volume of a deal in a period to limits, where it has one.
func (k *checker) dealMost(most []limit, deal string, p headroom.Period) []limit {
	for _, t := range k.c.Terms {
		if deal != "" && t.Arrangement == deal && t.Kind == headroom.MaxVolume {
			if share := p.Overlap(t.From, t.To); share == 1 {
				most = append(most, limit{t.Value * p.Years(), k.c.Place("term", t.Key(), "value"), "the largest volume of the deal is"})
			}
		}
	}
	return most
}

// leastDeals compares the least volumes of deals with their largest, with the lines and with the demand for what they name.
func (k *checker) leastDeals() {
	for _, t := range k.c.Terms {
		a := k.dealOf[t.Arrangement]
		if t.Kind != headroom.MinVolume || t.Value <= 0 || a == nil || a.Status.Dead() {
			continue
		}
		var c clash
		none := k.binds(a) && len(k.placesUnder(a.ID)) == 0
		for i, p := range k.c.Periods {
			if none {
				from, to := k.dealDays(a)
				most := limit{0, k.c.Place("arrangement", a.ID, "arr_id"), "no line that is there can build anything under the deal, which makes"}
				c.compare(p.ID, t.Value*p.Years()*p.Overlap(max(from, t.From), earlier(to, t.To)), []limit{most})
				continue
			}
			share := k.dealOpen(a, t, p)
			if share == 0 {
				continue // nothing of it can be built yet, or any more
			}
			c.compare(p.ID, t.Value*p.Years()*share*k.dealRamp(a, i), k.dealLimits(a, i, p, share))
		}
		how, hint := ifTaken, "lower it, or raise the other"
		if a.Status.Fact() {
			how = must
		}
		if none {
			hint = "name the deal in arrangement of a row of vehicle_line.csv, or delete the least volume"
		}
		k.report(&c, how, "term", t.Key(), "value", hint, "the least volume of "+a.ID)
	}
}

// leastRamp is the smallest share of its full rate that a place can be at in a period, by when it was launched.
func (k *checker) leastRamp(v *headroom.VehicleLine, t int) float64 {
	if k.running(v) {
		return 1
	}
	best := 1.0
	for i := range v.Ramp {
		if i <= t {
			best = min(best, v.Ramp[i]/100)
		}
	}
	return best
}

// dealRamp is leastRamp of the first place of a deal, which scales the least volume of the deal.
func (k *checker) dealRamp(a *headroom.Arrangement, t int) float64 {
	for i := range k.c.VehicleLines {
		if v := &k.c.VehicleLines[i]; v.Arrangement == a.ID {
			return k.leastRamp(v, t)
		}
	}
	return 1
}

// dealOpen is the share of a period in which a term of a deal that can be in force holds and one of its places is open.
func (k *checker) dealOpen(a *headroom.Arrangement, t headroom.Term, p headroom.Period) float64 {
	from, to := k.dealDays(a)
	from, to = max(from, t.From), earlier(to, t.To)
	best := 0.0
	for i := range k.c.VehicleLines {
		v := &k.c.VehicleLines[i]
		car, line := k.carOf[v.Vehicle], k.lineOf[v.Line]
		if v.Arrangement == a.ID && car != nil && line != nil {
			best = max(best, p.Overlap(max(from, car.SOP, line.From), earlier(to, earlier(car.EOP, line.To))))
		}
	}
	return best
}

// dealLimits are the maxima over the volume of a deal in a period.
func (k *checker) dealLimits(a *headroom.Arrangement, t int, p headroom.Period, share float64) []limit {
	lines, wanted := limit{what: "the lines of its places can build, with every pattern and overtime,"}, limit{what: "the demand for its vehicles is"}
	seen, cars := map[string]bool{}, map[string]bool{}
	for i := range k.c.VehicleLines {
		v := &k.c.VehicleLines[i]
		l := k.lineOf[v.Line]
		if v.Arrangement != a.ID || l == nil {
			continue
		}
		if !seen[l.ID] {
			seen[l.ID] = true
			m := k.lineMost(l, k.bestFactor(a.ID, l.ID), p.Years(), min(share, p.Overlap(l.From, l.To)))
			lines.units += m.units
			lines.at = m.at
		}
		if !cars[v.Vehicle] {
			cars[v.Vehicle] = true
			d := k.demandMost(v.Vehicle, t)
			wanted.units += d.units
			wanted.at = d.at
		}
	}
	if len(seen) == 0 {
		return nil // a deal of no place is reported itself
	}
	most := []limit{lines, wanted}
	for _, m := range k.dealMost(nil, a.ID, p) {
		m.units *= share
		most = append(most, m)
	}
	return most
}

// bestFactor is the largest rate factor of a deal's places on a line.
func (k *checker) bestFactor(deal, line string) float64 {
	best := 0.0
	for _, v := range k.onLine[line] {
		if v.Arrangement == deal {
			best = max(best, v.RateFactor)
		}
	}
	return best
}

// names joins a few names.
func names(list []string) string {
	if len(list) > 4 {
		list = append(list[:4:4], fmt.Sprintf("%d more", len(list)-4))
	}
	return strings.Join(list, ", ")
}
