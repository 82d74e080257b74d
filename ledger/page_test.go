package ledger

import (
	"math"
	"slices"

	"headroom"
)

// This file is section 5 of docs/explanation/formulation.md once more, line by line and slowly, for the random cases of gen: it
// shares nothing with the ledger but days, and works out the shares of what is earned by trying every corner of the limits.

// page is a case and a plan beside the measures of the section.
type page struct {
	c    *headroom.Case
	p    *headroom.Plan
	h, l float64 // H and L
	v    float64
}

func newPage(c *headroom.Case, p *headroom.Plan) *page {
	g := &page{c: c, p: p, v: 1 / (1 + c.DiscountRate/100)}
	end := c.Periods[len(c.Periods)-1].To
	g.h = g.yr(end.AddDays(1))
	g.l = g.yr(max(c.Periods[0].From, headroom.NewDate(end.Year(), 1, 1)))
	return g
}

// yr places a day in years from the first day of the horizon.
func (g *page) yr(day headroom.Date) float64 {
	total := 0.0
	for d := g.c.Periods[0].From; d < day; {
		next := headroom.NewDate(d.Year()+1, 1, 1)
		days := headroom.NewDate(d.Year(), 1, 1).Days(next) - 1
		if next > day {
			next = day
		}
		total += float64(d.Days(next)-1) / float64(days)
		d = next
	}
	return total
}

// lambda is the share of a period's time that lies in the last year.
func (g *page) lambda(t headroom.Period) float64 {
	end := g.c.Periods[len(g.c.Periods)-1].To
	if from := headroom.NewDate(end.Year(), 1, 1); t.From < from {
		if t.To < from {
			return 0
		}
		return (g.yr(t.To.AddDays(1)) - g.yr(from)) / (g.yr(t.To.AddDays(1)) - g.yr(t.From))
	}
	return 1
}

// d is the discount factor of a period.
func (g *page) d(t headroom.Period) float64 {
	return math.Pow(g.v, (g.yr(t.From)+g.yr(t.To.AddDays(1)))/2)
}

// fx is a rate to GBP.
func (g *page) fx(currency string, t headroom.Period) float64 {
	if currency == "" || currency == "GBP" {
		return 1
	}
	rate := 0.0
	for _, period := range []string{"*", t.ID} {
		for _, r := range g.c.FXRates {
			if r.Period == period {
				rate = r.Rate
			}
		}
	}
	return rate
}

// rest is R; e is infinite where there is no end.
func (g *page) rest(k, s, e float64) float64 {
	switch {
	case math.IsInf(e, 1):
		return k * math.Pow(g.v, g.h-s)
	case e <= g.h || s >= g.h:
		return 0
	case g.v == 1:
		return k * (e - g.h) / (e - s)
	}
	return k * (math.Pow(g.v, g.h) - math.Pow(g.v, e)) / (math.Pow(g.v, s) - math.Pow(g.v, e))
}

// q is the yearly charge of a rest, times the part of the last year that it counts for.
func (g *page) q(r, s, e float64) float64 {
	n, sum := e-g.h, 0.0
	for j := 1.0; j <= math.Ceil(n); j++ {
		part := 1.0
		if j > math.Floor(n) {
			part = n - math.Floor(n)
		}
		sum += part * math.Pow(g.v, g.h+j-0.5)
	}
	return r / sum * (g.h - math.Max(s, g.l))
}

// window is the first and last day on which a place can work, its launch having been in a period that begins on a day (0: none).
func window(c *headroom.Case, p *headroom.Plan, k *headroom.VehicleLine, launch headroom.Date) (from, to headroom.Date) {
	from, to = dates(c, k)
	first, committed := commitment(c, k)
	if committed {
		from = max(from, k.CommittedFrom)
	}
	if launch != 0 && (!committed || first != launch) {
		from = max(from, launch.AddMonths(int(math.Ceil(k.Lead))))
	}
	for _, a := range c.Arrangements {
		if a.ID == k.Arrangement && a.Status != headroom.Signed {
			if start := begins(c, p, a.ID); start != 0 {
				start = max(start, a.EarliestStart)
				from, to = max(from, start), sooner(to, termEnd(&a, start))
			}
		}
	}
	return from, to
}

// sooner is the earlier of two ends, of which 0 is none.
func sooner(a, b headroom.Date) headroom.Date {
	if a == 0 || (b != 0 && b < a) {
		return b
	}
	return a
}

// termEnd is the last day of a deal that begins on a day, 0 for none.
func termEnd(a *headroom.Arrangement, start headroom.Date) headroom.Date {
	if a.TermYears == 0 {
		return 0
	}
	return start.AddMonths(int(math.Round(a.TermYears * 12))).AddDays(-1)
}

// dates are the first and last day of a place: of its line, its vehicle and a deal that is signed.
func dates(c *headroom.Case, k *headroom.VehicleLine) (from, to headroom.Date) {
	v := vehicleOf(c, k.Vehicle)
	from, to = v.SOP, v.EOP
	for _, l := range c.Lines {
		if l.ID == k.Line {
			from, to = max(from, l.From), sooner(to, l.To)
		}
	}
	for _, a := range c.Arrangements {
		if a.ID == k.Arrangement && a.Status == headroom.Signed {
			start := a.EarliestStart
			if start == 0 {
				start = c.Periods[0].From
			}
			from, to = max(from, start), sooner(to, termEnd(&a, start))
		}
	}
	return from, to
}

// runs reports whether a place is committed from before the horizon into it.
func runs(c *headroom.Case, k *headroom.VehicleLine) bool {
	first := c.Periods[0].From
	return k.CommittedUntil >= first && k.CommittedFrom < first && vehicleOf(c, k.Vehicle).SOP < first
}

// commitment is the first day of the period in which the commitment of a place begins, false where none does within the horizon.
func commitment(c *headroom.Case, k *headroom.VehicleLine) (headroom.Date, bool) {
	if k.CommittedUntil == 0 || runs(c, k) {
		return 0, false
	}
	from, to := dates(c, k)
	for _, t := range c.Periods {
		if t.Overlap(max(from, k.CommittedFrom), sooner(to, k.CommittedUntil)) > 0 {
			return t.From, true
		}
	}
	return 0, false
}

// begins is the first day of the first period in which a deal is in force, 0 where there is none.
func begins(c *headroom.Case, p *headroom.Plan, deal string) headroom.Date {
	for _, t := range c.Periods {
		for _, d := range p.Deals {
			if d.Deal == deal && d.Period == t.ID {
				return t.From
			}
		}
	}
	return 0
}

// orAllOrgs is the org that a missing one stands for.
func orAllOrgs(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return "all"
}

// launchRows are the launches that stand.
func (g *page) launchRows() []headroom.RestRow {
	var out []headroom.RestRow
	for i := range g.c.VehicleLines {
		k := &g.c.VehicleLines[i]
		at, gap := -1, true // of the last launch without a gap since
		for t, per := range g.c.Periods {
			used := false
			for _, a := range g.p.Allocs {
				if a.Vehicle == k.Vehicle && a.Line == k.Line && a.Content == k.Content && a.Period == per.ID {
					used = true
					if a.Launch {
						at, gap = t, false
					}
				}
			}
			gap = gap || !used
		}
		if at < 0 || gap {
			continue
		}
		per := g.c.Periods[at]
		guest := orAllOrgs(vehicleOf(g.c, k.Vehicle).Maker)
		for _, a := range g.c.Arrangements {
			if a.ID == k.Arrangement {
				guest = orAllOrgs(a.Guest, vehicleOf(g.c, k.Vehicle).Maker)
			}
		}
		from, to := window(g.c, g.p, k, per.From)
		from = max(from, per.From)
		life := k.ToolingLife.Or(7)
		r := headroom.RestRow{
			Change: headroom.ChangeLaunch, Plant: plantOf(g.c, k.Line), Vehicle: k.Vehicle, Line: k.Line, Content: k.Content, Period: per.ID, Org: guest,
			Paid: g.d(per) * k.RetoolM.Value * 1e6 * g.fx(k.Currency, per), From: from, Old: g.yr(from)+life <= g.h,
		}
		e := g.yr(from) + life
		if to != 0 {
			e = math.Min(e, g.yr(to.AddDays(1)))
		}
		r.Years, r.Rest = math.Max(0, e-g.yr(from)), g.rest(r.Paid, g.yr(from), e)
		out = append(out, r)
	}
	return out
}

// plantRows are the changes of a plant that stand.
func (g *page) plantRows(q *headroom.Plant) []headroom.RestRow {
	var out []headroom.RestRow
	states := []headroom.State{q.InitialState}
	for _, t := range g.c.Periods {
		states = append(states, stateOf(g.p, q.ID, t.ID))
	}
	for i, per := range g.c.Periods {
		before, now, later := states[i], states[i+1], states[i+1:]
		if before == now {
			continue
		}
		add := func(change headroom.LastingChange, amount, e float64) {
			s := g.yr(per.From)
			k := g.d(per) * amount * g.fx(q.Currency, per)
			r := headroom.RestRow{Change: change, Plant: q.ID, Period: per.ID, Org: orAllOrgs(q.Owner), From: per.From, Paid: k, Rest: g.rest(k, s, e)}
			if !math.IsInf(e, 1) {
				r.Years = math.Max(0, e-s)
			}
			out = append(out, r)
		}
		only := func(these ...headroom.State) bool {
			return !slices.ContainsFunc(later, func(s headroom.State) bool { return !slices.Contains(these, s) })
		}
		severance := 0.0
		if before == headroom.Operating {
			severance = g.severance(q, per)
		}
		end := g.yr(per.From) + q.ChangeLife.Or(10)
		switch {
		case now == headroom.Operating && only(headroom.Operating):
			add(headroom.ChangeOpening, q.ReopenM.Value*1e6, math.Min(end, g.plantEnd(q)))
		case now == headroom.Mothballed && only(headroom.Mothballed, headroom.Closed):
			add(headroom.ChangeMothballing, q.MothballM*1e6+severance, end)
		case now == headroom.Closed:
			add(headroom.ChangeClosing, (q.CloseM+math.Max(0, -q.SaleM))*1e6+severance, end)
			add(headroom.ChangeSale, -math.Max(0, q.SaleM)*1e6, math.Inf(1))
		}
	}
	return out
}

func (g *page) severance(q *headroom.Plant, t headroom.Period) float64 {
	if q.SeveranceM.Set {
		return q.SeveranceM.Value * 1e6
	}
	return q.SeverancePerCapacity.Value * g.capacity(q, t)
}

// capacity is mincap(p).
func (g *page) capacity(q *headroom.Plant, t headroom.Period) float64 {
	total := 0.0
	for _, l := range g.c.Lines {
		if l.Plant == q.ID {
			total += l.CapacityYear.Value * t.Overlap(l.From, l.To)
		}
	}
	return total
}

// plantEnd is the last of the ends of the plant's places.
func (g *page) plantEnd(q *headroom.Plant) float64 {
	last := 0.0
	for i := range g.c.VehicleLines {
		k := &g.c.VehicleLines[i]
		if !g.isPlace(k) || plantOf(g.c, k.Line) != q.ID || (k.Arrangement != "" && begins(g.c, g.p, k.Arrangement) == 0) {
			continue
		}
		_, to := window(g.c, g.p, k, 0)
		if to == 0 {
			return math.Inf(1)
		}
		last = math.Max(last, g.yr(to.AddDays(1)))
	}
	return last
}

// isPlace reports whether a row is a place of section 2.
func (g *page) isPlace(k *headroom.VehicleLine) bool {
	for _, a := range g.c.Arrangements {
		if a.ID == k.Arrangement && !g.c.InForce(a) {
			return false
		}
	}
	return k.Compatible
}
