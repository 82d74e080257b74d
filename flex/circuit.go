package flex

import (
	"cmp"
	"math"
	"slices"
)

// circuit finds the plan of most margin where margins differ by link, scenario by scenario. A plan is a circulation: from a hub
// to vehicles (what is sold of them), over links to plants, and from plants (what is used of them) back to the hub. Vehicles are
// let in one after the other, and each is served along the best way to the hub, which ends at capacity that is left or takes the
// place of a vehicle that brings less, until no way brings anything. Best ways keep all cycles from gaining, so the plan is
// best for the vehicles so far.
//
// A new link is tried the same way, from its plant back to its vehicle. Where the distances from the hub show that it shortens
// no way, it brings nothing, and that is most links in most scenarios.
type circuit struct {
	plants, vehicles int
	head             []int32 // node an arc leads to; arc e^1 is e backwards
	gain             []int64 // money per unit along an arc
	out              [][]int32
	order            []int32 // vehicles, those that can bring most first
	sell             []int32 // vehicle → arc from the hub
	use              []int32 // plant → arc to the hub
	candidates       []candidate
}

// candidate is a link that is not there.
type candidate struct {
	plant, vehicle int32
	gain           int64
}

// newCircuit leaves out links that lose money: no plan uses them.
func newCircuit(n *Priced, missing []Link, margins []float64) *circuit {
	c := &circuit{plants: len(n.Capacity), vehicles: n.Vehicles, out: make([][]int32, len(n.Capacity)+n.Vehicles+1)}
	for v := range n.Vehicles {
		c.sell = append(c.sell, c.arc(c.hub(), c.node(v), 0))
	}
	for p := range n.Capacity {
		c.use = append(c.use, c.arc(int32(p), c.hub(), 0))
	}
	best := make([]int64, n.Vehicles)
	for i, l := range n.Links {
		if g := int64(math.Round(n.Margin[i] * moneyUnit)); g > 0 {
			c.arc(c.node(l.Vehicle), int32(l.Plant), g)
			best[l.Vehicle] = max(best[l.Vehicle], g)
		}
	}
	for v := range n.Vehicles {
		if best[v] > 0 {
			c.order = append(c.order, int32(v))
		}
	}
	slices.SortStableFunc(c.order, func(a, b int32) int { return cmp.Compare(best[b], best[a]) })
	for i, l := range missing {
		c.candidates = append(c.candidates, candidate{int32(l.Plant), c.node(l.Vehicle), int64(math.Round(margins[i] * moneyUnit))})
	}
	return c
}

func (c *circuit) hub() int32       { return int32(c.plants + c.vehicles) }
func (c *circuit) node(v int) int32 { return int32(c.plants + v) }

// arc adds an arc and its way back, and returns it.
func (c *circuit) arc(from, to int32, gain int64) int32 {
	e := int32(len(c.head))
	c.head, c.gain = append(c.head, to, from), append(c.gain, gain, -gain)
	c.out[from], c.out[to] = append(c.out[from], e), append(c.out[to], e^1)
	return e
}

// circuitState is a plan and the search for a better one.
type circuitState struct {
	room  []int32 // on each arc
	saved []int32
	dist  []int64 // best way to each node
	via   []int32 // arc by which it enters the node
	pot   []int64 // distances from the hub
	queue []int32 // ring buffer
	in    []bool
}

const (
	unreached = math.MinInt64 / 4
	endless   = math.MaxInt32
)

func (s *circuitState) fit(c *circuit) {
	if len(s.room) == len(c.head) && len(s.dist) == len(c.out) {
		return
	}
	n := len(c.out)
	*s = circuitState{
		room: make([]int32, len(c.head)), saved: make([]int32, len(c.head)), dist: make([]int64, n), via: make([]int32, n),
		pot: make([]int64, n), queue: make([]int32, n), in: make([]bool, n),
	}
}

// solve finds the plan of most margin of a lane, in units of money.
func (c *circuit) solve(s *circuitState, in []*Row, lane int) int64 {
	s.fit(c)
	for e := 0; e < len(s.room); e += 2 { // links have no limit
		s.room[e], s.room[e+1] = endless, 0
	}
	for p, e := range c.use {
		s.room[e] = in[p][lane]
	}
	for v, e := range c.sell {
		s.room[e] = in[c.plants+v][lane]
	}
	total := int64(0)
	for _, v := range c.order {
		left := in[c.plants+int(v)][lane]
		for left > 0 {
			c.search(s, c.node(int(v)), false)
			d := s.dist[c.hub()]
			if d <= 0 {
				break
			}
			f := c.move(s, c.node(int(v)), c.hub(), left)
			s.room[c.sell[v]^1] += f
			left -= f
			total += int64(f) * d
		}
		s.room[c.sell[v]] = left
	}
	return total
}

// search finds the best way from a node to every other, by a queue of nodes whose ways have become better. No cycle gains, so it
// ends. Ways go through the hub only where through says so.
func (c *circuit) search(s *circuitState, start int32, through bool) {
	for i := range s.dist {
		s.dist[i] = unreached
	}
	s.dist[start] = 0
	n := len(s.queue)
	s.queue[0], s.in[start] = start, true
	for head, size := 0, 1; size > 0; size-- {
		i := s.queue[head]
		if head++; head == n {
			head = 0
		}
		s.in[i] = false
		if i == c.hub() && !through {
			continue
		}
		for _, e := range c.out[i] {
			j := c.head[e]
			if s.room[e] == 0 || s.dist[i]+c.gain[e] <= s.dist[j] {
				continue
			}
			s.dist[j], s.via[j] = s.dist[i]+c.gain[e], e
			if !s.in[j] {
				at := head + size - 1
				if at >= n {
					at -= n
				}
				s.queue[at], s.in[j] = j, true
				size++
			}
		}
	}
}

// move sends as much as goes, at most, along the way that search found between two nodes.
func (c *circuit) move(s *circuitState, from, to, most int32) int32 {
	for i := to; i != from; i = c.head[s.via[i]^1] {
		most = min(most, s.room[s.via[i]])
	}
	for i := to; i != from; i = c.head[s.via[i]^1] {
		e := s.via[i]
		if s.room[e] != endless {
			s.room[e] -= most
		}
		if s.room[e^1] != endless {
			s.room[e^1] += most
		}
	}
	return most
}

// potentials keeps the distances from the hub, and the plan, for gainOf.
func (c *circuit) potentials(s *circuitState) {
	c.search(s, c.hub(), true)
	copy(s.pot, s.dist)
	copy(s.saved, s.room)
}

// gainOf is what a candidate adds to the plan.
func (c *circuit) gainOf(s *circuitState, x *candidate) int64 {
	v, p := s.pot[x.vehicle], s.pot[x.plant]
	if v == unreached || p != unreached && v+x.gain <= p {
		return 0
	}
	total := int64(0)
	for {
		c.search(s, x.plant, true)
		d := s.dist[x.vehicle]
		if d == unreached || d+x.gain <= 0 {
			break
		}
		total += int64(c.move(s, x.plant, x.vehicle, endless)) * (d + x.gain)
	}
	if total > 0 {
		copy(s.room, s.saved)
	}
	return total
}
