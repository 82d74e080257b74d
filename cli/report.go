package cli

import (
	"bytes"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/document"
	"headroom/internal/files"
	"headroom/internal/stop"
	"headroom/report"
)

func (a *app) reportCmd() *cobra.Command {
	var r briefRequest
	var html string
	var answers []string
	var saved livesFlags
	cmd := a.command("report DIR", "Write what the plan of a case means as one HTML page",
		`Writes what brief says, and more, as one page with its pictures: no script, nothing fetched from a network, the same bytes
for the same plan. Each number leads to the claim, the assumption or the list of figures that it rests on. With --run the page is
that of a brief that was saved with brief --out or report --out, and nothing is solved.`,
		"  headroom report cases/uk-2035 --html uk.html", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error {
			return a.runReport(ctx, args[0], html, answers, r, saved)
		})
	cmd.Flags().StringVar(&html, "html", "", "write the page into this file (required)")
	_ = cmd.MarkFlagRequired("html")
	cmd.Flags().StringSliceVar(&answers, "range", nil, "show how far these answers move, as in output,support (see headroom range)")
	livesFlagsOf(cmd, &saved)
	briefFlags(cmd, &r)
	return cmd
}

func (a *app) runReport(ctx context.Context, dir, html string, answers []string, r briefRequest, saved livesFlags) error {
	if err := a.knownAnswers(dir, r.choosing, answers); err != nil {
		return err
	}
	v, _ := build()
	o := report.Options{Program: "headroom " + v}
	if r.run == "" { // before the plans, which take long
		if err := a.addLives(dir, r.choosing, saved, &o); err != nil {
			return err
		}
	}
	c, b, err := a.briefOrRun(ctx, dir, r, nil)
	if err != nil {
		return err
	}
	if r.run != "" {
		if err := saved.add(&o, c); err != nil {
			return err
		}
	}
	if len(answers) > 0 {
		ch := choosing{scenario: c.Scenario, asOf: c.AsOf.String()} // those of the saved run, if it is one
		if o.Ranges, err = a.ranges(ctx, dir, c, answers, rangeRequest{choosing: ch, solving: solving{solver: r.solver, time: r.time, seed: r.seed, threads: r.threads}}); err != nil {
			return err
		}
	}
	page, err := stop.Within(ctx, func() (*bytes.Buffer, error) {
		var page bytes.Buffer
		return &page, report.HTML(&page, c, b, b.Base, o)
	})
	if err != nil {
		return err
	}
	if err := files.Write(html, page.Bytes()); err != nil {
		return err
	}
	if a.json {
		a.writeJSON("report", document.Report{File: html, Bytes: page.Len(), Brief: *document.BriefOf(b, r.run == ""), Ranges: o.Ranges})
	} else if !a.quiet {
		a.printf("%s: %s bytes\n", html, grouped(float64(page.Len())))
	}
	return errors.Join(saveBrief(r.out, c, b), planStatus(b.Base))
}

// briefOrRun is the brief of a saved run where one is named, and else one that is made now.
func (a *app) briefOrRun(ctx context.Context, dir string, r briefRequest, first decided) (*headroom.Case, *headroom.Brief, error) {
	if r.run == "" {
		return a.brief(ctx, dir, r, first)
	}
	if r.scenario != "" || r.asOf != "" || r.out != "" {
		return nil, nil, usagef("--run has its scenario and its day, and is saved: leave --scenario, --as-of and --out out")
	}
	stored, err := readRun(r.run, hintRun)
	if err != nil {
		return nil, nil, err
	}
	c, err := a.loadForTrace(dir, stored.choosing())
	if err != nil {
		return nil, nil, err
	}
	a.asOf = c.AsOf
	if stored.Result.Case.Hash != c.Hash {
		return nil, nil, headroom.Errorf(codeForeignRun, headroom.Place{File: stored.file}, "make it anew, without --run", "the case is not what it was when the run was saved")
	}
	b, err := stored.brief()
	return c, b, err
}
