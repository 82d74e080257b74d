package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"headroom/calibrate"
)

func (a *app) reconcileCmd() *cobra.Command {
	var ch choosing
	var year int
	cmd := a.command("reconcile DIR", "Compare what the case says of a past year with the claims about it",
		`Fits the matrix of vehicles and markets of a year that is over to the totals that are known, and compares every total that
is bound to a claim, and the capacity of each plant with what was built there. The exit status is 1 where they disagree by
more than 0.1 %. It is arithmetic on the case, not a forecast.`,
		"  headroom reconcile cases/uk-2035 --year 2025", cobra.ExactArgs(1),
		func(_ context.Context, args []string) error { return a.runReconcile(args[0], year, ch) })
	cmd.Flags().IntVar(&year, "year", 0, "calendar year (required)")
	_ = cmd.MarkFlagRequired("year")
	caseFlags(cmd, &ch)
	return cmd
}

func (a *app) runReconcile(dir string, year int, ch choosing) error {
	c, err := a.loadChecked(dir, ch)
	if err != nil {
		return err
	}
	r, err := calibrate.Reconcile(c, year)
	if err != nil {
		return err
	}
	if a.json {
		rows := make([]object, len(r.Rows))
		for i, x := range r.Rows {
			rows[i] = object{
				{"what", x.What},
				{"model", x.Model},
				{"claim", x.Claim},
				{"error", x.Error},
				{"at_least", x.AtLeast},
				{"agrees", x.OK()},
				{"claims", x.Claims},
			}
		}
		a.writeJSON("reconcile", object{{"year", r.Year}, {"agrees", r.OK()}, {"rows", rows}, {"beside", []any{}}})
	} else {
		a.printReconciliation(r)
	}
	if !r.OK() {
		return statusError(exitInput)
	}
	return nil
}

// printReconciliation is the comparison for people.
func (a *app) printReconciliation(r calibrate.Reconciliation) {
	var rows [][]any
	for _, x := range r.Rows {
		sign, verdict := "", ""
		if x.AtLeast {
			sign = "at least"
		}
		if !x.OK() {
			verdict = "DISAGREES"
		}
		rows = append(rows, []any{x.What, x.Model, sign, x.Claim, fmt.Sprintf("%.3f %%", 100*x.Error), verdict, strings.Join(x.Claims, " ")})
	}
	a.printf("%d: what the case says, and the claims\n\n", r.Year)
	a.printTable([]string{"what", "case", "", "claim", "error", "", "claims"}, rows)
}
