package evidence

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
const FigureTolerance = 5e-4

// Recompute computes every figure that is bound as a fact or derived from its claims again, and reports those that disagree. cell
// returns a figure of the case, and whether it is there. Commitments, which are dates, are not computed, nor is a figure that
// a scenario changed. Findings are in the order of the bindings.
func Recompute(c *headroom.Case, cell func(headroom.Ref) (float64, bool)) []headroom.Finding {
	r := &recomputation{c: c, cell: cell, claims: map[string]headroom.Claim{}, fits: map[string]fitResult{}}
	for _, cl := range c.Claims {
		r.claims[cl.ID] = cl
	}
	for _, b := range c.Bindings {
		r.binding(b)
	}
	return r.out
}

// recomputation is a Recompute under way.
type recomputation struct {
	c      *headroom.Case
	cell   func(headroom.Ref) (float64, bool)
	claims map[string]headroom.Claim
	fits   map[string]fitResult
	out    []headroom.Finding
}

// fitResult is a fit that was made once.
type fitResult struct {
	m   Matrix
	err error
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
	ref := headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}
	if l, ok := r.c.Labels[ref]; ok && (l.Basis == headroom.BasisAssumption || !slices.Equal(l.Claims, b.Claims)) {
		return // a scenario or an assumption has the last word
	}
	got, ok := r.cell(ref)
	if !ok {
		return // a binding of nothing is reported when the case is read
	}
	want, err := r.value(b)
	if err != nil {
		r.report(b, headroom.CodeBrokenFormula, "claims stand in square brackets", "%v", err)
		return
	}
	if !Agree(got, want) {
		r.report(b, CodeDisagreeingFigure, "mend the figure, or bind it to the claims that it is from",
			"the case has %s and its claims give %s", text(got), text(want))
	}
}

// value computes what a binding of the case says.
func (r *recomputation) value(b headroom.Binding) (float64, error) {
	if b.Formula == "" {
		if len(b.Claims) != 1 {
			return 0, fmt.Errorf("%d claims and no formula", len(b.Claims))
		}
		return r.claimValue(b.Claims[0])
	}
	return eval(b.Formula, r.claimValue, func(year int, group string) (float64, error) { return r.fitted(b, year, group) })
}

// claimValue is the number that a claim states.
func (r *recomputation) claimValue(id string) (float64, error) {
	c, ok := r.claims[id]
	if !ok {
		return 0, fmt.Errorf("there is no claim %s", id)
	}
	if c.Value == "" {
		return 0, fmt.Errorf("the claim %s has no value", id)
	}
	v, err := strconv.ParseFloat(c.Value, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("the value of the claim %s, %q, is not a number", id, c.Value)
	}
	return v, nil
}

// fitted is the cell of a fit for the vehicle and the market that the binding's row is about.
func (r *recomputation) fitted(b headroom.Binding, year int, group string) (float64, error) {
	vehicle, market, ok := "", "", false
	parts := strings.Split(b.RowKey, ":")
	switch {
	case b.Table == "demand" && len(parts) == 3:
		vehicle, market, ok = parts[0], parts[1], true
	case b.Table == "outturn" && len(parts) == 4:
		vehicle, market, ok = parts[2], parts[3], true
	}
	if !ok {
		return 0, errors.New("fit stands only in bindings of demand and outturn")
	}
	key := fmt.Sprint(year, " ", group)
	f, done := r.fits[key]
	if !done {
		f.m, _, f.err = Fit(r.c.Outturns, year, group)
		r.fits[key] = f
	}
	if f.err != nil {
		return 0, f.err
	}
	v, ok := f.m.At(vehicle, market)
	if !ok {
		return 0, fmt.Errorf("the fit of %d, %s has no cell for %s in %s", year, group, vehicle, market)
	}
	return v, nil
}

// Value computes what a binding says, from the claims and outturns of a case.
func Value(c *headroom.Case, b headroom.Binding) (float64, error) { return NewValues(c).Of(b) }

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

// text is a number to show.
func text(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
