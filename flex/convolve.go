package flex

import "math"

// fullMean is E min(Σ d, c) for independent demands that are cut below at zero and above at c, and how far off it may be. The
// distribution of each demand is put on a grid so that its mean is kept (the weight of a point is the mean of a hat over the
// demand), the grids are convolved, and the error of the grid, which is of second order, is taken out by a second grid twice
// as fine (Richardson). The error that is told is a third of that correction, which is far above what is left.
func fullMean(d *Demand, c float64) (mean, doubt float64) {
	const points = 256
	coarse := gridMean(d, c, c/points)
	fine := gridMean(d, c, c/(2*points))
	return fine + (fine-coarse)/3, math.Abs(fine-coarse) / 10
}

// gridMean is E min(Σ d, c) with demands on a grid of step h, where c is a multiple of h. What is at c or above stays at c.
func gridMean(d *Demand, c, h float64) float64 {
	n := int(math.Round(c / h))
	sum := []float64{1}
	var grid []float64
	for i := range d.Marginals {
		if i == 0 || !d.Marginals[i].same(&d.Marginals[i-1]) {
			grid = onGrid(&d.Marginals[i], n, h)
		}
		sum = convolve(sum, grid, n)
	}
	mean := 0.0
	for k, p := range sum {
		mean += p * float64(k) * h
	}
	return mean
}

// onGrid are the weights of a demand between 0 and n·h. The weight of a point is a second difference of E min(D, x).
func onGrid(m *Marginal, n int, h float64) []float64 {
	at := make([]float64, n+1)
	zero := m.limited(0)
	end := m.end()
	for k := range at {
		if k > 0 && float64(k-1)*h >= end {
			at[k] = at[k-1]
			continue
		}
		at[k] = m.limited(float64(k)*h) - zero
	}
	out := make([]float64, n+1)
	left := 1.0
	for k := 1; k < n; k++ {
		out[k] = max(0, (2*at[k]-at[k-1]-at[k+1])/h)
		left -= out[k]
	}
	out[n] = (at[n] - at[n-1]) / h
	out[0] = max(0, left-out[n])
	for len(out) > 1 && out[len(out)-1] == 0 {
		out = out[:len(out)-1]
	}
	return out
}

// convolve is the distribution of a sum; what is above n stays at n.
func convolve(a, b []float64, n int) []float64 {
	out := make([]float64, min(len(a)+len(b)-1, n+1))
	last := len(out) - 1
	for i, x := range a {
		if x == 0 {
			continue
		}
		inside := min(len(b), max(0, last-i))
		row := out[i:]
		for j, y := range b[:inside] {
			row[j] += x * y
		}
		for _, y := range b[inside:] {
			out[last] += x * y
		}
	}
	return out
}
