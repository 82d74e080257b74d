package cli

import (
	"fmt"
	"strings"

	"headroom"
)

// screenWidth is the width that paragraphs are broken to where none is known.
const screenWidth = 110

// printBrief is a brief for people, in the order in which one asks.
func (a *app) printBrief(b *headroom.Brief) {
	a.printf("%s\n\n", clean(b.Title))
	a.paragraph("", b.Sentence)
	a.printf("\n")
	a.printBriefOutput(b)
	a.printSupply(b)
	if len(b.Binds) > 0 {
		a.printf("What binds\n")
		for _, c := range b.Binds {
			a.paragraph("  ", fmt.Sprintf("%s, %s vehicles: %s", c.Cause, grouped(c.Units), c.Text))
		}
		a.printf("\n")
	}
	a.printPlants(b)
	a.printBriefDeals(b)
	a.printRoutes(b)
	a.printProofLine(b)
}

// paragraph writes text broken to the width, every line behind the indent.
func (a *app) paragraph(indent, text string) {
	width := screenWidth
	if a.OutTTY && a.Width > 20 {
		width = min(a.Width, 120)
	}
	line := indent
	for _, w := range strings.Fields(clean(text)) {
		if len([]rune(line))+1+len([]rune(w)) > width && strings.TrimSpace(line) != "" {
			a.printf("%s\n", line)
			line = indent
		}
		if strings.TrimSpace(line) != "" {
			line += " "
		}
		line += w
	}
	if strings.TrimSpace(line) != "" {
		a.printf("%s\n", line)
	}
}

func (a *app) printBriefOutput(b *headroom.Brief) {
	head := []string{"vehicles built"}
	plan, target, forecast := []any{"plan"}, []any{"target"}, []any{"forecast"}
	by := ""
	for _, o := range b.Output {
		head = append(head, o.Period)
		plan, target, forecast = append(plan, o.Units), append(target, optional(o.Target)), append(forecast, optional(o.Forecast))
		if o.By != "" {
			by = o.By
		}
	}
	if len(b.Output) == 0 {
		return
	}
	if by != "" {
		forecast[0] = by
	}
	a.printTable(head, [][]any{plan, target, forecast})
	a.printf("\n")
}

// optional is a number that may be missing.
func optional(v *float64) any {
	if v == nil {
		return ""
	}
	return *v
}

func (a *app) printSupply(b *headroom.Brief) {
	if len(b.SupplyCurve) == 0 {
		return
	}
	head, row := []string{"support, " + b.Currency + " a vehicle"}, []any{"vehicles"}
	for _, p := range b.SupplyCurve {
		head, row = append(head, grouped(p.Support)), append(row, p.Units)
	}
	a.printTable(head, [][]any{row})
	a.printf("\n")
}

func (a *app) printPlants(b *headroom.Brief) {
	var rows [][]any
	for _, p := range b.Plants {
		use := "-"
		if p.Capacity > 0 {
			use = fmt.Sprintf("%.0f %%", 100*p.Utilisation)
		}
		rows = append(rows, []any{p.Plant, string(p.State), p.Capacity, p.Units, use, p.Headroom})
	}
	if len(rows) > 0 {
		a.printTable([]string{"plant", "state", "capacity", "vehicles", "use", "headroom"}, rows)
		a.printf("\n")
	}
}

func (a *app) printBriefDeals(b *headroom.Brief) {
	var rows [][]any
	for _, d := range b.Deals {
		worth := "not decided"
		if d.Decided && d.WorthLow != nil && d.WorthHigh != nil {
			worth = grouped(*d.WorthLow/1e6) + " to " + grouped(*d.WorthHigh/1e6)
		}
		who := strings.Trim(d.Guest+" at "+d.Host, " ")
		rows = append(rows, []any{d.Deal, who, string(d.Status), d.Units, d.HomeUnits, worth})
	}
	if len(rows) > 0 {
		a.printTable([]string{"deal", "who", "status", "vehicles", "in target", "worth, " + b.Currency + " m"}, rows)
		a.printf("\n")
	}
}

func (a *app) printRoutes(b *headroom.Brief) {
	q := b.CostPerCar
	if len(q.Routes) == 0 {
		return
	}
	a.printf("Cost of a %s for %s in %s, %s a car, beyond its cost at %s\n", clean(q.Vehicle), clean(q.Market), q.Period, b.Currency, clean(q.Home))
	var rows [][]any
	for _, r := range q.Routes {
		volume, duty := any("-"), any("-")
		if r.BreakEvenVolume != nil {
			volume = *r.BreakEvenVolume
		}
		if r.BreakEvenDuty != nil {
			duty = fmt.Sprintf("%.1f %%", 100**r.BreakEvenDuty)
		}
		rows = append(rows, []any{r.Route, r.Full, r.Marginal, volume, duty})
	}
	a.printTable([]string{"route", "full", "marginal", "break-even cars a year", "or import duty"}, rows)
	a.printf("\n")
}

// printProofLine says what the answer rests on and why it can be believed.
func (a *app) printProofLine(b *headroom.Brief) {
	var parts []string
	for _, s := range b.RestsOn {
		parts = append(parts, fmt.Sprintf("%s %s (%.0f %%)", grouped(float64(s.Count)), s.Basis, 100*s.Share))
	}
	a.paragraph("", "Rests on "+strings.Join(parts, ", ")+" figures.")
	p := b.Proof
	a.paragraph("", fmt.Sprintf("%s: %s %s %s, gap %s; check: rows %.1g, integers %.1g, money %.1g; %s %s %s, seed %d, %.1f s.",
		strings.ToUpper(string(p.Status)), b.Currency, short(p.Value), "net present value", percent(p.Gap),
		p.Check.MaxRowViolation, p.Check.MaxIntegralityViolation, p.Check.MoneyError, p.Solver.Name, p.Solver.Version, p.Solver.Backend, p.Seed, p.Seconds))
}
