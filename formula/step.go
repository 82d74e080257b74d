package formula

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
)

// Step is a part of how a figure was computed: a claim that was used, a transform, what stands in parentheses, or, last, the
// figure itself.
type Step struct {
	Part      string   // of the formula, as written; "" for the figure
	Transform string   // claim, arithmetic, fit, fx, deflate, share, annual, interpolate, figure
	Value     float64  // of a claim as written, of the figure in its own unit, else in base units
	Unit      string   // of Value; "" for a plain number
	Claims    []string // that this step itself rests on
	Note      string   // what was done, as "9.5261 CNY per GBP of 2026-01-27 (FX-1)"
}

// step keeps a step with the value that it came to.
func (p *parser) step(s Step, q quantity) {
	if p.scope == nil {
		return
	}
	s.Part = strings.TrimSpace(s.Part)
	s.Value, s.Unit = q.value, q.unit.Base()
	p.steps = append(p.steps, s)
}

// claimStep keeps a claim as a step, once.
func (p *parser) claimStep(c headroom.Claim) {
	s := Step{Part: "[" + c.ID + "]", Transform: "claim", Unit: c.Unit, Claims: []string{c.ID}}
	if slices.ContainsFunc(p.steps, func(o Step) bool { return o.Transform == s.Transform && o.Part == s.Part }) {
		return
	}
	s.Value, _ = figureOf(c) // stated has looked at it
	p.steps = append(p.steps, s)
}

// Explain computes what a binding says and returns the steps, the figure last, in b.Unit. The error says what is wrong with the
// formula: a *FormulaError where there is one. Commitments, which are dates, have a step for each claim and no figure.
func Explain(c *headroom.Case, b headroom.Binding) ([]Step, error) {
	return newScope(c).explain(b)
}

// Used are the claims that steps rest on, each once, in the order of the steps.
func Used(steps []Step) []string {
	var out []string
	for _, s := range steps {
		for _, id := range s.Claims {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// explain is Explain.
func (s *scope) explain(b headroom.Binding) ([]Step, error) {
	if b.Kind == string(headroom.BasisCommitment) {
		var out []Step
		for _, id := range b.Claims {
			c, err := s.claim(id)
			if err != nil {
				return nil, err
			}
			v, _ := figureOf(c) // an event has none
			out = append(out, Step{Part: "[" + id + "]", Transform: "claim", Value: v, Unit: c.Unit, Claims: []string{id}})
		}
		return out, nil
	}
	formula := b.Formula
	if formula == "" {
		if len(b.Claims) != 1 {
			return nil, fmt.Errorf("%d claims and no formula", len(b.Claims))
		}
		formula = "[" + b.Claims[0] + "]"
	}
	s.binding, s.prices = b, map[string][]int{}
	p := &parser{text: formula, scope: s}
	q, err := p.formula()
	if err == nil {
		var v float64
		if v, err = q.in(b.Unit); err == nil {
			p.steps = append(p.steps, Step{Transform: "figure", Value: v, Unit: b.Unit})
			return p.steps, nil
		}
		_, err = p.fail(0, err, "%v", err)
	}
	if b.Formula == "" { // the reader has not written one
		return nil, errorOf(err)
	}
	return nil, err
}

// errorOf is what is wrong, without the place in a formula.
func errorOf(err error) error {
	if e, ok := err.(*FormulaError); ok && e.Err != nil { //nolint:errorlint // it is never wrapped here
		return e.Err
	}
	return err
}
