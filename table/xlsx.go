package table

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"headroom"
	"headroom/reading"
)

// Limits of a workbook. A workbook is a ZIP file of XML: what it unpacks to is counted before anything is unpacked.
const (
	maxBookUnzipped = 64 << 20
	maxBookParts    = 2_000
	maxBookRatio    = 200 // of a part of more than a megabyte
	maxBookRows     = 100_000
)

// book reads the sheets of a workbook as records. Formulas count as the values that the spreadsheet last computed, which are
// stored beside them: nothing is computed, no link is followed, and a workbook with macros is refused.
type book struct {
	file   string
	f      *excelize.File
	zip    *zip.Reader
	is1904 bool
	report func(headroom.Finding)
}

// fail reports an error at a cell of a sheet, or at the file where sheet is "".
func (b *book) fail(code, sheet string, row, col int, hint, format string, args ...any) {
	b.report(headroom.Finding{
		Severity: headroom.SeverityError, Code: code, Place: bookPlace(b.file, sheet, row, col),
		Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// bookPlace names a cell as spreadsheets do: book.xlsx!claim!B7. Row and col count from 1; row 0 leaves them out.
func bookPlace(file, sheet string, row, col int) headroom.Place {
	if sheet != "" {
		file += "!" + sheet
	}
	if name, err := excelize.CoordinatesToCellName(max(col, 1), max(row, 1)); err == nil && row > 0 && sheet != "" {
		file += "!" + name
	}
	return headroom.Place{File: file}
}

// openBook opens a workbook whose bytes are in memory, or reports why not.
func openBook(file string, data []byte, report func(headroom.Finding)) (b *book, ok bool) {
	b = &book{file: file, report: report}
	if !b.harmless(data) {
		return nil, false
	}
	defer func() {
		if r := recover(); r != nil { // the library is given files of strangers
			b.fail(headroom.CodeUnreadableFile, "", 0, 0, "save it again, or as CSV UTF-8", "the workbook is damaged")
			ok = false
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxBookUnzipped, UnzipXMLSizeLimit: maxBookUnzipped})
	if err != nil {
		b.fail(headroom.CodeUnreadableFile, "", 0, 0, "save it again, or as CSV UTF-8", "the workbook cannot be read: %v", err)
		return nil, false
	}
	b.f = f
	if p, err := f.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		b.is1904 = *p.Date1904
	}
	return b, true
}

// close gives up what the workbook holds.
func (b *book) close() { _ = b.f.Close() }

// harmless looks at the list of what the ZIP file holds.
func (b *book) harmless(data []byte) bool {
	refuse := func(hint, format string, args ...any) bool {
		b.fail(headroom.CodeUnreadableFile, "", 0, 0, hint, format, args...)
		return false
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return refuse("save it as .xlsx or as CSV UTF-8", "this is not a workbook of the form .xlsx, whatever it is called")
	}
	b.zip = z
	if len(z.File) > maxBookParts {
		return refuse("save it as CSV UTF-8", "the workbook has more than %d parts", maxBookParts)
	}
	var size uint64
	main := false
	for _, p := range z.File {
		name := strings.ToLower(strings.ReplaceAll(p.Name, `\`, "/"))
		size += min(p.UncompressedSize64, maxBookUnzipped+1) // no overflow
		switch {
		case p.UncompressedSize64 > 1<<20 && p.UncompressedSize64/maxBookRatio > p.CompressedSize64:
			return refuse("save it again, or as CSV UTF-8", "a part of the workbook unpacks to more than %d times its size", maxBookRatio)
		case size > maxBookUnzipped:
			return refuse("split it", "the workbook unpacks to more than %d MB", maxBookUnzipped>>20)
		case strings.HasPrefix(name, "/") || slices.Contains(strings.Split(name, "/"), ".."):
			return refuse("save it again", "a part of the workbook has a path that leads out of it")
		case path.Base(name) == "vbaproject.bin" || strings.Contains(name, "macrosheets/"):
			return refuse("save it as .xlsx, without macros", "the workbook has macros")
		case name == "xl/workbook.xml":
			main = true
		}
	}
	if !main {
		return refuse("save it as .xlsx or as CSV UTF-8", "this ZIP file is not a workbook")
	}
	return true
}

// sheetFor is the sheet of a table: the one of its name, or with first the first that is not hidden.
func (b *book) sheetFor(name string, first bool) (string, bool) {
	sheets := b.f.GetSheetList()
	for _, s := range sheets {
		if strings.EqualFold(strings.TrimSpace(s), name) {
			return s, true
		}
	}
	for _, s := range sheets {
		if visible, err := b.f.GetSheetVisible(s); first && err == nil && visible {
			return s, true
		}
	}
	return "", false
}

// records reads a sheet. The first row that is not empty is the header; rows of empty cells are passed over.
func (b *book) records(sheet string, t *Table) (out []record, ok bool) {
	defer func() {
		if r := recover(); r != nil { // the library is given files of strangers
			b.fail(headroom.CodeUnreadableFile, sheet, 0, 0, "save it again, or as CSV UTF-8", "the sheet is damaged")
			ok = false
		}
	}()
	raw, err := b.f.Rows(sheet)
	shown, err2 := b.f.Rows(sheet)
	forms, err3 := b.forms(sheet)
	if err := cmp.Or(err, err2, err3); err != nil {
		b.fail(headroom.CodeUnreadableFile, sheet, 0, 0, "save it again, or as CSV UTF-8", "the sheet cannot be read: %v", err)
		return nil, false
	}
	defer func() { _, _ = raw.Close(), shown.Close() }()
	ok = true
	for row := 1; raw.Next() && shown.Next(); row++ {
		stored, err := raw.Columns(excelize.Options{RawCellValue: true})
		text, err2 := shown.Columns()
		switch err := cmp.Or(err, err2); {
		case err != nil:
			b.fail(headroom.CodeUnreadableFile, sheet, row, 1, "save it again, or as CSV UTF-8", "the row cannot be read: %v", err)
			return out, false
		case row > maxBookRows:
			b.fail(headroom.CodeTooManyRows, sheet, row, 1, "split it", "the sheet has more than %d rows", maxBookRows)
			return out, false
		case len(stored) > maxColumns:
			b.fail(headroom.CodeTooManyColumns, sheet, row, maxColumns+1, "is this a table of claims?", "the row has more than %d columns", maxColumns)
			return out, false
		}
		stored = forms.wide(stored, row)
		if blank(stored) && !slices.Contains(forms[row], formUnstored) {
			continue
		}
		header := b.header(t, out)
		rec, good := b.row(t, header, sheet, row, stored, text, forms)
		out, ok = append(out, rec), ok && good
	}
	if err := cmp.Or(raw.Error(), shown.Error()); err != nil && !errors.Is(err, io.EOF) {
		b.fail(headroom.CodeUnreadableFile, sheet, 0, 0, "save it again, or as CSV UTF-8", "the sheet cannot be read: %v", err)
		return out, false
	}
	return out, ok
}

// header is the header among the rows that were read: the first row, or one of the next where that is a title; nil where it is still
// to come.
func (b *book) header(t *Table, rows []record) []string {
	if len(rows) == 0 {
		return nil
	}
	if known, _ := t.knownNames(rows[0].cells); known > 0 || len(rows) >= headerRows {
		return rows[0].cells
	}
	return rows[t.titleRow(firstCells(rows))].cells
}

// row makes a record of what the cells of a row hold and of what the spreadsheet shows of them; header is nil for the header.
func (b *book) row(t *Table, header []string, sheet string, row int, stored, shown []string, forms sheetForms) (record, bool) {
	rec, ok := record{line: row, cells: make([]string, max(len(stored), len(header)))}, true
	for i, s := range stored {
		if header == nil {
			rec.cells[i] = s
			continue
		}
		display := ""
		if i < len(shown) {
			display = shown[i]
		}
		var good bool
		rec.cells[i], good = b.cell(column(t, header, i), sheet, row, i+1, s, display, forms.at(row, i+1))
		ok = ok && good
	}
	return rec, ok
}

// column is the column of a header cell, nil where there is none.
func column(t *Table, header []string, i int) *Column {
	if i >= len(header) {
		return nil
	}
	name, _, _ := strings.Cut(header[i], "[")
	if c := t.Index(strings.TrimSpace(name)); c >= 0 {
		return t.Columns[c]
	}
	return nil
}

// What a spreadsheet shows of a number that it takes for a date, and of a formula that failed.
var (
	shownDate = regexp.MustCompile(`^\d{1,4}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{1,4}( .*)?$|` + // 25/11/2026
		`^(\d{1,2}[- ])?[A-Za-z]{3,9}[- ]\d{2,4}$|^\d{1,2}[-/][A-Za-z]{3,9}$`) // Nov-26, 3-Jan
	shownError = regexp.MustCompile(`^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)$`)
)

// cell turns what a cell holds, and what the spreadsheet shows of it, into the text of a cell of the column (nil for one that
// is not known). A number that is held as one and has three decimals is written so that the text has one reading.
func (b *book) cell(c *Column, sheet string, row, col int, stored, shown string, form cellForm) (string, bool) {
	if c == nil {
		return stored, true
	}
	refuse := func(code, hint, format string, args ...any) (string, bool) {
		b.fail(code, sheet, row, col, hint, format, args...)
		return "", false
	}
	if form == formUnstored {
		return refuse(headroom.CodeMissingCache, "open the workbook in a spreadsheet and save it, or write the value",
			"the cell has a formula and its value is not stored: the program that wrote the file computed nothing")
	}
	if len(stored) > maxCell {
		return refuse(headroom.CodeLongCell, "shorten it", "a cell is longer than %d bytes", maxCell)
	}
	if shownError.MatchString(stored) || shownError.MatchString(shown) {
		return refuse(headroom.CodeNotANumber, "mend the formula, or leave the cell empty", "the cell shows the error %s", shown)
	}
	if c.Kind == KindBool {
		switch strings.ToUpper(shown) {
		case "TRUE":
			return "yes", true
		case "FALSE":
			return "no", true
		}
	}
	if form == formBool {
		return refuse(headroom.CodeBrokenNumber, "write a number, or the text that is meant", "the cell is %s, and the column %s is neither yes nor no", strings.ToUpper(shown), c.Name)
	}
	if form == formText {
		return stored, true // a number in it is read as in a CSV file
	}
	v, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return stored, true
	}
	isDate := c.Kind == KindDateFrom || c.Kind == KindDateTo
	dated := shown != stored && shownDate.MatchString(shown)
	switch {
	case (dated || isDate && v >= 10_000 && v < 3_000_000) && (isDate || c.Name == "period" || c.Name == "published_on"):
		t, err := excelize.ExcelDateToTime(v, b.is1904)
		if err != nil {
			return refuse(headroom.CodeBadDate, "write it as text, as 2026-01-31", "the cell is no date: %s", short(shown))
		}
		return headroom.DateOf(t).String(), true
	case dated:
		return refuse(headroom.CodeBadDate, "give the cell the format Text and write it again", "the spreadsheet has made a date of it: it shows %s and holds %s", short(shown), stored)
	case strings.HasSuffix(shown, "%") && !strings.HasSuffix(stored, "%"):
		return refuse(headroom.CodePercentOrFraction, "give the cell the format General, and write the percentage as a number", "the cell shows %s and holds %s", short(shown), stored)
	}
	text := decimal(stored, v)
	if c.Numeric() || slices.Contains(figureTexts, c.Name) {
		text = reading.Decimal(text)
	}
	return text, true
}

// figureTexts are the columns of text that hold numbers as they were written.
var figureTexts = []string{"value", "low", "high"}

// decimal is a number as a spreadsheet means it: with the 15 digits that it keeps, and without an exponent where that is short.
// A text of no more digits stays as it is, as 007 and 1.50 do.
func decimal(stored string, v float64) string {
	if !strings.ContainsAny(stored, "eE") && len(strings.Trim(stored, "-.")) <= 15 {
		return stored
	}
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if a := math.Abs(v); a == 0 || a >= 1e-9 && a < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
