package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/answer"
	"headroom/document"
	"headroom/planner"
	"headroom/report"
)

// briefRequest is everything that decides a brief besides the case.
type briefRequest struct {
	choosing
	solving
	out string
	run string // folder of a saved brief, which is told again
}

func (a *app) briefCmd() *cobra.Command {
	var r briefRequest
	cmd := a.command("brief DIR", "Say what the plan of a case means, on two screens",
		`Plans the case on what is committed and signed, then asks what more there could be: one sentence; output by year against
the target; how many vehicles each level of support would bring; what binds; the use of each plant; what each unsigned deal
is worth; what a car costs on each route; what the figures rest on; and the proof. It takes many plans, two at a time; with
--run a brief that was saved is told again, and nothing is solved.`,
		"  headroom brief cases/uk-2035 --out run1", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runBrief(ctx, args[0], r) })
	briefFlags(cmd, &r)
	return cmd
}

// briefFlags adds the flags of commands that answer with a brief.
func briefFlags(cmd *cobra.Command, r *briefRequest) {
	caseFlags(cmd, &r.choosing)
	solvingFlags(cmd, &r.solving, 0)
	cmd.Flags().Lookup("gap").Usage = fmt.Sprintf("relative gap of the base plan (default %g)", answer.BriefGap)
	cmd.Flags().Lookup("time").Usage = "time limit of each plan, such as 90s; 0 is none"
	outFlag(cmd, &r.out)
	cmd.Flags().StringVar(&r.run, "run", "", "folder of a saved brief, to be told again without solving")
	_ = cmd.MarkFlagDirname("run")
}

func (a *app) runBrief(ctx context.Context, dir string, r briefRequest) error {
	o := a.reportOptions()
	o.Seconds = r.run == ""
	begun := false // the first part has been shown
	c, b, err := a.briefOrRun(ctx, dir, r, func(c *headroom.Case, b *headroom.Brief) error {
		if a.json {
			return nil
		}
		begun = true
		return errors.Join(report.TextOfBase(&a.doc, c, b, o), a.show())
	})
	if err != nil {
		return err
	}
	write := report.Text
	if begun {
		write = report.TextOfRest
	}
	if a.json {
		a.writeJSON("brief", document.BriefOf(b, o.Seconds))
	} else if err := write(&a.doc, c, b, o); err != nil {
		return err
	}
	return errors.Join(saveBrief(r.out, c, b), planStatus(b.Base))
}

// reportOptions say what the text of a report may use: a terminal draws and colours, unless NO_COLOR is set.
func (a *app) reportOptions() report.Options {
	o := report.Options{Terminal: a.OutTTY, Color: a.OutTTY && a.Getenv("NO_COLOR") == "", Seconds: true}
	if a.OutTTY {
		o.Width = a.Width
	}
	return o
}

// decided is what is done with the part of a brief that takes one plan, as soon as it is there.
type decided func(*headroom.Case, *headroom.Brief) error

// brief loads and checks a case and answers with its brief. first may be nil.
func (a *app) brief(ctx context.Context, dir string, r briefRequest, first decided) (*headroom.Case, *headroom.Brief, error) {
	if err := errors.Join(r.valid(), outUsable(r.out)); err != nil {
		return nil, nil, err
	}
	c, err := a.loadChecked(dir, r.choosing)
	if err != nil {
		return nil, nil, err
	}
	s, done, err := a.openSolver(r.solving)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	line := a.progress()
	defer line.done()
	line.clock("the plan, its deals, the supply curve and what binds")
	var shown error
	w := answer.Watch{Step: line.step, Decided: func(b *headroom.Brief) {
		if first != nil {
			line.clear()
			shown = first(c, b)
		}
	}}
	b, err := answer.Brief(ctx, c, s, planner.Options{Gap: r.gap, Time: r.time, Seed: r.seed, Threads: r.threads}, w)
	return c, b, errors.Join(err, shown)
}

// saveBrief saves the base plan with the tables of the brief beside it.
func saveBrief(out string, c *headroom.Case, b *headroom.Brief) error {
	if out == "" {
		return nil
	}
	r := planRunOf(answer.BriefCase(c), c, b.Base)
	r.Brief, r.Tables.BriefTables = document.BriefOf(b, false), document.BriefTablesOf(b)
	r.Tables.Proof = document.ProofRows("brief", b.Proof)
	return savePlan(out, "brief", r)
}
