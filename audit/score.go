package audit

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"headroom"
)

// Score is a forecast beside what happened. Error is (Actual − Forecast) / Forecast.
type Score struct {
	Claim     string // the forecast, or forecast/NAME for a row of forecast.csv that is bound to no claim
	Source    string
	Subject   string
	Quantity  string
	Region    string
	Period    string // as printed
	Said      headroom.Date
	End       headroom.Date // last day of the period
	Horizon   float64       // years from Said to the end of the period; negative where it was seen only afterwards
	AtLeast   bool          // the day is not known, and Said is the last that it can have been: Horizon is the shortest
	Forecast  float64
	Actual    float64
	Error     float64
	Outturn   []string // claims that Actual is the sum of
	Scope     string   // what Actual counts, where that is not quite what was forecast; "" where it is
	OtherEdge float64  // Error against the other edge of the scope, where Scope is set
	Reprints  []string // claims that print the same forecast again
}

// Dated reports whether the forecast was seen before its period was over, so that its horizon is known.
func (s Score) Dated() bool { return s.Horizon > 0 }

// Unscored is a forecast that cannot be scored, with the reason.
type Unscored struct {
	Claim string
	Why   string
}

// Quantities that others are made of. A quantity that is the sum of several is found from them where it is not
// printed itself; one that lies between two is compared with the wider, and with the narrower too.
var (
	sumOf   = map[string][]string{"all vehicles built": {"passenger cars built", "commercial vehicles built"}}
	between = map[string][2]string{
		"light vehicles built":      {"passenger cars built", "all vehicles built"},
		"cars and light vans built": {"passenger cars built", "all vehicles built"},
	}
)

// ScoreForecasts compares every claim that was a forecast with the claims about what happened: of the same subject, region,
// quantity and period, counted in the same unit. Light vehicles, of which no outturn is published, are compared with all
// vehicles, and Scope says so. Claims of events and forecasts without a value are not looked at. The scores have the
// longest horizon first; the rest is in the order of the claims.
func ScoreForecasts(c *headroom.Case) (scores []Score, rest []Unscored) {
	o := newOutturns(c)
	for _, cl := range c.Claims {
		f, ok := number(cl)
		if !cl.Forecast || !ok {
			continue
		}
		if cl.PeriodTo == 0 || cl.PeriodFrom == 0 {
			rest = append(rest, Unscored{cl.ID, "it is for no period that has both ends"})
			continue
		}
		s := Score{
			Claim: cl.ID, Source: cl.Source, Subject: cl.Subject, Quantity: cl.Quantity, Region: cl.Region, Period: cl.Period,
			Said: o.said(cl), End: cl.PeriodTo, Forecast: f,
		}
		if !o.find(&s, cl) || f == 0 {
			rest = append(rest, Unscored{cl.ID, o.why(cl)})
			continue
		}
		s.Horizon, s.AtLeast = yearsTo(s.Said, s.End), o.published[cl.Source] == 0
		s.Error = (s.Actual - f) / f
		scores = append(scores, s)
	}
	scores = append(merge(scores), o.rows(c)...)
	slices.SortStableFunc(scores, func(a, b Score) int {
		return cmp.Or(cmp.Compare(b.Horizon, a.Horizon), cmp.Compare(a.Claim, b.Claim))
	})
	return scores, rest
}

// merge puts prints of one forecast together, under the one that was said first.
func merge(scores []Score) []Score {
	slices.SortStableFunc(scores, func(a, b Score) int { return cmp.Or(cmp.Compare(a.Said, b.Said), cmp.Compare(a.Claim, b.Claim)) })
	var out []Score
	for _, s := range scores {
		i := slices.IndexFunc(out, func(t Score) bool {
			return t.Subject == s.Subject && t.Region == s.Region && t.Quantity == s.Quantity && t.End == s.End && t.Forecast == s.Forecast
		})
		if i >= 0 {
			out[i].Reprints = append(out[i].Reprints, s.Claim)
			continue
		}
		out = append(out, s)
	}
	return out
}

// number is the value of a claim of a quantity.
func number(c headroom.Claim) (float64, bool) {
	if c.Kind != headroom.KindQuantity && c.Kind != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(c.Value, 64)
	return v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// yearsTo is the time from one day to a later one in years; below zero where it is earlier.
func yearsTo(from, to headroom.Date) float64 {
	if to < from {
		return -headroom.Years(to.AddDays(1), from)
	}
	return headroom.Years(from.AddDays(1), to)
}

// outturns are the claims of a case about what happened.
type outturns struct {
	claims    []headroom.Claim
	sources   map[string]headroom.Source
	published map[string]headroom.Date // source to the day that it was published, where that is known to the day
	dead      map[string]bool          // superseded or retracted
	until     headroom.Date            // the day on which the last claim was made
}

func newOutturns(c *headroom.Case) *outturns {
	o := &outturns{sources: map[string]headroom.Source{}, published: map[string]headroom.Date{}, dead: map[string]bool{}}
	for _, s := range c.Sources {
		o.sources[s.ID] = s
		if d, err := headroom.ParseDate(s.PublishedOn, false); err == nil && len(s.PublishedOn) == len("2006-01-02") {
			o.published[s.ID] = d
		}
	}
	o.until = KnownUntil(c)
	for _, cl := range c.Claims {
		for _, id := range slices.Concat(cl.Supersedes, cl.Retracts) {
			o.dead[id] = true
		}
	}
	for _, cl := range c.Claims {
		if _, ok := number(cl); ok && !cl.Forecast && !o.dead[cl.ID] {
			o.claims = append(o.claims, cl)
		}
	}
	return o
}

// said is the first day on which a claim is known to have been made.
func (o *outturns) said(c headroom.Claim) headroom.Date {
	if p := o.published[c.Source]; p != 0 && (c.AsOf == 0 || p < c.AsOf) {
		return p
	}
	return c.AsOf
}

// why is the reason why a forecast has nothing to be compared with.
func (o *outturns) why(c headroom.Claim) string {
	if c.PeriodTo >= o.until {
		return "its period was not over when the last claim was made"
	}
	return "no claim says what happened to the same quantity of the same subject"
}

// find fills in what happened to what a claim forecast.
func (o *outturns) find(s *Score, c headroom.Claim) bool {
	edges, isBetween := between[c.Quantity]
	if !isBetween {
		var ok bool
		s.Actual, s.Outturn, ok = o.value(c, c.Quantity)
		return ok
	}
	narrow, _, ok := o.value(c, edges[0])
	wide, claims, ok2 := o.value(c, edges[1])
	if !ok || !ok2 {
		return false
	}
	s.Actual, s.Outturn, s.Scope = wide, claims, edges[1]
	s.OtherEdge = (narrow - s.Forecast) / s.Forecast
	return true
}

// value is what happened to a quantity in the period and region of a claim: the best claim that says so, or the sum of its parts.
func (o *outturns) value(like headroom.Claim, quantity string) (float64, []string, bool) {
	if best := o.best(like, quantity); best != nil {
		v, _ := number(*best)
		return v, []string{best.ID}, true
	}
	total, claims := 0.0, []string(nil)
	for _, p := range sumOf[quantity] {
		v, ids, ok := o.value(like, p)
		if !ok {
			return 0, nil, false
		}
		total, claims = total+v, append(claims, ids...)
	}
	return total, claims, claims != nil
}

// best chooses among the claims about a quantity: those that contradict another of them are left out where one remains, and the
// rest is for Choose.
func (o *outturns) best(like headroom.Claim, quantity string) *headroom.Claim {
	var found []headroom.Claim
	for _, c := range o.claims {
		if c.Subject == like.Subject && c.Region == like.Region && c.Quantity == quantity && c.Unit == like.Unit &&
			c.PeriodFrom == like.PeriodFrom && c.PeriodTo == like.PeriodTo {
			found = append(found, c)
		}
	}
	agreed := slices.DeleteFunc(slices.Clone(found), func(c headroom.Claim) bool {
		return slices.ContainsFunc(found, func(other headroom.Claim) bool { return slices.Contains(c.Contradicts, other.ID) })
	})
	if len(agreed) == 0 {
		agreed = found
	}
	if len(agreed) == 0 {
		return nil
	}
	chosen, _ := Choose(agreed, o.sources)
	return &chosen
}

// rows scores the rows of forecast.csv that are bound to no claim and whose year is in outturn.csv.
func (o *outturns) rows(c *headroom.Case) []Score {
	bound, total := map[string]bool{}, map[int]float64{}
	for _, b := range c.Bindings {
		bound[b.Table+"/"+b.RowKey] = true
	}
	for _, r := range c.Outturns {
		if r.Group == "all" && r.Vehicle == "*" && r.Market == "*" {
			total[r.Year] = r.Units
		}
	}
	var out []Score
	for _, f := range c.Forecasts {
		i := slices.IndexFunc(c.Periods, func(p headroom.Period) bool { return p.ID == f.Period })
		if bound["forecast/"+f.ID] || i < 0 || f.Value == 0 {
			continue
		}
		p := c.Periods[i]
		actual, ok := total[p.From.Year()]
		if !ok || p.From != headroom.NewDate(p.From.Year(), 1, 1) || p.To != headroom.NewDate(p.From.Year(), 12, 31) {
			continue
		}
		out = append(out, Score{
			Claim: "forecast/" + f.ID, Source: f.Publisher, Subject: "forecast.csv", Quantity: "all vehicles built", Period: f.Period,
			Said: f.MadeOn, End: p.To, Horizon: yearsTo(f.MadeOn, p.To), Forecast: f.Value, Actual: actual,
			Error: (actual - f.Value) / f.Value,
		})
	}
	return out
}

// KnownUntil is the day on which the newest claim of a case was made, 0 where there is none.
func KnownUntil(c *headroom.Case) headroom.Date {
	var last headroom.Date
	for _, cl := range c.Claims {
		last = max(last, cl.AsOf)
	}
	return last
}
