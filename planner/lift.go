package planner

import (
	"headroom"
	"headroom/lp"
)

// lift says which rules of a case give way in an elastic programme: a rule is one figure of the case that forbids or demands
// something, and what it forbids can then be had at a price of one a vehicle or a switch. A nil lift keeps every rule, and the
// programme is the plan's own.
//
// A rule that gives way must never make anything harder: a case with fewer rules has every plan of the case with more.
type lift struct {
	all  bool                  // every rule is in force, and the programme is elastic in name only
	keep map[headroom.Ref]bool // the rules in force, unless all are

	seen map[headroom.Ref]bool // rules that the case has
	list []headroom.Ref        // the same in the order in which they were met
}

// gives reports whether a rule of the case gives way, and notes that the case has it.
func (n *net) gives(table, key, column string) bool {
	if n.lift == nil {
		return false
	}
	r := headroom.Ref{Table: table, Key: key, Column: column}
	if !n.lift.seen[r] {
		n.lift.seen[r] = true
		n.lift.list = append(n.lift.list, r)
	}
	return n.lift.gone(r)
}

// gone reports whether a rule gives way.
func (l *lift) gone(r headroom.Ref) bool { return !l.all && !l.keep[r] }

// Columns of the case that are rules, as they are named in its tables.
const (
	tabArrangement = "arrangement"
	tabDemand      = "demand"
	tabLane        = "lane"
	tabLine        = "line"
	tabPlant       = "plant"
	tabPattern     = "shift_pattern"
	tabTarget      = "target"
	tabTerm        = "term"
	tabVehicle     = "vehicle"
	tabPlace       = "vehicle_line"

	colCapacity    = "capacity_year"
	colClose       = "earliest_close"
	colCommitted   = "committed_until"
	colCompatible  = "compatible"
	colFrom        = "from"
	colHours       = "hours"
	colIndex       = "index"
	colLead        = "lead"
	colLostSale    = "lost_sale"
	colMaxLaunches = "max_launches"
	colMaxLines    = "max_lines"
	colMaxMothball = "max_mothball"
	colMaxVehicles = "max_vehicles"
	colMinOpen     = "min_open"
	colMinRate     = "min_rate"
	colMinRun      = "min_run"
	colMinService  = "min_service"
	colMinVolume   = "min_volume"
	colRamp        = "ramp"
	colRate        = "rate"
	colReopenLead  = "reopen_lead"
	colRequires    = "requires"
	colSOP         = "sop"
	colEOP         = "eop"
	colSite        = "site_cap"
	colStart       = "earliest_start"
	colStatus      = "status"
	colTermYears   = "term"
	colTo          = "to"
	colUse         = "use"
	colValue       = "value"
	colVolume      = "volume"
)

// yields are the families of rows that are rules of the case, with the columns that they come from. A row of theirs gives way
// with any of its figures.
var yields = map[family][]string{
	famLineTime:    {"line.capacity_year", "line.rate", "shift_pattern.index", "shift_pattern.hours"},
	famLink:        {"vehicle_line.ramp", "vehicle_line.lead"},
	famDayOpen:     {"plant.reopen_lead"},
	famSiteCap:     {"plant.site_cap"},
	famMaxMothball: {"plant.max_mothball"},
	famMinOpen:     {"plant.min_open"},
	famMaxVehicles: {"line.max_vehicles"},
	famMaxLines:    {"vehicle.max_lines"},
	famMaxLaunches: {"line.max_launches"},
	famCommitted:   {"vehicle_line.min_run", "vehicle_line.committed_until"},
	famMinVolume:   {"vehicle_line.min_volume"},
	famMinRate:     {"line.min_rate"},
	famDemand:      {"demand.min_service", "demand.lost_sale"},
	famDealMin:     {"term.value"},
	famDealMax:     {"term.value"},
	famRequires:    {"arrangement.requires"},
	famTarget:      {"target.value"},
}

// definitions are the families of rows that say what a plan is, and are no rule of anybody: no figure of the case could give way
// in them. What dates, states and deals forbid stands in columns that are not there: see closedBy.
var definitions = []family{
	famOverLimit, famOnePattern, famPatternChange, famOpenBalance, famMothBalance, famLeaveOpen, famLeaveMoth, famEnter,
	famOneState, famOnce, famOneStart, famInTerm, famLaunchRow, famLaunched, famOneLaunch, famUseDeal, famUseLine, famConserve,
	famFlowLink, famSymmetry, famOutSum, famOverSum, famOverDay, famDayDeal, famDayDemand, famUses, famLeastDay,
	famQuota, famQualify, // another way, dearer, is always open
	famBuilds, famBuiltRow, famIdleRow, // a plant need not open
	famRestLaunch, famRestStands, famRestChange, famRestHolds, famRestDeal, famRestEarns, famRestPlace, famRestPlant,
	famRestOpening, famRestNone, // nothing need come back
	famForced, // what is asked of the case, not what it asks
}

// slack is a column that lets rules be broken in an elastic programme: any of them.
type slack struct {
	col   int32
	key   key // of the row, or of the column where what was forbidden is a column of its own
	row   bool
	rules []headroom.Ref
	sign  float64 // +1: the column is what is broken; −1: the column less one
}

// yield adds a slack to a row of an elastic programme where one of its rules gives way, with the sign that mends the row.
func (m *Model) yield(row int, sign float64, rules ...headroom.Ref) {
	if m.net.lift == nil {
		return
	}
	if !m.net.anyGives(rules) {
		return
	}
	k := m.rowKeys[row]
	slackKey := k
	slackKey.fam = famSlack
	c := m.col(slackKey, 1, 0, lp.Inf)
	m.add(row, c, sign)
	m.slacks = append(m.slacks, slack{col: c, key: k, row: true, rules: rules, sign: 1})
}

// charge puts a price on a column that only rules which give way let exist.
func (m *Model) charge(col int32, sign float64, rules ...headroom.Ref) {
	if len(rules) == 0 || col < 0 {
		return
	}
	m.b.AddCost(int(col), sign)
	if sign < 0 {
		m.b.AddOffset(1)
	}
	m.slacks = append(m.slacks, slack{col: col, key: m.colKeys[col], rules: rules, sign: sign})
}

// ref names a figure of the case.
func ref(table, key, column string) headroom.Ref {
	return headroom.Ref{Table: table, Key: key, Column: column}
}
