package cli

import (
	"fmt"
	"math"
	"strings"

	"headroom"
	"headroom/document"
	"headroom/report"
)

// document is what the two sides are, and the difference of their objectives, without its tables.
func (d *difference) document() document.Comparison {
	side := func(s *side) document.Side {
		return document.Side{Name: s.name, Status: s.status, Objective: document.Number(s.value), Bound: document.Number(s.bound), Proof: s.proof}
	}
	proof := weakest([]headroom.Proof{d.a.proof, d.b.proof})
	return document.Comparison{
		Status: proof.Status, Stopped: proof.Stopped, Proof: proof, A: side(d.a), B: side(d.b), Currency: d.a.currency,
		Objective: document.Difference{
			Name: d.a.objective, Value: document.Number(d.value), Low: document.Number(d.low), High: document.Number(d.high), Why: d.why,
		},
	}
}

// tables are the differences as tables.
func (d *difference) tables() document.DifferenceTables {
	t := document.DifferenceTables{Inputs: changeRows(d.inputs), Decisions: changeRows(d.decisions)}
	for _, m := range d.money {
		t.Money = append(t.Money, document.MoneyRow{Org: m.org, Account: m.account, A: m.a, B: m.b, Difference: m.b - m.a})
	}
	return t
}

func changeRows(list []change) document.Rows[document.ChangeRow] {
	var out document.Rows[document.ChangeRow]
	for _, c := range list {
		out = append(out, document.ChangeRow{Table: c.table, Key: c.key, Column: c.column, A: c.a, B: c.b})
	}
	return out
}

// printDifference is the difference for people.
func (a *app) printDifference(d *difference) {
	for i, s := range []*side{d.a, d.b} {
		a.printf("%c  %s: %s, %s %s%s%s\n", 'A'+rune(i), clean(s.name), s.status, s.currency, short(s.value), report.Mark(s.proof), nearText(s))
	}
	if s := report.Legend(d.a.proof, d.b.proof); s != "" {
		a.printf("%s.\n", s)
	}
	for i, s := range []*side{d.a, d.b} {
		if s.deals != "" {
			a.printf("%c: %s\n", 'A'+rune(i), clean(s.deals))
		}
	}
	a.printf("\n")
	if d.why != "" {
		a.printf("The objectives cannot be compared: %s.\n\n", d.why)
	} else {
		a.printf("B less A: %s %s%s; %s.\n\n", d.a.currency, short(d.value), a.eitherMark(d), d.between())
	}
	a.printChanges("Inputs", d.inputs, "", "")
	a.printChanges("Decisions", d.decisions, report.Mark(d.a.proof), report.Mark(d.b.proof))
	if len(d.money) == 0 {
		a.printf("Money: no difference.\n")
		return
	}
	var rows [][]any
	for _, m := range d.money {
		rows = append(rows, []any{
			m.org, strings.ReplaceAll(m.account, "_", " "), asked(cell(m.a/1e6) + report.Mark(d.a.proof)), asked(cell(m.b/1e6) + report.Mark(d.b.proof)),
			asked(cell((m.b-m.a)/1e6) + a.eitherMark(d)),
		})
	}
	a.printf("Money, present value in millions\n\n")
	a.printTable([]string{"owner", "account", "A", "B", "B less A"}, rows)
}

// nearText says how near the plan of a side is to the best.
func nearText(s *side) string {
	if within := percent(s.proof.Gap); within != "-" && !s.proof.ByMoney {
		return ", within " + within + " of the best"
	}
	return ""
}

// eitherMark is the mark of a difference: that of the less firm side.
func (a *app) eitherMark(d *difference) string {
	return report.Mark(weakest([]headroom.Proof{d.a.proof, d.b.proof}))
}

// between says what is proved of the difference of the two best possible plans.
func (d *difference) between() string {
	if math.IsNaN(d.low) || math.IsInf(d.low, 0) || math.IsNaN(d.high) || math.IsInf(d.high, 0) {
		return "nothing is proved of the difference between the best possible plans"
	}
	return fmt.Sprintf("between the best possible plans it is proved to lie between %s and %s", short(d.low), short(d.high))
}

// printChanges prints cells that differ, with the marks of the two sides.
func (a *app) printChanges(title string, list []change, markA, markB string) {
	if len(list) == 0 {
		a.printf("%s: no difference.\n\n", title)
		return
	}
	var rows [][]any
	for _, c := range list {
		rows = append(rows, []any{c.table, c.key, c.column, shown(c.a) + markA, shown(c.b) + markB})
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
