package planner_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"headroom"
	"headroom/table"
)

// extended is a case with one more year at its end.
func extended(c *headroom.Case) *headroom.Case {
	x := clone(c)
	y := c.Periods[len(c.Periods)-1].From.Year() + 1
	x.Periods = append(x.Periods, year(y))
	x.HorizonTo = headroom.NewDate(y, 12, 31)
	// What ends with the horizon ends a year later.
	for i := range x.VehicleLines {
		if x.VehicleLines[i].CommittedUntil == c.HorizonTo {
			x.VehicleLines[i].CommittedUntil = x.HorizonTo
		}
	}
	return x
}

// decisions are what a plan decides in the periods up to one: states, places and patterns.
func decisions(p *headroom.Plan, periods []headroom.Period) map[string]bool {
	in := map[string]bool{}
	for _, per := range periods {
		in[per.ID] = true
	}
	out := map[string]bool{}
	for _, s := range p.States {
		if in[s.Period] {
			out[fmt.Sprint(s.Plant, " is ", s.State, " in ", s.Period)] = true
		}
	}
	for _, s := range p.Shifts {
		if in[s.Period] {
			out[fmt.Sprint(s.Line, " works ", s.Pattern, " in ", s.Period)] = true
		}
	}
	for _, a := range p.Allocs {
		if in[a.Period] {
			out[fmt.Sprint(a.Vehicle, " on ", a.Line, " in ", a.Period)] = true
		}
	}
	return out
}

// TestHorizonLaw: a horizon one year longer does not move the years up to T − 3. The terminal value stands for what comes after the
// horizon; where it did not, plants opened for the last year and closed before it.
func TestHorizonLaw(t *testing.T) {
	t.Parallel()
	two, findings, err := table.Load("../cases/two-plants", table.LoadOptions{})
	if err != nil || two == nil {
		t.Fatalf("%v %v", err, findings)
	}
	step, _ := mustLoad(t, mustArchive(t, "testdata/horizon.txtar").variant(""))
	for _, c := range []*headroom.Case{two, step} {
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			long := extended(c)
			early := c.Periods[:len(c.Periods)-3]
			p, q := mustSolve(t, c, tight()), mustSolve(t, long, tight())
			a, b := decisions(p, early), decisions(q, early)
			for d := range a {
				if !b[d] {
					t.Errorf("%s, and not with a year more", d)
				}
			}
			for d := range b {
				if !a[d] {
					t.Errorf("%s, but only with a year more", d)
				}
			}
			for _, per := range early {
				if x, y := built(p, per.ID, nil), built(q, per.ID, nil); math.Abs(x-y) > 1e-3*x+1 {
					t.Errorf("%s: %.0f are built, with a year more %.0f", per.ID, x, y)
				}
			}
		})
	}
}

// ukMoves is the share of a year's output in the UK that a year more of horizon may move: both plans are proved to a gap only.
const ukMoves = 0.02

// TestHorizonLawUK is the law for output in the UK case.
func TestHorizonLawUK(t *testing.T) {
	t.Parallel()
	c, p := base(t)
	long := extended(c)
	q := mustSolve(t, long, ukOptions())
	for _, per := range c.Periods[:len(c.Periods)-3] {
		x, y := inRegion(c, p, "UK", per.ID), inRegion(c, q, "UK", per.ID)
		if math.Abs(x-y) > ukMoves*x {
			t.Errorf("%s: %.0f are built, with a year more %.0f", per.ID, x, y)
		}
	}
	for _, pl := range c.Plants {
		if a, b := states(c, p, pl.ID), states(long, q, pl.ID); !slices.Equal(a[:len(a)-3], b[:len(a)-3]) {
			t.Errorf("%s: %v, with a year more %v", pl.ID, a, b)
		}
	}
}
