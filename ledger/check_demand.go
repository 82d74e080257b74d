package ledger

import (
	"math"
	"sort"

	"headroom"
)

// checkDemand checks that what is sent and lost is the demand, and the least service.
func (x *checker) checkDemand() {
	pairs := map[pair]bool{}
	for _, d := range x.v.c.Demands {
		pairs[pair{d.Vehicle, d.Market}] = true
	}
	for _, f := range x.r.flows {
		pairs[pair{f.Vehicle, f.Market}] = true
	}
	for _, l := range x.r.losts {
		pairs[pair{l.Vehicle, l.Market}] = true
	}
	keys := make([]pair, 0, len(pairs))
	for k := range pairs {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		return keys[i].a < keys[j].a || (keys[i].a == keys[j].a && keys[i].b < keys[j].b)
	})
	for _, k := range keys {
		q := x.v.vehicles[k.a]
		if q == nil {
			x.out = append(x.out, Violation{Rule: RuleCase, Key: k.a + ":" + k.b, Note: "demand for a vehicle that there is not"})
			continue
		}
		for t := range x.v.years {
			x.checkMarket(q, k.b, t)
		}
	}
}

// checkMarket checks what one market gets of one vehicle in period t.
func (x *checker) checkMarket(q *headroom.Vehicle, market string, t int) {
	sent, gone := of(x.r.sold, pair{q.ID, market}, t), of(x.r.gone, pair{q.ID, market}, t)
	name, wanted := q.ID+":"+market, x.v.wanted(q, market, t)
	if q.Use == headroom.Consider {
		x.atMost(RuleDemand, name, t, sent, wanted, "sent against demand")
		x.atMost(RuleDemand, name, t, gone, 0, "lost of a vehicle that may be left out")
		return
	}
	x.equal(RuleDemand, name, t, sent+gone, wanted, "sent and lost against demand")
	if d := x.v.demand(q.ID, market, t); d != nil {
		x.atLeast(RuleService, name, t, sent, d.MinService/100*wanted, "sent against what must be served")
	}
}

// checkTargets checks what the plan says of targets, and that the hard ones are met.
func (x *checker) checkTargets() {
	for t, years := range x.v.years {
		seen := map[string]bool{}
		for i := range x.v.c.Targets {
			r := x.v.target(x.v.c.Targets[i].ID, t)
			if r == nil || seen[r.ID] {
				continue
			}
			seen[r.ID] = true
			x.checkTarget(r, t, years)
		}
		for _, row := range x.r.targets {
			if row.Period == x.v.name(t) && !seen[row.Target] {
				x.say(RuleTarget, row.Target, t, "no such target")
			}
		}
	}
	for _, row := range x.r.targets {
		if _, ok := x.v.period[row.Period]; !ok {
			x.out = append(x.out, Violation{Rule: RuleTarget, Key: row.Target, Period: row.Period, Note: "no such period"})
		}
	}
}

// checkTarget checks one target in period t.
func (x *checker) checkTarget(r *headroom.Target, t int, years float64) {
	built := 0.0
	for _, o := range x.r.outputs {
		if o.t == t && counts(r, o.place.plant.Region) {
			built += o.units
		}
	}
	wanted := r.Value * years
	gap := math.Max(0, wanted-built)
	if r.Sense == "max" {
		gap = math.Max(0, built-wanted)
	}
	if r.Hard {
		x.atMost(RuleTarget, r.ID, t, gap, RelativeTolerance*wanted, "missing on a hard target")
	}
	n := 0
	for _, row := range x.r.targets {
		if row.Target != r.ID || row.Period != x.v.name(t) {
			continue
		}
		n++
		slack := RelativeTolerance * math.Max(built, wanted) // the gap is a difference of the two
		if !(math.Abs(row.Value-built) <= slack+x.absolute && math.Abs(row.Wanted-wanted) <= slack+x.absolute) {
			x.out = append(x.out, Violation{RuleTarget, r.ID, x.v.name(t), row.Value, built, "reported output"})
		}
		if !(math.Abs(row.Gap-gap) <= slack+x.absolute) || row.Gap < 0 {
			x.out = append(x.out, Violation{RuleTarget, r.ID, x.v.name(t), row.Gap, gap, "reported gap"})
		}
	}
	if n != 1 {
		x.say(RuleTarget, r.ID, t, "not reported once")
	}
}

// counts reports whether the plants of a region count in a target.
func counts(r *headroom.Target, region string) bool {
	if len(r.Regions) == 0 {
		return true
	}
	for _, id := range r.Regions {
		if id == every || id == region {
			return true
		}
	}
	return false
}
