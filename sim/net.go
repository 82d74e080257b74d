package sim

import (
	"fmt"
	"math"
	"slices"

	"headroom"
	"headroom/cost"
)

// Net is a case and its plan, ready to be lived through. It is not changed by simulating and may be used by several goroutines.
type Net struct {
	Note string // what a reader must know of the draws

	c    *headroom.Case
	plan *headroom.Plan

	periods []period
	first   []int // first week of each period
	weeks   int   // of the horizon

	plants, orgs, markets []string
	plantOrg              []string
	vehicles              int
	stock, wait           []float64 // per plant: weeks of sales, share of buyers who wait
	sets                  []regionSet
	targets               []target

	deals   []deal
	walks   []walk
	duties  []dutyRisk
	stops   []stopKind
	drivers []Driver
	fixed   [][]linear // period, org: what does not go with volumes
}

// regionSet is a list of regions that targets count.
type regionSet struct {
	name   string
	plants []bool
}

// target is a target in one period.
type target struct {
	id, period string
	set, t     int
	wanted     float64 // vehicles in the period
	atMost     bool
}

// period is the part of the plan that one period has. Volumes are by the week.
type period struct {
	weeks    int
	years    float64
	start    float64 // years from the first day of the horizon
	lines    []line
	places   []place
	vehicles []vehicle
	pairs    []pair
	sites    []float64 // per plant: most in the period by permit
	groups   []group   // lines that share vehicles
}

// line is a line that works in a period.
type line struct {
	plant, id int     // into Net.plants, Case.Lines
	planned   float64 // overtime of the plan in the period
	places    []int
	manning             // of the plan
	larger    []manning // patterns of more straight time, the smallest first
}

// place is a vehicle that is tooled on a line.
type place struct {
	vehicle int     // into period.vehicles
	line    int     // into period.lines
	share   float64 // of the vehicle's output
	rate    float64 // vehicles per unit of the line's capacity
	kit     bool
	deal    int     // into Net.deals, -1 for none
	age     float64 // years since it was first tooled
	row     int     // into Case.VehicleLines
	serves  bool    // its plant has lanes to all markets of the vehicle
	plan    float64 // vehicles a week
	unit    []linear
}

// vehicle is a vehicle that the plan builds in a period.
type vehicle struct {
	id     int // into Case.Vehicles
	places []int
	pairs  []int
	stock  float64 // weeks of its sales
	wait   float64
	plan   float64 // sales a week
}

// pair is a vehicle in a market.
type pair struct {
	vehicle, market int     // into period.vehicles, Net.markets
	demand, flow    float64 // in the period
	walks           []int
}

// deal is an arrangement that the plan has in force.
type deal struct {
	id      string
	key     uint64
	success float64
	slip    []float64
	needs   []int
	most    []float64 // per period, vehicles in it; infinite without a cap
}

// share is money of an owner.
type share struct {
	org    int
	amount float64
}

// New reads a plan into a net. cash gives the money of the plan in a case, by owner, period and account; it is called once
// for the case and once for each driver of money. New fails where the plan has no tables or a chance that it needs is
// missing.
func New(c *headroom.Case, p *headroom.Plan, cash func(*headroom.Case) ([]headroom.CashRow, error)) (*Net, error) {
	n := &Net{c: c, plan: p, vehicles: len(c.Vehicles)}
	book := cost.New(c)
	for _, x := range c.Plants {
		n.plants, n.plantOrg = append(n.plants, x.ID), append(n.plantOrg, x.Owner)
	}
	for _, m := range c.Markets {
		n.markets = append(n.markets, m.ID)
	}
	n.orgs = owners(c)
	n.readCushions()
	n.readSets()
	if err := n.readDeals(); err != nil {
		return nil, err
	}
	n.readRisks()
	for t := range c.Periods {
		n.first = append(n.first, n.weeks)
		if err := n.readPeriod(book, t); err != nil {
			return nil, err
		}
		n.weeks += n.periods[t].weeks
	}
	n.readStops()
	return n, n.readMoney(cash)
}

// owners are the orgs that money goes to; "all" where a case names none.
func owners(c *headroom.Case) []string {
	out := []string{everybody}
	for _, o := range c.Orgs {
		out = append(out, o.ID)
	}
	slices.Sort(out)
	return out
}

// everybody is the owner where a case names none.
const everybody = "all"

func (n *Net) org(id string) int {
	if id == "" {
		id = everybody
	}
	i, ok := slices.BinarySearch(n.orgs, id)
	if !ok {
		i, _ = slices.BinarySearch(n.orgs, everybody)
	}
	return i
}

// readCushions finds stock and patience of each plant: the row of the plant, else that of its owner, else that of all.
func (n *Net) readCushions() {
	n.stock, n.wait = make([]float64, len(n.plants)), make([]float64, len(n.plants))
	for p := range n.plants {
		for _, of := range []string{"*", n.plantOrg[p], n.plants[p]} {
			for _, o := range n.c.Outages {
				if o.Of != of || of == "" {
					continue
				}
				n.stock[p] = o.Stock.Or(n.stock[p])
				n.wait[p] = o.CatchUp.Or(100*n.wait[p]) / 100
			}
		}
	}
}

// readSets finds the regions that targets count; the first is the one that series are about.
func (n *Net) readSets() {
	at := func(regions []string) int {
		name := fmt.Sprint(regions)
		if i := slices.IndexFunc(n.sets, func(s regionSet) bool { return s.name == name }); i >= 0 {
			return i
		}
		s := regionSet{name: name, plants: make([]bool, len(n.plants))}
		for p := range n.plants {
			s.plants[p] = len(regions) == 0 || slices.Contains(regions, "*") || slices.Contains(regions, n.c.Plants[p].Region)
		}
		n.sets = append(n.sets, s)
		return len(n.sets) - 1
	}
	for _, g := range n.c.Targets {
		for t, per := range n.c.Periods {
			if g.Period == per.ID || g.Period == "*" {
				n.targets = append(n.targets, target{g.ID, per.ID, at(g.Regions), t, g.Value * per.Years(), g.Sense == "max"})
			}
		}
	}
	if len(n.sets) == 0 {
		at(nil)
	}
}

// readPeriod reads what the plan does in a period.
func (n *Net) readPeriod(book *cost.Book, t int) error {
	per := n.c.Periods[t]
	days := per.From.Days(per.To)
	d := period{weeks: max(1, int(math.Round(float64(days)/7))), years: book.Years(t), start: book.Start(t)}
	for _, p := range n.c.Plants {
		d.sites = append(d.sites, p.SiteCap.Or(math.Inf(1))*d.years)
	}
	lines := n.readLines(book, &d, t)
	n.readPlaces(&d, t, lines)
	readOvertime(&d)
	n.readPairs(book, &d, t)
	n.readGroups(&d)
	n.periods = append(n.periods, d)
	return nil
}

// key names a place of the plan.
type key struct{ vehicle, line, content string }

// readPlaces reads what is tooled where, and how much of it the plan builds.
func (n *Net) readPlaces(d *period, t int, lines map[string]int) {
	id := n.c.Periods[t].ID
	built, rows, cars := map[key]float64{}, map[key]int{}, map[string]int{}
	for _, o := range n.plan.Outputs {
		if o.Period == id {
			built[key{o.Vehicle, o.Line, o.Content}] += o.Units / float64(d.weeks)
		}
	}
	for i, k := range n.c.VehicleLines {
		rows[key{k.Vehicle, k.Line, k.Content}] = i
	}
	for i, v := range n.c.Vehicles {
		cars[v.ID] = i
	}
	for _, a := range n.plan.Allocs {
		k := key{a.Vehicle, a.Line, a.Content}
		l, works := lines[a.Line]
		at, known := rows[k]
		if a.Period != id || !works || !known || built[k] == 0 && n.waits(k, &n.c.VehicleLines[at], t) {
			continue
		}
		row := &n.c.VehicleLines[at]
		v := slices.IndexFunc(d.vehicles, func(x vehicle) bool { return x.id == cars[a.Vehicle] })
		if v < 0 {
			v = len(d.vehicles)
			d.vehicles = append(d.vehicles, vehicle{id: cars[a.Vehicle]})
		}
		x := place{vehicle: v, line: l, row: at, rate: row.RateFactor, kit: a.Content == "kit", deal: n.dealOf(row.Arrangement), plan: built[k], serves: true}
		if x.rate <= 0 {
			x.rate = 1
		}
		x.age = d.start - n.since(k)
		i := len(d.places)
		d.places = append(d.places, x)
		d.lines[l].places = append(d.lines[l].places, i)
		d.vehicles[v].places = append(d.vehicles[v].places, i)
		d.vehicles[v].plan += x.plan
	}
	for v := range d.vehicles {
		n.readShares(d, &d.vehicles[v])
	}
}

// waits reports whether a place is launched and cannot build yet in a period: its lead is not over, or its vehicle or line comes later.
func (n *Net) waits(k key, row *headroom.VehicleLine, t int) bool {
	per := n.c.Periods[t]
	for _, v := range n.c.Vehicles {
		if v.ID == row.Vehicle && v.SOP > per.To {
			return true
		}
	}
	for _, l := range n.c.Lines {
		if l.ID == row.Line && l.From > per.To {
			return true
		}
	}
	for u, p := range n.c.Periods[:t+1] {
		for _, a := range n.plan.Allocs {
			if a.Launch && a.Period == p.ID && (key{a.Vehicle, a.Line, a.Content}) == k {
				return !a.Committed && n.c.Periods[u].From.AddMonths(int(math.Ceil(row.Lead))) > per.To
			}
		}
	}
	return false
}

// readOvertime leaves of the overtime of the plan what a life can do without or needs more of: what is built beyond straight time when
// work is even over the weeks. Overtime on days on which fewer places can build stays as planned.
func readOvertime(d *period) {
	for i := range d.lines {
		l := &d.lines[i]
		load := 0.0
		for _, k := range l.places {
			load += d.places[k].plan / d.places[k].rate
		}
		l.planned = min(l.planned, max(0, load-l.straight)*float64(d.weeks))
	}
}

// since is when a place is first tooled, in years from the start of the horizon.
func (n *Net) since(k key) float64 {
	for t, p := range n.c.Periods {
		for _, a := range n.plan.Allocs {
			if a.Period == p.ID && (key{a.Vehicle, a.Line, a.Content}) == k {
				if t == len(n.periods) {
					return headroom.Years(n.c.Periods[0].From, p.From.AddDays(-1))
				}
				return n.periods[t].start
			}
		}
	}
	return 0
}

// readShares finds the shares of the places of a vehicle and what they have of stock and patience.
func (n *Net) readShares(d *period, v *vehicle) {
	for _, k := range v.places {
		x := &d.places[k]
		if v.plan > 0 {
			x.share = x.plan / v.plan
		}
		p := d.lines[x.line].plant
		v.stock += x.share * n.stock[p]
		v.wait += x.share * n.wait[p]
	}
}

// readPairs reads demand and what the plan sells of it.
func (n *Net) readPairs(book *cost.Book, d *period, t int) {
	flow := map[[2]string]float64{}
	for _, f := range n.plan.Flows {
		if f.Period == n.c.Periods[t].ID {
			flow[[2]string{f.Vehicle, f.Market}] += f.Units
		}
	}
	for v := range d.vehicles {
		id := d.vehicles[v].id
		sum := 0.0
		for _, m := range book.Markets(id) {
			cell := book.Demand(id, m, t)
			if cell.Units <= 0 {
				continue
			}
			x := pair{vehicle: v, market: m, demand: cell.Units, flow: flow[[2]string{n.c.Vehicles[id].ID, n.markets[m]}]}
			x.walks = n.walksOf(id, m)
			sum += x.flow
			for _, k := range d.vehicles[v].places {
				if _, ok := book.Lane(d.lines[d.places[k].line].plant, m, t); !ok {
					d.places[k].serves = false
				}
			}
			d.vehicles[v].pairs = append(d.vehicles[v].pairs, len(d.pairs))
			d.pairs = append(d.pairs, x)
		}
		d.vehicles[v].plan = sum / float64(d.weeks)
	}
}

// Uncertain reports whether lives can differ.
func (n *Net) Uncertain() bool {
	risky := func(d deal) bool { return d.success < 1 || len(d.slip) > 1 }
	moves := func(w walk) bool { return w.sd > 0 }
	return slices.ContainsFunc(n.walks, moves) || slices.ContainsFunc(n.duties, func(d dutyRisk) bool { return d.rate > 0 }) || len(n.stops) > 0 || slices.ContainsFunc(n.deals, risky)
}

// Weeks is the length of the horizon in weeks.
func (n *Net) Weeks() int { return n.weeks }

// WeekOf is the week of a day, counted from the first day of the horizon, with its fraction; ok is false outside the horizon.
func (n *Net) WeekOf(day headroom.Date) (week float64, ok bool) {
	for t, p := range n.c.Periods {
		if day >= p.From && day <= p.To {
			share := float64(p.From.Days(day)-1) / float64(p.From.Days(p.To))
			return float64(n.first[t]) + share*float64(n.periods[t].weeks), true
		}
	}
	return 0, false
}
