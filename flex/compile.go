package flex

import (
	"fmt"
	"slices"
	"strings"
)

// Algorithm is how the flow of a component is found.
type Algorithm string

// Algorithms. Leaves is no algorithm of its own: serving leaves first was enough.
const (
	Leaves      Algorithm = "leaves"
	Ring        Algorithm = "ring"
	Subsets     Algorithm = "subsets"
	Elimination Algorithm = "elimination"
	Augment     Algorithm = "augment"
	Automatic   Algorithm = ""
	Lists       Algorithm = "lists" // Augment with lists, whatever fits in a word; for tests
)

// Part tells how one connected component of a network is solved.
type Part struct {
	Plants, Vehicles int
	Algorithm        Algorithm
	Ops              int // instructions per block of scenarios
}

// Engine computes the flow of a network. It may be shared between goroutines.
type Engine struct {
	prog  program
	Parts []Part
}

// Algorithm names the algorithms of the components, each once, with how many components it solves.
func (e *Engine) Algorithm() string {
	count := map[Algorithm]int{}
	for _, p := range e.Parts {
		count[p.Algorithm]++
	}
	var out []string
	for _, a := range []Algorithm{Leaves, Ring, Subsets, Elimination, Augment} {
		if n := count[a]; n > 0 {
			out = append(out, fmt.Sprintf("%s (%d)", a, n))
		}
	}
	if len(out) == 0 {
		return "none (no links)"
	}
	return strings.Join(out, ", ")
}

// Compile makes the engine of a network. Automatic takes the algorithm of fewest operations for each component; any other is
// used wherever it can be (a ring is only for cycles, subsets and elimination for what is small enough), which is for tests.
func Compile(n *Network, want Algorithm) *Engine {
	e := &Engine{}
	b := &builder{program: program{inputs: len(n.Capacity) + n.Vehicles, size: len(n.Capacity) + n.Vehicles, result: -1}}
	for _, c := range n.components() {
		g := newGraph(b, n, c)
		before := len(b.ops)
		g.reduce(want)
		alg := Leaves
		if g.size() > 0 {
			alg = g.core(want)
		}
		e.Parts = append(e.Parts, Part{Plants: len(c.plants), Vehicles: len(c.vehicles), Algorithm: alg, Ops: len(b.ops) - before})
		b.result = b.plus(b.result, g.flow)
	}
	e.prog = b.program
	return e
}

// Run computes the flow of each scenario of a block: in has a row for each plant and then for each vehicle.
func (e *Engine) Run(in []*Row, s *Scratch, out *Row) { e.prog.run(in, &s.scratch, out) }

// Scratch is the memory that one goroutine runs engines with.
type Scratch struct{ scratch }

// graph is a component while it is compiled: nodes of two sides, each with the register of its weight.
type graph struct {
	b    *builder
	w    [2][]int32 // register of the weight by side (plants, vehicles) and node; −1 where the node is gone
	near [2][][]int // neighbours on the other side, ascending
	flow int32      // flow so far, −1 for none
}

func newGraph(b *builder, n *Network, c component) *graph {
	g := &graph{b: b, flow: -1}
	at := [2]map[int]int{{}, {}}
	for i, p := range c.plants {
		at[0][p] = i
		g.w[0] = append(g.w[0], int32(p))
	}
	for i, v := range c.vehicles {
		at[1][v] = i
		g.w[1] = append(g.w[1], int32(len(n.Capacity)+v))
	}
	g.near = [2][][]int{make([][]int, len(c.plants)), make([][]int, len(c.vehicles))}
	for _, l := range n.Links {
		p, ok := at[0][l.Plant]
		if !ok {
			continue
		}
		v := at[1][l.Vehicle]
		g.near[0][p] = append(g.near[0][p], v)
		g.near[1][v] = append(g.near[1][v], p)
	}
	for side := range g.near {
		for i := range g.near[side] {
			slices.Sort(g.near[side][i])
		}
	}
	return g
}

// size is how many nodes are left.
func (g *graph) size() int { return len(g.alive(0)) + len(g.alive(1)) }

// alive are the nodes of a side that are left.
func (g *graph) alive(side int) []int {
	var out []int
	for i, w := range g.w[side] {
		if w >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// links is how many links are left.
func (g *graph) links() int {
	sum := 0
	for _, i := range g.alive(0) {
		sum += len(g.near[0][i])
	}
	return sum
}

// reduce merges twins and serves leaves until there are none. Where blocking flows are asked for it leaves the graph as it is, so that tests
// compare with an algorithm that shares nothing.
func (g *graph) reduce(want Algorithm) {
	if want == Augment || want == Lists {
		return
	}
	for g.twins(0) || g.twins(1) || g.leaves(0) || g.leaves(1) {
	}
}

// twins merges nodes of a side that have the same neighbours: plants that build the same vehicles are one large plant.
func (g *graph) twins(side int) bool {
	first := map[string]int{}
	merged := false
	for _, i := range g.alive(side) {
		key := fmt.Sprint(g.near[side][i])
		j, ok := first[key]
		if !ok {
			first[key] = i
			continue
		}
		g.w[side][j] = g.b.plus(g.w[side][j], g.w[side][i])
		g.forget(side, i)
		merged = true
	}
	return merged
}

// leaves serves nodes with one neighbour: no other use of theirs is lost, so as much as there is flows between the two, and the
// neighbour goes on with the rest. After twins, a node has one leaf at most.
func (g *graph) leaves(side int) bool {
	found := false
	for _, i := range g.alive(side) {
		if len(g.near[side][i]) != 1 {
			continue
		}
		u := g.near[side][i][0]
		leaf, root := g.w[side][i], g.w[1-side][u]
		f := g.b.emit(opMin, leaf, root, -1)
		g.b.drop(leaf)
		if len(g.near[1-side][u]) == 1 {
			g.b.drop(root)
			g.forget(1-side, u)
		} else {
			g.w[1-side][u] = g.b.take(opSub, root, g.b.hold(f), -1)
		}
		g.flow = g.b.plus(g.flow, f)
		g.forget(side, i)
		found = true
	}
	return found
}

// forget takes a node out; its weight has been used.
func (g *graph) forget(side, i int) {
	g.w[side][i] = -1
	for _, u := range g.near[side][i] {
		g.near[1-side][u] = slices.DeleteFunc(g.near[1-side][u], func(x int) bool { return x == i })
	}
	g.near[side][i] = nil
}

// augmentOps is what blocking flows take per link, in instructions on a block: measured, 6 to 22 ns against 0.55.
const augmentOps = 20

// core solves what is left and says how.
func (g *graph) core(want Algorithm) Algorithm {
	if cycle := g.cycle(); cycle != nil && (want == Automatic || want == Ring) {
		g.ring(cycle)
		return Ring
	}
	type choice struct {
		alg  Algorithm
		side int
		ops  int
	}
	best := choice{Augment, 0, augmentOps * g.links()}
	if want != Automatic && want != Augment && want != Lists {
		best.ops = 1 << 30
	}
	for side := range 2 {
		for _, c := range []choice{{Subsets, side, g.subsetCost(side)}, {Elimination, side, g.eliminationCost(side)}} {
			if c.ops > 0 && c.ops < best.ops && (want == Automatic || want == c.alg) {
				best = c
			}
		}
	}
	switch best.alg {
	case Subsets:
		g.subsets(best.side)
	case Elimination:
		g.eliminate(best.side)
	default:
		g.augment(want)
	}
	return best.alg
}

// cycle is the nodes' registers in their order around where the graph is one cycle, else nil.
func (g *graph) cycle() []int32 {
	for side := range 2 {
		for _, i := range g.alive(side) {
			if len(g.near[side][i]) != 2 {
				return nil
			}
		}
	}
	var out []int32
	side, at, from := 0, g.alive(0)[0], -1
	for first := at; ; {
		out = append(out, g.w[side][at])
		next := g.near[side][at][0]
		if next == from {
			next = g.near[side][at][1]
		}
		side, at, from = 1-side, next, at
		if side == 0 && at == first {
			break
		}
	}
	if len(out) != g.size() {
		return nil
	}
	return out
}

// ring solves a cycle.
func (g *graph) ring(cycle []int32) {
	for _, r := range cycle {
		g.b.drop(r)
	}
	r := g.b.temp()
	g.b.ops = append(g.b.ops, op{code: opRing, dst: r, args: cycle})
	g.flow = g.b.plus(g.flow, r)
}

// augment solves any graph by blocking flows.
func (g *graph) augment(want Algorithm) {
	plants, vehicles := g.alive(0), g.alive(1)
	at := make([]int32, len(g.w[1]))
	var args []int32
	for _, p := range plants {
		args = append(args, g.w[0][p])
	}
	for i, v := range vehicles {
		at[v] = int32(i)
		args = append(args, g.w[1][v])
	}
	a := &augmenter{plants: len(plants), vehicles: len(vehicles)}
	for i, p := range plants {
		for _, v := range g.near[0][p] {
			a.link(int32(i), at[v])
		}
	}
	a.index()
	if want != Lists {
		a.words, a.exchanged = newBlocking(a)
	}
	for _, r := range args {
		g.b.drop(r)
	}
	r := g.b.temp()
	g.b.ops = append(g.b.ops, op{code: opFlow, dst: r, args: args, flow: a})
	g.flow = g.b.plus(g.flow, r)
}
