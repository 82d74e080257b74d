package headroom

import "sort"

// TerminalRule says what a plan is worth after its last period.
type TerminalRule string

// Terminal rules. TerminalAnnuity and TerminalSalvage are of older cases and read as TerminalResidual.
const (
	TerminalResidual TerminalRule = "residual" // the unused share of what was paid once, where it stands and earns
	TerminalNone     TerminalRule = "none"
	TerminalAnnuity  TerminalRule = "annuity"
	TerminalSalvage  TerminalRule = "salvage"
)

// Settings are the fields of case.yaml.
type Settings struct {
	ID           string       `yaml:"case_id"`
	Title        string       `yaml:"title"`
	BaseCurrency string       `yaml:"base_currency"`
	PriceYear    int          `yaml:"price_year"`
	DiscountRate float64      `yaml:"discount_rate"` // percent a year, real
	TerminalRule TerminalRule `yaml:"terminal_rule"`
	TerminalLife Opt          `yaml:"terminal_life"` // of older cases: nothing reads it
	HorizonFrom  Date         `yaml:"horizon_from"`
	HorizonTo    Date         `yaml:"horizon_to"`

	// The question of a car's cost by route that headroom brief answers.
	QuestionVehicle string  `yaml:"question_vehicle"`
	QuestionMarket  string  `yaml:"question_market"`
	QuestionVolume  float64 `yaml:"question_volume"` // vehicles a year
}

// Case is everything a plan is made from. Rows are sorted by key after loading; assumptions are filled in and a scenario's
// changes made, while money still stands in each row's own currency.
type Case struct {
	Settings

	Periods       []Period
	Regions       []Region
	Orgs          []Org
	Plants        []Plant
	Lines         []Line
	ShiftPatterns []ShiftPattern
	Vehicles      []Vehicle
	VehicleLines  []VehicleLine
	Markets       []Market
	Demands       []Demand
	Uncertains    []Uncertain
	Correlations  []Correlation
	Lanes         []Lane
	Duties        []Duty
	Quotas        []Quota
	Labours       []Labour
	Energies      []Energy
	FXRates       []FXRate
	Arrangements  []Arrangement
	Terms         []Term
	Targets       []Target
	Outturns      []Outturn
	Forecasts     []Forecast
	Assumptions   []Assumption
	Scenarios     []Scenario
	Changes       []Change
	Sources       []Source
	Claims        []Claim
	Bindings      []Binding
	Events        []Event
	Deflators     []Deflator
	Outages       []OutageProfile
	OutageClaims  []OutageClaim
	Shocks        []Shock
	Risks         []Risk

	Labels map[Ref]Label             // what each figure rests on
	Rows   map[string]map[string]int // table, row key: file line of the row, from 1

	Scenario string   // the scenario that was applied, "" for the base
	AsOf     Date     // the day as of which the case is known, 0 for all
	Today    Date     // the day of the run, 0 where nobody asked what is out of date
	With     []string // unsigned deals that are counted in
	Hash     string   // SHA-256 of the files as loaded
}

// Place is where the row of a table with a key stands; column may be "".
func (c *Case) Place(table, key, column string) Place {
	if table == "case" {
		return Place{File: "case.yaml", Row: c.Rows[table][column], Column: column}
	}
	return Place{File: table + ".csv", Row: c.Rows[table][key], Column: column}
}

// Day is the day by which claims are young or old: AsOf, or Today; 0 for none.
func (c *Case) Day() Date {
	if c.AsOf != 0 {
		return c.AsOf
	}
	return c.Today
}

// InForce reports whether a plan may use the arrangement: it is a fact, or it is one of With.
func (c *Case) InForce(a Arrangement) bool {
	if a.Status.Fact() {
		return true
	}
	for _, id := range c.With {
		if id == a.ID {
			return true
		}
	}
	return false
}

// Unsigned returns the deals in With that are below signed, sorted.
func (c *Case) Unsigned() []string {
	var out []string
	for _, a := range c.Arrangements {
		if !a.Status.Fact() && c.InForce(a) {
			out = append(out, a.ID)
		}
	}
	sort.Strings(out)
	return out
}
