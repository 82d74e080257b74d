package report

import "headroom"

// hostile is what a stranger may write into a name: markup, quotes, a bell, and marks that turn the direction of writing.
const hostile = "</svg></style><script>alert(\"1\")</script>'&\u202e\u200f\x07"

// example is a small case with a brief and its plan, made by hand so that every part of a report has something to show.
func example() (*headroom.Case, *headroom.Brief) {
	c := &headroom.Case{
		Settings: headroom.Settings{
			ID: "example", Title: "Two plants and a deal", BaseCurrency: "GBP", PriceYear: 2025, DiscountRate: 6,
			TerminalRule: headroom.TerminalResidual,
		},
		Periods: []headroom.Period{{ID: "2030"}, {ID: "2031"}, {ID: "2032"}},
		Regions: []headroom.Region{{ID: "north", Name: "Northland"}, {ID: "far", Name: "Farland"}},
		Orgs:    []headroom.Org{{ID: "ours", Name: "Our Motors, of Northland"}, {ID: "theirs", Name: "Their Motors"}},
		Plants: []headroom.Plant{
			{ID: "port", Name: "Port", Region: "north"},
			{ID: "hill", Name: "Hill, the second plant", Region: "north"},
			{ID: "bay", Name: "Bay", Region: "far"},
		},
		Lines: []headroom.Line{{ID: "P-1", Plant: "port"}, {ID: "H-1", Plant: "hill"}, {ID: "B-1", Plant: "bay"}},
		Vehicles: []headroom.Vehicle{
			{ID: "small", Name: "Small car"}, {ID: "large", Name: "Large car"}, {ID: "guest", Name: "Guest car"},
		},
		Markets: []headroom.Market{{ID: "home", Name: "Home"}, {ID: "abroad"}},
		Arrangements: []headroom.Arrangement{
			{
				ID: "theirs-at-port", Name: "Their cars at Port", Host: "ours", Guest: "theirs", Status: headroom.Talks,
				StatusDate: 20300105, Claims: []string{"C-TALKS"}, Note: "nothing agreed",
			},
			{ID: "dead", Host: "ours", Guest: "ours", Status: headroom.Denied},
		},
		Assumptions: []headroom.Assumption{
			{ID: "crew", Table: "labour", Selector: "*", Column: "crew_share", Value: "60", Low: "40", High: "80", Reason: "no source has one"},
			{ID: "cap", Table: "line", Selector: "line_id=H-1", Column: "capacity_year", Value: "90000", Reason: "as at Port"},
		},
		Sources: []headroom.Source{
			{ID: "paper", Publisher: "The Paper", Title: "Talks at Port", URL: "https://example.org/port?a=1&b=2", PublishedOn: "2030-01-05"},
			{ID: "talk", Title: "A talk", URL: "javascript:alert(1)"},
		},
		Claims: []headroom.Claim{
			{ID: "C-TALKS", Subject: "Port", Quantity: "talks", Status: "reported", Source: "paper"},
			{ID: "C-CAP", Subject: "Port", Quantity: "capacity", Value: "100000", Unit: "vehicles", Period: "2030", Region: "north", Status: "official", Source: "paper"},
			{ID: "C-OTHER", Subject: "Port", Quantity: "capacity", Value: "95000", Unit: "vehicles", Status: "estimate", Source: "talk"},
			{ID: "C-UNUSED", Subject: "nothing"},
		},
		Bindings: []headroom.Binding{
			{
				Table: "line", RowKey: "P-1", Column: "capacity_year", Kind: "derived", Claims: []string{"C-CAP"},
				Formula: "[C-CAP] / 2", ChosenBecause: "the newer one", Alternatives: []string{"C-OTHER"},
			},
			{Table: "vehicle", RowKey: "small", Column: "eop", Kind: "commitment", Claims: []string{"C-GONE"}},
		},
		Hash: "0123456789abcdef",
		Labels: map[headroom.Ref]headroom.Label{
			{Table: "line", Key: "P-1", Column: "capacity_year"}: {Basis: headroom.BasisDerived, Claims: []string{"C-CAP"}},
			{Table: "line", Key: "H-1", Column: "capacity_year"}: {Basis: headroom.BasisAssumption, Assumption: "cap"},
			{Table: "labour", Key: "port", Column: "crew_share"}: {Basis: headroom.BasisAssumption, Assumption: "crew"},
			{Table: "target", Key: "t:2032", Column: "value"}:    {Basis: headroom.BasisFact, Claims: []string{"C-CAP"}},
		},
		Targets: []headroom.Target{{ID: "t", Regions: []string{"north"}, Period: "2032", Value: 200000}},
	}
	p := examplePlan()
	return c, &headroom.Brief{
		Title: c.Title, Currency: "GBP", TargetID: "t", Regions: []string{"north"}, Base: p,
		Sentence: "On what is committed and signed, Northland builds 150,000 vehicles in 2032, 50,000 short of the target of 200,000.",
		Output: []headroom.BriefOutput{
			{Period: "2030", Units: 130000, Forecast: new(128000.0), By: "The Bureau"},
			{Period: "2031", Units: 141500},
			{Period: "2032", Units: 150000, Target: new(200000.0)},
		},
		Spread: &headroom.OutputSpread{
			Period: "2032", Horizon: 6.5, RMS: 0.3, N: 1, Scored: 5, Low: 105000, High: 195000, NoChange: new(0.25), Pairs: 4,
		},
		SupplyCurve: []headroom.SupplyPoint{
			{Support: 0, Units: new(150000.0), Gap: new(0.0), Proof: verified},
			{Support: 500, Units: new(171000.0), Gap: new(0.0021), Proof: verified},
			{Support: 2000, Units: new(200000.0), Gap: new(1e-9), Proof: verified},
		},
		Binds: []headroom.Cause{
			{Cause: "signature", Text: "want of a signature: the 1 unsigned deal", Units: 20000},
			{Cause: "capacity", Text: "want of capacity", Units: 10000},
		},
		Plants: []headroom.BriefPlant{
			{Plant: "port", State: headroom.Operating, Capacity: 100000, Units: 110000, Utilisation: 1.1},
			{Plant: "hill", State: headroom.Operating, Capacity: 90000, Units: 40000, Utilisation: 40000.0 / 90000, Headroom: 50000},
			{Plant: "new", State: headroom.Greenfield},
		},
		Deals: []headroom.BriefDeal{
			{
				Deal: "theirs-at-port", Name: "Their cars at Port", Host: "ours", Guest: "theirs", Status: headroom.Talks, Units: new(20000.0),
				HomeUnits: new(20000.0), Net: new(1000.0), HomeNet: new(17000.0), Proof: verified, NoProof: verified, WorthLow: new(-12.5e6), WorthHigh: new(-12.1e6), Decided: true,
			},
			{Deal: "wide", Host: "ours", Guest: "theirs", Status: headroom.LOI, Proof: verified, Units: new(5000.0), HomeUnits: new(0.0), HomeNet: new(0.0), WorthLow: new(-3e6), WorthHigh: new(140e6)},
			{Deal: "dead", Host: "ours", Guest: "ours", Status: headroom.Denied, Note: "called off"},
		},
		CostPerCar: exampleCost(),
		RestsOn: []headroom.BasisShare{
			{Basis: headroom.BasisFact, Count: 10, Share: 0.1},
			{Basis: headroom.BasisDerived, Count: 5, Share: 0.05},
			{Basis: headroom.BasisCommitment, Count: 5, Share: 0.05},
			{Basis: headroom.BasisAssumption, Count: 80, Share: 0.8},
		},
		Proof: headroom.Proof{
			End:    headroom.EndOfHorizon{Rest: 200e6, Share: 0.162, Without: 1034.568e6, OldTools: 1, Late: 2},
			Status: headroom.StatusVerified, Gap: 2.4e-7, Value: 1234.5678e6, Bound: 1234.5681e6, Seconds: 3.21, Seed: 1,
			Check:  headroom.PlanCheck{MaxRowViolation: 1e-14, MoneyError: 3e-16},
			Solver: headroom.SolverInfo{Name: "HiGHS", Version: "1.15.1", Backend: "wasm"},
		},
	}
}

func exampleCost() headroom.CostQuestion {
	parts := func(labour, tooling, duty float64) []headroom.CarPart {
		return []headroom.CarPart{
			{Part: "labour", Full: labour, Marginal: labour / 2},
			{Part: "energy"},
			{Part: "tooling", Full: tooling},
			{Part: "duty", Full: duty, Marginal: duty},
		}
	}
	return headroom.CostQuestion{
		Vehicle: "guest", Market: "home", Period: "2030", Volume: 20000, Years: 7, Home: "bay",
		Routes: []headroom.CarCost{
			{Route: "Bay", Plant: "bay", Content: "full", Full: 1500, Marginal: 1500, Parts: parts(0, 0, 1500)},
			{
				Route: "Port", Plant: "port", Content: "kit", Full: 1100, Marginal: 400, Parts: parts(800, 300, 0), BreakEvenVolume: new(8571.0),
				BreakEvenDuty: new(0.0733), Status: headroom.Talks,
			},
			{Route: "Hill", Plant: "hill", Content: "full", Full: -100, Marginal: -200, Parts: parts(-400, 300, 0), Status: headroom.Talks},
		},
	}
}

func examplePlan() *headroom.Plan {
	p := &headroom.Plan{
		Status: headroom.StatusVerified, Objective: "npv", Value: 1234.5678e6, Bound: 1234.5681e6, UnsignedInUse: []string{"theirs-at-port"},
		Targets:   []headroom.TargetRow{{Target: "t", Period: "2032", Value: 150000, Wanted: 200000, Gap: 50000}},
		Bindings:  []headroom.BindingRow{{Limit: "line_time", Key: "P-1", Period: "2032", Price: 812.3}},
		Discounts: []headroom.DiscountRow{{Period: "2030", Factor: 0.971}, {Period: "2031", Factor: 0.916}, {Period: "2032", Factor: 0.864}},
		Losts:     []headroom.LostRow{{Vehicle: "large", Market: "abroad", Period: "2031", Units: 1200}},
		Cash: []headroom.CashRow{
			{Org: "ours", Period: "2030", Account: headroom.AccRevenue, Amount: 2100e6},
			{Org: "ours", Period: "2030", Account: headroom.AccDuty, Amount: -12e6},
			{Org: "nobody", Period: headroom.TerminalPeriod, Account: headroom.AccTerminal, Amount: 300e6},
		},
	}
	for i, period := range []string{"2030", "2031", "2032"} {
		for _, plant := range []string{"port", "hill", "bay"} {
			p.States = append(p.States, headroom.StateRow{Plant: plant, Period: period, State: headroom.Operating})
		}
		p.Allocs = append(p.Allocs,
			headroom.AllocRow{Vehicle: "small", Line: "P-1", Content: "full", Period: period, Committed: true},
			headroom.AllocRow{Vehicle: "large", Line: "H-1", Content: "full", Period: period, Committed: true},
			headroom.AllocRow{Vehicle: "guest", Line: "B-1", Content: "full", Period: period, Committed: true})
		p.Shifts = append(p.Shifts, headroom.ShiftRow{Line: "P-1", Period: period, Pattern: []string{"one", "two", "two"}[i]})
		p.Outputs = append(p.Outputs,
			headroom.OutputRow{Vehicle: "small", Plant: "port", Line: "P-1", Content: "full", Period: period, Units: 100000 + 5000*float64(i)},
			headroom.OutputRow{Vehicle: "large", Plant: "hill", Line: "H-1", Content: "full", Period: period, Units: 30000 + 5000*float64(i)},
			headroom.OutputRow{Vehicle: "guest", Plant: "bay", Line: "B-1", Content: "full", Period: period, Units: 7500})
		p.Flows = append(p.Flows,
			headroom.FlowRow{Vehicle: "small", Plant: "port", Market: "home", Period: period, Regime: headroom.RegimeDomestic, Units: 100000},
			headroom.FlowRow{Vehicle: "guest", Plant: "bay", Market: "home", Period: period, Regime: headroom.RegimeMFN, Units: 7500})
	}
	p.Allocs = append(p.Allocs, headroom.AllocRow{Vehicle: "guest", Line: "P-1", Content: "kit", Period: "2032", Launch: true})
	p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: "guest", Plant: "port", Line: "P-1", Content: "kit", Period: "2032", Units: 412})
	return p
}

// exampleHostile is the example with hostile names in every place that a user writes.
func exampleHostile() (*headroom.Case, *headroom.Brief) {
	c, b := example()
	c.Title, c.Scenario, b.Title, b.Sentence = hostile, hostile, hostile, hostile
	c.BaseCurrency, b.Currency, c.Hash = hostile, hostile, hostile
	for i := range c.Plants {
		c.Plants[i].Name = hostile
	}
	for i := range c.Vehicles {
		c.Vehicles[i].Name = hostile
	}
	for i := range c.Orgs {
		c.Orgs[i].Name = hostile
	}
	for i := range c.Assumptions {
		c.Assumptions[i].Reason, c.Assumptions[i].Selector = hostile, hostile
	}
	for i := range c.Claims {
		c.Claims[i].Subject, c.Claims[i].Status = hostile, hostile
	}
	for i := range c.Sources {
		c.Sources[i].Publisher, c.Sources[i].Title = hostile, hostile
		c.Sources[i].URL = "https://example.org/\"onmouseover=" + hostile
	}
	c.Regions[0].Name, c.Markets[0].Name, c.Arrangements[0].Note = hostile, hostile, hostile
	c.Arrangements[0].Claims = []string{hostile}
	c.Bindings[0].Formula, c.Bindings[0].ChosenBecause, c.Bindings[0].RowKey = hostile, hostile, hostile
	b.Deals[0].Name, b.Deals[1].Note, b.Output[0].By, b.Binds[0].Text = hostile, hostile, hostile, hostile
	b.Binds[0].Cause = hostile
	b.CostPerCar.Routes[0].Route, b.CostPerCar.Routes[1].Content = hostile, hostile
	b.CostPerCar.Routes[0].Parts[0].Part = hostile
	b.Proof.Solver.Name = hostile
	b.Base.Why, b.Base.Shifts[0].Pattern = hostile, hostile
	return c, b
}

// verified is the proof of a plan that is.
var verified = headroom.Proof{Status: headroom.StatusVerified, Gap: 1e-9}
