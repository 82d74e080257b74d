package cli

import (
	"context"

	"github.com/spf13/cobra"

	"headroom/table"
)

func (a *app) initCmd() *cobra.Command {
	var from string
	cmd := a.command("init DIR", "Write a starter case into a new folder",
		"Writes one of the cases that the program carries into a folder that is new or empty, to be changed into your own.",
		"  headroom init mycase --from two-plants", cobra.ExactArgs(1),
		func(_ context.Context, args []string) error { return a.runInit(args[0], from) })
	cmd.Flags().StringVar(&from, "from", "two-plants", "starter case: two-plants or uk-2035")
	complete(cmd, "from", "two-plants", "uk-2035")
	return cmd
}

func (a *app) runInit(dir, from string) error {
	files, err := table.Init(dir, from)
	if err != nil {
		return err
	}
	if a.json {
		a.writeJSON("init", object{{"folder", dir}, {"from", from}, {"files", files}})
		return nil
	}
	if !a.quiet {
		a.printf("%d files in %s. Next: headroom check %s, headroom plan %s\n", len(files), dir, dir, dir)
	}
	return nil
}
