package answer

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"headroom"
)

// StatusAssumed is the status of a figure that rests on an assumption; that of a figure with a claim is the claim's.
const StatusAssumed = "assumed"

// figure is a claim or an assumption in use that has a low or a high.
type figure struct {
	ref, of, status  string
	value, low, high headroom.Opt
	sides            [2]side // low, high
	with             []string
}

// side is one end of a figure.
type side struct {
	moves []headroom.Move // nil: the figure cannot move there, or has no such end
	note  string
	still bool // the end is the value
}

// Ends of a figure.
const (
	atLow = iota
	atHigh
)

// rangeFigures are the figures of a case that may move, by ref, and how many in use may not because they have no low and no high.
// number is a cell of the case.
func rangeFigures(c *headroom.Case, number func(headroom.Ref) (float64, bool)) ([]*figure, headroom.NoRange) {
	var out []*figure
	var no headroom.NoRange
	filled := cellsOf(c)
	for i := range c.Assumptions {
		a := &c.Assumptions[i]
		if a.Value == "*" && len(c.Rows[a.Table]) == 0 {
			continue // it says that a table is left out
		}
		if a.Low == "" && a.High == "" {
			no.Assumptions++
			continue
		}
		of := a.Table + "." + a.Column
		if a.Selector != "*" && a.Selector != "" {
			of += " where " + a.Selector
		}
		f := &figure{ref: "assumption/" + a.ID, of: of, status: StatusAssumed, value: figureOf(a.Value), low: figureOf(a.Low), high: figureOf(a.High)}
		if refs := filled[a.ID]; !f.value.Set && len(refs) == 1 && number != nil {
			if v, ok := number(refs[0]); ok {
				f.value = headroom.Some(v)
			}
		}
		f.end(atLow, a.Low, headroom.Move{Assumption: a.ID, Value: a.Low})
		f.end(atHigh, a.High, headroom.Move{Assumption: a.ID, Value: a.High})
		giveWay(c, f, filled)
		out = append(out, f)
	}
	used := claimsInUse(c)
	for i := range c.Claims {
		cl := &c.Claims[i]
		switch {
		case !used[cl.ID]:
		case cl.Low == "" && cl.High == "":
			no.Claims++
		default:
			of := strings.TrimSpace(cl.Subject + " " + cl.Quantity)
			f := &figure{ref: "claim/" + cl.ID, of: of, status: cl.Status, value: figureOf(cl.Value), low: figureOf(cl.Low), high: figureOf(cl.High)}
			f.end(atLow, cl.Low, headroom.Move{Claim: cl.ID, Value: cl.Low})
			f.end(atHigh, cl.High, headroom.Move{Claim: cl.ID, Value: cl.High})
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *figure) int { return cmp.Compare(a.ref, b.ref) })
	return out, no
}

// figureOf is the number of a text, without the sign of a percentage.
func figureOf(text string) headroom.Opt {
	v, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(text), "%"), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return headroom.Opt{}
	}
	return headroom.Some(v)
}

// end fills in one end of a figure.
func (f *figure) end(i int, text string, m headroom.Move) {
	v := figureOf(text)
	switch {
	case text == "":
		f.sides[i] = side{still: true, note: "it has no such end"}
	case v.Set && f.value.Set && v.Value == f.value.Value:
		f.sides[i].still = true
	default:
		f.sides[i].moves = []headroom.Move{m}
	}
}

// claimsInUse are the claims that figures of the case rest on.
func claimsInUse(c *headroom.Case) map[string]bool {
	used := map[string]bool{}
	for _, l := range c.Labels {
		for _, id := range l.Claims {
			used[id] = true
		}
	}
	return used
}

// cellsOf are the figures that each assumption fills or describes, sorted.
func cellsOf(c *headroom.Case) map[string][]headroom.Ref {
	out := map[string][]headroom.Ref{}
	for ref, l := range c.Labels {
		if l.Basis == headroom.BasisAssumption {
			out[l.Assumption] = append(out[l.Assumption], ref)
		}
	}
	for _, refs := range out {
		slices.SortFunc(refs, func(a, b headroom.Ref) int { return cmp.Compare(a.String(), b.String()) })
	}
	return out
}

// giveWay lets others give way where a figure is part of a total that must stay: the vehicles of a year and group of outturn sum
// to the total of the group, and those of a maker with a total of its own to that. The other assumed parts of the same totals
// are scaled, all by one factor; where there are none, the figure cannot move.
func giveWay(c *headroom.Case, f *figure, filled map[string][]headroom.Ref) {
	id := strings.TrimPrefix(f.ref, "assumption/")
	refs := filled[id]
	if len(refs) != 1 || refs[0].Table != "outturn" {
		return
	}
	year, group, vehicle, ok := vehicleTotal(refs[0])
	if !ok || !hasTotal(c, year, group) {
		return
	}
	parts := map[string]float64{} // by assumption
	sum := 0.0
	totals := totalsOf(c, year, vehicle)
	for i := range c.Outturns {
		o := &c.Outturns[i]
		ref := headroom.Ref{Table: "outturn", Key: outturnKey(o), Column: "units"}
		l := c.Labels[ref]
		if strconv.Itoa(o.Year) != year || o.Group != group || o.Market != "*" || o.Vehicle == "*" || ref == refs[0] ||
			l.Basis != headroom.BasisAssumption || len(filled[l.Assumption]) != 1 || !slices.Equal(totalsOf(c, year, o.Vehicle), totals) {
			continue
		}
		parts[l.Assumption] = o.Units
		sum += o.Units
	}
	for i := range f.sides {
		f.sides[i] = f.sides[i].balanced(c, f, []headroom.Opt{f.low, f.high}[i], parts, sum)
	}
	for _, p := range slices.Sorted(maps.Keys(parts)) {
		f.with = append(f.with, "assumption/"+p)
	}
}

// balanced is a side with the moves of the parts that give way.
func (s side) balanced(c *headroom.Case, f *figure, to headroom.Opt, parts map[string]float64, sum float64) side {
	if s.moves == nil || !to.Set || !f.value.Set {
		return s
	}
	left := sum - (to.Value - f.value.Value)
	if len(parts) == 0 || left <= 0 {
		return side{note: "its total is known, and what else is assumed of it cannot give way"}
	}
	for _, p := range slices.Sorted(maps.Keys(parts)) {
		s.moves = append(s.moves, headroom.Move{Assumption: p, Value: strconv.FormatFloat(parts[p]*left/sum, 'f', -1, 64)})
	}
	return s
}

// vehicleTotal reads the key of an outturn that is the total of a vehicle.
func vehicleTotal(r headroom.Ref) (year, group, vehicle string, ok bool) {
	p := strings.Split(r.Key, ":")
	if len(p) != 4 || p[2] == "*" || p[3] != "*" {
		return "", "", "", false
	}
	return p[0], p[1], p[2], true
}

func outturnKey(o *headroom.Outturn) string {
	return strings.Join([]string{strconv.Itoa(o.Year), o.Group, o.Vehicle, o.Market}, ":")
}

// hasTotal reports whether the vehicles of a year and group must sum to something: a total of all or those of the markets.
func hasTotal(c *headroom.Case, year, group string) bool {
	return slices.ContainsFunc(c.Outturns, func(o headroom.Outturn) bool {
		return strconv.Itoa(o.Year) == year && o.Group == group && o.Vehicle == "*"
	})
}

// totalsOf are the makers with a total of their own in a year that a vehicle counts in, sorted.
func totalsOf(c *headroom.Case, year, vehicle string) []string {
	var out []string
	for i := range c.Outturns {
		o := &c.Outturns[i]
		if strconv.Itoa(o.Year) == year && o.Vehicle == "*" && o.Market == "*" && c.MadeBy(vehicle, o.Group) {
			out = append(out, o.Group)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
