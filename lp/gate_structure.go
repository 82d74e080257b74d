package lp

import (
	"fmt"
	"math"
)

// bigMs reports N06. It looks at rows of one binary column y and otherwise continuous ones, Σ a·x + β·y ≤ U, and at the
// mirror image of ≥. Switched one way the row says Σ a·x ≤ tight, the other way it says |β| more. What is needed to say
// nothing is the largest value of Σ a·x less tight, known where the columns that count are bounded.
func (g *gate) bigMs(byRow *rowMajor) {
	p := g.p
	if p.Integers() == 0 {
		return
	}
	known := g.o.MinQuantity > 0
	quantity := 1.0
	if known {
		quantity = g.o.MinQuantity
	}
	var leak, loose place
	var need float64
	for i := range p.Rows() {
		y, beta := g.switchOf(byRow, i)
		if y < 0 {
			continue
		}
		m := math.Abs(beta)
		if m*solverIntegrality > bigMShare*quantity {
			leak.more(m, i, y, m > leak.value)
		}
		for _, s := range []float64{1, -1} {
			if n, ok := g.needed(byRow, i, y, s); ok && m > n*(1+bigMSlack) {
				if loose.count == 0 || m/n > loose.value/need {
					need = n
				}
				loose.more(m, i, y, need == n)
			}
		}
	}
	if leak.count > 0 {
		own := Warn
		if known || leak.value >= bigMRefuse {
			own = Refuse
		}
		g.add(codeBigM, own, Warn, leak.row, leak.col, leak.count, fmt.Sprintf("big-M of %.4g of %s lets %.2g through when %s is off by the solver's tolerance",
			leak.value, g.at(leak), leak.value*solverIntegrality, p.ColName(leak.col)), "make M the physical capacity, in thousands")
	}
	if loose.count > 0 {
		g.add(codeBigM, Warn, Warn, loose.row, loose.col, loose.count, fmt.Sprintf("big-M of %.6g of %s is more than the %.6g the row can need",
			loose.value, g.at(loose), need), "a tighter M gives better bounds and a faster solve")
	}
}

// switchOf returns the binary column of row i and its coefficient, -1 where the row is no switch: every other column must be
// continuous and there must be one.
func (g *gate) switchOf(byRow *rowMajor, i int) (y int, beta float64) {
	p := g.p
	y = -1
	from, to := byRow.start[i], byRow.start[i+1]
	if to-from < 2 {
		return -1, 0
	}
	for k := from; k < to; k++ {
		j := int(byRow.col[k])
		if !p.IsInteger(j) {
			continue
		}
		if y >= 0 || p.Lower[j] != 0 || p.Upper[j] != 1 {
			return -1, 0
		}
		y, beta = j, byRow.value[k]
	}
	return y, beta
}

// needed is the smallest M that switches row i off on its upper side (s = 1) or, mirrored, its lower (s = -1).
func (g *gate) needed(byRow *rowMajor, i, y int, s float64) (float64, bool) {
	p := g.p
	u := p.RowUpper[i]
	if s < 0 {
		u = -p.RowLower[i]
	}
	if math.IsInf(u, 1) {
		return 0, false
	}
	tight, most := u, 0.0
	for k := byRow.start[i]; k < byRow.start[i+1]; k++ {
		j, a := int(byRow.col[k]), s*byRow.value[k]
		switch {
		case j == y:
			tight = min(u, u-a)
		case a > 0:
			most += a * p.Upper[j]
		default:
			most += a * p.Lower[j]
		}
	}
	n := most - tight
	return n, n > 0 && !math.IsInf(n, 0) && !math.IsNaN(n)
}

// directions reports N18: columns that improve the objective, have no bound that way and meet no row that stops them, so
// that the problem is unbounded or infeasible whatever the other columns do.
func (g *gate) directions() {
	p := g.p
	var w place
	for j, c := range p.Cost {
		if c == 0 {
			continue
		}
		up := (c < 0) == (p.Sense == Minimize)
		if up && !math.IsInf(p.Upper[j], 1) || !up && !math.IsInf(p.Lower[j], -1) || g.stopped(j, up) {
			continue
		}
		w.more(math.Abs(c), -1, j, false)
	}
	if w.count > 0 {
		g.add(codeUnboundedDirection, Refuse, Warn, -1, w.col, w.count,
			fmt.Sprintf("column %s improves the objective without limit", p.ColName(w.col)), "give it a bound or a capacity row")
	}
}

// stopped reports whether a row ends the way of column j up or down.
func (g *gate) stopped(j int, up bool) bool {
	p := g.p
	for k := p.Start[j]; k < p.Start[j+1]; k++ {
		i := p.Index[k]
		if (p.Value[k] > 0) == up && !math.IsInf(p.RowUpper[i], 1) || (p.Value[k] > 0) != up && !math.IsInf(p.RowLower[i], -1) {
			return true
		}
	}
	return false
}
