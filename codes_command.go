package headroom

// CommandCodes are the codes of what a command cannot do, of doubts about the evidence, and of models: they need more than the cells of
// a case, so that they have no example of an edit.
var CommandCodes = []Code{
	{Name: "WrongUsage", Text: "A flag or argument that is not understood, or two that do not go together. Exit status 2."},
	{Name: "NoSolver", Text: "The back end that --solver asks for is not there."},
	{Name: "RefusedModel", Text: "The numbers of the programme cannot be solved in a way to be trusted: the numeric gate refuses it, by one of N01 to N18."},
	{Name: "InternalFault", Text: "A fault of Headroom or of the solver. Exit status 5."},
	{Name: "ForeignRun", Text: "A saved run is of another case, scenario or set of deals than the one it is to be shown with."},
	{Name: "NoSuchReference", Text: "What trace or uses is asked about is no figure, result, claim or assumption; what is near it is named."},

	{Name: "NoOutturn", Text: "The case says nothing of what was built in the year that reconcile is asked about."},
	{Name: "UnfitOutturn", Text: "The totals of a year do not go together: no matrix of vehicles and markets has them as its sums."},
	{Name: "NoCalibration", Text: "A year cannot be planned from the year before, because the case lacks what was built or where."},
	{Name: "OutsideHorizon", Text: "A stop is asked about that lies outside the horizon of the case."},
	{Name: "NoUncertainty", Text: "The case says for no vehicle how far demand may be off, so that flex has nothing to average over."},
	{Name: "NoLinks", Text: "No plant that is open builds anything in the period that flex is asked about."},
	{Name: "NoCapacity", Text: "A line that flex would count can build nothing."},
	{Name: "UnknownLink", Text: "A link that flex is to add names a plant that is not open or a vehicle without demand."},
	{Name: "HugeCase", Text: "A case has more plants or vehicles than flex can count."},

	{Name: "DisagreeingFigure", Text: "A figure is not what its claims say by its formula, to 1 in 100,000."},
	{Name: "MixedPriceYears", Text: "Figures of money rest on sums in prices of other years that count as they are, for the reasons that their bindings say in as_is."},
	{Name: "NotChosen", Text: "A figure rests on another of several claims in conflict than the rule of the audit chooses."},
	{Name: "SameFigure", Text: "Two claims have the same figure under two names."},
	{Name: "FormulaText", Text: "A text of a claim would be run as a formula by a spreadsheet."},
	{Name: "DuplicateClaim", Text: "A claim has the same content as one that is there."},
	{Name: "NearClaim", Text: "A claim says about the same as one that is there; --yes enters it all the same."},
	{Name: "BrokenBundle", Text: "A bundle is damaged, was changed after it was made, or holds what no bundle holds."},

	{Name: "N01", Text: "Gate: NaN or infinity where a finite number must be, or arrays that do not fit together. Refused."},
	{Name: "N02", Text: "Gate: matrix coefficients that span more than 1e6 (a warning) or 1e9 (refused)."},
	{Name: "N03", Text: "Gate: a coefficient below 1e-6 or above 1e6 (a warning), at most 1e-9 or at least 1e12 (refused)."},
	{Name: "N04", Text: "Gate: sides of rows and bounds of columns beyond 1e6. A warning."},
	{Name: "N05", Text: "Gate: costs all below 1e-6, one above 1e6, or costs that span more than 1e9."},
	{Name: "N06", Text: "Gate: a switch that leaks, because its big-M is larger than its row can need or as large as a meaningful quantity."},
	{Name: "N17", Text: "Gate: bounds that cross, so that there is no solution. A warning."},
	{Name: "N18", Text: "Gate: a column improves the objective without limit. Refused."},

	{Name: "bad-number", Text: "Model file: a word that is no number, such as 1,5 or NaN, or a number that can never hold."},
	{Name: "bad-line", Text: "Model file: a line with too few or too many words, or words in the wrong place."},
	{Name: "bad-character", Text: "Model file: a NUL byte; the file is damaged or is no text."},
	{Name: "unknown-name", Text: "Model file: a row or column that is not declared."},
	{Name: "duplicate-name", Text: "Model file: a row or column that is declared twice."},
	{Name: "duplicate-entry", Text: "Model file: a second value for one place; readers differ on which one counts."},
	{Name: "unknown-section", Text: "Model file: a section that nobody knows."},
	{Name: "unsupported-section", Text: "Model file: quadratic, conic, special-ordered-set, indicator or piecewise constraints."},
	{Name: "unsupported-bound", Text: "Model file: a bound of unknown type, or a semi-continuous column without finite bounds."},
	{Name: "misplaced-section", Text: "Model file: a section before the one that it needs, or for the second time."},
	{Name: "truncated-file", Text: "Model file: the end is missing."},
}
