package document

import (
	"headroom"
	"headroom/answer"
)

// Stop is what all documents about stops begin with.
type Stop struct {
	Case     Name                `json:"case"`
	Status   headroom.PlanStatus `json:"status"`
	Stopped  string              `json:"stopped"`
	Proof    headroom.Proof      `json:"proof"`
	Currency string              `json:"currency"`
	Note     string              `json:"note"`
}

// StopOf is the beginning of a document about stops of a plan.
func StopOf(c *headroom.Case, p *headroom.Plan, note string) Stop {
	return Stop{NameOf(c), answer.StatusOf(p), p.Stopped, answer.ProofOf(c, p), c.BaseCurrency, note}
}

// Outage is the document of one stop.
type Outage struct {
	Stop
	headroom.Outage
}

// Stress is the head of a stress test: the same stop at each plant by itself.
type Stress struct {
	Stop
	Weeks    float64 `json:"weeks"`
	Recovery float64 `json:"recovery"`
}

// StressAnswer is the document of a stress test.
type StressAnswer struct {
	Stress
	Rows Rows[headroom.StressRow] `json:"stress"`
}

// StressRun is the result of a saved stress test.
type StressRun struct {
	Stress
	Tables StressTables `json:"tables"`
	Files  Sums         `json:"files"`
}

// StressTables are the tables of a stress test.
type StressTables struct {
	Rows  Rows[headroom.StressRow] `json:"stress"`
	Proof Rows[ProofRow]           `json:"proof"`
}

// BackTests is the document of stops that did happen.
type BackTests struct {
	Stop
	Tests []answer.BackTest `json:"back_tests"`
}
