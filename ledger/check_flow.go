package ledger

import (
	"sort"

	"headroom"
)

// checkFlows checks what is sent: that it was built, that there is a lane, and that the regime holds.
func (x *checker) checkFlows() {
	type source struct {
		vehicle, plant string
		t              int
	}
	built, sent := map[source]float64{}, map[source]float64{}
	var keys []source
	see := func(s source) {
		if _, ok := built[s]; !ok {
			built[s] = 0
			keys = append(keys, s)
		}
	}
	for _, o := range x.r.outputs {
		s := source{o.place.key.vehicle, o.place.plant.ID, o.t}
		see(s)
		built[s] += o.units
	}
	for i := range x.r.flows {
		f := &x.r.flows[i]
		s := source{f.Vehicle, f.Plant, f.t}
		see(s)
		sent[s] += f.Units
		x.checkFlow(f)
	}
	for _, s := range keys {
		x.equal(RuleConservation, s.vehicle+":"+s.plant, s.t, sent[s], built[s], "sent against built")
	}
	x.checkQualified()
	x.checkQuotas()
}

// checkFlow checks one flow.
func (x *checker) checkFlow(f *flow) {
	name, t := flowKey(f.FlowRow), f.t
	if _, ok := x.v.lane(f.plant, f.market, t); !ok {
		x.say(RuleLane, name, t, "no lane")
	}
	from, to := x.v.territory(f.plant.Region), x.v.territory(f.market.Region)
	quota := x.v.quota(to, from, t) != nil
	legal := false
	switch f.Regime {
	case headroom.RegimeDomestic:
		legal = from == to
	case headroom.RegimeMFN:
		legal = from != to && !quota
	case headroom.RegimeQuotaIn, headroom.RegimeQuotaOut:
		legal = from != to && quota
	case headroom.RegimePreferential:
		legal = from != to && f.Agreement != "" && x.v.preferred(f.Agreement, f.vehicle, from, to, t)
	}
	if !legal || (f.Agreement != "" && f.Regime != headroom.RegimePreferential) {
		x.say(RuleRegime, name, t, "no such regime from "+from+" to "+to)
	}
}

// checkQualified checks that no more goes under agreements than was built where it qualifies: for each agreement, and for
// each set of them, since what qualifies for two goes under one.
func (x *checker) checkQualified() {
	type source struct {
		vehicle *headroom.Vehicle
		plant   *headroom.Plant
		t       int
	}
	sent := map[source]map[string]float64{}
	var keys []source
	for i := range x.r.flows {
		f := &x.r.flows[i]
		if f.Regime != headroom.RegimePreferential {
			continue
		}
		s := source{f.vehicle, f.plant, f.t}
		if sent[s] == nil {
			sent[s] = map[string]float64{}
			keys = append(keys, s)
		}
		sent[s][f.Agreement] += f.Units
	}
	for _, s := range keys {
		for _, set := range subsets(sent[s]) {
			name, total, built := s.vehicle.ID+":"+s.plant.ID, 0.0, 0.0
			for _, g := range set {
				total += sent[s][g]
				name += ":" + g
			}
			for _, k := range x.v.placeList {
				if k.vehicle == s.vehicle && k.plant == s.plant && x.any(k, set, s.t) {
					built += x.units(k, s.t)
				}
			}
			x.atMost(RuleRegime, name, s.t, total, built, "sent under preference against what qualifies")
		}
	}
}

// any reports whether a place qualifies for one of a set of agreements.
func (x *checker) any(k *place, set []string, t int) bool {
	for _, g := range set {
		if x.v.qualifies(k, g, t) {
			return true
		}
	}
	return false
}

// subsets returns the sets of the keys of m that are not empty; of more than ten keys, each one and all of them.
func subsets(m map[string]float64) [][]string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	if len(names) > 10 {
		out := [][]string{names}
		for i := range names {
			out = append(out, names[i:i+1])
		}
		return out
	}
	var out [][]string
	for mask := 1; mask < 1<<len(names); mask++ {
		var set []string
		for i, name := range names {
			if mask>>i&1 == 1 {
				set = append(set, name)
			}
		}
		out = append(out, set)
	}
	return out
}

// checkQuotas checks the volumes within quotas.
func (x *checker) checkQuotas() {
	for t, years := range x.v.years {
		sent := map[*headroom.Quota]float64{}
		var order []*headroom.Quota
		for i := range x.r.flows {
			f := &x.r.flows[i]
			if f.t != t || f.Regime != headroom.RegimeQuotaIn {
				continue
			}
			q := x.v.quota(x.v.territory(f.market.Region), x.v.territory(f.plant.Region), t)
			if q == nil {
				continue // checkFlow has said so
			}
			if _, ok := sent[q]; !ok {
				order = append(order, q)
			}
			sent[q] += f.Units
		}
		for _, q := range order {
			x.atMost(RuleQuota, q.Importer+":"+q.Origin, t, sent[q], q.Volume*years, "sent within the quota")
		}
	}
}
