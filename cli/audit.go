package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/audit"
)

func (a *app) auditCmd() *cobra.Command {
	var ch choosing
	cmd := a.command("audit DIR", "Compare the claims of a case with each other",
		`Cross-checks all claims by general rules: sums, shares, utilisation, changes on the year before, the same amount in several
currencies, sizes of unit and misprints, the same thing under one name or two with different figures, forecasts that their
outturn has overtaken, rates of law, days and steps of events. Prints every conflict with its claims and the one that the rule
chooses (status, then date, then kind of source; before them, what other claims add up to), how many checks were made of each
kind and how many held, and the figures of the case that are bound to another claim.

A conflict is no error: claims that disagree stay side by side. The exit status is 1 only where the claims cannot be read.`,
		"  headroom audit cases/uk-2035 --json", cobra.ExactArgs(1),
		func(_ context.Context, args []string) error { return a.runAudit(args[0], ch) })
	cmd.Flags().StringVar(&ch.asOf, "as-of", "", "compare only what was known on this day, as in 2026-01-31")
	return cmd
}

func (a *app) runAudit(dir string, ch choosing) error {
	o, err := a.loadOptions(ch)
	if err != nil {
		return err
	}
	g, err := readLedger(dir)
	if err != nil {
		return err
	}
	if o.AsOf != 0 {
		g.c.Claims = slices.DeleteFunc(g.c.Claims, func(c headroom.Claim) bool { return c.AsOf > o.AsOf })
	}
	r := audit.CrossCheck(g.c)
	found := append(g.found, r.Findings...)
	if a.json {
		a.writeJSON("audit", object{
			{"claims", len(g.c.Claims)},
			{"figures", r.Figures},
			{"covered", r.Covered},
			{"conflicts", r.Conflicts},
			{"checks", r.Checks},
			{"stated", object{{"contradictions", r.Stated}, {"borne_out", r.BorneOut}}},
			{"held", r.Held},
			{"findings", found},
		})
	} else {
		a.printAudit(g.c, r, found)
	}
	if len(ofSeverity(found, headroom.SeverityError)) > 0 {
		return statusError(exitInput)
	}
	return nil
}

// printAudit is the result for people.
func (a *app) printAudit(c *headroom.Case, r audit.Audit, found []headroom.Finding) {
	claims, sources := map[string]headroom.Claim{}, map[string]headroom.Source{}
	for _, x := range c.Claims {
		claims[x.ID] = x
	}
	for _, x := range c.Sources {
		sources[x.ID] = x
	}
	conflicts, made := map[string]int{}, 0
	for _, x := range r.Conflicts {
		if conflicts[x.Kind]++; conflicts[x.Kind] == 1 {
			a.printf("%s\n\n", x.Kind)
		}
		a.printf("  %s\n", clean(x.Message))
		for _, id := range x.Claims {
			mark := " "
			if id == x.Chosen {
				mark = "*"
			}
			a.printf("  %s %s%s\n", mark, clean(claimLine(claims[id], sources[claims[id].Source])), clean(boundTo(x.Figures, id)))
		}
		a.printf("    chosen: %s (%s)\n\n", clean(x.Chosen), x.Rule)
	}
	var rows [][]any
	for _, t := range r.Checks {
		rows = append(rows, []any{t.Kind, t.Made, t.Held, conflicts[t.Kind]})
		made += t.Made
	}
	if len(rows) > 0 {
		a.printTable([]string{"check", "made", "held", "conflicts"}, rows)
		a.printf("\n")
	}
	if r.Stated > 0 {
		a.printf("Claims state %s, of which %d are found by a check, too; the others are conflicts of kind stated.\n\n",
			counted(r.Stated, "contradiction", "contradictions"), r.BorneOut)
	}
	if len(found) > 0 {
		a.printFindings(found)
	}
	a.printf("%s, %d of them with a figure or an event, of which the checks touch %d; %s, %s\n", counted(len(c.Claims), "claim", "claims"), r.Figures, r.Covered, counted(made, "cross-check", "cross-checks"), counted(len(r.Conflicts), "conflict", "conflicts"))
}

// boundTo names the figures that rest on a claim.
func boundTo(list []audit.Bound, claim string) string {
	first, n := "", 0
	for _, b := range list {
		if b.Claim == claim {
			if n++; n == 1 {
				first = b.Ref
			}
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "; used in " + first
	}
	return fmt.Sprintf("; used in %s and %d more", first, n-1)
}

// claimLine is a claim with its figure, its status and where it was seen.
func claimLine(c headroom.Claim, s headroom.Source) string {
	what := strings.TrimSpace(c.Value + " " + c.Unit)
	if c.Value == "" {
		what = c.Quantity
	}
	from := s.Publisher
	if s.PublishedOn != "" {
		from += ", " + s.PublishedOn
	}
	if from == "" {
		from = "no source"
	}
	return fmt.Sprintf("%s: %s; %s; %s", c.ID, what, c.Status, from)
}
