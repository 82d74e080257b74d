package check

import (
	"cmp"
	"strings"

	"headroom"
)

// gaps looks for days between two rows of one key on which neither holds: read as nothing, a year that somebody forgot.
func (k *checker) gaps() {
	k.demandGaps()
	k.quotaGaps()
	k.dutyGaps()
}

// demandGaps looks for periods between two rows of demand of a vehicle in a market, and for demand that is missing at an end of
// the vehicle's life.
func (k *checker) demandGaps() {
	type sale struct{ vehicle, market string }
	var order []sale
	rows, told := map[sale]days{}, map[sale]days{} // days of the rows, and of the periods that have one
	last := map[sale]string{}                      // the key of the last row
	for _, d := range k.c.Demands {
		s := sale{d.Vehicle, d.Market}
		if rows[s] == nil && last[s] == "" {
			order = append(order, s)
		}
		last[s] = d.Key()
		for _, p := range k.c.Periods {
			if d.Period == "*" || d.Period == p.ID {
				rows[s] = rows[s].with(k.cut(max(p.From, d.From), earlier(p.To, d.To)))
				told[s] = told[s].with(k.cut(p.From, p.To))
			}
		}
		if d.Period == "*" {
			told[s] = k.cut(0, 0)
		}
	}
	var missing, ends []string
	var gapAt, endAt string
	for _, s := range order {
		car := k.carOf[s.vehicle]
		if car == nil || len(rows[s]) == 0 {
			continue
		}
		life := k.cut(car.SOP, car.EOP)
		name := s.vehicle + " in " + s.market + " "
		if gap := rows[s].inside().common(life); len(gap) > 0 {
			missing = append(missing, name+gap.say())
			gapAt = cmp.Or(gapAt, k.demandAfter(s.vehicle, s.market, gap[0].to), last[s])
		}
		// A row of every period says by its own dates when demand begins and ends.
		outer := life.without(days{{told[s][0].from, told[s][len(told[s])-1].to}})
		if len(outer) > 0 {
			ends = append(ends, name+outer.say())
			endAt = cmp.Or(endAt, last[s])
		}
	}
	if len(missing) > 0 {
		k.fail(headroom.CodeGapBetweenRows, "demand", gapAt, "period", "add a row for each period, 0 if nobody buys, or one of period *", "nobody says what is wanted of %s, between two rows", listed(missing))
	}
	if len(ends) > 0 {
		k.warn(headroom.CodeDemandEnds, "demand", endAt, "period", "add a row for each period, 0 if nobody buys, or one of period *, or write sop and eop",
			"nobody says what is wanted of %s, though the vehicle can be built: it counts as nothing", listed(ends))
	}
}

// demandAfter is the key of the row of a vehicle in a market that begins after a day.
func (k *checker) demandAfter(vehicle, market string, day headroom.Date) string {
	for _, d := range k.demandOf[vehicle] {
		for _, p := range k.c.Periods {
			if d.Market == market && d.Period == p.ID && max(p.From, d.From) == day.AddDays(1) {
				return d.Key()
			}
		}
	}
	return ""
}

// quotaGaps looks for periods between two rows of a quota.
func (k *checker) quotaGaps() {
	type key struct{ importer, origin string }
	var order []key
	rows, at := map[key]days{}, map[key]string{}
	for _, q := range k.c.Quotas {
		x := key{q.Importer, q.Origin}
		if at[x] == "" {
			order = append(order, x)
		}
		at[x] = q.Key()
		for _, p := range k.c.Periods {
			if q.Period == "*" || q.Period == p.ID {
				rows[x] = rows[x].with(k.cut(p.From, p.To))
			}
		}
	}
	var missing []string
	first := ""
	for _, x := range order {
		if gap := rows[x].inside(); len(gap) > 0 {
			missing = append(missing, x.importer+" for "+x.origin+" "+gap.say())
			first = cmp.Or(first, at[x])
		}
	}
	if len(missing) > 0 {
		k.fail(headroom.CodeGapBetweenRows, "quota", first, "period", "add a row for each period, or one of period *; a volume of 0 says that there is no quota",
			"there is no quota of %s, between two rows", listed(missing))
	}
}

// dutyGaps looks for days between two rows of one layer for the same flows, on which no wider row of the layer holds.
func (k *checker) dutyGaps() {
	type key struct {
		importer, origin, powertrain, maker, agreement string
		layer                                          headroom.Layer
	}
	of := func(d *headroom.Duty) key {
		return key{d.Importer, d.Origin, d.Powertrain, d.Maker, d.Agreement, d.Layer}
	}
	var order []key
	rows, at := map[key]days{}, map[key]*headroom.Duty{}
	for i := range k.c.Duties {
		d := &k.c.Duties[i]
		x := of(d)
		if at[x] == nil {
			order = append(order, x)
		}
		if at[x] == nil || d.From > at[x].From {
			at[x] = d
		}
		rows[x] = rows[x].with(k.cut(d.From, d.To))
	}
	var missing []string
	first := ""
	for _, x := range order {
		gap := rows[x].inside()
		for i := range k.c.Duties {
			if d := &k.c.Duties[i]; len(gap) > 0 && wider(d, at[x]) {
				gap = gap.without(k.cut(d.From, d.To))
			}
		}
		if len(gap) > 0 {
			missing = append(missing, strings.Join([]string{string(x.layer), "of", x.importer, "for", x.origin, gap.say()}, " "))
			first = cmp.Or(first, at[x].ID)
		}
	}
	if len(missing) > 0 {
		k.fail(headroom.CodeGapBetweenRows, "duty", first, "from", "add a row for the days between, ad_valorem 0 if nothing is due",
			"nothing holds between two rows: %s", listed(missing))
	}
}

// wider reports whether a row is of the layer of another and holds for all flows for which that does, and for more.
func wider(d, than *headroom.Duty) bool {
	all := func(cell, other string) bool { return cell == other || cell == "*" || cell == "" }
	return d.Layer == than.Layer && d.Importer == than.Importer && d.Agreement == than.Agreement &&
		all(d.Origin, than.Origin) && all(d.Maker, than.Maker) && all(d.Powertrain, than.Powertrain) &&
		(d.Origin != than.Origin || d.Maker != than.Maker || d.Powertrain != than.Powertrain)
}
