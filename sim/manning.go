package sim

import (
	"cmp"
	"slices"

	"headroom/cost"
)

// manning is what a shift pattern of a line gives and costs.
type manning struct {
	pattern  int     // into Case.ShiftPatterns, -1 where there are none
	straight float64 // vehicles a week
	over     float64 // most in overtime a week
	premium  []share // cost of a vehicle in overtime
	crews    []share // what its crews cost more than those of the plan in the period
	change   []share // cost of changing to it
}

// readLines reads the shift patterns of a period and returns the lines by name.
func (n *Net) readLines(book *cost.Book, d *period, t int) map[string]int {
	lines, plants, patterns := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range n.c.ShiftPatterns {
		patterns[n.c.ShiftPatterns[i].ID] = i
	}
	for i, p := range n.plants {
		plants[p] = i
	}
	at := map[string]int{}
	for i, l := range n.c.Lines {
		at[l.ID] = i
	}
	for _, s := range n.plan.Shifts {
		if s.Period != n.c.Periods[t].ID {
			continue
		}
		id := at[s.Line]
		x := line{plant: plants[n.c.Lines[id].Plant], id: id, planned: s.Overtime}
		x.manning = manning{pattern: -1, straight: s.Capacity / float64(d.weeks)}
		if j, ok := patterns[s.Pattern]; ok {
			x.manning = n.manningOf(book, d, t, &x, j, x.straight)
			n.readLarger(book, d, t, &x)
		}
		lines[s.Line] = len(d.lines)
		d.lines = append(d.lines, x)
	}
	return lines
}

// manningOf is what a pattern gives and costs on a line of so much straight time a week.
func (n *Net) manningOf(book *cost.Book, d *period, t int, x *line, j int, straight float64) manning {
	p, owner := &n.c.ShiftPatterns[j], n.org(n.plantOrg[x.plant])
	_, crew := book.Labour(x.plant, t)
	return manning{
		pattern: j, straight: straight, over: straight * p.OvertimeShare / 100,
		premium: []share{{owner, -crew * (1 + p.OvertimePremium/100)}},
		crews:   []share{{owner, -crew * (straight - x.straight) * float64(d.weeks)}},
		change:  []share{{owner, -p.ChangeM * 1e6 * book.FX(p.Currency, t)}},
	}
}

// readLarger finds the patterns that would give a line more straight time than that of the plan.
func (n *Net) readLarger(book *cost.Book, d *period, t int, x *line) {
	for j := range n.c.ShiftPatterns {
		if !cost.PatternFor(&n.c.ShiftPatterns[j], n.c.Lines[x.id].ID) {
			continue
		}
		if week := book.Capacity(x.id, j) * book.Years(t) * book.LineShare(x.id, t) / float64(d.weeks); week > x.straight*(1+1e-9) {
			x.larger = append(x.larger, n.manningOf(book, d, t, x, j, week))
		}
	}
	slices.SortStableFunc(x.larger, func(a, b manning) int { return cmp.Compare(a.straight, b.straight) })
}

// unmanned stands for the pattern of a line that has not worked yet.
const unmanned = -2

// choosePatterns gives each line the pattern of the plan, or, where crews may be added, the smallest larger one that could have
// built with overtime what was asked of the line in the period before.
func (l *life) choosePatterns(d *period) {
	l.moved = l.moved[:0]
	for i := range d.lines {
		x := &d.lines[i]
		l.man[i] = x.manning
		if !l.addCrews {
			continue
		}
		for k := range x.larger {
			if m := &l.man[i]; l.wanted[x.id] > (m.straight+m.over)*(1+tiny) {
				*m = x.larger[k]
			}
		}
		if m := &l.man[i]; m.pattern != x.pattern {
			l.moved = append(l.moved, m.crews...)
			if m.pattern != l.before[x.id] {
				l.moved = append(l.moved, m.change...)
			}
		}
		l.before[x.id], l.wanted[x.id] = l.man[i].pattern, 0
		for _, k := range x.places {
			if y := &d.places[k]; l.alive[k] {
				l.wanted[x.id] += l.want[y.vehicle] * y.share / y.rate
			}
		}
	}
}
