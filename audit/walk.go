package audit

import "math"

// WalkSD is the spread of a random walk that would have missed as scored forecasts did: the root of the mean of ln(actual /
// forecast)² by years of horizon, as a share after one year, with the number of forecasts. Those whose day is not known are
// left out; with none n is 0. Few forecasts mean little, and forecasts of one year miss together.
func WalkSD(scores []Score) (sd float64, n int) {
	sum := 0.0
	for _, s := range scores {
		if !s.Dated() || s.Error <= -1 {
			continue
		}
		z := math.Log1p(s.Error)
		sum += z * z / s.Horizon
		n++
	}
	if n == 0 {
		return 0, 0
	}
	return math.Sqrt(sum / float64(n)), n
}
