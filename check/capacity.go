package check

import (
	"math"
	"slices"

	"headroom"
)

// single is the pattern of a case that has no table of them.
var single = headroom.ShiftPattern{Index: headroom.Some(1)}

// patternsFor returns the patterns that a line can work.
func (k *checker) patternsFor(l *headroom.Line) []*headroom.ShiftPattern {
	if len(k.c.ShiftPatterns) == 0 {
		return []*headroom.ShiftPattern{&single}
	}
	var out []*headroom.ShiftPattern
	for i := range k.c.ShiftPatterns {
		p := &k.c.ShiftPatterns[i]
		if len(p.Lines) == 0 || slices.Contains(p.Lines, "*") || slices.Contains(p.Lines, l.ID) {
			out = append(out, p)
		}
	}
	return out
}

// capacityIn is the straight-time capacity of a line in a pattern, vehicles a year.
func capacityIn(l *headroom.Line, p *headroom.ShiftPattern) (float64, bool) {
	switch {
	case l.CapacityYear.Set && p.Index.Set:
		return l.CapacityYear.Value * p.Index.Value, true
	case l.Rate.Set && p.Hours.Set:
		return hourly(l, p), true
	}
	return 0, false
}

// hourly is the capacity of a line in a pattern by its rate.
func hourly(l *headroom.Line, p *headroom.ShiftPattern) float64 {
	return l.Rate.Value * l.Availability / 100 * p.Hours.Value * p.Weeks
}

// most is the largest capacity of a line with overtime, vehicles a year.
func (k *checker) most(l *headroom.Line) float64 {
	best := 0.0
	for _, p := range k.patternsFor(l) {
		if v, ok := capacityIn(l, p); ok {
			best = max(best, v*(1+p.OvertimeShare/100))
		}
	}
	return best
}

// demandRows are the rows of a vehicle that count in a period, one a market.
func (k *checker) demandRows(vehicle string, t int) []headroom.Demand {
	period := k.c.Periods[t].ID
	special := map[string]bool{}
	for _, d := range k.demandOf[vehicle] {
		if d.Period == period {
			special[d.Market] = true
		}
	}
	var out []headroom.Demand
	for _, d := range k.demandOf[vehicle] {
		if d.Period == period || d.Period == "*" && !special[d.Market] {
			out = append(out, d)
		}
	}
	return out
}

// volumeIn is the volume of a demand row in a period, vehicles.
func (k *checker) volumeIn(d headroom.Demand, t int) float64 { return k.volumeOn(d, t, 0, 0) }

// volumeOn is the volume of a demand row on the days of a period between two dates, vehicles: the row holds and the vehicle is between
// SOP and EOP.
func (k *checker) volumeOn(d headroom.Demand, t int, from, to headroom.Date) float64 {
	p := k.c.Periods[t]
	from, to = max(from, d.From), earlier(to, d.To)
	if car := k.carOf[d.Vehicle]; car != nil {
		from, to = max(from, car.SOP), earlier(to, car.EOP)
	}
	return k.volume(d, p) * p.Years() * p.Overlap(from, to)
}

// demandIn is what all markets would buy of a vehicle in a period, vehicles.
func (k *checker) demandIn(vehicle string, t int) float64 {
	sum := 0.0
	for _, d := range k.demandRows(vehicle, t) {
		sum += k.volumeIn(d, t)
	}
	return sum
}

// volume is the yearly volume of a demand row in a period.
func (k *checker) volume(d headroom.Demand, p headroom.Period) float64 {
	v := d.Volume
	if d.Period == "*" && d.Growth.Set {
		v *= math.Pow(1+d.Growth.Value/100, headroom.Years(k.c.HorizonFrom, p.From.AddDays(-1)))
	}
	if d.MaxVolume.Set {
		v = min(v, d.MaxVolume.Value)
	}
	return v
}
