package ledger

import (
	"fmt"
	"slices"

	"headroom"
)

// levy is a duty per vehicle: a percentage of the customs value and an amount in base currency.
type levy struct{ rate, specific float64 }

// duty is the levy on a flow in period t (section 4 of the formulation): the mean over the days of the period of what is due
// on each. Days from one change of a row to the next are alike.
func (v *view) duty(f *flow, t int) (levy, error) {
	var total levy
	if f.Regime == headroom.RegimeDomestic {
		return total, nil
	}
	from, to := v.territory(f.plant.Region), v.territory(f.market.Region)
	q := v.quota(to, from, t)
	if q == nil && (f.Regime == headroom.RegimeQuotaIn || f.Regime == headroom.RegimeQuotaOut) {
		return total, fmt.Errorf("no quota of %s for %s in period %s", to, from, v.c.Periods[t].ID)
	}
	last := v.c.Periods[t].To
	for day := v.c.Periods[t].From; day <= last; {
		end := last
		for i := range v.c.Duties {
			d := &v.c.Duties[i]
			if d.Importer != to {
				continue
			}
			if d.From > day {
				end = min(end, d.From.AddDays(-1))
			}
			if d.To >= day {
				end = min(end, d.To)
			}
		}
		due, err := v.dutyOn(day, f, from, to, q, t)
		if err != nil {
			return total, err
		}
		share := v.share(day, end, t)
		total.rate += share * due.rate
		total.specific += share * due.specific
		day = end.AddDays(1)
	}
	return total, nil
}

// dutyOn is the levy on one day.
func (v *view) dutyOn(day headroom.Date, f *flow, from, to string, q *headroom.Quota, t int) (levy, error) {
	var due levy
	first, err := v.layer(headroom.MFN, "", day, f.vehicle, from, to)
	if err != nil {
		return due, err
	}
	switch f.Regime {
	case headroom.RegimeQuotaIn:
		due.rate, first = q.InRate, nil
	case headroom.RegimeQuotaOut:
		due.rate, first = q.OutRate, nil
	case headroom.RegimePreferential:
		preferred, err := v.layer(headroom.Preferential, f.Agreement, day, f.vehicle, from, to)
		switch {
		case err != nil:
			return due, err
		case len(preferred) > 0:
			first = preferred
		case q != nil: // the preference does not hold on this day
			due.rate, first = q.OutRate, nil
		}
	}
	rows := first
	for _, l := range []headroom.Layer{headroom.Countervailing, headroom.Safeguard, headroom.Surtax, headroom.Rise} {
		more, err := v.layer(l, "", day, f.vehicle, from, to)
		if err != nil {
			return due, err
		}
		rows = append(rows, more...)
	}
	for _, d := range rows {
		if err := v.join(&due, d, t); err != nil {
			return due, err
		}
	}
	return due, nil
}

// layer returns the duty rows of one layer that count for a vehicle from a territory on a day: the one that names the flow most
// closely, with the others of the layer where both say "add". agreement picks the preferential rows. Two rows that name it
// equally closely are an error.
func (v *view) layer(l headroom.Layer, agreement string, day headroom.Date, x *headroom.Vehicle, from, to string) ([]*headroom.Duty, error) {
	var all []*headroom.Duty
	var closest, rival *headroom.Duty
	best := -1
	for i := range v.c.Duties {
		d := &v.c.Duties[i]
		if d.Layer != l || d.Importer != to || d.From > day || d.To != 0 && d.To < day || l == headroom.Preferential && d.Agreement != agreement {
			continue
		}
		n := v.specificity(d, x, from)
		if n < 0 {
			continue
		}
		all = append(all, d)
		switch {
		case n > best:
			closest, rival, best = d, nil, n
		case n == best && (d.Combine != headroom.CombineAdd || closest.Combine != headroom.CombineAdd):
			rival = d
		}
	}
	switch {
	case rival != nil:
		return nil, fmt.Errorf("duties %s and %s both hold on %s", closest.ID, rival.ID, day)
	case closest == nil:
		return nil, nil
	case closest.Combine != headroom.CombineAdd:
		return []*headroom.Duty{closest}, nil
	}
	return slices.DeleteFunc(all, func(d *headroom.Duty) bool { return d.Combine != headroom.CombineAdd }), nil
}

// specificity is how closely a duty row names a flow, −1 where it does not match: the origin before every origin, then the
// maker before its parent before every maker, and only then the powertrain before every powertrain.
func (v *view) specificity(d *headroom.Duty, x *headroom.Vehicle, from string) int {
	n := 0
	switch o := orEvery(d.Origin); o {
	case every:
	case from:
		n = 100
	default:
		return -1
	}
	switch m := orEvery(d.Maker); {
	case m == every:
	case m == x.Maker:
		n += 20
	case x.Maker != "" && m == v.parents[x.Maker]:
		n += 10
	default:
		return -1
	}
	switch w := orEvery(d.Powertrain); w {
	case every:
	case x.Powertrain:
		n++
	default:
		return -1
	}
	return n
}

// join puts one row on top of the layers before it.
func (v *view) join(total *levy, d *headroom.Duty, t int) error {
	one := levy{rate: d.AdValorem}
	if d.Specific != 0 {
		fx, err := v.fx(d.Currency, t)
		if err != nil {
			return fmt.Errorf("duty %s: %w", d.ID, err)
		}
		one.specific = d.Specific * fx
	}
	switch d.Combine {
	case headroom.CombineReplace:
		*total = one
	case headroom.CombineMax:
		total.rate = max(total.rate, one.rate)
		total.specific = max(total.specific, one.specific)
	case headroom.CombineAdd, "":
		total.rate += one.rate
		total.specific += one.specific
	default:
		return fmt.Errorf("duty %s: combine %q", d.ID, d.Combine)
	}
	return nil
}

// preferred reports whether a preferential row of an agreement holds for a vehicle from a territory on some day of period t.
func (v *view) preferred(agreement string, x *headroom.Vehicle, from, to string, t int) bool {
	return slices.ContainsFunc(v.c.Duties, func(d headroom.Duty) bool {
		return d.Layer == headroom.Preferential && d.Agreement == agreement && d.Importer == to && v.share(d.From, d.To, t) > 0 && v.specificity(&d, x, from) >= 0
	})
}
