package ledger

import (
	"sort"

	"headroom"
)

// checkSteady checks the steady year (section 5 of the formulation). That it sends what it builds is checked with the flows.
func (x *checker) checkSteady() {
	end, first := x.r.steady(), x.v.base()
	if x.v.rule() != headroom.TerminalAnnuity {
		for _, o := range x.r.outputs {
			if o.t == end {
				x.say(RuleSteadyOutput, o.place.key.String(), end, "the terminal rule has no steady year")
			}
		}
		for i := range x.r.flows {
			if x.r.flows[i].t == end {
				x.say(RuleSteadyFlow, flowKey(x.r.flows[i].FlowRow), end, "the terminal rule has no steady year")
			}
		}
		return
	}
	periods := float64(end - first)
	for _, o := range x.r.outputs {
		if o.t != end {
			continue
		}
		mean := 0.0
		for t := first; t < end; t++ {
			mean += x.units(o.place, t) / x.v.years[t] / periods
		}
		x.atMost(RuleSteadyOutput, o.place.key.String(), end, o.units, mean, "built a year against the mean of the last periods")
		if s := x.state(o.place.plant, first); s != headroom.Operating {
			x.atMost(RuleSteadyOutput, o.place.key.String(), end, o.units, 0, "built a year in a plant that is "+string(s))
		}
	}
	x.checkSteadyFlows(first)
	x.checkSteadyLines(first)
}

// checkSteadyFlows checks that no flow of the steady year is more than the mean of the last periods.
func (x *checker) checkSteadyFlows(first int) {
	end := x.r.steady()
	mean := map[string]float64{}
	for i := range x.r.flows {
		if f := &x.r.flows[i]; f.t >= first && f.t < end {
			mean[flowKey(f.FlowRow)] += f.Units / x.v.years[f.t] / float64(end-first)
		}
	}
	for i := range x.r.flows {
		if f := &x.r.flows[i]; f.t == end {
			name := flowKey(f.FlowRow)
			x.atMost(RuleSteadyFlow, name, end, f.Units, mean[name], "sent a year against the mean of the last periods")
		}
	}
}

// checkSteadyLines checks that lines keep to the pattern of t0, overtime counted in.
func (x *checker) checkSteadyLines(first int) {
	end := x.r.steady()
	loads := x.r.loads(end)
	lines := make([]string, 0, len(loads))
	for id := range loads {
		lines = append(lines, id)
	}
	sort.Strings(lines)
	for _, id := range lines {
		limit := 0.0
		if s := x.r.shift(id, first); s != nil {
			limit = s.yearly * (1 + s.pattern.OvertimeShare/100) * x.v.lineShare(s.line, x.v.last())
		}
		x.atMost(RuleSteadyOutput, id, end, loads[id], limit, "built a year, at the rate of the line, against the pattern of "+x.v.name(first))
	}
}
