package flex

import (
	"math/rand/v2"
	"testing"
)

// dearest is the most margin by the textbook: from no plan at all, cycles that gain are cancelled until there are none, found by
// Bellman and Ford over a matrix. It shares nothing with the package.
func dearest(capacity, demand []int64, links []Link, gain []int64) int64 {
	m, n := len(capacity), len(demand)
	size, hub := m+n+1, m+n
	room, money := make([][]int64, size), make([][]int64, size)
	for i := range size {
		room[i], money[i] = make([]int64, size), make([]int64, size)
	}
	for p, c := range capacity {
		room[p][hub] = c
	}
	for v, d := range demand {
		room[hub][m+v] = d
	}
	for i, l := range links {
		room[m+l.Vehicle][l.Plant] = 1 << 40
		money[m+l.Vehicle][l.Plant], money[l.Plant][m+l.Vehicle] = gain[i], -gain[i]
	}
	total := int64(0)
	for {
		dist, from := make([]int64, size), make([]int, size)
		last := -1
		for range size {
			last = -1
			for i := range size {
				for j := range size {
					if room[i][j] > 0 && dist[i]+money[i][j] > dist[j] {
						dist[j], from[j], last = dist[i]+money[i][j], i, j
					}
				}
			}
		}
		if last < 0 {
			return total
		}
		for range size { // into the cycle
			last = from[last]
		}
		f, g := int64(1)<<50, int64(0)
		for i := last; ; {
			j := from[i]
			f, g = min(f, room[j][i]), g+money[j][i]
			if i = j; i == last {
				break
			}
		}
		for i := last; ; {
			j := from[i]
			room[j][i] -= f
			room[i][j] += f
			if i = j; i == last {
				break
			}
		}
		total += f * g
	}
}

// TestMargins compares the ways to the most margin on random graphs with the textbook, and the gain of a link with the
// difference of two plans.
func TestMargins(t *testing.T) {
	t.Parallel()
	count := min(*graphs/2, 100_000)
	if testing.Short() {
		count = min(count, 300)
	}
	rng := rand.New(rand.NewPCG(11, 12))
	var s Scratch
	gains, uniform := 0, 0
	for k := range count {
		net := randomNetwork(rng)
		m := len(net.Capacity)
		missing := net.Missing()
		same := rng.IntN(2) == 0
		byVehicle := make([]float64, net.Vehicles)
		for v := range byVehicle {
			byVehicle[v] = float64(rng.IntN(9)) - 1
		}
		margins := func(links []Link) []float64 {
			out := make([]float64, len(links))
			for i, l := range links {
				if out[i] = float64(rng.IntN(12)) - 2; same {
					out[i] = byVehicle[l.Vehicle]
				}
			}
			return out
		}
		priced := &Priced{net, margins(net.Links)}
		extra := margins(missing)
		in := make([]Row, m+net.Vehicles)
		for r := range in {
			for lane := range Lanes {
				if in[r][lane] = int32(rng.IntN(60)); r < m {
					in[r][lane] = int32(net.Capacity[r])
				}
			}
		}
		unit := Scale{factor: 1}
		c := circuitMeasure{newCircuit(priced, missing, extra), unit}
		out := make([][Lanes]float64, c.width())
		c.measure(pointers(in), nil, &s, out)
		lane := rng.IntN(Lanes)
		capacity, demand := make([]int64, m), make([]int64, net.Vehicles)
		for r := range in {
			if r < m {
				capacity[r] = int64(in[r][lane])
			} else {
				demand[r-m] = int64(in[r][lane])
			}
		}
		gain := func(margin []float64) (out []int64) {
			for _, x := range margin {
				out = append(out, int64(x))
			}
			return out
		}
		best := dearest(capacity, demand, net.Links, gain(priced.Margin))
		if got := out[0][lane]; got != float64(best) {
			t.Fatalf("graph %d: margin %v, the textbook says %d: %v %v", k, got, best, net, priced.Margin)
		}
		if len(missing) > 0 {
			i := rng.IntN(len(missing))
			more := net.With(missing[i])
			with := dearest(capacity, demand, more.Links, gain(append(priced.Margin[:len(net.Links):len(net.Links)], extra[i])))
			if got := out[1+i][lane]; got != float64(with-best) {
				t.Fatalf("graph %d: link %v brings %v, the textbook says %d: %v", k, missing[i], got, with-best, net)
			}
			if with > best {
				gains++
			}
		}
		if level, ok := priced.levels(); ok {
			uniform++
			p := newPrefix(net, level, unit)
			one := make([][Lanes]float64, 1)
			p.measure(pointers(in), nil, &s, one)
			if one[0] != out[0] {
				t.Fatalf("graph %d: by prefixes %v, by ways %v", k, one[0][lane], out[0][lane])
			}
		}
	}
	t.Logf("%d graphs, %d with one margin for each vehicle, %d links that bring something", count, uniform, gains)
	if count > 100 && (gains == 0 || uniform == 0) {
		t.Error("the test shows nothing")
	}
}
