package flex

import "headroom"

// MarginalOf is the demand of a row of uncertain for a vehicle of which so much is wanted.
func MarginalOf(u *headroom.Uncertain, mean float64) Marginal {
	part := func(percent float64) float64 { return mean * percent / 100 }
	m := Marginal{Kind: Kind(u.Distribution), Mean: mean, SD: part(u.SD.Value), Low: part(u.Low.Value), High: part(u.High.Value), Rule: Truncation(u.Truncation)}
	for _, v := range u.Values {
		m.Values = append(m.Values, part(v))
	}
	if mean == 0 {
		return Marginal{Kind: Fixed}
	}
	return m
}

// FactorOf is the row of uncertain that counts for a vehicle, or −1: the one that names it most closely.
func FactorOf(rows []headroom.Uncertain, v headroom.Vehicle) int {
	best, at := 0, -1
	for i, u := range rows {
		if n := u.Covers(v); n > best {
			best, at = n, i
		}
	}
	return at
}

// CorrelationOf is the matrix for vehicles whose factors are given (−1 for none), or nil where there is no correlation at all.
func CorrelationOf(c *headroom.Case, factors []int) Matrix {
	rho := map[[2]string]float64{}
	for _, r := range c.Correlations {
		rho[[2]string{r.A, r.B}], rho[[2]string{r.B, r.A}] = r.Rho, r.Rho
	}
	m, any := Identity(len(factors)), false
	for i, a := range factors {
		for j, b := range factors {
			if i == j || a < 0 || b < 0 {
				continue
			}
			if a == b {
				m[i][j] = c.Uncertains[a].Rho
			} else {
				m[i][j] = rho[[2]string{c.Uncertains[a].ID, c.Uncertains[b].ID}]
			}
			any = any || m[i][j] != 0
		}
	}
	if !any {
		return nil
	}
	return m
}
