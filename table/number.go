package table

import (
	"fmt"
	"math"
	"strings"

	"headroom"
	"headroom/reading"
)

// problem is what is wrong with a cell, before its place is known.
type problem = reading.Problem

// parseNumber reads a plain decimal number of a column of amounts.
func parseNumber(s string) (float64, *problem) { return reading.Number(s, reading.Amount) }

// short quotes a cell for a message.
func short(s string) string { return reading.Short(s) }

// rates are the units of the schema in which a thousand is out of the question, so that a point in a number is a decimal point.
var rates = map[string]bool{
	"%": true, "%/yr": true, "x": true, "x/yr": true, "share": true, "to/from": true, "index": true, "ccy/kWh": true, "jobs/h": true,
	"months": true, "yr": true, "weeks": true, "weeks/yr": true, "h/week": true, "h/veh": true, "crews": true, "lines": true, "launches/yr": true,
}

// numbers is the kind of the numbers of a column.
func (c *Column) numbers() reading.Kind {
	if rates[c.Unit] || c.Kind == KindPercent || c.Kind == KindYear || c.Kind == KindInt {
		return reading.Rate
	}
	return reading.Amount
}

// amounts reports whether a point in a number of the column may separate thousands. The customs value is money or a percentage.
func (c *Column) amounts() bool {
	return c.Kind == KindNumber && c.numbers() == reading.Amount || c.Unit == "ccy/veh or %"
}

// format writes a number of the column so that it is read as the same number, and has one reading.
func (c *Column) format(v float64) string {
	if c.amounts() {
		return reading.Decimal(formatNumber(v))
	}
	return formatNumber(v)
}

// parsePercent reads 6 or 6%. A number without the sign that looks like a fraction is refused: 0.06 has two meanings.
func parsePercent(s, unit string) (float64, *problem) {
	s = strings.TrimSpace(s)
	text, signed := strings.CutSuffix(s, "%")
	v, p := reading.Number(text, reading.Rate)
	if p != nil || signed {
		return v, p
	}
	least := 1.0
	if unit == "%/yr" {
		least = 0.1
	}
	switch a := math.Abs(v); {
	case a > 0 && a < least:
		return v, &problem{
			Code: headroom.CodePercentOrFraction, Message: fmt.Sprintf("%s may be a fraction, and the column is in percent", s),
			Hint: fmt.Sprintf("write %s for the fraction or %s%% for the percentage", roundNumber(v*100), s),
		}
	case a > 150:
		return v, &problem{
			Code: headroom.CodePercentOrFraction, Message: fmt.Sprintf("%s percent is more than a share or a rate can be", s),
			Hint: fmt.Sprintf("write %s%% if it is meant", s),
		}
	}
	return v, nil
}
