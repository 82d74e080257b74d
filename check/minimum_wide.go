package check

import (
	"slices"

	"headroom"
)

// leastTargets compares min targets with the demand for what can be built where they count, and with max targets over them.
func (k *checker) leastTargets() {
	for i := range k.c.Targets {
		g := &k.c.Targets[i]
		if g.Sense == "max" || k.toldOf(headroom.CodeUnreachableTarget, "target", g.Key()) {
			continue
		}
		var c clash
		for t, p := range k.c.Periods {
			if k.targetIn(g, p.ID) {
				c.compare(p.ID, g.Value*p.Years(), append(k.maxTargets(g, p), k.demandOfRegions(g, t)))
			}
		}
		how := wish
		if g.Hard {
			how = must
		}
		k.report(&c, how, "target", g.Key(), "value", "lower it, or raise the other", "the target "+g.ID)
	}
	for i := range k.c.Targets {
		if g := &k.c.Targets[i]; g.Sense == "max" && g.Hard {
			k.cappedCommitments(g)
		}
	}
}

// toldOf reports whether a finding of a code is told of a row.
func (k *checker) toldOf(code, table, key string) bool {
	at := k.c.Place(table, key, "")
	return slices.ContainsFunc(k.out, func(f headroom.Finding) bool { return f.Code == code && f.File == at.File && f.Row == at.Row })
}

// targetIn reports whether a row of a target counts in a period: it names it, or names all and no other row of the target does.
func (k *checker) targetIn(g *headroom.Target, period string) bool {
	if g.Period != "*" && g.Period != "" {
		return g.Period == period
	}
	return !slices.ContainsFunc(k.c.Targets, func(o headroom.Target) bool { return o.ID == g.ID && o.Period == period })
}

// counts reports whether a target counts what a plant builds.
func (k *checker) counts(g *headroom.Target, plant string) bool {
	p := k.plantOf[plant]
	return p != nil && (len(g.Regions) == 0 || slices.Contains(g.Regions, "*") || slices.Contains(g.Regions, p.Region))
}

// maxTargets are the hard max targets of a period that count all that a min target counts.
func (k *checker) maxTargets(g *headroom.Target, p headroom.Period) []limit {
	var out []limit
	for i := range k.c.Targets {
		o := &k.c.Targets[i]
		if o.Sense != "max" || !o.Hard || !k.targetIn(o, p.ID) {
			continue
		}
		all := true
		for _, plant := range k.c.Plants {
			all = all && (!k.counts(g, plant.ID) || k.counts(o, plant.ID))
		}
		if all {
			out = append(out, limit{o.Value * p.Years(), k.c.Place("target", o.Key(), "value"), "the target " + o.ID + " is at most"})
		}
	}
	return out
}

// demandOfRegions is the whole demand in a period for the vehicles that can be built where a target counts.
func (k *checker) demandOfRegions(g *headroom.Target, t int) limit {
	l := limit{what: "the whole demand for what can be built there is"}
	for _, car := range k.c.Vehicles {
		places, _ := k.placesFor(car.ID)
		if slices.ContainsFunc(places, func(v *headroom.VehicleLine) bool {
			line := k.lineOf[v.Line]
			return line != nil && k.counts(g, line.Plant)
		}) {
			d := k.demandMost(car.ID, t)
			l.units += d.units
			l.at = d.at
		}
	}
	return l
}

// cappedCommitments compares what is committed where a max target counts with the target.
func (k *checker) cappedCommitments(g *headroom.Target) {
	in := func(_ *headroom.VehicleLine, l *headroom.Line) bool { return k.counts(g, l.Plant) }
	k.tooMuch("what the commitments under "+g.ID+" build at least", in, 1, func(t int, _ []promise) []limit {
		p := k.c.Periods[t]
		if !k.targetIn(g, p.ID) {
			return nil
		}
		return []limit{{g.Value * p.Years(), k.c.Place("target", g.Key(), "value"), "the target " + g.ID + " is at most"}}
	})
}

// run is the least that a commitment builds in a period once its ramp is over.
func (k *checker) run(v *headroom.VehicleLine, l *headroom.Line, t int) float64 {
	p := k.c.Periods[t]
	share := k.committed(v, l, p)
	if share == 0 || !k.launched(v, t) {
		return 0
	}
	return max(v.MinRun/100*k.committedDemand(v, t), v.MinVolume*p.Years()*k.open(v, p))
}
