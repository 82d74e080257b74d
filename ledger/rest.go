package ledger

import (
	"math"
	"slices"

	"headroom"
)

// forever is the end of what has no end of life.
var forever = math.Inf(1)

// since is the time from the first day of the horizon to the first hour of a day, in years.
func (v *view) since(day headroom.Date) float64 { return headroom.Years(v.firstDay(), day.AddDays(-1)) }

// until is the time from the first day of the horizon to the last hour of a day, in years; a missing day is no end.
func (v *view) until(day headroom.Date) float64 {
	if day == 0 {
		return forever
	}
	return headroom.Years(v.firstDay(), day)
}

// force is the force of interest, ln(1 + r): v^n is exp(−n × force).
func (v *view) force() float64 { return math.Log1p(v.c.DiscountRate / 100) }

// unused is the share of a discounted amount that is left at the end of the horizon, of what works from s to e, in years:
// (v^H − v^e)/(v^s − v^e), without discounting (H's distance from e)/(life). Nothing is left of what has ended by then, or has not begun.
func (v *view) unused(s, e float64) float64 {
	f, h := v.force(), v.total
	switch {
	case e <= h+timeTolerance || s >= h-timeTolerance: // the sum of the periods is rounded, and a day is far more
		return 0
	case math.IsInf(e, 1):
		return math.Exp(-f * (h - s))
	case f == 0:
		return (e - h) / (e - s)
	}
	return math.Exp(-f*(h-s)) * math.Expm1(-f*(e-h)) / math.Expm1(-f*(e-s))
}

// annuity is the present value of one a year for n years after the horizon, in the middle of each year: Σ v^(H+j−½), the
// last year by its share.
func (v *view) annuity(n float64) float64 {
	f := v.force()
	whole := math.Floor(n)
	years := whole
	if f != 0 {
		years = math.Expm1(-f*whole) / math.Expm1(-f)
	}
	return math.Exp(-f*(v.total+0.5)) * (years + (n-whole)*math.Exp(-f*whole))
}

// works are the days on which what is bought by the launch of a place in period t can work: the dates of the place and the term
// of its deal, after the lead of the launch, which a commitment that begins does not wait for. The lead of an opening of its
// plant does not count.
func (r *reading) works(k *place, t int) days {
	d := both(r.v.dates(k), days{from: r.v.c.Periods[t].From})
	if !r.v.begins(k, t) {
		d.from = max(d.from, r.v.afterLead(t, k.Lead))
	}
	if k.deal != nil && !k.deal.Status.Fact() {
		d = both(d, r.inForce(k.deal))
	}
	return d
}

// ends is the last day of a place: of its line, its vehicle or its deal; false where its deal never comes into force.
func (r *reading) ends(k *place) (headroom.Date, bool) {
	if k.deal == nil {
		return k.to(), true
	}
	return earlier(k.to(), r.inForce(k.deal).to), slices.ContainsFunc(r.deals[k.deal.ID], func(row *headroom.DealRow) bool { return row != nil })
}
