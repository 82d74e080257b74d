package check

import (
	"math"
	"strconv"
)

// number writes a figure for a message.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}

// times says how far a ratio, as a power of ten, is from one.
func times(log10 float64) string {
	n := strconv.FormatFloat(math.Round(math.Pow(10, math.Abs(log10))), 'f', 0, 64)
	if log10 < 0 {
		return n + " times smaller than"
	}
	return n + " times larger than"
}
