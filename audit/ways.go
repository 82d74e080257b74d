package audit

import (
	"math"
	"slices"

	"headroom"
)

// maxChoices bounds the ways to fill the slots of one sum.
const maxChoices = 1 << 12

// relation is how far a way to fill slots is from holding, and how far it may be.
type relation func(whole *figure, parts []*figure) (gap, allowed float64)

// fill finds the way to fill the slots that comes nearest to holding, and reports whether it does. Of ways that are equally near the
// one with the firmer figures is taken.
func (a *auditor) fill(whole slot, parts []slot, holds relation) (way []*figure, ok bool) {
	nearest := math.Inf(1)
	a.ways(whole, parts, func(pick []*figure) {
		gap, allowed := holds(pick[0], pick[1:])
		ok = ok || gap <= allowed
		if gap < nearest {
			nearest, way = gap, slices.Clone(pick)
		}
	})
	return way, ok
}

// relate fills slots as fill does. Where a way holds, the figures of all ways that do are noted as fitting, and those of none as not.
func (a *auditor) relate(whole slot, parts []slot, holds relation) (way []*figure, ok bool) {
	good, seen := map[*figure]bool{}, map[*figure]bool{}
	a.ways(whole, parts, func(pick []*figure) {
		gap, allowed := holds(pick[0], pick[1:])
		for _, f := range pick {
			seen[f] = true
			good[f] = good[f] || gap <= allowed
		}
	})
	way, ok = a.fill(whole, parts, holds)
	for f := range seen {
		switch {
		case !ok || f.aside:
		case good[f]:
			a.fits[f.ID] = true
		default:
			a.misfits[f.ID] = true
		}
	}
	return way, ok
}

// ways calls f with each way to fill the slots, firm figures first; the slice is used again. Where there are too many ways only the
// firmest figure of some slots is tried.
func (a *auditor) ways(whole slot, parts []slot, f func(pick []*figure)) {
	slots := make([]slot, 0, len(parts)+1)
	n := 1
	for _, s := range append([]slot{whole}, parts...) {
		s = a.firmFirst(s)
		if n*len(s) > maxChoices {
			s = s[:1]
		}
		n *= len(s)
		slots = append(slots, s)
	}
	filled := make([]*figure, len(slots))
	var try func(i int)
	try = func(i int) {
		if i == len(slots) {
			f(filled)
			return
		}
		for _, x := range slots[i] {
			filled[i] = x
			try(i + 1)
		}
	}
	try(0)
}

// firmFirst puts the figure of a slot first that the rule chooses.
func (a *auditor) firmFirst(s slot) slot {
	if len(s) < 2 {
		return s
	}
	first := a.firmest(s)
	return append(slot{first}, slices.DeleteFunc(slices.Clone(s), func(f *figure) bool { return f == first })...)
}

// firmest is the figure of a slot that the rule chooses.
func (a *auditor) firmest(s slot) *figure {
	list := make([]headroom.Claim, 0, len(s))
	for _, f := range s {
		if !f.aside {
			list = append(list, f.Claim)
		}
	}
	if len(list) == 0 {
		return s[0]
	}
	c, _ := Choose(list, a.sources)
	return s[slices.IndexFunc(s, func(f *figure) bool { return !f.aside && f.ID == c.ID })]
}

// firmestOf is the figure of each slot that the rule chooses.
func (a *auditor) firmestOf(slots []slot) []*figure {
	out := make([]*figure, len(slots))
	for i, s := range slots {
		out[i] = a.firmest(s)
	}
	return out
}
