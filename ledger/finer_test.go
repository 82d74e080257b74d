package ledger

import (
	"fmt"
	"slices"

	"headroom"
)

// finer is a case and a plan of whole years rewritten on parts of the years: half-years, quarters and the like. What a year has is
// spread over the days on which it can be; what is changed is changed in the first part.
type finer struct {
	c, fine *headroom.Case
	p, out  *headroom.Plan
	per     int
}

// refine rewrites a plan of whole years on so many parts of each.
func refine(c *headroom.Case, p *headroom.Plan, per int) (*headroom.Case, *headroom.Plan) {
	one := *c
	f := &finer{c: c, fine: &one, p: p, out: &headroom.Plan{}, per: per}
	one.Periods = grid(c.Periods[0].From.Year(), c.Periods[len(c.Periods)-1].From.Year(), per)
	for i := range one.Periods {
		one.Periods[i].ID = "part-" + one.Periods[i].ID
	}
	one.FXRates = nil
	for _, r := range c.FXRates {
		if r.Period == "*" {
			one.FXRates = append(one.FXRates, r)
			continue
		}
		for _, t := range f.parts(r.Period) {
			r.Period = t.ID
			one.FXRates = append(one.FXRates, r)
		}
	}
	f.stateRows()
	f.allocRows()
	f.outputRows()
	f.flowRows()
	f.lineRows()
	for _, d := range p.Deals {
		for _, t := range f.parts(d.Period) {
			f.out.Deals = append(f.out.Deals, headroom.DealRow{Deal: d.Deal, Status: d.Status, Period: t.ID, Units: d.Units * t.Years()})
		}
	}
	for _, l := range p.Losts {
		for _, t := range f.parts(l.Period) {
			l := l
			l.Units, l.Period = l.Units*t.Years(), t.ID
			f.out.Losts = append(f.out.Losts, l)
		}
	}
	for _, g := range p.Targets {
		for _, t := range f.parts(g.Period) {
			g := g
			g.Value, g.Wanted, g.Gap, g.Period = g.Value*t.Years(), g.Wanted*t.Years(), g.Gap*t.Years(), t.ID
			f.out.Targets = append(f.out.Targets, g)
		}
	}
	return f.fine, f.out
}

// parts are the parts of a year.
func (f *finer) parts(period string) []headroom.Period {
	i := slices.IndexFunc(f.c.Periods, func(t headroom.Period) bool { return t.ID == period })
	return f.fine.Periods[i*f.per : (i+1)*f.per]
}

func (f *finer) stateRows() {
	for _, s := range f.p.States {
		for _, t := range f.parts(s.Period) {
			f.out.States = append(f.out.States, headroom.StateRow{Plant: s.Plant, Period: t.ID, State: s.State})
		}
	}
}

// placeOf is the row of a place.
func (f *finer) placeOf(vehicle, line, content string) *headroom.VehicleLine {
	i := slices.IndexFunc(f.c.VehicleLines, func(k headroom.VehicleLine) bool {
		return k.Vehicle == vehicle && k.Line == line && k.Content == content
	})
	return &f.c.VehicleLines[i]
}

// allocRows: a place that is used in a year is used in all its parts, and launched in the first; one that is launched for a
// commitment in the first that the commitment reaches, and used from then on.
func (f *finer) allocRows() {
	for _, a := range f.p.Allocs {
		k, parts := f.placeOf(a.Vehicle, a.Line, a.Content), f.parts(a.Period)
		if year, ok := commitment(f.c, k); ok && a.Launch && year == parts[0].From {
			first, _ := commitment(f.fine, k)
			for parts[0].From < first {
				parts = parts[1:]
			}
		}
		for i, t := range parts {
			a := a
			a.Period, a.Launch = t.ID, a.Launch && i == 0
			f.out.Allocs = append(f.out.Allocs, a)
		}
	}
}

// launchDay is the first day of the year of the last launch of a place up to a year.
func (f *finer) launchDay(o headroom.OutputRow) headroom.Date {
	day := headroom.Date(0)
	for _, t := range f.c.Periods {
		for _, a := range f.p.Allocs {
			if a.Launch && a.Period == t.ID && a.Vehicle == o.Vehicle && a.Line == o.Line && a.Content == o.Content {
				day = t.From
			}
		}
		if t.ID == o.Period {
			break
		}
	}
	return day
}

// weights spread something over parts by the days of a window, over all days where there are none.
func weights(parts []headroom.Period, from, to headroom.Date) []float64 {
	out, total := make([]float64, len(parts)), 0.0
	for i, t := range parts {
		out[i] = t.Overlap(from, to) * float64(t.From.Days(t.To))
		total += out[i]
	}
	if total == 0 {
		return weights(parts, 0, 0)
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

func (f *finer) outputRows() {
	for _, o := range f.p.Outputs {
		from, to := window(f.c, f.p, f.placeOf(o.Vehicle, o.Line, o.Content), f.launchDay(o))
		parts := f.parts(o.Period)
		for i, w := range weights(parts, from, to) {
			part := o
			part.Period, part.Units = parts[i].ID, o.Units*w
			f.out.Outputs = append(f.out.Outputs, part)
		}
	}
}

// flowRows spreads flows as what is built.
func (f *finer) flowRows() {
	for _, w := range f.p.Flows {
		built, total := map[string]float64{}, 0.0
		parts := f.parts(w.Period)
		for _, t := range parts {
			for _, o := range f.out.Outputs {
				if o.Period == t.ID && o.Vehicle == w.Vehicle && o.Plant == w.Plant {
					built[t.ID] += o.Units
					total += o.Units
				}
			}
		}
		for _, t := range parts {
			part := w
			part.Period, part.Units = t.ID, w.Units*built[t.ID]/total
			f.out.Flows = append(f.out.Flows, part)
		}
	}
}

// lineRows: a line works the same pattern in all parts.
func (f *finer) lineRows() {
	for _, s := range f.p.Shifts {
		i := slices.IndexFunc(f.c.Lines, func(l headroom.Line) bool { return l.ID == s.Line })
		parts := f.parts(s.Period)
		for j, w := range weights(parts, f.c.Lines[i].From, f.c.Lines[i].To) {
			part := s
			part.Changed = s.Changed && j == 0
			part.Period, part.Overtime, part.Capacity = parts[j].ID, s.Overtime*w, s.Capacity*w
			f.out.Shifts = append(f.out.Shifts, part)
		}
	}
}

// byYear adds up cash by owner, calendar year and account; what is left after the horizon is a year of its own.
func byYear(c *headroom.Case, l *Ledger) map[string]float64 {
	out := map[string]float64{}
	for _, r := range l.Cash {
		year := r.Period
		for _, t := range c.Periods {
			if t.ID == r.Period {
				year = fmt.Sprint(t.From.Year())
			}
		}
		out[r.Org+" "+year+" "+string(r.Account)] += r.Amount
	}
	return out
}
