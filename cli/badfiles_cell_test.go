package cli_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// figure is a cell of the sound case that holds a number.
type figure struct {
	file   string
	rows   int // data rows
	column string
}

// place is where a cell stands.
func place(file string, row int, column string) string {
	return file + ":" + strconv.Itoa(row) + ":" + column
}

// figures are columns of numbers. In none of them another cell shows what a point means.
var figures = []figure{
	{file: "demand.csv", rows: 5, column: "volume"},
	{file: "demand.csv", rows: 5, column: "price_net"},
	{file: "line.csv", rows: 2, column: "capacity_year"},
	{file: "plant.csv", rows: 2, column: "fixed_cost_open"},
	{file: "plant.csv", rows: 2, column: "cost_reopen"},
	{file: "vehicle_line.csv", rows: 5, column: "retool"},
	{file: "vehicle_line.csv", rows: 5, column: "unit_material"},
	{file: "labour.csv", rows: 2, column: "cost_per_unit"},
	{file: "energy.csv", rows: 2, column: "use_per_vehicle"},
	{file: "target.csv", rows: 1, column: "value"},
	{file: "term.csv", rows: 2, column: "value"},
	{file: "claim.csv", rows: 3, column: "value"},
}

// numberTexts are numbers as people and spreadsheets write them, with the code of what is wrong.
var numberTexts = []struct{ text, code string }{
	{"1.234,5", "DecimalComma"},
	{"1,5", "DecimalComma"},
	{"0,857", "DecimalComma"},
	{"1 234 567,89", "DecimalComma"},
	{"95,25", "DecimalComma"},
	{"-1,75", "DecimalComma"},
	{"150 000", "GroupedNumber"},
	{"150\u00a0000", "GroupedNumber"},
	{"150\u202f000", "GroupedNumber"},
	{"150'000", "GroupedNumber"},
	{"150_000", "GroupedNumber"},
	{"1,500,000", "GroupedNumber"},
	{"1,500.50", "GroupedNumber"},
	{"1,50,000", "GroupedNumber"},
	{"1.500.000", "GroupedNumber"},
	{"1e309", "InfiniteNumber"},
	{"inf", "InfiniteNumber"},
	{"-Infinity", "InfiniteNumber"},
	{"∞", "InfiniteNumber"},
	{"nan", "NotANumber"},
	{"#N/A", "NotANumber"},
	{"#REF!", "NotANumber"},
	{"n/a", "NotANumber"},
	{"null", "NotANumber"},
	{"-", "NotANumber"},
	{"？", "BrokenNumber"},
	{"１５００", "BrokenNumber"},
	{"١٥٠٠", "BrokenNumber"},
	{"−5", "BrokenNumber"},
	{"(95)", "BrokenNumber"},
	{"95-", "BrokenNumber"},
	{"--5", "BrokenNumber"},
	{"1..5", "BrokenNumber"},
	{"1,5,5", "BrokenNumber"},
	{"0x1F", "BrokenNumber"},
	{"5e", "BrokenNumber"},
	{"1e5.5", "BrokenNumber"},
	{"ten", "BrokenNumber"},
	{"=1+1", "BrokenNumber"},
	{"TRUE", "BrokenNumber"},
	{"yes", "BrokenNumber"},
	{"150k", "BrokenNumber"},
	{"150 thousand", "BrokenNumber"},
	{"12 cars", "BrokenNumber"},
	{"£95", "BrokenNumber"},
	{"95 €", "BrokenNumber"},
	{"$1.5", "BrokenNumber"},
	{"½", "BrokenNumber"},
	{"1/2", "BrokenNumber"},
	{"1:30", "BrokenNumber"},
	{"12-May", "BrokenNumber"},
	{"10–20", "BrokenNumber"},
	{"~100", "BrokenNumber"},
	{"<100", "BrokenNumber"},
	{"100+", "BrokenNumber"},
	{"1 2", "BrokenNumber"},
}

// number is a number that is written in another way.
func (g *badMaker) number() badFile {
	if g.at%4 == 0 {
		return g.twoReadings()
	}
	f, n := one(g, figures...), nth(g, numberTexts)
	row := 2 + g.r.IntN(f.rows)
	b := badFile{what: n.text + " in " + f.column, files: g.set(f.file, row, f.column, n.text), place: place(f.file, row, f.column), codes: []string{n.code}}
	if f.file == "claim.csv" && n.code != "DecimalComma" && n.code != "GroupedNumber" {
		b.codes = []string{"BrokenNumber", "NotANumber", "InfiniteNumber", "FormulaText"}
	}
	if g.r.IntN(4) == 0 && f.file != "claim.csv" { // the value of a change is a number of its column
		table := strings.TrimSuffix(f.file, ".csv")
		rows := append(g.cells("change.csv"), []string{"low", "9", table, "*", f.column, "set", n.text})
		b.files, b.args = map[string][]byte{"change.csv": encode(rows)}, []string{"check", "DIR", "--scenario", "low"}
		b.place = place("change.csv", len(rows), "value")
		if g.r.IntN(2) == 0 { // also where the scenario is not asked for
			b.args = nil
		}
	}
	return b
}

// twoReadings is a number whose point or comma may be between thousands or not, in a cell, a change, an assumption, the settings or a
// claim.
func (g *badMaker) twoReadings() badFile {
	f := one(g, figures...)
	row := 2 + g.r.IntN(f.rows)
	text := fmt.Sprintf("%d.%03d", 1+g.r.IntN(999), g.r.IntN(1000))
	codes := []string{"AmbiguousNumber"}
	if g.r.IntN(3) == 0 {
		text, codes = strings.Replace(text, ".", ",", 1), []string{"GroupedNumber", "AmbiguousNumber"}
	}
	b := badFile{what: text + " in " + f.column, files: g.set(f.file, row, f.column, text), place: place(f.file, row, f.column), codes: codes}
	table := strings.TrimSuffix(f.file, ".csv")
	if f.file == "claim.csv" || codes[0] != "AmbiguousNumber" {
		return b
	}
	switch g.r.IntN(6) {
	case 0:
		rows := append(g.cells("change.csv"), []string{"low", "9", table, "*", f.column, "set", text})
		b.files, b.place = map[string][]byte{"change.csv": encode(rows)}, place("change.csv", len(rows), "value")
	case 1:
		rows := append(g.cells("assumption.csv"), []string{"added", table, "*", f.column, text, "", "", "an example"})
		b.files, b.place = map[string][]byte{"assumption.csv": encode(rows)}, place("assumption.csv", len(rows), "value")
	case 2:
		b.files = map[string][]byte{"case.yaml": append(g.base["case.yaml"], "question_volume: "+text+"\n"...)}
		b.place = place("case.yaml", strings.Count(string(g.base["case.yaml"]), "\n")+1, "question_volume")
	}
	return b
}

// dateCells are cells that hold dates.
var dateCells = []figure{
	{file: "period.csv", rows: 5, column: "from"},
	{file: "period.csv", rows: 5, column: "to"},
	{file: "vehicle.csv", rows: 3, column: "sop"},
	{file: "vehicle.csv", rows: 3, column: "eop"},
	{file: "vehicle_line.csv", rows: 5, column: "committed_until"},
	{file: "energy.csv", rows: 2, column: "from"},
	{file: "claim.csv", rows: 3, column: "as_of"},
	{file: "claim.csv", rows: 3, column: "period_from"},
	{file: "demand.csv", rows: 5, column: "from"},
}

// dateTexts are dates as people and spreadsheets write them.
var dateTexts = []string{
	"46023", "46023.5", "43831", "31/02/2026", "02/31/2026", "31/12/2027", "01/02/2026", "13/01/2026", "01.01.2026", "1.1.26", "01-02-2026", "1/2/26",
	"2026-W05", "2026-W05-1", "2026-13-01", "2026-02-30", "2026-00-10", "2026-01-01 00:00:00", "2026-01-01T00:00:00", "2026-01-01T12:30:00Z", "2026-01-01 00:00:00+01:00",
	"20260131", "2026/01/31", "2026-1-5", "2026.0", "2026.5", "Jan-26", "12-May-2026", "12 May 2026", "May 12, 2026", "31st January 2026", "today", "tomorrow", "n/a", "TBD",
	"1899-01-01", "9999-12-31", "0000-00-00", "Q1 2026", "2026Q1", "FY26", "H1 2026", "２０２６-01-01", "2026年1月31日", "2026-01-31-", "26", "202", "2026-01-", "-2026",
}

// date is a date that is written in another way, or dates that do not go together.
func (g *badMaker) date() badFile {
	f, text := one(g, dateCells...), nth(g, dateTexts)
	row := 2 + g.r.IntN(f.rows)
	return badFile{what: text + " in " + f.column, files: g.set(f.file, row, f.column, text), place: place(f.file, row, f.column), codes: []string{"BadDate"}}
}

// unit is a unit, a currency or a price year that is wrong.
func (g *badMaker) unit() badFile {
	header := func(file, column, unit string) badFile {
		rows := g.cells(file)
		for i, c := range rows[0] {
			if c == column {
				rows[0][i] += " [" + unit + "]"
			}
		}
		return badFile{what: column + " in " + unit, files: map[string][]byte{file: encode(rows)}, place: place(file, 1, column), codes: []string{"WrongUnit"}}
	}
	cell := func(file string, row int, column, text string, codes ...string) badFile {
		return badFile{what: text + " in " + column, files: g.set(file, row, column, text), place: place(file, row, column), codes: codes}
	}
	all := []func() badFile{
		func() badFile {
			return header("line.csv", "capacity_year", one(g, "tonnes", "GBP", "kWh", "%", "jobs/h", "furlongs", "days"))
		},
		func() badFile { return header("demand.csv", "volume", one(g, "GBP m", "kWh", "people", "litres")) },
		func() badFile { return header("demand.csv", "price_net", one(g, "USD/veh", "EUR", "GBP m/kWh", "kg")) },
		func() badFile { return header("energy.csv", "price", one(g, "GBP/MW", "EUR/kWh", "GBP/kW", "kWh")) },
		func() badFile { return header("energy.csv", "use_per_vehicle", one(g, "kW", "kWh", "GJ", "kW/veh")) },
		func() badFile { return header("demand.csv", "contribution", one(g, "GBP", "veh", "points")) },
		func() badFile {
			return header("plant.csv", "fixed_cost_open", one(g, "EUR m", "kUSD", "veh/yr", "jobs"))
		},
		func() badFile { return header("plant.csv", "name", one(g, "m", "%", "veh")) },
		func() badFile {
			return cell("term.csv", 2, "unit", one(g, "vehicles", "GBP", "veh", "%"), "UnknownValue")
		},
		func() badFile { return cell("term.csv", 2, "unit", "ccy/veh", "WrongUnit") },
		func() badFile {
			return cell("claim.csv", 2+g.r.IntN(3), "unit", one(g, "furlongs", "GBP m m", "SUV", "¥ m", "kWh per", "vehicles (almost)", "event"), "UnknownUnit")
		},
		func() badFile { return cell("claim.csv", 4, "currency", one(g, "EUR", "USD", "JPY"), "WrongUnit") },
		func() badFile {
			return cell("claim.csv", 4, "currency", one(g, "pounds", "gbp", "£", "EURO"), "UnknownCurrency")
		},
		func() badFile { return cell("claim.csv", 4, "price_year", "", "MissingPriceYear") },
		func() badFile {
			return cell("claim.csv", 4, "price_year", one(g, "26", "20226", "FY26"), "BadDate", "BrokenNumber")
		},
		func() badFile {
			b := cell("claim.csv", 4, "price_year", one(g, "2019", "2024", "2030"), "MissingDeflator")
			b.place = "binding.csv:4:claim_id"
			return b
		},
		func() badFile {
			b := cell("claim.csv", 2, "unit", one(g, "GBP m", "kWh", "%", "people"), "WrongUnit", "MissingPriceYear")
			b.place = "binding.csv:2:formula"
			if strings.Contains(b.what, "GBP") {
				b.place = "claim.csv:2:price_year"
			}
			return b
		},
		func() badFile {
			row := 2 + g.r.IntN(2)
			return cell("plant.csv", row, "price_year", one(g, "2019", "2024", "2030"), "MissingDeflator")
		},
		func() badFile {
			row := 2 + g.r.IntN(5)
			return cell("demand.csv", row, "currency", one(g, "EUR", "USD", "CNY"), "MissingExchangeRate")
		},
		func() badFile {
			row := 2 + g.r.IntN(5)
			return cell("vehicle_line.csv", row, "currency", one(g, "euro", "€", "gbp", "GBPs", "GB"), "UnknownCurrency")
		},
		func() badFile {
			row := 2 + g.r.IntN(5)
			return cell("demand.csv", row, "volume", one(g, "45", "8", "22"), "ThousandsSuspected")
		},
		func() badFile {
			row := one(g, 2, 3, 6)
			return cell("demand.csv", row, "contribution", one(g, "0.11", "0.5", "0.03", "0.999"), "PercentOrFraction")
		},
		func() badFile {
			row := 4 + g.r.IntN(2)
			return cell("demand.csv", row, "growth", one(g, "0.06", "0.04", "0.015", "151"), "PercentOrFraction")
		},
		func() badFile {
			return cell("change.csv", 3, "value", one(g, "65 m", "£65"), "BrokenNumber")
		},
	}
	b := nth(g, all)()
	b.warning = slices.Contains(b.codes, "ThousandsSuspected") // a hundred times off is a warning
	return b
}
