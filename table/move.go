package table

import (
	"slices"

	"headroom"
)

// move puts claims and assumptions at the values that the options ask for.
func (l *loader) move() {
	for _, m := range l.opt.Moves {
		name, id := "claim", m.Claim
		if m.Assumption != "" {
			name, id = "assumption", m.Assumption
		}
		place := headroom.Place{File: Lookup(name).File()}
		t := l.tables[name]
		if t == nil || t.byKey[id] == nil {
			l.fail(place, headroom.CodeUnknownMove, didYouMean(id, t.keys(), "the first column of the table has the names"), "there is no %s %s to move", name, short(id))
			continue
		}
		r := t.byKey[id]
		if _, p := parseNumber(trimPercent(m.Value)); p != nil {
			l.fail(t.place(r, t.Index("value")), p.Code, p.Hint, "%s cannot be moved: %s", id, p.Message)
			continue
		}
		if name == "claim" {
			r.cells[t.Index("value")] = m.Value
		} else {
			l.moveAssumption(t, r, m.Value)
		}
	}
}

// trimPercent is a number without the sign of a percentage.
func trimPercent(s string) string {
	if n := len(s); n > 0 && s[n-1] == '%' {
		return s[:n-1]
	}
	return s
}

// moveAssumption gives an assumption another value, and the cells that it describes with it: those that stand in the files
// and that nothing else explains.
func (l *loader) moveAssumption(t *rawTable, r *rawRow, value string) {
	rules := slices.Clone(l.quietRules())
	i := slices.IndexFunc(rules, func(u *rule) bool { return u.row == r })
	if i < 0 {
		return // what is wrong with it is reported when it should fill
	}
	u := rules[i]
	if u.column < 0 {
		l.fail(t.place(r, t.Index("column")), headroom.CodeUnknownMove, "move the assumptions of single columns", "%s describes several columns and has no value that could move", u.id)
		return
	}
	bound := l.boundCells()
	describes := func(v *rule, to *rawRow) bool {
		cell := to.cells[u.column]
		return v.target == u.target && v.column == u.column && l.matches(v.sel, v.target, to) &&
			(v.value == "*" || canonicalCell(u.target.Columns[u.column], cell) == canonicalCell(u.target.Columns[u.column], v.value))
	}
	if u.target != nil {
		for _, to := range u.target.rows {
			if to.cells[u.column] == "" || !describes(u, to) || bound[cellName(u.target.Table, to.key, u.column)] {
				continue
			}
			if !slices.ContainsFunc(rules, func(v *rule) bool { return v != u && v.before(u) && describes(v, to) }) {
				to.cells[u.column] = value
			}
		}
	}
	r.cells[t.Index("value")] = value
	l.quiet = nil
}

// cellName is table/key/column.
func cellName(t *Table, key string, col int) string {
	return headroom.Ref{Table: t.Name, Key: key, Column: t.Columns[col].Name}.String()
}

// boundCells are the figures that are bound to claims.
func (l *loader) boundCells() map[string]bool {
	out := map[string]bool{}
	if t := l.tables["binding"]; t != nil {
		for _, r := range t.rows {
			out[headroom.Ref{Table: l.value(t, r, "table"), Key: l.value(t, r, "row_key"), Column: l.value(t, r, "column")}.String()] = true
		}
	}
	return out
}
