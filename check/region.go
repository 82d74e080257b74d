package check

import "headroom"

// regions looks for regions that nothing is in, and for plants and markets that are nowhere.
func (k *checker) regions() {
	c := k.c
	used := map[string]bool{}
	for _, p := range c.Plants {
		used[p.Region] = true
		if p.Region == "" && len(c.Regions) > 0 {
			k.fail(headroom.CodeEmptyCell, "plant", p.ID, "region", "name its region", "the plant is in no region, and the case has a table of regions")
		}
	}
	for _, m := range c.Markets {
		used[m.Region] = true
		if m.Region == "" && len(c.Regions) > 0 {
			k.fail(headroom.CodeEmptyCell, "market", m.ID, "region", "name its region", "the market is in no region, and the case has a table of regions")
		}
	}
	for _, r := range c.Regions {
		if !used[r.ID] {
			k.warn(headroom.CodeUnusedRow, "region", r.ID, "region_id", "delete the row", "no plant and no market is in %s", r.ID)
		}
	}
}

// territory is the customs territory of a region.
func (k *checker) territory(region string) string {
	if r := k.regionOf[region]; r != nil && r.Territory != "" {
		return r.Territory
	}
	return region
}

// orgs looks for orgs that own, make, and host nothing, and for groups that belong to themselves.
func (k *checker) orgs() {
	c := k.c
	used := map[string]bool{}
	for _, p := range c.Plants {
		used[p.Owner] = true
	}
	for _, v := range c.Vehicles {
		used[v.Maker] = true
	}
	for _, d := range c.Duties {
		used[d.Maker] = true
	}
	for _, a := range c.Arrangements {
		used[a.Host], used[a.Guest] = true, true
	}
	for _, t := range c.Targets {
		used[t.Holder] = true
	}
	for _, o := range c.Orgs {
		used[o.Parent] = true
	}
	for _, o := range c.Orgs {
		if !used[o.ID] {
			k.warn(headroom.CodeUnusedRow, "org", o.ID, "org_id", "delete the row", "%s has no plant, vehicle, deal or target", o.ID)
		}
		seen := map[string]bool{}
		for at := k.orgOf[o.ID]; at != nil && at.Parent != ""; at = k.orgOf[at.Parent] {
			if seen[at.ID] {
				k.fail(headroom.CodeCircularParents, "org", o.ID, "parent", "an org cannot belong to itself", "the parents of %s lead back to it", o.ID)
				break
			}
			seen[at.ID] = true
		}
	}
}

// group is the org at the top of the parents of an org.
func (k *checker) group(org string) string {
	for range len(k.c.Orgs) {
		o := k.orgOf[org]
		if o == nil || o.Parent == "" {
			break
		}
		org = o.Parent
	}
	return org
}
