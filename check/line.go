package check

import (
	"math"
	"slices"

	"headroom"
)

// agreement is by how much the two ways to give a capacity may differ.
const agreement = 0.05

// lines looks at the capacity of lines.
func (k *checker) lines() {
	for i := range k.c.Lines {
		l := &k.c.Lines[i]
		if len(k.onLine[l.ID]) == 0 {
			k.warn(headroom.CodeUnusedRow, "line", l.ID, "line_id", "add a row to vehicle_line.csv or delete the line", "no vehicle can be built on %s", l.ID)
		}
		patterns := k.patternsFor(l)
		switch {
		case !l.CapacityYear.Set && !l.Rate.Set:
			k.fail(headroom.CodeMissingCapacity, "line", l.ID, "capacity_year", "write vehicles a year, or jobs an hour in rate; a missing capacity is not zero",
				"%s has neither a capacity nor a rate", l.ID)
		case len(patterns) == 0:
			k.fail(headroom.CodeMissingPattern, "line", l.ID, "line_id", "name it in lines of shift_pattern.csv", "no shift pattern can be worked on %s", l.ID)
		case slices.ContainsFunc(patterns, func(p *headroom.ShiftPattern) bool { return !p.Index.Set && !p.Hours.Set }):
			// the pattern is reported itself
		case !k.anyCapacity(l, patterns) && !l.CapacityYear.Set:
			k.fail(headroom.CodeMissingPattern, "line", l.ID, "rate", "write the hours of the patterns in shift_pattern.csv, or capacity_year",
				"%s has a rate, and no pattern of it has hours", l.ID)
		case !k.anyCapacity(l, patterns):
			k.fail(headroom.CodeMissingPattern, "line", l.ID, "capacity_year", "write the index of the patterns in shift_pattern.csv", "no pattern of %s has an index", l.ID)
		default:
			k.agree(l, patterns)
			k.unknownCapacity(l, patterns)
		}
		if l.InitialPattern != "" && !slices.ContainsFunc(patterns, func(p *headroom.ShiftPattern) bool { return p.ID == l.InitialPattern }) {
			k.fail(headroom.CodeMissingPattern, "line", l.ID, "initial_pattern", "name one that it can work", "%s cannot work the pattern %s", l.ID, l.InitialPattern)
		}
	}
}

// unknownCapacity looks for patterns that a line may work and in which its capacity is not known.
func (k *checker) unknownCapacity(l *headroom.Line, patterns []*headroom.ShiftPattern) {
	for _, p := range patterns {
		if _, ok := capacityIn(l, p); ok {
			continue
		}
		column, other := "index", "capacity_year"
		if !l.CapacityYear.Set {
			column, other = "hours", "rate"
		}
		k.fail(headroom.CodeMissingPattern, "shift_pattern", p.ID, column, "write it, or name in lines those that can work the pattern",
			"%s has a %s, and %s has no %s: what it can build in that pattern is not known", l.ID, other, p.ID, column)
		return
	}
}

// anyCapacity reports whether a line has a capacity in one of the patterns.
func (k *checker) anyCapacity(l *headroom.Line, patterns []*headroom.ShiftPattern) bool {
	return slices.ContainsFunc(patterns, func(p *headroom.ShiftPattern) bool {
		_, ok := capacityIn(l, p)
		return ok
	})
}

// agree compares capacity_year × index with rate × availability × hours × weeks.
func (k *checker) agree(l *headroom.Line, patterns []*headroom.ShiftPattern) {
	for _, p := range patterns {
		if !l.CapacityYear.Set || !l.Rate.Set || !p.Index.Set || !p.Hours.Set {
			continue
		}
		a, b := l.CapacityYear.Value*p.Index.Value, hourly(l, p)
		if math.Abs(a-b) > agreement*max(a, b) {
			k.fail(headroom.CodeDisputedCapacity, "line", l.ID, "rate", "correct one, or delete it",
				"in pattern %s the capacity is %s a year and the rate gives %s", p.ID, whole(a), whole(b))
			return
		}
	}
}

// patterns looks for patterns that no line can work.
func (k *checker) patterns() {
	for i := range k.c.ShiftPatterns {
		p := &k.c.ShiftPatterns[i]
		if !p.Index.Set && !p.Hours.Set {
			k.fail(headroom.CodeMissingPattern, "shift_pattern", p.ID, "index", "write the index, or the hours a week", "%s has neither an index nor hours", p.ID)
			continue
		}
		used := false
		for j := range k.c.Lines {
			l := &k.c.Lines[j]
			if !slices.Contains(k.patternsFor(l), p) {
				continue
			}
			_, ok := capacityIn(l, p)
			used = used || ok || !l.CapacityYear.Set && !l.Rate.Set
		}
		if !used {
			k.warn(headroom.CodeUnusedRow, "shift_pattern", p.ID, "pattern_id", "give it lines with a capacity (index) or a rate (hours)", "no line can work %s", p.ID)
		}
	}
}
