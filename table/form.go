package table

import (
	"fmt"
	"strings"

	"headroom"
	"headroom/reading"
)

// headerRows is how many rows may be looked through for the names of the columns.
const headerRows = 5

// knownNames is how many of the cells of a row name a column of a table, and how many are not empty.
func (t *Table) knownNames(cells []string) (known, filled int) {
	for _, s := range cells {
		name, _, _ := strings.Cut(s, "[")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			continue
		}
		if filled++; t.Index(name) >= 0 {
			known++
		}
	}
	return known, filled
}

// titleRow is the row of the header, counted from 0, where rows stand above it; 0 where the first row is the header, or none is.
func (t *Table) titleRow(rows [][]string) int {
	for i, cells := range rows {
		known, filled := t.knownNames(cells)
		switch {
		case i == 0 && known > 0:
			return 0
		case known > 0 && known*2 >= filled:
			return i
		}
	}
	return 0
}

// titleProblem is the problem of a header that stands in a row, counted from 1.
func titleProblem(row int) *problem {
	return &problem{
		Code: headroom.CodeTitleRow, Message: fmt.Sprintf("the names of the columns stand in row %d, below a title", row), Hint: "delete what is above them",
	}
}

// separators are what columns are separated by instead of commas.
var separators = []struct{ sep, name string }{{";", "semicolons"}, {"\t", "tabs"}, {"|", "bars"}}

// csvForm says why the first lines of a file are not those of a table that is separated by commas and begins with its header: nil
// where they are. row is the line that it is about.
func (t *Table) csvForm(head string) (p *problem, row int) {
	head = strings.ReplaceAll(strings.ReplaceAll(head, "\r\n", "\n"), "\r", "\n")
	var rows [][]string
	var at []int // their lines
	for i, line := range strings.SplitN(head, "\n", 2*headerRows+1) {
		if strings.TrimSpace(line) == "" || len(rows) == headerRows {
			continue
		}
		if sep, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, `" `)), "sep="); ok && len(rows) == 0 {
			return sepLine(sep[:min(1, len(sep))]), i + 1
		}
		if p := t.otherSeparator(line); p != nil {
			return p, i + 1
		}
		rows, at = append(rows, split(line, ",")), append(at, i+1)
		if len(rows) == 1 {
			if known, _ := t.knownNames(rows[0]); known > 0 {
				return nil, 0
			}
		}
	}
	if i := t.titleRow(rows); i > 0 {
		return titleProblem(at[i]), at[0]
	}
	return nil, 0
}

// split is a line cut at a separator, without the quotes around its cells.
func split(line, sep string) []string {
	cells := strings.Split(line, sep)
	for i, s := range cells {
		cells[i] = strings.Trim(s, `" `)
	}
	return cells
}

// otherSeparator is the problem of a header whose columns are separated by something else than commas.
func (t *Table) otherSeparator(line string) *problem {
	byComma, _ := t.knownNames(split(line, ","))
	for _, s := range separators {
		if known, _ := t.knownNames(split(line, s.sep)); known > byComma && strings.Contains(line, s.sep) {
			return &problem{
				Code: headroom.CodeWrongSeparator, Message: "the columns are separated by " + s.name,
				Hint: "separate them by commas: save the file as CSV with commas, and texts with a comma in quotes",
			}
		}
	}
	return nil
}

// sepLine is the problem of a first line sep=;, which spreadsheets write and read, and nothing else does.
func sepLine(sep string) *problem {
	hint := "delete the line"
	for _, s := range separators {
		if sep == s.sep {
			hint = fmt.Sprintf("delete the line, and separate the columns by commas instead of %s", s.name)
		}
	}
	return &problem{Code: headroom.CodeWrongSeparator, Message: "the first line is " + reading.Short("sep="+sep) + ", which only spreadsheets read", Hint: hint}
}

// sideBySide are the headers, not columns of the table, that name years or periods of the case: a table with a column period that is
// written with its years as columns. It needs two, so that a lone slip is told as such.
func (l *loader) sideBySide(t *rawTable, cells []string) []string {
	if t.Index("period") < 0 && t.Index("year") < 0 {
		return nil
	}
	periods := map[string]bool{}
	if p := l.tables["period"]; p != nil && p.Name != t.Name {
		for _, r := range p.rows {
			periods[r.cells[p.Index("period_id")]] = true
		}
	}
	var out []string
	for _, s := range cells {
		s = strings.TrimSpace(s)
		if t.Index(s) < 0 && (periods[s] || isYear(s)) {
			out = append(out, s)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// isYear reports whether a header is a calendar year.
func isYear(s string) bool {
	return len(s) == 4 && strings.Trim(s, "0123456789") == "" && (s[:2] == "19" || s[:2] == "20" || s[:2] == "21")
}

// wideTable reports years or periods that stand as columns.
func (l *loader) wideTable(t *rawTable, line int, names []string) {
	by := "period"
	if t.Index(by) < 0 {
		by = "year"
	}
	figure := "a column of its own"
	for _, c := range t.Columns {
		if c.Numeric() && c.Required {
			figure = "the column " + c.Name
			break
		}
	}
	shown := strings.Join(names[:min(len(names), 6)], ", ")
	if len(names) > 6 {
		shown += fmt.Sprintf(" and %d more", len(names)-6)
	}
	l.fail(headroom.Place{File: t.File(), Row: line, Column: names[0]}, headroom.CodeWideTable,
		fmt.Sprintf("write a row for each of them, with its name in the column %s and its number in %s", by, figure), "%s stand as columns", shown)
}
