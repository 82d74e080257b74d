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

// findBans finds the decisions whose cost means "never", and notes them, before what comes back at the end of the horizon is added:
// it holds money, and theirs would drown all other. What a decision costs is its cost times the most that its column can be; what it is
// compared with is the largest such amount of all columns that earn, and what all buyers would pay in a middling period; in a programme
// without any price, the middle one of the columns that cost by the vehicle.
func (m *Model) findBans() {
	if m.free {
		return
	}
	cols := m.b.Cols()
	most := 0.0 // the largest volume
	for j := range cols {
		if _, _, upper, integer := m.b.Column(j); !integer && !math.IsInf(upper, 1) {
			most = max(most, upper)
		}
	}
	amount := make([]float64, cols)
	var volumes []float64
	earned := 0.0
	for j := range cols {
		cost, _, size, _ := m.b.Column(j)
		if math.IsInf(size, 1) {
			size = most
		}
		amount[j] = cost * size
		switch k := m.colKeys[j].fam; {
		case cost < 0:
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
		return
	}
	m.dominate(amount, other)
	for j, a := range amount {
		if _, lower, _, _ := m.b.Column(j); a > banFactor*other && lower <= 0 && bannable(m.colKeys[j].fam) {
			m.noteBan(m.costCell(m.colKeys[j]), a*m.MoneyUnit, other*m.MoneyUnit)
			m.bannedCols = append(m.bannedCols, int32(j))
		}
	}
	m.skip = make([]bool, cols)
	for _, of := range [][]int32{m.bannedCols, m.dominated} {
		for _, j := range of {
			m.skip[j] = true
		}
	}
}

// skips reports whether a column is a decision that is taken as never, or tried without first.
func (m *Model) skips(col int32) bool { return col >= 0 && int(col) < len(m.skip) && m.skip[col] }

// ban takes the decisions whose cost means "never" out of a programme.
func (m *Model) ban(p *lp.Problem) *lp.Problem {
	if len(m.bannedCols) == 0 {
		return p
	}
	return without(p, m.bannedCols)
}

// dominatedFactor is by how much a cost exceeds the largest other amount before it is worth a look whether it is dominated.
const dominatedFactor = 1e3

// dominate notes the yes-or-no decisions, and the sales that are lost, a whole vehicle of them, that cost more than all other money of the programme together: a plan that takes one is
// worse than any that takes none. So they are tried without first, and only where there is no such plan with them: beside them
// the solver's tolerances would be as large as all other money. What comes back of one that is taken all the same is nothing beside
// what it costs; the programme leaves it out, and the plan counts it.
func (m *Model) dominate(amount []float64, other float64) {
	large := func(j int) float64 { // what the least of it costs that means something, 0 where that is not large
		cost, lower, _, integer := m.b.Column(j)
		least := amount[j]
		switch f := m.colKeys[j].fam; {
		case lower != 0:
			return 0
		case f == famLost:
			least = cost * m.vol(minQuantity)
		case !integer || !bannable(f):
			return 0
		}
		if least <= dominatedFactor*other {
			return 0
		}
		return least
	}
	sum := 0.0
	for j, a := range amount {
		if large(j) == 0 {
			sum += math.Abs(a)
		}
	}
	for j := range amount {
		if large(j) > sum {
			m.dominated = append(m.dominated, int32(j))
		}
	}
}

// without is a programme without some decisions.
func without(p *lp.Problem, cols []int32) *lp.Problem {
	cost, upper := slices.Clone(p.Cost), slices.Clone(p.Upper)
	for _, j := range cols {
		cost[j], upper[j] = 0, 0
	}
	return p.WithObjective(p.Sense, cost, p.Offset).WithBounds(p.Lower, upper)
}

// bannable reports whether a column is a decision that can be left out. What is missing of a demand or a target is none: a price
// of that kind is refused by the gate, which names it, where it is beyond all measure.
func bannable(f family) bool { return f != famLost && f != famShort && f != famSlack }

// noteBan notes a cost that means "never", once a cell, at its largest.
func (m *Model) noteBan(cell headroom.Ref, amount, other float64) {
	for i := range m.banned {
		if b := &m.banned[i]; b.Table == cell.Table && b.Row == cell.Key && b.Column == cell.Column {
			b.Amount = max(b.Amount, amount)
			return
		}
	}
	m.banned = append(m.banned, headroom.Ban{
		Table: cell.Table, Row: cell.Key, Column: cell.Column, Place: m.net.c.Place(cell.Table, cell.Key, cell.Column).String(),
		Amount: amount, Other: other,
	})
}
