package audit

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
	"headroom/claimlog"
)

// Findings of an audit.
const (
	CodeSameFigure = "SameFigure" // one figure under two names
	CodeNotChosen  = "NotChosen"  // a figure of the case is bound to another claim than the rule chooses
)

// choice chooses among rivals: those that other claims add up to, and prints of the same figure, before the rest; a rounded print
// of another rival is out; then as Choose.
func (a *auditor) choice(ids []string) (chosen, rule string) {
	var rivals []*figure
	for _, id := range ids {
		rivals = append(rivals, a.byID[id])
	}
	left := a.fitting(rivals)
	fine := slices.DeleteFunc(slices.Clone(left), func(f *figure) bool {
		return slices.ContainsFunc(left, func(o *figure) bool {
			return f.number && o.number && o.dim == f.dim && o.half < f.half && o.sameAs(f.amount)
		})
	})
	if len(fine) == 0 {
		fine = left
	}
	list := make([]headroom.Claim, len(fine))
	for i, f := range fine {
		list[i] = f.Claim
	}
	c, rule := Choose(list, a.sources)
	switch {
	case len(left) < len(rivals) && (len(fine) < len(left) || slices.Contains([]string{ChosenAlone, ChosenPrecision, ChosenName}, rule) || a.agree(fine)):
		rule = ChosenArithmetic
	case len(fine) < len(left) && rule == ChosenAlone:
		rule = ChosenPrecision
	}
	return c.ID, rule
}

// fitting drops the rivals that other claims speak against, where they speak for another.
func (a *auditor) fitting(rivals []*figure) []*figure {
	var fit []*figure
	for _, f := range rivals {
		if a.fits[f.ID] && !a.misfits[f.ID] {
			fit = append(fit, f)
		}
	}
	if len(fit) == 0 {
		rest := slices.DeleteFunc(slices.Clone(rivals), func(f *figure) bool { return a.misfits[f.ID] })
		if len(rest) > 0 {
			return rest
		}
		return rivals
	}
	return slices.DeleteFunc(slices.Clone(rivals), func(f *figure) bool {
		return !slices.Contains(fit, f) && !slices.ContainsFunc(fit, func(o *figure) bool {
			return !a.misfits[f.ID] && o.number && f.number && o.dim == f.dim && o.sameAs(f.amount)
		})
	})
}

// agree reports whether all figures can be prints of one.
func (a *auditor) agree(list []*figure) bool {
	for _, f := range list {
		if !f.number || !list[0].number || !f.sameAs(list[0].amount) {
			return false
		}
	}
	return true
}

// stated notes the contradictions that claims state and that no other check has found.
func (a *auditor) stated() {
	covered := func(x, y string) bool {
		return slices.ContainsFunc(a.found, func(c Conflict) bool { return slices.Contains(c.Claims, x) && slices.Contains(c.Claims, y) })
	}
	group := map[string]string{} // the first claim of those that hang together
	var first func(id string) string
	first = func(id string) string {
		if g, ok := group[id]; ok && g != id {
			return first(g)
		}
		return id
	}
	var order []string
	for _, f := range a.claims {
		for _, id := range f.Contradicts {
			if a.byID[id] == nil || id == f.ID || settled(f, a.byID[id]) || id < f.ID && slices.Contains(a.byID[id].Contradicts, f.ID) {
				continue
			}
			a.statedCount++
			if covered(f.ID, id) {
				a.borneOut++
				continue
			}
			x, y := first(f.ID), first(id)
			group[max(x, y)], group[min(x, y)] = min(x, y), min(x, y)
			order = append(order, f.ID, id)
		}
	}
	slices.Sort(order)
	members := map[string][]*figure{}
	for _, id := range slices.Compact(order) {
		members[first(id)] = append(members[first(id)], a.byID[id])
	}
	for _, id := range slices.Compact(order) {
		if in := members[id]; len(in) > 0 {
			s := make([]string, len(in))
			for i, f := range in {
				s[i] = f.standing()
			}
			a.conflict(CheckStated, in, nil, "%s: stated to contradict each other: %s", in[0].topic(), strings.Join(s, " against "))
		}
	}
}

// standing is a claim with its period: a figure, or else its words.
func (f *figure) standing() string {
	what := fmt.Sprintf("%q", f.Quantity)
	if f.number {
		what = claimlog.Said(f.Claim)
	}
	return fmt.Sprintf("%s (%s, %s)", what, f.ID, f.year())
}

// bound are the figures that rest on one of the rivals of a conflict.
func (x *Conflict) bound(bindings []headroom.Binding) []Bound {
	var out []Bound
	for _, b := range bindings {
		for _, id := range b.Claims {
			if slices.Contains(x.Rivals, id) {
				out = append(out, Bound{headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}.String(), id})
			}
		}
	}
	return out
}

// bindings notes the figures of the case that are bound to a claim that was not chosen and that the chosen one disagrees with: one
// finding for all figures that are bound to the same claim for the same reason.
func (a *auditor) bindings(c *headroom.Case, conflicts []Conflict) []headroom.Finding {
	type choice struct{ bound, chosen, rule, because string }
	at := map[choice][]headroom.Binding{}
	var order []choice
	for _, b := range c.Bindings {
		for _, x := range conflicts {
			for _, id := range b.Claims {
				if id == x.Chosen || !slices.Contains(x.Rivals, id) || slices.Contains(b.Claims, x.Chosen) || a.agree([]*figure{a.byID[id], a.byID[x.Chosen]}) {
					continue
				}
				k := choice{id, x.Chosen, x.Rule, b.ChosenBecause}
				if len(at[k]) == 0 {
					order = append(order, k)
				}
				at[k] = append(at[k], b)
			}
		}
	}
	var out []headroom.Finding
	for _, k := range order {
		out = append(out, a.notChosen(c, k.bound, k.chosen, k.rule, at[k]))
	}
	return out
}

// notChosen is the finding about figures that are bound to a claim that was not chosen. The hint has the row of a scenario that swaps the
// two claims.
func (a *auditor) notChosen(c *headroom.Case, bound, chosen, rule string, list []headroom.Binding) headroom.Finding {
	b := list[0]
	ref := headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}.String()
	if n := len(list); n > 1 {
		ref += fmt.Sprintf(" and %d more", n-1)
	}
	f := headroom.Finding{
		Severity: headroom.SeverityWarning, Code: CodeNotChosen,
		Place:   headroom.Place{File: "binding.csv", Row: c.Rows["binding"][b.Table+":"+b.RowKey+":"+b.Column], Column: "claim_id"},
		Message: fmt.Sprintf("%s: bound to %s, where the rule chooses %s (%s)", ref, a.byID[bound].standing(), a.byID[chosen].standing(), rule),
		Hint:    "bind it to " + chosen + ", or say in chosen_because why not",
	}
	if b.ChosenBecause == "" {
		return f
	}
	swapped := slices.Clone(b.Claims)
	swapped[slices.Index(swapped, bound)] = chosen
	f.Severity, f.Message = headroom.SeverityInfo, f.Message+"; chosen because: "+b.ChosenBecause
	selector := fmt.Sprintf("table=%s row_key=%s column=%s", b.Table, b.RowKey, b.Column)
	if len(list) > 1 && !slices.ContainsFunc(list, func(o headroom.Binding) bool { return o.Table != b.Table || !slices.Equal(o.Claims, b.Claims) }) {
		selector = fmt.Sprintf("table=%s claim_id=%s", b.Table, bound)
	}
	f.Hint = fmt.Sprintf("to see what the other changes, a scenario with this row of change.csv: binding,%s,claim_id,set,%s", selector, strings.Join(swapped, " "))
	return f
}
