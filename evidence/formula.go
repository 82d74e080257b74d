package evidence

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A formula is arithmetic: numbers, claim ids in square brackets, + − * / and parentheses, as in
//
//	([CAP-SUN-600] - [CAP-SUN-L1]) * 2 / 3
//
// In the binding of a demand or an outturn, fit(2025,cars) stands for the cell of the row's vehicle and market in the fit of
// that year and group.

// maxDepth is how deep parentheses and signs may be nested.
const maxDepth = 100

// FormulaError says what is wrong with a formula, and where.
type FormulaError struct {
	Formula  string
	Position int // of the first character that is wrong, counted in bytes from 1
	Message  string
	Err      error // of the value of a claim, or nil
}

// Error is the position and the message.
func (e *FormulaError) Error() string {
	return fmt.Sprintf("formula %q, position %d: %s", e.Formula, e.Position, e.Message)
}

// Unwrap is the error of the value that was asked for.
func (e *FormulaError) Unwrap() error { return e.Err }

// Eval computes a formula. It asks value for each claim; every error is a *FormulaError. A result that is not a finite number
// is an error.
func Eval(formula string, value func(claimID string) (float64, error)) (float64, error) {
	return eval(formula, value, nil)
}

// Claims are the claim ids of a formula in the order in which they first stand in it.
func Claims(formula string) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	one := func(id string) (float64, error) {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
		return 1, nil
	}
	p := &parser{text: formula, value: one, fit: func(int, string) (float64, error) { return 1, nil }, loose: true}
	_, err := p.formula()
	return out, err
}

// eval is Eval with the values of fit(year,group); a nil fit refuses the word.
func eval(formula string, value func(string) (float64, error), fit func(year int, group string) (float64, error)) (float64, error) {
	p := &parser{text: formula, value: value, fit: fit}
	return p.formula()
}

// parser computes while it reads, by recursive descent.
type parser struct {
	text  string
	pos   int // of the next byte, from 0
	depth int
	value func(string) (float64, error)
	fit   func(int, string) (float64, error)
	loose bool // numbers do not matter: a division by zero is none
}

// fail returns an error at a byte counted from 0.
func (p *parser) fail(at int, err error, format string, args ...any) (float64, error) {
	return 0, &FormulaError{Formula: p.text, Position: at + 1, Message: fmt.Sprintf(format, args...), Err: err}
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
func (p *parser) formula() (float64, error) {
	v, err := p.sum()
	if err != nil {
		return 0, err
	}
	if c := p.peek(); c != 0 {
		return p.fail(p.pos, nil, "%q is not expected here", string(c))
	}
	return v, nil
}

// sum = product { (+|-) product }.
func (p *parser) sum() (float64, error) {
	v, err := p.product()
	for err == nil {
		op, at := p.peek(), p.pos
		if op != '+' && op != '-' {
			return v, nil
		}
		p.pos++
		var w float64
		if w, err = p.product(); err != nil {
			break
		}
		if op == '-' {
			w = -w
		}
		v, err = p.finite(at, v+w)
	}
	return 0, err
}

// product = factor { (*|/) factor }.
func (p *parser) product() (float64, error) {
	v, err := p.factor()
	for err == nil {
		op, at := p.peek(), p.pos
		if op != '*' && op != '/' {
			return v, nil
		}
		p.pos++
		var w float64
		if w, err = p.factor(); err != nil {
			break
		}
		switch {
		case op == '*':
			v, err = p.finite(at, v*w)
		case w == 0 && !p.loose:
			return p.fail(at, nil, "division by zero")
		case w != 0:
			v, err = p.finite(at, v/w)
		}
	}
	return 0, err
}

// finite passes on a number that can be stored.
func (p *parser) finite(at int, v float64) (float64, error) {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return p.fail(at, nil, "the result is too large")
	}
	return v, nil
}

// factor = [-] ( number | [claim] | fit(year,group) | (sum) ).
func (p *parser) factor() (float64, error) {
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
		return -v, err
	case c == '(':
		p.pos++
		v, err := p.sum()
		if err != nil {
			return 0, err
		}
		if p.peek() != ')' {
			return p.fail(at, nil, "this parenthesis is not closed")
		}
		p.pos++
		return v, nil
	case c == '[':
		return p.claim()
	case c >= '0' && c <= '9' || c == '.':
		return p.number()
	case strings.HasPrefix(p.text[p.pos:], "fit("):
		return p.fitted()
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

// claim reads [ID].
func (p *parser) claim() (float64, error) {
	at := p.pos
	n := strings.IndexByte(p.text[at:], ']')
	if n < 0 {
		return p.fail(at, nil, "this bracket is not closed")
	}
	id := p.text[at+1 : at+n]
	if id == "" || strings.ContainsAny(id, "[ \t") {
		return p.fail(at, nil, "%q is not a claim id", id)
	}
	p.pos = at + n + 1
	v, err := p.value(id)
	if err != nil {
		return p.fail(at, err, "%v", err)
	}
	return p.finite(at, v)
}

// number reads a decimal number without sign, exponent or grouping.
func (p *parser) number() (float64, error) {
	at := p.pos
	for p.pos < len(p.text) && (p.text[p.pos] >= '0' && p.text[p.pos] <= '9' || p.text[p.pos] == '.') {
		p.pos++
	}
	v, err := strconv.ParseFloat(p.text[at:p.pos], 64)
	if err != nil {
		return p.fail(at, nil, "%q is not a number", p.text[at:p.pos])
	}
	return v, nil
}

// fitted reads fit(year,group).
func (p *parser) fitted() (float64, error) {
	at := p.pos
	n := strings.IndexByte(p.text[at:], ')')
	if n < 0 {
		return p.fail(at, nil, "this parenthesis is not closed")
	}
	year, group, ok := strings.Cut(p.text[at+len("fit("):at+n], ",")
	y, err := strconv.Atoi(strings.TrimSpace(year))
	group = strings.TrimSpace(group)
	if !ok || err != nil || group == "" {
		return p.fail(at, nil, "write fit(year,group)")
	}
	if p.fit == nil {
		return p.fail(at, nil, "a fit stands only in a binding of a case")
	}
	p.pos = at + n + 1
	v, err := p.fit(y, group)
	if err != nil {
		return p.fail(at, err, "%v", err)
	}
	return v, nil
}
