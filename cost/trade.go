package cost

import (
	"cmp"
	"slices"
	"sync/atomic"

	"headroom"
)

// readLanes finds the rows for each plant and market.
func (b *Book) readLanes() {
	c := b.c
	rows := make(map[[2]string]int32, len(c.Lanes))
	for i := range c.Lanes {
		rows[[2]string{c.Lanes[i].Origin, c.Lanes[i].Destination}] = int32(i)
	}
	b.lanes = make([][4]int32, len(c.Plants)*len(c.Markets))
	for p := range c.Plants {
		plant, region := c.Plants[p].ID, b.regionOf[p]
		for m := range c.Markets {
			market, dest := c.Markets[m].ID, b.marketRg[m]
			for k, key := range [...][2]string{{plant, market}, {plant, dest}, {region, market}, {region, dest}} {
				i, ok := rows[key]
				if !ok {
					i = -1
				}
				b.lanes[p*len(c.Markets)+m][k] = i
			}
		}
	}
}

// Lane returns the freight per vehicle from plant p to market m in period t, and whether there is a lane. A row that does not
// hold in the period is passed over for the next less specific one.
func (b *Book) Lane(p, m, t int) (cost float64, ok bool) {
	any := false
	for _, i := range b.lanes[p*len(b.c.Markets)+m] {
		if i < 0 {
			continue
		}
		any = true
		l := &b.c.Lanes[i]
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

// readTrade finds what the duties of a flow depend on: territories, classes of vehicles, shares of periods.
func (b *Book) readTrade() {
	c := b.c
	b.domestic = []Entry{{Regime: headroom.RegimeDomestic, Quota: -1}}
	terr, position := map[string]string{}, map[string]int32{}
	for _, r := range c.Regions {
		terr[r.ID] = r.ID
		if r.Territory != "" {
			terr[r.ID] = r.Territory
		}
	}
	at := func(region string) int32 {
		name := terr[region]
		i, ok := position[name]
		if !ok {
			i = int32(len(b.territories))
			position[name] = i
			b.territories = append(b.territories, name)
		}
		return i
	}
	for _, region := range b.regionOf {
		b.terrOfPlant = append(b.terrOfPlant, at(region))
	}
	for _, region := range b.marketRg {
		b.terrOfMarket = append(b.terrOfMarket, at(region))
	}
	classes := map[[2]string]int32{}
	for i := range c.Vehicles {
		key := [2]string{c.Vehicles[i].Maker, c.Vehicles[i].Powertrain}
		class, ok := classes[key]
		if !ok {
			class = int32(len(classes))
			classes[key] = class
		}
		b.classOf = append(b.classOf, class)
	}
	b.entries = make([]atomic.Pointer[[]Entry], len(classes)*len(b.territories)*len(b.territories)*len(c.Periods))
	for i := range b.duties {
		share := make([]float64, len(c.Periods))
		for t := range share {
			share[t] = c.Periods[t].Overlap(b.duties[i].From, b.duties[i].To)
		}
		b.dutyShare = append(b.dutyShare, share)
	}
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

// Entries returns the ways of vehicle v from plant p into market m in period t, in a fixed order. The slice is shared and must
// not be changed.
func (b *Book) Entries(v, p, m, t int) []Entry {
	from, to := int(b.terrOfPlant[p]), int(b.terrOfMarket[m])
	if from == to {
		return b.domestic
	}
	slot := &b.entries[((int(b.classOf[v])*len(b.territories)+from)*len(b.territories)+to)*len(b.years)+t]
	if known := slot.Load(); known != nil {
		return *known
	}
	made := b.makeEntries(v, b.territories[from], b.territories[to], t)
	slot.Store(&made)
	return made
}

func (b *Book) makeEntries(v int, from, to string, t int) []Entry {
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
	for _, i := range b.matching(headroom.Preferential, "", v, from, to, t) {
		d := &b.duties[i]
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

func (b *Book) apply(e *Entry, rows []int, t int) {
	for _, i := range rows {
		d, share := &b.duties[i], b.dutyShare[i][t]
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

// matching returns the positions of the rows of a layer that hold for the vehicle, the most specific ones only, by duty_id. An empty
// agreement matches any.
func (b *Book) matching(layer headroom.Layer, agreement string, v int, from, to string, t int) []int {
	veh := &b.c.Vehicles[v]
	best := -1
	var out []int
	for i := range b.duties {
		d := &b.duties[i]
		if d.Layer != layer || d.Importer != to || (d.Origin != from && d.Origin != "*") ||
			(agreement != "" && d.Agreement != agreement) || b.dutyShare[i][t] == 0 {
			continue
		}
		rank, ok := b.specificity(d, veh)
		if !ok || rank < best {
			continue
		}
		if rank > best {
			best, out = rank, out[:0]
		}
		out = append(out, i)
	}
	slices.SortFunc(out, func(x, y int) int { return cmp.Compare(b.duties[x].ID, b.duties[y].ID) })
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
