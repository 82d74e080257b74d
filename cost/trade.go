package cost

import (
	"cmp"
	"slices"

	"headroom"
)

// Lane returns the freight per vehicle from plant p to market m in period t, and whether there is a lane. A row that does not
// hold in the period is passed over for the next less specific one.
func (b *Book) Lane(p, m, t int) (cost float64, ok bool) {
	any := false
	for _, key := range b.laneKeys(p, m) {
		l := b.lanes[key]
		if l == nil {
			continue
		}
		any = true
		if b.c.Periods[t].Overlap(l.From, l.To) < 0.5 {
			continue
		}
		if l.Use == headroom.Exclude {
			return 0, false
		}
		return l.Cost.Or(0) * b.FX(l.Currency, t), true
	}
	return 0, !any && b.regionOf[p] == b.marketRg[m]
}

func (b *Book) laneKeys(p, m int) [4][2]string {
	plant, region := b.c.Plants[p].ID, b.regionOf[p]
	market, dest := b.c.Markets[m].ID, b.marketRg[m]
	return [...][2]string{{plant, market}, {plant, dest}, {region, market}, {region, dest}}
}

// Entry is a way into a market: the regime, the agreement of a preference, the quota (its position in the case, -1 for
// none) and the duty: a fraction of the customs value and an amount per vehicle.
type Entry struct {
	Regime    headroom.Regime
	Agreement string
	Quota     int
	Rate      float64
	Specific  float64
}

// Duty is the duty on a vehicle of a customs value.
func (e Entry) Duty(customs float64) float64 { return e.Rate*customs + e.Specific }

// Entries returns the ways of vehicle v from plant p into market m in period t, in a fixed order.
func (b *Book) Entries(v, p, m, t int) []Entry {
	from, to := b.terr[b.regionOf[p]], b.terr[b.marketRg[m]]
	if from == to {
		return []Entry{{Regime: headroom.RegimeDomestic, Quota: -1}}
	}
	var out []Entry
	if q := b.quota(from, to, t); q >= 0 {
		row := &b.quotas[q]
		out = append(out,
			b.entry(v, from, to, t, Entry{Regime: headroom.RegimeQuotaIn, Quota: q, Rate: row.InRate / 100}),
			b.entry(v, from, to, t, Entry{Regime: headroom.RegimeQuotaOut, Quota: q, Rate: row.OutRate / 100}))
	} else {
		out = append(out, b.entry(v, from, to, t, Entry{Regime: headroom.RegimeMFN, Quota: -1}))
	}
	for _, g := range b.agreements(v, from, to, t) {
		out = append(out, b.entry(v, from, to, t, Entry{Regime: headroom.RegimePreferential, Agreement: g, Quota: -1}))
	}
	return out
}

func (b *Book) quota(from, to string, t int) int {
	found := -1
	for i := range b.quotas {
		q := &b.quotas[i]
		if q.Importer != to || q.Origin != from {
			continue
		}
		if q.Period == b.c.Periods[t].ID {
			return i
		}
		if q.Period == "*" {
			found = i
		}
	}
	return found
}

// QuotaVolume is the volume of a quota in period t, vehicles in the period.
func (b *Book) QuotaVolume(q, t int) float64 { return b.quotas[q].Volume * b.years[t] }

func (b *Book) agreements(v int, from, to string, t int) []string {
	var out []string
	for _, d := range b.matching(headroom.Preferential, "", v, from, to, t) {
		if !slices.Contains(out, d.Agreement) {
			out = append(out, d.Agreement)
		}
	}
	slices.Sort(out)
	return out
}

var laterLayers = []headroom.Layer{headroom.Countervailing, headroom.Safeguard, headroom.Surtax}

// entry applies the duty layers in their order to e; the first layer of a quota is its rate, already in e.
func (b *Book) entry(v int, from, to string, t int, e Entry) Entry {
	switch e.Regime {
	case headroom.RegimeMFN:
		b.apply(&e, b.matching(headroom.MFN, "", v, from, to, t), t)
	case headroom.RegimePreferential:
		b.apply(&e, b.matching(headroom.Preferential, e.Agreement, v, from, to, t), t)
	}
	for _, layer := range laterLayers {
		b.apply(&e, b.matching(layer, "", v, from, to, t), t)
	}
	return e
}

func (b *Book) apply(e *Entry, rows []*headroom.Duty, t int) {
	for _, d := range rows {
		share := b.c.Periods[t].Overlap(d.From, d.To)
		rate, amount := d.AdValorem/100, d.Specific*b.FX(d.Currency, t)
		switch d.Combine {
		case "max":
			e.Rate += share * max(0, rate-e.Rate)
			e.Specific += share * max(0, amount-e.Specific)
		case "replace":
			e.Rate += share * (rate - e.Rate)
			e.Specific += share * (amount - e.Specific)
		default:
			e.Rate += share * rate
			e.Specific += share * amount
		}
	}
}

// matching returns the rows of a layer that hold for the vehicle, the most specific ones only, by duty_id. An empty
// agreement matches any.
func (b *Book) matching(layer headroom.Layer, agreement string, v int, from, to string, t int) []*headroom.Duty {
	veh := &b.c.Vehicles[v]
	best := -1
	var out []*headroom.Duty
	for i := range b.duties {
		d := &b.duties[i]
		if d.Layer != layer || d.Importer != to || (d.Origin != from && d.Origin != "*") ||
			(agreement != "" && d.Agreement != agreement) || b.c.Periods[t].Overlap(d.From, d.To) == 0 {
			continue
		}
		rank, ok := b.specificity(d, veh)
		if !ok || rank < best {
			continue
		}
		if rank > best {
			best, out = rank, out[:0]
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y *headroom.Duty) int { return cmp.Compare(x.ID, y.ID) })
	return out
}

// specificity ranks how closely a row names a vehicle: the maker before its group before all, then the powertrain.
func (b *Book) specificity(d *headroom.Duty, veh *headroom.Vehicle) (rank int, ok bool) {
	switch {
	case d.Maker == veh.Maker && d.Maker != "":
		rank = 4
	case d.Maker == "*" || d.Maker == "":
	case d.Maker == b.parent[veh.Maker]:
		rank = 2
	default:
		return 0, false
	}
	switch d.Powertrain {
	case veh.Powertrain:
		rank++
	case "*", "":
	default:
		return 0, false
	}
	return rank, true
}
