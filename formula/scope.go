package formula

import (
	"errors"
	"fmt"
	"strings"

	"headroom"
)

// scope is what the formulas of a case can speak of.
type scope struct {
	c       *headroom.Case
	claims  map[string]headroom.Claim
	rates   []exchangeRate // the newest first
	fits    map[string]fitResult
	binding headroom.Binding // whose formula is computed
	prices  map[string][]int // of its claims: the years in whose prices the formula counts them
}

// fitResult is a fit that was made once.
type fitResult struct {
	m   Matrix
	err error
}

// newScope is the scope of a case.
func newScope(c *headroom.Case) *scope {
	s := &scope{c: c, claims: make(map[string]headroom.Claim, len(c.Claims)), fits: map[string]fitResult{}}
	for _, cl := range c.Claims {
		s.claims[cl.ID] = cl
	}
	sources := make(map[string]headroom.Source, len(c.Sources))
	for _, src := range c.Sources {
		sources[src.ID] = src
	}
	s.rates = exchangeRates(c, sources)
	return s
}

// has reports whether there is a claim of an id.
func (s *scope) has(id string) bool {
	_, ok := s.claims[id]
	return ok
}

// claim is the claim of an id.
func (s *scope) claim(id string) (headroom.Claim, error) {
	c, ok := s.claims[id]
	if !ok {
		return c, fmt.Errorf("there is no claim %s", id)
	}
	return c, nil
}

// fitted is the cell of a fit for the vehicle and the market that the binding's row is about.
func (s *scope) fitted(year int, group string) (v float64, vehicle, market string, err error) {
	parts := strings.Split(s.binding.RowKey, ":")
	switch {
	case s.binding.Table == "demand" && len(parts) == 3:
		vehicle, market = parts[0], parts[1]
	case s.binding.Table == "outturn" && len(parts) == 4:
		vehicle, market = parts[2], parts[3]
	default:
		return 0, "", "", errors.New("fit stands only in bindings of demand and outturn")
	}
	key := fmt.Sprint(year, " ", group)
	f, done := s.fits[key]
	if !done {
		f.m, _, f.err = Fit(s.c.Outturns, year, group)
		s.fits[key] = f
	}
	if f.err != nil {
		return 0, "", "", f.err
	}
	v, ok := f.m.At(vehicle, market)
	if !ok {
		return 0, "", "", fmt.Errorf("the fit of %d, %s has no cell for %s in %s", year, group, vehicle, market)
	}
	return v, vehicle, market, nil
}
