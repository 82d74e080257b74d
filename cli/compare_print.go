package cli

import (
	"strings"

	"headroom"
)

// head is what the two sides are, and the difference of their objectives.
func (d *difference) head() object {
	head := func(s *side) object {
		return object{{"name", s.name}, {"status", string(s.status)}, {"objective", s.value}, {"bound", s.bound}}
	}
	objective := object{{"name", d.a.objective}, {"difference", d.value}, {"low", d.low}, {"high", d.high}}
	if d.why != "" {
		objective = append(objective, member{"why", d.why})
	}
	return object{{"a", head(d.a)}, {"b", head(d.b)}, {"currency", d.a.currency}, {"objective", objective}}
}

// tables are the differences as tables.
func (d *difference) tables() []grid {
	money := grid{name: "money", columns: []string{"org", "account", "a", "b", "difference"}}
	for _, m := range d.money {
		money.rows = append(money.rows, []any{m.org, m.account, m.a, m.b, m.b - m.a})
	}
	return []grid{changeGrid("inputs", d.inputs), changeGrid("decisions", d.decisions), money}
}

// members are the tables as members of the document.
func (d *difference) members() object { return tablesObject(d.tables()) }

func changeGrid(name string, list []change) grid {
	g := grid{name: name, columns: []string{"table", "key", "column", "a", "b"}}
	for _, c := range list {
		g.rows = append(g.rows, []any{c.table, c.key, c.column, c.a, c.b})
	}
	return g
}

// printDifference is the difference for people.
func (a *app) printDifference(d *difference) {
	a.printf("A  %s: %s, %s %s\nB  %s: %s, %s %s\n\n", clean(d.a.name), d.a.status, d.a.currency, short(d.a.value), clean(d.b.name), d.b.status, d.b.currency, short(d.b.value))
	if d.why != "" {
		a.printf("The objectives cannot be compared: %s.\n\n", d.why)
	} else {
		a.printf("B less A: %s %s; between the best possible plans it is proved to lie between %s and %s.\n\n", d.a.currency, short(d.value), short(d.low), short(d.high))
	}
	a.printChanges("Inputs", d.inputs)
	a.printChanges("Decisions", d.decisions)
	if len(d.money) == 0 {
		a.printf("Money: no difference.\n")
		return
	}
	var rows [][]any
	for _, m := range d.money {
		rows = append(rows, []any{m.org, strings.ReplaceAll(m.account, "_", " "), m.a / 1e6, m.b / 1e6, (m.b - m.a) / 1e6})
	}
	a.printf("Money, present value in millions\n\n")
	a.printTable([]string{"owner", "account", "A", "B", "B less A"}, rows)
}

func (a *app) printChanges(title string, list []change) {
	if len(list) == 0 {
		a.printf("%s: no difference.\n\n", title)
		return
	}
	var rows [][]any
	for _, c := range list {
		rows = append(rows, []any{c.table, c.key, c.column, shown(c.a), shown(c.b)})
	}
	a.printf("%s\n\n", title)
	a.printTable([]string{"table", "key", "column", "A", "B"}, rows)
	a.printf("\n")
}

// shown is a cell that may be missing.
func shown(v any) string {
	switch v := v.(type) {
	case nil:
		return "-"
	case []string:
		return strings.Join(v, " ")
	case headroom.Date:
		return v.String()
	}
	return cell(v)
}
