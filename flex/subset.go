package flex

import "math/bits"

// mostSubset is the most nodes of a side whose subsets are enumerated.
const mostSubset = 11

// The flow is the least cut: for the best set S of one side (say plants), all capacity in S and all demand of vehicles that some
// plant outside S can build,
//
//	flow = Σ d − max_S ( Σ_{N(i) ⊆ S} d_i − c(S) )
//
// The inner sum for all S at once is a zeta transform. Entries that are 0 for every demand are −1 and cost nothing.

// subsetCost is the number of instructions that subsets takes over a side, or 0 where the side is too large.
func (g *graph) subsetCost(side int) int {
	if n := len(g.alive(side)); n > mostSubset {
		return 0
	}
	trial := g.rehearse()
	trial.subsets(side)
	return len(trial.b.ops)
}

// rehearse is a copy of the graph whose program is thrown away.
func (g *graph) rehearse() *graph {
	n := g.b.size
	b := &builder{program: program{inputs: n, size: n, result: -1}}
	return &graph{b: b, w: g.w, near: g.near, flow: -1}
}

// subsets solves the graph by the subsets of a side.
func (g *graph) subsets(side int) {
	nodes := g.alive(side)
	pos := make(map[int]int, len(nodes))
	for k, i := range nodes {
		pos[i] = k
	}
	f := make([]int32, 1<<len(nodes))
	for i := range f {
		f[i] = -1
	}
	total := int32(-1)
	for _, i := range g.alive(1 - side) {
		mask := 0
		for _, j := range g.near[1-side][i] {
			mask |= 1 << pos[j]
		}
		w := g.w[1-side][i]
		total = g.b.plus(total, g.b.hold(w))
		f[mask] = g.b.plus(f[mask], w)
	}
	g.zeta(f)
	for k := len(nodes) - 1; k >= 0; k-- { // the best with node k in S or not
		half := f[:1<<k]
		for s := range half {
			half[s] = g.better(half[s], f[s|1<<k], g.w[side][nodes[k]])
		}
		g.b.drop(g.w[side][nodes[k]])
	}
	g.settle(total, f[0])
}

// zeta adds to each entry those of all its subsets.
func (g *graph) zeta(f []int32) {
	for k := range bits.Len(uint(len(f))) - 1 {
		for s := range f {
			if s>>k&1 == 1 && f[s^1<<k] >= 0 {
				f[s] = g.b.plus(f[s], g.b.hold(f[s^1<<k]))
			}
		}
	}
}

// better is max(x, y − c) for values that are never below 0 and c above it; −1 is 0. It drops x and y.
func (g *graph) better(x, y, c int32) int32 {
	switch {
	case y < 0:
		return x
	case x < 0:
		g.b.drop(y)
		return g.b.emit(opPosSub, -1, y, c)
	}
	g.b.drop(x)
	g.b.drop(y)
	return g.b.emit(opMaxSub, x, y, c)
}

// settle adds total − saved to the flow.
func (g *graph) settle(total, saved int32) {
	if saved >= 0 {
		total = g.b.take(opSub, total, saved, -1)
	}
	g.flow = g.b.plus(g.flow, total)
}
