package ledger

import "headroom"

// readOutputs reads what is built.
func (r *reading) readOutputs(p *headroom.Plan) {
	seen := map[placeKey]map[int]bool{}
	for _, row := range p.Outputs {
		k := placeKey{row.Vehicle, row.Line, orFull(row.Content)}
		t, ok := r.when(k.String(), row.Period)
		if !ok || !r.number(k.String(), row.Period, row.Units) {
			continue
		}
		x := r.place(k, row.Period)
		if x == nil {
			continue
		}
		if x.plant.ID != row.Plant {
			r.fault(RulePlace, k.String(), row.Period, "the line is in another plant than "+row.Plant)
			continue
		}
		if seen[k] == nil {
			seen[k] = map[int]bool{}
		}
		if seen[k][t] {
			r.fault(RuleRow, k.String(), row.Period, "two outputs in one period")
		}
		seen[k][t] = true
		r.outputs = append(r.outputs, output{x, t, row.Units})
		tally(r, r.built, x, t, row.Units)
	}
}

// flowKey is the name of a flow in a violation.
func flowKey(f *headroom.FlowRow) string {
	s := f.Vehicle + ":" + f.Plant + ":" + f.Market + ":" + string(f.Regime)
	if f.Agreement != "" {
		s += ":" + f.Agreement
	}
	return s
}

// readFlows reads what is sent.
func (r *reading) readFlows(p *headroom.Plan) {
	type key struct {
		name string
		t    int
	}
	seen := map[key]bool{}
	for i := range p.Flows {
		row := &p.Flows[i]
		name := flowKey(row)
		t, ok := r.when(name, row.Period)
		if !ok || !r.number(name, row.Period, row.Units) {
			continue
		}
		f := flow{row, r.v.vehicles[row.Vehicle], r.v.plants[row.Plant], r.v.markets[row.Market], t}
		if f.vehicle == nil || f.plant == nil || f.market == nil {
			r.fault(RuleRow, name, row.Period, "no such vehicle, plant or market")
			continue
		}
		switch row.Regime {
		case headroom.RegimeDomestic, headroom.RegimeMFN, headroom.RegimePreferential, headroom.RegimeQuotaIn, headroom.RegimeQuotaOut:
		default:
			r.fault(RuleRegime, name, row.Period, "no such regime")
			continue
		}
		if seen[key{name, t}] {
			r.fault(RuleRow, name, row.Period, "two flows in one period")
		}
		seen[key{name, t}] = true
		r.flows = append(r.flows, f)
		tally(r, r.sold, pair{f.Vehicle, f.Market}, t, f.Units)
	}
}

// readLosts reads what is not served.
func (r *reading) readLosts(p *headroom.Plan) {
	for i := range p.Losts {
		row := &p.Losts[i]
		name := row.Vehicle + ":" + row.Market
		t, ok := r.when(name, row.Period)
		if !ok || !r.number(name, row.Period, row.Units) {
			continue
		}
		l := lost{row, r.v.vehicles[row.Vehicle], t}
		if l.vehicle == nil || r.v.markets[row.Market] == nil {
			r.fault(RuleRow, name, row.Period, "no such vehicle or market")
			continue
		}
		r.losts = append(r.losts, l)
		tally(r, r.gone, pair{l.Vehicle, l.Market}, t, l.Units)
	}
}

// readDeals reads the arrangements in force.
func (r *reading) readDeals(p *headroom.Plan) {
	r.deals = map[string][]*headroom.DealRow{}
	for i := range p.Deals {
		row := &p.Deals[i]
		t, ok := r.when(row.Deal, row.Period)
		if !ok || !r.number(row.Deal, row.Period, row.Units) {
			continue
		}
		if r.v.deals[row.Deal] == nil {
			r.fault(RuleDeal, row.Deal, row.Period, "no such deal")
			continue
		}
		if r.deals[row.Deal] == nil {
			r.deals[row.Deal] = make([]*headroom.DealRow, len(r.v.years))
		}
		r.deals[row.Deal][t] = row
	}
}

// deal returns the row of an arrangement in period t, nil where it is not in force.
func (r *reading) deal(id string, t int) *headroom.DealRow {
	if rows := r.deals[id]; rows != nil && t >= 0 && t < len(rows) {
		return rows[t]
	}
	return nil
}
