package report

import (
	"fmt"
	"html/template"
	"math"
	"sort"
	"strconv"
	"strings"

	"headroom"
)

// series is what one plant builds by period.
type series struct {
	name   string
	plants []string
	values []float64
}

// byPlant is the output of the plants of regions by period: the hues-1 largest, and all others as one.
func (r *page) byPlant() []series {
	sums := map[string][]float64{}
	total := map[string]float64{}
	var plants []string
	for _, o := range r.p.Outputs {
		t, ok := r.n.period[o.Period]
		if !ok || !r.n.within(o.Plant, r.b.Regions) {
			continue
		}
		if sums[o.Plant] == nil {
			sums[o.Plant] = make([]float64, len(r.c.Periods))
			plants = append(plants, o.Plant)
		}
		sums[o.Plant][t] += o.Units
		total[o.Plant] += o.Units
	}
	sort.Slice(plants, func(i, j int) bool {
		if total[plants[i]] != total[plants[j]] {
			return total[plants[i]] > total[plants[j]]
		}
		return plants[i] < plants[j]
	})
	var out []series
	for i, p := range plants {
		if i >= hues-1 && len(plants) > hues {
			last := len(out) - 1
			if i == hues-1 {
				out, last = append(out, series{"Other plants", nil, make([]float64, len(r.c.Periods))}), last+1
			}
			for t, u := range sums[p] {
				out[last].values[t] += u
			}
			out[last].plants = append(out[last].plants, p)
			continue
		}
		out = append(out, series{of(r.n.plant, p), []string{p}, sums[p]})
	}
	return out
}

// levels draws the marks of a vertical axis in thousands, each with a line to the right, and returns where the lines begin.
func (v *canvas) levels(s scale, marks []float64) (left float64) {
	for _, t := range marks {
		left = math.Max(left, textWidth(thousands(t), v.small))
	}
	left += 8
	for _, t := range marks {
		class := "gr"
		if t == 0 {
			class = "zero"
		}
		v.line(class, left, s.at(t), v.w, s.at(t))
		v.text("tm", end, left-6, s.at(t)+v.small*0.35, v.small, thousands(t))
	}
	return left
}

// outputFigure is output by period, stacked by plant, beside target and forecast.
func (r *page) outputFigure() *figure {
	if len(r.b.Output) == 0 {
		return nil
	}
	stack := r.byPlant()
	f := &figure{
		Title: "Output against the target, by plant",
		Note:  words("Vehicles built in each period on what is committed and signed. Forecasts are other people's, of the date that the source has."),
		Table: r.outputTable(stack),
	}
	f.Label = fmt.Sprintf("Stacked columns of vehicles built in %s by period, from %s to %s.", r.n.regions(r.b.Regions),
		r.b.Output[0].Period+": "+count(r.b.Output[0].Units), r.b.Output[len(r.b.Output)-1].Period+": "+count(r.b.Output[len(r.b.Output)-1].Units))
	if t, ok := lastTarget(r.b); ok {
		f.Label += fmt.Sprintf(" The target for %s is %s.", t.Period, count(*t.Target))
	}
	return f.draw(func(l layout) template.HTML { return r.drawOutput(l, stack) })
}

func (r *page) outputTable(stack []series) grid {
	g := grid{Caption: "Vehicles built, by plant and period", Head: []head{{"Period", false}}}
	for _, s := range stack {
		g.Head = append(g.Head, head{s.name, true})
	}
	g.Head = append(g.Head, head{"Plan", true}, head{"Target", true}, head{"Forecast", true}, head{"Forecast by", false})
	for _, o := range r.b.Output {
		row := []cell{{Text: o.Period}}
		for _, s := range stack {
			row = append(row, r.unitsAt(s, o.Period))
		}
		ref := func(column string) string { return resultRef("brief_output", column, o.Period) }
		g.add(append(row, cell{Text: count(o.Units), Ref: ref("units")}, optionalCell(o.Target, ref("target")), optionalCell(o.Forecast, ref("forecast")), cell{Text: o.By})...)
	}
	return g
}

func (r *page) unitsAt(s series, period string) cell {
	t, ok := r.n.period[period]
	if !ok || s.values[t] == 0 {
		return cell{Text: missing}
	}
	return cell{Text: count(s.values[t]), Ref: sumRef("output", "units", "plant", strings.Join(s.plants, ","), "period", period)}
}

func optionalCell(v *float64, ref string) cell {
	if v == nil {
		return cell{Text: missing}
	}
	return cell{Text: count(*v), Ref: ref}
}

func (r *page) drawOutput(l layout, stack []series) template.HTML {
	v := &canvas{layout: l}
	top := 0.0
	keys := []key{}
	for i, s := range stack {
		keys = append(keys, key{hue(i), s.name, "square"})
	}
	var forecast, target bool
	for _, o := range r.b.Output {
		top = math.Max(top, o.Units)
		if o.Forecast != nil {
			top, forecast = math.Max(top, *o.Forecast), true
		}
		if o.Target != nil {
			top, target = math.Max(top, *o.Target), true
		}
	}
	if target {
		keys = append(keys, key{"target", "Target", "line"})
	}
	if forecast {
		keys = append(keys, key{"mark", "Forecast", "diamond"})
	}
	y0 := v.legend(0, keys) + 6
	v.text("tm", start, 0, y0+v.small, v.small, "Vehicles in the period, thousands")
	y0 += 2*v.small + 14 // the number on the highest column stands below that text
	height := 300.0
	if l.narrow {
		height = 230
	}
	bottom := y0 + height
	s, marks := axis(0, top, 6, bottom, y0)
	left := v.levels(s, marks)
	step := (v.w - left) / float64(len(r.b.Output))
	r.drawColumns(v, s, stack, left, step)
	r.drawMarks(v, s, left, step)
	drawPeriods(v, r.b.Output, left, step, bottom+v.small+5)
	return v.done(bottom + v.small + 12)
}

// thousands is a number of vehicles in thousands without a unit, which stands on the axis.
func thousands(v float64) string {
	if abs := math.Abs(v); abs > 0 && abs < 9950 {
		return decimals(v/1e3, 1)
	}
	return decimals(v/1e3, 0)
}

func (r *page) drawColumns(v *canvas, s scale, stack []series, left, step float64) {
	for i, o := range r.b.Output {
		t, ok := r.n.period[o.Period]
		if !ok {
			continue
		}
		base, x, w := 0.0, left+float64(i)*step+step*0.17, step*0.66
		for k, one := range stack {
			if u := one.values[t]; u > 0 {
				v.rect(hue(k)+" cut", x, s.at(base+u), w, s.at(base)-s.at(base+u))
				base += u
			}
		}
		if label := thousands(o.Units); textWidth(label, v.small) < step {
			y := s.at(math.Max(base, o.Units)) - 5
			if o.Forecast != nil && math.Abs(s.at(*o.Forecast)-(y-v.small/3)) < v.small {
				y = s.at(*o.Forecast) - 9
			}
			v.text("t b"+over, middle, x+w/2, y, v.small, label)
		}
	}
}

func (r *page) drawMarks(v *canvas, s scale, left, step float64) {
	for i, o := range r.b.Output {
		x := left + (float64(i)+0.5)*step
		if o.Target != nil {
			v.line("target", x-step*0.46, s.at(*o.Target), x+step*0.46, s.at(*o.Target))
			if label := thousands(*o.Target); i == 0 || r.b.Output[i-1].Target == nil || *r.b.Output[i-1].Target != *o.Target {
				v.text("t b", middle, math.Min(x, v.w-textWidth(label, v.small)/2), s.at(*o.Target)-6, v.small, label)
			}
		}
		if o.Forecast != nil {
			v.diamond("mark", x, s.at(*o.Forecast), 5.5)
		}
	}
}

// drawPeriods writes the names of periods below columns, leaving out what has no room.
func drawPeriods(v *canvas, out []headroom.BriefOutput, left, step, y float64) {
	taken := -1e9
	for i, o := range out {
		label := squeeze(clean(o.Period), math.Max(step*1.9, 30), v.small)
		half := textWidth(label, v.small) / 2
		x := left + (float64(i)+0.5)*step
		if x-half < taken+4 || x+half > v.w+half*0.3 {
			continue
		}
		v.text("tm", middle, x, y, v.small, label)
		taken = x + half
	}
}

// curveFigure is the output in the target's last period by support.
func (r *page) curveFigure() *figure {
	points := triedPoints(r.b)
	if len(points) == 0 {
		return nil
	}
	period := targetPeriod(r.b)
	f := &figure{
		Title: "Supply curve of output in " + period,
		Note:  words("Support is paid on every vehicle built up to the target, with every deal and candidate there to be taken up. Between the points nothing is worked out; the line only joins them."),
		Table: grid{
			Caption: "Output in " + period + " by support per vehicle",
			Head:    []head{{"Support per vehicle", true}, {"Vehicles", true}, {"Proved to within", true}},
		},
	}
	for _, p := range points {
		ref := func(column string) string {
			return resultRef("brief_supply_curve", column, strconv.FormatFloat(p.Support, 'f', -1, 64))
		}
		f.Table.add(cell{Text: amount(p.Support, r.b.Currency), Ref: ref("support")}, cell{Text: count(*p.Units) + Mark(p.Proof), Ref: ref("units")}, cell{Text: optionalGap(p.Gap), Ref: ref("gap")})
	}
	first, last := points[0], points[len(points)-1]
	f.Label = fmt.Sprintf("Line of vehicles built in %s by support per vehicle: %s at %s, %s at %s.", period, count(*first.Units),
		amount(first.Support, r.b.Currency), count(*last.Units), amount(last.Support, r.b.Currency))
	return f.draw(r.drawCurve)
}

func (r *page) drawCurve(l layout) template.HTML {
	v := &canvas{layout: l}
	ps := triedPoints(r.b)
	var wanted, plan float64
	if t, ok := lastTarget(r.b); ok {
		wanted, plan = *t.Target, t.Units
	}
	keys := []key{{"curve", "Output with support", "line"}}
	if wanted > 0 {
		keys = append(keys, key{"target", "Target " + count(wanted), "line"}, key{"base", "On what is committed and signed " + count(plan), "line"})
	}
	y0 := v.legend(0, keys) + 6
	v.text("tm", start, 0, y0+v.small, v.small, "Vehicles in "+targetPeriod(r.b)+", thousands")
	y0 += v.small + 12
	height := 260.0
	if l.narrow {
		height = 220
	}
	bottom := y0 + height
	top, widest := math.Max(wanted, plan), 0.0
	for _, p := range ps {
		top, widest = math.Max(top, *p.Units), math.Max(widest, p.Support)
	}
	ys, marks := axis(0, top*1.04, 6, bottom, y0)
	left := 0.0
	for _, t := range marks {
		left = math.Max(left, textWidth(thousands(t), v.small))
	}
	left += 14
	for _, t := range marks {
		class := "gr"
		if t == 0 {
			class = "zero"
		}
		v.line(class, left-6, ys.at(t), v.w, ys.at(t))
		v.text("tm", end, left-10, ys.at(t)+v.small*0.35, v.small, thousands(t))
	}
	n := 8
	if l.narrow {
		n = 4
	}
	if widest == 0 {
		widest = 1
	}
	xs := scale{0, widest, left, v.w - textWidth(amount(widest, r.b.Currency), v.small)/2 - 4}
	for _, t := range ticks(0, widest, n) {
		if t > widest*1.001 {
			break
		}
		v.line("zero", xs.at(t), bottom, xs.at(t), bottom+4)
		v.text("tm", middle, xs.at(t), bottom+v.small+7, v.small, amount(t, r.b.Currency))
	}
	v.text("tm", end, v.w, bottom+2*v.small+14, v.small, "Support per vehicle")
	if wanted > 0 {
		v.line("target", left, ys.at(wanted), v.w, ys.at(wanted))
		v.line("base", left, ys.at(plan), v.w, ys.at(plan))
	}
	r.drawPoints(v, xs, ys, wanted, plan)
	return v.done(bottom + 2*v.small + 20)
}

// drawPoints draws the curve, with a number at each point that has room for it.
func (r *page) drawPoints(v *canvas, xs, ys scale, lines ...float64) {
	var line, ink []float64 // ink: where something is drawn
	for i, p := range triedPoints(r.b) {
		x, y := xs.at(p.Support), ys.at(*p.Units)
		if i > 0 {
			x0, y0 := line[len(line)-2], line[len(line)-1]
			for k := range 40 {
				at := float64(k) / 40
				ink = append(ink, x0+at*(x-x0), y0+at*(y-y0))
			}
		}
		line, ink = append(line, x, y), append(ink, x, y)
	}
	v.polyline("curve", line...)
	for _, p := range triedPoints(r.b) {
		v.dot("point", xs.at(p.Support), ys.at(*p.Units), 4)
	}
	for _, p := range triedPoints(r.b) {
		x, y := xs.at(p.Support), ys.at(*p.Units)
		label := thousands(*p.Units)
		w := textWidth(label, v.small)
		for _, c := range [][2]float64{{x - w/2, y - 9}, {x - w/2, y + v.small + 8}, {x - w - 6, y - 6}, {x + 7, y + v.small + 4}} {
			left := max(c[0], xs.a+2)
			if left+w > v.w || crossed(ink, left-2, c[1]-v.small+1, left+w+2, c[1]+3) || crossed(levels(lines, ys, left), left-1, c[1]-v.small+1, left+w, c[1]+1) {
				continue
			}
			v.text("t b"+over, start, left, c[1], v.small, label)
			for k := range 5 {
				ink = append(ink, left+float64(k)/4*w, c[1]-v.small/2)
			}
			break
		}
	}
}

// levels are points of horizontal lines at x; a line at 0 is not drawn.
func levels(lines []float64, ys scale, x float64) []float64 {
	var out []float64
	for _, l := range lines {
		if l > 0 {
			out = append(out, x, ys.at(l))
		}
	}
	return out
}

// crossed reports whether one of the points lies in a box.
func crossed(p []float64, x1, y1, x2, y2 float64) bool {
	for i := 0; i+1 < len(p); i += 2 {
		if p[i] >= x1 && p[i] <= x2 && p[i+1] >= y1 && p[i+1] <= y2 {
			return true
		}
	}
	return false
}

// free is headroom beside a plant's use.
func free(headroom float64) string {
	if headroom < 0.5 {
		return "none free"
	}
	return thousand(headroom) + " free"
}

// plantFigure is the use of each plant in the target's last period.
func (r *page) plantFigure() *figure {
	if len(r.b.Plants) == 0 {
		return nil
	}
	period := targetPeriod(r.b)
	f := &figure{
		Title: "Use of the plants in " + period,
		Note:  words("Capacity is that of the largest shift pattern without overtime; headroom is what it leaves. A bar beyond its frame is overtime."),
		Table: grid{
			Caption: "Use of the plants in " + period,
			Head:    []head{{"Plant", false}, {"State", false}, {"Capacity", true}, {"Built", true}, {"Used", true}, {"Headroom", true}},
		},
	}
	for _, p := range r.b.Plants {
		ref := func(column string) string { return resultRef("brief_plants", column, p.Plant) }
		used := missing
		if p.Capacity > 0 {
			used = percent(p.Utilisation, 0)
		}
		f.Table.add(cell{Text: of(r.n.plant, p.Plant)}, cell{Text: string(p.State)}, cell{Text: count(p.Capacity), Ref: ref("capacity")},
			cell{Text: count(p.Units), Ref: ref("units")}, cell{Text: used, Ref: ref("utilisation")}, cell{Text: count(p.Headroom), Ref: ref("headroom")})
		f.Label += fmt.Sprintf(" %s %s.", of(r.n.plant, p.Plant), used)
	}
	f.Label = "Bars of vehicles built against capacity, by plant." + f.Label
	return f.draw(r.drawPlants)
}

func (r *page) drawPlants(l layout) template.HTML {
	v := &canvas{layout: l}
	y := v.legend(0, []key{{"c1", "Built", "square"}, {"frame", "Capacity; what is left is headroom", "square"}}) + 6
	var labels []string
	top := 0.0
	for _, p := range r.b.Plants {
		labels = append(labels, of(r.n.plant, p.Plant))
		top = math.Max(top, math.Max(p.Capacity, p.Units))
	}
	right := 150.0
	if l.narrow {
		right = 6
	}
	f := newRows(v, y, labels, 260, right)
	n := 6
	if l.narrow {
		n = 4
	}
	s, marks := axis(0, top, n, f.left, f.to-14)
	h := f.grid(s, marks, len(labels), thousands, "Vehicles in "+targetPeriod(r.b)+", thousands")
	for i, p := range r.b.Plants {
		state := ""
		if p.Capacity <= 0 {
			state = clean(string(p.State))
		} else {
			v.rect("frame", s.at(0), f.y(i), s.at(p.Capacity)-s.at(0), f.bar)
			v.rect("c1", s.at(0), f.y(i)+3, s.at(p.Units)-s.at(0), f.bar-6)
			state = percent(p.Utilisation, 0) + ", " + free(p.Headroom)
		}
		if l.narrow {
			w := textWidth(state, v.small)
			v.text("t"+over, start, 0, f.y(i)-5, v.size, squeeze(labels[i], v.w-w-8, v.size))
			v.text("tm"+over, end, v.w, f.y(i)-5, v.small, state)
			continue
		}
		f.label(i, labels[i])
		v.text("t", end, v.w, f.y(i)+f.bar/2+v.size*0.35, v.small, state)
	}
	return v.done(h)
}
