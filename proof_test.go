package headroom

import (
	"math"
	"testing"
)

// TestWeaker: of two proofs the less firm one is found, whatever their order.
func TestWeaker(t *testing.T) {
	t.Parallel()
	firmer := []Proof{ // the firmest first
		{Status: StatusVerified, Gap: math.NaN()},
		{Status: StatusVerified, Gap: 0.001},
		{Status: StatusLimit, Gap: 0.001},
		{Status: StatusLimit, Gap: 0.5},
		{Status: StatusLimit, Gap: math.NaN(), Bound: math.NaN()},
		{Status: StatusTolerance},
		{Status: StatusDisputed},
		{Status: StatusInfeasible},
		{Status: StatusNone},
		{Status: StatusNotTried},
	}
	for i, a := range firmer {
		for k, b := range firmer {
			if got := a.Weaker(b); got != (i > k) {
				t.Errorf("%v (gap %v, bound %v) is weaker than %v (gap %v): %v", a.Status, a.Gap, a.Bound, b.Status, b.Gap, got)
			}
		}
	}
}
