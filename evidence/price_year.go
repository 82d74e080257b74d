package evidence

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"headroom"
)

// CodeMixedPriceYears is money of other years taken as money of the year of the case. Example: a lane in prices of 2025 that is
// bound to a freight rate of 2022, without deflate.
const CodeMixedPriceYears = "MixedPriceYears"

// PriceYears remarks on the figures of money of a case that rest on sums in prices of other years than the case's: one finding for all
// of them, or none.
func PriceYears(c *headroom.Case) []headroom.Finding {
	s, p := newScope(c), priceYears{}
	for _, b := range c.Bindings {
		if _, there := c.Labels[headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}]; !there && c.Labels != nil || !decides(c, b) {
			continue
		}
		if steps, err := s.explain(b); err == nil {
			p.look(s, b, steps)
		}
	}
	return p.finding(c)
}

// priceYears counts the figures of money by the price years of claims that are not deflated.
type priceYears struct {
	figures int
	first   headroom.Binding
	by      map[int]int
}

// look looks at the claims of a figure. Claims of which a ratio is taken count too, though they may cancel out.
func (p *priceYears) look(s *scope, b headroom.Binding, steps []Step) {
	u, err := ParseUnit(b.Unit)
	if err != nil || !u.Money() {
		return
	}
	years := map[int]bool{}
	for _, step := range steps {
		if step.Transform != "claim" || strings.Contains(b.Formula, "deflate("+step.Part) {
			continue
		}
		if c := s.claims[step.Claims[0]]; c.Currency != "" && c.PriceYear != 0 && c.PriceYear != s.c.PriceYear {
			years[c.PriceYear] = true
		}
	}
	if len(years) == 0 {
		return
	}
	if p.figures++; p.figures == 1 {
		p.first, p.by = b, map[int]int{}
	}
	for y := range years {
		p.by[y]++
	}
}

// finding is one remark for all of them.
func (p *priceYears) finding(c *headroom.Case) []headroom.Finding {
	if p.figures == 0 {
		return nil
	}
	var list []string
	for _, y := range slices.Sorted(maps.Keys(p.by)) {
		list = append(list, fmt.Sprintf("%d of %d", p.by[y], y))
	}
	key := strings.Join([]string{p.first.Table, p.first.RowKey, p.first.Column}, ":")
	what := "figures of money rest on sums in prices of other years than %d and are not deflated (%s)"
	if p.figures == 1 {
		what = "figure of money rests on a sum in prices of another year than %d and is not deflated (%s)"
	}
	return []headroom.Finding{{
		Severity: headroom.SeverityInfo, Code: CodeMixedPriceYears, Place: c.Place("binding", key, "claim_id"),
		Message: fmt.Sprintf("%d "+what, p.figures, c.PriceYear, strings.Join(list, ", ")),
		Hint:    "where the years matter, enter a price index in deflator.csv and write deflate([claim],year,year)",
	}}
}
