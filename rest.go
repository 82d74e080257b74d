package headroom

// LastingChange is what a plan pays for once and what lasts.
type LastingChange string

// Changes that have a rest at the end of the horizon.
const (
	ChangeLaunch      LastingChange = "launch"
	ChangeOpening     LastingChange = "opening"
	ChangeMothballing LastingChange = "mothballing"
	ChangeClosing     LastingChange = "closing"
	ChangeSale        LastingChange = "sale"
)

// RestRow is a change of a plan that stands at the end of the horizon, and what of it is unused then. Money is present value in
// units of the base currency.
type RestRow struct {
	Change  LastingChange `json:"change"`
	Plant   string        `json:"plant"`
	Vehicle string        `json:"vehicle"` // of a launch
	Line    string        `json:"line"`
	Content string        `json:"content"`
	Period  string        `json:"period"` // in which it was paid
	Org     string        `json:"org"`    // that paid, or that was paid
	Paid    float64       `json:"paid"`   // below zero for a sale
	From    Date          `json:"from"`   // first day on which it can work
	Years   float64       `json:"years"`  // that it serves from then on, its end cut; 0: without end
	Rest    float64       `json:"rest"`   // unused share of Paid
	Back    float64       `json:"back"`   // what of Rest comes back: no more than it earns
	Old     bool          `json:"old"`    // a tool that works beyond its life
}
