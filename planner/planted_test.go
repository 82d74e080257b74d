package planner

import (
	"fmt"
	"slices"
	"testing"

	"headroom"
	"headroom/highs"
	"headroom/internal/counted"
	"headroom/lp"
)

// planted is a case with one conflict, and the figures that are it.
type planted struct {
	c     *headroom.Case
	rules []headroom.Ref
}

func (p *planted) names(table, key, column string) {
	p.rules = append(p.rules, ref(table, key, column))
}

// roomy is a random case in which everything fits, with rules that never bind: two or three plants of one or two lines each, a
// vehicle on each line, two regions.
func roomy(rng drawer) *headroom.Case {
	c := &headroom.Case{}
	c.Settings = headroom.Settings{ID: "planted", BaseCurrency: "GBP", DiscountRate: 5, TerminalRule: headroom.TerminalNone}
	for y := range 2 + rng.IntN(3) {
		c.Periods = append(c.Periods, headroom.Period{ID: fmt.Sprint(2026 + y), From: headroom.NewDate(2026+y, 1, 1), To: headroom.NewDate(2026+y, 12, 31)})
	}
	c.HorizonFrom, c.HorizonTo = c.Periods[0].From, c.Periods[len(c.Periods)-1].To
	c.Regions = []headroom.Region{{ID: "A", Territory: "A"}, {ID: "B", Territory: "B"}}
	c.Lanes = []headroom.Lane{{Origin: "A", Destination: "B", Use: headroom.Include}, {Origin: "B", Destination: "A", Use: headroom.Include}}
	c.Markets = []headroom.Market{{ID: "ma", Region: "A"}, {ID: "mb", Region: "B"}}
	for i := range 2 + rng.IntN(2) {
		p := headroom.Plant{ID: fmt.Sprintf("p%d", i), Owner: fmt.Sprintf("own%d", i), Region: "A", Use: headroom.Include, InitialState: headroom.Operating, FixedOpenM: headroom.Some(1), Currency: "GBP"}
		if rng.IntN(2) == 0 {
			p.SiteCap = headroom.Some(5e6)
		}
		c.Plants = append(c.Plants, p)
		for j := range 1 + rng.IntN(2) {
			l := headroom.Line{ID: fmt.Sprintf("l%d%d", i, j), Plant: p.ID, Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(float64(100+10*rng.IntN(12)) * 1000)}
			if rng.IntN(2) == 0 {
				l.MaxVehicles = headroom.Some(float64(6 + rng.IntN(3)))
			}
			if rng.IntN(2) == 0 {
				l.MaxLaunches = headroom.Some(9)
			}
			c.Lines = append(c.Lines, l)
			v := headroom.Vehicle{ID: fmt.Sprintf("v%d%d", i, j), Maker: fmt.Sprintf("mk%d", rng.IntN(2)), Use: headroom.Include}
			c.Vehicles = append(c.Vehicles, v)
			addPlace(c, v.ID, l.ID)
			for _, m := range c.Markets {
				addDemand(c, v.ID, m.ID, float64(10+rng.IntN(30))*1000)
			}
		}
	}
	return c
}

func addPlace(c *headroom.Case, vehicle, line string) *headroom.VehicleLine {
	c.VehicleLines = append(c.VehicleLines, headroom.VehicleLine{Vehicle: vehicle, Line: line, Content: "full", Compatible: true, RateFactor: 1, RetoolM: headroom.Some(0), Currency: "GBP"})
	return &c.VehicleLines[len(c.VehicleLines)-1]
}

func addDemand(c *headroom.Case, vehicle, market string, volume float64) *headroom.Demand {
	c.Demands = append(c.Demands, headroom.Demand{Vehicle: vehicle, Market: market, Period: "*", Volume: volume, PriceNet: headroom.Some(20000), Contribution: headroom.Some(30), CustomsValue: "100%", Currency: "GBP"})
	return &c.Demands[len(c.Demands)-1]
}

func addVehicle(c *headroom.Case, id string) {
	c.Vehicles = append(c.Vehicles, headroom.Vehicle{ID: id, Maker: "planter", Use: headroom.Include})
}

func addTarget(c *headroom.Case, id, region, period, sense string, value float64) {
	c.Targets = append(c.Targets, headroom.Target{ID: id, Metric: "units", Regions: []string{region}, Period: period, Sense: sense, Value: value, Hard: true})
}

// conflicts plant one conflict each.
var conflicts = []struct {
	name  string
	plant func(rng drawer, c *headroom.Case, p *planted)
}{
	{"a minimum and a maximum target", func(rng drawer, c *headroom.Case, p *planted) {
		low := float64(5+rng.IntN(5)) * 1000
		addTarget(c, "least", "A", "*", "min", low+float64(1+rng.IntN(1000)))
		addTarget(c, "most", "*", pick(rng, "*", c.Periods[0].ID), "max", low)
		p.names(tabTarget, "least:*", colValue)
		p.names(tabTarget, c.Targets[1].Key(), colValue)
	}},
	{"the minimum of a deal above its maximum", func(rng drawer, c *headroom.Case, p *planted) {
		c.Arrangements = append(c.Arrangements, headroom.Arrangement{ID: "deal", Host: "h", Guest: "g", Status: headroom.Signed})
		k := &c.VehicleLines[rng.IntN(len(c.VehicleLines))]
		addVehicle(c, "guest")
		addDemand(c, "guest", "ma", 50000)
		addPlace(c, "guest", k.Line).Arrangement = "deal"
		most := float64(1+rng.IntN(9)) * 1000
		c.Terms = append(c.Terms,
			headroom.Term{Arrangement: "deal", Kind: headroom.MaxVolume, Value: most},
			headroom.Term{Arrangement: "deal", Kind: headroom.MinVolume, Value: most + float64(10+rng.IntN(5000))})
		p.names(tabTerm, "deal:min_volume:", colValue)
		p.names(tabTerm, "deal:max_volume:", colValue)
	}},
	{"the minimum of a deal above the capacity of its line", func(rng drawer, c *headroom.Case, p *planted) {
		c.Arrangements = append(c.Arrangements, headroom.Arrangement{ID: "deal", Host: "h", Guest: "g", Status: headroom.Approved})
		c.Lines = append(c.Lines, headroom.Line{ID: "small", Plant: "p0", Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(float64(1+rng.IntN(20)) * 1000)})
		addVehicle(c, "guest")
		addDemand(c, "guest", "mb", 80000)
		addPlace(c, "guest", "small").Arrangement = "deal"
		c.Terms = append(c.Terms, headroom.Term{Arrangement: "deal", Kind: headroom.MinVolume, Value: 25000 + float64(rng.IntN(20000))})
		p.names(tabTerm, "deal:min_volume:", colValue)
		p.names(tabLine, "small", colCapacity)
	}},
	{"two commitments and one slot", func(rng drawer, c *headroom.Case, p *planted) {
		l := rng.IntN(len(c.Lines))
		c.Lines[l].MaxVehicles = headroom.Some(1)
		for i := range c.VehicleLines {
			if k := &c.VehicleLines[i]; k.Line == c.Lines[l].ID {
				k.CommittedUntil, k.MinRun = c.Periods[rng.IntN(len(c.Periods))].To, float64(rng.IntN(2)*40)
				p.names(tabPlace, k.Key(), colCommitted)
			}
		}
		addVehicle(c, "second")
		addDemand(c, "second", "ma", 9000)
		k := addPlace(c, "second", c.Lines[l].ID)
		k.CommittedUntil = c.Periods[len(c.Periods)-1].To
		p.names(tabPlace, k.Key(), colCommitted)
		p.names(tabLine, c.Lines[l].ID, colMaxVehicles)
	}},
	{"a permit below a commitment", func(rng drawer, c *headroom.Case, p *planted) {
		k := &c.VehicleLines[rng.IntN(len(c.VehicleLines))]
		k.CommittedUntil, k.MinRun = c.Periods[len(c.Periods)-1].To, 70
		line := find(c.Lines, k.Line, headroom.Line.Key)
		find(c.Plants, line.Plant, headroom.Plant.Key).SiteCap = headroom.Some(float64(1000 + rng.IntN(9000)))
		p.names(tabPlace, k.Key(), colCommitted)
		p.names(tabPlace, k.Key(), colMinRun)
		p.names(tabPlant, line.Plant, colSite)
	}},
	{"more launches than a line can have", func(rng drawer, c *headroom.Case, p *planted) {
		l := &c.Lines[rng.IntN(len(c.Lines))]
		l.MaxLaunches, l.MaxVehicles = headroom.Some(1), headroom.Opt{}
		for i := range 2 {
			id := fmt.Sprintf("new%d", i)
			addVehicle(c, id)
			d := addDemand(c, id, "ma", 8000)
			d.MinService = float64(20 + rng.IntN(70))
			addPlace(c, id, l.ID).RetoolM = headroom.Some(10)
			p.names(tabDemand, d.Key(), colMinService)
		}
		p.names(tabLine, l.ID, colMaxLaunches)
	}},
	{"a plant that opens too late for a target", func(rng drawer, c *headroom.Case, p *planted) {
		c.Plants = append(c.Plants, headroom.Plant{ID: "new", Owner: "late", Region: "B", Use: headroom.Consider, InitialState: pick(rng, headroom.Closed, headroom.Greenfield, headroom.Mothballed), ReopenLead: float64(13 + rng.IntN(10)), MaxMothball: 9, Currency: "GBP"})
		c.Lines = append(c.Lines, headroom.Line{ID: "newline", Plant: "new", Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(100000)})
		addPlace(c, c.Vehicles[0].ID, "newline")
		addTarget(c, "soon", "B", c.Periods[0].ID, "min", 1000)
		p.names(tabTarget, c.Targets[0].Key(), colValue)
		p.names(tabPlant, "new", colReopenLead)
	}},
	{"a lead too long for a service", func(rng drawer, c *headroom.Case, p *planted) {
		addVehicle(c, "new")
		d := addDemand(c, "new", "mb", 9000)
		d.MinService = 50
		k := addPlace(c, "new", c.Lines[rng.IntN(len(c.Lines))].ID)
		k.Lead = float64(13 + rng.IntN(20))
		p.names(tabDemand, d.Key(), colMinService)
		p.names(tabPlace, k.Key(), colLead)
	}},
	{"a deal that requires a deal that is off", func(rng drawer, c *headroom.Case, p *planted) {
		c.Arrangements = append(c.Arrangements,
			headroom.Arrangement{ID: "needed", Status: pick(rng, headroom.Denied, headroom.Talks, headroom.Lapsed)},
			headroom.Arrangement{ID: "deal", Status: headroom.Signed, Requires: []string{"needed"}})
		addVehicle(c, "guest")
		addDemand(c, "guest", "ma", 9000)
		addPlace(c, "guest", c.Lines[rng.IntN(len(c.Lines))].ID).Arrangement = "deal"
		p.names(tabArrangement, "deal", colRequires)
		p.names(tabArrangement, "needed", colStatus)
	}},
	{"a shift pattern too small for a service", func(rng drawer, c *headroom.Case, p *planted) {
		c.ShiftPatterns = []headroom.ShiftPattern{
			{ID: "half", Index: headroom.Some(0.5), Weeks: 46, Lines: []string{"tight"}, Currency: "GBP"},
			{ID: "full", Index: headroom.Some(1), Weeks: 46, Lines: nil, Currency: "GBP"},
		}
		for _, l := range c.Lines {
			c.ShiftPatterns[1].Lines = append(c.ShiftPatterns[1].Lines, l.ID)
		}
		c.Lines = append(c.Lines, headroom.Line{ID: "tight", Plant: "p1", Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(20000)})
		addVehicle(c, "wide")
		d := addDemand(c, "wide", "ma", 40000)
		d.MinService = float64(30 + rng.IntN(20))
		addPlace(c, "wide", "tight")
		p.names(tabDemand, d.Key(), colMinService)
		p.names(tabPattern, "half", colIndex)
		p.names(tabLine, "tight", colCapacity)
	}},
	{"a market that no lane reaches", func(rng drawer, c *headroom.Case, p *planted) {
		c.Regions = append(c.Regions, headroom.Region{ID: "C", Territory: "C"})
		c.Markets = append(c.Markets, headroom.Market{ID: "mc", Region: "C"})
		if rng.IntN(2) == 0 {
			c.Lanes = append(c.Lanes, headroom.Lane{Origin: "A", Destination: "C", Use: headroom.Exclude})
		}
		d := addDemand(c, c.Vehicles[rng.IntN(len(c.Vehicles))].ID, "mc", 5000)
		d.MinService = float64(1 + rng.IntN(99))
		p.names(tabDemand, d.Key(), colMinService)
		p.names(tabLane, "mc", colUse)
	}},
	{"more lines than a vehicle may be on", func(rng drawer, c *headroom.Case, p *planted) {
		c.Vehicles = append(c.Vehicles, headroom.Vehicle{ID: "big", Maker: "planter", Use: headroom.Include, MaxLines: headroom.Some(1)})
		most := 0.0
		for i := range c.Lines {
			most = max(most, c.Lines[i].CapacityYear.Value)
			addPlace(c, "big", c.Lines[i].ID)
		}
		d := addDemand(c, "big", "ma", most+1000)
		d.MinService = 100
		p.names(tabDemand, d.Key(), colMinService)
		p.names(tabVehicle, "big", colMaxLines)
	}},
	{"a commitment to a plant that is closed", func(rng drawer, c *headroom.Case, p *planted) {
		c.Plants = append(c.Plants, headroom.Plant{ID: "shut", Owner: "gone", Region: "B", Use: headroom.Include, InitialState: pick(rng, headroom.Closed, headroom.Mothballed), Currency: "GBP"})
		c.Lines = append(c.Lines, headroom.Line{ID: "idle", Plant: "shut", Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(100000)})
		k := addPlace(c, c.Vehicles[0].ID, "idle")
		k.CommittedUntil, k.MinRun = c.Periods[0].To, 20
		p.names(tabPlace, k.Key(), colCommitted)
		p.names(tabPlant, "shut", colUse)
	}},
	{"a target before the start of production", func(rng drawer, c *headroom.Case, p *planted) {
		c.Plants = append(c.Plants, headroom.Plant{ID: "far", Owner: "far", Region: "B", Use: headroom.Include, InitialState: headroom.Operating, Currency: "GBP"})
		c.Lines = append(c.Lines, headroom.Line{ID: "farline", Plant: "far", Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(100000)})
		addVehicle(c, "later")
		c.Vehicles[len(c.Vehicles)-1].SOP = headroom.NewDate(2027, 1, 1)
		addDemand(c, "later", "mb", 20000)
		addPlace(c, "later", "farline")
		addTarget(c, "early", "B", "2026", "min", float64(100+rng.IntN(900)))
		p.names(tabTarget, "early:2026", colValue)
		p.names(tabVehicle, "later", colSOP)
	}},
}

func pick[V any](rng drawer, values ...V) V { return values[rng.IntN(len(values))] }

// TestCountedPlantedConflicts: of every planted conflict each figure is named; the set is proved by itself, by the other back end and
// other settings too; and without the conflict the case has a plan, so that it is the planted one that is found.
func TestCountedPlantedConflicts(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	other, _, err := highs.Find(highs.WASM, highs.Config{})
	if err != nil {
		t.Fatal(err)
	}
	tries, named := counted.N(len(conflicts), 6*len(conflicts)), 0
	for i := range tries {
		kind := conflicts[i%len(conflicts)]
		p := planted{c: roomy(rng)}
		if bad, err := mustReasons(t, p.c).clash(mustReasons(t, p.c).rules); bad || err != nil {
			t.Fatalf("%s: the case has no plan before anything is planted (%v)", kind.name, err)
		}
		kind.plant(rng, p.c, &p)
		r := mustReasons(t, p.c)
		set, whole, err := r.conflict()
		if err != nil || !whole {
			t.Fatalf("%s: whole %v, %v", kind.name, whole, err)
		}
		for _, f := range p.rules {
			if !slices.Contains(set, f) {
				t.Errorf("%s: %s is not named, but %v", kind.name, f, set)
			}
		}
		if len(set) > len(p.rules)+len(p.c.Lines) {
			t.Errorf("%s: %d figures are named: %v", kind.name, len(set), set)
		}
		elsewhere := *r
		elsewhere.solver = other
		_, out, err := elsewhere.solve(set, true)
		if err != nil || out.Status != lp.StatusInfeasible {
			t.Errorf("%s: the other back end does not find %v infeasible: %v %v", kind.name, set, out, err)
		}
		plan, err := Plan(t.Context(), p.c, r.solver, Options{Seed: 1})
		if err != nil || plan.Status != headroom.StatusInfeasible {
			t.Fatalf("%s: status %v, %v", kind.name, plan, err)
		}
		for _, e := range plan.Explanation {
			if e.Table != "" && (e.Row == "" && e.Table != tabLane || e.Column == "" || e.Owner == "" || e.Periods == "") {
				t.Errorf("%s: %+v lacks something", kind.name, e)
			}
			if i < len(conflicts) {
				t.Logf("%s: %s [%s]", kind.name, e.Text, e.Periods)
			}
		}
		if !t.Failed() {
			named++
		}
	}
	counted.Report(t, "planted conflicts", named, tries, "named, and proved by themselves by another solver")
}
