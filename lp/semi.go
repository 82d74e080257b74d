package lp

import (
	"fmt"
	"math"
)

// semi is a column that is 0 or within its bounds, and the place where a file says so.
type semi struct {
	col      int
	line, at int
}

// semiNames are the names of what a semi-continuous column needs.
type semiNames struct {
	column string
	rows   [2]string
}

// semiContinuous makes x = 0 or l ≤ x ≤ u of a column x with bounds l and u: a binary column y and the rows x − u·y ≤ 0 and
// x − l·y ≥ 0. Both bounds must be finite.
func (b *Builder) semiContinuous(s semi, name string, refuse func(s semi, message, hint string) error) (semiNames, error) {
	l, u := b.p.Lower[s.col], b.p.Upper[s.col]
	if math.IsInf(l, 0) || math.IsInf(u, 0) {
		return semiNames{}, refuse(s, fmt.Sprintf("semi-continuous column %q has no finite bound on both sides", name), "give it the largest value that it can have")
	}
	if l > u {
		return semiNames{}, refuse(s, fmt.Sprintf("semi-continuous column %q has bounds %v and %v, which cross", name, l, u), "exchange them, or correct one")
	}
	b.p.Lower[s.col], b.p.Upper[s.col] = min(l, 0), max(u, 0)
	y := b.IntCol(0, 0, 1)
	up, lo := b.Row(math.Inf(-1), 0), b.Row(0, Inf)
	for _, r := range []int{up, lo} {
		b.Add(r, s.col, 1)
	}
	b.Add(up, y, -u)
	b.Add(lo, y, -l)
	return semiNames{name + ".on", [2]string{name + ".most", name + ".least"}}, nil
}
