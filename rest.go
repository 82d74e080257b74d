package headroom

import "math"

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

// LateMark is what is said of a closing, mothballing, opening, sale or launch in the last two calendar years of the horizon.
const LateMark = "rests on the last year going on"

// EndOfHorizon says what part of a value is no money within the horizon, and what stands on how it ends.
type EndOfHorizon struct {
	Rest     float64 `json:"rest"`         // what comes back of what was paid once, present value, base currency
	Share    float64 `json:"rest_share"`   // of the value; NaN where the value is 0
	Without  float64 `json:"without_rest"` // value of this plan without it
	OldTools int     `json:"old_tools"`    // launches of the plan that work on beyond the life of their tooling
	Late     int     `json:"late_changes"` // changes that rest on the last year going on
}

// EndOf is the end of the horizon of a plan whose money is worked out.
func EndOf(p *Plan) EndOfHorizon {
	e := EndOfHorizon{Share: math.NaN()}
	for _, r := range p.Cash {
		if r.Account == AccTerminal {
			e.Rest += r.Amount
		}
	}
	e.Without = p.Value - e.Rest
	if p.Objective == "cost" { // a cost is smaller by what comes back
		e.Without = p.Value + e.Rest
	}
	if p.Value != 0 {
		e.Share = e.Rest / math.Abs(p.Value)
	}
	for _, r := range p.Rests {
		if r.Old {
			e.OldTools++
		}
	}
	for _, r := range p.States {
		if r.Late {
			e.Late++
		}
	}
	for _, r := range p.Allocs {
		if r.Late {
			e.Late++
		}
	}
	return e
}
