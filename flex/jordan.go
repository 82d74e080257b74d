package flex

import (
	"context"
	"fmt"
	"math"
)

// mostMeasure is the most plants for which the measure of Jordan and Graves is computed: it looks at every set of them.
const mostMeasure = 12

// Measure is the flexibility measure of Jordan and Graves: the largest probability, over sets M of vehicles, that the demand for M which
// the plants linked to M cannot serve is more than what full flexibility could not serve of all,
//
//	Π = max_M P( Σ_M D − Σ_{P(M)} c > max(0, Σ D − Σ c) )
//
// (Jordan and Graves 1995, section 4). Near zero, more links hardly help. The set is found on half of the scenarios and its
// probability estimated on the other half, so that it is not too high for having been chosen.
type Measure struct {
	Pi        Estimate
	Plants    []int // the bottleneck: the plants that M is tied to
	Scenarios int
}

// Flexibility computes the measure.
func Flexibility(ctx context.Context, n *Network, d *Demand, o Options) (*Measure, error) {
	m := len(n.Capacity)
	if m > mostMeasure {
		return nil, fmt.Errorf("the measure looks at every set of plants, and %d are more than %d", m, mostMeasure)
	}
	x, err := newSampling(n, d, o)
	if err != nil {
		return nil, err
	}
	mask := make([]int, n.Vehicles)
	for _, l := range n.Links {
		mask[l.Vehicle] |= 1 << l.Plant
	}
	w := x.newWorker(0)
	f := make([]int64, 1<<m)
	count := [2][]int64{make([]int64, 1<<m), make([]int64, 1<<m)}
	done := [2]int{}
	for b := range x.blocks() {
		if ctx.Err() != nil {
			break
		}
		w.sampler.block(b, w.rows[m:])
		half := b & 1
		for lane := range Lanes {
			shortfalls(f, w.rows, mask, m, lane)
			least := max(0, f[len(f)-1])
			for s, v := range f {
				if v > least {
					count[half][s]++
				}
			}
		}
		done[half] += Lanes
	}
	if done[1] == 0 {
		return nil, ctx.Err()
	}
	best := 0
	for s, c := range count[0] {
		if c > count[0][best] {
			best = s
		}
	}
	out := &Measure{Pi: wilson(count[1][best], done[1]), Scenarios: done[0] + done[1]}
	for p := range m {
		if best>>p&1 == 1 {
			out.Plants = append(out.Plants, p)
		}
	}
	return out, nil
}

// shortfalls are, for every set of plants, the demand that is tied to it less its capacity.
func shortfalls(f []int64, rows []Row, mask []int, m, lane int) {
	clear(f)
	for v, s := range mask {
		f[s] += int64(rows[m+v][lane])
	}
	for p := range m {
		for s := range f {
			if s>>p&1 == 1 {
				f[s] += f[s^1<<p]
			}
		}
	}
	for p := range m { // after the sums, since capacity is that of the set itself
		c := int64(rows[p][lane])
		for s := range f {
			if s>>p&1 == 1 {
				f[s] -= c
			}
		}
	}
}

// wilson is a probability with the interval of Wilson, which holds near 0 too.
func wilson(k int64, n int) Estimate {
	p, z, m := float64(k)/float64(n), normal95, float64(n)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m)) / (1 + z*z/m)
	return Estimate{Mean: p, Low: max(0, mid-half), High: mid + half}
}
