package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/answer"
	"headroom/document"
	"headroom/report"
)

func (a *app) targetCmd() *cobra.Command {
	var r simulating
	var chance bool
	cmd := a.command("target DIR", "Say whether the main target is met, and how likely that is",
		`Plans the case at three levels: on what is committed and signed; with every unsigned deal; and with candidates that nobody has
announced, paid for whatever they cost. It says what each plan builds in the target's period and, with --probability, in what
share of lives the target is met, with the 95 % interval. All levels meet the same draws.`,
		"  headroom target cases/uk-2035 --probability --years 500", cobra.ExactArgs(1),
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
	s, done, err := a.openSolver(r.solving)
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
	proof := targetProof(rows, stopped)
	d := document.Target{Case: document.NameOf(c), Status: proof.Status, Stopped: proof.Stopped, Proof: proof, Seed: r.seed}
	if a.json {
		printed := d
		printed.Levels = &rows
		a.writeJSON("target", printed)
	} else {
		a.printTarget(rows, chance)
	}
	if r.out != "" {
		d.Tables = &document.TargetTables{Levels: rows}
		if err := saveRun(r.out, "target", document.TablesOf(*d.Tables), func(sums document.Sums) any { d.Files = sums; return d }); err != nil {
			return err
		}
	}
	return targetStatus(rows)
}

// targetProof is the proof of the least firm level; lives that were cut short are a limit too.
func targetProof(rows []answer.Likely, stopped string) headroom.Proof {
	var parts []headroom.Proof
	for _, x := range rows {
		parts = append(parts, x.Proof)
	}
	p := weakest(parts)
	if stopped != "" && p.Status == headroom.StatusVerified {
		p.Status, p.Stopped = headroom.StatusLimit, stopped
	}
	return p
}

// targetStatus is the exit status: a limit where it left no level with a plan.
func targetStatus(rows []answer.Likely) error {
	for _, x := range rows {
		if x.Planned != nil {
			return nil
		}
	}
	for _, x := range rows {
		switch x.Proof.Status {
		case headroom.StatusInfeasible, headroom.StatusUnbounded:
			return statusError(exitInfeasible)
		case headroom.StatusDisputed:
			return statusError(exitInput)
		}
	}
	return statusError(exitLimit)
}

// printTarget is the answer for people.
func (a *app) printTarget(rows []answer.Likely, chance bool) {
	if len(rows) == 0 {
		return
	}
	a.printf("%s: %s vehicles in %s\n\n", rows[0].Target, grouped(rows[0].Wanted), rows[0].Period)
	var table [][]any
	var proofs []headroom.Proof
	for _, r := range rows {
		a.mark = report.Mark(r.Proof)
		proofs = append(proofs, r.Proof)
		one := []any{r.Level, figurePlanned(r), proofShort(r.Proof)}
		if chance {
			one = append(one, chances(r)...)
		}
		for i, v := range one {
			if f, ok := v.(figure); ok {
				one[i] = asked(a.cell(f))
			}
		}
		table = append(table, one)
	}
	a.mark = ""
	head := []string{"level", "plan builds", "proof"}
	if chance {
		head = append(head, "chance", "95 % interval", "most", "with crews", "95 % interval", "most", "lives")
	}
	a.printTable(head, table)
	a.printf("\n")
	if s := report.Legend(proofs...); s != "" {
		a.printf("%s.\n\n", s)
	}
	for _, r := range rows {
		a.printf("%s: %s\n", r.Level, clean(r.Text))
	}
	if chance {
		a.printf("\nchance: shift patterns stay as planned, so that a line builds at most its straight time and overtime.\nwith crews: a line that could not build what was wanted takes a larger pattern in the next year.\n")
	}
}

// figurePlanned is what the plan of a level builds, as a figure where it is one.
func figurePlanned(r answer.Likely) any {
	if r.Planned == nil {
		return asked(planned(r))
	}
	return figure(planned(r))
}

// planned is what the plan of a level builds, or why that is not known.
func planned(r answer.Likely) string {
	if r.Planned == nil {
		return string(r.Proof.Status)
	}
	return grouped(*r.Planned)
}

// proofShort is a proof in a column.
func proofShort(p headroom.Proof) string {
	if p.Status == headroom.StatusVerified || p.Status == headroom.StatusLimit {
		if s := percent(p.Gap); !p.ByMoney && s != "-" {
			return string(p.Status) + ", within " + s
		}
	}
	return string(p.Status)
}

// chances are how likely the target is at a level, without crews and with them; blanks where it was not lived through.
func chances(r answer.Likely) []any {
	out := make([]any, 7)
	for i := range out {
		out[i] = figure("")
	}
	if r.Probability != nil {
		out[0], out[1], out[2] = figure(percentOf(*r.Probability)), figure(percentOf(*r.Low)+" to "+percentOf(*r.High)), figure(grouped(*r.Most))
	}
	if r.CrewsChance != nil {
		out[3], out[4], out[5] = figure(percentOf(*r.CrewsChance)), figure(percentOf(*r.CrewsLow)+" to "+percentOf(*r.CrewsHigh)), figure(grouped(*r.CrewsMost))
	}
	if r.Probability != nil {
		out[6] = asked(grouped(float64(r.Paths)))
	}
	return out
}
