package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/answer"
	"headroom/document"
	"headroom/planner"
)

// outageRequest is a standstill as a user asks for it.
type outageRequest struct {
	choosing
	solving
	from     string
	weeks    float64
	recovery float64
	stress   bool
	backTest bool
	out      string
}

func (a *app) outageCmd() *cobra.Command {
	var r outageRequest
	cmd := a.command("outage DIR [PLANT]", "Say what a standstill of a plant costs, and who can catch up",
		`Plans the case and lives through the plan twice, with and without a standstill of the plant (or of several, joined by commas).
It says how many vehicles are not built, caught up later by overtime, and moved to other plants that are tooled for them;
what owners lose; how long stock keeps buyers served (time to survive) and how long until all capacity is back (time to
recover); and at how long a standstill the damage doubles. --stress does so for
every plant, without probabilities. --back-test replays stops that did happen and compares with what claims say of them.`,
		"  headroom outage cases/uk-2035 solihull --weeks 5 --from 2026-09-01", cobra.RangeArgs(1, 2),
		func(ctx context.Context, args []string) error { return a.runOutage(ctx, args, r) })
	cmd.Flags().Float64Var(&r.weeks, "weeks", 5, "weeks in which nothing is built")
	cmd.Flags().StringVar(&r.from, "from", "", "first day, as 2026-09-01 (default the first day of the horizon); a day of a year before it that has outturns is answered on the plan of the first year")
	cmd.Flags().Float64Var(&r.recovery, "recovery", 0, "weeks after them in which capacity comes back evenly")
	cmd.Flags().BoolVar(&r.stress, "stress", false, "every plant by itself, the most exposed first")
	cmd.Flags().BoolVar(&r.backTest, "back-test", false, "replay the stops of outage_profile that did happen")
	choosingFlags(cmd, &r.choosing)
	solvingFlags(cmd, &r.solving, planner.GapDefault)
	outFlag(cmd, &r.out)
	cmd.Flags().Lookup("out").Usage = "with --stress: save the table and run.json in this folder, for headroom report --stress"
	return cmd
}

// stop reads the flags.
func (r *outageRequest) stop(args []string) (answer.Stop, error) {
	s := answer.Stop{Weeks: r.weeks, Recovery: r.recovery}
	all := !r.stress && !r.backTest
	switch {
	case r.stress && r.backTest:
		return s, usagef("--stress and --back-test: one of them at a time")
	case all && len(args) < 2:
		return s, usagef("which plant stands still? name it after the folder, or ask for --stress or --back-test")
	case !all && len(args) > 1:
		return s, usagef("--stress and --back-test take no plant")
	case r.out != "" && !r.stress:
		return s, usagef("--out goes with --stress")
	case !(r.weeks > 0) || math.IsInf(r.weeks, 0):
		return s, usagef("--weeks %v: a standstill has weeks above zero", r.weeks)
	case !(r.recovery >= 0) || math.IsInf(r.recovery, 0):
		return s, usagef("--recovery %v: weeks from zero on", r.recovery)
	}
	if all {
		s.Plants = strings.Split(args[1], ",")
	}
	if r.from != "" {
		day, err := headroom.ParseDate(r.from, false)
		if err != nil {
			return s, usagef("--from %v", err)
		}
		s.From = day
	}
	return s, errors.Join(r.solving.valid(), outUsable(r.out))
}

func (a *app) runOutage(ctx context.Context, args []string, r outageRequest) error {
	s, err := r.stop(args)
	if err != nil {
		return err
	}
	c, err := a.loadChecked(args[0], r.choosing)
	if err != nil {
		return err
	}
	if err := answer.CheckStop(c, s); err != nil {
		return err
	}
	p, err := a.plan(ctx, c, planRequest{choosing: r.choosing, solving: r.solving, objective: objectiveNPV})
	if err != nil || !answer.HasPlan(p) {
		return errors.Join(err, a.noPlan("outage", c, p))
	}
	switch {
	case r.stress:
		rows, note, err := answer.Stress(c, p, s)
		if err != nil {
			return err
		}
		return a.showStress(c, p, s, rows, note, r.out)
	case r.backTest:
		tests, err := answer.BackTests(c, p)
		if err != nil {
			return err
		}
		a.showBackTests(c, p, tests)
	default:
		o, note, err := answer.Outage(c, p, s)
		if err != nil {
			return err
		}
		a.showOutage(c, p, o, note)
	}
	return nil
}

func (a *app) showOutage(c *headroom.Case, p *headroom.Plan, o headroom.Outage, note string) {
	if a.json {
		a.writeJSON("outage", document.Outage{Stop: document.StopOf(c, p, note), Outage: o})
		return
	}
	a.printf("%s of nothing built at %s from %s", weeksText(o.Weeks), strings.Join(o.Plants, " and "), o.From)
	if o.Recovery > 0 {
		a.printf(", then %s of recovery", weeksText(o.Recovery))
	}
	a.printf("\n")
	if note != "" {
		a.printf("%s\n", note)
	}
	if o.From < c.Periods[0].From.String() && slices.ContainsFunc(c.Outages, func(x headroom.OutageProfile) bool { return x.SeenOn != 0 }) {
		a.printf("headroom outage --back-test replays the stops that did happen and compares them with what claims say\n")
	}
	a.marking(answer.ProofOf(c, p))
	a.printf("\n")
	volumes := [][]any{
		{"not built", o.NotBuilt},
		{"caught up there later", o.CaughtUp},
		{"moved to other plants", o.Moved},
		{"lost", o.Lost},
		{"  at least", o.LostLow},
		{"  at most", o.LostHigh},
		{"fewer in that period", o.InYear},
		{"buyers who go without", o.Sales},
	}
	if o.LostLow == o.LostHigh { // nothing is assumed
		volumes = slices.Delete(volumes, 4, 6)
	}
	a.printTable([]string{"", "vehicles"}, volumes)
	a.printf("\nMoney, millions of %s\n\n", c.BaseCurrency)
	var rows [][]any
	for _, m := range o.Money {
		rows = append(rows, []any{m.Org, figure(inMillions(m.Amount))})
	}
	a.printTable([]string{"owner", "amount"}, append(rows, []any{"all", figure(inMillions(o.Total))}))
	if o.CashLow < o.CashHigh {
		a.printf("\nFrom %s to %s where the assumptions of stock and of what is regained are at their ends\n", inMillions(o.CashLow)+a.mark, inMillions(o.CashHigh)+a.mark)
	}
	a.printf("\nTime to survive: %s until the first buyer goes without\n", weeksText(o.TTS)+a.mark)
	a.printf("Time to recover: %s until all capacity is back\n", weeksText(o.TTR))
	if o.Doubling == nil {
		a.printf("No standstill within the horizon doubles the damage\n")
	} else {
		a.printf("At %s of standstill the damage is twice as large\n", weeksText(*o.Doubling)+a.mark)
	}
}

// weeksText is a time in weeks.
func weeksText(w float64) string { return fmt.Sprintf("%.3g weeks", w) }

// stressRows are the answers of a stress test as a table.
func stressRows(list []headroom.Outage) []headroom.StressRow {
	var out []headroom.StressRow
	for _, o := range list {
		out = append(out, headroom.StressRow{
			Plant: o.Plants[0], Exposure: o.Exposure, NotBuilt: o.NotBuilt, CaughtUp: o.CaughtUp, Moved: o.Moved, Lost: o.Lost, Sales: o.Sales, Cash: o.Total, TTS: o.TTS, TTR: o.TTR,
		})
	}
	return out
}

func (a *app) showStress(c *headroom.Case, p *headroom.Plan, s answer.Stop, list []headroom.Outage, note, out string) error {
	doc := document.Stress{Stop: document.StopOf(c, p, note), Weeks: s.Weeks, Recovery: s.Recovery}
	if out != "" {
		r := document.StressRun{Stress: doc, Tables: document.StressTables{Rows: stressRows(list), Proof: document.ProofRows("plan", doc.Proof)}}
		if err := saveRun(out, kindStress, document.TablesOf(r.Tables), func(sums document.Sums) any { r.Files = sums; return r }); err != nil {
			return err
		}
	}
	if a.json {
		a.writeJSON("outage", document.StressAnswer{Stress: doc, Rows: stressRows(list)})
		return nil
	}
	a.printf("%s of nothing built, each plant by itself; no probabilities\n", weeksText(s.Weeks))
	if note != "" {
		a.printf("%s\n", note)
	}
	a.marking(answer.ProofOf(c, p))
	a.printf("\n")
	var rows [][]any
	for _, r := range stressRows(list) {
		rows = append(rows, []any{r.Plant, figure(fmt.Sprintf("%.2f", r.Exposure)), r.NotBuilt, r.CaughtUp, r.Moved, r.Lost, r.Sales, figure(inMillions(r.Cash)), figure(fmt.Sprintf("%.1f", r.TTS))})
	}
	a.printTable([]string{"plant", "exposure", "not built", "caught up", "moved", "lost", "buyers lost", c.BaseCurrency + " m", "weeks to survive"}, rows)
	if idle := notTested(c, list); len(idle) > 0 {
		if a.mark != "" {
			a.printf("\nNot told, since the plan as far as it was found builds nothing then at %s\n", strings.Join(idle, ", "))
			return nil
		}
		a.printf("\nThe plan builds nothing then, so that a stop does nothing, at %s\n", strings.Join(idle, ", "))
	}
	return nil
}

// notTested are the plants that a stress test leaves out: those that build nothing.
func notTested(c *headroom.Case, list []headroom.Outage) []string {
	var out []string
	for _, p := range c.Plants {
		if !slices.ContainsFunc(list, func(o headroom.Outage) bool { return o.Plants[0] == p.ID }) {
			out = append(out, p.ID)
		}
	}
	return out
}

func (a *app) showBackTests(c *headroom.Case, p *headroom.Plan, tests []answer.BackTest) {
	if a.json {
		a.writeJSON("outage", document.BackTests{Stop: document.StopOf(c, p, ""), Tests: tests})
		return
	}
	if len(tests) == 0 {
		a.printf("No stop of outage_profile.csv has seen_on: there is nothing to replay\n")
	} else {
		a.marking(answer.ProofOf(c, p))
	}
	for _, b := range tests {
		a.printf("%s %s from %s at %s: %s of nothing built, then %s of recovery\n", b.Of, b.Kind, b.From, strings.Join(b.Plants, ", "), weeksText(b.Standstill), weeksText(b.Recovery))
		a.printf("The plan builds %s vehicles a week there; %s\n\n", grouped(b.PerWeek)+a.mark, b.Note)
		var rows [][]any
		for _, r := range b.Rows {
			model, off := "nothing", ""
			if r.Model != nil {
				model = grouped(*r.Model) + a.mark
			}
			if r.Error != nil {
				off = fmt.Sprintf("%+.0f %%", 100**r.Error)
			}
			rows = append(rows, []any{whatText[r.What], r.Regions, model, grouped(r.Claim), off, r.ID, r.Status})
		}
		a.printTable([]string{"", "plants in", "model", "claim", "", "claim", "status"}, rows)
		a.printf("\nWhy they differ\n\n")
		for _, r := range b.Rows {
			a.printf("  %s: %s\n", r.ID, clean(r.Why))
		}
	}
}

// whatText is what a claim about a stop says.
var whatText = map[string]string{
	headroom.WhatStop:   "not built in the standstill",
	headroom.WhatLost:   "not built until recovery",
	headroom.WhatYear:   "built in the year",
	headroom.WhatWeek:   "money lost a week of standstill",
	headroom.WhatOneOff: "exceptional money",
}
