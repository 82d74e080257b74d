package table

import (
	"maps"
	"math"
	"reflect"
	"slices"

	"headroom"
	"headroom/formula"
)

// Figures that are bound to claims are computed again where what they rest on moved: a claim or an assumption was put at
// another value, or a scenario changed a claim, a binding or an outturn. A figure of which nothing moved keeps the number that
// the files have, to its last digit.

// knowledge is what bound figures were computed from before anything moved.
type knowledge struct {
	values   *formula.Values
	claims   map[string]headroom.Claim
	replaced map[string]bool // claims that another supersedes or takes back
	bindings map[string]headroom.Binding
	outturns map[string]string // cells of the column units by key
}

// valued are the tables that package formula computes from.
var valued = []string{"source", "claim", "binding", "outturn", "fx_rate", "deflator"}

// known remembers what figures are computed from, before anything moves.
func (l *loader) known() *knowledge {
	copied := *l
	copied.findings, copied.quiet = nil, nil
	copied.asked, copied.describes, copied.fills = map[*rawRow]bool{}, map[string]bool{}, map[string]*rule{}
	copied.tables = maps.Clone(l.tables)
	if t := l.tables["outturn"]; t != nil {
		copied.tables["outturn"] = t.clone()
	}
	copied.assumeOutturns()
	return copied.knowledge()
}

// knowledge decodes what figures are computed from.
func (l *loader) knowledge() *knowledge {
	c := l.ledgerCase()
	k := &knowledge{
		values: formula.NewValues(c), claims: map[string]headroom.Claim{}, replaced: map[string]bool{}, bindings: map[string]headroom.Binding{}, outturns: map[string]string{},
	}
	for _, cl := range c.Claims {
		k.claims[cl.ID] = cl
		for _, id := range slices.Concat(cl.Supersedes, cl.Retracts) {
			k.replaced[id] = true
		}
	}
	for _, b := range c.Bindings {
		k.bindings[b.Key()] = b
	}
	if t := l.tables["outturn"]; t != nil {
		for key, r := range t.byKey {
			k.outturns[key] = r.cells[t.Index("units")]
		}
	}
	return k
}

// ledgerCase is a Case with the tables that figures are computed from, as they are now. What is wrong in their cells is
// reported when the case is decoded.
func (l *loader) ledgerCase() *headroom.Case {
	findings, hints := l.findings, l.hints
	c := &headroom.Case{}
	fields := slicesOf(reflect.ValueOf(c).Elem())
	for _, name := range valued {
		if t := l.tables[name]; t != nil {
			l.decodeTable(t, fields[name])
		}
	}
	l.findings, l.hints = findings, hints
	l.unitsOfBindings(c)
	return c
}

// clone copies a table with its rows.
func (t *rawTable) clone() *rawTable {
	out := *t
	out.rows, out.byKey = make([]*rawRow, len(t.rows)), make(map[string]*rawRow, len(t.byKey))
	for i, r := range t.rows {
		row := *r
		row.cells, row.label = slices.Clone(r.cells), slices.Clone(r.label)
		out.rows[i] = &row
		if t.byKey[r.key] == r {
			out.byKey[r.key] = &row
		}
	}
	return &out
}

// moveAll makes everything that moves figures, by the options and by the changes of the scenario, and computes again what rests
// on it. It reports false where there is no case to read.
func (l *loader) moveAll() ([]*rule, bool) {
	var before *knowledge
	if l.opt.AsOf != 0 {
		before = l.known()
		if !l.asOf(before) {
			return nil, false
		}
	}
	changes := l.changes()
	if before == nil && (len(l.opt.Moves) > 0 || slices.ContainsFunc(changes, func(u *rule) bool { return u.wanted && u.known() })) {
		before = l.known()
	}
	l.move()
	swaps := l.bindingCells()
	l.changeAll(changes, true)
	if before != nil && l.tables["binding"] != nil {
		l.followSwaps(swaps)
		l.revalue(before)
	}
	if l.then != nil {
		l.forgetWords()
	}
	return changes, true
}

// revalue computes the figures again whose claims, bindings or fits moved: the outturns first, then what rests on their fits.
func (l *loader) revalue(before *knowledge) {
	l.revalueIn(before, true)
	l.assumeOutturns()
	if l.then != nil {
		l.settleLost(true)
	}
	l.balance(before)
	l.revalueIn(before, false)
}

// revalueIn computes the figures of the outturns again, or all others.
func (l *loader) revalueIn(before *knowledge, outturns bool) {
	now := l.knowledge()
	for _, key := range slices.Sorted(maps.Keys(now.bindings)) {
		b := now.bindings[key]
		t := l.tables[b.Table]
		if (b.Table == "outturn") != outturns || t == nil || t.Index(b.Column) < 0 {
			continue
		}
		r, col := t.byKey[b.RowKey], t.Index(b.Column)
		switch {
		case r == nil || r.cells[col] == "":
		case l.then != nil:
			l.figureAsOf(before, now, t, r, col, b)
		case b.Kind != string(headroom.BasisCommitment):
			l.revalueFigure(before, now, t, r, col, b)
		}
	}
}

// revalueFigure computes one bound figure again. A figure of which the result is what it was keeps its cell.
func (l *loader) revalueFigure(before, now *knowledge, t *rawTable, r *rawRow, col int, b headroom.Binding) {
	v, err := now.values.Of(b)
	was := math.NaN()
	var wasErr error
	if old, ok := before.bindings[b.Key()]; ok {
		was, wasErr = before.values.Of(old)
	}
	switch {
	case err != nil && wasErr == nil:
		bt := l.tables["binding"]
		l.fail(bt.place(bt.byKey[b.Key()], bt.Index("formula")), headroom.CodeBrokenFormula, "move other claims with it, or bind the figure to others",
			"%s/%s/%s cannot be computed again: %v", b.Table, b.RowKey, b.Column, err)
	case err == nil && v != was:
		r.cells[col] = figureText(t.Columns[col], v)
	}
}

// figureText writes a figure in the form of its column.
func figureText(c *Column, v float64) string {
	switch c.Kind {
	case KindInt, KindYear:
		return formatNumber(math.Round(v))
	case KindPercent:
		return roundNumber(v) + "%"
	}
	return roundNumber(v)
}
