package ledger

import (
	"math"
	"slices"

	"headroom"
)

// source is a vehicle in a plant: what earns there.
type source struct{ vehicle, plant string }

// lastYear is what was earned in the last calendar year of the horizon, or in so much of it as the horizon has. Money is in
// base currency, undiscounted, and costs are negative as in the cash.
type lastYear struct {
	start, end float64   // of it, in years from the first day of the horizon
	share      []float64 // λ: of the time of each period, what lies in it
	earned     map[source]*sum
	crews      map[string]*sum // crews and overtime of a plant
	fixed      map[string]*sum // fixed cost and base load of a plant while it operates
}

// newLastYear finds the last calendar year.
func newLastYear(v *view) *lastYear {
	end := v.c.Periods[v.last()].To
	first := max(v.firstDay(), headroom.NewDate(end.Year(), 1, 1))
	y := &lastYear{
		start: v.since(first), end: v.total,
		earned: map[source]*sum{}, crews: map[string]*sum{}, fixed: map[string]*sum{},
	}
	for t, p := range v.c.Periods {
		y.share = append(y.share, headroom.Years(max(first, p.From), p.To)/v.years[t])
	}
	return y
}

// after is how much of the last calendar year lies after s, in years.
func (y *lastYear) after(s float64) float64 { return max(0, y.end-math.Max(y.start, s)) }

// keep adds the part of an amount of period t that lies in the last calendar year.
func keep[K comparable](y *lastYear, m map[K]*sum, k K, t int, amount float64) {
	if y.share[t] == 0 {
		return
	}
	if m[k] == nil {
		m[k] = &sum{}
	}
	m[k].add(amount * y.share[t])
}

// kept is what was kept of a key.
func kept[K comparable](m map[K]*sum, k K) float64 {
	if m[k] == nil {
		return 0
	}
	return m[k].total()
}

// inPlant is what all vehicles that are built in a plant earn there.
func (y *lastYear) inPlant(plant string) float64 {
	var all []float64
	for k, x := range y.earned {
		if k.plant == plant {
			all = append(all, x.total())
		}
	}
	slices.Sort(all) // a map has no order, and the sum should not change from run to run
	var s sum
	for _, x := range all {
		s.add(x)
	}
	return s.total()
}
