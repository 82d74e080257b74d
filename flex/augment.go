package flex

// augmenter finds the largest flow of a small network scenario by scenario, on flat arrays: by blocking flows where a side fits in
// a word, else by one augmenting path after the other.
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
	words       blockingState
	flow        []int32 // on each link
	spare       []int32 // of each plant
	want        []int32 // of each vehicle
	queue       []int32 // plants to look at
	entered     []int32 // plant → link by which the search came; −1 where it did not
	left        []int32 // plant → link back, from which that vehicle was reached
	seen        []int32 // vehicle → number of the search that saw it
	stamp       int32
	seenP, dead []int32
}

func (s *flowState) fit(a *augmenter) {
	if len(s.flow) < len(a.from) || len(s.spare) < a.plants || len(s.want) < a.vehicles {
		n, m, k := max(len(a.from), len(s.flow)), max(a.plants, len(s.spare)), max(a.vehicles, len(s.want))
		*s = flowState{
			words: s.words,
			flow:  make([]int32, n), spare: make([]int32, m), want: make([]int32, k), queue: make([]int32, 0, m),
			entered: make([]int32, m), left: make([]int32, k), seen: make([]int32, k), seenP: make([]int32, m), dead: make([]int32, m),
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

// solve finds the largest flow. A search that ends without finding spare capacity has seen a set of plants that nothing leads
// out of, now and after every later change, so no other search looks at them again.
func (a *augmenter) solve(s *flowState) int32 {
	if s.stamp > 1<<30 {
		s.stamp = 0
		clear(s.seen)
		clear(s.seenP)
		clear(s.dead)
	}
	s.stamp++
	scenario := s.stamp
	total := int32(0)
	for v := range int32(a.vehicles) {
		want := s.want[v]
		for _, e := range a.byVehicle[a.firstV[v]:a.firstV[v+1]] {
			p := a.from[e]
			f := min(want, s.spare[p])
			s.flow[e] = f
			s.spare[p] -= f
			want -= f
		}
		total += s.want[v] - want
		s.want[v] = want
	}
	for v := range int32(a.vehicles) {
		for s.want[v] > 0 {
			f := a.search(s, v, scenario)
			if f == 0 {
				break
			}
			total += f
		}
	}
	return total
}

// search looks for a shortest way from a vehicle with demand left to a plant with capacity left, and moves as much as it takes.
func (a *augmenter) search(s *flowState, v, scenario int32) int32 {
	s.stamp++
	mark := s.stamp
	s.queue = s.queue[:0]
	s.seen[v] = mark
	s.left[v] = -1
	if p := a.visit(s, v, mark, scenario); p >= 0 {
		return a.move(s, p)
	}
	for head := 0; head < len(s.queue); head++ {
		p := s.queue[head]
		for _, e := range a.byPlant[a.firstP[p]:a.firstP[p+1]] {
			u := a.to[e]
			if s.flow[e] == 0 || s.seen[u] == mark {
				continue
			}
			s.seen[u] = mark
			s.left[u] = e
			if q := a.visit(s, u, mark, scenario); q >= 0 {
				return a.move(s, q)
			}
		}
	}
	for _, p := range s.queue {
		s.dead[p] = scenario
	}
	return 0
}

// visit puts the plants of a vehicle in the queue, and returns one that has capacity left, or −1.
func (a *augmenter) visit(s *flowState, v, mark, scenario int32) int32 {
	for _, e := range a.byVehicle[a.firstV[v]:a.firstV[v+1]] {
		p := a.from[e]
		if s.seenP[p] == mark || s.dead[p] == scenario {
			continue
		}
		s.seenP[p] = mark
		s.entered[p] = e
		if s.spare[p] > 0 {
			return p
		}
		s.queue = append(s.queue, p)
	}
	return -1
}

// move sends what the way to plant p takes.
func (a *augmenter) move(s *flowState, p int32) int32 {
	f := s.spare[p]
	q := p
	for {
		v := a.to[s.entered[q]]
		e := s.left[v]
		if e < 0 {
			f = min(f, s.want[v])
			break
		}
		f = min(f, s.flow[e])
		q = a.from[e]
	}
	s.spare[p] -= f
	for q = p; ; {
		in := s.entered[q]
		s.flow[in] += f
		v := a.to[in]
		e := s.left[v]
		if e < 0 {
			s.want[v] -= f
			return f
		}
		s.flow[e] -= f
		q = a.from[e]
	}
}
