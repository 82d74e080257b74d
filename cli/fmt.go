package cli

import (
	"context"

	"github.com/spf13/cobra"

	"headroom/table"
)

func (a *app) fmtCmd() *cobra.Command {
	return a.command("fmt DIR", "Rewrite the tables of a case in canonical form",
		`Puts rows in the order of their keys, columns in that of the schema, and numbers into their shortest form, so that
differences between versions of a case are differences of meaning. Doing it again changes nothing.`,
		"  headroom fmt mycase", cobra.ExactArgs(1),
		func(_ context.Context, args []string) error { return a.runFmt(args[0]) })
}

func (a *app) runFmt(dir string) error {
	changed, err := table.Format(dir)
	if err != nil {
		return err
	}
	if a.json {
		a.writeJSON("fmt", object{{"changed", changed}})
		return nil
	}
	if !a.quiet {
		for _, f := range changed {
			a.printf("%s\n", f)
		}
	}
	return nil
}
