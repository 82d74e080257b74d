package audit

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/formula"
)

// How far amounts of money in two currencies may be apart, besides what their prints were rounded by.
const (
	rateSpread = 0.0025 // what the rates of one day differ by between sources
	rateDrift  = 0.10   // where no rate is of the time of the claim
)

// rate is one dated rate of exchange: units of num for one of den.
type rate struct {
	num, den string
	v        float64
	on       headroom.Date
	f        []*figure
}

// rates are the rates of exchange that the ledger has, and the cross rates through a third currency of the same day. Rates that
// somebody worked out are left out: they are what is checked.
func (a *auditor) rates() []rate {
	var out []rate
	for _, f := range a.claims {
		if r, ok := f.rate(); ok && a.sources[f.Source].Kind != "calculation" && !f.Forecast {
			out = append(out, r, r.inverse())
		}
	}
	direct := slices.Clone(out)
	for _, x := range direct {
		for _, y := range direct {
			if x.on == y.on && x.den == y.num && x.num != y.den && x.f[0] != y.f[0] {
				out = append(out, rate{x.num, y.den, x.v * y.v, x.on, []*figure{x.f[0], y.f[0]}})
			}
		}
	}
	return out
}

// rate reads a rate of one day from a figure.
func (f *figure) rate() (rate, bool) {
	paid, bought, _, ok := formula.RateOf(f.Unit) // of how many is in the value
	if !ok || !f.number || f.v <= 0 || f.PeriodFrom == 0 || f.PeriodFrom != f.PeriodTo {
		return rate{}, false
	}
	return rate{paid, bought, f.v, f.PeriodFrom, []*figure{f}}, true
}

func (r rate) inverse() rate { return rate{r.den, r.num, 1 / r.v, r.on, r.f} }

// currencies compares one amount in several currencies, and printed cross rates.
func (a *auditor) currencies() {
	rates := a.rates()
	groups := map[string][]*figure{}
	var order []string
	for _, f := range a.claims {
		if !f.number || f.currency() == "" {
			continue
		}
		k := f.key() + "|" + f.when()
		if len(groups[k]) == 0 {
			order = append(order, k)
		}
		groups[k] = append(groups[k], f)
	}
	for _, k := range order {
		a.amounts(groups[k], rates)
	}
	a.crossRates(rates)
}

// amounts compares the prints of one amount in different currencies, each with each.
func (a *auditor) amounts(list []*figure, rates []rate) {
	agree := map[*figure]int{}
	var gaps []string
	var used, in []*figure
	for i, x := range list {
		for _, y := range list[i+1:] {
			if x.currency() == y.currency() || x.v == 0 || y.v == 0 {
				continue
			}
			gap, r, allowed, known := a.gap(x, y, rates)
			if !known {
				continue
			}
			ok := math.Abs(gap) <= allowed
			a.made(CheckCurrency, ok, append([]*figure{x, y}, r.f...)...)
			for _, f := range []*figure{x, y} {
				if !slices.Contains(in, f) {
					in = append(in, f)
				}
			}
			if ok {
				agree[x]++
				agree[y]++
				gaps = append(gaps, fmt.Sprintf("%s and %s agree to %.1f %%", x.currency(), y.currency(), math.Abs(100*gap)))
				continue
			}
			used = append(used, r.f...)
			gaps = append(gaps, gapText(x, y, gap, r))
		}
	}
	if len(used) == 0 && !slices.ContainsFunc(gaps, func(s string) bool { return strings.Contains(s, "same number") }) {
		return
	}
	for _, f := range in {
		if agree[f] > 0 {
			a.fits[f.ID] = true
		} else if len(agree) > 0 {
			a.misfits[f.ID] = true
		}
	}
	a.conflict(CheckCurrency, in, used, "%s, %s: %s", in[0].topic(), in[0].year(), strings.Join(gaps, "; "))
}

// gapText says how far two amounts are apart.
func gapText(x, y *figure, gap float64, r rate) string {
	if r.v == 0 {
		return fmt.Sprintf("%s and %s are the same number in two currencies", x.told(), y.told())
	}
	side := "more"
	if gap < 0 {
		side = "less"
	}
	s := fmt.Sprintf("%s is %.1f %% %s than %s at %s %s per %s of %s", y.told(), math.Abs(100*gap), side, x.told(), sixDigits(r.v), r.num, r.den, r.on)
	if x.Value == y.Value {
		s += ", the same number in two currencies"
	}
	return s
}

// gap is how much y is more than x, as a share, at the rate of their time that brings them nearest; and how far they may be apart. Where
// the ledger has no rate of their time the nearest one is taken with more room, and where it has none at all only the same number
// in two currencies is a gap.
func (a *auditor) gap(x, y *figure, rates []rate) (gap float64, used rate, allowed float64, known bool) {
	from := min(x.PeriodFrom, y.PeriodFrom)
	to := max(x.AsOf, y.AsOf, x.PeriodTo, y.PeriodTo)
	allowed = x.slack(sumCap)/math.Abs(x.v) + y.slack(sumCap)/math.Abs(y.v) + rateSpread
	best, far := math.Inf(1), math.Inf(1)
	for _, r := range rates {
		if r.num != y.currency() || r.den != x.currency() {
			continue
		}
		g := y.v/(x.v*r.v) - 1
		days := 0.0
		if r.on < from {
			days = float64(r.on.Days(from))
		} else if r.on > to {
			days = float64(to.Days(r.on))
		}
		if days < far || days == far && math.Abs(g) < best {
			best, far, gap, used, known = math.Abs(g), days, g, r, true
		}
	}
	switch {
	case known && far > 0:
		allowed += rateDrift
	case !known && x.Value == y.Value && x.unit.Factor() == y.unit.Factor():
		return math.Inf(1), rate{}, 0, true
	}
	return gap, used, allowed, known
}

// crossRates compares a rate that was worked out, or printed, with the two rates of the day that it is made of.
func (a *auditor) crossRates(rates []rate) {
	for _, f := range a.claims {
		r, ok := f.rate()
		if !ok {
			continue
		}
		for _, x := range rates {
			if len(x.f) != 2 || x.num != r.num || x.den != r.den || x.on != r.on || x.f[0] == f || x.f[1] == f {
				continue
			}
			slack := f.half/f.v + x.f[0].half/x.f[0].v + x.f[1].half/x.f[1].v + rateSpread
			held := math.Abs(x.v/f.v-1) <= slack
			a.made(CheckExchange, held, f, x.f[0], x.f[1])
			if !held {
				a.conflict(CheckExchange, []*figure{f, x.f[0], x.f[1]}, nil, "%s, %s: %s, and %s with %s gives %s", f.topic(), f.year(), f.told(), x.f[0].told(), x.f[1].told(), sixDigits(x.v))
			}
			break
		}
	}
}
