package table

import (
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/formula"
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
	if math.Abs(sum-want) <= formula.SumTolerance*max(math.Abs(sum), math.Abs(want)) {
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
