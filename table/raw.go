package table

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
)

// rawRow is a row whose cells are still text, in the order of the schema's columns.
type rawRow struct {
	line  int
	lines []int // of each cell, in case.yaml
	cells []string
	key   string            // effective key columns joined by colons
	label []*headroom.Label // of the cells that an assumption or a scenario filled; nil where nothing did
}

// rawTable is a table whose cells are still text.
type rawTable struct {
	*Table
	columns []int // schema column of each file column, -1 where there is none
	rows    []*rawRow
	byKey   map[string]*rawRow
	absent  map[int]bool // columns that are reported as missing
	broken  bool         // some rows are missing because of errors
}

// place is where a cell stands.
func (t *rawTable) place(r *rawRow, col int) headroom.Place {
	p := headroom.Place{File: t.File(), Row: r.line}
	if col >= 0 {
		p.Column = t.Columns[col].Name
		if r.lines != nil {
			p.Row = r.lines[col]
		}
	}
	return p
}

// maxHints is how often a loader looks for what a misspelt key may mean.
const maxHints = 200

// loader collects what is read and what is wrong with it.
type loader struct {
	opt       LoadOptions
	findings  []headroom.Finding
	tables    map[string]*rawTable
	hints     int
	quiet     []*rule          // the assumptions as they stand, while a scenario is made
	asked     map[*rawRow]bool // assumptions that filled or described something
	describes map[string]bool  // assumptions that describe cells and fill none
	fills     map[string]*rule // the assumption that filled a cell
	early     bool             // the outturns were filled before the other tables
	then      *then            // what was known on the day as of which the case is read; nil for all
}

// report adds a finding.
func (l *loader) report(f headroom.Finding) { l.findings = append(l.findings, f) }

// fail adds an error.
func (l *loader) fail(p headroom.Place, code, hint, format string, args ...any) {
	l.report(headroom.Finding{Severity: headroom.SeverityError, Code: code, Place: p, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// warn adds a warning.
func (l *loader) warn(p headroom.Place, code, hint, format string, args ...any) {
	l.report(headroom.Finding{Severity: headroom.SeverityWarning, Code: code, Place: p, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// effective is a cell or, where it is empty, its default.
func (l *loader) effective(t *rawTable, r *rawRow, col int) string {
	if r.cells[col] != "" {
		return r.cells[col]
	}
	def := t.Columns[col].Default
	name, isRef := strings.CutPrefix(def, "=")
	if !isRef {
		return def
	}
	if i := t.Index(name); i >= 0 && i != col {
		return l.effective(t, r, i)
	}
	if c := l.tables[caseTable]; c != nil && len(c.rows) == 1 {
		if i := c.Index(name); i >= 0 {
			return c.rows[0].cells[i]
		}
	}
	return ""
}

// addTable makes a raw table of the records of a CSV file.
func (l *loader) addTable(t *Table, records []record, whole bool) {
	rt := &rawTable{Table: t, byKey: make(map[string]*rawRow, len(records)), absent: map[int]bool{}, broken: !whole}
	l.tables[t.Name] = rt
	if len(records) == 0 {
		if whole {
			l.fail(headroom.Place{File: t.File()}, headroom.CodeMissingColumn, "the first row has the names of the columns", "the file is empty")
		}
		rt.broken = true
		return
	}
	factors := l.readHeader(rt, records[0])
	for _, rec := range records[1:] {
		r := &rawRow{line: rec.line, cells: make([]string, len(t.Columns))}
		for i, text := range rec.cells {
			if i >= len(rt.columns) || rt.columns[i] < 0 {
				continue
			}
			c := rt.columns[i]
			if factors[i] != 1 {
				text = convert(text, factors[i])
			}
			if t.Columns[c].Kind != KindText && !t.Columns[c].Key {
				text = strings.TrimSpace(text)
			}
			r.cells[c] = text
		}
		rt.rows = append(rt.rows, r)
	}
}

// readHeader finds the schema column of each file column and by what its cells are multiplied.
func (l *loader) readHeader(t *rawTable, rec record) (factors []float64) {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	seen := map[int]bool{}
	for i, head := range rec.cells {
		name, unit, hasUnit := strings.Cut(head, "[")
		name = strings.TrimSpace(name)
		p := headroom.Place{File: t.File(), Row: rec.line, Column: name}
		c, factor := t.Index(name), 1.0
		switch {
		case c < 0 && strings.Contains(name, ";") && len(rec.cells) == 1:
			l.fail(headroom.Place{File: t.File(), Row: rec.line}, headroom.CodeUnknownColumn, "separate the columns by commas", "the columns are separated by semicolons")
		case c < 0 && name == "":
			l.fail(p, headroom.CodeUnknownColumn, "give it a name or delete it", "column %d has no name", i+1)
		case c < 0:
			l.fail(p, headroom.CodeUnknownColumn, didYouMean(name, names, "the columns are "+strings.Join(names, ", ")), "%s has no column %s", t.Name, short(name))
		case seen[c]:
			l.fail(p, headroom.CodeDuplicateColumn, "delete one of the two", "the column stands twice")
			c = -1
		case hasUnit:
			factor = l.headerUnit(t, p, t.Columns[c], strings.TrimSuffix(strings.TrimSpace(unit), "]"))
		}
		if c >= 0 {
			seen[c] = true
		}
		t.columns = append(t.columns, c)
		factors = append(factors, factor)
	}
	for i, c := range t.Columns {
		if c.Required && c.Default == "" && !seen[i] || c.Key && c.Required && !seen[i] {
			l.fail(headroom.Place{File: t.File(), Row: rec.line, Column: c.Name}, headroom.CodeMissingColumn, "add the column "+c.Name, "%s", missingColumn(c))
			t.absent[i] = true
			t.broken = t.broken || c.Key && c.Default == ""
		}
	}
	return factors
}

// missingColumn says what a column that is not there would be.
func missingColumn(c *Column) string {
	s := "a column is missing: " + c.Text
	if c.Unit != "" {
		s += " [" + c.Unit + "]"
	}
	return s
}

// headerUnit returns the factor of a unit that a header names; the currency of money may be named where it is the case's.
func (l *loader) headerUnit(t *rawTable, p headroom.Place, c *Column, unit string) float64 {
	want := c.Unit
	if base := l.baseCurrency(); base != "" && !slices.Contains(strings.Split(unit, "/"), "ccy") {
		unit = strings.ReplaceAll(unit, base, "ccy")
		unit = strings.TrimSpace(strings.TrimPrefix(unit, "ccy "))
	}
	if want != "" && c.Numeric() {
		if f, ok := unitFactor(unit, want); ok {
			return f
		}
	}
	if want == "" {
		l.fail(p, headroom.CodeWrongUnit, "write the column without a unit", "the column has no unit, and the header says %s", short(unit))
	} else {
		l.fail(p, headroom.CodeWrongUnit, "give the figures in "+want, "the column is in %s, and the header says %s", want, short(unit))
	}
	return 1
}

// baseCurrency is the base currency as written in case.yaml.
func (l *loader) baseCurrency() string {
	c := l.tables[caseTable]
	if c == nil || len(c.rows) == 0 {
		return ""
	}
	return c.rows[0].cells[c.Index("base_currency")]
}

// checkKeys gives each row its key and reports keys that cannot be told apart.
func (l *loader) checkKeys(t *rawTable) {
	near := map[string]*rawRow{}
	for _, r := range t.rows {
		parts := make([]string, len(t.Keys))
		for i, c := range t.Keys {
			parts[i] = canonicalKey(t.Columns[c], l.effective(t, r, c))
		}
		r.key = strings.Join(parts, ":")
		first, dup := t.byKey[r.key]
		if dup {
			l.fail(t.place(r, t.Keys[0]), headroom.CodeDuplicateKey, "delete one of the two or give it another key", "the key %s stands in row %d, too", short(r.key), first.line)
			continue
		}
		t.byKey[r.key] = r
		if len(t.Keys) > 1 || t.Columns[t.Keys[0]].Kind != KindID || r.key == "" {
			continue
		}
		f := folded(r.key)
		if other := near[f]; other != nil {
			l.fail(t.place(r, t.Keys[0]), headroom.CodeConfusableKey, "give them keys that a reader can tell apart, or the same", "the key %s looks like %s in row %d", short(r.key), short(other.key), other.line)
		} else {
			near[f] = r
		}
	}
}

// canonicalKey makes the forms of one key cell equal.
func canonicalKey(c *Column, cell string) string {
	switch c.Kind {
	case KindDateFrom, KindDateTo:
		if d, err := headroom.ParseDate(cell, c.Kind == KindDateTo); err == nil {
			return d.String()
		}
	case KindInt:
		if v, p := parseNumber(cell); p == nil {
			return formatNumber(v)
		}
	}
	return cell
}
