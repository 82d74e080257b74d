package answer

import (
	"context"
	"math"
	"sync"

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
	reason        string
}

// deals judges each deal that is not called off by two plans: one in which it is signed and in force and one in which it is not. A
// deal that is a fact is taken out of base, any other is put into it.
func deals(ctx context.Context, c *headroom.Case, s lp.Solver, q question, base valued, o planner.Options) ([]headroom.BriefDeal, error) {
	signed := signedOnly(c)
	var all []*dealPlans
	for i := range c.Arrangements {
		a := &c.Arrangements[i]
		switch {
		case a.Status.Dead():
			all = append(all, &dealPlans{a: a, reason: "called off"})
		case !hasPlaces(c, a.ID):
			all = append(all, &dealPlans{a: a, reason: "nothing is known of what it would build where"})
		case a.Status.Fact():
			all = append(all, &dealPlans{a: a, yes: signed, with: base, no: without(signed, a.ID)})
		default:
			all = append(all, &dealPlans{a: a, yes: asSigned(signedOnly(c, a.ID), a.ID), no: signed, without: base})
		}
	}
	o.Gap = dealGap
	if err := solveAll(ctx, s, o, all); err != nil {
		return nil, err
	}
	return judge(ctx, c, s, q, all, o)
}

func hasPlaces(c *headroom.Case, arr string) bool {
	for _, k := range c.VehicleLines {
		if k.Arrangement == arr {
			return true
		}
	}
	return false
}

// solveAll makes the plans that are still wanted, two at a time. What each gives does not depend on the order.
func solveAll(ctx context.Context, s lp.Solver, o planner.Options, all []*dealPlans) error {
	return inPairs(len(all), func(i int) error {
		d := all[i]
		if d.reason != "" {
			return nil
		}
		var err error
		if d.with.plan == nil {
			if d.with, err = valueOf(ctx, d.yes, s, o); err != nil {
				return err
			}
		}
		if d.without.plan == nil {
			d.without, err = valueOf(ctx, d.no, s, o)
		}
		return err
	})
}

// inPairs runs n pieces of work, two at a time, and returns the error of the first piece that has one.
func inPairs(n int, work func(i int) error) error {
	errs := make([]error, n)
	slots := make(chan struct{}, 2)
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wg.Done() }()
			errs[i] = work(i)
		}()
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// judge turns the pairs of plans into worths, driving on those whose interval is wider than a tenth of the largest worth.
func judge(ctx context.Context, c *headroom.Case, s lp.Solver, q question, all []*dealPlans, o planner.Options) ([]headroom.BriefDeal, error) {
	largest := largestWorth(all)
	tight := o
	tight.Gap = dealGap / 50
	var again []*dealPlans
	for _, d := range all {
		if low, high := d.worth(); d.reason == "" && !math.IsInf(high-low, 0) && high-low > decidedShare*largest {
			again = append(again, d)
			if d.a.Status.Fact() {
				d.without = valued{}
			} else {
				d.with = valued{}
			}
		}
	}
	if err := solveAll(ctx, s, tight, again); err != nil {
		return nil, err
	}
	largest = largestWorth(all)
	var out []headroom.BriefDeal
	for _, d := range all {
		out = append(out, d.row(c, q, largest))
	}
	return out, nil
}

func (d *dealPlans) worth() (low, high float64) {
	return d.with.low - d.without.high, d.with.high - d.without.low
}

func largestWorth(all []*dealPlans) float64 {
	largest := 0.0
	for _, d := range all {
		if low, high := d.worth(); d.reason == "" && !math.IsInf(low, 0) && !math.IsInf(high, 0) {
			largest = max(largest, math.Abs(low+high)/2)
		}
	}
	return largest
}

func (d *dealPlans) row(c *headroom.Case, q question, largest float64) headroom.BriefDeal {
	row := headroom.BriefDeal{Deal: d.a.ID, Name: d.a.Name, Host: d.a.Host, Guest: d.a.Guest, Status: d.a.Status, Note: d.reason}
	if d.reason != "" {
		return row
	}
	low, high := d.worth()
	if !HasPlan(d.with.plan) {
		row.Note = "cannot be kept: " + string(d.with.plan.Status)
		if len(d.with.plan.Explanation) > 0 {
			row.Note = "cannot be kept: " + d.with.plan.Explanation[0].Text
		}
		return row
	}
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
	row.Units = built(c, &mine, []string{"*"}, q.period)
	row.HomeUnits = built(c, &mine, q.regions, q.period)
	if !math.IsInf(low, 0) && !math.IsInf(high, 0) {
		row.WorthLow, row.WorthHigh = &low, &high
		row.Decided = high-low <= decidedShare*largest
	}
	return row
}
