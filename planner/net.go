package planner

import (
	"cmp"
	"slices"

	"headroom"
	"headroom/cost"
)

// place is a row of vehicle_line that counts: a vehicle that can be built on a line with a content.
type place struct {
	row     *headroom.VehicleLine
	v, l, p int
	arr     int // arrangement, -1 for none
	running bool
	days    span        // on which its dates let it build, whatever the plan decides
	open    []float64   // share of the period in these days
	commit  []float64   // share of the period in which the programme is committed here
	owed    []float64   // demand for the vehicle on these days
	first   int         // first period of a commitment, else -1
	early   int         // first period in which a launch is worth its while: the lead is then over when its dates begin
	full    [][]float64 // full rate by period and part, vehicles
	most    []float64   // full rate by period

	// Apart from days and commit only in elastic programmes, where what a rule that gives way asked for stays what it was.
	own   span      // dates of the case, which its minimum counts
	duty  []float64 // committed share that its minimum run counts
	freed bool      // its commitment gives way: it is used as the plan likes, with a launch or without
}

// launched is the period of a launch that the case decides, -1 for none.
func (k *place) launched() int {
	if k.running {
		return -1
	}
	return k.first
}

// ramp is the share of full rate in the n-th period since launch (0 for the first). What is missing on a full rate is either
// something that a solver can see or nothing.
func (k *place) ramp(n int) float64 {
	if n >= 0 && n < len(k.row.Ramp) {
		if r := k.row.Ramp[n] / 100; r < 1-1e-6 {
			return r
		}
	}
	return 1
}

// ramps reports whether a place has a ramp at all.
func (k *place) ramps() bool {
	for _, r := range k.row.Ramp {
		if r != 100 {
			return true
		}
	}
	return false
}

// net is a case with its names resolved to positions, and what follows from dates alone.
type net struct {
	c    *headroom.Case
	book *cost.Book
	T    int

	places     []place
	byVehicle  [][]int // vehicle → places
	byLine     [][]int
	byPlant    [][]int
	lines      [][]int // plant → lines
	patterns   [][]int // line → patterns it can work, smallest first; [-1] without a table
	markets    [][]int // vehicle → markets with demand
	plantsOf   [][]int // vehicle → plants with a place
	demand     [][]cost.Cell
	pairOf     map[[2]int]int // vehicle, market → index into demand
	pairs      [][2]int
	total      [][]float64 // vehicle → demand over all markets per period
	arrPlaces  [][]int
	deals      []deal
	considered []bool  // plant → its state may change
	lift       *lift   // rules that give way; nil outside elastic programmes
	plenty     float64 // more than anybody can ask for in a period, where capacity or demand gives way
	group      []int   // line → first line of those that have vehicles in common with it
	parts      [][][]part
}

// deal is an arrangement that a plan may use.
type deal struct {
	arr    int
	fact   bool
	days   span   // of a fact, when it is in force
	begins []span // of another, when it is in force if it begins in the period; never where it cannot
}

func newNet(c *headroom.Case) *net { return liftedNet(c, nil) }

// liftedNet is the net of a case in which some rules give way.
func liftedNet(c *headroom.Case, l *lift) *net {
	n := &net{c: c, book: cost.New(c), T: len(c.Periods), lift: l}
	n.readPlants()
	n.readDeals()
	n.readDemand()
	n.readPlenty()
	n.readPlaces()
	n.readParts()
	n.readFull()
	return n
}

func (n *net) readPlants() {
	c := n.c
	plants := index(c.Plants, func(p headroom.Plant) string { return p.ID })
	n.lines = make([][]int, len(c.Plants))
	n.patterns = make([][]int, len(c.Lines))
	for l := range c.Lines {
		p := plants[c.Lines[l].Plant]
		n.lines[p] = append(n.lines[p], l)
		for j := range c.ShiftPatterns {
			if cost.PatternFor(&c.ShiftPatterns[j], c.Lines[l].ID) {
				n.patterns[l] = append(n.patterns[l], j)
			}
		}
		slices.SortStableFunc(n.patterns[l], func(a, b int) int {
			return cmpFloat(n.book.Capacity(l, a), n.book.Capacity(l, b))
		})
		if len(c.ShiftPatterns) == 0 {
			n.patterns[l] = []int{-1}
		}
	}
	n.considered = make([]bool, len(c.Plants))
	for p := range c.Plants {
		n.considered[p] = c.Plants[p].Use == headroom.Consider || n.stateGives(p)
	}
}

func (n *net) readDeals() {
	c := n.c
	for i, a := range c.Arrangements {
		if !c.InForce(a) && !n.gives(tabArrangement, a.ID, colStatus) {
			continue
		}
		d := deal{arr: i, fact: a.Status.Fact()}
		if d.fact {
			d.days = dealDays(&a, cmp.Or(a.EarliestStart, c.Periods[0].From))
		}
		for t := 0; t < n.T && !d.fact; t++ {
			begin := max(a.EarliestStart, c.Periods[t].From)
			if begin > c.Periods[t].To {
				d.begins = append(d.begins, never)
				continue
			}
			d.begins = append(d.begins, dealDays(&a, begin))
		}
		n.deals = append(n.deals, d)
	}
}

func (n *net) readDemand() {
	c := n.c
	n.pairOf = map[[2]int]int{}
	n.markets = make([][]int, len(c.Vehicles))
	n.total = make([][]float64, len(c.Vehicles))
	for v := range c.Vehicles {
		n.total[v] = make([]float64, n.T)
		for _, m := range n.book.Markets(v) {
			cells := make([]cost.Cell, n.T)
			any := false
			for t := range cells {
				cells[t] = n.book.Demand(v, m, t)
				n.total[v][t] += cells[t].Units
				any = any || cells[t].Units > 0
			}
			if !any {
				continue
			}
			n.markets[v] = append(n.markets[v], m)
			n.pairOf[[2]int{v, m}] = len(n.pairs)
			n.pairs = append(n.pairs, [2]int{v, m})
			n.demand = append(n.demand, cells)
		}
	}
}

func (n *net) readPlaces() {
	c := n.c
	vehicles := index(c.Vehicles, func(v headroom.Vehicle) string { return v.ID })
	lines := index(c.Lines, func(l headroom.Line) string { return l.ID })
	plants := index(c.Plants, func(p headroom.Plant) string { return p.ID })
	arrs := index(c.Arrangements, func(a headroom.Arrangement) string { return a.ID })
	usable := map[int]int{}
	for i, d := range n.deals {
		usable[d.arr] = i
	}
	n.byVehicle = make([][]int, len(c.Vehicles))
	n.byLine = make([][]int, len(c.Lines))
	n.byPlant = make([][]int, len(c.Plants))
	n.plantsOf = make([][]int, len(c.Vehicles))
	n.arrPlaces = make([][]int, len(n.deals))
	for i := range c.VehicleLines {
		row := &c.VehicleLines[i]
		v, okV := vehicles[row.Vehicle]
		l, okL := lines[row.Line]
		if !okV || !okL || (!row.Compatible && !n.gives(tabPlace, row.Key(), colCompatible)) {
			continue
		}
		k := place{row: row, v: v, l: l, p: plants[c.Lines[l].Plant], arr: -1, first: -1}
		if row.Arrangement != "" {
			arr, known := arrs[row.Arrangement]
			d, ok := usable[arr]
			if !known || !ok {
				continue
			}
			k.arr = d
			n.arrPlaces[d] = append(n.arrPlaces[d], len(n.places))
		}
		n.readCommitment(&k)
		id := len(n.places)
		n.places = append(n.places, k)
		n.byVehicle[v] = append(n.byVehicle[v], id)
		n.byLine[l] = append(n.byLine[l], id)
		n.byPlant[k.p] = append(n.byPlant[k.p], id)
		if !slices.Contains(n.plantsOf[v], k.p) {
			n.plantsOf[v] = append(n.plantsOf[v], k.p)
		}
	}
	for v := range n.plantsOf {
		slices.Sort(n.plantsOf[v])
	}
}

// readCommitment fills in what dates say of a place.
func (n *net) readCommitment(k *place) {
	c := n.c
	row := k.row
	k.open, k.commit, k.owed = make([]float64, n.T), make([]float64, n.T), make([]float64, n.T)
	k.own, k.days = n.window(k, false), n.window(k, true)
	begin := c.Periods[0].From
	committed := k.own.and(span{row.CommittedFrom, row.CommittedUntil})
	for t := range c.Periods {
		if row.CommittedUntil == 0 {
			break
		}
		if k.commit[t] = n.share(committed, t); k.commit[t] == 0 {
			continue
		}
		if k.first < 0 {
			k.first = t
		}
		for _, m := range n.markets[k.v] {
			k.owed[t] += n.book.Wanted(k.v, m, t, committed.from, committed.to)
		}
	}
	k.running = row.CommittedUntil >= begin && row.CommittedFrom < begin && c.Vehicles[k.v].SOP < begin
	begins := k.first >= 0 && !k.running
	n.liftPlace(k)
	if begins {
		k.own = k.own.and(span{from: row.CommittedFrom})
	}
	if begins && !k.freed {
		k.days = k.days.and(span{from: row.CommittedFrom})
	}
	for t := range c.Periods {
		k.open[t] = n.share(k.days, t)
	}
	for t := 1; t < n.T && row.Lead > 0 && n.after(t, row.Lead).from <= max(k.days.from, begin); t++ {
		k.early = t
	}
}

// readFull finds the full rate of every place, period and part of it.
func (n *net) readFull() {
	for i := range n.places {
		k := &n.places[i]
		k.full, k.most = make([][]float64, n.T), make([]float64, n.T)
		for t := range k.full {
			parts := n.partsOf(k.l, t)
			k.full[t] = make([]float64, len(parts))
			for s, p := range parts {
				if k.days.covers(p.span) {
					k.full[t][s] = min(n.lineMax(k.l, t)*p.share*k.row.RateFactor, n.wantedIn(k.v, t, p.span))
					k.most[t] += k.full[t][s]
				}
			}
		}
	}
}

// wantedIn is what can be sold of a vehicle on some days of a period.
func (n *net) wantedIn(v, t int, s span) float64 {
	if len(n.buyerRules(v, t)) > 0 {
		return n.plenty
	}
	return n.askedIn(v, t, s)
}

// askedIn is the demand for a vehicle on some days of a period.
func (n *net) askedIn(v, t int, s span) float64 {
	if s == n.period(t) {
		return n.total[v][t]
	}
	sum := 0.0
	for _, m := range n.markets[v] {
		sum += n.book.Wanted(v, m, t, s.from, s.to)
	}
	return sum
}

// lineBinds reports whether the full rate of a place that is open as long as its line is that of the line.
func (n *net) lineBinds(k, t int) bool {
	pl := &n.places[k]
	return len(n.partsOf(pl.l, t)) == 1 && pl.most[t] < n.sold(pl.v, t)
}

// lineMax is the largest capacity of a line with overtime, vehicles, for a period in which it is there all the time.
func (n *net) lineMax(l, t int) float64 {
	best := 0.0
	if n.lineShare(l, t) > 0 && n.capacityGives(l) {
		return n.plenty
	}
	for _, j := range n.patterns[l] {
		best = max(best, n.book.Capacity(l, j)*n.book.Years(t)*(1+n.overtimeShare(j)))
	}
	return best
}

// capacity is the straight-time capacity of a line in a pattern and period, vehicles.
func (n *net) capacity(l, j, t int) float64 {
	return n.book.Capacity(l, j) * n.book.Years(t) * n.lineShare(l, t)
}

func (n *net) overtimeShare(j int) float64 {
	if j < 0 {
		return 0
	}
	return n.c.ShiftPatterns[j].OvertimeShare / 100
}

// qualifies reports whether what a place builds in period t goes under an agreement.
func (n *net) qualifies(k *place, agreement string, t int) bool {
	return slices.Contains(k.row.Qualifies, agreement) &&
		n.c.Periods[t].Overlap(k.row.QualifiesFrom, k.row.QualifiesTo) >= 0.5
}

func index[E any](s []E, id func(E) string) map[string]int {
	m := make(map[string]int, len(s))
	for i, e := range s {
		m[id(e)] = i
	}
	return m
}

// minDate is the earlier of two dates, a missing one being later than all.
func minDate(a, b headroom.Date) headroom.Date {
	if a == 0 {
		return b
	}
	if b == 0 {
		return a
	}
	return min(a, b)
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
