package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
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
	left, errA := a.side(ctx, nameA, r)
	right, errB := a.side(ctx, nameB, r)
	if err := errors.Join(errA, errB); err != nil {
		return err
	}
	d := differ(left, right)
	if a.json {
		a.writeJSON("compare", append(d.head(), d.members()...))
	} else {
		a.printDifference(d)
	}
	if r.out != "" {
		if err := writeRun(r.out, "compare", d.head(), d.tables()); err != nil {
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
	inputs    inputs
	tables    map[string]grid
	exit      error
}

// side plans the case, or reads the saved run, of a name.
func (a *app) side(ctx context.Context, name string, r planRequest) (*side, error) {
	file := name
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		file = filepath.Join(name, runFile)
	}
	if _, err := os.Stat(file); err == nil {
		return readSide(name)
	}
	dir := name
	if at := strings.LastIndexByte(name, '@'); at > 0 {
		if _, err := os.Stat(name); err != nil {
			dir = name[:at]
			if _, err := headroom.ParseDate(name[at+1:], true); err == nil {
				r.asOf = name[at+1:]
			} else {
				r.scenario = name[at+1:]
			}
		}
	}
	c, err := a.loadChecked(dir, r.choosing)
	if err != nil {
		return nil, err
	}
	if dir != name {
		a.asOf = 0 // the day is that of one side only
	}
	p, err := a.plan(ctx, c, r)
	if err != nil {
		return nil, err
	}
	s := &side{
		name: name, objective: p.Objective, currency: c.BaseCurrency, status: p.Status, value: p.Value, bound: p.Bound,
		inputs: inputsOf(c, unplanned), tables: map[string]grid{}, exit: planStatus(p),
	}
	for _, g := range planTables(p) {
		s.tables[g.name] = g
	}
	return s, nil
}
