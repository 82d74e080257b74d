package links

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"headroom"
	"headroom/flex"
)

// readDemand makes the joint distribution of what is wanted.
func (l *linker) readDemand() error {
	o := l.out
	factors := make([]int, len(o.Vehicles))
	for i, id := range o.Vehicles {
		factors[i] = flex.FactorOf(l.c.Uncertains, l.c.Vehicles[l.car[id]])
		m := flex.Marginal{Kind: flex.Fixed, Mean: o.Mean[i]}
		if factors[i] >= 0 {
			u := &l.c.Uncertains[factors[i]]
			m = flex.MarginalOf(u, o.Mean[i])
			if err := m.Validate(); err != nil {
				return headroom.Errorf(headroom.CodeBrokenDistribution, l.c.Place("uncertain", u.Key(), ""), "correct the row", "for %s: %v", id, err)
			}
		} else {
			o.Certain = append(o.Certain, id)
		}
		o.Problem.Demand.Marginals = append(o.Problem.Demand.Marginals, m)
	}
	o.Problem.Demand.Correlation = flex.CorrelationOf(l.c, factors)
	var bad *flex.NotPSDError
	if err := o.Problem.Demand.Correlation.Check(); errors.As(err, &bad) {
		return l.notPSD(bad)
	}
	if err := o.Problem.Validate(); err != nil {
		return headroom.Errorf(CodeHugeCase, headroom.Place{File: "line.csv"}, "ask about fewer", "%v", err)
	}
	return nil
}

// notPSD says which correlations are possible in place of those of the case.
func (l *linker) notPSD(bad *flex.NotPSDError) error {
	place, name := headroom.Place{File: "uncertain.csv"}, l.out.Vehicles
	factor := func(i int) *headroom.Uncertain {
		return &l.c.Uncertains[flex.FactorOf(l.c.Uncertains, l.c.Vehicles[l.car[name[i]]])]
	}
	a, b := factor(bad.Row), factor(bad.Col)
	if a.ID == b.ID {
		place = l.c.Place("uncertain", a.Key(), "rho")
	}
	for _, r := range l.c.Correlations {
		if r.A == a.ID && r.B == b.ID || r.A == b.ID && r.B == a.ID {
			place = l.c.Place("correlation", r.Key(), "rho")
		}
	}
	var near []string
	seen := map[string]bool{}
	for i := range name {
		for j := range i {
			x, y := factor(i).ID, factor(j).ID
			moved := math.Abs(bad.Nearest[i][j]-l.out.Problem.Demand.Correlation[i][j]) > 5e-5
			if key := min(x, y) + " " + max(x, y); moved && !seen[key] {
				seen[key] = true
				near = append(near, fmt.Sprintf("%s and %s %.4f", min(x, y), max(x, y), bad.Nearest[i][j]))
			}
		}
	}
	const most = 10
	if len(near) > most {
		near = append(near[:most], "…")
	}
	return headroom.Errorf(headroom.CodeImpossibleRho, place,
		fmt.Sprintf("the nearest that can be, %.4g away: %s; nothing was changed", bad.Distance, strings.Join(near, ", ")), "%v", bad)
}
