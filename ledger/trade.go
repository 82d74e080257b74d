package ledger

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"headroom"
)

// demand returns the row of a vehicle and a market that serves period t, nil where there is none.
func (v *view) demand(vehicle, market string, t int) *headroom.Demand {
	if d := v.demands[demandKey{vehicle, market, v.c.Periods[t].ID}]; d != nil {
		return d
	}
	return v.demands[demandKey{vehicle, market, every}]
}

// wanted is the demand in vehicles in period t.
func (v *view) wanted(vehicle *headroom.Vehicle, market string, t int) float64 {
	return v.wantedIn(vehicle, market, t, days{})
}

// wantedIn is the demand in vehicles on some days of period t: the row holds, and the vehicle is between SOP and EOP.
func (v *view) wantedIn(vehicle *headroom.Vehicle, market string, t int, on days) float64 {
	d := v.demand(vehicle.ID, market, t)
	if d == nil || vehicle.Use == headroom.Exclude {
		return 0
	}
	n := d.Volume
	if orEvery(d.Period) == every {
		n *= math.Pow(1+d.Growth.Or(0)/100, v.start[t])
		if d.MaxVolume.Set {
			n = min(n, d.MaxVolume.Value)
		}
	}
	return n * v.years[t] * v.of(both(on, both(days{d.From, d.To}, days{vehicle.SOP, vehicle.EOP})), t)
}

// lane returns the row of the way from a plant to a market in period t, nil where it is the free way inside a region, and
// whether there is a way at all. Rows that do not hold in the period are passed over.
func (v *view) lane(p *headroom.Plant, m *headroom.Market, t int) (*headroom.Lane, bool) {
	any := false
	for _, k := range []pair{{p.ID, m.ID}, {p.ID, m.Region}, {p.Region, m.ID}, {p.Region, m.Region}} {
		r := v.lanes[k]
		if r == nil {
			continue
		}
		any = true
		if v.share(r.From, r.To, t) >= 0.5 {
			return r, r.Use != headroom.Exclude
		}
	}
	return nil, !any && p.Region == m.Region
}

// quota returns the quota row of an importer and an origin that holds in period t, nil where there is none.
func (v *view) quota(importer, origin string, t int) *headroom.Quota {
	var found *headroom.Quota
	for i := range v.c.Quotas {
		q := &v.c.Quotas[i]
		if q.Importer != importer || q.Origin != origin {
			continue
		}
		if q.Period == v.c.Periods[t].ID {
			return q
		}
		if orEvery(q.Period) == every {
			found = q
		}
	}
	return found
}

// layers returns the duty rows of one layer that count for a vehicle from a territory in period t: of those that match, the
// most specific, sorted by their id. agreement picks the preferential rows.
func (v *view) layers(layer headroom.Layer, agreement string, x *headroom.Vehicle, from, to string, t int) []*headroom.Duty {
	var out []*headroom.Duty
	best := -1
	for i := range v.c.Duties {
		d := &v.c.Duties[i]
		if d.Layer != layer || d.Importer != to || v.share(d.From, d.To, t) == 0 {
			continue
		}
		if layer == headroom.Preferential && d.Agreement != agreement {
			continue
		}
		n := v.specificity(d, x, from)
		if n < 0 || n < best {
			continue
		}
		if n > best {
			best, out = n, nil
		}
		out = append(out, d)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// specificity is how closely a duty row names a vehicle, −1 where it does not match: the maker before its parent before
// every maker, and only then the powertrain before every powertrain.
func (v *view) specificity(d *headroom.Duty, x *headroom.Vehicle, from string) int {
	if o := orEvery(d.Origin); o != every && o != from {
		return -1
	}
	n := 0
	switch m := orEvery(d.Maker); {
	case m == every:
	case m == x.Maker:
		n = 4
	case x.Maker != "" && m == v.parents[x.Maker]:
		n = 2
	default:
		return -1
	}
	switch w := orEvery(d.Powertrain); w {
	case every:
	case x.Powertrain:
		n++
	default:
		return -1
	}
	return n
}

// levy is a duty per vehicle: a percentage of the customs value and an amount in base currency.
type levy struct{ rate, specific float64 }

// duty is the levy on a flow in period t (section 4 of the formulation).
func (v *view) duty(f *flow, t int) (levy, error) {
	var total levy
	if f.Regime == headroom.RegimeDomestic {
		return total, nil
	}
	from, to := v.territory(f.plant.Region), v.territory(f.market.Region)
	order := []headroom.Layer{headroom.MFN, headroom.Countervailing, headroom.Safeguard, headroom.Surtax}
	switch f.Regime {
	case headroom.RegimePreferential:
		order[0] = headroom.Preferential
	case headroom.RegimeQuotaIn, headroom.RegimeQuotaOut:
		q := v.quota(to, from, t)
		if q == nil {
			return total, fmt.Errorf("no quota of %s for %s in period %s", to, from, v.c.Periods[t].ID)
		}
		total.rate = q.InRate
		if f.Regime == headroom.RegimeQuotaOut {
			total.rate = q.OutRate
		}
		order = order[1:]
	}
	for _, layer := range order {
		for _, d := range v.layers(layer, f.Agreement, f.vehicle, from, to, t) {
			if err := v.join(&total, d, t); err != nil {
				return total, err
			}
		}
	}
	return total, nil
}

// join puts one layer on top of those before it, for the share of the period in which it holds.
func (v *view) join(total *levy, d *headroom.Duty, t int) error {
	share := v.share(d.From, d.To, t)
	one := levy{rate: d.AdValorem}
	if d.Specific != 0 {
		fx, err := v.fx(d.Currency, t)
		if err != nil {
			return fmt.Errorf("duty %s: %w", d.ID, err)
		}
		one.specific = d.Specific * fx
	}
	switch d.Combine {
	case "replace":
		total.rate += share * (one.rate - total.rate)
		total.specific += share * (one.specific - total.specific)
	case "max":
		total.rate += share * max(0, one.rate-total.rate)
		total.specific += share * max(0, one.specific-total.specific)
	case "add", "":
		total.rate += share * one.rate
		total.specific += share * one.specific
	default:
		return fmt.Errorf("duty %s: combine %q", d.ID, d.Combine)
	}
	return nil
}

// customsValue is the customs value of a demand row in its own currency; missing where it is a share of a missing price.
func customsValue(d *headroom.Demand) (headroom.Opt, error) {
	text := strings.TrimSpace(d.CustomsValue)
	if text == "" {
		text = "100%"
	}
	number, percent := strings.CutSuffix(text, "%")
	n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil {
		return headroom.Opt{}, fmt.Errorf("customs_value %q: %w", d.CustomsValue, err)
	}
	if !percent {
		return headroom.Some(n), nil
	}
	if !d.PriceNet.Set {
		return headroom.Opt{}, nil
	}
	return headroom.Some(d.PriceNet.Value * n / 100), nil
}
