package evidence

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"headroom"
)

// Codes of findings about claims that are to be entered, and about the log.
const (
	CodeMissingPriceYear   = headroom.CodeMissingPriceYear   // a sum of money without the year whose prices it is in
	CodeReversedRange      = headroom.CodeReversedRange      // low above high, or a value outside of them
	CodeFutureClaim        = headroom.CodeFutureClaim        // known from a day that has not come
	CodeCircularSupersedes = headroom.CodeCircularSupersedes // claims that replace each other in a circle
	CodeFormulaText        = "FormulaText"                   // a text that a spreadsheet would run
	CodeDuplicateClaim     = "DuplicateClaim"                // the same content as a claim that is there
	CodeNearClaim          = "NearClaim"                     // about the same as a claim that is there
	CodeBrokenLog          = headroom.CodeBrokenLog          // the log is broken, or the tables differ from it
)

// Fault is what is wrong with one cell of a claim or a source.
type Fault struct {
	Column, Code, Message, Hint string
}

// Faults says what is wrong with a claim that is to be entered on a day, as far as its own cells show it, in the order of
// its columns' names.
func Faults(c headroom.Claim, today time.Time) []Fault {
	out := formulaTexts(CellsOf(c))
	fail := func(column, code, hint, format string, args ...any) {
		out = append(out, Fault{column, code, fmt.Sprintf(format, args...), hint})
	}
	number := map[string]float64{}
	for column, text := range map[string]string{"value": c.Value, "low": c.Low, "high": c.High} {
		if v, ok := decimalText(text); ok {
			number[column] = v
		} else if text != "" && (c.Kind == headroom.KindQuantity || c.Kind == "") {
			out = append(out, notANumber(column, text))
		}
	}
	low, hasLow := number["low"]
	high, hasHigh := number["high"]
	value, hasValue := number["value"]
	switch {
	case hasLow && hasHigh && low > high:
		fail("low", CodeReversedRange, "exchange the two", "low %s is above high %s", c.Low, c.High)
	case hasValue && hasLow && value < low:
		fail("value", CodeReversedRange, "widen the range or correct the value", "the value %s is below low %s", c.Value, c.Low)
	case hasValue && hasHigh && value > high:
		fail("value", CodeReversedRange, "widen the range or correct the value", "the value %s is above high %s", c.Value, c.High)
	}
	if _, err := ParseUnit(c.Unit); err != nil {
		fail("unit", headroom.CodeUnknownUnit, "write it as vehicles/yr, GBP m, % of sales or CNY per GBP, or leave it out and say it in the quantity", "%v", err)
	}
	out = append(out, moneyFaults(c)...)
	for column, list := range map[string][]string{"supersedes": c.Supersedes, "retracts": c.Retracts, "contradicts": c.Contradicts} {
		if slices.Contains(list, c.ID) {
			fail(column, headroom.CodeSelfReference, "name the other claim", "%s %s itself", c.ID, column)
		}
	}
	if c.PeriodFrom != 0 && c.PeriodTo != 0 && c.PeriodFrom > c.PeriodTo {
		fail("period_from", headroom.CodeReversedDates, "exchange the two", "the period begins on %s, after its end on %s", c.PeriodFrom, c.PeriodTo)
	}
	if day := headroom.DateOf(today.UTC()); c.AsOf > day {
		fail("as_of", CodeFutureClaim, "write the day from which it was known", "known from %s, and today is %s", c.AsOf, day)
	}
	slices.SortStableFunc(out, func(a, b Fault) int { return strings.Compare(a.Column, b.Column) })
	return out
}

// moneyFaults says what is wrong with the currency and the price year of a claim. A sum may name its currency in the unit alone.
func moneyFaults(c headroom.Claim) []Fault {
	inUnit := ""
	if u, err := ParseUnit(c.Unit); err == nil && u.Money() {
		inUnit = u.currency()
	}
	switch sum := cmp.Or(c.Currency, inUnit); {
	case c.Currency != "" && inUnit != "" && c.Currency != inUnit:
		return []Fault{{"currency", headroom.CodeWrongUnit, fmt.Sprintf("the unit is in %s and the currency is %s", inUnit, c.Currency), "write the same currency in both"}}
	case sum != "" && c.PriceYear == 0:
		return []Fault{{"price_year", CodeMissingPriceYear, fmt.Sprintf("a sum in %s without a price year", sum), "write the year whose prices it is in"}}
	}
	return nil
}

// SourceFaults says what is wrong with a source that is to be entered.
func SourceFaults(s headroom.Source) []Fault {
	out := formulaTexts(CellsOf(s))
	slices.SortStableFunc(out, func(a, b Fault) int { return strings.Compare(a.Column, b.Column) })
	return out
}

// formulaTexts are the cells that a spreadsheet would run when it opens the file.
func formulaTexts(cells Cells) []Fault {
	var out []Fault
	for column, text := range cells {
		if _, number := decimalText(text); strings.ContainsRune("=+-@\t\r", rune(text[0])) && !number {
			out = append(out, Fault{column, CodeFormulaText, brief(text) + " begins as a formula does, and a spreadsheet would run it", "begin it with a word"})
		}
	}
	return out
}

// Numbers as spreadsheets and papers write them.
var (
	groupedNumber = regexp.MustCompile(`^[+-]?\d{1,3}([, '\x{a0}\x{202f}_]\d{3})+(\.\d+)?$`)
	commaNumber   = regexp.MustCompile(`^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+$`)
	rangeOfTwo    = regexp.MustCompile(`^(\d+(?:\.\d+)?) ?(?:-|–|to) ?(\d+(?:\.\d+)?)$`)
)

// notANumber says what a text is where a number should be, and what to write.
func notANumber(column, text string) Fault {
	plain := func(keep string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || strings.ContainsRune(keep, r) {
				return r
			}
			return -1
		}, text)
	}
	switch {
	case groupedNumber.MatchString(text):
		return Fault{column, headroom.CodeGroupedNumber, brief(text) + " has a thousands separator", "write " + plain(".-")}
	case commaNumber.MatchString(text):
		return Fault{column, headroom.CodeDecimalComma, brief(text) + " has a decimal comma", "write " + strings.Replace(plain(",-"), ",", ".", 1)}
	case rangeOfTwo.MatchString(text):
		m := rangeOfTwo.FindStringSubmatch(text)
		return Fault{column, headroom.CodeBrokenNumber, brief(text) + " is a range", fmt.Sprintf("write %s in low and %s in high", m[1], m[2])}
	case strings.ContainsAny(text, "£$€¥"):
		return Fault{column, headroom.CodeBrokenNumber, brief(text) + " has a currency sign", "write the number alone, and the currency in unit and currency"}
	case strings.HasSuffix(text, "%"):
		return Fault{column, headroom.CodeBrokenNumber, brief(text) + " has a percent sign", "write the number alone, and % in unit"}
	}
	return Fault{column, headroom.CodeBrokenNumber, brief(text) + " is not a number", "write a plain number with a decimal point, or the kind event, statement or rule"}
}

// decimalText reads a plain decimal number.
func decimalText(s string) (float64, bool) {
	if strings.Trim(s, "+-.0123456789eE") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// SupersedesCircle is a circle of claims of which each supersedes the next, beginning with the first in the order of keys from
// which one can be reached; nil where there is none.
func SupersedesCircle(claims []headroom.Claim) []string {
	next := map[string][]string{}
	var ids []string
	for _, c := range claims {
		if len(c.Supersedes) > 0 {
			next[c.ID] = c.Supersedes
			ids = append(ids, c.ID)
		}
	}
	slices.Sort(ids)
	done := map[string]bool{}
	for _, id := range ids {
		if circle := follow(id, next, done); circle != nil {
			return circle
		}
	}
	return nil
}

// follow walks from a claim along next until it meets itself, without recursion: a chain may be as long as the table.
func follow(start string, next map[string][]string, done map[string]bool) []string {
	type step struct {
		id string
		at int
	}
	way, on := []step{{start, 0}}, map[string]int{start: 0}
	for len(way) > 0 {
		top := &way[len(way)-1]
		if done[top.id] || top.at == len(next[top.id]) {
			done[top.id] = true
			delete(on, top.id)
			way = way[:len(way)-1]
			continue
		}
		id := next[top.id][top.at]
		top.at++
		if from, ok := on[id]; ok {
			var circle []string
			for _, s := range way[from:] {
				circle = append(circle, s.id)
			}
			return circle
		}
		on[id] = len(way)
		way = append(way, step{id, 0})
	}
	return nil
}
