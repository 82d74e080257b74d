package lp

import (
	"fmt"
	"math"
)

// LPReport is the check of an LP's claimed optimum: the primal point and, by the duals, that nothing better exists.
//
// The convention: RowDual[i] is the change of the objective per unit of the row's bound, ColDual[j] = Cost[j] −
// Σ_i A[i,j]·RowDual[i] the change per unit of the column; both in the objective's own sense, so that in a maximisation a
// binding "≤" row has a dual ≥ 0.
type LPReport struct {
	Report

	Stationarity  float64 // largest |Cost − Aᵀ·RowDual − ColDual|, relative to the largest term
	Infeasibility float64 // largest dual, relative to the cost, that points to a bound which is not there
	DualObjective float64 // the bound on the optimum that RowDual proves; reduced costs are recomputed for it
	Gap           float64 // |Objective − DualObjective| / max(1, |Objective|)
}

// Optimal reports whether primal and dual prove each other within the tolerances.
func (r LPReport) Optimal(feasibility, dual float64) bool {
	return r.Passes(feasibility, Inf) && r.Stationarity <= dual && r.Infeasibility <= dual && r.Gap <= dual
}

// Describe says what is wrong; "" where nothing is.
func (r LPReport) Describe(p *Problem, feasibility, dual float64) string {
	switch s := r.Report.Describe(p, feasibility, Inf); {
	case s != "":
		return s
	case !(r.Stationarity <= dual):
		return fmt.Sprintf("reduced costs differ from the recomputed ones by %.3g", r.Stationarity)
	case !(r.Infeasibility <= dual):
		return fmt.Sprintf("the duals are infeasible by %.3g", r.Infeasibility)
	case !(r.Gap <= dual):
		return fmt.Sprintf("the duals prove only a bound of %.9g for an objective of %.9g", r.DualObjective, r.Objective)
	}
	return ""
}

// CheckLP checks the claimed optimum of an LP with duals; integrality is ignored. Missing or malformed duals make the report
// Invalid.
func CheckLP(p *Problem, res *Result) LPReport {
	r := LPReport{Report: Check(p, res.X)}
	if r.Invalid != "" {
		return r
	}
	if len(res.RowDual) != p.Rows() || len(res.ColDual) != p.Cols() {
		r.Invalid = fmt.Sprintf("%d row and %d column duals for %d rows and %d columns",
			len(res.RowDual), len(res.ColDual), p.Rows(), p.Cols())
		return r
	}
	s := 1.0 // turns a maximisation into a minimisation
	if p.Sense == Maximize {
		s = -1
	}
	scale := 1.0 // of the costs
	for _, c := range p.Cost {
		scale = max(scale, math.Abs(c))
	}
	bound := pair{hi: s * p.Offset}
	for i, y := range res.RowDual {
		r.side(&bound, s*y, p.RowLower[i], p.RowUpper[i], scale)
	}
	for j := range p.Cols() {
		d, big := reducedCost(p, j, res.RowDual)
		if e := math.Abs(d-res.ColDual[j]) / max(1, big); !(e <= r.Stationarity) {
			r.Stationarity = e
		}
		r.side(&bound, s*d, p.Lower[j], p.Upper[j], max(scale, big))
	}
	r.DualObjective = s * (bound.hi + bound.lo)
	r.Gap = math.Abs(r.Objective-r.DualObjective) / max(1, math.Abs(r.Objective))
	return r
}

// reducedCost returns Cost[j] − A_j·y and the magnitude of its largest term.
func reducedCost(p *Problem, j int, y []float64) (d, big float64) {
	sum := pair{hi: p.Cost[j]}
	big = math.Abs(p.Cost[j])
	for k := p.Start[j]; k < p.Start[j+1]; k++ {
		t := p.Value[k] * y[p.Index[k]]
		sum.add(-p.Value[k], y[p.Index[k]])
		big = max(big, math.Abs(t))
	}
	return sum.hi + sum.lo, big
}

// side adds what a dual d of a minimisation contributes to the bound: d > 0 leans on the lower bound, d < 0 on the upper. A
// dual that leans on nothing is infeasible.
func (r *LPReport) side(bound *pair, d, lower, upper, scale float64) {
	at := lower
	if d < 0 {
		at = upper
	}
	switch {
	case d == 0:
	case math.IsInf(at, 0):
		r.Infeasibility = max(r.Infeasibility, math.Abs(d)/scale)
	default:
		bound.add(d, at)
	}
	if math.IsNaN(d) {
		r.Infeasibility = math.NaN()
	}
}
