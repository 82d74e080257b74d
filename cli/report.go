package cli

import (
	"bytes"
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"headroom/report"
)

func (a *app) reportCmd() *cobra.Command {
	var r briefRequest
	var html string
	cmd := a.command("report DIR", "Write what the plan of a case means as one HTML page",
		`Writes what brief says, and more, as one page with its pictures: no script, nothing fetched from a network, the same bytes
for the same plan.`,
		"  headroom report cases/uk-2035 --html uk.html", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runReport(ctx, args[0], html, r) })
	cmd.Flags().StringVar(&html, "html", "", "write the page into this file (required)")
	_ = cmd.MarkFlagRequired("html")
	briefFlags(cmd, &r)
	return cmd
}

func (a *app) runReport(ctx context.Context, dir, html string, r briefRequest) error {
	c, b, err := a.brief(ctx, dir, r)
	if err != nil {
		return err
	}
	v, _ := build()
	var page bytes.Buffer
	if err := report.HTML(&page, c, b, b.Base, report.Options{Program: "headroom " + v}); err != nil {
		return err
	}
	if err := os.WriteFile(html, page.Bytes(), 0o644); err != nil {
		return err
	}
	if a.json {
		a.writeJSON("report", append(object{{"file", html}, {"bytes", page.Len()}}, briefObject(b, true)...))
	} else if !a.quiet {
		a.printf("%s: %s bytes\n", html, grouped(float64(page.Len())))
	}
	return errors.Join(saveBrief(r.out, c, b), planStatus(b.Base))
}
