package flex

import "math"

// Scale turns volumes into whole multiples of a unit. The unit is a power of two, the smallest at which the capacity of all
// plants once for each vehicle and once more stays below 2³¹: then no sum that an algorithm forms overflows. No demand above the
// capacity of all plants changes a flow, so demand is cut there.
type Scale struct {
	factor float64 // units in a volume of 1
	most   int32   // of one demand: the capacity of all plants
}

// NewScale is the scale of a network. It is the same for all sets of links.
func NewScale(n *Network) Scale {
	sum := n.Total()
	_, exp := math.Frexp(sum * float64(n.Vehicles+1))
	s := Scale{factor: math.Ldexp(1, min(30-exp, 40))}
	for _, c := range n.Capacity {
		s.most += s.Units(c)
	}
	return s
}

// Units is a volume in units, rounded to the nearest.
func (s Scale) Units(v float64) int32 { return int32(v*s.factor + 0.5) }

// Volume is what an amount of units is.
func (s Scale) Volume(u int64) float64 { return float64(u) / s.factor }

// Resolution is the volume of one unit.
func (s Scale) Resolution() float64 { return 1 / s.factor }
