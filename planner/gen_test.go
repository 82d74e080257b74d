package planner_test

import (
	"fmt"

	"pgregory.net/rapid"

	"headroom"
)

// draw makes small cases from a source of choices. Every kind of rule of the formulation comes up; the rows are as the loader
// would give them, with its defaults filled in.
type draw struct {
	t *rapid.T
	c *headroom.Case
}

// least is a minimum. It is never exactly what can be had at most: on part years, whose lengths are no binary fractions, whether it
// can be met would hang on the last bit, on which the exact solver and the plan's do not agree.
func (d *draw) least(x float64) float64 { return x - 0.5 }

// cases generates small cases, some of which have no plan.
func cases() *rapid.Generator[*headroom.Case] {
	return rapid.Custom(func(t *rapid.T) *headroom.Case {
		d := &draw{t: t, c: &headroom.Case{}}
		d.settings()
		d.network()
		d.vehicles()
		d.trade()
		d.deals()
		d.places()
		d.demands()
		d.targets()
		return d.c
	})
}

// pick draws one of some values.
func pick[V any](d *draw, values ...V) V {
	return values[rapid.IntRange(0, len(values)-1).Draw(d.t, "pick")]
}

// chance draws true in so many of ten cases.
func (d *draw) chance(tenths int) bool { return rapid.IntRange(0, 9).Draw(d.t, "chance") < tenths }

// num draws a multiple of step.
func (d *draw) num(least, most int, step float64) float64 {
	return float64(rapid.IntRange(least, most).Draw(d.t, "num")) * step
}

func (d *draw) maybe(tenths int, x float64) headroom.Opt {
	if d.chance(tenths) {
		return headroom.Some(x)
	}
	return headroom.Opt{}
}

func year(y int) headroom.Period {
	return headroom.Period{ID: fmt.Sprint(y), From: headroom.NewDate(y, 1, 1), To: headroom.NewDate(y, 12, 31)}
}

func (d *draw) settings() {
	c := d.c
	c.Settings = headroom.Settings{
		ID: "random", BaseCurrency: "GBP", DiscountRate: pick(d, 0.0, 5, 10),
		TerminalRule: pick(d, headroom.TerminalNone, headroom.TerminalResidual, headroom.TerminalResidual),
	}
	for y := range rapid.IntRange(1, 3).Draw(d.t, "years") {
		c.Periods = append(c.Periods, year(2026+y))
	}
	if len(c.Periods) > 1 && d.chance(2) { // a broken last period
		last := &c.Periods[len(c.Periods)-1]
		last.To = headroom.NewDate(last.From.Year(), 6, 30)
	}
	if d.chance(2) {
		d.halves()
	}
	c.HorizonFrom, c.HorizonTo = c.Periods[0].From, c.Periods[len(c.Periods)-1].To
	c.Regions = []headroom.Region{{ID: "A", Territory: "A"}, {ID: "B", Territory: "B"}}
	c.Orgs = []headroom.Org{{ID: "grp"}, {ID: "hs"}, {ID: "mk", Parent: "grp"}}
	if d.chance(3) {
		c.FXRates = []headroom.FXRate{{From: "EUR", To: "GBP", Period: "*", Rate: 0.8}}
		if d.chance(5) {
			c.FXRates = []headroom.FXRate{{From: "GBP", To: "EUR", Period: "*", Rate: 1.25}, {From: "GBP", To: "EUR", Period: c.Periods[0].ID, Rate: 1.5}}
		}
	}
}

// halves splits each period into two.
func (d *draw) halves() {
	var out []headroom.Period
	for _, p := range d.c.Periods {
		first, second := p, p
		first.To = headroom.NewDate(p.From.Year(), 6, 30)
		if p.To > first.To {
			second.ID, second.From = p.ID+"b", headroom.NewDate(p.From.Year(), 7, 1)
			out = append(out, first, second)
			continue
		}
		first.To = headroom.NewDate(p.From.Year(), 3, 31)
		second.ID, second.From = p.ID+"b", headroom.NewDate(p.From.Year(), 4, 1)
		out = append(out, first, second)
	}
	d.c.Periods = out
}

// currency is the currency of a row.
func (d *draw) currency() string {
	if len(d.c.FXRates) > 0 && d.chance(3) {
		return "EUR"
	}
	return "GBP"
}

func (d *draw) network() {
	c := d.c
	for i := range rapid.IntRange(1, 2).Draw(d.t, "plants") {
		p := headroom.Plant{
			ID: fmt.Sprintf("p%d", i), Owner: pick(d, "", "hs"), Region: pick(d, "A", "A", "B"), Use: headroom.Include,
			InitialState: headroom.Operating, MothballShare: 20, MaxMothball: 3, Currency: d.currency(),
		}
		p.FixedOpenM = d.maybe(8, d.num(0, 6, 0.5))
		if !p.FixedOpenM.Set {
			p.FixedPerCapacity = headroom.Some(d.num(0, 9, 100))
		}
		p.SiteCap = d.maybe(1, d.num(1, 10, 100))
		if d.chance(4) {
			d.considered(&p)
		}
		c.Plants = append(c.Plants, p)
		for j := range rapid.IntRange(1, 2).Draw(d.t, "lines") {
			l := headroom.Line{ID: fmt.Sprintf("l%d%d", i, j), Plant: p.ID, Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(d.num(2, 12, 100))}
			if d.chance(1) {
				l.MinRate = d.least(d.num(1, 4, 100))
			}
			if d.chance(1) {
				l.To = headroom.NewDate(2026, 9, 30)
			}
			if d.chance(1) && l.To == 0 {
				l.From = pick(d, headroom.NewDate(2026, 7, 2), headroom.NewDate(2027, 4, 1))
			}
			l.MaxVehicles = d.maybe(1, 1)
			l.MaxLaunches = d.maybe(1, 1)
			c.Lines = append(c.Lines, l)
		}
		if d.chance(5) {
			c.Labours = append(c.Labours, headroom.Labour{Plant: p.ID, CostPerUnit: headroom.Some(d.num(0, 12, 250)), CrewShare: pick(d, 0.0, 0, 50, 100), Currency: d.currency()})
		}
		if d.chance(2) {
			c.Energies = append(c.Energies, headroom.Energy{Plant: p.ID, Carrier: "electricity", UsePerCar: 1000, BaseLoad: 500, Price: 0.2, Relief: pick(d, 0.0, 0.05), Currency: d.currency(), To: pick(d, 0, headroom.NewDate(2026, 6, 30))})
		}
	}
	if d.chance(2) { // for every plant
		c.Labours = append(c.Labours, headroom.Labour{Plant: "*", CostPerUnit: headroom.Some(d.num(0, 12, 250)), CrewShare: pick(d, 0.0, 50), Currency: d.currency()})
		c.Energies = append(c.Energies, headroom.Energy{Plant: "*", Carrier: pick(d, "electricity", "gas"), UsePerCar: 500, BaseLoad: 100, Price: 0.1, From: pick(d, 0, headroom.NewDate(2026, 3, 1)), Currency: d.currency()})
	}
	if d.chance(3) {
		c.ShiftPatterns = []headroom.ShiftPattern{
			{ID: "one", Index: headroom.Some(0.5), Weeks: 46, OvertimeShare: pick(d, 0.0, 10), OvertimePremium: 30, ChangeM: pick(d, 0, 0.2), Currency: d.currency()},
			{ID: "two", Index: headroom.Some(1), Weeks: 46, OvertimeShare: pick(d, 0.0, 20), OvertimePremium: 30, ChangeM: pick(d, 0, 0.3), Currency: "GBP"},
		}
		for i := range c.Lines {
			c.Lines[i].InitialPattern = pick(d, "", "one", "two")
		}
	}
}

func (d *draw) considered(p *headroom.Plant) {
	p.Use = headroom.Consider
	p.InitialState = pick(d, headroom.Operating, headroom.Operating, headroom.Mothballed, headroom.Closed, headroom.Greenfield)
	p.ReopenM = headroom.Some(d.num(0, 8, 0.5))
	p.MothballM, p.CloseM, p.SaleM = pick(d, 0, 0.2), pick(d, 0, 0.3), pick(d, 0, 0.4)
	p.SeveranceM = headroom.Some(pick(d, 0, 0.5))
	p.MinOpen, p.MaxMothball, p.ReopenLead = pick(d, 0.0, 0, 2), pick(d, 1.0, 3), pick(d, 0.0, 0, 6, 12)
	p.ChangeLife = d.maybe(6, pick(d, 1, 2.5, 4))
	if d.chance(2) {
		p.EarliestClose = headroom.NewDate(2027, 1, 1)
	}
	if d.chance(5) {
		p.FixedMothballM = headroom.Some(d.num(0, 3, 0.1))
	}
}

func (d *draw) vehicles() {
	for i := range rapid.IntRange(1, 3).Draw(d.t, "vehicles") {
		v := headroom.Vehicle{ID: fmt.Sprintf("v%d", i), Maker: pick(d, "", "mk"), Powertrain: pick(d, "ICE", "BEV"), Use: pick(d, headroom.Include, headroom.Include, headroom.Consider)}
		if d.chance(2) {
			v.SOP = pick(d, headroom.NewDate(2026, 4, 1), headroom.NewDate(2026, 8, 15), headroom.NewDate(2027, 1, 1))
		}
		if d.chance(2) {
			v.EOP = pick(d, headroom.NewDate(2027, 9, 30), headroom.NewDate(2029, 6, 30))
		}
		v.MaxLines = d.maybe(2, 1)
		d.c.Vehicles = append(d.c.Vehicles, v)
	}
}

func (d *draw) trade() {
	c := d.c
	for i := range rapid.IntRange(1, 2).Draw(d.t, "markets") {
		c.Markets = append(c.Markets, headroom.Market{ID: fmt.Sprintf("m%d", i), Region: pick(d, "A", "B")})
	}
	for _, way := range [][2]string{{"A", "B"}, {"B", "A"}} {
		if d.chance(8) {
			l := headroom.Lane{Origin: way[0], Destination: way[1], Use: headroom.Include, Cost: headroom.Some(d.num(0, 8, 100)), Currency: d.currency()}
			if d.chance(1) {
				l.To = headroom.NewDate(2026, 12, 31)
			}
			c.Lanes = append(c.Lanes, l)
		}
	}
	add := func(x headroom.Duty) {
		x.ID = fmt.Sprintf("d%d", len(c.Duties))
		x.Powertrain, x.Maker = pick(d, "*", "*", "BEV"), pick(d, "*", "*", "mk", "grp")
		x.Combine, x.Currency = pick(d, "", "add", "max", "replace"), d.currency()
		if d.chance(2) {
			x.To = headroom.NewDate(2027, 3, 31)
		}
		c.Duties = append(c.Duties, x)
	}
	if d.chance(7) {
		add(headroom.Duty{Importer: "B", Origin: "*", Layer: headroom.MFN, AdValorem: 10})
		if d.chance(3) {
			add(headroom.Duty{Importer: "B", Origin: "A", Layer: headroom.MFN, AdValorem: 4})
		}
		if d.chance(5) {
			add(headroom.Duty{Importer: "B", Origin: "A", Layer: headroom.Preferential, Agreement: "FTA", AdValorem: pick(d, 0.0, 2)})
		}
		if d.chance(3) {
			add(headroom.Duty{Importer: "B", Origin: "A", Layer: headroom.Countervailing, AdValorem: 15, Specific: pick(d, 0.0, 100)})
		}
	}
	if d.chance(2) {
		c.Quotas = append(c.Quotas, headroom.Quota{Importer: "B", Origin: "A", Period: "*", Volume: d.num(1, 6, 100), InRate: 5, OutRate: 20})
	}
}

func (d *draw) deals() {
	if !d.chance(4) {
		return
	}
	c := d.c
	a := headroom.Arrangement{ID: "a0", Host: pick(d, "", "hs"), Guest: pick(d, "", "mk"), Status: pick(d, headroom.Signed, headroom.Talks, headroom.Talks, headroom.Talks)}
	if d.chance(4) {
		a.EarliestStart = pick(d, headroom.NewDate(2026, 7, 1), headroom.NewDate(2026, 10, 1), headroom.NewDate(2027, 1, 1))
	}
	a.TermYears = pick(d, 0.0, 0, 1, 1.5, 2)
	c.Arrangements = append(c.Arrangements, a)
	if d.chance(3) {
		c.Arrangements = append(c.Arrangements, headroom.Arrangement{ID: "a1", Status: headroom.Talks, Requires: []string{"a0"}})
	}
	for _, a := range c.Arrangements {
		if !a.Status.Fact() && d.chance(8) {
			c.With = append(c.With, a.ID)
		}
		if d.chance(4) {
			c.Terms = append(c.Terms, headroom.Term{Arrangement: a.ID, Kind: headroom.FeePerUnit, Value: 200, Unit: "ccy/veh", Currency: d.currency()})
		}
		if d.chance(2) {
			c.Terms = append(c.Terms, headroom.Term{Arrangement: a.ID, Kind: headroom.MaxVolume, Value: d.num(3, 6, 100), Unit: "veh/yr", From: pick(d, 0, 0, headroom.NewDate(2026, 9, 1))})
		}
		if d.chance(5) {
			c.Terms = append(c.Terms, headroom.Term{Arrangement: a.ID, Kind: headroom.MinVolume, Value: d.least(d.num(1, 3, 100)), Unit: "veh/yr"})
		}
	}
}

func (d *draw) places() {
	c := d.c
	for _, v := range c.Vehicles {
		committed := false
		for _, l := range c.Lines {
			for _, content := range []string{"full", "kit"} {
				if !d.chance(map[string]int{"full": 6, "kit": 1}[content]) {
					continue
				}
				k := headroom.VehicleLine{
					Vehicle: v.ID, Line: l.ID, Content: content, Compatible: true, MinRun: 70, RateFactor: pick(d, 1.0, 1, 1, 0.8), Currency: d.currency(),
					RetoolM: headroom.Some(pick(d, 0, 0, 0.2, 0.5, 1.5)),
				}
				if content == "kit" {
					k.ContentCost = headroom.Some(d.num(0, 10, 100))
				}
				if d.chance(3) && !committed && l.To == 0 {
					committed = true
					k.CommittedUntil = pick(d, headroom.NewDate(2026, 12, 31), headroom.NewDate(2030, 12, 31))
					k.MinRun = pick(d, 0.0, 0, 20, 70)
					if d.chance(3) {
						k.CommittedFrom, k.CommittedUntil = pick(d, headroom.NewDate(2026, 1, 1), headroom.NewDate(2026, 7, 2), headroom.NewDate(2027, 1, 1)), headroom.NewDate(2030, 12, 31)
					}
				}
				d.placeRules(&k)
				c.VehicleLines = append(c.VehicleLines, k)
			}
		}
	}
}

func (d *draw) placeRules(k *headroom.VehicleLine) {
	if d.chance(2) {
		k.Ramp = pick(d, []float64{50}, []float64{40, 80}, []float64{100, 50})
	}
	k.ToolingLife = d.maybe(6, pick(d, 1, 2, 3.5))
	if d.chance(1) {
		k.MinVolume = d.least(d.num(1, 4, 100))
	}
	if d.chance(1) {
		k.Lead = pick(d, 1.0, 6, 7.5, 12)
	}
	if d.chance(4) {
		k.Qualifies = []string{"FTA"}
		if d.chance(3) {
			k.QualifiesFrom = headroom.NewDate(2026, 6, 1)
		}
	}
	if n := len(d.c.Arrangements); n > 0 && k.CommittedUntil == 0 && d.chance(4) {
		k.Arrangement = d.c.Arrangements[rapid.IntRange(0, n-1).Draw(d.t, "deal")].ID
	}
}

func (d *draw) demands() {
	c := d.c
	for i, v := range c.Vehicles {
		for j, m := range c.Markets {
			if j > 0 && d.chance(3) {
				continue
			}
			x := headroom.Demand{
				Vehicle: v.ID, Market: m.ID, Period: "*", Volume: d.num(1, 9, 100), Growth: d.maybe(3, pick(d, -5.0, 3, 10)), MaxVolume: d.maybe(1, 700),
				PriceNet: headroom.Some(10000 + 1000*float64(3*i+j)), Contribution: headroom.Some(d.num(2, 12, 5)), CustomsValue: pick(d, "100%", "75%", "9000"),
				LostSale: d.maybe(2, d.num(0, 5, 100)), Currency: d.currency(),
			}
			if d.chance(1) {
				x.MinService = pick(d, 10.0, 20, 50)
			}
			if d.chance(1) {
				x.From = headroom.NewDate(2026, 7, 1)
			}
			c.Demands = append(c.Demands, x)
		}
	}
}

func (d *draw) targets() {
	if d.chance(3) {
		x := headroom.Target{ID: "t", Holder: pick(d, "", "hs"), Metric: "units", Regions: []string{pick(d, "A", "B", "*")}, Period: pick(d, "*", "2026"), Sense: pick(d, "min", "min", "max"), Value: d.least(d.num(1, 10, 100))}
		switch {
		case d.chance(2):
			x.Hard = true
		case d.chance(7):
			x.Penalty = headroom.Some(d.num(0, 20, 100))
		}
		d.c.Targets = append(d.c.Targets, x)
	}
}
