package table

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/evidence"
)

// balanceLabel begins the label of a total that was scaled because others of its year and group moved.
const balanceLabel = "balance:"

// balance brings the totals of a year and group, of which some moved, to one sum again, because a fit needs that: the total of
// all, or that of the vehicles where there is none. Of the vehicles and of the markets, the totals that rest on assumptions
// and did not move are scaled; where there are none of these, the others that did not move.
func (l *loader) balance(before *knowledge) {
	t := l.tables["outturn"]
	if t == nil {
		return
	}
	groups := map[string][]*rawRow{}
	moved := map[string]bool{}
	for _, r := range l.sorted(t) {
		year, group := l.value(t, r, "year"), l.value(t, r, "group")
		g := year + ":" + group
		groups[g] = append(groups[g], r)
		if r.cells[t.Index("units")] != before.outturns[r.key] {
			moved[g] = true
		}
	}
	for g := range moved {
		l.balanceGroup(t, groups[g], g, before)
	}
}

// balanceGroup is balance for the rows of one year and group.
func (l *loader) balanceGroup(t *rawTable, rows []*rawRow, group string, before *knowledge) {
	var vehicles, markets []*rawRow
	var grand *rawRow
	for _, r := range rows {
		vehicle, market := l.value(t, r, "vehicle"), l.value(t, r, "market")
		switch {
		case vehicle == "*" && market == "*":
			grand = r
		case market == "*":
			vehicles = append(vehicles, r)
		case vehicle == "*":
			markets = append(markets, r)
		}
	}
	if len(vehicles) == 0 || len(markets) == 0 {
		return
	}
	want := l.unitsOf(t, vehicles...)
	if grand != nil {
		want = l.unitsOf(t, grand)
	}
	for _, side := range [][]*rawRow{vehicles, markets} {
		l.scaleTo(t, side, want, group, before)
	}
}

// unitsOf sums the units of rows.
func (l *loader) unitsOf(t *rawTable, rows ...*rawRow) float64 {
	sum := 0.0
	for _, r := range rows {
		v, _ := parseNumber(r.cells[t.Index("units")]) // a cell that cannot be read is reported when it is decoded
		sum += v
	}
	return sum
}

// scaleTo scales some of the rows so that all sum to a number. Where that cannot be, the fit says so.
func (l *loader) scaleTo(t *rawTable, rows []*rawRow, want float64, group string, before *knowledge) {
	sum := l.unitsOf(t, rows...)
	if math.Abs(sum-want) <= evidence.SumTolerance*max(math.Abs(sum), math.Abs(want)) {
		return
	}
	col, bound := t.Index("units"), l.boundCells()
	still := slices.DeleteFunc(slices.Clone(rows), func(r *rawRow) bool { return r.cells[col] != before.outturns[r.key] })
	assumed := slices.DeleteFunc(slices.Clone(still), func(r *rawRow) bool {
		by := r.labelled(col)
		return by.Basis != headroom.BasisAssumption || strings.HasPrefix(by.Assumption, scenarioLabel) || bound[cellName(t.Table, r.key, col)]
	})
	for _, free := range [][]*rawRow{assumed, still} {
		part := l.unitsOf(t, free...)
		factor := (want - (sum - part)) / part
		if part == 0 || !(factor > 0) {
			continue
		}
		label := &headroom.Label{Basis: headroom.BasisAssumption, Assumption: balanceLabel + group}
		for _, r := range free {
			v, _ := parseNumber(r.cells[col])
			r.cells[col] = roundNumber(v * factor)
			r.setLabel(col, label, len(t.Columns))
		}
		return
	}
}

// followSwaps keeps the two columns of a binding that name claims together where a scenario changed one of them: claims that
// are exchanged in claim_id are exchanged in the formula, and the claims of a formula are those of claim_id. What stood there
// before becomes an alternative.
func (l *loader) followSwaps(before *knowledge) {
	t := l.tables["binding"]
	for _, r := range t.rows {
		old, ok := before.bindings[r.key]
		if !ok || t.byKey[r.key] != r {
			continue
		}
		ids, formula := strings.Fields(l.value(t, r, "claim_id")), l.value(t, r, "formula")
		swapped, rewritten := !slices.Equal(ids, old.Claims), formula != old.Formula
		switch {
		case swapped && !rewritten && formula != "":
			formula = l.swapIn(t, r, formula, old.Claims, ids)
		case rewritten && !swapped:
			ids = l.claimsFor(old, formula)
		case !swapped && !rewritten:
			continue
		}
		gone := without(old.Claims, ids)
		alts := append(without(strings.Fields(l.value(t, r, "alternative_claims")), ids), gone...)
		slices.Sort(alts)
		r.cells[t.Index("claim_id")] = strings.Join(ids, " ")
		r.cells[t.Index("formula")] = formula
		r.cells[t.Index("alternative_claims")] = strings.Join(slices.Compact(alts), " ")
	}
}

// without are the words of a list that are not in another.
func without(list, gone []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(gone, s) })
}

// swapIn exchanges in a formula the claims that left a list for those that came, in their order.
func (l *loader) swapIn(t *rawTable, r *rawRow, formula string, old, now []string) string {
	gone, came := without(old, now), without(now, old)
	used, _ := evidence.Claims(formula) // what is wrong with a formula is reported when it is computed
	inFormula := slices.DeleteFunc(slices.Clone(gone), func(id string) bool { return !slices.Contains(used, id) })
	if len(inFormula) == 0 {
		return formula
	}
	if len(gone) != len(came) {
		l.fail(t.place(r, t.Index("claim_id")), headroom.CodeImpossibleChange, "name as many as there were, in their order, or change the formula",
			"the change takes %s of the formula out of claim_id and puts %d in", plural(len(gone), "claim"), len(came))
		return formula
	}
	for i, id := range gone {
		formula = strings.ReplaceAll(formula, "["+id+"]", "["+came[i]+"]")
	}
	return formula
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
func (l *loader) claimsFor(old headroom.Binding, formula string) []string {
	was, _ := evidence.Claims(old.Formula)
	now, _ := evidence.Claims(formula)
	ids := slices.Clone(now)
	for _, id := range without(old.Claims, was) {
		if old.Formula != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return old.Claims
	}
	return ids
}
