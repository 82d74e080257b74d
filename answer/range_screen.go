package answer

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync/atomic"
)

// counter counts what is done.
type counter struct{ n atomic.Int64 }

func (c *counter) next() int { return int(c.n.Add(1)) }

// screen looks at every figure at both ends: whether the programmes of each answer change at all, and if they do, by how much
// their relaxations move the answer. Then it chooses what is solved.
func (r *ranging) screen(ctx context.Context) error {
	var tasks []task
	for i, f := range r.figures {
		for e := range f.sides {
			if f.sides[e].moves != nil {
				tasks = append(tasks, task{figure: i, end: e})
			}
		}
	}
	var count counter
	err := inPool(ctx, r.o.Workers, len(tasks), func(i int) error {
		t := tasks[i]
		c, err := r.load(t)
		if err != nil || c == nil {
			return err
		}
		var known memo
		for _, a := range r.asked {
			models, gauge, err := r.relaxed(ctx, a, c, &known)
			if err != nil {
				return err
			}
			if ctx.Err() != nil {
				return nil
			}
			x := &a.ends[t.figure][t.end]
			x.looked, x.same, x.estimate = true, same(a.models, models), gauge-a.gauge
		}
		r.o.Progress(count.next(), len(tasks), "screening by relaxations")
		return nil
	})
	for _, a := range r.asked {
		a.choose(r)
	}
	return err
}

// estimate is the swing of a figure in the relaxation: from the least to the greatest of the answer at its low, at its value and
// at its high; +Inf where a relaxation has no solution. It is false where the programmes stay the same or where nothing is known.
func (a *asked) estimate(i int) (float64, bool) {
	least, most, moves := 0.0, 0.0, false
	for _, x := range a.ends[i] {
		switch {
		case !x.looked || x.same:
			continue
		case math.IsNaN(x.estimate):
			most = math.Inf(1)
		default:
			least, most = min(least, x.estimate), max(most, x.estimate)
		}
		moves = true
	}
	return most - least, moves
}

// choose picks the figures that are solved: those whose relaxation moves the answer most, in the order of the refs where it does
// not tell them apart.
func (a *asked) choose(r *ranging) {
	type guess struct {
		figure int
		most   float64
	}
	var all []guess
	for i := range r.figures {
		if most, moves := a.estimate(i); moves {
			all = append(all, guess{i, most})
		}
	}
	slices.SortStableFunc(all, func(x, y guess) int { return -cmp.Compare(x.most, y.most) })
	for n, g := range all {
		if r.o.All || n < r.o.Figures {
			a.chosen[g.figure] = true
		} else {
			a.cut = max(a.cut, g.most)
		}
	}
}
