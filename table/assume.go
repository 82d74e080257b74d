package table

import (
	"slices"
	"sort"
	"strings"

	"headroom"
)

// rule is a row that acts on other rows: an assumption, or a change of a scenario.
type rule struct {
	t      *rawTable // the table it stands in
	row    *rawRow
	id     string
	target *rawTable
	sel    selector
	column int // of the target; -1 is every column of figures
	value  string
	wanted bool // a change that is made
}

// cell returns a cell of the rule's own row by column name.
func (u *rule) cell(name string) string { return u.row.cells[u.t.Index(name)] }

// place is where a cell of the rule stands.
func (u *rule) place(name string) headroom.Place { return u.t.place(u.row, u.t.Index(name)) }

// rules reads the rows of a table that name a table, a selector and a column, and reports those that name what is not there.
func (l *loader) rules(name string) []*rule {
	t := l.tables[name]
	if t == nil {
		return nil
	}
	var out []*rule
	for _, r := range t.rows {
		u := &rule{t: t, row: r, id: r.cells[0]}
		u.value = u.cell("value")
		if l.resolve(u) {
			out = append(out, u)
		}
	}
	return out
}

// resolve finds what a rule is about.
func (l *loader) resolve(u *rule) bool {
	name, column := u.cell("table"), u.cell("column")
	if name == "" || column == "" || u.value == "" && u.t.Name == "assumption" {
		return false // an empty cell is reported when the row is read
	}
	st := Lookup(name)
	if st == nil {
		l.fail(u.place("table"), headroom.CodeUnknownTable, didYouMean(name, tableNames(), "the tables are in the reference"), "there is no table %s", short(name))
		return false
	}
	u.column = st.Index(column)
	all := column == "*" && u.value == "*" && u.t.Name == "assumption"
	if u.column < 0 && !all {
		var names []string
		for _, c := range st.Columns {
			names = append(names, c.Name)
		}
		l.fail(u.place("column"), headroom.CodeUnknownColumn, didYouMean(column, names, "the columns are "+strings.Join(names, ", ")), "%s has no column %s", name, short(column))
		return false
	}
	if !all && st.Columns[u.column].Key {
		l.fail(u.place("column"), headroom.CodeImpossibleChange, "keys stay as they are", "%s is a key of %s", column, name)
		return false
	}
	sel, p := parseSelector(u.cell("selector"), st)
	if p != nil {
		l.fail(u.place("selector"), p.Code, p.Hint, "%s", p.Message)
		return false
	}
	u.sel, u.target = sel, l.tables[name]
	return true
}

// tableNames are the names of all tables.
func tableNames() []string {
	var out []string
	for _, t := range schema {
		out = append(out, t.Name)
	}
	return out
}

// assume fills empty cells from the assumptions and labels them. An assumption with more conditions goes before one with
// fewer; where two of as many conditions want different values the case is in doubt.
func (l *loader) assume() {
	rules := l.rules("assumption")
	l.assumeIn(rules, func(name string) bool { return !(l.early && name == "outturn") })
	if l.then != nil {
		l.settleLost(false)
		l.hindsight(rules)
		return
	}
	bound := l.boundCells()
	for _, u := range rules {
		if u.leavesOut() || l.asked[u.row] || l.opt.Scenario != "" || u.target != nil && u.target.broken || l.standsBy(u, bound) {
			continue
		}
		l.warn(u.place("assumption_id"), headroom.CodeUnusedRow, "check its selector, or delete it", "the assumption %s fills no cell", short(u.id))
	}
}

// leavesOut reports whether a rule says of a table that is not given that it is left out, and why.
func (u *rule) leavesOut() bool {
	return u.column < 0 && (u.target == nil || len(u.target.rows) == 0) && !Needed(u.cell("table"))
}

// standsBy reports whether all that an assumption picks is bound to claims: it fills these figures as of a day on which the
// claims were not known.
func (l *loader) standsBy(u *rule, bound map[string]bool) bool {
	if u.target == nil || u.column < 0 {
		return false
	}
	n := 0
	for _, r := range u.target.rows {
		if l.matches(u.sel, u.target, r) {
			n++
			if !bound[cellName(u.target.Table, r.key, u.column)] {
				return false
			}
		}
	}
	return n > 0
}

// assumeOutturns fills the outturns, which fits rest on, before the other tables.
func (l *loader) assumeOutturns() {
	l.early = true
	l.assumeIn(slices.Clone(l.quietRules()), func(name string) bool { return name == "outturn" })
}

// assumeIn lets the assumptions about some tables act in their order.
func (l *loader) assumeIn(rules []*rule, in func(table string) bool) {
	sort.SliceStable(rules, func(i, j int) bool { return rules[i].before(rules[j]) })
	for _, u := range rules {
		if u.target == nil || !in(u.target.Name) {
			continue
		}
		for _, r := range u.target.rows {
			if l.matches(u.sel, u.target, r) {
				l.assumeRow(u, r)
			}
		}
	}
}

// before is the order in which assumptions act: by the number of conditions, then by name.
func (u *rule) before(v *rule) bool {
	if len(u.sel) != len(v.sel) {
		return len(u.sel) > len(v.sel)
	}
	return u.id < v.id
}

// assumeRow lets an assumption act on one row. An assumption of the value that stands in the cell describes it.
func (l *loader) assumeRow(u *rule, r *rawRow) {
	assumed := &headroom.Label{Basis: headroom.BasisAssumption, Assumption: u.id}
	if u.value == "*" {
		l.describes[u.id] = true
		for i, c := range u.target.Columns {
			if (i == u.column || u.column < 0 && c.Numeric()) && r.cells[i] != "" && r.labelled(i).Basis == "" {
				r.setLabel(i, assumed, len(u.target.Columns))
				l.asked[u.row] = true
			}
		}
		return
	}
	cell := u.target.Name + "/" + r.key + "/" + u.target.Columns[u.column].Name
	by := l.fills[cell]
	switch {
	case r.cells[u.column] == "":
		r.cells[u.column] = u.value
		l.fills[cell] = u
	case by != nil && len(by.sel) == len(u.sel) && by.value != u.value:
		l.asked[u.row] = true
		l.fail(u.place("value"), headroom.CodeRivalAssumptions, "narrow one of the two selectors", "%s would be %s here and is %s by %s", cell, u.value, by.value, by.id)
		return
	case by != nil || r.labelled(u.column).Basis != "" || canonicalCell(u.target.Columns[u.column], r.cells[u.column]) != canonicalCell(u.target.Columns[u.column], u.value):
		return
	default:
		l.describes[u.id] = true
	}
	r.setLabel(u.column, assumed, len(u.target.Columns))
	l.asked[u.row] = true
}

// labelled is the label of what filled or changed a cell, if anything did.
func (r *rawRow) labelled(col int) headroom.Label {
	if r.label == nil || r.label[col] == nil {
		return headroom.Label{}
	}
	return *r.label[col]
}

// setLabel remembers what filled or changed a cell of a row of n columns. Rows may share a label.
func (r *rawRow) setLabel(col int, by *headroom.Label, n int) {
	if r.label == nil {
		r.label = make([]*headroom.Label, n)
	}
	r.label[col] = by
}

// evidential reports whether the numbers of a table are not figures of the plan.
func evidential(name string) bool { return slices.Contains(evidenceTables, name) }
