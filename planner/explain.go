package planner

import (
	"context"
	"fmt"
	"math"
	"slices"

	"headroom"
	"headroom/lp"
)

// causeLimit is the cause that says that a set may be smaller.
const causeLimit = "limit"

// verdict is what looking for the reasons of a case without a plan has come to.
type verdict struct {
	causes []headroom.Cause
	wrong  bool   // there is a plan after all
	why    string // where neither is settled
}

// explain finds a set of rules of a case that cannot be kept together: every rule of the case is made to give way in one elastic
// programme, which must then have a point; the set is what is left when as many as possible do. It is solved once more by itself,
// with other settings. What each rule asks for and by how much it would have to give way is told in words, with the place of its
// figure; of a hard target also what would help: a programme, a signature, capacity.
func explain(ctx context.Context, c *headroom.Case, s lp.Solver, o Options) (verdict, error) {
	r, err := newReasons(lp.Asking(ctx, "reasons"), c, s, o, 0)
	if err != nil {
		return verdict{}, err
	}
	if ok, err := r.elastic(); err != nil || !ok {
		return verdict{why: "the solver finds no plan even where every rule of the case gives way, so that its word that there is none is not believed"}, err
	}
	set, whole, err := r.conflict()
	switch {
	case err != nil:
		return verdict{}, err
	case set == nil && r.kept:
		return verdict{wrong: true}, nil
	case set == nil:
		return verdict{why: "the solver says that there is no plan, and it did not come out which rules clash: two solves of the same rules differ, or time ran out"}, nil
	}
	causes, err := r.causes(set, whole)
	return verdict{causes: causes}, err
}

// elastic solves the programme in which every rule gives way, and reports whether it has a point; where a solver says no, it is
// asked again with other settings, with which all that follows is solved too.
func (r *reasons) elastic() (bool, error) {
	for range 2 {
		_, out, err := r.solve(nil, false)
		if err != nil {
			return false, err
		}
		if out.X != nil {
			return true, nil
		}
		r.flip = true
	}
	return false, nil
}

// causes tells of the rules of a set and of what would help.
func (r *reasons) causes(set []headroom.Ref, whole bool) ([]headroom.Cause, error) {
	var out, help []headroom.Cause
	measured := 0
	joint := least{periods: map[int]float64{}}
	all := make([]least, len(set))
	for i, f := range set {
		if (rank(f) >= 20 && len(set) > fewRules) || r.ctx.Err() != nil {
			continue
		}
		if measured++; measured > mostMeasured {
			break
		}
		l, err := r.least(set, f)
		if err != nil {
			return nil, err
		}
		all[i] = l
		for t, v := range l.periods {
			joint.periods[t] += v
		}
		if tg := find(r.c.Targets, f.Key, headroom.Target.Key); f.Table == tabTarget && tg.Sense != "max" && l.in >= 0 {
			more, err := r.helpTarget(tg, l, chosen(set))
			if err != nil {
				return nil, err
			}
			help = append(help, more...)
		}
	}
	for i, f := range set {
		if len(all[i].periods) == 0 {
			all[i].periods = joint.periods // it clashes when the others do
		}
		out = append(out, r.cause(f, all[i]))
	}
	if !whole {
		help = append(help, headroom.Cause{Cause: causeLimit, Text: "time ran out before it was known whether each of these rules is needed for the clash: some may not be"})
	}
	return append(out, help...), nil
}

// chosen reports whether a set has a rule besides minimum targets that somebody has set and could set otherwise: then it is that
// rule, and no want of a programme, that keeps a target from being reached.
func chosen(set []headroom.Ref) bool {
	return slices.ContainsFunc(set, func(f headroom.Ref) bool { return f.Table != tabTarget && rank(f) < 50 && f.Column != colStatus }) ||
		len(set) > 1 && !slices.ContainsFunc(set, func(f headroom.Ref) bool { return f.Table != tabTarget })
}

// helpTarget tells what a hard target lacks in the period in which it lacks most: what unsigned deals would add, what the plants
// can build at all, and, where no other rule that was chosen stands against it, whether a programme is wanting.
func (r *reasons) helpTarget(tg *headroom.Target, l least, chosen bool) ([]headroom.Cause, error) {
	n := newNet(r.c)
	t := l.in
	period, amount := r.c.Periods[t].ID, tg.Value*n.book.Years(t)
	reached := amount - l.most
	all, deals, err := r.withDeals(n, tg, period, amount, reached)
	if err != nil {
		return nil, err
	}
	var causes []headroom.Cause
	if add := min(all, amount) - reached; add > 0.5 && len(deals) > 0 {
		causes = append(causes, headroom.Cause{
			Cause: "signature", Units: math.Round(add), Periods: period,
			Text: fmt.Sprintf("signing %s would bring it to %s at most", join(deals), whole(all)),
		})
	}
	capacity := n.capacityIn(tg.Regions, t)
	if lack := amount - capacity; lack > 0.5 {
		causes = append(causes, headroom.Cause{
			Cause: "capacity", Units: math.Round(lack), Periods: period,
			Text: fmt.Sprintf("the lines that stand or may be opened build %s in %s on their largest pattern with overtime: %s vehicles of capacity are wanted",
				whole(capacity), period, whole(lack)),
		})
	}
	if lack := min(capacity, amount) - all; lack > 0.5 && !chosen {
		causes = append(causes, headroom.Cause{
			Cause: "programme", Units: math.Round(lack), Periods: period,
			Text: fmt.Sprintf("capacity for %s more vehicles stands without a programme that may be built there and finds a buyer", whole(lack)),
		})
	}
	return causes, nil
}

// withDeals is the most that the plants of a target's regions can build with unsigned deals counted in, and which of them it takes:
// only deals that have a place in those regions, and no more than are needed to reach the target or, where it cannot be, that most.
func (r *reasons) withDeals(n *net, tg *headroom.Target, period string, amount, reached float64) (float64, []string, error) {
	open := r.dealsAtHome(tg)
	if len(open) == 0 {
		return reached, nil, nil
	}
	most := func(deals []string) float64 {
		c := *r.c
		c.With = append(slices.Clone(c.With), r.required(deals)...)
		m, err := LargestOutput(r.ctx, &c, r.solver, tg.Regions, period, Options{Objective: r.o.Objective, Time: reasonSolve, Seed: r.o.Seed, Threads: r.o.Threads})
		if err != nil || math.IsNaN(m.Units) {
			return reached // they cannot be had together: they add nothing that is proved
		}
		return max(m.Units, reached)
	}
	all := most(open)
	needed := min(all, amount)
	if needed <= reached+0.5 {
		return all, nil, nil
	}
	for i := len(open) - 1; i >= 0 && i >= len(open)-mostAlone && len(open) > 2; i-- { // one that is enough by itself, the largest first
		if got := most(open[i : i+1]); got >= needed-0.5 {
			return got, open[i : i+1], nil
		}
	}
	deals := open
	for _, d := range open { // the smallest first
		if len(deals) == 1 || r.ctx.Err() != nil {
			break
		}
		rest := slices.DeleteFunc(slices.Clone(deals), func(x string) bool { return x == d })
		if got := most(rest); got >= needed-0.5 {
			deals, all = rest, got
		}
	}
	slices.Sort(deals)
	return all, deals, nil
}

// mostAlone is how many deals are tried by themselves.
const mostAlone = 6

// dealsAtHome are the unsigned deals that are not dead and have a place in the regions of a target, the smallest demand first.
func (r *reasons) dealsAtHome(tg *headroom.Target) []string {
	c := r.c
	size := map[string]float64{}
	for _, k := range c.VehicleLines {
		a := find(c.Arrangements, k.Arrangement, headroom.Arrangement.Key)
		line := find(c.Lines, k.Line, headroom.Line.Key)
		if a == nil || line == nil || c.InForce(*a) || a.Status.Dead() || !k.Compatible {
			continue
		}
		p := find(c.Plants, line.Plant, headroom.Plant.Key)
		if p == nil || !(slices.Contains(tg.Regions, "*") || slices.Contains(tg.Regions, p.Region) || len(tg.Regions) == 0) {
			continue
		}
		size[a.ID] += 0
		for _, d := range c.Demands {
			if d.Vehicle == k.Vehicle {
				size[a.ID] += d.Volume
			}
		}
	}
	var out []string
	for _, a := range c.Arrangements {
		if _, ok := size[a.ID]; ok {
			out = append(out, a.ID)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmpFloat(size[a], size[b]) })
	return out
}

// required is deals with all deals that they require.
func (r *reasons) required(deals []string) []string {
	out := slices.Clone(deals)
	for i := 0; i < len(out); i++ {
		if a := find(r.c.Arrangements, out[i], headroom.Arrangement.Key); a != nil {
			for _, id := range a.Requires {
				if !slices.Contains(out, id) {
					out = append(out, id)
				}
			}
		}
	}
	return out
}

// capacityIn is what all lines of the plants of regions can build in a period, whatever their state may have to become.
func (n *net) capacityIn(regions []string, t int) float64 {
	sum := 0.0
	for p := range n.c.Plants {
		if !n.inRegions(p, regions) || (!n.considered[p] && n.c.Plants[p].InitialState != headroom.Operating && n.c.Plants[p].InitialState != "") {
			continue
		}
		site := 0.0
		for _, l := range n.lines[p] {
			site += n.lineMax(l, t) * n.book.LineShare(l, t)
		}
		if permit := n.c.Plants[p].SiteCap; permit.Set {
			site = min(site, permit.Value*n.book.Years(t))
		}
		sum += site
	}
	return sum
}

// Capacity is what all lines of the plants of regions can build in a period on their largest pattern with overtime.
func Capacity(c *headroom.Case, regions []string, period string) (float64, error) {
	n := newNet(c)
	for t, per := range c.Periods {
		if per.ID == period {
			return n.capacityIn(regions, t), nil
		}
	}
	return 0, fmt.Errorf("there is no period %q", period)
}

// StraightTime is what the lines of a plant can build in a period on their largest patterns without overtime, and within the
// site's permit; 0 where there is no such plant or period.
func StraightTime(c *headroom.Case, plant, period string) float64 {
	n := newNet(c)
	sum := 0.0
	for t, per := range c.Periods {
		for p := range c.Plants {
			if per.ID != period || c.Plants[p].ID != plant {
				continue
			}
			for _, l := range n.lines[p] {
				best := 0.0
				for _, j := range n.patterns[l] {
					best = max(best, n.capacity(l, j, t))
				}
				sum += best
			}
			if permit := c.Plants[p].SiteCap; permit.Set {
				sum = min(sum, permit.Value*per.Years())
			}
		}
	}
	return sum
}

// whole writes a number of vehicles with thousands separated.
func whole(v float64) string {
	s := fmt.Sprintf("%.0f", math.Abs(v))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if v <= -0.5 {
		return "-" + s
	}
	return s
}

// some writes a number of vehicles that is more than none.
func some(v float64) string {
	if v < 0.5 {
		return "a part of one"
	}
	return whole(v)
}

func join(names []string) string {
	switch len(names) {
	case 0:
		return "nothing"
	case 1:
		return names[0]
	}
	s := names[0]
	for _, n := range names[1 : len(names)-1] {
		s += ", " + n
	}
	return s + " and " + names[len(names)-1]
}
