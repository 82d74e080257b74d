package formula

import (
	"cmp"
	"fmt"
	"slices"

	"headroom"
)

// oldestRate is how many days a rate of exchange may lie before the day that it stands for.
const oldestRate = 366

// exchangeRate is what one of a currency buys of another on a day, with the claims that say so.
type exchangeRate struct {
	from, to string
	value    float64
	on       headroom.Date // of the older claim where there are two
	claims   []string
	note     string
}

// exchangeRates are the rates that claims state. A rate that is our own calculation, a forecast, or superseded or retracted
// is none: what a calculation rests on is there too.
func exchangeRates(c *headroom.Case, sources map[string]headroom.Source) []exchangeRate {
	gone := map[string]bool{}
	for _, cl := range c.Claims {
		for _, id := range slices.Concat(cl.Supersedes, cl.Retracts) {
			gone[id] = true
		}
	}
	var out []exchangeRate
	for _, cl := range c.Claims {
		paid, bought, many, ok := RateOf(cl.Unit)
		v, err := figureOf(cl)
		on := cl.PeriodTo
		if on == 0 {
			on = cl.PeriodFrom
		}
		if !ok || err != nil || v <= 0 || on == 0 || gone[cl.ID] || cl.Forecast || sources[cl.Source].Kind == "calculation" {
			continue
		}
		note := fmt.Sprintf("%s %s of %s (%s)", cl.Value, cl.Unit, on, cl.ID)
		out = append(out, exchangeRate{from: bought, to: paid, value: v / many, on: on, claims: []string{cl.ID}, note: note})
	}
	slices.SortStableFunc(out, func(a, b exchangeRate) int {
		return cmp.Or(-cmp.Compare(a.on, b.on), cmp.Compare(a.claims[0], b.claims[0]))
	})
	return out
}

// rate is what one of a currency buys of another: by the claims that are nearest on or before the day, through a third currency
// where their older one is nearer than the nearest of the pair itself.
func (s *scope) rate(from, to string, on headroom.Date) (exchangeRate, error) {
	best, ok := s.direct(from, to, on)
	for _, third := range s.currencies() {
		a, aok := s.direct(from, third, on)
		b, bok := s.direct(third, to, on)
		if day := min(a.on, b.on); aok && bok && (!ok || day > best.on) {
			best, ok = exchangeRate{from, to, a.value * b.value, day, slices.Concat(a.claims, b.claims), a.note + " and " + b.note}, true
		}
	}
	if !ok {
		return best, &codedError{headroom.CodeMissingExchangeRate, fmt.Errorf("no claim says what %s is in %s on %s or before, directly or through a third currency", from, to, on)}
	}
	if days := on.Time().Sub(best.on.Time()).Hours() / 24; days > oldestRate {
		return best, &codedError{headroom.CodeMissingExchangeRate, fmt.Errorf("the nearest rate of %s in %s before %s is of %s, more than a year earlier", from, to, on, best.on)}
	}
	return best, nil
}

// direct is the nearest rate of a pair on or before a day, in either direction.
func (s *scope) direct(from, to string, on headroom.Date) (exchangeRate, bool) {
	for _, r := range s.rates {
		switch {
		case r.on > on || from == to:
		case r.from == from && r.to == to:
			return r, true
		case r.from == to && r.to == from:
			r.from, r.to, r.value = from, to, 1/r.value
			return r, true
		}
	}
	return exchangeRate{}, false
}

// currencies are those of the rates, in order.
func (s *scope) currencies() []string {
	var out []string
	for _, r := range s.rates {
		out = append(out, r.from, r.to)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// deflator is by what a sum of a claim in prices of one year is multiplied to be in those of another.
func (s *scope) deflator(c headroom.Claim, q quantity, from, to int, region, index string) (float64, Step, error) {
	if !q.unit.Money() && c.Currency == "" {
		return 0, Step{}, wrongUnit("the claim %s is no sum of money", c.ID)
	}
	if c.PriceYear != from {
		return 0, Step{}, fmt.Errorf("the claim %s is in prices of %d, not of %d", c.ID, c.PriceYear, from)
	}
	var value [2]float64
	var claims []string
	for i, year := range []int{from, to} {
		j := slices.IndexFunc(s.c.Deflators, func(d headroom.Deflator) bool {
			return d.Region == region && d.Index == index && d.Year == year && d.Value > 0
		})
		if j < 0 {
			return 0, Step{}, &codedError{headroom.CodeMissingDeflator, fmt.Errorf("deflator.csv has no %s of %q for %d", index, region, year)}
		}
		d := s.c.Deflators[j]
		value[i] = d.Value
		if d.Claim != "" {
			claims = append(claims, d.Claim)
		}
	}
	note := fmt.Sprintf("%s of %s: %s in %d, %s in %d", index, region, text(value[0]), from, text(value[1]), to)
	return value[1] / value[0], Step{Claims: claims, Note: note}, nil
}
