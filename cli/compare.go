package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/answer"
	"headroom/document"
	"headroom/planner"
)

func (a *app) compareCmd() *cobra.Command {
	var r planRequest
	cmd := a.command("compare A B", "Show what differs between two cases, scenarios or saved runs",
		`Shows the inputs, decisions and money in which two plans differ, and between which limits the difference of the two best
possible plans is proved to lie. A and B are each a case (DIR), a case with a scenario (DIR@SCENARIO) or as known on a day
(DIR@2025-12-31), or a run that was saved with --out (its folder, or its run.json). Cases are planned with the flags given;
saved runs stay as they are.`,
		`  headroom compare cases/two-plants run1`, cobra.ExactArgs(2),
		func(ctx context.Context, args []string) error { return a.runCompare(ctx, args[0], args[1], r) })
	cmd.Flags().StringVar(&r.objective, "objective", objectiveNPV, "npv or cost")
	complete(cmd, "objective", objectiveNPV, objectiveCost)
	choosingFlags(cmd, &r.choosing)
	solvingFlags(cmd, &r.solving, planner.GapDefault)
	outFlag(cmd, &r.out)
	return cmd
}

func (a *app) runCompare(ctx context.Context, nameA, nameB string, r planRequest) error {
	if err := r.valid(); err != nil {
		return err
	}
	sides := []*side{{name: nameA}, {name: nameB}}
	var wrong []error
	for _, x := range sides { // both are read before either is planned, which takes long
		wrong = append(wrong, a.readSide(x, r))
	}
	if err := errors.Join(wrong...); err != nil {
		return err
	}
	for _, x := range sides {
		if err := a.planSide(ctx, x); err != nil {
			return err
		}
	}
	left, right := sides[0], sides[1]
	d := differ(left, right)
	if a.json {
		printed, tables := d.document(), d.tables()
		printed.DifferenceTables = &tables
		a.writeJSON("compare", printed)
	} else {
		a.printDifference(d)
	}
	if r.out != "" {
		saved := d.document()
		saved.Tables = &document.ComparisonTables{
			DifferenceTables: d.tables(), Proof: document.Rows[document.ProofRow]{document.ProofRowOf("a", left.proof), document.ProofRowOf("b", right.proof)},
		}
		if err := saveRun(r.out, "compare", document.TablesOf(*saved.Tables), func(sums document.Sums) any { saved.Files = sums; return saved }); err != nil {
			return err
		}
	}
	return errors.Join(left.exit, right.exit)
}

// side is one of the two that are compared.
type side struct {
	name      string
	objective string
	currency  string
	status    headroom.PlanStatus
	value     float64
	bound     float64
	proof     headroom.Proof
	deals     string // what is to be said of unsigned deals that were counted in
	inputs    document.Inputs
	tables    map[string]document.Table
	exit      error

	c       *headroom.Case // that is to be planned; nil for a saved run
	request planRequest
}

// readSide reads the saved run, or the case, of a side.
func (a *app) readSide(s *side, r planRequest) error {
	file := s.name
	if info, err := os.Stat(s.name); err == nil && info.IsDir() {
		file = filepath.Join(s.name, runFile)
	}
	if _, err := os.Stat(file); err == nil {
		return s.readRun()
	}
	dir := s.name
	if at := strings.LastIndexByte(s.name, '@'); at > 0 {
		if _, err := os.Stat(s.name); err != nil {
			dir = s.name[:at]
			if _, err := headroom.ParseDate(s.name[at+1:], true); err == nil {
				r.asOf = s.name[at+1:]
			} else {
				r.scenario = s.name[at+1:]
			}
		}
	}
	c, err := a.loadChecked(dir, r.choosing)
	if err != nil {
		return err
	}
	if dir != s.name {
		a.asOf = 0 // the day is that of one side only
	}
	s.c, s.request = c, r
	return nil
}

// planSide plans the case of a side; one that is a saved run stays as it is.
func (a *app) planSide(ctx context.Context, s *side) error {
	if s.c == nil {
		return nil
	}
	p, err := a.plan(ctx, s.c, s.request)
	if err != nil {
		return err
	}
	s.objective, s.currency, s.value, s.bound = p.Objective, s.c.BaseCurrency, p.Value, p.Bound
	s.proof, s.deals = answer.ProofOf(s.c, p), dealsText(p)
	s.status = s.proof.Status
	s.inputs, s.tables, s.exit = document.InputsOf(s.c, document.Unplanned), map[string]document.Table{}, planStatus(p)
	for _, g := range document.TablesOf(document.PlanTablesOf(p)) {
		s.tables[g.Name] = g
	}
	return nil
}

// readRun reads the saved run of a side.
func (s *side) readRun() error {
	r, err := readRun(s.name, "name a case, or what headroom plan --out or brief --out has written")
	if err != nil {
		return err
	}
	d := &r.Result
	s.objective, s.currency, s.status = d.ObjectiveName, d.Currency, d.Status
	s.value, s.bound = float64(d.Objective), float64(d.Bound)
	s.inputs, s.tables, s.proof = d.Inputs, map[string]document.Table{}, d.TheProof()
	s.deals = dealsText(&headroom.Plan{Status: s.status, Unsigned: d.Unsigned, UnsignedInUse: d.UnsignedInUse, States: make([]headroom.StateRow, 1)})
	for _, g := range document.TablesOf(d.Tables.PlanTables) {
		s.tables[g.Name] = g
	}
	return nil
}
