package audit

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestWalkSD: of walks whose spread is known it is found, whatever the horizons; forecasts without a day do not count.
func TestWalkSD(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	scores := []Score{{Error: 5, Horizon: -1}, {Error: -1, Horizon: 1}}
	for i := range 20000 {
		h := 0.25 + float64(i%7)
		scores = append(scores, Score{Horizon: h, Error: math.Expm1(0.1 * math.Sqrt(h) * r.NormFloat64())})
	}
	if sd, n := WalkSD(scores); n != 20000 || math.Abs(sd-0.1) > 0.002 {
		t.Errorf("%g of %d", sd, n)
	}
	if sd, n := WalkSD(scores[:2]); n != 0 || sd != 0 {
		t.Errorf("of nothing %g of %d", sd, n)
	}
}
