package ledger

import (
	"slices"

	"headroom"
)

// decide draws a plan. It keeps what the money of a plan rests on: states that can follow each other, outputs of places that are
// used in plants that operate, on days on which they are there, and flows of what is built.
func (g *gen) decide() {
	for i := range g.c.Plants {
		g.states(&g.c.Plants[i])
	}
	for i := range g.c.Arrangements {
		g.force(&g.c.Arrangements[i])
	}
	g.shifts()
	for i := range g.c.VehicleLines {
		g.use(&g.c.VehicleLines[i])
	}
	g.send()
	for _, d := range g.c.Demands {
		if t := oneOf(g, g.c.Periods...); g.chance(2) {
			g.p.Losts = append(g.p.Losts, headroom.LostRow{Vehicle: d.Vehicle, Market: d.Market, Period: t.ID, Units: float64(g.r.IntN(3000))})
		}
	}
}

// states draws what a plant is in each year.
func (g *gen) states(q *headroom.Plant) {
	now := q.InitialState
	for _, t := range g.c.Periods {
		switch now {
		case headroom.Operating:
			now = oneOf(g, now, now, now, now, headroom.Mothballed, headroom.Closed)
		case headroom.Mothballed:
			now = oneOf(g, now, now, headroom.Operating, headroom.Operating, headroom.Closed)
		case headroom.Closed, headroom.Greenfield:
			if now == q.InitialState && g.was(q.ID) == "" {
				now = oneOf(g, now, headroom.Operating)
			}
		}
		g.p.States = append(g.p.States, headroom.StateRow{Plant: q.ID, Period: t.ID, State: now})
	}
}

// was is a state other than its first that a plant has been in, "" where there is none.
func (g *gen) was(plant string) headroom.State {
	var first headroom.State
	for _, q := range g.c.Plants {
		if q.ID == plant {
			first = q.InitialState
		}
	}
	for _, s := range g.p.States {
		if s.Plant == plant && s.State != first {
			return s.State
		}
	}
	return ""
}

// force draws since when a deal is in force.
func (g *gen) force(a *headroom.Arrangement) {
	from := g.r.IntN(len(g.c.Periods) + 1)
	for _, t := range g.c.Periods[from:] {
		if g.c.InForce(*a) && t.To >= a.EarliestStart {
			g.p.Deals = append(g.p.Deals, headroom.DealRow{Deal: a.ID, Status: a.Status, Period: t.ID})
		}
	}
}

// stateOf is the state of a plant in a period.
func stateOf(p *headroom.Plan, plant, period string) headroom.State {
	for _, s := range p.States {
		if s.Plant == plant && s.Period == period {
			return s.State
		}
	}
	return ""
}

// shifts draws what lines work.
func (g *gen) shifts() {
	for _, l := range g.c.Lines {
		for _, t := range g.c.Periods {
			share := t.Overlap(l.From, l.To)
			if share == 0 || stateOf(g.p, l.Plant, t.ID) != headroom.Operating || g.chance(2) {
				continue
			}
			g.p.Shifts = append(g.p.Shifts, headroom.ShiftRow{
				Line: l.ID, Period: t.ID, Pattern: oneOf(g, "one", "two"), Capacity: l.CapacityYear.Value * share, Overtime: oneOf(g, 0.0, 0, float64(g.r.IntN(500))),
			})
		}
	}
}

// use draws when a place is launched, used and left, and what it builds.
func (g *gen) use(k *headroom.VehicleLine) {
	if !k.Compatible {
		return
	}
	plant := plantOf(g.c, k.Line)
	always := runs(g.c, k)
	on, launched := always && g.chance(8), headroom.Date(0)
	for _, t := range g.c.Periods {
		launch := false
		if !g.allowed(k.Arrangement, t.ID) {
			on = false
			continue
		}
		switch {
		case on && g.chance(1):
			on = false
		case on && g.chance(1) && !always:
			launch = true // again, which a plan may say
		case !on && g.chance(5):
			on, launch = true, !always
		}
		if !on {
			continue
		}
		if launch {
			launched = t.From
		}
		g.p.Allocs = append(g.p.Allocs, headroom.AllocRow{Vehicle: k.Vehicle, Line: k.Line, Content: k.Content, Period: t.ID, Launch: launch})
		from, to := window(g.c, g.p, k, launched)
		if share := t.Overlap(from, to); share > 0 && stateOf(g.p, plant, t.ID) == headroom.Operating && g.chance(8) {
			g.p.Outputs = append(g.p.Outputs, headroom.OutputRow{
				Vehicle: k.Vehicle, Plant: plant, Line: k.Line, Content: k.Content, Period: t.ID, Units: share * float64(g.r.IntN(4000)),
			})
		}
	}
}

// allowed reports whether a deal, if any, is in force in a period; one that is signed is so by its dates, which are windows.
func (g *gen) allowed(deal, period string) bool {
	for _, a := range g.c.Arrangements {
		if a.ID == deal && a.Status != headroom.Signed {
			return slices.ContainsFunc(g.p.Deals, func(d headroom.DealRow) bool { return d.Deal == deal && d.Period == period })
		}
	}
	return true
}

// send draws where what is built is sent.
func (g *gen) send() {
	for _, o := range g.p.Outputs {
		left := o.Units
		for i, m := range g.c.Markets {
			units := left
			if i == 0 {
				units = left * oneOf(g, 0.0, 0.3, 1)
			}
			left -= units
			addFlow(g.c, g.p, o, m.ID, units)
		}
	}
}

// addFlow adds what an output sends to a market.
func addFlow(c *headroom.Case, p *headroom.Plan, o headroom.OutputRow, market string, units float64) {
	regime := headroom.RegimeDomestic
	if regionOf(c, o.Plant) != regionOf(c, market) {
		regime = headroom.RegimeMFN
	}
	for i := range p.Flows {
		f := &p.Flows[i]
		if f.Vehicle == o.Vehicle && f.Plant == o.Plant && f.Market == market && f.Period == o.Period {
			f.Units += units
			return
		}
	}
	if units > 0 {
		p.Flows = append(p.Flows, headroom.FlowRow{Vehicle: o.Vehicle, Plant: o.Plant, Market: market, Period: o.Period, Regime: regime, Units: units})
	}
}

// regionOf is the region of a plant or market.
func regionOf(c *headroom.Case, id string) string {
	for _, q := range c.Plants {
		if q.ID == id {
			return q.Region
		}
	}
	for _, m := range c.Markets {
		if m.ID == id {
			return m.Region
		}
	}
	return ""
}

func plantOf(c *headroom.Case, line string) string {
	for _, l := range c.Lines {
		if l.ID == line {
			return l.Plant
		}
	}
	return ""
}

func vehicleOf(c *headroom.Case, id string) *headroom.Vehicle {
	for i := range c.Vehicles {
		if c.Vehicles[i].ID == id {
			return &c.Vehicles[i]
		}
	}
	return nil
}
