package bench

import "headroom/lp"

// Strong is the hand-written strong model that Headroom is timed against: y opens a facility, x is a share of a customer's
// demand,
//
//	min Σ fixed y + Σ cost x   subject to   Σ_i x_ij = 1,  Σ_j demand_j x_ij ≤ capacity_i y_i,  x_ij ≤ y_i
func (p *CFLP) Strong(name string) (*lp.Problem, error) {
	m, n := len(p.Capacity), len(p.Demand)
	b := lp.NewBuilder(name, lp.Minimize, m+m*n, n+m+m*n, 4*m*n+m)
	for i := range m {
		b.IntCol(p.Fixed[i], 0, 1)
	}
	for range n {
		b.Row(1, 1)
	}
	for i := range m {
		b.Add(b.Row(-lp.Inf, 0), i, -p.Capacity[i])
	}
	for j := range n {
		for i := range m {
			x := b.Col(p.Cost[j][i], 0, lp.Inf)
			b.Add(j, x, 1)
			b.Add(n+i, x, p.Demand[j])
			link := b.Row(-lp.Inf, 0)
			b.Add(link, x, 1)
			b.Add(link, i, -1)
		}
	}
	return b.Build()
}
