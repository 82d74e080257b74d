package check

import (
	"slices"

	"headroom"
)

// crossing is vehicles of one maker and powertrain that go from a customs territory to another.
type crossing struct{ importer, origin, maker, powertrain string }

// crossings are the flows over customs borders that places, lanes and demand allow, with the days on which they can be.
func (k *checker) crossings() (order []crossing, when map[crossing]days) {
	when = map[crossing]days{}
	open := map[[2]string]days{} // plant and market: a lane
	for _, p := range k.c.Plants {
		for _, m := range k.c.Markets {
			open[[2]string{p.ID, m.ID}] = k.laneDays(&p, &m)
		}
	}
	for i := range k.c.Vehicles {
		car := &k.c.Vehicles[i]
		at := map[string]days{} // plant: when it is built there
		for _, v := range k.placesOf[car.ID] {
			if l := k.lineOf[v.Line]; l != nil {
				at[l.Plant] = at[l.Plant].with(k.building(v))
			}
		}
		wanted := k.wanted(car.ID)
		for _, p := range k.c.Plants {
			for _, m := range k.c.Markets {
				x := crossing{k.territory(m.Region), k.territory(p.Region), car.Maker, car.Powertrain}
				if x.importer == x.origin {
					continue
				}
				if d := at[p.ID].common(wanted[m.ID]).common(open[[2]string{p.ID, m.ID}]); len(d) > 0 {
					if when[x] == nil {
						order = append(order, x)
					}
					when[x] = when[x].with(d)
				}
			}
		}
	}
	return order, when
}

// wanted is the days on which each market wants a vehicle.
func (k *checker) wanted(vehicle string) map[string]days {
	out := map[string]days{}
	for t, p := range k.c.Periods {
		for _, d := range k.demandRows(vehicle, t) {
			if d.Volume > 0 {
				out[d.Market] = out[d.Market].with(k.cut(max(p.From, d.From), earlier(p.To, d.To)))
			}
		}
	}
	return out
}

// dutyHoles looks for days on which a flow crosses a customs border and has no general rate: neither a row of the layer mfn nor
// a quota, which has both rates.
func (k *checker) dutyHoles() {
	order, when := k.crossings()
	if !k.given("duty", len(k.c.Duties), len(order) > 0, "no duty is due on any border, but for quotas") {
		return
	}
	quotas := map[[2]string]days{}
	for _, q := range k.c.Quotas {
		key := [2]string{q.Importer, q.Origin}
		for _, p := range k.c.Periods {
			if q.Period == "*" || q.Period == p.ID {
				quotas[key] = quotas[key].with(k.cut(p.From, p.To))
			}
		}
	}
	type pair struct{ importer, origin string }
	holes, first := map[pair]days{}, []pair(nil)
	for _, x := range order {
		has := quotas[[2]string{x.importer, x.origin}]
		for i := range k.c.Duties {
			if d := &k.c.Duties[i]; d.Layer == headroom.MFN && d.Importer == x.importer && k.rank(d, x) >= 0 {
				has = has.with(k.cut(d.From, d.To))
			}
		}
		if hole := when[x].without(has); len(hole) > 0 {
			p := pair{x.importer, x.origin}
			if holes[p] == nil {
				first = append(first, p)
			}
			holes[p] = holes[p].with(hole)
		}
	}
	if len(first) == 0 {
		return
	}
	var missing, importers []string
	for _, p := range first {
		missing = append(missing, "from "+p.origin+" to "+p.importer+" "+holes[p].say())
		if !slices.Contains(importers, p.importer) {
			importers = append(importers, p.importer)
		}
	}
	hint := "add a row of the layer mfn for importer " + importers[0] + ", origin * to duty.csv, ad_valorem 0 if nothing is due; a missing duty is not zero"
	if len(importers) > 1 {
		hint = "add a row of the layer mfn, origin *, for each importer to duty.csv, ad_valorem 0 if nothing is due; a missing duty is not zero"
	}
	k.fail(headroom.CodeMissingRow, "duty", "", "importer", hint, "no general rate of duty (mfn, or a quota) holds on %s", listed(missing))
}

// rank is how closely a duty row names a crossing, -1 where it does not match: by origin, then maker, then powertrain, as the
// formulation has it.
func (k *checker) rank(d *headroom.Duty, x crossing) int {
	n := 0
	switch d.Origin {
	case x.origin:
		n = 8
	case "*", "":
	default:
		return -1
	}
	parent := ""
	if o := k.orgOf[x.maker]; o != nil {
		parent = o.Parent
	}
	switch {
	case d.Maker == "*" || d.Maker == "":
	case d.Maker == x.maker:
		n += 4
	case d.Maker == parent:
		n += 2
	default:
		return -1
	}
	switch d.Powertrain {
	case "*", "":
	case x.powertrain:
		n++
	default:
		return -1
	}
	return n
}
