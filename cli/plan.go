package cli

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/document"
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
	if a.json {
		a.writeJSON("plan", document.PlanAnswer{Plan: document.PlanOf(c, p), Seconds: p.Seconds, Tables: document.PlanTablesOf(p)})
	} else {
		a.printPlan(c, p)
	}
	if r.out != "" {
		if err := savePlan(r.out, "plan", planRunOf(c, c, p)); err != nil {
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
