package flex

import (
	"fmt"
	"math"
	"slices"
)

// Kind is a family of distributions.
type Kind string

// Families. Fixed is a demand that is known.
const (
	Fixed      Kind = "fixed"
	Normal     Kind = "normal"
	Uniform    Kind = "uniform"
	Lognormal  Kind = "lognormal"
	Triangular Kind = "triangular"
	Empirical  Kind = "empirical"
)

// Truncation is what happens to a draw outside the bounds. For a normal demand of mean 100 and standard deviation 40 with bounds
// at two deviations, ten plants of 100 sell 855.4, 843.8 and 840.4 on average under the three rules, so the rule has a name.
type Truncation string

// Rules of truncation.
const (
	None      Truncation = "none"      // there are no bounds; a draw below zero counts as cars that come back
	Condition Truncation = "condition" // the distribution given that it lies within the bounds: draws outside are drawn again
	Censor    Truncation = "censor"    // a draw outside is put on the bound
)

// Marginal is the distribution of the demand for one vehicle, in volumes. Mean and SD are those before truncation.
type Marginal struct {
	Kind      Kind
	Mean      float64    // normal, lognormal, fixed; the mode of triangular
	SD        float64    // normal, lognormal
	Low, High float64    // ends of uniform and triangular; bounds of a truncation
	Values    []float64  // empirical: each as likely as the others
	Rule      Truncation // "" is None
}

// leastMass is the least probability that a truncation may leave.
const leastMass = 1e-6

// Validate refuses a distribution that means nothing.
func (m *Marginal) Validate() error {
	for _, v := range append([]float64{m.Mean, m.SD, m.Low, m.High}, m.Values...) {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("a number of the distribution is not finite")
		}
	}
	switch m.Kind {
	case Fixed:
		if m.Mean < 0 {
			return fmt.Errorf("the demand %v is below zero", m.Mean)
		}
		return nil
	case Normal, Lognormal:
		if m.SD < 0 {
			return fmt.Errorf("the standard deviation %v is below zero", m.SD)
		}
		if m.Kind == Lognormal && m.Mean <= 0 {
			return fmt.Errorf("the mean %v of a lognormal demand is not above zero", m.Mean)
		}
	case Uniform:
		if m.Low > m.High || m.Low < 0 {
			return fmt.Errorf("a uniform demand from %v to %v means nothing", m.Low, m.High)
		}
	case Triangular:
		if m.Low > m.Mean || m.Mean > m.High || m.Low < 0 {
			return fmt.Errorf("a triangular demand from %v over %v to %v means nothing", m.Low, m.Mean, m.High)
		}
	case Empirical:
		if len(m.Values) == 0 {
			return fmt.Errorf("an empirical demand needs values")
		}
		if v := slices.Min(m.Values); v < 0 {
			return fmt.Errorf("the value %v of an empirical demand is below zero", v)
		}
	default:
		return fmt.Errorf("there is no distribution %q", m.Kind)
	}
	return m.validRule()
}

// validRule looks at the truncation.
func (m *Marginal) validRule() error {
	switch m.Rule {
	case None, "":
		return nil
	case Condition, Censor:
	default:
		return fmt.Errorf("there is no truncation %q: there are condition, censor and none", m.Rule)
	}
	switch {
	case m.Kind != Normal && m.Kind != Lognormal:
		return fmt.Errorf("a %s demand has its ends and is not truncated", m.Kind)
	case m.Low >= m.High:
		return fmt.Errorf("the bounds %v and %v of the truncation leave nothing", m.Low, m.High)
	case m.High <= 0:
		return fmt.Errorf("the bounds %v and %v leave no demand above zero", m.Low, m.High)
	}
	if mass := m.cdf(m.High) - m.cdf(m.Low); m.Rule == Condition && mass < leastMass {
		return fmt.Errorf("the bounds %v and %v leave a probability of %.2g: the truncation leaves no mass", m.Low, m.High, mass)
	}
	return nil
}

// same reports whether two marginals are the same.
func (m *Marginal) same(o *Marginal) bool {
	return m.Kind == o.Kind && m.Mean == o.Mean && m.SD == o.SD && m.Low == o.Low && m.High == o.High && m.Rule == o.Rule && slices.Equal(m.Values, o.Values)
}

// certain reports whether there is nothing to draw.
func (m *Marginal) certain() bool {
	switch m.Kind {
	case Fixed:
		return true
	case Normal, Lognormal:
		return m.SD == 0
	case Uniform, Triangular:
		return m.Low == m.High
	}
	return false
}

// lognormal are the parameters of the logarithm.
func (m *Marginal) lognormal() (mu, sigma float64) {
	s2 := math.Log(1 + m.SD*m.SD/m.Mean/m.Mean)
	return math.Log(m.Mean) - s2/2, math.Sqrt(s2)
}

// cdf is the distribution function of a normal or lognormal before truncation.
func (m *Marginal) cdf(x float64) float64 {
	switch {
	case m.SD == 0:
		if x >= m.Mean {
			return 1
		}
		return 0
	case m.Kind == Lognormal:
		if x <= 0 {
			return 0
		}
		mu, sigma := m.lognormal()
		return capPhi((math.Log(x) - mu) / sigma)
	}
	return capPhi((x - m.Mean) / m.SD)
}

// draw is a prepared marginal: value at probability u.
type draw struct {
	m            *Marginal
	from, width  float64 // the part of the probabilities that a condition leaves
	low, high    float64 // where draws are cut
	mu, sigma    float64
	sorted       []float64
	below        float64 // triangular: probability below the mode
	down, up     float64
	conditioning bool
	table        *scores // normal and lognormal
}

// prepare makes the draws of a marginal.
func (m *Marginal) prepare() *draw {
	d := &draw{m: m, width: 1, low: math.Inf(-1), high: math.Inf(1), mu: m.Mean, sigma: m.SD}
	if m.Kind == Lognormal && m.SD > 0 {
		d.mu, d.sigma = m.lognormal()
	}
	switch m.Rule {
	case Condition:
		d.conditioning = true
		d.from = m.cdf(m.Low)
		d.width = m.cdf(m.High) - d.from
		d.low, d.high = m.Low, m.High
	case Censor:
		d.low, d.high = m.Low, m.High
	}
	switch m.Kind {
	case Empirical:
		d.sorted = slices.Sorted(slices.Values(m.Values))
	case Triangular:
		if w := m.High - m.Low; w > 0 {
			d.below = (m.Mean - m.Low) / w
			d.down, d.up = w*(m.Mean-m.Low), w*(m.High-m.Mean)
		}
	}
	return d
}

// at is the demand at probability u, 0 < u < 1.
func (d *draw) at(u float64) float64 {
	m := d.m
	if m.certain() {
		return d.certain()
	}
	switch m.Kind {
	case Normal, Lognormal:
		return d.score(d.table.at(u))
	case Uniform:
		return m.Low + u*(m.High-m.Low)
	case Triangular:
		if u < d.below {
			return m.Low + math.Sqrt(u*d.down)
		}
		return m.High - math.Sqrt((1-u)*d.up)
	}
	return d.sorted[min(int(u*float64(len(d.sorted))), len(d.sorted)-1)]
}

// certain is the one demand of a marginal without spread.
func (d *draw) certain() float64 {
	v := d.m.Mean
	switch d.m.Kind {
	case Uniform, Triangular:
		v = d.m.Low
	}
	return min(max(v, d.low), d.high)
}

// score is the demand of a normal or lognormal at a standard score.
func (d *draw) score(z float64) float64 {
	v := d.mu + z*d.sigma
	if d.m.Kind == Lognormal {
		v = math.Exp(v)
	}
	return min(max(v, d.low), d.high)
}

// limited is E min(D, x), the expected sales of the vehicle where its capacity is x.
func (m *Marginal) limited(x float64) float64 {
	if m.certain() {
		return min(m.prepare().certain(), x)
	}
	switch m.Kind {
	case Uniform:
		switch w := m.High - m.Low; {
		case x <= m.Low:
			return x
		case x >= m.High:
			return (m.Low + m.High) / 2
		default:
			return x - (x-m.Low)*(x-m.Low)/(2*w)
		}
	case Triangular:
		return m.limitedTriangular(x)
	case Empirical:
		sum := 0.0
		for _, v := range m.Values {
			sum += min(v, x)
		}
		return sum / float64(len(m.Values))
	}
	switch m.Rule {
	case Condition:
		a, b := m.Low, m.High
		if x <= a {
			return x
		}
		y, from, to := min(x, b), m.cdf(a), m.cdf(b)
		return (m.partial(y) - m.partial(a) + y*(to-m.cdf(y))) / (to - from)
	case Censor:
		// min(cut(D), x) with cut between the bounds
		y := min(x, m.High)
		if y <= m.Low {
			return y
		}
		return m.raw(y) - m.raw(m.Low) + m.Low
	}
	return m.raw(x)
}

// raw is E min(D, x) before truncation.
func (m *Marginal) raw(x float64) float64 { return m.partial(x) + x*(1-m.cdf(x)) }

// partial is E D·[D ≤ x] before truncation.
func (m *Marginal) partial(x float64) float64 {
	if m.Kind == Lognormal {
		if x <= 0 {
			return 0
		}
		mu, sigma := m.lognormal()
		return m.Mean * capPhi((math.Log(x)-mu)/sigma-sigma)
	}
	z := (x - m.Mean) / m.SD
	return m.Mean*capPhi(z) - m.SD*phi(z)
}

func (m *Marginal) limitedTriangular(x float64) float64 {
	a, c, b := m.Low, m.Mean, m.High
	w := b - a
	switch {
	case x <= a:
		return x
	case x >= b:
		return (a + b + c) / 3
	case x <= c:
		return x - (x-a)*(x-a)*(x-a)/(3*w*(c-a))
	}
	return (a+b+c)/3 - (b-x)*(b-x)*(b-x)/(3*w*(b-c))
}

// Expected is the mean demand after truncation; draws below zero count as they are.
func (m *Marginal) Expected() float64 {
	switch {
	case m.certain():
		return m.prepare().certain()
	case m.Kind == Normal && m.Rule == Condition, m.Kind == Lognormal && m.Rule == Condition, m.Rule == Censor:
		return m.limited(m.High)
	case m.Kind == Uniform || m.Kind == Triangular:
		return m.limited(m.High)
	case m.Kind == Empirical:
		return m.limited(math.MaxFloat64)
	}
	return m.Mean
}

// end is a demand that is never exceeded.
func (m *Marginal) end() float64 {
	switch {
	case m.certain():
		return m.prepare().certain()
	case m.Kind == Empirical:
		return slices.Max(m.Values)
	case m.Kind == Uniform, m.Kind == Triangular, m.Rule == Condition, m.Rule == Censor:
		return m.High
	}
	return math.Inf(1)
}

// Below is the mean of the part of the demand below zero, 0 where there is none.
func (m *Marginal) Below() float64 {
	if m.certain() || m.Kind != Normal || m.Rule == Condition && m.Low >= 0 || m.Rule == Censor && m.Low >= 0 {
		return 0
	}
	return m.limited(0)
}
