package planner

import (
	"math"

	"headroom/cost"
	"headroom/lp"
)

// expr is a sum of columns in base currency, undiscounted.
type expr struct {
	cols  []int32
	coefs []float64
	k     float64
}

func (e *expr) add(col int32, v float64) {
	if col >= 0 && v != 0 {
		e.cols, e.coefs = append(e.cols, col), append(e.coefs, v)
	}
}

func (e *expr) addLit(x lit, v float64) {
	if x.isConst() {
		e.k += v * x.k
		return
	}
	e.add(x.col, v)
}

// at is the sum at a point; volumes that are but dust do not count.
func (e *expr) at(x []float64) float64 {
	sum := e.k
	for i, c := range e.cols {
		if x[c] > dust {
			sum += e.coefs[i] * x[c]
		}
	}
	return sum
}

func (e *expr) plus(f *expr) {
	e.cols, e.coefs, e.k = append(e.cols, f.cols...), append(e.coefs, f.coefs...), e.k+f.k
}

// earner is what a vehicle earns in a plant in the last year, and the most that it can earn and lose.
type earner struct {
	v, p       int
	sum        expr
	places     []int
	gain, loss float64
	best       []float64 // by period: what a flow brings at most, and at least
	worst      []float64
}

// readEarnings finds what the vehicles earn in the plants that have rests to earn.
func (m *Model) readEarnings() {
	n := m.net
	for p := range n.c.Plants {
		if len(m.rest.plant[p].launches)+len(m.rest.plant[p].openings) == 0 {
			continue
		}
		for _, k := range n.byPlant[p] {
			m.readOutputs(k)
		}
	}
	for i := range n.pairs {
		end := len(m.flows)
		if i+1 < len(n.pairs) {
			end = m.firstFlow[i+1]
		}
		m.readFlows(i, m.flows[m.firstFlow[i]:end])
	}
	for _, e := range m.rest.earn {
		m.measure(e)
	}
}

// readOutputs counts what a place costs by the vehicle.
func (m *Model) readOutputs(k int) {
	n, pl := m.net, &m.net.places[k]
	at := [2]int{pl.v, pl.p}
	e := m.rest.earn[at]
	if e == nil {
		e = &earner{v: pl.v, p: pl.p, best: make([]float64, n.T), worst: make([]float64, n.T)}
		for t := range n.T {
			e.best[t], e.worst[t] = math.Inf(-1), math.Inf(1)
		}
		m.rest.earn[at] = e
	}
	e.places = append(e.places, k)
	for t, share := range m.rest.share {
		if share > 0 {
			e.sum.add(m.out[k][t], -share*m.unitCost(k, t)*m.VolumeUnit)
		}
	}
}

// readFlows counts what the flows of a vehicle into a market bring, less material by the price, freight and duty.
func (m *Model) readFlows(i int, flows []flow) {
	n := m.net
	v, market := n.pairs[i][0], n.pairs[i][1]
	for j := range flows {
		f := &flows[j]
		share := m.rest.share[f.t]
		e := m.rest.earn[[2]int{v, int(f.p)}]
		if share == 0 || e == nil {
			continue
		}
		cell := &n.demand[i][f.t]
		brings := m.brings(v, cell) - m.delivery(f, v, market, cell.Customs)
		e.sum.add(f.col, share*brings*m.VolumeUnit)
		if !m.skips(f.col) {
			e.best[f.t], e.worst[f.t] = max(e.best[f.t], brings), min(e.worst[f.t], brings)
		}
	}
}

// brings is the price of a vehicle less the material that is a share of it.
func (m *Model) brings(v int, cell *cost.Cell) float64 {
	if m.net.ownMaterial(v) {
		return cell.Price
	}
	return cell.Price * cell.Share
}

// delivery is the freight and duty of a flow per vehicle.
func (m *Model) delivery(f *flow, v, market int, customs float64) float64 {
	freight, _ := m.net.book.Lane(int(f.p), market, int(f.t))
	w := m.ways[f.way]
	for _, e := range m.net.book.Entries(v, int(f.p), market, int(f.t)) {
		if e.Regime == w.regime && e.Agreement == w.agreement {
			return freight + e.Duty(customs)
		}
	}
	return freight
}

// measure finds the most that a vehicle can earn and lose in a plant in the last year.
func (m *Model) measure(e *earner) {
	n := m.net
	for t, share := range m.rest.share {
		if share == 0 || math.IsInf(e.best[t], -1) {
			continue
		}
		units, least, most := 0.0, math.Inf(1), 0.0
		for _, k := range e.places {
			if m.out[k][t] >= 0 && !m.skips(m.out[k][t]) {
				units += n.places[k].most[t]
				u := m.unitCost(k, t)
				least, most = min(least, u), max(most, u)
			}
		}
		units = share * min(units, n.total[e.v][t])
		e.gain += units * max(0, e.best[t]-least)
		e.loss += units * max(0, most-e.worst[t])
	}
}

// plantGain is the most that the vehicles of a plant can earn in the last year.
func (m *Model) plantGain(p int) float64 {
	sum := 0.0
	for _, e := range m.earners(p) {
		sum += e.gain
	}
	return sum
}

// earners are those of a plant, in the order of its places.
func (m *Model) earners(p int) []*earner {
	var out []*earner
	seen := map[int]bool{}
	for _, k := range m.net.byPlant[p] {
		v := m.net.places[k].v
		if e := m.rest.earn[[2]int{v, p}]; e != nil && !seen[v] {
			seen[v] = true
			out = append(out, e)
		}
	}
	return out
}

// placeBest is what the vehicles built at a place in the last year would earn in the best market of the period without freight and duty.
func (m *Model) placeBest(k int) expr {
	n, pl := m.net, &m.net.places[k]
	var e expr
	for t, share := range m.rest.share {
		if share == 0 || m.out[k][t] < 0 {
			continue
		}
		brings := 0.0
		for _, market := range n.markets[pl.v] {
			if cell := &n.demand[n.pairOf[[2]int{pl.v, market}]][t]; cell.Units > 0 {
				brings = max(brings, m.brings(pl.v, cell))
			}
		}
		e.add(m.out[k][t], share*max(0, brings-m.unitCost(k, t))*m.VolumeUnit)
	}
	return e
}

// crews is what the crews and the overtime of a plant cost in the last year, and the most that they can.
func (m *Model) crews(p int) (sum expr, most float64) {
	n := m.net
	for t, share := range m.rest.share {
		if share == 0 {
			continue
		}
		_, crew := n.book.Labour(p, t)
		for _, l := range n.lines[p] {
			dearest := 0.0
			for i, j := range n.patterns[l] {
				paid := m.crewCost(p, l, j, t)
				sum.addLit(m.work[l][i][t], share*paid)
				if m.over[l][i][t] >= 0 {
					unit := crew * (1 + n.c.ShiftPatterns[j].OvertimePremium/100)
					sum.add(m.over[l][i][t], share*unit*m.VolumeUnit)
					paid += unit * n.capacity(l, j, t) * n.overtimeShare(j)
				}
				if m.work[l][i][t] != zero && !m.skips(m.work[l][i][t].col) {
					dearest = max(dearest, paid)
				}
			}
			most += share * dearest
		}
	}
	return sum, most
}

// fixed is what a plant costs in the last year while it operates, and the most that it can.
func (m *Model) fixed(p int) (sum expr, most float64) {
	n := m.net
	for t, share := range m.rest.share {
		_, base := n.book.Energy(p, t)
		cost := share * (n.book.FixedOpen(p, t) + base) * n.book.Years(t)
		if cost == 0 {
			continue
		}
		sum.addLit(m.open[p][t], cost)
		if m.open[p][t] != zero && !m.skips(m.open[p][t].col) {
			most += cost
		}
	}
	return sum, most
}

// restLimit is a limit on what comes back together: charges of claims ≤ max(0, earned), of which earned can be as low as −loss.
type restLimit struct {
	claims []*claim
	earned expr
	loss   float64
	relief []int32
}

// addRestLimits adds the limits of the rests of a plant.
func (m *Model) addRestLimits(p int) {
	n, r := m.net, &m.rest.plant[p]
	var all []*claim
	for _, e := range m.earners(p) {
		var of []*claim
		for i := range r.launches {
			if c := &r.launches[i]; c.col >= 0 && n.places[c.place].v == e.v {
				of = append(of, c)
			}
		}
		m.addRestLimit(famRestEarns, famEarns, [3]int{p, e.v, 0}, restLimit{of, e.sum, e.loss, nil})
		if len(e.places) > 1 {
			for _, k := range e.places {
				m.addPlaceLimit(k, of)
			}
		}
		all = append(all, of...)
	}
	limit := m.plantLimit(p, all)
	if len(all) > 0 && limit.loss > 0 { // else the limits of its vehicles say it
		m.addRestLimit(famRestPlant, famEarnsPlant, [3]int{p, -1, 0}, limit)
	}
	opened := false
	for i := range r.openings {
		if c := &r.openings[i]; c.col >= 0 {
			opened = true
			limit.claims = append(limit.claims, c)
		}
	}
	if !opened {
		return
	}
	fixed, dearest := m.fixed(p)
	limit.earned = minus(limit.earned, fixed)
	limit.loss += dearest
	limit.relief = r.relief
	m.addRestLimit(famRestOpening, famEarnsOpen, [3]int{p, -1, 1}, limit)
}

// plantLimit is the limit by what the vehicles of a plant earn less its crews and overtime.
func (m *Model) plantLimit(p int, claims []*claim) restLimit {
	limit := restLimit{claims: claims}
	for _, e := range m.earners(p) {
		limit.earned.plus(&e.sum)
		limit.loss += e.loss
	}
	crews, dearest := m.crews(p)
	limit.earned = minus(limit.earned, crews)
	limit.loss += dearest
	return limit
}

func minus(e, f expr) expr {
	for i := range f.cols {
		e.add(f.cols[i], -f.coefs[i])
	}
	e.k -= f.k
	return e
}

// addPlaceLimit adds that a place of several of a vehicle in a plant earns by its own output.
func (m *Model) addPlaceLimit(k int, of []*claim) {
	var own []*claim
	for _, c := range of {
		if c.place == k {
			own = append(own, c)
		}
	}
	m.addRestLimit(famRestPlace, famEarns, [3]int{k, -1, 0}, restLimit{own, m.placeBest(k), 0, nil})
}

// limitCoefficient is the largest coefficient of a limit, so that what the solver's tolerance lets through means nothing.
func (m *Model) limitCoefficient() float64 { return min(100, 1e5*minQuantity/m.VolumeUnit) }

// nothing is a share below which a number is the rounding of larger ones.
const nothing = 1e-9

// faint is a coefficient of a limit that is left out: the others and those of volumes go up to 1e3, and no solver looks beyond 1e9.
// Leaving out makes the limit wider, so that the bound stays one, and what comes back is worked out again from the plan.
const faint = 1e-6

// mostCoefficient is the largest coefficient of a limit of rests.
const mostCoefficient = 1e3

// lossFactor is how many times what is claimed a column of a limit can lose.
const lossFactor = 1e3

// mostVolume is above what any volume column is in its unit (chooseUnits).
const mostVolume = 1e3

// capLosses caps what single columns of a limit lose where that is beyond all measure: whoever loses a thousand times what is claimed
// earns nothing, and the true loss would drown all other money of the row. What comes back is worked out again from the plan.
func (m *Model) capLosses(l *restLimit, total float64) {
	if l.loss <= lossFactor*total {
		return
	}
	sum := max(0, -l.earned.k)
	coefs := append([]float64(nil), l.earned.coefs...)
	for i, c := range l.earned.cols {
		_, _, upper, _ := m.b.Column(int(c))
		if coefs[i] >= 0 || m.skips(c) {
			continue
		}
		if upper = min(upper, mostVolume); -coefs[i]*upper > lossFactor*total {
			coefs[i] = -lossFactor * total / upper
		}
		sum -= coefs[i] * upper
	}
	if sum < l.loss {
		l.earned.coefs, l.loss = coefs, sum
	}
}

// addRestLimit adds a limit: with a switch where what is earned can be less than nothing.
func (m *Model) addRestLimit(fam, famSwitch family, id [3]int, l restLimit) {
	if len(l.claims) == 0 {
		return
	}
	total := 0.0
	for _, c := range l.claims {
		total += c.charge * c.share
	}
	if l.loss <= nothing*total {
		l.loss = 0 // what is left where price and cost are the same
	}
	m.capLosses(&l, total)
	unit := max(total, l.loss) / m.limitCoefficient()
	for i, c := range l.earned.cols {
		if !m.skips(c) {
			unit = max(unit, math.Abs(l.earned.coefs[i])/mostCoefficient) // where few vehicles earn all that is claimed
		}
	}
	on := int32(-1)
	if l.loss > 0 {
		on = m.bin(at(famSwitch, id[0], id[1], 0, -1), 0)
	}
	r := m.row(at(fam, id[0], id[1], 0, -1), -lp.Inf, (l.loss+l.earned.k)/unit+m.faintGains(&l.earned, unit))
	for _, c := range l.claims {
		m.addVisible(r, c.col, c.charge*c.share/unit)
	}
	for i, c := range l.earned.cols {
		if !m.skips(c) {
			m.addVisible(r, c, -l.earned.coefs[i]/unit)
		}
	}
	m.add(r, on, l.loss/unit)
	for _, c := range l.relief {
		m.add(r, c, -total/unit)
	}
	if on < 0 {
		return
	}
	r = m.row(at(famRestNone, int(fam), id[0], id[1], -1), -lp.Inf, 0)
	for _, c := range l.claims {
		m.addVisible(r, c.col, c.charge*c.share/total)
	}
	m.add(r, on, -1)
	for _, c := range l.relief {
		m.add(r, c, -1)
	}
}

// addVisible adds a coefficient that is not faint.
func (m *Model) addVisible(row int, col int32, v float64) {
	if math.Abs(v) >= faint {
		m.add(row, col, v)
	}
}

// faintGains is the most that the columns left out could earn, in a unit of money.
func (m *Model) faintGains(e *expr, unit float64) float64 {
	sum := 0.0
	for i, c := range e.cols {
		if v := e.coefs[i] / unit; v > 0 && v < faint && !m.skips(c) {
			_, _, upper, _ := m.b.Column(int(c))
			sum += v * min(upper, mostVolume)
		}
	}
	return sum
}
