package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/document"
	"headroom/internal/files"
	"headroom/report"
	"headroom/table"
	"headroom/trace"
)

// changesRequest is everything that decides what changes tells besides the case.
type changesRequest struct {
	scenario, since string
	runs, feeds     []string
}

func (a *app) changesCmd() *cobra.Command {
	var r changesRequest
	cmd := a.command("changes DIR --since DATE", "Show what was learned since a day, and what it moved",
		`Shows the claims that became known after DATE, the steps that deals took since, the figures of the case that are not what
they were on that day, and the answers of saved runs that are stale: those that rest on a figure which has another value in
the case now than in the run, or on a claim that was superseded or retracted since.

--feed writes the claims and the steps as a feed for programs that follow news: Atom 1.0 into a file called .xml or .atom,
JSON Feed 1.1 into one called .json. An entry keeps its id.

`+runsHelp,
		"  headroom changes cases/uk-2035 --since 2026-01-01 --feed uk.xml", cobra.ExactArgs(1),
		func(_ context.Context, args []string) error { return a.runChanges(args[0], r) })
	cmd.Flags().StringVar(&r.since, "since", "", "day after which to look, as in 2026-01-31 (required)")
	_ = cmd.MarkFlagRequired("since")
	cmd.Flags().StringVar(&r.scenario, "scenario", "", "make the changes of this scenario first")
	cmd.Flags().StringSliceVar(&r.feeds, "feed", nil, "write a feed into this file: .xml, .atom or .json")
	runsFlag(cmd, &r.runs)
	return cmd
}

// staleAnswer is an answer of a saved run that is no longer what the case would give.
type staleAnswer struct {
	answerUse
	because []string // references that moved, claims that were superseded or retracted
}

func (a *app) runChanges(dir string, r changesRequest) error {
	for _, f := range r.feeds {
		if !slices.Contains([]string{".xml", ".atom", ".json"}, filepath.Ext(f)) {
			return usagef("--feed %q: Atom is written into .xml or .atom, JSON Feed into .json", f)
		}
	}
	day, err := headroom.ParseDate(r.since, true)
	if err != nil {
		return usagef("--since %q: write a day as 2026-01-31", r.since)
	}
	if day > headroom.DateOf(a.now().UTC()) {
		return usagef("--since %s: that day has not come", r.since)
	}
	now, err := a.loadForTrace(dir, choosing{scenario: r.scenario})
	if err != nil {
		return err
	}
	then, err := a.loadThen(dir, r.scenario, day)
	if err != nil {
		return err
	}
	ch := trace.Since(then, now, day, unitOf)
	runs, err := a.runsNear(dir, r.runs, now.ID)
	if err != nil {
		return err
	}
	stale, err := a.staleAnswers(dir, runs, ch)
	if err != nil {
		return err
	}
	for _, f := range r.feeds {
		if err := writeFeed(f, now, ch, day); err != nil {
			return err
		}
	}
	if a.json {
		a.writeJSON("changes", changesObject(ch, stale, runs, day))
		return nil
	}
	a.printLearned(ch, stale, len(runs), day)
	return nil
}

// loadThen reads the case as it was known on a day, nil where nothing was known then.
func (a *app) loadThen(dir, scenario string, day headroom.Date) (*headroom.Case, error) {
	c, found, err := table.Load(dir, table.LoadOptions{Scenario: scenario, AsOf: day})
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(found, func(f headroom.Finding) bool { return f.Code == headroom.CodeEarlyAsOf }) {
		a.note("headroom: nothing was known on %s: every claim is new, and no figure is compared", day)
		return nil, nil
	}
	return c, nil // what is wrong in a case of that day is no matter here
}

// staleAnswers are the answers of runs that rest on what moved since the run was made, or on claims that others replaced.
func (a *app) staleAnswers(dir string, runs []*storedRun, ch trace.Changes) ([]staleAnswer, error) {
	gone := map[string]string{}
	for _, l := range ch.Claims {
		for _, id := range slices.Concat(l.Claim.Supersedes, l.Claim.Retracts) {
			gone["claim/"+id] = l.Claim.ID
		}
	}
	var out []staleAnswer
	for _, r := range runs {
		now := r.choosing()
		now.asOf = ""
		c, err := a.loadForTrace(dir, now)
		if err != nil {
			return nil, err
		}
		then := c
		if r.Result.Case.AsOf != "" {
			if then, err = a.loadForTrace(dir, r.choosing()); err != nil {
				return nil, err
			}
		}
		news := newsTo(r, then, gone)
		m := movedCells(r.Result.Inputs, c)
		tracers := []*trace.Tracer{trace.NewTracer(then, r.results(), unitOf)}
		if then != c {
			tracers = append(tracers, trace.NewTracer(c, r.results(), unitOf))
		}
		for _, ref := range tracers[0].Answers() {
			because, err := m.because(tracers, ref, news)
			if err != nil {
				return nil, err
			}
			if len(because) > 0 {
				out = append(out, staleAnswer{answerUse{r, tracers[0].Head(ref)}, because})
			}
		}
	}
	return out, nil
}

// newsTo are the claims that were replaced since a run was made, of those that were replaced since the day that was asked for. A run
// knows which ones had been by then; one that was saved without knows that nothing was where its case is what it was.
func newsTo(r *storedRun, then *headroom.Case, gone map[string]string) map[string]string {
	old := r.Result.Replaced
	if old == nil && then.Hash == r.Result.Case.Hash {
		old = document.ReplacedClaims(then)
	}
	out := maps.Clone(gone)
	for _, id := range old {
		delete(out, "claim/"+id)
	}
	return out
}

// movedInputs are the cells of a case that are not what they were in a run: figures by reference, and rows in which something
// else than a figure has changed, or that came or went.
type movedInputs struct{ figures, rows map[string]bool }

func movedCells(before document.Inputs, c *headroom.Case) movedInputs {
	m := movedInputs{map[string]bool{}, map[string]bool{}}
	for _, ch := range inputChanges(before, document.InputsOf(c, document.Unplanned)) {
		ref := headroom.Ref{Table: ch.table, Key: ch.key, Column: ch.column}
		if _, figure := c.Labels[ref]; figure {
			m.figures[ref.String()] = true
		} else {
			m.rows[ch.table+"/"+ch.key] = true
		}
	}
	return m
}

// because are the reasons why an answer is stale, each once.
func (m movedInputs) because(tracers []*trace.Tracer, ref string, gone map[string]string) ([]string, error) {
	var out []string
	for _, t := range tracers {
		steps, err := t.Trace(ref)
		if err != nil {
			return nil, err
		}
		for _, s := range steps {
			row := s.Ref[:max(0, strings.LastIndexByte(s.Ref, '/'))]
			why := ""
			switch {
			case m.figures[s.Ref], s.Kind == trace.StepFigure && m.rows[row]:
				why = s.Ref
			case gone[s.Ref] != "":
				why = s.Ref + " by claim/" + gone[s.Ref]
			}
			if why != "" && !slices.Contains(out, why) {
				out = append(out, why)
			}
		}
	}
	return out, nil
}

// learnedText says a claim in one line.
func learnedText(c headroom.Claim) string {
	s := strings.Trim(c.Subject+": "+c.Quantity, ": ")
	if c.Value+c.Low+c.High != "" {
		s += ", " + saidValue(c)
	}
	if c.Period != "" {
		s += " (" + c.Period + ")"
	}
	return s
}

// writeFeed writes what was learned as a feed.
func writeFeed(file string, c *headroom.Case, ch trace.Changes, day headroom.Date) error {
	v, _ := build()
	title := c.Title
	if title == "" {
		title = c.ID
	}
	f := &report.Feed{Case: c.ID, Title: title + ": what was learned", Updated: day, Program: "headroom " + v}
	for _, l := range ch.Claims {
		f.Entries = append(f.Entries, claimEntry(l))
	}
	for _, d := range ch.Deals {
		was := ""
		if d.Before != "" {
			was = fmt.Sprintf(", after %s", d.Before)
		}
		e := report.FeedEntry{
			Key: "deal/" + d.Arrangement + "/" + d.Date.String() + "/" + string(d.Status), Date: d.Date,
			Title: fmt.Sprintf("%s: %s", dealTitle(c, d.Arrangement), d.Status), Text: fmt.Sprintf("%s is %s from %s%s", dealTitle(c, d.Arrangement), d.Status, d.Date, was),
		}
		if d.Note != "" {
			e.Text += ": " + d.Note
		}
		if d.Claim != "" {
			e.Text += ". Claim " + d.Claim
		}
		f.Entries = append(f.Entries, e)
	}
	var b bytes.Buffer
	write := report.Atom
	if filepath.Ext(file) == ".json" {
		write = report.JSONFeed
	}
	return errors.Join(write(&b, f), files.Write(file, b.Bytes()))
}

// claimEntry is a claim as an entry of a feed.
func claimEntry(l trace.Learned) report.FeedEntry {
	c := l.Claim
	e := report.FeedEntry{Key: "claim/" + c.ID, Title: learnedText(c), Date: c.AsOf, Text: learnedText(c) + ". Status: " + c.Status + ". Claim " + c.ID + "."}
	for _, r := range []struct {
		verb string
		ids  []string
	}{{"Supersedes", c.Supersedes}, {"Retracts", c.Retracts}, {"Contradicts", c.Contradicts}} {
		if len(r.ids) > 0 {
			e.Text += " " + r.verb + " " + strings.Join(r.ids, ", ") + "."
		}
	}
	if len(l.Figures) > 0 {
		e.Text += " Figures that rest on it: " + strings.Join(l.Figures, ", ") + "."
	}
	if l.Source != nil {
		e.Author, e.URL = l.Source.Publisher, l.Source.URL
		e.Text += " Source: " + sourceLine(*l.Source) + "."
	}
	if c.Note != "" {
		e.Text += " " + c.Note
	}
	return e
}

// dealTitle is what a deal is called.
func dealTitle(c *headroom.Case, id string) string {
	for _, d := range c.Arrangements {
		if d.ID == id && d.Name != "" {
			return d.Name
		}
	}
	return id
}
