package answer

import (
	"context"
	"fmt"
	"math"
	"time"

	"headroom"
	"headroom/ledger"
	"headroom/lp"
	"headroom/planner"
)

// moneyTolerance is the relative difference between the solver's objective and the ledger's at which a plan is disputed.
const moneyTolerance = 1e-9

// reasonTime is how long the reasons are looked for where one of many plans of an answer is none.
const reasonTime = 5 * time.Second

// Plan has a case planned and the plan checked by the ledger, which shares no code with the planner: the rules of the case, and
// the money. A plan that fails either is disputed, and says why.
func Plan(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options) (*headroom.Plan, error) {
	p, err := planner.Plan(ctx, c, s, o)
	if err != nil {
		return nil, err
	}
	return p, Audit(c, p)
}

// HasPlan reports whether a plan of a status has tables.
func HasPlan(p *headroom.Plan) bool {
	switch p.Status {
	case headroom.StatusVerified, headroom.StatusLimit, headroom.StatusTolerance, headroom.StatusDisputed:
		return len(p.States) > 0
	}
	return false
}

// Audit fills in the cash of a plan and disputes the plan where the ledger disagrees with it.
func Audit(c *headroom.Case, p *headroom.Plan) error {
	if !HasPlan(p) {
		return nil
	}
	l, err := ledger.Compute(c, p)
	if err != nil {
		return err
	}
	p.Cash, p.Rests = l.Cash, l.Rests
	mine := l.NPV
	if p.Objective == "cost" {
		mine = l.Cost
	}
	// Where a plan breaks even its value is what is left of a large constant, and so is the rounding of that.
	p.Check.MoneyError = math.Abs(mine-p.Value) / max(1, math.Abs(p.Value), math.Abs(p.Constant))
	if p.Check.MoneyError > moneyTolerance {
		dispute(p, fmt.Sprintf("the ledger makes the objective %.12g, the solver %.12g", mine, p.Value))
	}
	if v := ledger.Check(c, p); len(v) > 0 {
		dispute(p, fmt.Sprintf("%d rules are broken, first %s", len(v), v[0]))
	}
	return nil
}

func dispute(p *headroom.Plan, why string) {
	p.Status = headroom.StatusDisputed
	if p.Why != "" {
		p.Why += "; "
	}
	p.Why += why
}
