package table

import (
	"slices"
	"sort"

	"headroom"
)

// scenarioLabel begins the label of a cell that a scenario changed.
const scenarioLabel = "scenario:"

// lineage returns a scenario with its parents, the oldest first.
func (l *loader) lineage(id string) []string {
	t := l.tables["scenario"]
	place := headroom.Place{File: "scenario.csv"}
	var out []string
	for seen := map[string]bool{}; id != ""; {
		if t == nil || t.byKey[id] == nil {
			if len(out) == 0 {
				l.fail(place, headroom.CodeUnknownScenario, didYouMean(id, t.keys(), "the scenarios are the rows of scenario.csv")+listed(t.keys()), "there is no scenario %s", short(id))
			}
			break // a parent that is not there is a dangling key
		}
		r := t.byKey[id]
		if seen[id] {
			break // parents says so
		}
		seen[id] = true
		out = append([]string{id}, out...)
		id = r.cells[t.Index("parent")]
	}
	return out
}

// parents reports each circle of scenarios and their parents once, whichever scenario is asked for.
func (l *loader) parents() {
	t := l.tables["scenario"]
	if t == nil {
		return
	}
	at, told := t.Index("parent"), map[*rawRow]bool{}
	rows := t.rows
	if r := t.byKey[l.opt.Scenario]; r != nil { // the circle is told of the scenario that is asked for
		rows = append([]*rawRow{r}, rows...)
	}
	for _, r := range rows {
		seen := map[*rawRow]bool{}
		for s := r; s != nil && !told[s]; s = t.byKey[s.cells[at]] {
			if seen[s] {
				l.fail(t.place(s, at), headroom.CodeCircularParents, "a scenario cannot come before itself", "the parents of %s lead back to it", short(s.key))
				break
			}
			seen[s] = true
		}
		for s := range seen {
			told[s] = true
		}
	}
}

// keys are the keys of a table that may be missing.
func (t *rawTable) keys() []string {
	if t == nil {
		return nil
	}
	var out []string
	for _, r := range t.rows {
		out = append(out, r.key)
	}
	return out
}

// knownTables are the tables that figures are computed from. Scenarios change them before they change figures.
var knownTables = []string{"claim", "binding", "outturn", "assumption"}

// changes are the changes of all scenarios, in their order; those of the wanted scenario and its parents are marked.
func (l *loader) changes() []*rule {
	rules := l.rules("change")
	order := func(u *rule) float64 { v, _ := parseNumber(u.cell("order")); return v }
	sort.SliceStable(rules, func(i, j int) bool {
		a, b := rules[i], rules[j]
		if order(a) != order(b) {
			return order(a) < order(b)
		}
		return a.row.key < b.row.key
	})
	if l.opt.Scenario == "" {
		return rules
	}
	line := l.lineage(l.opt.Scenario)
	for _, u := range rules {
		u.wanted = slices.Contains(line, u.id)
	}
	at := func(u *rule) int { // a parent's changes come before its child's
		if u.wanted {
			return slices.Index(line, u.id)
		}
		return len(line)
	}
	sort.SliceStable(rules, func(i, j int) bool { return at(rules[i]) < at(rules[j]) })
	return rules
}

// known reports whether a rule is about what figures are computed from.
func (u *rule) known() bool { return slices.Contains(knownTables, u.cell("table")) }

// changeAll makes the changes of the wanted scenario and looks at those of the others: those of what figures are computed
// from, or those of the figures.
func (l *loader) changeAll(rules []*rule, known bool) {
	for _, u := range rules {
		if u.known() == known {
			l.change(u, u.wanted)
		}
	}
}

// change makes a change, or only looks whether there is a row for it.
func (l *loader) change(u *rule, do bool) {
	n := 0
	do = do && !l.broken[u.row]
	if u.target != nil {
		for _, r := range u.target.rows {
			if !l.matches(u.sel, u.target, r) {
				continue
			}
			n++
			if do && !l.changeCell(u, r) {
				return
			}
		}
		if u.target.broken {
			return
		}
	}
	switch {
	case n > 0 || l.then != nil && !do:
	case l.then != nil:
		l.fail(u.place("selector"), headroom.CodeLaterClaim, "choose a later day, or another scenario", "the change of %s picks no row of %s: what it is about was not known as of %s", u.id, u.cell("table"), l.then.day)
	default:
		l.warn(u.place("selector"), headroom.CodeUnusedRow, "check its selector, or delete it", "the change of %s picks no row of %s", u.id, u.cell("table"))
	}
}

// changeCell changes one cell; it reports whether it could.
func (l *loader) changeCell(u *rule, r *rawRow) bool {
	t, c := u.target, u.target.Columns[u.column]
	if t.Name == "assumption" {
		l.quiet = nil
	}
	op := u.cell("op")
	if op == "" || op == "set" {
		r.cells[u.column] = u.value
		r.setLabel(u.column, u.changeLabel(), len(t.Columns))
		return true
	}
	by, p := parseNumber(u.value)
	if p != nil {
		l.fail(u.place("value"), p.Code, p.Hint, "%s", p.Message)
		return false
	}
	if c.List || !c.Numeric() && c.Kind != KindText && c.Kind != KindInt && c.Kind != KindYear {
		l.fail(u.place("op"), headroom.CodeImpossibleChange, "use set", "%s of %s is not a number", c.Name, t.Name)
		return false
	}
	cell := l.effective(t, r, u.column)
	if cell == "" {
		cell = l.assumed(t, r, u.column)
	}
	sign := ""
	if n := len(cell); n > 0 && cell[n-1] == '%' {
		cell, sign = cell[:n-1], "%"
	}
	v, p := parseNumber(cell)
	if p != nil {
		l.fail(u.place("column"), headroom.CodeImpossibleChange, "narrow its selector, or use set", "%s/%s/%s is %s and cannot be changed by %s", t.Name, r.key, c.Name, short(cell), op)
		return false
	}
	if op == "add" {
		v += by
	} else {
		v *= by
	}
	if c.Kind == KindPercent {
		sign = "%" // it was looked at before it was changed
	}
	r.cells[u.column] = roundNumber(v) + sign
	r.setLabel(u.column, u.changeLabel(), len(t.Columns))
	return true
}

// changeLabel is what a changed cell rests on: a scenario is an assumption unless it names a claim.
func (u *rule) changeLabel() *headroom.Label {
	if claim := u.cell("claim"); claim != "" {
		return &headroom.Label{Basis: headroom.BasisFact, Claims: []string{claim}}
	}
	return &headroom.Label{Basis: headroom.BasisAssumption, Assumption: scenarioLabel + u.id}
}

// assumed is what the assumptions would fill a cell with, or "".
func (l *loader) assumed(t *rawTable, r *rawRow, col int) string {
	best := (*rule)(nil)
	for _, u := range l.quietRules() {
		if u.target == t && u.column == col && u.value != "*" && (best == nil || u.before(best)) && l.matches(u.sel, t, r) {
			best = u
		}
	}
	if best == nil {
		return ""
	}
	l.asked[best.row] = true
	return best.value
}

// quietRules are the assumptions as they stand now; what is wrong with them is reported later.
func (l *loader) quietRules() []*rule {
	if l.quiet == nil {
		n := len(l.findings)
		l.quiet = l.rules("assumption")
		l.findings = l.findings[:n]
	}
	return l.quiet
}
