package ledger

import (
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
