package table

import (
	"slices"
	"strings"

	"headroom"
	"headroom/reading"
)

// written is a number in a row that acts on other rows: the value of an assumption or of a change.
type written struct {
	place headroom.Place
	cell  string
}

// ruleReadings reports values of assumptions and of changes whose point has two readings. They are numbers of the column that they
// are for, whose own cells and whose other values show what a point means there. What something is multiplied by is a rate.
func (l *loader) ruleReadings() {
	byColumn := map[*Column][]written{}
	points := map[*Column]*reading.Points{}
	var order []*Column
	for _, name := range []string{"assumption", "change"} {
		t := l.tables[name]
		if t == nil {
			continue
		}
		for _, r := range t.rows {
			st, op := Lookup(r.cells[t.Index("table")]), t.Index("op")
			if st == nil {
				continue
			}
			at := st.Index(r.cells[t.Index("column")])
			if at < 0 {
				continue
			}
			if op >= 0 {
				l.ruleValue(t, r, "value", st.Columns[at], r.cells[op])
			} else {
				for _, column := range figureTexts {
					l.ruleValue(t, r, column, st.Columns[at], "set")
				}
			}
			if !st.Columns[at].amounts() || op >= 0 && r.cells[op] == "multiply" {
				continue
			}
			c := st.Columns[at]
			if points[c] == nil {
				points[c], order = l.pointsOf(st, at), append(order, c)
			}
			for _, column := range figureTexts {
				if i := t.Index(column); i >= 0 && r.cells[i] != "" {
					points[c].Add(r.cells[i])
					byColumn[c] = append(byColumn[c], written{t.place(r, i), r.cells[i]})
				}
			}
		}
	}
	for _, c := range order {
		for _, w := range byColumn[c] {
			l.doubt(w.place, *points[c], w.cell, c)
		}
	}
}

// ruleValue reports a value of a change or of an assumption, or the low or high of one, that is no number where its column has
// numbers, whether its scenario is asked for or not. Such a change is not made.
func (l *loader) ruleValue(t *rawTable, r *rawRow, column string, c *Column, op string) {
	i := t.Index(column)
	if i < 0 {
		return
	}
	text := strings.TrimSpace(r.cells[i])
	if text == "" || text == "*" && t.Name == "assumption" || !c.Numeric() || c.List {
		return
	}
	var p *problem
	switch {
	case op == "multiply" || op == "add" && c.Kind == KindPercent:
		_, p = reading.Number(strings.TrimSuffix(text, "%"), reading.Rate)
	case c.Kind == KindPercent:
		_, p = parsePercent(text, c.Unit)
	default:
		_, p = reading.Number(text, c.numbers())
	}
	if p != nil {
		l.failProblem(t.place(r, i), p)
		l.broken[r] = true
	}
}

// pointsOf is what the cells of a column of the case show of its points.
func (l *loader) pointsOf(t *Table, at int) *reading.Points {
	p := &reading.Points{}
	if rt := l.tables[t.Name]; rt != nil {
		for _, r := range rt.rows {
			p.Add(r.cells[at])
		}
	}
	return p
}

// prose are the columns of text that people read and nothing is looked up by.
var prose = []string{"name", "title", "note", "reason", "legal_ref", "locator", "publisher", "url", "published_on", "owner", "entered_by", "chosen_because", "formula", "fallbacks", "as_is"}

// letters reports texts that things are looked up by, in which a letter looks like another or is not seen. Claims are looked at when
// they are entered and by their own rules. In prose only what turns the direction of writing is told.
func (l *loader) letters() {
	for _, t := range schema {
		rt := l.tables[t.Name]
		if rt == nil || t.Name == "claim" {
			continue
		}
		for i, c := range t.Columns {
			if c.Kind != KindText {
				continue
			}
			for _, r := range rt.rows {
				switch what, plain := reading.Deceptive(r.cells[i]); {
				case r.cells[i] == "" || what == "":
				case !slices.Contains(prose, c.Name):
					l.fail(rt.place(r, i), headroom.CodeConfusableLetter, "write "+short(plain), "%s %s", short(r.cells[i]), what)
				case reading.Turns(r.cells[i]):
					l.warn(rt.place(r, i), headroom.CodeConfusableLetter, "delete it", "the text has a character that turns the direction of writing: a reader sees another text than is there")
				}
			}
		}
	}
}
