package cli_test

import (
	"slices"
	"strconv"
	"strings"

	"headroom"
)

// references are cells that name rows of other tables.
var references = []struct {
	file   string
	rows   int
	column string
	key    bool
}{
	{"line.csv", 2, "plant", false},
	{"vehicle_line.csv", 5, "vehicle", true},
	{"vehicle_line.csv", 5, "line", true},
	{"demand.csv", 5, "vehicle", true},
	{"demand.csv", 5, "market", true},
	{"energy.csv", 2, "plant", true},
	{"labour.csv", 2, "plant", true},
	{"term.csv", 2, "arr_id", true},
	{"change.csv", 2, "scen_id", true},
	{"claim.csv", 3, "source_id", false},
}

// spoilt are ways in which a key is misspelt: none of them is another key of the case.
var spoilt = []func(string) string{
	func(s string) string { return s + "x" },
	func(s string) string { return s[1:] + s[:1] },
	func(s string) string { return strings.ToUpper(s) },
	func(s string) string { return s[:len(s)-1] },
	func(s string) string { return s + "\u200b" },
	func(s string) string { return "nowhere" },
	func(s string) string {
		return strings.NewReplacer("o", "о", "a", "а", "e", "е", "s", "ѕ", "i", "і").Replace(s) + "х"
	},
	func(s string) string { return s[:1] + " " + s[1:] },
	func(s string) string { return "../" + s },
	func(s string) string { return s + ";" },
}

// reference is a name that is not there, twice there, or leads in a circle.
func (g *badMaker) reference() badFile {
	cell := func(file string, row int, column, text string, codes ...string) badFile {
		return badFile{what: strconv.Quote(text) + " in " + column, files: g.set(file, row, column, text), place: place(file, row, column), codes: codes}
	}
	again := func(file, column string) badFile { // a row that stands twice
		rows := g.cells(file)
		rows = append(rows, rows[1+g.r.IntN(len(rows)-1)])
		return badFile{what: "a row twice", files: map[string][]byte{file: encode(rows)}, place: place(file, len(rows), column), codes: []string{"DuplicateKey"}}
	}
	keyed := [][2]string{{"plant.csv", "plant_id"}, {"line.csv", "line_id"}, {"vehicle.csv", "vehicle_id"}, {"market.csv", "market_id"}, {"period.csv", "period_id"}, {"claim.csv", "claim_id"}, {"scenario.csv", "scen_id"}, {"source.csv", "source_id"}}
	all := []func() badFile{
		func() badFile { k := one(g, keyed...); return again(k[0], k[1]) },
		func() badFile { return again("demand.csv", "vehicle") },
		func() badFile {
			k := one(g, keyed...)
			return cell(k[0], 2, k[1], one(g, "a b", " a", "a ", "-a", "ä", "a/b", "a,b", "a:b", "../a", "а", "=a", "名"), "BadKey")
		},
		func() badFile {
			rows := g.cells("market.csv")
			rows = append(rows, []string{one(g, "Home", "h0me", "HOME", "ABROAD", "abr0ad"), "x"})
			return badFile{what: "a key like another", files: map[string][]byte{"market.csv": encode(rows)}, place: place("market.csv", 4, "market_id"), codes: []string{"ConfusableKey"}}
		},
		func() badFile { return cell("scenario.csv", 2, "parent", "lower", "CircularParents") },
		func() badFile {
			return cell("claim.csv", 2, "supersedes", one(g, "C1", "C9", "C1 C2", "c1"), "SelfReference", "DanglingKey")
		},
		func() badFile { return cell("arrangement.csv", 2, "requires", "second", "CircularRequires") },
		func() badFile {
			return cell("binding.csv", 2, "row_key", one(g, "north", "north-9", "", "north-1:x"), "DanglingKey", "EmptyCell", "UnusedRow")
		},
		func() badFile {
			return cell("binding.csv", 2, "table", one(g, "lines", "Line", "nothing"), "UnknownTable")
		},
		func() badFile {
			return cell("binding.csv", 2, "column", one(g, "capacity", "Capacity_year", "x"), "UnknownColumn")
		},
		func() badFile { return cell("binding.csv", 2, "claim_id", one(g, "C9", "c1", "C1x"), "DanglingKey") },
		func() badFile {
			return cell("change.csv", 2, "table", one(g, "demands", "Demand", "nothing"), "UnknownTable")
		},
		func() badFile {
			return cell("change.csv", 2, "column", one(g, "volumes", "Volume", "x"), "UnknownColumn")
		},
		func() badFile {
			return cell("change.csv", 2, "selector", one(g, "hatch", "vehicle=", "vehicle.nothing=x", "nothing=1", "=x"), "BadSelector", "UnusedRow")
		},
		func() badFile {
			return cell("plant.csv", 2, "use", one(g, "Include", "included", "yes", "1"), "UnknownValue")
		},
		func() badFile {
			return cell("vehicle.csv", 2, "powertrain", one(g, "EV", "bev", "hybrid", "BЕV"), "UnknownValue")
		},
		func() badFile {
			b := cell("scenario.csv", 2, "title", "x", "UnknownScenario")
			b.args, b.place = []string{"check", "DIR", "--scenario", one(g, "Low", "lowest", "l0w")}, "scenario.csv"
			return b
		},
		func() badFile {
			b := cell("scenario.csv", 2, "title", "x", "UnknownDeal")
			b.args, b.place = []string{"check", "DIR", "--with", one(g, "Guest", "nobody")}, "arrangement.csv:arr_id"
			return b
		},
	}
	if g.at%2 == 0 {
		return nth(g, all)()
	}
	ref := one(g, references...)
	row := 2 + g.r.IntN(ref.rows)
	rows := g.cells(ref.file)
	was := rows[row-1][slices.Index(rows[0], ref.column)]
	return cell(ref.file, row, ref.column, nth(g, spoilt)(was), "DanglingKey", "BadKey")
}

// economics is a figure that cannot be, or figures that do not go together.
func (g *badMaker) economics() badFile {
	type c struct {
		file   string
		row    int
		column string
		texts  []string
		codes  []string
	}
	all := []c{
		{"demand.csv", 2, "volume", []string{"-45000", "-1"}, []string{"NegativeNumber"}},
		{"demand.csv", 3, "price_net", []string{"-18000", "-0.5"}, []string{"NegativeNumber"}},
		{"demand.csv", 2, "contribution", []string{"120", "101", "149"}, []string{"ImpossibleShare"}},
		{"demand.csv", 2, "min_service", []string{"120", "101%", "1000%"}, []string{"ImpossibleShare"}},
		{"demand.csv", 4, "growth", []string{"-150%", "-100", "-101"}, []string{"ImpossibleShare"}},
		{"demand.csv", 2, "price_net", []string{""}, []string{"MissingPrice"}},
		{"demand.csv", 2, "volume", []string{""}, []string{"EmptyNumber"}},
		{"line.csv", 2, "capacity_year", []string{"-150000", "-1"}, []string{"NegativeCapacity"}},
		{"line.csv", 3, "capacity_year", []string{""}, []string{"MissingCapacity"}},
		{"line.csv", 2, "availability", []string{"120", "101"}, []string{"ImpossibleShare"}},
		{"line.csv", 2, "rate", []string{"-5"}, []string{"NegativeCapacity"}},
		{"line.csv", 2, "min_rate", []string{"-5"}, []string{"NegativeNumber"}},
		{"plant.csv", 2, "fixed_cost_open", []string{"-95"}, []string{"NegativeNumber"}},
		{"plant.csv", 3, "fixed_cost_open", []string{""}, []string{"MissingFixedCost"}},
		{"plant.csv", 3, "cost_reopen", []string{""}, []string{"MissingReopenCost"}},
		{"plant.csv", 2, "mothball_share", []string{"120"}, []string{"ImpossibleShare"}},
		{"plant.csv", 2, "fixed_cost_per_capacity", []string{"300"}, []string{"DoubleCost"}},
		{"vehicle_line.csv", 3, "retool", []string{""}, []string{"MissingRetooling"}},
		{"vehicle_line.csv", 3, "retool", []string{"-120"}, []string{"NegativeNumber"}},
		{"vehicle_line.csv", 2, "min_run", []string{"120"}, []string{"ImpossibleShare"}},
		{"vehicle_line.csv", 2, "rate_factor", []string{"0"}, []string{"ImpossibleShare"}},
		{"vehicle_line.csv", 2, "ramp", []string{"50 120", "-5 100"}, []string{"ImpossibleShare", "NegativeNumber"}},
		{"vehicle_line.csv", 2, "content", []string{"kit"}, []string{"MissingContentCost"}},
		{"vehicle_line.csv", 2, "compatible", []string{"maybe", "Yes", "1", "oui"}, []string{"UnknownValue"}},
		{"vehicle.csv", 3, "eop", []string{"2026-06-30", "2020-01-01"}, []string{"ReversedDates"}},
		{"period.csv", 3, "from", []string{"2026-07-01", "2026-12-31"}, []string{"OverlappingPeriods"}},
		{"period.csv", 3, "from", []string{"2027-02-01", "2027-01-02"}, []string{"GapBetweenPeriods"}},
		{"period.csv", 3, "to", []string{"2026-12-30", "2020-01-01"}, []string{"ReversedDates"}},
		{"period.csv", 6, "to", []string{"2031-12-31", "2040-01-01"}, []string{"PeriodOutsideHorizon"}},
		{"arrangement.csv", 2, "p_success", []string{"1.02", "-0.1", "50", "5"}, []string{"BadProbability", "NegativeNumber"}},
		{"arrangement.csv", 2, "slip", []string{"0.5 0.52", "0.9", "1 1"}, []string{"BadProbability"}},
		{"arrangement.csv", 2, "status", []string{"early talks", "agreed", "Signed", "done"}, []string{"UnknownValue"}},
		{"energy.csv", 2, "price", []string{"-0.1"}, []string{"NegativeNumber"}},
		{"energy.csv", 2, "price", []string{""}, []string{"EmptyNumber"}},
		{"labour.csv", 2, "cost_per_unit", []string{""}, []string{"MissingLabourCost"}},
		{"labour.csv", 2, "crew_share", []string{"120"}, []string{"ImpossibleShare"}},
		{"term.csv", 2, "value", []string{"-1000"}, []string{"NegativeNumber"}},
		{"term.csv", 2, "value", []string{""}, []string{"EmptyNumber"}},
		{"term.csv", 2, "kind", []string{"fee", "min", "Fee_per_unit"}, []string{"UnknownValue"}},
		{"target.csv", 2, "value", []string{"-1"}, []string{"NegativeNumber"}},
		{"claim.csv", 2, "value", []string{""}, []string{"MissingValue"}},
		{"claim.csv", 3, "low", []string{"99000", "91000"}, []string{"ReversedRange"}},
		{"claim.csv", 3, "high", []string{"70000", "85000"}, []string{"ReversedRange"}},
		{"claim.csv", 2, "as_of", []string{"2027-01-01", "2099-01-01"}, []string{"FutureClaim"}},
		{"claim.csv", 2, "status", []string{"sure", "Official", "fact", ""}, []string{"UnknownValue", "EmptyCell"}},
		{"claim.csv", 2, "subject", []string{""}, []string{"EmptyCell"}},
		{"binding.csv", 4, "formula", []string{"[C3] +", "[C3", "[C9] * 2", "[C3] / 0", "fx(GBP,USD,2026-01-01)", "2 *", "nothing([C3])", "((((", "[C3] ^ 2"}, []string{"BrokenFormula", "MissingExchangeRate"}},
		{"binding.csv", 4, "formula", []string{"[C3] * 2", "[C3] + 0 * [C3] - [C3]", "[C3] * 1.01"}, []string{"DisagreeingFigure"}},
	}
	x := nth(g, all)
	text := one(g, x.texts...)
	b := badFile{what: strconv.Quote(text) + " in " + x.column, files: g.set(x.file, x.row, x.column, text), place: place(x.file, x.row, x.column), codes: x.codes}
	b.warning = x.codes[0] == "MissingFixedCost"
	switch x.codes[0] {
	case "ReversedRange": // of three numbers it is one of two that is told
		b.place = "claim.csv:3"
	case "MissingContentCost":
		b.place = place(x.file, x.row, "content_cost")
	}
	return b
}

// documented is one of the faults of the reference, by its example.
func (g *badMaker) documented() badFile {
	var codes []headroom.Code
	for _, c := range headroom.Codes() {
		if c.Example != "" && c.Finding != "" {
			codes = append(codes, c)
		}
	}
	code := nth(g, codes)
	b := badFile{what: code.Name, files: map[string][]byte{}, args: []string{"check", "DIR"}, codes: []string{code.Name}, warning: !strings.HasPrefix(code.Finding, "error ")}
	for name := range g.base { // the examples are edits of two-plants alone
		if _, err := twoPlants(name); err != nil {
			b.files[name] = nil
		}
	}
	_, said, _ := strings.Cut(code.Finding, " ")
	at, _, there := strings.Cut(said, ": "+code.Name+": ")
	if there {
		b.place = at
	}
	for line := range strings.SplitSeq(code.Example, "\n") {
		g.edit(&b, line)
	}
	return b
}
