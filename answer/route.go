package answer

import (
	"slices"
	"sort"

	"headroom"
	"headroom/cost"
)

// routes answers what a vehicle costs delivered to a market by each place that can build it, above the ex-works cost of its home
// plant: the place that runs without a deal. Full cost spreads overhead, crews and tooling; marginal cost is what one vehicle more
// costs where plant and crew are paid anyway. Deals of any status count, because the question is what they would bring.
func routes(c *headroom.Case) headroom.CostQuestion {
	q := headroom.CostQuestion{Vehicle: c.QuestionVehicle, Market: c.QuestionMarket, Volume: c.QuestionVolume}
	if q.Vehicle == "" || q.Market == "" {
		return q
	}
	book := cost.New(c)
	r := router{
		c: c, book: book, q: &q, v: position(c.Vehicles, func(v headroom.Vehicle) bool { return v.ID == q.Vehicle }),
		m: position(c.Markets, func(m headroom.Market) bool { return m.ID == q.Market }),
	}
	if r.v < 0 || r.m < 0 || len(c.Periods) == 0 {
		return q
	}
	r.t = slices.IndexFunc(c.Periods, func(p headroom.Period) bool {
		return r.book.Demand(r.v, r.m, slices.Index(c.Periods, p)).Units > 0
	})
	if r.t < 0 {
		return q
	}
	q.Period = c.Periods[r.t].ID
	if q.Volume == 0 {
		q.Volume = r.book.Demand(r.v, r.m, r.t).Units / r.book.Years(r.t)
	}
	r.all()
	return q
}

type router struct {
	c       *headroom.Case
	book    *cost.Book
	q       *headroom.CostQuestion
	v, m, t int
}

func position[E any](s []E, is func(E) bool) int { return slices.IndexFunc(s, is) }

// exWorks is the part of a vehicle's cost that arises in its plant.
type exWorks struct {
	labourFull, labourMarginal, energy, overhead float64
}

func (r *router) exWorks(p int) exWorks {
	per, crew := r.book.Labour(p, r.t)
	energy, base := r.book.Energy(p, r.t)
	e := exWorks{labourFull: per + crew, labourMarginal: per, energy: energy}
	if capacity := r.book.PlantCapacity(p, r.t); capacity > 0 {
		e.overhead = (r.book.FixedOpen(p, r.t) + base) / capacity
	}
	return e
}

func (r *router) all() {
	var rows []*headroom.VehicleLine
	for i := range r.c.VehicleLines {
		if k := &r.c.VehicleLines[i]; k.Vehicle == r.q.Vehicle && k.Compatible {
			rows = append(rows, k)
		}
	}
	home := slices.IndexFunc(rows, func(k *headroom.VehicleLine) bool { return k.Arrangement == "" && k.CommittedUntil != 0 })
	if home < 0 {
		return
	}
	homePlant := r.plant(rows[home])
	r.q.Home = r.c.Plants[homePlant].ID
	ref := r.exWorks(homePlant)
	for _, k := range rows {
		if route, ok := r.route(k, ref); ok {
			r.q.Routes = append(r.q.Routes, route)
		}
	}
	r.q.Years = r.life()
	sort.SliceStable(r.q.Routes, func(i, j int) bool {
		a, b := &r.q.Routes[i], &r.q.Routes[j]
		if (a.Plant == r.q.Home) != (b.Plant == r.q.Home) {
			return a.Plant == r.q.Home
		}
		return a.Full < b.Full
	})
	r.breakEven(rows[home])
}

// life is that of the tooling of the routes, 0 where they differ.
func (r *router) life() float64 {
	years := 0.0
	for i, route := range r.q.Routes {
		if i == 0 {
			years = route.Years
		}
		if route.Years != years {
			return 0
		}
	}
	return years
}

func (r *router) plant(k *headroom.VehicleLine) int {
	l := position(r.c.Lines, func(l headroom.Line) bool { return l.ID == k.Line })
	return position(r.c.Plants, func(p headroom.Plant) bool { return p.ID == r.c.Lines[l].Plant })
}

// route works out the parts of one place's cost; it is not ok where no lane leads to the market.
func (r *router) route(k *headroom.VehicleLine, ref exWorks) (headroom.CarCost, bool) {
	p := r.plant(k)
	freight, ok := r.book.Lane(p, r.m, r.t)
	if !ok {
		return headroom.CarCost{}, false
	}
	own, fx := r.exWorks(p), r.book.FX(k.Currency, r.t)
	name := r.c.Plants[p].Name
	if name == "" {
		name = r.c.Plants[p].ID
	}
	out := headroom.CarCost{Route: name, Plant: r.c.Plants[p].ID, Content: k.Content, Arrangement: k.Arrangement, Years: k.ToolingYears()}
	for _, a := range r.c.Arrangements {
		if a.ID == k.Arrangement {
			out.Status = a.Status
		}
	}
	add := func(part string, full, marginal float64) {
		out.Parts = append(out.Parts, headroom.CarPart{Part: part, Full: full, Marginal: marginal})
		out.Full += full
		out.Marginal += marginal
	}
	add("labour", own.labourFull-ref.labourFull, own.labourMarginal-ref.labourMarginal)
	add("energy", own.energy-ref.energy, own.energy-ref.energy)
	add("overhead", own.overhead-ref.overhead, 0)
	add("content", k.ContentCost.Value*fx, k.ContentCost.Value*fx)
	add("tooling", r.tooling(k)/(r.q.Volume*out.Years), 0)
	add("freight", freight, freight)
	duty := r.duty(k, p)
	add("duty", duty, duty)
	return out, true
}

// tooling is the retooling of a place, base currency; what runs already has paid it.
func (r *router) tooling(k *headroom.VehicleLine) float64 {
	if first := r.c.Periods[0].From; k.CommittedUntil >= first && k.CommittedFrom < first && r.c.Vehicles[r.v].SOP < first {
		return 0
	}
	return k.RetoolM.Value * 1e6 * r.book.FX(k.Currency, r.t)
}

// duty is the lowest duty that what is built at a place can go under, quotas aside.
func (r *router) duty(k *headroom.VehicleLine, p int) float64 {
	customs := r.book.Demand(r.v, r.m, r.t).Customs
	best, found := 0.0, false
	for _, e := range r.book.Entries(r.v, p, r.m, r.t) {
		if e.Regime == headroom.RegimePreferential && (!slices.Contains(k.Qualifies, e.Agreement) ||
			r.c.Periods[r.t].Overlap(k.QualifiesFrom, k.QualifiesTo) < 0.5) {
			continue
		}
		if d := e.Duty(customs); !found || d < best {
			best, found = d, true
		}
	}
	return best
}

// breakEven compares every route with the import from the home plant: at which volume a year its tooling is spread thin enough,
// and at which duty on the import the two cost the same.
func (r *router) breakEven(home *headroom.VehicleLine) {
	at := slices.IndexFunc(r.q.Routes, func(c headroom.CarCost) bool { return c.Plant == r.q.Home && c.Content == home.Content })
	if at < 0 {
		return
	}
	imported := r.q.Routes[at]
	duty := 0.0
	for _, p := range imported.Parts {
		if p.Part == "duty" {
			duty = p.Full
		}
	}
	customs := r.book.Demand(r.v, r.m, r.t).Customs
	for i := range r.q.Routes {
		route := &r.q.Routes[i]
		if i == at {
			continue
		}
		tooling := 0.0
		for _, p := range route.Parts {
			if p.Part == "tooling" {
				tooling = p.Full
			}
		}
		if spare := imported.Full - (route.Full - tooling); spare > 0 && tooling > 0 {
			v := tooling * r.q.Volume / spare
			route.BreakEvenVolume = &v
		}
		if customs > 0 {
			d := (route.Full - (imported.Full - duty)) / customs
			route.BreakEvenDuty = &d
		}
	}
}
