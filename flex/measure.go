package flex

// flowMeasure is the sales of a set of links.
type flowMeasure struct {
	e     *Engine
	scale Scale
}

func (flowMeasure) width() int { return 1 }

func (m flowMeasure) measure(in []*Row, below *Row, s *Scratch, out [][Lanes]float64) {
	var r Row
	m.e.Run(in, s, &r)
	for lane := range Lanes {
		out[0][lane] = m.scale.Volume(int64(r[lane]) - int64(below[lane]))
	}
}

// gainMeasure is what links more sell: both engines are those of the components that the links touch, the rest is the same.
type gainMeasure struct {
	with, without *Engine
	scale         Scale
}

func (gainMeasure) width() int { return 1 }

func (m gainMeasure) measure(in []*Row, _ *Row, s *Scratch, out [][Lanes]float64) {
	var a, b Row
	m.with.Run(in, s, &a)
	m.without.Run(in, s, &b)
	for lane := range Lanes {
		out[0][lane] = m.scale.Volume(int64(a[lane]) - int64(b[lane]))
	}
}

// newGain is the gain of links over a network.
func newGain(n *Network, more []Link, scale Scale) gainMeasure {
	touched := n.around(more)
	return gainMeasure{with: Compile(touched.With(more...), Automatic), without: Compile(touched, Automatic), scale: scale}
}

// around is the network with only the components that links touch.
func (n *Network) around(links []Link) *Network {
	plants, vehicles := map[int]bool{}, map[int]bool{}
	for _, l := range links {
		plants[l.Plant], vehicles[l.Vehicle] = true, true
	}
	keep := map[int]bool{}
	for _, c := range n.components() {
		touched := false
		for _, p := range c.plants {
			touched = touched || plants[p]
		}
		for _, v := range c.vehicles {
			touched = touched || vehicles[v]
		}
		if touched {
			for _, p := range c.plants {
				keep[p] = true
			}
		}
	}
	out := &Network{Capacity: n.Capacity, Vehicles: n.Vehicles}
	for _, l := range n.Links {
		if keep[l.Plant] {
			out.Links = append(out.Links, l)
		}
	}
	return out
}

// difference is one measure less another, each of one value.
type difference struct{ a, b measure }

func (difference) width() int { return 1 }

func (m difference) measure(in []*Row, below *Row, s *Scratch, out [][Lanes]float64) {
	var b [1][Lanes]float64
	m.a.measure(in, below, s, out)
	m.b.measure(in, below, s, b[:])
	for lane := range Lanes {
		out[0][lane] -= b[0][lane]
	}
}
