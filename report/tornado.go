package report

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"headroom"
)

// rangePart is how far answers move: a tornado for each, with what was solved and left out.
func (r *page) rangePart() part {
	out := part{
		ID: "turns", Title: "What the answers turn on",
		Text: words("Each claim in use and each assumption that has a low and a high was put at both, one figure at a time, and the answer worked out again. Several at once can move it farther."),
	}
	for i := range r.o.Ranges {
		x := &r.o.Ranges[i]
		if f := r.tornado(x); f != nil {
			out.Figures = append(out.Figures, f)
		}
		out.Folded = append(out.Folded, tables(r.rangeOthers(x), rangeLeftOut(x))...)
	}
	return out
}

// rangeTitle is the question with its answer.
func rangeTitle(x *headroom.Range) string {
	s := clean(x.Question) + ": "
	if x.Base == nil {
		return s + noAnswer(x)
	}
	s += measure(x, *x.Base) + unitWord(x)
	if len(x.Drivers)+len(x.Others) > 0 {
		s += fmt.Sprintf(", from %s to %s", measured(x, x.Low), measured(x, x.High))
	}
	return s
}

// tornado is the figures that move an answer most as bars from the answer at their low to that at their high.
func (r *page) tornado(x *headroom.Range) *figure {
	if len(x.Drivers) == 0 {
		return nil
	}
	f := &figure{
		Title: rangeTitle(x),
		Note:  words(strings.Join(rangeNotes(x), " ")),
		Label: "Bars from the answer at the low to the answer at the high of each figure that moves it most.",
		Table: r.driverTable(x, "What "+clean(x.Question)+" turns on", x.Drivers),
	}
	for _, d := range x.Drivers {
		f.Label += fmt.Sprintf(" %s: %s at its low, %s at its high.", figureName(d.Ref), atEnd(x, d.AtLow, d.NoteLow), atEnd(x, d.AtHigh, d.NoteHigh))
	}
	return f.draw(func(l layout) template.HTML { return drawTornado(l, x) })
}

// driverTable is drivers with the answers at their ends.
func (r *page) driverTable(x *headroom.Range, caption string, drivers []headroom.Driver) grid {
	g := grid{
		Caption: caption + ", " + clean(x.Unit),
		Head: []head{
			{"Figure", false},
			{"Of", false},
			{"Status", false},
			{"Low", true},
			{"Value", true},
			{"High", true},
			{"Answer at low", true},
			{"Answer at high", true},
			{"Note", false},
		},
	}
	for _, d := range drivers {
		at := func(text string) cell { return cell{Text: text, Ref: d.Ref} } // every number of the row comes of moving it
		g.add(cell{Text: figureName(d.Ref)}, cell{Text: clean(d.Of)}, cell{Text: clean(d.Status)}, at(optionalPlain(d.Low)), at(optionalPlain(d.Value)),
			at(optionalPlain(d.High)), at(atEnd(x, d.AtLow, d.NoteLow)), at(atEnd(x, d.AtHigh, d.NoteHigh)), cell{Text: driverNote(d)})
	}
	return g
}

// driverNote is what else there is to say of a driver.
func driverNote(d headroom.Driver) string {
	var out []string
	for i, note := range []string{d.NoteLow, d.NoteHigh} {
		if note != "" {
			out = append(out, fmt.Sprintf("at its %s: %s", [2]string{"low", "high"}[i], clean(note)))
		}
	}
	if len(d.With) > 0 {
		out = append(out, nameList(d.With)+" give way")
	}
	if !d.Decided && d.Swing > 0 {
		out = append(out, "not decided: less than the plans leave open")
	}
	return strings.Join(out, "; ")
}

// rangeOthers are the other figures that were solved.
func (r *page) rangeOthers(x *headroom.Range) grid {
	return r.driverTable(x, "Also solved for "+clean(x.Question), x.Others)
}

// rangeLeftOut are the figures that were not solved, with the reason.
func rangeLeftOut(x *headroom.Range) grid {
	g := grid{
		Caption: "Left out for " + clean(x.Question),
		Head:    []head{{"Figure", false}, {"Of", false}, {"Status", false}, {"Why", false}},
	}
	for _, s := range x.ScreenedOut {
		g.add(cell{Text: figureName(s.Ref)}, cell{Text: clean(s.Of)}, cell{Text: clean(s.Status)}, cell{Text: clean(s.Reason)})
	}
	return g
}

// scaled is a value of an answer as it stands on the axis: money in millions.
func scaled(x *headroom.Range, v float64) float64 {
	if x.Unit == "vehicles" || strings.Contains(x.Unit, " ") {
		return v
	}
	return v / 1e6
}

// axisTitle is the unit of the axis.
func axisTitle(x *headroom.Range) string {
	switch currency, per, _ := strings.Cut(x.Unit, " "); {
	case x.Unit == "vehicles":
		return "Vehicles"
	case per != "":
		return symbolName(currency) + " " + clean(per)
	default:
		return symbolName(currency) + " million"
	}
}

func drawTornado(l layout, x *headroom.Range) template.HTML {
	v := &canvas{layout: l}
	keys := []key{{"c1", "At its low", "square"}, {"c3", "At its high", "square"}}
	if x.Base != nil {
		keys = append(keys, key{"base", "As the case has it", "tick"})
	}
	y := v.legend(0, keys) + 6
	lo, hi := extent(x)
	if lo > hi {
		lo, hi = 0, 1
	}
	lo, hi = scaled(x, lo), scaled(x, hi)
	if lo == hi {
		lo, hi = lo-1, hi+1
	}
	var labels []string
	for _, d := range x.Drivers {
		labels = append(labels, figureName(d.Ref))
	}
	right, n := 190.0, 5
	if l.narrow {
		right, n = 6, 4
	}
	f := newRows(v, y, labels, 260, right)
	s, marks := axis(lo, hi, n, f.left+boolTo(l.narrow, 14), f.to-14)
	h := f.grid(s, marks, len(labels), func(t float64) string { return decimals(t, tickDigits(marks)) }, axisTitle(x))
	for i, d := range x.Drivers {
		drawDriver(f, s, i, x, d)
		text := atEnd(x, d.AtLow, d.NoteLow) + " / " + atEnd(x, d.AtHigh, d.NoteHigh)
		if l.narrow {
			w := textWidth(text, v.small)
			v.text("t"+over, start, 0, f.y(i)-5, v.size, squeeze(labels[i], v.w-w-8, v.size))
			v.text("tm"+over, end, v.w, f.y(i)-5, v.small, text)
			continue
		}
		f.label(i, labels[i])
		v.text("t", end, v.w, f.y(i)+f.bar/2+v.small*0.35, v.small, text)
	}
	if x.Base != nil {
		at := s.at(scaled(x, *x.Base))
		v.line("base", at, f.top-2, at, f.bottom(len(labels))+4)
	}
	return v.done(h)
}

// drawDriver draws the bar of a driver: from the base to the answer at its low, and to that at its high. Where both are on one
// side the shorter one is drawn over the longer.
func drawDriver(f *rows, s scale, i int, x *headroom.Range, d headroom.Driver) {
	type bar struct {
		class string
		to    *float64
	}
	bars := []bar{{"c1", d.AtLow}, {"c3", d.AtHigh}}
	far := func(b bar) float64 {
		if b.to == nil || x.Base == nil {
			return 0
		}
		return math.Abs(*b.to - *x.Base)
	}
	if far(bars[0]) < far(bars[1]) {
		bars[0], bars[1] = bars[1], bars[0]
	}
	for _, b := range bars {
		switch {
		case b.to == nil:
		case x.Base == nil:
			f.dot(b.class, s.at(scaled(x, *b.to)), f.y(i)+f.bar/2, 5)
		default:
			from, to := s.at(scaled(x, *x.Base)), s.at(scaled(x, *b.to))
			f.rect(b.class, math.Min(from, to), f.y(i)+2, math.Abs(to-from), f.bar-4)
		}
	}
}
