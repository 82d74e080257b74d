package cli

import (
	"fmt"
	"strconv"

	"headroom"
	"headroom/answer"
	"headroom/flex"
	"headroom/report"
)

// flexObject is the answer as JSON, without the time it took.
func flexObject(c *headroom.Case, f *answer.Flexibility, r flexRequest) object {
	unit := "vehicles"
	if f.Money {
		unit = c.BaseCurrency
	}
	parts := make([]object, len(f.Parts))
	for i, p := range f.Parts {
		parts[i] = object{{"plants", p.Plants}, {"vehicles", p.Vehicles}, {"algorithm", string(p.Algorithm)}, {"operations", p.Ops}}
	}
	stopped := f.Stopped
	if stopped == "scenarios" {
		stopped = ""
	}
	o := object{
		{"period", f.Period},
		{"currency", c.BaseCurrency},
		{"algorithm", f.Algorithm},
		{"components", parts},
		{"vector", flex.Vector()},
		{"scenarios", f.Scenarios},
		{"stopped", stopped},
		{"seed", r.seed},
		{"control", f.Control},
		{"quasi", r.quasi},
		{"resolution", f.Resolution},
		{"plants", len(f.Plants)},
		{"vehicles", len(f.Vehicles)},
		{"link_count", len(f.Problem.Links)},
		{"capacity", f.Problem.Total()},
		{"demand", sum(f.Mean)},
		{"sales", estimateObject(f.Sales)},
		{"sales_p5", f.P5},
		{"sales_p50", f.P50},
		{"sales_p95", f.P95},
		{"utilisation", f.Utilisation.Mean},
		{"utilisation_ci95_low", f.Utilisation.Low},
		{"utilisation_ci95_high", f.Utilisation.High},
		{"full", estimateObject(f.Full)},
	}
	if f.Money {
		o = append(o, member{"margin", estimateObject(*f.Margin)}, member{"full_margin", estimateObject(*f.FullMargin)})
	}
	if f.Measure != nil {
		o = append(o, member{"jordan_graves", append(estimateObject(f.Measure.Pi), member{"plants", names(f.Plants, f.Measure.Plants)})})
	}
	if f.Gain != nil {
		o = append(o, member{"design", r.design}, member{"added", gainObjects(f, f.Added)}, member{"base_sales", estimateObject(f.Base)},
			member{"added_gain", estimateObject(*f.Gain)})
	}
	if r.links {
		o = append(o, member{"links", gainObjects(f, f.Gains)})
	}
	return append(o, member{"gain_unit", unit})
}

func estimateObject(e flex.Estimate) object {
	return object{{"mean", e.Mean}, {"ci95_low", e.Low}, {"ci95_high", e.High}}
}

// names are those at positions.
func names(all []string, at []int) []string {
	out := []string{}
	for _, i := range at {
		out = append(out, all[i])
	}
	return out
}

// gainObjects are links with what they add. A cost that is not known is null.
func gainObjects(f *answer.Flexibility, gains []flex.Gain) []object {
	out := make([]object, len(gains))
	for i, g := range gains {
		row, costed := f.Row(g.Link)
		var cost any
		if costed {
			cost = g.Cost
		}
		out[i] = object{
			{"plant", f.Plants[g.Plant]},
			{"vehicle", f.Vehicles[g.Vehicle]},
			{"gain", g.Mean},
			{"ci95_low", g.Low},
			{"ci95_high", g.High},
			{"cost", cost},
			{"row", row},
		}
	}
	return out
}

// flexTables are the tables of a saved answer.
func flexTables(f *answer.Flexibility) []grid {
	links := grid{name: "link", columns: []string{"plant", "vehicle", "state"}}
	for _, l := range f.Problem.Links {
		state := "there"
		for _, g := range f.Added {
			if g.Link == l {
				state = "added"
			}
		}
		links.rows = append(links.rows, []any{f.Plants[l.Plant], f.Vehicles[l.Vehicle], state})
	}
	gains := grid{name: "link_gain", columns: []string{"plant", "vehicle", "gain", "ci95_low", "ci95_high", "cost", "row"}}
	for _, o := range gainObjects(f, f.Gains) {
		var row []any
		for _, m := range o {
			row = append(row, m.value)
		}
		gains.rows = append(gains.rows, row)
	}
	return []grid{links, gains}
}

// mostGains and mostOthers are how many links a screen shows.
const (
	mostGains  = 25
	mostOthers = 10
)

// printFlex is the answer for people.
func (a *app) printFlex(c *headroom.Case, f *answer.Flexibility, r flexRequest) {
	a.printf("%s, period %s: %s, %s, %s\n", clean(c.Title), f.Period, counted(len(f.Plants), "plant", "plants"),
		counted(len(f.Vehicles), "vehicle", "vehicles"), counted(len(f.Problem.Links), "link", "links"))
	a.printf("%s scenarios in %.2g s; algorithm %s; control %s\n", grouped(float64(f.Scenarios)), f.Seconds, f.Algorithm, f.Control)
	switch f.Stopped {
	case "interrupt":
		a.printf("Interrupted: this is what there was by then.\n")
	case "precision":
		a.printf("Stopped at the precision asked for.\n")
	}
	a.printf("\n")
	rows := [][]any{
		{"demand", tight(sum(f.Mean)), "", "as demand.csv has it"},
		{"capacity", tight(f.Problem.Total()), "", "straight time, largest shift pattern"},
		{"sales", tight(f.Sales.Mean), interval(f.Sales), fmt.Sprintf("5 %%: %s, median %s, 95 %%: %s", tight(f.P5), tight(f.P50), tight(f.P95))},
	}
	if f.Gain != nil {
		rows = append(rows, []any{"without what was added", tight(f.Base.Mean), interval(f.Base), ""})
	}
	rows = append(rows, []any{"full flexibility", tight(f.Full.Mean), interval(f.Full), "every plant builds every vehicle"})
	if f.Money {
		rows = append(rows, []any{"margin, " + c.BaseCurrency, tight(f.Margin.Mean), interval(*f.Margin), "before fixed cost"},
			[]any{"full margin, " + c.BaseCurrency, tight(f.FullMargin.Mean), interval(*f.FullMargin), "every link that can be priced"})
	}
	a.printTable([]string{"in the period", "mean", "95 % interval", ""}, rows)
	a.printf("\nUtilisation %.1f %% (%.1f to %.1f)\n", 100*f.Utilisation.Mean, 100*f.Utilisation.Low, 100*f.Utilisation.High)
	if m := f.Measure; m != nil {
		a.printf("Measure of Jordan and Graves %.3f (%.3f to %.3f)\n", m.Pi.Mean, m.Pi.Low, m.Pi.High)
	}
	if f.Gain != nil {
		a.printf("\n%s added together bring %s %s (%s)\n\n", counted(len(f.Added), "link", "links"), tight(f.Gain.Mean), a.gainUnit(c, f), interval(*f.Gain))
		if len(f.Added) <= mostGains {
			a.printGains(c, f, f.Added, r.design == string(answer.DesignGreedy))
		}
	}
	if r.links {
		a.printLeagues(c, f)
	}
}

// printLeagues shows what links more would add: those that vehicle_line knows, and those of which the case says nothing.
func (a *app) printLeagues(c *headroom.Case, f *answer.Flexibility) {
	var known, other []flex.Gain
	for _, g := range f.Gains {
		if row, _ := f.Row(g.Link); row != "" {
			known = append(known, g)
		} else {
			other = append(other, g)
		}
	}
	for _, league := range []struct {
		title string
		gains []flex.Gain
		most  int
	}{
		{"What one link more would add, of those that vehicle_line knows", known, mostGains},
		{"And of pairs that it does not have: nobody has said that these could be built there", other, mostOthers},
	} {
		if len(league.gains) == 0 {
			continue
		}
		a.printf("\n%s, best first (%s)\n\n", league.title, a.gainUnit(c, f))
		a.printGains(c, f, league.gains[:min(len(league.gains), league.most)], true)
		if n := len(league.gains) - league.most; n > 0 {
			a.printf("and %s more; --json has them all\n", grouped(float64(n)))
		}
	}
}

func (a *app) gainUnit(c *headroom.Case, f *answer.Flexibility) string {
	if f.Money {
		return c.BaseCurrency + " of margin in the period"
	}
	return "vehicles in the period"
}

// printGains is a league of links.
func (a *app) printGains(c *headroom.Case, f *answer.Flexibility, gains []flex.Gain, known bool) {
	var rows [][]any
	for _, g := range gains {
		row, costed := f.Row(g.Link)
		cost, gain, between := "", "", ""
		if costed {
			cost = short(g.Cost)
		}
		if known {
			gain, between = tight(g.Mean), interval(g.Estimate)
		}
		switch row {
		case "":
			row = "no row in vehicle_line"
		case "yes":
			row = "can be retooled"
		default:
			row = "takes " + row
		}
		rows = append(rows, []any{f.Plants[g.Plant], f.Vehicles[g.Vehicle], gain, between, cost, row})
	}
	a.printTable([]string{"plant", "vehicle", "gain", "95 % interval", "cost, " + c.BaseCurrency, ""}, rows)
}

// interval is an interval for people.
func interval(e flex.Estimate) string { return tight(e.Low) + " to " + tight(e.High) }

// tight is a number with the digits that an interval needs: one decimal below ten thousand, three below a thousand.
func tight(v float64) string {
	abs := max(v, -v)
	switch {
	case abs < 1000:
		return strconv.FormatFloat(v, 'f', 3, 64)
	case abs < 10_000:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return short(v)
}

// picture is what report draws.
func picture(f *answer.Flexibility) report.LinkPicture {
	p := report.LinkPicture{Title: "Plants and vehicles, period " + f.Period, Plants: f.Plants, Capacity: f.Problem.Capacity, Vehicles: f.Vehicles, Demand: f.Mean}
	for _, l := range f.Problem.Links {
		added := false
		for _, g := range f.Added {
			added = added || g.Link == l
		}
		p.Links = append(p.Links, report.PictureLink{Plant: l.Plant, Vehicle: l.Vehicle, Added: added})
	}
	return p
}
