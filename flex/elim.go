package flex

import (
	"math/bits"
	"slices"
)

// mostWidth is the most nodes that may stand together when one is eliminated.
const mostWidth = 10

// Elimination maximises the inner sum of subset.go one node at a time. With node j in S or not, all that depends on it is
// terms whose nodes are all in S, and tables of nodes eliminated before:
//
//	R(S) = max( T(S without j), Σ_{A ∋ j, A∖j ⊆ S} w_A + T(S with j) − c_j )
//
// over the nodes S that share a term or table with j, and R is a table from then on. The width is how many those are.

// term is a weight that counts where all its nodes are in S.
type term struct {
	nodes []int
	w     int32
}

// valued is a function of which of its nodes are in S, 0 where it is −1.
type valued struct {
	nodes []int
	value []int32
}

// eliminationCost is the number of instructions that eliminate takes over a side, or 0 where it is too wide.
func (g *graph) eliminationCost(side int) int {
	if g.order(side) == nil {
		return 0
	}
	trial := g.rehearse()
	trial.eliminate(side)
	return len(trial.b.ops)
}

// order is an order of elimination: always a node of fewest neighbours; nil where it is wider than mostWidth.
func (g *graph) order(side int) []int {
	nodes := g.alive(side)
	near := make(map[int]map[int]bool, len(nodes))
	for _, i := range nodes {
		near[i] = map[int]bool{}
	}
	for _, v := range g.alive(1 - side) {
		for _, i := range g.near[1-side][v] {
			for _, j := range g.near[1-side][v] {
				if i != j {
					near[i][j] = true
				}
			}
		}
	}
	var out []int
	for len(nodes) > 0 {
		j := slices.MinFunc(nodes, func(a, b int) int { return len(near[a]) - len(near[b]) })
		if len(near[j]) > mostWidth {
			return nil
		}
		for a := range near[j] {
			for b := range near[j] {
				if a != b {
					near[a][b] = true
				}
			}
			delete(near[a], j)
		}
		nodes = slices.DeleteFunc(nodes, func(i int) bool { return i == j })
		out = append(out, j)
	}
	return out
}

// eliminate solves the graph by eliminating the nodes of a side.
func (g *graph) eliminate(side int) {
	var terms []term
	var tables []valued
	total, saved := int32(-1), int32(-1)
	for _, i := range g.alive(1 - side) {
		w := g.w[1-side][i]
		total = g.b.plus(total, g.b.hold(w))
		terms = append(terms, term{g.near[1-side][i], w})
	}
	for _, j := range g.order(side) {
		var out valued
		out, terms, tables = g.eliminateNode(j, g.w[side][j], terms, tables)
		if len(out.nodes) == 0 {
			saved = g.b.plus(saved, out.value[0])
		} else {
			tables = append(tables, out)
		}
	}
	g.settle(total, saved)
}

// eliminateNode makes the table that is left of a node, and returns the terms and tables that do not hold it.
func (g *graph) eliminateNode(j int, c int32, terms []term, tables []valued) (valued, []term, []valued) {
	var mine []term
	var my []valued
	around := map[int]bool{}
	terms, mine = part(terms, func(t term) bool { return slices.Contains(t.nodes, j) })
	tables, my = part(tables, func(t valued) bool { return slices.Contains(t.nodes, j) })
	for _, t := range mine {
		note(around, t.nodes)
	}
	for _, t := range my {
		note(around, t.nodes)
	}
	delete(around, j)
	r := valued{}
	for i := range around {
		r.nodes = append(r.nodes, i)
	}
	slices.Sort(r.nodes)
	with := empty(1 << len(r.nodes))
	for _, t := range mine {
		s := position(t.nodes, r.nodes)
		with[s] = g.b.plus(with[s], t.w)
	}
	g.zeta(with)
	r.value = empty(len(with))
	for s := range with {
		for _, t := range my {
			at := t.at(r.nodes, s, j)
			without := t.value[at]
			if without >= 0 {
				r.value[s] = g.b.plus(r.value[s], g.b.hold(without))
			}
			if in := t.value[at|1<<slices.Index(t.nodes, j)]; in >= 0 {
				with[s] = g.b.plus(with[s], g.b.hold(in))
			}
		}
		r.value[s] = g.better(r.value[s], with[s], c)
	}
	for _, t := range my {
		for _, v := range t.value {
			if v >= 0 {
				g.b.drop(v)
			}
		}
	}
	g.b.drop(c)
	return r, terms, tables
}

// at is the position in a table of a set S of nodes, without node j.
func (t *valued) at(nodes []int, s, j int) int {
	at := 0
	for s != 0 {
		k := bits.TrailingZeros(uint(s))
		s &= s - 1
		if i := slices.Index(t.nodes, nodes[k]); i >= 0 && nodes[k] != j {
			at |= 1 << i
		}
	}
	return at
}

// position is the set of those nodes of sub that are in nodes.
func position(sub, nodes []int) int {
	s := 0
	for k, i := range nodes {
		if slices.Contains(sub, i) {
			s |= 1 << k
		}
	}
	return s
}

func note(set map[int]bool, nodes []int) {
	for _, i := range nodes {
		set[i] = true
	}
}

func empty(n int) []int32 { return slices.Repeat([]int32{-1}, n) }

// part splits a list into what does not satisfy a condition and what does.
func part[T any](list []T, is func(T) bool) (no, yes []T) {
	for _, x := range list {
		if is(x) {
			yes = append(yes, x)
		} else {
			no = append(no, x)
		}
	}
	return no, yes
}
