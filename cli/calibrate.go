package cli

import (
	"context"

	"github.com/spf13/cobra"

	"headroom/calibrate"
	"headroom/highs"
	"headroom/planner"
)

func (a *app) calibrateCmd() *cobra.Command {
	var ch choosing
	var solver string
	cmd := a.command("calibrate DIR", "Score forecasts and the model against years that are known",
		`Compares every claim that was a forecast with the claims about what happened: the error is (actual - forecast) / forecast, by
horizon, beside the forecast that nothing changes. Then has years that are over planned, and compares: which plant builds what,
with one number (the cost of switching) fitted on the first year of outturn.csv and used for the last; and how much is built, from
what was known of the year before, with every later claim barred but for the events in shock.csv. A miss is a result and not a
failure: the exit status is 0.`,
		"  headroom calibrate cases/uk-2035", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runCalibrate(ctx, args[0], ch, solver) })
	caseFlags(cmd, &ch)
	cmd.Flags().StringVar(&solver, "solver", highs.Auto, "solver back end: auto, native or wasm")
	complete(cmd, "solver", highs.Auto, highs.Native, highs.WASM)
	return cmd
}

func (a *app) runCalibrate(ctx context.Context, dir string, ch choosing, solver string) error {
	use := solving{solver: solver, seed: 1, threads: 1}
	if err := use.valid(); err != nil {
		return err
	}
	c, err := a.loadChecked(dir, ch)
	if err != nil {
		return err
	}
	s, done, err := a.openSolver(use)
	if err != nil {
		return err
	}
	defer done()
	line := a.progress()
	defer line.done()
	line.clock("the years that are known")
	m, err := calibrate.Calibrate(ctx, c, s, planner.Options{Seed: use.seed})
	line.done()
	if err != nil {
		return err
	}
	f := scoreForecasts(c)
	if a.json {
		rows, beside := calibrationRows(m)
		a.writeJSON("calibrate", append(proofMembers(m.Proof), object{
			{"currency", c.BaseCurrency}, {"rows", rows}, {"beside", beside}, {"places", placesObject(m.Places)}, {"folds", foldObjects(m.Folds)}, {"forecasts", f.object()}, {"not_compared", m.Left},
		}...))
		return nil
	}
	if m.Places == nil && len(m.Folds) == 0 && len(m.Left) == 0 {
		a.printf("There is no year to compare: outturn.csv has no two years with totals of vehicles.\n\n")
	}
	a.marking(m.Proof)
	a.printPlaces(m.Places)
	a.printFolds(m.Folds)
	for _, l := range m.Left {
		a.printf("Not compared: %s.\n\n", clean(l))
	}
	a.printAhead(m.Ahead)
	a.printForecasts(f)
	return nil
}
