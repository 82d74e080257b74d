package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/answer"
	"headroom/lp"
	"headroom/planner"
)

func (a *app) planCmd() *cobra.Command {
	var r planRequest
	cmd := a.command("plan DIR", "Plan the case in a folder",
		`Checks the case, plans it, and proves how good the plan is: the bound is what no plan can beat, the gap is the distance to
it. Before a plan is shown its rows are checked exactly, and its money is counted again by code that shares nothing with
the model. A deal that is not signed is left out unless --with names it.`,
		"  headroom plan cases/two-plants --gap 1e-4 --out run1", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runPlan(ctx, args[0], r) })
	cmd.Flags().StringVar(&r.objective, "objective", objectiveNPV, "npv: the most net present value; cost: the least cost of the demand")
	complete(cmd, "objective", objectiveNPV, objectiveCost)
	choosingFlags(cmd, &r.choosing)
	solvingFlags(cmd, &r.solving, planner.GapDefault)
	cmd.Flags().BoolVar(&r.strict, "strict", false, "solve a second time with the other back end and compare")
	outFlag(cmd, &r.out)
	return cmd
}

// Objectives of a plan.
const (
	objectiveNPV  = "npv"
	objectiveCost = "cost"
)

// planRequest is everything that decides a plan besides the case.
type planRequest struct {
	choosing
	solving
	objective string
	strict    bool
	out       string
}

// valid refuses what means nothing.
func (r *planRequest) valid() error {
	return errors.Join(validObjective(r.objective), r.solving.valid(), outUsable(r.out))
}

// validObjective refuses an objective that is not there.
func validObjective(name string) error {
	if !slices.Contains([]string{objectiveNPV, objectiveCost}, name) {
		return usagef("--objective %q: there are npv and cost", name)
	}
	return nil
}

func (a *app) runPlan(ctx context.Context, dir string, r planRequest) error {
	if err := r.valid(); err != nil {
		return err
	}
	c, err := a.loadChecked(dir, r.choosing)
	var p *headroom.Plan
	if err != nil {
		known, clash, explainErr := a.explained(ctx, dir, r)
		switch {
		case explainErr != nil:
			return explainErr
		case clash == nil:
			return err
		}
		c, p = known, clash
	} else if p, err = a.plan(ctx, c, r); err != nil {
		return err
	}
	if err := a.askNotBuilt(ctx, c, p, r); err != nil {
		return err
	}
	tables := planTables(p)
	if a.json {
		a.writeJSON("plan", append(planObject(c, p), member{"seconds", p.Seconds}, member{"tables", tablesObject(tables)}))
	} else {
		a.printPlan(c, p)
	}
	if r.out != "" {
		tables = append(tables, proofGrid([]string{"plan"}, []headroom.Proof{answer.ProofOf(c, p)}))
		if err := writeRun(r.out, "plan", append(planObject(c, p), inputsMember(c), knownMember(c)), tables); err != nil {
			return err
		}
	}
	return planStatus(p)
}

// planStatus is the exit status of a plan.
func planStatus(p *headroom.Plan) error {
	switch p.Status {
	case headroom.StatusVerified, headroom.StatusLimit, headroom.StatusTolerance:
		return nil
	case headroom.StatusInfeasible, headroom.StatusUnbounded:
		return statusError(exitInfeasible)
	case headroom.StatusNone, headroom.StatusInterrupted, headroom.StatusNotTried:
		return statusError(exitLimit)
	}
	return statusError(exitInput)
}

// caseObject says which case a result is about.
func caseObject(c *headroom.Case) object {
	id := object{{"id", c.ID}, {"title", c.Title}, {"scenario", c.Scenario}, {"with", c.With}, {"hash", c.Hash}}
	if c.AsOf != 0 {
		id = append(id, member{"as_of", c.AsOf.String()})
	}
	return id
}

// planObject is the head of a plan, without the time it took.
func planObject(c *headroom.Case, p *headroom.Plan) object {
	o := object{
		{"case", caseObject(c)},
		{"status", string(answer.StatusOf(p))},
		{"objective_name", p.Objective},
	}
	figures := []member{{"objective", p.Value}, {"bound", p.Bound}, {"gap", p.Gap}}
	if !answer.HasPlan(p) {
		figures = []member{{"objective", nil}, {"bound", p.Bound}, {"gap", nil}}
	}
	o = append(o, figures...)
	o = append(o, object{
		{"gap_wanted", p.GapWanted},
		{"constant", p.Constant},
		{"currency", c.BaseCurrency},
		{"price_year", c.PriceYear},
		{"stopped", p.Stopped},
		{"seed", p.Seed},
		{"solver", p.Solver},
		{"check", p.Check},
		{"unsigned_deals_counted_in", p.Unsigned},
		{"unsigned_deals_used", p.UnsignedInUse},
		{"proof", answer.ProofOf(c, p)},
	}...)
	if why := whyOf(p); why != "" {
		o = append(o, member{"why", why})
	}
	if len(p.Banned) > 0 {
		o = append(o, member{"banned", p.Banned})
	}
	if p.Status == headroom.StatusInfeasible {
		o = append(o, member{"explanation", p.Explanation})
	}
	if p.NotBuilt != nil {
		o = append(o, member{"not_built", p.NotBuilt})
	}
	return o
}

// whyOf says what keeps a plan from being verified, or "".
func whyOf(p *headroom.Plan) string {
	if p.Status == headroom.StatusTolerance && p.Why == "" {
		return fmt.Sprintf("it keeps the rules of the model to %g only, by the limits of the solver's arithmetic", lp.LooseTolerance)
	}
	return p.Why
}

// planTables are the tables of a plan.
func planTables(p *headroom.Plan) []grid {
	return []grid{
		gridOf("output", p.Outputs), gridOf("plant_state", p.States), gridOf("alloc", p.Allocs), gridOf("shift", p.Shifts),
		gridOf("flow", p.Flows), gridOf("lost", p.Losts), gridOf("deal", p.Deals), gridOf("target", p.Targets), gridOf("cash", p.Cash),
		gridOf("binding", p.Bindings), gridOf("discount", p.Discounts), gridOf("rest", p.Rests),
	}
}
