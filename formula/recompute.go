package formula

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"headroom"
)

// CodeDisagreeingFigure is a figure that is not what its claims say. Example: a capacity of 210000 that is bound to a claim of
// 200000.
const CodeDisagreeingFigure = "DisagreeingFigure"

// FigureTolerance is how far a figure may be from its claims, relative to it; half a unit of its last digit is always allowed.
const FigureTolerance = 1e-5

// Recompute computes every figure that is bound as a fact or derived from its claims again, and reports those that disagree,
// those whose claims are of another dimension, and formulas that cannot be computed. cell returns a figure of the case, and
// whether it is there. Commitments, which are dates, are not computed, nor is a figure that a scenario changed. Findings are in
// the order of the bindings.
func Recompute(c *headroom.Case, cell func(headroom.Ref) (float64, bool)) []headroom.Finding {
	r := &recomputation{c: c, cell: cell, scope: newScope(c)}
	for _, b := range c.Bindings {
		r.binding(b)
	}
	return r.out
}

// recomputation is a Recompute under way.
type recomputation struct {
	c     *headroom.Case
	cell  func(headroom.Ref) (float64, bool)
	scope *scope
	out   []headroom.Finding
}

// report adds a finding about a binding.
func (r *recomputation) report(b headroom.Binding, code, hint, format string, args ...any) {
	key := strings.Join([]string{b.Table, b.RowKey, b.Column}, ":")
	r.out = append(r.out, headroom.Finding{
		Severity: headroom.SeverityError, Code: code, Place: r.c.Place("binding", key, "formula"),
		Message: b.Table + "/" + b.RowKey + "/" + b.Column + ": " + fmt.Sprintf(format, args...), Hint: hint,
	})
}

// binding looks at one binding.
func (r *recomputation) binding(b headroom.Binding) {
	if b.Kind == string(headroom.BasisCommitment) {
		return
	}
	if !decides(r.c, b) {
		return
	}
	got, ok := r.cell(headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column})
	if !ok {
		return // a binding of nothing is reported when the case is read
	}
	if slices.ContainsFunc(b.Claims, func(id string) bool { return !r.scope.has(id) }) {
		return // a claim that is not there, or could not be read, is reported when the case is read
	}
	steps, err := r.scope.explain(b)
	if err != nil {
		code := codeOf(err)
		r.report(b, code, formulaHints[code], "%v", err)
		return
	}
	for _, s := range steps {
		for _, id := range s.Claims {
			if !slices.Contains(b.Claims, id) && s.Transform != "deflate" {
				r.report(b, headroom.CodeBrokenFormula, "name it in claim_id too", "it rests on the claim %s, which is not in claim_id", id)
			}
		}
	}
	if want := steps[len(steps)-1].Value; !Agree(got, want) {
		r.report(b, CodeDisagreeingFigure, disagreeHint(b, steps), "the case has %s and its claims give %s", text(got), rounded(want))
	}
}

// decides reports whether a binding has the last word on its figure, and not a scenario or an assumption.
func decides(c *headroom.Case, b headroom.Binding) bool {
	l, ok := c.Labels[headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}]
	return !ok || l.Basis != headroom.BasisAssumption && slices.Equal(l.Claims, b.Claims)
}

// disagreeHint says what to do about a figure that is not what its claims give.
func disagreeHint(b headroom.Binding, steps []Step) string {
	percent := func(s Step) bool { return s.Transform == "claim" && strings.HasPrefix(s.Unit, "%") }
	if strings.Contains(b.Formula, "100") && slices.ContainsFunc(steps, percent) {
		return "a percentage counts as its hundredth: write 1 - [claim] and leave the 100 out of the formula"
	}
	return "mend the figure, or bind it to the claims that it is from"
}

// formulaHints say what to do about the codes of errors in formulas.
var formulaHints = map[string]string{
	headroom.CodeBrokenFormula:       "the how-to on sources lists what a formula can do",
	headroom.CodeWrongUnit:           "choose another claim, or a formula that converts it",
	headroom.CodeMissingExchangeRate: "enter a claim in a unit as USD per GBP, with the day as its period",
	headroom.CodeMissingDeflator:     "enter the index of both years",
}

// codeOf is the code of the finding that an error in a formula is.
func codeOf(err error) string {
	var fe *FormulaError
	var coded *codedError
	switch {
	case errors.As(err, &fe):
		return fe.Code
	case errors.As(err, &coded):
		return coded.code
	}
	return headroom.CodeBrokenFormula
}

// Agree reports whether a figure is what its claims give: to FigureTolerance, or to half a unit of the figure's last digit.
func Agree(got, want float64) bool {
	if math.IsNaN(got) || math.IsNaN(want) {
		return false
	}
	d := math.Abs(got - want)
	return d <= FigureTolerance*math.Abs(want) || d <= 0.5*lastDigit(got)*(1+1e-9)
}

// lastDigit is the worth of a unit of the last decimal place of a number, at most 1.
func lastDigit(v float64) float64 {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if _, decimals, ok := strings.Cut(s, "."); ok {
		return math.Pow10(-len(decimals))
	}
	return 1
}

// rounded is a computed number to show, to seven digits.
func rounded(v float64) string {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 7, 64), 64)
	if err != nil {
		r = v
	}
	return text(r)
}

// text is a number to show.
func text(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
