package table

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"headroom"
	"headroom/internal/files"
)

// maxImport is the size of a file that rows are imported from.
const maxImport = 32 << 20

// ImportedRow is a row of a file that is not part of the case.
type ImportedRow struct {
	Cells map[string]string // by column; empty cells are not there
	file  string
	sheet string // "" for a CSV file
	line  int
	cols  map[string]int // position of the columns, from 1
}

// Place is where the cell of a column stands: file.csv:7:value, or book.xlsx!claim!B7. Without a column it is the row.
func (r *ImportedRow) Place(column string) headroom.Place {
	if r.sheet == "" {
		return headroom.Place{File: r.file, Row: r.line, Column: column}
	}
	return bookPlace(r.file, r.sheet, r.line, r.cols[column])
}

// ReadImport reads rows of the tables from a CSV file or a workbook. A workbook has a sheet for each table under its name;
// where it has none, its first sheet is the first of the tables. A CSV file holds rows of the first table. The findings are
// about the form of the file, with the place of the cell; with errors among them the rows are not all there.
func ReadImport(file string, tables ...*Table) (map[string][]ImportedRow, []headroom.Finding, error) {
	base := filepath.Base(file)
	place := headroom.Place{File: base}
	data, err := files.Read(file, maxImport)
	var size *files.SizeError
	switch {
	case errors.As(err, &size):
		return nil, nil, headroom.Errorf(headroom.CodeTooManyRows, place, "split it", "%v", size)
	case err != nil:
		return nil, nil, fmt.Errorf("import: %w", err)
	}
	var found []headroom.Finding
	report := func(f headroom.Finding) { found = append(found, f) }
	out := map[string][]ImportedRow{}
	switch ext := strings.ToLower(filepath.Ext(file)); {
	case ext == ".csv" && bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil, nil, headroom.Errorf(headroom.CodeUnreadableFile, place, "name it .xlsx, or save it as CSV UTF-8", "the file is called .csv and is a workbook or a ZIP file")
	case ext == ".csv":
		records, whole := readCSV(base, tables[0], bytes.NewReader(data), report)
		out[tables[0].Name] = importRows(base, "", tables[0], records, whole, report)
	case ext == ".xlsx":
		readBook(base, data, tables, out, report)
	default:
		return nil, nil, headroom.Errorf(headroom.CodeUnreadableFile, place, "save it as .xlsx or as CSV UTF-8", "rows are imported from files called .csv or .xlsx")
	}
	return out, found, nil
}

// readBook reads the sheets of a workbook.
func readBook(base string, data []byte, tables []*Table, out map[string][]ImportedRow, report func(headroom.Finding)) {
	b, ok := openBook(base, data, report)
	if !ok {
		return
	}
	defer b.close()
	named := slices.ContainsFunc(tables, func(t *Table) bool { _, ok := b.sheetFor(t.Name, false); return ok })
	for i, t := range tables {
		sheet, ok := b.sheetFor(t.Name, i == 0 && !named)
		if !ok {
			continue
		}
		records, whole := b.records(sheet, t)
		out[t.Name] = importRows(base, sheet, t, records, whole, report)
	}
	if len(out) == 0 {
		b.fail(headroom.CodeMissingTable, "", 0, 0, "name a sheet "+tables[0].Name, "the workbook has no sheet that is shown")
	}
}

// importRows reads the header and the cells of a sheet or file as those of a table.
func importRows(file, sheet string, t *Table, records []record, whole bool, report func(headroom.Finding)) []ImportedRow {
	l := &loader{tables: map[string]*rawTable{}}
	l.addTable(t, records, whole)
	cols, line := map[string]int{}, 0
	if len(records) > 0 {
		line = records[0].line
		for i, head := range records[0].cells {
			name, _, _ := strings.Cut(head, "[")
			if name = strings.TrimSpace(name); cols[name] == 0 {
				cols[name] = i + 1
			}
		}
	}
	for _, f := range l.findings {
		at := ImportedRow{file: file, sheet: sheet, line: max(f.Row, line), cols: cols}
		f.Place = at.Place(f.Column)
		report(f)
	}
	var out []ImportedRow
	for _, r := range l.tables[t.Name].rows {
		row := ImportedRow{Cells: map[string]string{}, file: file, sheet: sheet, line: r.line, cols: cols}
		for i, cell := range r.cells {
			if cell != "" {
				row.Cells[t.Columns[i].Name] = cell
			}
		}
		out = append(out, row)
	}
	return out
}
