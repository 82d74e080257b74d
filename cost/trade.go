package cost

import (
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

// Lane returns the freight per vehicle from plant p to market m in period t, and whether there is a lane.
func (b *Book) Lane(p, m, t int) (cost float64, ok bool) {
	l, ok := b.LaneRow(p, m, t)
	if l == nil || !ok {
		return 0, ok
	}
	return l.Cost.Or(0) * b.FX(l.Currency, t), true
}

// LaneRow returns the row of the lane from plant p to market m in period t, nil for the free one within a region, and whether there is
// a lane. A row that does not hold in the period is passed over for the next less specific one.
func (b *Book) LaneRow(p, m, t int) (row *headroom.Lane, ok bool) {
	any := false
	for _, i := range b.lanes[p*len(b.c.Markets)+m] {
		if i < 0 {
			continue
		}
		any = true
		if l := &b.c.Lanes[i]; b.c.Periods[t].Overlap(l.From, l.To) >= 0.5 {
			return l, l.Use != headroom.Exclude
		}
	}
	return nil, !any && b.regionOf[p] == b.marketRg[m]
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
	rows := b.matching(v, from, to, t)
	q := b.quota(from, to, t)
	if q >= 0 {
		row := &b.quotas[q]
		out = append(out,
			b.entry(rows, t, row.InRate/100, Entry{Regime: headroom.RegimeQuotaIn, Quota: q}),
			b.entry(rows, t, row.OutRate/100, Entry{Regime: headroom.RegimeQuotaOut, Quota: q}))
	} else {
		out = append(out, b.entry(rows, t, none, Entry{Regime: headroom.RegimeMFN, Quota: -1}))
	}
	first := none
	if q >= 0 {
		first = b.quotas[q].OutRate / 100
	}
	for _, g := range b.agreements(rows) {
		out = append(out, b.entry(rows, t, first, Entry{Regime: headroom.RegimePreferential, Agreement: g, Quota: -1}))
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
