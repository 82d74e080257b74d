package flex

import (
	"flag"
	"math/rand/v2"
	"testing"
)

var graphs = flag.Int("graphs", 5000, "random graphs on which all algorithms are compared")

// plain is the largest flow by the textbook: breadth-first augmenting paths in a matrix, one scenario, sharing nothing with the
// package.
func plain(capacity, demand []int64, links []Link) int64 {
	m, n := len(capacity), len(demand)
	size := m + n + 2
	s, t := m+n, m+n+1
	r := make([][]int64, size)
	for i := range r {
		r[i] = make([]int64, size)
	}
	copy(r[s], capacity)
	for v, d := range demand {
		r[m+v][t] = d
	}
	for _, l := range links {
		r[l.Plant][m+l.Vehicle] = 1 << 40
	}
	total := int64(0)
	for {
		from := make([]int, size)
		for i := range from {
			from[i] = -1
		}
		from[s] = s
		queue := []int{s}
		for len(queue) > 0 && from[t] < 0 {
			i := queue[0]
			queue = queue[1:]
			for j := range size {
				if from[j] < 0 && r[i][j] > 0 {
					from[j] = i
					queue = append(queue, j)
				}
			}
		}
		if from[t] < 0 {
			return total
		}
		f := int64(1) << 50
		for j := t; j != s; j = from[j] {
			f = min(f, r[from[j]][j])
		}
		for j := t; j != s; j = from[j] {
			r[from[j]][j] -= f
			r[j][from[j]] += f
		}
		total += f
	}
}

// pointers are those to rows.
func pointers(rows []Row) []*Row {
	var out []*Row
	for i := range rows {
		out = append(out, &rows[i])
	}
	return out
}

// randomNetwork is a network of a random kind: sparse or dense, forest-like, a ring with more, or anything.
func randomNetwork(rng *rand.Rand) *Network {
	m, n := 1+rng.IntN(7), 1+rng.IntN(9)
	net := &Network{Capacity: make([]float64, m), Vehicles: n}
	for p := range net.Capacity {
		net.Capacity[p] = float64(1 + rng.IntN(40))
	}
	add := func(p, v int) {
		net.Links = net.With(Link{p, v}).Links
	}
	switch rng.IntN(4) {
	case 0: // each vehicle in one or two plants
		for v := range n {
			for range 1 + rng.IntN(2) {
				add(rng.IntN(m), v)
			}
		}
	case 1: // ring, perhaps with chords
		k := min(m, n)
		for i := range k {
			add(i, i)
			add(i, (i+1)%k)
		}
		for range rng.IntN(4) {
			add(rng.IntN(m), rng.IntN(n))
		}
	default:
		share := rng.Float64()
		for p := range m {
			for v := range n {
				if rng.Float64() < share {
					add(p, v)
				}
			}
		}
	}
	return net
}

// TestAlgorithmsAgree compares every algorithm on random graphs with each other and with the textbook: not one unit may differ.
func TestAlgorithmsAgree(t *testing.T) {
	t.Parallel()
	count := *graphs
	if testing.Short() {
		count = min(count, 2000)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	all := []Algorithm{Automatic, Ring, Subsets, Elimination, Augment, Lists}
	used := map[Algorithm]int{}
	var s Scratch
	for k := range count {
		net := randomNetwork(rng)
		m := len(net.Capacity)
		in := make([]Row, m+net.Vehicles)
		for r := range in {
			for lane := range Lanes {
				if r < m {
					in[r][lane] = int32(net.Capacity[r])
				} else {
					in[r][lane] = int32(rng.IntN(50)) * int32(rng.IntN(4)) / 3
				}
			}
		}
		var first Row
		for i, alg := range all {
			e := Compile(net, alg)
			for _, p := range e.Parts {
				used[p.Algorithm]++
			}
			var out Row
			e.Run(pointers(in), &s, &out)
			if i == 0 {
				first = out
			} else if out != first {
				t.Fatalf("graph %d: %s gives other flows than %s: %v", k, alg, e.Algorithm(), net)
			}
		}
		lane := rng.IntN(Lanes)
		capacity, demand := make([]int64, m), make([]int64, net.Vehicles)
		for r := range in {
			if r < m {
				capacity[r] = int64(in[r][lane])
			} else {
				demand[r-m] = int64(in[r][lane])
			}
		}
		if want := plain(capacity, demand, net.Links); int64(first[lane]) != want {
			t.Fatalf("graph %d: %d, the textbook says %d: %v", k, first[lane], want, net)
		}
	}
	t.Logf("%d graphs, components by algorithm: %v", count, used)
	for _, alg := range []Algorithm{Leaves, Ring, Subsets, Elimination, Augment} {
		if used[alg] == 0 {
			t.Errorf("%s was never used: the test shows nothing about it", alg)
		}
	}
}

// TestKernels compares the kernels in use with the scalar ones: the same bits.
func TestKernels(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	rows := make([]Row, 12)
	ring := make([]*Row, len(rows))
	for r := range rows {
		for i := range Lanes {
			rows[r][i] = rng.Int32N(1 << 24)
		}
		ring[r] = &rows[r]
	}
	check := func(name string, got, want func(dst *Row)) {
		var x, y Row
		got(&x)
		want(&y)
		if x != y {
			t.Errorf("%s with %s: other bits than the scalar kernel", name, Vector())
		}
	}
	a, b, c := &rows[0], &rows[1], &rows[2]
	check("add", func(d *Row) { addRows(d, a, b) }, func(d *Row) { addScalar(d, a, b) })
	check("sub", func(d *Row) { subRows(d, a, b) }, func(d *Row) { subScalar(d, a, b) })
	check("min", func(d *Row) { minRows(d, a, b) }, func(d *Row) { minScalar(d, a, b) })
	check("maxsub", func(d *Row) { maxSubRows(d, a, b, c) }, func(d *Row) { maxSubScalar(d, a, b, c) })
	check("possub", func(d *Row) { posSubRows(d, b, c) }, func(d *Row) { posSubScalar(d, b, c) })
	for n := 4; n <= len(ring); n += 2 {
		check("ring", func(d *Row) { ringRows(d, ring[:n]) }, func(d *Row) { ringScalar(d, ring[:n]) })
	}
}

// chain is the long chain of n plants and vehicles of capacity c.
func chain(n int, c float64) *Network {
	net := &Network{Capacity: make([]float64, n), Vehicles: n}
	for i := range n {
		net.Capacity[i] = c
		net.Links = append(net.Links, Link{i, i}, Link{i, (i + 1) % n})
	}
	return net
}

func benchmarkEngine(b *testing.B, net *Network, alg Algorithm) {
	e := Compile(net, alg)
	rng := rand.New(rand.NewPCG(5, 6))
	m := len(net.Capacity)
	const blocks = 64
	in := make([][]*Row, blocks)
	for k := range in {
		rows := make([]Row, m+net.Vehicles)
		in[k] = pointers(rows)
		for r := range in[k] {
			for i := range Lanes {
				if r < m {
					in[k][r][i] = int32(net.Capacity[r] * 1000)
				} else {
					in[k][r][i] = rng.Int32N(160_000) + 20_000
				}
			}
		}
	}
	var s Scratch
	var out Row
	b.ResetTimer()
	for i := range b.N {
		e.Run(in[i%blocks], &s, &out)
	}
	b.ReportMetric(float64(b.N)*Lanes/b.Elapsed().Seconds()/1e6, "Mscen/s")
	b.Logf("%s, %d ops, vector %s", e.Algorithm(), len(e.prog.ops), Vector())
}

func BenchmarkChain(b *testing.B)        { benchmarkEngine(b, chain(10, 100), Automatic) }
func BenchmarkChainAugment(b *testing.B) { benchmarkEngine(b, chain(10, 100), Augment) }
func BenchmarkDense8(b *testing.B)       { benchmarkEngine(b, random(8, 16, 4), Automatic) }
func BenchmarkSparse50(b *testing.B)     { benchmarkEngine(b, random(50, 100, 2.5), Automatic) }

// random is a network in which a vehicle has so many links on average.
func random(m, n int, links float64) *Network {
	rng := rand.New(rand.NewPCG(7, 8))
	net := &Network{Capacity: make([]float64, m), Vehicles: n}
	for p := range m {
		net.Capacity[p] = 100 * float64(n) / float64(m)
	}
	for v := range n {
		k := int(links)
		if rng.Float64() < links-float64(k) {
			k++
		}
		for _, p := range rng.Perm(m)[:k] {
			net.Links = append(net.Links, Link{p, v})
		}
	}
	return net
}
