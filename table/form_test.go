package table_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"headroom"
	"headroom/cases"
	"headroom/table"
)

// mustFindings loads two-plants with files in place of its own and returns what is said, in files of these names.
func mustFindings(tb testing.TB, files map[string]string) []string {
	tb.Helper()
	fsys := fstest.MapFS{}
	entries, err := cases.FS.ReadDir("two-plants")
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		data, err := cases.FS.ReadFile("two-plants/" + e.Name())
		if err != nil {
			tb.Fatal(err)
		}
		fsys[e.Name()] = &fstest.MapFile{Data: data}
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	_, found, err := table.LoadFS(fsys, table.LoadOptions{})
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for _, f := range headroom.Once(found) {
		if f.Severity == headroom.SeverityError {
			out = append(out, f.String())
		}
	}
	return out
}

// TestForm: each way in which people and spreadsheets write a table otherwise is told once, with what mends it, or is nothing.
func TestForm(t *testing.T) {
	t.Parallel()
	const lines = "line_id,plant,capacity_year,note\nnorth-1,north,150000,\nsouth-1,south,90000,\n"
	const demand = "vehicle,market,volume,price_net,contribution\nhatch,home,80000,18000,12\nsuv,home,35000,28000,12\nvan,home,22000,31000,12\n"
	semicolons := func(s string) string { return strings.ReplaceAll(s, ",", ";") }
	for _, tt := range []struct{ name, file, text, want string }{
		{"semicolons with decimal commas", "line.csv", strings.ReplaceAll(semicolons(lines), "90000", "90000,5"), "line.csv:1: WrongSeparator: the columns are separated by semicolons; separate them by commas: save the file as CSV with commas, and texts with a comma in quotes"},
		{"sep", "line.csv", "sep=;\r\n" + semicolons(lines), `line.csv:1: WrongSeparator: the first line is "sep=;", which only spreadsheets read; delete the line, and separate the columns by commas instead of semicolons`},
		{"sep of commas", "line.csv", "\ufeffsep=,\n" + lines, `line.csv:1: WrongSeparator: the first line is "sep=,", which only spreadsheets read; delete the line`},
		{"a title", "line.csv", "Lines of 2026\n\n" + lines, "line.csv:1: TitleRow: the names of the columns stand in row 3, below a title; delete what is above them"},
		{"a title and semicolons", "line.csv", "Lines of 2026\n" + semicolons(lines), "line.csv:2: WrongSeparator: the columns are separated by semicolons; separate them by commas: save the file as CSV with commas, and texts with a comma in quotes"},
		{"empty columns", "line.csv", strings.ReplaceAll(lines, "\n", ",,\n"), ""},
		{"a column added at the right", "line.csv", strings.Replace(lines, "note\n", "note,from\n", 1), "line.csv:2: ShortRow: 4 cells where the header has 5 (and 1 more short rows in 2 rows of the file); write a comma for each empty cell, too"},
		{"capitals", "line.csv", strings.Replace(lines, "line_id", "Line_ID", 1), `line.csv:1:Line_ID: UnknownColumn: line has no column "Line_ID"; did you mean "line_id"?`},
		{"decimal commas", "demand.csv", strings.NewReplacer("18000", `"18000,5"`, "28000", `"28000,5"`, "31000", `"31000,5"`).Replace(demand), `demand.csv:2:price_net: DecimalComma: "18000,5" has a decimal comma (and 2 more decimal commas in 3 rows of the file); write 18000.5`},
		{"points", "demand.csv", strings.NewReplacer("80000", "80.000", "35000", "35.000", "22000", "22.000").Replace(demand), `demand.csv:2:volume: AmbiguousNumber: "80.000" may be 80000 or 80: its point may separate thousands or decimals, and no other number of the column shows which (and 2 more numbers with two readings in the column volume in 3 rows of the file); write 80000, or 80.0`},
		{"points that are decimal", "demand.csv", strings.NewReplacer("80000", "80000.125", "35000", "35.000", "22000", "22.000").Replace(demand), ""},
		{"points in thousands", "demand.csv", strings.NewReplacer("volume", "volume [thousand veh/yr]", "80000", "80.125", "35000", "35.250", "22000", "22.000").Replace(demand), ""},
		{"a few thousands", "demand.csv", strings.NewReplacer("volume", "volume [thousand veh/yr]", "80000", "1.167", "35000", "35.250", "22000", "22.000").Replace(demand), `demand.csv:2:volume: AmbiguousNumber: "1.167" may be 1167 or 1.1670: its point may separate thousands or decimals, and no other number of the column shows which; write 1167, or 1.1670`},
		{"a few thousands beside other decimals", "demand.csv", strings.NewReplacer("volume", "volume [thousand veh/yr]", "80000", "1.167", "35000", "35.25", "22000", "22.5").Replace(demand), ""},
		{"k", "demand.csv", strings.NewReplacer("volume", "volume [k]", "80000", "80", "35000", "35", "22000", "22").Replace(demand), ""},
		{"another language", "demand.csv", strings.NewReplacer("volume", "volume [Tsd. Fahrzeuge/Jahr]", "80000", "80", "35000", "35", "22000", "22").Replace(demand), ""},
		{"ten thousands", "demand.csv", strings.NewReplacer("volume", "volume [万辆]", "80000", "8", "35000", "3.5", "22000", "2.2").Replace(demand), ""},
		{"a currency that the rows have", "energy.csv", "plant,price [ct/kWh],use_per_vehicle [MWh/unit],currency\n*,12.5,1.2,EUR\n", ""},
		{"the same with its sign", "energy.csv", "plant,price [€/MWh],use_per_vehicle [kWh per car],currency\n*,125,1200,EUR\n", ""},
		{"a currency that a row has not", "energy.csv", "plant,price [p/kWh],use_per_vehicle,currency\nnorth,12.5,1200,\nsouth,12.5,1200,EUR\n", `energy.csv:1:price: WrongUnit: the header says "p/kWh", and row 3 is in EUR; write GBP in the column currency, or the figures in EUR`},
		{"a currency that no row has", "demand.csv", strings.NewReplacer("price_net", "price_net [TEUR/unit]", "18000", "18", "28000", "28", "31000", "31").Replace(demand), `demand.csv:1:price_net: WrongUnit: the header says "TEUR/unit", and row 2 is in GBP; write EUR in the column currency, or the figures in GBP`},
		{"a currency in small letters", "lane.csv", "origin,destination,cost,currency\nnorth,home,100,eur\n", `lane.csv:2:currency: UnknownCurrency: "eur" is not a currency; write EUR`},
		{"a currency by its sign", "lane.csv", "origin,destination,cost,currency\nnorth,home,100,£\n", `lane.csv:2:currency: UnknownCurrency: "£" is not a currency; write GBP`},
		{"a list with commas", "vehicle_line.csv", "vehicle,line,retool,ramp\nhatch,north-1,1,\"40,80\"\nsuv,north-1,1,\nvan,north-1,1,\n", `vehicle_line.csv:2:ramp: DecimalComma: "40,80" has a comma: the numbers of a list have spaces between them, and decimals a point; write 40 80, or 40.80`},
		{"a list with semicolons", "vehicle_line.csv", "vehicle,line,retool,ramp\nhatch,north-1,1,40;80;100\nsuv,north-1,1,\nvan,north-1,1,\n", `vehicle_line.csv:2:ramp: BrokenNumber: "40;80;100" is one word, and the words of a list have spaces between them; write 40 80 100`},
		{"a list of names with commas", "shift_pattern.csv", "pattern_id,lines,index\ntwo,\"north-1,south-1\",1\n", `shift_pattern.csv:2:lines: DanglingKey: "north-1,south-1" is one word, and the words of a list have spaces between them; write north-1 south-1`},
		{"a default that is wrong where it comes from", "case.yaml", "case_id: t\nbase_currency: gbp\nprice_year: soon\ndiscount_rate: 6\n", "case.yaml:2:base_currency: UnknownCurrency: \"gbp\" is not a currency; write GBP\ncase.yaml:3:price_year: BrokenNumber: \"soon\" is not a number; write a plain number with a decimal point"},
		{"a default that is wrong in an assumption", "assumption.csv", "assumption_id,table,selector,column,value,reason\na,vehicle_line,*,tooling_life,7 years,x\nb,vehicle,*,eop,31/12/2031,x\n", `assumption.csv:2:value: BrokenNumber: "7 years" has a word behind the number; write the number alone; a unit stands in the header, as volume [thousand veh/yr], or in the column unit` + "\n" + `assumption.csv:3:value: BadDate: "31/12/2031" is not a date of the form YYYY-MM-DD; write 2031-12-31`},
		{"low and high of an assumption", "assumption.csv", "assumption_id,table,selector,column,value,low,high,reason\na,vehicle_line,*,tooling_life,7,\"6,5\",ten,x\n", `assumption.csv:2:high: BrokenNumber: "ten" is not a number; write a plain number with a decimal point` + "\n" + `assumption.csv:2:low: DecimalComma: "6,5" has a decimal comma; write 6.5`},
		{"percent a year", "demand.csv", strings.NewReplacer("contribution", "contribution [Prozent],growth [% p.a.]", "12\n", "12,1\n").Replace(demand), ""},
		{"years as columns", "demand.csv", "vehicle,market,price_net,2026,2027,2028\nhatch,home,18000,1,2,3\n", "demand.csv:1:2026: WideTable: 2026, 2027, 2028 stand as columns; write a row for each of them, with its name in the column period and its number in the column volume"},
		{"an empty word", "term.csv", "arr_id,kind,value,unit\n,,1,\n", ""},
		{"a segment in other letters", "vehicle.csv", "vehicle_id,segment\nhatch,smаll\nsuv,small\nvan,small\n", `vehicle.csv:2:segment: ConfusableLetter: "smаll" has the letter а (U+0430), which looks like the Latin a and is not; write "small"`},
		{"a key in other letters", "line.csv", strings.Replace(lines, ",north", ",nоrth", 1), `line.csv:2:plant: DanglingKey: "nоrth" is not in plant.csv: it has the letter о (U+043E), which looks like the Latin o and is not; did you mean "north"?`},
	} {
		got := mustFindings(t, map[string]string{tt.file: tt.text})
		if tt.name == "an empty word" { // it lists the words that there are
			if !slices.ContainsFunc(got, func(s string) bool {
				return strings.Contains(s, "term.csv:2:kind: EmptyCell: the cell is empty; write one of fee_per_unit, ")
			}) {
				t.Errorf("%s: %v", tt.name, got)
			}
			continue
		}
		if s := strings.Join(got, "\n"); s != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, s, tt.want)
		}
	}
}

// TestSettled: where the column settles a reading, a remark says which.
func TestSettled(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{}
	for _, name := range []string{"case.yaml", "period.csv", "plant.csv", "line.csv", "vehicle.csv", "vehicle_line.csv", "market.csv"} {
		data, err := cases.FS.ReadFile("two-plants/" + name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: data}
	}
	fsys["demand.csv"] = &fstest.MapFile{Data: []byte("vehicle,market,volume,price_net,contribution\nhatch,home,45.500,18000,12\nsuv,home,35.25,28000,12\n")}
	_, found, err := table.LoadFS(fsys, table.LoadOptions{})
	want := `demand.csv:2:volume: AmbiguousNumber: "45.500" is read as 45.5 and not in thousands, as "35.25" in the same column shows; nothing is to be done, unless that is not what is meant`
	if err != nil || len(found) != 1 || found[0].Severity != headroom.SeverityInfo || found[0].String() != want {
		t.Errorf("%v, %v, want %s", found, err, want)
	}
}

// TestOneReader: a text reads alike in a CSV file and in a workbook, and a number that a workbook holds as one has one reading.
func TestOneReader(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ cell, want string }{
		{text("C3", "80.000"), "80.000"},
		{num("C3", "0", "80.125"), "80.1250"},
		{num("C3", "0", "1.5"), "1.5"},
		{num("C3", "0", "1250.125"), "1250.125"},
		{`<c r="C3" t="str"><f>"80"&amp;".000"</f><v>80.000</v></c>`, "80.000"},
		{`<c r="C3"><f>2*40.0625</f><v>80.125</v></c>`, "80.1250"},
	} {
		rows := bookHeader + `<row r="3">` + text("A3", "C1") + tt.cell + `</row>`
		got, found, err := importClaims(mustBook(t, "b.xlsx", "claim", rows, nil))
		if err != nil || len(found) > 0 || len(got["claim"]) != 1 || got["claim"][0].Cells["value"] != tt.want {
			t.Errorf("%s: %v, %v, %v; want %s", tt.cell, got, found, err, tt.want)
		}
	}
	for _, tt := range []struct{ cell, want string }{
		{`<c r="C3" t="b"><v>1</v></c>`, "b.xlsx!claim!C3: BrokenNumber: the cell is TRUE"},
		{`<c r="C3"><f>1+1</f></c>`, "b.xlsx!claim!C3: MissingFormulaValue: "},
		{`<c r="C3" t="str"><f>"a"</f></c>`, "b.xlsx!claim!C3: MissingFormulaValue: "},
	} {
		rows := bookHeader + `<row r="3">` + text("A3", "C1") + tt.cell + `</row>`
		_, found, err := importClaims(mustBook(t, "b.xlsx", "claim", rows, nil))
		if err != nil || len(found) != 1 || !strings.HasPrefix(found[0].String(), tt.want) {
			t.Errorf("%s: %v, %v; want %s", tt.cell, found, err, tt.want)
		}
	}
}
