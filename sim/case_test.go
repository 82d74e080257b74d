package sim

import (
	"testing"

	"headroom"
)

// small is a case of two years with two plants of one line each: cars on both lines, vans on the first only. Each plant has
// its owner, each owner its vehicles' money; no money is fixed.
func small() (*headroom.Case, *headroom.Plan) {
	c := &headroom.Case{
		Settings: headroom.Settings{BaseCurrency: "GBP", HorizonFrom: 20260101, HorizonTo: 20271231},
		Periods: []headroom.Period{
			{ID: "2026", From: 20260101, To: 20261231}, {ID: "2027", From: 20270101, To: 20271231},
		},
		Regions:       []headroom.Region{{ID: "UK"}, {ID: "EU"}},
		Orgs:          []headroom.Org{{ID: "one"}, {ID: "two"}},
		Plants:        []headroom.Plant{{ID: "a", Region: "UK", Owner: "one"}, {ID: "b", Region: "EU", Owner: "two"}},
		Lines:         []headroom.Line{{ID: "a1", Plant: "a", CapacityYear: headroom.Some(104000)}, {ID: "b1", Plant: "b", CapacityYear: headroom.Some(52000)}},
		ShiftPatterns: []headroom.ShiftPattern{{ID: "two", Index: headroom.Some(1), OvertimeShare: 20, OvertimePremium: 50}},
		Vehicles:      []headroom.Vehicle{{ID: "car", Maker: "one", Segment: "s"}, {ID: "van", Maker: "one"}},
		VehicleLines: []headroom.VehicleLine{
			{Vehicle: "car", Line: "a1", Content: "full", RateFactor: 1},
			{Vehicle: "car", Line: "b1", Content: "full", RateFactor: 1},
			{Vehicle: "van", Line: "a1", Content: "full", RateFactor: 1},
		},
		Markets: []headroom.Market{{ID: "uk", Region: "UK"}},
		Lanes:   []headroom.Lane{{Origin: "EU", Destination: "UK", Cost: headroom.Some(100)}},
		Demands: []headroom.Demand{
			{Vehicle: "car", Market: "uk", Period: "*", Volume: 78000, PriceNet: headroom.Some(10000), Contribution: headroom.Some(20)},
			{Vehicle: "van", Market: "uk", Period: "*", Volume: 52000, PriceNet: headroom.Some(20000), Contribution: headroom.Some(10)},
		},
		Targets: []headroom.Target{{ID: "home", Regions: []string{"UK"}, Period: "2027", Sense: "min", Value: 104000}},
	}
	p := &headroom.Plan{Status: headroom.StatusVerified}
	for _, t := range c.Periods {
		p.Shifts = append(p.Shifts, headroom.ShiftRow{Line: "a1", Period: t.ID, Pattern: "two", Capacity: 104000}, headroom.ShiftRow{Line: "b1", Period: t.ID, Pattern: "two", Capacity: 52000})
		for _, o := range []headroom.OutputRow{{Vehicle: "car", Plant: "a", Line: "a1", Units: 52000}, {Vehicle: "car", Plant: "b", Line: "b1", Units: 26000}, {Vehicle: "van", Plant: "a", Line: "a1", Units: 52000}} {
			o.Content, o.Period = "full", t.ID
			regime := headroom.RegimeDomestic
			if o.Plant == "b" {
				regime = headroom.RegimeMFN
			}
			p.Outputs = append(p.Outputs, o)
			p.Allocs = append(p.Allocs, headroom.AllocRow{Vehicle: o.Vehicle, Line: o.Line, Content: "full", Period: t.ID})
			p.Flows = append(p.Flows, headroom.FlowRow{Vehicle: o.Vehicle, Plant: o.Plant, Market: "uk", Period: t.ID, Regime: regime, Units: o.Units})
		}
	}
	return c, p
}

// noCash is the money of a plan that has none: cash is then what volumes bring more or less than planned.
func noCash(*headroom.Case) ([]headroom.CashRow, error) { return nil, nil }

// mustNet reads the small case after a change.
func mustNet(tb testing.TB, change func(*headroom.Case, *headroom.Plan)) *Net {
	tb.Helper()
	c, p := small()
	if change != nil {
		change(c, p)
	}
	n, err := New(c, p, noCash)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// cushion gives plants stock and regaining.
func cushion(stock, regained float64) func(*headroom.Case, *headroom.Plan) {
	return func(c *headroom.Case, _ *headroom.Plan) {
		c.Outages = []headroom.OutageProfile{{Of: "*", Kind: "fire", Capacity: []float64{0}, Stock: headroom.Some(stock), CatchUp: headroom.Some(regained)}}
	}
}

// onlyVans leaves vans alone on the first line, so that half of it is room.
func onlyVans(c *headroom.Case, p *headroom.Plan) {
	c.Demands = c.Demands[1:]
	p.Outputs, p.Flows, p.Allocs = keep(p.Outputs, func(o headroom.OutputRow) bool { return o.Vehicle == "van" }),
		keep(p.Flows, func(o headroom.FlowRow) bool { return o.Vehicle == "van" }), keep(p.Allocs, func(o headroom.AllocRow) bool { return o.Vehicle == "van" })
}

func keep[T any](all []T, f func(T) bool) []T {
	var out []T
	for _, x := range all {
		if f(x) {
			out = append(out, x)
		}
	}
	return out
}

// risky adds every kind of uncertainty.
func risky(c *headroom.Case, p *headroom.Plan) {
	cushion(2, 50)(c, p)
	c.Outages[0].Rate = headroom.Some(0.5)
	c.Outages[0].Capacity = []float64{0, 0, 30, 60}
	c.Outages[0].TTRLow, c.Outages[0].TTRHigh = headroom.Some(1), headroom.Some(12)
	c.Outages = append(c.Outages, headroom.OutageProfile{Of: "one", Kind: "cyber", Capacity: []float64{0}, Rate: headroom.Some(0.2)})
	c.FXRates = []headroom.FXRate{{From: "GBP", To: "EUR", Period: "*", Rate: 1.2}}
	c.Lanes[0].Currency = "EUR"
	c.Energies = []headroom.Energy{{Plant: "a", UsePerCar: 1000, Price: 0.2}, {Plant: "b", UsePerCar: 1000, Price: 0.1, Currency: "EUR"}}
	c.Labours = []headroom.Labour{{Plant: "a", CostPerUnit: headroom.Some(1000), CrewShare: 60}, {Plant: "b", CostPerUnit: headroom.Some(500), CrewShare: 60}}
	c.Risks = []headroom.Risk{
		{ID: "all", Kind: headroom.RiskDemand, Of: "*", SD: headroom.Some(10)},
		{ID: "each", Kind: headroom.RiskDemand, Of: headroom.EachVehicle, SD: headroom.Some(20)},
		{ID: "segment", Kind: headroom.RiskDemand, Of: "s", SD: headroom.Some(5)},
		{ID: "eur", Kind: headroom.RiskFX, Of: "EUR", SD: headroom.Some(8)},
		{ID: "power", Kind: headroom.RiskEnergy, Of: "UK", SD: headroom.Some(30)},
		{ID: "duty", Kind: headroom.RiskDuty, Of: "UK", Rate: headroom.Some(0.3), Mode: headroom.Some(10)},
	}
}
