package report

import (
	"fmt"

	"headroom"
)

// spreadText says how far forecasts of this kind have missed, and what that makes of the output in the target's last year.
func spreadText(b *headroom.Brief) string {
	s := b.Spread
	if s == nil {
		return ""
	}
	text := fmt.Sprintf("How firm is %s? Forecasts of this kind made %s before have missed by %s (%s scored)",
		clean(s.Period), years(s.Horizon), percent(s.RMS, 0), plural(s.N, "forecast", "forecasts"))
	if s.Scored < s.Horizon {
		text = fmt.Sprintf("How firm is %s? No forecast of this kind made %s before has been scored; %s before, they have missed by %s (%s scored)",
			clean(s.Period), years(s.Horizon), years(s.Scored), percent(s.RMS, 0), plural(s.N, "forecast", "forecasts"))
	}
	text += fmt.Sprintf(": %s to %s vehicles.", count(s.Low), count(s.High))
	if s.NoChange != nil {
		text += fmt.Sprintf(" That nothing changes would have missed by %s (%s of years that far apart).", percent(*s.NoChange, 0), plural(s.Pairs, "pair", "pairs"))
	}
	return text
}

// years is a time in years, to one decimal where it is not whole.
func years(y float64) string {
	if r := decimals(y, 1); r != decimals(y, 0)+".0" {
		return r + " years"
	}
	return plural(int(y+0.5), "year", "years")
}

// plural is a number with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
