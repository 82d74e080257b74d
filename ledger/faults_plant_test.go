package ledger

import (
	"math"

	"headroom"
)

var rowFaults = []corrupt{
	{"period", func(_ *headroom.Case, p *headroom.Plan) { p.Losts[0].Period = "2031" }, "demand row"},
	{"not a number", func(_ *headroom.Case, p *headroom.Plan) { p.Losts[0].Units = math.NaN() }, "demand row"},
	{"negative", func(_ *headroom.Case, p *headroom.Plan) { p.Losts[0].Units = -1 }, "demand row"},
	{"plant", func(_ *headroom.Case, p *headroom.Plan) { p.States[0].Plant = "p9" }, "row"},
	{"twice", func(_ *headroom.Case, p *headroom.Plan) { p.States = append(p.States, p.States[0]) }, "row"},
	{"no such place", func(_ *headroom.Case, p *headroom.Plan) {
		p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: "a", Plant: "p2", Line: "l2", Content: "full", Period: "2026"})
	}, "place"},
	{"not compatible", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[2].Compatible = false }, ""},
	{"not compatible but used", func(c *headroom.Case, p *headroom.Plan) {
		c.VehicleLines[2].Compatible = false
		p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: "c", Plant: "p2", Line: "l2", Content: "full", Period: "2026"})
	}, "place"},
	{"wrong plant", func(_ *headroom.Case, p *headroom.Plan) { outputOf(p, "b", "2027").Plant = "p2" }, "conservation deal_volume place regime target"},
	{"no case", func(c *headroom.Case, _ *headroom.Plan) { c.Periods = nil }, "case"},
}

var plantFaults = []corrupt{
	{"no state", func(_ *headroom.Case, p *headroom.Plan) { p.States = p.States[:len(p.States)-1] }, "state"},
	{"fixed plant changed", func(_ *headroom.Case, p *headroom.Plan) { state(p, "p1", "2029", headroom.Closed) }, "plant_open state"},
	{"no such state", func(_ *headroom.Case, p *headroom.Plan) { state(p, "p3", "2029", "lost") }, "state"},
	{"closed from greenfield", func(c *headroom.Case, _ *headroom.Plan) { c.Plants[2].InitialState = headroom.Greenfield }, "transition"},
	{"opened again", func(_ *headroom.Case, p *headroom.Plan) {
		state(p, "p2", "2027", headroom.Closed)
		state(p, "p2", "2028", headroom.Operating)
	}, "opening transition"},
	{"opened once", func(_ *headroom.Case, p *headroom.Plan) {
		state(p, "p3", "2028", headroom.Operating)
		state(p, "p3", "2029", headroom.Operating)
	}, "opening"},
	{"built while it opens", func(_ *headroom.Case, p *headroom.Plan) { opening(p, "2028") }, "capacity target"},
	{"built once open", func(_ *headroom.Case, p *headroom.Plan) { opening(p, "2029") }, "target"},
	{"open too short", func(_ *headroom.Case, p *headroom.Plan) { state(p, "p3", "2028", headroom.Operating) }, "min_open opening"},
	{"mothballed too early", func(_ *headroom.Case, p *headroom.Plan) {
		state(p, "p2", "2026", headroom.Mothballed)
		state(p, "p2", "2029", headroom.Closed)
	}, "transition"},
	{"mothballed too long", func(c *headroom.Case, _ *headroom.Plan) { c.Plants[1].MaxMothball = 2 }, "max_mothball"},
	{"plant shut", func(c *headroom.Case, p *headroom.Plan) {
		c.Plants[0].InitialState = headroom.Mothballed
		for _, t := range c.Periods {
			state(p, "p1", t.ID, headroom.Mothballed)
		}
	}, "plant_open"},
	{"site cap", func(c *headroom.Case, _ *headroom.Plan) { c.Plants[0].SiteCap = headroom.Some(54999) }, "site_cap"},
}

var lineFaults = []corrupt{
	{"foreign pattern", func(_ *headroom.Case, p *headroom.Plan) { p.Shifts[3].Pattern, p.Shifts[3].Changed = "s3", true }, "pattern"},
	{"change not marked", func(_ *headroom.Case, p *headroom.Plan) { p.Shifts[3].Pattern, p.Shifts[3].Capacity = "s2", 100000 }, "pattern"},
	{"no change marked", func(_ *headroom.Case, p *headroom.Plan) { p.Shifts[0].Changed = true }, "pattern"},
	{"two patterns", func(_ *headroom.Case, p *headroom.Plan) { p.Shifts = append(p.Shifts, p.Shifts[0]) }, "pattern"},
	{"capacity reported", func(_ *headroom.Case, p *headroom.Plan) { p.Shifts[0].Capacity = 60000 }, "capacity"},
	{"over capacity", func(_ *headroom.Case, p *headroom.Plan) { p.Shifts[3].Overtime = 0 }, "capacity"},
	{"slower vehicle", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].RateFactor = 0.8 }, "capacity"},
	{"line stands still", func(_ *headroom.Case, p *headroom.Plan) { p.Shifts = p.Shifts[:3] }, "capacity"},
	{"half the line", func(c *headroom.Case, _ *headroom.Plan) { c.Lines[0].To = headroom.NewDate(2029, 6, 30) }, "capacity overtime"},
	{"overtime", func(c *headroom.Case, _ *headroom.Plan) { c.ShiftPatterns[0].OvertimeShare = 9 }, "overtime"},
	{"least rate", func(c *headroom.Case, _ *headroom.Plan) { c.Lines[0].MinRate = 45001 }, "min_rate"},
	{"programmes", func(c *headroom.Case, _ *headroom.Plan) { c.Lines[0].MaxVehicles = headroom.Some(1) }, "max_vehicles"},
	{"programmes one after the other", func(c *headroom.Case, _ *headroom.Plan) {
		c.Lines[0].MaxVehicles = headroom.Some(1)
		c.Vehicles[0].EOP = headroom.NewDate(2026, 12, 31)
	}, "allocation capacity commitment demand"},
	{"lines", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[0].MaxLines = headroom.Some(0) }, "max_lines"},
	{"launches", func(c *headroom.Case, _ *headroom.Plan) { c.Lines[0].MaxLaunches = headroom.Some(0) }, "max_launches"},
}

var placeFaults = []corrupt{
	{"not allocated", func(_ *headroom.Case, p *headroom.Plan) { p.Allocs = p.Allocs[:len(p.Allocs)-1] }, "allocation"},
	{"before SOP", func(c *headroom.Case, _ *headroom.Plan) {
		c.VehicleLines[1].Lead = 0
	}, "allocation"},
	{"after EOP", func(c *headroom.Case, _ *headroom.Plan) { c.Vehicles[1].EOP = lastDay(2028) }, "allocation capacity demand"},
	{"not launched", func(_ *headroom.Case, p *headroom.Plan) { allocOf(p, "b", "2026").Launch = false }, "allocation deal_volume launch"},
	{"running and launched", func(_ *headroom.Case, p *headroom.Plan) { allocOf(p, "a", "2028").Launch = true }, "launch"},
	{"lead not over", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[1].Lead = 13 }, "capacity ramp"},
	{"launched earlier than the lead asks", func(c *headroom.Case, _ *headroom.Plan) {
		c.Vehicles[1].SOP = headroom.NewDate(2028, 1, 1)
	}, "allocation demand ramp"},
	{"commitment begins without launch", func(c *headroom.Case, _ *headroom.Plan) {
		c.VehicleLines[0].CommittedFrom = headroom.NewDate(2026, 1, 1)
	}, "launch"},
	{"ramp", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[1].Ramp[0] = 49 }, "ramp"},
	{"ramp of the second period", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[1].Ramp = []float64{50, 99} }, "ramp"},
	{"minimum run", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].MinRun = 101 }, "commitment"},
	{"commitment not marked", func(_ *headroom.Case, p *headroom.Plan) { allocOf(p, "a", "2026").Committed = false }, "commitment"},
	{"no commitment marked", func(_ *headroom.Case, p *headroom.Plan) { allocOf(p, "a", "2028").Committed = true }, "commitment"},
	{"least volume", func(c *headroom.Case, _ *headroom.Plan) { c.VehicleLines[0].MinVolume = 45001 }, "min_volume"},
}

// opening lets p3, whose opening takes a year, become operating in 2028 and build in a period.
func opening(p *headroom.Plan, period string) {
	state(p, "p3", "2028", headroom.Operating)
	state(p, "p3", "2029", headroom.Operating)
	p.Allocs = append(p.Allocs, headroom.AllocRow{Vehicle: "c", Line: "l3", Content: "full", Period: period, Launch: true})
	p.Shifts = append(p.Shifts, headroom.ShiftRow{Line: "l3", Period: period, Pattern: "s1", Capacity: 25000, Changed: true})
	p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: "c", Plant: "p3", Line: "l3", Content: "full", Period: period, Units: 100})
	p.Flows = append(p.Flows, headroom.FlowRow{Vehicle: "c", Plant: "p3", Market: "uk", Period: period, Regime: headroom.RegimeMFN, Units: 100})
}
