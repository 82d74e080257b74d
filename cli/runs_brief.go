package cli

import (
	"encoding/json"
	"math"

	"headroom"
)

// fullRun is what a run.json of a brief holds, as far as a report is made from it.
type fullRun struct {
	Result struct {
		Status        headroom.PlanStatus `json:"status"`
		Objective     string              `json:"objective_name"`
		Value         float64             `json:"objective"`
		Bound         float64             `json:"bound"`
		Gap           float64             `json:"gap"`
		Constant      float64             `json:"constant"`
		Seed          int                 `json:"seed"`
		Solver        headroom.SolverInfo `json:"solver"`
		Check         headroom.PlanCheck  `json:"check"`
		Why           string              `json:"why"`
		Stopped       string              `json:"stopped"`
		Proof         *headroom.Proof     `json:"proof"`
		UnsignedInUse []string            `json:"unsigned_deals_used"`
		Explanation   []headroom.Cause    `json:"explanation"`
		Tables        struct {
			Output   []headroom.OutputRow   `json:"output"`
			Flow     []headroom.FlowRow     `json:"flow"`
			State    []headroom.StateRow    `json:"plant_state"`
			Alloc    []headroom.AllocRow    `json:"alloc"`
			Shift    []headroom.ShiftRow    `json:"shift"`
			Lost     []headroom.LostRow     `json:"lost"`
			Deal     []headroom.DealRow     `json:"deal"`
			Target   []headroom.TargetRow   `json:"target"`
			Cash     []headroom.CashRow     `json:"cash"`
			Binding  []headroom.BindingRow  `json:"binding"`
			Discount []headroom.DiscountRow `json:"discount"`
			Rest     []headroom.RestRow     `json:"rest"`
		} `json:"tables"`
		Brief *struct {
			headroom.Brief
			Routes  []headroom.CarCost                     `json:"cost_per_car"`
			RestsOn map[headroom.Basis]headroom.BasisShare `json:"rests_on"`
		} `json:"brief"`
	} `json:"result"`
}

// briefOfRun is the brief that a run has saved, with its base plan.
func briefOfRun(r *storedRun) (*headroom.Brief, error) {
	var f fullRun
	f.Result.Value, f.Result.Bound, f.Result.Gap = math.NaN(), math.NaN(), math.NaN() // what is null is missing
	place := headroom.Place{File: r.file}
	if err := json.Unmarshal(r.text, &f); err != nil {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, place, "save it anew", "the run cannot be read: %v", err)
	}
	if f.Result.Brief == nil {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, place, "save one with headroom brief --out", "this is the run of a plan, and a report is made of a brief")
	}
	b := f.Result.Brief.Brief
	b.CostPerCar.Routes = f.Result.Brief.Routes
	for _, basis := range []headroom.Basis{
		headroom.BasisFact, headroom.BasisDerived, headroom.BasisCommitment, headroom.BasisAssumption, headroom.BasisNone,
	} {
		if s, ok := f.Result.Brief.RestsOn[basis]; ok {
			s.Basis = basis
			b.RestsOn = append(b.RestsOn, s)
		}
	}
	b.Base = f.plan()
	return &b, nil
}

// plan is the base plan of the run.
func (f *fullRun) plan() *headroom.Plan {
	r, t := &f.Result, &f.Result.Tables
	p := &headroom.Plan{
		Status: r.Status, Stopped: r.Stopped, Objective: r.Objective, Value: r.Value, Bound: r.Bound, Gap: r.Gap, Constant: r.Constant, Seed: r.Seed,
		Solver: r.Solver, Check: r.Check, Why: r.Why, UnsignedInUse: r.UnsignedInUse, Explanation: r.Explanation,
		Outputs: t.Output, Flows: t.Flow, States: t.State, Allocs: t.Alloc,
		Shifts: t.Shift, Losts: t.Lost, Deals: t.Deal, Targets: t.Target, Cash: t.Cash, Bindings: t.Binding, Discounts: t.Discount, Rests: t.Rest,
	}
	if r.Proof != nil {
		p.GapWanted, p.ByMoney, p.ProvedBy, p.Unsigned = r.Proof.GapWanted, r.Proof.ByMoney, r.Proof.ProvedBy, r.Proof.CountsOn.Deals
	}
	return p
}
