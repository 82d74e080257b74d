package cost

import "headroom"

// readCapacity finds the capacity of each line at index 1.
func (b *Book) readCapacity() {
	for i := range b.c.Lines {
		l := &b.c.Lines[i]
		if l.CapacityYear.Set {
			b.lineCap = append(b.lineCap, l.CapacityYear.Value)
			continue
		}
		best := 0.0
		for j := range b.c.ShiftPatterns {
			p := &b.c.ShiftPatterns[j]
			if index := p.Index.Or(1); index > 0 && PatternFor(p, l.ID) {
				best = max(best, b.Capacity(i, j)/index)
			}
		}
		b.lineCap = append(b.lineCap, best)
	}
}

// PatternFor reports whether a line can work a pattern.
func PatternFor(p *headroom.ShiftPattern, line string) bool {
	for _, l := range p.Lines {
		if l == "*" || l == line {
			return true
		}
	}
	return len(p.Lines) == 0
}

// Capacity is the straight-time capacity of line l in pattern j, vehicles a year; j < 0 is the one pattern of a case that
// has none.
func (b *Book) Capacity(l, j int) float64 {
	line := &b.c.Lines[l]
	if j < 0 {
		return line.CapacityYear.Or(0)
	}
	p := &b.c.ShiftPatterns[j]
	if line.CapacityYear.Set && p.Index.Set {
		return line.CapacityYear.Value * p.Index.Value
	}
	if line.Rate.Set && p.Hours.Set {
		return line.Rate.Value * line.Availability / 100 * p.Hours.Value * p.Weeks
	}
	return line.CapacityYear.Or(0) * p.Index.Or(1)
}

// LineShare is the share of period t in which line l is there.
func (b *Book) LineShare(l, t int) float64 {
	return b.c.Periods[t].Overlap(b.c.Lines[l].From, b.c.Lines[l].To)
}

// PlantCapacity is the capacity that fixed cost and severance per capacity count, vehicles a year.
func (b *Book) PlantCapacity(p, t int) float64 {
	sum := 0.0
	for l, at := range b.plantOf {
		if at == p {
			sum += b.lineCap[l] * b.LineShare(l, t)
		}
	}
	return sum
}

// FixedOpen is the fixed cost a year of an open plant in period t.
func (b *Book) FixedOpen(p, t int) float64 {
	pl := &b.c.Plants[p]
	fx := b.FX(pl.Currency, t)
	if pl.FixedOpenM.Set {
		return pl.FixedOpenM.Value * 1e6 * fx
	}
	return pl.FixedPerCapacity.Or(0) * b.PlantCapacity(p, t) * fx
}

// FixedMothballed is the fixed cost a year of a mothballed plant in period t.
func (b *Book) FixedMothballed(p, t int) float64 {
	pl := &b.c.Plants[p]
	if pl.FixedMothballM.Set {
		return pl.FixedMothballM.Value * 1e6 * b.FX(pl.Currency, t)
	}
	return pl.MothballShare / 100 * b.FixedOpen(p, t)
}

// Severance is due when an operating plant is mothballed or closed in period t.
func (b *Book) Severance(p, t int) float64 {
	pl := &b.c.Plants[p]
	fx := b.FX(pl.Currency, t)
	if pl.SeveranceM.Set {
		return pl.SeveranceM.Value * 1e6 * fx
	}
	return pl.SeverancePerCapacity.Or(0) * b.PlantCapacity(p, t) * fx
}

// PlantMoney turns millions of a plant's currency into base currency in period t.
func (b *Book) PlantMoney(p int, millions float64, t int) float64 {
	return millions * 1e6 * b.FX(b.c.Plants[p].Currency, t)
}

// Labour is the labour cost of a vehicle at plant p in period t, in a part per vehicle and a part per crew.
func (b *Book) Labour(p, t int) (perVehicle, perCrew float64) {
	l := b.labour[b.c.Plants[p].ID]
	if l == nil {
		l = b.labour["*"]
	}
	if l == nil {
		return 0, 0
	}
	unit := l.CostPerUnit.Or(l.Wage.Or(0)*l.HoursPerUnit.Or(0)) * b.FX(l.Currency, t)
	return unit * (1 - l.CrewShare/100), unit * l.CrewShare / 100
}

// Energy is the energy cost of a vehicle and of an open year at plant p in period t.
func (b *Book) Energy(p, t int) (perVehicle, perYear float64) {
	for _, e := range b.energy[b.c.Plants[p].ID] {
		price := (e.Price - e.Relief) * b.FX(e.Currency, t) * b.c.Periods[t].Overlap(e.From, e.To)
		perVehicle += e.UsePerCar * price
		perYear += 1000 * e.BaseLoad * price
	}
	return perVehicle, perYear
}
