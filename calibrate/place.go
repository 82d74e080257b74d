package calibrate

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"headroom"
	"headroom/answer"
	"headroom/lp"
	"headroom/planner"
)

// Numbers of the fit of the cost of switching, millions of base currency. Costs are tried in steps until all programmes are right,
// then the last step is halved.
const (
	switchingStep  = 50.0
	switchingMost  = 1000.0 // the largest that is tried
	switchingExact = 1.0
)

// Landing is a programme in a year: where the plan builds it and where it was really built.
type Landing struct {
	Vehicle string
	Plan    string // plant
	Real    string // plant
	Plants  int    // that it could go to, its own among them
	Units   float64
}

// Right reports whether the plan has it where it was.
func (l Landing) Right() bool { return l.Plan == l.Real }

// Placing is what the plan says of one year at a cost of switching.
type Placing struct {
	Year     int
	CostM    float64 // of switching, millions of base currency
	Landings []Landing
	Lost     float64 // vehicles that were wanted and that the plan does not build
	Proof    headroom.Proof
}

// Right counts the programmes that land where they were, and all; the same for those that had a choice.
func (p Placing) Right() (right, all, rightOfChoice, choice int) {
	for _, l := range p.Landings {
		all++
		if l.Plants > 1 {
			choice++
		}
		if l.Right() {
			right++
			if l.Plants > 1 {
				rightOfChoice++
			}
		}
	}
	return right, all, rightOfChoice, choice
}

// Placings is the calibration of which plant builds what: CostM is fitted on the year Fit and used in the year Scored.
type Placings struct {
	CostM      float64
	Best       int // programmes of the year that is fitted that are right at CostM: as many as at any cost that was tried
	Tried      []Tried
	FreeFitted Placing // the year that is fitted with a cost of nothing
	Fitted     Placing
	Scored     Placing
	Beside     []Placing      // the year that is scored at no cost, and at the low, the base and the high of the assumption about retooling
	Range      []float64      // the low, the base and the high of that assumption; empty where there is none
	Moved      []string       // programmes of the year that is scored that were elsewhere in the year that is fitted, or nowhere
	Proof      headroom.Proof // of the least firm of its plans
}

// Tried is one cost of switching that was tried on the year that is fitted.
type Tried struct {
	CostM float64
	Right int
}

// Place fits the cost of switching on one year and predicts another with it. Every programme may be built in any plant of its
// maker's group that has a programme by then, whole; the plan builds what was built in the year, at least cost: labour, energy,
// crews, freight and duty. A programme that is not where it was in the year that is fitted pays the cost of switching as a yearly
// charge over the life of tooling (tooling_life at discount_rate). The fitted cost is the smallest at which most programmes of that year
// are where they were. Where they are in the year that is scored is not looked at.
func Place(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options, fit, score int) (Placings, error) {
	out := Placings{}
	try := func(year int, cost float64) (Placing, error) {
		p, err := placed(ctx, c, s, o, year, fit, cost)
		if err == nil && (out.Proof.Status == "" || p.Proof.Weaker(out.Proof)) {
			out.Proof = p.Proof
		}
		return p, err
	}
	right := func(cost float64) (Placing, int, error) {
		p, err := try(fit, cost)
		n, _, _, _ := p.Right()
		out.Tried = append(out.Tried, Tried{cost, n})
		return p, n, err
	}
	best, at := Placing{}, 0.0
	for cost := 0.0; cost <= switchingMost; cost += switchingStep {
		p, n, err := right(cost)
		if err != nil {
			return out, err
		}
		if cost == 0 {
			out.FreeFitted = p
		}
		if n > out.Best || cost == 0 {
			out.Best, best, at = n, p, cost
		}
		if n == len(p.Landings) {
			break
		}
	}
	low := at - switchingStep
	for at > 0 && at-low > switchingExact {
		mid := math.Round((low + at) / 2)
		p, n, err := right(mid)
		if err != nil {
			return out, err
		}
		if n >= out.Best {
			best, at = p, mid
		} else {
			low = mid
		}
	}
	out.CostM, out.Fitted = at, best
	var err error
	if out.Scored, err = try(score, at); err != nil {
		return out, err
	}
	before := homes(c, fit)
	for _, l := range out.Scored.Landings {
		if c.PlantOf(before[l.Vehicle]) != l.Real {
			out.Moved = append(out.Moved, l.Vehicle)
		}
	}
	out.Range = retoolRange(c)
	for _, cost := range append([]float64{0}, out.Range...) {
		p, err := try(score, cost)
		if err != nil {
			return out, err
		}
		out.Beside = append(out.Beside, p)
	}
	return out, nil
}

// retoolRange is the low, the base and the high of the assumption about the cost of retooling for a programme new to a line.
func retoolRange(c *headroom.Case) []float64 {
	var out []float64
	for _, a := range c.Assumptions {
		if a.Table != "vehicle_line" || a.Column != "retool" || a.Selector != "*" {
			continue
		}
		for _, text := range []string{a.Low, a.Value, a.High} {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return nil
			}
			out = append(out, v)
		}
	}
	return out
}

// placed plans the places of one year at a cost of switching from where programmes were in a base year.
func placed(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options, year, base int, costM float64) (Placing, error) {
	d, err := freeYear(c, year, base, costM)
	if err != nil {
		return Placing{}, err
	}
	o.Objective, o.Gap = "cost", 1e-6
	p, err := answer.Plan(lp.Asking(ctx, fmt.Sprintf("places of %d at %g m", year, costM)), d, s, o)
	if err = cmp.Or(err, ctx.Err()); err != nil { // of a year that was cut short nothing is told
		return Placing{}, err
	}
	if !answer.HasPlan(p) || p.Status == headroom.StatusDisputed {
		return Placing{}, fmt.Errorf("places of %d at %g m: %s %s", year, costM, p.Status, p.Why)
	}
	out := Placing{Year: year, CostM: costM, Proof: answer.PartProof(d, p)}
	real := homes(c, year)
	for _, v := range d.Vehicles {
		l := Landing{Vehicle: v.ID, Real: c.PlantOf(real[v.ID])}
		var plants []string
		for _, k := range d.VehicleLines {
			if plant := c.PlantOf(k.Line); k.Vehicle == v.ID && !slices.Contains(plants, plant) {
				plants = append(plants, plant)
			}
		}
		l.Plants = len(plants)
		for _, row := range p.Outputs {
			if row.Vehicle == v.ID && row.Units > l.Units {
				l.Plan, l.Units = row.Plant, row.Units
			}
		}
		l.Units = math.Round(l.Units*1e3) / 1e3 // solvers differ in the last digits
		out.Landings = append(out.Landings, l)
	}
	for _, l := range p.Losts {
		out.Lost += l.Units
	}
	return out, nil
}
