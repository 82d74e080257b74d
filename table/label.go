package table

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"headroom"
)

// fillLabels says of every figure of the case what it rests on: the binding of its cell, the assumption or the scenario
// that filled it, or nothing.
func (l *loader) fillLabels(c *headroom.Case) {
	rows := 0
	for _, t := range l.tables {
		if !evidential(t.Name) {
			rows += len(t.rows)
		}
	}
	c.Labels = make(map[headroom.Ref]headroom.Label, rows)
	for _, t := range l.tables {
		if evidential(t.Name) {
			continue
		}
		for _, r := range t.rows {
			if t.byKey[r.key] != r || l.dropped(t, r) {
				continue
			}
			for i, col := range t.Columns {
				by := r.labelled(i)
				ref := headroom.Ref{Table: t.Name, Key: r.key, Column: col.Name}
				switch {
				case r.cells[i] == "":
				case by.Basis != "":
					c.Labels[ref] = by
				case col.Numeric():
					c.Labels[ref] = headroom.Label{Basis: headroom.BasisNone}
				}
			}
		}
	}
	l.labelBindings(c)
}

// labelBindings lets the bindings say what their cells rest on, unless something else filled the cell.
func (l *loader) labelBindings(c *headroom.Case) {
	l.unitsOfBindings(c)
	for _, b := range c.Bindings {
		ref := headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}
		t := l.tables[b.Table]
		if t == nil || t.byKey[b.RowKey] == nil || t.Index(b.Column) < 0 || l.dropped(t, t.byKey[b.RowKey]) {
			continue
		}
		if t.byKey[b.RowKey].labelled(t.Index(b.Column)).Basis == "" || l.describes[c.Labels[ref].Assumption] {
			c.Labels[ref] = headroom.Label{Basis: headroom.Basis(b.Kind), Claims: b.Claims}
		}
	}
}

// checkBindings reports bindings of cells that are not there.
func (l *loader) checkBindings(c *headroom.Case) {
	bt := l.tables["binding"]
	if bt == nil {
		return
	}
	for _, r := range bt.rows {
		name, key, column := r.cells[bt.Index("table")], r.cells[bt.Index("row_key")], r.cells[bt.Index("column")]
		st, t := Lookup(name), l.tables[name]
		switch {
		case name == "" || key == "" || column == "":
		case st == nil || evidential(name):
			l.fail(bt.place(r, bt.Index("table")), headroom.CodeUnknownTable, didYouMean(name, tableNames(), "the tables are in the reference"), "there is no table %s with figures", short(name))
		case st.Index(column) < 0:
			l.fail(bt.place(r, bt.Index("column")), headroom.CodeDanglingKey, "name a column of the table", "%s has no column %s", name, short(column))
		case t == nil || t.byKey[key] == nil && !t.broken:
			l.fail(bt.place(r, bt.Index("row_key")), headroom.CodeDanglingKey, didYouMean(key, t.keys(), "the key is the key columns joined by colons"), "%s has no row %s", name, short(key))
		case t.byKey[key] != nil && t.byKey[key].cells[st.Index(column)] == "":
			l.warn(bt.place(r, bt.Index("column")), headroom.CodeUnusedRow, "fill the cell in, or delete the binding", "%s/%s/%s is empty", name, key, column)
		}
	}
}

// hash is the SHA-256 of what the files say, whatever the order of rows and columns, with the options.
func (l *loader) hash() string {
	h := sha256.New()
	var b []byte
	for _, st := range schema {
		t := l.tables[st.Name]
		if t == nil {
			continue
		}
		b = append(append(b[:0], st.Name...), '\n')
		for _, r := range l.sorted(t) {
			for i, cell := range r.cells {
				if cell != "" {
					b = append(append(b, st.Columns[i].Name...), '=')
					b = append(strconv.AppendQuote(b, canonicalCell(st.Columns[i], cell)), ',')
				}
			}
			b = append(b, '\n')
		}
		_, _ = h.Write(b) // a hash does not fail
	}
	with := slices.Clone(l.opt.With)
	slices.Sort(with)
	_, _ = fmt.Fprintf(h, "scenario=%q with=%q\n", l.opt.Scenario, strings.Join(with, ","))
	if l.opt.AsOf != 0 {
		_, _ = fmt.Fprintf(h, "as_of=%s\n", l.opt.AsOf)
	}
	for _, m := range l.opt.Moves {
		_, _ = fmt.Fprintf(h, "move claim=%q assumption=%q value=%q\n", m.Claim, m.Assumption, m.Value)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// canonicalCell is the shortest form of a cell.
func canonicalCell(c *Column, cell string) string {
	if c.List {
		words := strings.Fields(cell)
		for i, w := range words {
			words[i] = canonicalWord(c, w)
		}
		return strings.Join(words, " ")
	}
	return canonicalWord(c, cell)
}

// canonicalWord is the shortest form of a word that can be read, and the word itself otherwise.
func canonicalWord(c *Column, s string) string {
	switch c.Kind {
	case KindNumber, KindInt, KindYear:
		if v, p := parseNumber(s); p == nil {
			return c.format(v)
		}
	case KindPercent:
		text, signed := strings.CutSuffix(strings.TrimSpace(s), "%")
		v, p := parseNumber(text)
		if p != nil {
			return s
		}
		if _, doubt := parsePercent(formatNumber(v), c.Unit); doubt != nil && signed {
			return formatNumber(v) + "%"
		}
		return formatNumber(v)
	case KindBool:
		if v, p := parseBool(s); p == nil {
			if v == true {
				return "yes"
			}
			return "no"
		}
	}
	return s
}
