package planner

import "headroom"

// Columns of costs.
const (
	colReopen        = "cost_reopen"
	colMothball      = "cost_mothball"
	colCloseCost     = "cost_close"
	colSale          = "sale_value"
	colSeverance     = "severance"
	colSeverancePer  = "severance_per_capacity"
	colFixedOpen     = "fixed_cost_open"
	colFixedCapacity = "fixed_cost_per_capacity"
	colFixedMoth     = "fixed_cost_mothball"
	colRetool        = "retool"
	colContent       = "content_cost"
	colMaterial      = "unit_material"
	colChange        = "change_cost"
	colLabourCost    = "cost_per_unit"
	colWage          = "wage"
	colEnergyPrice   = "price"
	colLaneCost      = "cost"
	tabLabour        = "labour"
	tabEnergy        = "energy"
)

// costOf is a figure of the case, and what it adds to a cost.
type costOf struct {
	cell   headroom.Ref
	amount float64
}

// dearest is the figure that adds most.
func dearest(parts ...costOf) headroom.Ref {
	best := parts[0]
	for _, p := range parts[1:] {
		if p.amount > best.amount {
			best = p
		}
	}
	return best.cell
}

// costCell is the figure of the case that most of the cost of a decision is from; an empty one where it has none.
func (m *Model) costCell(k key) headroom.Ref {
	t := int(k.t)
	switch k.fam {
	case famOpen, famMoth, famUp, famReopen, famMothball, famClose, famCloseMoth:
		return m.stateCell(k.fam, int(k.a), t)
	case famLaunch:
		return ref(tabPlace, m.net.places[k.a].row.Key(), colRetool)
	case famOut:
		return m.pieceCell(&m.net.places[k.a], t)
	case famFlow:
		return m.flowCell(&m.flows[k.a])
	case famWork, famOver:
		return m.labourCell(m.net.plantOfLine(int(k.a)))
	case famChange:
		return ref(tabPattern, m.patternName(int(k.b)), colChange)
	}
	return headroom.Ref{}
}

// stateCell is costCell of a state of a plant, or of a change of it.
func (m *Model) stateCell(fam family, p, t int) headroom.Ref {
	b, pl := m.net.book, &m.net.c.Plants[p]
	part := func(column string, millions float64) costOf {
		return costOf{ref(tabPlant, pl.ID, column), b.PlantMoney(p, millions, t)}
	}
	fixed, severance := part(colFixedOpen, 0), part(colSeverance, 0)
	if !pl.FixedOpenM.Set {
		fixed.cell.Column = colFixedCapacity
	}
	if !pl.SeveranceM.Set {
		severance.cell.Column = colSeverancePer
	}
	fixed.amount, severance.amount = b.FixedOpen(p, t), b.Severance(p, t)
	switch fam {
	case famOpen:
		_, base := b.Energy(p, t)
		return dearest(fixed, costOf{m.energyCell(p, t, func(e *headroom.Energy) float64 { return e.BaseLoad }), base})
	case famMoth:
		if pl.FixedMothballM.Set {
			return part(colFixedMoth, 0).cell
		}
		return fixed.cell
	case famMothball:
		return dearest(part(colMothball, pl.MothballM), severance)
	case famClose:
		return dearest(part(colCloseCost, pl.CloseM), part(colSale, -pl.SaleM), severance)
	case famCloseMoth:
		return dearest(part(colCloseCost, pl.CloseM), part(colSale, -pl.SaleM))
	}
	return part(colReopen, 0).cell
}

// pieceCell is the largest of what a vehicle costs at a place before it leaves the plant.
func (m *Model) pieceCell(pl *place, t int) headroom.Ref {
	b := m.net.book
	labour, _ := b.Labour(pl.p, t)
	energy, _ := b.Energy(pl.p, t)
	fx := b.FX(pl.row.Currency, t)
	return dearest(
		costOf{ref(tabPlace, pl.row.Key(), colContent), fx * pl.row.ContentCost.Value},
		costOf{ref(tabPlace, pl.row.Key(), colMaterial), fx * pl.row.UnitMaterial.Or(0)},
		costOf{m.labourCell(pl.p), labour},
		costOf{m.energyCell(pl.p, t, func(e *headroom.Energy) float64 { return e.UsePerCar }), energy},
	)
}

// labourCell is the figure that says what labour costs in a plant.
func (m *Model) labourCell(p int) headroom.Ref {
	c := m.net.c
	row := find(c.Labours, c.Plants[p].ID, headroom.Labour.Key)
	if row == nil {
		row = find(c.Labours, "*", headroom.Labour.Key)
	}
	switch {
	case row == nil:
		return headroom.Ref{}
	case row.CostPerUnit.Set:
		return ref(tabLabour, row.Key(), colLabourCost)
	}
	return ref(tabLabour, row.Key(), colWage)
}

// energyCell is the price of the energy that costs a plant most in a period, by a use of it.
func (m *Model) energyCell(p, t int, use func(*headroom.Energy) float64) headroom.Ref {
	var best costOf
	c := m.net.c
	for i := range c.Energies {
		e := &c.Energies[i]
		if e.Plant != c.Plants[p].ID && e.Plant != "*" {
			continue
		}
		x := costOf{ref(tabEnergy, e.Key(), colEnergyPrice), use(e) * (e.Price - e.Relief) * c.Periods[t].Overlap(e.From, e.To)}
		if x.amount != 0 {
			x.amount *= m.net.book.FX(e.Currency, t)
		}
		if x.amount > best.amount {
			best = x
		}
	}
	return best.cell
}

// flowCell is the lane of a flow, whose cost is the one of a flow that people write "never" into.
func (m *Model) flowCell(f *flow) headroom.Ref {
	if l, _ := m.net.book.LaneRow(int(f.p), int(f.m), int(f.t)); l != nil {
		return ref(tabLane, l.Key(), colLaneCost)
	}
	return headroom.Ref{}
}
