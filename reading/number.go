package reading

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"headroom"
)

// Problem is what is wrong with a text, before its place is known. Alike, where it is not empty, is the kind of fault that is
// told once for a file.
type Problem struct {
	Code, Message, Hint string
	Alike               string
}

// Kind says what the numbers of a column count, as far as a point or a comma in them goes.
type Kind int

// Kinds of number. Of an amount a thousand is nothing unusual: vehicles, money, energy. Of a rate it is out of the question: a
// share, an exchange rate, an index, hours, years. In a rate a point is a decimal point.
const (
	Amount Kind = iota
	Rate
)

// Patterns of numbers as people and spreadsheets write them.
var (
	onePoint   = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}\.\d{3}$`)
	oneComma   = regexp.MustCompile(`^[+-]?[1-9]\d{0,2},\d{3}$`)
	pointed    = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}(\.\d{3}){2,}(,\d+)?$|^[+-]?[1-9]\d{0,2}\.\d{3},\d+$`)
	grouped    = regexp.MustCompile(`^[+-]?\d{1,3}(([ '’\x{a0}\x{2009}\x{202f}_]\d{3})+|(,\d{3}){2,}|,\d{3}(\.\d+))(\.\d+)?$`)
	indian     = regexp.MustCompile(`^[+-]?\d{1,2}(,\d{2})+,\d{3}(\.\d+)?$`)
	comma      = regexp.MustCompile(`^[+-]?(\d*),\d+$`)
	spaced     = regexp.MustCompile(`^[+-]?\d{1,3}([ '’\x{a0}\x{2009}\x{202f}]\d{3})+,\d+$`)
	withWord   = regexp.MustCompile(`^([+-]?[0-9][0-9.]*) ?(\p{L}[\p{L}./€£$ ]*)$`)
	accountant = regexp.MustCompile(`^\(([0-9.]+)\)$|^([0-9.]+)-$`)
)

// TwoReadings are the two numbers that a text with one point may be, as they are written without doubt: 80000 and 80.0 of
// 80.000. ok is false where there is only one.
func TwoReadings(s string) (thousands, decimal string, ok bool) {
	s = strings.TrimSpace(s)
	if !onePoint.MatchString(s) {
		return "", "", false
	}
	return strings.ReplaceAll(s, ".", ""), Decimal(s), true
}

// Decimal writes a number with a decimal point so that it has one reading: of exactly three digits after the point the noughts at
// their end go, or one is added.
func Decimal(s string) string {
	whole, digits, ok := strings.Cut(s, ".")
	if !ok || !onePoint.MatchString(s) {
		return s
	}
	if short := strings.TrimRight(digits, "0"); short != digits {
		digits = short
		if digits == "" {
			digits = "0"
		}
	} else {
		digits += "0"
	}
	return whole + "." + digits
}

// Points is what points mean in the numbers of one column, as far as its cells show it.
type Points struct{ decimal, thousands string } // a cell that shows it, "" where none does

// Add looks at a cell of the column.
func (p *Points) Add(cell string) {
	s := strings.TrimSuffix(strings.TrimSpace(cell), "%")
	switch {
	case !strings.ContainsAny(s, ".,eE") || onePoint.MatchString(s) || oneComma.MatchString(s):
	case pointed.MatchString(s) || comma.MatchString(s):
		p.thousands = cmp.Or(p.thousands, s)
	case plainNumber(s) || grouped.MatchString(s) && strings.Contains(s, "."):
		p.decimal = cmp.Or(p.decimal, s)
	}
}

// Doubt is the problem of a number of some kind whose point has two readings, nil where the column settles it. Only a column that
// shows decimal points and no points between thousands settles it for the number as it stands.
func (p Points) Doubt(s string, kind Kind) *Problem {
	thousands, decimal, ok := TwoReadings(s)
	switch {
	case !ok || kind == Rate || p.decimal != "" && p.thousands == "":
		return nil
	case p.thousands != "" && p.decimal == "":
		return &Problem{
			headroom.CodeGroupedNumber, fmt.Sprintf("%s has a point between thousands, as %s in the same column shows", Short(s), Short(p.thousands)),
			"write " + thousands, "points between thousands",
		}
	}
	return &Problem{
		headroom.CodeAmbiguousNumber, fmt.Sprintf("%s may be %s or %s: its point may separate thousands or decimals, and no other number of the column shows which", Short(s), thousands, strings.TrimSuffix(decimal, ".0")),
		fmt.Sprintf("write %s, or %s", thousands, decimal), "numbers with two readings",
	}
}

// Settled says which reading of a number in doubt its column shows, and by which of its numbers; "" where it is not in doubt, or is
// refused.
func (p Points) Settled(s string, kind Kind) string {
	if _, decimal, ok := TwoReadings(s); ok && kind == Amount && p.Doubt(s, kind) == nil {
		return fmt.Sprintf("%s is read as %s and not in thousands, as %s in the same column shows", Short(s), strings.TrimSuffix(decimal, ".0"), Short(p.decimal))
	}
	return ""
}

// HugeNumber is larger than any figure of a case: the money of a whole industry.
const HugeNumber = 1e12

// Number reads a plain decimal number. Of one that is none it says why; kind decides which reading of 150,000 comes first.
func Number(s string, kind Kind) (float64, *Problem) {
	s = strings.TrimSpace(s)
	if !plainNumber(s) {
		return 0, notANumber(s, kind)
	}
	v, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || math.IsInf(v, 0):
		return 0, &Problem{Code: headroom.CodeInfiniteNumber, Message: Short(s) + " is larger than any number", Hint: "write the figure in the unit of the column"}
	case math.Abs(v) > HugeNumber:
		return 0, &Problem{Code: headroom.CodeHugeNumber, Message: Short(s) + " is larger than any figure of a case", Hint: "write the figure in the unit of the column"}
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
func notANumber(s string, kind Kind) *Problem {
	show := Short(s)
	say := func(code, what, hint string) *Problem {
		return &Problem{Code: code, Message: show + " " + what, Hint: hint}
	}
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case "nan", "#n/a", "n/a", "na", "null", "none", "-", "–", "—", "?", "tbd":
		return say(headroom.CodeNotANumber, "is not a number", "leave the cell empty where the figure is missing")
	case "inf", "infinity", "∞":
		return say(headroom.CodeInfiniteNumber, "is not a finite number", "leave a limit that is not there empty")
	case "true", "false", "yes", "no":
		return say(headroom.CodeBrokenNumber, "is yes or no, and not a number", "write a plain number with a decimal point")
	}
	if p := separated(s, kind); p != nil {
		return p
	}
	if plain := strings.ReplaceAll(norm.NFKC.String(s), "−", "-"); plain != s && plainNumber(plain) {
		return say(headroom.CodeBrokenNumber, "has digits or a sign of another script", "write "+plain)
	}
	if m := accountant.FindStringSubmatch(s); m != nil && plainNumber(m[1]+m[2]) {
		return say(headroom.CodeBrokenNumber, "is a negative number as accountants write it", "write -"+m[1]+m[2])
	}
	switch {
	case strings.HasPrefix(s, "="):
		return say(headroom.CodeBrokenNumber, "is a formula", "write the value that it gives")
	case strings.HasPrefix(s, "#"):
		return say(headroom.CodeNotANumber, "is the error of a formula", "mend the formula, or leave the cell empty")
	case strings.HasSuffix(s, "%"):
		return say(headroom.CodeBrokenNumber, "is a percentage and the column is not", "write the figure in the unit of the column")
	case strings.ContainsAny(s, "£$€¥"):
		return say(headroom.CodeBrokenNumber, "has a currency sign", "write the number alone and the currency in the column currency")
	}
	if m := withWord.FindStringSubmatch(s); m != nil && plainNumber(m[1]) {
		return say(headroom.CodeBrokenNumber, "has a word behind the number", "write the number alone; a unit stands in the header, as volume [thousand veh/yr], or in the column unit")
	}
	return say(headroom.CodeBrokenNumber, "is not a number", "write a plain number with a decimal point")
}

// separated says of a number with separators what it is without; nil where the text is none.
func separated(s string, kind Kind) *Problem {
	show := Short(s)
	without := func(cut string) string {
		return strings.Map(func(r rune) rune {
			if r == '+' || strings.ContainsRune(cut, r) {
				return -1
			}
			return r
		}, s)
	}
	switch {
	case oneComma.MatchString(s):
		thousands, decimal := without(","), Decimal(strings.ReplaceAll(without(""), ",", "."))
		if kind == Rate {
			return &Problem{
				headroom.CodeAmbiguousNumber, fmt.Sprintf("%s has two readings: %s with a decimal comma, or %s with a thousands separator", show, decimal, thousands),
				"write " + decimal + ", or " + thousands, "numbers with a comma",
			}
		}
		return &Problem{
			headroom.CodeGroupedNumber, fmt.Sprintf("%s has a thousands separator, or a decimal comma", show),
			fmt.Sprintf("write %s, or %s if the comma is a decimal one", thousands, decimal), "numbers with a comma",
		}
	case pointed.MatchString(s) && strings.Contains(s, ","), comma.MatchString(s), spaced.MatchString(s):
		text := strings.ReplaceAll(without(".  '’\u00a0\u2009\u202f"), ",", ".")
		if strings.HasPrefix(unsigned(text), ".") {
			text = strings.Replace(text, ".", "0.", 1)
		}
		return &Problem{headroom.CodeDecimalComma, show + " has a decimal comma", "write " + Decimal(text), "decimal commas"}
	case pointed.MatchString(s):
		return &Problem{headroom.CodeGroupedNumber, show + " has points between thousands", "write " + without("."), "points between thousands"}
	case grouped.MatchString(s) || indian.MatchString(s):
		return &Problem{headroom.CodeGroupedNumber, show + " has a thousands separator", "write " + without(", '’_\u00a0\u2009\u202f"), "thousands separators"}
	}
	return nil
}

// Short quotes a text for a message.
func Short(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return strconv.Quote(s)
}

// String is the problem as a finding without place reads.
func (p *Problem) String() string { return fmt.Sprintf("%s: %s; %s", p.Code, p.Message, p.Hint) }

// Plainly reads a number that is written as one, and is finite.
func Plainly(s string) (float64, bool) {
	if !plainNumber(s) {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}
