package links

import (
	"math"
	"slices"

	"headroom"
)

// margin is what a vehicle built in a plant leaves on average over the markets that can be reached, by their demand: price less
// material (or its contribution), labour, energy, kits, freight, and the cheapest duty that is open without a quota or a preference that the row
// does not have. Fees of deals are not in it.
func (l *linker) margin(p, v int, k *known) (margin float64, reaches bool) {
	perVehicle, perCrew := l.book.Labour(p, l.t)
	energy, _ := l.book.Energy(p, l.t)
	made := perVehicle + perCrew + energy
	material := l.matter[l.c.Vehicles[v].ID]
	if k != nil {
		fx := l.book.FX(k.row.Currency, l.t)
		made += k.row.ContentCost.Value * fx
		if k.row.UnitMaterial.Set {
			material.Value = k.row.UnitMaterial.Value * fx
		}
	}
	units, sum := 0.0, 0.0
	for m := range l.c.Markets {
		cell := l.book.Demand(v, m, l.t)
		freight, ok := l.book.Lane(p, m, l.t)
		if cell.Units <= 0 || !ok {
			continue
		}
		brings := cell.Price * cell.Share
		if material.Set {
			brings = cell.Price - material.Value
		}
		units += cell.Units
		sum += cell.Units * (brings + cell.LostSale.Or(0) - freight - l.duty(p, v, m, k, cell.Customs))
	}
	if units == 0 {
		return 0, false
	}
	return sum/units - made, true
}

// duty is the least duty that every vehicle of the link can have.
func (l *linker) duty(p, v, m int, k *known, customs float64) float64 {
	best := math.Inf(1)
	for _, e := range l.book.Entries(v, p, m, l.t) {
		switch e.Regime {
		case headroom.RegimeQuotaIn:
			continue
		case headroom.RegimePreferential:
			if k == nil || !slices.Contains(k.row.Qualifies, e.Agreement) || l.c.Periods[l.t].Overlap(k.row.QualifiesFrom, k.row.QualifiesTo) < 0.5 {
				continue
			}
		}
		best = min(best, e.Duty(customs))
	}
	if math.IsInf(best, 1) {
		return 0
	}
	return best
}
