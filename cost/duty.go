package cost

import (
	"cmp"
	"slices"

	"headroom"
)

// The duty of a flow is found day by day. On a day each layer has one row: of those that match and hold on it the most specific
// one, by origin, then by maker, then by powertrain; rows of a layer stand together only where each says "add". The rate of a
// period is the mean over its days, which are taken together where the same rows hold.

// match is a duty row that holds for a flow on some days of a period.
type match struct {
	*headroom.Duty
	rank int // the larger, the more closely it names the flow
}

// none is the first layer of a flow whose first layer is rows, not the rate of a quota.
const none = -1.0

// laterLayers come after the first, in this order.
var laterLayers = []headroom.Layer{headroom.Countervailing, headroom.Safeguard, headroom.Surtax, headroom.Rise}

// matching returns the rows of all layers that hold for a flow on some day of a period, by duty_id.
func (b *Book) matching(v int, from, to string, t int) []match {
	var out []match
	for i := range b.duties {
		d := &b.duties[i]
		if d.Importer != to || b.c.Periods[t].Overlap(d.From, d.To) == 0 {
			continue
		}
		if rank, ok := b.specificity(d, &b.c.Vehicles[v], from); ok {
			out = append(out, match{d, rank})
		}
	}
	slices.SortFunc(out, func(x, y match) int { return cmp.Compare(x.ID, y.ID) })
	return out
}

// specificity ranks how closely a row names a flow: the origin before all origins, then the maker before its group before all,
// then the powertrain.
func (b *Book) specificity(d *headroom.Duty, veh *headroom.Vehicle, from string) (rank int, ok bool) {
	switch d.Origin {
	case from:
		rank = 8
	case "*", "":
	default:
		return 0, false
	}
	switch {
	case d.Maker == veh.Maker && d.Maker != "":
		rank += 4
	case d.Maker == "*" || d.Maker == "":
	case d.Maker == b.parent[veh.Maker]:
		rank += 2
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

// agreements are those of the preferential rows among matches.
func (b *Book) agreements(rows []match) []string {
	var out []string
	for _, r := range rows {
		if r.Layer == headroom.Preferential && !slices.Contains(out, r.Agreement) {
			out = append(out, r.Agreement)
		}
	}
	slices.Sort(out)
	return out
}

// entry fills in the duty of e, the mean over the days of the period. first is the rate of a quota, or none; a preference whose
// rows do not hold on a day has on that day the first layer of a flow without it.
func (b *Book) entry(rows []match, t int, first float64, e Entry) Entry {
	per := &b.c.Periods[t]
	starts := []headroom.Date{per.From}
	for _, r := range rows {
		for _, day := range []headroom.Date{r.From, dayAfter(r.To)} {
			if day > per.From && day <= per.To {
				starts = append(starts, day)
			}
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	for i, day := range starts {
		last := per.To
		if i+1 < len(starts) {
			last = starts[i+1].AddDays(-1)
		}
		rate, amount := b.onDay(rows, day, t, first, &e)
		share := per.Overlap(day, last)
		e.Rate += share * rate
		e.Specific += share * amount
	}
	return e
}

// dayAfter is the day after a date, 0 for a missing one.
func dayAfter(d headroom.Date) headroom.Date {
	if d == 0 {
		return 0
	}
	return d.AddDays(1)
}

// onDay is the duty on one day: a fraction of the customs value and an amount per vehicle.
func (b *Book) onDay(rows []match, day headroom.Date, t int, first float64, e *Entry) (rate, amount float64) {
	base := counting(rows, headroom.MFN, "", day)
	if e.Regime == headroom.RegimePreferential {
		if own := counting(rows, headroom.Preferential, e.Agreement, day); len(own) > 0 {
			base, first = own, none
		}
	}
	if first == none {
		rate, amount = b.join(base, t, 0, 0)
	} else {
		rate = first
	}
	for _, layer := range laterLayers {
		rate, amount = b.join(counting(rows, layer, "", day), t, rate, amount)
	}
	return rate, amount
}

// holds reports whether a row is one of a layer that holds on a day. An empty agreement is any.
func (r match) holds(layer headroom.Layer, agreement string, day headroom.Date) bool {
	return r.Layer == layer && (agreement == "" || r.Agreement == agreement) && r.From <= day && (r.To == 0 || day <= r.To)
}

// counting picks the rows of a layer that count on a day: the most specific one, and where it says "add" all others that do.
func counting(rows []match, layer headroom.Layer, agreement string, day headroom.Date) []match {
	best := -1
	for i, r := range rows {
		if r.holds(layer, agreement, day) && (best < 0 || r.rank > rows[best].rank) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	if rows[best].Combine != headroom.CombineAdd {
		return rows[best : best+1]
	}
	var out []match
	for _, r := range rows {
		if r.holds(layer, agreement, day) && r.Combine == headroom.CombineAdd {
			out = append(out, r)
		}
	}
	return out
}

// join puts the rows of a layer on top of the layers before it.
func (b *Book) join(rows []match, t int, rate, amount float64) (newRate, newAmount float64) {
	for _, d := range rows {
		more, money := d.AdValorem/100, 0.0
		if d.Specific != 0 {
			money = d.Specific * b.FX(d.Currency, t)
		}
		switch d.Combine {
		case headroom.CombineMax:
			rate, amount = max(rate, more), max(amount, money)
		case headroom.CombineReplace:
			rate, amount = more, money
		default:
			rate, amount = rate+more, amount+money
		}
	}
	return rate, amount
}
