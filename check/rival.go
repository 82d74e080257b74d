package check

import (
	"slices"

	"headroom"
)

// rivalDuties looks for two rows of one layer that hold for one flow on one day and name it equally closely: which of them
// counts is nowhere written. Rows of the same layer add up only where both say "add".
func (k *checker) rivalDuties() {
	told := map[[2]string]bool{}
	for _, x := range k.allCrossings() {
		var rows []*headroom.Duty
		for i := range k.c.Duties {
			if d := &k.c.Duties[i]; d.Importer == x.importer && k.rank(d, x) >= 0 {
				rows = append(rows, d)
			}
		}
		for i, d := range rows {
			for _, o := range rows[:i] {
				if d.Layer != o.Layer || d.Agreement != o.Agreement && d.Layer == headroom.Preferential || k.rank(d, x) != k.rank(o, x) ||
					d.Combine == headroom.CombineAdd && o.Combine == headroom.CombineAdd || told[[2]string{d.ID, o.ID}] {
					continue
				}
				both := k.cut(d.From, d.To).common(k.cut(o.From, o.To))
				if len(both) > 0 && !k.closer(rows, d, x, both) {
					told[[2]string{d.ID, o.ID}] = true
					k.fail(headroom.CodeRivalDuties, "duty", d.ID, "from", "end the one before the other begins, or write add in combine of both if both are due",
						"%s and %s are both the %s duty of %s on vehicles from %s %s", d.ID, o.ID, d.Layer, x.importer, x.origin, both.say())
				}
			}
		}
	}
}

// closer reports whether on all the days on which two rows hold a third one names the flow more closely than they do.
func (k *checker) closer(rows []*headroom.Duty, d *headroom.Duty, x crossing, both days) bool {
	for _, r := range rows {
		if r.Layer == d.Layer && (r.Agreement == d.Agreement || r.Layer != headroom.Preferential) && k.rank(r, x) > k.rank(d, x) && r.Combine != headroom.CombineAdd {
			both = both.without(k.cut(r.From, r.To))
		}
	}
	return len(both) == 0
}

// allCrossings are all flows over a customs border that plants, markets and vehicles make, and those that duty rows name:
// whether there is a lane today does not matter to what the rows say.
func (k *checker) allCrossings() []crossing {
	origins, importers, _ := k.territories()
	makers, powertrains := []string{""}, []string{""}
	for _, v := range k.c.Vehicles {
		makers, powertrains = append(makers, v.Maker), append(powertrains, v.Powertrain)
	}
	for _, d := range k.c.Duties {
		origins, importers = append(origins, d.Origin), append(importers, d.Importer)
		makers, powertrains = append(makers, d.Maker), append(powertrains, d.Powertrain)
	}
	for _, list := range []*[]string{&origins, &importers, &makers, &powertrains} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	var out []crossing
	for _, i := range importers {
		if !slices.ContainsFunc(k.c.Duties, func(d headroom.Duty) bool { return d.Importer == i }) {
			continue
		}
		for _, o := range origins {
			if o == i || o == "*" {
				continue
			}
			for _, m := range makers {
				for _, w := range powertrains {
					out = append(out, crossing{i, o, m, w})
				}
			}
		}
	}
	return out
}
