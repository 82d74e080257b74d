package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/document"
	"headroom/flex"
	"headroom/internal/files"
	"headroom/links"
	"headroom/report"
)

// flexRequest is everything that decides an answer about links besides the case.
type flexRequest struct {
	choosing
	scenarios          int
	precision          float64
	links              bool
	add                []string
	design             string
	budget             float64
	period             string
	seed, threads      int
	quasi, withoutCtrl bool
	svg, out           string
}

func (a *app) flexCmd() *cobra.Command {
	var r flexRequest
	cmd := a.command("flex DIR", "Say what the links of a case are worth before demand is known, and which to add",
		`Samples the demand of one period from the distributions in uncertain.csv and finds for each scenario, exactly, the most that
the plants can build of what is wanted. It prints expected sales with their 95 % interval, the use of the plants, and how far
all of it is from full flexibility. With --links it says what every missing link would add, best first; with --add, --design
and --budget, what links add together. Where the case has prices the gain of a link is margin, otherwise vehicles.
Every link set meets the same demands, and the same seed gives the same bits on any number of threads.`,
		"  headroom flex cases/uk-2035 --links --period 2030", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runFlex(ctx, args[0], r) })
	choosingFlags(cmd, &r.choosing)
	f := cmd.Flags()
	f.IntVar(&r.scenarios, "scenarios", 0, "scenarios of demand, in blocks of 128, at most where there is a precision (default 100,000, with prices 20,000, with a precision 10 million)")
	f.Float64Var(&r.precision, "precision", 0, "stop where half the interval of expected sales is this share of them, such as 0.0001")
	f.BoolVar(&r.links, "links", false, "say what every missing link would add")
	f.StringSliceVar(&r.add, "add", nil, "count these links in, as in PLANT:VEHICLE,PLANT:VEHICLE")
	f.StringVar(&r.design, "design", "", "count a design in: chain, full or greedy")
	f.Float64Var(&r.budget, "budget", 0, "what the links of --design greedy may cost, in the base currency; where no link has a cost, how many they may be")
	f.StringVar(&r.period, "period", "", "period whose demand it is (default the last)")
	f.IntVar(&r.seed, "seed", 1, "seed of the scenarios")
	f.IntVar(&r.threads, "threads", 0, "threads (default all cores); the answer does not depend on it")
	f.BoolVar(&r.quasi, "quasi", false, "quasi-random points, which often make the interval smaller")
	f.BoolVar(&r.withoutCtrl, "no-control", false, "no control variate: plain means")
	f.StringVar(&r.svg, "svg", "", "draw plants, vehicles and links into this file")
	outFlag(cmd, &r.out)
	complete(cmd, "design", string(links.DesignChain), string(links.DesignFull), string(links.DesignGreedy))
	return cmd
}

// moneyScenarios is how many scenarios are taken by default where links have margins, which takes longer.
const moneyScenarios = 20_000

// mostScenarios is how many scenarios a run may ask for.
const mostScenarios = 100_000_000_000

// valid refuses values that mean nothing.
func (r *flexRequest) valid() error {
	d := links.Design(r.design)
	switch {
	case r.scenarios < 0 || r.scenarios > mostScenarios:
		return usagef("--scenarios %d: from 1 to %d", r.scenarios, mostScenarios)
	case !(r.precision >= 0 && r.precision < 1):
		return usagef("--precision %v: it is relative, from 0 to 1; 0.001 is 0.1 %%", r.precision)
	case d != links.DesignNone && d != links.DesignChain && d != links.DesignFull && d != links.DesignGreedy:
		return usagef("--design %q: there are chain, full and greedy", r.design)
	case !(r.budget >= 0) || math.IsInf(r.budget, 0):
		return usagef("--budget %v: it is money, at least 0", r.budget)
	case r.budget > 0 && d != links.DesignGreedy:
		return usagef("--budget is for --design greedy")
	case r.seed < 1:
		return usagef("--seed %d: seeds are 1 and above", r.seed)
	case r.threads < 0:
		return usagef("--threads %d: at least 1", r.threads)
	}
	for _, x := range r.add {
		if p, v, ok := strings.Cut(x, ":"); !ok || p == "" || v == "" {
			return usagef("--add %q: write PLANT:VEHICLE", x)
		}
	}
	return nil
}

func (a *app) runFlex(ctx context.Context, dir string, r flexRequest) error {
	if err := errors.Join(r.valid(), outUsable(r.out)); err != nil {
		return err
	}
	c, err := a.loadChecked(dir, r.choosing)
	if err != nil {
		return err
	}
	l, err := links.Of(c, r.period)
	if err != nil {
		return err
	}
	line := a.progress()
	defer line.done()
	o, err := r.options(l, a.flexProgress(line))
	if err != nil {
		return err
	}
	a.answering()
	f, err := links.Flex(ctx, l, o)
	if err != nil {
		return err
	}
	line.done()
	a.flexNotes(f)
	doc := linksDocument(c, f, r)
	if a.json {
		a.writeJSON("flex", document.LinksAnswer{Links: doc, Seconds: f.Seconds})
	} else {
		a.printFlex(c, f, r)
	}
	if r.svg != "" {
		var b bytes.Buffer
		report.LinksSVG(&b, picture(f))
		if err := files.Write(r.svg, b.Bytes()); err != nil {
			return err
		}
	}
	if r.out != "" {
		run := document.LinksRun{Links: doc, Inputs: document.InputsOf(c, document.Unplanned), Tables: linkTables(f)}
		return saveRun(r.out, kindFlex, document.TablesOf(run.Tables), func(sums document.Sums) any { run.Files = sums; return run })
	}
	return nil
}

// options are the flags as answer takes them.
func (r *flexRequest) options(l *links.Links, progress func(flex.Progress)) (links.FlexOptions, error) {
	n := r.scenarios
	switch {
	case n == 0 && r.precision > 0:
		n = 10_000_000
	case n == 0 && l.Money:
		n = moneyScenarios
	}
	o := links.FlexOptions{
		Gains: r.links, Design: links.Design(r.design), Budget: links.NoBudget(),
		Run: flex.Options{Scenarios: n, Precision: r.precision, Seed: uint64(r.seed), Threads: r.threads, Quasi: r.quasi, NoControl: r.withoutCtrl, Progress: progress},
	}
	if r.budget > 0 {
		o.Budget = r.budget
	}
	var all headroom.Error
	for _, x := range r.add {
		p, v, _ := strings.Cut(x, ":")
		link, err := l.Link(p, v)
		var e *headroom.Error
		if errors.As(err, &e) {
			all.Findings = append(all.Findings, e.Findings...)
		}
		o.Add = append(o.Add, link)
	}
	if len(all.Findings) > 0 {
		return o, &all
	}
	return o, nil
}

// longRun is from how many seconds on a run is told of before it is made.
const longRun = 20

// flexProgress shows how far a run is, and says once how long it will take where that is long.
func (a *app) flexProgress(line *progress) func(flex.Progress) {
	told := false
	return func(p flex.Progress) {
		if left := p.Left(); !told && left > longRun {
			told = true
			a.note("headroom: %s scenarios take about %s; Ctrl-C stops and shows what there is, --precision stops where it is enough", grouped(float64(p.Total)), duration(left))
		}
		line.write(fmt.Sprintf("%6.1f s  %s of %s scenarios", p.Seconds, grouped(float64(p.Done)), grouped(float64(p.Total))))
	}
}

// duration is a time for people.
func duration(seconds float64) string {
	switch {
	case seconds < 120:
		return fmt.Sprintf("%.0f seconds", seconds)
	case seconds < 7200:
		return fmt.Sprintf("%.0f minutes", seconds/60)
	case seconds < 200_000:
		return fmt.Sprintf("%.0f hours", seconds/3600)
	}
	return fmt.Sprintf("%.0f days", seconds/86400)
}

// flexNotes tells what a reader would not expect.
func (a *app) flexNotes(f *links.Flexibility) {
	list := func(names []string) string { return strings.Join(names, ", ") }
	if len(f.NoLink) > 0 {
		a.note("headroom: there is demand for %s in %s and no link: nothing of it is sold", list(f.NoLink), f.Period)
	}
	if len(f.LeftOut) > 0 {
		a.note("headroom: left out, since a plan need not build them and no plant does: %s", list(f.LeftOut))
	}
	if len(f.Shut) > 0 {
		a.note("headroom: plants that are not open do not count: %s", list(f.Shut))
	}
	if len(f.Certain) > 0 {
		a.note("headroom: uncertain.csv says nothing of %s: their demand counts as known", list(f.Certain))
	}
	if share := f.Returns / sum(f.Mean); f.Returns > 0 {
		a.note("headroom: without a truncation %s of the demand is draws below zero, which count as vehicles that come back; write condition or censor", percent(share))
	}
	if f.AnyPair {
		a.note("headroom: greedy looked at all pairs, since vehicle_line has no further rows; a link without a cost counts 1 of the budget")
	}
}

// sum adds numbers up.
func sum(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s
}
