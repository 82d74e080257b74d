package headroom

// Codes of what a text may mean, and of the form of a file.
const (
	CodeAmbiguousNumber  = "AmbiguousNumber"
	CodeWrongSeparator   = "WrongSeparator"
	CodeTitleRow         = "TitleRow"
	CodeWideTable        = "WideTable"
	CodeConfusableLetter = "ConfusableLetter"
	CodeMissingValue     = "MissingValue"
	CodeMissingCache     = "MissingFormulaValue"
)

// readingCodes are about what a text may mean, and the form of a file.
var readingCodes = []Code{
	{
		CodeAmbiguousNumber,
		"A number has two readings: its point (or comma) may separate thousands or decimals. In a column of amounts a point before exactly three digits is read as a decimal point only where another number of the column shows that points are: one with other than three digits after it, or an exponent.",
		"demand.csv:2:volume = 45.000",
		"error demand.csv:2:volume: AmbiguousNumber: \"45.000\" may be 45000 or 45: its point may separate thousands or decimals, and no other number of the column shows which; write 45000, or 45.0",
	},
	{
		CodeWrongSeparator,
		"The columns of a file are not separated by commas. Nothing else is said of the file.",
		"line.csv := \"line_id;plant;capacity_year\\nnorth-1;north;150000,5\\n\"",
		"error line.csv:1: WrongSeparator: the columns are separated by semicolons; separate them by commas: save the file as CSV with commas, and texts with a comma in quotes",
	},
	{
		CodeTitleRow,
		"There are rows above the names of the columns.",
		"line.csv := \"Lines of the case,,\\nline_id,plant,capacity_year\\nnorth-1,north,150000\\n\"",
		"error line.csv:1: TitleRow: the names of the columns stand in row 2, below a title; delete what is above them",
	},
	{
		CodeWideTable,
		"The years, or the periods, of a table stand side by side as columns.",
		"demand.csv := \"vehicle,market,2026,2027\\nhatch,home,80000,81000\\n\"",
		"error demand.csv:1:2026: WideTable: 2026, 2027 stand as columns; write a row for each of them, with its name in the column period and its number in the column volume",
	},
	{
		CodeConfusableLetter,
		"A text has a letter that looks like another, or a character that is not seen: a search for what a reader reads does not find it.",
		"claim.csv := \"claim_id,subject,quantity,value,unit,status\\nC1,n\\u043erth,capacity,150000,vehicles/yr,reported\\n\"",
		"error claim.csv:2:subject: ConfusableLetter: \"nоrth\" has the letter о (U+043E), which looks like the Latin o and is not; write \"north\"",
	},
	{
		CodeMissingValue,
		"A claim of kind quantity has neither a value nor a low or a high.",
		"claim.csv := \"claim_id,subject,quantity,value,unit,status\\nC1,north,capacity,,vehicles/yr,reported\\n\"",
		"error claim.csv:2:value: MissingValue: a claim of kind quantity has neither a value nor a low or a high; write what was said, or the kind event, statement or rule; a missing number is not zero",
	},
	{
		CodeMissingCache,
		"A cell of a workbook has a formula whose value is not stored: the file was written by a program that computes nothing.",
		"",
		"",
	},
}
