package report

import (
	"fmt"
	"strings"

	"headroom"
)

// spreadText is spreadSpans without marks.
func spreadText(b *headroom.Brief) string {
	var out strings.Builder
	for _, s := range spreadSpans(b) {
		out.WriteString(s.Text)
	}
	return out.String()
}

// spreadSpans says how far forecasts of this kind have missed, and what that makes of the output in the target's last year.
func spreadSpans(b *headroom.Brief) []span {
	s := b.Spread
	if s == nil {
		return nil
	}
	f := func(text, column string) span { return figureOf(text, resultRef("brief_spread", column, s.Period)) }
	missed, scored := f(percent(s.RMS, 0), "rms"), f(plural(s.N, "forecast", "forecasts"), "n")
	out := spans("How firm is "+clean(s.Period)+"? Forecasts of this kind made %s before have missed by %s (%s scored)", f(years(s.Horizon), "horizon"), missed, scored)
	if s.Scored < s.Horizon {
		out = spans("How firm is "+clean(s.Period)+"? No forecast of this kind made %s before has been scored; %s before, they have missed by %s (%s scored)",
			f(years(s.Horizon), "horizon"), f(years(s.Scored), "scored"), missed, scored)
	}
	out = append(out, spans(": %s to %s vehicles.", f(count(s.Low), "low"), f(count(s.High), "high"))...)
	if s.NoChange != nil {
		out = append(out, spans(" That nothing changes would have missed by %s (%s of years that far apart).",
			f(percent(*s.NoChange, 0), "no_change"), f(plural(s.Pairs, "pair", "pairs"), "pairs"))...)
	}
	return out
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
