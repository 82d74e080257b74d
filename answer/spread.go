package answer

import (
	"slices"

	"headroom"
	"headroom/audit"
)

// outputSpread is how far forecasts of the output of the target's regions have missed, at the horizon of its last year. They are
// those whose subject is that of the claims behind forecast.csv. It is nil where none has been scored.
func outputSpread(c *headroom.Case, q question, units float64) *headroom.OutputSpread {
	kinds := forecastKinds(c, q.regions)
	all, _ := audit.ScoreForecasts(c)
	scores := slices.DeleteFunc(all, func(s audit.Score) bool { return !slices.Contains(kinds, [2]string{s.Subject, s.Region}) })
	spread := audit.SpreadOf(scores)
	i := slices.IndexFunc(c.Periods, func(p headroom.Period) bool { return p.ID == q.period })
	if len(spread.Points) == 0 || i < 0 {
		return nil
	}
	from := c.HorizonFrom
	if known := audit.KnownUntil(c); known != 0 {
		from = known.AddDays(1)
	}
	years := headroom.Years(from, c.Periods[i].To)
	m, beyond := spread.At(years)
	out := &headroom.OutputSpread{
		Period: q.period, Horizon: years, RMS: m.RMS, N: m.N, Scored: years,
		Low: max(0, units*(1-m.RMS)), High: units * (1 + m.RMS),
	}
	if beyond {
		out.Scored = spread.Longest()
	}
	kind := [2]string{scores[0].Subject, scores[0].Region}
	if same, beyond := audit.NoChange(c, kind[0], kind[1]).At(years); !beyond && same.N > 0 {
		out.NoChange, out.Pairs = &same.RMS, same.N
	}
	return out
}

// forecastKinds are the subjects and regions of the claims that the forecasts of regions are bound to.
func forecastKinds(c *headroom.Case, regions []string) [][2]string {
	var out [][2]string
	for _, b := range c.Bindings {
		i := slices.IndexFunc(c.Forecasts, func(f headroom.Forecast) bool { return b.Table == "forecast" && f.ID == b.RowKey })
		if i < 0 || !sameRegions(c.Forecasts[i].Regions, regions) {
			continue
		}
		for _, cl := range c.Claims {
			if slices.Contains(b.Claims, cl.ID) {
				out = append(out, [2]string{cl.Subject, cl.Region})
			}
		}
	}
	return out
}
