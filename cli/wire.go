package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/answer"
	"headroom/check"
	"headroom/claimlog"
	"headroom/document"
	"headroom/formula"
	"headroom/highs"
	"headroom/internal/stop"
	"headroom/lp"
	"headroom/planner"
	"headroom/table"
)

// commands lists the commands in the order of the help.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.initCmd(),
		a.checkCmd(),
		a.fmtCmd(),
		a.planCmd(),
		a.briefCmd(),
		a.reportCmd(),
		a.compareCmd(),
		a.rangeCmd(),
		a.simulateCmd(),
		a.outageCmd(),
		a.targetCmd(),
		a.reconcileCmd(),
		a.calibrateCmd(),
		a.flexCmd(),
		a.claimCmd(),
		a.ledgerCmd(),
		a.verifyCmd(),
		a.traceCmd(),
		a.usesCmd(),
		a.auditCmd(),
		a.changesCmd(),
		a.exportCmd(),
		a.importCmd(),
		a.solveCmd(),
		a.cacheCmd(),
		a.versionCmd(),
	}
}

// solverConfig says where solvers are looked for.
func (a *app) solverConfig() highs.Config { return highs.Config{Getenv: a.Getenv} }

// openSolver finds the solver that --solver asks for and tells what a user may want to know of it. It solves nothing that was solved
// before.
func (a *app) openSolver(u solving) (lp.Solver, func(), error) {
	s, done, err := a.freshSolver(u)
	if err != nil {
		return nil, nil, err
	}
	if s, err = a.remembering(s, u); err != nil {
		done()
		return nil, nil, err
	}
	return s, done, nil
}

// freshSolver is openSolver without a memory.
func (a *app) freshSolver(u solving) (lp.Solver, func(), error) {
	a.answering()
	s, notes, err := highs.Find(u.solver, a.solverConfig())
	for _, n := range notes {
		a.note("headroom: %s", n)
	}
	if err != nil {
		return nil, nil, headroom.Errorf(codeNoSolver, headroom.Place{}, "make gets the native solver; --solver auto goes on without it", "%v", err)
	}
	return s, func() { _ = s.Close() }, nil
}

// otherSolver is the back end that solves a second time where that is asked for: the one that s is not. Where there is none it is
// nil, which is told, and s solves again with other settings.
func (a *app) otherSolver(s lp.Solver, strict bool) (lp.Solver, func()) {
	if !strict {
		return nil, func() {}
	}
	choice := highs.Native
	if s.Info().Backend == highs.Native {
		choice = highs.WASM
	}
	other, _, err := highs.Find(choice, a.solverConfig())
	if err != nil {
		a.note("headroom: the second solve is by the same back end with another seed and presolve turned round, since the other one is not there: %v", err)
		return nil, func() {}
	}
	return other, func() { _ = other.Close() }
}

// load reads a case and finds everything that is wrong or doubtful in it. The case is nil where it cannot be read.
func (a *app) load(dir string, ch choosing) (*headroom.Case, []headroom.Finding, error) {
	o, err := a.loadOptions(ch)
	if err != nil {
		return nil, nil, err
	}
	a.asOf = o.AsOf
	return a.loadWith(dir, o)
}

// loadWith is load with the options that the flags mean. An interrupt ends it.
func (a *app) loadWith(dir string, o table.LoadOptions) (*headroom.Case, []headroom.Finding, error) {
	type read struct {
		c     *headroom.Case
		found []headroom.Finding
	}
	r, err := stop.Within(a.ctx, func() (read, error) {
		c, found, err := readCase(dir, o)
		return read{c, found}, err
	})
	return r.c, r.found, err
}

// readCase reads a case and finds everything that is wrong or doubtful in it.
func readCase(dir string, o table.LoadOptions) (*headroom.Case, []headroom.Finding, error) {
	c, found, err := table.Load(dir, o)
	if err != nil || c == nil {
		return nil, found, err
	}
	more := slices.DeleteFunc(check.Case(c), func(f headroom.Finding) bool {
		return f.Code == headroom.CodeBrokenFormula // evidence looks at formulas too, and computes them
	})
	more = append(more, formula.Recompute(c, document.InputsOf(c, nil).Number)...)
	more = append(more, formula.PriceYears(c)...)
	more = append(more, claimlog.Rules(c)...)
	return c, check.Merge(found, more), nil
}

// loadChecked reads a case that is to be planned and refuses it where a plan would be wrong.
func (a *app) loadChecked(dir string, ch choosing) (*headroom.Case, error) {
	c, found, err := a.load(dir, ch)
	if err != nil {
		return nil, err
	}
	if bad := ofSeverity(found, headroom.SeverityError); len(bad) > 0 || c == nil {
		return nil, &headroom.Error{Findings: bad}
	}
	a.noteLog(dir)
	if n := len(ofSeverity(found, headroom.SeverityWarning)); n > 0 {
		a.note("headroom: %s; headroom check %s lists them", counted(n, "warning", "warnings"), dir)
	}
	return c, nil
}

// plan has a checked case planned, with progress on a terminal.
func (a *app) plan(ctx context.Context, c *headroom.Case, r planRequest) (*headroom.Plan, error) {
	s, done, err := a.openSolver(r.solving)
	if err != nil {
		return nil, err
	}
	defer done()
	other, close := a.otherSolver(s, r.strict)
	defer close()
	if other != nil {
		if other, err = a.remembering(other, r.solving); err != nil {
			return nil, err
		}
	}
	line := a.progress()
	defer line.done()
	o := r.plannerOptions(line)
	o.Other, o.SafeRoot = other, true
	return answer.Plan(ctx, c, s, o)
}

// plannerOptions are the flags as planner takes them.
func (r *planRequest) plannerOptions(line *progress) planner.Options {
	return planner.Options{
		Objective: r.objective, Gap: r.gap, Time: r.time, Seed: r.seed, Threads: r.threads, Strict: r.strict, Progress: line.show,
	}
}

// ofSeverity picks the findings of a severity.
func ofSeverity(found []headroom.Finding, s headroom.Severity) []headroom.Finding {
	var out []headroom.Finding
	for _, f := range found {
		if f.Severity == s {
			out = append(out, f)
		}
	}
	return out
}
