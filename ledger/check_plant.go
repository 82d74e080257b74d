package ledger

import "headroom"

// checkPlants checks the states of plants and what their sites may build.
func (x *checker) checkPlants() {
	for i := range x.v.c.Plants {
		p := &x.v.c.Plants[i]
		if p.Use == headroom.Exclude {
			continue
		}
		for t := range x.v.years {
			x.checkState(p, t)
		}
		if p.Use == headroom.Consider {
			x.checkSpells(p)
			x.checkOpenings(p)
		}
		x.checkSite(p)
	}
}

// checkState checks the state of a plant and how it came to it.
func (x *checker) checkState(p *headroom.Plant, t int) {
	before, now := x.state(p, t-1), x.state(p, t)
	switch now {
	case headroom.Operating, headroom.Mothballed, headroom.Closed, headroom.Greenfield:
	default:
		x.say(RuleState, p.ID, t, "no such state: "+string(now))
		return
	}
	if before == now {
		return
	}
	if p.Use != headroom.Consider {
		x.say(RuleState, p.ID, t, "a plant that may not change is "+string(now)+" after "+string(before))
		return
	}
	from := x.v.c.Periods[t].From
	switch {
	case now == headroom.Operating:
		if before == headroom.Closed && x.closedByPlan(p, t) {
			x.say(RuleTransition, p.ID, t, "opened after the plan had closed it")
		}
	case now == headroom.Mothballed && before == headroom.Operating,
		now == headroom.Closed && (before == headroom.Operating || before == headroom.Mothballed):
		if from < p.EarliestClose {
			x.say(RuleTransition, p.ID, t, string(now)+" before "+p.EarliestClose.String())
		}
	default:
		x.say(RuleTransition, p.ID, t, string(before)+" to "+string(now)+" is not possible")
	}
}

// closedByPlan reports whether a plant that is closed before period t was anything else before that.
func (x *checker) closedByPlan(p *headroom.Plant, t int) bool {
	for s := -1; s < t; s++ {
		if x.state(p, s) != headroom.Closed {
			return true
		}
	}
	return false
}

// checkSpells checks how long a plant stays open once opened.
func (x *checker) checkSpells(p *headroom.Plant) {
	last := x.v.last()
	for t := 0; t <= last; {
		state, first, length := x.state(p, t), t, 0.0
		for ; t <= last && x.state(p, t) == state; t++ {
			length += x.v.years[t]
		}
		opened := state == headroom.Operating && x.state(p, first-1) != headroom.Operating
		if opened && t <= last && length < p.MinOpen-timeTolerance {
			x.out = append(x.out, Violation{RuleMinOpen, p.ID, x.v.name(t), length, p.MinOpen, "years open once opened"})
		}
	}
}

// checkSite checks that lines work in open plants only, and the permit of the site.
func (x *checker) checkSite(p *headroom.Plant) {
	for t, years := range x.v.years {
		built := 0.0
		for _, o := range x.r.outputs {
			if o.t == t && o.place.plant == p {
				built += o.units
			}
		}
		if x.state(p, t) != headroom.Operating {
			x.atMost(RulePlantOpen, p.ID, t, built, 0, "built in a plant that is "+string(x.state(p, t)))
			for i := range x.v.c.Lines {
				if l := &x.v.c.Lines[i]; l.Plant == p.ID && x.r.shift(l.ID, t) != nil {
					x.say(RulePlantOpen, l.ID, t, "works in a plant that is "+string(x.state(p, t)))
				}
			}
		}
		if p.SiteCap.Set {
			x.atMost(RuleSiteCap, p.ID, t, built, p.SiteCap.Value*years, "built on the site")
		}
	}
}
