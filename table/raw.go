package table

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
	"headroom/reading"
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
	broken    map[*rawRow]bool // changes whose value cannot be read
	early     bool             // the outturns were filled before the other tables
	then      *then            // what was known on the day as of which the case is read; nil for all
}

// report adds a finding.
func (l *loader) report(f headroom.Finding) { l.findings = append(l.findings, f) }

// fail adds an error.
func (l *loader) fail(p headroom.Place, code, hint, format string, args ...any) {
	l.report(headroom.Finding{Severity: headroom.SeverityError, Code: code, Place: p, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// failProblem adds what is wrong with a cell as an error.
func (l *loader) failProblem(p headroom.Place, why *problem) {
	l.report(headroom.Finding{Severity: headroom.SeverityError, Code: why.Code, Place: p, Message: why.Message, Hint: why.Hint, Alike: why.Alike})
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
	if i := t.titleRow(firstCells(records)); i > 0 {
		l.failProblem(headroom.Place{File: t.File(), Row: records[0].line}, titleProblem(records[i].line))
		rt.broken = true
		return
	}
	factors := l.readHeader(rt, records)
	l.readings(rt, records, factors)
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

// firstCells are the cells of the first rows.
func firstCells(records []record) [][]string {
	var out [][]string
	for _, r := range records[:min(len(records), headerRows)] {
		out = append(out, r.cells)
	}
	return out
}

// readHeader finds the schema column of each file column and by what its cells are multiplied. A column without a name and
// without cells, as spreadsheets leave behind a table, is nothing.
func (l *loader) readHeader(t *rawTable, records []record) (factors []float64) {
	rec := records[0]
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	seen, meant := map[int]bool{}, map[string]bool{}
	wide := l.sideBySide(t, rec.cells)
	if wide != nil {
		l.wideTable(t, rec.line, wide)
	}
	for i, head := range rec.cells {
		name, unit, hasUnit := strings.Cut(head, "[")
		name = strings.TrimSpace(name)
		p := headroom.Place{File: t.File(), Row: rec.line, Column: name}
		c, factor := t.Index(name), 1.0
		switch {
		case c < 0 && name == "":
			if !emptyColumn(records, i) {
				l.fail(p, headroom.CodeUnknownColumn, "give it a name or delete it", "column %d has no name", i+1)
			}
		case c < 0 && slices.Contains(wide, name):
		case c < 0:
			l.fail(p, headroom.CodeUnknownColumn, didYouMean(name, names, "the columns are "+strings.Join(names, ", ")), "%s has no column %s", t.Name, short(name))
			meant[nearest(name, names)] = true
		case seen[c]:
			l.fail(p, headroom.CodeDuplicateColumn, "delete one of the two", "the column stands twice")
			c = -1
		case hasUnit:
			factor = l.headerUnit(t, p, t.Columns[c], strings.TrimSuffix(strings.TrimSpace(unit), "]"), records)
		}
		if c >= 0 {
			seen[c] = true
		}
		t.columns = append(t.columns, c)
		factors = append(factors, factor)
	}
	for i, c := range t.Columns {
		if c.Required && c.Default == "" && !seen[i] || c.Key && c.Required && !seen[i] {
			if !meant[c.Name] && wide == nil { // else it is told already
				l.fail(headroom.Place{File: t.File(), Row: rec.line, Column: c.Name}, headroom.CodeMissingColumn, "add the column "+c.Name, "%s", missingColumn(c))
			}
			t.absent[i] = true
			t.broken = t.broken || c.Key && c.Default == ""
		}
	}
	t.broken = t.broken || wide != nil
	return factors
}

// emptyColumn reports whether all cells of a file column below the header are empty.
func emptyColumn(records []record, i int) bool {
	for _, r := range records[1:] {
		if i < len(r.cells) && strings.TrimSpace(r.cells[i]) != "" {
			return false
		}
	}
	return true
}

// fewThousands is the number of thousands below which vehicles that are counted in thousands may be as many with a point between
// thousands: 1.167 thousand or 1,167 thousand, but no plan has 80,125 thousand.
const fewThousands = 5

// readings reports numbers whose point has two readings. A header that counts in thousands or more settles it, but for a few thousands
// of vehicles: then three decimals are single vehicles.
func (l *loader) readings(t *rawTable, records []record, factors []float64) {
	for i, at := range t.columns {
		if at < 0 || !t.Columns[at].amounts() {
			continue
		}
		counts := strings.HasPrefix(t.Columns[at].Unit, "veh") && factors[i] < 1e6
		if factors[i] >= 1000 && !counts {
			continue
		}
		var points reading.Points
		for _, r := range records[1:] {
			if i < len(r.cells) {
				points.Add(r.cells[i])
			}
		}
		for _, r := range records[1:] {
			if i < len(r.cells) && (factors[i] < 1000 || few(r.cells[i])) {
				l.doubt(headroom.Place{File: t.File(), Row: r.line, Column: t.Columns[at].Name}, points, r.cells[i], t.Columns[at])
			}
		}
	}
}

// few reports whether a cell is a number below fewThousands.
func few(cell string) bool {
	v, ok := reading.Plainly(strings.TrimSpace(cell))
	return ok && v < fewThousands
}

// doubt reports a number of a column whose point has two readings: an error, or a remark where the column settles it.
func (l *loader) doubt(place headroom.Place, points reading.Points, cell string, c *Column) {
	if !c.amounts() {
		return
	}
	if p := points.Doubt(cell, reading.Amount); p != nil {
		p.Alike += " in the column " + place.Column
		l.failProblem(place, p)
	} else if s := points.Settled(cell, reading.Amount); s != "" {
		l.report(headroom.Finding{
			Severity: headroom.SeverityInfo, Code: headroom.CodeAmbiguousNumber, Place: place, Message: s,
			Hint: "nothing is to be done, unless that is not what is meant", Alike: "numbers settled so in the column " + place.Column,
		})
	}
}

// missingColumn says what a column that is not there would be.
func missingColumn(c *Column) string {
	s := "a column is missing: " + c.Text
	if c.Unit != "" {
		s += " [" + c.Unit + "]"
	}
	return s
}

// headerUnit returns the factor of a unit that a header names. It may name the currency of money: that of the rows.
func (l *loader) headerUnit(t *rawTable, p headroom.Place, c *Column, unit string, records []record) float64 {
	want, written := c.Unit, unit
	currency := l.baseCurrency()
	if named := currencyIn(unit); named != "" && moneyUnit(want) {
		currency = named
		if line, other := l.otherCurrency(t, records, named); other != "" {
			l.fail(p, headroom.CodeWrongUnit, "write "+named+" in the column currency, or the figures in "+other, "the header says %s, and row %d is in %s", short(written), line, other)
			return 1
		}
	}
	if currency != "" && !slices.Contains(strings.Split(unit, "/"), "ccy") {
		unit = strings.ReplaceAll(unit, currency, "ccy")
		unit = strings.TrimSpace(strings.TrimPrefix(unit, "ccy "))
	}
	if want != "" && c.Numeric() {
		if f, ok := unitFactor(unit, want); ok {
			return f
		}
		if f, ok := unitIn(written, want, currency); ok {
			return f
		}
	}
	if want == "" {
		l.fail(p, headroom.CodeWrongUnit, "write the column without a unit", "the column has no unit, and the header says %s", short(written))
	} else {
		l.fail(p, headroom.CodeWrongUnit, "give the figures in "+want, "the column is in %s, and the header says %s", want, short(written))
	}
	return 1
}

// otherCurrency is the first row that is in another currency than one, with that currency, "" where none is.
func (l *loader) otherCurrency(t *rawTable, records []record, one string) (line int, other string) {
	at := slices.IndexFunc(records[0].cells, func(head string) bool { return strings.TrimSpace(head) == "currency" })
	for _, r := range records[1:] {
		cell := ""
		if at >= 0 && at < len(r.cells) && t.Index("currency") >= 0 {
			cell = strings.TrimSpace(r.cells[at])
		}
		if cell == "" {
			cell = l.baseCurrency()
		}
		if cell != one && cell != "" {
			return r.line, cell
		}
	}
	return 0, ""
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
		if dup && slices.ContainsFunc(t.Keys, func(c int) bool { return t.absent[c] }) {
			continue // the column is missing, which is told
		}
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
