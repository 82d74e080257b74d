package ledger

import "headroom"

var dealFaults = []corrupt{
	{"not signed", func(c *headroom.Case, _ *headroom.Plan) { c.Arrangements[1].Status = headroom.MOU }, "conservation deal deal_volume place regime target"},
	{"not signed, allowed", func(c *headroom.Case, p *headroom.Plan) {
		c.Arrangements[1].Status, c.With = headroom.MOU, []string{"d1"}
		for i := range p.Deals {
			if p.Deals[i].Deal == "d1" {
				p.Deals[i].Status = headroom.MOU
			}
		}
	}, ""},
	{"status reported", func(_ *headroom.Case, p *headroom.Plan) { p.Deals[0].Status = headroom.Talks }, "deal"},
	{"not in force", func(_ *headroom.Case, p *headroom.Plan) { p.Deals = p.Deals[:len(p.Deals)-1] }, "deal"},
	{"too early", func(c *headroom.Case, _ *headroom.Plan) {
		c.Arrangements[1].EarliestStart = headroom.NewDate(2028, 1, 1)
	}, "allocation deal deal_volume ramp"},
	{"too long", func(c *headroom.Case, _ *headroom.Plan) { c.Arrangements[1].TermYears = 2 }, "allocation capacity deal deal_volume"},
	{"required deal begins with it", func(_ *headroom.Case, p *headroom.Plan) { p.Deals = p.Deals[1:] }, ""},
	{"requires in force", func(c *headroom.Case, _ *headroom.Plan) {
		c.Arrangements = append(c.Arrangements, headroom.Arrangement{ID: "d2", Status: headroom.Signed})
		c.Arrangements[1].Requires = []string{"d2"}
	}, "deal"},
	{"units reported", func(_ *headroom.Case, p *headroom.Plan) { p.Deals[len(p.Deals)-1].Units = 9000 }, "deal_volume"},
	{"least volume, ramped", func(c *headroom.Case, _ *headroom.Plan) { c.Terms[1].Value = 10000 }, ""},
	{"least volume of the deal", func(c *headroom.Case, _ *headroom.Plan) { c.Terms[1].Value = 10001 }, "deal_volume"},
	{"most volume of the deal", func(c *headroom.Case, _ *headroom.Plan) { c.Terms[2].Value = 9999 }, "deal_volume"},
}

var flowFaults = []corrupt{
	{"conservation", func(_ *headroom.Case, p *headroom.Plan) { outputOf(p, "a", "2026").Units = 45001 }, "capacity conservation target"},
	{"no lane", func(c *headroom.Case, _ *headroom.Plan) { c.Lanes = c.Lanes[1:] }, "lane"},
	{"lane excluded", func(c *headroom.Case, _ *headroom.Plan) {
		c.Lanes = append(c.Lanes, headroom.Lane{Origin: "p1", Destination: "eu", Use: headroom.Exclude, From: headroom.NewDate(2029, 1, 1)})
	}, "lane"},
	{"domestic abroad", func(_ *headroom.Case, p *headroom.Plan) {
		f := flowOf(p, "a", "eu", "2026")
		f.Regime, f.Agreement = headroom.RegimeDomestic, ""
	}, "regime"},
	{"duty at home", func(_ *headroom.Case, p *headroom.Plan) { flowOf(p, "a", "uk", "2026").Regime = headroom.RegimeMFN }, "regime"},
	{"mfn beside a quota", func(_ *headroom.Case, p *headroom.Plan) { flowOf(p, "a", "us", "2026").Regime = headroom.RegimeMFN }, "regime"},
	{"quota where there is none", func(_ *headroom.Case, p *headroom.Plan) {
		f := flowOf(p, "a", "eu", "2026")
		f.Regime, f.Agreement = headroom.RegimeQuotaOut, ""
	}, "regime"},
	{"no such regime", func(_ *headroom.Case, p *headroom.Plan) { flowOf(p, "a", "us", "2026").Regime = "free" }, "conservation demand regime"},
	{"agreement over", func(c *headroom.Case, _ *headroom.Plan) { c.Duties[1].To = lastDay(2028) }, "regime"},
	{"does not qualify", func(c *headroom.Case, _ *headroom.Plan) {
		c.VehicleLines[1].QualifiesFrom = headroom.NewDate(2028, 7, 3)
	}, "regime"},
	{"quota", func(c *headroom.Case, _ *headroom.Plan) { c.Quotas[0].Volume = 2999 }, "quota"},
	{"demand", func(c *headroom.Case, _ *headroom.Plan) { c.Demands[0].Volume = 20001 }, "demand"},
	{"nothing lost", func(_ *headroom.Case, p *headroom.Plan) { p.Losts = nil }, "demand"},
	{"lost though it may be left out", func(_ *headroom.Case, p *headroom.Plan) {
		p.Losts = append(p.Losts, headroom.LostRow{Vehicle: "c", Market: "uk", Period: "2026", Units: 1})
	}, "demand"},
	{"service", func(c *headroom.Case, _ *headroom.Plan) { c.Demands[3].MinService = 51 }, "min_service"},
}

var otherFaults = []corrupt{
	{"hard target", func(c *headroom.Case, p *headroom.Plan) {
		c.Targets[0].Value = 50000
		for i := range p.Targets {
			if r := &p.Targets[i]; r.Target == "least" {
				r.Wanted, r.Gap = 50000, max(0, 50000-r.Value)
			}
		}
	}, "target"},
	{"target value reported", func(_ *headroom.Case, p *headroom.Plan) { p.Targets[1].Value = 46000 }, "target"},
	{"target gap reported", func(_ *headroom.Case, p *headroom.Plan) { p.Targets[1].Gap = 14000 }, "target"},
	{"target not reported", func(_ *headroom.Case, p *headroom.Plan) { p.Targets = p.Targets[1:] }, "target"},
	{"unknown target", func(_ *headroom.Case, p *headroom.Plan) {
		p.Targets = append(p.Targets, headroom.TargetRow{Target: "x", Period: "2026"})
	}, "target"},
	{"a period after the horizon", func(_ *headroom.Case, p *headroom.Plan) { outputOf(p, "b", "2029").Period = headroom.TerminalPeriod }, "conservation deal_volume regime row target"},
}
