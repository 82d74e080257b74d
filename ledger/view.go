package ledger

import (
	"fmt"
	"math"

	"headroom"
)

// everybody is the owner where a case names none.
const everybody = "all"

// every is the key that stands for every period, maker, powertrain, origin, region or line.
const every = "*"

// pair is a key of two names.
type pair struct{ a, b string }

// view is a case with its rows by key and its calendar (section 1 of the formulation). Periods are counted from 0 here.
type view struct {
	c     *headroom.Case
	years []float64 // length of a period
	start []float64 // from the first day of the horizon to the first day of the period
	disc  []float64 // discount factor
	total float64   // length of the horizon

	period      map[string]int
	territories map[string]string // by region
	parents     map[string]string // by org
	plants      map[string]*headroom.Plant
	lines       map[string]*headroom.Line
	patterns    map[string]*headroom.ShiftPattern
	vehicles    map[string]*headroom.Vehicle
	markets     map[string]*headroom.Market
	labours     map[string]*headroom.Labour
	deals       map[string]*headroom.Arrangement
	lanes       map[pair]*headroom.Lane
	demands     map[demandKey]*headroom.Demand
	rates       map[demandKey]float64 // from, to, period
	places      map[placeKey]*place
	placeList   []*place // in the order of the case
}

// demandKey is a key of two names and a period, which may be every.
type demandKey struct{ a, b, period string }

// newView indexes a case.
func newView(c *headroom.Case) (*view, error) {
	if len(c.Periods) == 0 {
		return nil, fmt.Errorf("no periods")
	}
	v := &view{c: c, period: map[string]int{}}
	for t, p := range c.Periods {
		if _, ok := v.period[p.ID]; ok || p.ID == headroom.TerminalPeriod {
			return nil, fmt.Errorf("period %q: name used twice or reserved", p.ID)
		}
		v.period[p.ID] = t
		n := p.Years()
		if n <= 0 {
			return nil, fmt.Errorf("period %q: no days", p.ID)
		}
		v.start = append(v.start, v.total)
		v.years = append(v.years, n)
		v.disc = append(v.disc, math.Pow(1+c.DiscountRate/100, -(v.total+n/2)))
		v.total += n
	}
	v.indexNetwork()
	v.indexTrade()
	return v, v.indexPlaces()
}

// indexNetwork fills the maps of plants, lines and the like.
func (v *view) indexNetwork() {
	c := v.c
	v.plants = index(c.Plants, func(r *headroom.Plant) string { return r.ID })
	v.lines = index(c.Lines, func(r *headroom.Line) string { return r.ID })
	v.patterns = index(c.ShiftPatterns, func(r *headroom.ShiftPattern) string { return r.ID })
	v.vehicles = index(c.Vehicles, func(r *headroom.Vehicle) string { return r.ID })
	v.markets = index(c.Markets, func(r *headroom.Market) string { return r.ID })
	v.labours = index(c.Labours, func(r *headroom.Labour) string { return r.Plant })
	v.deals = index(c.Arrangements, func(r *headroom.Arrangement) string { return r.ID })
	v.territories, v.parents = map[string]string{}, map[string]string{}
	for _, r := range c.Regions {
		v.territories[r.ID] = r.Territory
	}
	for _, r := range c.Orgs {
		v.parents[r.ID] = r.Parent
	}
}

// indexTrade fills the maps of demands, lanes and exchange rates.
func (v *view) indexTrade() {
	v.lanes = index(v.c.Lanes, func(r *headroom.Lane) pair { return pair{r.Origin, r.Destination} })
	v.demands = index(v.c.Demands, func(r *headroom.Demand) demandKey {
		return demandKey{r.Vehicle, r.Market, orEvery(r.Period)}
	})
	v.rates = map[demandKey]float64{}
	for _, r := range v.c.FXRates {
		v.rates[demandKey{r.From, r.To, orEvery(r.Period)}] = r.Rate
	}
}

// index returns the rows by key.
func index[R any, K comparable](rows []R, key func(*R) K) map[K]*R {
	m := make(map[K]*R, len(rows))
	for i := range rows {
		m[key(&rows[i])] = &rows[i]
	}
	return m
}

// orEvery reads an empty key as every.
func orEvery(s string) string {
	if s == "" {
		return every
	}
	return s
}

// last is the number of the last period.
func (v *view) last() int { return len(v.years) - 1 }

// firstDay is the first day of the horizon.
func (v *view) firstDay() headroom.Date { return v.c.Periods[0].From }

// share is the share of period t that lies in from..to.
func (v *view) share(from, to headroom.Date, t int) float64 { return v.c.Periods[t].Overlap(from, to) }

// lineShare is the share of period t in which the line is there.
func (v *view) lineShare(l *headroom.Line, t int) float64 { return v.share(l.From, l.To, t) }

// fx turns one unit of a currency into base currency: the row of the period before the row of every period, and in each
// the row to the base currency before the one from it.
func (v *view) fx(currency string, t int) (float64, error) {
	base := v.c.BaseCurrency
	if currency == "" || currency == base {
		return 1, nil
	}
	for _, period := range []string{v.c.Periods[t].ID, every} {
		if r, ok := v.rates[demandKey{currency, base, period}]; ok {
			return r, nil
		}
		if r, ok := v.rates[demandKey{base, currency, period}]; ok && r != 0 {
			return 1 / r, nil
		}
	}
	return 0, fmt.Errorf("no rate between %s and %s in period %s", currency, base, v.c.Periods[t].ID)
}

// territory is the customs territory of a region.
func (v *view) territory(region string) string {
	if t := v.territories[region]; t != "" {
		return t
	}
	return region
}

// maker is who sells the vehicle.
func maker(r *headroom.Vehicle) string { return orAll(r.Maker) }

// owner is who has the plant.
func owner(r *headroom.Plant) string { return orAll(r.Owner) }

// orAll reads a missing owner as everybody.
func orAll(org string) string {
	if org == "" {
		return everybody
	}
	return org
}
