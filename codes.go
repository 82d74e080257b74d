package headroom

import "slices"

// Code documents a code of findings. Example has edits of the case two-plants, one a line, that give Finding:
// FILE:ROW:COLUMN = CELL sets a cell, FILE + TEXT adds a line, FILE := "TEXT" makes a file anew, rm FILE deletes it, and
// load --scenario ID, load --with ID and load --as-of DATE say how the case is loaded. The day of the run is 2026-06-04. A code
// without Example is about a folder, a very large file, or what no command asks for.
type Code struct {
	Name, Text, Example, Finding string
}

// Codes has every code of a finding about a case, in the order in which a case is looked at.
var Codes = slices.Concat(fileCodes, readingCodes, rowCodes, claimCodes, filesCodes, wholeCodes, horizonCodes)

// fileCodes are about files and cells.
var fileCodes = []Code{
	{
		CodeNoSuchFolder,
		"The folder of the case is not there.",
		"",
		"",
	},
	{
		CodeNotACase,
		"The folder has none of the files of a case, or is a file.",
		"",
		"",
	},
	{
		CodeNotEmpty,
		"A starter case is written only into an empty folder.",
		"",
		"",
	},
	{
		CodeLedgerInUse,
		"Another program is adding to the ledger of the case: entries are made one after the other, so that none is lost.",
		"",
		"",
	},
	{
		CodeUnknownStarter,
		"There is no starter case of that name.",
		"",
		"",
	},
	{
		CodeMissingTable,
		"A table without which there is no case is missing or has no rows.",
		"rm demand.csv",
		"error demand.csv: MissingTable: the table is missing; add it; headroom init writes an example",
	},
	{
		CodeStrayFile,
		"A file in the folder is not part of a case. A CSV file of an unknown name is an error, because a plan without it would be wrong.",
		"plants.csv := \"plant_id\\neast\\n\"",
		"error plants.csv: StrayFile: there is no table \"plants\"; did you mean \"plant\"?",
	},
	{
		CodeUnreadableFile,
		"A file cannot be opened or read.",
		"",
		"",
	},
	{
		CodeUTF16,
		"A file is UTF-16. Spreadsheets write it as \"Unicode text\".",
		"line.csv := \"\\xff\\xfel\\x00i\\x00n\\x00e\\x00\"",
		"error line.csv: UTF16: the file is UTF-16; save it as CSV UTF-8",
	},
	{
		CodeNotUTF8,
		"A cell is in another encoding than UTF-8.",
		"market.csv := \"market_id,name\\nhome,Caf\\xe9\\nabroad,Others\\n\"",
		"error market.csv:2:name: NotUTF8: the cell is not UTF-8; save it as CSV UTF-8",
	},
	{
		CodeNulByte,
		"A file has a NUL byte: it is damaged, or not a text.",
		"market.csv := \"market_id,name\\nhome,Ho\\x00me\\nabroad,Others\\n\"",
		"error market.csv:2:name: NulByte: the file has a NUL byte; save it as CSV UTF-8",
	},
	{
		CodeOpenQuote,
		"A quote is opened and never closed.",
		"market.csv := \"market_id,name\\nabroad,Others\\nhome,\\\"Home\\n\"",
		"error market.csv:3:name: OpenQuote: a quote is opened and not closed; close the quote, or double a quote that belongs to the text",
	},
	{
		CodeBareQuote,
		"A quote stands in the middle of a cell.",
		"market.csv := \"market_id,name\\nhome,our \\\"Home\\\"\\nabroad,Others\\n\"",
		"error market.csv:2:name: BareQuote: a quote stands in the middle of a cell; put the whole cell in quotes and double each quote in it",
	},
	{
		CodeShortRow,
		"A row has fewer cells than the header.",
		"market.csv := \"market_id,name\\nhome\\nabroad,Others\\n\"",
		"error market.csv:2: ShortRow: 1 cells where the header has 2; write a comma for each empty cell, too",
	},
	{
		CodeLongRow,
		"A row has more cells than the header.",
		"market.csv := \"market_id,name\\nhome,Home, sweet home\\nabroad,Others\\n\"",
		"error market.csv:2: LongRow: 3 cells where the header has 2; a text with a comma in it stands in quotes",
	},
	{
		CodeLongCell,
		"A cell is longer than 32 KiB, or case.yaml longer than 64 KiB.",
		"",
		"",
	},
	{
		CodeTooManyRows,
		"A table has more than a million rows, or its file more than 256 MB.",
		"",
		"",
	},
	{
		CodeTooManyColumns,
		"A file has more than 500 columns.",
		"",
		"",
	},
	{
		CodeBrokenYAML,
		"The file case.yaml is not a list of name: value.",
		"case.yaml := \"case_id: [\\n\"",
		"error case.yaml:1: BrokenYAML: the file is not YAML: did not find expected node content; write one line of name: value for each field",
	},
	{
		CodeMissingColumn,
		"A column, or a field of case.yaml, that must be there is missing.",
		"market.csv := \"name\\nHome\\n\"",
		"error market.csv:1:market_id: MissingColumn: a column is missing: Name of the market; add the column market_id",
	},
	{
		CodeUnknownColumn,
		"A table has no such column. It is never passed over, because a plan without it would be wrong.",
		"line.csv:2:capacity_yaer = 150000",
		"error line.csv:1:capacity_yaer: UnknownColumn: line has no column \"capacity_yaer\"; did you mean \"capacity_year\"?",
	},
	{
		CodeDuplicateColumn,
		"A column stands twice.",
		"market.csv := \"market_id,name,name\\nhome,Home,Home\\nabroad,Others,Others\\n\"",
		"error market.csv:1:name: DuplicateColumn: the column stands twice; delete one of the two",
	},
	{
		CodeWrongUnit,
		"The unit in a header, of a term, or of a claim is not one that the column can have, or what a formula gives is of another dimension.",
		"line.csv := \"line_id,plant,capacity_year [tonnes]\\nnorth-1,north,150000\\nsouth-1,south,90000\\n\"",
		"error line.csv:1:capacity_year: WrongUnit: the column is in veh/yr, and the header says \"tonnes\"; give the figures in veh/yr",
	},
	{
		CodeUnknownScenario,
		"The scenario that was asked for is not there.",
		"load --scenario boom",
		"error scenario.csv: UnknownScenario: there is no scenario \"boom\"; the scenarios are the rows of scenario.csv",
	},
	{
		CodeUnknownTable,
		"An assumption, change or binding names a table that is not there.",
		"assumption.csv + east,plants,*,site_cap,1000,,,an example",
		"error assumption.csv:9:table: UnknownTable: there is no table \"plants\"; did you mean \"plant\"?",
	},
	{
		CodeBadSelector,
		"A selector cannot be read.",
		"assumption.csv + east,plant,north,site_cap,1000,,,an example",
		"error assumption.csv:9:selector: BadSelector: \"north\" is not column=value; write column=value pairs separated by spaces, or *",
	},
	{
		CodeImpossibleChange,
		"An assumption or change would change what stays as it is: a key, or a text by multiplication.",
		"assumption.csv + east,plant,*,plant_id,east,,,an example",
		"error assumption.csv:9:column: ImpossibleChange: plant_id is a key of plant; keys stay as they are",
	},
	{
		CodeUnusedRow,
		"A row changes nothing: it is never used, or picks nothing.",
		"assumption.csv + east,plant,plant_id=east,site_cap,1000,,,an example",
		"warning assumption.csv:9:assumption_id: UnusedRow: the assumption \"east\" fills no cell; check its selector, or delete it",
	},
	{
		CodeEmptyCell,
		"A cell that must be filled is empty.",
		"line.csv:2:plant = ",
		"error line.csv:2:plant: EmptyCell: the cell is empty; fill it in",
	},
	{
		CodeEmptyNumber,
		"A number that must be there is missing. Missing is not zero.",
		"demand.csv:2:volume = ",
		"error demand.csv:2:volume: EmptyNumber: the number is missing; fill it in, or write an assumption for it; a missing number is not zero",
	},
	{
		CodeNotANumber,
		"A cell says NaN or the like.",
		"line.csv:2:capacity_year = NaN",
		"error line.csv:2:capacity_year: NotANumber: \"NaN\" is not a number; leave the cell empty where the figure is missing",
	},
	{
		CodeInfiniteNumber,
		"A number is infinite.",
		"line.csv:2:capacity_year = 1e309",
		"error line.csv:2:capacity_year: InfiniteNumber: \"1e309\" is larger than any number; write the figure in the unit of the column",
	},
	{
		CodeHugeNumber,
		"A number is larger than any figure of a case.",
		"line.csv:2:capacity_year = 1e15",
		"error line.csv:2:capacity_year: HugeNumber: \"1e15\" is larger than any figure of a case; write the figure in the unit of the column",
	},
	{
		CodeDecimalComma,
		"A number has a decimal comma.",
		"plant.csv:2:fixed_cost_open = 95,5",
		"error plant.csv:2:fixed_cost_open: DecimalComma: \"95,5\" has a decimal comma; write 95.5",
	},
	{
		CodeGroupedNumber,
		"A number has thousands separators.",
		"line.csv:2:capacity_year = 150,000",
		"error line.csv:2:capacity_year: GroupedNumber: \"150,000\" has a thousands separator, or a decimal comma; write 150000, or 150.0 if the comma is a decimal one",
	},
	{
		CodeBrokenNumber,
		"A cell is not a number for another reason: a currency sign, a percent sign where there is no percentage, a word.",
		"plant.csv:2:fixed_cost_open = £95",
		"error plant.csv:2:fixed_cost_open: BrokenNumber: \"£95\" has a currency sign; write the number alone and the currency in the column currency",
	},
	{
		CodePercentOrFraction,
		"A percentage may be a fraction, or a fraction a percentage. A percent sign in the cell says that it is meant.",
		"demand.csv:2:contribution = 0.11",
		"error demand.csv:2:contribution: PercentOrFraction: 0.11 may be a fraction, and the column is in percent; write 11 for the fraction or 0.11% for the percentage",
	},
	{
		CodeBadDate,
		"A date is not of the form YYYY-MM-DD: days and months in another order, a time of day, the serial number of a spreadsheet.",
		"period.csv:2:from = 01/02/2026",
		"error period.csv:2:from: BadDate: \"01/02/2026\" is not a date of the form YYYY-MM-DD: it may be 2026-02-01 or 2026-01-02; write the one that is meant",
	},
	{
		CodeUnknownValue,
		"A cell is not one of the words that its column has.",
		"plant.csv:2:use = included",
		"error plant.csv:2:use: UnknownValue: \"included\" is not one of include, exclude, consider; did you mean \"include\"?",
	},
	{
		CodeUnknownCurrency,
		"A currency is not a code of three capitals.",
		"plant.csv:2:currency = pounds",
		"error plant.csv:2:currency: UnknownCurrency: \"pounds\" is not a currency; write its code of three capitals, as GBP",
	},
	{
		CodeBadKey,
		"A key is not of the form of keys: letters, digits, points, hyphens and underscores.",
		"market.csv + far east,Far East",
		"error market.csv:4:market_id: BadKey: \"far east\" is not a key; a key is letters, digits, points, hyphens and underscores, and begins with a letter or a digit",
	},
	{
		CodeConfusableKey,
		"Two keys look alike: they differ only in case, spaces, or letters of another script.",
		"market.csv + Home,Another home",
		"error market.csv:4:market_id: ConfusableKey: the key \"Home\" looks like \"home\" in row 3; give them keys that a reader can tell apart, or the same",
	},
	{
		CodeDuplicateKey,
		"Two rows have one key.",
		"market.csv + home,Another home",
		"error market.csv:4:market_id: DuplicateKey: the key \"home\" stands in row 3, too; delete one of the two or give it another key",
	},
	{
		CodeDanglingKey,
		"A cell names a row that is not there.",
		"line.csv:2:plant = nroth",
		"error line.csv:2:plant: DanglingKey: \"nroth\" is not in plant.csv; did you mean \"north\"?",
	},
}
