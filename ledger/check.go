package ledger

import (
	"math"
	"sort"

	"headroom"
)

// Check returns the rules of the formulation that a plan breaks, sorted by rule, key and period; none where the plan keeps
// them all. It works from the case and the plan's tables of decisions alone. Money is not looked at; that is Compute.
func Check(c *headroom.Case, p *headroom.Plan) []Violation {
	v, err := newView(c)
	if err != nil {
		return []Violation{{Rule: RuleCase, Note: err.Error()}}
	}
	x := &checker{v: v, r: read(v, p)}
	x.out = append(x.out, x.r.faults...)
	x.absolute = AbsoluteTolerance + ScaleTolerance*x.largest()
	x.checkPlants()
	x.checkLines()
	x.checkPlaces()
	x.checkPrograms()
	x.checkDeals()
	x.checkFlows()
	x.checkDemand()
	x.checkTargets()
	sort.SliceStable(x.out, func(i, j int) bool {
		a, b := x.out[i], x.out[j]
		if a.Rule != b.Rule {
			return a.Rule < b.Rule
		}
		if a.Key != b.Key {
			return a.Key < b.Key
		}
		return a.Period < b.Period
	})
	return x.out
}

// checker collects violations.
type checker struct {
	v        *view
	r        *reading
	absolute float64 // what a rule on volumes may be missed by whatever its size
	out      []Violation
}

// largest is the largest volume of one demand or one line in one period.
func (x *checker) largest() float64 {
	most := 0.0
	for t, years := range x.v.years {
		for i := range x.v.c.Demands {
			d := &x.v.c.Demands[i]
			if q := x.v.vehicles[d.Vehicle]; q != nil {
				most = max(most, x.v.wanted(q, d.Market, t))
			}
		}
		for i := range x.v.c.Lines {
			most = max(most, x.v.fullRate(&x.v.c.Lines[i])*years)
		}
	}
	return most
}

// say notes a rule that is not one of numbers.
func (x *checker) say(rule, key string, t int, note string) {
	x.out = append(x.out, Violation{Rule: rule, Key: key, Period: x.v.name(t), Note: note})
}

// atMost notes an amount above its limit by more than the tolerances.
func (x *checker) atMost(rule, key string, t int, amount, limit float64, note string) {
	if amount-limit > RelativeTolerance*max(math.Abs(amount), math.Abs(limit))+x.absolute {
		x.out = append(x.out, Violation{rule, key, x.v.name(t), amount, limit, note})
	}
}

// atLeast notes an amount below its limit by more than the tolerances.
func (x *checker) atLeast(rule, key string, t int, amount, limit float64, note string) {
	if limit-amount > RelativeTolerance*max(math.Abs(amount), math.Abs(limit))+x.absolute {
		x.out = append(x.out, Violation{rule, key, x.v.name(t), amount, limit, note})
	}
}

// equal notes an amount that is not what it should be.
func (x *checker) equal(rule, key string, t int, amount, want float64, note string) {
	x.atMost(rule, key, t, amount, want, note)
	x.atLeast(rule, key, t, amount, want, note)
}

// count notes a number of things above its limit; there is no tolerance on counting.
func (x *checker) count(rule, key string, t, amount int, limit float64, note string) {
	if float64(amount) > limit+timeTolerance {
		x.out = append(x.out, Violation{rule, key, x.v.name(t), float64(amount), limit, note})
	}
}

// state is the state of a plant in period t, its initial one before the first.
func (x *checker) state(p *headroom.Plant, t int) headroom.State {
	if t < 0 {
		return p.InitialState
	}
	return x.r.states[p.ID][t]
}

// units is what a place builds in period t.
func (x *checker) units(k *place, t int) float64 {
	return of(x.r.built, k, t)
}
