package answer

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"headroom"
	"headroom/lp"
	"headroom/lp/lptest"
	"headroom/planner"
	"headroom/table"
)

func mustTwoPlants(t testing.TB) *headroom.Case {
	t.Helper()
	c, findings, err := table.Load("../cases/two-plants", table.LoadOptions{})
	if err != nil || c == nil {
		t.Fatalf("%v %v", err, findings)
	}
	return c
}

// TestPlanTwoPlants: the plan of the case to learn with is verified, its cash adds up to its value, and the ledger agrees.
func TestPlanTwoPlants(t *testing.T) {
	t.Parallel()
	for _, objective := range []string{"npv", "cost"} {
		c := mustTwoPlants(t)
		for i := range c.Demands {
			if objective == "cost" {
				c.Demands[i].LostSale = headroom.Some(20000)
			}
		}
		p, err := Plan(t.Context(), c, mustSolver(t), planner.Options{Objective: objective, Gap: 1e-9})
		if err != nil {
			t.Fatal(err)
		}
		if p.Status != headroom.StatusVerified || p.Check.MoneyError > 1e-9 {
			t.Errorf("%s: status %s %s, money error %g", objective, p.Status, p.Why, p.Check.MoneyError)
		}
		if objective == "cost" {
			continue
		}
		factor := map[string]float64{headroom.TerminalPeriod: 1}
		for _, d := range p.Discounts {
			factor[d.Period] = d.Factor
		}
		sum := 0.0
		for _, r := range p.Cash {
			sum += r.Amount * factor[r.Period]
		}
		if math.Abs(sum-p.Value) > 1e-9*math.Abs(p.Value) {
			t.Errorf("cash adds up to %.12g, value %.12g", sum, p.Value)
		}
	}
}

// TestAudit: a plan that was tampered with is disputed, and says why.
func TestAudit(t *testing.T) {
	t.Parallel()
	c := mustTwoPlants(t)
	honest, err := Plan(t.Context(), c, mustSolver(t), planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		change func(p *headroom.Plan)
		want   string // in why; "" for a plan that passes
	}{
		{"as it is", func(*headroom.Plan) {}, ""},
		{"value a little higher", func(p *headroom.Plan) { p.Value *= 1 + 1e-8 }, "the ledger makes the objective"},
		{"one vehicle more", func(p *headroom.Plan) {
			p.Outputs = slices.Clone(p.Outputs)
			p.Outputs[0].Units++
		}, "rules are broken"},
		{"a flow that is not built", func(p *headroom.Plan) {
			p.Flows = slices.Clone(p.Flows)
			p.Flows[0].Units *= 2
		}, "rules are broken"},
		{"a plant that is closed", func(p *headroom.Plan) {
			p.States = slices.Clone(p.States)
			for i := range p.States {
				if p.States[i].Plant == "south" {
					p.States[i].State = headroom.Closed
				}
			}
		}, "rules are broken"},
	}
	for _, tt := range tests {
		p := *honest
		tt.change(&p)
		if err := Audit(c, &p); err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if disputed := p.Status == headroom.StatusDisputed; disputed != (tt.want != "") || !strings.Contains(p.Why, tt.want) {
			t.Errorf("%s: status %s, why %q, want %q", tt.name, p.Status, p.Why, tt.want)
		}
	}
	// A row that names nothing in the case is an error: nobody can say what such a plan is.
	p := *honest
	p.Outputs = append(slices.Clone(p.Outputs), headroom.OutputRow{Vehicle: "nothing", Line: "nowhere", Period: "2026", Units: 1})
	if err := Audit(c, &p); err == nil {
		t.Error("an output of nothing is no error")
	}
}

// TestAuditWithoutPlan: where there is no plan there is nothing to check.
func TestAuditWithoutPlan(t *testing.T) {
	t.Parallel()
	for _, status := range []headroom.PlanStatus{headroom.StatusInfeasible, headroom.StatusUnbounded, headroom.StatusNone, headroom.StatusVerified} {
		p := &headroom.Plan{Status: status, Value: math.NaN()}
		if HasPlan(p) {
			t.Errorf("%s without tables has a plan", status)
		}
		if err := Audit(mustTwoPlants(t), p); err != nil || p.Status != status || p.Cash != nil {
			t.Errorf("%s: %v, then %s", status, err, p.Status)
		}
	}
}

// TestPlanSolvers: what a solver does is an outcome, and only its failure is an error.
func TestPlanSolvers(t *testing.T) {
	t.Parallel()
	stop := func(r *lp.Result) func(context.Context, *lp.Problem, lp.Options) (*lp.Result, error) {
		return func(context.Context, *lp.Problem, lp.Options) (*lp.Result, error) { return r, nil }
	}
	tests := []struct {
		name string
		f    func(context.Context, *lp.Problem, lp.Options) (*lp.Result, error)
		want headroom.PlanStatus
	}{
		{"infeasible, whatever gives way", stop(&lp.Result{Stop: lp.StopInfeasible}), headroom.StatusDisputed},
		{"unbounded", stop(&lp.Result{Stop: lp.StopUnbounded}), headroom.StatusUnbounded},
		{"no time", stop(&lp.Result{Stop: lp.StopTime}), headroom.StatusNone},
		{"an optimum without a point", stop(&lp.Result{Stop: lp.StopOptimal}), headroom.StatusDisputed},
		{"a point that is none", func(_ context.Context, p *lp.Problem, _ lp.Options) (*lp.Result, error) {
			return &lp.Result{Stop: lp.StopOptimal, Primal: lp.PointFeasible, X: make([]float64, p.Cols())}, nil
		}, headroom.StatusDisputed},
	}
	for _, tt := range tests {
		p, err := Plan(t.Context(), mustTwoPlants(t), &lptest.Fake{Func: tt.f}, planner.Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if p.Status != tt.want {
			t.Errorf("%s: status %s %s, want %s", tt.name, p.Status, p.Why, tt.want)
		}
	}
	crash := errors.New("it crashed")
	_, err := Plan(t.Context(), mustTwoPlants(t), &lptest.Fake{Func: func(context.Context, *lp.Problem, lp.Options) (*lp.Result, error) { return nil, crash }}, planner.Options{})
	if !errors.Is(err, crash) {
		t.Errorf("error %v, want %v", err, crash)
	}
}

// TestWorthOfDeal: the worth of a deal lay "in [−117, +102]", from two plans each to 1 % of a sum a thousand times as large. It is
// the difference of two plans with the interval that both prove: the true worth lies in it, and it is narrow, or not decided.
func TestWorthOfDeal(t *testing.T) {
	t.Parallel()
	c := mustTwoPlants(t)
	c.Arrangements = []headroom.Arrangement{{ID: "van-deal", Status: headroom.Talks}}
	for i := range c.VehicleLines {
		if c.VehicleLines[i].Vehicle == "van" {
			c.VehicleLines[i].Arrangement = "van-deal"
		}
	}
	s := mustSolver(t)
	base, err := valueOf(t.Context(), c, s, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := deals(t.Context(), c, s, question{}, base, planner.Options{}, Watch{}.begin())
	if err != nil || len(rows) != 1 || rows[0].WorthLow == nil || rows[0].WorthHigh == nil {
		t.Fatalf("%+v, %v", rows, err)
	}
	value := func(with ...string) float64 {
		x := *c
		x.With = with
		p, err := Plan(t.Context(), &x, s, planner.Options{Gap: 1e-9})
		if err != nil || p.Status != headroom.StatusVerified {
			t.Fatalf("%v %v", p, err)
		}
		return p.Value
	}
	worth := value("van-deal") - value()
	low, high := *rows[0].WorthLow, *rows[0].WorthHigh
	if worth < low-1 || worth > high+1 {
		t.Errorf("worth %.0f is not in %.0f…%.0f", worth, low, high)
	}
	if rows[0].Decided && high-low > decidedShare*max(math.Abs(low), math.Abs(high))*(1+1e-9) {
		t.Errorf("decided, though the interval is %.0f…%.0f", low, high)
	}
	if !rows[0].Decided {
		t.Errorf("not decided: %.0f…%.0f", low, high)
	}
}
