package report

import (
	"fmt"
	"math"
	"strings"

	"headroom"
)

func (t *brief) cost() {
	q := &t.b.CostPerCar
	if len(q.Routes) == 0 {
		return
	}
	t.heading(fmt.Sprintf("Cost of a %s delivered to %s in %s", of(t.n.vehicle, q.Vehicle), of(t.n.market, q.Market), clean(q.Period)),
		fmt.Sprintf("%s a vehicle above the ex-works cost at %s. Full: with crews, plant, and tooling over %s vehicles a year for %s; marginal: one vehicle more. As import: the vehicles a year, or the duty, at which it costs as much as the import",
			symbolName(t.b.Currency), short(of(t.n.plant, q.Home)), count(q.Volume), toolingYears(q)))
	parts := usedParts(q)
	columns := []column{{"built at", false, true}, {"full", true, false}, {"marginal", true, false}}
	for _, p := range parts {
		columns = append(columns, column{partShort(p), true, false})
	}
	columns = append(columns, column{"as import", true, false}, column{"", true, false})
	var rows [][]string
	for _, r := range q.Routes {
		row := []string{routeName(t.n, q, r, 1), number(count(r.Full)), number(count(r.Marginal))}
		for _, p := range parts {
			row = append(row, number(count(partOf(r, p).Full)))
		}
		row = append(row, volumeText(r), dutyText(r))
		rows = append(rows, row)
	}
	t.tight = true
	t.table(columns, rows)
	t.tight = false
}

// symbolName is the sign of a currency where it stands alone.
func symbolName(currency string) string { return strings.TrimSpace(symbol(currency)) }

func partShort(part string) string {
	if part == "overhead" {
		return "plant"
	}
	return clean(part)
}

// contentWords say what of a vehicle is made where it is built.
var contentWords = map[string]string{"kit": "kits", "local": "local"}

// isHome reports whether a route is the import that the others are compared with.
func isHome(q *headroom.CostQuestion, r headroom.CarCost) bool { return r.Plant == q.Home }

// routeName is where a vehicle is built and, where the same plant stands for more than one route, from what.
func routeName(n *names, q *headroom.CostQuestion, r headroom.CarCost, brevity int) string {
	s := short(clean(r.Route))
	if s == "" {
		s = short(of(n.plant, r.Plant))
	}
	if isHome(q, r) {
		if brevity > 0 {
			return "Imported"
		}
		return "Imported, from " + s
	}
	content, ok := contentWords[r.Content]
	if !ok && r.Content != "full" {
		content = clean(r.Content)
	}
	if content != "" {
		s += ", " + content
	}
	return s
}

func volumeText(r headroom.CarCost) string {
	if r.BreakEvenVolume == nil {
		return "-"
	}
	return number(count(*r.BreakEvenVolume))
}

func dutyText(r headroom.CarCost) string {
	if r.BreakEvenDuty == nil {
		return "-"
	}
	return number(percent(*r.BreakEvenDuty, 1))
}

// usedParts are the parts that are not nothing on every route, in the order of the first route.
func usedParts(q *headroom.CostQuestion) []string {
	var order []string
	used := map[string]bool{}
	for _, r := range q.Routes {
		for _, p := range r.Parts {
			if _, ok := used[p.Part]; !ok {
				order = append(order, p.Part)
			}
			used[p.Part] = used[p.Part] || math.Abs(p.Full) >= 0.5 || math.Abs(p.Marginal) >= 0.5
		}
	}
	var out []string
	for _, p := range order {
		if used[p] {
			out = append(out, p)
		}
	}
	return out
}

func partOf(r headroom.CarCost, part string) headroom.CarPart {
	for _, p := range r.Parts {
		if p.Part == part {
			return p
		}
	}
	return headroom.CarPart{Part: part}
}
