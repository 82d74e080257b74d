package ledger

import (
	"cmp"
	"slices"

	"headroom"
)

// sameRate is how much two rests may differ for each unit of what they take of the earnings and still count as equal.
const sameRate = 1e-9

// limit is how much of the earnings of the last calendar year is not taken yet.
type limit struct{ left float64 }

// grant says how much of each rest comes back: one after the other, those that bring most for what they take first, each as far
// as all of its limits let it. Any two limits are apart or one within the other, so that no other choice brings a larger sum.
func grant(claims []claim) {
	var order []*claim
	for i := range claims {
		if claims[i].uses > 0 {
			order = append(order, &claims[i])
		}
	}
	slices.SortFunc(order, func(x, y *claim) int { return cmp.Compare(y.rate(), x.rate()) })
	for len(order) > 0 {
		n := 1
		for n < len(order) && order[n].rate() >= order[0].rate()*(1-sameRate) {
			n++
		}
		equal := order[:n]
		slices.SortFunc(equal, func(x, y *claim) int {
			if x.Change != y.Change && x.Change == headroom.ChangeOpening {
				return 1
			}
			if x.Change != y.Change && y.Change == headroom.ChangeOpening {
				return -1
			}
			return x.compare(y)
		})
		for _, x := range equal {
			x.take()
		}
		order = order[n:]
	}
}

// rate is what a claim brings for each unit of what it takes.
func (x *claim) rate() float64 { return x.Rest / x.uses }

// take takes as much of what a claim uses as its limits leave.
func (x *claim) take() {
	most := x.uses
	for _, l := range x.limits {
		most = min(most, l.left)
	}
	for _, l := range x.limits {
		l.left = max(0, l.left-most)
	}
	x.Back = x.Rest * (most / x.uses)
}

// hasTwin reports whether a vehicle has another place in the plant of a place.
func (v *view) hasTwin(k *place) bool {
	return slices.ContainsFunc(v.placeList, func(j *place) bool {
		return j != k && j.bar == "" && j.vehicle == k.vehicle && j.plant == k.plant
	})
}

// mostBrought is the most that a place can have brought in the last year: each vehicle that it built at what it brings in the
// best market of the period, less what it cost to build there. It keeps a launch from living on what another place brings.
func (b *book) mostBrought(k *place) float64 {
	var s sum
	for t, share := range b.late.share {
		units := of(b.r.built, k, t)
		if share == 0 || units == 0 {
			continue
		}
		s.add(share * units * max(0, b.bestPrice(k, t)-b.pieceCost(k, t)))
	}
	return s.total()
}

// bestPrice is the highest price of the vehicle of a place in the markets that want it in period t, in base currency; less
// material where that is a share of the price.
func (b *book) bestPrice(k *place, t int) float64 {
	most := 0.0
	for i := range b.v.c.Markets {
		market := b.v.c.Markets[i].ID
		d := b.v.demand(k.key.vehicle, market, t)
		if d == nil || b.v.wanted(k.vehicle, market, t) <= 0 {
			continue
		}
		price := d.PriceNet.Or(0) * b.fx(d.Currency, t)
		if !k.UnitMaterial.Set {
			price *= d.Contribution.Or(0) / 100
		}
		most = max(most, price)
	}
	return most
}

// pieceCost is what a vehicle costs at a place besides crews, with material where it is a cost of the place.
func (b *book) pieceCost(k *place, t int) float64 {
	perUnit, share := b.wage(k.plant, t)
	cost := perUnit*(1-share) + (k.UnitMaterial.Or(0)+k.ContentCost.Value)*b.fx(k.Currency, t)
	for i := range b.v.c.Energies {
		e := &b.v.c.Energies[i]
		cost += e.UsePerCar * (e.Price - e.Relief) * b.v.energyShare(k.plant.ID, e, t) * b.fx(e.Currency, t)
	}
	return cost
}
