package check

import (
	"cmp"
	"fmt"
	"slices"

	"headroom"
)

// Case returns all findings about a case, in the order of their places.
func Case(c *headroom.Case) []headroom.Finding {
	k := newChecker(c)
	k.periods()
	k.dates()
	k.numbers()
	k.ceilings()
	k.terminal()
	k.outliers()
	k.money()
	k.rates()
	k.regions()
	k.orgs()
	k.plants()
	k.lines()
	k.patterns()
	k.vehicles()
	k.places()
	k.markets()
	k.demands()
	k.uncertainties()
	k.services()
	k.commitments()
	k.lanes()
	k.meanings()
	k.duties()
	k.rivalDuties()
	k.quotas()
	k.labour()
	k.energy()
	k.holes()
	k.gaps()
	k.deals()
	k.chances()
	k.terms()
	k.fees()
	k.outages()
	k.risks()
	k.targets()
	k.minima()
	k.shocks()
	k.bands()
	k.evidence()
	if c.AsOf != 0 { // what was not known yet leaves rows that nothing needs
		k.out = slices.DeleteFunc(k.out, func(f headroom.Finding) bool { return f.Code == headroom.CodeUnusedRow })
	}
	sortFindings(k.out)
	return k.out
}

// wide are the codes whose rules look at many rows: with errors in the files they say little.
var wide = []string{
	headroom.CodeImpossibleDemand, headroom.CodeMissingPlace, headroom.CodeMissingDemand,
	headroom.CodeUnreachableTarget, headroom.CodeOvercommittedLine, headroom.CodeUnusedRow, headroom.CodeUselessDuty,
	headroom.CodeUnlabelledFigure, headroom.CodeUnknownTerritory, headroom.CodeUnknownDeal, headroom.CodeThousandsSuspected,
	headroom.CodeMissingRow, headroom.CodeGapBetweenRows, headroom.CodeDemandEnds, headroom.CodeTableNotGiven, headroom.CodeRivalDuties,
	headroom.CodeMinimumAboveMaximum, headroom.CodeOutsideBand, headroom.CodeTwoMeanings,
	headroom.CodeGapBetweenPeriods, headroom.CodePeriodOutside, headroom.CodeMissingExchangeRate, headroom.CodeMissingDeflator,
}

// Merge joins the findings of table.Load with those of Case, so that one cause is told once: where loading found errors,
// rules over many rows and second findings on a row with an error are left out.
func Merge(loaded, found []headroom.Finding) []headroom.Finding {
	type row struct {
		file string
		row  int
	}
	wrong := map[row]bool{}
	for _, f := range loaded {
		if f.Severity == headroom.SeverityError {
			wrong[row{f.File, f.Row}] = true
		}
	}
	out := slices.Clone(loaded)
	for _, f := range found {
		if wrong[row{f.File, f.Row}] || len(wrong) > 0 && slices.Contains(wide, f.Code) {
			continue
		}
		out = append(out, f)
	}
	sortFindings(out)
	return headroom.Once(out)
}

// sortFindings puts findings in the order of their places.
func sortFindings(fs []headroom.Finding) {
	slices.SortStableFunc(fs, func(a, b headroom.Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
}

// Errors reports whether there is an error among findings.
func Errors(fs []headroom.Finding) bool {
	return slices.ContainsFunc(fs, func(f headroom.Finding) bool { return f.Severity == headroom.SeverityError })
}

// checker is a case with its rows by key and the findings so far.
type checker struct {
	c        *headroom.Case
	out      []headroom.Finding
	regionOf map[string]*headroom.Region
	orgOf    map[string]*headroom.Org
	plantOf  map[string]*headroom.Plant
	lineOf   map[string]*headroom.Line
	carOf    map[string]*headroom.Vehicle
	marketOf map[string]*headroom.Market
	dealOf   map[string]*headroom.Arrangement
	laneOf   map[string]*headroom.Lane
	placesOf map[string][]*headroom.VehicleLine // by vehicle
	onLine   map[string][]*headroom.VehicleLine // by line
	demandOf map[string][]headroom.Demand       // by vehicle
	figured  []row                              // what rows gives
	doubted  map[headroom.Place]bool            // figures that something is said of
}

// newChecker indexes a case.
func newChecker(c *headroom.Case) *checker {
	k := &checker{
		c: c, placesOf: map[string][]*headroom.VehicleLine{}, onLine: map[string][]*headroom.VehicleLine{}, demandOf: map[string][]headroom.Demand{},
		regionOf: index(c.Regions), orgOf: index(c.Orgs), plantOf: index(c.Plants), lineOf: index(c.Lines),
		carOf: index(c.Vehicles), marketOf: index(c.Markets), dealOf: index(c.Arrangements), laneOf: index(c.Lanes),
	}
	for _, d := range c.Demands {
		k.demandOf[d.Vehicle] = append(k.demandOf[d.Vehicle], d)
	}
	for i := range c.VehicleLines {
		v := &c.VehicleLines[i]
		k.placesOf[v.Vehicle] = append(k.placesOf[v.Vehicle], v)
		k.onLine[v.Line] = append(k.onLine[v.Line], v)
	}
	return k
}

// index maps the keys of rows to the rows.
func index[T interface{ Key() string }](rows []T) map[string]*T {
	out := make(map[string]*T, len(rows))
	for i := range rows {
		out[rows[i].Key()] = &rows[i]
	}
	return out
}

// add reports a finding about a column of the row of a table with a key.
func (k *checker) add(sev headroom.Severity, code, table, key, column, hint, format string, args ...any) {
	k.out = append(k.out, headroom.Finding{
		Severity: sev, Code: code, Place: k.c.Place(table, key, column), Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// fail reports an error.
func (k *checker) fail(code, table, key, column, hint, format string, args ...any) {
	k.add(headroom.SeverityError, code, table, key, column, hint, format, args...)
}

// warn reports a warning.
func (k *checker) warn(code, table, key, column, hint, format string, args ...any) {
	k.add(headroom.SeverityWarning, code, table, key, column, hint, format, args...)
}

// whole writes a volume for a message.
func whole(v float64) string { return fmt.Sprintf("%.0f", v) }
