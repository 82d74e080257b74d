package bench

import (
	"fmt"
	"math"
	"strings"
)

// Names in the case of a facility location problem.
const (
	cflpPeriod  = "2026"
	cflpVehicle = "unit"  // what customers ask for
	cflpToken   = "token" // one for each customer who asks for nothing and yet costs something
)

// noCurrency is the code of ISO 4217 for money of public instances, which say no currency.
const noCurrency = "XXX"

// leftOut are assumptions that say what public instances are without: a currency, energy, labour.
func leftOut() [][]string {
	return [][]string{
		{"no-currency", "case", "*", "base_currency", noCurrency, "The instance has numbers without a currency or a unit"},
		{"no-energy", "energy", "*", "*", "*", "The instance has no energy"},
		{"no-labour", "labour", "*", "*", "*", "The instance has no labour"},
	}
}

// WriteCase writes the problem as a case whose cost objective is that of the problem, in its own unit: a facility is a
// greenfield plant that the plan may open, with one line; a customer is a market whose whole demand must be met; the cost of
// serving it is that of a lane, per vehicle.
//
// A customer without demand has a cost all the same, which is due once: it becomes a market for one vehicle of a second kind,
// which every plant that is open has room for on a line of its own.
func (p *CFLP) WriteCase(dir, id, source string) error {
	settings := fmt.Sprintf(`case_id: %s
title: Capacitated facility location, %s
price_year: %s
discount_rate: 0
terminal_rule: none
`, id, id, cflpPeriod)
	tables := []csvTable{
		{"period", [][]string{{"period_id", "from", "to"}, {cflpPeriod, cflpPeriod + "-01-01", cflpPeriod + "-12-31"}}},
		p.plantTable(), p.lineTable(), p.vehicleTable(), p.placeTable(), p.marketTable(), p.demandTable(), p.laneTable(),
		{"assumption", p.assumptions(source)},
	}
	return writeCase(dir, settings, tables)
}

// number is i+1 with as many digits as n has, so that names sort as the file has them.
func number(prefix string, i, n int) string {
	return fmt.Sprintf("%s%0*d", prefix, len(fmt.Sprint(n)), i+1)
}

func (p *CFLP) plant(i int) string  { return number("f", i, len(p.Capacity)) }
func (p *CFLP) market(j int) string { return number("c", j, len(p.Demand)) }

// tokens is how many customers ask for nothing and cost something.
func (p *CFLP) tokens() int {
	n := 0
	for j := range p.Demand {
		if p.vehicleFor(j) == cflpToken {
			n++
		}
	}
	return n
}

// vehicleFor is the vehicle that a customer takes, "" where it neither asks for anything nor costs anything.
func (p *CFLP) vehicleFor(j int) string {
	if p.Demand[j] > 0 {
		return cflpVehicle
	}
	for _, c := range p.Cost[j] {
		if c > 0 {
			return cflpToken
		}
	}
	return ""
}

// units is the demand of a customer in vehicles.
func (p *CFLP) units(j int) float64 {
	if p.vehicleFor(j) == cflpToken {
		return 1
	}
	return p.Demand[j]
}

func (p *CFLP) plantTable() csvTable {
	rows := [][]string{{"plant_id", "use", "initial_state", "cost_reopen", "fixed_cost_open", "severance"}}
	for i := range p.Capacity {
		rows = append(rows, []string{p.plant(i), "consider", "greenfield", millions(p.Fixed[i]), "0", "0"})
	}
	return csvTable{"plant", rows}
}

// millions is an amount in millions, with its decimal point moved and no digit lost.
func millions(v float64) string {
	whole, fraction, _ := strings.Cut(decimal(v), ".")
	if pad := 7 - len(whole); pad > 0 {
		whole = strings.Repeat("0", pad) + whole
	}
	cut := len(whole) - 6
	return strings.TrimSuffix(strings.TrimRight(whole[:cut]+"."+whole[cut:]+fraction, "0"), ".")
}

func (p *CFLP) lineTable() csvTable {
	rows := [][]string{{"line_id", "plant", "capacity_year"}}
	tokens := p.tokens()
	for i, c := range p.Capacity {
		rows = append(rows, []string{p.plant(i) + "-line", p.plant(i), decimal(c)})
		if tokens > 0 {
			rows = append(rows, []string{p.plant(i) + "-token", p.plant(i), decimal(float64(tokens))})
		}
	}
	return csvTable{"line", rows}
}

func (p *CFLP) vehicleTable() csvTable {
	rows := [][]string{{"vehicle_id"}, {cflpVehicle}}
	if p.tokens() > 0 {
		rows = append(rows, []string{cflpToken})
	}
	return csvTable{"vehicle", rows}
}

func (p *CFLP) placeTable() csvTable {
	rows := [][]string{{"vehicle", "line", "retool"}}
	for i := range p.Capacity {
		rows = append(rows, []string{cflpVehicle, p.plant(i) + "-line", "0"})
		if p.tokens() > 0 {
			rows = append(rows, []string{cflpToken, p.plant(i) + "-token", "0"})
		}
	}
	return csvTable{"vehicle_line", rows}
}

func (p *CFLP) marketTable() csvTable {
	rows := [][]string{{"market_id"}}
	for j := range p.Demand {
		if p.vehicleFor(j) != "" {
			rows = append(rows, []string{p.market(j)})
		}
	}
	return csvTable{"market", rows}
}

func (p *CFLP) demandTable() csvTable {
	rows := [][]string{{"vehicle", "market", "volume", "min_service"}}
	for j := range p.Demand {
		if v := p.vehicleFor(j); v != "" {
			rows = append(rows, []string{v, p.market(j), decimal(p.units(j)), "100"})
		}
	}
	return csvTable{"demand", rows}
}

func (p *CFLP) laneTable() csvTable {
	rows := [][]string{{"origin", "destination", "cost"}}
	for i := range p.Capacity {
		for j := range p.Demand {
			if p.vehicleFor(j) != "" {
				rows = append(rows, []string{p.plant(i), p.market(j), decimal(p.Cost[j][i] / p.units(j))})
			}
		}
	}
	return csvTable{"lane", rows}
}

// assumptions say where every figure is from.
func (p *CFLP) assumptions(source string) [][]string {
	rows := [][]string{{"assumption_id", "table", "selector", "column", "value", "reason"}}
	for _, t := range []string{"case", "plant", "line", "vehicle_line", "demand", "lane"} {
		rows = append(rows, []string{"instance-" + t, t, "*", "*", "*", source})
	}
	return append(rows, leftOut()...)
}

// Objective is the cost of opening facilities and serving each customer by shares (customer, facility).
func (p *CFLP) Objective(open []bool, share [][]float64) float64 {
	sum := 0.0
	for i, is := range open {
		if is {
			sum += p.Fixed[i]
		}
	}
	for j, row := range share {
		for i, s := range row {
			sum += s * p.Cost[j][i]
		}
	}
	return sum
}

// Feasible says what a point breaks by more than a relative tolerance, "" where it breaks nothing.
func (p *CFLP) Feasible(open []bool, share [][]float64, tolerance float64) string {
	load := make([]float64, len(p.Capacity))
	for j, row := range share {
		sum := 0.0
		for i, s := range row {
			if s < -tolerance || (s > tolerance && !open[i]) {
				return fmt.Sprintf("customer %d gets %g from facility %d, which is %v", j+1, s, i+1, open[i])
			}
			sum += s
			load[i] += s * p.Demand[j]
		}
		if math.Abs(sum-1) > tolerance {
			return fmt.Sprintf("customer %d gets %g of its demand", j+1, sum)
		}
	}
	for i, l := range load {
		if l > p.Capacity[i]*(1+tolerance) {
			return fmt.Sprintf("facility %d serves %g of %g", i+1, l, p.Capacity[i])
		}
	}
	return ""
}
