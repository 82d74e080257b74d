package check

import (
	"math"
	"slices"
	"strings"

	"headroom"
)

// deals looks at arrangements and at those that were asked to be counted in.
func (k *checker) deals() {
	used := map[string]bool{}
	for _, v := range k.c.VehicleLines {
		used[v.Arrangement] = true
	}
	for _, a := range k.c.Arrangements {
		for _, id := range a.Requires {
			used[id] = true
		}
	}
	least := map[string]bool{}
	for _, t := range k.c.Terms {
		if t.Kind == headroom.MinVolume {
			least[t.Arrangement] = true
		}
	}
	for _, a := range k.c.Arrangements {
		k.requires(a)
		switch {
		case !used[a.ID] && least[a.ID] && k.binds(&a): // its least volume cannot be kept, which is an error of its own
		case !used[a.ID]:
			k.warn(headroom.CodeUnusedRow, "arrangement", a.ID, "arr_id", "name it in arrangement of vehicle_line.csv", "no place needs %s: it changes nothing", a.ID)
		case !least[a.ID] && !a.Status.Dead():
			k.warn(headroom.CodeCostlessDeal, "arrangement", a.ID, "arr_id", "add a row min_volume to term.csv", "%s has no least volume: it can be in force and unused at no cost", a.ID)
		}
	}
	for _, id := range k.c.With {
		a := k.dealOf[id]
		switch {
		case a == nil:
			k.fail(headroom.CodeUnknownDeal, "arrangement", "", "arr_id", k.dealHint(), "there is no deal %q to be counted in", id)
		case a.Status.Dead():
			k.fail(headroom.CodeDeadDeal, "arrangement", id, "status", "leave it out of --with", "%s is %s and cannot be counted in", id, a.Status)
		}
	}
}

// dealHint names the deals that there are.
func (k *checker) dealHint() string {
	var ids []string
	for _, a := range k.c.Arrangements {
		ids = append(ids, a.ID)
	}
	if len(ids) == 0 {
		return "arrangement.csv has no deals"
	}
	return "there are " + strings.Join(ids, ", ")
}

// requires looks for deals that require themselves, and for signed ones that wait for one that is not.
func (k *checker) requires(a headroom.Arrangement) {
	if loop := k.loop(a.ID, a.ID, nil, map[string]bool{}); loop != nil && a.ID == slices.Min(loop) {
		k.fail(headroom.CodeCircularRequires, "arrangement", a.ID, "requires", "drop one of them", "deals require each other in a circle: %s", strings.Join(append(loop, a.ID), " → "))
		return
	}
	for _, id := range a.Requires {
		if r := k.dealOf[id]; r != nil && k.c.InForce(a) && !k.c.InForce(*r) {
			k.warn(headroom.CodeUnsignedDeal, "arrangement", a.ID, "requires", "count it in with --with "+id, "%s is %s but requires %s, which is not signed but %s: it cannot be in force", a.ID, a.Status, id, r.Status)
		}
	}
}

// loop returns the way from the deal at by requirements back to the deal first, or nil.
func (k *checker) loop(first, at string, way []string, seen map[string]bool) []string {
	if at == first && len(way) > 0 {
		return way
	}
	if seen[at] || k.dealOf[at] == nil {
		return nil
	}
	seen[at] = true
	for _, r := range k.dealOf[at].Requires {
		if l := k.loop(first, r, append(slices.Clone(way), at), seen); l != nil {
			return l
		}
	}
	return nil
}

// terms looks at units that do not fit.
func (k *checker) terms() {
	for _, t := range k.c.Terms {
		want := "veh/yr"
		if t.Kind == headroom.FeePerUnit {
			want = "ccy/veh"
		}
		if t.Unit != want {
			k.fail(headroom.CodeWrongUnit, "term", t.Key(), "unit", "write "+want, "a %s is in %s, and the unit is %s", t.Kind, want, t.Unit)
		}
	}
}

// fees looks for days on which two fees of a deal hold, and for days between two on which none does.
func (k *checker) fees() {
	for _, a := range k.c.Arrangements {
		var told days
		last := ""
		for _, t := range k.c.Terms {
			if t.Arrangement != a.ID || t.Kind != headroom.FeePerUnit {
				continue
			}
			here := k.cut(t.From, t.To)
			if both := here.common(told); len(both) > 0 {
				k.fail(headroom.CodeOverlappingPeriods, "term", t.Key(), "from", "end the one on the day before the other begins", "two fees of %s hold %s", a.ID, both.say())
			}
			told = told.with(here)
			last = t.Key()
		}
		if gap := told.inside(); len(gap) > 0 && !a.Status.Dead() {
			k.fail(headroom.CodeGapBetweenRows, "term", last, "from", "add a row for the days between, 0 if nothing is due", "%s has no fee %s, between two rows", a.ID, gap.say())
		}
	}
}

// targets looks for targets above what all plants that count can build, with every pattern and overtime.
func (k *checker) targets() {
	for _, g := range k.c.Targets {
		all := len(g.Regions) == 0 || slices.Contains(g.Regions, "*")
		if g.Sense == "max" {
			continue
		}
		most, at := math.Inf(1), ""
		for _, p := range k.c.Periods {
			if g.Period != "*" && g.Period != p.ID {
				continue
			}
			if sum := k.mostIn(p, all, g.Regions); sum < most {
				most, at = sum, p.ID
			}
		}
		if g.Value <= most*(1+1e-9) {
			continue
		}
		sev := headroom.SeverityInfo
		if g.Hard {
			sev = headroom.SeverityError
		}
		k.add(sev, headroom.CodeUnreachableTarget, "target", g.Key(), "value", "add capacity, or lower the target",
			"the target is %s vehicles a year, and all lines that count can build %s in %s with every pattern and overtime", whole(g.Value), whole(most), at)
	}
}

// mostIn is the largest capacity of the plants of regions in a period, vehicles a year.
func (k *checker) mostIn(p headroom.Period, all bool, regions []string) float64 {
	sum := map[string]float64{}
	for i := range k.c.Lines {
		l := &k.c.Lines[i]
		if plant := k.plantOf[l.Plant]; plant != nil && (all || slices.Contains(regions, plant.Region)) && len(k.onLine[l.ID]) > 0 {
			sum[l.Plant] += k.most(l) * p.Overlap(l.From, l.To)
		}
	}
	total := 0.0
	for _, plant := range k.c.Plants {
		v := sum[plant.ID]
		if plant.Use == headroom.Include && plant.InitialState != headroom.Operating {
			v = 0
		}
		if plant.SiteCap.Set {
			v = min(v, plant.SiteCap.Value)
		}
		total += v
	}
	return total
}
