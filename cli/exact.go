package cli

import (
	"math"
	"strconv"
)

// exact is the shortest decimal that reads back to v, without an exponent where that is readable; "" for NaN and infinities.
func exact(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return ""
	case v == 0:
		return "0"
	case math.Abs(v) >= 1e15 || math.Abs(v) < 1e-6:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
