package check

import (
	"slices"

	"headroom"
)

// meanings looks for keys that name two things where a row would then count for both: a market and a region, a plant and an
// owner. Where both are the same single thing there is nothing to tell apart.
func (k *checker) meanings() {
	for _, l := range k.c.Lanes {
		if k.plantOf[l.Origin] != nil && k.regionOf[l.Origin] != nil {
			k.twice("lane", l.Key(), "origin", l.Origin, "plant", "region", k.plantsIn(l.Origin))
		}
		if k.marketOf[l.Destination] != nil && k.regionOf[l.Destination] != nil {
			k.twice("lane", l.Key(), "destination", l.Destination, "market", "region", k.marketsIn(l.Destination))
		}
	}
	for _, o := range k.c.Outages {
		if k.plantOf[o.Of] != nil && k.orgOf[o.Of] != nil {
			k.twice("outage_profile", o.Key(), "of", o.Of, "plant", "owner", k.plantsOfOrg(o.Of))
		}
	}
	for _, o := range k.c.OutageClaims {
		if k.plantOf[o.Of] != nil && k.orgOf[o.Of] != nil {
			k.twice("outage_claim", o.Key(), "of", o.Of, "plant", "owner", k.plantsOfOrg(o.Of))
		}
	}
	for _, s := range k.c.Risks {
		if s.Kind == headroom.RiskDemand {
			k.riskMeaning(s)
		}
	}
}

// twice reports a key that names a thing and a group, unless the thing is all of the group.
func (k *checker) twice(table, key, column, id, thing, group string, members []string) {
	if len(members) == 1 && members[0] == id || len(members) == 0 {
		return
	}
	k.fail(headroom.CodeTwoMeanings, table, key, column, "give the "+thing+" or the "+group+" another key",
		"%s is a %s and a %s: the row would count for the %s and for all of the %s (%s)", id, thing, group, thing, group, names(members))
}

func (k *checker) plantsIn(region string) (out []string) {
	for _, p := range k.c.Plants {
		if p.Region == region {
			out = append(out, p.ID)
		}
	}
	return out
}

func (k *checker) plantsOfOrg(org string) (out []string) {
	for _, p := range k.c.Plants {
		if p.Owner == org {
			out = append(out, p.ID)
		}
	}
	return out
}

func (k *checker) marketsIn(region string) (out []string) {
	for _, m := range k.c.Markets {
		if m.Region == region {
			out = append(out, m.ID)
		}
	}
	return out
}

// riskMeaning looks for a risk of demand whose key is more than one of a vehicle, a market and a segment.
func (k *checker) riskMeaning(s headroom.Risk) {
	var what []string
	if k.carOf[s.Of] != nil {
		what = append(what, "a vehicle")
	}
	if k.marketOf[s.Of] != nil {
		what = append(what, "a market")
	}
	if s.Of != "" && slices.ContainsFunc(k.c.Vehicles, func(v headroom.Vehicle) bool { return v.Segment == s.Of }) {
		what = append(what, "a segment")
	}
	if len(what) > 1 {
		k.fail(headroom.CodeTwoMeanings, "risk", s.ID, "of", "give one of them another name", "%s is %s and %s: the risk would move the demand of both", s.Of, what[0], what[1])
	}
}
