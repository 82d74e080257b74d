package answer

import (
	"context"
	"math"

	"headroom"
	"headroom/lp"
	"headroom/planner"
)

// decidedShare is how much of the largest worth shown the proved interval of a worth may be; else it is "not decided".
const decidedShare = 0.1

// dealGap is the relative gap of the first plan of a deal; those whose interval is too wide are driven on.
const dealGap = 5e-5

// valued is a plan of a case with what its value is proved to lie between.
type valued struct {
	plan      *headroom.Plan
	low, high float64
}

func valueOf(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options) (valued, error) {
	p, err := Plan(ctx, c, s, o)
	if err != nil {
		return valued{}, err
	}
	v := valued{plan: p, low: math.Inf(-1), high: math.Inf(1)}
	if p.Status == headroom.StatusVerified || p.Status == headroom.StatusLimit {
		v.low, v.high = p.Value, p.Bound
		if p.Objective == "cost" {
			v.low, v.high = -p.Value, -p.Bound
		}
	}
	return v, nil
}

// dealPlans are the two plans that a deal is judged by.
type dealPlans struct {
	a             *headroom.Arrangement
	yes, no       *headroom.Case
	with, without valued
	base          *headroom.Plan // which one of the two may be
	reason        string         // why it is not judged
}

// wanted is how many plans a deal still wants.
func (d *dealPlans) wanted() int {
	n := 0
	if d.reason != "" {
		return n
	}
	for _, v := range []valued{d.with, d.without} {
		if v.plan == nil {
			n++
		}
	}
	return n
}

// deals judges each deal that is not called off by two plans: one in which it is signed and in force and one in which it is not. A
// deal that is a fact is taken out of base, any other is put into it.
func deals(ctx context.Context, c *headroom.Case, s lp.Solver, q question, base valued, o planner.Options, steps *steps) ([]headroom.BriefDeal, error) {
	o.ReasonTime = reasonTime
	plan := signedOnly(c)
	var all []*dealPlans
	for i := range c.Arrangements {
		a := &c.Arrangements[i]
		switch {
		case a.Status.Dead():
			all = append(all, &dealPlans{a: a, reason: "called off"})
		case !hasPlaces(c, a.ID):
			all = append(all, &dealPlans{a: a, reason: "nothing is known of what it would build where"})
		default:
			d := &dealPlans{a: a, base: base.plan}
			d.yes, d.no = dealCases(c, a.ID)
			if a.Status.Fact() {
				d.with = base
			} else if sameVehicles(plan, d.no) {
				d.without = base
			}
			all = append(all, d)
		}
	}
	o.Gap = dealGap
	if err := solveAll(ctx, s, o, all, steps); err != nil {
		return nil, err
	}
	return judge(ctx, c, s, q, all, o, steps)
}

func hasPlaces(c *headroom.Case, arr string) bool {
	for _, k := range c.VehicleLines {
		if k.Arrangement == arr {
			return true
		}
	}
	return false
}

// solveAll makes the plans that are still wanted, two at a time. What each gives does not depend on the order. None is begun after ctx
// ended.
func solveAll(ctx context.Context, s lp.Solver, o planner.Options, all []*dealPlans, steps *steps) error {
	for _, d := range all {
		steps.of(d.wanted())
	}
	return inPool(ctx, 2, len(all), func(i int) error {
		d := all[i]
		if d.reason != "" {
			return nil
		}
		var err error
		if d.with.plan == nil {
			if d.with, err = valueOf(lp.Asking(ctx, "with "+d.a.ID), d.yes, s, o); err != nil {
				return err
			}
			steps.done(1)
		}
		if d.without.plan == nil && ctx.Err() == nil {
			d.without, err = valueOf(lp.Asking(ctx, "without "+d.a.ID), d.no, s, o)
			steps.done(1)
		}
		return err
	})
}

// judge turns the pairs of plans into worths, driving on those whose interval is wider than a tenth of the largest worth.
func judge(ctx context.Context, c *headroom.Case, s lp.Solver, q question, all []*dealPlans, o planner.Options, steps *steps) ([]headroom.BriefDeal, error) {
	largest := largestWorth(all)
	tight := o
	tight.Gap = dealGap / 50
	again := map[int]*dealPlans{}
	var more []*dealPlans
	for i, d := range all {
		low, high, ok := d.worth()
		if !ok || high-low <= decidedShare*largest {
			continue
		}
		x := &dealPlans{a: d.a, yes: d.yes, no: d.no, base: d.base}
		for _, side := range []struct{ from, to *valued }{{&d.with, &x.with}, {&d.without, &x.without}} {
			if side.from.plan == d.base {
				*side.to = *side.from
			}
		}
		again[i], more = x, append(more, x)
	}
	if err := solveAll(ctx, s, tight, more, steps); err != nil {
		return nil, err
	}
	for i, x := range again {
		if _, _, ok := x.worth(); ok { // what a limit cut short stays as it was
			all[i] = x
		}
	}
	largest = largestWorth(all)
	var out []headroom.BriefDeal
	for _, d := range all {
		out = append(out, d.row(c, q, largest))
	}
	return out, nil
}

// worth is between what the difference of the two values is proved to lie; false where that is not known.
func (d *dealPlans) worth() (low, high float64, ok bool) {
	if d.reason != "" || d.with.plan == nil || d.without.plan == nil {
		return 0, 0, false
	}
	low, high = d.with.low-d.without.high, d.with.high-d.without.low
	return low, high, !math.IsInf(low, 0) && !math.IsInf(high, 0) && !math.IsNaN(high-low)
}

func largestWorth(all []*dealPlans) float64 {
	largest := 0.0
	for _, d := range all {
		if low, high, ok := d.worth(); ok {
			largest = max(largest, math.Abs(low+high)/2)
		}
	}
	return largest
}

func (d *dealPlans) row(c *headroom.Case, q question, largest float64) headroom.BriefDeal {
	row := headroom.BriefDeal{Deal: d.a.ID, Name: d.a.Name, Host: d.a.Host, Guest: d.a.Guest, Status: d.a.Status, Note: d.reason}
	if d.reason != "" {
		row.Proof, row.NoProof = headroom.NotTried(), headroom.NotTried()
		return row
	}
	row.Proof, row.NoProof = PartProof(d.yes, d.with.plan), PartProof(d.no, d.without.plan)
	if row.Note = whyNot(d.with.plan); row.Note != "" {
		return row
	}
	row.Proof = weaker(row.Proof, row.NoProof)
	under := d.under(c)
	row.Units, row.HomeUnits = new(built(c, under, []string{"*"}, q.period)), new(built(c, under, q.regions, q.period))
	if why := whyNot(d.without.plan); why != "" {
		row.Note = "without it: " + why
		return row
	}
	net := func(regions []string) *float64 {
		return new(built(c, d.with.plan, regions, q.period) - built(c, d.without.plan, regions, q.period))
	}
	row.Net, row.HomeNet = net([]string{"*"}), net(q.regions)
	if low, high, ok := d.worth(); ok {
		row.WorthLow, row.WorthHigh = &low, &high
		row.Decided = high-low <= decidedShare*largest
	}
	return row
}

// under is the plan with the deal, with no other output than what is built under it.
func (d *dealPlans) under(c *headroom.Case) *headroom.Plan {
	places := map[string]bool{}
	for _, k := range c.VehicleLines {
		if k.Arrangement == d.a.ID {
			places[k.Vehicle+":"+k.Line+":"+k.Content] = true
		}
	}
	mine := *d.with.plan
	mine.Outputs = nil
	for _, o := range d.with.plan.Outputs {
		if places[o.Vehicle+":"+o.Line+":"+o.Content] {
			mine.Outputs = append(mine.Outputs, o)
		}
	}
	return &mine
}

// whyNot says why there is no plan to tell of, or "". What was not tried is not what cannot be kept.
func whyNot(p *headroom.Plan) string {
	switch {
	case p == nil:
		return string(headroom.StatusNotTried)
	case p.Status == headroom.StatusDisputed:
		return "the plan did not pass its check: " + p.Why
	case HasPlan(p):
		return ""
	case p.Status == headroom.StatusInfeasible && len(p.Explanation) > 0:
		return "cannot be kept: " + p.Explanation[0].Text
	case p.Status == headroom.StatusInfeasible:
		return "cannot be kept"
	case p.Stopped == lp.StopInterrupt.String():
		return "interrupted before there was a plan"
	case p.Status == headroom.StatusNone:
		return "no plan was found before the limit (" + p.Stopped + ")"
	}
	return "no plan: " + string(p.Status)
}
