package flex

// augmenter finds the largest flow of a small network scenario by scenario, on flat arrays, by blocking flows as blocking.go has
// them: with words where a side fits in one, else with lists.
type augmenter struct {
	plants, vehicles int
	from, to         []int32   // plant and vehicle of each link
	byVehicle        []int32   // links by vehicle
	byPlant          []int32   // links by plant
	firstV, firstP   []int32   // where those of a vehicle and of a plant begin
	words            *blocking // where a side fits in a word
	exchanged        bool      // plants are its vehicles
}

func (a *augmenter) link(plant, vehicle int32) {
	a.from, a.to = append(a.from, plant), append(a.to, vehicle)
}

// index sorts the links by vehicle and by plant.
func (a *augmenter) index() {
	a.byVehicle, a.firstV = bucket(a.to, a.vehicles)
	a.byPlant, a.firstP = bucket(a.from, a.plants)
}

// bucket sorts positions by their key, and says where each key begins.
func bucket(keys []int32, n int) (sorted, first []int32) {
	first = make([]int32, n+1)
	for _, k := range keys {
		first[k+1]++
	}
	for i := range n {
		first[i+1] += first[i]
	}
	sorted = make([]int32, len(keys))
	next := append([]int32(nil), first...)
	for i, k := range keys {
		sorted[next[k]] = int32(i)
		next[k]++
	}
	return sorted, first
}

// flowState is the state of one search.
type flowState struct {
	words blockingState
	flow  []int32 // on each link
	spare []int32 // of each plant
	want  []int32 // of each vehicle
	level []int32 // of each plant; −1 where it has none, or nothing more goes down from it
	seen  []int32 // vehicle → number of the levels that it was seen for
	round int32
	queue []int32 // plants by level
	left  []int32 // vehicles with demand left
}

func (s *flowState) fit(a *augmenter) {
	if len(s.flow) < len(a.from) || len(s.spare) < a.plants || len(s.want) < a.vehicles {
		n, m, k := max(len(a.from), len(s.flow)), max(a.plants, len(s.spare)), max(a.vehicles, len(s.want))
		*s = flowState{
			words: s.words,
			flow:  make([]int32, n), spare: make([]int32, m), want: make([]int32, k), level: make([]int32, m), seen: make([]int32, k),
		}
	}
}

// run computes the flow of each lane.
func (a *augmenter) run(dst *Row, w []*Row, s *flowState) {
	if a.words != nil {
		plants, vehicles := w[:a.plants], w[a.plants:]
		if a.exchanged {
			plants, vehicles = vehicles, plants
		}
		a.words.run(dst, plants, vehicles, &s.words)
		return
	}
	s.fit(a)
	for lane := range Lanes {
		for p := range a.plants {
			s.spare[p] = w[p][lane]
		}
		for v := range a.vehicles {
			s.want[v] = w[a.plants+v][lane]
		}
		dst[lane] = a.solve(s)
	}
}

// linksOf are the links of a vehicle.
func (a *augmenter) linksOf(v int32) []int32 { return a.byVehicle[a.firstV[v]:a.firstV[v+1]] }

// solve finds the largest flow.
func (a *augmenter) solve(s *flowState) int32 {
	total := a.greedy(s)
	for {
		top := a.levels(s)
		if top < 0 {
			return total
		}
		for _, v := range s.left {
			f := a.push(s, v, top, s.want[v])
			s.want[v] -= f
			total += f
		}
	}
}

// greedy serves vehicles one after the other, each from the plant with most capacity left on.
func (a *augmenter) greedy(s *flowState) int32 {
	total := int32(0)
	s.left = s.left[:0]
	for v := range int32(a.vehicles) {
		links, want := a.linksOf(v), s.want[v]
		for _, e := range links {
			s.flow[e] = 0
		}
		for want > 0 {
			best, most := int32(-1), int32(0)
			for _, e := range links {
				if c := s.spare[a.from[e]]; c > most {
					best, most = e, c
				}
			}
			if best < 0 {
				break
			}
			f := min(want, most)
			s.flow[best] += f
			s.spare[a.from[best]] -= f
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
func (a *augmenter) levels(s *flowState) int32 {
	if s.round++; s.round > 1<<30 {
		s.round = 1
		clear(s.seen)
	}
	s.queue = s.queue[:0]
	for p := range int32(a.plants) {
		s.level[p] = -1
		if s.spare[p] > 0 {
			s.level[p] = 0
			s.queue = append(s.queue, p)
		}
	}
	top := int32(-1)
	for head := 0; head < len(s.queue); head++ {
		p := s.queue[head]
		if top >= 0 && s.level[p] > top {
			break
		}
		for _, e := range a.byPlant[a.firstP[p]:a.firstP[p+1]] {
			v := a.to[e]
			if s.seen[v] == s.round {
				continue
			}
			s.seen[v] = s.round
			if s.want[v] > 0 {
				top = s.level[p]
			}
			for _, x := range a.linksOf(v) {
				if q := a.from[x]; s.level[q] < 0 && s.flow[x] > 0 {
					s.level[q] = s.level[p] + 1
					s.queue = append(s.queue, q)
				}
			}
		}
	}
	return top
}

// push moves up to most of a vehicle's demand to plants of a level, making room there by moving others down.
func (a *augmenter) push(s *flowState, v, level, most int32) int32 {
	moved := int32(0)
	for _, e := range a.linksOf(v) {
		if moved == most {
			break
		}
		p := a.from[e]
		if s.level[p] != level {
			continue
		}
		var f int32
		if level == 0 {
			f = min(s.spare[p], most-moved)
			if s.spare[p] -= f; s.spare[p] == 0 {
				s.level[p] = -1
			}
		} else {
			f = a.room(s, p, level, most-moved)
		}
		s.flow[e] += f
		moved += f
	}
	return moved
}

// room frees up to most at a plant by moving what it builds to the level below. A plant from which nothing more goes down
// leaves its level.
func (a *augmenter) room(s *flowState, p, level, most int32) int32 {
	freed := int32(0)
	for _, e := range a.byPlant[a.firstP[p]:a.firstP[p+1]] {
		if have := s.flow[e]; have > 0 {
			f := a.push(s, a.to[e], level-1, min(have, most-freed))
			s.flow[e] -= f
			if freed += f; freed == most {
				return freed
			}
		}
	}
	s.level[p] = -1
	return freed
}
