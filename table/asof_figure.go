package table

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"headroom"
	"headroom/formula"
)

// candidate is what a figure may rest on.
type candidate struct {
	formula string
	claims  []string
}

// candidates are what a binding may rest on as of the day, the best first: what it says; its fallbacks; rivals in the place of claims
// that were not known. A scenario that changed the binding leaves no choice.
func (l *loader) candidates(now *knowledge, bt *rawTable, br *rawRow) []candidate {
	ids, text := strings.Fields(l.value(bt, br, "claim_id")), l.value(bt, br, "formula")
	asIs := candidate{text, ids}
	if text != "" {
		asIs.claims, _ = formula.Claims(text) // what is wrong with it is reported when it is computed
	}
	out := []candidate{asIs}
	if chosen(bt, br) {
		return out
	}
	for f := range strings.SplitSeq(l.value(bt, br, "fallbacks"), ";") {
		if f = strings.TrimSpace(f); f != "" {
			claims, _ := formula.Claims(f)
			out = append(out, candidate{f, claims})
		}
	}
	alts := slices.DeleteFunc(strings.Fields(l.value(bt, br, "alternative_claims")), func(id string) bool { return !l.then.knownThen(id) })
	if swapped, ok := l.withRivals(now, asIs, alts); ok {
		out = append(out, swapped)
	}
	return out
}

// chosen reports whether a scenario said what a binding rests on.
func chosen(bt *rawTable, br *rawRow) bool {
	return br.labelled(bt.Index("claim_id")).Basis != "" || br.labelled(bt.Index("formula")).Basis != ""
}

// withRivals puts the newest rival in the place of each claim that was not known; it reports false where there is none.
func (l *loader) withRivals(now *knowledge, of candidate, alts []string) (candidate, bool) {
	out := candidate{of.formula, slices.Clone(of.claims)}
	swapped := false
	for i, id := range of.claims {
		if l.then.knownThen(id) {
			continue
		}
		best := l.rival(now, id, of.formula, alts)
		if best == "" {
			return candidate{}, false
		}
		out.claims[i], swapped = best, true
		out.formula = strings.ReplaceAll(out.formula, "["+id+"]", "["+best+"]")
	}
	return out, swapped
}

// rival is the newest alternative that can stand for a claim: in a formula it has the same subject and quantity over a time as
// long. Whether its unit does is seen when the figure is computed.
func (l *loader) rival(now *knowledge, id, text string, alts []string) string {
	of := l.then.claims[id]
	best := headroom.Claim{}
	for _, alt := range alts {
		c, ok := now.claims[alt]
		if !ok || now.replaced[alt] || text != "" && (c.Subject != of.Subject || c.Quantity != of.Quantity || !sameLength(c, of) && !strings.Contains(text, "annual(["+id+"])")) {
			continue
		}
		if best.ID == "" || c.AsOf > best.AsOf || c.AsOf == best.AsOf && c.ID < best.ID {
			best = c
		}
	}
	return best.ID
}

// sameLength reports whether two claims are about times of the same length, to a tenth.
func sameLength(a, b headroom.Claim) bool {
	length := func(c headroom.Claim) float64 { return headroom.Years(c.PeriodFrom, c.PeriodTo) }
	if a.PeriodFrom == 0 || b.PeriodFrom == 0 || a.PeriodTo == 0 || b.PeriodTo == 0 {
		return a.PeriodFrom == 0 == (b.PeriodFrom == 0) && a.PeriodTo == 0 == (b.PeriodTo == 0)
	}
	return math.Abs(length(a)-length(b)) <= 0.1*length(b)
}

// allKnown reports whether all claims were known.
func (k *then) allKnown(ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { return !k.knownThen(id) })
}

// figureAsOf computes a bound figure from what was known, binds it to that, or empties it.
func (l *loader) figureAsOf(before, now *knowledge, t *rawTable, r *rawRow, col int, b headroom.Binding) {
	bt := l.tables["binding"]
	br := bt.byKey[b.Key()]
	if b.Kind == string(headroom.BasisCommitment) {
		l.commitmentAsOf(now, t, r, col, bt, br)
		return
	}
	was := math.NaN()
	if old, ok := before.bindings[b.Key()]; ok {
		if v, err := before.values.Of(old); err == nil {
			was = v
		}
	}
	var why error
	for _, c := range l.candidates(now, bt, br) {
		if !l.then.allKnown(c.claims) {
			continue
		}
		try := b
		try.Formula, try.Claims = c.formula, c.claims
		steps, err := now.values.Explain(try)
		if err != nil {
			why = cmp.Or(why, err)
			continue
		}
		if v := steps[len(steps)-1].Value; v != was {
			r.cells[col] = figureText(t.Columns[col], v)
		}
		c.claims = formula.Used(steps)
		if len(c.claims) == 0 && !slices.ContainsFunc(steps, func(s formula.Step) bool { return s.Transform == "fit" }) {
			continue // a bare number is an assumption
		}
		l.rebind(bt, br, c)
		return
	}
	l.lose(t, r, col, bt, br, why)
}

// commitmentAsOf keeps a commitment while all its claims were known, or an alternative was.
func (l *loader) commitmentAsOf(now *knowledge, t *rawTable, r *rawRow, col int, bt *rawTable, br *rawRow) {
	ids := strings.Fields(l.value(bt, br, "claim_id"))
	if l.then.allKnown(ids) {
		return
	}
	best := headroom.Claim{}
	for _, alt := range strings.Fields(l.value(bt, br, "alternative_claims")) {
		if c, ok := now.claims[alt]; ok && !now.replaced[alt] && (best.ID == "" || c.AsOf > best.AsOf || c.AsOf == best.AsOf && c.ID < best.ID) {
			best = c
		}
	}
	if best.ID == "" {
		l.lose(t, r, col, bt, br, nil)
		return
	}
	known := slices.DeleteFunc(ids, func(id string) bool { return !l.then.knownThen(id) || id == best.ID })
	l.rebind(bt, br, candidate{"", append(known, best.ID)})
}

// rebind says in the binding what the figure rests on then.
func (l *loader) rebind(bt *rawTable, br *rawRow, c candidate) {
	ids := c.claims
	if c.formula == l.value(bt, br, "formula") { // what the formula does not name may support it still
		for _, id := range strings.Fields(l.value(bt, br, "claim_id")) {
			if l.then.knownThen(id) && !slices.Contains(ids, id) {
				ids = append(slices.Clone(ids), id)
			}
		}
	}
	if len(ids) == 0 {
		ids = l.outturnClaims(c.formula)
	}
	if !slices.ContainsFunc(strings.Fields(l.value(bt, br, "claim_id")), func(id string) bool { return slices.Contains(ids, id) }) || c.formula != l.value(bt, br, "formula") {
		br.cells[bt.Index("chosen_because")] = "stands in for what was not known on " + l.then.day.String()
	}
	br.cells[bt.Index("claim_id")] = strings.Join(ids, " ")
	br.cells[bt.Index("formula")] = c.formula
	alts := without(strings.Fields(l.value(bt, br, "alternative_claims")), ids)
	br.cells[bt.Index("alternative_claims")] = strings.Join(alts, " ")
}

// fitWord is the year and the group of a fit in a formula.
var fitWord = regexp.MustCompile(`\bfit\( *([0-9]{4}) *, *([A-Za-z0-9_-]+) *\)`)

// outturnClaims are the claims that the outturns of a formula's fits were bound to then, sorted: what the fits rest on.
func (l *loader) outturnClaims(text string) []string {
	var out []string
	bt := l.tables["binding"]
	for _, m := range fitWord.FindAllStringSubmatch(text, -1) {
		for _, r := range bt.rows {
			if l.value(bt, r, "table") == "outturn" && strings.HasPrefix(l.value(bt, r, "row_key"), m[1]+":"+m[2]+":") {
				out = append(out, strings.Fields(l.value(bt, r, "claim_id"))...)
			}
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(id string) bool { return !l.then.knownThen(id) })
}

// lose empties a figure that was not known and forgets its binding. A programme that was not known to be committed was not.
func (l *loader) lose(t *rawTable, r *rawRow, col int, bt *rawTable, br *rawRow, why error) {
	var lacked []string
	names := strings.Fields(l.value(bt, br, "claim_id"))
	if text := l.value(bt, br, "formula"); text != "" {
		names, _ = formula.Claims(text)
	}
	for _, id := range names {
		if !l.then.knownThen(id) && !slices.Contains(lacked, id) {
			lacked = append(lacked, id)
		}
	}
	r.cells[col] = ""
	if i := t.Index("committed_from"); i >= 0 && t.Columns[col].Name == "committed_until" {
		r.cells[i] = ""
	}
	l.then.lost = append(l.then.lost, lostFigure{t, r, col, l.value(bt, br, "kind"), lacked, why, chosen(bt, br)})
	l.drop("binding", func(_ *rawTable, x *rawRow) bool { return x == br })
}

// settleLost looks at what became of the figures that were not known, once the assumptions about their tables have acted: where
// none filled one, its row goes where a row is nothing without it, a commitment is none, and else the case is not one of that
// day.
func (l *loader) settleLost(outturns bool) {
	for _, f := range l.then.lost {
		switch {
		case f.t.Name == "outturn" != outturns || f.t.byKey[f.row.key] != f.row || f.row.cells[f.col] != "" && !f.chosen:
		case slices.Contains(optional, f.t.Name) && !f.chosen:
			l.drop(f.t.Name, func(_ *rawTable, r *rawRow) bool { return r == f.row })
		case f.kind != string(headroom.BasisCommitment) || f.chosen:
			what := "rests on " + l.then.since(f.lacked)
			if len(f.lacked) == 0 && f.why != nil {
				what = fmt.Sprintf("cannot be computed (%v)", f.why)
			}
			hint := "give its binding an alternative or a fallback of before, or write an assumption that fills it"
			if f.chosen {
				hint = "choose a later day, or another scenario"
			}
			l.fail(f.t.place(f.row, f.col), headroom.CodeLaterClaim, hint, "%s %s, and is not known as of %s", cellName(f.t.Table, f.row.key, f.col), what, l.then.day)
		}
	}
}

// since names claims with the days from which they were known.
func (k *then) since(ids []string) string {
	var out []string
	for _, id := range ids {
		if day := k.unknown[id]; day != "" {
			out = append(out, fmt.Sprintf("%s (known from %s)", id, day))
		} else {
			out = append(out, id+" (from no day that is named)")
		}
	}
	return strings.Join(out, ", ")
}

// hindsight remarks on assumptions that were used and name claims of later days.
func (l *loader) hindsight(rules []*rule) {
	for _, u := range rules {
		if !l.asked[u.row] {
			continue
		}
		for word := range strings.FieldsFuncSeq(u.cell("reason"), func(r rune) bool { return strings.ContainsRune(" ,;:()", r) }) {
			if !l.then.knownThen(word) {
				l.report(headroom.Finding{
					Severity: headroom.SeverityInfo, Code: headroom.CodeHindsightAssumption, Place: u.place("reason"),
					Message: fmt.Sprintf("the assumption %s leans on %s, not known on %s", u.id, l.then.since([]string{word}), l.then.day), Hint: "judge whether it would have been made then",
				})
				break
			}
		}
	}
}
