package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/formula"
	"headroom/planner"
	"headroom/table"
	"headroom/trace"
)

// traceRequest is everything that decides a trace besides the case and the reference.
type traceRequest struct {
	choosing
	solving
	run   string
	depth int
}

func (a *app) traceCmd() *cobra.Command {
	var r traceRequest
	cmd := a.command("trace DIR REF", "Follow a number down to its claims and sources",
		`Shows what a number rests on, step by step, down to claims with their sources and assumptions with their reasons. REF is

  table/key/column          a figure of the case, as in target/uk-1300k:2035/value
  result/table/key/column   a number of a plan, as in result/output/juke:SUN-L2:full:2035/units; a key may leave parts out
                            where one row is meant, or add rows up: result/output/plant=oxford:period=2035/units
  CLAIM or ASSUMPTION       one of these by its id
  1300000                   a number that only one figure or result has

The results are those of the saved run that --run names; what brief says (its sentence, its supply curve, its deals) is in
runs that brief has saved. Without --run the case is planned first, which takes seconds for a case of the size of the UK's.`,
		`  headroom trace cases/uk-2035 target/uk-1300k:2035/value
  headroom brief cases/uk-2035 --out run1
  headroom trace cases/uk-2035 result/output/2035/units --run run1 --depth 2`, cobra.ExactArgs(2),
		func(ctx context.Context, args []string) error { return a.runTrace(ctx, args[0], args[1], r) })
	cmd.Flags().StringVar(&r.run, "run", "", "folder of a run that was saved with --out, whose results are traced")
	_ = cmd.MarkFlagDirname("run")
	cmd.Flags().IntVar(&r.depth, "depth", 0, "show so many levels below the number (default all)")
	choosingFlags(cmd, &r.choosing)
	solvingFlags(cmd, &r.solving, planner.GapDefault)
	return cmd
}

func (a *app) runTrace(ctx context.Context, dir, ref string, r traceRequest) error {
	if r.depth < 0 {
		return usagef("--depth %d: it is 1 or more, or 0 for all", r.depth)
	}
	if err := r.valid(); err != nil {
		return err
	}
	t, run, err := a.tracer(ctx, dir, ref, r)
	if err != nil {
		return err
	}
	steps, err := t.Trace(ref)
	if err != nil {
		return refFinding(dir, err)
	}
	if a.json {
		a.writeJSON("trace", object{{"ref", steps[0].Ref}, {"run", run}, {"steps", stepObjects(t, steps, r.depth)}})
		return nil
	}
	a.printTrace(t, steps, r.depth)
	return nil
}

// tracer makes a tracer of a case with the results that a reference needs: of the saved run, or of a plan that is made now.
func (a *app) tracer(ctx context.Context, dir, ref string, r traceRequest) (*trace.Tracer, string, error) {
	var results trace.Results
	if r.run != "" {
		run, err := readRun(r.run, hintRun)
		if err != nil {
			return nil, "", err
		}
		if r.scenario == "" && len(r.with) == 0 && r.asOf == "" {
			r.choosing = run.choosing()
		}
		results = run.results()
		c, err := a.loadForTrace(dir, r.choosing)
		if err != nil {
			return nil, "", err
		}
		if run.Result.Case.ID != c.ID {
			return nil, "", headroom.Errorf(codeForeignRun, headroom.Place{File: run.file}, "name a run of this case", "the run is of the case %s, and this is %s", run.Result.Case.ID, c.ID)
		}
		if run.Result.Case.Hash != c.Hash {
			a.note("headroom: the case has changed since the run was saved: its figures below are those of today")
		}
		a.asOf = c.AsOf
		return trace.NewTracer(c, results, unitOf), r.run, nil
	}
	if strings.HasPrefix(ref, "result/") {
		return a.tracerOfPlan(ctx, dir, ref, r)
	}
	c, err := a.loadForTrace(dir, r.choosing)
	if err != nil {
		return nil, "", err
	}
	a.asOf = c.AsOf
	return trace.NewTracer(c, nil, unitOf), "", nil
}

// tracerOfPlan plans the case and traces its results.
func (a *app) tracerOfPlan(ctx context.Context, dir, ref string, r traceRequest) (*trace.Tracer, string, error) {
	if strings.HasPrefix(ref, "result/brief_") {
		return nil, "", usagef("%s is a number of a brief; save one with headroom brief %s --out RUN, and give it with --run RUN", ref, dir)
	}
	c, err := a.loadChecked(dir, r.choosing)
	if err != nil {
		return nil, "", err
	}
	a.note("headroom: planning the case for its results; --run takes those of a saved run")
	p, err := a.plan(ctx, c, planRequest{choosing: r.choosing, solving: r.solving, objective: objectiveNPV})
	if err != nil {
		return nil, "", err
	}
	return trace.NewTracer(c, trace.ResultsOf(p, nil), unitOf), "", planStatus(p)
}

// loadForTrace reads a case whose evidence is to be followed: only errors of reading stop it.
func (a *app) loadForTrace(dir string, ch choosing) (*headroom.Case, error) {
	o, err := a.loadOptions(ch)
	if err != nil {
		return nil, err
	}
	c, found, err := table.Load(dir, o)
	if err != nil {
		return nil, err
	}
	if bad := ofSeverity(found, headroom.SeverityError); len(bad) > 0 || c == nil {
		return nil, &headroom.Error{Findings: bad}
	}
	return c, nil
}

// unitOf is the unit of a column in the schema.
func unitOf(name, column string) string {
	t := table.Lookup(name)
	if t == nil || t.Index(column) < 0 {
		return ""
	}
	return t.Columns[t.Index(column)].Unit
}

// codeNoSuchRef is a reference that names nothing.
const codeNoSuchRef = "NoSuchReference"

// refFinding is the error of a reference as people are told it.
func refFinding(dir string, err error) error {
	var e *trace.RefError
	if !errors.As(err, &e) {
		return err
	}
	hint := "write table/key/column, result/table/key/column, a claim or an assumption; headroom claim list " + dir + " lists the claims"
	if len(e.Near) > 0 {
		hint = "there are " + strings.Join(e.Near, ", ")
	}
	return headroom.Errorf(codeNoSuchRef, headroom.Place{}, hint, "%s", e.Why)
}

// stepObjects are the steps as JSON.
func stepObjects(t *trace.Tracer, steps []trace.TraceStep, depth int) []object {
	out := []object{}
	for _, s := range steps {
		if depth > 0 && s.Level > depth {
			continue
		}
		out = append(out, stepObject(t, s))
	}
	return out
}

// stepObject is one step.
func stepObject(t *trace.Tracer, s trace.TraceStep) object {
	o := object{
		{"ref", s.Ref},
		{"kind", string(s.Kind)},
		{"level", s.Level},
		{"value", s.Value},
		{"unit", s.Unit},
		{"transform", s.Transform},
		{"claim", textOrNull(s.Claim)},
		{"status", textOrNull(s.Status)},
		{"source", sourceObject(s.Source)},
		{"rests_on", s.RestsOn},
	}
	if s.Basis != "" {
		o = append(o, member{"basis", string(s.Basis)})
	}
	for _, m := range []struct{ name, text string }{{"low", s.Low}, {"high", s.High}, {"reason", s.Reason}, {"chosen_because", s.ChosenBecause}, {"as_is", s.AsIs}} {
		if m.text != "" {
			o = append(o, member{m.name, m.text})
		}
	}
	if parts := workedOut(s); len(parts) > 0 {
		computed := []object{}
		for _, c := range parts {
			computed = append(computed, object{{"part", c.Part}, {"transform", c.Transform}, {"value", c.Value}, {"unit", c.Unit}, {"claims", c.Claims}, {"note", c.Note}})
		}
		o = append(o, member{"computed", computed})
	}
	if len(s.Rivals) > 0 {
		o = append(o, member{"rivals", claimObjects(t, s.Rivals)})
	}
	if len(s.Named) > 0 {
		o = append(o, member{"named", claimObjects(t, s.Named)})
	}
	return o
}

// workedOut are the steps of a formula besides the claims that stand in it and the figure.
func workedOut(s trace.TraceStep) []formula.Step {
	return slices.DeleteFunc(slices.Clone(s.Computed), func(c formula.Step) bool { return c.Transform == "claim" || c.Transform == "figure" })
}

// claimObjects are claims beside a step as JSON.
func claimObjects(t *trace.Tracer, ids []string) []object {
	out := []object{}
	for _, id := range ids {
		o := object{{"claim", id}}
		if r, err := t.Trace("claim/" + id); err == nil {
			o = append(o, object{{"value", r[0].Value}, {"unit", r[0].Unit}, {"status", r[0].Status}, {"source", sourceObject(r[0].Source)}}...)
		}
		out = append(out, o)
	}
	return out
}

// sourceObject is a source as JSON, null where there is none.
func sourceObject(s *headroom.Source) any {
	if s == nil {
		return nil
	}
	return object{{"source_id", s.ID}, {"publisher", s.Publisher}, {"title", s.Title}, {"url", s.URL}, {"published_on", s.PublishedOn}}
}

// textOrNull is a text, or null where it is empty.
func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// printTrace writes the steps as a tree.
func (a *app) printTrace(t *trace.Tracer, steps []trace.TraceStep, depth int) {
	byRef := map[string]trace.TraceStep{}
	for _, s := range steps {
		byRef[s.Ref] = s
	}
	shown, left := map[string]bool{}, 0
	var show func(ref string, level int)
	show = func(ref string, level int) {
		s, indent := byRef[ref], strings.Repeat("  ", level)
		if depth > 0 && level > depth {
			left++
			return
		}
		if shown[ref] {
			if s.Kind == trace.StepResult || len(s.RestsOn) > 0 {
				a.printf("%s%s (see above)\n", indent, clean(ref))
			} else {
				a.printf("%s%s (see above)\n", indent, stepHead(s))
			}
			return
		}
		shown[ref] = true
		a.printStep(t, s, indent)
		for _, next := range s.RestsOn {
			show(next, level+1)
		}
	}
	show(steps[0].Ref, 0)
	if left > 0 {
		a.printf("\n%s below level %d; --depth %d shows more\n", counted(left, "step", "steps"), depth, depth+1)
	}
}

// stepHead is a step's name with its value.
func stepHead(s trace.TraceStep) string {
	head := s.Ref
	if s.Grounded() {
		_, head, _ = strings.Cut(head, "/")
	}
	if s.Value != nil {
		head += " = " + strings.TrimSpace(stepValue(s)+" "+s.Unit)
	} else if s.Low+s.High != "" {
		head += " = " + strings.TrimSpace(s.Low+" to "+s.High+" "+s.Unit)
	}
	return clean(strings.TrimSpace(head))
}

// stepValue is a value as it is read: to ten digits, but for results, which are rounded.
func stepValue(s trace.TraceStep) string {
	f, ok := s.Value.(float64)
	switch {
	case !ok:
		return fmt.Sprint(s.Value)
	case s.Kind == trace.StepResult || math.Abs(f) >= 1e15:
		return grouped(f)
	}
	if r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 10, 64), 64); err == nil {
		f = r // what was computed has more digits than anybody means
	}
	whole, decimals, _ := strings.Cut(exact(f), ".")
	if n, err := strconv.ParseFloat(whole, 64); err == nil && math.Abs(n) >= 1000 {
		whole = grouped(n)
	}
	return strings.TrimSuffix(whole+"."+decimals, ".")
}

// printStep writes one step: what it is, and what is known of it.
func (a *app) printStep(t *trace.Tracer, s trace.TraceStep, indent string) {
	label := string(s.Basis)
	switch s.Kind {
	case trace.StepClaim:
		label = s.Status
	case trace.StepAssumption, trace.StepScenario:
		label = string(s.Kind)
	case trace.StepResult:
		label = "result"
	case trace.StepFigure:
		if s.Status != "" && s.Status != "assumed" {
			label = strings.Trim(label+", "+s.Status, ", ")
		}
	}
	if label != "" {
		label = "  [" + clean(label) + "]"
	}
	a.printf("%s%s%s\n", indent, stepHead(s), label)
	line := func(name, text string) {
		if text != "" {
			a.printf("%s    %s%s\n", indent, name, clean(text))
		}
	}
	line("", s.Transform)
	for _, c := range workedOut(s) {
		line("  ", c.Part+" = "+strings.TrimSpace(grouped(c.Value)+" "+c.Unit)+strings.TrimSuffix("; "+c.Note, "; "))
	}
	if s.Value != nil && s.Low+s.High != "" {
		line("from ", s.Low+" to "+s.High)
	}
	line("because ", s.Reason)
	if s.Kind == trace.StepClaim && s.Source != nil {
		line("source: ", sourceLine(*s.Source))
		line("", s.Source.URL)
	}
	line("chosen because ", s.ChosenBecause)
	line("prices of other years: ", s.AsIs)
	for _, id := range s.Named {
		if r, err := t.Trace("claim/" + id); err == nil {
			line("names ", stepHead(r[0])+", "+r[0].Status+" ("+r[0].Transform+")")
		}
	}
	for _, id := range s.Rivals {
		if r, err := t.Trace("claim/" + id); err == nil {
			line("beside it: ", stepHead(r[0])+", "+r[0].Status)
		}
	}
}

// sourceLine is a source in one line.
func sourceLine(s headroom.Source) string {
	var parts []string
	for _, p := range []string{s.Publisher, s.Title, s.PublishedOn} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}
