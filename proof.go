package headroom

import (
	"math"
	"slices"
)

// Proof is why an answer can be believed, and on what it counts. Every document of an answer that rests on a plan holds one. A
// number that is not there is NaN, which a document writes as null.
type Proof struct {
	Status PlanStatus `json:"status"`

	Value     float64 `json:"value"`      // of the plan, base currency; of a cost, the cost
	Bound     float64 `json:"bound"`      // no plan has a better value
	Gap       float64 `json:"gap"`        // |bound − value| / |value|; NaN where value is 0
	Within    float64 `json:"within"`     // |bound − value|, base currency
	GapWanted float64 `json:"gap_wanted"` // relative, as asked for
	// ByMoney is set where the value is so near to nothing that a share of it means little: the plan is verified because Within
	// is at most GapWanted times a thousandth of its discounted revenue. Then no percentage is shown.
	ByMoney  bool     `json:"by_money"`
	ProvedBy ProvedBy `json:"proved_by"`
	Stopped  string   `json:"stopped"` // optimal, time, interrupt, nodes, tolerance …

	CountsOn CountsOn `json:"counts_on"`

	End EndOfHorizon `json:"end_of_horizon"`

	Check   PlanCheck  `json:"check"`
	Solver  SolverInfo `json:"solver"`
	Seconds float64    `json:"seconds"`
	Seed    int        `json:"seed"`
}

// ProvedBy says who vouches for the bound of a plan.
type ProvedBy string

// Who vouches for a bound.
const (
	ProvedByDuals  ProvedBy = "duals"  // recomputed from the duals, every rounding to the safe side
	ProvedBySolver ProvedBy = "solver" // the solver's search, which is not done again
	ProvedByNobody ProvedBy = ""       // there is no bound, or the point failed a check
)

// CountsOn is what a plan may use besides what stands today.
type CountsOn struct {
	Committed  bool     `json:"committed"`  // commitments of the case
	Signed     bool     `json:"signed"`     // deals that are signed, approved or operating
	Candidates []string `json:"candidates"` // vehicles and plants that the plan may choose
	Deals      []string `json:"deals"`      // unsigned deals that were named
}

// ProofOf is the proof of a plan.
func ProofOf(p *Plan) Proof {
	q := Proof{
		Status: p.Status, Value: p.Value, Bound: p.Bound, Gap: p.Gap, Within: math.Abs(p.Bound - p.Value), GapWanted: p.GapWanted,
		ByMoney: p.ByMoney, ProvedBy: p.ProvedBy, Stopped: p.Stopped,
		CountsOn: CountsOn{Committed: true, Signed: true, Candidates: []string{}, Deals: p.Unsigned},
		Check:    p.Check, Solver: p.Solver, Seconds: p.Seconds, Seed: p.Seed, End: EndOf(p),
	}
	if p.Status == StatusInfeasible || p.Status == StatusUnbounded || p.Status == StatusNone {
		q.Value, q.Gap, q.Within = math.NaN(), math.NaN(), math.NaN()
		q.End = EndOfHorizon{Rest: math.NaN(), Share: math.NaN(), Without: math.NaN()}
	}
	return q
}

// firmness orders the statuses of plans, the firmest first.
var firmness = []PlanStatus{
	StatusVerified, StatusLimit, StatusTolerance, StatusDisputed, StatusInfeasible, StatusUnbounded, StatusNone, StatusInterrupted, StatusNotTried,
}

// Weaker reports whether a proof is less firm than another: by status, then by gap, of which one without a bound has the widest.
func (p Proof) Weaker(than Proof) bool {
	if a, b := slices.Index(firmness, p.Status), slices.Index(firmness, than.Status); a != b {
		return a > b
	}
	return p.width() > than.width()
}

// width is the gap; a value of nothing has none, and it is known how near it is.
func (p Proof) width() float64 {
	switch {
	case math.IsNaN(p.Bound) || math.IsInf(p.Bound, 0):
		return math.Inf(1)
	case math.IsNaN(p.Gap):
		return 0
	}
	return p.Gap
}
