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
				b.post(t, k.guest(), headroom.AccRetooling, -k.RetoolM.Value*million*b.fx(k.Currency, t))
			}
		}
	}
}

// volumes enters what goes with each vehicle built, sent and lost.
func (b *book) volumes() {
	for _, o := range b.r.outputs {
		b.built(o.t, o.place, o.units)
	}
	byUnit, err := b.v.materialByUnit()
	b.fail(err)
	for i := range b.r.flows {
		f := &b.r.flows[i]
		b.sent(f, byUnit[f.Vehicle])
	}
	for _, l := range b.r.losts {
		d := b.v.demand(l.Vehicle, l.Market, l.t)
		if d != nil && d.LostSale.Or(0)*l.Units != 0 {
			b.post(l.t, maker(l.vehicle), headroom.AccLostSales, -d.LostSale.Value*l.Units*b.fx(d.Currency, l.t))
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
func (b *book) built(t int, k *place, units float64) {
	if units == 0 {
		return
	}
	from := source{k.key.vehicle, k.plant.ID}
	if k.UnitMaterial.Set {
		b.piece(t, from, maker(k.vehicle), headroom.AccMaterial, -k.UnitMaterial.Value*units*b.fx(k.Currency, t))
	}
	if !k.ContentCost.Set && orFull(k.Content) != "full" {
		b.fail(fmt.Errorf("place %s: no content_cost", k.key))
	}
	if k.ContentCost.Value != 0 {
		b.piece(t, from, maker(k.vehicle), headroom.AccContent, -k.ContentCost.Value*units*b.fx(k.Currency, t))
	}
	if perUnit, share := b.wage(k.plant, t); perUnit*(1-share) != 0 {
		b.piece(t, from, owner(k.plant), headroom.AccLabour, -perUnit*(1-share)*units)
	}
	keep(b.late, b.late.earned, from, t, b.energy(t, k.plant, func(e *headroom.Energy) float64 { return e.UsePerCar * units }))
	b.fee(t, k, units)
}

// fee enters what the guest of a deal pays to the host.
func (b *book) fee(t int, k *place, units float64) {
	if k.deal == nil {
		return
	}
	for i := range b.v.c.Terms {
		r := &b.v.c.Terms[i]
		if r.Arrangement != k.deal.ID || r.Kind != headroom.FeePerUnit {
			continue
		}
		share := b.feeShare(t, k, days{r.From, r.To})
		if share == 0 || r.Value == 0 {
			continue
		}
		amount := r.Value * b.fx(r.Currency, t) * share * units
		b.post(t, k.guest(), headroom.AccDealFee, -amount)
		b.post(t, k.host(), headroom.AccDealFee, amount)
	}
}

// feeShare is the share of the days on which a place can build that lie in the dates of a fee.
func (b *book) feeShare(t int, k *place, term days) float64 {
	on := b.r.window(k, t)
	open := b.v.of(on, t)
	if open == 0 {
		return 0 // nothing is built then
	}
	return b.v.of(both(on, term), t) / open
}

// sent enters what goes with the vehicles that a plant sends to a market: price, material that is a share of it, freight
// and duty.
func (b *book) sent(f *flow, byUnit bool) {
	if f.Units == 0 {
		return
	}
	t, org, from := f.t, maker(f.vehicle), source{f.Vehicle, f.Plant}
	d := b.v.demand(f.Vehicle, f.Market, t)
	if d == nil {
		d = &headroom.Demand{}
	}
	if d.PriceNet.Set {
		price := d.PriceNet.Value * b.fx(d.Currency, t)
		b.piecePrice(t, from, org, headroom.AccRevenue, price*f.Units)
		if !byUnit {
			if !d.Contribution.Set {
				b.fail(fmt.Errorf("demand %s:%s: price_net without contribution or unit_material", f.Vehicle, f.Market))
			}
			b.piecePrice(t, from, org, headroom.AccMaterial, -price*(1-d.Contribution.Value/100)*f.Units)
		}
	}
	lane, ok := b.v.lane(f.plant, f.market, t)
	if ok && lane != nil {
		if !lane.Cost.Set {
			b.fail(fmt.Errorf("lane %s:%s: no cost", lane.Origin, lane.Destination))
		}
		b.piece(t, from, org, headroom.AccLogistics, -lane.Cost.Value*f.Units*b.fx(lane.Currency, t))
	}
	b.dutyOf(f, d, org)
}

// dutyOf enters the duty of a flow.
func (b *book) dutyOf(f *flow, d *headroom.Demand, org string) {
	one, err := b.v.duty(f, f.t)
	b.fail(err)
	perUnit := one.specific
	if one.rate != 0 {
		value, err := customsValue(d)
		b.fail(err)
		if !value.Set {
			b.fail(fmt.Errorf("demand %s:%s: duty on a share of a price that is missing", f.Vehicle, f.Market))
		}
		perUnit += one.rate / 100 * value.Value * b.fx(d.Currency, f.t)
	}
	if perUnit != 0 {
		b.piece(f.t, source{f.Vehicle, f.Plant}, org, headroom.AccDuty, -perUnit*f.Units)
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
			b.post(t, orAll(r.Holder), headroom.AccTarget, -r.Penalty.Value*row.Gap)
		}
	}
}
