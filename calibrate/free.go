package calibrate

import (
	"math"
	"slices"

	"headroom"
)

// freeYear is a year in which programmes are free within their maker's group.
func freeYear(c *headroom.Case, year, base int, costM float64) (*headroom.Case, error) {
	wanted, err := wantedIn(c, year)
	if err != nil {
		return nil, err
	}
	d, home, before, sold := oneYear(c, year), homes(c, year), homes(c, base), soldOf(wanted)
	d.Duties, d.Quotas = lawOf(c, year)
	used := placesFree(c, d, year, home, before, sold, costM)
	onLine := map[string]float64{}
	for v, line := range home {
		onLine[line] += sold[v]
	}
	for _, l := range c.Lines {
		if used[l.Plant] {
			d.Lines = append(d.Lines, roomFor(l, onLine[l.ID]))
		}
	}
	for _, p := range c.Plants {
		if used[p.ID] {
			p.Use = headroom.Include
			d.Plants = append(d.Plants, p)
		}
	}
	for _, p := range sortedPairs(wanted) {
		i := slices.IndexFunc(c.Demands, func(x headroom.Demand) bool { return x.Vehicle == p.vehicle && x.Market == p.market })
		if i < 0 || home[p.vehicle] == "" {
			continue
		}
		row := c.Demands[i]
		row.Period, row.Volume, row.Growth, row.MaxVolume, row.From, row.To = itoa(year), wanted[p], headroom.Opt{}, headroom.Opt{}, 0, 0
		row.MinService, row.LostSale = 0, row.PriceNet // what is wanted is built unless no line can
		d.Demands = append(d.Demands, row)
	}
	if len(d.Demands) == 0 {
		return nil, headroom.Errorf(CodeNoCalibration, headroom.Place{File: "outturn.csv"}, "add what was built of each vehicle in that year", "no programme of the case has an outturn in %d", year)
	}
	return d, nil
}

// placesFree fills in the vehicles of a year and their places, and returns the plants of these. A place that is not where the
// vehicle was in the base year carries the yearly charge of the cost of switching over the life of its tooling.
func placesFree(c, d *headroom.Case, year int, home, before map[string]string, sold map[string]float64, costM float64) map[string]bool {
	used := map[string]bool{}
	for _, v := range c.Vehicles {
		if sold[v.ID] <= 0 || home[v.ID] == "" {
			continue
		}
		v.Use, v.SOP, v.EOP, v.MaxLines = headroom.Include, 0, 0, headroom.Some(1)
		d.Vehicles = append(d.Vehicles, v)
		for _, l := range c.Lines {
			if l.ID != home[v.ID] && !openTo(c, v, l.Plant, year) {
				continue
			}
			k := placeOn(c, v.ID, l.ID, home[v.ID])
			k.RetoolM = headroom.Some(costM * yearlyCharge(c, k.ToolingYears()))
			if c.PlantOf(l.ID) == c.PlantOf(before[v.ID]) {
				k.RetoolM = headroom.Some(0)
			}
			used[l.Plant] = true
			d.VehicleLines = append(d.VehicleLines, k)
		}
	}
	return used
}

// yearlyCharge is what one of money spent on tooling costs a year over its life.
func yearlyCharge(c *headroom.Case, life float64) float64 {
	r := c.DiscountRate / 100
	if r == 0 {
		return 1 / life
	}
	return r / (1 - math.Pow(1+r, -life))
}

// placeOn is a place of a vehicle on a line: the row of the case where there is one that needs no deal, else that of its home
// moved there. It holds for the year, with nothing committed.
func placeOn(c *headroom.Case, vehicle, line, home string) headroom.VehicleLine {
	var k headroom.VehicleLine
	for _, on := range []string{home, line} {
		for _, row := range c.VehicleLines {
			if row.Vehicle == vehicle && row.Line == on && (row.Arrangement == "" || on == home) {
				qualifies := slices.Concat(k.Qualifies, row.Qualifies)
				k = row
				slices.Sort(qualifies)
				k.Qualifies = slices.Compact(qualifies)
			}
		}
	}
	k.Line, k.Compatible, k.Arrangement = line, true, ""
	k.CommittedFrom, k.CommittedUntil, k.QualifiesFrom, k.QualifiesTo = 0, 0, 0, 0
	k.MinRun, k.MinVolume, k.Lead, k.Ramp = 0, 0, 0, nil
	return k
}

// openTo reports whether a vehicle may be built in a plant: one of its maker's group that works, and that a programme of the case
// is committed to by the end of the year.
func openTo(c *headroom.Case, v headroom.Vehicle, plant string, year int) bool {
	i := slices.IndexFunc(c.Plants, func(p headroom.Plant) bool { return p.ID == plant })
	if i < 0 || c.Plants[i].InitialState != headroom.Operating && c.Plants[i].InitialState != "" || !oneGroup(c, v.Maker, c.Plants[i].Owner) {
		return false
	}
	return slices.ContainsFunc(c.VehicleLines, func(k headroom.VehicleLine) bool { return c.PlantOf(k.Line) == plant && runs(c, k, year) })
}

// oneGroup reports whether two organisations have an owner in common, or one owns the other.
func oneGroup(c *headroom.Case, a, b string) bool {
	up := func(org string) []string {
		var out []string
		for org != "" && !slices.Contains(out, org) {
			out = append(out, org)
			i := slices.IndexFunc(c.Orgs, func(o headroom.Org) bool { return o.ID == org })
			if i < 0 {
				break
			}
			org = c.Orgs[i].Parent
		}
		return out
	}
	ups := up(a)
	return a != "" && slices.ContainsFunc(up(b), func(o string) bool { return slices.Contains(ups, o) })
}

// lawOf are the duties and quotas of a year: those that hold in it by their own dates, and a quota, which has none, where a claim
// that it is bound to holds by then.
func lawOf(c *headroom.Case, year int) ([]headroom.Duty, []headroom.Quota) {
	var duties []headroom.Duty
	for _, d := range c.Duties {
		if (d.From == 0 || d.From <= lastDay(year)) && (d.To == 0 || d.To >= firstDay(year)) {
			duties = append(duties, d)
		}
	}
	var quotas []headroom.Quota
	for _, q := range c.Quotas {
		from := headroom.Date(0)
		for _, b := range c.Bindings {
			if b.Table != "quota" || b.RowKey != q.Key() || b.Column != "volume" {
				continue
			}
			for _, cl := range c.Claims {
				if slices.Contains(b.Claims, cl.ID) {
					from = max(from, cl.PeriodFrom)
				}
			}
		}
		if q.Period == "*" && from <= lastDay(year) {
			quotas = append(quotas, q)
		}
	}
	return duties, quotas
}
