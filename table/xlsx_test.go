package table_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
	"headroom/table"
)

// mustBook writes a workbook of one sheet: rows are cells of SpreadsheetML, parts are further files.
func mustBook(tb testing.TB, name, sheet, rows string, parts map[string]string) string {
	tb.Helper()
	all := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":     `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="` + sheet + `" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
		"xl/styles.xml":            `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="3"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`,
	}
	for k, v := range parts {
		all[k] = v
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for k, v := range all {
		w, err := z.Create(k)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(v)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	file := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		tb.Fatal(err)
	}
	return file
}

// text is a cell with a text, and num one with a number and a style: 1 is a date, 2 a percentage, 3 has thousands apart.
func text(ref, s string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + s + `</t></is></c>`
}

func num(ref, style, v string) string {
	return `<c r="` + ref + `" s="` + style + `"><v>` + v + `</v></c>`
}

var bookHeader = `<row r="2">` + text("A2", "claim_id") + text("B2", "subject") + text("C2", "value") + text("D2", "status") + text("E2", "as_of") + text("F2", "period") + text("G2", "note") + `</row>`

func importClaims(file string) (map[string][]table.ImportedRow, []headroom.Finding, error) {
	return table.ReadImport(file, table.Lookup("claim"), table.Lookup("source"))
}

func TestImportBook(t *testing.T) {
	t.Parallel()
	rows := bookHeader +
		`<row r="4">` + text("A4", "C1") + text("B4", "north") + num("C4", "3", "738000") + text("D4", "reported") + num("E4", "1", "46351") + num("F4", "0", "2025") + text("G4", "=1+1") + `</row>` +
		`<row r="5">` + text("A5", "C2") + text("B5", "north") + `<c r="C5"><f>HYPERLINK("http://127.0.0.1:1/")+1</f><v>0.30000000000000004</v></c>` + text("D5", "reported") + text("E5", "2026-01") + num("F5", "1", "46351") + `</row>`
	for _, sheet := range []string{"Claim", "Tabelle1"} {
		got, found, err := importClaims(mustBook(t, "b.xlsx", sheet, rows, nil))
		if err != nil || len(found) > 0 {
			t.Fatal(found, err)
		}
		var cells []map[string]string
		for _, r := range got["claim"] {
			cells = append(cells, r.Cells)
		}
		want := []map[string]string{
			{"claim_id": "C1", "subject": "north", "value": "738000", "status": "reported", "as_of": "2026-11-25", "period": "2025", "note": "=1+1"},
			{"claim_id": "C2", "subject": "north", "value": "0.3", "status": "reported", "as_of": "2026-01", "period": "2026-11-25"},
		}
		if diff := cmp.Diff(want, cells); diff != "" {
			t.Error(diff)
		}
		if place := got["claim"][0].Place("value").String(); place != "b.xlsx!"+sheet+"!C4" {
			t.Errorf("place %s", place)
		}
	}
}

// TestImportRefuses: files that are broken, or made to do harm, are refused with the place.
func TestImportRefuses(t *testing.T) {
	t.Parallel()
	row := func(c string) string { return bookHeader + `<row r="3">` + text("A3", "C1") + c + `</row>` }
	bomb := strings.Repeat("\x00", 20<<20)
	csv := filepath.Join(t.TempDir(), "note.csv")
	if err := os.WriteFile(csv, []byte("claim_id,subject,status,note\nC1,x,reported,"+strings.Repeat("n", 10<<20)+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	wrong := filepath.Join(t.TempDir(), "b.csv")
	if data, err := os.ReadFile(mustBook(t, "b.xlsx", "claim", bookHeader, nil)); err != nil || os.WriteFile(wrong, data, 0o644) != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, file, want string }{
		{"a date made of a fraction", mustBook(t, "b.xlsx", "claim", row(num("C3", "1", "46025")), nil), `b.xlsx!claim!C3: BadDate: the spreadsheet has made a date of it`},
		{"a percentage", mustBook(t, "b.xlsx", "claim", row(num("C3", "2", "0.15")), nil), `b.xlsx!claim!C3: PercentOrFraction: the cell shows "15%" and holds 0.15`},
		{"an error", mustBook(t, "b.xlsx", "claim", row(`<c r="C3" t="e"><v>#DIV/0!</v></c>`), nil), `b.xlsx!claim!C3: NotANumber: the cell shows the error #DIV/0!`},
		{"unknown column", mustBook(t, "b.xlsx", "claim", strings.Replace(bookHeader, "subject", "sujbect", 1), nil), `b.xlsx!claim!B2: UnknownColumn: claim has no column "sujbect"; did you mean "subject"?`},
		{"a note of 10 MB", csv, "note.csv:2:note: LongCell: a cell is longer than 32768 bytes"},
		{"a long cell", mustBook(t, "b.xlsx", "claim", row(text("G3", strings.Repeat("n", 40_000))), nil), "b.xlsx!claim!G3: LongCell: a cell is longer than 32768 bytes"},
		{"a bomb", mustBook(t, "b.xlsx", "claim", bookHeader, map[string]string{"xl/media/a.bin": bomb}), "b.xlsx: UnreadableFile: a part of the workbook unpacks to more than 200 times its size"},
		{"macros", mustBook(t, "b.xlsx", "claim", bookHeader, map[string]string{"xl/vbaProject.bin": "x"}), "b.xlsx: UnreadableFile: the workbook has macros"},
		{"a path out", mustBook(t, "b.xlsx", "claim", bookHeader, map[string]string{"../../x": "x"}), "b.xlsx: UnreadableFile: a part of the workbook has a path that leads out of it"},
		{"no workbook", mustBook(t, "b.xlsx", "claim", bookHeader, map[string]string{"xl/workbook.xml": "<"}), "b.xlsx: UnreadableFile: "},
		{"a damaged sheet", mustBook(t, "b.xlsx", "claim", bookHeader+`<row r="3"><c r="ZZZZZZ3"><v>1</v></c></row>`, nil), "b.xlsx!claim"},
		{"a far column", mustBook(t, "b.xlsx", "claim", bookHeader+`<row r="3"><c r="XFD3"><v>1</v></c></row>`, nil), "b.xlsx!claim!SG3: TooManyColumns"},
		{"wrong extension", wrong, "b.csv: UnreadableFile: the file is called .csv and is a workbook"},
	} {
		_, found, err := importClaims(tt.file)
		got := ""
		for _, f := range found {
			got += f.String() + "\n"
		}
		if err != nil {
			got += err.Error()
		}
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func FuzzImportBook(f *testing.F) {
	data, err := os.ReadFile(mustBook(f, "b.xlsx", "claim", bookHeader, nil))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "b.xlsx")
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		_, _, _ = importClaims(file)
	})
}
