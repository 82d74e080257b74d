package planner

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/lp"
)

// A programme whose numbers cannot be solved in a way to be trusted is refused before the solve. The refusal is told of the cells of
// the case that its numbers are made of, never of columns and rows.

// gate is how the numbers of the programme are looked at. What leaks through a closed switch must be less than a vehicle, and in a
// programme with very large lines or markets less than four millionths of the largest of them: the plan is solved again with its
// choices held, so that nothing leaks into it, and only the bound knows of it.
func (m *Model) gate() lp.GateOptions {
	largest := 0.0
	for j := range m.Problem.Cols() {
		if !m.Problem.IsInteger(j) {
			continue
		}
		for k := m.Problem.Start[j]; k < m.Problem.Start[j+1]; k++ {
			largest = max(largest, math.Abs(m.Problem.Value[k]))
		}
	}
	vehicles := largest * m.VolumeUnit
	return lp.GateOptions{MinQuantity: min(max(minQuantity, vehicles*leakShare), mostLeak) / m.VolumeUnit}
}

// leakShare of the largest switch is let pass, and mostLeak vehicles at most.
const (
	leakShare = 4.1e-6
	mostLeak  = 50.0
)

// Refusal has the numbers of the programme looked at and returns what would be refused, by the cells that it is made of.
func (m *Model) Refusal() []headroom.Finding {
	return m.inCells(lp.Gate(m.withConstant(), m.gate()))
}

// told turns a refusal of the gate into one that names cells; other errors stay as they are.
func (m *Model) told(err error) error {
	var refused *lp.RefusedError
	if !errors.As(err, &refused) {
		return err
	}
	return &headroom.Error{Findings: m.inCells(refused.Issues)}
}

// inCells tells what the gate refuses, of cells.
func (m *Model) inCells(issues []lp.Issue) []headroom.Finding {
	var out []headroom.Finding
	for _, i := range issues {
		if i.Severity != lp.Refuse {
			continue
		}
		f := headroom.Finding{Severity: headroom.SeverityError, Code: headroom.CodeRefusedModel, Hint: "is it in thousands, or of another unit?"}
		if i.Code == "N02" {
			i = m.furthest(i)
		}
		cells := m.cells(i)
		if len(cells) == 0 {
			f.Place, f.Hint = headroom.Place{File: "case.yaml"}, "report it with the case"
			f.Message = i.Code + ": the numbers of the case cannot be solved in a way to be trusted"
			out = append(out, f)
			continue
		}
		c := m.net.c
		f.Place = c.Place(cells[0].Table, cells[0].Key, cells[0].Column)
		var more []string
		for _, r := range cells[1:] {
			more = append(more, c.Place(r.Table, r.Key, r.Column).String())
		}
		f.Message = i.Code + ": this figure " + m.trouble(i)
		if len(more) > 0 {
			f.Message += "; with it count " + strings.Join(more, ", ")
		}
		out = append(out, f)
	}
	return out
}

// furthest moves an issue about the span of all numbers to the one that is further from one, the smallest or the largest.
func (m *Model) furthest(i lp.Issue) lp.Issue {
	p := m.Problem
	low, high := math.Inf(1), 0.0
	row, col := i.Row, i.Col
	for j := range p.Cols() {
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			v := math.Abs(p.Value[k])
			high = max(high, v)
			if v > 0 && v < low {
				low, row, col = v, int(p.Index[k]), j
			}
		}
	}
	if -math.Log10(low) > math.Log10(high) {
		i.Row, i.Col = row, col
	}
	return i
}

// trouble says what is wrong with the numbers of an issue, in the words of the case.
func (m *Model) trouble(i lp.Issue) string {
	p := m.Problem
	size := ""
	if i.Row >= 0 && i.Col >= 0 {
		for k := p.Start[i.Col]; k < p.Start[i.Col+1]; k++ {
			if int(p.Index[k]) == i.Row {
				size = fmt.Sprintf(" (%.3g vehicles in the period)", math.Abs(p.Value[k])*m.VolumeUnit)
			}
		}
	}
	switch i.Code {
	case "N01":
		return "leads to a number that is infinite or none"
	case "N05":
		return "leads to an amount of money beside which all others vanish"
	case "N06":
		return "leads to a switch so large that vehicles pass it while it is off" + size
	case "N18":
		return "earns without any limit"
	}
	return "leads to a number too far from the others for a solver" + size
}

// cells are the figures that the numbers of an issue are made of, the likeliest first.
func (m *Model) cells(i lp.Issue) []headroom.Ref {
	var out []headroom.Ref
	if i.Row >= 0 && i.Row < len(m.rowKeys) {
		out = m.cellsOf(m.rowKeys[i.Row])
		if m.rowKeys[i.Row].fam == famLineTime && i.Col >= 0 && m.colKeys[i.Col].fam == famOut {
			out = nil // the coefficient is that of the column
		}
	}
	if i.Col >= 0 && i.Col < len(m.colKeys) {
		out = append(out, m.cellsOf(m.colKeys[i.Col])...)
	}
	var once []headroom.Ref
	for _, r := range out {
		if !slices.Contains(once, r) {
			once = append(once, r)
		}
	}
	return once[:min(len(once), 4)]
}

// cellsOf are the figures behind a row or column.
func (m *Model) cellsOf(k key) []headroom.Ref {
	n, c, t := m.net, m.net.c, int(k.t)
	switch k.fam {
	case famOut, famOutPart:
		return []headroom.Ref{ref(tabPlace, n.places[k.a].row.Key(), "rate_factor")}
	case famRest, famRestLaunch, famRestStands, famRestPlace:
		return []headroom.Ref{ref(tabPlace, n.places[k.a].row.Key(), colRetool)}
	case famLink, famAlloc:
		return m.sizeOf(n.places[k.a].l, n.places[k.a].v, t)
	case famRestOpen, famRestOpening, famRestChange, famRestHolds:
		return []headroom.Ref{ref(tabPlant, c.Plants[k.a].ID, colReopen)}
	case famRestMoth:
		return []headroom.Ref{ref(tabPlant, c.Plants[k.a].ID, colMothball)}
	case famCommitted:
		return append([]headroom.Ref{ref(tabPlace, n.places[k.a].row.Key(), colMinRun)}, m.demandCells(n.places[k.a].v, -1, t)...)
	case famMinVolume:
		return []headroom.Ref{ref(tabPlace, n.places[k.a].row.Key(), colMinVolume)}
	case famFlowLink:
		cells := m.demandCells(int(k.a), int(k.c), t)
		for _, x := range n.byVehicle[k.a] {
			if n.places[x].p == int(k.b) {
				return append(cells, m.lineCell(n.places[x].l))
			}
		}
		return cells
	case famLost, famDemand:
		return m.demandCells(n.pairs[k.a][0], n.pairs[k.a][1], t)
	case famFlow:
		f := &m.flows[k.a]
		return m.demandCells(int(f.v), int(f.m), int(f.t))
	case famLineTime, famWork, famOver, famOverPart, famOverLimit, famOverDay, famChange, famOnePattern:
		return []headroom.Ref{m.lineCell(int(k.a))}
	case famMinRate, famLeast, famLeastDay:
		return []headroom.Ref{ref(tabLine, c.Lines[k.a].ID, colMinRate)}
	case famSiteCap:
		return []headroom.Ref{ref(tabPlant, c.Plants[k.a].ID, colSite)}
	case famLaunch, famOpen, famMoth, famUp, famReopen, famMothball, famClose, famCloseMoth:
		return []headroom.Ref{m.costCell(k)}
	case famDealMin, famDealMax:
		return []headroom.Ref{ref(tabTerm, c.Terms[k.b].Key(), colValue)}
	case famQuota:
		return []headroom.Ref{ref("quota", c.Quotas[k.a].Key(), colVolume)}
	case famTarget, famShort:
		return []headroom.Ref{ref(tabTarget, c.Targets[k.a].Key(), colValue)}
	}
	return nil
}

// lineCell is the figure that says what a line can build.
func (m *Model) lineCell(l int) headroom.Ref {
	line := &m.net.c.Lines[l]
	if line.CapacityYear.Set {
		return ref(tabLine, line.ID, colCapacity)
	}
	return ref(tabLine, line.ID, colRate)
}

// demandCells are the figures of demand for a vehicle in a period, in one market or (-1) in the largest.
func (m *Model) demandCells(v, market, t int) []headroom.Ref {
	n, c := m.net, m.net.c
	if t < 0 {
		t = n.T - 1
	}
	var found *headroom.Demand
	most := -1.0
	for _, x := range n.markets[v] {
		if market >= 0 && x != market {
			continue
		}
		if units := n.demand[n.pairOf[[2]int{v, x}]][t].Units; units > most {
			for i := range c.Demands {
				d := &c.Demands[i]
				if d.Vehicle == c.Vehicles[v].ID && d.Market == c.Markets[x].ID && (d.Period == c.Periods[t].ID || d.Period == "*") {
					found, most = d, units
				}
			}
		}
	}
	if found == nil {
		return nil
	}
	out := []headroom.Ref{ref(tabDemand, found.Key(), colVolume)}
	if found.Growth.Set {
		out = append(out, ref(tabDemand, found.Key(), "growth"))
	}
	return out
}

// sizeOf are the figures that make the full rate of a place, the smaller one first: that is the size of the switch.
func (m *Model) sizeOf(l, v, t int) []headroom.Ref {
	n := m.net
	if t < 0 {
		t = n.T - 1
	}
	line, demand := []headroom.Ref{m.lineCell(l)}, m.demandCells(v, -1, t)
	if cmp.Compare(n.total[v][t], n.lineMax(l, t)) < 0 {
		return append(demand, line...)
	}
	return append(line, demand...)
}
