package planner

import (
	"slices"
	"strconv"
	"strings"
)

// family is a kind of column or row.
type family uint8

// Families of columns and rows. The names are those of docs/explanation/formulation.md.
const (
	famAlloc family = iota
	famLaunch
	famOut
	famWork
	famChange
	famOver
	famOpen
	famMoth
	famUp
	famMothball
	famClose
	famCloseMoth
	famReopen
	famFlow
	famLost
	famDeal
	famDealStart
	famShort
	famRest
	famRestOpen
	famRestMoth
	famRestOld
	famEarns
	famEarnsPlant
	famEarnsOpen
	famBuilt
	famIdle
	famSlack
	famDump
	famOutPart
	famOverPart
	famUsed
	famLeast
	famLineTime
	famOverLimit
	famLink
	famOnePattern
	famPatternChange
	famOpenBalance
	famMothBalance
	famMaxMothball
	famMinOpen
	famLeaveOpen
	famLeaveMoth
	famEnter
	famOneState
	famOnce
	famOneStart
	famInTerm
	famLaunchRow
	famLaunched
	famOneLaunch
	famMaxLaunches
	famUseDeal
	famUseLine
	famMaxVehicles
	famMaxLines
	famCommitted
	famMinVolume
	famMinRate
	famSiteCap
	famDemand
	famConserve
	famFlowLink
	famQuota
	famQualify
	famDealMin
	famDealMax
	famRequires
	famTarget
	famSymmetry
	famForced
	famOutSum
	famOverSum
	famOverDay
	famDayDeal
	famDayOpen
	famDayDemand
	famUses
	famLeastDay
	famBuilds
	famBuiltRow
	famIdleRow
	famRestLaunch
	famRestStands
	famRestChange
	famRestHolds
	famRestDeal
	famRestEarns
	famRestPlace
	famRestPlant
	famRestOpening
	famRestNone
)

var familyNames = [...]string{
	"alloc", "launch", "out", "pattern", "change", "overtime", "open", "mothballed", "up", "mothball", "close", "closemoth",
	"reopen", "flow", "lost", "deal", "dealstart", "short", "rest", "restopen", "restmoth", "restold", "earns", "earnsplant", "earnsopen", "built", "idle", "slack", "dump",
	"outpart", "overpart", "used", "least",
	"linetime", "overlimit", "link", "onepattern", "patternchange", "openbalance", "mothbalance", "maxmothball", "minopen",
	"leaveopen", "leavemoth", "enter", "onestate", "once", "onestart", "interm", "launchrow", "launched", "onelaunch", "maxlaunches", "usedeal", "useline", "maxvehicles", "maxlines", "committed", "minvolume",
	"minrate", "sitecap", "demand", "conserve", "flowlink", "quota", "qualify", "dealmin", "dealmax", "requires",
	"target", "symmetry", "forced",
	"outsum", "oversum", "overday", "daydeal", "dayopen", "daydemand", "uses", "leastday",
	"builds", "builtrow", "idlerow", "restlaunch", "reststands", "restchange", "restholds", "restdeal", "restearns", "restplace", "restplant", "restopening", "restnone",
}

// key says what a column or row is about: positions in the net, as its family reads them; t is -1 for none.
type key struct {
	a, b, c int32
	t       int16
	fam     family
}

func at(fam family, a, b, c, t int) key {
	return key{fam: fam, a: int32(a), b: int32(b), c: int32(c), t: int16(t)}
}

// name is the readable name of a column or row: the family and the case's keys, in brackets.
func (m *Model) name(k key) string {
	parts := m.keyParts(k)
	if k.t >= 0 && int(k.t) < m.net.T {
		parts = append(parts, m.net.c.Periods[k.t].ID)
	}
	return familyNames[k.fam] + "[" + strings.Join(parts, ",") + "]"
}

func (m *Model) keyParts(k key) []string {
	n, c := m.net, m.net.c
	switch k.fam {
	case famAlloc, famLaunch, famOut, famLaunchRow, famLaunched, famOneLaunch, famUseDeal, famUseLine, famOutSum:
		return m.placeParts(int(k.a))
	case famLink, famCommitted, famMinVolume, famOutPart, famDayDeal, famDayOpen:
		return numbered(m.placeParts(int(k.a)), k.b, k.c)
	case famWork, famChange, famOver, famPatternChange, famOverLimit, famOverSum:
		return []string{c.Lines[k.a].ID, m.patternName(int(k.b))}
	case famOverPart, famOverDay:
		return numbered([]string{c.Lines[k.a].ID, m.patternName(int(k.b))}, k.c)
	case famOnePattern, famMaxLaunches:
		return []string{c.Lines[k.a].ID}
	case famLineTime, famMaxVehicles, famMinRate, famLeast, famLeastDay:
		return numbered([]string{c.Lines[k.a].ID}, k.b, k.c)
	case famSymmetry:
		return []string{c.Lines[k.a].ID, c.Lines[k.b].ID}
	case famOpen, famMoth, famUp, famMothball, famClose, famCloseMoth, famReopen, famOpenBalance, famMothBalance, famMaxMothball, famOnce, famOneState, famLeaveOpen, famLeaveMoth, famEnter, famSiteCap:
		return []string{c.Plants[k.a].ID}
	case famMinOpen:
		return []string{c.Plants[k.a].ID, c.Periods[k.b].ID}
	case famFlow:
		return m.flowParts(&m.flows[k.a])
	case famFlowLink:
		return []string{c.Vehicles[k.a].ID, c.Plants[k.b].ID, c.Markets[k.c].ID}
	case famLost, famDemand:
		return []string{c.Vehicles[n.pairs[k.a][0]].ID, c.Markets[n.pairs[k.a][1]].ID}
	case famConserve, famDump:
		return []string{c.Vehicles[k.a].ID, c.Plants[k.b].ID}
	case famQualify:
		return []string{c.Vehicles[k.a].ID, c.Plants[k.b].ID, strconv.Itoa(int(k.c))}
	case famForced:
		return []string{c.Vehicles[k.a].ID}
	case famMaxLines, famDayDemand:
		return numbered([]string{c.Vehicles[k.a].ID}, k.b)
	case famUsed:
		if family(k.c) == famMaxLines {
			return []string{"vehicle", c.Vehicles[k.a].ID, c.Lines[k.b].ID}
		}
		return []string{"line", c.Lines[k.a].ID, c.Vehicles[k.b].ID}
	case famUses:
		return numbered(m.keyParts(m.colKeys[k.a]), k.b)
	case famQuota:
		return []string{c.Quotas[k.a].Importer, c.Quotas[k.a].Origin}
	case famDeal, famDealStart, famOneStart, famInTerm:
		return []string{c.Arrangements[n.deals[k.a].arr].ID}
	case famDealMin, famDealMax:
		s := []string{c.Arrangements[n.deals[k.a].arr].ID}
		if from := c.Terms[k.b].From; from != 0 {
			s = append(s, from.String())
		}
		return numbered(s, k.c)
	case famRequires:
		return []string{c.Arrangements[n.deals[k.a].arr].ID, strconv.Itoa(int(k.b))}
	case famShort, famTarget:
		return []string{c.Targets[k.a].ID}
	}
	if s := m.restParts(k); s != nil {
		return s
	}
	return []string{strconv.Itoa(int(k.a)), strconv.Itoa(int(k.b)), strconv.Itoa(int(k.c))}
}

// numbered adds numbers to the parts of a name; a row that is the only one of its name has zeros, which are left out.
func numbered(parts []string, numbers ...int32) []string {
	for i, x := range numbers {
		if slices.ContainsFunc(numbers[i:], func(y int32) bool { return y != 0 }) {
			parts = append(parts, strconv.Itoa(int(x)))
		}
	}
	return parts
}

func (m *Model) placeParts(k int) []string {
	pl := &m.net.places[k]
	s := []string{pl.row.Vehicle, pl.row.Line}
	if pl.row.Content != "" && pl.row.Content != "full" {
		s = append(s, pl.row.Content)
	}
	return s
}

func (m *Model) flowParts(f *flow) []string {
	c := m.net.c
	s := []string{c.Vehicles[f.v].ID, c.Plants[f.p].ID, c.Markets[f.m].ID, string(m.ways[f.way].regime)}
	if g := m.ways[f.way].agreement; g != "" {
		s = append(s, g)
	}
	return s
}

func (m *Model) patternName(j int) string {
	if j < 0 {
		return "single"
	}
	return m.net.c.ShiftPatterns[j].ID
}
