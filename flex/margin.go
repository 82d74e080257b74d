package flex

import (
	"cmp"
	"math"
	"slices"
)

// Money is counted in whole multiples of 2⁻⁶ of the currency per vehicle, so plans of one margin tie exactly.
const moneyUnit = 64

// Priced is a network with the margin of a vehicle by link, in currency per vehicle. A link that loses money is never used.
type Priced struct {
	*Network
	Margin []float64 // of each link
}

// levels are the margins of the vehicles where each has one in all its plants.
func (n *Priced) levels() ([]float64, bool) {
	m := slices.Repeat([]float64{math.NaN()}, n.Vehicles)
	for i, l := range n.Links {
		if m[l.Vehicle] != n.Margin[i] && !math.IsNaN(m[l.Vehicle]) {
			return nil, false
		}
		m[l.Vehicle] = n.Margin[i]
	}
	return m, true
}

// prefixMeasure is the most margin where each vehicle has one margin. What can be sold is a polymatroid, on which the greedy plan is best
// (Edmonds 1970): the margin is Σ (m_k − m_{k+1}) · flow of the k vehicles of most margin.
type prefixMeasure struct {
	engines []*Engine
	step    []float64
	scale   Scale
}

func newPrefix(n *Network, margin []float64, scale Scale) prefixMeasure {
	m := prefixMeasure{scale: scale}
	var levels []float64
	for _, x := range margin {
		if x = rounded(x); x > 0 && !slices.Contains(levels, x) {
			levels = append(levels, x)
		}
	}
	slices.SortFunc(levels, func(a, b float64) int { return cmp.Compare(b, a) })
	for k, x := range levels {
		part := &Network{Capacity: n.Capacity, Vehicles: n.Vehicles}
		for _, l := range n.Links {
			if rounded(margin[l.Vehicle]) >= x {
				part.Links = append(part.Links, l)
			}
		}
		next := 0.0
		if k+1 < len(levels) {
			next = levels[k+1]
		}
		m.engines, m.step = append(m.engines, Compile(part, Automatic)), append(m.step, x-next)
	}
	return m
}

// rounded is a margin in whole multiples of the unit of money.
func rounded(x float64) float64 { return math.Round(x*moneyUnit) / moneyUnit }

func (prefixMeasure) width() int { return 1 }

func (m prefixMeasure) measure(in []*Row, _ *Row, s *Scratch, out [][Lanes]float64) {
	var r Row
	out[0] = [Lanes]float64{}
	for k, e := range m.engines {
		e.Run(in, s, &r)
		for lane := range Lanes {
			out[0][lane] += m.step[k] * m.scale.Volume(int64(r[lane]))
		}
	}
}

// circuitMeasure is the most margin of a network and what each candidate link would add.
type circuitMeasure struct {
	c     *circuit
	scale Scale
}

func (m circuitMeasure) width() int { return 1 + len(m.c.candidates) }

func (m circuitMeasure) measure(in []*Row, _ *Row, s *Scratch, out [][Lanes]float64) {
	f := 1 / (moneyUnit * m.scale.factor)
	for lane := range Lanes {
		if s.stop != nil && s.stop.Load() {
			return
		}
		out[0][lane] = f * float64(m.c.solve(&s.circuit, in, lane))
		if len(m.c.candidates) == 0 {
			continue
		}
		m.c.potentials(&s.circuit)
		for k := range m.c.candidates {
			out[1+k][lane] = f * float64(m.c.gainOf(&s.circuit, &m.c.candidates[k]))
		}
	}
}
