package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"headroom/answer"
)

func (a *app) targetCmd() *cobra.Command {
	var r simulating
	var chance bool
	cmd := a.command("target DIR", "Say whether the main target is met, and how likely that is",
		`Plans the case at three levels: on what is committed and signed; with every unsigned deal; and with candidates that nobody has
announced, paid for whatever they cost. It says what each plan builds in the target's period and, with --probability, in what
share of lives the target is met, with the 95 % interval. All levels meet the same draws.`,
		"  headroom target cases/two-plants --probability --years 500", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runTarget(ctx, args[0], r, chance) })
	cmd.Flags().BoolVar(&chance, "probability", false, "live through each plan")
	caseFlags(cmd, &r.choosing)
	simulatingFlags(cmd, &r, 10000)
	return cmd
}

func (a *app) runTarget(ctx context.Context, dir string, r simulating, chance bool) error {
	if err := r.valid(); err != nil {
		return err
	}
	c, err := a.loadChecked(dir, r.choosing)
	if err != nil {
		return err
	}
	s, done, err := a.openSolver(r.solver)
	if err != nil {
		return err
	}
	defer done()
	line := a.progress()
	years := 0
	if chance {
		years = r.years
	}
	pr := planRequest{choosing: r.choosing, solving: r.solving, objective: objectiveNPV}
	rows, err := answer.TargetChance(ctx, c, s, pr.plannerOptions(line), years, r.options(line), r.affordable)
	line.done()
	if err != nil {
		return err
	}
	stopped := ""
	for _, x := range rows {
		stopped = cmp.Or(stopped, x.Stopped)
	}
	o := object{
		{"case", object{{"id", c.ID}, {"scenario", c.Scenario}, {"hash", c.Hash}}},
		{"stopped", stopped},
		{"seed", r.seed},
		{"levels", gridOf("levels", rows).objects()},
	}
	if a.json {
		a.writeJSON("target", o)
	} else {
		a.printTarget(rows, chance)
	}
	if r.out != "" {
		return writeRun(r.out, "target", o.without("levels"), []grid{gridOf("levels", rows)})
	}
	return nil
}

// printTarget is the answer for people.
func (a *app) printTarget(rows []answer.Likely, chance bool) {
	if len(rows) == 0 {
		return
	}
	a.printf("%s: %s vehicles in %s\n\n", rows[0].Target, grouped(rows[0].Wanted), rows[0].Period)
	var table [][]any
	for _, r := range rows {
		one := []any{r.Level, r.Planned}
		if chance && r.Probability != nil {
			one = append(one, percentOf(*r.Probability), percentOf(*r.Low)+" to "+percentOf(*r.High), grouped(*r.Most),
				percentOf(*r.CrewsChance), percentOf(*r.CrewsLow)+" to "+percentOf(*r.CrewsHigh), grouped(*r.CrewsMost), grouped(float64(r.Paths)))
		} else if chance {
			one = append(one, "", "", "", "", "", "", "")
		}
		table = append(table, one)
	}
	head := []string{"level", "plan builds"}
	if chance {
		head = append(head, "chance", "95 % interval", "most", "with crews", "95 % interval", "most", "lives")
	}
	a.printTable(head, table)
	a.printf("\n")
	for _, r := range rows {
		a.printf("%s: %s\n", r.Level, clean(r.Text))
	}
	if chance {
		a.printf("\nchance: shift patterns stay as planned, so that a line builds at most its straight time and overtime.\nwith crews: a line that could not build what was wanted takes a larger pattern in the next year.\n")
	}
}
