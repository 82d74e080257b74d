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

// evidence looks for figures that say nothing of where they are from, in cases that say it of others. Package evidence looks
// whether bound figures are what their claims give, and of their dimension.
func (k *checker) evidence() {
	k.formulas()
	c := k.c
	if len(c.Bindings)+len(c.Assumptions) > 0 {
		for _, ref := range unlabelled(c.Labels) {
			k.warn(headroom.CodeUnlabelledFigure, ref.Table, ref.Key, ref.Column, "bind it to a claim, or write an assumption for it", "nothing says what this figure rests on")
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
