package formula

import (
	"errors"
	"fmt"
	"strconv"

	"headroom"
)

// annual reads [claim]: a claim about some months, as a year at that pace.
func (p *parser) annual() (quantity, Step, error) {
	p.peek()
	at := p.pos
	c, err := p.claim()
	if err != nil || p.scope == nil {
		return plainNumber(1), Step{}, err
	}
	q, err := p.claimed(at, c)
	if err != nil {
		return quantity{}, Step{}, err
	}
	if u, err := UnitOf(c); err == nil && u.yearly {
		return quantity{}, Step{}, fmt.Errorf("the claim %s is by the year already", c.ID)
	}
	if d := q.unit.Dimension(); d == "" && !q.free {
		return quantity{}, Step{}, wrongUnit("the claim %s is a share: it does not grow with the months", c.ID)
	}
	if c.PeriodFrom == 0 || c.PeriodTo == 0 {
		return quantity{}, Step{}, fmt.Errorf("the claim %s has no first or no last day", c.ID)
	}
	by, what := yearly(c.PeriodFrom, c.PeriodTo)
	q.value *= by
	return q, Step{Note: fmt.Sprintf("%s to %s is %s: times %s", c.PeriodFrom, c.PeriodTo, what, text(by))}, nil
}

// yearly is what a count over a span is multiplied by to be one over a year: by whole months where it has them, else by days.
func yearly(from, to headroom.Date) (float64, string) {
	next := to.AddDays(1)
	months := (next.Year()-from.Year())*12 + int(next.Time().Month()) - int(from.Time().Month())
	if from.Time().Day() == next.Time().Day() && months > 0 {
		return 12 / float64(months), fmt.Sprintf("%d months", months)
	}
	days := next.Time().Sub(from.Time()).Hours() / 24
	return 365 / days, fmt.Sprintf("%s days", text(days))
}

// interpolate reads [claim],[claim],date: what lies between two dated claims on a straight line. A claim counts on the middle of
// its period.
func (p *parser) interpolate() (quantity, Step, error) {
	var claims [2]headroom.Claim
	var at [2]int
	for i := range claims {
		p.peek()
		at[i] = p.pos
		c, err := p.claim()
		if err == nil {
			err = p.comma("interpolate")
		}
		if err != nil {
			return quantity{}, Step{}, err
		}
		claims[i] = c
	}
	w, err := p.words("interpolate", 1, 1)
	if err != nil {
		return quantity{}, Step{}, err
	}
	from, ferr := headroom.ParseDate(w[0], false)
	to, terr := headroom.ParseDate(w[0], true)
	if ferr != nil || terr != nil {
		return quantity{}, Step{}, fmt.Errorf("write %s", usage["interpolate"])
	}
	if p.scope == nil {
		return plainNumber(1), Step{}, nil
	}
	var q [2]quantity
	var when [2]float64
	for i, c := range claims {
		if q[i], err = p.claimed(at[i], c); err != nil {
			return quantity{}, Step{}, err
		}
		if c.PeriodFrom == 0 || c.PeriodTo == 0 {
			return quantity{}, Step{}, fmt.Errorf("the claim %s has no first or no last day", c.ID)
		}
		when[i] = middle(c.PeriodFrom, c.PeriodTo)
	}
	return onLine(q, when, middle(from, to), w[0])
}

// onLine is the value at a time on the straight line through two values.
func onLine(q [2]quantity, when [2]float64, t float64, name string) (quantity, Step, error) {
	x := (t - when[0]) / (when[1] - when[0])
	switch {
	case q[0].unit.Dimension() != q[1].unit.Dimension():
		return quantity{}, Step{}, wrongUnit("between %s and %s lies nothing", shown(q[0].unit), shown(q[1].unit))
	case when[0] == when[1]:
		return quantity{}, Step{}, errors.New("the two claims are about the same time")
	case x < 0 || x > 1:
		return quantity{}, Step{}, fmt.Errorf("%s is not between the two claims", name)
	}
	out := q[0]
	out.value += x * (q[1].value - q[0].value)
	out.free = q[0].free && q[1].free
	return out, Step{Note: fmt.Sprintf("%s of the way from the first to the second", strconv.FormatFloat(x, 'f', 4, 64))}, nil
}

// middle is the middle of a span in years: 2025.5 for the year 2025.
func middle(from, to headroom.Date) float64 {
	return (decimalYear(from) + decimalYear(to.AddDays(1))) / 2
}

// decimalYear is the start of a day in years.
func decimalYear(d headroom.Date) float64 {
	days := headroom.NewDate(d.Year(), 12, 31).Time().YearDay()
	return float64(d.Year()) + float64(d.Time().YearDay()-1)/float64(days)
}
