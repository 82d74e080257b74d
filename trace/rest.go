package trace

import (
	"slices"
	"strings"

	"headroom"
)

// What a number of a plan rests on. In a best plan everything depends a little on everything; a trace names what is near: the
// figures of the vehicle, line, plant, market, deal and period that the number is about, in the tables that the planner reads
// for it, and the other results that it is worked out from.

// gathering collects references, each once.
type gathering struct {
	t    *Tracer
	refs []string
	seen map[string]bool
	only []string // the columns that count; nil is all
}

func (t *Tracer) gather() *gathering { return &gathering{t: t, seen: map[string]bool{}} }

func (g *gathering) add(refs ...string) {
	for _, r := range refs {
		if !g.seen[r] {
			g.seen[r] = true
			g.refs = append(g.refs, r)
		}
	}
}

// rows adds the figures of the rows of a table that are wanted, and the exchange rates of their currencies.
func (g *gathering) rows(table string, wanted func(Row) bool) {
	for _, key := range g.t.keys[table] {
		row := g.t.cells[table][key]
		if !wanted(row) {
			continue
		}
		any := false
		for _, column := range g.t.labelled[table][key] {
			if g.only == nil || slices.Contains(g.only, column) {
				g.add(headroom.Ref{Table: table, Key: key, Column: column}.String())
				any = true
			}
		}
		if ccy := row.text("currency"); any && table != "fx_rate" && ccy != "" && ccy != g.t.c.BaseCurrency {
			g.exchange(ccy)
		}
	}
}

// exchange adds the rates of a currency.
func (g *gathering) exchange(ccy string) {
	only := g.only
	g.only = nil
	g.rows("fx_rate", func(r Row) bool { return r.text("from_ccy") == ccy || r.text("to_ccy") == ccy })
	g.only = only
}

// columns limits what is added next to some columns; none is no limit.
func (g *gathering) columns(names ...string) *gathering {
	g.only = names
	return g
}

// of adds the rows in which a column has a value.
func (g *gathering) of(table, column, value string) {
	g.rows(table, func(r Row) bool { return r.text(column) == value })
}

// ofPlant adds the rows of a plant, and those for every plant: of labour only where it has none of its own.
func (g *gathering) ofPlant(table, plant string) {
	if own := g.t.cells[table][plant] != nil; !own || table != "labour" {
		g.of(table, "plant", "*")
	}
	g.of(table, "plant", plant)
}

func (g *gathering) settings() { g.rows("case", func(Row) bool { return true }) }

// demand adds the demand for a vehicle in a market, or in all where it is "", in a period, or in all.
func (g *gathering) demand(vehicle, market, period string) {
	exact := func(m string) bool { return g.t.cells["demand"][vehicle+":"+m+":"+period] != nil }
	g.rows("demand", func(r Row) bool {
		m, p := r.text("market"), r.text("period")
		return r.text("vehicle") == vehicle && (market == "" || m == market) &&
			(period == "" || p == period || p == "*" && !exact(m))
	})
}

// line adds the figures of a line and of the shift patterns that it can work.
func (g *gathering) line(line string) {
	g.of("line", "line_id", line)
	g.rows("shift_pattern", func(r Row) bool {
		list := strings.Fields(r.text("lines"))
		return len(list) == 0 || slices.Contains(list, line)
	})
}

// plant adds the figures of a plant itself: fixed cost, labour, energy.
func (g *gathering) plant(plant string) {
	g.of("plant", "plant_id", plant)
	g.ofPlant("labour", plant)
	g.ofPlant("energy", plant)
}

// linesOf are the lines of a plant.
func (t *Tracer) linesOf(plant string) []string {
	var out []string
	for _, l := range t.c.Lines {
		if l.Plant == plant {
			out = append(out, l.ID)
		}
	}
	return out
}

// plantOf is the plant of a line.
func (t *Tracer) plantOf(line string) string { return t.cells["line"][line].text("plant") }

// regionOf is the region of a plant.
func (t *Tracer) regionOf(plant string) string { return t.cells["plant"][plant].text("region") }

// territory is the customs territory of a region.
func (t *Tracer) territory(region string) string {
	if s := t.cells["region"][region].text("customs_territory"); s != "" {
		return s
	}
	return region
}

// inside reports whether a plant counts for the regions of a target.
func (t *Tracer) inside(plant string, regions []string) bool {
	return len(regions) == 0 || slices.Contains(regions, "*") || slices.Contains(regions, t.regionOf(plant))
}

// place adds what lets a vehicle be built on a line: its row, the vehicle, the deal that it needs.
func (g *gathering) place(vehicle, line, content string) {
	g.of("vehicle", "vehicle_id", vehicle)
	g.rows("vehicle_line", func(r Row) bool {
		return r.text("vehicle") == vehicle && r.text("line") == line && (content == "" || r.text("content") == content)
	})
	for _, k := range g.t.c.VehicleLines {
		if k.Vehicle == vehicle && k.Line == line && (content == "" || k.Content == content) && k.Arrangement != "" {
			g.deal(k.Arrangement)
		}
	}
}

// deal adds the status of a deal and its terms.
func (g *gathering) deal(id string) {
	if g.t.cells["arrangement"][id] != nil && (g.only == nil || slices.Contains(g.only, "status")) {
		g.add("arrangement/" + id + "/status")
	}
	g.of("term", "arr_id", id)
}

// trade adds what it costs to bring a vehicle from a plant to a market: the lane that counts, the duties, the quotas.
func (g *gathering) trade(vehicle, plant, market string) {
	t := g.t
	from, to := t.regionOf(plant), t.cells["market"][market].text("region")
	best := ""
	for _, key := range []string{plant + ":" + market, plant + ":" + to, from + ":" + market, from + ":" + to} {
		if best == "" && t.cells["lane"][key] != nil {
			best = key
			g.rows("lane", func(r Row) bool { return r.text("origin")+":"+r.text("destination") == key })
		}
	}
	importer, origin := t.territory(to), t.territory(from)
	if importer == origin {
		return
	}
	v := t.cells["vehicle"][vehicle]
	either := func(got, want string) bool { return got == "*" || got == "" || got == want }
	g.rows("duty", func(r Row) bool {
		return r.text("importer") == importer && either(r.text("origin"), origin) && either(r.text("powertrain"), v.text("powertrain")) &&
			t.member(v.text("maker_org"), r.text("maker_org"))
	})
	g.rows("quota", func(r Row) bool { return r.text("importer") == importer && r.text("origin") == origin })
}

// member reports whether an org is, or belongs to, another one; "*" is anybody.
func (t *Tracer) member(org, of string) bool {
	if of == "*" || of == "" {
		return true
	}
	for range 8 { // groups are not deeper, and a circle of parents ends here
		if org == of {
			return true
		}
		if org = t.parentOf[org]; org == "" {
			return false
		}
	}
	return false
}

// markets are the markets that have a demand for a vehicle.
func (t *Tracer) markets(vehicle string) []string {
	var out []string
	for _, d := range t.c.Demands {
		if d.Vehicle == vehicle {
			out = append(out, d.Market)
		}
	}
	return distinct(out)
}

// build adds all that decides how many of a vehicle a line builds in a period.
func (g *gathering) build(vehicle, line, content, period string) {
	plant := g.t.plantOf(line)
	g.demand(vehicle, "", period)
	g.place(vehicle, line, content)
	g.line(line)
	g.plant(plant)
	for _, m := range g.t.markets(vehicle) {
		g.trade(vehicle, plant, m)
	}
	g.targets(plant, period)
	g.settings()
}

// targets adds the targets that a plant counts for in a period and that move a plan: those that are hard or have a penalty.
func (g *gathering) targets(plant, period string) {
	for _, target := range g.t.c.Targets {
		moves := target.Hard || target.Penalty.Set
		if moves && (period == "" || target.Period == period || target.Period == "*") && g.t.inside(plant, target.Regions) {
			g.of("target", "target_id", target.ID)
		}
	}
}

// results adds the numbers of the rows of a table of results that are wanted.
func (g *gathering) results(table, column string, wanted func(Row) bool) {
	for _, r := range g.t.results[table] {
		if _, there := r[column]; there && wanted(r) {
			g.add(resultRef(table, r, column))
		}
	}
}

// region adds all that could be built in regions in a period, by whatever deal or candidate.
func (g *gathering) region(regions []string, period string) {
	for _, k := range g.t.c.VehicleLines {
		if g.t.inside(g.t.plantOf(k.Line), regions) {
			g.build(k.Vehicle, k.Line, k.Content, period)
		}
	}
}
