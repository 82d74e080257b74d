package ledger

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

func TestCheckGoodPlan(t *testing.T) {
	t.Parallel()
	for _, x := range Check(busy(), busyPlan()) {
		t.Errorf("good plan: %s", x)
	}
	c := small()
	for _, x := range Check(c, smallPlan(c, headroom.RegimeMFN)) {
		t.Errorf("small plan: %s", x)
	}
}

// state sets the state of a plant in a period.
func state(p *headroom.Plan, plant, period string, s headroom.State) {
	for i := range p.States {
		if p.States[i].Plant == plant && p.States[i].Period == period {
			p.States[i].State = s
		}
	}
}

// outputOf returns the output of a vehicle in a period.
func outputOf(p *headroom.Plan, vehicle, period string) *headroom.OutputRow {
	for i := range p.Outputs {
		if p.Outputs[i].Vehicle == vehicle && p.Outputs[i].Period == period {
			return &p.Outputs[i]
		}
	}
	return nil
}

// flowOf returns the first flow of a vehicle to a market in a period.
func flowOf(p *headroom.Plan, vehicle, market, period string) *headroom.FlowRow {
	for i := range p.Flows {
		if f := &p.Flows[i]; f.Vehicle == vehicle && f.Market == market && f.Period == period {
			return f
		}
	}
	return nil
}

// allocOf returns the allocation of a vehicle in a period.
func allocOf(p *headroom.Plan, vehicle, period string) *headroom.AllocRow {
	for i := range p.Allocs {
		if p.Allocs[i].Vehicle == vehicle && p.Allocs[i].Period == period {
			return &p.Allocs[i]
		}
	}
	return nil
}

// corrupt is a fault put into the case or the plan of busy, with the rules that it breaks.
type corrupt struct {
	name  string
	spoil func(c *headroom.Case, p *headroom.Plan)
	want  string // rules, in order, each once
}

// wanted compares the rules that are broken, each once, with those that should be.
func (f *corrupt) wanted(t *testing.T, name string, found []Violation) {
	t.Helper()
	var got []string
	for _, x := range found {
		if len(got) == 0 || got[len(got)-1] != x.Rule {
			got = append(got, x.Rule)
		}
	}
	if diff := cmp.Diff(f.want, strings.Join(got, " ")); diff != "" {
		t.Errorf("%s: rules broken (-want +got):\n%s%v", name, diff, found)
	}
}

func TestCheckCorrupted(t *testing.T) {
	t.Parallel()
	for _, group := range [][]corrupt{rowFaults, plantFaults, lineFaults, placeFaults, dealFaults, flowFaults, otherFaults} {
		for _, f := range group {
			t.Run(f.name, func(t *testing.T) {
				t.Parallel()
				c, p := busy(), busyPlan()
				f.spoil(c, p)
				f.wanted(t, f.name, Check(c, p))
			})
		}
	}
}
