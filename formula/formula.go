package formula

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"headroom"
)

// A formula is arithmetic with units: numbers, claim ids in square brackets, + − * / and parentheses, as in
//
//	([CAP-SUN-600] - [CAP-SUN-L1]) * 2 / 3
//
// and transforms, which are computed:
//
//	fit(2025,cars)                   the cell of the row's vehicle and market in the fit of that year and group
//	fx(USD,GBP,2026-01-27)           the pounds that a dollar bought on the nearest day on or before that has a claim
//	deflate([X],2016,2025)           a sum in prices of 2016 in those of 2025, by the CPI of the claim's region
//	deflate([X],2016,2025,UK,PPI)    the same by another index
//	share([A],[B])                   the part A of the whole B
//	annual([X])                      a claim about some months, scaled to a year
//	interpolate([A],[B],2027)        between two dated claims, for a year, a month or a day
//
// Claims count with their units: 67.5 % is 0.675, GBP 200 m are 200,000,000, and a dollar is no pound until fx makes it one.
// The result is turned into the unit of the figure. A plain number has no unit, and a claim that names none counts as a plain
// number; where nothing in a formula has a unit, the result is taken to be in that of the figure.

// maxDepth is how deep parentheses and signs may be nested.
const maxDepth = 100

// FormulaError says what is wrong with a formula, and where.
type FormulaError struct {
	Formula  string
	Position int    // of the first character that is wrong, counted in bytes from 1
	Code     string // of the finding that it is: BrokenFormula, WrongUnit, MissingExchangeRate, MissingDeflator
	Message  string
	Err      error // of the value of a claim, or nil
}

// Error is the position and the message.
func (e *FormulaError) Error() string {
	return fmt.Sprintf("formula %q, position %d: %s", e.Formula, e.Position, e.Message)
}

// Unwrap is the error of the value that was asked for.
func (e *FormulaError) Unwrap() error { return e.Err }

// Claims are the claim ids of a formula in the order in which they first stand in it. The claims of the rates that fx finds are
// not among them.
func Claims(formula string) ([]string, error) {
	p := &parser{text: formula}
	_, err := p.formula()
	return p.used, err
}

// parser computes while it reads, by recursive descent. Without a scope it only reads: every claim and transform counts as 1.
type parser struct {
	text  string
	pos   int // of the next byte, from 0
	depth int
	scope *scope
	used  []string // claims in brackets
	steps []Step
}

// fail returns an error at a byte counted from 0.
func (p *parser) fail(at int, err error, format string, args ...any) (quantity, error) {
	e := &FormulaError{Formula: p.text, Position: at + 1, Code: headroom.CodeBrokenFormula, Message: fmt.Sprintf(format, args...), Err: err}
	var coded *codedError
	if errors.As(err, &coded) {
		e.Code = coded.code
	}
	return quantity{}, e
}

// peek skips blanks and returns the next byte, or 0 at the end.
func (p *parser) peek() byte {
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\t') {
		p.pos++
	}
	if p.pos == len(p.text) {
		return 0
	}
	return p.text[p.pos]
}

// formula = sum, and nothing after it.
func (p *parser) formula() (quantity, error) {
	v, err := p.sum()
	if err != nil {
		return quantity{}, err
	}
	if c := p.peek(); c != 0 {
		return p.fail(p.pos, nil, "%q is not expected here", string(c))
	}
	return v, nil
}

// sum = product { (+|-) product }.
func (p *parser) sum() (quantity, error) {
	v, err := p.product()
	for err == nil {
		op, at := p.peek(), p.pos
		if op != '+' && op != '-' {
			return v, nil
		}
		p.pos++
		var w quantity
		if w, err = p.product(); err != nil {
			break
		}
		if op == '-' {
			w.value = -w.value
		}
		v, err = p.result(at)(v.plus(w))
	}
	return quantity{}, err
}

// product = factor { (*|/) factor }.
func (p *parser) product() (quantity, error) {
	v, err := p.factor()
	for err == nil {
		op, at := p.peek(), p.pos
		if op != '*' && op != '/' {
			return v, nil
		}
		p.pos++
		var w quantity
		if w, err = p.factor(); err != nil {
			break
		}
		if op == '*' {
			v, err = p.result(at)(v.times(w, 1))
		} else {
			v, err = p.result(at)(v.times(w, -1))
		}
	}
	return quantity{}, err
}

// result gives an error the place at which it came about, and passes on a number that can be stored.
func (p *parser) result(at int) func(quantity, error) (quantity, error) {
	return func(q quantity, err error) (quantity, error) {
		switch {
		case p.scope == nil:
			return plainNumber(1), nil
		case err != nil:
			return p.fail(at, err, "%v", err)
		case math.IsInf(q.value, 0) || math.IsNaN(q.value):
			return p.fail(at, nil, "the result is too large")
		}
		return q, nil
	}
}

// factor = [-] ( number | [claim] | transform | (sum) ).
func (p *parser) factor() (quantity, error) {
	if p.depth++; p.depth > maxDepth {
		return p.fail(p.pos, nil, "nested more than %d deep", maxDepth)
	}
	defer func() { p.depth-- }()
	c, at := p.peek(), p.pos
	switch {
	case c == 0:
		return p.fail(p.pos, nil, "the formula ends where a number, a claim in brackets or a parenthesis is expected")
	case c == '-':
		p.pos++
		v, err := p.factor()
		v.value = -v.value
		return v, err
	case c == '(':
		p.pos++
		v, err := p.sum()
		if err != nil {
			return quantity{}, err
		}
		if p.peek() != ')' {
			return p.fail(at, nil, "this parenthesis is not closed")
		}
		p.pos++
		p.step(Step{Part: p.text[at+1 : p.pos-1], Transform: "arithmetic"}, v)
		return v, nil
	case c == '[':
		cl, err := p.claim()
		if err != nil {
			return quantity{}, err
		}
		return p.claimed(at, cl)
	case c >= '0' && c <= '9' || c == '.':
		return p.number()
	}
	if name, _, ok := strings.Cut(p.text[at:], "("); ok && transforms[name] != nil {
		return p.transform(at, name)
	}
	return p.fail(p.pos, nil, "%q is not expected here; claims stand in square brackets", firstRune(p.text[p.pos:]))
}

// firstRune is the first character of a text.
func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// claim reads [ID] and finds the claim.
func (p *parser) claim() (headroom.Claim, error) {
	at := p.pos
	no := func(err error, format string, args ...any) (headroom.Claim, error) {
		_, err = p.fail(at, err, format, args...)
		return headroom.Claim{}, err
	}
	if p.peek() != '[' {
		at = p.pos
		return no(nil, "a claim in square brackets is expected here")
	}
	at = p.pos
	n := strings.IndexByte(p.text[at:], ']')
	if n < 0 {
		return no(nil, "this bracket is not closed")
	}
	id := p.text[at+1 : at+n]
	if id == "" || strings.ContainsAny(id, "[ \t") {
		return no(nil, "%q is not a claim id", id)
	}
	p.pos = at + n + 1
	if !slices.Contains(p.used, id) {
		p.used = append(p.used, id)
	}
	if p.scope == nil {
		return headroom.Claim{ID: id}, nil
	}
	c, err := p.scope.claim(id)
	if err != nil {
		return no(err, "%v", err)
	}
	return c, nil
}

// claimed is what a claim states, and a step of its own.
func (p *parser) claimed(at int, c headroom.Claim) (quantity, error) {
	return p.pricedIn(c.PriceYear, at, c)
}

// pricedIn is claimed of a sum that the formula counts in the prices of a year.
func (p *parser) pricedIn(year, at int, c headroom.Claim) (quantity, error) {
	if p.scope == nil {
		return plainNumber(1), nil
	}
	if p.scope.prices != nil {
		p.scope.prices[c.ID] = append(p.scope.prices[c.ID], year)
	}
	q, err := stated(c)
	if err != nil {
		return p.fail(at, err, "%v", err)
	}
	p.claimStep(c)
	return p.result(at)(q, nil)
}

// number reads a decimal number without sign, exponent or grouping.
func (p *parser) number() (quantity, error) {
	at := p.pos
	for p.pos < len(p.text) && (p.text[p.pos] >= '0' && p.text[p.pos] <= '9' || p.text[p.pos] == '.') {
		p.pos++
	}
	v, err := strconv.ParseFloat(p.text[at:p.pos], 64)
	if err != nil {
		return p.fail(at, nil, "%q is not a number", p.text[at:p.pos])
	}
	return plainNumber(v), nil
}
