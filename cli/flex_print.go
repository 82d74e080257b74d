package cli

import (
	"fmt"
	"math"
	"slices"

	"headroom"
	"headroom/document"
	"headroom/flex"
	"headroom/links"
	"headroom/lp"
	"headroom/report"
)

// linksDocument is the answer as a document, without the time it took.
func linksDocument(c *headroom.Case, f *links.Flexibility, r flexRequest) document.Links {
	proof := flexProof(c, f)
	d := document.Links{
		Case: document.NameOf(c), Status: proof.Status, Proof: proof, Period: f.Period, Currency: c.BaseCurrency, Algorithm: f.Algorithm,
		Vector: flex.Vector(), Scenarios: f.Scenarios, Stopped: f.Stopped, Seed: r.seed, Control: f.Control, Quasi: r.quasi, Resolution: f.Resolution,
		Plants: len(f.Plants), Vehicles: len(f.Vehicles), LinkCount: len(f.Problem.Links), Capacity: f.Problem.Total(), Demand: sum(f.Mean),
		Sales: *estimate(&f.Sales), P5: f.P5, P50: f.P50, P95: f.P95,
		Utilisation: f.Utilisation.Mean, UseLow: f.Utilisation.Low, UseHigh: f.Utilisation.High, Full: *estimate(&f.Full), GainUnit: "vehicles",
	}
	for _, p := range f.Parts {
		d.Components = append(d.Components, document.Component{Plants: p.Plants, Vehicles: p.Vehicles, Algorithm: string(p.Algorithm), Operations: p.Ops})
	}
	if f.Stopped == "scenarios" {
		d.Stopped = ""
	}
	if f.Money {
		d.GainUnit, d.Margin, d.FullMargin = c.BaseCurrency, estimate(f.Margin), estimate(f.FullMargin)
	}
	if f.Measure != nil {
		d.JordanGraves = &document.Measure{Estimate: *estimate(&f.Measure.Pi), Plants: names(f.Plants, f.Measure.Plants)}
	}
	if f.Gain != nil {
		added := linkGains(f, f.Added)
		d.Design, d.Added, d.BaseSales, d.AddedGain = &r.design, &added, estimate(&f.Base), estimate(f.Gain)
	}
	if r.links {
		gains := linkGains(f, f.Gains)
		d.Gains = &gains
	}
	return d
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

func estimate(e *flex.Estimate) *document.Estimate {
	return &document.Estimate{Mean: e.Mean, Low: e.Low, High: e.High}
}

// names are those at positions.
func names(all []string, at []int) []string {
	out := []string{}
	for _, i := range at {
		out = append(out, all[i])
	}
	return out
}

// linkGains are links with what they add.
func linkGains(f *links.Flexibility, gains []flex.Gain) []document.LinkGain {
	out := make([]document.LinkGain, len(gains))
	for i, g := range gains {
		row, costed := f.Row(g.Link)
		out[i] = document.LinkGain{Plant: f.Plants[g.Plant], Vehicle: f.Vehicles[g.Vehicle], Gain: g.Mean, Low: g.Low, High: g.High, Row: row}
		if costed {
			out[i].Cost = (*document.Number)(&g.Cost)
		}
	}
	return out
}

// linkTables are the tables of a saved answer.
func linkTables(f *links.Flexibility) document.LinkTables {
	t := document.LinkTables{Gains: linkGains(f, f.Gains)}
	for i, p := range f.Plants {
		t.Plants = append(t.Plants, document.PlantCapacity{Plant: p, Capacity: f.Problem.Capacity[i]})
	}
	for i, v := range f.Vehicles {
		t.Vehicles = append(t.Vehicles, document.VehicleDemand{Vehicle: v, Demand: f.Mean[i]})
	}
	for _, l := range f.Problem.Links {
		state := "there"
		if slices.ContainsFunc(f.Added, func(g flex.Gain) bool { return g.Link == l }) {
			state = "added"
		}
		t.Links = append(t.Links, document.LinkState{Plant: f.Plants[l.Plant], Vehicle: f.Vehicles[l.Vehicle], State: state})
	}
	return t
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
