package check

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"headroom"
)

// parseFloat reads a plain number.
func parseFloat(s string) (float64, error) { return strconv.ParseFloat(strings.TrimSpace(s), 64) }

// evidence looks for figures that say nothing of where they are from, in cases that say it of others, and for bindings
// whose claim is of another dimension.
func (k *checker) evidence() {
	k.formulas()
	c := k.c
	if len(c.Bindings)+len(c.Assumptions) > 0 {
		for _, ref := range unlabelled(c.Labels) {
			k.warn(headroom.CodeUnlabelledFigure, ref.Table, ref.Key, ref.Column, "bind it to a claim, or write an assumption for it", "nothing says what this figure rests on")
		}
	}
	claims := map[string]headroom.Claim{}
	for _, cl := range c.Claims {
		claims[cl.ID] = cl
	}
	for _, b := range c.Bindings {
		if b.Kind != string(headroom.BasisFact) || b.Formula != "" || len(b.Claims) != 1 {
			continue
		}
		unit := claims[b.Claims[0]].Unit
		want, is := columnDimension[b.Table+"."+b.Column], dimension(unit)
		if want != "" && is != "" && want != is {
			k.fail(headroom.CodeWrongUnit, "binding", b.Table+":"+b.RowKey+":"+b.Column, "claim_id", "choose another claim, or a formula that converts it",
				"%s of %s is in %s, and the claim %s is in %q", b.Column, b.Table, want, b.Claims[0], unit)
		}
	}
}

// unlabelled are the figures without a basis, in order.
func unlabelled(m map[headroom.Ref]headroom.Label) []headroom.Ref {
	var out []headroom.Ref
	for r, l := range m {
		if l.Basis == headroom.BasisNone {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b headroom.Ref) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Column, b.Column))
	})
	return out
}

// Dimensions that a claim's unit can be told by.
const (
	money    = "money"
	percent  = "percent"
	vehicles = "vehicles"
)

// columnDimension is the dimension of the columns that claims are most often bound to.
var columnDimension = map[string]string{
	"line.capacity_year": vehicles, "plant.site_cap": vehicles, "demand.volume": vehicles, "demand.max_volume": vehicles,
	"target.value": vehicles, "quota.volume": vehicles,
	"demand.price_net": money, "lane.cost": money, "labour.cost_per_unit": money, "vehicle_line.retool": money,
	"vehicle_line.content_cost": money, "vehicle_line.unit_material": money, "plant.fixed_cost_open": money,
	"duty.ad_valorem": percent, "quota.in_rate": percent, "quota.out_rate": percent, "demand.growth": percent,
	"demand.contribution": percent,
}

// dimension tells the dimension of a unit as claims write it, "" where it cannot be told.
func dimension(unit string) string {
	u := strings.ToLower(unit)
	switch {
	case u == "%" || u == "percent" || strings.HasPrefix(u, "%"):
		return percent
	case strings.ContainsAny(u, "£$€") || slices.ContainsFunc([]string{"gbp", "eur", "usd", "jpy", "cny", "zar"}, func(s string) bool { return strings.Contains(u, s) }):
		return money
	case strings.Contains(u, "%"):
		return ""
	case strings.HasPrefix(u, "vehicle") || strings.HasPrefix(u, "car") || strings.HasPrefix(u, "veh"):
		return vehicles
	}
	return ""
}

// Share is a number of figures and its share of all.
type Share struct {
	Count int     `json:"count"`
	Share float64 `json:"share"`
}

// Summary says what the figures of a case rest on.
type Summary struct {
	Bound    int                      `json:"bound"`     // figures that are bound to claims
	Assumed  int                      `json:"assumed"`   // figures that rest on an assumption
	Figures  int                      `json:"figures"`   // all
	ByStatus map[string]int           `json:"by_status"` // claims that are bound, by status
	ByBasis  map[headroom.Basis]Share `json:"by_basis"`
}

// Claims counts what the figures of a case rest on: the numbers that are set, and what else is bound or assumed.
func Claims(c *headroom.Case) Summary {
	s := Summary{ByStatus: map[string]int{}, ByBasis: map[headroom.Basis]Share{}}
	for _, b := range []headroom.Basis{headroom.BasisFact, headroom.BasisDerived, headroom.BasisCommitment, headroom.BasisAssumption, headroom.BasisNone} {
		s.ByBasis[b] = Share{}
	}
	used := map[string]bool{}
	for _, label := range c.Labels {
		n := s.ByBasis[label.Basis]
		n.Count++
		s.ByBasis[label.Basis] = n
		s.Figures++
		if label.Basis == headroom.BasisAssumption {
			s.Assumed++
		} else if label.Basis != headroom.BasisNone {
			s.Bound++
		}
		for _, id := range label.Claims {
			used[id] = true
		}
	}
	for b, n := range s.ByBasis {
		if s.Figures > 0 {
			n.Share = float64(n.Count) / float64(s.Figures)
			s.ByBasis[b] = n
		}
	}
	for _, cl := range c.Claims {
		if used[cl.ID] {
			s.ByStatus[cl.Status]++
		}
	}
	return s
}
