package lptest

import (
	"context"
	"math"
	"math/big"

	"headroom/lp"
)

// tableau is a dense two-phase simplex in rationals: rows of structural, slack and artificial columns, then the right-hand
// side. Bland's rule makes it finite.
type tableau struct {
	n     int          // structural and slack columns
	m     int          // rows; artificial column of row i is n+i
	a     [][]*big.Rat // m rows of n+m+1
	cost  []*big.Rat   // n+m+1: reduced costs, minus the objective
	basis []int
	flip  []bool // the row was multiplied by -1
}

// part says how a column of the problem became structural ones: x = shift + sign·v, less v' of the next where free.
type part struct {
	first int // -1: a constant
	sign  int
	free  bool
	shift *big.Rat
}

// exactLP is an LP in rationals.
type exactLP struct {
	p     *lp.Problem
	parts []part
	rowOf []int // problem row of each tableau row, -1 for an upper bound
	t     tableau
}

var zero = new(big.Rat)

func rat(v float64) *big.Rat { return new(big.Rat).SetFloat64(v) }

// solveExact solves the relaxation of p with other bounds. x and y are nil unless the answer is lp.StopOptimal.
func solveExact(ctx context.Context, p *lp.Problem, lower, upper []float64) (stop lp.Stop, obj *big.Rat, x, y []*big.Rat) {
	for j := range lower {
		if lower[j] > upper[j] {
			return lp.StopInfeasible, nil, nil, nil
		}
	}
	for i := range p.Rows() {
		if p.RowLower[i] > p.RowUpper[i] {
			return lp.StopInfeasible, nil, nil, nil
		}
	}
	e := &exactLP{p: p}
	e.build(lower, upper)
	t := &e.t
	t.phase1()
	if stop := t.pivot(ctx, t.n); stop != lp.StopOptimal {
		return stop, nil, nil, nil
	}
	if t.cost[t.n+t.m].Sign() != 0 {
		return lp.StopInfeasible, nil, nil, nil
	}
	e.phase2()
	if stop := t.pivot(ctx, t.n); stop != lp.StopOptimal {
		return stop, nil, nil, nil
	}
	x = e.primal()
	obj = rat(p.Offset)
	for j, v := range x {
		obj.Add(obj, new(big.Rat).Mul(rat(p.Cost[j]), v))
	}
	return lp.StopOptimal, obj, x, e.dual()
}

// side is a row to be of the tableau.
type side struct {
	row   int // of the problem; -1: an upper bound
	rel   int // -1: ≤, 0: =, 1: ≥
	rhs   *big.Rat
	bound int // structural column of an upper bound
}

// build makes columns and rows.
func (e *exactLP) build(lower, upper []float64) {
	sides := append(e.columns(lower, upper), e.sides()...)
	t := &e.t
	slack := t.n
	for _, s := range sides {
		if s.rel != 0 {
			t.n++
		}
	}
	t.m = len(sides)
	width := t.n + t.m + 1
	of := make([][]int, e.p.Rows()) // tableau rows of each problem row
	for r, s := range sides {
		row := make([]*big.Rat, width)
		for k := range row {
			row[k] = zero
		}
		row[width-1] = s.rhs
		if s.rel != 0 {
			row[slack] = rat(float64(-s.rel))
			slack++
		}
		if s.row >= 0 {
			of[s.row] = append(of[s.row], r)
		} else {
			row[s.bound] = rat(1)
		}
		e.rowOf = append(e.rowOf, s.row)
		t.a = append(t.a, row)
	}
	for j, pt := range e.parts {
		for k := e.p.Start[j]; k < e.p.Start[j+1]; k++ {
			for _, r := range of[e.p.Index[k]] {
				e.place(t.a[r], pt, rat(e.p.Value[k]))
			}
		}
	}
	t.close()
}

// columns makes the structural columns and returns the rows of those with two bounds.
func (e *exactLP) columns(lower, upper []float64) []side {
	var bounds []side
	for j, l := range lower {
		u := upper[j]
		pt := part{first: e.t.n, sign: 1}
		switch {
		case l == u:
			pt.first, pt.shift = -1, rat(l)
		case !math.IsInf(l, 0):
			pt.shift = rat(l)
			if !math.IsInf(u, 0) {
				bounds = append(bounds, side{-1, -1, new(big.Rat).Sub(rat(u), rat(l)), e.t.n})
			}
			e.t.n++
		case !math.IsInf(u, 0):
			pt.shift, pt.sign = rat(u), -1
			e.t.n++
		default:
			pt.shift, pt.free = zero, true
			e.t.n += 2
		}
		e.parts = append(e.parts, pt)
	}
	return bounds
}

// sides are the rows of the problem, two of them for a two-sided one.
func (e *exactLP) sides() []side {
	var out []side
	for i, l := range e.p.RowLower {
		u := e.p.RowUpper[i]
		if l == u {
			out = append(out, side{i, 0, rat(l), -1})
			continue
		}
		if !math.IsInf(l, 0) {
			out = append(out, side{i, 1, rat(l), -1})
		}
		if !math.IsInf(u, 0) {
			out = append(out, side{i, -1, rat(u), -1})
		}
	}
	return out
}

// place adds coefficient v of a column to a row, its shift to the right-hand side.
func (e *exactLP) place(row []*big.Rat, pt part, v *big.Rat) {
	last := len(row) - 1
	row[last] = new(big.Rat).Sub(row[last], new(big.Rat).Mul(v, pt.shift))
	if pt.first < 0 {
		return
	}
	c := new(big.Rat).Set(v)
	if pt.sign < 0 {
		c.Neg(c)
	}
	row[pt.first] = new(big.Rat).Add(row[pt.first], c)
	if pt.free {
		row[pt.first+1] = new(big.Rat).Sub(row[pt.first+1], c)
	}
}

// close makes right-hand sides positive and puts an artificial column into every row; a slack of +1 is the first basis.
func (t *tableau) close() {
	t.flip = make([]bool, t.m)
	t.basis = make([]int, t.m)
	used := make([]int, t.n) // rows in which a column occurs
	for _, row := range t.a {
		for k := range t.n {
			if row[k].Sign() != 0 {
				used[k]++
			}
		}
	}
	for i, row := range t.a {
		if row[len(row)-1].Sign() < 0 {
			t.flip[i] = true
			for k := range row {
				if row[k].Sign() != 0 {
					row[k] = new(big.Rat).Neg(row[k])
				}
			}
		}
		row[t.n+i] = rat(1)
		t.basis[i] = t.n + i
		for k := t.n - 1; k >= 0; k-- {
			if used[k] == 1 && row[k].Cmp(rat(1)) == 0 {
				t.basis[i] = k
				break
			}
		}
	}
}

// phase1 prices the sum of the artificial columns that are basic.
func (t *tableau) phase1() {
	t.cost = make([]*big.Rat, t.n+t.m+1)
	for k := range t.cost {
		t.cost[k] = zero
	}
	for i, b := range t.basis {
		if b < t.n {
			continue
		}
		for k := range t.cost {
			if k < t.n || k == t.n+t.m {
				t.cost[k] = new(big.Rat).Sub(t.cost[k], t.a[i][k])
			}
		}
	}
}

// phase2 prices the costs of the problem, as a minimisation.
func (e *exactLP) phase2() {
	t := &e.t
	for k := range t.cost {
		t.cost[k] = zero
	}
	for j, pt := range e.parts {
		if pt.first < 0 || e.p.Cost[j] == 0 {
			continue
		}
		c := rat(e.p.Cost[j])
		if e.p.Sense == lp.Maximize {
			c.Neg(c)
		}
		if pt.sign < 0 {
			c.Neg(c)
		}
		t.cost[pt.first] = c
		if pt.free {
			t.cost[pt.first+1] = new(big.Rat).Neg(c)
		}
	}
	for i, b := range t.basis {
		if c := t.cost[b]; c.Sign() != 0 {
			t.subtract(t.cost, c, t.a[i])
		}
	}
}

// subtract takes f times row from target.
func (t *tableau) subtract(target []*big.Rat, f *big.Rat, row []*big.Rat) {
	f = new(big.Rat).Set(f)
	for k, v := range row {
		if v.Sign() != 0 {
			target[k] = new(big.Rat).Sub(target[k], new(big.Rat).Mul(f, v))
		}
	}
}

// pivot runs the simplex over the first n columns by Bland's rule. An artificial column that is basic at zero leaves first.
func (t *tableau) pivot(ctx context.Context, n int) lp.Stop {
	for {
		if ctx.Err() != nil {
			return lp.StopInterrupt
		}
		in := -1
		for k := range n {
			if t.cost[k].Sign() < 0 {
				in = k
				break
			}
		}
		if in < 0 {
			return lp.StopOptimal
		}
		out := t.leaving(in)
		if out < 0 {
			return lp.StopUnbounded
		}
		t.exchange(out, in)
	}
}

// leaving is the row whose basic column makes way for column in, -1 where none does.
func (t *tableau) leaving(in int) int {
	last := t.n + t.m
	out := -1
	var best *big.Rat
	for i, row := range t.a {
		artificial := t.basis[i] >= t.n && row[last].Sign() == 0 && row[in].Sign() != 0
		if row[in].Sign() <= 0 && !artificial {
			continue
		}
		ratio := new(big.Rat)
		if !artificial {
			ratio.Quo(row[last], row[in])
		}
		c := 0
		if out >= 0 {
			c = ratio.Cmp(best)
		}
		if out < 0 || c < 0 || c == 0 && t.basis[i] < t.basis[out] {
			out, best = i, ratio
		}
	}
	return out
}

// exchange brings column in into the basis of row out.
func (t *tableau) exchange(out, in int) {
	row := t.a[out]
	inv := new(big.Rat).Inv(row[in])
	for k, v := range row {
		if v.Sign() != 0 {
			row[k] = new(big.Rat).Mul(v, inv)
		}
	}
	for i := range t.a {
		if f := t.a[i][in]; i != out && f.Sign() != 0 {
			t.subtract(t.a[i], f, row)
		}
	}
	if f := t.cost[in]; f.Sign() != 0 {
		t.subtract(t.cost, f, row)
	}
	t.basis[out] = in
}

// primal reads the solution.
func (e *exactLP) primal() []*big.Rat {
	t := &e.t
	v := make([]*big.Rat, t.n+t.m)
	for k := range v {
		v[k] = zero
	}
	for i, b := range t.basis {
		v[b] = t.a[i][t.n+t.m]
	}
	x := make([]*big.Rat, len(e.parts))
	for j, pt := range e.parts {
		x[j] = new(big.Rat).Set(pt.shift)
		if pt.first < 0 {
			continue
		}
		d := new(big.Rat).Set(v[pt.first])
		if pt.free {
			d.Sub(d, v[pt.first+1])
		}
		if pt.sign < 0 {
			d.Neg(d)
		}
		x[j].Add(x[j], d)
	}
	return x
}

// dual reads the shadow prices of the problem's rows from the artificial columns, in the problem's own sense.
func (e *exactLP) dual() []*big.Rat {
	y := make([]*big.Rat, e.p.Rows())
	for i := range y {
		y[i] = new(big.Rat)
	}
	for r, i := range e.rowOf {
		if i < 0 {
			continue
		}
		d := new(big.Rat).Neg(e.t.cost[e.t.n+r])
		if e.t.flip[r] != (e.p.Sense == lp.Maximize) {
			d.Neg(d)
		}
		y[i].Add(y[i], d)
	}
	return y
}
