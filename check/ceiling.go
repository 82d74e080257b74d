package check

import (
	"strings"

	"headroom"
)

// Ceilings: what no case needs more of. Beyond them a number is a slip of the pen, and what follows from it has no end: a life of
// 10⁹ years was once worked through year by year.
const (
	mostYears   = 100   // of a horizon, and of any life
	mostPeriods = 1_200 // months of the longest horizon
	mostRate    = 100   // discount rate, percent a year
	leastRate   = -50   //
	mostCars    = 1e9   // of a question
	firstPrices = 1900  // price years
	lastPrices  = 2150  //
)

// ceilings looks for numbers of case.yaml, and for lives, that are beyond what any case needs.
func (k *checker) ceilings() {
	c := k.c
	beyond := func(column, hint, format string, args ...any) {
		k.fail(headroom.CodeBeyondLimit, "case", c.ID, column, hint, format, args...)
	}
	if years := headroom.Years(c.HorizonFrom, c.HorizonTo); years > mostYears+0.01 {
		beyond("horizon_to", "let it end earlier", "the horizon has %.0f years, and the most is %d", years, mostYears)
	}
	if n := len(c.Periods); n > mostPeriods {
		k.fail(headroom.CodeBeyondLimit, "period", c.Periods[mostPeriods].ID, "", "make the periods longer, or the horizon shorter", "there are %d periods, and the most is %d", n, mostPeriods)
	}
	if r := c.DiscountRate; r > mostRate || r < leastRate && r > -100 {
		beyond("discount_rate", "write percent a year, such as 6", "a discount rate of %v percent a year is outside %d to %d", r, leastRate, mostRate)
	}
	if life := c.TerminalLife.Or(0); life > mostYears {
		beyond("terminal_life", "leave it out, nothing reads it", "a life of %v years is more than %d", life, mostYears)
	}
	if y := c.PriceYear; y != 0 && (y < firstPrices || y > lastPrices) {
		beyond("price_year", "write the year whose prices all money is in", "the price year %d is outside %d to %d", y, firstPrices, lastPrices)
	}
	switch v := c.QuestionVolume; {
	case v < 0:
		k.fail(headroom.CodeNegativeNumber, "case", c.ID, "question_volume", "write vehicles a year", "%v is below zero", v)
	case v > mostCars:
		beyond("question_volume", "write vehicles a year", "%v vehicles a year is more than %v", v, float64(mostCars))
	}
	for _, r := range k.rows() {
		r.figures(func(column string, v float64) {
			if strings.HasSuffix(column, "life") && v > mostYears {
				k.fail(headroom.CodeBeyondLimit, r.table, r.key, column, "write years", "a life of %v years is more than %d", v, mostYears)
			}
		})
	}
}
