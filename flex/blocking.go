package flex

import (
	"math/bits"
	"slices"
)

// blocking finds the largest flow of a network of at most 64 plants (or vehicles, with the sides exchanged) by blocking flows
// (Dinic 1970), with sets of plants as words of 64 bits.
//
// After a greedy start, plants are put in levels: level 0 has capacity left; a plant is one level above another where a vehicle that it
// builds can be built there instead. From the lowest level that vehicles with demand left are linked to, demand is moved
// down level by level until nothing more goes; then there are new levels. When no vehicle with demand left is linked to any
// level, the flow is the largest.
type blocking struct {
	plants, vehicles int
	near             []uint64 // vehicle → its plants
	first            []int32  // vehicle → its first link; its links are in the order of its plants
	order            []int32  // vehicles, those of fewest plants first
	of               [][]edge // plant → its links
}

// edge is a link as its plant sees it.
type edge struct{ vehicle, link int32 }

// mostBlocking is the number of plants that fit in a word.
const mostBlocking = 64

// newBlocking is nil where neither side fits in a word. Flows are the same with the sides exchanged.
func newBlocking(a *augmenter) (b *blocking, exchanged bool) {
	from, to, m, n := a.from, a.to, a.plants, a.vehicles
	if m > n || m > mostBlocking {
		if n > mostBlocking && m > mostBlocking {
			return nil, false
		}
		if n <= mostBlocking {
			from, to, m, n, exchanged = to, from, n, m, true
		}
	}
	b = &blocking{plants: m, vehicles: n, near: make([]uint64, n), first: make([]int32, n+1), of: make([][]edge, m)}
	for i := range from {
		b.near[to[i]] |= 1 << from[i]
	}
	for v, s := range b.near {
		b.first[v+1] = b.first[v] + int32(bits.OnesCount64(s))
		b.order = append(b.order, int32(v))
		e := b.first[v]
		for ; s != 0; s &= s - 1 {
			p := bits.TrailingZeros64(s)
			b.of[p] = append(b.of[p], edge{int32(v), e})
			e++
		}
	}
	slices.SortStableFunc(b.order, func(x, y int32) int { return bits.OnesCount64(b.near[x]) - bits.OnesCount64(b.near[y]) })
	return b, exchanged
}

// blockingState is the state of a search.
type blockingState struct {
	flow, spare, want []int32
	level             []uint64
	left              []int32              // vehicles with demand left
	reach             [mostBlocking]uint64 // plant → plants that what it builds could go to; too many where it is stale
	stale             uint64
}

func (s *blockingState) fit(b *blocking) {
	if len(s.flow) < int(b.first[b.vehicles]) || len(s.spare) < b.plants || len(s.want) < b.vehicles {
		*s = blockingState{
			flow: make([]int32, max(len(s.flow), int(b.first[b.vehicles]))), spare: make([]int32, max(len(s.spare), b.plants)),
			want: make([]int32, max(len(s.want), b.vehicles)), level: make([]uint64, mostBlocking+2),
		}
	}
}

// run computes the flow of each lane.
func (b *blocking) run(dst *Row, plants, vehicles []*Row, s *blockingState) {
	s.fit(b)
	for lane := range Lanes {
		for p := range b.plants {
			s.spare[p] = plants[p][lane]
		}
		for v := range b.vehicles {
			s.want[v] = vehicles[v][lane]
		}
		dst[lane] = b.solve(s)
	}
}

// solve finds the largest flow.
func (b *blocking) solve(s *blockingState) int32 {
	total := b.greedy(s)
	for {
		top := b.levels(s)
		if top < 0 {
			return total
		}
		for _, v := range s.left {
			if b.near[v]&s.level[top] == 0 {
				continue
			}
			f := b.push(s, v, top, s.want[v])
			s.want[v] -= f
			total += f
		}
	}
}

// greedy serves vehicles one after the other, each from the plant with most capacity left on.
func (b *blocking) greedy(s *blockingState) int32 {
	total := int32(0)
	s.left = s.left[:0]
	s.stale = 0
	clear(s.reach[:b.plants])
	for _, v := range b.order {
		want, first := s.want[v], b.first[v]
		clear(s.flow[first:b.first[v+1]])
		for rest := b.near[v]; want > 0 && rest != 0; {
			best, most, at := 0, int32(0), int32(0)
			i := first
			for x := b.near[v]; x != 0; x &= x - 1 {
				p := bits.TrailingZeros64(x)
				if c := s.spare[p]; c > most {
					best, most, at = p, c, i
				}
				i++
			}
			if most == 0 {
				break
			}
			f := min(want, most)
			s.flow[at] += f
			s.reach[best] |= b.near[v]
			s.spare[best] -= f
			want -= f
		}
		total += s.want[v] - want
		if s.want[v] = want; want > 0 {
			s.left = append(s.left, v)
		}
	}
	return total
}

// levels makes the levels up to the first that vehicles with demand left are linked to, and returns it, or −1.
func (b *blocking) levels(s *blockingState) int {
	wanted := uint64(0)
	keep := s.left[:0]
	for _, v := range s.left {
		if s.want[v] > 0 {
			keep = append(keep, v)
			wanted |= b.near[v]
		}
	}
	s.left = keep
	for x := s.stale; x != 0; x &= x - 1 {
		p := bits.TrailingZeros64(x)
		r := uint64(0)
		for _, e := range b.of[p] {
			r |= b.near[e.vehicle] & uint64(int64(-s.flow[e.link])>>63) // where there is flow
		}
		s.reach[p] = r
	}
	s.stale = 0
	level, rest := uint64(0), uint64(1)<<b.plants-1
	if b.plants == 64 {
		rest = ^uint64(0)
	}
	for p := range b.plants {
		if s.spare[p] > 0 {
			level |= 1 << p
		}
	}
	for top := 0; ; top++ {
		s.level[top] = level
		if level == 0 {
			return -1
		}
		if level&wanted != 0 {
			return top
		}
		rest &^= level
		next := uint64(0)
		for x := rest; x != 0; x &= x - 1 {
			hit := s.reach[bits.TrailingZeros64(x)] & level
			next |= x & -x & uint64(int64(hit|-hit)>>63)
		}
		level = next
	}
}

// push moves up to most of a vehicle's demand to plants of a level, making room there by moving others down. A plant from which nothing more
// goes down leaves its level.
func (b *blocking) push(s *blockingState, v int32, level int, most int32) int32 {
	moved := int32(0)
	for x := b.near[v] & s.level[level]; x != 0 && moved < most; x &= x - 1 {
		p := bits.TrailingZeros64(x)
		var f int32
		if level == 0 {
			f = min(s.spare[p], most-moved)
			if s.spare[p] -= f; s.spare[p] == 0 {
				s.level[0] &^= 1 << p
			}
		} else {
			f = b.room(s, p, level, most-moved)
		}
		if f > 0 {
			s.flow[b.first[v]+int32(bits.OnesCount64(b.near[v]&(1<<p-1)))] += f
			s.reach[p] |= b.near[v]
			moved += f
		}
	}
	return moved
}

// room frees up to most at a plant by moving what it builds to the level below.
func (b *blocking) room(s *blockingState, p, level int, most int32) int32 {
	freed := int32(0)
	for _, e := range b.of[p] {
		if have := s.flow[e.link]; have > 0 && b.near[e.vehicle]&s.level[level-1] != 0 {
			f := b.push(s, e.vehicle, level-1, min(have, most-freed))
			if s.flow[e.link] -= f; f == have {
				s.stale |= 1 << p
			}
			if freed += f; freed == most {
				return freed
			}
		}
	}
	s.level[level] &^= 1 << p
	return freed
}
