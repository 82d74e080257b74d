package cost

import (
	"math"

	"headroom"
)

// timeTolerance is what is no time, in years: the sum of the periods is rounded, and a day is far more.
const timeTolerance = 1e-6

// At is where the beginning of a day stands, in years from the first day of the horizon.
func (b *Book) At(day headroom.Date) float64 {
	first := b.c.Periods[0].From
	if day < first {
		return -headroom.Years(day, first.AddDays(-1))
	}
	return headroom.Years(first, day.AddDays(-1))
}

// Unused is the share of a cost, worn off evenly from s to e, that is left at the end of the horizon: (v^H − v^e) / (v^s − v^e), or
// (e − H) / (e − s) at a discount rate of zero. An e of +Inf is no end.
func (b *Book) Unused(s, e float64) float64 {
	h := b.horizon
	if e <= h+timeTolerance || s >= h-timeTolerance {
		return 0
	}
	delta := math.Log1p(b.rate()) // v^x is exp(−delta x)
	switch {
	case math.IsInf(e, 1) && delta <= 0:
		return 1
	case math.IsInf(e, 1):
		return math.Exp(-delta * (h - s))
	case delta == 0:
		return (e - h) / (e - s)
	case delta < 0:
		return math.Expm1(delta*(e-h)) / math.Expm1(delta*(e-s))
	}
	return math.Exp(-delta*(h-s)) * math.Expm1(-delta*(e-h)) / math.Expm1(-delta*(e-s))
}

// Charges is what one unit a year is worth from the end of the horizon to e, each year paid in its middle, a part year by its share:
// a rest divided by it is its yearly charge.
func (b *Book) Charges(e float64) float64 {
	n := e - b.horizon
	whole := math.Floor(n)
	delta := math.Log1p(b.rate())
	years := whole
	if delta != 0 {
		years = math.Expm1(-delta*whole) / math.Expm1(-delta)
	}
	sum := years * math.Exp(-delta*(b.horizon+0.5))
	if part := n - whole; part > 0 {
		sum += part * math.Exp(-delta*(b.horizon+whole+0.5))
	}
	return sum
}

// LastYear is the calendar year of the last day of the horizon: where its first day within the horizon stands, and the share of each
// period that lies in it.
func (b *Book) LastYear() (begin float64, share []float64) {
	ps := b.c.Periods
	last := ps[len(ps)-1].To
	first := max(ps[0].From, headroom.NewDate(last.Year(), 1, 1))
	share = make([]float64, len(ps))
	for t, p := range ps {
		if p.To >= first {
			share[t] = headroom.Years(max(p.From, first), p.To) / b.years[t]
		}
	}
	return b.At(first), share
}
