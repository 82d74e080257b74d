package cli

import (
	"fmt"
	"strings"

	"headroom"
	"headroom/audit"
)

// scored are the forecasts of a case beside what happened.
type scored struct {
	scores []audit.Score
	rest   []audit.Unscored
	spread audit.Spread
	same   []sameForecast
}

// sameForecast is the forecast that nothing changes, of one subject in one region.
type sameForecast struct {
	subject, region string
	spread          audit.Spread
}

func scoreForecasts(c *headroom.Case) scored {
	var f scored
	f.scores, f.rest = audit.ScoreForecasts(c)
	f.spread = audit.SpreadOf(f.scores)
	for _, s := range audit.Subjects(f.scores) {
		if spread := audit.NoChange(c, s[0], s[1]); len(spread.Points) > 0 {
			f.same = append(f.same, sameForecast{s[0], s[1], spread})
		}
	}
	return f
}

// missObject is a point of a spread as JSON.
func missObject(m audit.Miss) object {
	return object{{"horizon", m.Horizon}, {"n", m.N}, {"mean", m.Mean}, {"rms", m.RMS}, {"worst", m.Worst}}
}

func missObjects(s audit.Spread) []object {
	out := []object{}
	for _, m := range s.Points {
		out = append(out, missObject(m))
	}
	return out
}

// object is the scores as JSON.
func (f scored) object() object {
	scores, rest, same := []object{}, []object{}, []object{}
	for _, s := range f.scores {
		o := object{
			{"claim", s.Claim},
			{"source", s.Source},
			{"subject", s.Subject},
			{"quantity", s.Quantity},
			{"region", s.Region},
			{"period", s.Period},
			{"said", s.Said.String()},
			{"horizon", s.Horizon},
			{"horizon_at_least", s.AtLeast},
			{"in_spread", s.Dated()},
			{"forecast", s.Forecast},
			{"actual", s.Actual},
			{"error", s.Error},
			{"outturn", s.Outturn},
			{"outturn_scope", s.Scope},
			{"reprints", s.Reprints},
		}
		if s.Scope != "" {
			o = append(o, member{"error_other_edge", s.OtherEdge})
		}
		scores = append(scores, o)
	}
	for _, r := range f.rest {
		rest = append(rest, object{{"claim", r.Claim}, {"why", r.Why}})
	}
	for _, s := range f.same {
		same = append(same, object{{"subject", s.subject}, {"region", s.region}, {"by_horizon", missObjects(s.spread)}})
	}
	return object{{"scores", scores}, {"spread", missObjects(f.spread)}, {"no_change", same}, {"not_scored", rest}}
}

// printForecasts is the scores for people.
func (a *app) printForecasts(f scored) {
	if len(f.scores) == 0 {
		a.printf("No forecast of the case can be scored: no claim is a forecast of what another claim says happened.\n")
		return
	}
	a.printf("Forecasts beside what happened: error = (actual - forecast) / forecast\n\n")
	var rows [][]any
	for _, s := range f.scores {
		horizon, scope := fmt.Sprintf("%.1f years", s.Horizon), s.Quantity
		switch {
		case !s.Dated():
			horizon = "not known"
		case s.AtLeast:
			horizon += " or more"
		}
		if s.Scope != "" {
			scope += fmt.Sprintf("; outturn of %s (%s for the narrower)", s.Scope, signed(s.OtherEdge))
		}
		rows = append(rows, []any{s.Period, s.Forecast, s.Actual, signed(s.Error), s.Said.String(), horizon, s.Claim, strings.Join(s.Outturn, " "), scope})
	}
	a.printTable([]string{"period", "forecast", "actual", "error", "said by", "before", "claim", "outturn", "of"}, rows)
	for _, s := range f.scores {
		if !s.Dated() {
			a.printf("%s was seen only after its period: when it was made is not known, and it does not count in the spread.\n", s.Claim)
		}
		if len(s.Reprints) > 0 {
			a.printf("%s is the same forecast as %s and counts once.\n", strings.Join(s.Reprints, " "), s.Claim)
		}
	}
	a.printf("\nSpread by horizon: what the scored forecasts have missed by\n\n")
	a.printMisses(f.spread)
	if longest := f.spread.Longest(); longest > 0 {
		a.printf("Between them it is interpolated; beyond %.1f years nothing has been scored, and it is taken not to shrink.\n", longest)
	}
	for _, s := range f.same {
		a.printf("\nBeside them: that nothing changes (%s, %s)\n\n", clean(s.subject), clean(s.region))
		a.printMisses(s.spread)
	}
	if n := len(f.rest); n > 0 {
		a.printf("\n%s cannot be scored yet; --json says which and why.\n", counted(n, "forecast", "forecasts"))
	}
}

func (a *app) printMisses(s audit.Spread) {
	var rows [][]any
	for _, m := range s.Points {
		rows = append(rows, []any{fmt.Sprintf("%.1f", m.Horizon), m.N, signed(m.Mean), percent(m.RMS), signed(m.Worst)})
	}
	a.printTable([]string{"years before", "n", "mean", "root mean square", "worst"}, rows)
}

// signed is a relative error as a percentage with its sign.
func signed(share float64) string { return fmt.Sprintf("%+.1f %%", 100*share) }
