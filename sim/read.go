package sim

import (
	"math"
	"slices"

	"headroom"
	"headroom/cost"
)

// walk is a factor that wanders: of demand, or of a driver of money.
type walk struct {
	key uint64
	sd  float64 // of the logarithm after a year

	// of demand: what it moves
	all             bool
	vehicle, market int // -1 for any
	segment         string
	driver          int // into Net.drivers, -1 for demand
	ofDemand        bool
}

// dutyRisk is a duty that may rise once.
type dutyRisk struct {
	key            uint64
	rate           float64 // chance a year
	low, mode, top float64 // points of percent
	driver         int
}

// stopKind is a stop that may come, at the plants that it strikes together.
type stopKind struct {
	key            uint64
	name           string
	plants         []int
	kit            bool
	rate           float64 // a year
	shape          []float64
	low, mode, top float64 // weeks
}

// Driver is something outside of the plan that money depends on: an exchange rate, energy prices, a duty.
type Driver struct {
	Name  string
	step  float64 // of the factor, or of points, by which Moved moves it
	moved func(*headroom.Case) *headroom.Case
}

// Moved is the case with the driver moved by its step.
func (d Driver) Moved(c *headroom.Case) *headroom.Case { return d.moved(c) }

// factorStep is how far a factor is moved to find what money depends on it. Money is linear in each driver, so that its size
// does not matter.
const factorStep = 0.01

// readRisks reads the uncertainties. Names, not positions, are the keys of their draws: a row more changes no other draw.
func (n *Net) readRisks() {
	for _, s := range n.c.Risks {
		w := walk{key: hash(s.ID), sd: s.SD.Or(0) / 100, vehicle: -1, market: -1, driver: -1}
		switch s.Kind {
		case headroom.RiskDemand:
			n.readDemandRisk(s, w)
		case headroom.RiskFX:
			w.driver = n.addDriver(s.ID, factorStep, func(c *headroom.Case) *headroom.Case { return movedFX(c, s.Of) })
			n.walks = append(n.walks, w)
		case headroom.RiskEnergy:
			w.driver = n.addDriver(s.ID, factorStep, func(c *headroom.Case) *headroom.Case { return movedEnergy(c, s.Of) })
			n.walks = append(n.walks, w)
		case headroom.RiskDuty:
			d := n.addDriver(s.ID, 1, func(c *headroom.Case) *headroom.Case { return movedDuty(c, s.Of) })
			m := s.Mode.Or(0)
			n.duties = append(n.duties, dutyRisk{hash(s.ID), s.Rate.Or(0), s.Low.Or(m), m, s.High.Or(m), d})
		}
	}
}

func (n *Net) addDriver(name string, step float64, moved func(*headroom.Case) *headroom.Case) int {
	n.drivers = append(n.drivers, Driver{name, step, moved})
	return len(n.drivers) - 1
}

// readDemandRisk adds the walks of a risk of demand.
func (n *Net) readDemandRisk(s headroom.Risk, w walk) {
	w.ofDemand = true
	if s.Of == headroom.EachVehicle {
		for v := range n.c.Vehicles {
			one := w
			one.vehicle, one.key = v, hash(s.ID+":"+n.c.Vehicles[v].ID)
			n.walks = append(n.walks, one)
		}
		return
	}
	w.all = s.Of == "*"
	w.vehicle = slices.IndexFunc(n.c.Vehicles, func(v headroom.Vehicle) bool { return v.ID == s.Of })
	w.market = slices.Index(n.markets, s.Of)
	if w.vehicle < 0 && w.market < 0 && !w.all {
		w.segment = s.Of
	}
	n.walks = append(n.walks, w)
}

// walksOf are the walks that move the demand of a vehicle in a market.
func (n *Net) walksOf(vehicle, market int) []int {
	var out []int
	for i, w := range n.walks {
		if !w.ofDemand {
			continue
		}
		if w.all || w.vehicle == vehicle || w.market == market || w.segment != "" && w.segment == n.c.Vehicles[vehicle].Segment {
			out = append(out, i)
		}
	}
	return out
}

// movedFX is a case in which a currency buys a step more of the base currency.
func movedFX(c *headroom.Case, currency string) *headroom.Case {
	d := *c
	d.FXRates = slices.Clone(c.FXRates)
	for i := range d.FXRates {
		switch f := &d.FXRates[i]; {
		case f.From == currency && f.To == c.BaseCurrency:
			f.Rate *= 1 + factorStep
		case f.To == currency && f.From == c.BaseCurrency:
			f.Rate /= 1 + factorStep
		}
	}
	return &d
}

// movedEnergy is a case in which energy costs a step more in a region, or everywhere.
func movedEnergy(c *headroom.Case, region string) *headroom.Case {
	d := *c
	d.Energies = nil
	for _, p := range c.Plants {
		for _, e := range cost.EnergyOf(c, p.ID) {
			e.Plant = p.ID
			if region == "*" || p.Region == region {
				e.Price *= 1 + factorStep
			}
			d.Energies = append(d.Energies, e)
		}
	}
	return &d
}

// movedDuty is a case with one point of duty more on all that enters a customs territory.
func movedDuty(c *headroom.Case, importer string) *headroom.Case {
	d := *c
	d.Duties = append(slices.Clone(c.Duties), headroom.Duty{
		ID: "zz-simulated", Importer: importer, Origin: "*", Powertrain: "*", Maker: "*", Layer: headroom.Rise, AdValorem: 1, PriceYear: c.PriceYear,
	})
	return &d
}

// readDeals reads the deals that the plan has in use.
func (n *Net) readDeals() error {
	used := map[string]bool{}
	for _, r := range n.plan.Deals {
		used[r.Deal] = true
	}
	at := map[string]int{}
	for _, a := range n.c.Arrangements {
		if !used[a.ID] {
			continue
		}
		d := deal{id: a.ID, key: hash("deal:" + a.ID), success: a.Success.Or(1), slip: a.Slip}
		if !a.Success.Set && a.Status != headroom.OperatingDeal {
			return headroom.Errorf(headroom.CodeEmptyNumber, n.c.Place("arrangement", a.ID, "p_success"),
				"write a chance from 0 to 1, or an assumption for it", "the plan counts on %s, which is %s, and nothing says how likely it is", a.ID, a.Status)
		}
		if a.Status == headroom.OperatingDeal {
			d.slip = nil // it has begun
		}
		for _, p := range n.c.Periods {
			most := math.Inf(1)
			for _, t := range n.c.Terms {
				if t.Arrangement == a.ID && t.Kind == headroom.MaxVolume && p.Overlap(t.From, t.To) == 1 { // part of a period is not limited by itself
					most = min(most, t.Value*p.Years()*n.inForce(&a, p))
				}
			}
			d.most = append(d.most, most)
		}
		at[a.ID] = len(n.deals)
		n.deals = append(n.deals, d)
	}
	for _, a := range n.c.Arrangements {
		for _, need := range a.Requires {
			i, ok := at[a.ID]
			if j, known := at[need]; ok && known {
				n.deals[i].needs = append(n.deals[i].needs, j)
			}
		}
	}
	return nil
}

// inForce is the share of a period in which a deal of the plan is in force: a fact by its dates, another from the first period that has
// it, or its earliest start within that, for its term.
func (n *Net) inForce(a *headroom.Arrangement, p headroom.Period) float64 {
	begin := a.EarliestStart
	for _, per := range n.c.Periods {
		if a.Status.Fact() && begin != 0 {
			break
		}
		if a.Status.Fact() || slices.ContainsFunc(n.plan.Deals, func(d headroom.DealRow) bool { return d.Deal == a.ID && d.Period == per.ID }) {
			begin = max(begin, per.From)
			break
		}
	}
	end := headroom.Date(0)
	if a.TermYears > 0 {
		end = begin.AddMonths(int(math.Round(12 * a.TermYears))).AddDays(-1)
	}
	return p.Overlap(begin, end)
}

func (n *Net) dealOf(id string) int {
	return slices.IndexFunc(n.deals, func(d deal) bool { return d.id == id && id != "" })
}

// readStops reads the stops that come by chance.
func (n *Net) readStops() {
	for _, o := range n.c.Outages {
		if o.Rate.Or(0) <= 0 {
			continue
		}
		mode := o.TTRMode.Or(float64(len(o.Capacity)))
		k := stopKind{kit: o.Kind == headroom.KitSupply, rate: o.Rate.Value, low: o.TTRLow.Or(mode), mode: mode, top: o.TTRHigh.Or(mode)}
		for _, c := range o.Capacity {
			k.shape = append(k.shape, c/100)
		}
		for p := range n.plants {
			switch {
			case o.Of == "*":
				one := k
				one.plants, one.name = []int{p}, n.plants[p]+" "+o.Kind
				one.key = hash(o.Key() + ":" + n.plants[p])
				if n.works(p, k.kit) {
					n.stops = append(n.stops, one)
				}
			case o.Of == n.plants[p] || o.Of == n.plantOrg[p] && !slices.Contains(n.plants, o.Of):
				k.plants = append(k.plants, p)
			}
		}
		if o.Of != "*" {
			k.name, k.key = o.Of+" "+o.Kind, hash(o.Key())
			n.stops = append(n.stops, k)
		}
	}
}

// works reports whether the plan ever has something tooled at a plant, or something from kits.
func (n *Net) works(p int, kit bool) bool {
	for t := range n.periods {
		d := &n.periods[t]
		for _, x := range d.places {
			if d.lines[x.line].plant == p && (x.kit || !kit) {
				return true
			}
		}
	}
	return false
}
