package ledger

import (
	"fmt"
	"testing"

	"headroom"
)

// partFaults are limits of busy that its plan just keeps, each made less by one vehicle a year, or moved by a day.
var partFaults = []corrupt{
	{"nothing", func(*headroom.Case, *headroom.Plan) {}, ""},
	{"quota", func(c *headroom.Case, _ *headroom.Plan) { c.Quotas[0].Volume = 2999 }, "quota"},
	{"quota that holds", func(c *headroom.Case, _ *headroom.Plan) { c.Quotas[0].Volume = 3000 }, ""},
	{"target", func(c *headroom.Case, _ *headroom.Plan) { c.Targets[0].Value = 45001 }, "target"},
	{"site cap", func(c *headroom.Case, _ *headroom.Plan) { c.Plants[0].SiteCap = headroom.Some(54999) }, "site_cap"},
	{"site cap that holds", func(c *headroom.Case, _ *headroom.Plan) { c.Plants[0].SiteCap = headroom.Some(55000) }, ""},
	{"least rate", func(c *headroom.Case, _ *headroom.Plan) { c.Lines[0].MinRate = 45001 }, "min_rate"},
	{"least rate that holds", func(c *headroom.Case, _ *headroom.Plan) { c.Lines[0].MinRate = 45000 }, ""},
	{"least volume", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].MinVolume = 45001 }, "min_volume"},
	{"least volume that holds", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].MinVolume = 45000 }, ""},
	{"least volume of a deal", func(c *headroom.Case, _ *headroom.Plan) { c.Terms[1].Value = 5001 }, "deal_volume"},
	{"least volume of a deal that holds", func(c *headroom.Case, _ *headroom.Plan) { c.Terms[1].Value = 5000 }, ""},
	{"most volume of a deal", func(c *headroom.Case, _ *headroom.Plan) { c.Terms[2].Value = 9999 }, "deal_volume"},
	{"most volume of a deal that holds", func(c *headroom.Case, _ *headroom.Plan) { c.Terms[2].Value = 10000 }, ""},
	{"overtime", func(c *headroom.Case, _ *headroom.Plan) { c.ShiftPatterns[0].OvertimeShare = 9.99 }, "overtime"},
	{"minimum run", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].MinRun = 100.01 }, "commitment"},
	{"minimum run that holds", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].MinRun = 100 }, ""},
	{"service", func(c *headroom.Case, _ *headroom.Plan) { c.Demands[1].MinService = 100.01 }, "min_service"},
	{"close a day too early", func(c *headroom.Case, _ *headroom.Plan) { c.Plants[1].EarliestClose = headroom.NewDate(2027, 1, 2) }, "transition"},
	{"deal a day too late", func(c *headroom.Case, _ *headroom.Plan) { c.Arrangements[1].TermYears = 2 }, "allocation capacity deal deal_volume"},
	{"mothballed too long", func(c *headroom.Case, _ *headroom.Plan) { c.Plants[1].MaxMothball = 2.99 }, "max_mothball"},
}

// TestCheckParts: a limit of a year is a limit of its parts, in proportion.
func TestCheckParts(t *testing.T) {
	t.Parallel()
	for _, per := range []int{1, 2, 4} {
		for _, f := range partFaults {
			c, p := busy(), busyPlan()
			c.VehicleLines[1].Ramp, c.Terms[1].Value = nil, 5000 // a ramp goes by periods, whatever their length
			c, p = refine(c, p, per)
			f.spoil(c, p)
			f.wanted(t, fmt.Sprintf("%s by %d parts", f.name, per), Check(c, p))
		}
	}
}

// TestFeeDates: a fee is due for the share of the period in which its term holds, and not outside.
func TestFeeDates(t *testing.T) {
	t.Parallel()
	day := headroom.NewDate
	for _, x := range []struct {
		from, to headroom.Date
		want     float64
	}{
		{0, 0, 1}, {day(2026, 7, 1), 0, 184.0 / 365}, {0, day(2026, 6, 30), 181.0 / 365}, {day(2027, 1, 1), 0, 0}, {0, lastDay(2025), 0}, {lastDay(2026), 0, 1.0 / 365},
	} {
		c := small()
		c.Arrangements = []headroom.Arrangement{{ID: "d", Host: "hs", Guest: "gs", Status: headroom.Signed}}
		c.Terms = []headroom.Term{{Arrangement: "d", Kind: headroom.FeePerUnit, Value: 150, From: x.from, To: x.to}}
		c.VehicleLines[0].Arrangement = "d"
		l := mustCompute(t, c, smallPlan(c, headroom.RegimeMFN))
		check(t, x.from.String()+" to "+x.to.String(), amountOf(l, "gs", "2026", headroom.AccDealFee), -150*100*x.want)
	}
}
