package ledger

import (
	"testing"

	"headroom"
)

// dated is a launch of the car of late, on a grid of years, under dates that a test sets, with enough earnings for any charge.
func dated(t *testing.T, change func(c *headroom.Case, p *headroom.Plan)) headroom.RestRow {
	t.Helper()
	c := late(1)
	c.Demands[0].Contribution = headroom.Some(99)
	p := &headroom.Plan{}
	stay(c, p, "p", headroom.Operating)
	built(c, p, 0, headroom.NewDate(2027, 1, 1), 100000)
	change(c, p)
	l := mustCompute(t, c, p)
	if len(l.Rests) != 1 || l.Rests[0].Rest != l.Rests[0].Back {
		t.Fatalf("rests %+v", l.Rests)
	}
	return l.Rests[0]
}

// TestRestDates: where the tool begins and ends to work, day by day. Launched in 2027 it works from the first day of its windows;
// 3.5 m are left by the years after 2028.
func TestRestDates(t *testing.T) {
	t.Parallel()
	day := headroom.NewDate
	for _, x := range []struct {
		name   string
		change func(c *headroom.Case, p *headroom.Plan)
		from   headroom.Date
		left   float64 // years after 2028
		years  float64
	}{
		{"from the period", func(c *headroom.Case, _ *headroom.Plan) {}, day(2027, 1, 1), 5, 7},
		{"SOP before", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].SOP = day(2026, 12, 31) }, day(2027, 1, 1), 5, 7},
		{"SOP on the second day", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].SOP = day(2027, 1, 2) }, day(2027, 1, 2), 5 + 1/365.0, 7},
		{"SOP on the last day of the horizon", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].SOP = lastDay(2028) }, lastDay(2028), 7 - 1/366.0, 7},
		{"SOP after the horizon", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].SOP = day(2029, 1, 1) }, day(2029, 1, 1), 0, 7},
		{"line from July", func(c *headroom.Case, _ *headroom.Plan) { c.Lines[0].From = day(2027, 7, 1) }, day(2027, 7, 1), 5 + 181/365.0, 7},
		{"lead of a month", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].Lead = 1 }, day(2027, 2, 1), 5 + 31/365.0, 7},
		{"lead of half a month", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].Lead = 0.5 }, day(2027, 2, 1), 5 + 31/365.0, 7},
		{"lead and SOP, the later", func(c *headroom.Case, _ *headroom.Plan) {
			c.VehicleLines[0].Lead, c.Vehicles[0].SOP = 1, day(2027, 1, 31)
		}, day(2027, 2, 1), 5 + 31/365.0, 7},
		{"lead of two years", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].Lead = 24 }, day(2029, 1, 1), 0, 7},
		{"commitment from March", func(c *headroom.Case, _ *headroom.Plan) {
			c.VehicleLines[0].CommittedFrom, c.VehicleLines[0].CommittedUntil, c.VehicleLines[0].Lead = day(2027, 3, 1), lastDay(2027), 6
		}, day(2027, 3, 1), 5 + 59/365.0, 7},
		{"EOP with the horizon", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].EOP = lastDay(2028) }, day(2027, 1, 1), 0, 2},
		{"EOP a day before", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].EOP = day(2028, 12, 30) }, day(2027, 1, 1), 0, 2 - 1/366.0},
		{"EOP a day after", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].EOP = day(2029, 1, 1) }, day(2027, 1, 1), 1 / 365.0, 2 + 1/365.0},
		{"EOP within the life", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].EOP = lastDay(2030) }, day(2027, 1, 1), 2, 4},
		{"EOP on the last day of the life", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].EOP = lastDay(2033) }, day(2027, 1, 1), 5, 7},
		{"line to June", func(c *headroom.Case, _ *headroom.Plan) { c.Lines[0].To = day(2029, 6, 30) }, day(2027, 1, 1), 181 / 365.0, 2 + 181/365.0},
		{"EOP and line, the earlier", func(c *headroom.Case, _ *headroom.Plan) {
			c.Lines[0].To, c.Vehicles[0].EOP = lastDay(2030), lastDay(2029)
		}, day(2027, 1, 1), 1, 3},
		{"end of a commitment is none", func(c *headroom.Case, _ *headroom.Plan) {
			c.VehicleLines[0].CommittedFrom, c.VehicleLines[0].CommittedUntil = day(2027, 1, 1), lastDay(2029)
		}, day(2027, 1, 1), 5, 7},
		{"life of 2 ends with the horizon", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].ToolingLife = headroom.Some(2) }, day(2027, 1, 1), 0, 2},
		{"usual life", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].ToolingLife = headroom.Opt{} }, day(2027, 1, 1), 5, 7},
	} {
		r := dated(t, x.change)
		if r.From != x.from {
			t.Errorf("%s: from %v, want %v", x.name, r.From, x.from)
		}
		check(t, x.name+": years", r.Years, x.years)
		check(t, x.name+": left", r.Rest, 3.5e6*x.left/x.years)
	}
}

// TestRestDeals: a tool under a deal works from the start of the deal to its end.
func TestRestDeals(t *testing.T) {
	t.Parallel()
	day := headroom.NewDate
	for _, x := range []struct {
		name  string
		deal  headroom.Arrangement
		first string // period in which it is in force first
		from  headroom.Date
		left  float64
		years float64
	}{
		{"signed, no term", headroom.Arrangement{Status: headroom.Signed}, "2026-1", day(2027, 1, 1), 5, 7},
		{"signed for 4 years", headroom.Arrangement{Status: headroom.Signed, TermYears: 4}, "2026-1", day(2027, 1, 1), 1, 3},
		{"signed from May 2027 for 4 years", headroom.Arrangement{Status: headroom.Signed, TermYears: 4, EarliestStart: day(2027, 5, 1)}, "2027-1", day(2027, 5, 1), 2 + 120/365.0, 4},
		{"signed long ago", headroom.Arrangement{Status: headroom.Signed, TermYears: 4, EarliestStart: day(2025, 1, 1)}, "2026-1", day(2027, 1, 1), 0, 2},
		{"talked of, from 2027 for 4 years", headroom.Arrangement{Status: headroom.MOU, TermYears: 4}, "2027-1", day(2027, 1, 1), 2, 4},
		{"talked of, from 2026 for 4 years", headroom.Arrangement{Status: headroom.MOU, TermYears: 4}, "2026-1", day(2027, 1, 1), 1, 3},
		{"talked of, not before May", headroom.Arrangement{Status: headroom.MOU, EarliestStart: day(2027, 5, 1)}, "2027-1", day(2027, 5, 1), 5 + 120/365.0, 7},
		{"half a year", headroom.Arrangement{Status: headroom.Signed, TermYears: 3.5}, "2026-1", day(2027, 1, 1), 181 / 365.0, 2 + 181/365.0},
	} {
		r := dated(t, func(c *headroom.Case, p *headroom.Plan) {
			x.deal.ID = "d"
			c.Arrangements, c.With, c.VehicleLines[0].Arrangement = []headroom.Arrangement{x.deal}, []string{"d"}, "d"
			for _, t := range c.Periods {
				if t.ID >= x.first {
					p.Deals = append(p.Deals, headroom.DealRow{Deal: "d", Status: x.deal.Status, Period: t.ID})
				}
			}
		})
		if r.From != x.from {
			t.Errorf("%s: from %v, want %v", x.name, r.From, x.from)
		}
		check(t, x.name+": years", r.Years, x.years)
		check(t, x.name+": left", r.Rest, 3.5e6*x.left/x.years)
	}
}

// TestRestStands: a launch has a rest if its place is used from then on without a gap; the last launch counts.
func TestRestStands(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		used string // launch l, used u, not -, by year
		want float64
	}{
		{"luu", 3.5e6 * 4 / 7},
		{"-lu", 3.5e6 * 5 / 7},
		{"lu-", 0},
		{"l-u", 0}, // not launched again: a fault of the plan, and nothing is left
		{"l-l", 3.5e6 * 6 / 7},
		{"lll", 3.5e6 * 6 / 7},
		{"---", 0},
		{"uuu", 0},
	} {
		c := late(1)
		c.Demands[0].Contribution = headroom.Some(99)
		p := &headroom.Plan{}
		stay(c, p, "p", headroom.Operating)
		for i, u := range x.used {
			if u != '-' {
				one := *c
				one.Periods = c.Periods[i : i+1]
				built(&one, p, 0, 0, 100000)
				p.Allocs[len(p.Allocs)-1].Launch = u == 'l'
			}
		}
		check(t, x.used, left(mustCompute(t, c, p), ""), x.want)
		c.VehicleLines[0].CommittedUntil, c.Vehicles[0].SOP = lastDay(2026), lastDay(2020) // running: nothing is paid for it
		check(t, x.used+" and running", left(mustCompute(t, c, p), ""), 0)
	}
}

// TestRestOld: a tool beyond its life works on, and the rows say so.
func TestRestOld(t *testing.T) {
	t.Parallel()
	for life, old := range map[float64]bool{1: true, 2: true, 2.01: false, 7: false} {
		if r := dated(t, func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].ToolingLife = headroom.Some(life) }); r.Old != old {
			t.Errorf("life of %g years: old is %v", life, r.Old)
		}
	}
	// A vehicle that ends is no old tool.
	if r := dated(t, func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].EOP = lastDay(2028) }); r.Old {
		t.Error("the tool of a vehicle that ends is old")
	}
}

// TestRestLastYear: the last year is the calendar year of the last day, as much of it as the horizon has, and a long period counts
// by its part of it.
func TestRestLastYear(t *testing.T) {
	t.Parallel()
	day := headroom.NewDate
	// To 30 June 2028: s = 1, e = 8, H = 2 + 182/366; 5.502732 years left of 7, 2.751366 m, at 0.5 m a year, of which 182/366 counts
	// against 182/366 of 1 m: all of it; of 0.4 m a year, four fifths.
	c := late(1)
	c.Periods[2].To = day(2028, 6, 30)
	p := &headroom.Plan{}
	stay(c, p, "p", headroom.Operating)
	built(c, p, 0, day(2027, 1, 1), 10000)
	roughly(t, "to June", left(mustCompute(t, c, p), ""), 2751366)
	c.Demands[0].Contribution = headroom.Some(4)
	roughly(t, "to June, of less", left(mustCompute(t, c, p), ""), 2751366*0.8)

	// A period of 2027 and 2028, of which half of the years is the last one: 20,000 cars are 1 m in it.
	c = late(1)
	c.Periods = append(c.Periods[:1], headroom.Period{ID: "long", From: day(2027, 1, 1), To: lastDay(2028)})
	p = &headroom.Plan{}
	stay(c, p, "p", headroom.Operating)
	built(c, p, 0, day(2027, 1, 1), 10000)
	check(t, "long period", left(mustCompute(t, c, p), ""), 3.5e6*5/7)
	c.Demands[0].Contribution = headroom.Some(4)
	check(t, "long period, of less", left(mustCompute(t, c, p), ""), 3.5e6*5/7*0.8)

	// What was earned in the year before does not count.
	c, p = in2028(1)
	c.Vehicles[0].SOP = 0
	p.Allocs, p.Outputs, p.Flows = nil, nil, nil
	built(c, p, 0, day(2027, 1, 1), 10000)
	for _, f := range []*float64{&p.Outputs[1].Units, &p.Flows[1].Units} {
		*f = 3000 // 0.3 m in 2028 for a charge of 0.5 m
	}
	check(t, "only the last year", left(mustCompute(t, c, p), ""), 3.5e6*5/7*0.6)
}
