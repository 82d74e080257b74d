package report

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"headroom"
)

// missing stands where there is no number. Missing is not zero.
const missing = "–"

// minus is the sign of negative numbers.
const minus = "−"

// signs are the currencies that are written with a sign of their own.
var signs = map[string]string{"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥", "CNY": "CN¥"}

// symbol is what stands before an amount of a currency.
func symbol(currency string) string {
	if s, ok := signs[currency]; ok {
		return s
	}
	if currency == "" {
		return ""
	}
	return clean(currency) + " "
}

// finite reports whether v can be written as a number.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// decimals is v with n decimals and its thousands apart.
func decimals(v float64, n int) string {
	if !finite(v) {
		return missing
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
		return minus + whole
	}
	return whole
}

// count is a number of vehicles.
func count(v float64) string { return decimals(v, 0) }

// thousand is a number of vehicles in thousands, for where there is little room.
func thousand(v float64) string {
	switch abs := math.Abs(v); {
	case !finite(v):
		return missing
	case abs < 9950:
		return decimals(v/1e3, 1) + "k"
	}
	return decimals(v/1e3, 0) + "k"
}

// percent is a share as a percentage with n decimals.
func percent(share float64, n int) string {
	if !finite(share) {
		return missing
	}
	return decimals(100*share, n) + "%"
}

// smallestGap is the smallest relative gap that is told in digits.
const smallestGap = 1e-8

// gap is a relative gap, to two digits.
func gap(share float64) string {
	switch {
	case !finite(share):
		return missing
	case share == 0:
		return "0%"
	case math.Abs(share) < smallestGap:
		return "less than " + strconv.FormatFloat(100*smallestGap, 'f', 6, 64) + "%"
	}
	n := 1 - int(math.Floor(math.Log10(math.Abs(100*share))))
	s := decimals(100*share, max(n, 0))
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s + "%"
}

// amount is money with its currency before it, whole units.
func amount(v float64, currency string) string { return signed(v, symbol(currency), 0, "") }

// millions is money in millions with the digits that can be read: one decimal below 100, two below 1.
func millions(v float64, currency string) string {
	return signed(v/1e6, symbol(currency), millionDigits(v), "m")
}

func millionDigits(v float64) int {
	switch abs := math.Abs(v); {
	case abs == 0 || abs >= 99.95e6:
		return 0
	case abs >= 0.995e6:
		return 1
	}
	return 2
}

// signed puts the sign of v before its unit.
func signed(v float64, before string, n int, after string) string {
	s := decimals(v, n)
	if s == missing {
		return s
	}
	if rest, ok := strings.CutPrefix(s, minus); ok {
		return minus + before + rest + after
	}
	return before + s + after
}

// plain is a figure as the tables of a case have it, with at most five significant digits and its thousands apart.
func plain(v float64) string {
	abs := math.Abs(v)
	switch {
	case !finite(v):
		return missing
	case v == math.Trunc(v) || abs >= 1e5:
		return decimals(v, 0)
	case abs < 1e-3:
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	n := max(0, 4-int(math.Floor(math.Log10(abs))))
	s := decimals(v, min(n, 6))
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// turning are the characters that change the direction of what is written after them.
var turning = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x061c, Hi: 0x061c, Stride: 1},
	{Lo: 0x200e, Hi: 0x200f, Stride: 1},
	{Lo: 0x2028, Hi: 0x202e, Stride: 1},
	{Lo: 0x2066, Hi: 0x2069, Stride: 1},
}}

// clean is a text from a case in one line, with a replacement character for every character that would move the cursor or turn
// the direction of writing.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.Is(turning, r):
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}

// ticks are up to about n round numbers from lo or below it to hi or above it: the marks of an axis.
func ticks(lo, hi float64, n int) []float64 {
	if !finite(lo) || !finite(hi) {
		return []float64{0, 1}
	}
	if hi < lo {
		lo, hi = hi, lo
	}
	if hi == lo {
		if lo == 0 {
			hi = 1
		} else {
			lo, hi = math.Min(lo, 0), math.Max(hi, 0)
		}
	}
	step := roundStep((hi - lo) / float64(max(n, 1)))
	first, last := math.Floor(lo/step+1e-9), math.Ceil(hi/step-1e-9)
	var out []float64
	for i := first; i <= last; i++ {
		out = append(out, i*step)
	}
	return out
}

// roundStep is the smallest of 1, 2, 2.5 and 5 times a power of ten that is at least raw.
func roundStep(raw float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*p >= raw*(1-1e-9) {
			return m * p
		}
	}
	return 10 * p
}

// statusWords say what the status of a plan means.
var statusWords = map[headroom.PlanStatus]string{
	headroom.StatusVerified:   "solved to the wanted gap, checked, and the money recomputed",
	headroom.StatusLimit:      "checked, but a limit was reached before the wanted gap",
	headroom.StatusTolerance:  "checked, but only at a looser tolerance",
	headroom.StatusDisputed:   "a check failed: not to be used",
	headroom.StatusInfeasible: "proved to have no solution",
	headroom.StatusUnbounded:  "the case sets no limit to what a plan earns",
	headroom.StatusNone:       "a limit was reached before any plan was found",

	headroom.StatusInterrupted: "interrupted before there was a plan",
	headroom.StatusNotTried:    "it was not its turn before the limit or the interrupt",
}

// causeWords say what a cause of an explanation is about.
var causeWords = map[string]string{
	"worth": "Does not pay", "signature": "Not signed", "programme": "No programme", "capacity": "No capacity",
}

// causeName is a cause in words.
func causeName(cause string) string {
	if s, ok := causeWords[cause]; ok {
		return s
	}
	return clean(strings.ReplaceAll(cause, "_", " "))
}

// dealWords say what a status of a deal means to a reader who does not know the list.
var dealWords = map[headroom.DealStatus]string{
	headroom.Rumoured: "rumoured", headroom.ReportedDeal: "reported", headroom.Stated: "stated", headroom.Talks: "in talks",
	headroom.LOI: "letter of intent", headroom.MOU: "memorandum", headroom.Signed: "signed", headroom.Approved: "approved",
	headroom.OperatingDeal: "operating", headroom.Lapsed: "lapsed", headroom.Ended: "ended", headroom.Denied: "ruled out",
}

func dealStatus(s headroom.DealStatus) string {
	if w, ok := dealWords[s]; ok {
		return w
	}
	return clean(string(s))
}
