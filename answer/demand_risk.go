package answer

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
	"headroom/audit"
)

// fewScores is how many scored forecasts are too few to tell a spread from, where years that are known can tell more.
const fewScores = 8

// withDemandSpread is a case in which a risk of all demand that has no sd gets the spread that forecasts of the target's regions
// have had, and a sentence that says so. Where few forecasts have been scored it is that of the simplest forecast, that a year
// is as the year before. It fails where there is nothing to learn from.
func withDemandSpread(c *headroom.Case) (*headroom.Case, string, error) {
	open := func(r headroom.Risk) bool { return r.Kind == headroom.RiskDemand && r.Of == "*" && !r.SD.Set }
	i := slices.IndexFunc(c.Risks, open)
	if i < 0 {
		return c, "", nil
	}
	sd, note := demandSpread(c)
	if sd == 0 {
		return nil, "", headroom.Errorf(headroom.CodeEmptyNumber, c.Place("risk", c.Risks[i].ID, "sd"), "write a spread, or claims of forecasts that can be scored",
			"%s has no sd, and no forecast has been scored that could give one", c.Risks[i].ID)
	}
	d := *c
	d.Risks = slices.Clone(c.Risks)
	for k := range d.Risks {
		if open(d.Risks[k]) {
			d.Risks[k].SD = headroom.Some(100 * sd)
		}
	}
	return &d, note, nil
}

// demandSpread is the spread of demand after a year, as a share, with the sentence of where it is from; 0 where nothing is known.
func demandSpread(c *headroom.Case) (sd float64, note string) {
	kinds := forecastKinds(c, mainTarget(c).regions)
	if len(kinds) == 0 { // a case as of a day may have lost its forecasts
		kinds = foretold(c, mainTarget(c).regions)
	}
	all, _ := audit.ScoreForecasts(c)
	scores := slices.DeleteFunc(all, func(s audit.Score) bool { return !slices.Contains(kinds, [2]string{s.Subject, s.Region}) })
	sd, n := audit.WalkSD(scores)
	if n < fewScores && len(kinds) > 0 {
		if same, beyond := audit.NoChange(c, kinds[0][0], kinds[0][1]).At(1); !beyond && same.N >= fewScores {
			return same.RMS, fmt.Sprintf("The spread of demand is what the forecast \"as the year before\" missed output by in %d years: %.1f %% after a year, growing with the root of time. "+
				"The %d forecasts that have been scored would say %.1f %%, and are too few.", same.N, 100*same.RMS, n, 100*sd)
		}
	}
	return sd, fmt.Sprintf("The spread of demand is that of %d forecasts that have been scored: %.1f %% after a year, growing with the root of time.", n, 100*sd)
}

// foretold are the subjects and regions of claims that were forecasts, in regions, of what is built.
func foretold(c *headroom.Case, regions []string) [][2]string {
	var out [][2]string
	for _, cl := range c.Claims {
		if k := [2]string{cl.Subject, cl.Region}; cl.Forecast && strings.HasSuffix(cl.Quantity, "built") && inAny(regions, cl.Region) && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}
