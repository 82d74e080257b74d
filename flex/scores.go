package flex

import "math"

// scores is the quantile of the normal distribution over a part of the probabilities, by cubic Hermite interpolation between
// cells+1 exact values. A cell in which the middle is off by more than scoreError is computed exactly each time: those are the
// tails.
type scores struct {
	from, width float64
	knot        [cells + 1][2]float64 // value, and slope times the width of a cell
	exact       [cells]bool
}

const (
	cells      = 512
	scoreError = 1e-7 // standard deviations
)

// newScores tabulates the quantile between the probabilities from and from + width.
func newScores(from, width float64) *scores {
	s := &scores{from: from, width: width}
	for k := range s.knot {
		p := from + width*float64(k)/cells
		if p <= 0 || p >= 1 {
			continue // its cells are exact
		}
		z := quantile(p)
		s.knot[k] = [2]float64{z, width / cells / phi(z)}
	}
	for k := range s.exact {
		u := (float64(k) + 0.5) / cells
		lo, hi := from+width*float64(k)/cells, from+width*float64(k+1)/cells
		s.exact[k] = lo <= 0 || hi >= 1 || !(math.Abs(s.at(u)-quantile(from+u*width)) <= scoreError)
	}
	return s
}

// at is the score at a share u of the probabilities, 0 < u < 1.
func (s *scores) at(u float64) float64 {
	x := u * cells
	k := min(int(x), cells-1)
	if s.exact[k] {
		return quantile(s.from + u*s.width)
	}
	t := x - float64(k)
	a, b := &s.knot[k], &s.knot[k+1]
	d := b[0] - a[0]
	return a[0] + t*(a[1]+t*((3*d-2*a[1]-b[1])+t*(a[1]+b[1]-2*d)))
}
