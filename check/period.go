package check

import "headroom"

// periods looks for a horizon without gaps, overlaps and loose ends.
func (k *checker) periods() {
	c := k.c
	if c.HorizonTo < c.HorizonFrom {
		k.fail(headroom.CodeReversedDates, "case", c.ID, "horizon_to", "exchange them", "the horizon ends on %v, before it begins on %v", c.HorizonTo, c.HorizonFrom)
		return
	}
	for i, p := range c.Periods {
		if p.To < p.From {
			continue // reported with the other dates
		}
		if p.From < c.HorizonFrom || p.To > c.HorizonTo {
			column := "from"
			if p.From >= c.HorizonFrom && p.From <= c.HorizonTo {
				column = "to"
			}
			k.fail(headroom.CodePeriodOutside, "period", p.ID, column, "move the period, or the horizon in case.yaml",
				"the period %v to %v is outside the horizon %v to %v", p.From, p.To, c.HorizonFrom, c.HorizonTo)
			continue
		}
		if i == 0 {
			continue
		}
		before := c.Periods[i-1]
		switch next := before.To.AddDays(1); {
		case p.From < next:
			k.fail(headroom.CodeOverlappingPeriods, "period", p.ID, "from", "let it begin on "+next.String(), "the period begins on %v, before %s ends on %v", p.From, before.ID, before.To)
		case p.From > next:
			k.fail(headroom.CodeGapBetweenPeriods, "period", p.ID, "from", "let it begin on "+next.String(), "the period begins on %v, and %s ends on %v", p.From, before.ID, before.To)
		}
	}
	k.looseEnds()
}

// looseEnds looks for days of the horizon in no period.
func (k *checker) looseEnds() {
	c := k.c
	if len(c.Periods) == 0 {
		return
	}
	first, last := c.Periods[0], c.Periods[len(c.Periods)-1]
	if first.From > c.HorizonFrom {
		k.fail(headroom.CodeGapBetweenPeriods, "period", first.ID, "from", "let it begin with the horizon", "the first period begins on %v, and the horizon on %v", first.From, c.HorizonFrom)
	}
	if last.To < c.HorizonTo {
		k.fail(headroom.CodeGapBetweenPeriods, "period", last.ID, "to", "let it end with the horizon", "the last period ends on %v, and the horizon on %v", last.To, c.HorizonTo)
	}
}

// spans are the pairs of columns that begin and end something.
var spans = [][2]string{{"from", "to"}, {"sop", "eop"}, {"committed_from", "committed_until"}, {"qualifies_from", "qualifies_to"}}

// dates looks for spans that end before they begin.
func (k *checker) dates() {
	for _, r := range k.rows() {
		for _, s := range r.spans {
			from, to := headroom.Date(r.value.Field(s[0]).Int()), headroom.Date(r.value.Field(s[1]).Int())
			if from != 0 && to != 0 && to < from {
				k.fail(headroom.CodeReversedDates, r.table, r.key, r.columns[s[1]], "exchange them", "%s %v is before %s %v",
					r.columns[s[1]], to, r.columns[s[0]], from)
			}
		}
	}
}
