package formula

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"headroom"
)

// transforms are the words of formulas with what reads and computes them: from after the opening bracket to before the closing
// one. A result of a parser without a scope does not matter.
var transforms map[string]func(p *parser) (quantity, Step, error)

func init() { // the table and the parser need each other
	transforms = map[string]func(p *parser) (quantity, Step, error){
		"fit": (*parser).fit, "fx": (*parser).fx, "deflate": (*parser).deflate,
		"share": (*parser).share, "annual": (*parser).annual, "interpolate": (*parser).interpolate,
	}
}

// transform reads NAME( … ).
func (p *parser) transform(at int, name string) (quantity, error) {
	p.pos = at + len(name) + 1
	q, step, err := transforms[name](p)
	var fe *FormulaError
	switch {
	case errors.As(err, &fe):
		return quantity{}, err
	case err != nil:
		return p.fail(at, err, "%v", err)
	case p.peek() == 0:
		return p.fail(at, nil, "this parenthesis is not closed")
	case p.peek() != ')':
		return p.fail(p.pos, nil, "%q is not expected here; write %s", firstRune(p.text[p.pos:]), usage[name])
	}
	p.pos++
	if q, err = p.result(at)(q, nil); err != nil {
		return quantity{}, err
	}
	step.Part, step.Transform = p.text[at:p.pos], name
	p.step(step, q)
	return q, nil
}

// usage is how each transform is written.
var usage = map[string]string{
	"fit":         "fit(year,group)",
	"fx":          "fx(FROM,TO,date), as fx(USD,GBP,2026-01-27)",
	"deflate":     "deflate([claim],from year,to year), with ,region or ,region,index behind",
	"share":       "share(part,whole)",
	"annual":      "annual([claim])",
	"interpolate": "interpolate([claim],[claim],date)",
}

// words reads words between commas up to the closing bracket: at least least, at most most.
func (p *parser) words(name string, least, most int) ([]string, error) {
	n := strings.IndexByte(p.text[p.pos:], ')')
	if n < 0 {
		return nil, errors.New("this parenthesis is not closed")
	}
	out := strings.Split(p.text[p.pos:p.pos+n], ",")
	for i, w := range out {
		out[i] = strings.TrimSpace(w)
	}
	if len(out) < least || len(out) > most || slices.Contains(out, "") {
		return nil, fmt.Errorf("write %s", usage[name])
	}
	p.pos += n
	return out, nil
}

// comma reads a comma.
func (p *parser) comma(name string) error {
	if p.peek() != ',' {
		_, err := p.fail(p.pos, nil, "a comma is expected here; write %s", usage[name])
		return err
	}
	p.pos++
	return nil
}

// fit reads year,group: the cell of the row's vehicle and market in the fit of outturns.
func (p *parser) fit() (quantity, Step, error) {
	w, err := p.words("fit", 2, 2)
	if err != nil {
		return quantity{}, Step{}, err
	}
	year, err := strconv.Atoi(w[0])
	if err != nil {
		return quantity{}, Step{}, fmt.Errorf("write %s", usage["fit"])
	}
	if p.scope == nil {
		return plainNumber(1), Step{}, nil
	}
	v, vehicle, market, err := p.scope.fitted(year, w[1])
	if err != nil {
		return quantity{}, Step{}, err
	}
	u := Unit{factor: 1, base: map[string]int{"vehicle": 1}}
	return of(v, u), Step{Note: fmt.Sprintf("%s for %s, in the fit of %d to the totals of %s", vehicle, market, year, w[1])}, nil
}

// fx reads FROM,TO,date: how much of TO one of FROM buys.
func (p *parser) fx() (quantity, Step, error) {
	w, err := p.words("fx", 3, 3)
	if err != nil {
		return quantity{}, Step{}, err
	}
	on, err := headroom.ParseDate(w[2], true)
	if err != nil || !currencyCode.MatchString(w[0]) || !currencyCode.MatchString(w[1]) || w[0] == w[1] {
		return quantity{}, Step{}, fmt.Errorf("write %s", usage["fx"])
	}
	if p.scope == nil {
		return plainNumber(1), Step{}, nil
	}
	r, err := p.scope.rate(w[0], w[1], on)
	if err != nil {
		return quantity{}, Step{}, err
	}
	u := Unit{factor: 1, base: map[string]int{w[1]: 1, w[0]: -1}}
	return of(r.value, u), Step{Claims: r.claims, Note: r.note}, nil
}

// deflate reads [claim],from year,to year[,region[,index]]: a sum of money in the prices of another year.
func (p *parser) deflate() (quantity, Step, error) {
	at := p.pos
	c, err := p.claim()
	if err == nil {
		err = p.comma("deflate")
	}
	if err != nil {
		return quantity{}, Step{}, err
	}
	w, err := p.words("deflate", 2, 4)
	if err != nil {
		return quantity{}, Step{}, err
	}
	from, ferr := strconv.Atoi(w[0])
	to, terr := strconv.Atoi(w[1])
	if ferr != nil || terr != nil {
		return quantity{}, Step{}, fmt.Errorf("write %s", usage["deflate"])
	}
	if p.scope == nil {
		return plainNumber(1), Step{}, nil
	}
	q, err := p.pricedIn(to, at, c)
	if err != nil {
		return quantity{}, Step{}, err
	}
	region, index := c.Region, "CPI"
	if len(w) > 2 {
		region = w[2]
	}
	if len(w) > 3 {
		index = w[3]
	}
	ratio, step, err := p.scope.deflator(c, q, from, to, region, index)
	q.value *= ratio
	return q, step, err
}

// share reads part,whole: the part as a share of the whole.
func (p *parser) share() (quantity, Step, error) {
	part, err := p.sum()
	if err == nil {
		err = p.comma("share")
	}
	if err != nil {
		return quantity{}, Step{}, err
	}
	whole, err := p.sum()
	if err != nil || p.scope == nil {
		return plainNumber(1), Step{}, err
	}
	if part.unit.Dimension() != whole.unit.Dimension() {
		return quantity{}, Step{}, wrongUnit("%s is no share of %s", shown(part.unit), shown(whole.unit))
	}
	q, err := part.times(whole, -1)
	q.free = false // a share is one, whatever it is of
	if err == nil && (q.value < 0 || q.value > 1+1e-9) {
		err = fmt.Errorf("%s is no share of %s: it is larger than the whole or negative", text(part.value), text(whole.value))
	}
	return q, Step{Note: fmt.Sprintf("%s of %s", text(part.value), text(whole.value))}, err
}
