package formula

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"headroom"
)

// CodeMixedPriceYears is money of other years taken as money of the year of the case, with a reason. Example: a lane in prices of
// 2025 that is bound to a freight rate of 2022, without deflate, and whose binding says in as_is why.
const CodeMixedPriceYears = "MixedPriceYears"

// PriceYears looks at the figures of money of a case that rest on sums in prices of other years than the case's. It is the fault that
// a row in prices of another year has, and as bad: an error, but where the binding says in as_is why the sum counts as it is. Of
// those there is one remark. As of a day an older sum may be all that was known, and a warning is enough.
func PriceYears(c *headroom.Case) []headroom.Finding {
	s, p := newScope(c), priceYears{c: c}
	for _, b := range c.Bindings {
		if _, there := c.Labels[headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}]; !there && c.Labels != nil || !decides(c, b) {
			continue
		}
		if steps, err := s.explain(b); err == nil {
			p.look(s, b, steps)
		}
	}
	return append(p.out, p.remark()...)
}

// priceYears counts the figures of money by the price years of claims that are not deflated.
type priceYears struct {
	c        *headroom.Case
	out      []headroom.Finding
	accepted int // figures whose bindings say why
	first    headroom.Binding
	by       map[int]int
}

// look looks at the claims of a figure. Claims of which a ratio is taken count too, though they may cancel out.
func (p *priceYears) look(s *scope, b headroom.Binding, steps []Step) {
	u, err := ParseUnit(b.Unit)
	if err != nil || !u.Money() {
		return
	}
	years := map[int]string{} // the first claim of each
	for _, step := range steps {
		if step.Transform != "claim" {
			continue
		}
		c := s.claims[step.Claims[0]]
		for _, year := range s.prices[c.ID] {
			if MoneyOf(c) != "" && year != 0 && year != s.c.PriceYear && years[year] == "" {
				years[year] = c.ID
			}
		}
	}
	switch {
	case len(years) == 0:
	case b.AsIs != "":
		if p.accepted++; p.accepted == 1 {
			p.first, p.by = b, map[int]int{}
		}
		for y := range years {
			p.by[y]++
		}
	default:
		p.refuse(s, b, years)
	}
}

// refuse reports a figure that rests on sums of other years and does not say why they count as they are.
func (p *priceYears) refuse(s *scope, b headroom.Binding, years map[int]string) {
	var list []string
	first := 0
	for _, y := range slices.Sorted(maps.Keys(years)) {
		if first == 0 {
			first = y
		}
		list = append(list, fmt.Sprintf("%s of %d", years[y], y))
	}
	sev := headroom.SeverityError
	if p.c.AsOf != 0 {
		sev = headroom.SeverityWarning
	}
	p.out = append(p.out, headroom.Finding{
		Severity: sev, Code: headroom.CodeMissingDeflator, Place: p.c.Place("binding", b.Key(), "claim_id"),
		Message: fmt.Sprintf("%s rests on sums in prices of other years (%s), and the case's are those of %d", headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}, strings.Join(list, ", "), p.c.PriceYear),
		Hint:    fmt.Sprintf("enter a price index in deflator.csv and write deflate([%s],%d,%d), or say in as_is why the sum counts as it is", years[first], s.claims[years[first]].PriceYear, p.c.PriceYear),
	})
}

// remark is one finding for all figures whose bindings say why sums of other years count as they are.
func (p *priceYears) remark() []headroom.Finding {
	if p.accepted == 0 {
		return nil
	}
	var list []string
	for _, y := range slices.Sorted(maps.Keys(p.by)) {
		list = append(list, fmt.Sprintf("%d of %d", p.by[y], y))
	}
	what := "figures of money rest on sums in prices of other years than %d that count as they are (%s); their bindings say why in as_is"
	if p.accepted == 1 {
		what = "figure of money rests on a sum in prices of another year than %d that counts as it is (%s); its binding says why in as_is"
	}
	return []headroom.Finding{{
		Severity: headroom.SeverityInfo, Code: CodeMixedPriceYears, Place: p.c.Place("binding", p.first.Key(), "as_is"),
		Message: fmt.Sprintf("%d "+what, p.accepted, p.c.PriceYear, strings.Join(list, ", ")),
		Hint:    "where the years matter, enter a price index in deflator.csv and write deflate([claim],year,year)",
	}}
}
