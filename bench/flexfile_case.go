package bench

import (
	"fmt"
	"math"
	"strings"

	"headroom/flex"
)

// Names in the case of a flexibility instance.
const (
	flexPeriod = "2026"
	flexMarket = "all"
)

// Designs of a case made from a flexibility instance.
const (
	FlexBase  = "base"
	FlexChain = "chain"
	FlexFull  = "full"
)

// links are those of a design.
func (f *FlexFile) designLinks(design string) ([]flex.Link, error) {
	n := &flex.Network{Capacity: f.Capacity, Vehicles: len(f.Vehicles), Links: f.Base}
	switch design {
	case FlexBase:
		return f.Base, nil
	case FlexChain:
		return n.With(flex.Chain(n, f.Mean)...).Links, nil
	case FlexFull:
		return n.Full().Links, nil
	}
	return nil, fmt.Errorf("-design %q is unknown; there are base, chain and full", design)
}

// WriteCase writes the instance as a case in its own unit of volume, whose sales headroom flex finds. A plant has one line. Links are
// rows of vehicle_line that are committed and cost nothing; others that have a cost are rows that can be retooled. Where
// profits differ a vehicle has a market of its own, its price is its best profit, and what it brings less in a plant is freight.
func (f *FlexFile) WriteCase(dir, id, design string) error {
	links, err := f.designLinks(design)
	if err != nil {
		return err
	}
	settings := fmt.Sprintf(`case_id: %s
title: Flexibility, %s, %s
price_year: %s
discount_rate: 0
terminal_rule: none
`, id, id, design, flexPeriod)
	tables := []csvTable{
		{"period", [][]string{{"period_id", "from", "to"}, {flexPeriod, flexPeriod + "-01-01", flexPeriod + "-12-31"}}},
	}
	plants, lines := [][]string{{"plant_id", "fixed_cost_open"}}, [][]string{{"line_id", "plant", "capacity_year"}}
	for p, c := range f.Capacity {
		plants = append(plants, []string{f.plant(p), "0"})
		lines = append(lines, []string{f.plant(p) + "-line", f.plant(p), decimal(c)})
	}
	tables = append(tables, csvTable{"plant", plants}, csvTable{"line", lines}, f.placeTable(links))
	tables = append(tables, f.demandTables()...)
	rows := [][]string{{"assumption_id", "table", "selector", "column", "value", "reason"}}
	for _, t := range []string{"case", "plant", "line", "vehicle_line", "demand", "uncertain", "lane"} {
		if t != "lane" || f.laned() {
			rows = append(rows, []string{"instance-" + t, t, "*", "*", "*", "Given by the instance " + id})
		}
	}
	rows = append(rows, leftOut()...)
	return writeCase(dir, settings, append(tables, csvTable{"assumption", rows}))
}

func (f *FlexFile) plant(p int) string { return number("p", p, len(f.Capacity)) }

// vehicle is a product's name as a key; with its number before it where two names look alike, as I and l do.
func (f *FlexFile) vehicle(v int) string {
	id := number("v", v, len(f.Vehicles))
	name := Key(f.Vehicles[v], id)
	if f.numbered {
		return id + "-" + name
	}
	return name
}

// alike reports whether two names would be one key, or look like one.
func (f *FlexFile) alike() bool {
	look := strings.NewReplacer("l", "i", "1", "i", "0", "o", "rn", "m")
	seen := map[string]bool{}
	for v, name := range f.Vehicles {
		s := look.Replace(strings.ToLower(Key(name, number("v", v, len(f.Vehicles)))))
		if seen[s] {
			return true
		}
		seen[s] = true
	}
	return false
}

func (f *FlexFile) placeTable(links []flex.Link) csvTable {
	rows := [][]string{{"vehicle", "line", "committed_until", "min_run", "retool"}}
	there := map[flex.Link]bool{}
	for _, l := range links {
		there[l] = true
	}
	for p := range f.Capacity {
		for v := range f.Vehicles {
			switch l := (flex.Link{Plant: p, Vehicle: v}); {
			case there[l]:
				rows = append(rows, []string{f.vehicle(v), f.plant(p) + "-line", flexPeriod + "-12-31", "0", "0"})
			case f.Cost != nil && f.Cost[p][v] > 0:
				rows = append(rows, []string{f.vehicle(v), f.plant(p) + "-line", "", "0", millions(f.Cost[p][v])})
			}
		}
	}
	return csvTable{"vehicle_line", rows}
}

// demandTables are vehicles, markets, demand, its spread, and lanes.
func (f *FlexFile) demandTables() []csvTable {
	vehicles, markets := [][]string{{"vehicle_id", "name"}}, [][]string{{"market_id"}}
	demand := [][]string{{"vehicle", "market", "volume", "lost_sale"}}
	spread := [][]string{{"factor_id", "vehicles", "distribution", "sd", "low", "high", "truncation"}}
	lanes := [][]string{{"origin", "destination", "cost"}}
	if f.Profit == nil {
		markets = append(markets, []string{flexMarket})
	} else {
		demand[0] = []string{"vehicle", "market", "volume", "price_net", "contribution"}
	}
	for v, mean := range f.Mean {
		id := f.vehicle(v)
		vehicles = append(vehicles, []string{id, f.Vehicles[v]})
		if f.Profit == nil {
			demand = append(demand, []string{id, flexMarket, decimal(mean), "0"})
		} else {
			best := 0.0
			for p := range f.Capacity {
				best = max(best, f.Profit[p][v])
			}
			markets = append(markets, []string{id})
			demand = append(demand, []string{id, id, decimal(mean), decimal(best), "100"})
			for p := range f.Capacity {
				if less := best - f.Profit[p][v]; less > 0 {
					lanes = append(lanes, []string{f.plant(p), id, decimal(less)})
				}
			}
		}
		if mean > 0 && f.SD[v] > 0 {
			spread = append(spread, append([]string{id, id}, f.spreadCells(v)...))
		}
	}
	if len(spread) == 1 { // a row that says that nothing is uncertain
		spread = append(spread, []string{"none", "*", "normal", "0%", "", "", "none"})
	}
	out := []csvTable{{"vehicle", vehicles}, {"market", markets}, {"demand", demand}, {"uncertain", spread}}
	if len(lanes) > 1 {
		out = append(out, csvTable{"lane", lanes})
	}
	return out
}

// spreadCells are distribution, sd, low, high and truncation of a product. A bound below zero is written as zero.
func (f *FlexFile) spreadCells(v int) []string {
	mean, sd := f.Mean[v], f.SD[v]
	percent := func(x float64) string { return decimal(math.Max(0, 100*x/mean)) + "%" }
	if f.Dist == "uniform" {
		half := sd * math.Sqrt(3)
		return []string{"uniform", "", percent(mean - half), percent(mean + half), ""}
	}
	if f.Truncation == "none" {
		return []string{"normal", percent(sd), "", "", "none"}
	}
	return []string{"normal", percent(sd), percent(mean - f.Bound*sd), percent(mean + f.Bound*sd), f.Truncation}
}

// Cut reports whether the bounds of a truncation were cut at zero.
func (f *FlexFile) Cut() bool {
	for v, mean := range f.Mean {
		if f.Dist == "normal" && f.Truncation != "none" && mean-f.Bound*f.SD[v] < 0 {
			return true
		}
	}
	return false
}

// laned reports whether a vehicle brings less in one plant than in another.
func (f *FlexFile) laned() bool {
	for p := range f.Profit {
		for v := range f.Vehicles {
			if f.Profit[p][v] != f.Profit[0][v] {
				return true
			}
		}
	}
	return false
}
