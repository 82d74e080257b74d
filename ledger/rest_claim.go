package ledger

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"headroom"
)

// claim is a change that stands at the end of the horizon, before it is asked whether what is left of it is earned.
type claim struct {
	headroom.RestRow
	t      int      // period in which it was paid
	uses   float64  // what it takes of the earnings of the last year: the yearly charge times the years of it after s
	limits []*limit // none for what comes back whatever is earned
}

// compare is the order of claims: by plant, period, change, vehicle, line and content.
func (a *claim) compare(b *claim) int {
	return cmp.Or(cmp.Compare(a.Plant, b.Plant), cmp.Compare(a.t, b.t), cmp.Compare(a.Change, b.Change),
		cmp.Compare(a.Vehicle, b.Vehicle), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Content, b.Content))
}

// rests enters what is left at the end of the horizon of what was paid once, and takes back what is left of what was received
// (section 5 of the formulation).
func (b *book) rests() {
	switch rule := b.v.c.TerminalRule; rule {
	case headroom.TerminalNone:
		return
	case headroom.TerminalResidual, "", headroom.TerminalAnnuity, headroom.TerminalSalvage: // the last two are of older cases
	default:
		b.fail(fmt.Errorf("terminal rule %q", rule))
		return
	}
	for i := range b.v.c.Plants {
		p := &b.v.c.Plants[i]
		if p.Use == headroom.Exclude {
			continue
		}
		capped := b.capped(p)
		grant(capped)
		b.claims = append(append(b.claims, capped...), b.leavings(p)...)
	}
	slices.SortFunc(b.claims, func(x, y claim) int { return x.compare(&y) })
	for i := range b.claims {
		if x := &b.claims[i]; x.Back != 0 {
			b.enter(len(b.v.years), x.Org, headroom.AccTerminal, x.Back, 1, false)
		}
	}
}

// capped returns the opening of a plant and the launches in it, with the limits of what may come back of them.
func (b *book) capped(p *headroom.Plant) []claim {
	out := b.launchClaims(p)
	opening, opens := b.opening(p)
	gross := b.late.inPlant(p.ID) + kept(b.late.crews, p.ID)
	launches := &limit{max(0, gross)}
	all := &limit{max(0, gross+kept(b.late.fixed, p.ID))}
	for i := range out {
		out[i].limits = append(out[i].limits, launches)
		if opens && opening.Rest > 0 {
			out[i].limits = append(out[i].limits, all)
		}
	}
	if opens {
		opening.limits = []*limit{all}
		out = append(out, opening)
	}
	return out
}

// claim fills in what is left of an amount for what works from a day on for some years, its end cut by another one, and what
// that takes of the earnings; false where nothing was paid.
func (b *book) claim(x claim, amount float64, life, cut float64) (claim, bool) {
	s := b.v.since(x.From)
	e := min(s+life, cut)
	x.Period, x.Paid = b.v.name(x.t), amount*b.v.disc[x.t]
	x.Rest = x.Paid * b.v.unused(s, e)
	if !math.IsInf(e, 1) {
		x.Years = max(0, e-s)
	}
	if x.Rest > 0 {
		x.uses = x.Rest / b.v.annuity(e-b.v.total) * b.late.after(s)
	}
	x.Old = x.Change == headroom.ChangeLaunch && s+life <= b.v.total+timeTolerance
	return x, x.Paid != 0
}

// opening returns the opening or reopening of a plant that is operating from then on to the end; false where there is none.
func (b *book) opening(p *headroom.Plant) (x claim, ok bool) {
	b.r.changes(p, func(t int, _, after headroom.State) {
		if after != headroom.Operating || !b.r.holds(p, t, headroom.Operating) {
			return
		}
		amount := p.ReopenM.Value * million * b.fx(p.Currency, t)
		x, ok = b.claim(b.ofPlant(p, t, headroom.ChangeOpening), amount, p.ChangeYears(), b.lastEnd(p))
	})
	return x, ok
}

// ofPlant is the claim of a change of a plant in period t.
func (b *book) ofPlant(p *headroom.Plant, t int, change headroom.LastingChange) claim {
	return claim{t: t, RestRow: headroom.RestRow{Change: change, Plant: p.ID, Org: owner(p), From: b.v.c.Periods[t].From}}
}

// lastEnd is the last of the ends of the places in a plant, of those with a deal only where it comes into force.
func (b *book) lastEnd(p *headroom.Plant) float64 {
	last := 0.0
	for _, k := range b.v.placeList {
		if k.plant != p || k.bar != "" {
			continue
		}
		if end, ok := b.r.ends(k); ok {
			last = max(last, b.v.until(end))
		}
	}
	return last
}

// launchClaims returns the launches in a plant whose places are used from then on to the end, with the limits of their places.
func (b *book) launchClaims(p *headroom.Plant) []claim {
	var out []claim
	sources := map[source]*limit{}
	for _, k := range b.v.placeList {
		if k.plant != p || k.bar != "" || b.v.running(k) {
			continue
		}
		t := b.r.standing(k)
		if t < 0 {
			continue
		}
		on := b.r.works(k, t)
		x, ok := b.claim(claim{t: t, RestRow: headroom.RestRow{
			Change: headroom.ChangeLaunch, Plant: p.ID, Vehicle: k.key.vehicle, Line: k.key.line, Content: k.key.content,
			Org: k.guest(), From: on.from,
		}}, k.RetoolM.Value*million*b.fx(k.Currency, t), k.ToolingYears(), b.v.until(on.to))
		if !ok {
			continue
		}
		from := source{k.key.vehicle, p.ID}
		if sources[from] == nil {
			sources[from] = &limit{max(0, kept(b.late.earned, from))}
		}
		x.limits = []*limit{sources[from]}
		if b.v.hasTwin(k) {
			x.limits = append(x.limits, &limit{b.mostBrought(k)})
		}
		out = append(out, x)
	}
	return out
}

// standing is the period of the last launch of a place that is used from then on to the end, −1 where there is none.
func (r *reading) standing(k *place) int {
	for t := r.v.last(); t >= 0; t-- {
		row := r.alloc(k, t)
		if row == nil {
			return -1
		}
		if row.Launch {
			return t
		}
	}
	return -1
}

// leavings returns what stands of mothballing, closing and selling a plant: where it stays as it is, or goes further the same
// way. Severance belongs to the change with which it falls due.
func (b *book) leavings(p *headroom.Plant) []claim {
	var out []claim
	add := func(t int, change headroom.LastingChange, amount, life float64) {
		if x, ok := b.claim(b.ofPlant(p, t, change), amount, life, forever); ok {
			x.Back = x.Rest
			out = append(out, x)
		}
	}
	b.r.changes(p, func(t int, before, after headroom.State) {
		due := 0.0
		if before == headroom.Operating {
			due = b.severance(p, t)
		}
		fx := b.fx(p.Currency, t)
		switch {
		case after == headroom.Mothballed && b.r.holds(p, t, headroom.Mothballed, headroom.Closed):
			add(t, headroom.ChangeMothballing, (p.MothballM*million+due)*fx, p.ChangeYears())
		case after == headroom.Closed && b.r.holds(p, t, headroom.Closed):
			add(t, headroom.ChangeClosing, ((p.CloseM-min(0, p.SaleM))*million+due)*fx, p.ChangeYears())
			add(t, headroom.ChangeSale, -max(0, p.SaleM)*million*fx, forever)
		}
	})
	return out
}

// holds reports whether a plant is in one of some states from period t to the end.
func (r *reading) holds(p *headroom.Plant, t int, these ...headroom.State) bool {
	for _, s := range r.states[p.ID][t:] {
		if !slices.Contains(these, s) {
			return false
		}
	}
	return true
}

// changes calls f for each change of state of a plant.
func (r *reading) changes(p *headroom.Plant, f func(t int, before, after headroom.State)) {
	before := p.InitialState
	for t, after := range r.states[p.ID] {
		if before != after {
			f(t, before, after)
		}
		before = after
	}
}
