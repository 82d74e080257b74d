package cli

import (
	"cmp"
	"context"
	"errors"
	"math"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"headroom/document"
	"headroom/internal/files"
	"headroom/lp"
	"headroom/report"
)

func (a *app) solveCmd() *cobra.Command {
	var s solving
	var out string
	var strict bool
	cmd := a.command("solve FILE", "Solve any mixed-integer linear model",
		`Solves a model in MPS format (fixed or free) or as CPLEX LP text, plain or gzip, through the path that plans take: numeric gate, solver, exact
check of the point, integers rounded and fixed, the rest solved again and checked. Only what passed is printed.`,
		"  headroom export cases/two-plants --mps model.mps\n  headroom solve model.mps --gap 1e-6 --time 60s --json", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runSolve(ctx, args[0], s, out, strict) })
	solvingFlags(cmd, &s, lp.GapDefault)
	cmd.Flags().BoolVar(&strict, "strict", false, "solve a second time with the other back end and compare")
	outFlag(cmd, &out)
	return cmd
}

func (a *app) runSolve(ctx context.Context, file string, s solving, out string, strict bool) error {
	if err := errors.Join(s.valid(), outUsable(out)); err != nil {
		return err
	}
	p, err := readModel(file)
	if err != nil {
		return err
	}
	solver, done, err := a.freshSolver(s)
	if err != nil {
		return err
	}
	solver = a.recording(solver, s)
	defer done()
	line := a.progress()
	defer line.done()
	other, close := a.otherSolver(solver, strict)
	defer close()
	if other != nil {
		other = a.recording(other, s)
	}
	ro := lp.RunOptions{Strict: strict, Other: other, SafeRoot: true, Gate: lp.GateOptions{Strictness: lp.Foreign}}
	o, err := lp.Run(ctx, solver, p, s.options(line), ro)
	line.done()
	if err != nil {
		return err
	}
	for _, i := range o.Issues {
		a.note("%s: %s", file, i)
	}
	for _, n := range o.Notes {
		a.note("headroom: %s", n)
	}
	doc := outcomeObject(p, o)
	vars := variables(p, o)
	if a.json {
		a.writeJSON("solve", append(doc, member{"seconds", o.Seconds}, member{"variables", pairs(vars)}))
	} else {
		a.printOutcome(cmp.Or(clean(p.Name), clean(filepath.Base(file))), p, o, vars)
	}
	if out != "" {
		if err := saveRun(out, "solve", []document.Table{vars}, func(sums document.Sums) any {
			tables := object{{vars.Name, vars.Objects()}}
			return append(doc[:len(doc):len(doc)], member{"tables", tables}, member{"files", sums})
		}); err != nil {
			return err
		}
	}
	return outcomeStatus(o)
}

// options are the flags as lp takes them.
func (s *solving) options(line *progress) lp.Options {
	return lp.Options{Gap: s.gap, Time: s.time, Seed: s.seed, Threads: s.threads, Progress: line.show}
}

// readModel reads the model of a file.
func readModel(file string) (*lp.Problem, error) {
	f, err := files.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return lp.ReadProblem(f, file)
}

// outcomeObject is what a solve gave, without the time it took.
func outcomeObject(p *lp.Problem, o *lp.Outcome) object {
	return object{
		{"status", solveStatus(o.Status)},
		{"objective", o.Objective},
		{"bound", o.Bound},
		{"root_bound", o.RootBound},
		{"proved_by", string(o.ProvedBy)},
		{"gap", o.Gap},
		{"stopped", o.Stop.String()},
		{"seed", o.Seed},
		{"nodes", o.Nodes},
		{"solver", object{{"name", o.Solver.Name}, {"version", o.Solver.Version}, {"backend", o.Solver.Backend}}},
		{"check", object{
			{"max_row_violation", o.Check.MaxRowViolationScaled},
			{"max_bound_violation", o.Check.MaxBoundViolationScaled},
			{"max_integrality_violation", o.Check.MaxIntegralityViolation},
			{"second_solve_agrees", o.Strict},
		}},
		{"sense", p.Sense.String()},
		{"rows", p.Rows()},
		{"columns", p.Cols()},
		{"nonzeros", p.Nonzeros()},
		{"integers", p.Integers()},
		{"why", o.Why},
		{"notes", o.Notes},
		{"proof", solveProof(o)},
	}
}

// solveProof is the proof of an outcome. A model counts on nothing but itself.
func solveProof(o *lp.Outcome) object {
	p := object{{"status", solveStatus(o.Status)}}
	value, gap := o.Objective, o.Gap
	if o.X == nil {
		value, gap = math.NaN(), math.NaN()
	}
	return append(p, object{{"value", value}, {"bound", o.Bound}, {"gap", gap}, {"proved_by", string(o.ProvedBy)}, {"stopped", o.Stop.String()}}...)
}

// solveStatus is the status under the names of the plan's statuses.
func solveStatus(s lp.Status) string {
	switch s {
	case lp.StatusNoSolution:
		return "none"
	case lp.StatusTolerance:
		return "limit" // it holds to a looser tolerance only: not verified
	}
	return s.String()
}

// vouched says who vouches for a bound.
func vouched(by lp.ProvedBy) string {
	switch by {
	case lp.ProvedByDuals:
		return " (recomputed from the duals)"
	case lp.ProvedBySolver:
		return " (proven by HiGHS)"
	}
	return ""
}

// outcomeStatus is the exit status of an outcome.
func outcomeStatus(o *lp.Outcome) error {
	switch o.Status {
	case lp.StatusVerified, lp.StatusLimit, lp.StatusTolerance:
		return nil
	case lp.StatusDisputed:
		return statusError(exitInput)
	case lp.StatusInfeasible, lp.StatusUnbounded:
		return statusError(exitInfeasible)
	}
	if o.Stop == lp.StopError || o.Stop == lp.StopMemory {
		return statusError(exitFault)
	}
	return statusError(exitLimit)
}

// variables is the table of the point's values.
func variables(p *lp.Problem, o *lp.Outcome) document.Table {
	g := document.Table{Name: "variables", Columns: []string{"name", "value"}}
	for j, v := range o.X {
		g.Rows = append(g.Rows, []any{p.ColName(j), v})
	}
	return g
}

// pairs is a table of two columns as an object.
func pairs(g document.Table) object {
	o := make(object, len(g.Rows))
	for i, r := range g.Rows {
		o[i] = member{r[0].(string), r[1]}
	}
	return o
}

// printOutcome is the outcome for people of the model or file of a name: the verdict, then the values that are not zero.
func (a *app) printOutcome(name string, p *lp.Problem, o *lp.Outcome, vars document.Table) {
	a.printf("%s: %s rows, %s columns, %s nonzeros, %s integer\n", name, grouped(float64(p.Rows())), grouped(float64(p.Cols())),
		grouped(float64(p.Nonzeros())), grouped(float64(p.Integers())))
	a.printf("%s (%s)", solveStatus(o.Status), report.StopWord(o.Stop.String()))
	if o.X != nil {
		a.printf(": objective %.12g, bound %.12g%s, gap %s", o.Objective, o.Bound, vouched(o.ProvedBy), percent(o.Gap))
	}
	a.printf("; %s %s %s, seed %d, %.2f s\n", o.Solver.Name, o.Solver.Version, o.Solver.Backend, o.Seed, o.Seconds)
	if len(o.Why) > 0 {
		a.printf("%s\n", strings.Join(o.Why, "\n"))
	}
	if o.X == nil {
		return
	}
	a.printf("largest violation: row %.2g, integer %.2g\n\n", o.Check.MaxRowViolationScaled, o.Check.MaxIntegralityViolation)
	var rows [][]any
	for _, r := range vars.Rows {
		if v := r[1].(float64); math.Abs(v) > 0 {
			rows = append(rows, []any{r[0], exact(v)})
		}
	}
	a.printTable([]string{"variable", "value"}, rows)
}
