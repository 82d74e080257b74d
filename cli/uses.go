package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/trace"
)

// runsHelp says which saved runs count where none is named.
const runsHelp = `Saved runs are folders with a run.json, as plan --out and brief --out write them. --runs names them, or folders that have
them; without it the runs in the folders of the current directory, of the case, and beside the case are looked at. Runs of
another case do not count.`

func (a *app) usesCmd() *cobra.Command {
	var ch choosing
	var runs []string
	cmd := a.command("uses DIR CLAIM", "Show what rests on a claim, a source or an assumption",
		`Shows the figures of the case that rest on a claim, directly or through a formula; the deals, scenarios and assumptions that
name it; and the answers of saved runs that depend on it. CLAIM is a claim, a source, which stands for all its claims, or an
assumption.

`+runsHelp,
		"  headroom uses cases/uk-2035 TGT-2035 --runs run1", cobra.ExactArgs(2),
		func(_ context.Context, args []string) error { return a.runUses(args[0], args[1], ch, runs) })
	caseFlags(cmd, &ch)
	runsFlag(cmd, &runs)
	return cmd
}

// runsFlag adds the flag that names saved runs.
func runsFlag(cmd *cobra.Command, runs *[]string) {
	cmd.Flags().StringSliceVar(runs, "runs", nil, "saved runs, or folders of them, as in RUN,RUN (default those near the case)")
	_ = cmd.MarkFlagDirname("runs")
}

// answerUse is an answer of a saved run that depends on something.
type answerUse struct {
	run  *storedRun
	step trace.TraceStep
}

func (a *app) runUses(dir, id string, ch choosing, folders []string) error {
	c, err := a.loadForTrace(dir, ch)
	if err != nil {
		return err
	}
	t := trace.NewTracer(c, nil, unitOf)
	u, err := t.Uses(id)
	if err != nil {
		return refFinding(dir, err)
	}
	a.asOf = c.AsOf
	runs, err := a.runsNear(dir, folders, c.ID)
	if err != nil {
		return err
	}
	answers, err := a.answersOn(dir, runs, u.Of)
	if err != nil {
		return err
	}
	if a.json {
		a.writeJSON("uses", append(object{{"of", u.Of}, {"runs", runNames(runs)}}, usesObject(u, answers)...))
		return nil
	}
	a.printUses(t, id, u, runs, answers)
	return nil
}

// answersOn are the answers of runs that rest on any of some references.
func (a *app) answersOn(dir string, runs []*storedRun, refs []string) ([]answerUse, error) {
	var out []answerUse
	for _, r := range runs {
		t, err := a.tracerOfRun(dir, r)
		if err != nil {
			return nil, err
		}
		for _, answer := range t.Answers() {
			if t.RestsOnAny(answer, refs) {
				out = append(out, answerUse{r, t.Head(answer)})
			}
		}
	}
	return out, nil
}

// tracerOfRun traces the results of a run in the case as it is now, in the run's scenario and as of the run's day.
func (a *app) tracerOfRun(dir string, r *storedRun) (*trace.Tracer, error) {
	c, err := a.loadForTrace(dir, r.choosing())
	if err != nil {
		return nil, err
	}
	return trace.NewTracer(c, r.results(), unitOf), nil
}

// runNames are the folders of runs.
func runNames(runs []*storedRun) []string {
	var out []string
	for _, r := range runs {
		out = append(out, r.dir)
	}
	return out
}

// usesObject are uses as JSON.
func usesObject(u trace.Uses, answers []answerUse) object {
	deals, scenarios, deflators := []object{}, []object{}, []string{}
	for _, e := range u.Deals {
		deals = append(deals, object{{"deal", e.Arrangement}, {"status", string(e.Status)}, {"date", e.Date.String()}, {"claim", e.Claim}})
	}
	for _, c := range u.Scenarios {
		scenarios = append(scenarios, object{{"scenario", c.Scenario}, {"table", c.Table}, {"selector", c.Selector}, {"column", c.Column}, {"claim", c.Claim}})
	}
	for _, d := range u.Deflators {
		deflators = append(deflators, deflatorKey(d))
	}
	return object{
		{"figures", useObjects(u.Figures)},
		{"not_chosen", useObjects(u.NotChosen)},
		{"named_by", u.NamedBy},
		{"deals", deals},
		{"scenarios", scenarios},
		{"deflators", deflators},
		{"claims", u.Claims},
		{"answers", answerObjects(answers)},
	}
}

func useObjects(list []trace.Use) []object {
	out := []object{}
	for _, f := range list {
		out = append(out, object{{"ref", f.Ref}, {"value", f.Value}, {"unit", f.Unit}, {"how", f.How}})
	}
	return out
}

// answerObjects are answers of runs as JSON.
func answerObjects(list []answerUse) []object {
	out := []object{}
	for _, x := range list {
		out = append(out, object{
			{"run", x.run.dir},
			{"kind", x.run.Kind},
			{"scenario", x.run.Result.Case.Scenario},
			{"ref", x.step.Ref},
			{"value", x.step.Value},
			{"unit", x.step.Unit},
		})
	}
	return out
}

// printUses writes uses for people.
func (a *app) printUses(t *trace.Tracer, id string, u trace.Uses, runs []*storedRun, answers []answerUse) {
	for _, ref := range u.Of {
		a.printf("%s\n", stepHead(t.Head(ref)))
	}
	a.printf("\n%s of the case %s on %s\n", counted(len(u.Figures), "figure", "figures"), map[bool]string{true: "rests", false: "rest"}[len(u.Figures) == 1], clean(id))
	a.printUseList(u.Figures)
	if len(u.NotChosen) > 0 {
		a.printf("\nnot chosen for\n")
		a.printUseList(u.NotChosen)
	}
	var rows [][]any
	for _, e := range u.Deals {
		rows = append(rows, []any{"deal", e.Arrangement, strings.TrimSpace(string(e.Status) + " " + e.Date.String())})
	}
	for _, c := range u.Scenarios {
		rows = append(rows, []any{"scenario", c.Scenario, strings.TrimSpace(c.Table + " " + c.Selector + " " + c.Column)})
	}
	for _, d := range u.Deflators {
		rows = append(rows, []any{"deflator", deflatorKey(d), ""})
	}
	for _, n := range u.NamedBy {
		rows = append(rows, []any{"assumption", n, "its reason names it"})
	}
	for _, n := range u.Claims {
		rows = append(rows, []any{"claim", n, "supersedes, retracts or contradicts"})
	}
	if len(rows) > 0 {
		a.printf("\n")
		a.printTable([]string{"named by", "", ""}, rows)
	}
	a.printAnswers(answers, len(runs), "depend on it")
}

// printUseList writes figures as a table.
func (a *app) printUseList(list []trace.Use) {
	if len(list) == 0 {
		return
	}
	var rows [][]any
	for _, f := range list {
		s := trace.TraceStep{Kind: trace.StepFigure, Value: f.Value, Unit: f.Unit}
		rows = append(rows, []any{f.Ref, strings.TrimSpace(strings.TrimPrefix(stepHead(s), "= ")), f.How})
	}
	a.printTable([]string{"figure", "value", "how"}, rows)
}

// printAnswers writes answers of runs as a table.
func (a *app) printAnswers(answers []answerUse, runs int, what string) {
	if runs == 0 {
		a.printf("\nNo saved run of this case was found; --runs names them.\n")
		return
	}
	a.printf("\n%s of %s %s\n", counted(len(answers), "answer", "answers"), counted(runs, "saved run", "saved runs"), what)
	if len(answers) == 0 {
		return
	}
	var rows [][]any
	for _, x := range answers {
		rows = append(rows, []any{x.run.dir, strings.TrimPrefix(x.step.Ref, "result/"), strings.TrimPrefix(stepHead(trace.TraceStep{Kind: trace.StepResult, Value: x.step.Value, Unit: x.step.Unit}), "= ")})
	}
	a.printTable([]string{"run", "answer", "value"}, rows)
}

// deflatorKey names a row of deflator.csv.
func deflatorKey(d headroom.Deflator) string {
	return fmt.Sprintf("%s:%s:%d", d.Region, d.Index, d.Year)
}
