package lp

import "math"

// SafeBound is a bound on the optimum of the linear relaxation of p that row duals prove, whatever they are: no solution of p has
// a better objective. Every rounding goes to the safe side (A. Neumaier, O. Shcherbina, Safe bounds in linear and mixed-integer
// linear programming, Mathematical Programming 99, 2004), so it is true of the numbers of p to the last bit. For a minimisation
// with duals y it is
//
//	Offset + Σ_i min(y_i·side_i) + Σ_j min(d_j·x_j over Lower_j ≤ x_j ≤ Upper_j),   d = Cost − Aᵀy
//
// A dual that leans on a side that is not there counts as 0. A column without a bound on the side that its d leans on gets the one
// that the rows imply; where they imply none, nothing is proved and the result is infinite (−Inf for a minimisation).
func SafeBound(p *Problem, rowDual []float64) float64 {
	if len(rowDual) != p.Rows() {
		return worst(p.Sense)
	}
	s := 1.0 // turns a maximisation into a minimisation
	if p.Sense == Maximize {
		s = -1
	}
	y := make([]float64, p.Rows())
	sum := s * p.Offset
	for i, d := range rowDual {
		side := p.RowLower[i]
		if y[i] = s * d; y[i] < 0 {
			side = p.RowUpper[i]
		}
		if math.IsInf(side, 0) || math.IsNaN(y[i]) || math.IsInf(y[i], 0) {
			y[i] = 0
		}
		if y[i] != 0 && side != 0 {
			sum = down(sum + down(y[i]*side))
		}
	}
	var implied *box
	for j := range p.Cols() {
		d := reducedRange(p, j, s, y)
		l, u := p.Lower[j], p.Upper[j]
		if d.low < 0 && math.IsInf(u, 1) || d.high > 0 && math.IsInf(l, -1) {
			if implied == nil {
				implied = impliedBounds(p)
			}
			l, u = implied.lower[j], implied.upper[j]
		}
		if t := least(d, l, u); t != 0 {
			sum = down(sum + t)
		}
		if math.IsInf(sum, -1) || math.IsNaN(sum) {
			return worst(p.Sense)
		}
	}
	return s * sum
}

// worst is the bound that says nothing.
func worst(s Sense) float64 {
	if s == Maximize {
		return Inf
	}
	return -Inf
}

// down and up are the next numbers below and above: what a rounded result may truly be.
func down(x float64) float64 { return math.Nextafter(x, -Inf) }
func up(x float64) float64   { return math.Nextafter(x, Inf) }

// span is what a number lies in.
type span struct{ low, high float64 }

// reducedRange is what the reduced cost of column j of the minimisation lies in.
func reducedRange(p *Problem, j int, s float64, y []float64) span {
	d := span{s * p.Cost[j], s * p.Cost[j]}
	for k := p.Start[j]; k < p.Start[j+1]; k++ {
		if v := y[p.Index[k]]; v != 0 {
			t := p.Value[k] * v
			d = span{down(d.low - up(t)), up(d.high - down(t))}
		}
	}
	return d
}

// least is at most d·x for every d of the span and x of l…u.
func least(d span, l, u float64) float64 {
	out := Inf
	for _, a := range [2]float64{d.low, d.high} {
		for _, x := range [2]float64{l, u} {
			if a != 0 && x != 0 {
				out = min(out, down(a*x))
			} else {
				out = min(out, 0)
			}
		}
	}
	return out
}

// box is bounds of columns.
type box struct{ lower, upper []float64 }

// impliedPasses is how often rows are gone through for the bounds that they imply.
const impliedPasses = 4

// impliedBounds are bounds that rows and bounds imply for columns which lack one; rounded outwards.
func impliedBounds(p *Problem) *box {
	b := &box{lower: append([]float64(nil), p.Lower...), upper: append([]float64(nil), p.Upper...)}
	byRow := transpose(p)
	for range impliedPasses {
		changed := false
		for i := range p.Rows() {
			changed = b.row(p, byRow, i) || changed
		}
		if !changed {
			break
		}
	}
	return b
}

// row takes what one row implies, and reports whether a bound got better.
func (b *box) row(p *Problem, rows *rowMajor, i int) bool {
	changed := false
	for _, sign := range [2]float64{1, -1} { // sign·a·x ≤ side
		side := p.RowUpper[i]
		if sign < 0 {
			side = -p.RowLower[i]
		}
		if math.IsInf(side, 0) {
			continue
		}
		sum, open, which := 0.0, 0, -1
		for k := rows.start[i]; k < rows.start[i+1]; k++ {
			t := b.least(sign*rows.value[k], int(rows.col[k]))
			if math.IsInf(t, -1) {
				open, which = open+1, int(k)
				continue
			}
			sum = down(sum + t)
		}
		for k := rows.start[i]; k < rows.start[i+1] && open <= 1; k++ {
			rest := sum
			if open == 0 {
				rest = down(sum - b.least(sign*rows.value[k], int(rows.col[k])))
			} else if int(k) != which {
				continue
			}
			changed = b.take(sign*rows.value[k], int(rows.col[k]), up(side-rest)) || changed
		}
	}
	return changed
}

// take takes over a·x ≤ most for column j where it has no bound there yet, and reports whether it did.
func (b *box) take(a float64, j int, most float64) bool {
	switch {
	case a > 0 && math.IsInf(b.upper[j], 1):
		b.upper[j] = up(most / a)
		return !math.IsInf(b.upper[j], 1)
	case a < 0 && math.IsInf(b.lower[j], -1):
		b.lower[j] = down(most / a)
		return !math.IsInf(b.lower[j], -1)
	}
	return false
}

// least is at most a·x over the bounds of column j.
func (b *box) least(a float64, j int) float64 {
	x := b.lower[j]
	if a < 0 {
		x = b.upper[j]
	}
	if x == 0 || a == 0 {
		return 0
	}
	return down(a * x)
}
