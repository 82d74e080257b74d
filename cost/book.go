package cost

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync/atomic"

	"headroom"
)

// Book answers questions about unit money in a case. Plants, lines, vehicles, markets and periods are named by their
// positions in the case's slices. A Book may be used by several goroutines.
type Book struct {
	c *headroom.Case

	years, mid, start []float64 // per period
	horizon           float64   // years
	fx                map[string][]float64

	plantOf  []int    // line → plant
	regionOf []string // plant → region
	marketRg []string // market → region

	terrOfPlant, terrOfMarket []int32 // customs territories, by position
	territories               []string
	classOf                   []int32                   // vehicle → class: vehicles of one maker and powertrain pay the same duties
	entries                   []atomic.Pointer[[]Entry] // of a class, two territories and a period, once they were asked for
	domestic                  []Entry                   // the one way within a territory

	lanes   [][4]int32         // plant and market → rows of Lanes that may hold, the most specific first; -1 for none
	demand  map[[2]int][]int32 // vehicle, market → row per period, -1 where there is none
	parent  map[string]string
	duties  []headroom.Duty
	quotas  []headroom.Quota
	labour  map[string]*headroom.Labour
	energy  map[string][]headroom.Energy
	lineCap []float64 // vehicles a year at index 1
	base    string
}

// New reads what it needs of c, which must have passed check.Case: a currency without a rate is a matter of FX.
func New(c *headroom.Case) *Book {
	b := &Book{c: c, base: c.BaseCurrency, horizon: 0}
	for _, p := range c.Periods {
		y := p.Years()
		b.start = append(b.start, b.horizon)
		b.mid = append(b.mid, b.horizon+y/2)
		b.years = append(b.years, y)
		b.horizon += y
	}
	b.readFX()
	b.readPlaces()
	b.readLanes()
	b.readTrade()
	b.readDemand()
	b.readCapacity()
	return b
}

func (b *Book) readPlaces() {
	c := b.c
	b.parent = map[string]string{}
	for _, o := range c.Orgs {
		b.parent[o.ID] = o.Parent
	}
	plants := map[string]int{}
	for i, p := range c.Plants {
		plants[p.ID] = i
		b.regionOf = append(b.regionOf, p.Region)
	}
	for _, l := range c.Lines {
		b.plantOf = append(b.plantOf, plants[l.Plant])
	}
	for _, m := range c.Markets {
		b.marketRg = append(b.marketRg, m.Region)
	}
	b.duties, b.quotas = c.Duties, c.Quotas
	b.labour = map[string]*headroom.Labour{}
	for i := range c.Labours {
		b.labour[c.Labours[i].Plant] = &c.Labours[i]
	}
	b.energy = map[string][]headroom.Energy{}
	for i := range c.Plants {
		b.energy[c.Plants[i].ID] = EnergyOf(c, c.Plants[i].ID)
	}
}

func (b *Book) readDemand() {
	c := b.c
	vs, ms, ts := map[string]int{}, map[string]int{}, map[string]int{}
	for i, v := range c.Vehicles {
		vs[v.ID] = i
	}
	for i, m := range c.Markets {
		ms[m.ID] = i
	}
	for i, t := range c.Periods {
		ts[t.ID] = i
	}
	b.demand = map[[2]int][]int32{}
	for i, d := range c.Demands {
		v, okV := vs[d.Vehicle]
		m, okM := ms[d.Market]
		if !okV || !okM {
			continue
		}
		key := [2]int{v, m}
		rows := b.demand[key]
		if rows == nil {
			rows = make([]int32, len(c.Periods))
			for t := range rows {
				rows[t] = -1
			}
			b.demand[key] = rows
		}
		if t, ok := ts[d.Period]; ok {
			rows[t] = int32(i)
			continue
		}
		for t := range rows {
			if rows[t] < 0 || c.Demands[rows[t]].Period == "*" {
				rows[t] = int32(i)
			}
		}
	}
}

// readFX finds the rate of each currency and period: a row of the period before one of every period, and then the way to the
// base currency before the way back.
func (b *Book) readFX() {
	b.fx = map[string][]float64{}
	for _, every := range []bool{false, true} {
		for _, back := range []bool{false, true} {
			for i := range b.c.FXRates {
				f := &b.c.FXRates[i]
				if f.Rate != 0 && (f.Period == "*") == every {
					b.setFX(f, back)
				}
			}
		}
	}
}

// setFX fills the periods of a rate that have none yet. Back is for rows from the base currency to another.
func (b *Book) setFX(f *headroom.FXRate, back bool) {
	ccy, rate := f.From, f.Rate
	if back {
		ccy, rate = f.To, 1/f.Rate
	}
	if back && f.From != b.base || !back && f.To != b.base {
		return
	}
	r := b.fx[ccy]
	if r == nil {
		r = make([]float64, len(b.c.Periods))
		b.fx[ccy] = r
	}
	for t, p := range b.c.Periods {
		if r[t] == 0 && (f.Period == "*" || f.Period == p.ID) {
			r[t] = rate
		}
	}
}

// FX is what one unit of a currency is in base currency in period t. It panics where the case has no rate: check.Case
// refuses such a case before.
func (b *Book) FX(ccy string, t int) float64 {
	if ccy == "" || ccy == b.base {
		return 1
	}
	if r := b.fx[ccy]; r != nil && r[t] != 0 {
		return r[t]
	}
	panic(fmt.Sprintf("no exchange rate of %s in period %s", ccy, b.c.Periods[t].ID))
}

// Years is the length of period t.
func (b *Book) Years(t int) float64 { return b.years[t] }

// Horizon is the length of all periods in years.
func (b *Book) Horizon() float64 { return b.horizon }

// Start is the time from the first day of the horizon to that of period t in years.
func (b *Book) Start(t int) float64 { return b.start[t] }

func (b *Book) rate() float64 { return b.c.DiscountRate / 100 }

// Discount is the factor of period t: (1+r)^-mid(t).
func (b *Book) Discount(t int) float64 { return math.Pow(1+b.rate(), -b.mid[t]) }

// Cell is the demand of a vehicle in a market and period, in vehicles in the period and base currency per vehicle.
type Cell struct {
	Units      float64
	Price      float64
	Share      float64 // contribution as a fraction of the price
	HasPrice   bool
	HasShare   bool
	Customs    float64
	LostSale   headroom.Opt
	MinService float64 // fraction
}

// Markets returns the markets that have a demand row of vehicle v, ascending.
func (b *Book) Markets(v int) []int {
	var out []int
	for m := range b.c.Markets {
		if b.demand[[2]int{v, m}] != nil {
			out = append(out, m)
		}
	}
	return out
}

// Demand is the cell of a vehicle, market and period; Units is 0 where there is none.
func (b *Book) Demand(v, m, t int) Cell {
	rows := b.demand[[2]int{v, m}]
	if rows == nil || rows[t] < 0 {
		return Cell{}
	}
	d := &b.c.Demands[rows[t]]
	units := d.Volume
	if d.Period == "*" && d.Growth.Set {
		units *= math.Pow(1+d.Growth.Value/100, b.start[t])
	}
	if d.Period == "*" && d.MaxVolume.Set {
		units = min(units, d.MaxVolume.Value)
	}
	units *= b.years[t] * b.demandShare(v, d, t, 0, 0)
	fx := b.FX(d.Currency, t)
	cell := Cell{
		Units: units, MinService: d.MinService / 100, LostSale: d.LostSale,
		Price: d.PriceNet.Or(0) * fx, HasPrice: d.PriceNet.Set,
		Share: d.Contribution.Or(0) / 100, HasShare: d.Contribution.Set,
	}
	cell.LostSale.Value *= fx
	cell.Customs = customsValue(d.CustomsValue, cell.Price, fx)
	return cell
}

// demandShare is the share of the days of a period that lie in from..to, in the dates of a demand row and between SOP and EOP.
func (b *Book) demandShare(v int, d *headroom.Demand, t int, from, to headroom.Date) float64 {
	veh := &b.c.Vehicles[v]
	ends := []headroom.Date{d.To, veh.EOP}
	for _, e := range ends {
		if e != 0 && (to == 0 || e < to) {
			to = e
		}
	}
	return b.c.Periods[t].Overlap(max(from, d.From, veh.SOP), to)
}

// Wanted is the part of the demand for a vehicle in a market and period that lies in from..to.
func (b *Book) Wanted(v, m, t int, from, to headroom.Date) float64 {
	rows := b.demand[[2]int{v, m}]
	if rows == nil || rows[t] < 0 {
		return 0
	}
	d := &b.c.Demands[rows[t]]
	whole := b.demandShare(v, d, t, 0, 0)
	if whole == 0 {
		return 0
	}
	return b.Demand(v, m, t).Units * b.demandShare(v, d, t, from, to) / whole
}

// DemandDays is when the demand row of a vehicle, market and period holds, 0 for open ends.
func (b *Book) DemandDays(v, m, t int) (from, to headroom.Date) {
	rows := b.demand[[2]int{v, m}]
	if rows == nil || rows[t] < 0 {
		return 0, 0
	}
	d := &b.c.Demands[rows[t]]
	return d.From, d.To
}

// customsValue reads "75%" of a price or an amount; the loader has made sure that it is one of them.
func customsValue(s string, price, fx float64) float64 {
	s = strings.TrimSpace(s)
	if s == "" {
		return price
	}
	if pct, ok := strings.CutSuffix(s, "%"); ok {
		x, _ := strconv.ParseFloat(strings.TrimSpace(pct), 64)
		return price * x / 100
	}
	x, _ := strconv.ParseFloat(s, 64)
	return x * fx
}
