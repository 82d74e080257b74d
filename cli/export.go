package cli

import (
	"bytes"
	"context"
	"io"
	"os"

	"github.com/spf13/cobra"

	"headroom/lp"
	"headroom/planner"
)

func (a *app) exportCmd() *cobra.Command {
	var ch choosing
	var objective, mps, lpFile string
	cmd := a.command("export DIR", "Write the model of a case as MPS or LP",
		`Writes the mixed-integer model that plan solves, with names made of the case's keys, for other solvers and for reading.
The model is minimised; its objective times the money unit, against the constant, is the plan's.`,
		"  headroom export cases/two-plants --lp model.lp", cobra.ExactArgs(1),
		func(_ context.Context, args []string) error {
			if (mps == "") == (lpFile == "") {
				return usagef("name one file: --mps FILE or --lp FILE")
			}
			return a.runExport(args[0], ch, objective, mps, lpFile)
		})
	cmd.Flags().StringVar(&mps, "mps", "", "write MPS into this file")
	cmd.Flags().StringVar(&lpFile, "lp", "", "write LP text into this file")
	cmd.Flags().StringVar(&objective, "objective", objectiveNPV, "npv or cost")
	complete(cmd, "objective", objectiveNPV, objectiveCost)
	choosingFlags(cmd, &ch)
	return cmd
}

func (a *app) runExport(dir string, ch choosing, objective, mps, lpFile string) error {
	if err := validObjective(objective); err != nil {
		return err
	}
	c, err := a.loadChecked(dir, ch)
	if err != nil {
		return err
	}
	m, err := planner.Build(c, planner.Options{Objective: objective})
	if err != nil {
		return err
	}
	file, write := mps, func(w io.Writer) error { return lp.WriteMPS(w, m.Problem) }
	if lpFile != "" {
		file, write = lpFile, func(w io.Writer) error { return lp.WriteLP(w, m.Problem) }
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return err
	}
	p := m.Problem
	if a.json {
		a.writeJSON("export", object{
			{"file", file},
			{"rows", p.Rows()},
			{"columns", p.Cols()},
			{"nonzeros", p.Nonzeros()},
			{"integers", p.Integers()},
			{"currency", c.BaseCurrency},
			{"volume_unit", m.VolumeUnit},
			{"money_unit", m.MoneyUnit},
			{"constant", m.Constant},
		})
		return nil
	}
	a.printf("%s: %s rows, %s columns, %s nonzeros, %s integer; volumes in %s vehicles, money in %s %s\n", file, grouped(float64(p.Rows())),
		grouped(float64(p.Cols())), grouped(float64(p.Nonzeros())), grouped(float64(p.Integers())), grouped(m.VolumeUnit), grouped(m.MoneyUnit), c.BaseCurrency)
	return nil
}
