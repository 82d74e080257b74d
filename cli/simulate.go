package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/answer"
	"headroom/document"
	"headroom/lp"
	"headroom/planner"
	"headroom/report"
	"headroom/sim"
)

// simulating are the flags of commands that live through plans.
type simulating struct {
	choosing
	solving
	years int
	cores int // that simulate; 0 for all
	crews bool
	out   string
}

// simulatingFlags adds the flags of commands that live through plans.
func simulatingFlags(cmd *cobra.Command, r *simulating, years int) {
	cmd.Flags().IntVar(&r.years, "years", years, "years to simulate, rounded up to whole horizons")
	solvingFlags(cmd, &r.solving, planner.GapDefault)
	cmd.Flags().Lookup("time").Usage = "time limit of the plan and of the simulation, such as 90s or 1h; 0 is none"
	cmd.Flags().Lookup("seed").Usage = "seed of the solver and of all draws"
	threads := cmd.Flags().Lookup("threads")
	threads.Usage, threads.DefValue = "threads that simulate; the bytes are the same on any number, and the solver has one (default all cores)", "0"
	r.threads = 0
	outFlag(cmd, &r.out)
}

// maxWait is how long a simulation may take without being told that it may.
const maxWait = 10 * time.Minute

// valid refuses what means nothing, and gives the threads to the simulation.
func (r *simulating) valid() error {
	var err error
	switch {
	case r.years < 1:
		err = usagef("--years %d: at least 1", r.years)
	case r.threads < 0:
		err = usagef("--threads %d: at least 1", r.threads)
	}
	r.cores, r.threads = r.threads, 1 // more threads of the solver could find another plan, and so other lives
	return errors.Join(err, r.solving.valid(), outUsable(r.out))
}

// options are the flags as package sim takes them.
func (r *simulating) options(line *progress) sim.Options {
	return sim.Options{Crews: r.crews, Years: r.years, Seed: r.seed, Threads: r.cores, Limit: r.time, Progress: func(done, all int, spent time.Duration) {
		left := time.Duration(float64(spent) * float64(all-done) / float64(max(1, done)))
		line.write(fmt.Sprintf("%6.1f s  %s of %s lives, %v to go", spent.Seconds(), grouped(float64(done)), grouped(float64(all)), left.Round(time.Second)))
	}}
}

// affordable says how long many years take before they are begun, and refuses those that do not fit.
func (r *simulating) affordable(n *sim.Net) error {
	cores := r.cores
	if cores == 0 {
		cores = runtime.GOMAXPROCS(0)
	}
	takes := n.Estimate(r.years, cores).Round(time.Second)
	if most := n.MaxYears(); r.years > most {
		return usagef("--years %d: they take about %v on %d cores, and their results do not fit in memory; ask for %d at most", r.years, takes, cores, most)
	}
	if takes > maxWait && r.time == 0 {
		return usagef("--years %d: they take about %v on %d cores; ask for fewer, or say how long they may take with --time, as in --time %v", r.years, takes, cores, (takes + takes/5).Round(time.Minute))
	}
	return nil
}

func (a *app) simulateCmd() *cobra.Command {
	var r simulating
	cmd := a.command("simulate DIR", "Live through the plan of a case many times, week by week",
		`Plans the case and lives through the plan: demand, exchange rates, energy prices, duties, deals and stops turn out as the tables
risk, arrangement and outage_profile say, and each week lines build what they can. What the plan decides stays. The result is
the distribution of output, sales, cash by owner, service and use, and how likely each target is, each with its 95 % interval.
Ctrl-C stops within a second and shows what there is.`,
		"  headroom simulate cases/uk-2035 --years 2000", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runSimulate(ctx, args[0], r) })
	cmd.Flags().BoolVar(&r.crews, "crews", false, "lines may add crews after a year in which they could not build what was wanted")
	choosingFlags(cmd, &r.choosing)
	simulatingFlags(cmd, &r, 10000)
	return cmd
}

func (a *app) runSimulate(ctx context.Context, dir string, r simulating) error {
	if err := r.valid(); err != nil {
		return err
	}
	c, p, err := a.planFor(ctx, dir, r.choosing, r.solving)
	if err != nil || !answer.HasPlan(p) {
		return errors.Join(err, a.noPlan("simulate", c, p))
	}
	n, err := answer.Net(c, p)
	if err != nil {
		return err
	}
	if err := r.affordable(n); err != nil {
		return err
	}
	line := a.progress()
	s, err := n.Run(ctx, r.options(line))
	line.done()
	if err != nil {
		return err
	}
	head, out := document.SimulationOf(c, p, s, livesProof(c, p, s)), r.out
	if a.json {
		a.writeJSON("simulate", document.SimulationAnswer{Simulation: head, Seconds: s.Seconds, SimulationTables: document.SimulationTablesOf(s)})
	} else {
		a.printSimulation(c, p, s)
	}
	if r.out != "" {
		r := document.SimulationRun{Simulation: head}
		r.Tables.Proof, r.Tables.SimulationTables = document.ProofRows("plan", head.Proof), document.SimulationTablesOf(s)
		if err := saveRun(out, kindSimulate, document.TablesOf(r.Tables), func(sums document.Sums) any { r.Files = sums; return r }); err != nil {
			return err
		}
	}
	if s.Paths == 0 {
		return statusError(exitLimit)
	}
	return nil
}

// planFor loads a case, refuses one that is wrong, and plans it.
func (a *app) planFor(ctx context.Context, dir string, ch choosing, s solving) (*headroom.Case, *headroom.Plan, error) {
	c, err := a.loadChecked(dir, ch)
	if err != nil {
		return nil, nil, err
	}
	p, err := a.plan(ctx, c, planRequest{choosing: ch, solving: s, objective: objectiveNPV})
	return c, p, err
}

// noPlan tells that there is nothing to live through.
func (a *app) noPlan(command string, c *headroom.Case, p *headroom.Plan) error {
	if p == nil {
		return nil
	}
	if a.json {
		a.writeJSON(command, document.PlanOf(c, p))
	} else {
		a.printPlan(c, p)
	}
	return planStatus(p)
}

// livesProof is the proof of a plan that was lived through: fewer lives than were asked for are a limit too.
func livesProof(c *headroom.Case, p *headroom.Plan, s *headroom.Simulation) headroom.Proof {
	q := answer.ProofOf(c, p)
	switch {
	case s.Stopped == "":
	case s.Paths == 0:
		q = headroom.NotTried()
		q.Status, q.Stopped = headroom.StatusInterrupted, s.Stopped
		if s.Stopped != lp.StopInterrupt.String() {
			q.Status = headroom.StatusNone
		}
	case q.Status == headroom.StatusVerified:
		q.Status, q.Stopped = headroom.StatusLimit, s.Stopped
	}
	return q
}

// printSimulation is a simulation for people.
func (a *app) printSimulation(c *headroom.Case, p *headroom.Plan, s *headroom.Simulation) {
	a.printf("%s: the plan lived through %s times (%s years, %s weeks each)\n", clean(c.Title), grouped(float64(s.Paths)), grouped(float64(s.Years)), grouped(float64(s.Weeks)))
	if s.Stopped != "" {
		a.printf("Stopped early (%s): %s lives were asked for\n", report.StopWord(s.Stopped), grouped(float64(s.Asked)))
	}
	a.printf("%s\n", clean(countsOnText(c, p)))
	if s.Note != "" {
		a.printf("%s\n", s.Note)
	}
	if s.Paths == 0 {
		return
	}
	a.marking(answer.ProofOf(c, p))
	a.printf("\n%s\n\n", "Vehicles built: the plan, and one life in twenty is below p05, half are below p50, one in twenty is above p95")
	var rows [][]any
	for _, x := range s.Series {
		if x.Series == "output" {
			rows = append(rows, []any{x.Of, x.Period, x.Plan, x.Mean, figure("± " + grouped((x.High-x.Low)/2)), x.P05, x.P25, x.P50, x.P75, x.P95})
		}
	}
	a.printTable([]string{"of", "period", "plan", "mean", "95 %", "p05", "p25", "p50", "p75", "p95"}, rows)
	a.printChances("Targets", s.Targets)
	a.printChances("The same in every period", s.ByYear)
	a.printLast(c, s)
	a.printWorst(s)
}

// printChances is how likely the targets are.
func (a *app) printChances(title string, targets []headroom.SimTarget) {
	var rows [][]any
	for _, g := range targets {
		rows = append(rows, []any{g.Target, g.Period, asked(grouped(g.Wanted)), figure(percentOf(g.Probability)), figure(percentOf(g.Low) + " to " + percentOf(g.High)), g.Most})
	}
	if len(rows) > 0 {
		a.printf("\n%s\n\n", title)
		a.printTable([]string{"target", "period", "wanted", "chance", "95 % interval", "most in any life"}, rows)
	}
}

// percentOf writes a chance.
func percentOf(p float64) string { return fmt.Sprintf("%.3g %%", 100*p) }

// inMillions is money in millions with one decimal.
func inMillions(v float64) string { return fixed(v/1e6, 1) }

// printLast is the other series in the last period.
func (a *app) printLast(c *headroom.Case, s *headroom.Simulation) {
	last := c.Periods[len(c.Periods)-1].ID
	var money, shares [][]any
	for _, x := range s.Series {
		if x.Period != last {
			continue
		}
		switch x.Series {
		case "cash", "regret_at_most":
			name := x.Of
			if x.Series == "regret_at_most" {
				name = "regret, at most"
			}
			money = append(money, []any{name, figure(inMillions(x.Plan)), figure(inMillions(x.Mean)), figure("± " + inMillions((x.High-x.Low)/2)), figure(inMillions(x.P05)), figure(inMillions(x.P50)), figure(inMillions(x.P95))})
		case "service", "utilisation":
			shares = append(shares, []any{x.Series, x.Of, figure(percentOf(x.Plan)), figure(percentOf(x.Mean)), figure(percentOf(x.P05)), figure(percentOf(x.P50)), figure(percentOf(x.P95))})
		}
	}
	a.printf("\nCash in %s, millions of %s\n\n", last, c.BaseCurrency)
	a.printTable([]string{"owner", "plan", "mean", "95 %", "p05", "p50", "p95"}, money)
	a.printf("\nService of markets and use of plants in %s\n\n", last)
	a.printTable([]string{"", "of", "plan", "mean", "p05", "p50", "p95"}, shares)
}

// printWorst is the worst weeks.
func (a *app) printWorst(s *headroom.Simulation) {
	var rows [][]any
	for _, w := range s.Weakest {
		rows = append(rows, []any{w.Period, w.Week, math.Round(w.Units), math.Round(w.Plan), w.Why})
	}
	if len(rows) > 0 {
		a.printf("\nWorst weeks\n\n")
		a.printTable([]string{"period", "week", "built", "plan", "why"}, rows)
	}
}
