package lp

import (
	"fmt"
	"math"
)

// place is where an extreme value was seen.
type place struct {
	value    float64
	row, col int
	count    int
}

// more counts v and keeps the place where worse says it is worse.
func (w *place) more(v float64, row, col int, worse bool) {
	if w.count == 0 || worse {
		w.value, w.row, w.col = v, row, col
	}
	w.count++
}

// coefficients reports N02 and N03.
func (g *gate) coefficients() {
	p := g.p
	refuseAbove := largeRefuse
	if g.o.Strictness == Foreign {
		refuseAbove = largeForeign
	}
	var small, large, dropped, rejected place
	low, high := place{value: Inf}, place{}
	for j := range p.Cols() {
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			v, i := math.Abs(p.Value[k]), int(p.Index[k])
			if v == 0 {
				continue
			}
			if v < low.value {
				low = place{v, i, j, 1}
			}
			if v > high.value {
				high = place{v, i, j, 1}
			}
			switch {
			case v <= smallRefuse:
				dropped.more(v, i, j, v < dropped.value)
			case v < smallWarn:
				small.more(v, i, j, v < small.value)
			case v >= refuseAbove:
				rejected.more(v, i, j, v > rejected.value)
			case v > largeWarn:
				large.more(v, i, j, v > large.value)
			}
		}
	}
	if ratio := high.value / low.value; low.count > 0 && ratio > rangeWarn {
		own := Warn
		if ratio > rangeRefuse {
			own = Refuse
		}
		g.add(codeRange, own, Warn, high.row, high.col, 1, fmt.Sprintf("coefficients span a factor of %.1e: from %.3g (%s) to %.3g (%s)",
			ratio, low.value, g.at(low), high.value, g.at(high)), hintUnits)
	}
	g.magnitude(Refuse, Refuse, dropped, "so small that the solver drops it")
	g.magnitude(Refuse, Refuse, rejected, "so large that no answer means anything")
	g.magnitude(Warn, Warn, small, "very small")
	g.magnitude(Warn, Warn, large, "very large")
}

func (g *gate) magnitude(own, foreign Severity, w place, what string) {
	if w.count > 0 {
		g.add(codeMagnitude, own, foreign, w.row, w.col, w.count, fmt.Sprintf("coefficient %.3g of %s is %s", w.value, g.at(w), what), hintUnits)
	}
}

func (g *gate) at(w place) string {
	return fmt.Sprintf("column %s in row %s", g.p.ColName(w.col), g.p.RowName(w.row))
}

// sides reports N04.
func (g *gate) sides() {
	p := g.p
	var rows, cols place
	for i := range p.Rows() {
		if v := largestFinite(p.RowLower[i], p.RowUpper[i]); v > sideWarn {
			rows.more(v, i, -1, v > rows.value)
		}
	}
	for j := range p.Cols() {
		if v := largestFinite(p.Lower[j], p.Upper[j]); v > sideWarn {
			cols.more(v, -1, j, v > cols.value)
		}
	}
	if rows.count > 0 {
		g.add(codeSides, Warn, Warn, rows.row, -1, rows.count, fmt.Sprintf("row %s has the side %.3g", p.RowName(rows.row), rows.value), hintUnits)
	}
	if cols.count > 0 {
		g.add(codeSides, Warn, Warn, -1, cols.col, cols.count, fmt.Sprintf("column %s has the bound %.3g", p.ColName(cols.col), cols.value), hintUnits)
	}
}

func largestFinite(l, u float64) float64 {
	v := 0.0
	if !math.IsInf(l, 0) {
		v = math.Abs(l)
	}
	if !math.IsInf(u, 0) {
		v = max(v, math.Abs(u))
	}
	return v
}

// costs reports N05. The optimum is not known before the solve; the size of the costs stands in for it.
func (g *gate) costs() {
	p := g.p
	low, high := place{value: Inf}, place{}
	for j, c := range p.Cost {
		v := math.Abs(c)
		if v == 0 {
			continue
		}
		if v < low.value {
			low = place{v, -1, j, 1}
		}
		if v > high.value {
			high = place{v, -1, j, 1}
		}
	}
	if low.count == 0 {
		return
	}
	report := func(what string, col int) { g.add(codeObjective, Warn, Warn, -1, col, 1, what, hintUnits) }
	switch {
	case high.value < costLow:
		report(fmt.Sprintf("no cost is larger than %.3g (column %s)", high.value, p.ColName(high.col)), high.col)
	case high.value > costHigh:
		report(fmt.Sprintf("the cost of column %s is %.3g", p.ColName(high.col), high.value), high.col)
	case high.value/low.value > rangeRefuse:
		report(fmt.Sprintf("costs span from %.3g (column %s) to %.3g (column %s)", low.value, p.ColName(low.col), high.value, p.ColName(high.col)), high.col)
	}
}

// crossed reports N17 of single rows and columns.
func (g *gate) crossed() {
	p := g.p
	for j := range p.Cols() {
		l, u := p.Lower[j], p.Upper[j]
		if p.IsInteger(j) {
			l, u = math.Ceil(l), math.Floor(u)
		}
		if l > u {
			g.add(codeCrossed, Warn, Warn, -1, j, 1, fmt.Sprintf("column %s has no value between %v and %v", p.ColName(j), p.Lower[j], p.Upper[j]),
				"there is no solution; in an MPS file, a negative UP needs a line LO or MI")
			return
		}
	}
	for i := range p.Rows() {
		if p.RowLower[i] > p.RowUpper[i] {
			g.add(codeCrossed, Warn, Warn, i, -1, 1, fmt.Sprintf("row %s must be at least %v and at most %v", p.RowName(i), p.RowLower[i], p.RowUpper[i]), "there is no solution")
			return
		}
	}
}
