package table

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"headroom"
)

// Patterns of numbers that have two meanings.
var (
	decimalComma  = regexp.MustCompile(`^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+$`)
	groupedNumber = regexp.MustCompile(`^[+-]?\d{1,3}([, '\x{a0}\x{202f}_]\d{3})+(\.\d+)?$`)
)

// hugeNumber is larger than any figure of a case: the money of a whole industry.
const hugeNumber = 1e12

// problem is what is wrong with a cell, before its place is known.
type problem struct {
	code, message, hint string
}

// parseNumber reads a plain decimal number.
func parseNumber(s string) (float64, *problem) {
	s = strings.TrimSpace(s)
	if !plainNumber(s) {
		return 0, notANumber(s)
	}
	v, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || math.IsInf(v, 0):
		return 0, &problem{headroom.CodeInfiniteNumber, fmt.Sprintf("%s is larger than any number", short(s)), "write the figure in the unit of the column"}
	case math.Abs(v) > hugeNumber:
		return 0, &problem{headroom.CodeHugeNumber, fmt.Sprintf("%s is larger than any figure of a case", short(s)), "write the figure in the unit of the column"}
	case v == 0:
		return 0, nil // not -0
	}
	return v, nil
}

// plainNumber reports whether s is [+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,5})?, without a regular expression: every cell comes here.
func plainNumber(s string) bool {
	s = unsigned(s)
	whole := digits(s)
	s = s[whole:]
	fraction := 0
	if s != "" && s[0] == '.' {
		fraction = digits(s[1:])
		s = s[1+fraction:]
	}
	if whole+fraction == 0 {
		return false
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = unsigned(s[1:])
	return s != "" && len(s) <= 5 && digits(s) == len(s)
}

// unsigned is s without a sign before it.
func unsigned(s string) string {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		return s[1:]
	}
	return s
}

// digits is how many digits s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// notANumber says why a text is not a number.
func notANumber(s string) *problem {
	lower := strings.ToLower(strings.TrimLeft(s, "+-"))
	show := short(s)
	switch {
	case lower == "nan" || lower == "#n/a" || lower == "n/a" || lower == "null":
		return &problem{headroom.CodeNotANumber, show + " is not a number", "leave the cell empty where the figure is missing"}
	case lower == "inf" || lower == "infinity" || lower == "∞":
		return &problem{headroom.CodeInfiniteNumber, show + " is not a finite number", "leave a limit that is not there empty"}
	case groupedNumber.MatchString(s):
		return &problem{headroom.CodeGroupedNumber, show + " has a thousands separator", "write " + strings.Map(keepDigits, s)}
	case decimalComma.MatchString(s):
		return &problem{headroom.CodeDecimalComma, show + " has a decimal comma", "write " + strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")}
	case strings.HasSuffix(s, "%"):
		return &problem{headroom.CodeBrokenNumber, show + " is a percentage and the column is not", "write the figure in the unit of the column"}
	case strings.ContainsAny(s, "£$€¥"):
		return &problem{headroom.CodeBrokenNumber, show + " has a currency sign", "write the number alone and the currency in the column currency"}
	}
	return &problem{headroom.CodeBrokenNumber, show + " is not a number", "write a plain number with a decimal point"}
}

// keepDigits drops the separators of a grouped number.
func keepDigits(r rune) rune {
	if r >= '0' && r <= '9' || r == '.' || r == '-' {
		return r
	}
	return -1
}

// short quotes a cell for a message.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return strconv.Quote(s)
}

// parsePercent reads 6 or 6%. A number without the sign that looks like a fraction is refused: 0.06 has two meanings.
func parsePercent(s, unit string) (float64, *problem) {
	s = strings.TrimSpace(s)
	text, signed := strings.CutSuffix(s, "%")
	v, p := parseNumber(text)
	if p != nil || signed {
		return v, p
	}
	least := 1.0
	if unit == "%/yr" {
		least = 0.1
	}
	switch a := math.Abs(v); {
	case a > 0 && a < least:
		return v, &problem{
			headroom.CodePercentOrFraction, fmt.Sprintf("%s may be a fraction, and the column is in percent", s),
			fmt.Sprintf("write %s for the fraction or %s%% for the percentage", roundNumber(v*100), s),
		}
	case a > 150:
		return v, &problem{
			headroom.CodePercentOrFraction, fmt.Sprintf("%s percent is more than a share or a rate can be", s),
			fmt.Sprintf("write %s%% if it is meant", s),
		}
	}
	return v, nil
}
