package lp

import (
	"fmt"
	"math"
)

// Severity says what an issue of the gate means for the solve.
type Severity int

// The severities.
const (
	Warn Severity = iota
	Refuse
)

// String is "warn" or "refuse".
func (s Severity) String() string { return [...]string{"warn", "refuse"}[s] }

// MarshalText is String, for JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Issue is one finding of the gate. There is one per code and kind of place, at the worst place; Count says how many there
// are.
type Issue struct {
	Code     string   `json:"code"` // N01 … N18, stable
	Severity Severity `json:"severity"`
	Row      int      `json:"row"` // -1: none
	Col      int      `json:"col"` // -1: none
	Count    int      `json:"count"`
	Message  string   `json:"message"` // with the names of row and column
	Hint     string   `json:"hint"`
}

// String is "N02 refuse: message; hint".
func (i Issue) String() string {
	s := fmt.Sprintf("%s %s: %s", i.Code, i.Severity, i.Message)
	if i.Hint != "" {
		s += "; " + i.Hint
	}
	return s
}

// Strictness says whose problem the gate looks at.
type Strictness int

const (
	// Own is for problems built by Headroom, which chooses their units: bad ranges are refused.
	Own Strictness = iota
	// Foreign is for problems read from a file: only what a solver would reject or silently drop is refused (N01, and
	// coefficients ≤ 1e-9 or ≥ 1e15 of N03); the rest warns.
	Foreign
)

// GateOptions says how to look.
type GateOptions struct {
	Strictness Strictness
	// MinQuantity is the smallest meaningful amount of a continuous column in a row with a big-M, in its own unit; 0 is
	// unknown and taken as 1.
	MinQuantity float64
}

// Limits of the gate. HiGHS drops |a| ≤ 1e-9 without a word and rejects |a| ≥ 1e15; its integrality tolerance of 1e-6 lets
// 1e-6·M through a closed switch.
const (
	rangeWarn, rangeRefuse = 1e6, 1e9
	smallWarn, smallRefuse = 1e-6, 1e-9
	largeWarn, largeRefuse = 1e6, 1e12
	largeForeign           = 1e15
	sideWarn               = 1e6
	costLow, costHigh      = 1e-6, 1e6
	solverIntegrality      = 1e-6
	bigMShare              = 0.25
	bigMSlack              = 1e-6 // relative excess over the need that is let pass
	bigMRefuse             = 1e7  // a leak of ten units of output was measured there
	codeNotFinite          = "N01"
	codeRange              = "N02"
	codeMagnitude          = "N03"
	codeSides              = "N04"
	codeObjective          = "N05"
	codeBigM               = "N06"
	codeCrossed            = "N17"
	codeUnboundedDirection = "N18"
	hintUnits              = "choose other units: millions of money, thousands of vehicles"
	hintNotFinite          = "trace the figure this comes from: it is missing or divided by zero"
)

// Gate looks for what makes a solve meaningless or its answer untrustworthy, before the solve:
//
//	N01  NaN or infinity where a finite number must be; arrays that do not fit together
//	N02  matrix coefficients that span more than 1e6 (warn), 1e9 (refuse)
//	N03  |coefficient| < 1e-6 or > 1e6 (warn), ≤ 1e-9 or ≥ 1e12 (refuse)
//	N04  row sides and finite column bounds beyond 1e6 (warn)
//	N05  costs all below 1e-6, any above 1e6, or spanning more than 1e9 (warn)
//	N06  a big-M that leaks: M·1e-6 > ¼ of the smallest quantity, or larger than its row can ever need (warn); M ≥ 1e7, or
//	     leaking where the quantity is known (refuse)
//	N17  bounds that cross, so that there is no solution (warn)
//	N18  a column that improves the objective without limit: no bound and no row stops it (refuse)
//
// Issues come in the order of the codes. Where N01 is found nothing else is looked for. It never changes p.
func Gate(p *Problem, o GateOptions) []Issue {
	g := &gate{p: p, o: o}
	if g.shape() || g.finite() {
		return g.issues
	}
	g.coefficients()
	g.sides()
	g.costs()
	byRow := transpose(p)
	g.bigMs(byRow)
	g.crossed()
	g.directions()
	return g.issues
}

// Refused reports whether any issue refuses the solve.
func Refused(issues []Issue) bool {
	for _, i := range issues {
		if i.Severity == Refuse {
			return true
		}
	}
	return false
}

type gate struct {
	p      *Problem
	o      GateOptions
	issues []Issue
}

// add reports an issue; own is its severity for Headroom's own problems, foreign for files.
func (g *gate) add(code string, own, foreign Severity, row, col, count int, message, hint string) {
	s := own
	if g.o.Strictness == Foreign {
		s = foreign
	}
	if count > 1 {
		message += fmt.Sprintf(" (and %d more like it)", count-1)
	}
	g.issues = append(g.issues, Issue{code, s, row, col, count, message, hint})
}

// shape reports arrays that do not fit together: a programmer's error, but it must not crash a solver.
func (g *gate) shape() bool {
	p := g.p
	n, m := len(p.Cost), len(p.RowLower)
	ok := len(p.Lower) == n && len(p.Upper) == n && len(p.RowUpper) == m && len(p.Start) == n+1 &&
		len(p.Index) == len(p.Value) && (p.Integer == nil || len(p.Integer) == n)
	ok = ok && p.Start[0] == 0 && int(p.Start[n]) == len(p.Index)
	for j := 0; ok && j < n; j++ {
		ok = p.Start[j] <= p.Start[j+1]
		for k := p.Start[j]; ok && k < p.Start[j+1]; k++ {
			i := p.Index[k]
			ok = i >= 0 && int(i) < m && (k == p.Start[j] || p.Index[k-1] < i)
		}
	}
	if !ok {
		g.add(codeNotFinite, Refuse, Refuse, -1, -1, 1, "the arrays of the problem do not fit together", "report this as a bug")
	}
	return !ok
}

// finite reports N01.
func (g *gate) finite() bool {
	p := g.p
	bad := func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
	bounds := func(l, u float64) bool {
		return math.IsNaN(l) || math.IsNaN(u) || math.IsInf(l, 1) || math.IsInf(u, -1)
	}
	report := func(row, col int, message string) {
		g.add(codeNotFinite, Refuse, Refuse, row, col, 1, message, hintNotFinite)
	}
	if bad(p.Offset) {
		report(-1, -1, fmt.Sprintf("the constant of the objective is %v", p.Offset))
	}
	for j := range p.Cols() {
		if bad(p.Cost[j]) {
			report(-1, j, fmt.Sprintf("the cost of column %s is %v", p.ColName(j), p.Cost[j]))
		}
		if bounds(p.Lower[j], p.Upper[j]) {
			report(-1, j, fmt.Sprintf("column %s has the bounds [%v, %v]", p.ColName(j), p.Lower[j], p.Upper[j]))
		}
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			if i := int(p.Index[k]); bad(p.Value[k]) {
				report(i, j, fmt.Sprintf("the coefficient of column %s in row %s is %v", p.ColName(j), p.RowName(i), p.Value[k]))
			}
		}
	}
	for i := range p.Rows() {
		if bounds(p.RowLower[i], p.RowUpper[i]) {
			report(i, -1, fmt.Sprintf("row %s has the bounds [%v, %v]", p.RowName(i), p.RowLower[i], p.RowUpper[i]))
		}
	}
	return len(g.issues) > 0
}
