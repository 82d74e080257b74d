package table

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"headroom"
	"headroom/internal/files"
)

// Format rewrites the tables of the case in a folder in canonical form: rows in the order of their keys, columns in that of
// the schema, numbers as short as they can be, yes and no, LF. It returns the files that it changed. A case with files that
// cannot be read in full is left as it is, and the error is a *headroom.Error; what is only wrong in a cell stays.
func Format(dir string) (changed []string, err error) {
	if _, _, err := Load(dir, LoadOptions{}); err != nil {
		return nil, err
	}
	fsys := files.Dir(dir)
	l, err := read(fsys, dir, LoadOptions{})
	if err != nil {
		return nil, err
	}
	if bad := l.syntaxErrors(); len(bad) > 0 {
		return nil, &headroom.Error{Findings: bad}
	}
	var list []files.File
	for _, t := range schema {
		rt := l.tables[t.Name]
		if rt == nil || t.Name == caseTable {
			continue
		}
		old, err := fs.ReadFile(fsys, t.File())
		if err != nil {
			return nil, fmt.Errorf("format case: %w", err)
		}
		if data := l.canonical(rt, old); !bytes.Equal(data, old) {
			list = append(list, files.File{Name: t.File(), Data: data})
			changed = append(changed, t.File())
		}
	}
	if err := files.Replace(dir, list); err != nil {
		return nil, fmt.Errorf("format case: %w", err)
	}
	return changed, nil
}

// syntaxErrors are the findings because of which something would be lost in rewriting.
func (l *loader) syntaxErrors() []headroom.Finding {
	l.sortFindings()
	return slices.DeleteFunc(slices.Clone(l.findings), func(f headroom.Finding) bool {
		switch f.Code {
		case headroom.CodeStrayFile, headroom.CodeMissingTable, headroom.CodeMissingColumn, headroom.CodeDuplicateKey, headroom.CodeConfusableKey:
			return true
		}
		return f.Severity != headroom.SeverityError
	})
}

// canonical writes a table that was read from a file.
func (l *loader) canonical(t *rawTable, old []byte) []byte {
	if len(t.columns) == 0 {
		return old
	}
	records, _ := readCSV(t.File(), t.Table, bytes.NewReader(old), func(headroom.Finding) {}) // it was read without errors before
	var order []int
	for i, c := range t.columns {
		if c >= 0 { // else it has neither a name nor cells
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return t.columns[a] - t.columns[b] })
	cells := map[int][]string{}
	for _, rec := range records[1:] {
		cells[rec.line] = rec.cells
	}
	out := make([][]string, 0, len(records))
	row := make([]string, len(order))
	for i, at := range order {
		row[i] = strings.TrimSpace(records[0].cells[at])
	}
	out = append(out, row)
	for _, r := range l.sorted(t) {
		row := make([]string, len(order))
		for i, at := range order {
			row[i] = canonicalCell(t.Columns[t.columns[at]], cells[r.line][at])
		}
		out = append(out, row)
	}
	return encodeCSV(out)
}
