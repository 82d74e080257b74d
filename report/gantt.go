package report

import (
	"html/template"
	"math"
	"slices"
	"sort"
)

// place is one vehicle on one line over the periods.
type place struct {
	vehicle, content string
	name             string
	hue              int
	on               []bool
	units            []float64
	launch           []bool
	committed        []bool
}

// lineUse is one line with its pattern and its vehicles.
type lineUse struct {
	line, plant string
	pattern     []string
	places      []*place
}

// lines are the lines with vehicles, of plants inside the brief's regions or outside them.
func (r *page) lines(inside bool) []*lineUse {
	byLine := map[string]*lineUse{}
	var out []*lineUse
	for _, l := range r.c.Lines {
		if r.n.within(l.Plant, r.b.Regions) == inside {
			u := &lineUse{line: l.ID, plant: l.Plant, pattern: make([]string, len(r.c.Periods))}
			byLine[l.ID] = u
			out = append(out, u)
		}
	}
	for _, s := range r.p.Shifts {
		if u, t := byLine[s.Line], r.n.at(s.Period); u != nil && t >= 0 {
			u.pattern[t] = clean(s.Pattern)
		}
	}
	for _, a := range r.p.Allocs {
		if u, t := byLine[a.Line], r.n.at(a.Period); u != nil && t >= 0 {
			p := u.place(r, a.Vehicle, a.Content)
			p.on[t], p.launch[t], p.committed[t] = true, a.Launch, a.Committed
		}
	}
	for _, o := range r.p.Outputs {
		if u, t := byLine[o.Line], r.n.at(o.Period); u != nil && t >= 0 {
			p := u.place(r, o.Vehicle, o.Content)
			p.on[t] = true
			p.units[t] += o.Units
		}
	}
	out = slices.DeleteFunc(out, func(u *lineUse) bool { return len(u.places) == 0 })
	order := map[string]int{}
	for i, p := range r.c.Plants {
		order[p.ID] = i
	}
	sort.SliceStable(out, func(i, j int) bool { return order[out[i].plant] < order[out[j].plant] })
	for _, u := range out {
		for _, p := range u.places {
			p.hue = r.hueOf(p.vehicle)
		}
	}
	return out
}

// at is the position of a period, or -1.
func (n *names) at(period string) int {
	if t, ok := n.period[period]; ok {
		return t
	}
	return -1
}

// hueOf is a vehicle's colour: the same on every line, and another than that of the vehicle drawn before it.
func (r *page) hueOf(vehicle string) int {
	k, ok := r.hues[vehicle]
	if !ok {
		k = len(r.hues)
		r.hues[vehicle] = k
	}
	return k
}

// place is the place of a vehicle, made where it is new.
func (u *lineUse) place(r *page, vehicle, content string) *place {
	for _, p := range u.places {
		if p.vehicle == vehicle && p.content == content {
			return p
		}
	}
	n := len(r.c.Periods)
	p := &place{
		vehicle: vehicle, content: content, name: of(r.n.vehicle, vehicle),
		on: make([]bool, n), units: make([]float64, n), launch: make([]bool, n), committed: make([]bool, n),
	}
	if content != "" && content != "full" {
		p.name += ", " + clean(content)
	}
	u.places = append(u.places, p)
	return p
}

// allocationFigure is what stands on which line when.
func (r *page) allocationFigure(inside bool) *figure {
	lines := r.lines(inside)
	if len(lines) == 0 {
		return nil
	}
	where := "in " + r.n.regions(r.b.Regions)
	if !inside {
		where = "elsewhere"
	}
	f := &figure{
		Title: "Vehicles on the lines, " + where,
		Note:  words("Beside each line its shift pattern, below it its vehicles. Numbers are thousands of vehicles in the period."),
		Label: "Chart of the lines " + where + " over the periods, with the vehicles that have a place on them.",
		Table: grid{Caption: "Vehicles on the lines, " + where, Head: []head{{"Plant", false}, {"Line", false}, {"Vehicle", false}}},
	}
	for _, p := range r.c.Periods {
		f.Table.Head = append(f.Table.Head, head{p.ID, true})
	}
	for _, u := range lines {
		row := []cell{{Text: of(r.n.plant, u.plant)}, {Text: u.line}, {Text: "(shift pattern)"}}
		for _, s := range u.pattern {
			row = append(row, textOr(s))
		}
		f.Table.add(row...)
		for _, p := range u.places {
			row := []cell{{Text: of(r.n.plant, u.plant)}, {Text: u.line}, {Text: p.name}}
			for t, on := range p.on {
				c := cell{Text: missing}
				if period := r.c.Periods[t].ID; on && p.units[t] != 0 {
					c = cell{Text: count(p.units[t]), Ref: resultRef("output", "units", p.vehicle, u.line, p.content, period)}
				} else if on {
					c = cell{Text: "0", Ref: resultRef("alloc", "launch", p.vehicle, u.line, p.content, period)}
				}
				row = append(row, c)
			}
			f.Table.add(row...)
		}
	}
	return f.draw(func(l layout) template.HTML { return r.drawAllocation(l, lines) })
}

func textOr(s string) cell {
	if s == "" {
		return cell{Text: missing}
	}
	return cell{Text: s}
}

// gantt is the frame of the picture of allocations.
type gantt struct {
	*canvas
	left, step float64
}

func (r *page) drawAllocation(l layout, lines []*lineUse) template.HTML {
	v := &canvas{layout: l}
	g := gantt{canvas: v, left: 250}
	if l.narrow {
		g.left = 0
	}
	g.step = (v.w - g.left) / float64(len(r.c.Periods))
	y := v.legend(0, []key{{"c1 tint", "Committed", "square"}, {"c1 tint chosen", "Chosen by the plan", "square"}, {"ink", "Launch", "triangle"}}) + 4
	y = g.head(r, y)
	for _, u := range lines {
		y = g.line(r, u, y)
	}
	return v.done(y)
}

// head writes the periods above the rows.
func (g gantt) head(r *page, y float64) float64 {
	taken := -1e9
	for t, p := range r.c.Periods {
		x := g.left + (float64(t)+0.5)*g.step
		label := squeeze(clean(p.ID), math.Max(g.step*1.9, 30), g.small)
		half := textWidth(label, g.small) / 2
		if x-half >= taken+3 {
			g.text("tm", middle, x, y+g.small, g.small, label)
			taken = x + half
		}
	}
	return y + g.small + 6
}

// line draws one line: its name and patterns, then a row for each vehicle.
func (g gantt) line(r *page, u *lineUse, y float64) float64 {
	g.canvas.line("rule", 0, y, g.w, y)
	name := short(of(r.n.plant, u.plant))
	id := clean(u.line)
	if g.narrow {
		name = squeeze(name, g.w-textWidth(id, g.small)-14, g.size)
		g.text("t b", start, 0, y+g.size+4, g.size, name)
		g.text("tm", end, g.w, y+g.size+4, g.small, id)
		y += g.size + 8
	} else {
		name = squeeze(name, g.left-textWidth(id, g.small)-24, g.size)
		g.text("t b", start, 0, y+g.size+4, g.size, name)
		g.text("tm", end, g.left-10, y+g.size+4, g.small, id)
	}
	g.patterns(u, y)
	y += g.small + 11
	for _, p := range u.places {
		y = g.place(p, y)
	}
	return y + 6
}

// patterns writes the shift patterns, each once over the periods in which it holds.
func (g gantt) patterns(u *lineUse, y float64) {
	for t := 0; t < len(u.pattern); {
		k := t + 1
		for k < len(u.pattern) && u.pattern[k] == u.pattern[t] {
			k++
		}
		if u.pattern[t] != "" {
			x, w := g.left+float64(t)*g.step, float64(k-t)*g.step
			g.canvas.line("pattern", x+2, y+g.small+7, x+w-2, y+g.small+7)
			g.text("tm", start, x+3, y+g.small+2, g.small, squeeze(u.pattern[t], w-6, g.small))
		}
		t = k
	}
}

// place draws one vehicle: a bar over the periods in which it has its place, with what is built in each.
func (g gantt) place(p *place, y float64) float64 {
	h := 19.0
	if g.narrow {
		g.text("t", start, 2, y+g.small+2, g.small, squeeze(p.name, g.w-4, g.small))
		y += g.small + 6
	} else {
		size := g.size
		if textWidth(p.name, size) > g.left-12 {
			size = g.small
		}
		g.text("t", end, g.left-10, y+h/2+size*0.35, size, squeeze(p.name, g.left-12, size))
	}
	for t := 0; t < len(p.on); {
		k := t + 1
		for k < len(p.on) && p.on[k] == p.on[t] && p.committed[k] == p.committed[t] && !p.launch[k] {
			k++
		}
		if p.on[t] {
			class := hue(p.hue) + " tint"
			if !p.committed[t] {
				class += " chosen"
			}
			g.rect(class, g.left+float64(t)*g.step+1.5, y+1, float64(k-t)*g.step-3, h-2)
		}
		t = k
	}
	for t, on := range p.on {
		if !on {
			continue
		}
		x := g.left + float64(t)*g.step
		if p.launch[t] {
			g.polygon("ink", x+2, y+4, x+8, y+h/2, x+2, y+h-4)
		}
		size := g.small
		if g.narrow {
			size = 11.5
		}
		label := thousands(p.units[t])
		if textWidth(label, size) > g.step-8 {
			label = decimals(p.units[t]/1e3, 0)
		}
		if textWidth(label, size) <= g.step-2 {
			g.text("t", end, x+g.step-5, y+h/2+size*0.36, size, label)
		}
	}
	return y + h + 2
}
