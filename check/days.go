package check

import (
	"cmp"
	"slices"

	"headroom"
)

// stretch is days from the first to the last, both counted in.
type stretch struct{ from, to headroom.Date }

// days is a set of days: stretches in order that do not touch.
type days []stretch

// cut is the days from … to that lie in the horizon; a missing end is open.
func (k *checker) cut(from, to headroom.Date) days {
	from, to = max(from, k.c.HorizonFrom), earlier(to, k.c.HorizonTo)
	if to < from {
		return nil
	}
	return days{{from, to}}
}

// earlier is the earlier of two dates, a missing one being later than all.
func earlier(a, b headroom.Date) headroom.Date {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// with is the days of both sets.
func (d days) with(more days) days {
	all := slices.Concat(d, more)
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	var out days
	for _, s := range all {
		if n := len(out); n > 0 && s.from <= out[n-1].to.AddDays(1) {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// without is the days of d that are not among others.
func (d days) without(others days) days {
	left := slices.Clone(d)
	for _, o := range others {
		var next days
		for _, s := range left {
			if o.to < s.from || s.to < o.from {
				next = append(next, s)
				continue
			}
			if s.from < o.from {
				next = append(next, stretch{s.from, o.from.AddDays(-1)})
			}
			if o.to < s.to {
				next = append(next, stretch{o.to.AddDays(1), s.to})
			}
		}
		left = next
	}
	return left
}

// common is the days that are in both sets.
func (d days) common(others days) days { return d.without(d.without(others)) }

// inside is the days between the first and the last of the set that are not in it.
func (d days) inside() days {
	if len(d) < 2 {
		return nil
	}
	return days{{d[0].from, d[len(d)-1].to}}.without(d)
}

// say writes the set for a message: the first stretch, and how many more there are.
func (d days) say() string {
	if len(d) == 0 {
		return "no day"
	}
	s := "from " + d[0].from.String() + " to " + d[0].to.String()
	if len(d) > 1 {
		s += " and later"
	}
	return s
}
