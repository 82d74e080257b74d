package ledger

import (
	"fmt"

	"headroom"
)

// onePattern is what lines work in a case that has no table of patterns.
var onePattern = headroom.ShiftPattern{Index: headroom.Some(1)}

// pattern returns the pattern of a name: in a case without patterns the one of index 1, whatever it is called.
func (v *view) pattern(id string) *headroom.ShiftPattern {
	if len(v.c.ShiftPatterns) == 0 {
		return &onePattern
	}
	return v.patterns[id]
}

// works reports whether a line can work a pattern.
func works(l *headroom.Line, s *headroom.ShiftPattern) bool {
	if len(s.Lines) == 0 {
		return true
	}
	for _, id := range s.Lines {
		if id == every || id == l.ID {
			return true
		}
	}
	return false
}

// patternsOf returns the patterns that a line can work and has a capacity in.
func (v *view) patternsOf(l *headroom.Line) []*headroom.ShiftPattern {
	all := v.c.ShiftPatterns
	if len(all) == 0 {
		all = []headroom.ShiftPattern{onePattern}
	}
	var out []*headroom.ShiftPattern
	for i := range all {
		if _, err := capacity(l, &all[i]); err == nil && works(l, &all[i]) {
			out = append(out, &all[i])
		}
	}
	return out
}

// capacity is cap(l,σ), straight time, in vehicles a year at the rate of the line.
func capacity(l *headroom.Line, s *headroom.ShiftPattern) (float64, error) {
	switch {
	case l.CapacityYear.Set && s.Index.Set:
		return l.CapacityYear.Value * s.Index.Value, nil
	case l.Rate.Set && s.Hours.Set:
		return l.Rate.Value * l.Availability / 100 * s.Hours.Value * s.Weeks, nil
	}
	return 0, fmt.Errorf("line %s, pattern %q: neither capacity_year and index nor rate and hours", l.ID, s.ID)
}

// nominal is capline(l), the capacity that fixed cost and severance per capacity are counted by.
func (v *view) nominal(l *headroom.Line) (float64, error) {
	if l.CapacityYear.Set {
		return l.CapacityYear.Value, nil
	}
	patterns := v.patternsOf(l)
	if len(patterns) == 0 {
		return 0, fmt.Errorf("line %s: no pattern that it has a capacity in", l.ID)
	}
	var most, of float64
	for _, s := range patterns {
		n, err := capacity(l, s)
		if err != nil {
			return 0, err
		}
		if n > most {
			most, of = n, n/s.Index.Or(1)
		}
	}
	return of, nil
}

// plantCapacity is mincap(p) in a period.
func (v *view) plantCapacity(p *headroom.Plant, t int) (float64, error) {
	var s sum
	for i := range v.c.Lines {
		l := &v.c.Lines[i]
		if l.Plant != p.ID || l.Use == headroom.Exclude {
			continue
		}
		n, err := v.nominal(l)
		if err != nil {
			return 0, err
		}
		s.add(n * v.lineShare(l, t))
	}
	return s.total(), nil
}

// fullRate is the most that a line can build a year in any pattern, overtime counted in.
func (v *view) fullRate(l *headroom.Line) float64 {
	var most float64
	for _, s := range v.patternsOf(l) {
		if n, err := capacity(l, s); err == nil {
			most = max(most, n*(1+s.OvertimeShare/100))
		}
	}
	return most
}
