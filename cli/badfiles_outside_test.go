package cli_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
)

// importing reads a file of claims into the sound case.
func importing(name string, data []byte) badFile {
	return badFile{args: []string{"claim", "import", "DIR", "FILE"}, outside: name, data: data}
}

// bookHead is the header of a sheet of claims.
var bookHead = `<row r="1">` + textCell("A1", "claim_id") + textCell("B1", "subject") + textCell("C1", "value") + textCell("D1", "status") + textCell("E1", "as_of") + textCell("F1", "unit") + textCell("G1", "note") + `</row>`

// textCell is a cell of a sheet with a text.
func textCell(ref, s string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + s + `</t></is></c>`
}

// part is a file within a workbook.
type part struct{ name, text string }

// bookParts are the parts of a workbook of one sheet with these rows, with others in their place or besides; a part of the text "-" is
// left out.
func bookParts(doctype, sheet, rows string, other []part) []part {
	parts := []part{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", doctype + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="` + sheet + `" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs></styleSheet>`},
		{"xl/worksheets/sheet1.xml", doctype + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`},
	}
	for _, o := range other {
		i := slices.IndexFunc(parts, func(p part) bool { return p.name == o.name })
		switch {
		case o.text == "-":
			parts = slices.Delete(parts, i, i+1)
		case i >= 0:
			parts[i] = o
		default:
			parts = append(parts, o)
		}
	}
	return parts
}

// zipped is a ZIP file of parts.
func zipped(parts []part) []byte {
	return zippedBy(parts, func(z *zip.Writer, p part) (io.Writer, error) { return z.Create(p.name) })
}

// zippedBy is a ZIP file of parts that begin in some way.
func zippedBy(parts []part, begin func(*zip.Writer, part) (io.Writer, error)) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := begin(z, p)
		if err == nil {
			_, err = w.Write([]byte(p.text))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// sheetRow is a row of claims: row 2 of the sheet, with one cell in another form.
func sheetRow(ref, cell string) string {
	cells := []part{
		{"A2", textCell("A2", "N1")}, {"B2", textCell("B2", "west")}, {"C2", `<c r="C2"><v>5</v></c>`}, {"D2", textCell("D2", "reported")}, {"E2", textCell("E2", "2026-01-31")}, {"F2", textCell("F2", "vehicles")}, {"G2", textCell("G2", "a note")},
	}
	out := ""
	for _, c := range cells {
		if c.name == ref {
			c.text = cell
		}
		out += c.text
	}
	return bookHead + `<row r="2">` + out + `</row>`
}

// workbook is a workbook whose claims cannot be entered.
func (g *badMaker) workbook() badFile {
	sheet := one(g, "claim", "Claim", "Tabelle1")
	const name = "b.xlsx"
	cell := func(what, ref, xml string, codes ...string) badFile {
		b := importing(name, zipped(bookParts("", sheet, sheetRow(ref, xml), nil)))
		b.what, b.place, b.codes = what, name+"!"+sheet+"!"+ref, codes
		return b
	}
	book := func(what string, data []byte, codes ...string) badFile {
		b := importing(name, data)
		b.what, b.place, b.codes = what, name, codes
		return b
	}
	parts := func(what string, other ...part) badFile {
		return book(what, zipped(bookParts("", sheet, sheetRow("", ""), other)))
	}
	whole := zipped(bookParts("", sheet, sheetRow("", ""), nil))
	all := []func() badFile{
		func() badFile {
			return cell("no stored value", "C2", `<c r="C2"><f>1+1</f></c>`, "MissingFormulaValue")
		},
		func() badFile {
			return cell("an empty stored value", "C2", `<c r="C2"><f>1+1</f><v/></c>`, "MissingFormulaValue")
		},
		func() badFile {
			return cell("a text's formula without a value", "B2", `<c r="B2" t="str"><f>"a"&amp;"b"</f></c>`, "MissingFormulaValue")
		},
		func() badFile {
			return cell("a shared formula without a value", "F2", `<c r="F2" t="str"><f t="shared" si="0"/></c>`, "MissingFormulaValue")
		},
		func() badFile {
			return cell("an error", "C2", `<c r="C2" t="e"><v>`+one(g, "#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?")+`</v></c>`, "NotANumber")
		},
		func() badFile {
			return cell("a date made of a number", "C2", `<c r="C2" s="1"><v>46025</v></c>`, "BadDate")
		},
		func() badFile {
			return cell("a percentage", "C2", `<c r="C2" s="2"><v>0.15</v></c>`, "PercentOrFraction")
		},
		func() badFile { return cell("TRUE", "C2", `<c r="C2" t="b"><v>1</v></c>`, "BrokenNumber") },
		func() badFile {
			n := one(g, numberTexts...)
			return cell("text "+n.text, "C2", textCell("C2", strings.NewReplacer("<", "&lt;").Replace(n.text)), n.code, "BrokenNumber", "FormulaText", "NotANumber")
		},
		func() badFile {
			return cell("two readings", "C2", textCell("C2", fmt.Sprintf("%d.%03d", 1+g.r.IntN(999), g.r.IntN(1000))), "AmbiguousNumber")
		},
		func() badFile {
			return cell("a date", "E2", textCell("E2", one(g, dateTexts...)), "BadDate", "FormulaText")
		},
		func() badFile { return cell("no value", "C2", "", "MissingValue") },
		func() badFile { return cell("no subject", "B2", "", "EmptyCell") },
		func() badFile {
			return cell("a status", "D2", textCell("D2", one(g, "sure", "Reported", "fact")), "UnknownValue")
		},
		func() badFile {
			return cell("a unit", "F2", textCell("F2", one(g, "furlongs", "SUV", "¥", "bag")), "UnknownUnit")
		},
		func() badFile {
			return cell("a long cell", "G2", textCell("G2", strings.Repeat("n", 40_000)), "LongCell")
		},
		func() badFile {
			return cell("a hidden letter", "B2", textCell("B2", one(g, "w\u200best", "wеst", "ｗest", "west\u00ad")), "ConfusableLetter")
		},
		func() badFile {
			return cell("a key", "A2", textCell("A2", one(g, "a b", "ä", "C1", "-1")), "BadKey", "DuplicateKey")
		},
		func() badFile {
			b := book("unknown column", zipped(bookParts("", sheet, strings.Replace(sheetRow("", ""), ">value<", ">valeu<", 1), nil)), "UnknownColumn")
			b.place += "!" + sheet + "!C1"
			return b
		},
		func() badFile {
			b := book("a title", zipped(bookParts("", sheet, `<row r="1">`+textCell("A1", "All claims")+`</row>`+strings.NewReplacer(`r="1"`, `r="2"`, `1" t=`, `2" t=`).Replace(bookHead), nil)), "TitleRow")
			b.place += "!" + sheet + "!A1"
			return b
		},
		func() badFile { return book("no ZIP", []byte("not a workbook"), "UnreadableFile") },
		func() badFile { return book("cut off", whole[:len(whole)*(1+g.r.IntN(9))/10], "UnreadableFile") },
		func() badFile {
			return book("a document of old", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), noise(g, 2000)...), "UnreadableFile")
		},
		func() badFile { return book("an empty ZIP", zipped(nil), "UnreadableFile") },
		func() badFile { return parts("no workbook part", part{"xl/workbook.xml", "-"}) },
		func() badFile { return parts("no sheet part", part{"xl/worksheets/sheet1.xml", "-"}) },
		func() badFile { return parts("no relations", part{"xl/_rels/workbook.xml.rels", "-"}) },
		func() badFile { return parts("a broken workbook part", part{"xl/workbook.xml", "<workbook><sheets>"}) },
		func() badFile {
			return parts("a broken sheet", part{"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c></row>"})
		},
		func() badFile {
			return parts("a relation to nowhere", part{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet9.xml"/></Relationships>`})
		},
		func() badFile { return parts("macros", part{"xl/vbaProject.bin", "x"}) },
		func() badFile {
			return parts("a path out", part{one(g, "../../x", "/etc/x", `..\..\x`, "xl/../../x"), "x"})
		},
		func() badFile {
			return parts("no sheets", part{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>`})
		},
		func() badFile {
			b := parts("wrong extension")
			b.outside = one(g, "b.csv", "b.xls", "b.ods", "b.xlsm", "b.txt")
			b.place, b.codes = b.outside, []string{"UnreadableFile"}
			return b
		},
		func() badFile {
			b := importing("c.csv", []byte("claim_id,subject,value,unit,status\nN1,west,"+one(g, "1e999", "ten", "80.000", "\"1,5\"")+",vehicles,reported\n"))
			b.what, b.place = "a CSV file", "c.csv:2:value"
			return b
		},
	}
	return nth(g, all)()
}

// bomb is a file that would fill the memory, or take for ever.
func (g *badMaker) bomb() badFile {
	entity := `<!DOCTYPE x [<!ENTITY a "ha">` + func() string {
		s := ""
		for c := 'b'; c < 'k'; c++ {
			s += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
		}
		return s
	}() + `]>`
	book := func(what string, data []byte) badFile {
		b := importing("b.xlsx", data)
		b.what, b.place = what, "b.xlsx"
		return b
	}
	all := []func() badFile{
		func() badFile {
			return book("1,000 to 1", zipped(bookParts("", "claim", bookHead, []part{{"xl/media/a.bin", strings.Repeat("\x00", 20<<20)}})))
		},
		func() badFile {
			return book("a sheet of blanks", zipped(bookParts("", "claim", bookHead+strings.Repeat(" ", 30<<20), nil)))
		},
		func() badFile {
			many := make([]part, 10_001)
			for i := range many {
				many[i] = part{fmt.Sprintf("xl/x%d.xml", i), ""}
			}
			return book("10,001 parts", zipped(bookParts("", "claim", bookHead, many)))
		},
		func() badFile {
			return book("billion laughs", zipped(bookParts(entity, "claim", bookHead+`<row r="2">`+textCell("A2", "&j;")+`</row>`, nil)))
		},
		func() badFile {
			return book("an outer entity", zipped(bookParts(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`, "claim", bookHead+`<row r="2">`+textCell("A2", "&a;")+`</row>`, nil)))
		},
		func() badFile {
			return book("a nested ZIP", zipped([]part{{"xl/workbook.xml", string(zipped(bookParts("", "claim", bookHead, nil)))}}))
		},
		func() badFile { return book("a lying header", lying()) },
		func() badFile {
			return book("deep elements", zipped(bookParts("", "claim", bookHead+strings.Repeat("<a>", 100_000), nil)))
		},
		func() badFile {
			b := book("a far row", zipped(bookParts("", "claim", bookHead+`<row r="1048577"><c r="A1048577"><v>1</v></c></row>`, nil)))
			return b
		},
		func() badFile {
			b := book("a far column", zipped(bookParts("", "claim", bookHead+`<row r="2"><c r="XFD2"><v>1</v></c></row>`, nil)))
			return b
		},
		func() badFile {
			b := importing("c.csv", []byte("claim_id,subject,status\n"+strings.Repeat("x", 33<<20)))
			b.what, b.place = "a CSV file of 33 MB", "c.csv"
			return b
		},
		func() badFile {
			return badFile{what: "a cell of 10 MB", files: map[string][]byte{"market.csv": []byte("market_id,name\nhome," + strings.Repeat("x", 10<<20) + "\n")}, place: "market.csv:2:name", codes: []string{"LongCell"}}
		},
		func() badFile {
			return badFile{what: "100,000 columns", files: map[string][]byte{"market.csv": []byte(strings.Repeat("market_id,", 100_000) + "\n")}, place: "market.csv:1", codes: []string{"TooManyColumns"}}
		},
		func() badFile {
			return badFile{what: "a million and one rows", files: map[string][]byte{"market.csv": []byte("market_id\n" + strings.Repeat("m\n", 1_000_001))}, place: "market.csv", codes: []string{"TooManyRows"}}
		},
		func() badFile {
			return badFile{what: "a quote of 20 MB", files: map[string][]byte{"market.csv": []byte("market_id,name\nhome,\"" + strings.Repeat("x\n", 10<<20))}, place: "market.csv:2:name", codes: []string{"LongCell"}}
		},
		func() badFile {
			return badFile{what: "deep brackets", files: g.set("binding.csv", 4, "formula", strings.Repeat("(", 5_000)), place: "binding.csv:4:formula", codes: []string{"BrokenFormula"}}
		},
		func() badFile {
			return badFile{what: "signs", files: g.set("binding.csv", 4, "formula", strings.Repeat("-", 20_000)+"1"), place: "binding.csv:4:formula", codes: []string{"BrokenFormula"}}
		},
	}
	return nth(g, all)()
}

// lying is a workbook with a part that unpacks to more than its header says.
func lying() []byte {
	return zippedBy(bookParts("", "claim", bookHead, nil), func(z *zip.Writer, p part) (io.Writer, error) {
		return z.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(p.text)), CompressedSize64: uint64(len(p.text)), UncompressedSize64: 10})
	})
}

// hostile is a text that would do harm to whoever reads what is written from it.
func (g *badMaker) hostile() badFile {
	texts := []string{
		"=cmd|' /C calc'!A0", "+1+1", "-2+3+cmd", "@SUM(A1)", "\t=x", "=HYPERLINK(\"http://127.0.0.1:1/\",\"a\")", "<script>alert(1)</script>", "javascript:alert(1)", "'; DROP TABLE claim; --",
		"../../etc/passwd", "a\r\nSet-Cookie: x", "%2e%2e%2f", "\\\\host\\share", "CON", "a\u202egnp.exe", "\ufeffa", "a\u200bb", "${jndi:ldap://127.0.0.1:1/a}", "{{7*7}}", "\x1b[31mred", "a\x08b", "-", "名前", "", " ",
	}
	text := nth(g, texts)
	if g.at%3 == 0 { // a text of a claim is refused where a spreadsheet would run it, or a reader sees another
		text = one(g, "=1+1", "+1+x", "-2+3+cmd", "@SUM(A1)", "=HYPERLINK(\"http://127.0.0.1:1/\",\"a\")", "a\u202egnp", "a\u2066b")
		column := one(g, "subject", "quantity", "note", "region", "locator")
		b := importing("c.csv", encode([][]string{{"claim_id", "subject", "quantity", "value", "status", "region", "locator", "note"}, {"N1", "a", "b", "5", "reported", "c", "d", "e"}}))
		rows := [][]string{{"claim_id", "subject", "quantity", "value", "status", "region", "locator", "note"}, {"N1", "a", "b", "5", "reported", "c", "d", "e"}}
		rows[1][slices.Index(rows[0], column)] = text
		b.data, b.what, b.place, b.codes = encode(rows), text, "c.csv:2:"+column, []string{"FormulaText", "ConfusableLetter"}
		return b
	}
	keyed := one(g, []string{"plant.csv", "plant_id"}, []string{"market.csv", "market_id"}, []string{"vehicle.csv", "vehicle_id"}, []string{"line.csv", "line_id"}, []string{"claim.csv", "claim_id"}, []string{"arrangement.csv", "arr_id"})
	codes := []string{"BadKey", "EmptyCell", "DanglingKey"}
	b := badFile{what: fmt.Sprintf("%q", text), files: g.set(keyed[0], 2, keyed[1], text), place: place(keyed[0], 2, keyed[1]), codes: codes}
	if text == "CON" { // a key like any other, and then nothing leads to the old one
		b.place = ""
	}
	return b
}
