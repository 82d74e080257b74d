package cli

import (
	"context"
	"time"

	"headroom"
	"headroom/answer"
	"headroom/planner"
)

// askNotBuilt fills in why a plan builds nothing of the programmes whose demand has a margin.
func (a *app) askNotBuilt(ctx context.Context, c *headroom.Case, p *headroom.Plan, r planRequest) error {
	if !answer.HasPlan(p) || p.Status == headroom.StatusDisputed {
		return nil
	}
	left := time.Duration(0)
	if r.time > 0 { // a plan that took all its time leaves none for this
		left = max(r.time-time.Duration(p.Seconds*float64(time.Second)), time.Millisecond)
	}
	quiet := a.quiet
	a.quiet = true // what there is to say of the solver was said before the plan
	s, done, err := a.openSolver(r.solving)
	a.quiet = quiet
	if err != nil {
		return err
	}
	defer done()
	o := planner.Options{Objective: r.objective, Gap: r.gap, Time: left, Seed: r.seed, Threads: r.threads}
	rows, err := planner.NotBuilt(ctx, c, p, s, o)
	if err != nil {
		return err
	}
	p.NotBuilt = append([]headroom.NotBuilt{}, rows...)
	return nil
}

// printNotBuilt says what stops the programmes of which nothing is built.
func (a *app) printNotBuilt(p *headroom.Plan) {
	if len(p.NotBuilt) == 0 {
		return
	}
	a.printf("Nothing is built of\n\n")
	for _, r := range p.NotBuilt {
		a.printf("  %s: %s\n", clean(r.Vehicle), clean(r.Text))
	}
	a.printf("\n")
}
