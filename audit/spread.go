package audit

import (
	"cmp"
	"math"
	"slices"

	"headroom"
)

// Miss is how far forecasts of about one horizon have missed. Errors are (actual − forecast) / forecast.
type Miss struct {
	Horizon float64 // years, the mean of those counted
	N       int     // how many forecasts; few mean little
	Mean    float64
	RMS     float64 // root of the mean square: the spread, a share of the forecast
	Worst   float64 // the error that is largest in size
}

// Spread is how far forecasts have missed, by horizon: the points are sorted by horizon. The zero value is a spread of which
// nothing is known.
type Spread struct{ Points []Miss }

// At is the spread at a horizon in years: between two scored horizons RMS, Mean and Worst are interpolated, with the smaller N of
// the two; before the first they fall in proportion to nothing at horizon 0; beyond the last they stay what they are there and
// beyond is true, because what has not been scored is not known to be better. N is 0 where nothing has been scored.
func (s Spread) At(years float64) (m Miss, beyond bool) {
	if len(s.Points) == 0 || !(years > 0) {
		return Miss{Horizon: max(0, years)}, len(s.Points) == 0
	}
	last := s.Points[len(s.Points)-1]
	if years >= last.Horizon {
		m = last
		m.Horizon = years
		return m, years > last.Horizon
	}
	from := Miss{N: s.Points[0].N}
	for _, to := range s.Points {
		if years <= to.Horizon {
			w := (years - from.Horizon) / (to.Horizon - from.Horizon)
			mix := func(a, b float64) float64 { return a + w*(b-a) }
			return Miss{
				Horizon: years, N: min(from.N, to.N), Mean: mix(from.Mean, to.Mean), RMS: mix(from.RMS, to.RMS), Worst: mix(from.Worst, to.Worst),
			}, false
		}
		from = to
	}
	return last, false
}

// Longest is the longest horizon that has been scored, years.
func (s Spread) Longest() float64 {
	if len(s.Points) == 0 {
		return 0
	}
	return s.Points[len(s.Points)-1].Horizon
}

// bandEnds are the ends of the bands of horizon in years: forecasts of one band are one point of a spread.
var bandEnds = []float64{1, 3, 6, math.Inf(1)}

// SpreadOf is the spread of scored forecasts: those with a known horizon, in bands that end at 1, 3 and 6 years. It is the
// default spread of demand and output uncertainty; with few scores it is a first guess, and N says how few.
func SpreadOf(scores []Score) Spread {
	var s Spread
	from := 0.0
	for _, to := range bandEnds {
		var horizons, errs []float64
		for _, x := range scores {
			if x.Dated() && x.Horizon > from && x.Horizon <= to {
				horizons, errs = append(horizons, x.Horizon), append(errs, x.Error)
			}
		}
		if len(errs) > 0 {
			s.Points = append(s.Points, missOf(mean(horizons), errs))
		}
		from = to
	}
	return s
}

// missOf sums errors up.
func missOf(horizon float64, errs []float64) Miss {
	m := Miss{Horizon: horizon, N: len(errs), Mean: mean(errs)}
	for _, e := range errs {
		m.RMS += e * e / float64(len(errs))
		if math.Abs(e) > math.Abs(m.Worst) {
			m.Worst = e
		}
	}
	m.RMS = math.Sqrt(m.RMS)
	return m
}

// NoChange is how far the simplest forecast would have missed: that a later year is as the year that was known. It takes every
// pair of years of which claims say how many vehicles were built of a subject in a region, by whole years between them.
func NoChange(c *headroom.Case, subject, region string) Spread {
	o := newOutturns(c)
	built := map[int]float64{}
	first, last := 9999, 0
	for _, cl := range o.claims {
		y := cl.PeriodTo.Year()
		if _, done := built[y]; done || cl.Subject != subject || cl.Region != region || cl.PeriodFrom != headroom.NewDate(y, 1, 1) || cl.PeriodTo != headroom.NewDate(y, 12, 31) {
			continue
		}
		if v, _, ok := o.value(cl, "all vehicles built"); ok && v > 0 {
			built[y] = v
			first, last = min(first, y), max(last, y)
		}
	}
	var s Spread
	for h := 1; h <= last-first; h++ {
		var errs []float64
		for y := first; y+h <= last; y++ {
			if a, b := built[y], built[y+h]; a > 0 && b > 0 {
				errs = append(errs, (b-a)/a)
			}
		}
		if len(errs) > 0 {
			s.Points = append(s.Points, missOf(float64(h), errs))
		}
	}
	return s
}

// Subjects are the subjects and regions of scored forecasts, sorted.
func Subjects(scores []Score) [][2]string {
	var out [][2]string
	for _, s := range scores {
		if p := [2]string{s.Subject, s.Region}; !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return out
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum / float64(len(list))
}
