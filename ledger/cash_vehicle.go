package ledger

import (
	"fmt"

	"headroom"
)

// launches enters the retooling. A programme that runs from before the horizon needs none.
func (b *book) launches() {
	for _, k := range b.v.placeList {
		for t, row := range b.r.allocs[k.key] {
			if row == nil || !row.Launch || b.v.running(k) {
				continue
			}
			if !k.RetoolM.Set {
				b.fail(fmt.Errorf("place %s: launched without retool", k.key))
				return
			}
			if k.RetoolM.Value != 0 {
				b.post(b.at(t), k.guest(), headroom.AccRetooling, -k.RetoolM.Value*million*b.fx(k.Currency, t), 0)
			}
		}
	}
}

// volumes enters what goes with each vehicle built, sent and lost, in the periods and in the steady year.
func (b *book) volumes() {
	for _, o := range b.r.outputs {
		b.built(b.at(o.t), o.place, o.units)
	}
	byUnit, err := b.v.materialByUnit()
	b.fail(err)
	for i := range b.r.flows {
		f := &b.r.flows[i]
		b.sent(b.at(f.t), f, byUnit[f.Vehicle])
	}
	for _, l := range b.r.losts {
		d := b.v.demand(l.Vehicle, l.Market, l.t)
		if d != nil && d.LostSale.Or(0)*l.Units != 0 {
			b.post(b.at(l.t), maker(l.vehicle), headroom.AccLostSales, -d.LostSale.Value*l.Units*b.fx(d.Currency, l.t), 0)
		}
	}
}

// materialByUnit returns the vehicles whose material is a cost of the place and not a share of the price.
func (v *view) materialByUnit() (map[string]bool, error) {
	out := map[string]bool{}
	for _, k := range v.placeList {
		if k.bar != "" {
			continue
		}
		if was, ok := out[k.key.vehicle]; ok && was != k.UnitMaterial.Set {
			return nil, fmt.Errorf("vehicle %s: unit_material at some of its places only", k.key.vehicle)
		}
		out[k.key.vehicle] = k.UnitMaterial.Set
	}
	return out, nil
}

// built enters what goes with the vehicles that a place builds.
func (b *book) built(m moment, k *place, units float64) {
	if units == 0 {
		return
	}
	annuity := b.vehicleAnnuity(m, k.vehicle)
	if k.UnitMaterial.Set {
		b.post(m, maker(k.vehicle), headroom.AccMaterial, -k.UnitMaterial.Value*units*b.fx(k.Currency, m.t), annuity)
	}
	if !k.ContentCost.Set && orFull(k.Content) != "full" {
		b.fail(fmt.Errorf("place %s: no content_cost", k.key))
	}
	if k.ContentCost.Or(0) != 0 {
		b.post(m, maker(k.vehicle), headroom.AccContent, -k.ContentCost.Value*units*b.fx(k.Currency, m.t), annuity)
	}
	if perUnit, share := b.wage(k.plant, m.t); perUnit*(1-share) != 0 {
		b.post(m, owner(k.plant), headroom.AccLabour, -perUnit*(1-share)*units, annuity)
	}
	b.energy(m, k.plant, func(e *headroom.Energy) float64 { return e.UsePerCar * units }, annuity)
	b.fee(m, k, units, annuity)
}

// fee enters what the guest of a deal pays to the host.
func (b *book) fee(m moment, k *place, units, annuity float64) {
	if k.deal == nil {
		return
	}
	for i := range b.v.c.Terms {
		r := &b.v.c.Terms[i]
		if r.Arrangement != k.deal.ID || r.Kind != headroom.FeePerUnit {
			continue
		}
		share := b.feeShare(m, k, days{r.From, r.To})
		if share == 0 || r.Value == 0 {
			continue
		}
		amount := r.Value * b.fx(r.Currency, m.t) * share * units
		b.post(m, k.guest(), headroom.AccDealFee, -amount, annuity)
		b.post(m, k.host(), headroom.AccDealFee, amount, annuity)
	}
}

// feeShare is the share of the days on which a place can build that lie in the dates of a fee.
func (b *book) feeShare(m moment, k *place, term days) float64 {
	if m.steady {
		return b.v.of(term, m.t)
	}
	on := b.r.window(k, m.t)
	open := b.v.of(on, m.t)
	if open == 0 {
		return 0 // nothing is built then
	}
	return b.v.of(both(on, term), m.t) / open
}

// sent enters what goes with the vehicles that a plant sends to a market: price, material that is a share of it, freight
// and duty.
func (b *book) sent(m moment, f *flow, byUnit bool) {
	if f.Units == 0 {
		return
	}
	org, annuity := maker(f.vehicle), b.vehicleAnnuity(m, f.vehicle)
	d := b.v.demand(f.Vehicle, f.Market, m.t)
	if d == nil {
		d = &headroom.Demand{}
	}
	if d.PriceNet.Set {
		price := d.PriceNet.Value * b.fx(d.Currency, m.t)
		b.postPrice(m, org, headroom.AccRevenue, price*f.Units, annuity)
		if !byUnit {
			if !d.Contribution.Set {
				b.fail(fmt.Errorf("demand %s:%s: price_net without contribution or unit_material", f.Vehicle, f.Market))
			}
			b.postPrice(m, org, headroom.AccMaterial, -price*(1-d.Contribution.Value/100)*f.Units, annuity)
		}
	}
	lane, ok := b.v.lane(f.plant, f.market, m.t)
	if ok && lane != nil {
		if !lane.Cost.Set {
			b.fail(fmt.Errorf("lane %s:%s: no cost", lane.Origin, lane.Destination))
		}
		b.post(m, org, headroom.AccLogistics, -lane.Cost.Value*f.Units*b.fx(lane.Currency, m.t), annuity)
	}
	b.dutyOf(m, f, d, org, annuity)
}

// dutyOf enters the duty of a flow.
func (b *book) dutyOf(m moment, f *flow, d *headroom.Demand, org string, annuity float64) {
	one, err := b.v.duty(f, m.t)
	b.fail(err)
	perUnit := one.specific
	if one.rate != 0 {
		value, err := customsValue(d)
		b.fail(err)
		if !value.Set {
			b.fail(fmt.Errorf("demand %s:%s: duty on a share of a price that is missing", f.Vehicle, f.Market))
		}
		perUnit += one.rate / 100 * value.Value * b.fx(d.Currency, m.t)
	}
	if perUnit != 0 {
		b.post(m, org, headroom.AccDuty, -perUnit*f.Units, annuity)
	}
}

// penalties enters the price of what is missing on targets that are not hard.
func (b *book) penalties() {
	for _, row := range b.r.targets {
		t, ok := b.v.period[row.Period]
		r := b.v.target(row.Target, t)
		if !ok || r == nil {
			b.fail(fmt.Errorf("target %s in period %s: no such target or period", row.Target, row.Period))
			continue
		}
		if !r.Hard && r.Penalty.Or(0)*row.Gap != 0 {
			b.post(b.at(t), orAll(r.Holder), headroom.AccTarget, -r.Penalty.Value*row.Gap, 0)
		}
	}
}
