package planner_test

import (
	"fmt"
	"math"
	"slices"

	"headroom"
)

// This file lives a plan of a coarse grid through on a fine one, by days: what may build when is asked of each part of a period from
// the case alone, without the planner and without the ledger.

// mid is the first day of the second half of a period.
func mid(p headroom.Period) headroom.Date { return p.From.AddDays(p.From.Days(p.To) / 2) }

// even takes out of a case what is a mean over a period and moves with the grid: growth, targets and service by period, dated duties,
// lanes, energy and fees, agreements by the greater half; and the discount rate.
func even(c *headroom.Case) {
	c.DiscountRate, c.TerminalRule, c.Targets = 0, headroom.TerminalNone, nil
	for i := range c.Demands {
		c.Demands[i].Growth, c.Demands[i].MinService = headroom.Opt{}, 0
	}
	for i := range c.Duties {
		c.Duties[i].From, c.Duties[i].To = 0, 0
	}
	for i := range c.Lanes {
		c.Lanes[i].From, c.Lanes[i].To = 0, 0
	}
	for i := range c.Energies {
		c.Energies[i].From, c.Energies[i].To = 0, 0
	}
	for i := range c.VehicleLines {
		c.VehicleLines[i].QualifiesFrom = 0
	}
	for i := range c.Terms {
		if c.Terms[i].Kind == headroom.FeePerUnit {
			c.Terms[i].From, c.Terms[i].To = 0, 0
		}
	}
	if slices.ContainsFunc(c.Lines, func(l headroom.Line) bool { return l.From != 0 }) {
		for i := range c.ShiftPatterns {
			c.ShiftPatterns[i].ChangeM = 0 // whether a line that is not there yet changes its pattern is a matter of the grid
		}
	}
}

// halved is a case with each period in two. Rows of a period are there twice.
func halved(c *headroom.Case) *headroom.Case {
	x := clone(c)
	x.Periods = nil
	for _, p := range c.Periods {
		a, b := p, p
		a.ID, b.ID = p.ID+"-1", p.ID+"-2"
		a.To, b.From = mid(p).AddDays(-1), mid(p)
		x.Periods = append(x.Periods, a, b)
	}
	x.Demands, x.Quotas, x.FXRates = nil, nil, nil
	for _, d := range c.Demands {
		for _, id := range halves(d.Period) {
			d.Period = id
			x.Demands = append(x.Demands, d)
		}
	}
	for _, d := range c.Quotas {
		for _, id := range halves(d.Period) {
			d.Period = id
			x.Quotas = append(x.Quotas, d)
		}
	}
	for _, d := range c.FXRates {
		for _, id := range halves(d.Period) {
			d.Period = id
			x.FXRates = append(x.FXRates, d)
		}
	}
	return x
}

func halves(period string) []string {
	if period == "*" || period == "" {
		return []string{period}
	}
	return []string{period + "-1", period + "-2"}
}

// piece is a run of days of a period on which the same things may build.
type piece struct {
	from, to headroom.Date
	half     int
	years    float64
}

// world is a case and its plan, by days.
type world struct {
	c *headroom.Case
	p *headroom.Plan
}

// in reports whether a day lies between two dates.
func in(day, from, to headroom.Date) bool { return day >= from && (to == 0 || day <= to) }

// lead is the first day after a lead from the first day of a period.
func (w *world) lead(t int, months float64) headroom.Date {
	return w.c.Periods[t].From.AddMonths(int(math.Ceil(months)))
}

// dealDays is when a deal is in force; from 1 to 1 where it never is.
func (w *world) dealDays(id string) (from, to headroom.Date) {
	for _, a := range w.c.Arrangements {
		if a.ID != id {
			continue
		}
		from = a.EarliestStart
		if !a.Status.Fact() {
			from = 1
			for _, per := range slices.Backward(w.c.Periods) {
				if slices.ContainsFunc(w.p.Deals, func(d headroom.DealRow) bool { return d.Deal == id && d.Period == per.ID }) {
					from = max(a.EarliestStart, per.From)
				}
			}
			if from == 1 {
				return 1, 1
			}
		}
		if from == 0 {
			from = w.c.Periods[0].From
		}
		if a.TermYears > 0 {
			to = from.AddMonths(int(math.Round(12 * a.TermYears))).AddDays(-1)
		}
	}
	return from, to
}

// site is a place with what it points to.
type site struct {
	k    *headroom.VehicleLine
	v    *headroom.Vehicle
	l    *headroom.Line
	p    *headroom.Plant
	deal string
}

func (w *world) sites() []site {
	var out []site
	for i := range w.c.VehicleLines {
		k := &w.c.VehicleLines[i]
		s := site{k: k, deal: k.Arrangement}
		for j := range w.c.Vehicles {
			if w.c.Vehicles[j].ID == k.Vehicle {
				s.v = &w.c.Vehicles[j]
			}
		}
		for j := range w.c.Lines {
			if w.c.Lines[j].ID == k.Line {
				s.l = &w.c.Lines[j]
			}
		}
		for j := range w.c.Plants {
			if w.c.Plants[j].ID == s.l.Plant {
				s.p = &w.c.Plants[j]
			}
		}
		out = append(out, s)
	}
	return out
}

// dated reports whether the dates of the case let a place build on a day, apart from an option.
func (w *world) dated(s site, day headroom.Date) bool {
	if !in(day, s.l.From, s.l.To) || !in(day, s.v.SOP, s.v.EOP) {
		return false
	}
	if s.deal != "" && w.fact(s.deal) {
		if from, to := w.dealDays(s.deal); !in(day, from, to) {
			return false
		}
	}
	return !w.begins(s) || day >= s.k.CommittedFrom
}

func (w *world) fact(deal string) bool {
	return slices.ContainsFunc(w.c.Arrangements, func(a headroom.Arrangement) bool { return a.ID == deal && a.Status.Fact() })
}

// begins reports whether a commitment of a place begins within the horizon.
func (w *world) begins(s site) bool {
	first, last := w.c.Periods[0].From, w.c.Periods[len(w.c.Periods)-1].To
	if s.k.CommittedUntil < first || s.k.CommittedFrom < first && s.v.SOP < first {
		return false
	}
	from, to := max(s.k.CommittedFrom, s.v.SOP, s.l.From, first), last
	for _, e := range []headroom.Date{s.k.CommittedUntil, s.v.EOP, s.l.To} {
		if e != 0 {
			to = min(to, e)
		}
	}
	return from <= to
}

// launch is the period in which a place is launched, -1 for none; decided where its commitment begins then.
func (w *world) launch(s site) (t int, decided bool) {
	for t, per := range w.c.Periods {
		for _, a := range w.p.Allocs {
			if a.Launch && a.Period == per.ID && a.Vehicle == s.k.Vehicle && a.Line == s.k.Line && a.Content == s.k.Content {
				return t, a.Committed && w.begins(s)
			}
		}
	}
	return -1, false
}

// opened is the last period up to t in which the plan made a plant operating, -1 for none.
func (w *world) opened(p *headroom.Plant, t int) int {
	state := func(t int) headroom.State {
		if t < 0 {
			return p.InitialState
		}
		for _, s := range w.p.States {
			if s.Plant == p.ID && s.Period == w.c.Periods[t].ID {
				return s.State
			}
		}
		return ""
	}
	for u := t; u >= 0; u-- {
		if state(u) == headroom.Operating && state(u-1) != headroom.Operating {
			return u
		}
	}
	return -1
}

// begun reports whether the option that a place names, if any, is in force on a day.
func (w *world) begun(s site, day headroom.Date) bool {
	if s.deal == "" || w.fact(s.deal) {
		return true
	}
	from, to := w.dealDays(s.deal)
	return in(day, from, to)
}

// able reports whether a place can build on a day of period t.
func (w *world) able(s site, t int, day headroom.Date) bool {
	if !w.dated(s, day) {
		return false
	}
	if !w.begun(s, day) {
		return false
	}
	if u, decided := w.launch(s); u >= 0 && !decided && day < w.lead(u, s.k.Lead) {
		return false
	}
	u := w.opened(s.p, t)
	return u < 0 || s.p.ReopenLead == 0 || day >= w.lead(u, s.p.ReopenLead)
}

// ramp is the share of full rate of a place in period t.
func (w *world) ramp(s site, t int) float64 {
	u, decided := w.launch(s)
	if u < 0 {
		return 1
	}
	for ; u < t; u++ {
		some := false
		for day := w.c.Periods[u].From; day <= w.c.Periods[u].To && !some; day = day.AddDays(1) {
			some = w.dated(s, day) && w.begun(s, day) && (decided || day >= w.lead(w.first(s), s.k.Lead))
		}
		if some {
			break
		}
	}
	if t-u < len(s.k.Ramp) {
		return s.k.Ramp[t-u] / 100
	}
	return 1
}

func (w *world) first(s site) int {
	u, _ := w.launch(s)
	return u
}

// pieces cuts a period at every date of the case and the plan, and in two.
func (w *world) pieces(t int) []piece {
	per := w.c.Periods[t]
	cuts := []headroom.Date{per.From, mid(per)}
	span := func(from, to headroom.Date) {
		cuts = append(cuts, from)
		if to != 0 {
			cuts = append(cuts, to.AddDays(1))
		}
	}
	for _, s := range w.sites() {
		span(s.l.From, s.l.To)
		span(s.k.CommittedFrom, s.k.CommittedUntil)
		if s.deal != "" {
			span(w.dealDays(s.deal))
		}
		for u := range w.c.Periods {
			span(w.lead(u, s.k.Lead), 0)
			span(w.lead(u, s.p.ReopenLead), 0)
		}
	}
	for _, v := range w.c.Vehicles {
		span(v.SOP, v.EOP)
	}
	for _, d := range w.c.Demands {
		span(d.From, d.To)
	}
	for _, x := range w.c.Terms {
		span(x.From, x.To)
	}
	cuts = slices.DeleteFunc(cuts, func(d headroom.Date) bool { return d < per.From || d > per.To })
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []piece
	for i, from := range cuts {
		to := per.To
		if i+1 < len(cuts) {
			to = cuts[i+1].AddDays(-1)
		}
		half := 0
		if from >= mid(per) {
			half = 1
		}
		out = append(out, piece{from, to, half, per.Years() * float64(from.Days(to)) / float64(per.From.Days(per.To))})
	}
	return out
}

// wanted is the demand for a vehicle in a market (any where it is empty) on a piece of period t.
func (w *world) wanted(v *headroom.Vehicle, market string, t int, q piece) float64 {
	if !in(q.from, v.SOP, v.EOP) {
		return 0
	}
	sum := 0.0
	for _, m := range w.c.Markets {
		if market != "" && m.ID != market {
			continue
		}
		var row *headroom.Demand
		for i := range w.c.Demands {
			d := &w.c.Demands[i]
			if d.Vehicle == v.ID && d.Market == m.ID && (d.Period == w.c.Periods[t].ID || d.Period == "*" && row == nil) {
				row = d
			}
		}
		if row == nil || !in(q.from, row.From, row.To) {
			continue
		}
		volume := row.Volume
		if row.Period == "*" && row.MaxVolume.Set {
			volume = min(volume, row.MaxVolume.Value)
		}
		sum += volume * q.years
	}
	return sum
}

// capacity is the straight time of a line in a pattern, vehicles a year; of any pattern with overtime where it is "".
func (w *world) capacity(l *headroom.Line, pattern string) float64 {
	if len(w.c.ShiftPatterns) == 0 {
		return l.CapacityYear.Value
	}
	most := 0.0
	for _, p := range w.c.ShiftPatterns {
		if p.ID == pattern {
			return l.CapacityYear.Value * p.Index.Value
		}
		most = max(most, l.CapacityYear.Value*p.Index.Value*(1+p.OvertimeShare/100))
	}
	return most
}

func (w *world) overtime(pattern string) float64 {
	for _, p := range w.c.ShiftPatterns {
		if p.ID == pattern {
			return p.OvertimeShare / 100
		}
	}
	return 0
}

// name is a key of some names.
func name(parts ...any) string { return fmt.Sprint(parts...) }
