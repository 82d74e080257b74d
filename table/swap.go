package table

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
	"headroom/formula"
)

// bindingCells are the claims and the formula of each binding.
func (l *loader) bindingCells() map[*rawRow]candidate {
	out := map[*rawRow]candidate{}
	if t := l.tables["binding"]; t != nil {
		for _, r := range t.rows {
			out[r] = candidate{l.value(t, r, "formula"), strings.Fields(l.value(t, r, "claim_id"))}
		}
	}
	return out
}

// followSwaps keeps the two columns of a binding that name claims together where a scenario changed one of them: claims that
// are exchanged in claim_id are exchanged in the formula, and the claims of a formula are those of claim_id. What stood there
// before becomes an alternative.
func (l *loader) followSwaps(before map[*rawRow]candidate) {
	t := l.tables["binding"]
	for _, r := range t.rows {
		old := before[r]
		ids, text := strings.Fields(l.value(t, r, "claim_id")), l.value(t, r, "formula")
		swapped, rewritten := !slices.Equal(ids, old.claims), text != old.formula
		switch {
		case swapped && !rewritten && text != "":
			text = l.swapIn(t, r, text, old.claims, ids)
		case rewritten && !swapped:
			ids = l.claimsFor(old, text)
		case !swapped && !rewritten:
			continue
		}
		gone := without(old.claims, ids)
		alts := append(without(strings.Fields(l.value(t, r, "alternative_claims")), ids), gone...)
		slices.Sort(alts)
		r.cells[t.Index("claim_id")] = strings.Join(ids, " ")
		r.cells[t.Index("formula")] = text
		r.cells[t.Index("alternative_claims")] = strings.Join(slices.Compact(alts), " ")
	}
}

// without are the words of a list that are not in another.
func without(list, gone []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(gone, s) })
}

// swapIn exchanges in a formula the claims that left a list for those that came, in their order.
func (l *loader) swapIn(t *rawTable, r *rawRow, text string, old, now []string) string {
	gone, came := without(old, now), without(now, old)
	used, _ := formula.Claims(text) // what is wrong with a text is reported when it is computed
	inFormula := slices.DeleteFunc(slices.Clone(gone), func(id string) bool { return !slices.Contains(used, id) })
	if len(inFormula) == 0 {
		return text
	}
	if len(gone) != len(came) {
		l.fail(t.place(r, t.Index("claim_id")), headroom.CodeImpossibleChange, "name as many as there were, in their order, or change the formula",
			"the change takes %s of the formula out of claim_id and puts %d in", plural(len(gone), "claim"), len(came))
		return text
	}
	for i, id := range gone {
		text = strings.ReplaceAll(text, "["+id+"]", "["+came[i]+"]")
	}
	return text
}

// plural counts things.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// claimsFor are the claims of a binding whose formula changed: those of the new formula, with those that the old one did not
// name but the binding had.
func (l *loader) claimsFor(old candidate, text string) []string {
	was, _ := formula.Claims(old.formula)
	now, _ := formula.Claims(text)
	ids := slices.Clone(now)
	for _, id := range without(old.claims, was) {
		if old.formula != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return old.claims
	}
	return ids
}
