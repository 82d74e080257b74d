package report

import (
	"fmt"
	"html/template"
	"math"
	"strconv"

	"headroom"
)

// lifePart shows a simulation: the fan of output by period, and how likely the targets are.
func (r *page) lifePart() part {
	s := r.o.Simulation
	if s == nil || s.Paths == 0 {
		return part{}
	}
	return unprovedPart(part{
		ID: "lives", Title: "The plan in many lives", Figures: figures(r.fanFigure()), Tables: tables(chances(s, "How likely the targets are", s.Targets)), Folded: tables(chances(s, "How likely as much is in every period", s.ByYear)),
		Text: words("What the plan decides stays: plants, tooling, shift patterns, deals. Demand, money, duties, deals and stops turn out otherwise, and each week lines build what they can. The numbers rest on the plan, on the tables risk and outage_profile, and on the chances in arrangement."),
	}, r.o.SimulationProof)
}

// chances is a table of how likely targets are.
func chances(s *headroom.Simulation, title string, targets []headroom.SimTarget) grid {
	g := grid{
		Caption: fmt.Sprintf("%s, in %s lives of the plan", title, count(float64(s.Paths))),
		Head:    []head{{"Target", false}, {"Period", false}, {"Wanted", true}, {"Chance", true}, {"From", true}, {"To", true}, {"Most in any life", true}},
	}
	for _, t := range targets {
		g.add(cell{Text: t.Target}, cell{Text: t.Period}, cell{Text: count(t.Wanted)}, cell{Text: percent(t.Probability, 2)}, cell{Text: percent(t.Low, 2)}, cell{Text: percent(t.High, 2)}, cell{Text: count(t.Most)})
	}
	return g
}

// fan is the rows of the first series of output.
func (r *page) fan() []headroom.SimRow {
	var out []headroom.SimRow
	for _, x := range r.o.Simulation.Series {
		if x.Series == "output" && (len(out) == 0 || x.Of == out[0].Of) {
			out = append(out, x)
		}
	}
	return out
}

// fanFigure is the fan of output.
func (r *page) fanFigure() *figure {
	rows := r.fan()
	if len(rows) < 2 {
		return nil
	}
	f := &figure{
		Title: "Output of " + clean(rows[0].Of) + " in many lives",
		Note:  words("Half of all lives are in the dark band, nine in ten in the light one; the line is the middle life."),
		Table: grid{Caption: "Vehicles built by period", Head: []head{{"Period", false}, {"Plan", true}, {"Mean", true}, {"From", true}, {"To", true}, {"5 %", true}, {"25 %", true}, {"50 %", true}, {"75 %", true}, {"95 %", true}}},
	}
	for _, x := range rows {
		f.Table.add(cell{Text: x.Period}, cell{Text: count(x.Plan)}, cell{Text: count(x.Mean)}, cell{Text: count(x.Low)}, cell{Text: count(x.High)},
			cell{Text: count(x.P05)}, cell{Text: count(x.P25)}, cell{Text: count(x.P50)}, cell{Text: count(x.P75)}, cell{Text: count(x.P95)})
	}
	last := rows[len(rows)-1]
	f.Label = fmt.Sprintf("Fan of vehicles built by period. In %s the plan builds %s; nine lives in ten build from %s to %s.", clean(last.Period), count(last.Plan), count(last.P05), count(last.P95))
	return f.draw(func(l layout) template.HTML { return r.drawFan(l, rows) })
}

func (r *page) drawFan(l layout, rows []headroom.SimRow) template.HTML {
	v := &canvas{layout: l}
	keys := []key{{"curve", "Middle life", "line"}, {"fan2", "Half of lives", "square"}, {"fan", "Nine in ten", "square"}, {"base", "Plan", "line"}}
	top := 0.0
	for _, x := range rows {
		top = math.Max(top, math.Max(x.P95, x.Plan))
	}
	for _, t := range r.o.Simulation.Targets {
		top = math.Max(top, t.Wanted)
	}
	if len(r.o.Simulation.Targets) > 0 {
		keys = append(keys, key{"target", "Target", "line"})
	}
	y0 := v.legend(0, keys) + 6
	v.text("tm", start, 0, y0+v.small, v.small, "Vehicles in the period, thousands")
	y0 += v.small + 12
	height := 280.0
	if l.narrow {
		height = 220
	}
	bottom := y0 + height
	s, marks := axis(0, top*1.04, 6, bottom, y0)
	left := v.levels(s, marks)
	step := (v.w - left) / float64(len(rows))
	r.drawBands(v, s, rows, left, step)
	periods := make([]headroom.BriefOutput, len(rows))
	for i, x := range rows {
		periods[i].Period = x.Period
	}
	drawPeriods(v, periods, left, step, bottom+v.small+5)
	return v.done(bottom + v.small + 12)
}

// drawBands draws the bands, the middle life, the plan and the targets.
func (r *page) drawBands(v *canvas, s scale, rows []headroom.SimRow, left, step float64) {
	at := func(i int) float64 { return left + (float64(i)+0.5)*step }
	band := func(class string, low, high func(headroom.SimRow) float64) {
		var p []float64
		for i, x := range rows {
			p = append(p, at(i), s.at(high(x)))
		}
		for i := len(rows) - 1; i >= 0; i-- {
			p = append(p, at(i), s.at(low(rows[i])))
		}
		v.polygon(class, p...)
	}
	band("fan", func(x headroom.SimRow) float64 { return x.P05 }, func(x headroom.SimRow) float64 { return x.P95 })
	band("fan2", func(x headroom.SimRow) float64 { return x.P25 }, func(x headroom.SimRow) float64 { return x.P75 })
	var middle []float64
	for i, x := range rows {
		middle = append(middle, at(i), s.at(x.P50))
		if i > 0 {
			v.line("base", at(i-1), s.at(rows[i-1].Plan), at(i), s.at(x.Plan))
		}
	}
	v.polyline("curve", middle...)
	for _, t := range r.o.Simulation.Targets {
		for i, x := range rows {
			if x.Period == t.Period {
				v.line("target", at(i)-step*0.46, s.at(t.Wanted), at(i)+step*0.46, s.at(t.Wanted))
			}
		}
	}
}

// stressPart shows the stress test of all plants.
func (r *page) stressPart() part {
	if len(r.o.Stress) == 0 {
		return part{}
	}
	g := grid{
		Caption: "A standstill of each plant by itself",
		Head:    []head{{"Plant", false}, {"Exposure", true}, {"Not built", true}, {"Caught up", true}, {"Moved", true}, {"Lost", true}, {"Buyers lost", true}, {"Money, m", true}, {"Weeks to survive", true}},
	}
	for _, x := range r.o.Stress {
		g.add(cell{Text: of(r.n.plant, x.Plant)}, cell{Text: decimals(x.Exposure, 2)}, cell{Text: count(x.NotBuilt)}, cell{Text: count(x.CaughtUp)}, cell{Text: count(x.Moved)},
			cell{Text: count(x.Lost)}, cell{Text: count(x.Sales)}, cell{Text: decimals(x.Cash/1e6, 1)}, cell{Text: decimals(x.TTS, 1)})
	}
	f := &figure{
		Title: fmt.Sprintf("What a standstill of %s weeks would do, plant by plant", decimals(r.o.StressWeeks, 1)),
		Note:  words("No probabilities: how bad, not how likely. The darker, the more of the worst in the column; the last column is darker where stock covers less."),
		Table: g,
	}
	first := r.o.Stress[0]
	f.Label = fmt.Sprintf("Heat map of plants by damage. The most exposed is %s: %s vehicles lost.", of(r.n.plant, first.Plant), count(first.Lost))
	return unprovedPart(part{ID: "stress", Title: "Where a stop hurts", Figures: figures(f.draw(r.drawHeat))}, r.o.StressProof)
}

// drawHeat draws a row a plant and a column a kind of damage.
func (r *page) drawHeat(l layout) template.HTML {
	v := &canvas{layout: l}
	heads := []string{"Lost", "Buyers lost", "Money lost, m", "Weeks of stock"}
	pick := []func(headroom.StressRow) float64{
		func(x headroom.StressRow) float64 { return x.Lost }, func(x headroom.StressRow) float64 { return x.Sales },
		func(x headroom.StressRow) float64 { return -x.Cash / 1e6 }, func(x headroom.StressRow) float64 { return x.TTS },
	}
	left := v.w * 0.3
	step, row := (v.w-left)/float64(len(heads)), 26.0
	for k, h := range heads {
		v.text("tm", middle, left+(float64(k)+0.5)*step, v.small, v.small, squeeze(h, step, v.small))
	}
	for i, x := range r.o.Stress {
		y := v.small + 8 + float64(i)*row
		v.text("t", start, 0, y+row/2+v.small*0.35, v.small, squeeze(of(r.n.plant, x.Plant), left-6, v.small))
		for k, f := range pick {
			most := 0.0
			for _, o := range r.o.Stress {
				most = math.Max(most, f(o))
			}
			share := 0.0
			if most > 0 {
				share = math.Max(0, f(x)/most)
			}
			if k == len(pick)-1 {
				share = 1 / (1 + f(x)/4)
			}
			fmt.Fprintf(&v.b, `<rect class="heat" fill-opacity="%s" x="%s" y="%s" width="%s" height="%s"/>`, strconv.FormatFloat(0.08+0.77*share, 'f', 2, 64), xy(left+float64(k)*step), xy(y), xy(step), xy(row))
			text := count(f(x))
			if k >= 2 {
				text = decimals(f(x), 1)
			}
			v.text("t b"+over, middle, left+(float64(k)+0.5)*step, y+row/2+v.small*0.35, v.small, text)
		}
	}
	return v.done(v.small + 16 + float64(len(r.o.Stress))*row)
}
