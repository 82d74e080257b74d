package report

import (
	"slices"
	"strings"

	"headroom"
)

// names finds what the rows of a case are called; a row without a name is called by its key.
type names struct {
	c                                               *headroom.Case
	org, plant, region, vehicle, market, deal, line map[string]string
	period                                          map[string]int // position
	plantOf                                         map[string]string
	regionOf                                        map[string]string
}

func newNames(c *headroom.Case) *names {
	n := &names{
		c: c, org: map[string]string{}, plant: map[string]string{}, region: map[string]string{}, vehicle: map[string]string{},
		market: map[string]string{}, deal: map[string]string{}, line: map[string]string{}, period: map[string]int{},
		plantOf: map[string]string{}, regionOf: map[string]string{},
	}
	for _, r := range c.Orgs {
		n.org[r.ID] = r.Name
	}
	for _, r := range c.Plants {
		n.plant[r.ID], n.regionOf[r.ID] = r.Name, r.Region
	}
	for _, r := range c.Regions {
		n.region[r.ID] = r.Name
	}
	for _, r := range c.Vehicles {
		n.vehicle[r.ID] = r.Name
	}
	for _, r := range c.Markets {
		n.market[r.ID] = r.Name
	}
	for _, r := range c.Arrangements {
		n.deal[r.ID] = r.Name
	}
	for _, r := range c.Lines {
		n.plantOf[r.ID] = r.Plant
	}
	for i, r := range c.Periods {
		n.period[r.ID] = i
	}
	return n
}

// of is the name of a key, without characters that do harm.
func of(m map[string]string, key string) string {
	if s := m[key]; s != "" {
		return clean(s)
	}
	return clean(key)
}

// short is the name up to its first comma, for where there is little room.
func short(name string) string {
	s, _, _ := strings.Cut(name, ",")
	return s
}

// regions are the names of regions, joined.
func (n *names) regions(ids []string) string {
	var out []string
	for _, id := range ids {
		if id == "*" {
			return "all plants"
		}
		out = append(out, of(n.region, id))
	}
	return strings.Join(out, " and ")
}

// within reports whether a plant stands in one of regions.
func (n *names) within(plant string, regions []string) bool {
	return slices.Contains(regions, "*") || slices.Contains(regions, n.regionOf[plant])
}

// periods are the ids of the periods in order.
func (n *names) periods() []string {
	out := make([]string, len(n.c.Periods))
	for i, p := range n.c.Periods {
		out[i] = p.ID
	}
	return out
}

// basisWords say what a basis means.
var basisWords = map[headroom.Basis]string{
	headroom.BasisFact:       "printed in a source",
	headroom.BasisDerived:    "worked out from sources by a printed formula",
	headroom.BasisCommitment: "a programme or date somebody has committed to",
	headroom.BasisAssumption: "assumed, with a low, a high and a reason",
	headroom.BasisNone:       "says nothing of where it is from",
}

var basisNames = map[headroom.Basis]string{
	headroom.BasisFact: "Facts", headroom.BasisDerived: "Derived figures", headroom.BasisCommitment: "Commitments",
	headroom.BasisAssumption: "Assumptions", headroom.BasisNone: "Unlabelled",
}

// partWords are the parts of a vehicle's cost in words.
var partWords = map[string]string{
	"labour": "Labour", "energy": "Energy", "overhead": "Plant overhead", "content": "Local content", "tooling": "Tooling",
	"freight": "Freight", "duty": "Duty",
}

func partName(part string) string {
	if s, ok := partWords[part]; ok {
		return s
	}
	return clean(strings.ReplaceAll(part, "_", " "))
}
