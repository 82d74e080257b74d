package cli

import (
	"fmt"
	"strings"

	"headroom"
	"headroom/trace"
)

// changesObject is what was learned as JSON.
func changesObject(ch trace.Changes, stale []staleAnswer, runs []*storedRun, day headroom.Date) object {
	claims, deals, figures, answers := []object{}, []object{}, []object{}, []object{}
	for _, l := range ch.Claims {
		c := l.Claim
		claims = append(claims, object{
			{"claim", c.ID},
			{"as_of", c.AsOf.String()},
			{"subject", c.Subject},
			{"quantity", c.Quantity},
			{"value", c.Value},
			{"low", c.Low},
			{"high", c.High},
			{"unit", c.Unit},
			{"period", c.Period},
			{"status", c.Status},
			{"supersedes", c.Supersedes},
			{"retracts", c.Retracts},
			{"contradicts", c.Contradicts},
			{"figures", l.Figures},
			{"source", sourceObject(l.Source)},
		})
	}
	for _, d := range ch.Deals {
		deals = append(deals, object{{"deal", d.Arrangement}, {"date", d.Date.String()}, {"status", string(d.Status)}, {"before", textOrNull(string(d.Before))}, {"claim", textOrNull(d.Claim)}, {"note", d.Note}})
	}
	for _, f := range ch.Figures {
		figures = append(figures, object{{"ref", f.Ref}, {"before", f.Before}, {"now", f.Now}, {"unit", f.Unit}, {"row", textOrNull(f.Row)}, {"claims", f.Claims}})
	}
	for i, o := range answerObjects(uses(stale)) {
		answers = append(answers, append(o, member{"because", stale[i].because}))
	}
	return object{
		{"since", day.String()},
		{"claims", claims},
		{"deals", deals},
		{"figures", figures},
		{"answers", answers},
		{"runs", runNames(runs)},
		{"undated_claims", ch.Undated},
	}
}

// uses are stale answers without their reasons.
func uses(stale []staleAnswer) []answerUse {
	var out []answerUse
	for _, s := range stale {
		out = append(out, s.answerUse)
	}
	return out
}

// becauseShown is how many reasons of a stale answer a table has room for.
const becauseShown = 2

// printLearned writes what was learned for people.
func (a *app) printLearned(ch trace.Changes, stale []staleAnswer, runs int, day headroom.Date) {
	a.printf("%s learned after %s\n", counted(len(ch.Claims), "claim", "claims"), day)
	var rows [][]any
	for _, l := range ch.Claims {
		rows = append(rows, []any{l.Claim.AsOf.String(), l.Claim.ID, learnedText(l.Claim), l.Claim.Status, relation(l.Claim), plainCount(len(l.Figures))})
	}
	a.printRows([]string{"known from", "claim", "says", "status", "", "figures"}, rows)
	if ch.Undated > 0 {
		a.printf("%s of no day, which may be old or new\n", counted(ch.Undated, "claim", "claims"))
	}
	a.printf("\n%s of deals\n", counted(len(ch.Deals), "step", "steps"))
	rows = nil
	for _, d := range ch.Deals {
		rows = append(rows, []any{d.Date.String(), d.Arrangement, string(d.Before), string(d.Status), d.Claim})
	}
	a.printRows([]string{"day", "deal", "before", "status", "claim"}, rows)
	a.printf("\n%s of the case moved\n", counted(len(ch.Figures), "figure", "figures"))
	a.printRows([]string{"figure", "known on " + day.String(), "now", "", "because of"}, movedRows(ch.Figures))
	if runs == 0 {
		a.printf("\nNo saved run of this case was found; --runs names them.\n")
		return
	}
	a.printf("\n%s of %s %s stale\n", counted(len(stale), "answer", "answers"), counted(runs, "saved run", "saved runs"), map[bool]string{true: "is", false: "are"}[len(stale) == 1])
	rows = nil
	for _, s := range stale {
		why := strings.Join(s.because[:min(len(s.because), becauseShown)], ", ")
		if n := len(s.because) - becauseShown; n > 0 {
			why += fmt.Sprintf(" and %d more", n)
		}
		value := strings.TrimPrefix(stepHead(trace.TraceStep{Kind: trace.StepResult, Value: s.step.Value, Unit: s.step.Unit}), "= ")
		rows = append(rows, []any{s.run.dir, strings.TrimPrefix(s.step.Ref, "result/"), value, why})
	}
	a.printRows([]string{"run", "answer", "value", "because of"}, rows)
}

// printRows writes a table that has rows.
func (a *app) printRows(head []string, rows [][]any) {
	if len(rows) > 0 {
		a.printTable(head, rows)
	}
}

// plainCount is a number in a column in which nothing is left empty.
func plainCount(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// relation is what a claim does to others.
func relation(c headroom.Claim) string {
	switch {
	case len(c.Retracts) > 0:
		return "retracts " + strings.Join(c.Retracts, " ")
	case len(c.Supersedes) > 0:
		return "supersedes " + strings.Join(c.Supersedes, " ")
	case len(c.Contradicts) > 0:
		return "contradicts " + strings.Join(c.Contradicts, " ")
	}
	return ""
}

// movedValue is a value in a table, "-" where there is none.
func movedValue(v any) string {
	if v == nil {
		return "-"
	}
	return stepValue(trace.TraceStep{Kind: trace.StepFigure, Value: v})
}

// movedRows are figures that moved as rows of a table. The figures of a row that is new or gone make one row, but for those of
// claims.
func movedRows(list []trace.Moved) [][]any {
	var rows [][]any
	whole := map[string]int{}
	for _, f := range list {
		row := f.Ref[:strings.LastIndexByte(f.Ref, '/')]
		if f.Row != "" && len(f.Claims) == 0 {
			if at, there := whole[row]; there {
				rows[at][3] = counted(1+figuresIn(rows[at][3]), "figure", "figures")
				continue
			}
			whole[row] = len(rows)
			rows = append(rows, []any{row, map[bool]string{true: "-", false: "there"}[f.Row == "new"], f.Row, "1 figure", ""})
			continue
		}
		rows = append(rows, []any{f.Ref, movedValue(f.Before), movedValue(f.Now), f.Unit, strings.Join(f.Claims, " ")})
	}
	return rows
}

// figuresIn is the number in "3 figures".
func figuresIn(cell any) int {
	n := 0
	_, _ = fmt.Sscan(fmt.Sprint(cell), &n) // it was written by counted
	return n
}
