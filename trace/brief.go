package trace

import (
	"slices"

	"headroom"
	"headroom/audit"
)

// asked is what a brief is about: its main target, the regions of that, and the period.
type asked struct {
	target  *headroom.Target
	regions []string
	period  string
}

// question finds what the brief is about, as answer does: the last period of the brief that has a target.
func (t *Tracer) question() asked {
	q := asked{}
	for _, r := range t.results["brief_output"] {
		q.period = r.text("period")
	}
	for _, r := range t.results["brief_output"] {
		if _, there := r["target"]; there {
			q.period = r.text("period")
		}
	}
	for i := range t.c.Targets {
		if target := &t.c.Targets[i]; q.target == nil && (target.Period == q.period || target.Period == "*") {
			q.target, q.regions = target, target.Regions
		}
	}
	return q
}

// targetOf adds the target of the question.
func (g *gathering) targetOf(q asked) {
	if q.target != nil {
		g.of("target", "target_id", q.target.ID)
	}
}

func (t *Tracer) outputRests(g *gathering, q asked, period, column string) string {
	switch column {
	case "target":
		g.targetOf(q)
		return "the target, for the length of the period"
	case "forecast":
		g.of("forecast", "period", period)
		return "the newest forecast for the period"
	}
	g.built(q.regions, period)
	return "the sum of what the plants of the target build"
}

// causeRests is what a part of the gap between plan and target rests on.
func (t *Tracer) causeRests(g *gathering, q asked, cause string) string {
	g.results("brief_output", "units", func(r Row) bool { return r.text("period") == q.period })
	g.targetOf(q)
	switch cause {
	case "capacity":
		for _, p := range t.c.Plants {
			if t.inside(p.ID, q.regions) {
				for _, l := range t.linesOf(p.ID) {
					g.line(l)
				}
			}
		}
		return "the target against the capacity of the plants: a plan of its own"
	case "signature":
		for _, a := range t.c.Arrangements {
			if !a.Status.Fact() && !a.Status.Dead() {
				g.deal(a.ID)
			}
		}
	}
	g.region(q.regions, q.period)
	return "the difference between two plans of the most that can be built: with and without what the cause names"
}

// dealRests is what the worth or the volume of a deal rests on: the deal itself, the vehicles it would bring, the lines it would
// use.
func (t *Tracer) dealRests(g *gathering, q asked, id, column string) string {
	g.deal(id)
	if column == "status" {
		return "the last step of the deal"
	}
	for _, k := range t.c.VehicleLines {
		if k.Arrangement == id {
			g.build(k.Vehicle, k.Line, k.Content, "")
			for _, other := range t.c.VehicleLines {
				if other.Vehicle == k.Vehicle && other.Line != k.Line {
					g.place(other.Vehicle, other.Line, other.Content)
				}
			}
		}
	}
	if column == "worth_low" || column == "worth_high" {
		g.results("brief_proof", "objective", func(Row) bool { return true })
		return "the value of the plan with the deal less that of the plan without it, as far as the two are proved"
	}
	return "what is built under the deal in " + q.period + " in a plan in which it is signed"
}

// partFigures are the tables and columns behind each part of the cost of a vehicle by route.
var partFigures = map[string][]string{
	"labour": {"labour"}, "energy": {"energy"}, "overhead": {"plant", "energy", "line", "shift_pattern"}, "content": {"vehicle_line"},
	"tooling": {"vehicle_line"}, "freight": {"lane"}, "duty": {"duty", "demand"},
}

// routeRests is what a part of the cost of the question's vehicle by one route rests on: figures of the route's plant and of the
// home plant that it is compared with.
func (t *Tracer) routeRests(g *gathering, r Row) string {
	vehicle, market := t.c.QuestionVehicle, t.c.QuestionMarket
	all := t.gather()
	all.trade(vehicle, r.text("plant"), market)
	all.demand(vehicle, market, "")
	for _, k := range t.c.VehicleLines {
		plant := t.plantOf(k.Line)
		home := k.Arrangement == "" && k.CommittedUntil != 0
		if k.Vehicle != vehicle || !home && (plant != r.text("plant") || k.Content != r.text("content")) {
			continue
		}
		all.rows("vehicle_line", func(row Row) bool {
			return row.text("vehicle") == vehicle && row.text("line") == k.Line && row.text("content") == k.Content
		})
		all.plant(plant)
		all.line(k.Line)
	}
	part := r.text("part")
	for _, ref := range all.refs {
		f := splitRef(ref)
		if part == "all" || f.Table == "fx_rate" || slices.Contains(partFigures[part], f.Table) {
			g.add(ref)
		}
	}
	if part == "all" || part == "tooling" {
		g.columns("question_volume").settings()
		g.columns()
	}
	return "the figures of the route, less those of the plant at home, by the formula of its part"
}

// sentenceRests is what a number of the brief's sentence rests on.
func (t *Tracer) sentenceRests(g *gathering, q asked, figure string) string {
	output := func(column string) {
		g.results("brief_output", column, func(r Row) bool { return r.text("period") == q.period })
	}
	cause := func(name string) {
		g.results("brief_binds", "units", func(r Row) bool { return r.text("cause") == name })
	}
	switch figure {
	case headroom.FigureTarget:
		g.targetOf(q)
		return "the target"
	case headroom.FigureShort:
		output("target")
		output("units")
		return "the target less what is built"
	case headroom.FigureUnsigned:
		for _, a := range t.c.Arrangements {
			if !a.Status.Fact() && !a.Status.Dead() {
				g.deal(a.ID)
			}
		}
		return "a count of the deals that are neither signed nor called off"
	case headroom.FigureDeals:
		cause("signature")
		return "what binds for want of a signature"
	case headroom.FigurePays:
		output("units")
		g.results("brief_supply_curve", "units", func(r Row) bool { return r.text("support") == "0" })
		return "the supply curve at no support, less what is built"
	case headroom.FigureNoProgramme:
		cause("programme")
		return "what binds for want of a programme"
	}
	output("units")
	return "the sum of what the plants of the target build"
}

// spreadRests is what the spread of the output rests on: the forecasts that were scored with what happened, and the yearly totals
// that "nothing changes" is scored on.
func (t *Tracer) spreadRests(g *gathering, q asked, column string) string {
	if column == "low" || column == "high" {
		g.results("brief_output", "units", func(r Row) bool { return r.text("period") == q.period })
	}
	scores, _ := audit.ScoreForecasts(t.c)
	for _, s := range scores {
		if t.claims[s.Claim] != nil {
			g.add("claim/" + s.Claim)
		}
		for _, id := range s.Outturn {
			if t.claims[id] != nil {
				g.add("claim/" + id)
			}
		}
	}
	return "how far forecasts that were scored have missed: see headroom calibrate"
}
