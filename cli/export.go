package cli

import (
	"bytes"
	"context"
	"io"

	"github.com/spf13/cobra"

	"headroom/internal/files"
	"headroom/lp"
	"headroom/planner"
)

func (a *app) exportCmd() *cobra.Command {
	var ch choosing
	var b bundling
	var objective, mps, lpFile string
	cmd := a.command("export DIR", "Write the model of a case, or the case with its evidence",
		`With --mps or --lp, writes the mixed-integer model that plan solves, with names made of the case's keys, for other solvers
and for reading. The model is minimised; its objective times the money unit, against the constant, is the plan's.

With --ro-crate, writes the case and its log of claims as one file, which headroom import restores; with --prov, where each
figure is from; with --qa-log, an assurance log to be signed. Each names the head of the log. The same case gives the same
bytes. A case whose log does not hold is refused.`,
		"  headroom export cases/two-plants --lp model.lp", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error {
			files := 0
			for _, f := range []string{mps, lpFile, b.crate, b.prov, b.qa} {
				if f != "" {
					files++
				}
			}
			switch {
			case files != 1:
				return usagef("name one file: --mps, --lp, --ro-crate, --prov or --qa-log")
			case b.qa+mps+lpFile == "" && (ch.asOf != "" || ch.scenario != ""):
				return usagef("--as-of and --scenario go with --mps, --lp and --qa-log: a bundle has all of the case and its log")
			case mps+lpFile == "":
				return a.runBundle(args[0], ch, b)
			case b.run != "" || b.by != "":
				return usagef("--run and --by go with --ro-crate, --prov and --qa-log")
			}
			return a.runExport(ctx, args[0], ch, objective, mps, lpFile)
		})
	cmd.Flags().StringVar(&mps, "mps", "", "write MPS into this file")
	cmd.Flags().StringVar(&lpFile, "lp", "", "write LP text into this file")
	cmd.Flags().StringVar(&objective, "objective", objectiveNPV, "npv or cost")
	complete(cmd, "objective", objectiveNPV, objectiveCost)
	bundleFlags(cmd, &b)
	choosingFlags(cmd, &ch)
	return cmd
}

func (a *app) runExport(ctx context.Context, dir string, ch choosing, objective, mps, lpFile string) error {
	if err := validObjective(objective); err != nil {
		return err
	}
	c, err := a.loadChecked(dir, ch)
	if err != nil {
		return err
	}
	m, err := planner.Build(ctx, c, planner.Options{Objective: objective})
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
	if err := files.Write(file, b.Bytes()); err != nil {
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
