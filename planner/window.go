package planner

import (
	"math"
	"slices"

	"headroom"
)

// span is a run of days, both ends counted in; an end that is missing is open.
type span struct{ from, to headroom.Date }

// never is a span without a day.
var never = span{from: 2, to: 1}

// and is the days that lie in both spans: windows are cut by days and never multiplied.
func (s span) and(q span) span { return span{max(s.from, q.from), minDate(s.to, q.to)} }

// empty reports whether a span has no day.
func (s span) empty() bool { return s.to != 0 && s.to < s.from }

// covers reports whether all days of q lie in s.
func (s span) covers(q span) bool { return s.and(q) == q }

// share is the share of the days of a period that lie in a span.
func (n *net) share(s span, t int) float64 { return n.c.Periods[t].Overlap(s.from, s.to) }

// period is the days of a period.
func (n *net) period(t int) span { return span{n.c.Periods[t].From, n.c.Periods[t].To} }

// after is the days from the end of a lead on that begins with the first day of a period; a broken month counts as a whole one.
func (n *net) after(t int, months float64) span {
	return span{from: n.c.Periods[t].From.AddMonths(int(math.Ceil(months)))}
}

// window is the days on which the dates of a place let it build, whatever the plan decides: the line is there, the vehicle is
// between SOP and EOP, a deal that is a fact is in force. Dates that give way are left out of it where that is asked for.
func (n *net) window(k *place, lifted bool) span {
	veh, line := &n.c.Vehicles[k.v], &n.c.Lines[k.l]
	w := span{line.From, line.To}.and(span{veh.SOP, veh.EOP})
	if lifted {
		from, to := n.openDates(k)
		w = span{from, to}
	}
	if k.arr >= 0 && n.deals[k.arr].fact {
		s := n.deals[k.arr].days
		if lifted {
			s = n.dealDates(k.arr)
		}
		w = w.and(s)
	}
	return w
}

// dealDays is when a deal is in force that begins on a day.
func dealDays(a *headroom.Arrangement, begin headroom.Date) span {
	s := span{from: begin}
	if a.TermYears > 0 {
		s.to = begin.AddMonths(int(math.Round(12 * a.TermYears))).AddDays(-1)
	}
	return s
}

// ready is the days from which on a place can build that is launched in a period: after its lead, but for a launch that the
// case decides, whose lead is over when its commitment begins.
func (n *net) ready(k *place, t int) span {
	if k.launched() == t {
		return k.days
	}
	return k.days.and(n.after(t, k.row.Lead))
}

// part is a run of days of a period in which no window that lines with common vehicles look at opens or closes.
type part struct {
	span
	share float64 // of the days of the period
}

// readParts cuts each period, for each group of lines that have vehicles in common, at every day on which a window of theirs
// opens or closes.
func (n *net) readParts() {
	n.readGroups()
	n.parts = make([][][]part, len(n.c.Lines))
	for g := range n.c.Lines {
		if n.group[g] != g {
			continue
		}
		n.parts[g] = make([][]part, n.T)
		for t := range n.T {
			n.parts[g][t] = n.cut(t, n.cuts(g, t))
		}
	}
}

// readGroups finds the lines that have vehicles in common; a group has the number of its first line.
func (n *net) readGroups() {
	n.group = make([]int, len(n.c.Lines))
	for l := range n.group {
		n.group[l] = l
	}
	for _, places := range n.byVehicle {
		for i := 1; i < len(places); i++ {
			a, b := n.group[n.places[places[0]].l], n.group[n.places[places[i]].l]
			for l := range n.group {
				if n.group[l] == a || n.group[l] == b {
					n.group[l] = min(a, b)
				}
			}
		}
	}
}

// partsOf are the parts of a period that the places of a line see.
func (n *net) partsOf(l, t int) []part { return n.parts[n.group[l]][t] }

// cuts are the first days of the parts of a period.
func (n *net) cuts(g, t int) []headroom.Date {
	var days []headroom.Date
	edge := func(s span) {
		if s == never {
			return
		}
		days = append(days, s.from)
		if s.to != 0 {
			days = append(days, s.to.AddDays(1))
		}
	}
	for i := range n.places {
		k := &n.places[i]
		if n.group[k.l] != g {
			continue
		}
		edge(k.days)
		edge(k.own)
		for _, m := range n.book.Markets(k.v) {
			edge(n.wanted(k.v, m, t))
		}
		for u := 0; u <= t && !k.running && k.first < 0 && k.row.Lead > 0; u++ {
			edge(n.after(u, k.row.Lead))
		}
		if pl := &n.c.Plants[k.p]; n.considered[k.p] && pl.ReopenLead > 0 {
			for u := 0; u <= t; u++ {
				edge(n.after(u, pl.ReopenLead))
			}
		}
		if k.arr < 0 {
			continue
		}
		for _, s := range n.deals[k.arr].begins {
			edge(s)
		}
		for j := range n.c.Terms {
			if x := &n.c.Terms[j]; x.Arrangement == n.c.Arrangements[n.deals[k.arr].arr].ID && x.Kind != headroom.FeePerUnit {
				edge(term(x))
			}
		}
	}
	return days
}

// wanted is when the demand row that serves a period holds.
func (n *net) wanted(v, m, t int) span {
	from, to := n.book.DemandDays(v, m, t)
	return span{from, to}
}

// cut cuts a period at the days that lie within it.
func (n *net) cut(t int, days []headroom.Date) []part {
	per := n.period(t)
	days = slices.DeleteFunc(days, func(d headroom.Date) bool { return d <= per.from || d > per.to })
	slices.Sort(days)
	days = append(slices.Compact(days), per.to.AddDays(1))
	var out []part
	from := per.from
	for _, d := range days {
		s := span{from, d.AddDays(-1)}
		out = append(out, part{s, n.share(s, t)})
		from = d
	}
	return out
}

// yearOf groups the periods by the calendar year in which they begin; it returns the first and last period of the group of t.
func (n *net) yearOf(t int) (first, last int) {
	year := n.c.Periods[t].From.Year()
	for first = t; first > 0 && n.c.Periods[first-1].From.Year() == year; first-- {
	}
	for last = t; last < n.T-1 && n.c.Periods[last+1].From.Year() == year; last++ {
	}
	return first, last
}

// calendarYears is how many whole calendar years the periods of a group have, one at least.
func (n *net) calendarYears(first, last int) float64 {
	sum := 0.0
	for t := first; t <= last; t++ {
		sum += n.book.Years(t)
	}
	return max(1, math.Floor(sum+1e-9))
}
