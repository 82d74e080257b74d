package ledger

import (
	"cmp"
	"math"
	"slices"

	"headroom"
)

// pieceOf is what a vehicle costs at a place: unit_material, content, labour by piece, energy by piece.
func (g *page) pieceOf(k *headroom.VehicleLine, t headroom.Period) float64 {
	plant := plantOf(g.c, k.Line)
	cost := (k.UnitMaterial.Value + k.ContentCost.Value) * g.fx(k.Currency, t)
	perCar, _ := g.labour(plant, t)
	cost += perCar
	for _, e := range g.c.Energies {
		if e.Plant == plant {
			cost += e.UsePerCar * (e.Price - e.Relief) * g.fx(e.Currency, t)
		}
	}
	return cost
}

// labour is the cost of labour for a vehicle by piece, and by crew.
func (g *page) labour(plant string, t headroom.Period) (piece, crew float64) {
	for _, l := range g.c.Labours {
		if l.Plant == plant {
			c := (l.CostPerUnit.Value + l.Wage.Value*l.HoursPerUnit.Value) * g.fx(l.Currency, t)
			return c * (1 - l.CrewShare/100), c * l.CrewShare / 100
		}
	}
	return 0, 0
}

// earns is E(v,p).
func (g *page) earns(vehicle, plant string) float64 {
	total := 0.0
	for _, t := range g.c.Periods {
		sum := 0.0
		for _, o := range g.p.Outputs {
			if o.Period != t.ID || o.Vehicle != vehicle || o.Plant != plant {
				continue
			}
			for i := range g.c.VehicleLines {
				if k := &g.c.VehicleLines[i]; k.Vehicle == o.Vehicle && k.Line == o.Line && k.Content == o.Content {
					sum -= o.Units * g.pieceOf(k, t)
				}
			}
		}
		for _, f := range g.p.Flows {
			if f.Period == t.ID && f.Vehicle == vehicle && f.Plant == plant {
				sum += f.Units * g.brings(&f, t)
			}
		}
		total += g.lambda(t) * sum
	}
	return total
}

// brings is the price of a flow less material that is a share of it, freight and duty.
func (g *page) brings(f *headroom.FlowRow, t headroom.Period) float64 {
	price, got := 0.0, 0.0
	for _, d := range g.c.Demands {
		if d.Vehicle == f.Vehicle && d.Market == f.Market {
			price = d.PriceNet.Value * g.fx(d.Currency, t)
			got = price
			if d.Contribution.Set {
				got = price * d.Contribution.Value / 100
			}
		}
	}
	from, to := regionOf(g.c, f.Plant), regionOf(g.c, f.Market)
	if from == to {
		return got
	}
	for _, l := range g.c.Lanes {
		if l.Origin == from {
			got -= l.Cost.Value * g.fx(l.Currency, t)
		}
	}
	for _, d := range g.c.Duties {
		if d.Importer == to {
			got -= d.AdValorem/100*price + d.Specific*g.fx(d.Currency, t)
		}
	}
	return got
}

// crews are crews and overtime of a plant in the last year.
func (g *page) crews(plant string) float64 {
	total := 0.0
	for _, t := range g.c.Periods {
		_, crew := g.labour(plant, t)
		for _, s := range g.p.Shifts {
			if s.Period != t.ID || plantOf(g.c, s.Line) != plant {
				continue
			}
			for _, l := range g.c.Lines {
				for _, w := range g.c.ShiftPatterns {
					if l.ID == s.Line && w.ID == s.Pattern {
						capacity := l.CapacityYear.Value * w.Index.Value * t.Years() * t.Overlap(l.From, l.To)
						total += g.lambda(t) * crew * (capacity + s.Overtime*(1+w.OvertimePremium/100))
					}
				}
			}
		}
	}
	return total
}

// fixed is fixed cost while operating, and base load, of a plant in the last year.
func (g *page) fixed(q *headroom.Plant) float64 {
	total := 0.0
	for _, t := range g.c.Periods {
		if stateOf(g.p, q.ID, t.ID) != headroom.Operating {
			continue
		}
		yearly := (q.FixedOpenM.Value*1e6 + q.FixedPerCapacity.Value*g.capacity(q, t)) * g.fx(q.Currency, t)
		for _, e := range g.c.Energies {
			if e.Plant == q.ID {
				yearly += 1000 * e.BaseLoad * (e.Price - e.Relief) * g.fx(e.Currency, t)
			}
		}
		total += g.lambda(t) * t.Years() * yearly
	}
	return total
}

// bound is a limit on some of the claims of a plant.
type bound struct {
	these []int
	most  float64
}

// bounds are limits 1 to 4 on the rows of a plant.
func (g *page) bounds(q *headroom.Plant, rows []headroom.RestRow) []bound {
	var out []bound
	var launches, all []int
	vehicles := map[string][]int{}
	opens, gross := false, -g.crews(q.ID)
	for i, r := range rows {
		all = append(all, i)
		if r.Change == headroom.ChangeOpening {
			opens = opens || r.Rest > 0
			continue
		}
		launches = append(launches, i)
		vehicles[r.Vehicle] = append(vehicles[r.Vehicle], i)
	}
	for _, v := range g.c.Vehicles {
		e := g.earns(v.ID, q.ID)
		gross += e
		out = append(out, bound{vehicles[v.ID], math.Max(0, e)})
	}
	for i, r := range rows {
		if r.Change == headroom.ChangeLaunch && g.several(r.Vehicle, q.ID) {
			out = append(out, bound{[]int{i}, g.most(&r)})
		}
	}
	out = append(out, bound{launches, math.Max(0, gross)})
	if opens {
		out = append(out, bound{all, math.Max(0, gross-g.fixed(q))})
	}
	return out
}

// several reports whether a vehicle has several places in a plant.
func (g *page) several(vehicle, plant string) bool {
	n := 0
	for i := range g.c.VehicleLines {
		if k := &g.c.VehicleLines[i]; k.Vehicle == vehicle && plantOf(g.c, k.Line) == plant && g.isPlace(k) {
			n++
		}
	}
	return n > 1
}

// most is limit 2.
func (g *page) most(r *headroom.RestRow) float64 {
	total := 0.0
	for _, t := range g.c.Periods {
		price := 0.0
		v := vehicleOf(g.c, r.Vehicle)
		for _, d := range g.c.Demands {
			if d.Vehicle == r.Vehicle && d.Volume*t.Overlap(v.SOP, v.EOP) > 0 {
				one := d.PriceNet.Value * g.fx(d.Currency, t)
				if d.Contribution.Set {
					one *= d.Contribution.Value / 100
				}
				price = math.Max(price, one)
			}
		}
		for _, o := range g.p.Outputs {
			for i := range g.c.VehicleLines {
				k := &g.c.VehicleLines[i]
				if o.Period == t.ID && o.Vehicle == r.Vehicle && o.Line == r.Line && o.Content == r.Content &&
					k.Vehicle == o.Vehicle && k.Line == o.Line && k.Content == o.Content {
					total += g.lambda(t) * o.Units * math.Max(0, price-g.pieceOf(k, t))
				}
			}
		}
	}
	return total
}

// rows are all rows of the section, with what comes back of each, and the largest sum that the limits let through.
func (g *page) rows() (out []headroom.RestRow, largest float64) {
	launches := g.launchRows()
	for i := range g.c.Plants {
		q := &g.c.Plants[i]
		var capped []headroom.RestRow
		for _, r := range launches {
			if r.Plant == q.ID && r.Paid != 0 {
				capped = append(capped, r)
			}
		}
		for _, r := range g.plantRows(q) {
			switch {
			case r.Paid == 0:
			case r.Change == headroom.ChangeOpening:
				capped = append(capped, r)
			default:
				r.Back = r.Rest
				largest += r.Rest
				out = append(out, r)
			}
		}
		largest += g.share(q, capped)
		out = append(out, capped...)
	}
	slices.SortFunc(out, func(a, b headroom.RestRow) int {
		return cmp.Or(cmp.Compare(a.Plant, b.Plant), cmp.Compare(a.From, b.From)*0, cmp.Compare(a.Period, b.Period), cmp.Compare(a.Change, b.Change),
			cmp.Compare(a.Vehicle, b.Vehicle), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Content, b.Content))
	})
	return out, largest
}

// share fills in what comes back of the rows of a plant, in the order of the page, and returns the largest sum.
func (g *page) share(q *headroom.Plant, rows []headroom.RestRow) float64 {
	bounds := g.bounds(q, rows)
	uses := make([]float64, len(rows))
	for i, r := range rows {
		if r.Rest > 0 {
			s := g.yr(r.From)
			uses[i] = g.q(r.Rest, s, s+r.Years)
		}
	}
	largest := corner(rows, uses, bounds)
	left := make([]float64, len(bounds))
	for i, b := range bounds {
		left[i] = b.most
	}
	for _, i := range sequence(rows, uses) {
		most := uses[i]
		for j, b := range bounds {
			if slices.Contains(b.these, i) {
				most = math.Min(most, left[j])
			}
		}
		for j, b := range bounds {
			if slices.Contains(b.these, i) {
				left[j] -= most
			}
		}
		rows[i].Back = rows[i].Rest * most / uses[i]
	}
	return largest
}

// sequence is the order in which rests are taken.
func sequence(rows []headroom.RestRow, uses []float64) []int {
	var out []int
	for i := range rows {
		if uses[i] > 0 {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(i, j int) int {
		a, b := rows[i].Rest/uses[i], rows[j].Rest/uses[j]
		if math.Abs(a-b) > 1e-9*math.Max(a, b) {
			return cmp.Compare(b, a)
		}
		return cmp.Or(cmp.Compare(rows[i].Change, rows[j].Change), cmp.Compare(rows[i].Period, rows[j].Period), cmp.Compare(rows[i].Vehicle, rows[j].Vehicle),
			cmp.Compare(rows[i].Line, rows[j].Line), cmp.Compare(rows[i].Content, rows[j].Content))
	})
	return out
}

// corner is the largest Σ y R with 0 ≤ y ≤ 1 and Σ y q within each bound: the best of the corners, each of which lies on as many
// limits as there are shares.
func corner(rows []headroom.RestRow, uses []float64, bounds []bound) float64 {
	var these []int
	for i := range rows {
		if uses[i] > 0 {
			these = append(these, i)
		}
	}
	n := len(these)
	if n == 0 {
		return 0
	}
	if n > 4 { // too many corners: the order of the page
		return math.NaN()
	}
	var a [][]float64 // u = y q: a·u ≤ most
	for j, i := range these {
		low, high := make([]float64, n+1), make([]float64, n+1)
		low[j], high[j], high[n] = -1, 1, uses[i]
		a = append(a, low, high)
	}
	for _, b := range bounds {
		row, any := make([]float64, n+1), false
		row[n] = b.most
		for j, i := range these {
			if slices.Contains(b.these, i) {
				row[j], any = 1, true
			}
		}
		if any {
			a = append(a, row)
		}
	}
	best := 0.0
	choose(len(a), n, nil, func(pick []int) {
		u := solve(a, pick, n)
		if u == nil {
			return
		}
		for _, row := range a {
			sum := -row[n]
			for j := range n {
				sum += row[j] * u[j]
			}
			if sum > 1e-6 {
				return
			}
		}
		value := 0.0
		for j, i := range these {
			value += u[j] * rows[i].Rest / uses[i]
		}
		best = math.Max(best, value)
	})
	return best
}

// choose calls f with each choice of k of n.
func choose(n, k int, have []int, f func([]int)) {
	if len(have) == k {
		f(have)
		return
	}
	first := 0
	if len(have) > 0 {
		first = have[len(have)-1] + 1
	}
	for i := first; i < n; i++ {
		choose(n, k, append(slices.Clone(have), i), f)
	}
}

// solve solves the picked rows as equations, nil where they have no one solution.
func solve(a [][]float64, pick []int, n int) []float64 {
	m := make([][]float64, n)
	for i, row := range pick {
		m[i] = slices.Clone(a[row])
	}
	for c := range n {
		best := c
		for r := c; r < n; r++ {
			if math.Abs(m[r][c]) > math.Abs(m[best][c]) {
				best = r
			}
		}
		if math.Abs(m[best][c]) < 1e-9 {
			return nil
		}
		m[c], m[best] = m[best], m[c]
		for r := range n {
			if r != c {
				f := m[r][c] / m[c][c]
				for j := c; j <= n; j++ {
					m[r][j] -= f * m[c][j]
				}
			}
		}
	}
	u := make([]float64, n)
	for i := range n {
		u[i] = m[i][n] / m[i][i]
	}
	return u
}
