package trace

import (
	"slices"
	"strings"

	"headroom"
)

// restsOn collects what a number of a row of results rests on, and says how it comes from that.
func (t *Tracer) restsOn(g *gathering, table string, r Row, column string) string {
	vehicle, line, plant, market, period := r.text("vehicle"), r.text("line"), r.text("plant"), r.text("market"), r.text("period")
	switch table {
	case "output":
		g.build(vehicle, line, r.text("content"), period)
		return "chosen by the plan within demand, capacity, commitments and deals, by what costs least"
	case "flow":
		g.demand(vehicle, market, period)
		g.trade(vehicle, plant, market)
		g.results("output", "units", func(o Row) bool {
			return o.text("vehicle") == vehicle && o.text("plant") == plant && o.text("period") == r.text("period")
		})
		return "chosen by the plan: what the plant builds, sent where the demand is by the cheapest way"
	case "lost":
		g.demand(vehicle, market, period)
		g.results("flow", "units", func(f Row) bool {
			return f.text("vehicle") == vehicle && f.text("market") == market && f.text("period") == period
		})
		for _, k := range t.c.VehicleLines {
			if k.Vehicle == vehicle {
				g.place(vehicle, k.Line, k.Content)
				g.line(k.Line)
			}
		}
		return "demand less what is sent"
	case "alloc":
		g.demand(vehicle, "", period)
		g.place(vehicle, line, r.text("content"))
		g.line(line)
		return "a commitment, or chosen by the plan"
	case "shift":
		g.line(line)
		g.ofPlant("labour", t.plantOf(line))
		g.results("output", "units", func(o Row) bool { return o.text("line") == line && o.text("period") == period })
		return "the shift pattern that what is built needs, times the capacity of the line"
	case "rest":
		return t.leftRests(g, r)
	case "plant_state":
		g.plant(plant)
		for _, l := range t.linesOf(plant) {
			g.line(l)
		}
		return "as the case fixes it, or chosen by the plan"
	case "deal":
		id := r.text("deal")
		g.deal(id)
		for _, k := range t.c.VehicleLines {
			if k.Arrangement == id {
				g.place(k.Vehicle, k.Line, k.Content)
				g.results("output", "units", func(o Row) bool {
					return o.text("vehicle") == k.Vehicle && o.text("line") == k.Line && o.text("content") == k.Content && o.text("period") == period
				})
			}
		}
		return "what is built under the deal"
	case "target":
		return t.targetRests(g, r, column)
	case "cash":
		return t.cashRests(g, r)
	case "binding":
		return t.limitRests(g, r)
	case "discount":
		g.columns("discount_rate").settings()
		return "1 / (1 + discount rate) to the power of the middle of the period in years"
	}
	return t.briefRests(g, table, r, column)
}

func (t *Tracer) targetRests(g *gathering, r Row, column string) string {
	g.of("target", "target_id", r.text("target_id"))
	if column == "target" {
		return "the target, for the length of the period"
	}
	for _, target := range t.c.Targets {
		if target.ID == r.text("target_id") {
			g.built(target.Regions, r.text("period"))
		}
	}
	if column == "gap" {
		return "the target less what is built"
	}
	return "the sum of what is built"
}

// built adds what the plants of regions build in a period.
func (g *gathering) built(regions []string, period string) {
	g.results("output", "units", func(o Row) bool { return o.text("period") == period && g.t.inside(o.text("plant"), regions) })
}

// accountFigures are the tables and columns that an account is worked out from, besides the volumes of the plan.
var accountFigures = map[headroom.Account]map[string][]string{
	headroom.AccRevenue:       {"demand": {"price_net", "contribution"}},
	headroom.AccLostSales:     {"demand": {"lost_sale", "price_net", "contribution"}},
	headroom.AccMaterial:      {"demand": {"price_net", "contribution"}, "vehicle_line": {"unit_material"}},
	headroom.AccContent:       {"vehicle_line": {"content_cost"}},
	headroom.AccLabour:        {"labour": nil},
	headroom.AccCrew:          {"labour": nil, "shift_pattern": nil, "line": {"capacity_year"}},
	headroom.AccOvertime:      {"labour": nil, "shift_pattern": nil},
	headroom.AccEnergy:        {"energy": nil},
	headroom.AccLogistics:     {"lane": nil},
	headroom.AccDuty:          {"duty": nil, "quota": nil, "demand": {"customs_value", "price_net"}},
	headroom.AccFixed:         {"plant": nil, "line": {"capacity_year"}},
	headroom.AccPatternChange: {"shift_pattern": {"change_cost"}},
	headroom.AccRetooling:     {"vehicle_line": {"retool"}},
	headroom.AccSeverance:     {"plant": nil, "line": {"capacity_year"}},
	headroom.AccMothballing:   {"plant": nil},
	headroom.AccClosing:       {"plant": nil},
	headroom.AccReopening:     {"plant": nil},
	headroom.AccDealFee:       {"term": nil},
	headroom.AccTarget:        {"target": nil},
}

// cashRests adds the prices and costs behind an account of an owner, and the volumes of what the owner makes or hosts.
func (t *Tracer) cashRests(g *gathering, r Row) string {
	org, period, account := r.text("org"), r.text("period"), headroom.Account(r.text("account"))
	if account == headroom.AccTerminal {
		g.results("rest", "back", func(o Row) bool { return o.text("org") == org })
		return "what comes back at the end of the horizon of what the owner paid once, less what of receipts is taken back"
	}
	all := g.t.gather()
	var outputs []Row
	for _, o := range t.results["output"] {
		mine := t.cells["vehicle"][o.text("vehicle")].text("maker_org") == org || t.cells["plant"][o.text("plant")].text("owner_org") == org
		if mine && o.text("period") == period {
			outputs = append(outputs, o)
			all.build(o.text("vehicle"), o.text("line"), o.text("content"), period)
		}
	}
	for _, p := range t.c.Plants {
		if p.Owner == org || t.cells["plant"][p.ID].text("owner_org") == org {
			all.plant(p.ID)
			for _, l := range t.linesOf(p.ID) {
				all.line(l)
			}
		}
	}
	for _, a := range t.c.Arrangements {
		if a.Host == org || a.Guest == org {
			all.deal(a.ID)
		}
	}
	wanted, known := accountFigures[account]
	for _, ref := range all.refs {
		f := splitRef(ref)
		columns, ok := wanted[f.Table]
		if !known || f.Table == "fx_rate" || ok && (columns == nil || slices.Contains(columns, f.Column)) {
			g.add(ref)
		}
	}
	for _, o := range outputs {
		g.add(resultRef("output", o, "units"))
	}
	return "volumes of the plan times the figures below, by owner; the money is counted again by code that shares nothing with the plan"
}

// leftRests adds what of a change is unused at the end of the horizon, and what it earns there, rests on: its cost, its life, its
// dates, the rate, and the output of its place in the last year.
func (t *Tracer) leftRests(g *gathering, r Row) string {
	vehicle, line, plant := r.text("vehicle"), r.text("line"), r.text("plant")
	g.columns("discount_rate").settings()
	g.columns()
	if vehicle == "" {
		g.plant(plant)
	} else {
		g.place(vehicle, line, r.text("content"))
		g.line(line)
	}
	last := t.c.Periods[len(t.c.Periods)-1].To.Year()
	for _, p := range t.c.Periods {
		if p.To.Year() != last {
			continue
		}
		g.results("output", "units", func(o Row) bool {
			return o.text("plant") == plant && o.text("period") == p.ID && (vehicle == "" || o.text("vehicle") == vehicle)
		})
	}
	return "the share of its life that is left at the end of the horizon, no more than what it stands for earns in the last year"
}

// limitRests adds the figures of whatever the key of a limit names.
func (t *Tracer) limitRests(g *gathering, r Row) string {
	period := r.text("period")
	for word := range strings.SplitSeq(r.text("key"), ":") {
		switch {
		case t.cells["line"][word] != nil:
			g.line(word)
			g.results("output", "units", func(o Row) bool { return o.text("line") == word && o.text("period") == period })
		case t.cells["plant"][word] != nil:
			g.plant(word)
			g.results("output", "units", func(o Row) bool { return o.text("plant") == word && o.text("period") == period })
		case t.cells["vehicle"][word] != nil:
			g.demand(word, "", period)
			g.results("output", "units", func(o Row) bool { return o.text("vehicle") == word && o.text("period") == period })
		case t.cells["arrangement"][word] != nil:
			g.deal(word)
		case t.cells["target"][word+":"+period] != nil:
			g.of("target", "target_id", word)
		}
	}
	if len(g.refs) == 0 {
		g.settings()
		g.rows("quota", func(q Row) bool { return strings.Contains(r.text("key"), q.text("importer")) })
	}
	return "what one vehicle more of the limit is worth to the plan, decisions fixed"
}

// briefRests collects what a number of a brief rests on.
func (t *Tracer) briefRests(g *gathering, table string, r Row, column string) string {
	q := t.question()
	switch table {
	case "brief_output":
		return t.outputRests(g, q, r.text("period"), column)
	case "brief_supply_curve":
		if column == "support" {
			g.targetOf(q)
			return "a level of support that was tried; no figure of the case"
		}
		g.targetOf(q)
		g.region(q.regions, q.period)
		return "what the plants of the target would build in " + q.period + " if every vehicle up to the target were supported, with every deal and candidate there to be taken up: a plan of its own"
	case "brief_binds":
		return t.causeRests(g, q, r.text("cause"))
	case "brief_plants":
		plant := r.text("plant")
		for _, l := range t.linesOf(plant) {
			g.line(l)
		}
		if column != "capacity" {
			g.results("output", "units", func(o Row) bool { return o.text("plant") == plant && o.text("period") == q.period })
			g.results("plant_state", "state", func(o Row) bool { return o.text("plant") == plant && o.text("period") == q.period })
		}
		return "capacity of the lines on the largest shift pattern beside what is built in " + q.period
	case "brief_deals":
		return t.dealRests(g, q, r.text("deal"), column)
	case "brief_cost_per_car":
		return t.routeRests(g, r)
	case "brief_rests_on":
		for _, ref := range t.Figures() {
			if column == "share" || string(t.c.Labels[splitRef(ref)].Basis) == r.text("basis") {
				g.add(ref)
			}
		}
		return "a count of the figures of the case"
	case "brief_proof":
		for _, ref := range t.Figures() {
			if !strings.HasPrefix(ref, "forecast/") && !strings.HasPrefix(ref, "outturn/") {
				g.add(ref)
			}
		}
		return "worked out with the plan from every figure that it reads"
	case "brief_spread":
		return t.spreadRests(g, q, column)
	case "brief_sentence":
		return t.sentenceRests(g, q, r.text("figure"))
	}
	return ""
}
