package planner

import (
	"math"
	"slices"

	"headroom"
	"headroom/lp"
)

// banFactor is by how much a cost exceeds the largest other amount of a plan where it means "never". People write 10¹² for that. No
// plan of fewer than a million decisions can earn such a cost back, so leaving the decision out loses nothing; left in, its size
// drowns all other money in the solver's tolerances and makes plans and bounds wrong.
const banFactor = 1e6

// ban takes decisions out of a programme whose cost means "never", and notes them. What a decision costs is its cost times the most
// that its column can be; what it is compared with is the largest such amount of all columns that earn, and what all buyers
// would pay in a middling period; in a programme without any price, the middle one of the columns that cost by the vehicle.
func (m *Model) ban(p *lp.Problem) *lp.Problem {
	most := 0.0 // the largest volume
	for j := range p.Cols() {
		if !p.IsInteger(j) && !math.IsInf(p.Upper[j], 1) {
			most = max(most, p.Upper[j])
		}
	}
	amount := make([]float64, p.Cols())
	var volumes []float64
	earned := 0.0
	for j, c := range p.Cost {
		size := p.Upper[j]
		if math.IsInf(size, 1) {
			size = most
		}
		amount[j] = c * size
		switch k := m.colKeys[j].fam; {
		case c < 0:
			earned = max(earned, -amount[j])
		case (k == famOut || k == famFlow) && amount[j] > 0:
			volumes = append(volumes, amount[j])
		}
	}
	slices.Sort(volumes)
	other := max(earned, m.Revenue/m.MoneyUnit/float64(max(1, m.net.T)))
	if other == 0 && len(volumes) > 0 {
		other = max(other, volumes[(len(volumes)-1)/2])
	}
	if other == 0 {
		return p
	}
	m.dominate(p, amount, other)
	cost, upper := slices.Clone(p.Cost), slices.Clone(p.Upper)
	for j := range cost {
		if !(amount[j] > banFactor*other) || p.Lower[j] > 0 || !bannable(m.colKeys[j].fam) {
			continue
		}
		m.banned = append(m.banned, headroom.Ban{
			Column: m.name(m.colKeys[j]), Amount: amount[j] * m.MoneyUnit, Other: other * m.MoneyUnit,
		})
		cost[j], upper[j] = 0, 0
	}
	if len(m.banned) == 0 {
		return p
	}
	return p.WithObjective(p.Sense, cost, p.Offset).WithBounds(p.Lower, upper)
}

// dominatedFactor is by how much a cost exceeds the largest other amount before it is worth a look whether it is dominated.
const dominatedFactor = 1e3

// dominate notes the yes-or-no decisions that cost more than all other money of the programme together: a plan that takes one is
// worse than any that takes none. So they are tried without first, and only where there is no such plan with them: beside them
// the solver's tolerances would be as large as all other money.
func (m *Model) dominate(p *lp.Problem, amount []float64, other float64) {
	sum := 0.0
	for j, a := range amount {
		if !(p.IsInteger(j) && a > dominatedFactor*other && bannable(m.colKeys[j].fam)) {
			sum += math.Abs(a)
		}
	}
	for j, a := range amount {
		if p.IsInteger(j) && a > dominatedFactor*other && a > sum && p.Lower[j] == 0 && bannable(m.colKeys[j].fam) {
			m.dominated = append(m.dominated, int32(j))
		}
	}
}

// undominated is a programme without the decisions that are dominated.
func (m *Model) undominated(p *lp.Problem) *lp.Problem {
	cost, upper := slices.Clone(p.Cost), slices.Clone(p.Upper)
	for _, j := range m.dominated {
		cost[j], upper[j] = 0, 0
	}
	return p.WithObjective(p.Sense, cost, p.Offset).WithBounds(p.Lower, upper)
}

// bannable reports whether a column is a decision that can be left out. What is missing of a demand or a target is none: a price
// of that kind is refused by the gate, which names it, where it is beyond all measure.
func bannable(f family) bool { return f != famLost && f != famShort && f != famTShort && f != famSlack }
