package table

import (
	"slices"

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
			if st == nil || op >= 0 && r.cells[op] == "multiply" {
				continue
			}
			at := st.Index(r.cells[t.Index("column")])
			if at < 0 || !st.Columns[at].amounts() {
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
