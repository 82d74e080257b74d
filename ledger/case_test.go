package ledger

import "headroom"

// year is a period of one calendar year, named by it.
func year(y int) headroom.Period {
	return headroom.Period{ID: headroom.NewDate(y, 1, 1).String()[:4], From: headroom.NewDate(y, 1, 1), To: headroom.NewDate(y, 12, 31)}
}

// lastDay is the last day of a year.
func lastDay(y int) headroom.Date { return headroom.NewDate(y, 12, 31) }

// small is a case of one year: a plant of "hs" in A builds 100 of the vehicle of "mk" for a market in B, at a price of
// 20,000 of which 40 % are left after material, and a freight of 500. Discounting is 10 %, with nothing left after the year.
func small() *headroom.Case {
	return &headroom.Case{
		Settings: headroom.Settings{BaseCurrency: "GBP", DiscountRate: 10, TerminalRule: headroom.TerminalNone},
		Periods:  []headroom.Period{year(2026)},
		Regions:  []headroom.Region{{ID: "A"}, {ID: "B"}},
		Orgs:     []headroom.Org{{ID: "mk", Parent: "grp"}, {ID: "hs"}},
		Plants:   []headroom.Plant{{ID: "p", Owner: "hs", Region: "A", Use: headroom.Include, InitialState: headroom.Operating, MothballShare: 20, MaxMothball: 3}},
		Lines:    []headroom.Line{{ID: "l", Plant: "p", Use: headroom.Include, CapacityYear: headroom.Some(1000)}},
		Vehicles: []headroom.Vehicle{{ID: "v", Maker: "mk", Powertrain: "BEV", Use: headroom.Include}},
		VehicleLines: []headroom.VehicleLine{{
			Vehicle: "v", Line: "l", Content: "full", Compatible: true, CommittedUntil: lastDay(2040), RateFactor: 1,
		}},
		Markets: []headroom.Market{{ID: "m", Region: "B"}},
		Demands: []headroom.Demand{{
			Vehicle: "v", Market: "m", Period: "*", Volume: 100, PriceNet: headroom.Some(20000), Contribution: headroom.Some(40), CustomsValue: "75%",
		}},
		Lanes: []headroom.Lane{{Origin: "A", Destination: "B", Use: headroom.Include, Cost: headroom.Some(500)}},
	}
}

// smallPlan builds and sends 100 in each period of small.
func smallPlan(c *headroom.Case, regime headroom.Regime) *headroom.Plan {
	p := &headroom.Plan{}
	for _, t := range c.Periods {
		p.States = append(p.States, headroom.StateRow{Plant: "p", Period: t.ID, State: headroom.Operating})
		p.Allocs = append(p.Allocs, headroom.AllocRow{Vehicle: "v", Line: "l", Content: "full", Period: t.ID, Committed: true})
		p.Shifts = append(p.Shifts, headroom.ShiftRow{Line: "l", Period: t.ID, Pattern: "one", Capacity: 1000})
		p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: "v", Plant: "p", Line: "l", Content: "full", Period: t.ID, Units: 100})
		p.Flows = append(p.Flows, headroom.FlowRow{Vehicle: "v", Plant: "p", Market: "m", Period: t.ID, Regime: regime, Units: 100})
	}
	return p
}

// busy is a case of four years in which every rule has something to hold: a programme that runs (a), one that is launched
// under a deal (b), one that may be left out (c), a plant that is mothballed, one that could open, a quota, a preference, and
// targets.
func busy() *headroom.Case {
	ref := headroom.Some(15000)
	c := &headroom.Case{
		Settings: headroom.Settings{BaseCurrency: "GBP", DiscountRate: 7, TerminalRule: headroom.TerminalResidual},
		Periods:  []headroom.Period{year(2026), year(2027), year(2028), year(2029)},
		Regions:  []headroom.Region{{ID: "UK"}, {ID: "EU"}, {ID: "US"}},
		Orgs:     []headroom.Org{{ID: "mk"}, {ID: "hs"}, {ID: "gov"}},
		Markets:  []headroom.Market{{ID: "uk", Region: "UK"}, {ID: "eu", Region: "EU"}, {ID: "us", Region: "US"}},
		Vehicles: []headroom.Vehicle{
			{ID: "a", Maker: "mk", Powertrain: "ICE", Use: headroom.Include, MaxLines: headroom.Some(1)},
			{ID: "b", Maker: "mk", Powertrain: "BEV", Use: headroom.Include, SOP: headroom.NewDate(2027, 1, 1)},
			{ID: "c", Maker: "mk", Powertrain: "BEV", Use: headroom.Consider},
		},
		Demands: []headroom.Demand{
			{Vehicle: "a", Market: "uk", Period: "*", Volume: 20000, PriceNet: ref, Contribution: headroom.Some(30)},
			{Vehicle: "a", Market: "eu", Period: "*", Volume: 20000, PriceNet: ref, Contribution: headroom.Some(30), MinService: 50},
			{Vehicle: "a", Market: "us", Period: "*", Volume: 5000, PriceNet: ref, Contribution: headroom.Some(30)},
			{Vehicle: "b", Market: "eu", Period: "*", Volume: 10000, PriceNet: ref, Contribution: headroom.Some(25), LostSale: headroom.Some(1000), MinService: 50},
			{Vehicle: "c", Market: "uk", Period: "*", Volume: 5000, PriceNet: ref, Contribution: headroom.Some(20)},
		},
		Targets: []headroom.Target{
			{ID: "least", Holder: "gov", Regions: []string{"UK"}, Period: "*", Sense: "min", Value: 40000, Hard: true},
			{ID: "wish", Holder: "gov", Regions: []string{"*"}, Period: "*", Sense: "min", Value: 60000, Penalty: headroom.Some(10)},
		},
	}
	busyNetwork(c)
	busyTrade(c)
	return c
}

// busyNetwork adds plants, lines, patterns and places.
func busyNetwork(c *headroom.Case) {
	c.Plants = []headroom.Plant{
		{ID: "p1", Owner: "hs", Region: "UK", Use: headroom.Include, InitialState: headroom.Operating, SiteCap: headroom.Some(60000), FixedOpenM: headroom.Some(40)},
		{
			ID: "p2", Owner: "hs", Region: "UK", Use: headroom.Consider, InitialState: headroom.Operating, FixedPerCapacity: headroom.Some(500),
			MothballShare: 20, MothballM: 2, ReopenM: headroom.Some(5), CloseM: 3, SeverancePerCapacity: headroom.Some(300), SaleM: 10, MaxMothball: 3,
			EarliestClose: headroom.NewDate(2027, 1, 1),
		},
		{
			ID: "p3", Owner: "hs", Region: "EU", Use: headroom.Consider, InitialState: headroom.Closed, ReopenM: headroom.Some(5), ReopenLead: 12,
			MinOpen: 2, MaxMothball: 3,
		},
	}
	c.ShiftPatterns = []headroom.ShiftPattern{
		{ID: "s1", Lines: []string{"*"}, Index: headroom.Some(0.5), OvertimeShare: 10, OvertimePremium: 30, ChangeM: 1},
		{ID: "s2", Lines: []string{"*"}, Index: headroom.Some(1), OvertimeShare: 10, OvertimePremium: 30, ChangeM: 1},
		{ID: "s3", Lines: []string{"l2"}, Index: headroom.Some(0.5), OvertimeShare: 10, OvertimePremium: 30, ChangeM: 1},
	}
	c.Lines = []headroom.Line{
		{
			ID: "l1", Plant: "p1", Use: headroom.Include, CapacityYear: headroom.Some(100000), MaxVehicles: headroom.Some(2), MaxLaunches: headroom.Some(1),
			MinRate: 1000, InitialPattern: "s1",
		},
		{ID: "l2", Plant: "p2", Use: headroom.Include, CapacityYear: headroom.Some(50000)},
		{ID: "l3", Plant: "p3", Use: headroom.Include, CapacityYear: headroom.Some(50000)},
	}
	c.VehicleLines = []headroom.VehicleLine{
		{
			Vehicle: "a", Line: "l1", Content: "full", Compatible: true, CommittedUntil: lastDay(2027), MinRun: 70, RateFactor: 1, MinVolume: 1000,
			Qualifies: []string{"TCA"},
		},
		{
			Vehicle: "b", Line: "l1", Content: "full", Compatible: true, Arrangement: "d1", RetoolM: headroom.Some(80), Lead: 12, Ramp: []float64{50}, RateFactor: 1,
			Qualifies: []string{"TCA"},
		},
		{Vehicle: "c", Line: "l2", Content: "full", Compatible: true, RetoolM: headroom.Some(50), RateFactor: 1},
		{Vehicle: "c", Line: "l3", Content: "full", Compatible: true, RetoolM: headroom.Some(50), RateFactor: 1},
	}
	c.Labours = []headroom.Labour{{Plant: "p1", CostPerUnit: headroom.Some(900), CrewShare: 60}, {Plant: "p2", Wage: headroom.Some(30), HoursPerUnit: headroom.Some(25)}}
	c.Energies = []headroom.Energy{{Plant: "p1", Carrier: "electricity", UsePerCar: 800, BaseLoad: 9000, Price: 0.2, Relief: 0.05}}
}

// busyTrade adds lanes, duties, a quota and deals.
func busyTrade(c *headroom.Case) {
	c.Lanes = []headroom.Lane{
		{Origin: "UK", Destination: "EU", Use: headroom.Include, Cost: headroom.Some(300)},
		{Origin: "UK", Destination: "US", Use: headroom.Include, Cost: headroom.Some(900)},
		{Origin: "EU", Destination: "UK", Use: headroom.Include, Cost: headroom.Some(300)},
	}
	c.Duties = []headroom.Duty{
		{ID: "eu-mfn", Importer: "EU", Origin: "*", Powertrain: "*", Maker: "*", Layer: headroom.MFN, AdValorem: 10},
		{ID: "eu-tca", Importer: "EU", Origin: "UK", Powertrain: "*", Maker: "*", Layer: headroom.Preferential, Agreement: "TCA", Specific: 20},
	}
	c.Quotas = []headroom.Quota{{Importer: "US", Origin: "UK", Period: "*", Volume: 3000, InRate: 10, OutRate: 27.5}}
	c.Arrangements = []headroom.Arrangement{
		{ID: "d0", Host: "hs", Guest: "mk", Status: headroom.Signed},
		{
			ID: "d1", Host: "hs", Guest: "mk", Status: headroom.Signed, EarliestStart: headroom.NewDate(2027, 1, 1), TermYears: 3,
			Requires: []string{"d0"},
		},
	}
	c.Terms = []headroom.Term{
		{Arrangement: "d1", Kind: headroom.FeePerUnit, Value: 100},
		{Arrangement: "d1", Kind: headroom.MinVolume, Value: 8000},
		{Arrangement: "d1", Kind: headroom.MaxVolume, Value: 12000},
	}
}

// busyPlan is a plan of busy that keeps every rule.
func busyPlan() *headroom.Plan {
	p := &headroom.Plan{}
	for i, b := range []float64{0, 5000, 10000, 10000} {
		t := []string{"2026", "2027", "2028", "2029"}[i]
		p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: "a", Plant: "p1", Line: "l1", Content: "full", Period: t, Units: 45000})
		flow := func(vehicle, market string, regime headroom.Regime, agreement string, units float64) {
			p.Flows = append(p.Flows, headroom.FlowRow{Vehicle: vehicle, Plant: "p1", Market: market, Period: t, Regime: regime, Agreement: agreement, Units: units})
		}
		flow("a", "uk", headroom.RegimeDomestic, "", 20000)
		flow("a", "eu", headroom.RegimePreferential, "TCA", 20000)
		flow("a", "us", headroom.RegimeQuotaIn, "", 3000)
		flow("a", "us", headroom.RegimeQuotaOut, "", 2000)
		if b > 0 {
			p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: "b", Plant: "p1", Line: "l1", Content: "full", Period: t, Units: b})
			flow("b", "eu", headroom.RegimePreferential, "TCA", b)
		}
		busyPeriod(p, i, t, b)
	}
	p.Losts = []headroom.LostRow{{Vehicle: "b", Market: "eu", Period: "2027", Units: 5000}}
	return p
}

// busyPeriod adds the rows of one period besides volumes.
func busyPeriod(p *headroom.Plan, i int, t string, b float64) {
	idle := headroom.Mothballed
	if i == 0 {
		idle = headroom.Operating
	}
	p.States = append(p.States,
		headroom.StateRow{Plant: "p1", Period: t, State: headroom.Operating},
		headroom.StateRow{Plant: "p2", Period: t, State: idle},
		headroom.StateRow{Plant: "p3", Period: t, State: headroom.Closed})
	p.Allocs = append(p.Allocs, headroom.AllocRow{Vehicle: "a", Line: "l1", Content: "full", Period: t, Committed: i < 2})
	p.Deals = append(p.Deals, headroom.DealRow{Deal: "d0", Status: headroom.Signed, Period: t})
	// b is launched in the year before its SOP, so that the lead of twelve months is over on that day.
	p.Allocs = append(p.Allocs, headroom.AllocRow{Vehicle: "b", Line: "l1", Content: "full", Period: t, Launch: i == 0})
	if b > 0 {
		p.Deals = append(p.Deals, headroom.DealRow{Deal: "d1", Status: headroom.Signed, Period: t, Units: b})
	}
	p.Shifts = append(p.Shifts, headroom.ShiftRow{Line: "l1", Period: t, Pattern: "s1", Capacity: 50000, Overtime: max(0, 45000+b-50000)})
	p.Targets = append(p.Targets,
		headroom.TargetRow{Target: "least", Period: t, Value: 45000 + b, Wanted: 40000},
		headroom.TargetRow{Target: "wish", Period: t, Value: 45000 + b, Wanted: 60000, Gap: 15000 - b})
}
