package cli

import (
	"math"
	"strconv"
	"strings"

	"headroom/flex"
)

// scale is how all numbers of a column are written: what they are divided by, its mark, and the digits after the point.
type scale struct {
	unit   float64
	mark   string
	digits int
}

// scaleOf has the digits that an interval needs beside a largest number: three below a thousand, one below ten thousand.
func scaleOf(most float64) scale {
	switch abs := math.Abs(most); {
	case abs < 1000:
		return scale{1, "", 3}
	case abs < 10_000:
		return scale{1, "", 1}
	}
	return scale{1, "", 0}
}

// moneyScale is that of money: millions with two decimals, unless the largest amount is below one.
func moneyScale(most float64) scale {
	if math.Abs(most) >= 1e6 {
		return scale{1e6, " m", 2}
	}
	return scaleOf(most)
}

// of is a currency as a heading has it, such as GBP m.
func (s scale) of(currency string) string { return currency + s.mark }

// text is a number without its mark.
func (s scale) text(v float64) string { return fixed(v/s.unit, s.digits) }

// interval is an interval without its mark.
func (s scale) interval(e flex.Estimate) string { return s.text(e.Low) + " to " + s.text(e.High) }

// fixed is a number with n decimals and its thousands apart; what rounds to zero has no sign.
func fixed(v float64, n int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "-"
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', n, 64)
	whole, frac, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	if v < 0 && strings.Trim(whole, "0.,") != "" {
		return "-" + whole
	}
	return whole
}
