package ledger

import "math"

// sum adds numbers with Neumaier's compensation (Zeitschrift für angewandte Mathematik und Mechanik 54, 1974), so that the
// order and the number of its terms do not show in the ninth digit. The zero value is an empty sum.
type sum struct {
	value, lost float64
}

// add adds x.
func (s *sum) add(x float64) {
	t := s.value + x
	if math.Abs(s.value) >= math.Abs(x) {
		s.lost += (s.value - t) + x
	} else {
		s.lost += (x - t) + s.value
	}
	s.value = t
}

// total is the sum of what was added.
func (s *sum) total() float64 { return s.value + s.lost }
