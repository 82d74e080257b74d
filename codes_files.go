package headroom

// Codes of findings about reading and writing files.
const (
	CodeDiskFull     = "DiskFull"
	CodeNotPermitted = "NotPermitted"
	CodeChangedRun   = "ChangedRun"
	CodeBrokenLog    = "BrokenLog"
	CodeLogAhead     = "LogAhead"
	CodeBeyondLimit  = "BeyondLimit"
)

// filesCodes are about reading and writing files. The first two end a command with status 5: the case is not to blame.
var filesCodes = []Code{
	{
		CodeDiskFull,
		"There is no room on the disk. What was to be written is not there, and what it was to replace is as it was.",
		"",
		"",
	},
	{
		CodeNotPermitted,
		"A file or folder may not be read or written. Nothing was changed.",
		"",
		"",
	},
	{
		CodeChangedRun,
		"A saved run is not what was saved: its run.json or one of its tables was edited, exchanged or lost.",
		"",
		"",
	},
	{
		CodeBrokenLog,
		"The log of the claims is broken, its head is missing, or a table says something else than the log.",
		"",
		"",
	},
	{
		CodeLogAhead,
		"The log of the claims has entries beyond its head: a program was stopped while it made them. Nothing is lost; the next entry, or headroom ledger repair, finishes them.",
		"",
		"",
	},
	{
		CodeBeyondLimit,
		"A number of case.yaml, or a life, is beyond what any case needs: it would take the time and the memory of the machine and mean nothing.",
		"case.yaml := \"case_id: two-plants\\nbase_currency: GBP\\nprice_year: 2026\\ndiscount_rate: 600%\\n\"",
		"error case.yaml:4:discount_rate: BeyondLimit: a discount rate of 600 percent a year is outside -50 to 100; write percent a year, such as 6",
	},
}
