package flex

import "math"

// Estimate is a mean with its 95 % interval.
type Estimate struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"ci95_low"`
	High float64 `json:"ci95_high"`
}

// Half is half the width of the interval.
func (e Estimate) Half() float64 { return (e.High - e.Low) / 2 }

// moments are the sums of a quantity y and of its products with the control x over scenarios.
type moments struct{ y, yy, xy float64 }

// controls are the sums of the control.
type controls struct{ n, x, xx float64 }

// tally holds moments by shift: with pseudo-random scenarios the shifts are just sixteen groups.
type tally struct {
	control [Shifts]controls
	value   [][Shifts]moments
}

func newTally(n int) *tally { return &tally{value: make([][Shifts]moments, n)} }

// add adds a block. Blocks are added in their order, so sums are the same however many cores there were.
func (t *tally) add(block int, c controls, m []moments) {
	g := block % Shifts
	t.control[g].n += c.n
	t.control[g].x += c.x
	t.control[g].xx += c.xx
	for i := range m {
		v := &t.value[i][g]
		v.y += m[i].y
		v.yy += m[i].yy
		v.xy += m[i].xy
	}
}

// scenarios is how many there were.
func (t *tally) scenarios() float64 { return t.allControls().n }

func (t *tally) allControls() controls {
	var c controls
	for _, g := range t.control {
		c.n += g.n
		c.x += g.x
		c.xx += g.xx
	}
	return c
}

// normal95 and student95 are the two-sided 95 % points of the normal distribution and of Student's with Shifts − 1 degrees.
const (
	normal95  = 1.959963984540054
	student95 = 2.131449545559323
)

// control is a quantity whose mean is known.
type control struct {
	mean  float64
	doubt float64 // how far the mean may be off
	used  bool
}

// estimate is the mean of value i: with the control y − β(x − μ), where β makes the variance least.
func (t *tally) estimate(i int, k control, quasi bool) Estimate {
	c := t.allControls()
	var m moments
	for _, g := range t.value[i] {
		m.y += g.y
		m.yy += g.yy
		m.xy += g.xy
	}
	mean, xbar := m.y/c.n, c.x/c.n
	sxx, sxy, syy := c.xx/c.n-xbar*xbar, m.xy/c.n-xbar*mean, m.yy/c.n-mean*mean
	beta := 0.0
	if k.used && sxx > 1e-14*xbar*xbar {
		beta = sxy / sxx
	}
	half := normal95 * math.Sqrt(max(0, syy-beta*sxy)/max(1, c.n-2))
	if syy-beta*sxy < 1e-13*syy { // the control says everything; what is left is rounding
		half = 0
	}
	if quasi {
		half = student95 * t.spread(i, beta)
	}
	half += math.Abs(beta) * k.doubt
	mean -= beta * (xbar - k.mean)
	return Estimate{Mean: mean, Low: mean - half, High: mean + half}
}

// spread is the standard error of the mean over the shifts.
func (t *tally) spread(i int, beta float64) float64 {
	var g [Shifts]float64
	sum, n := 0.0, 0.0
	for r, m := range t.value[i] {
		if c := t.control[r]; c.n > 0 {
			g[r] = (m.y - beta*c.x) / c.n
			sum += g[r]
			n++
		}
	}
	if n < 2 {
		return math.Inf(1)
	}
	ss := 0.0
	for r := range g {
		if t.control[r].n > 0 {
			ss += (g[r] - sum/n) * (g[r] - sum/n)
		}
	}
	return math.Sqrt(ss / (n - 1) / n)
}

// bins is how finely the distribution of sales is kept, over the capacity of all plants.
const bins = 4096

// histogram counts scenarios by their sales as a share of capacity.
type histogram [bins + 1]int64

func (h *histogram) add(share float64) { h[int(min(max(share, 0), 1)*bins)]++ }

// quantile is the share of capacity that a share p of scenarios does not exceed, to one part in bins.
func (h *histogram) quantile(p float64) float64 {
	total := int64(0)
	for _, n := range h {
		total += n
	}
	want, sum := p*float64(total), int64(0)
	for k, n := range h {
		if sum += n; float64(sum) >= want && n > 0 {
			return float64(k) / bins
		}
	}
	return 1
}
