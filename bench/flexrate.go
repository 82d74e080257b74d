package bench

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"headroom/flex"
)

// Kinds of samples of flexibility: -dir is the file of scenarios, -seed the number of loops.
const (
	SampleFlexRate = "flex-rate" // flows of all scenarios of a file
	SampleFlexTime = "flex-time" // time to a precision, sampling included
)

// flexProblem is a network whose flows are timed, and how.
type flexProblem struct {
	goal, name string
	net        *flex.Network
	scenarios  int
	numpy      string  // how numpy does it; "" where there is no way by arrays
	numpyMust  float64 // how many times as fast as numpy and as the best of LEMON
	numpyReach float64
	lemonMust  float64
	lemonReach float64
}

// flexProblems are the networks of the goals, with demands of 40 %.
func flexProblems() []flexProblem {
	ring := &flex.Network{Capacity: make([]float64, 10), Vehicles: 10}
	for i := range 10 {
		ring.Capacity[i] = 100
		ring.Links = append(ring.Links, flex.Link{Plant: i, Vehicle: i}, flex.Link{Plant: i, Vehicle: (i + 1) % 10})
	}
	gm := &flex.Network{Capacity: []float64{380, 230, 250, 230, 240, 230, 230, 240}, Vehicles: 16}
	for p, vs := range [][]int{{0, 1}, {2}, {3, 4}, {4, 5}, {6, 7, 8}, {8, 9}, {10, 11, 12}, {13, 14, 15}} {
		for _, v := range vs {
			gm.Links = append(gm.Links, flex.Link{Plant: p, Vehicle: v})
		}
	}
	rng := rand.New(rand.NewPCG(1, 8))
	some := gm.With()
	for len(some.Links) < 32 {
		some = some.With(flex.Link{Plant: rng.IntN(8), Vehicle: rng.IntN(16)})
	}
	half := gm.With()
	for len(half.Links) < 64 {
		half = half.With(flex.Link{Plant: rng.IntN(8), Vehicle: rng.IntN(16)})
	}
	large := &flex.Network{Capacity: make([]float64, 50), Vehicles: 100}
	for p := range large.Capacity {
		large.Capacity[p] = 200
	}
	for v := range 100 {
		for _, p := range rng.Perm(50)[:2+rng.IntN(2)] {
			large.Links = append(large.Links, flex.Link{Plant: p, Vehicle: v})
		}
	}
	wide, dense := sparse(rng, 100, 200, 3), sparse(rng, 30, 60, 10)
	return []flexProblem{
		{"P1", "chain 10×10, 20 links", ring, 16_384, "chain", 3, 30, 50, 400},
		{"P2", "GM 8×16, 18 links", gm, 16_384, "subsets", 3, 3, 8, 20},
		{"P2", "GM 8×16, 32 links", some, 16_384, "subsets", 3, 3, 8, 20},
		{"P2", "GM 8×16, 64 links", half, 16_384, "subsets", 3, 3, 8, 20},
		{"P2", "GM 8×16, 128 links", gm.Full(), 16_384, "subsets", 3, 3, 8, 20},
		{"P3", fmt.Sprintf("50×100, %d links", len(large.Links)), large, 8192, "", none, none, 3, 10},
		{"P3", "100×200, 600 links", wide, 2048, "", none, none, 1, 3},
		{"P3", "30×60, 600 links", dense, 4096, "", none, none, 1, 3},
	}
}

// sparse is a network in which each vehicle has so many links and plants differ by up to three times.
func sparse(rng *rand.Rand, m, n, links int) *flex.Network {
	net := &flex.Network{Capacity: make([]float64, m), Vehicles: n}
	for p := range m {
		net.Capacity[p] = 100 * float64(n) / float64(m) * (0.5 + rng.Float64())
	}
	for v := range n {
		for _, p := range rng.Perm(m)[:links] {
			net.Links = append(net.Links, flex.Link{Plant: p, Vehicle: v})
		}
	}
	return net
}

// write writes the problem with its scenarios for all peers: plants, vehicles, links, scenarios; capacities; links; demands.
func (p *flexProblem) write(name string) error {
	unit := flex.NewScale(p.net)
	out := []int32{int32(len(p.net.Capacity)), int32(p.net.Vehicles), int32(len(p.net.Links)), int32(p.scenarios)}
	for _, c := range p.net.Capacity {
		out = append(out, unit.Units(c))
	}
	for _, l := range p.net.Links {
		out = append(out, int32(l.Plant), int32(l.Vehicle))
	}
	mean := p.net.Total() / float64(p.net.Vehicles)
	rng := rand.New(rand.NewPCG(2, 8))
	for range p.scenarios * p.net.Vehicles {
		z := rng.NormFloat64()
		for math.Abs(z) > 2 {
			z = rng.NormFloat64()
		}
		out = append(out, unit.Units(mean*(1+0.4*z)))
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	err = binary.Write(f, binary.LittleEndian, out)
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// flexFileOf reads such a file: the network, and blocks of demands beside capacities.
func flexFileOf(name string) (*flex.Network, [][]*flex.Row, int, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, 0, err
	}
	v := make([]int32, len(text)/4)
	if _, err := binary.Decode(text, binary.LittleEndian, v); err != nil {
		return nil, nil, 0, err
	}
	m, n, k, count := int(v[0]), int(v[1]), int(v[2]), int(v[3])
	v = v[4:]
	net := &flex.Network{Vehicles: n}
	for p := range m {
		net.Capacity = append(net.Capacity, float64(v[p]))
	}
	for i := range k {
		net.Links = append(net.Links, flex.Link{Plant: int(v[m+2*i]), Vehicle: int(v[m+2*i+1])})
	}
	demand := v[m+2*k:]
	plants, rows := make([]flex.Row, m), make([]flex.Row, (count+flex.Lanes-1)/flex.Lanes*n)
	for p := range m {
		for lane := range flex.Lanes {
			plants[p][lane] = v[p]
		}
	}
	var blocks [][]*flex.Row
	for s := 0; s < count; s += flex.Lanes {
		var in []*flex.Row
		for p := range m {
			in = append(in, &plants[p])
		}
		for i := range n {
			row := &rows[s/flex.Lanes*n+i]
			for lane := range min(flex.Lanes, count-s) {
				row[lane] = demand[(s+lane)*n+i]
			}
			in = append(in, row)
		}
		blocks = append(blocks, in)
	}
	return net, blocks, count, nil
}

// SampleFlex is the work of one process that is timed by itself: it prints its CPU seconds.
func SampleFlex(ctx context.Context, kind, file string, loops int) error {
	if kind == SampleFlexTime {
		return sampleFlexTime(ctx, loops)
	}
	return sampleFlexRate(file, loops)
}

// sampleFlexRate finds the flows of a file loops times and prints seconds and the sum that the peers print.
func sampleFlexRate(name string, loops int) error {
	net, blocks, count, err := flexFileOf(name)
	if err != nil {
		return err
	}
	e := flex.Compile(net, flex.Automatic)
	var s flex.Scratch
	flows := make([]flex.Row, len(blocks))
	t, err := timed(func() error {
		for range loops {
			for b, rows := range blocks {
				e.Run(rows, &s, &flows[b])
			}
		}
		return nil
	})
	sum := uint64(0)
	for c := range count {
		sum += uint64(flows[c/flex.Lanes][c%flex.Lanes]) * uint64(c%1009+1)
	}
	fmt.Printf("%.6f %d %s; vector %s\n", t.CPU.Seconds(), sum, e.Algorithm(), flex.Vector())
	return err
}

// sampleFlexTime finds the expected sales of the chain to ±0.01 % with loops different seeds, and prints the seconds of one.
func sampleFlexTime(ctx context.Context, loops int) error {
	p := &flex.Problem{Network: *flexProblems()[0].net}
	for range 10 {
		p.Demand.Marginals = append(p.Demand.Marginals, flex.Marginal{Kind: flex.Normal, Mean: 100, SD: 40, Low: 20, High: 180, Rule: flex.Condition})
	}
	off, scenarios := 0, 0
	t, err := timed(func() error {
		for seed := range loops {
			e, err := flex.Evaluate(ctx, p, false, flex.Options{Scenarios: 1 << 24, Precision: 1e-4, Threads: 1, Seed: uint64(seed + 1)})
			if err != nil {
				return err
			}
			if math.Abs(e.Sales.Mean-951.690) > 3*e.Sales.Half()/1.96 {
				off++
			}
			scenarios += e.Scenarios
		}
		return nil
	})
	fmt.Printf("%.6f %d %d scenarios; vector %s\n", t.CPU.Seconds()/float64(loops), off, scenarios/max(1, loops), flex.Vector())
	return err
}

// Flex times the flows against LEMON and numpy where they are there, and says where they are not.
func (r *Runner) Flex(ctx context.Context) ([]Row, error) {
	ours := []flexPeer{{"scalar", []string{r.Self, "-sample", SampleFlexRate, "-seed", "LOOPS", "-dir", "FILE"}, 200}}
	if vector := r.vector(ctx); vector != "" {
		ours = append(ours, flexPeer{"vector", []string{vector, "-sample", SampleFlexRate, "-seed", "LOOPS", "-dir", "FILE"}, 200})
	}
	lemon := r.lemon(ctx)
	python := r.numpy(ctx)
	var rows []Row
	for _, p := range flexProblems() {
		more, err := r.flexProblem(ctx, &p, ours, lemon, python)
		rows = append(rows, more...)
		if err != nil {
			return rows, err
		}
	}
	for _, o := range ours {
		o.args = []string{o.args[0], "-sample", SampleFlexTime, "-seed", "LOOPS", "-dir", "FILE"}
		var times []float64
		note := ""
		for range r.Repeats {
			v, off, more, err := o.run(ctx, "none", 10, 1e6)
			if err != nil {
				return rows, err
			}
			if off != "0" {
				more += "; " + off + " of 10 seeds off by more than 3 standard errors"
			}
			times, note = append(times, v*10), more
		}
		rows = append(rows, Row{Goal: "P4", What: "chain 10×10 to ±0.01 %, sampling included, " + o.name + ", CPU", Peer: none, Ours: middle(times), Unit: "s", Must: 0.010, Reach: 0.002, Note: note})
	}
	return rows, nil
}

// flexProblem times one problem, all programs in turns. Where flows differ there is an error.
func (r *Runner) flexProblem(ctx context.Context, p *flexProblem, ours, lemon []flexPeer, python string) ([]Row, error) {
	file := filepath.Join(r.Dir, "scenarios.bin")
	if err := p.write(file); err != nil {
		return nil, err
	}
	all := append(append([]flexPeer{}, ours...), lemon...)
	if python != "" && p.numpy != "" {
		for _, kind := range []string{"float64", "int32"} {
			all = append(all, flexPeer{"numpy " + kind, []string{python, filepath.Join(r.Dir, "cuts.py"), "FILE", p.numpy, kind, "LOOPS"}, 20})
		}
	}
	times, notes, want := map[string][]float64{}, map[string]string{}, ""
	for round := range r.Repeats + 1 {
		for i := range all {
			x := &all[i]
			r.say("flexibility, %s, %s", p.name, x.name)
			loops := x.loops
			if p.goal == "P3" {
				loops = 1
			}
			v, sum, more, err := x.run(ctx, file, loops, p.scenarios)
			if err != nil {
				return nil, err
			}
			if want == "" {
				want = sum
			}
			if sum != want {
				return nil, fmt.Errorf("%s: the flows of %s differ from ours", p.name, x.name)
			}
			if round > 0 { // the first is to warm up
				times[x.name] = append(times[x.name], v)
				notes[x.name] = more
			}
		}
	}
	var rows []Row
	for _, o := range ours {
		mine := middle(times[o.name])
		row := func(peer string, must, reach float64) {
			if len(times[peer]) > 0 {
				rows = append(rows, Row{
					Goal: p.goal, What: fmt.Sprintf("%s, a million scenarios, %s, against %s, CPU", p.name, o.name, peer),
					Peer: middle(times[peer]), Ours: mine, Unit: "s", Must: 1 / must, Reach: 1 / reach, Note: notes[o.name],
				})
			}
		}
		best := ""
		for _, l := range lemon {
			if best == "" || middle(times[l.name]) < middle(times[best]) {
				best = l.name
			}
		}
		row(best, p.lemonMust, p.lemonReach)
		row("numpy float64", p.numpyMust, p.numpyReach)
		row("numpy int32", p.numpyMust, p.numpyReach)
		if len(lemon) == 0 && len(times["numpy int32"]) == 0 {
			rows = append(rows, Row{Goal: p.goal, What: p.name + ", a million scenarios, " + o.name + ", CPU", Peer: none, Ours: mine, Unit: "s", Must: none, Reach: none, Note: notes[o.name] + "; no peer is here"})
		}
	}
	return rows, nil
}

// middle is the median of numbers.
func middle(v []float64) float64 {
	if len(v) == 0 {
		return none
	}
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
