package ledger

import "headroom"

// target returns the row of a target that holds in period t, nil where there is none.
func (v *view) target(id string, t int) *headroom.Target {
	var found *headroom.Target
	for i := range v.c.Targets {
		r := &v.c.Targets[i]
		if r.ID != id {
			continue
		}
		if r.Period == v.c.Periods[t].ID {
			return r
		}
		if orEvery(r.Period) == every {
			found = r
		}
	}
	return found
}

// targetsOf returns the rows of the targets that hold in period t, in the order of the case.
func (v *view) targetsOf(t int) []*headroom.Target {
	var out []*headroom.Target
	seen := map[string]bool{}
	for i := range v.c.Targets {
		id := v.c.Targets[i].ID
		if r := v.target(id, t); r != nil && !seen[id] {
			seen[id] = true
			out = append(out, r)
		}
	}
	return out
}

// builtFor is what counts in a target in period t.
func (r *reading) builtFor(q *headroom.Target, t int) float64 {
	var s sum
	for _, o := range r.outputs {
		if o.t == t && counts(q, o.place.plant.Region) {
			s.add(o.units)
		}
	}
	return s.total()
}

// counts reports whether the plants of a region count in a target.
func counts(r *headroom.Target, region string) bool {
	if len(r.Regions) == 0 {
		return true
	}
	for _, id := range r.Regions {
		if id == every || id == region {
			return true
		}
	}
	return false
}
