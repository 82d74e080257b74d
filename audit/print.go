package audit

import (
	"math"
	"strings"

	"headroom"
	"headroom/formula"
	"headroom/reading"
)

// How far two prints of one figure may be apart.
const (
	roundingCap = 0.05 // noughts at the end of a print are not taken to be rounded by more than this share of it
	sumCap      = 0.01 // nor, where it is added up, by more than this
)

// digits is the number of digits that a decimal text was printed to: 3 for 738000, 2 for 0.80, 6 for 186222.
func digits(text string) int {
	text = strings.TrimLeft(strings.TrimPrefix(text, "-"), "0")
	whole, decimals, point := strings.Cut(text, ".")
	if point {
		if whole == "" {
			decimals = strings.TrimLeft(decimals, "0")
		}
		return max(1, len(whole)+len(decimals))
	}
	return max(1, len(strings.TrimRight(whole, "0")))
}

// unitWorth is what the last digit of a printed number stands for, without looking at noughts: 1 for 738000, 0.01 for 0.80.
func unitWorth(text string) float64 {
	_, decimals, _ := strings.Cut(text, ".")
	return math.Pow10(-len(decimals))
}

// halfUnit is half of what the last digit of a printed number stands for. The noughts at the end of a whole number are taken to be
// rounded: 738000 is 737500 to 738500.
func halfUnit(text string) float64 {
	whole, decimals, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if point {
		return 0.5 * math.Pow10(-len(decimals))
	}
	return 0.5 * math.Pow10(len(whole)-len(strings.TrimRight(whole, "0")))
}

// amount is a printed number in the base of its unit. Low and high are set where the claim has bounds.
type amount struct {
	v         float64
	half      float64 // of what its last digit that is not nought stands for
	least     float64 // of what its last digit stands for
	low, high headroom.Opt
}

// readAmount reads the number of a claim.
func readAmount(c headroom.Claim, u formula.Unit) (amount, bool) {
	v, ok := reading.Plainly(c.Value)
	if !ok {
		return amount{}, false
	}
	a := amount{v: v * u.Factor(), half: halfUnit(c.Value) * u.Factor(), least: 0.5 * unitWorth(c.Value) * u.Factor()}
	if x, ok := reading.Plainly(c.Low); ok {
		a.low = headroom.Some(x * u.Factor())
	}
	if x, ok := reading.Plainly(c.High); ok {
		a.high = headroom.Some(x * u.Factor())
	}
	return a, true
}

// open reports whether only one end of the amount is known: "more than 70".
func (a amount) open() bool { return a.low.Set != a.high.Set }

// slack is how far the true figure may be from the print. That noughts at its end are rounded is believed up to a share of it.
func (a amount) slack(share float64) float64 {
	s := max(a.least, min(a.half, share*math.Abs(a.v)))
	if a.low.Set && a.high.Set {
		s = max(s, a.v-a.low.Value, a.high.Value-a.v)
	}
	return s
}

// sameAs reports whether two prints can be of one figure: one is a rounding of the other, or lies in its range.
func (a amount) sameAs(b amount) bool {
	d := math.Abs(a.v - b.v)
	if d <= max(a.slack(roundingCap), b.slack(roundingCap))*(1+1e-9)+1e-12*math.Abs(a.v) {
		return true
	}
	return a.holds(b.v) || b.holds(a.v)
}

// holds reports whether a number lies between the bounds of an amount that has any.
func (a amount) holds(v float64) bool {
	return (a.low.Set || a.high.Set) && (!a.low.Set || v >= a.low.Value) && (!a.high.Set || v <= a.high.Value)
}
