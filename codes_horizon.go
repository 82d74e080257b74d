package headroom

// Codes of findings about the end of the horizon.
const (
	CodeFormerTerminalRule = "FormerTerminalRule"
	CodeUnusedSetting      = "UnusedSetting"
)

// horizonCodes are about the end of the horizon.
var horizonCodes = []Code{
	{
		CodeFormerTerminalRule,
		"The case names a terminal rule that there is no more. It is planned with the residual value: nothing is earned after the horizon, and what was paid once comes back by its unused share.",
		"case.yaml := \"case_id: two-plants\\nbase_currency: GBP\\nprice_year: 2026\\ndiscount_rate: 6\\nterminal_rule: annuity\\n\"",
		"info case.yaml:5:terminal_rule: FormerTerminalRule: annuity is read as residual: what was paid once comes back by its unused share, and nothing is earned after the horizon; write residual",
	},
	{
		CodeUnusedSetting,
		"A setting does not count: one of case.yaml that there is no more, or a least service of a vehicle that the plan may leave out.",
		"case.yaml + terminal_life: 7",
		"info case.yaml:9:terminal_life: UnusedSetting: terminal_life does not count any more; write the life of tooling in vehicle_line.tooling_life, and that of changes of a plant in plant.change_life",
	},
}
