package cli

import (
	"fmt"
	"slices"
	"strings"

	"headroom/calibrate"
)

// foldRow is a comparison as JSON; part says which calibration it belongs to.
func foldRow(part string, r calibrate.FoldRow) object {
	return object{{"part", part}, {"what", r.What}, {"model", r.Model}, {"claim", r.Claim}, {"error", r.Error}, {"claims", r.Claims}}
}

// calibrationRows are the comparisons of a calibration, and the simple forecasts beside them.
func calibrationRows(m calibrate.Calibration) (rows, beside []object) {
	rows, beside = []object{}, []object{}
	if p := m.Places; p != nil {
		part := fmt.Sprintf("places %d", p.Scored.Year)
		rows = append(rows, placesRow(part, fmt.Sprintf("programmes where they were, cost of switching %s m", exact(p.CostM)), p.Scored))
		for _, x := range p.Beside {
			beside = append(beside, placesRow(part, fmt.Sprintf("programmes where they were, cost of switching %s m", exact(x.CostM)), x))
		}
		beside = append(beside, foldRow(part, stayed(p)))
	}
	for _, f := range m.Folds {
		for _, r := range f.Runs {
			for _, x := range r.Rows {
				rows = append(rows, foldRow(fmt.Sprintf("%d from %d, %s", f.Year, f.Base, r.Name), x))
			}
		}
		for _, x := range f.Beside {
			beside = append(beside, foldRow(fmt.Sprintf("%d from %d", f.Year, f.Base), x))
		}
	}
	if m.Ahead != nil {
		rows = append(rows, foldRow("ahead", *m.Ahead))
	}
	return rows, beside
}

// placesRow is a placing as a comparison of counts.
func placesRow(part, what string, p calibrate.Placing) object {
	right, all, _, _ := p.Right()
	return foldRow(part, calibrate.FoldRow{What: what, Model: float64(right), Claim: float64(all), Error: float64(right)/float64(all) - 1})
}

// stayed is the forecast that no programme moves.
func stayed(p *calibrate.Placings) calibrate.FoldRow {
	all := float64(len(p.Scored.Landings))
	same := all - float64(len(p.Moved))
	return calibrate.FoldRow{What: fmt.Sprintf("programmes that are where they were in %d", p.Fitted.Year), Model: same, Claim: all, Error: same/all - 1}
}

// placesObject is the calibration of places as JSON.
func placesObject(p *calibrate.Placings) any {
	if p == nil {
		return nil
	}
	var tried []object
	for _, t := range p.Tried {
		tried = append(tried, object{{"cost_m", t.CostM}, {"right", t.Right}})
	}
	beside := []object{}
	for _, x := range p.Beside {
		beside = append(beside, placingObject(x))
	}
	return object{
		{"fitted_cost_m", p.CostM},
		{"tried", tried},
		{"fitted_free", placingObject(p.FreeFitted)},
		{"fitted", placingObject(p.Fitted)},
		{"scored", placingObject(p.Scored)},
		{"beside", beside},
		{"moved", p.Moved},
	}
}

func placingObject(p calibrate.Placing) object {
	right, all, rightOfChoice, choice := p.Right()
	var rows []object
	for _, l := range p.Landings {
		rows = append(rows, object{{"vehicle", l.Vehicle}, {"plan", l.Plan}, {"real", l.Real}, {"plants", l.Plants}, {"units", l.Units}})
	}
	return object{
		{"year", p.Year},
		{"cost_m", p.CostM},
		{"right", right},
		{"programmes", all},
		{"right_of_choice", rightOfChoice},
		{"with_choice", choice},
		{"not_built", p.Lost},
		{"landings", rows},
	}
}

// foldObjects are the yearly plans as JSON, with the claims that were barred and told.
func foldObjects(folds []calibrate.Fold) []object {
	out := []object{}
	for _, f := range folds {
		runs := []object{}
		for _, r := range f.Runs {
			runs = append(runs, object{{"name", r.Name}, {"total", r.Rows[0].Model}, {"error", r.Rows[0].Error}, {"not_built", r.Lost}, {"same_as_simple_forecast", r.Same()}})
		}
		out = append(out, object{
			{"year", f.Year},
			{"base", f.Base},
			{"actual", f.Actual},
			{"runs", runs},
			{"told", f.Told},
			{"printed_later", f.Late},
			{"figures_not_known", f.Unknown},
			{"barred", f.Barred},
		})
	}
	return out
}

// printPlaces is the calibration of places for people.
func (a *app) printPlaces(p *calibrate.Placings) {
	if p == nil {
		return
	}
	right, all, rightOfChoice, choice := p.Scored.Right()
	a.printf("Which plant builds what: fitted on %d, scored on %d\n\n", p.Fitted.Year, p.Scored.Year)
	a.printf("  cost of switching fitted on %d: %s m a programme, the least at which %d of %d are where they were\n", p.Fitted.Year, exact(p.CostM), p.Best, len(p.Fitted.Landings))
	if r := p.Range; len(r) > 0 {
		where := "within"
		if p.CostM < r[0] || p.CostM > r[len(r)-1] {
			where = "OUTSIDE"
		}
		a.printf("  that is %s the %s to %s m of the assumption about retooling\n", where, exact(r[0]), exact(r[len(r)-1]))
	}
	if p.Best == len(p.Fitted.Landings) {
		a.printf("  any larger cost fits %d as well: then nobody moves\n", p.Fitted.Year)
	}
	a.printf("  %d with it: %d of %d programmes are where they were; of the %d that had more than one plant to go to, %d\n\n", p.Scored.Year, right, all, choice, rightOfChoice)
	var rows [][]any
	line := func(what string, x calibrate.Placing) {
		right, all, rightOfChoice, choice := x.Right()
		rows = append(rows, []any{what, fmt.Sprint(x.Year), exact(x.CostM), fmt.Sprintf("%d of %d", right, all), fmt.Sprintf("%d of %d", rightOfChoice, choice), misses(x)})
	}
	line("fitted", p.FreeFitted)
	line("fitted", p.Fitted)
	line("scored", p.Scored)
	for _, x := range p.Beside {
		line("beside", x)
	}
	moved := strings.Join(p.Moved, "; ")
	if moved != "" {
		moved += fmt.Sprintf(" (elsewhere or not yet built in %d)", p.Fitted.Year)
	}
	rows = append(rows, []any{"beside", fmt.Sprint(p.Scored.Year), "nobody moves", fmt.Sprintf("%d of %d", all-len(p.Moved), all), "", moved})
	a.printTable([]string{"", "year", "cost, m", "right", "with a choice", "wrong (plan, really)"}, rows)
	a.printf("\n")
}

// misses are the programmes that a plan has elsewhere.
func misses(p calibrate.Placing) string {
	var out []string
	for _, l := range p.Landings {
		if !l.Right() {
			plan := l.Plan
			if plan == "" {
				plan = "nowhere"
			}
			out = append(out, fmt.Sprintf("%s (%s, %s)", l.Vehicle, plan, l.Real))
		}
	}
	return strings.Join(out, "; ")
}

// printFolds are the yearly plans for people.
func (a *app) printFolds(folds []calibrate.Fold) {
	for _, f := range folds {
		a.printf("%d, planned from %d\n\n", f.Year, f.Base)
		var rows [][]any
		for _, r := range f.Runs {
			for i, x := range r.Rows {
				name := ""
				if i == 0 {
					name = "plan, " + r.Name
				}
				rows = append(rows, []any{name, x.What, x.Model, x.Claim, signed(x.Error), strings.Join(x.Claims, " ")})
			}
		}
		for _, x := range f.Beside {
			rows = append(rows, []any{"beside", x.What, x.Model, x.Claim, signed(x.Error), ""})
		}
		a.printTable([]string{"", "what", "model", "claim", "error", "claims"}, rows)
		if !slices.ContainsFunc(f.Runs, func(r calibrate.FoldRun) bool { return !r.Same() }) {
			a.printf("\nThe plan's total is that of the simple forecast, to the vehicle: it takes what was built in %d as wanted, and no line was too small.\n", f.Base)
		}
		a.printf("\n%s barred (--json lists them).", counted(len(f.Barred), "claim", "claims"))
		for _, l := range []struct {
			what string
			list []string
		}{{"Told", f.Told}, {"Of earlier years, but printed later", f.Late}, {"Figures not known by then", f.Unknown}} {
			if len(l.list) > 0 {
				a.printf(" %s: %s.", l.what, strings.Join(l.list, ", "))
			}
		}
		a.printf("\n\n")
	}
}

// printAhead is the plan of the first period beside a forecast, for people.
func (a *app) printAhead(r *calibrate.FoldRow) {
	if r != nil {
		a.printf("For information: the plan of %s (%s): %s against %s, %s\n\n", r.What, strings.Join(r.Claims, " "), grouped(r.Model), grouped(r.Claim), signed(r.Error))
	}
}
