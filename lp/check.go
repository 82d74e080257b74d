package lp

import (
	"fmt"
	"math"
)

// Tolerances of the check. Violations are scaled: divided by the largest of 1, the bound, and the largest term of the row.
const (
	// FeasibilityTolerance is how far a published point may break a row or a bound.
	FeasibilityTolerance = 1e-6
	// LooseTolerance is the limit up to which a point is published as StatusTolerance.
	LooseTolerance = 1e-4
	// IntegralityTolerance is how far an integer column may be off before it is rounded. What is published is off by 0.
	IntegralityTolerance = 1e-5
	// ObjectiveTolerance is the relative difference allowed between the claimed objective and the recomputed one, and
	// between a bound and an objective that must not cross.
	ObjectiveTolerance = 1e-6
	// DualTolerance is the relative size of dual residuals and of the gap between primal and dual objective of an LP.
	DualTolerance = 1e-6
)

// Report is what the check of a point found. It shares nothing with a solver: activities are summed in double-double
// arithmetic (Dekker and Knuth's error-free product and sum), so that each differs from the exact value by at most
// 2⁻⁵²·|value| + n²·2⁻¹⁰⁴·Σ|a·x|, n being the entries of the row: far below every tolerance, whatever the cancellation.
type Report struct {
	Invalid string // why the point cannot be checked at all: wrong length, NaN, infinity; empty where it can

	Objective float64 // Offset + Cost·X, recomputed

	MaxRowViolation       float64 // largest absolute violation
	MaxRowViolationScaled float64
	WorstRow              int // of the largest scaled violation; -1: none

	MaxBoundViolation       float64
	MaxBoundViolationScaled float64
	WorstCol                int

	MaxIntegralityViolation float64 // largest distance of an integer column to an integer
	WorstInteger            int
}

// Passes reports whether the point may be taken as feasible with the given tolerances.
func (r Report) Passes(feasibility, integrality float64) bool {
	return r.Invalid == "" && r.MaxRowViolationScaled <= feasibility && r.MaxBoundViolationScaled <= feasibility &&
		r.MaxIntegralityViolation <= integrality
}

// Describe says in words what the point breaks, by the names of p; "" where it breaks nothing.
func (r Report) Describe(p *Problem, feasibility, integrality float64) string {
	switch {
	case r.Invalid != "":
		return r.Invalid
	case r.MaxRowViolationScaled > feasibility:
		return fmt.Sprintf("row %s is broken by %.3g", p.RowName(r.WorstRow), r.MaxRowViolation)
	case r.MaxBoundViolationScaled > feasibility:
		return fmt.Sprintf("a bound of column %s is broken by %.3g", p.ColName(r.WorstCol), r.MaxBoundViolation)
	case r.MaxIntegralityViolation > integrality:
		return fmt.Sprintf("integer column %s is %.3g from an integer", p.ColName(r.WorstInteger), r.MaxIntegralityViolation)
	}
	return ""
}

// Check recomputes rows, bounds, integrality and objective of x from p alone. It never changes x and never panics on a bad
// one.
func Check(p *Problem, x []float64) Report {
	r := Report{Objective: math.NaN(), WorstRow: -1, WorstCol: -1, WorstInteger: -1}
	if r.Invalid = badPoint(p, x); r.Invalid != "" {
		return r
	}
	obj := pair{hi: p.Offset}
	for j, v := range x {
		obj.add(p.Cost[j], v)
		r.bound(p, j, v)
	}
	r.Objective = obj.hi + obj.lo
	act, big := activities(p, x)
	for i := range act {
		a := act[i].hi + act[i].lo
		v := max(p.RowLower[i]-a, a-p.RowUpper[i], 0)
		if act[i].hi == p.RowLower[i] {
			v = max(v, -act[i].lo) // the sum above rounds the low part away
		}
		if act[i].hi == p.RowUpper[i] {
			v = max(v, act[i].lo)
		}
		if math.IsNaN(a) {
			v = Inf // overflow
		}
		if v == 0 {
			continue
		}
		side := p.RowLower[i]
		if a > side {
			side = p.RowUpper[i]
		}
		r.MaxRowViolation = max(r.MaxRowViolation, v)
		if s := v / max(1, math.Abs(side), big[i]); s > r.MaxRowViolationScaled || r.WorstRow < 0 {
			r.MaxRowViolationScaled, r.WorstRow = s, i
		}
	}
	return r
}

// bound adds column j to the report.
func (r *Report) bound(p *Problem, j int, v float64) {
	if d := max(p.Lower[j]-v, v-p.Upper[j], 0); d > 0 {
		side := p.Lower[j]
		if v > side {
			side = p.Upper[j]
		}
		r.MaxBoundViolation = max(r.MaxBoundViolation, d)
		if s := d / max(1, math.Abs(side)); s > r.MaxBoundViolationScaled || r.WorstCol < 0 {
			r.MaxBoundViolationScaled, r.WorstCol = s, j
		}
	}
	if p.Integer != nil && p.Integer[j] {
		if d := math.Abs(v - math.Round(v)); d > r.MaxIntegralityViolation {
			r.MaxIntegralityViolation, r.WorstInteger = d, j
		}
	}
}

// badPoint says why x is no point of p, "" where it is one.
func badPoint(p *Problem, x []float64) string {
	if len(x) != p.Cols() {
		return fmt.Sprintf("%d values for %d columns", len(x), p.Cols())
	}
	for j, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Sprintf("column %s has the value %v", p.ColName(j), v)
		}
	}
	return ""
}

// pair is an unevaluated sum hi + lo.
type pair struct{ hi, lo float64 }

// add adds a·x without error but for the rounding of the low parts.
func (s *pair) add(a, x float64) {
	p := a * x
	e := math.FMA(a, x, -p)
	t := s.hi + p
	b := t - s.hi
	s.lo += (s.hi - (t - b)) + (p - b) + e
	s.hi = t
}

// activities returns A·x and the magnitude of the largest term of each row.
func activities(p *Problem, x []float64) ([]pair, []float64) {
	act := make([]pair, p.Rows())
	big := make([]float64, p.Rows())
	for j, v := range x {
		if v == 0 {
			continue
		}
		from, to := p.Start[j], p.Start[j+1]
		value := p.Value[from:to]
		for k, i := range p.Index[from:to] {
			act[i].add(value[k], v)
			if t := math.Abs(value[k] * v); t > big[i] {
				big[i] = t
			}
		}
	}
	return act, big
}
