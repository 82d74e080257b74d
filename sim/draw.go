package sim

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// draw is one life of the world: what the plan meets.
type draw struct {
	walks  [][]float64 // walk, period: factor, mean one
	ways   [][]float64 // period, driver: how far it is from the plan
	begins []float64   // deal: years late, infinite where it fails
	events []event
	left   [][]float64 // plant: capacity left by week, nil where all of it is
	kits   [][]float64 // the same for what is built from kits
}

// event is a stop that comes.
type event struct {
	kind  int // into Net.stops
	start float64
	weeks float64
}

// newDraw is a life in which nothing happens.
func (n *Net) newDraw() *draw {
	d := &draw{left: make([][]float64, len(n.plants)), kits: make([][]float64, len(n.plants)), begins: make([]float64, len(n.deals))}
	d.walks = make([][]float64, len(n.walks))
	for i := range d.walks {
		d.walks[i] = ones(len(n.periods))
	}
	for range n.periods {
		d.ways = append(d.ways, make([]float64, len(n.drivers)))
	}
	return d
}

func ones(k int) []float64 {
	out := make([]float64, k)
	for i := range out {
		out[i] = 1
	}
	return out
}

// hash is a number of a name.
func hash(name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash does not fail
	return h.Sum64()
}

// mix is the finalizer of splitmix64 (Steele, Lea & Flood 2014): keys that differ in a bit give states that have nothing to do
// with each other.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// draws is a source of chance that is set to a seed, a path and a name: what is drawn for one name in one path is the same
// whatever else is drawn, in which order, on which core, or in another plan.
type draws struct {
	pcg rand.PCG
	r   *rand.Rand
}

func newDraws() *draws {
	d := &draws{}
	d.r = rand.New(&d.pcg)
	return d
}

// set points the source at a name.
func (d *draws) set(seed, path, name uint64) *rand.Rand {
	a := mix(seed ^ mix(path))
	d.pcg.Seed(mix(a^name), mix(a+mix(name)))
	return d.r
}

// fill draws a path into w.
func (n *Net) fill(w *draw, src *draws, seed, path uint64) {
	for i := range n.walks {
		n.fillWalk(w, i, src.set(seed, path, n.walks[i].key))
	}
	for i := range n.duties {
		n.fillDuty(w, &n.duties[i], src.set(seed, path, n.duties[i].key))
	}
	for i := range n.deals {
		w.begins[i] = n.deals[i].begin(src.set(seed, path, n.deals[i].key))
	}
	for range n.deals { // what is required may itself require
		for i := range n.deals {
			for _, need := range n.deals[i].needs {
				w.begins[i] = max(w.begins[i], w.begins[need])
			}
		}
	}
	n.fillStops(w, src, seed, path)
}

// fillWalk draws a factor whose logarithm walks, with a mean of one at any time. It is that of the middle of each period.
func (n *Net) fillWalk(w *draw, i int, r *rand.Rand) {
	sd, at, before := n.walks[i].sd, 0.0, 0.0
	for t := range n.periods {
		mid := n.periods[t].start + n.periods[t].years/2
		at += math.Sqrt(mid-before) * r.NormFloat64()
		before = mid
		f := math.Exp(sd*at - sd*sd*mid/2)
		if d := n.walks[i].driver; d >= 0 {
			w.ways[t][d] = f - 1
		} else {
			w.walks[i][t] = f
		}
	}
}

// fillDuty draws whether and when a duty rises. It stays up.
func (n *Net) fillDuty(w *draw, d *dutyRisk, r *rand.Rand) {
	points, up := triangle(r, d.low, d.mode, d.top), false
	for t := range n.periods {
		if r.Float64() < 1-math.Pow(1-min(1, d.rate), n.periods[t].years) {
			up = true
		}
		w.ways[t][d.driver] = 0
		if up {
			w.ways[t][d.driver] = points
		}
	}
}

// begin draws how many years late a deal begins; infinitely many where it fails.
func (d *deal) begin(r *rand.Rand) float64 {
	fails, when := r.Float64() >= d.success, r.Float64()
	if fails {
		return math.Inf(1)
	}
	for years, p := range d.slip {
		if when < p {
			return float64(years)
		}
		when -= p
	}
	return float64(max(0, len(d.slip)-1)) // what rounding left
}

// fillStops draws stops: each kind comes as a Poisson process, one at a time.
func (n *Net) fillStops(w *draw, src *draws, seed, path uint64) {
	w.clear()
	years := n.periods[len(n.periods)-1].start + n.periods[len(n.periods)-1].years
	perYear := float64(n.weeks) / years
	for i := range n.stops {
		k := &n.stops[i]
		r := src.set(seed, path, k.key)
		for at := r.ExpFloat64() / k.rate * perYear; at < float64(n.weeks); at += r.ExpFloat64() / k.rate * perYear {
			e := event{i, at, triangle(r, k.low, k.mode, k.top)}
			w.events = append(w.events, e)
			w.strike(n, k.plants, k.kit, stepped(k.shape), at, e.weeks)
			at += e.weeks
		}
	}
}

// triangle draws from the triangular distribution.
func triangle(r *rand.Rand, low, mode, high float64) float64 {
	u := r.Float64()
	if high <= low {
		return mode
	}
	if u < (mode-low)/(high-low) {
		return low + math.Sqrt(u*(high-low)*(mode-low))
	}
	return high - math.Sqrt((1-u)*(high-low)*(high-mode))
}

// clear takes all stops out.
func (w *draw) clear() {
	w.events = w.events[:0]
	for p := range w.left {
		w.left[p], w.kits[p] = nil, nil
	}
}

// gone is how much capacity a stop takes from its start up to a share of its length, as a share of all of its length.
type gone func(share float64) float64

// stepped is a stop that leaves a share of capacity in each of equal steps.
func stepped(shape []float64) gone {
	sums := make([]float64, len(shape)+1)
	for i, s := range shape {
		sums[i+1] = sums[i] + 1 - s
	}
	k := float64(len(shape))
	return func(share float64) float64 {
		x := min(max(share, 0), 1) * k
		i := min(int(x), len(shape)-1)
		return (sums[i] + (x-float64(i))*(1-shape[i])) / k
	}
}

// strike takes capacity from plants from a week on. Where stops overlap, the one that leaves less counts.
func (w *draw) strike(n *Net, plants []int, kit bool, f gone, start, weeks float64) {
	for _, p := range plants {
		left := &w.left[p]
		if kit {
			left = &w.kits[p]
		}
		if *left == nil {
			*left = ones(n.weeks)
		}
		for i := max(0, int(start)); i < n.weeks && float64(i) < start+weeks; i++ {
			taken := (f((float64(i)+1-start)/weeks) - f((float64(i)-start)/weeks)) * weeks
			(*left)[i] = min((*left)[i], max(0, 1-taken))
		}
	}
}
