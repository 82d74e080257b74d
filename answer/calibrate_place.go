package answer

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"headroom"
	"headroom/lp"
	"headroom/planner"
)

// Numbers of the fit of the cost of switching, millions of base currency. Costs are tried in steps until all programmes are right,
// then the last step is halved.
const (
	switchingStep  = 50.0
	switchingMost  = 1000.0 // the largest that is tried
	switchingExact = 1.0
)

// Landing is a programme in a year: where the plan builds it and where it was really built.
type Landing struct {
	Vehicle string
	Plan    string // plant
	Real    string // plant
	Plants  int    // that it could go to, its own among them
	Units   float64
}

// Right reports whether the plan has it where it was.
func (l Landing) Right() bool { return l.Plan == l.Real }

// Placing is what the plan says of one year at a cost of switching.
type Placing struct {
	Year     int
	CostM    float64 // of switching, millions of base currency
	Landings []Landing
	Lost     float64 // vehicles that were wanted and that the plan does not build
}

// Right counts the programmes that land where they were, and all; the same for those that had a choice.
func (p Placing) Right() (right, all, rightOfChoice, choice int) {
	for _, l := range p.Landings {
		all++
		if l.Plants > 1 {
			choice++
		}
		if l.Right() {
			right++
			if l.Plants > 1 {
				rightOfChoice++
			}
		}
	}
	return right, all, rightOfChoice, choice
}

// Placings is the calibration of which plant builds what: CostM is fitted on the year Fit and used in the year Scored.
type Placings struct {
	CostM      float64
	Best       int // programmes of the year that is fitted that are right at CostM: as many as at any cost that was tried
	Tried      []Tried
	FreeFitted Placing // the year that is fitted with a cost of nothing
	Fitted     Placing
	Scored     Placing
	Beside     []Placing // the year that is scored at no cost, and at the low, the base and the high of the assumption about retooling
	Moved      []string  // programmes of the year that is scored that were elsewhere in the year that is fitted, or nowhere
}

// Tried is one cost of switching that was tried on the year that is fitted.
type Tried struct {
	CostM float64
	Right int
}

// Place fits the cost of switching on one year and predicts another with it. Every programme may be built in any plant of its
// maker's group that has a programme by then, whole; the plan builds what was built in the year, at least cost: labour, energy,
// crews, freight and duty. A programme that is not where it was in the year that is fitted pays the cost of switching as a yearly
// charge over its life (terminal_life at discount_rate). The fitted cost is the smallest at which most programmes of that year
// are where they were. Where they are in the year that is scored is not looked at.
func Place(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options, fit, score int) (Placings, error) {
	out := Placings{}
	try := func(year int, cost float64) (Placing, error) { return placed(ctx, c, s, o, year, fit, cost) }
	right := func(cost float64) (Placing, int, error) {
		p, err := try(fit, cost)
		n, _, _, _ := p.Right()
		out.Tried = append(out.Tried, Tried{cost, n})
		return p, n, err
	}
	best, at := Placing{}, 0.0
	for cost := 0.0; cost <= switchingMost; cost += switchingStep {
		p, n, err := right(cost)
		if err != nil {
			return out, err
		}
		if cost == 0 {
			out.FreeFitted = p
		}
		if n > out.Best || cost == 0 {
			out.Best, best, at = n, p, cost
		}
		if n == len(p.Landings) {
			break
		}
	}
	low := at - switchingStep
	for at > 0 && at-low > switchingExact {
		mid := math.Round((low + at) / 2)
		p, n, err := right(mid)
		if err != nil {
			return out, err
		}
		if n >= out.Best {
			best, at = p, mid
		} else {
			low = mid
		}
	}
	out.CostM, out.Fitted = at, best
	var err error
	if out.Scored, err = try(score, at); err != nil {
		return out, err
	}
	before := homes(c, fit)
	for _, l := range out.Scored.Landings {
		if plantOf(c, before[l.Vehicle]) != l.Real {
			out.Moved = append(out.Moved, l.Vehicle)
		}
	}
	for _, cost := range append([]float64{0}, retoolRange(c)...) {
		p, err := try(score, cost)
		if err != nil {
			return out, err
		}
		out.Beside = append(out.Beside, p)
	}
	return out, nil
}

// retoolRange is the low, the base and the high of the assumption about the cost of retooling for a programme new to a line.
func retoolRange(c *headroom.Case) []float64 {
	var out []float64
	for _, a := range c.Assumptions {
		if a.Table != "vehicle_line" || a.Column != "retool" || a.Selector != "*" {
			continue
		}
		for _, text := range []string{a.Low, a.Value, a.High} {
			if v, err := strconv.ParseFloat(text, 64); err == nil {
				out = append(out, v)
			}
		}
	}
	return out
}

// placed plans the places of one year at a cost of switching from where programmes were in a base year.
func placed(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options, year, base int, costM float64) (Placing, error) {
	d, err := freeYear(c, year, base, costM)
	if err != nil {
		return Placing{}, err
	}
	o.Objective, o.Gap = "cost", 1e-6
	p, err := Plan(ctx, d, s, o)
	if err != nil {
		return Placing{}, err
	}
	if p.Status != headroom.StatusVerified {
		return Placing{}, fmt.Errorf("places of %d at %g m: %s %s", year, costM, p.Status, p.Why)
	}
	out := Placing{Year: year, CostM: costM}
	real := homes(c, year)
	for _, v := range d.Vehicles {
		l := Landing{Vehicle: v.ID, Real: plantOf(c, real[v.ID])}
		var plants []string
		for _, k := range d.VehicleLines {
			if plant := plantOf(c, k.Line); k.Vehicle == v.ID && !slices.Contains(plants, plant) {
				plants = append(plants, plant)
			}
		}
		l.Plants = len(plants)
		for _, row := range p.Outputs {
			if row.Vehicle == v.ID && row.Units > l.Units {
				l.Plan, l.Units = row.Plant, row.Units
			}
		}
		out.Landings = append(out.Landings, l)
	}
	for _, l := range p.Losts {
		out.Lost += l.Units
	}
	return out, nil
}

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
// vehicle was in the base year carries the yearly charge of the cost of switching.
func placesFree(c, d *headroom.Case, year int, home, before map[string]string, sold map[string]float64, costM float64) map[string]bool {
	used, charge := map[string]bool{}, costM*yearlyCharge(c)
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
			k.RetoolM = headroom.Some(charge)
			if plantOf(c, l.ID) == plantOf(c, before[v.ID]) {
				k.RetoolM = headroom.Some(0)
			}
			used[l.Plant] = true
			d.VehicleLines = append(d.VehicleLines, k)
		}
	}
	return used
}

// yearlyCharge is what one of money spent on tooling costs a year over the life of a programme.
func yearlyCharge(c *headroom.Case) float64 {
	r, life := c.DiscountRate/100, c.TerminalLife
	switch {
	case life <= 0:
		return 1
	case r == 0:
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
	return slices.ContainsFunc(c.VehicleLines, func(k headroom.VehicleLine) bool { return plantOf(c, k.Line) == plant && runs(c, k, year) })
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
