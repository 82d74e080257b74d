package ledger

import (
	"fmt"

	"headroom"
)

// plants enters what plants cost in the state they are in, and the changes of state.
func (b *book) plants() {
	for i := range b.v.c.Plants {
		p := &b.v.c.Plants[i]
		if p.Use == headroom.Exclude {
			continue
		}
		for t, state := range b.r.states[p.ID] {
			b.keep(t, p, state)
		}
		b.r.changes(p, func(t int, before, after headroom.State) { b.change(p, before, after, t) })
	}
}

// keep enters the fixed cost of a plant and its base load.
func (b *book) keep(t int, p *headroom.Plant, state headroom.State) {
	if state != headroom.Operating && state != headroom.Mothballed {
		return
	}
	yearly := p.FixedOpenM.Value * million
	if !p.FixedOpenM.Set && p.FixedPerCapacity.Set {
		n, err := b.v.plantCapacity(p, t)
		b.fail(err)
		yearly = p.FixedPerCapacity.Value * n
	}
	if state == headroom.Mothballed {
		yearly *= p.MothballShare / 100
		if p.FixedMothballM.Set {
			yearly = p.FixedMothballM.Value * million
		}
	}
	if yearly != 0 {
		amount := -yearly * b.v.years[t] * b.fx(p.Currency, t)
		b.post(t, owner(p), headroom.AccFixed, amount)
		if state == headroom.Operating {
			keep(b.late, b.late.fixed, p.ID, t, amount)
		}
	}
	if state == headroom.Operating {
		load := b.energy(t, p, func(e *headroom.Energy) float64 { return 1000 * e.BaseLoad * b.v.years[t] })
		keep(b.late, b.late.fixed, p.ID, t, load)
	}
}

// energy enters what a plant pays for energy and returns it: each row counts by its share of the days of the period, a row for
// every plant by those on which the plant has no row of its own for the carrier. Rows of one plant and carrier hold one after the
// other.
func (b *book) energy(t int, p *headroom.Plant, kWh func(*headroom.Energy) float64) float64 {
	var total sum
	for i := range b.v.c.Energies {
		e := &b.v.c.Energies[i]
		use := kWh(e) * b.v.energyShare(p.ID, e, t)
		if use == 0 {
			continue
		}
		amount := -use * (e.Price - e.Relief) * b.fx(e.Currency, t)
		b.post(t, owner(p), headroom.AccEnergy, amount)
		total.add(amount)
	}
	return total.total()
}

// energyShare is the share of the days of period t in which an energy row counts for a plant.
func (v *view) energyShare(plant string, e *headroom.Energy, t int) float64 {
	switch e.Plant {
	case plant:
		return v.share(e.From, e.To, t)
	case every:
		return v.share(e.From, e.To, t) - v.ownEnergy(plant, e, t)
	}
	return 0
}

// ownEnergy is the share of the days of period t in which a row for every plant and a plant's own row of its carrier both hold.
func (v *view) ownEnergy(plant string, all *headroom.Energy, t int) float64 {
	sum := 0.0
	for i := range v.c.Energies {
		if o := &v.c.Energies[i]; o.Plant == plant && o.Carrier == all.Carrier {
			to := o.To
			if all.To != 0 && (to == 0 || all.To < to) {
				to = all.To
			}
			sum += v.share(max(o.From, all.From), to, t)
		}
	}
	return sum
}

// change enters what a change of state costs, once, in the period of the change.
func (b *book) change(p *headroom.Plant, before, after headroom.State, t int) {
	if before == headroom.Operating && (after == headroom.Mothballed || after == headroom.Closed) {
		b.once(p, headroom.AccSeverance, -b.severance(p, t), t)
	}
	switch {
	case after == headroom.Mothballed:
		b.once(p, headroom.AccMothballing, -p.MothballM*million, t)
	case after == headroom.Closed:
		b.once(p, headroom.AccClosing, (p.SaleM-p.CloseM)*million, t)
	case after == headroom.Operating:
		if !p.ReopenM.Set {
			b.fail(fmt.Errorf("plant %s: opened without cost_reopen", p.ID))
		}
		b.once(p, headroom.AccReopening, -p.ReopenM.Value*million, t)
	}
}

// severance is what is due in the plant's currency.
func (b *book) severance(p *headroom.Plant, t int) float64 {
	if p.SeveranceM.Set {
		return p.SeveranceM.Value * million
	}
	if !p.SeverancePerCapacity.Set {
		return 0
	}
	n, err := b.v.plantCapacity(p, t)
	b.fail(err)
	return p.SeverancePerCapacity.Value * n
}

// once enters an amount of the plant's currency.
func (b *book) once(p *headroom.Plant, account headroom.Account, amount float64, t int) {
	if amount != 0 {
		b.post(t, owner(p), account, amount*b.fx(p.Currency, t))
	}
}

// lines enters what the patterns worked cost: crews, overtime and changes.
func (b *book) lines() {
	for i := range b.v.c.Lines {
		l := &b.v.c.Lines[i]
		for t, s := range b.r.shifts[l.ID] {
			if s == nil {
				continue
			}
			p := b.v.plants[l.Plant]
			b.crew(t, p, s)
			b.overtime(t, p, s)
			if s.pattern.ChangeM != 0 && b.r.changed(l, t) {
				b.post(t, owner(p), headroom.AccPatternChange, -s.pattern.ChangeM*million*b.fx(s.pattern.Currency, t))
			}
		}
	}
}

// wage is the labour cost per vehicle of a plant in base currency, and the share of it that is paid by crew.
func (b *book) wage(p *headroom.Plant, t int) (perUnit, crewShare float64) {
	r := b.v.labours[p.ID]
	if r == nil {
		r = b.v.labours[every]
	}
	if r == nil {
		return 0, 0
	}
	switch {
	case r.CostPerUnit.Set:
		perUnit = r.CostPerUnit.Value
	case r.Wage.Set && r.HoursPerUnit.Set:
		perUnit = r.Wage.Value * r.HoursPerUnit.Value
	default:
		b.fail(fmt.Errorf("labour of %s: neither cost_per_unit nor wage and hours_per_unit", p.ID))
	}
	return perUnit * b.fx(r.Currency, t), r.CrewShare / 100
}

// crew enters what the crews of a pattern cost whatever is built.
func (b *book) crew(t int, p *headroom.Plant, s *shift) {
	perUnit, share := b.wage(p, t)
	if perUnit*share != 0 {
		amount := -perUnit * share * s.yearly * b.v.years[t] * b.v.lineShare(s.line, t)
		b.post(t, owner(p), headroom.AccCrew, amount)
		keep(b.late, b.late.crews, p.ID, t, amount)
	}
}

// overtime enters the crew cost of vehicles built in overtime, counted at the rate of the line.
func (b *book) overtime(t int, p *headroom.Plant, s *shift) {
	perUnit, share := b.wage(p, t)
	if perUnit*share*s.Overtime != 0 {
		amount := -perUnit * share * (1 + s.pattern.OvertimePremium/100) * s.Overtime
		b.post(t, owner(p), headroom.AccOvertime, amount)
		keep(b.late, b.late.crews, p.ID, t, amount)
	}
}
