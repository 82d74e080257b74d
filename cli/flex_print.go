package cli

import (
	"fmt"
	"math"

	"headroom"
	"headroom/document"
	"headroom/flex"
	"headroom/links"
	"headroom/lp"
	"headroom/report"
)

// flexObject is the answer as JSON, without the time it took.
func flexObject(c *headroom.Case, f *links.Flexibility, r flexRequest) object {
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
		{"case", object{{"id", c.ID}, {"scenario", c.Scenario}, {"hash", c.Hash}}},
		{"status", string(flexProof(c, f).Status)},
		{"proof", flexProof(c, f)},
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

// flexProof is the proof of an answer about links. It rests on no plan: the most that can be built in each scenario is found exactly,
// and what is not known is in the intervals. An interrupt is a limit.
func flexProof(c *headroom.Case, f *links.Flexibility) headroom.Proof {
	p := headroom.NotTried()
	p.Status, p.Stopped = headroom.StatusVerified, lp.StopOptimal.String()
	if f.Stopped == lp.StopInterrupt.String() {
		p.Status, p.Stopped = headroom.StatusLimit, f.Stopped
		if f.Scenarios == 0 {
			p.Status = headroom.StatusInterrupted
		}
	}
	p.CountsOn = headroom.CountsOn{Committed: true, Signed: true, Candidates: []string{}, Deals: append([]string{}, c.Unsigned()...)}
	p.Value = f.Sales.Mean
	return p
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
func gainObjects(f *links.Flexibility, gains []flex.Gain) []object {
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
func flexTables(f *links.Flexibility) []document.Table {
	links := document.Table{Name: "link", Columns: []string{"plant", "vehicle", "state"}}
	for _, l := range f.Problem.Links {
		state := "there"
		for _, g := range f.Added {
			if g.Link == l {
				state = "added"
			}
		}
		links.Rows = append(links.Rows, []any{f.Plants[l.Plant], f.Vehicles[l.Vehicle], state})
	}
	gains := document.Table{Name: "link_gain", Columns: []string{"plant", "vehicle", "gain", "ci95_low", "ci95_high", "cost", "row"}}
	for _, o := range gainObjects(f, f.Gains) {
		var row []any
		for _, m := range o {
			row = append(row, m.value)
		}
		gains.Rows = append(gains.Rows, row)
	}
	return []document.Table{volumes("plant", "capacity", f.Plants, f.Problem.Capacity), volumes("vehicle", "demand", f.Vehicles, f.Mean), links, gains}
}

// volumes is a table of keys with a volume of each.
func volumes(key, volume string, keys []string, of []float64) document.Table {
	g := document.Table{Name: key, Columns: []string{key, volume}}
	for i, k := range keys {
		g.Rows = append(g.Rows, []any{k, of[i]})
	}
	return g
}

// mostGains and mostOthers are how many links a screen shows.
const (
	mostGains  = 25
	mostOthers = 10
)

// printFlex is the answer for people.
func (a *app) printFlex(c *headroom.Case, f *links.Flexibility, r flexRequest) {
	a.printf("%s, period %s: %s, %s, %s\n", clean(c.Title), f.Period, counted(len(f.Plants), "plant", "plants"),
		counted(len(f.Vehicles), "vehicle", "vehicles"), counted(len(f.Problem.Links), "link", "links"))
	a.printf("%s scenarios in %.2g s; algorithm %s; control %s\n", grouped(float64(f.Scenarios)), f.Seconds, f.Algorithm, f.Control)
	switch f.Stopped {
	case "interrupt":
		a.printf("Interrupted: this is what there was by then. * not final: fewer scenarios than were asked for.\n")
	case "precision":
		a.printf("Stopped at the precision asked for.\n")
	}
	a.printf("\n")
	if f.Stopped == lp.StopInterrupt.String() {
		a.mark = report.Unproved
	}
	units := scaleOf(f.Sales.Mean)
	rows := [][]any{
		{"demand", units.text(sum(f.Mean)), "", "as demand.csv has it"},
		{"capacity", units.text(f.Problem.Total()), "", "straight time, largest shift pattern"},
		{"sales", figure(units.text(f.Sales.Mean)), units.interval(f.Sales), fmt.Sprintf("5 %%: %s, median %s, 95 %%: %s", units.text(f.P5), units.text(f.P50), units.text(f.P95))},
	}
	if f.Gain != nil {
		rows = append(rows, []any{"without what was added", figure(units.text(f.Base.Mean)), units.interval(f.Base), ""})
	}
	rows = append(rows, []any{"full flexibility", figure(units.text(f.Full.Mean)), units.interval(f.Full), "every plant builds every vehicle"})
	if f.Money {
		money := moneyScale(f.FullMargin.Mean)
		rows = append(rows, []any{"margin, " + money.of(c.BaseCurrency), figure(money.text(f.Margin.Mean)), money.interval(*f.Margin), "before fixed cost"},
			[]any{"full margin, " + money.of(c.BaseCurrency), figure(money.text(f.FullMargin.Mean)), money.interval(*f.FullMargin), "every link that can be priced"})
	}
	a.printTable([]string{"in the period", "mean", "95 % interval", ""}, rows)
	a.printf("\nUtilisation %.1f %% (%.1f to %.1f)\n", 100*f.Utilisation.Mean, 100*f.Utilisation.Low, 100*f.Utilisation.High)
	if m := f.Measure; m != nil {
		a.printf("Measure of Jordan and Graves %.3f (%.3f to %.3f)\n", m.Pi.Mean, m.Pi.Low, m.Pi.High)
	}
	if f.Gain != nil {
		g := gainScale(f, []flex.Gain{{Estimate: *f.Gain}})
		a.printf("\n%s added together bring %s %s (%s)\n\n", counted(len(f.Added), "link", "links"), g.text(f.Gain.Mean), gainUnit(c, f, g), g.interval(*f.Gain))
		if len(f.Added) <= mostGains {
			a.printGains(c, f, f.Added, r.design == string(links.DesignGreedy))
		}
	}
	if r.links {
		a.printLeagues(c, f)
	}
}

// printLeagues shows what links more would add: those that vehicle_line knows, and those of which the case says nothing.
func (a *app) printLeagues(c *headroom.Case, f *links.Flexibility) {
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
		a.printf("\n%s, best first (%s)\n\n", league.title, gainUnit(c, f, gainScale(f, league.gains)))
		a.printGains(c, f, league.gains[:min(len(league.gains), league.most)], true)
		if n := len(league.gains) - league.most; n > 0 {
			a.printf("and %s more; --json has them all\n", grouped(float64(n)))
		}
	}
}

// gainUnit is what gains are counted in.
func gainUnit(c *headroom.Case, f *links.Flexibility, s scale) string {
	if f.Money {
		return s.of(c.BaseCurrency) + " of margin in the period"
	}
	return "vehicles in the period"
}

// gainScale is how the gains of a league are written.
func gainScale(f *links.Flexibility, gains []flex.Gain) scale {
	var most float64
	for _, g := range gains {
		most = max(most, math.Abs(g.Mean))
	}
	if f.Money {
		return moneyScale(most)
	}
	return scaleOf(most)
}

// costScale is how the costs of a league are written.
func costScale(gains []flex.Gain) scale {
	var most float64
	for _, g := range gains {
		most = max(most, g.Cost)
	}
	return moneyScale(most)
}

// printGains is a league of links.
func (a *app) printGains(c *headroom.Case, f *links.Flexibility, gains []flex.Gain, known bool) {
	var rows [][]any
	s, costs := gainScale(f, gains), costScale(gains)
	for _, g := range gains {
		row, costed := f.Row(g.Link)
		cost, gain, between := "", "", ""
		if costed {
			cost = costs.text(g.Cost)
		}
		if known {
			gain, between = s.text(g.Mean)+a.mark, s.interval(g.Estimate)
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
	head := "gain"
	if f.Money {
		head += ", " + s.of(c.BaseCurrency)
	}
	a.printTable([]string{"plant", "vehicle", head, "95 % interval", "cost, " + costs.of(c.BaseCurrency), ""}, rows)
}

// picture is what report draws.
func picture(f *links.Flexibility) report.LinkPicture {
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
