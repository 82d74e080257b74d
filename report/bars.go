package report

import (
	"fmt"
	"html/template"
	"math"

	"headroom"
)

// told are the deals whose worth is known to lie between two ends.
func told(b *headroom.Brief) []headroom.BriefDeal {
	var out []headroom.BriefDeal
	for _, d := range b.Deals {
		if d.WorthLow != nil && d.WorthHigh != nil && finite(*d.WorthLow) && finite(*d.WorthHigh) {
			out = append(out, d)
		}
	}
	return out
}

// dealFigure is the worth of each deal as an interval.
func (r *page) dealFigure() *figure {
	deals := told(r.b)
	if len(deals) == 0 {
		return nil
	}
	f := &figure{
		Title: "What each deal is worth",
		Note:  words("Present value to all owners together of the plan with the deal less the plan without it. The bar spans what is proved; a hollow bar is too wide to decide by. Deals of which too little is known are in the table only."),
		Label: "Interval bars of the present value of each deal.",
		Table: grid{
			Caption: "Worth of each deal, " + r.unit(),
			Head:    []head{{"Deal", false}, {"Status", false}, {"Low", true}, {"High", true}, {"Decided", false}},
		},
	}
	for _, d := range deals {
		ref := func(column string) string { return resultRef("brief_deals", column, d.Deal) }
		f.Table.add(cell{Text: dealName(d)}, cell{Text: dealStatus(d.Status)}, cell{Text: r.inMillions(*d.WorthLow), Ref: ref("worth_low")},
			cell{Text: r.inMillions(*d.WorthHigh), Ref: ref("worth_high")}, cell{Text: yes(d.Decided)})
		f.Label += fmt.Sprintf(" %s: %s.", dealName(d), worth(d, r.b.Currency))
	}
	return f.draw(func(l layout) template.HTML { return r.drawDeals(l, deals) })
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func dealName(d headroom.BriefDeal) string {
	if d.Name != "" {
		return clean(d.Name)
	}
	return clean(d.Deal)
}

// unit is the unit of money in tables.
func (r *page) unit() string { return symbolName(r.b.Currency) + " million" }

// inMillions is an amount without its unit, which stands above it.
func (r *page) inMillions(v float64) string { return decimals(v/1e6, millionDigits(v)) }

func (r *page) drawDeals(l layout, deals []headroom.BriefDeal) template.HTML {
	v := &canvas{layout: l}
	y := v.legend(0, []key{{"c1", "Decided", "square"}, {"hollow", "Not decided", "square"}}) + 6
	var labels []string
	lo, hi := 0.0, 0.0
	for _, d := range deals {
		labels = append(labels, dealName(d)+" ("+dealStatus(d.Status)+")")
		lo, hi = math.Min(lo, *d.WorthLow/1e6), math.Max(hi, *d.WorthHigh/1e6)
	}
	right, n := 178.0, 5
	if l.narrow {
		right, n = 6, 4
	}
	f := newRows(v, y, labels, 330, right)
	f.pitch += boolTo(l.narrow, 4)
	s, marks := axis(lo, hi, n, f.left+boolTo(l.narrow, 14), f.to-14)
	h := f.grid(s, marks, len(labels), func(t float64) string { return decimals(t, tickDigits(marks)) }, "Present value, "+r.unit())
	for i, d := range deals {
		a, b := s.at(*d.WorthLow/1e6), s.at(*d.WorthHigh/1e6)
		if b < a {
			a, b = b, a
		}
		if b-a < 5 {
			a, b = (a+b)/2-2.5, (a+b)/2+2.5
		}
		class := "c1"
		if !d.Decided {
			class = "hollow"
		}
		v.line("stem", s.at(0), f.y(i)+f.bar/2, (a+b)/2, f.y(i)+f.bar/2)
		v.rect(class, a, f.y(i)+3, b-a, f.bar-6)
		text := worth(d, r.b.Currency)
		if l.narrow {
			w := textWidth(text, v.small)
			name := dealName(d)
			v.text("t"+over, start, 0, f.y(i)-5, v.size, squeeze(name, v.w-w-8, v.size))
			v.text("tm"+over, end, v.w, f.y(i)-5, v.small, text)
			continue
		}
		f.label(i, labels[i])
		v.text("t", end, v.w, f.y(i)+f.bar/2+v.size*0.35, v.size, text)
	}
	return v.done(h)
}

func boolTo(b bool, v float64) float64 {
	if b {
		return v
	}
	return 0
}

// tickDigits is how many decimals tell ticks apart.
func tickDigits(ticks []float64) int {
	if len(ticks) < 2 {
		return 0
	}
	step := ticks[1] - ticks[0]
	for n := range 6 {
		if p := step * math.Pow10(n); math.Abs(p-math.Round(p)) < 1e-6 {
			return n
		}
	}
	return 6
}

// toolingYears is the life that tooling is spread over.
func toolingYears(q *headroom.CostQuestion) string {
	if q.Years == 0 {
		return "the life of each"
	}
	return plain(q.Years) + " years"
}

// toolingRef is the life of the tooling of a route that needs some.
func (r *page) toolingRef(q *headroom.CostQuestion) string {
	for _, k := range r.c.VehicleLines {
		if k.Vehicle == q.Vehicle && k.RetoolM.Value > 0 {
			return headroom.Ref{Table: "vehicle_line", Key: k.Key(), Column: "tooling_life"}.String()
		}
	}
	return ""
}

// costFigure is the cost of a vehicle by route, in parts.
func (r *page) costFigure() *figure {
	q := &r.b.CostPerCar
	if len(q.Routes) == 0 {
		return nil
	}
	parts := usedParts(q)
	f := &figure{
		Title: fmt.Sprintf("Cost of a %s delivered to %s in %s", of(r.n.vehicle, q.Vehicle), of(r.n.market, q.Market), clean(q.Period)),
		Note: append(words(fmt.Sprintf("%s a vehicle above the ex-works cost at %s. ", symbolName(r.b.Currency), short(of(r.n.plant, q.Home)))),
			spans("Full cost counts crews, plant overhead, and tooling spread over %s vehicles a year for %s; marginal cost is what one vehicle more costs. Parts left of zero are cheaper than there.",
				figureOf(count(q.Volume), r.setting("question_volume")), figureOf(toolingYears(q), r.toolingRef(q)))...),
		Label: "Stacked bars of the parts of a vehicle's cost by where it is built.",
		Table: r.costTable(q, parts),
	}
	for _, c := range q.Routes {
		f.Label += fmt.Sprintf(" %s: full %s, marginal %s.", routeName(r.n, q, c, 0), amount(c.Full, r.b.Currency), amount(c.Marginal, r.b.Currency))
	}
	return f.draw(func(l layout) template.HTML { return r.drawCost(l, q, parts) })
}

func (r *page) costTable(q *headroom.CostQuestion, parts []string) grid {
	g := grid{
		Caption: "Cost by route, " + symbolName(r.b.Currency) + " a vehicle (full, and in brackets marginal where it differs)",
		Head:    []head{{"Built at", false}, {"Deal", false}, {"Full", true}, {"Marginal", true}},
	}
	for _, p := range parts {
		g.Head = append(g.Head, head{partName(p), true})
	}
	g.Head = append(g.Head, head{"Costs the same as the import from, vehicles a year", true}, head{"Costs the same at a duty on the import of", true})
	for _, c := range q.Routes {
		ref := func(part, column string) string {
			return resultRef("brief_cost_per_car", column, c.Plant, c.Content, c.Arrangement, part)
		}
		row := []cell{
			{Text: routeName(r.n, q, c, 0)}, textOr(dealStatus(c.Status)), {Text: count(c.Full), Ref: ref("all", "full")}, {Text: count(c.Marginal), Ref: ref("all", "marginal")},
		}
		for _, p := range parts {
			part := partOf(c, p)
			text := count(part.Full)
			if other := count(part.Marginal); other != text {
				text += " (" + other + ")"
			}
			row = append(row, cell{Text: text, Ref: ref(p, "full")})
		}
		duty := cell{Text: missing}
		if c.BreakEvenDuty != nil {
			duty = cell{Text: percent(*c.BreakEvenDuty, 1), Ref: ref("all", "break_even_duty")}
		}
		g.add(append(row, optionalCell(c.BreakEvenVolume, ref("all", "break_even_volume")), duty)...)
	}
	return g
}

func (r *page) drawCost(l layout, q *headroom.CostQuestion, parts []string) template.HTML {
	v := &canvas{layout: l}
	var keys []key
	for i, p := range parts {
		keys = append(keys, key{hue(i), partName(p), "square"})
	}
	keys = append(keys, key{"mark", "Full cost", "diamond"}, key{"marginal", "Marginal cost", "ring"})
	y := v.legend(0, keys) + 6
	var labels []string
	lo, hi := 0.0, 0.0
	for _, c := range q.Routes {
		labels = append(labels, routeName(r.n, q, c, 0))
		up, down := 0.0, 0.0
		for _, p := range parts {
			if x := partOf(c, p).Full; x > 0 {
				up += x
			} else {
				down += x
			}
		}
		lo, hi = math.Min(lo, math.Min(down, c.Marginal)), math.Max(hi, math.Max(up, c.Marginal))
	}
	right, n := 160.0, 6
	if l.narrow {
		right, n = 6, 4
	}
	f := newRows(v, y, labels, 270, right)
	s, marks := axis(lo, hi, n, f.left+boolTo(l.narrow, 16), f.to-16)
	h := f.grid(s, marks, len(labels), func(t float64) string { return decimals(t, tickDigits(marks)) }, symbolName(r.b.Currency)+" a vehicle")
	for i, c := range q.Routes {
		r.drawRoute(f, s, i, c, parts)
		text := "full " + count(c.Full) + ", marginal " + count(c.Marginal)
		if l.narrow {
			text = count(c.Full) + " / " + count(c.Marginal)
			v.text("t"+over, start, 0, f.y(i)-5, v.size, squeeze(labels[i], v.w-textWidth(text, v.small)-8, v.size))
			v.text("tm"+over, end, v.w, f.y(i)-5, v.small, text)
			continue
		}
		f.label(i, labels[i])
		v.text("t", end, v.w, f.y(i)+f.bar/2+v.small*0.35, v.small, text)
	}
	return v.done(h)
}

// drawRoute stacks what is dearer than at home to the right of zero and what is cheaper to the left, and marks both sums.
func (r *page) drawRoute(f *rows, s scale, i int, c headroom.CarCost, parts []string) {
	up, down := 0.0, 0.0
	for k, p := range parts {
		x := partOf(c, p).Full
		switch {
		case x > 0:
			f.rect(hue(k)+" cut", s.at(up), f.y(i), s.at(up+x)-s.at(up), f.bar)
			up += x
		case x < 0:
			f.rect(hue(k)+" cut", s.at(down+x), f.y(i), s.at(down)-s.at(down+x), f.bar)
			down += x
		}
	}
	mid := f.y(i) + f.bar/2
	f.diamond("mark", s.at(c.Full), mid, 6)
	f.dot("marginal", s.at(c.Marginal), mid, 5)
}

// basisFigure is what the figures of the case rest on.
func (r *page) basisFigure() *figure {
	if len(r.b.RestsOn) == 0 {
		return nil
	}
	f := &figure{
		Title: "What the figures of the case rest on",
		Label: "Bars of the share of figures by what they rest on.",
		Table: grid{Caption: "Figures by what they rest on", Head: []head{{"Basis", false}, {"Figures", true}, {"Share", true}, {"Meaning", false}}},
	}
	for _, s := range r.b.RestsOn {
		ref := func(column string) string { return resultRef("brief_rests_on", column, string(s.Basis)) }
		f.Table.add(cell{Text: basisName(s.Basis)}, cell{Text: count(float64(s.Count)), Ref: ref("count")}, cell{Text: percent(s.Share, 1), Ref: ref("share")}, cell{Text: basisWords[s.Basis]})
		f.Label += fmt.Sprintf(" %s: %s.", basisName(s.Basis), percent(s.Share, 0))
	}
	return f.draw(r.drawBasis)
}

func (r *page) drawBasis(l layout) template.HTML {
	v := &canvas{layout: l}
	var labels []string
	for _, s := range r.b.RestsOn {
		labels = append(labels, basisName(s.Basis))
	}
	right := 130.0
	if l.narrow {
		right = 6
	}
	f := newRows(v, 4, labels, 240, right)
	n := 5
	s, marks := axis(0, 1, n, f.left, f.to-20)
	h := f.grid(s, marks, len(labels), func(t float64) string { return percent(t, 0) }, "Share of the figures")
	for i, b := range r.b.RestsOn {
		v.rect("c1", s.at(0), f.y(i)+2, math.Max(s.at(b.Share)-s.at(0), 1), f.bar-4)
		text := count(float64(b.Count)) + " (" + percent(b.Share, 0) + ")"
		if l.narrow {
			v.text("tm"+over, end, v.w, f.y(i)-5, v.small, text)
		} else {
			v.text("t", end, v.w, f.y(i)+f.bar/2+v.size*0.35, v.size, text)
		}
		f.label(i, labels[i])
	}
	return v.done(h)
}
