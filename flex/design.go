package flex

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Chain are the links that close the components of a network into one long chain: the last plant of each component gets the
// vehicle of most demand of the next, and the last component is followed by the first. Of n plants with a vehicle each this is
// the long chain of Jordan and Graves. A plant without a link is a component of its own.
func Chain(n *Network, mean []float64) []Link {
	type group struct{ first, last, vehicle int }
	var groups []group
	linked := make([]bool, len(n.Capacity))
	for _, c := range n.components() {
		largest := slices.MaxFunc(c.vehicles, func(a, b int) int { return cmp.Or(cmp.Compare(mean[a], mean[b]), b-a) })
		groups = append(groups, group{c.plants[0], c.plants[len(c.plants)-1], largest})
		for _, p := range c.plants {
			linked[p] = true
		}
	}
	for p, is := range linked {
		if !is {
			groups = append(groups, group{p, p, -1})
		}
	}
	slices.SortStableFunc(groups, func(a, b group) int { return a.first - b.first })
	var out []Link
	for i, g := range groups {
		for k := 1; k < len(groups); k++ { // the next that has a vehicle
			if next := groups[(i+k)%len(groups)]; next.vehicle >= 0 {
				out = append(out, Link{g.last, next.vehicle})
				break
			}
		}
	}
	return out
}

// Dedicated is a link for each vehicle where nothing says which plant it has: the i-th vehicle in the i-th plant where there are
// as many, else each, the largest first, in the plant with most capacity left.
func Dedicated(capacity, mean []float64) []Link {
	var out []Link
	if len(capacity) == len(mean) {
		for i := range mean {
			out = append(out, Link{i, i})
		}
		return out
	}
	left := slices.Clone(capacity)
	order := make([]int, len(mean))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(mean[b], mean[a]) })
	for _, v := range order {
		p := 0
		for q := range left {
			if left[q] > left[p] {
				p = q
			}
		}
		left[p] -= mean[v]
		out = append(out, Link{p, v})
	}
	slices.SortFunc(out, func(a, b Link) int { return a.Vehicle - b.Vehicle })
	return out
}

// Budget limits what Greedy may build; zero is no limit.
type Budget struct {
	Cost  float64 // of all links; NaN or below zero is none
	Limit int     // number of links
}

// Greedy builds candidates one after the other, always the one that adds most for its cost, and then tries for each of them
// whether another does better in its place. It stops where no candidate adds anything for sure, or none can be paid. It is no
// proof of the best set: links can be worth more together than alone. What it returns is in the order of building, with the gain
// each had then; gains that a choice rests on are too high on average, so Evaluate the result with another seed.
func Greedy(ctx context.Context, p *Problem, b Budget, o Options) ([]Gain, error) {
	if b.Limit <= 0 {
		b.Limit = len(p.Candidates)
	}
	if !(b.Cost >= 0) {
		b.Cost = math.Inf(1)
	}
	var built []Gain
	left := b.Cost
	for now := p; len(built) < b.Limit; {
		best, err := bestGain(ctx, now, left, o)
		if err != nil || best == nil {
			return built, err
		}
		built = append(built, *best)
		left -= best.Cost
		now = now.with(best.Candidate)
	}
	for i := range built { // the first was chosen knowing least
		others := make([]Candidate, 0, len(built))
		for j := range built {
			if j != i {
				others = append(others, built[j].Candidate)
			}
		}
		best, err := bestGain(ctx, p.with(others...), left+built[i].Cost, o)
		if err != nil {
			return built, err
		}
		if best != nil && best.Link != built[i].Link {
			left += built[i].Cost - best.Cost
			built[i] = *best
		}
	}
	return built, nil
}

// bestGain is the candidate that adds most for its cost, of those that can be paid and add something for sure; nil for none.
func bestGain(ctx context.Context, p *Problem, left float64, o Options) (*Gain, error) {
	q := *p
	q.Candidates = slices.DeleteFunc(slices.Clone(p.Candidates), func(c Candidate) bool { return c.Cost > left })
	if len(q.Candidates) == 0 {
		return nil, nil
	}
	e, err := Evaluate(ctx, &q, true, o)
	if err != nil {
		return nil, err
	}
	if e.Stopped == "interrupt" {
		return nil, ctx.Err()
	}
	var best *Gain
	for i := range e.Gains {
		g := &e.Gains[i]
		if g.Low > 0 && (best == nil || g.rate() > best.rate()) {
			best = g
		}
	}
	return best, nil
}

// rate is the gain for a unit of cost; a link that costs nothing counts as one that costs next to nothing.
func (g *Gain) rate() float64 { return g.Mean / max(g.Cost, 1e-9) }
