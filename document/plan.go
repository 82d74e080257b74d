package document

import (
	"fmt"
	"math"

	"headroom"
	"headroom/answer"
	"headroom/lp"
)

// Case says which case an answer is about.
type Case struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Scenario string   `json:"scenario"`
	With     []string `json:"with"`
	Hash     string   `json:"hash"`
	AsOf     string   `json:"as_of,omitempty"`
}

// CaseOf is the case of an answer.
func CaseOf(c *headroom.Case) Case {
	return Case{c.ID, c.Title, c.Scenario, c.With, c.Hash, c.AsOf.String()}
}

// Plan is the head of a plan, without its tables and the time it took. Units are vehicles in the period, money is in base currency.
type Plan struct {
	Case          Case                 `json:"case"`
	Status        headroom.PlanStatus  `json:"status"`
	ObjectiveName string               `json:"objective_name"`
	Objective     Number               `json:"objective"`
	Bound         Number               `json:"bound"`
	Gap           Number               `json:"gap"`
	GapWanted     float64              `json:"gap_wanted"`
	Constant      float64              `json:"constant"`
	Currency      string               `json:"currency"`
	PriceYear     int                  `json:"price_year"`
	Stopped       string               `json:"stopped"`
	Seed          int                  `json:"seed"`
	Solver        headroom.SolverInfo  `json:"solver"`
	Check         headroom.PlanCheck   `json:"check"`
	Unsigned      []string             `json:"unsigned_deals_counted_in"`
	UnsignedInUse []string             `json:"unsigned_deals_used"`
	Proof         *headroom.Proof      `json:"proof"` // nil in a run that was saved without
	Why           string               `json:"why,omitempty"`
	Banned        []headroom.Ban       `json:"banned,omitempty"`
	Explanation   *[]headroom.Cause    `json:"explanation,omitempty"`
	NotBuilt      *[]headroom.NotBuilt `json:"not_built,omitempty"`
}

// PlanAnswer is the document of a plan.
type PlanAnswer struct {
	Plan
	Seconds float64    `json:"seconds"`
	Tables  PlanTables `json:"tables"`
}

// PlanTables are the tables of a plan.
type PlanTables struct {
	Output   Rows[headroom.OutputRow]   `json:"output"`
	State    Rows[headroom.StateRow]    `json:"plant_state"`
	Alloc    Rows[headroom.AllocRow]    `json:"alloc"`
	Shift    Rows[headroom.ShiftRow]    `json:"shift"`
	Flow     Rows[headroom.FlowRow]     `json:"flow"`
	Lost     Rows[headroom.LostRow]     `json:"lost"`
	Deal     Rows[headroom.DealRow]     `json:"deal"`
	Target   Rows[headroom.TargetRow]   `json:"target"`
	Cash     Rows[headroom.CashRow]     `json:"cash"`
	Binding  Rows[headroom.BindingRow]  `json:"binding"`
	Discount Rows[headroom.DiscountRow] `json:"discount"`
	Rest     Rows[headroom.RestRow]     `json:"rest"`
}

// PlanTablesOf are the tables of a plan.
func PlanTablesOf(p *headroom.Plan) PlanTables {
	return PlanTables{
		p.Outputs, p.States, p.Allocs, p.Shifts, p.Flows, p.Losts, p.Deals, p.Targets, p.Cash, p.Bindings, p.Discounts, p.Rests,
	}
}

// PlanOf is the head of the plan of a case.
func PlanOf(c *headroom.Case, p *headroom.Plan) Plan {
	proof := answer.ProofOf(c, p)
	d := Plan{
		Case: CaseOf(c), Status: answer.StatusOf(p), ObjectiveName: p.Objective,
		Objective: Number(p.Value), Bound: Number(p.Bound), Gap: Number(p.Gap), GapWanted: p.GapWanted, Constant: p.Constant,
		Currency: c.BaseCurrency, PriceYear: c.PriceYear, Stopped: p.Stopped, Seed: p.Seed, Solver: p.Solver, Check: p.Check,
		Unsigned: p.Unsigned, UnsignedInUse: p.UnsignedInUse, Proof: &proof, Why: WhyOf(p), Banned: p.Banned,
	}
	if !answer.HasPlan(p) {
		d.Objective, d.Gap = Number(math.NaN()), Number(math.NaN())
	}
	if p.Status == headroom.StatusInfeasible {
		d.Explanation = &p.Explanation
	}
	if p.NotBuilt != nil {
		d.NotBuilt = &p.NotBuilt
	}
	return d
}

// WhyOf says what keeps a plan from being verified, or "".
func WhyOf(p *headroom.Plan) string {
	if p.Status == headroom.StatusTolerance && p.Why == "" {
		return fmt.Sprintf("it keeps the rules of the model to %g only, by the limits of the solver's arithmetic", lp.LooseTolerance)
	}
	return p.Why
}

// TheProof is the proof of the plan. A document that was saved without one has what its head says.
func (d *Plan) TheProof() headroom.Proof {
	if d.Proof != nil {
		return *d.Proof
	}
	p := headroom.NotTried()
	p.Status, p.Stopped = d.Status, d.Stopped
	p.Value, p.Bound, p.Gap = float64(d.Objective), float64(d.Bound), float64(d.Gap)
	return p
}

// Read is the plan that a document and its tables tell of: all but what it took to find it.
func (d *Plan) Read(t PlanTables) *headroom.Plan {
	p := &headroom.Plan{
		Status: d.Status, Stopped: d.Stopped, Objective: d.ObjectiveName, Value: float64(d.Objective), Bound: float64(d.Bound), Gap: float64(d.Gap),
		RootBound: math.NaN(), GapWanted: d.GapWanted, Constant: d.Constant, Seed: d.Seed, Solver: d.Solver, Check: d.Check, Why: d.Why,
		Unsigned: d.Unsigned, UnsignedInUse: d.UnsignedInUse, Banned: d.Banned,
		Outputs: t.Output, Flows: t.Flow, States: t.State, Allocs: t.Alloc, Shifts: t.Shift, Losts: t.Lost, Deals: t.Deal, Targets: t.Target,
		Cash: t.Cash, Bindings: t.Binding, Discounts: t.Discount, Rests: t.Rest,
	}
	if d.Proof != nil {
		p.ByMoney, p.ProvedBy = d.Proof.ByMoney, d.Proof.ProvedBy
	}
	if d.Explanation != nil {
		p.Explanation = *d.Explanation
	}
	if d.NotBuilt != nil {
		p.NotBuilt = *d.NotBuilt
	}
	return p
}
