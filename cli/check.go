package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/planner"
)

func (a *app) checkCmd() *cobra.Command {
	var ch choosing
	cmd := a.command("check DIR", "Find everything that is wrong or doubtful in a case",
		`Prints all findings at once, each with its place, a stable code and what to do, and how many figures rest on facts, on
formulas over facts, on commitments and on assumptions. The exit status is 1 where a plan would be wrong.`,
		"  headroom check cases/two-plants --json", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runCheck(ctx, args[0], ch) })
	choosingFlags(cmd, &ch)
	return cmd
}

func (a *app) runCheck(ctx context.Context, dir string, ch choosing) error {
	c, found, err := a.load(dir, ch)
	if err != nil {
		return err
	}
	found = append(found, logFindings(ctx, dir)...)
	if c != nil && len(ofSeverity(found, headroom.SeverityError)) == 0 {
		more, err := buildable(ctx, c)
		if err != nil {
			return err
		}
		found = append(found, more...)
	}
	failed := len(ofSeverity(found, headroom.SeverityError)) > 0
	if a.json {
		status := "valid"
		if failed {
			status = "invalid"
		}
		doc := object{{"status", status}, {"findings", found}}
		if c != nil {
			doc = append(doc, member{"claims", restOf(c).object()})
		}
		a.writeJSON("check", doc)
	} else {
		a.printFindings(found)
		if c != nil {
			a.printRest(restOf(c))
		}
	}
	if failed {
		return statusError(statusOf(ofSeverity(found, headroom.SeverityError)))
	}
	return nil
}

// buildable builds the programme of a case without errors and returns what would be refused of its numbers.
func buildable(ctx context.Context, c *headroom.Case) ([]headroom.Finding, error) {
	m, err := planner.Build(ctx, c, planner.Options{})
	if err != nil {
		return nil, err
	}
	return m.Refusal(), nil
}

// printFindings lists findings, the worst first.
func (a *app) printFindings(found []headroom.Finding) {
	kinds := []struct {
		severity  headroom.Severity
		one, many string
	}{
		{headroom.SeverityError, "error", "errors"},
		{headroom.SeverityWarning, "warning", "warnings"},
		{headroom.SeverityInfo, "remark", "remarks"},
	}
	for _, k := range kinds {
		list := ofSeverity(found, k.severity)
		if len(list) == 0 || a.quiet && k.severity != headroom.SeverityError {
			continue
		}
		a.printf("%s\n", counted(len(list), k.one, k.many))
		for _, f := range list {
			a.printf("%s\n", clean(f.String()))
		}
		a.printf("\n")
	}
	if len(found) == 0 && !a.quiet {
		a.printf("Nothing is wrong.\n\n")
	}
}

// rest counts what the figures of a case rest on.
type rest struct {
	byBasis  map[headroom.Basis]int
	byStatus map[string]int // of the least firm claim of each bound figure
	total    int
}

// firmness are the statuses of claims, the firmest first.
var firmness = []string{"official", "confirmed", "reported", "estimate", "recalled", "assumed"}

// restOf counts the labels of a case.
func restOf(c *headroom.Case) rest {
	status := map[string]int{}
	for _, cl := range c.Claims {
		status[cl.ID] = slices.Index(firmness, cl.Status)
	}
	r := rest{byBasis: map[headroom.Basis]int{}, byStatus: map[string]int{}}
	for _, l := range c.Labels {
		r.byBasis[l.Basis]++
		r.total++
		worst := -1
		for _, id := range l.Claims {
			worst = max(worst, status[id])
		}
		if worst >= 0 {
			r.byStatus[firmness[worst]]++
		}
	}
	return r
}

// object is the count as JSON: bound are the figures that point to claims, assumed those filled by a rule.
func (r rest) object() object {
	status := object{}
	for _, s := range firmness {
		if n := r.byStatus[s]; n > 0 {
			status = append(status, member{s, n})
		}
	}
	n := r.byBasis
	return object{
		{"figures", r.total},
		{"bound", n[headroom.BasisFact] + n[headroom.BasisDerived] + n[headroom.BasisCommitment]},
		{"fact", n[headroom.BasisFact]},
		{"derived", n[headroom.BasisDerived]},
		{"commitment", n[headroom.BasisCommitment]},
		{"assumed", n[headroom.BasisAssumption]},
		{"unlabelled", n[headroom.BasisNone]},
		{"by_status", status},
	}
}

// printRest says what the figures rest on.
func (a *app) printRest(r rest) {
	if r.total == 0 || a.quiet {
		return
	}
	var rows [][]any
	for _, b := range []headroom.Basis{headroom.BasisFact, headroom.BasisDerived, headroom.BasisCommitment, headroom.BasisAssumption, headroom.BasisNone} {
		if n := r.byBasis[b]; n > 0 {
			rows = append(rows, []any{string(b), n, percent(float64(n) / float64(r.total))})
		}
	}
	a.printf("What the figures rest on\n\n")
	a.printTable([]string{"basis", "figures", "share"}, rows)
}
