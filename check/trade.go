package check

import (
	"slices"

	"headroom"
)

// lanes looks for lanes without a cost and lanes that nothing uses.
func (k *checker) lanes() {
	starts, ends := map[string]bool{}, map[string]bool{}
	for i := range k.c.Plants {
		starts[k.c.Plants[i].ID], starts[k.c.Plants[i].Region] = true, true
	}
	for _, m := range k.c.Markets {
		ends[m.ID], ends[m.Region] = true, true
	}
	for _, l := range k.c.Lanes {
		if l.Use != headroom.Exclude && !l.Cost.Set {
			k.fail(headroom.CodeMissingLaneCost, "lane", l.Key(), "cost", "write freight and handling a vehicle, 0 if nothing", "the lane from %s to %s has no cost", l.Origin, l.Destination)
		}
		if !starts[l.Origin] || !ends[l.Destination] {
			k.warn(headroom.CodeUnusedRow, "lane", l.Key(), "origin", "delete the row", "nothing goes from %s to %s", l.Origin, l.Destination)
		}
	}
}

// territories are those of plants, and those of markets.
func (k *checker) territories() (origins, importers, all []string) {
	for _, p := range k.c.Plants {
		origins = append(origins, k.territory(p.Region))
	}
	for _, m := range k.c.Markets {
		importers = append(importers, k.territory(m.Region))
	}
	for _, r := range k.c.Regions {
		all = append(all, k.territory(r.ID))
	}
	return origins, importers, all
}

// duties looks for duties that no vehicle ever pays.
func (k *checker) duties() {
	for _, d := range k.c.Duties {
		if k.known("duty", d.ID, d.Importer, d.Origin) {
			if why := k.useless(d); why != "" {
				k.warn(headroom.CodeUselessDuty, "duty", d.ID, "duty_id", "correct it or delete the row", "%s", why)
			}
		}
		if d.Layer == headroom.Preferential && d.Agreement == "" {
			k.fail(headroom.CodeEmptyCell, "duty", d.ID, "agreement", "name the agreement", "a preferential duty is for vehicles that qualify under an agreement, and it is missing")
		}
	}
}

// known reports whether there are regions of both territories, and reports those that there are not.
func (k *checker) known(table, key, importer, origin string) bool {
	_, _, all := k.territories()
	ok := true
	for _, s := range [][2]string{{"importer", importer}, {"origin", origin}} {
		if s[1] != "*" && !slices.Contains(all, s[1]) {
			k.fail(headroom.CodeUnknownTerritory, table, key, s[0], "name it in customs_territory of region.csv", "no region is in the customs territory %s", s[1])
			ok = false
		}
	}
	return ok
}

// useless says why a duty is never paid, or "".
func (k *checker) useless(d headroom.Duty) string {
	origins, importers, _ := k.territories()
	c := k.c
	switch {
	case !slices.Contains(importers, d.Importer):
		return "no market is in " + d.Importer
	case d.Origin != "*" && !slices.Contains(origins, d.Origin):
		return "no plant is in " + d.Origin
	case d.Origin == d.Importer:
		return "there is no duty inside a customs territory"
	case d.From > c.HorizonTo:
		return "it begins after the horizon"
	case d.To != 0 && d.To < c.HorizonFrom:
		return "it ends before the horizon"
	case d.Powertrain != "*" && !slices.ContainsFunc(c.Vehicles, func(v headroom.Vehicle) bool { return v.Powertrain == d.Powertrain }):
		return "no vehicle is a " + d.Powertrain
	case d.Maker != "*" && !slices.ContainsFunc(c.Vehicles, func(v headroom.Vehicle) bool { return k.within(v.Maker, d.Maker) }):
		return "no vehicle is of " + d.Maker
	}
	return ""
}

// within reports whether an org is another or belongs to it.
func (k *checker) within(org, group string) bool {
	for range len(k.c.Orgs) + 1 {
		if org == group {
			return true
		}
		o := k.orgOf[org]
		if o == nil || o.Parent == "" {
			return false
		}
		org = o.Parent
	}
	return false
}

// quotas looks for quotas that nothing comes in under.
func (k *checker) quotas() {
	origins, importers, _ := k.territories()
	for _, q := range k.c.Quotas {
		if !k.known("quota", q.Key(), q.Importer, q.Origin) {
			continue
		}
		if !slices.Contains(importers, q.Importer) || !slices.Contains(origins, q.Origin) || q.Importer == q.Origin {
			k.warn(headroom.CodeUselessDuty, "quota", q.Key(), "importer", "correct it or delete the row", "nothing goes from %s to %s over a border", q.Origin, q.Importer)
		}
		if q.InRate > q.OutRate {
			k.warn(headroom.CodeUselessDuty, "quota", q.Key(), "out_rate", "are the two exchanged?", "the rate within the quota, %v %%, is above that beyond it, %v %%", q.InRate, q.OutRate)
		}
	}
}

// labour looks at the two ways to give the cost of labour.
func (k *checker) labour() {
	for _, l := range k.c.Labours {
		hours := l.Wage.Set && l.HoursPerUnit.Set
		switch {
		case l.CostPerUnit.Set && (l.Wage.Set || l.HoursPerUnit.Set):
			k.fail(headroom.CodeDoubleCost, "labour", l.Key(), "cost_per_unit", "delete one of the two", "labour is given twice, per vehicle and by wage and hours")
		case !l.CostPerUnit.Set && !hours:
			k.fail(headroom.CodeMissingLabourCost, "labour", l.Key(), "cost_per_unit", "write it, or both wage and hours_per_unit", "the labour cost of %s is missing", l.Plant)
		}
	}
}

// energy looks for prices of one carrier that hold at the same time: rows of a plant and carrier stand together, sorted.
func (k *checker) energy() {
	for i, e := range k.c.Energies {
		if i == 0 {
			continue
		}
		if o := k.c.Energies[i-1]; e.Plant == o.Plant && e.Carrier == o.Carrier && (o.To == 0 || o.To >= e.From) {
			k.fail(headroom.CodeOverlappingPeriods, "energy", e.Key(), "from", "end the one on the day before the other begins", "two prices of %s in %s hold at the same time", e.Carrier, e.Plant)
		}
	}
}
