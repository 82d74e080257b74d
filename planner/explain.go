package planner

import (
	"context"
	"fmt"
	"math"
	"slices"

	"headroom"
	"headroom/lp"
)

// structure is the cause where no volumes mend a case.
var structure = headroom.Cause{
	Cause: "structure",
	Text:  "no choice of volumes mends this case: a rule on states, patterns, launches or deals contradicts another; look at the findings of headroom check",
}

// explain finds the least that must give way for a case to have a plan, in vehicles: an elastic programme in which each rule
// that a user can change (commitment, minimum of a deal or a place, demand that must be served, hard target) may be broken at a
// price, and nothing else counts. Targets give way first. What is left broken is told in words; a target is split into want of a
// programme, of a signature and of capacity.
func explain(ctx context.Context, n *net, s lp.Solver, o Options) ([]headroom.Cause, error) {
	m, err := build(n, o, true)
	if err != nil {
		return nil, err
	}
	lo := lp.Options{Gap: 1e-4, Time: o.Time, Seed: max(1, o.Seed), Threads: max(1, o.Threads)}
	out, err := lp.Run(ctx, s, m.Problem, lo, lp.RunOptions{Gate: lp.GateOptions{MinQuantity: minQuantity / m.VolumeUnit}})
	if err != nil {
		return nil, err
	}
	if out.X == nil {
		return []headroom.Cause{structure}, nil
	}
	least, most := 0.5, 0.0
	for _, sl := range m.slacks {
		most = max(most, out.X[sl.col]*m.VolumeUnit)
	}
	if most < least {
		least = most // part of a vehicle is all that is missing
	}
	var causes []headroom.Cause
	for _, sl := range m.slacks {
		short := out.X[sl.col] * m.VolumeUnit
		if short < least || short <= 0 {
			continue
		}
		if sl.cause == "target" {
			more, err := m.explainTarget(ctx, s, o, sl, short)
			if err != nil {
				return nil, err
			}
			causes = append(causes, more...)
			continue
		}
		causes = append(causes, headroom.Cause{Cause: sl.cause, Units: math.Round(short), Text: m.inWords(sl, short)})
	}
	return causes, nil
}

// inWords says what a broken rule asks for and what it lacks.
func (m *Model) inWords(sl slack, short float64) string {
	n, c, k := m.net, m.net.c, sl.key
	period := c.Periods[k.t].ID
	switch sl.cause {
	case "commitment":
		pl := &n.places[k.a]
		return fmt.Sprintf("%s is committed to %s with a minimum run of %s vehicles in %s, of which %s do not fit: more capacity, a lower min_run or an earlier committed_until",
			pl.row.Vehicle, pl.row.Line, whole(sl.amount), period, some(short))
	case "deal":
		return fmt.Sprintf("the deal %s has a minimum of %s vehicles in %s, of which %s cannot be built or sold: a lower minimum, a later start or more demand",
			c.Arrangements[n.deals[k.a].arr].ID, whole(sl.amount), period, some(short))
	case "demand":
		pr := n.pairs[k.a]
		return fmt.Sprintf("%s vehicles of the demand for %s in %s must be served in %s and %s of them cannot: more capacity, a lane or a place, a lower min_service, or a lost_sale cost",
			whole(sl.amount), c.Vehicles[pr[0]].ID, c.Markets[pr[1]].ID, period, some(short))
	}
	return fmt.Sprintf("the minimum of %s lacks %s vehicles in %s", m.name(k), some(short), period)
}

// explainTarget tells what a hard target lacks: how far what is committed and signed can go, what unsigned deals would add,
// what the plants can build at all.
func (m *Model) explainTarget(ctx context.Context, s lp.Solver, o Options, sl slack, short float64) ([]headroom.Cause, error) {
	c := m.net.c
	tg := &c.Targets[sl.key.a]
	t := int(sl.key.t)
	period := c.Periods[t].ID
	signed := sl.amount - short
	causes := []headroom.Cause{{
		Cause: "target", Units: math.Round(short),
		Text: fmt.Sprintf("target %s asks for %s vehicles in %s; what is committed and signed, and what may be considered, reaches %s at most",
			tg.ID, whole(sl.amount), period, whole(signed)),
	}}
	all, deals, err := m.withAllDeals(ctx, s, o, tg, period, signed)
	if err != nil {
		return nil, err
	}
	if add := min(all, sl.amount) - signed; add > 0.5 {
		causes = append(causes, headroom.Cause{
			Cause: "signature", Units: math.Round(add),
			Text: fmt.Sprintf("signing %s would bring it to %s at most", join(deals), whole(all)),
		})
	}
	capacity := m.net.capacityIn(tg.Regions, t)
	if lack := sl.amount - capacity; lack > 0.5 {
		causes = append(causes, headroom.Cause{
			Cause: "capacity", Units: math.Round(lack),
			Text: fmt.Sprintf("the lines that stand or may be opened build %s in %s on their largest pattern with overtime: %s vehicles of capacity are wanted",
				whole(capacity), period, whole(lack)),
		})
	}
	if lack := min(capacity, sl.amount) - all; lack > 0.5 {
		causes = append(causes, headroom.Cause{
			Cause: "programme", Units: math.Round(lack),
			Text: fmt.Sprintf("capacity for %s more vehicles stands without a programme that may be built there and finds a buyer", whole(lack)),
		})
	}
	return causes, nil
}

// withAllDeals is the largest output with every unsigned deal that is not dead counted in, and their names.
func (m *Model) withAllDeals(ctx context.Context, s lp.Solver, o Options, tg *headroom.Target, period string, signed float64) (float64, []string, error) {
	c := *m.net.c
	var open []string
	for _, a := range c.Arrangements {
		if !c.InForce(a) && !a.Status.Dead() {
			open = append(open, a.ID)
		}
	}
	if len(open) == 0 {
		return signed, nil, nil
	}
	c.With = append(slices.Clone(c.With), open...)
	units, _, err := MaxOutput(ctx, &c, s, tg.Regions, period, o)
	if err != nil {
		return signed, open, nil // the deals cannot be had together: they add nothing that is proved
	}
	return max(units, signed), open, nil
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
			site += n.lineMax(l, t)
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
	n, err := newNet(c)
	if err != nil {
		return 0, err
	}
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
	n, err := newNet(c)
	if err != nil {
		return 0
	}
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
