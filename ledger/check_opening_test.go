package ledger

import (
	"slices"
	"testing"

	"headroom"
)

// TestCheckOpenings: a plant that opens builds in that calendar year, and counts as mothballed until it does. By half years, the
// plant is operating (o), mothballed (m), closed (c) or not built (g), and builds (B) while it operates, or less than one vehicle (b).
func TestCheckOpenings(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		initial headroom.State
		halves  string
		most    float64 // years mothballed
		want    []string
	}{
		{headroom.Mothballed, "BBBBBB", 0, nil},
		{headroom.Mothballed, "oBBBBB", 1, nil},
		{headroom.Mothballed, "ooBBBB", 3, []string{"opening 2026-1"}},
		{headroom.Mothballed, "bBBBBB", 1, nil},
		{headroom.Mothballed, "boBBBB", 3, []string{"opening 2026-1"}},
		{headroom.Mothballed, "moBBBB", 3, []string{"opening 2026-2"}}, // the year has passed
		{headroom.Mothballed, "mBBBBB", 3, nil},
		{headroom.Mothballed, "mmoBBB", 1.5, nil},
		{headroom.Mothballed, "mmoBBB", 1.4, []string{"max_mothball 2027-1"}},
		{headroom.Mothballed, "mmBBBB", 1, nil},
		{headroom.Mothballed, "mmbBBB", 1.4, []string{"max_mothball 2027-1"}},
		{headroom.Mothballed, "oBoooo", 0.5, nil}, // it stands open and empty later
		{headroom.Mothballed, "oooooo", 2, []string{"max_mothball 2028-2", "opening 2026-1"}},
		{headroom.Mothballed, "mmmmmm", 3, nil},
		{headroom.Mothballed, "mmmmmB", 3, nil}, // in the last period
		{headroom.Mothballed, "mmmmmm", 2.9, []string{"max_mothball 2028-2"}},
		{headroom.Mothballed, "mmmccc", 1, []string{"max_mothball 2027-1"}}, // 1.5 years, told at its end
		{headroom.Closed, "oBBBBB", 0, nil},
		{headroom.Closed, "oooooo", 0, []string{"opening 2026-1"}},
		{headroom.Greenfield, "ggggoo", 0, []string{"opening 2028-1"}},
		{headroom.Operating, "oooooo", 0, nil}, // it has always been open
		{headroom.Operating, "ommBBB", 1, nil},
		{headroom.Operating, "BBmoBB", 9, []string{"opening 2027-2"}}, // what it built before does not count
		{headroom.Operating, "ommoBB", 1, []string{"max_mothball 2027-2", "opening 2027-2"}},
	} {
		c, p := halves(x.initial, x.halves)
		c.Plants[0].MaxMothball = x.most
		got := broken(c, p)
		if !slices.Equal(got, x.want) {
			t.Errorf("%s after %s, at most %g years: %v, want %v", x.halves, x.initial, x.most, got, x.want)
		}
	}
}

// TestCheckOpeningLead: a plant that opens with a lead builds in the calendar year in which that is over.
func TestCheckOpeningLead(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		lead   float64
		halves string
		want   []string
	}{
		{6, "oBBBBB", nil},
		{12, "ooBBBB", nil},
		{11.5, "ooBBBB", nil}, // a broken month counts whole
		{11, "ooBBBB", []string{"opening 2026-1"}},
		{12, "oooBBB", nil},
		{12, "ooooBB", []string{"opening 2026-1"}},
		{12, "mooBBB", nil}, // to 1 July 2027
		{12, "moooBB", []string{"opening 2026-2"}},
		{12, "mmmmoo", []string{"opening 2028-1"}}, // the lead is over after the horizon
		{18, "ommmmm", []string{"opening 2026-1"}},
	} {
		c, p := halves(headroom.Mothballed, x.halves)
		c.Plants[0].MaxMothball, c.Plants[0].ReopenLead = 9, x.lead
		if got := broken(c, p); !slices.Equal(got, x.want) {
			t.Errorf("%s with a lead of %g: %v, want %v", x.halves, x.lead, got, x.want)
		}
	}
}

// TestMothballedByMonths: three years of months are three years.
func TestMothballedByMonths(t *testing.T) {
	t.Parallel()
	for years := 1; years <= 9; years++ {
		c := late(12)
		c.Periods = grid(2026, 2025+years, 12)
		c.Plants[0].InitialState, c.Plants[0].MaxMothball = headroom.Mothballed, float64(years)
		p := &headroom.Plan{}
		stay(c, p, "p", headroom.Mothballed)
		for _, v := range Check(c, p) {
			t.Errorf("%d years: %v", years, v)
		}
	}
}

// broken are the rules that a plan breaks, with their periods.
func broken(c *headroom.Case, p *headroom.Plan) []string {
	var got []string
	for _, v := range Check(c, p) {
		got = append(got, v.Rule+" "+v.Period)
	}
	return got
}

// halves is late by half years with a plan in which the plant is operating (o), mothballed (m), closed (c) or not built (g), and
// builds a vehicle (B), or less than one (b), while it operates.
func halves(initial headroom.State, text string) (*headroom.Case, *headroom.Plan) {
	c, p, launched := late(2), &headroom.Plan{}, false
	c.Plants[0].InitialState = initial
	for i, h := range text {
		period, s := c.Periods[i].ID, map[rune]headroom.State{'m': headroom.Mothballed, 'c': headroom.Closed, 'g': headroom.Greenfield}[h]
		if s == "" {
			s = headroom.Operating
		}
		p.States = append(p.States, headroom.StateRow{Plant: "p", Period: period, State: s})
		units := map[rune]float64{'B': 1, 'b': 0.9}[h]
		if units > 0 || launched { // a place stays used
			p.Allocs = append(p.Allocs, headroom.AllocRow{Vehicle: "v", Line: "l", Content: "full", Period: period, Launch: !launched})
			launched = true
		}
		if units > 0 {
			p.Shifts = append(p.Shifts, headroom.ShiftRow{Line: "l", Period: period, Capacity: 100000 * c.Periods[i].Years()})
			p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: "v", Plant: "p", Line: "l", Content: "full", Period: period, Units: units})
			p.Flows = append(p.Flows, headroom.FlowRow{Vehicle: "v", Plant: "p", Market: "m", Period: period, Regime: headroom.RegimeDomestic, Units: units})
		}
	}
	return c, p
}
