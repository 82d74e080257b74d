package planner

import "headroom/lp"

// addTargets adds family 24: for each target and period it holds in
//
//	Σ_{k in region} x_kt + ς ≥ value     target (for max: Σ x − ς ≤ value)
//
// ς, what is missing, is a column only where the target is soft and has a price; a soft target without a price is only
// reported. The dual is the support per vehicle that the target is worth.
func (m *Model) addTargets() {
	n := m.net
	m.short = map[[2]int]int32{}
	for i := range n.c.Targets {
		for t := range n.T {
			if n.targetPeriod(i, t) {
				m.addTarget(i, t)
			}
		}
	}
}

// targetPeriod reports whether a target row holds in a period: it names it, or names all and no other row of the target
// names it.
func (n *net) targetPeriod(i, t int) bool {
	tg := &n.c.Targets[i]
	if tg.Period != "*" {
		return tg.Period == n.c.Periods[t].ID
	}
	for j := range n.c.Targets {
		if n.c.Targets[j].ID == tg.ID && n.c.Targets[j].Period == n.c.Periods[t].ID {
			return false
		}
	}
	return true
}

func (m *Model) addTarget(i, t int) {
	n := m.net
	tg := &n.c.Targets[i]
	if !tg.Hard && !tg.Penalty.Set {
		return
	}
	if m.free && n.lift == nil {
		return
	}
	value := m.vol(tg.Value * n.book.Years(t))
	lower, upper, sign := value, lp.Inf, 1.0
	if tg.Sense == "max" {
		lower, upper, sign = -lp.Inf, value, -1
	}
	r := m.row(at(famTarget, i, 0, 0, t), lower, upper)
	for k := range n.places {
		if m.out[k][t] >= 0 && n.inRegions(n.places[k].p, tg.Regions) {
			m.add(r, m.out[k][t], 1)
		}
	}
	if tg.Hard {
		m.yield(r, sign, ref(tabTarget, tg.Key(), colValue))
		return
	}
	s := m.col(at(famShort, i, 0, 0, t), m.perVehicle(tg.Penalty.Value, t), 0, lp.Inf)
	m.short[[2]int{i, t}] = s
	m.add(r, s, sign)
}
