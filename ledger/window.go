package ledger

import (
	"math"
	"slices"

	"headroom"
)

// days is a run of days, first and last counted in; an end of zero is open.
type days struct{ from, to headroom.Date }

// both is what two runs of days have in common.
func both(a, b days) days { return days{max(a.from, b.from), earlier(a.to, b.to)} }

// has reports whether a day lies in a run.
func (d days) has(day headroom.Date) bool { return d.from <= day && (d.to == 0 || day <= d.to) }

// of is the share of the days of period t that lie in a run.
func (v *view) of(d days, t int) float64 { return v.share(d.from, d.to, t) }

// afterLead is the first day after a lead in months, of which a broken one counts as whole, from the first day of a period.
func (v *view) afterLead(t int, months float64) headroom.Date {
	return v.c.Periods[t].From.AddMonths(int(math.Ceil(months)))
}

// termFrom is when an arrangement is in force that begins on a day.
func termFrom(a *headroom.Arrangement, begin headroom.Date) days {
	d := days{from: begin}
	if a.TermYears > 0 {
		d.to = begin.AddMonths(int(math.Round(12 * a.TermYears))).AddDays(-1)
	}
	return d
}

// signedDays is when an arrangement is in force that is a fact.
func (v *view) signedDays(a *headroom.Arrangement) days {
	if a.EarliestStart == 0 {
		return termFrom(a, v.firstDay())
	}
	return termFrom(a, a.EarliestStart)
}

// dates are the days on which the dates of the case let a place build: line, SOP and EOP, an arrangement that is a fact, and the
// first day of a commitment that begins within the horizon.
func (v *view) dates(k *place) days {
	d := days{k.from(), k.to()}
	if k.deal != nil && k.deal.Status.Fact() {
		d = both(d, v.signedDays(k.deal))
	}
	if k.CommittedUntil == 0 || v.running(k) {
		return d
	}
	begun := both(d, days{from: k.CommittedFrom})
	for t := range v.years {
		if v.of(both(begun, days{to: k.CommittedUntil}), t) > 0 {
			return begun
		}
	}
	return d // it is not committed within the horizon
}

// window are the days on which a place can build in period t under a plan: its dates, the lead of its launch, the term of its
// arrangement, the lead of its plant's opening.
func (r *reading) window(k *place, t int) days {
	d := r.v.dates(k)
	if u := r.launched(k, t); u >= 0 && !r.v.begins(k, u) {
		d.from = max(d.from, r.v.afterLead(u, k.Lead))
	}
	if k.deal != nil && !k.deal.Status.Fact() {
		d = both(d, r.inForce(k.deal))
	}
	if u := r.opened(k.plant, t); u >= 0 && k.plant.ReopenLead > 0 {
		d.from = max(d.from, r.v.afterLead(u, k.plant.ReopenLead))
	}
	return d
}

// begins reports whether a commitment of a place begins in period t: its launch is then decided by the case.
func (v *view) begins(k *place, t int) bool {
	if v.running(k) || v.committed(k, t) == 0 {
		return false
	}
	for u := range t {
		if v.committed(k, u) > 0 {
			return false
		}
	}
	return true
}

// launched is the period of a place's last launch up to period t, -1 for none.
func (r *reading) launched(k *place, t int) int {
	for u := t; u >= 0; u-- {
		if row := r.alloc(k, u); row != nil && row.Launch {
			return u
		}
	}
	return -1
}

// opened is the period up to t in which a plant last became operating, -1 for none.
func (r *reading) opened(p *headroom.Plant, t int) int {
	states := r.states[p.ID]
	for u := t; u >= 0; u-- {
		before := p.InitialState
		if before == "" {
			before = headroom.Operating
		}
		if u > 0 {
			before = states[u-1]
		}
		if states[u] == headroom.Operating && before != headroom.Operating {
			return u
		}
	}
	return -1
}

// inForce is when an arrangement is in force in a plan: of a fact as the case says, of an option from the first period that has
// it, or the earliest start within that, for its term.
func (r *reading) inForce(a *headroom.Arrangement) days {
	if a.Status.Fact() {
		return r.v.signedDays(a)
	}
	for t := range r.v.years {
		if r.deal(a.ID, t) != nil {
			return termFrom(a, max(a.EarliestStart, r.v.c.Periods[t].From))
		}
	}
	return days{from: 2, to: 1}
}

// rampOf is the share of full rate that a place has in period t: the ramp counts from the first period that has a day of its dates and
// its arrangement after the lead.
func (r *reading) rampOf(k *place, t int) float64 {
	u := r.launched(k, t)
	if u < 0 {
		return 1
	}
	from := r.v.dates(k).from
	if !r.v.begins(k, u) {
		from = max(from, r.v.afterLead(u, k.Lead))
	}
	if k.deal != nil && !k.deal.Status.Fact() {
		from = max(from, r.inForce(k.deal).from)
	}
	for u < t && r.v.c.Periods[u].To < from {
		u++
	}
	return k.ramp(t - u)
}

// slices of a period: runs of days between which some window opens or closes.
func (v *view) slices(t int, windows []days) []days {
	p := v.c.Periods[t]
	edges := []headroom.Date{p.From}
	for _, w := range windows {
		if w.from > p.From && w.from <= p.To {
			edges = append(edges, w.from)
		}
		if w.to >= p.From && w.to < p.To {
			edges = append(edges, w.to.AddDays(1))
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	out := make([]days, len(edges))
	for i, e := range edges {
		out[i] = days{e, p.To}
		if i+1 < len(edges) {
			out[i].to = edges[i+1].AddDays(-1)
		}
	}
	return out
}

// demandDates are the runs of days in which the demand rows of a vehicle hold that serve period t.
func (v *view) demandDates(q *headroom.Vehicle, t int) []days {
	out := []days{{q.SOP, q.EOP}}
	for i := range v.c.Markets {
		if d := v.demand(q.ID, v.c.Markets[i].ID, t); d != nil {
			out = append(out, days{d.From, d.To})
		}
	}
	return out
}

// wantedOn is the demand for a vehicle in all markets on some days of period t.
func (v *view) wantedOn(q *headroom.Vehicle, t int, on days) float64 {
	total := 0.0
	for i := range v.c.Markets {
		total += v.wantedIn(q, v.c.Markets[i].ID, t, on)
	}
	return total
}

// rate is the most that a place builds on some days of period t: on each slice of them the smaller of what its line can in any
// pattern and of what is wanted of the vehicle, at the ramp. What it builds on other days is in no window of it.
func (r *reading) rate(k *place, t int, on days) float64 {
	on = both(on, r.window(k, t))
	line := r.v.fullRate(k.line) * k.RateFactor * r.v.years[t]
	var s sum
	for _, d := range r.v.slices(t, append(r.v.demandDates(k.vehicle, t), on)) {
		if d = both(d, on); r.v.of(d, t) > 0 {
			s.add(min(line*r.v.of(d, t), r.v.wantedOn(k.vehicle, t, d)))
		}
	}
	return s.total() * r.rampOf(k, t)
}
