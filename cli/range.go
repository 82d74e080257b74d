package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/answer"
	"headroom/document"
	"headroom/planner"
	"headroom/report"
)

// rangeRequest is everything that decides a range besides the case and the answers.
type rangeRequest struct {
	choosing
	solving
	top, figures, workers int
	all, short            bool
	out                   string
}

func (a *app) rangeCmd() *cobra.Command {
	var r rangeRequest
	cmd := a.command("range DIR ANSWER...", "Say how far an answer moves, and what it turns on",
		`Works out an answer, and again with each claim in use and each assumption that has a low and a high put at both, one figure
at a time. The answers are

  output       vehicles built in the regions of the main target in its last year, on what is committed and signed
  support      the least support per vehicle, in steps of 250, at which that target is met with every deal and candidate
  worth:DEAL   what a deal is worth: the plan with it less the plan without it

Figures that no programme of the answer depends on are screened out, which is exact. Of the others those are solved that move
the answer most in the relaxation (the plan without its yes-or-no rules), which is a guess; --all solves them all. What was
screened out is listed with --json, and counted otherwise.`,
		"  headroom range cases/uk-2035 output worth:chery-jlr-halewood --top 3", cobra.MinimumNArgs(1),
		func(ctx context.Context, args []string) error { return a.runRange(ctx, args[0], args[1:], r) })
	f := cmd.Flags()
	f.IntVar(&r.top, "top", answer.RangeTop, "tell the N figures that move the answer most")
	f.IntVar(&r.figures, "figures", answer.RangeFigures, "solve the N figures that the relaxation moves most, at their low and high")
	f.BoolVar(&r.all, "all", false, "solve every figure, whatever the relaxation says")
	f.IntVar(&r.workers, "workers", answer.RangeWorkers, "plans that are solved at once; the result does not depend on it")
	f.BoolVar(&r.short, "short", false, "one line for each answer")
	caseFlags(cmd, &r.choosing)
	solvingFlags(cmd, &r.solving, 0)
	f.Lookup("gap").Usage = "relative gap of each plan (default that of the answer)"
	f.Lookup("time").Usage = "time limit of each plan, such as 90s; 0 is none"
	outFlag(cmd, &r.out)
	return cmd
}

// valid refuses what means nothing.
func (r *rangeRequest) valid() error {
	switch {
	case r.top < 1:
		return usagef("--top %d: at least 1", r.top)
	case r.figures < 1:
		return usagef("--figures %d: at least 1", r.figures)
	case r.workers < 1:
		return usagef("--workers %d: at least 1", r.workers)
	}
	return errors.Join(r.solving.valid(), outUsable(r.out))
}

func (a *app) runRange(ctx context.Context, dir string, names []string, r rangeRequest) error {
	began := time.Now()
	if err := r.valid(); err != nil {
		return err
	}
	c, err := a.loadChecked(dir, r.choosing)
	if err != nil {
		return err
	}
	ranges, err := a.ranges(ctx, dir, c, names, r)
	if err != nil {
		return err
	}
	seconds := time.Since(began).Seconds()
	if a.json {
		a.writeJSON("range", document.RangeOf(c, ranges, rangesProof(ranges), document.RangeEnd{Seconds: &seconds}))
	} else {
		if err := report.RangeText(&a.doc, ranges, r.short, a.reportOptions()); err != nil {
			return err
		}
		if !r.short {
			a.printf("\nIn %.0f s.\n", seconds)
		}
	}
	if r.out != "" {
		end := document.RangeEnd{Inputs: document.InputsOf(c, document.Unplanned), Tables: document.RangeTablesOf(ranges)}
		if err := saveRun(r.out, "range", document.TablesOf(*end.Tables), func(sums document.Sums) any {
			end.Files = sums
			return document.RangeOf(c, ranges, rangesProof(ranges), end)
		}); err != nil {
			return err
		}
	}
	return rangeStatus(ranges)
}

// ranges answers each name for a case that was loaded from dir.
func (a *app) ranges(ctx context.Context, dir string, c *headroom.Case, names []string, r rangeRequest) ([]headroom.Range, error) {
	if len(names) == 0 {
		return nil, usagef("no answer is named: the answers of this case are %s", strings.Join(answer.Answers(c), ", "))
	}
	o, err := a.loadOptions(r.choosing)
	if err != nil {
		return nil, err
	}
	s, done, err := a.openSolver(r.solving)
	if err != nil {
		return nil, err
	}
	defer done()
	line := a.progress()
	defer line.done()
	began := time.Now()
	ranges, err := answer.Range(ctx, c, unique(names), s, answer.RangeOptions{
		Options: planner.Options{Gap: r.gap, Time: r.time, Seed: r.seed, Threads: r.threads},
		Figures: r.figures, All: r.all, Top: r.top, Workers: r.workers, Number: document.InputsOf(c, nil).Number,
		Load: func(moves []headroom.Move) (*headroom.Case, error) {
			moved := o
			moved.Moves = moves
			d, found, err := a.loadWith(dir, moved)
			if bad := ofSeverity(found, headroom.SeverityError); err == nil && (len(bad) > 0 || d == nil) {
				return nil, &headroom.Error{Findings: bad}
			}
			return d, err
		},
		Progress: func(done, of int, what string) {
			line.write(fmt.Sprintf("%6.0f s  %d of %d  %s", time.Since(began).Seconds(), done, of, what))
		},
	})
	if errors.Is(err, answer.ErrUnknownAnswer) {
		return nil, usageError{err}
	}
	return ranges, err
}

// knownAnswers refuses answers that the case in a folder does not have, before anything long begins. A case that cannot be read
// is reported when it is planned.
func (a *app) knownAnswers(dir string, ch choosing, names []string) error {
	if len(names) == 0 {
		return nil
	}
	c, _, err := a.load(dir, ch)
	if err != nil || c == nil {
		return err
	}
	for _, name := range names {
		if !slices.Contains(answer.Answers(c), name) {
			return usagef("--range: %v %q: the answers of this case are %s", answer.ErrUnknownAnswer, name, strings.Join(answer.Answers(c), ", "))
		}
	}
	return nil
}

// unique are the words of a list, each once.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// rangeStatus is the exit status of ranges: that of an answer which there is no plan for.
func rangeStatus(ranges []headroom.Range) error {
	for _, r := range ranges {
		if r.Stopped != "" {
			continue // an interrupt has its own
		}
		if err := planStatus(&headroom.Plan{Status: r.Status}); err != nil {
			return err
		}
	}
	return nil
}

// rangesProof is the proof of the least firm of ranges.
func rangesProof(ranges []headroom.Range) headroom.Proof {
	proofs := make([]headroom.Proof, len(ranges))
	for i, r := range ranges {
		proofs[i] = r.Proof
	}
	return weakest(proofs)
}
