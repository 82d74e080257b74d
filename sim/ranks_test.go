package sim

import (
	"math"
	"testing"
)

// upTo are the numbers 1 to n, so that a value is its rank.
func upTo(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i + 1)
	}
	return x
}

// TestRanks: the ranks between which a quantile lies, worked out by hand: n p ± 1.96 √(n p (1 − p)), of which the lower one is
// the next whole number above the lower end and the upper one the next above the upper end.
func TestRanks(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		n         int
		share     float64
		low, high float64
	}{
		{100, 0.5, 41, 60},     // 40.2 and 59.8
		{1000, 0.95, 937, 964}, // 936.49 and 963.51
		{1000, 0.05, 37, 64},   // 36.49 and 63.51
		{10000, 0.5, 4903, 5098},
		{20, 0.05, 1, 3},     // −0.91 and 2.91: the least there is
		{20, 0.95, 18, 20},   // 17.09 and 20.91: the most there is
		{400, 0.25, 84, 117}, // 83.03 and 116.97
	} {
		low, high := ranks(upTo(x.n), x.share)
		if low != x.low || high != x.high {
			t.Errorf("%d values, share %g: %g to %g, want %g to %g", x.n, x.share, low, high, x.low, x.high)
		}
	}
}

// TestRanksMirror: the interval of a share from below is that of the rest from above; so no end is a rank out.
func TestRanksMirror(t *testing.T) {
	t.Parallel()
	for n := 2; n <= 2000; n += 37 {
		for _, share := range []float64{0.05, 0.25, 0.5, 0.75, 0.95} {
			low, high := ranks(upTo(n), share)
			low2, high2 := ranks(upTo(n), 1-share)
			if low != float64(n+1)-high2 || high != float64(n+1)-low2 {
				t.Errorf("%d values: share %g has the ranks %g to %g, share %g has %g to %g", n, share, low, high, 1-share, low2, high2)
			}
		}
	}
}

// TestRanksCover: the quantile lies between them in 95 % of samples, by the binomial distribution itself, to what one rank is worth.
func TestRanksCover(t *testing.T) {
	t.Parallel()
	for _, n := range []int{50, 200, 1000, 5000} {
		for _, share := range []float64{0.05, 0.5, 0.95} {
			low, high := ranks(upTo(n), share)
			cover, most := 0.0, 0.0
			for k := int(low); k < int(high); k++ { // as many lie below the quantile
				p := math.Exp(choose(n, k) + float64(k)*math.Log(share) + float64(n-k)*math.Log(1-share))
				cover += p
				most = math.Max(most, p)
			}
			if math.Abs(cover-0.95) > 0.01+most/2 {
				t.Errorf("%d values, share %g: %g to %g cover %.4f", n, share, low, high, cover)
			}
		}
	}
}

// choose is the logarithm of the number of ways to choose k of n.
func choose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}
