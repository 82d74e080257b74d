package ledger

import (
	"fmt"
	"math"

	"headroom"
)

// steadyPeriods is how many of the last periods the steady year is made of.
const steadyPeriods = 3

// base is t0, the period whose patterns and states the steady year has.
func (v *view) base() int { return max(0, len(v.years)-steadyPeriods) }

// rule is the terminal rule of the case; annuity where it says none.
func (v *view) rule() headroom.TerminalRule {
	if v.c.TerminalRule == "" {
		return headroom.TerminalAnnuity
	}
	return v.c.TerminalRule
}

// terminal enters what the plan is worth after its last period, besides the volumes of the steady year.
func (b *book) terminal() {
	switch b.v.rule() {
	case headroom.TerminalNone:
	case headroom.TerminalSalvage:
		b.salvage()
	case headroom.TerminalAnnuity:
		b.steadyPlants()
		b.steadyLines()
		b.steadyTargets()
	default:
		b.fail(fmt.Errorf("terminal rule %q", b.v.c.TerminalRule))
	}
}

// salvage enters the sale value of the plants that stand at the end of the horizon.
func (b *book) salvage() {
	end := b.v.last()
	factor := math.Pow(1+b.v.c.DiscountRate/100, -b.v.total)
	for i := range b.v.c.Plants {
		p := &b.v.c.Plants[i]
		if p.Use == headroom.Exclude || p.SaleM == 0 {
			continue
		}
		if s := b.r.states[p.ID][end]; s == headroom.Operating || s == headroom.Mothballed {
			amount := p.SaleM * million * b.fx(p.Currency, end) * factor
			b.post(moment{t: end, years: 1, steady: true}, owner(p), headroom.AccTerminal, amount, 1)
		}
	}
}

// steadyPlants enters fixed cost and base load of the steady year.
func (b *book) steadyPlants() {
	m := b.at(b.r.steady())
	for i := range b.v.c.Plants {
		p := &b.v.c.Plants[i]
		if p.Use != headroom.Exclude {
			b.keep(m, p, b.r.states[p.ID][b.v.base()], b.v.plantAnnuity(p))
		}
	}
}

// steadyLines enters crews and overtime of the steady year, with the pattern of t0.
func (b *book) steadyLines() {
	m := b.at(b.r.steady())
	load := b.r.loads(b.r.steady())
	for i := range b.v.c.Lines {
		l := &b.v.c.Lines[i]
		s := b.r.shift(l.ID, b.v.base())
		if s == nil {
			continue
		}
		p := b.v.plants[l.Plant]
		annuity := b.v.plantAnnuity(p)
		b.crew(m, p, s, annuity)
		if over := load[l.ID] - s.yearly*b.v.lineShare(l, m.t); over > 0 {
			b.overtime(m, p, s.pattern, over, annuity)
		}
	}
}

// steadyTargets enters the price of what the steady year is short of the targets of the last period, of those that are a
// minimum, not hard and have a penalty.
func (b *book) steadyTargets() {
	m, annuity := b.at(b.r.steady()), b.v.annuity(b.v.c.TerminalLife)
	for _, r := range b.v.targetsOf(m.t) {
		if r.Hard || r.Sense == "max" || r.Penalty.Or(0) == 0 {
			continue
		}
		if gap := r.Value - b.r.builtFor(r, b.r.steady()); gap > 0 {
			b.post(m, orAll(r.Holder), headroom.AccTarget, -r.Penalty.Value*gap, annuity)
		}
	}
}

// loads is the output of each line in period t, at the rate of the line.
func (r *reading) loads(t int) map[string]float64 {
	out := map[string]float64{}
	for _, o := range r.outputs {
		if o.t == t {
			out[o.place.line.ID] += o.units / o.place.RateFactor
		}
	}
	return out
}

// vehicleAnnuity is the factor of a vehicle's yearly amounts in the steady year; it does not count in a period.
func (b *book) vehicleAnnuity(m moment, x *headroom.Vehicle) float64 {
	if !m.steady || b.v.rule() != headroom.TerminalAnnuity {
		return 0
	}
	return b.v.annuity(b.v.life(x))
}

// life is the remaining life of a vehicle after the horizon, in years.
func (v *view) life(x *headroom.Vehicle) float64 {
	n := v.c.TerminalLife
	if x.EOP != 0 {
		n = min(n, headroom.Years(v.c.Periods[v.last()].To.AddDays(1), x.EOP))
	}
	return max(0, n)
}

// plantAnnuity is the factor of a plant: that of the longest life of the vehicles that have a place in it.
func (v *view) plantAnnuity(p *headroom.Plant) float64 {
	n := 0.0
	for _, k := range v.placeList {
		if k.bar == "" && k.plant == p {
			n = max(n, v.life(k.vehicle))
		}
	}
	return v.annuity(n)
}

// annuity is the present value of one a year for a life after the horizon, in the middle of each year.
func (v *view) annuity(life float64) float64 {
	var s sum
	for j := 1; float64(j-1) < life; j++ {
		share := min(1, life-float64(j-1))
		s.add(share * math.Pow(1+v.c.DiscountRate/100, -(v.total+float64(j)-0.5)))
	}
	return s.total()
}
