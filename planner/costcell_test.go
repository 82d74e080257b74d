package planner

import (
	"context"
	"testing"
	"time"

	"headroom"
	"headroom/internal/counted"
	"headroom/lp"
)

// dear are costs that mean "never" of a vehicle "new" that must be served, each with the figure that must be named.
var dear = []struct {
	name  string
	make  func(c *headroom.Case, k *headroom.VehicleLine)
	rule  headroom.Ref
	units bool // vehicles give way, and not a yes-or-no decision
}{
	{"retool", func(_ *headroom.Case, k *headroom.VehicleLine) { k.RetoolM = headroom.Some(1e12) }, ref(tabPlace, "new:l00:full", colRetool), false},
	{"content", func(_ *headroom.Case, k *headroom.VehicleLine) { k.ContentCost = headroom.Some(1e15) }, ref(tabPlace, "new:l00:full", colContent), true},
	{"labour", func(c *headroom.Case, k *headroom.VehicleLine) {
		k.ContentCost = headroom.Some(10)
		c.Labours = []headroom.Labour{{Plant: "*", CostPerUnit: headroom.Some(1)}, {Plant: "p0", CostPerUnit: headroom.Some(1e15)}}
	}, ref(tabLabour, "p0", colLabourCost), true},
	{"crews", func(c *headroom.Case, _ *headroom.VehicleLine) {
		c.Labours = []headroom.Labour{{Plant: "p0", Wage: headroom.Some(1e14), HoursPerUnit: headroom.Some(10), CrewShare: 100}}
	}, ref(tabLabour, "p0", colWage), false},
	{"energy", func(c *headroom.Case, _ *headroom.VehicleLine) {
		c.Energies = []headroom.Energy{{Plant: "p0", Carrier: "gas", UsePerCar: 1, Price: 1}, {Plant: "p0", Carrier: "electricity", UsePerCar: 100, Price: 1e13}}
	}, ref(tabEnergy, "p0:electricity:", colEnergyPrice), true},
	{"lane", func(c *headroom.Case, _ *headroom.VehicleLine) {
		c.Lanes = append(c.Lanes, headroom.Lane{Origin: "p0", Destination: "mb", Cost: headroom.Some(1e15), Use: headroom.Include})
		c.Lanes[0].Cost = headroom.Some(100)
	}, ref(tabLane, "p0:mb", colLaneCost), true},
}

// TestDearCauses: where a rule asks for what a cost forbids, the reasons name the figure that the cost is made of, and count vehicles
// only where vehicles give way.
func TestDearCauses(t *testing.T) {
	t.Parallel()
	for _, d := range dear {
		c := roomy(counted.Fixed())
		addVehicle(c, "new")
		addDemand(c, "new", "mb", 5000).MinService = 100
		d.make(c, addPlace(c, "new", "l00"))
		r := mustReasons(t, c)
		plan, err := Plan(t.Context(), c, r.solver, Options{Seed: 1})
		if err != nil || plan.Status != headroom.StatusInfeasible {
			t.Fatalf("%s: status %v, %v", d.name, plan, err)
		}
		found := false
		for _, e := range plan.Explanation {
			if e.Table != d.rule.Table || e.Column != d.rule.Column {
				continue
			}
			found = e.Row == d.rule.Key
			if (e.Units > 0) != d.units {
				t.Errorf("%s: %v vehicles are to give way, want some: %v", d.name, e.Units, d.units)
			}
		}
		if !found {
			t.Errorf("%s: %v is not named, but %+v", d.name, d.rule, plan.Explanation)
		}
		m, err := Build(t.Context(), c, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(m.banned) == 0 || m.banned[0].Table != d.rule.Table || m.banned[0].Row != d.rule.Key || m.banned[0].Column != d.rule.Column {
			t.Errorf("%s: taken as never is %+v", d.name, m.banned)
		}
	}
}

// TestStateCells: the dearest part of a change of a plant's state is named.
func TestStateCells(t *testing.T) {
	t.Parallel()
	c := roomy(counted.Fixed())
	p := &c.Plants[0]
	p.Use, p.FixedOpenM, p.FixedPerCapacity = headroom.Consider, headroom.Opt{}, headroom.Some(100)
	p.ReopenM, p.CloseM, p.MothballM, p.SeverancePerCapacity, p.SaleM = headroom.Some(5), 1, 1000, headroom.Some(50), -3
	m, err := Build(t.Context(), c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for fam, want := range map[family]string{
		famOpen: colFixedCapacity, famMoth: colFixedCapacity, famReopen: colReopen, famMothball: colMothball, famClose: colSeverancePer, famCloseMoth: colSale,
	} {
		if got := m.costCell(at(fam, 0, 0, 0, 1)); got != ref(tabPlant, p.ID, want) {
			t.Errorf("%s: %v, want %s", familyNames[fam], got, want)
		}
	}
}

// timed is a solver that takes its time and notes how much it is given.
type timed struct {
	lp.Solver
	given []time.Duration
}

func (s *timed) Solve(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
	s.given = append(s.given, o.Time)
	time.Sleep(20 * time.Millisecond)
	return s.Solver.Solve(ctx, p, o)
}

// TestTimeOfAllSolves: a time limit is for all solves of a plan together, also where it is tried first without a decision that is
// dearer than all others.
func TestTimeOfAllSolves(t *testing.T) {
	t.Parallel()
	c := roomy(counted.Fixed())
	addVehicle(c, "new")
	addDemand(c, "new", "mb", 5000).MinService = 100
	c.Plants = append(c.Plants, headroom.Plant{ID: "px", Region: "A", Use: headroom.Consider, InitialState: headroom.Mothballed, ReopenM: headroom.Some(1), FixedOpenM: headroom.Some(1e9), Currency: "GBP"})
	c.Lines = append(c.Lines, headroom.Line{ID: "lx", Plant: "px", Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(100000)})
	addPlace(c, "new", "lx")
	s := &timed{Solver: mustReasons(t, c).solver}
	p, err := Plan(t.Context(), c, s, Options{Time: time.Hour, Seed: 1})
	if err != nil || p.Status != headroom.StatusVerified {
		t.Fatalf("%v %+v", err, p)
	}
	if len(s.given) < 3 || s.given[1] > s.given[0]-20*time.Millisecond { // the second is the whole programme
		t.Errorf("the solves were given %v", s.given)
	}
	if p.Seconds < 0.02*float64(len(s.given)) {
		t.Errorf("%v s for %d solves", p.Seconds, len(s.given))
	}
}
