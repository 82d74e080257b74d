package ledger

import (
	"fmt"
	"math"
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
