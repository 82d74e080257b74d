package audit

import (
	"cmp"
	"regexp"
	"strings"

	"headroom"
	"headroom/claimlog"
	"headroom/formula"
)

// figure is a claim as the rules see it.
type figure struct {
	headroom.Claim
	amount
	number bool   // it has a figure
	text   string // the figure as decimal text, without commas
	broken bool   // its commas do not stand before groups of three digits
	entity string // the words of the subject that are neither deed nor class
	deed   deed
	class  class
	rest   string // the words of the quantity that are neither
	region string
	unit   formula.Unit
	dim    string // of the unit, all currencies being one
	aside  bool   // it stands in the note of its claim

	replaced bool // another claim supersedes it

	about, time string // of index
}

// planWords are words of what somebody intends, which is no forecast of anything.
var planWords = words1("planned plan target aim")

// currencyDim stands for all currencies in a dimension.
const currencyDim = "money"

// grouped is a number with commas where they belong.
var grouped = regexp.MustCompile(`^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)

// newFigure reads a claim.
func newFigure(c headroom.Claim) *figure {
	f := &figure{Claim: c, region: regionOf(c.Region)}
	u, err := formula.UnitOf(c)
	if err != nil {
		u = formula.CountOf(c.Unit, claimlog.Plain(c.Unit))
	}
	f.unit, f.dim = u, u.Dimension()
	if u.Money() {
		f.dim = strings.ReplaceAll(f.dim, f.currency(), currencyDim)
	}
	f.text = printed(c.Value)
	f.broken = f.text != c.Value && !grouped.MatchString(c.Value)
	plain := c
	plain.Value = f.text
	f.amount, f.number = readAmount(plain, u)
	f.number = f.number && (c.Kind == headroom.KindQuantity || c.Kind == "")
	subject, quantity := meaningOf(c.Subject), meaningOf(c.Quantity)
	f.entity, f.rest = strings.Join(subject.rest, " "), strings.Join(quantity.rest, " ")
	f.deed = cmp.Or(quantity.did(), subject.did())
	if subject.did() == deedHome {
		f.deed = deedHome
	}
	f.class = cmp.Or(quantity.class, subject.class)
	if f.entity == "" && hasWord(f.rest, f.region) { // "cars, built in the UK"
		f.entity, f.rest = f.region, without(f.rest, f.region)
	}
	if f.says(planWords) || f.deed == deedCapacity {
		f.Forecast = false // two prints of one plan are compared like any two figures
	}
	f.index()
	return f
}

// regionOf is a region in the words of subjects.
func regionOf(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, w := range synonyms {
		if w.to != "" && w.from == s {
			return w.to
		}
	}
	return s
}

// currency is the currency of the unit, "" where it has none or two.
func (f *figure) currency() string {
	if f.unit.Money() {
		return f.unit.Currency()
	}
	return ""
}

// whole reports whether the figure is about all of its region and not about a maker or a plant in it.
func (f *figure) whole() bool { return f.entity == f.region && f.region != "" }

// key is what the figure is about, without when.
func (f *figure) key() string { return f.about }

// when is the period, "" where it is not known.
func (f *figure) when() string { return f.time }

// index makes key and when anew.
func (f *figure) index() {
	f.about = strings.Join([]string{f.entity, string(f.deed), string(f.class), f.rest, f.region, f.dim}, "|")
	f.time = ""
	if f.Period != "" || f.PeriodFrom != 0 || f.PeriodTo != 0 {
		f.time = claimlog.PeriodOf(f.Claim)
	}
}

// year is the figure's period as people write it.
func (f *figure) year() string {
	if f.Period != "" {
		return f.Period
	}
	return f.when()
}

// topic is what the figure is about, for people.
func (f *figure) topic() string {
	s := f.Subject
	if f.Quantity != "" && f.Quantity != f.Subject {
		s += ", " + f.Quantity
	}
	return s
}

// told is the figure with its name.
func (f *figure) told() string {
	if f.aside {
		return claimlog.Said(f.Claim) + " (the note of " + f.ID + ")"
	}
	return claimlog.Said(f.Claim) + " (" + f.ID + ")"
}
