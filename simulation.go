package headroom

// Simulation is a fixed plan lived through many times. Every mean has a 95 % interval, and Paths says how many lives it is
// from. Units are vehicles in the period, money is in base currency, real and undiscounted.
type Simulation struct {
	Years   int // simulated years: paths times periods
	Paths   int // lives of the whole horizon
	Asked   int // paths that were asked for
	Weeks   int // weeks of a life
	Seed    int
	Crews   bool // lines could add crews
	Seconds float64
	Stopped string // "" or why it ended early
	Note    string // what a reader must know of the draws

	Series  []SimRow
	Targets []SimTarget
	ByYear  []SimTarget // the value of each target in every period
	Weakest []WorstWeek
}

// SimRow is the distribution of one series in one period. Of says what it is of: a plant, an owner, a market or nothing.
type SimRow struct {
	Series string  `json:"series"`
	Of     string  `json:"of"`
	Period string  `json:"period"`
	Plan   float64 `json:"plan"` // where nothing happens
	Mean   float64 `json:"mean"`
	Low    float64 `json:"ci95_low"` // of the mean
	High   float64 `json:"ci95_high"`
	SD     float64 `json:"sd"`
	P05    float64 `json:"p05"`
	P25    float64 `json:"p25"`
	P50    float64 `json:"p50"`
	P75    float64 `json:"p75"`
	P95    float64 `json:"p95"`
	P05Low float64 `json:"p05_ci95_low"` // of the fifth percentile, and so on
	P05Hi  float64 `json:"p05_ci95_high"`
	P50Low float64 `json:"p50_ci95_low"`
	P50Hi  float64 `json:"p50_ci95_high"`
	P95Low float64 `json:"p95_ci95_low"`
	P95Hi  float64 `json:"p95_ci95_high"`
	Paths  int     `json:"paths"`
}

// SimTarget is how likely a target is.
type SimTarget struct {
	Target      string  `json:"target_id"`
	Period      string  `json:"period"`
	Wanted      float64 `json:"target"`
	Probability float64 `json:"probability"`
	Low         float64 `json:"ci95_low"`
	High        float64 `json:"ci95_high"`
	Reached     int     `json:"reached"`
	Paths       int     `json:"paths"`
	Most        float64 `json:"most"` // the largest output of any path
}

// WorstWeek is one of the weeks in which the least was built relative to the plan.
type WorstWeek struct {
	Period string  `json:"period"`
	Week   int     `json:"week"` // of the period, from 1
	Path   int     `json:"path"`
	Units  float64 `json:"units"`
	Plan   float64 `json:"plan"`
	Why    string  `json:"why"` // the stops that were on
}

// Outage is what a stop costs beside the same weeks without it.
type Outage struct {
	Plants   []string `json:"plants"`
	From     string   `json:"from"`
	Weeks    float64  `json:"weeks"`    // nothing is built
	Recovery float64  `json:"recovery"` // weeks from then on until all capacity is back

	NotBuilt float64   `json:"not_built"` // at the plants, while it lasts
	CaughtUp float64   `json:"caught_up"` // of that, built there later
	Moved    float64   `json:"moved"`     // built more elsewhere
	Lost     float64   `json:"lost"`      // NotBuilt − CaughtUp − Moved
	InYear   float64   `json:"lost_in_period"`
	Sales    float64   `json:"sales_lost"`
	Money    []OrgCash `json:"cash"`
	Total    float64   `json:"cash_total"`
	LostLow  float64   `json:"lost_low"` // with stock and what is regained at the ends of their assumptions
	LostHigh float64   `json:"lost_high"`
	CashLow  float64   `json:"cash_low"`
	CashHigh float64   `json:"cash_high"`
	TTS      float64   `json:"tts_weeks"`      // until the first buyer goes without
	TTR      float64   `json:"ttr_weeks"`      // time to recover: weeks from the first day until all capacity is back
	Doubling *float64  `json:"doubling_weeks"` // weeks of standstill at which the damage is double; nil where there is none
	Doubles  string    `json:"doubling_of"`    // what doubles: cash or units
	Exposure float64   `json:"-"`              // money lost beside the most that any plant loses, in a stress test
}

// StressRow is what a standstill of one plant would do beside the same standstill of the others.
type StressRow struct {
	Plant    string  `json:"plant"`
	Exposure float64 `json:"risk_exposure"` // money lost beside the most that any plant loses
	NotBuilt float64 `json:"not_built"`
	CaughtUp float64 `json:"caught_up"`
	Moved    float64 `json:"moved"`
	Lost     float64 `json:"lost"`
	Sales    float64 `json:"sales_lost"`
	Cash     float64 `json:"cash"`
	TTS      float64 `json:"tts_weeks"`
	TTR      float64 `json:"ttr_weeks"`
}

// OrgCash is money of an owner.
type OrgCash struct {
	Org    string  `json:"org"`
	Amount float64 `json:"amount"`
}
