package flex

import "math"

// scores is the quantile of the normal distribution over a part of the probabilities, by cubic Hermite interpolation between exact
// values at the ends of cells. A cell in which the middle is off by more than scoreError is computed exactly each time: those are
// the tails.
type scores struct {
	from, width float64
	cubic       [cells][4]float64 // coefficients over a cell, from the constant up
	exact       [cells]bool
}

const (
	cellBits   = 9
	cells      = 1 << cellBits
	scoreError = 1e-7 // standard deviations
)

// newScores tabulates the quantile between the probabilities from and from + width.
func newScores(from, width float64) *scores {
	s := &scores{from: from, width: width}
	var value, slope [cells + 1]float64
	for k := range value {
		if p := from + width*float64(k)/cells; p > 0 && p < 1 { // else its cells are exact
			value[k] = quantile(p)
			slope[k] = width / cells / phi(value[k])
		}
	}
	for k := range s.cubic {
		d := value[k+1] - value[k]
		s.cubic[k] = [4]float64{value[k], slope[k], 3*d - 2*slope[k] - slope[k+1], slope[k] + slope[k+1] - 2*d}
		lo, hi := from+width*float64(k)/cells, from+width*float64(k+1)/cells
		mid := quantile(from + width*(float64(k)+0.5)/cells)
		s.exact[k] = lo <= 0 || hi >= 1 || !(math.Abs(s.within(k, 0.5)-mid) <= scoreError)
	}
	return s
}

// within is the cubic of a cell at a share t of it.
func (s *scores) within(k int, t float64) float64 {
	c := &s.cubic[k]
	return c[0] + t*(c[1]+t*(c[2]+t*c[3]))
}

// at is the score at a share u of the probabilities, 0 < u < 1.
func (s *scores) at(u float64) float64 {
	x := u * cells
	k := min(int(x), cells-1)
	if s.exact[k] {
		return quantile(s.from + u*s.width)
	}
	return s.within(k, x-float64(k))
}

// bits is the score at 64 random bits: the first say the cell, the others where in it.
func (s *scores) bits(r uint64) float64 {
	k, t := int(r>>(64-cellBits)), unit(r<<cellBits)
	if s.exact[k] {
		return quantile(s.from + (float64(k)+t)/cells*s.width)
	}
	return s.within(k, t)
}
