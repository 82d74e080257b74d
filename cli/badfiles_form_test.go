package cli_test

import (
	"strconv"
	"strings"

	"headroom/cases"
)

// twoPlants is a file of the case that the examples of the findings edit.
func twoPlants(name string) ([]byte, error) { return cases.FS.ReadFile("two-plants/" + name) }

// edit makes one edit of an example: see headroom.Code.
func (g *badMaker) edit(b *badFile, line string) {
	words := strings.SplitN(line, " ", 3)
	current := func(name string) []byte {
		if data, ok := b.files[name]; ok {
			return data
		}
		data, _ := twoPlants(name) // it may not be there
		return data
	}
	switch {
	case line == "":
	case words[0] == "rm":
		b.files[words[1]] = nil
	case words[0] == "load":
		b.args = append(b.args, words[1], words[2])
	case words[1] == "+":
		b.files[words[0]] = append(append([]byte{}, current(words[0])...), words[2]+"\n"...)
	case words[1] == ":=":
		text, err := strconv.Unquote(words[2])
		if err != nil {
			panic(line)
		}
		b.files[words[0]] = []byte(text)
	default:
		p := strings.Split(words[0], ":")
		row, err := strconv.Atoi(p[1])
		if err != nil {
			panic(line)
		}
		one := &badMaker{base: map[string][]byte{p[0]: current(p[0])}}
		b.files[p[0]] = one.set(p[0], row, p[2], strings.Join(words[2:], ""))[p[0]]
	}
}

// syntax is a file that is no CSV file of its table.
func (g *badMaker) syntax() badFile {
	file := one(g, "line.csv", "demand.csv", "plant.csv", "vehicle_line.csv", "market.csv")
	text := string(g.base[file])
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	row := 1 + g.r.IntN(len(lines)-1) // from 0; never the header
	head, _, _ := strings.Cut(lines[0], ",")
	made := func(what, text, place string, codes ...string) badFile {
		return badFile{what: what, files: map[string][]byte{file: []byte(text)}, place: place, codes: codes}
	}
	at := func(row int) string { return file + ":" + strconv.Itoa(row+1) }
	with := func(row int, line string) string {
		out := append([]string{}, lines...)
		out[row] = line
		return strings.Join(out, "")
	}
	line := strings.TrimSuffix(lines[row], "\n")
	all := []func() badFile{
		func() badFile { return made("semicolons", strings.ReplaceAll(text, ",", ";"), at(0), "WrongSeparator") },
		func() badFile { return made("tabs", strings.ReplaceAll(text, ",", "\t"), at(0), "WrongSeparator") },
		func() badFile { return made("bars", strings.ReplaceAll(text, ",", "|"), at(0), "WrongSeparator") },
		func() badFile {
			return made("quoted semicolons", `"`+strings.NewReplacer(",", `";"`, "\n", "\"\n\"").Replace(text)+`"`, at(0), "WrongSeparator")
		},
		func() badFile {
			return made("sep=;", "sep=;\n"+strings.ReplaceAll(text, ",", ";"), at(0), "WrongSeparator")
		},
		func() badFile { return made("sep=,", "sep=,\r\n"+text, at(0), "WrongSeparator") },
		func() badFile { return made("a title", "Everything that we know\n"+text, at(0), "TitleRow") },
		func() badFile {
			return made("a title and a date", "Everything,,,\n31.12.2026,,,\n\n"+text, at(0), "TitleRow")
		},
		func() badFile {
			return made("a short row", with(row, strings.Split(line, ",")[0]+"\n"), at(row), "ShortRow")
		},
		func() badFile { return made("a long row", with(row, line+",x,y\n"), at(row), "LongRow") },
		func() badFile {
			return made("an unquoted comma", with(row, strings.Replace(line, ",", ",a, b,", 1)+",\n"), at(row), "LongRow")
		},
		func() badFile {
			return made("a quote within", with(row, "x\""+line+"\n"), at(row)+":"+head, "BareQuote")
		},
		func() badFile { return made("an open quote", with(row, `"`+lines[row]), at(row)+":"+head, "OpenQuote") },
		func() badFile {
			return made("text after a quote", with(row, `"a"b`+line[strings.Index(line, ","):]+"\n"), at(row)+":"+head, "BareQuote")
		},
		func() badFile { return made("empty", "", file, "MissingColumn") },
		func() badFile { return made("blank lines", "\n\n\n", file, "MissingColumn") },
		func() badFile { return made("the header alone", lines[0], file, "MissingTable") },
		func() badFile {
			return made("no header", strings.Join(lines[1:], ""), at(0), "UnknownColumn", "MissingColumn")
		},
		func() badFile {
			return made("a column twice", head+","+strings.Join(indent(lines, "x,"), "")[len("x,"):], at(0)+":"+head, "DuplicateColumn")
		},
		func() badFile {
			return made("a column without a name", strings.Join(indent(lines, "x,"), "")[1:], at(0), "UnknownColumn")
		},
		func() badFile {
			return made("capitals", strings.ToUpper(lines[0][:1])+text[1:], at(0)+":"+strings.ToUpper(head[:1])+head[1:], "UnknownColumn")
		},
		func() badFile { return made("a column misspelt", "x"+text, at(0)+":x"+head, "UnknownColumn") },
		func() badFile { return made("501 columns", strings.Repeat("c,", 501)+text, at(0), "TooManyColumns") },
		func() badFile {
			return made("a long cell", with(row, strings.Repeat("n", 40_000)+line+"\n"), at(row)+":"+head, "LongCell")
		},
		func() badFile {
			wide := "vehicle,market,price_net,contribution,2026,2027,2028\nhatch,home,18000,12,80000,81000,82000\n"
			return badFile{what: "years side by side", files: map[string][]byte{"demand.csv": []byte(wide)}, place: "demand.csv:1:2026", codes: []string{"WideTable"}}
		},
		func() badFile {
			return badFile{what: "a page of the web", files: map[string][]byte{file: []byte("<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>\n")}, place: file + ":1", codes: []string{"UnknownColumn"}}
		},
		func() badFile {
			return badFile{what: "a workbook", files: map[string][]byte{file: zipped(bookParts("", "claim", bookHead, nil))}, place: file, codes: nil}
		},
		func() badFile {
			return badFile{what: "another table", files: map[string][]byte{one(g, "plants.csv", "Line.csv", "demand-old.csv", "Copy of line.csv"): []byte(text)}, codes: []string{"StrayFile"}}
		},
		func() badFile {
			return badFile{what: "a table that is missing", files: map[string][]byte{file: nil}, place: file, codes: []string{"MissingTable"}}
		},
	}
	return nth(g, all)()
}

// indent puts a text before each line.
func indent(lines []string, text string) []string {
	out := append([]string{}, lines...)
	for i := range out {
		out[i] = text + out[i]
	}
	return out
}

// encoding is a file in another encoding than UTF-8, or damaged.
func (g *badMaker) encoding() badFile {
	file := one(g, "market.csv", "plant.csv", "vehicle.csv")
	text := string(g.base[file])
	rows := g.cells(file)
	row := 2 + g.r.IntN(len(rows)-1)
	named := func(name string) []byte { return g.set(file, row, "name", name)[file] }
	cell := place(file, row, "name")
	wide := func(big bool, mark string) []byte {
		out := []byte(mark)
		for _, b := range []byte(text) {
			if big {
				out = append(out, 0, b)
			} else {
				out = append(out, b, 0)
			}
		}
		return out
	}
	type c struct {
		what  string
		data  []byte
		place string
		codes []string
	}
	x := nth(g, []c{
		{"UTF-16 LE", wide(false, "\xff\xfe"), file, []string{"UTF16"}},
		{"UTF-16 BE", wide(true, "\xfe\xff"), file, []string{"UTF16"}},
		{"UTF-16 LE without a mark", wide(false, ""), file, []string{"UTF16"}},
		{"UTF-16 BE without a mark", wide(true, ""), file, []string{"UTF16"}},
		{"Latin-1", named("Caf\xe9"), cell, []string{"NotUTF8"}},
		{"Windows-1252", named("\x93Home\x94"), cell, []string{"NotUTF8"}},
		{"GB18030", named("\xb1\xb1\xbe\xa9"), cell, []string{"NotUTF8"}},
		{"Shift-JIS", named("\x93\xfa\x96\x7b"), cell, []string{"NotUTF8"}},
		{"overlong", named("\xc0\xaf"), cell, []string{"NotUTF8"}},
		{"a lone surrogate", named("\xed\xa0\x80"), cell, []string{"NotUTF8"}},
		{"cut within a letter", named("Caf\xc3"), cell, []string{"NotUTF8"}},
		{"beyond Unicode", named("\xf5\x80\x80\x80"), cell, []string{"NotUTF8"}},
		{"mixed", named("é and \xe9"), cell, []string{"NotUTF8"}},
		{"NUL", named("Ho\x00me"), cell, []string{"NulByte"}},
		{"NULs at the end", append([]byte(text), make([]byte, 100)...), file, []string{"NulByte"}},
		{"UTF-7", []byte("+ZeVnLIqe-,a\n1,2\n"), file, []string{"UnknownColumn"}},
		{"noise", noise(g, 500), file, nil},
		{"two marks", append([]byte("\xef\xbb\xbf\xef\xbb\xbf"), text...), file, []string{"UnknownColumn"}},
	})
	return badFile{what: x.what, files: map[string][]byte{file: x.data}, place: x.place, codes: x.codes}
}

// noise is bytes without a meaning, of which the first is no letter.
func noise(g *badMaker, n int) []byte {
	out := []byte{0x9c}
	for range n {
		out = append(out, byte(g.r.IntN(256)))
	}
	return out
}

// setting is a case.yaml that is wrong.
func (g *badMaker) setting() badFile {
	text := string(g.base["case.yaml"])
	line := func(name string) int {
		before, _, _ := strings.Cut(text, name+":")
		return strings.Count(before, "\n") + 1
	}
	value := func(name, value string, codes ...string) badFile {
		lines := strings.Split(text, "\n")
		lines[line(name)-1] = name + ": " + value
		return badFile{what: name + ": " + value, files: map[string][]byte{"case.yaml": []byte(strings.Join(lines, "\n"))}, place: place("case.yaml", line(name), name), codes: codes}
	}
	whole := func(what, text string, codes ...string) badFile {
		return badFile{what: what, files: map[string][]byte{"case.yaml": []byte(text)}, place: "case.yaml", codes: codes}
	}
	all := []func() badFile{
		func() badFile { return value("discount_rate", one(g, "0.06", "0.5", "500"), "PercentOrFraction") },
		func() badFile {
			return value("discount_rate", one(g, "six", "6,5", "6 percent", "[6]", "{a: 6}", "1.2.3"), "BrokenNumber", "DecimalComma", "BrokenYAML")
		},
		func() badFile {
			return value("discount_rate", one(g, ".nan", ".inf", "NaN"), "BrokenNumber", "NotANumber", "InfiniteNumber")
		},
		func() badFile {
			return value("price_year", one(g, "26", "20266", "2026.5", "next", "1e4"), "BadDate", "BrokenNumber")
		},
		func() badFile { return value("base_currency", one(g, "pounds", "gbp", "£", "GB"), "UnknownCurrency") },
		func() badFile {
			return value("horizon_from", one(g, "01/01/2026", "2026-02-30", "46023", "soon"), "BadDate")
		},
		func() badFile {
			return value("horizon_to", one(g, "31.12.2030", "2030-12-31 00:00:00", "5 years"), "BadDate")
		},
		func() badFile {
			b := value("horizon_to", "2020-12-31", "ReversedDates", "PeriodOutsideHorizon")
			b.place = ""
			return b
		},
		func() badFile { return value("terminal_rule", one(g, "forever", "Annuity", "yes"), "UnknownValue") },
		func() badFile { return value("case_id", one(g, "a b", "../x", "ä", "-x"), "BadKey") },
		func() badFile {
			b := whole("twice", text+"price_year: 2025\n", "DuplicateColumn", "BrokenYAML")
			b.place = "case.yaml:" + strconv.Itoa(strings.Count(text, "\n")+1)
			return b
		},
		func() badFile {
			b := whole("unknown", text+"discount: 6\n", "UnknownColumn")
			b.place = place("case.yaml", strings.Count(text, "\n")+1, "discount")
			return b
		},
		func() badFile { return whole("a list", "- a\n- b\n", "BrokenYAML") },
		func() badFile { return whole("open", text+"x: [\n", "BrokenYAML") },
		func() badFile {
			return whole("a tab", strings.Replace(text, "price_year", "\tprice_year", 1), "BrokenYAML")
		},
		func() badFile { return whole("empty", "", "MissingColumn") },
		func() badFile { return whole("a number", "42\n", "BrokenYAML") },
		func() badFile { return whole("NUL", text+"\x00", "NulByte") },
		func() badFile { return whole("UTF-16", "\xff\xfea\x00", "UTF16") },
		func() badFile { return whole("too large", text+strings.Repeat("# x\n", 20_000), "LongCell") },
		func() badFile {
			return whole("aliases", "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n", "UnknownColumn", "MissingColumn", "BrokenYAML")
		},
		func() badFile { return whole("deep", strings.Repeat("[", 20_000), "BrokenYAML") },
		func() badFile { return whole("a line without a colon", text+"price year\n", "BrokenYAML") },
	}
	return nth(g, all)()
}

// trap is a figure that no model should have.
func (g *badMaker) trap() badFile {
	f := one(g, figures[:11]...)
	row := 2 + g.r.IntN(f.rows)
	cell := func(file string, row int, column, text string, codes ...string) badFile {
		return badFile{what: text + " in " + column, files: g.set(file, row, column, text), place: place(file, row, column), codes: codes}
	}
	if g.at%2 == 0 {
		return cell(f.file, row, f.column, one(g, "1e16", "1e15", "9e12", "123456789012345678", "-1e14", "1e300", "1e12345"), "HugeNumber", "InfiniteNumber")
	}
	b := cell("demand.csv", 2+g.r.IntN(5), one(g, "volume", "price_net"), one(g, "1e-7", "0.333", "1e-10", "1e11", "99999999999"), "ThousandsSuspected")
	b.warning = true
	return b
}
