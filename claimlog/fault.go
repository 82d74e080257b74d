package claimlog

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"headroom"
	"headroom/formula"
	"headroom/reading"
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

// Readings is what points mean in the numbers of the claims of one unit, as far as they show it. A nil map asks no claim.
type Readings map[string]*reading.Points

// NewReadings looks at the numbers of claims.
func NewReadings(claims []headroom.Claim) Readings {
	r := Readings{}
	for _, c := range claims {
		p := r[c.Unit]
		if p == nil {
			p = &reading.Points{}
			r[c.Unit] = p
		}
		for _, text := range []string{c.Value, c.Low, c.High} {
			p.Add(text)
		}
	}
	return r
}

// Faults says what is wrong with a claim that is to be entered on a day, as far as its own cells show it, in the order of its
// columns' names. Other claims of its unit settle only what a point in its numbers means.
func (r Readings) Faults(c headroom.Claim, today time.Time) []Fault {
	out := append(Faults(c, today), r.doubts(c)...)
	slices.SortStableFunc(out, func(a, b Fault) int { return strings.Compare(a.Column, b.Column) })
	return out
}

// doubts are the numbers of a claim whose point has two readings.
func (r Readings) doubts(c headroom.Claim) []Fault {
	points := r[c.Unit]
	if points == nil || c.Kind != headroom.KindQuantity && c.Kind != "" {
		return nil
	}
	u, _ := formula.UnitOf(c) // of an unknown unit the numbers are amounts
	var out []Fault
	for _, f := range []struct{ column, text string }{{"value", c.Value}, {"low", c.Low}, {"high", c.High}} {
		if p := points.Doubt(f.text, u.Numbers()); p != nil {
			out = append(out, Fault{f.column, p.Code, p.Message, p.Hint})
		}
	}
	return out
}

// Settled says of the numbers of a claim that are in doubt how others of its unit settle them, by column.
func (r Readings) Settled(c headroom.Claim) map[string]string {
	points := r[c.Unit]
	if points == nil || c.Kind != headroom.KindQuantity && c.Kind != "" {
		return nil
	}
	u, _ := formula.UnitOf(c) // of an unknown unit the numbers are amounts
	out := map[string]string{}
	for column, text := range map[string]string{"value": c.Value, "low": c.Low, "high": c.High} {
		if s := points.Settled(text, u.Numbers()); s != "" {
			out[column] = s
		}
	}
	return out
}

// Faults says what is wrong with a claim that is to be entered on a day, as far as its own cells show it, in the order of
// its columns' names. What its points mean, Readings say.
func Faults(c headroom.Claim, today time.Time) []Fault {
	out := append(formulaTexts(CellsOf(c)), letterFaults(CellsOf(c), "subject", "quantity", "unit", "region")...)
	fail := func(column, code, hint, format string, args ...any) {
		out = append(out, Fault{column, code, fmt.Sprintf(format, args...), hint})
	}
	number := map[string]float64{}
	for column, text := range map[string]string{"value": c.Value, "low": c.Low, "high": c.High} {
		if v, ok := reading.Plainly(text); ok {
			number[column] = v
		} else if text != "" && (c.Kind == headroom.KindQuantity || c.Kind == "") {
			out = append(out, notANumber(column, text, c))
		}
	}
	if (c.Kind == headroom.KindQuantity || c.Kind == "") && c.Value+c.Low+c.High == "" {
		fail("value", headroom.CodeMissingValue, "write what was said, or the kind event, statement or rule; a missing number is not zero",
			"a claim of kind quantity has neither a value nor a low or a high")
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
	if _, err := formula.UnitOf(c); err != nil {
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
	u, err := formula.UnitOf(c)
	if err == nil && u.Money() {
		inUnit = u.Currency()
	}
	if u.Nameless() {
		return []Fault{{"currency", headroom.CodeUnknownCurrency, fmt.Sprintf("the unit %s is in hundredths of a currency that is not named", c.Unit), "write the code of the currency, as EUR"}}
	}
	switch sum := formula.MoneyOf(c); {
	case c.Currency != "" && inUnit != "" && c.Currency != inUnit:
		return []Fault{{"currency", headroom.CodeWrongUnit, fmt.Sprintf("the unit is in %s and the currency is %s", inUnit, c.Currency), "write the same currency in both"}}
	case sum != "" && c.PriceYear == 0:
		return []Fault{{"price_year", CodeMissingPriceYear, fmt.Sprintf("a sum in %s without a price year", sum), "write the year whose prices it is in"}}
	}
	return nil
}

// SourceFaults says what is wrong with a source that is to be entered.
func SourceFaults(s headroom.Source) []Fault {
	out := append(formulaTexts(CellsOf(s)), letterFaults(CellsOf(s))...)
	slices.SortStableFunc(out, func(a, b Fault) int { return strings.Compare(a.Column, b.Column) })
	return out
}

// formulaTexts are the cells that a spreadsheet would run when it opens the file.
func formulaTexts(cells Cells) []Fault {
	var out []Fault
	for column, text := range cells {
		if RunsAsFormula(text) {
			out = append(out, Fault{column, CodeFormulaText, brief(text) + " begins as a formula does, and a spreadsheet would run it", "begin it with a word"})
		}
	}
	return out
}

// RunsAsFormula reports whether a spreadsheet would run a text: it begins as a formula does, and there is something to work out. A
// number is none, nor is a mere - for what is not known.
func RunsAsFormula(text string) bool {
	if text == "" || !strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return false
	}
	_, number := reading.Plainly(text)
	return !number && strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("(\"'#", r)
	})
}

// letterFaults are the cells in which a letter looks like another or is not seen: those that claims are looked up by, and in every
// other cell what turns the direction of writing.
func letterFaults(cells Cells, lookedUp ...string) []Fault {
	var out []Fault
	for column, text := range cells {
		what, plain := reading.Deceptive(text)
		switch {
		case what == "":
		case slices.Contains(lookedUp, column):
			out = append(out, Fault{column, headroom.CodeConfusableLetter, brief(text) + " " + what, "write " + strconv.Quote(plain)})
		case reading.Turns(text):
			out = append(out, Fault{column, headroom.CodeConfusableLetter, "the text has a character that turns the direction of writing: a reader sees another text than is there", "delete it"})
		}
	}
	return out
}

// rangeOfTwo is a range as papers write it.
var rangeOfTwo = regexp.MustCompile(`^(\d+(?:\.\d+)?) ?(?:-|–|to) ?(\d+(?:\.\d+)?)$`)

// notANumber says what a text is where a number of a claim should be, and what to write. Numbers are read as those of the tables.
func notANumber(column, text string, c headroom.Claim) Fault {
	if m := rangeOfTwo.FindStringSubmatch(text); m != nil {
		return Fault{column, headroom.CodeBrokenNumber, brief(text) + " is a range", fmt.Sprintf("write %s in low and %s in high", m[1], m[2])}
	}
	u, _ := formula.UnitOf(c) // of an unknown unit the numbers are amounts
	_, p := reading.Number(text, u.Numbers())
	switch {
	case strings.ContainsAny(text, "£$€¥"):
		return Fault{column, headroom.CodeBrokenNumber, brief(text) + " has a currency sign", "write the number alone, and the currency in unit and currency"}
	case strings.HasSuffix(text, "%"):
		return Fault{column, headroom.CodeBrokenNumber, brief(text) + " has a percent sign", "write the number alone, and % in unit"}
	case p == nil || p.Code == headroom.CodeBrokenNumber && strings.HasSuffix(p.Message, " is not a number"):
		return Fault{column, headroom.CodeBrokenNumber, brief(text) + " is not a number", "write a plain number with a decimal point, or the kind event, statement or rule"}
	}
	return Fault{column, p.Code, p.Message, p.Hint}
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
