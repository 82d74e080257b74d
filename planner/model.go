package planner

import (
	"context"
	"math"
	"time"

	"headroom"
	"headroom/cost"
	"headroom/internal/stop"
	"headroom/lp"
)

// Options of a plan. The zero value is the NPV objective to the default gap.
type Options struct {
	Objective string        // "npv" (the default) or "cost"
	Gap       float64       // relative; 0: GapDefault
	Time      time.Duration // 0: no limit
	Seed      int
	Threads   int
	Strict    bool      // solve a second time and compare
	Other     lp.Solver // the solver of the second solve; nil: the same with other settings
	SafeRoot  bool      // have the bound of the linear relaxation recomputed, for Plan.RootBound
	Progress  func(lp.Progress)

	// ReasonTime is how long the reasons of a case without a plan are looked for; 0: a minute.
	ReasonTime time.Duration

	force int // 1 + a vehicle of which something must be built; 0: none

	// MaxOutput asks for the most vehicles that the plants of these regions can build in period MaxPeriod, whatever that
	// costs; Objective is then without meaning. It is how want of a programme, of capacity and of a signature are told apart.
	MaxOutput []string
	MaxPeriod string
}

// GapDefault is the relative gap of a plan where none is asked for.
const GapDefault = 1e-3

// Model is the programme of a case: the Problem, minimised, and what its columns mean.
type Model struct {
	Problem    *lp.Problem
	VolumeUnit float64 // vehicles in one unit of a volume column
	MoneyUnit  float64 // base currency in one unit of the objective
	Constant   float64 // of the NPV (or, for cost, of the cost): base currency, discounted
	Revenue    float64 // what all buyers would pay, discounted, base currency: no plan earns more

	net  *net
	b    *lp.Builder
	npv  bool
	free bool // no money: only what MaxOutput or elastic rows count
	disc []float64

	slacks []slack // of an elastic programme

	colKeys, rowKeys []key
	banned           []headroom.Ban
	bannedCols       []int32
	dominated        []int32 // columns
	skip             []bool  // banned or dominated, by column; columns of what comes back lie beyond its end

	alloc    [][]lit     // place, period
	launch   [][]int32   // place, period; -1
	out      [][]int32   // place, period; -1
	parts    [][][]int32 // place, period, part of the period; -1
	work     [][][]lit   // line, pattern of the line, period
	change   [][][]int32
	over     [][][]int32
	open     [][]lit // plant, period
	state    []stateVars
	flows    []flow
	lost     [][]int32 // pair, period
	inDeal   [][]lit   // deal, period
	begin    [][]lit
	short    map[[2]int]int32 // target, period
	rest     *residual
	mothRows [][][]int // plant, period → rows of maxmothball that count the period

	sources   [][]source // vehicle → plants that can build it, as plantsOf
	firstFlow []int      // pair → its first flow
	ways      []way
	scratch   []cost.Entry
	quotaRow  map[[2]int]int32 // quota, period
	prefRow   map[prefKey]int32
}

// flow is a way of vehicles from a plant to a market in a period. There may be millions.
type flow struct {
	v, p, m, t int32
	way        int32 // position in ways
	col        int32
}

// way is how a flow comes into its market.
type way struct {
	regime    headroom.Regime
	agreement string
}

// source is a plant that can build a vehicle.
type source struct {
	p      int
	places []int   // of the vehicle in the plant
	gate   []int32 // period → row of conservation; -1
	anyway []bool  // period → some place is in use whatever the plan decides
}

type prefKey struct {
	v, p, t   int
	agreement string
}

// lit is a zero-one quantity: a column, or a constant where col is -1.
type lit struct {
	col int32
	k   float64
}

var (
	zero = lit{col: -1}
	one  = lit{col: -1, k: 1}
)

func (x lit) isConst() bool { return x.col < 0 }

// Build makes the programme of a case. The case must have passed check.Case. Where ctx ends it returns soon, with its error.
func Build(ctx context.Context, c *headroom.Case, o Options) (*Model, error) {
	return stop.Within(ctx, func() (*Model, error) {
		n := newNet(c)
		return build(n, o)
	})
}

func build(n *net, o Options) (*Model, error) {
	m := &Model{net: n, npv: o.Objective != "cost", free: len(o.MaxOutput) > 0 || n.lift != nil}
	m.chooseUnits()
	for t := range n.T {
		m.disc = append(m.disc, n.book.Discount(t))
	}
	cols, rows, flows := m.size()
	m.b = lp.NewBuilder(n.c.ID, lp.Minimize, cols, rows, 4*(cols+len(n.pairs)*n.T))
	m.colKeys, m.rowKeys, m.flows = make([]key, 0, cols), make([]key, 0, rows), make([]flow, 0, flows)
	m.b.NameCols(func(j int) string { return m.name(m.colKeys[j]) })
	m.b.NameRows(func(i int) string { return m.name(m.rowKeys[i]) })

	m.addStates()         // 5
	m.addDeals()          // 18
	m.addPatterns()       // 4
	m.addPlaces()         // 6
	m.addLineTime()       // 1
	m.addVehiclesOnLine() // 7
	m.addBuilding()       // 5
	m.addMinimum()        // 10
	m.addDealVolumes()    // 19
	m.addDemand()         // 11, 12, 15, duties, 3 for flows
	m.addTargets()        // 24
	if n.lift == nil {
		m.addSymmetry() // 31: lines of which one gives way are not alike
	}
	m.addForced(o.force) // a vehicle that is asked for
	m.findBans()
	m.addResidual() // the end of the horizon
	if len(o.MaxOutput) > 0 {
		m.maximiseOutput(o)
	}
	problem, err := m.b.Build()
	if err == nil && !m.free {
		problem = m.ban(problem)
	}
	m.Problem, m.b = problem, nil
	return m, err
}

// size guesses the number of columns, rows and flows, so that arrays need not grow: one flow for each pair, plant and period, and
// its link.
func (m *Model) size() (cols, rows, flows int) {
	n := m.net
	ways := 0
	for i := range n.pairs {
		ways += len(n.plantsOf[n.pairs[i][0]])
	}
	flows = ways * n.T
	small := n.T * (6*len(n.c.Plants) + 4*len(n.c.Lines))
	cols = flows + n.T*(len(n.pairs)+4*len(n.places)) + small
	rows = flows + n.T*(len(n.pairs)+7*len(n.places)) + small
	return cols, rows, flows
}

// smallestMoney is what an amount or volume must be at least to set a unit.
const smallestMoney = 1e-9

// plantsMost is how many times the largest trade in one vehicle a plant's money may be to set the unit of money.
const plantsMost = 1e3

// chooseUnits picks powers of ten so that the largest volume lies in 100…1,000 and the largest amount of one variable in
// 1,000…10,000.
func (m *Model) chooseUnits() {
	n := m.net
	vol, money, lost := smallestMoney, smallestMoney, 0.0
	for l := range n.c.Lines {
		for t := range n.T {
			vol = max(vol, n.lineMax(l, t))
		}
	}
	for i, cells := range n.demand {
		v := n.pairs[i][0]
		for t := range cells {
			vol = max(vol, n.total[v][t])
			money = max(money, cells[t].Units*cells[t].Price)
			if n.c.Vehicles[v].Use != headroom.Consider {
				lost = max(lost, cells[t].Units*cells[t].LostSale.Value)
			}
			m.Revenue += cells[t].Units * cells[t].Price * n.book.Discount(t)
		}
	}
	// A plant may be dearer than what it builds, and a lost sale than the sale, but one that must never open, and one that must never
	// be lost, may not make all other money too small to count.
	plants := 0.0
	for p := range n.c.Plants {
		plants = max(plants, n.book.PlantMoney(p, n.c.Plants[p].ReopenM.Value, 0), n.book.FixedOpen(p, 0))
	}
	if money > smallestMoney {
		plants, lost = min(plants, plantsMost*money), min(lost, plantsMost*money)
	}
	money = max(money, plants, lost)
	m.VolumeUnit = powerOfTen(vol, 2)
	m.MoneyUnit = powerOfTen(money, 3)
}

// powerOfTen returns the power of ten by which x is to be divided to have digits digits before the point, plus one.
func powerOfTen(x float64, digits int) float64 {
	return math.Pow(10, float64(int(math.Floor(math.Log10(x)))-digits))
}

// money turns an amount of a period into objective units, discounted.
func (m *Model) money(amount float64, t int) float64 {
	if m.free {
		return 0
	}
	return amount * m.disc[t] / m.MoneyUnit
}

// perVehicle turns money per vehicle into objective units per unit of a volume column.
func (m *Model) perVehicle(amount float64, t int) float64 { return m.money(amount, t) * m.VolumeUnit }

// constant books a cost that no decision changes.
func (m *Model) constant(cost float64, t int) {
	if m.npv {
		cost = -cost
	}
	m.Constant += cost * m.disc[t]
}

func (m *Model) col(k key, cost, lower, upper float64) int32 {
	m.colKeys = append(m.colKeys, k)
	return int32(m.b.Col(cost, lower, upper))
}

func (m *Model) bin(k key, cost float64) int32 {
	m.colKeys = append(m.colKeys, k)
	return int32(m.b.IntCol(cost, 0, 1))
}

func (m *Model) row(k key, lower, upper float64) int {
	m.rowKeys = append(m.rowKeys, k)
	return m.b.Row(lower, upper)
}

func (m *Model) add(row int, col int32, v float64) {
	if col >= 0 {
		m.b.Add(row, int(col), v)
	}
}

func (m *Model) addLit(row int, x lit, v float64) {
	if x.isConst() {
		m.b.ShiftRow(row, -v*x.k)
		return
	}
	m.b.Add(row, int(x.col), v)
}

// payLit books a cost that is due when a literal is one.
func (m *Model) payLit(x lit, cost float64, t int) {
	if x.isConst() {
		m.constant(cost*x.k, t)
		return
	}
	m.b.AddCost(int(x.col), m.money(cost, t))
}

// vol turns vehicles into volume units.
func (m *Model) vol(vehicles float64) float64 { return vehicles / m.VolumeUnit }

// maximiseOutput replaces the objective by the output of regions in one period.
func (m *Model) maximiseOutput(o Options) {
	for t, per := range m.net.c.Periods {
		if per.ID != o.MaxPeriod {
			continue
		}
		for k := range m.net.places {
			if col := m.out[k][t]; col >= 0 && m.net.inRegions(m.net.places[k].p, o.MaxOutput) {
				m.b.AddCost(int(col), -1)
			}
		}
	}
}

// inRegions reports whether a plant is in one of the regions; "*" is all.
func (n *net) inRegions(p int, regions []string) bool {
	for _, r := range regions {
		if r == "*" || r == n.c.Plants[p].Region {
			return true
		}
	}
	return len(regions) == 0
}
