package answer

import (
	"cmp"
	"slices"

	"headroom"
	"headroom/cost"
)

// builtOn shares out what the plants of regions build in a period of a plan by the status of the demand that it meets. Each
// vehicle goes to a market whose demand in that period is a volume that grew to it: the part volume/demand of the vehicle rests
// on the figure of the volume, and what is left, if anything, on that of the growth, or of the limit of growth where that holds it
// back. A figure has the status of the least firm of its claims; one that rests on an assumption or a scenario is assumed.
// Weights of a fit are not counted.
func builtOn(c *headroom.Case, p *headroom.Plan, regions []string, period string) []headroom.StatusShare {
	full := cost.New(c)
	flat := cost.New(changedDemand(c, true))
	free := cost.New(changedDemand(c, false))
	at := map[string]int{}
	for i, v := range c.Vehicles {
		at["v"+v.ID] = i
	}
	for i, m := range c.Markets {
		at["m"+m.ID] = i
	}
	t := slices.IndexFunc(c.Periods, func(x headroom.Period) bool { return x.ID == period })
	st := statuses(c)
	sums, sum := map[string]float64{}, 0.0
	for _, f := range p.Flows {
		i := position(c.Plants, func(pl headroom.Plant) bool { return pl.ID == f.Plant })
		if f.Period != period || i < 0 || !inAny(regions, c.Plants[i].Region) {
			continue
		}
		v, m := at["v"+f.Vehicle], at["m"+f.Market]
		demand, volume := full.Demand(v, m, t).Units, flat.Demand(v, m, t).Units
		more := "growth"
		if free.Demand(v, m, t).Units > demand {
			more = "max_volume"
		}
		key := demandKey(c, f.Vehicle, f.Market, period)
		part := 1.0
		if demand > volume {
			part = volume / demand
		}
		sums[st.of("demand", key, "volume")] += part * f.Units
		if part < 1 {
			sums[st.of("demand", key, more)] += (1 - part) * f.Units
		}
		sum += f.Units
	}
	return shares(sums, sum)
}

// changedDemand is a case whose demand has no limit of growth and, if flat, no growth.
func changedDemand(c *headroom.Case, flat bool) *headroom.Case {
	d := *c
	d.Demands = slices.Clone(c.Demands)
	for i := range d.Demands {
		if d.Demands[i].MaxVolume = (headroom.Opt{}); flat {
			d.Demands[i].Growth = headroom.Opt{}
		}
	}
	return &d
}

// demandKey is the key of the row of demand that holds in a period.
func demandKey(c *headroom.Case, vehicle, market, period string) string {
	key := ""
	for i := range c.Demands {
		if d := &c.Demands[i]; d.Vehicle == vehicle && d.Market == market && (d.Period == period || d.Period == "*" && key == "") {
			key = d.Key()
		}
	}
	return key
}

// figureStatuses tells the statuses of figures.
type figureStatuses struct {
	c      *headroom.Case
	claims map[string]string
}

func statuses(c *headroom.Case) figureStatuses {
	s := figureStatuses{c, map[string]string{}}
	for i := range c.Claims {
		s.claims[c.Claims[i].ID] = c.Claims[i].Status
	}
	return s
}

// unlabelled is the status of a figure that rests on nothing.
const unlabelled = "unlabelled"

// of is the status of a figure: that of the least firm of its claims.
func (s figureStatuses) of(table, key, column string) string {
	l := s.c.Labels[headroom.Ref{Table: table, Key: key, Column: column}]
	if l.Basis == headroom.BasisAssumption {
		return StatusAssumed
	}
	worst := ""
	for _, id := range l.Claims {
		if x := s.claims[id]; worst == "" || cmp.Compare(slices.Index(statusOrder, x), slices.Index(statusOrder, worst)) > 0 {
			worst = x
		}
	}
	if worst == "" {
		return unlabelled
	}
	return worst
}
