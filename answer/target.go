package answer

import (
	"context"
	"fmt"
	"math"

	"headroom"
	"headroom/lp"
	"headroom/planner"
)

// question is the target that an answer is about.
type question struct {
	target  *headroom.Target
	regions []string
	period  string  // its last period
	value   float64 // vehicles in that period
}

// mainTarget is the min target of the largest value, in its last period. A case without one asks about all plants in its last
// period, and value is 0.
func mainTarget(c *headroom.Case) question {
	last := c.Periods[len(c.Periods)-1]
	q := question{regions: []string{"*"}, period: last.ID}
	best := 0.0
	for i := range c.Targets {
		t := &c.Targets[i]
		if t.Sense == "max" || t.Value <= best {
			continue
		}
		best = t.Value
		q.target, q.regions, q.period = t, t.Regions, t.Period
		if t.Period == "*" {
			q.period = last.ID
		}
	}
	for _, p := range c.Periods {
		if p.ID == q.period {
			q.value = best * p.Years()
		}
	}
	return q
}

// HasTarget reports whether a case asks for a least number of vehicles.
func HasTarget(c *headroom.Case) bool { return mainTarget(c).target != nil }

// built is what the plants of regions build in a period of a plan.
func built(c *headroom.Case, p *headroom.Plan, regions []string, period string) float64 {
	in := map[string]bool{}
	for _, pl := range c.Plants {
		for _, r := range regions {
			if r == "*" || r == pl.Region {
				in[pl.ID] = true
			}
		}
	}
	sum := 0.0
	for _, o := range p.Outputs {
		if o.Period == period && in[o.Plant] {
			sum += o.Units
		}
	}
	return sum
}

// limits are the largest outputs that can be had at each level, whatever they cost, and the capacity of the lines. Of what is found by
// a solver the proved bound counts, since "at most" is said of it.
type limits struct {
	signed, deals, candidates float64
	straight                  float64 // capacity of the plants that operate, on their largest patterns without overtime
	standing, capacity        float64 // the same with overtime, and with the plants that may be opened
	stopped                   string  // why a level is not known, or is known less well than it was to be; "" for neither
	unknown                   bool    // no bound is known of a level
}

// known reports whether there is a bound for each level.
func (l *limits) known() bool { return !l.unknown }

// proof says how firm the limits are.
func (l *limits) proof() headroom.PartProof {
	switch {
	case l.unknown:
		return headroom.PartProof{Status: headroom.StatusNotTried, Stopped: l.stopped}
	case l.stopped != "":
		return headroom.PartProof{Status: headroom.StatusLimit, Stopped: l.stopped}
	}
	return headroom.PartProof{Status: headroom.StatusVerified, Stopped: lp.StopOptimal.String()}
}

func findLimits(ctx context.Context, c *headroom.Case, s lp.Solver, q question, o planner.Options) (limits, error) {
	var l limits
	var err error
	most := func(who string, d *headroom.Case) float64 {
		if err != nil || l.unknown {
			return 0
		}
		if ctx.Err() != nil {
			l.stopped, l.unknown = lp.StopInterrupt.String(), true
			return 0
		}
		var m planner.Most
		m, err = planner.LargestOutput(lp.Asking(ctx, "largest output "+who), d, s, q.regions, q.period, o)
		if err == nil && m.Stopped != lp.StopOptimal.String() {
			l.stopped = m.Stopped
		}
		l.unknown = err == nil && (math.IsInf(m.Bound, 0) || math.IsNaN(m.Bound))
		return m.Bound
	}
	open := openDeals(c)
	l.signed = most("signed", signedOnly(c))
	l.deals = most("with deals", with(signedOnly(c, open...), open...))
	l.candidates = most("with candidates", with(c, open...))
	if err != nil {
		return l, fmt.Errorf("largest output: %w", err)
	}
	for _, p := range signedOnly(c).Plants {
		if inAny(q.regions, p.Region) && p.InitialState != headroom.Closed && p.InitialState != headroom.Greenfield {
			l.straight += planner.StraightTime(c, p.ID, q.period)
		}
	}
	if l.standing, err = planner.Capacity(signedOnly(c), q.regions, q.period); err != nil {
		return l, err
	}
	l.capacity, err = planner.Capacity(c, q.regions, q.period)
	return l, err
}

// binds tells what stands between a plan and the target, in vehicles.
func binds(q question, units float64, l limits, deals int) []headroom.Cause {
	if q.value == 0 {
		return nil
	}
	var out []headroom.Cause
	add := func(cause string, amount float64, format string, args ...any) {
		if amount >= 0.5 {
			out = append(out, headroom.Cause{Cause: cause, Units: math.Round(amount), Text: fmt.Sprintf(format, args...)})
		}
	}
	if l.known() {
		add("worth", min(l.signed, q.value)-units,
			"could be built and sold on what is committed and signed but is not worth its cost (at most %s)", thousands(l.signed))
		add("signature", min(l.deals, q.value)-min(l.signed, q.value),
			"the %d unsigned deals bring the most that can be built to %s", deals, thousands(l.deals))
		add("programme", q.value-max(l.deals, 0),
			"no committed, signed or talked-of vehicle would fill them; the candidates of the case bring it to %s", thousands(l.candidates))
	}
	add("capacity", q.value-l.straight,
		"the plants that operate can build %s on their largest shift pattern, %s with overtime, and %s with the plants that may be opened",
		thousands(l.straight), thousands(l.standing), thousands(l.capacity))
	return out
}

// thousands writes a number of vehicles as 1,234,567.
func thousands(v float64) string {
	s := fmt.Sprintf("%.0f", math.Abs(math.Round(v)))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if v <= -0.5 {
		return "-" + s
	}
	return s
}
