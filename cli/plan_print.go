package cli

import (
	"math"
	"slices"
	"sort"
	"strings"

	"headroom"
	"headroom/answer"
	"headroom/document"
	"headroom/report"
)

// printPlan is a plan for people: the verdict, what is built where by period, what is launched, what is lost, targets,
// deals, money, and the proof.
func (a *app) printPlan(c *headroom.Case, p *headroom.Plan) {
	title := c.Title
	if title == "" {
		title = c.ID
	}
	a.printf("%s", clean(title))
	if c.Scenario != "" {
		a.printf(", scenario %s", clean(c.Scenario))
	}
	if c.AsOf != 0 {
		a.printf(", as known on %s", c.AsOf)
	}
	a.printf("\n\n")
	switch {
	case p.Status == headroom.StatusInfeasible:
		a.printCauses(p)
	case !answer.HasPlan(p):
		a.printf("%s\n", noPlanText(p))
	default:
		a.marking(answer.ProofOf(c, p))
		if a.mark != "" {
			a.printf("\n")
		}
		a.printOutputs(c, p)
		a.printNotBuilt(p)
		a.printStates(c, p)
		a.printLaunches(p)
		a.printLost(c, p)
		a.printTargets(p)
		a.printDeals(c, p)
		a.printMoney(p)
	}
	a.mark = ""
	a.printBans(p)
	a.printProof(c, p)
}

// mostAlike is how many rules of one column are printed one by one.
const mostAlike = 3

// printCauses says which rules of the case cannot be kept together, with where each figure stands and who answers for it, and
// what would help. Many rules of one column are one line.
func (a *app) printCauses(p *headroom.Plan) {
	alike, rules := map[string][]headroom.Cause{}, 0
	for _, e := range p.Explanation {
		if e.Table != "" {
			rules++
			alike[e.Table+"."+e.Column] = append(alike[e.Table+"."+e.Column], e)
		}
	}
	few := !slices.ContainsFunc(p.Explanation, func(e headroom.Cause) bool { return e.Cause == "limit" })
	switch {
	case !few:
		a.printf("No plan can keep every rule of the case. These %d cannot be kept together, and perhaps fewer cannot:\n\n", rules)
	case rules == 1:
		a.printf("No plan can keep every rule of the case. This one cannot be kept by itself:\n\n")
	default:
		a.printf("No plan can keep every rule of the case. These %d cannot be kept together, and each of them is needed for that:\n\n", rules)
	}
	for _, e := range p.Explanation {
		same := alike[e.Table+"."+e.Column]
		switch {
		case e.Table == "":
		case len(same) > mostAlike:
			if same[0] == e {
				a.printAlike(same)
			}
		default:
			a.printf("  %s\n    %s\n", clean(e.Text), clean(strings.Join(causeNotes(e), "; ")))
		}
	}
	heading := "\nWhat would help:\n\n"
	for _, e := range p.Explanation {
		switch {
		case e.Table != "":
		case e.Units == 0:
			a.printf("\n%s\n", clean(e.Text))
		default:
			a.printf("%s  %s (%s vehicles, want of %s)\n", heading, clean(e.Text), grouped(e.Units), e.Cause)
			heading = ""
		}
	}
	a.printf("\n")
}

// causeNotes says where the figure of a rule stands, by how much it must give way, who answers for it and what it rests on.
func causeNotes(e headroom.Cause) []string {
	notes := []string{e.Place}
	if e.Place == "" {
		notes = []string{e.Table + "." + e.Column}
	}
	if e.Units > 0 {
		notes = append(notes, grouped(e.Units)+" vehicles")
	}
	if e.Periods != "" {
		notes = append(notes, e.Periods)
	}
	if e.Owner != "" && e.Owner != "all" {
		notes = append(notes, "of "+e.Owner)
	}
	if e.Claim != "" {
		notes = append(notes, "claim "+e.Claim)
	}
	if e.Assumption != "" {
		notes = append(notes, "assumption "+e.Assumption)
	}
	return notes
}

// printAlike prints many rules of one column.
func (a *app) printAlike(same []headroom.Cause) {
	rows := make([]string, len(same))
	for i, e := range same {
		rows[i] = e.Row
		if words := strings.Fields(e.Row); len(words) > 1 {
			rows[i], _, _ = strings.Cut(words[0], ":")
		}
	}
	a.printf("  %d figures of %s.csv, column %s: %s\n", len(same), same[0].Table, same[0].Column, clean(strings.Join(rows, ", ")))
}

// periods are the period ids of the case.
func periods(c *headroom.Case) []string {
	ids := make([]string, len(c.Periods))
	for i, p := range c.Periods {
		ids[i] = p.ID
	}
	return ids
}

// pivot is a table with one row for each key, in order, and one column for each period of the case.
type pivot struct {
	periods []string
	keys    []string
	values  map[string][]float64
}

func newPivot(periods []string) *pivot {
	return &pivot{periods: periods, values: map[string][]float64{}}
}

// add puts units at a key and a period of the case; other periods are left out.
func (v *pivot) add(key, period string, units float64) {
	k := slices.Index(v.periods, period)
	if k < 0 {
		return
	}
	if v.values[key] == nil {
		v.values[key] = make([]float64, len(v.periods))
		v.keys = append(v.keys, key)
	}
	v.values[key][k] += units
}

// print writes the pivot; the parts of a key, which are apart by zero bytes, go to columns of their own.
func (a *app) printPivot(v *pivot, total string, head ...string) {
	sort.Strings(v.keys)
	sums := make([]float64, len(v.periods))
	var rows [][]any
	for _, key := range v.keys {
		var row []any
		for _, part := range strings.Split(key, "\x00") {
			row = append(row, part)
		}
		for i, u := range v.values[key] {
			row = append(row, u)
			sums[i] += u
		}
		rows = append(rows, row)
	}
	if total != "" && len(rows) > 1 {
		row := []any{total}
		for range head[1:] {
			row = append(row, "")
		}
		for _, u := range sums {
			row = append(row, u)
		}
		rows = append(rows, row)
	}
	a.printTable(append(head, v.periods...), rows)
	a.printf("\n")
}

func (a *app) printOutputs(c *headroom.Case, p *headroom.Plan) {
	v := newPivot(periods(c))
	for _, r := range p.Outputs {
		v.add(r.Plant+"\x00"+r.Vehicle, r.Period, r.Units)
	}
	if len(v.keys) == 0 {
		a.printf("Nothing is built.\n\n")
		return
	}
	a.printf("Vehicles built\n\n")
	a.printPivot(v, "all", "plant", "vehicle")
}

// printStates lists the plants whose state is not operating throughout.
func (a *app) printStates(c *headroom.Case, p *headroom.Plan) {
	ids := periods(c)
	states := map[string][]any{}
	var plants []string
	other, late := map[string]bool{}, false
	for _, r := range p.States {
		if states[r.Plant] == nil {
			states[r.Plant] = make([]any, len(ids))
			plants = append(plants, r.Plant)
		}
		if k := slices.Index(ids, r.Period); k >= 0 {
			states[r.Plant][k] = string(r.State) + lateStar(r.Late)
			late = late || r.Late
		}
		other[r.Plant] = other[r.Plant] || r.State != headroom.Operating
	}
	sort.Strings(plants)
	var rows [][]any
	for _, plant := range plants {
		if !other[plant] {
			continue
		}
		row := []any{plant}
		for _, s := range states[plant] {
			if s == nil {
				s = ""
			}
			row = append(row, s)
		}
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		a.printf("Plants that are not open throughout\n\n")
		a.printTable(append([]string{"plant"}, ids...), rows)
		if late {
			a.printf("* %s\n", headroom.LateMark)
		}
		a.printf("\n")
	}
}

// lateWord is the mark of what rests on the last year going on, or "".
func lateWord(late bool) string {
	if late {
		return headroom.LateMark
	}
	return ""
}

// lateStar is the same as a sign in a cell.
func lateStar(late bool) string {
	if late {
		return " *"
	}
	return ""
}

func (a *app) printLaunches(p *headroom.Plan) {
	var rows [][]any
	for _, r := range p.Allocs {
		if r.Launch {
			by := "plan"
			if r.Committed {
				by = "commitment"
			}
			rows = append(rows, []any{r.Period, r.Vehicle, r.Line, r.Content, by, lateWord(r.Late)})
		}
	}
	if len(rows) == 0 {
		return
	}
	sort.SliceStable(rows, func(i, j int) bool { return rows[i][0].(string) < rows[j][0].(string) })
	a.printf("Launches\n\n")
	a.printTable([]string{"period", "vehicle", "line", "content", "decided by", ""}, rows)
	a.printf("\n")
}

func (a *app) printLost(c *headroom.Case, p *headroom.Plan) {
	v := newPivot(periods(c))
	for _, r := range p.Losts {
		v.add(r.Vehicle, r.Period, r.Units)
	}
	if len(v.keys) > 0 {
		a.printf("Sales lost\n\n")
		a.printPivot(v, "all", "vehicle")
	}
}

func (a *app) printTargets(p *headroom.Plan) {
	if len(p.Targets) == 0 {
		return
	}
	rows := make([][]any, len(p.Targets))
	for i, r := range p.Targets {
		rows[i] = []any{r.Target, r.Period, r.Value, asked(grouped(r.Wanted)), r.Gap}
	}
	a.printf("Targets\n\n")
	a.printTable([]string{"target", "period", "plan", "wanted", "missing"}, rows)
	a.printf("\n")
}

func (a *app) printDeals(c *headroom.Case, p *headroom.Plan) {
	if len(p.Deals) == 0 {
		return
	}
	v := newPivot(periods(c))
	for _, r := range p.Deals {
		v.add(r.Deal+"\x00"+string(r.Status), r.Period, r.Units)
	}
	a.printf("Vehicles built under deals\n\n")
	a.printPivot(v, "", "deal", "status")
}

// printMoney is the present value of each account.
func (a *app) printMoney(p *headroom.Plan) {
	if len(p.Cash) == 0 {
		return
	}
	factor := map[string]float64{headroom.TerminalPeriod: 1}
	for _, d := range p.Discounts {
		factor[d.Period] = d.Factor
	}
	sums := map[headroom.Account]float64{}
	var order []headroom.Account
	total := 0.0
	for _, r := range p.Cash {
		if _, ok := sums[r.Account]; !ok {
			order = append(order, r.Account)
		}
		sums[r.Account] += r.Amount * factor[r.Period]
		total += r.Amount * factor[r.Period]
	}
	sort.Slice(order, func(i, j int) bool { return order[i] < order[j] })
	var rows [][]any
	for _, acc := range order {
		if math.Abs(sums[acc]) < 1 { // what one owner pays another adds up to nothing
			continue
		}
		rows = append(rows, []any{strings.ReplaceAll(string(acc), "_", " "), sums[acc] / 1e6})
	}
	rows = append(rows, []any{"all", total / 1e6})
	a.printf("Money, present value in millions\n\n")
	a.printTable([]string{"account", "amount"}, rows)
	a.printf("\n")
}

// printBans names the costs that were taken as "never".
func (a *app) printBans(p *headroom.Plan) {
	for _, b := range p.Banned {
		a.printf("%s: %s %s of %s is more than a million times the largest other amount (%s): taken as never.\n",
			clean(b.Place), b.Column, short(b.Amount), clean(b.Row), short(b.Other))
	}
}

// printProof says on what the plan counts and how far it can be trusted.
func (a *app) printProof(c *headroom.Case, p *headroom.Plan) {
	proof := answer.ProofOf(c, p)
	a.printf("%s\n", clean(countsOnText(c, p)))
	if s := briefText(c, p); s != "" {
		a.printf("%s\n", s)
	}
	if answer.HasPlan(p) {
		name := map[string]string{objectiveNPV: "Net present value", objectiveCost: "Cost"}[p.Objective]
		a.printf("%s %s %s, %s.\n", name, c.BaseCurrency, short(p.Value), provenText(c, proof))
		a.printf("Of that: %s.\n", strings.TrimPrefix(report.EndText(proof, c.BaseCurrency), "of it "))
	}
	a.printf("%s: %s; %s %s %s, seed %d, %.1f s", strings.ToUpper(string(proof.Status)), report.StopWord(p.Stopped), p.Solver.Name, p.Solver.Version, p.Solver.Backend, p.Seed, p.Seconds)
	if answer.HasPlan(p) {
		a.printf("; check: rows %.1g, integers %.1g, money %.1g", p.Check.MaxRowViolation, p.Check.MaxIntegralityViolation, p.Check.MoneyError)
	}
	a.printf(".\n")
	if why := document.WhyOf(p); why != "" {
		a.printf("%s\n", clean(why))
	}
}

// noPlanText says why there is no plan, where none is proved to be impossible.
func noPlanText(p *headroom.Plan) string {
	switch answer.StatusOf(p) {
	case headroom.StatusInterrupted:
		return "Interrupted before there was a plan."
	case headroom.StatusUnbounded:
		return "No plan: the case sets no limit to what a plan earns."
	case headroom.StatusNone:
		return "No plan yet: the " + report.StopWord(p.Stopped) + " came before one was found."
	}
	return "No plan: " + string(p.Status) + " (" + report.StopWord(p.Stopped) + ")."
}

// briefText says how the plan differs from that of headroom brief, or "".
func briefText(c *headroom.Case, p *headroom.Plan) string {
	if !answer.HasPlan(p) || p.Objective != objectiveNPV {
		return ""
	}
	if len(answer.Candidates(c)) > 0 || len(p.Unsigned) > 0 {
		return "headroom brief tells of the plan on what is committed and signed alone, which may build less and is worth no more."
	}
	return ""
}
