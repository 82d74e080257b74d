package ledger

import (
	"fmt"
	"math"
	"testing"

	"headroom"
)

// grid has the years first..last, each in so many periods.
func grid(first, last, per int) []headroom.Period {
	var out []headroom.Period
	for y := first; y <= last; y++ {
		for i := range per {
			from := headroom.NewDate(y, 1+i*12/per, 1)
			out = append(out, headroom.Period{ID: fmt.Sprintf("%d-%d", y, i+1), From: from, To: from.AddMonths(12 / per).AddDays(-1)})
		}
	}
	return out
}

// late is a case of 2026–28 without discounting: a car for 1,000 of which 10 % are left after material, and a tool of 3.5 m that
// serves 7 years.
func late(per int) *headroom.Case {
	return &headroom.Case{
		Settings: headroom.Settings{BaseCurrency: "GBP", TerminalRule: headroom.TerminalResidual},
		Periods:  grid(2026, 2028, per),
		Regions:  []headroom.Region{{ID: "A"}},
		Plants: []headroom.Plant{{
			ID: "p", Owner: "hs", Region: "A", Use: headroom.Consider, InitialState: headroom.Operating, ReopenM: headroom.Some(7), MaxMothball: 3,
			MothballShare: 20,
		}},
		Lines:    []headroom.Line{{ID: "l", Plant: "p", Use: headroom.Include, CapacityYear: headroom.Some(100000)}},
		Vehicles: []headroom.Vehicle{{ID: "v", Maker: "mk", Use: headroom.Consider}},
		VehicleLines: []headroom.VehicleLine{{
			Vehicle: "v", Line: "l", Content: "full", Compatible: true, RateFactor: 1, RetoolM: headroom.Some(3.5), ToolingLife: headroom.Some(7),
		}},
		Markets: []headroom.Market{{ID: "m", Region: "A"}},
		Demands: []headroom.Demand{{Vehicle: "v", Market: "m", Period: "*", Volume: 10000, PriceNet: headroom.Some(1000), Contribution: headroom.Some(10)}},
	}
}

// built adds to a plan that a place of late launches in the first period that begins on a day or later, and builds so many cars a
// year from then on, which earn 100 each.
func built(c *headroom.Case, p *headroom.Plan, k int, from headroom.Date, yearly float64) *headroom.Plan {
	row, launched := &c.VehicleLines[k], false
	plant := c.Lines[0].Plant
	for i := range c.Lines {
		if c.Lines[i].ID == row.Line {
			plant = c.Lines[i].Plant
		}
	}
	for _, t := range c.Periods {
		if t.From < from {
			continue
		}
		p.Allocs = append(p.Allocs, headroom.AllocRow{Vehicle: row.Vehicle, Line: row.Line, Content: row.Content, Period: t.ID, Launch: !launched})
		launched = true
		if units := yearly * t.Years(); units > 0 {
			p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: row.Vehicle, Plant: plant, Line: row.Line, Content: row.Content, Period: t.ID, Units: units})
			p.Flows = append(p.Flows, headroom.FlowRow{Vehicle: row.Vehicle, Plant: plant, Market: "m", Period: t.ID, Regime: headroom.RegimeDomestic, Units: units})
		}
	}
	return p
}

// in2028 is late with its car launched for 2028.
func in2028(per int) (*headroom.Case, *headroom.Plan) {
	c := late(per)
	c.Vehicles[0].SOP = headroom.NewDate(2028, 1, 1)
	p := &headroom.Plan{}
	stay(c, p, "p", headroom.Operating)
	return c, built(c, p, 0, headroom.NewDate(2028, 1, 1), 10000)
}

// stay adds the states of a plant: one for each calendar year, the last one going on.
func stay(c *headroom.Case, p *headroom.Plan, plant string, yearly ...headroom.State) {
	for _, t := range c.Periods {
		i := min(t.From.Year()-c.Periods[0].From.Year(), len(yearly)-1)
		p.States = append(p.States, headroom.StateRow{Plant: plant, Period: t.ID, State: yearly[i]})
	}
}

// left is what comes back, of all owners or of one.
func left(l *Ledger, org string) float64 {
	total := 0.0
	for _, r := range l.Cash {
		if r.Period == headroom.TerminalPeriod && (org == "" || r.Org == org) {
			total += r.Amount
		}
	}
	return total
}

// TestLateLaunch: a tool that works in the last of three years has 6 of its 7 left, 3.0 m, on every grid: 1 − 3.5 + 3.0 = 0.5.
func TestLateLaunch(t *testing.T) {
	t.Parallel()
	for _, per := range []int{1, 2, 4, 12} {
		c, p := in2028(per)
		l := mustCompute(t, c, p)
		check(t, "rest", left(l, "mk"), 3.0e6)
		check(t, "NPV", l.NPV, 0.5e6)
		check(t, "cost", l.Cost, 0.5e6) // without revenue and material only the tool counts
		c.TerminalRule = headroom.TerminalNone
		check(t, "NPV without the rest", mustCompute(t, c, p).NPV, -2.5e6)
	}
}

// TestLateLaunchRow: the row of a launch says what it is made of.
func TestLateLaunchRow(t *testing.T) {
	t.Parallel()
	c, p := in2028(2)
	l := mustCompute(t, c, p)
	want := headroom.RestRow{
		Change: headroom.ChangeLaunch, Plant: "p", Vehicle: "v", Line: "l", Content: "full", Period: "2028-1", Org: "mk", Paid: 3.5e6,
		From: headroom.NewDate(2028, 1, 1), Years: 7, Rest: 3e6, Back: 3e6,
	}
	if len(l.Rests) != 1 || l.Rests[0] != want {
		t.Errorf("rows %+v, want %+v", l.Rests, want)
	}
}

// roughly compares an amount with one worked out by hand.
func roughly(tb testing.TB, what string, got, want float64) {
	tb.Helper()
	if math.Abs(got-want) > 5 {
		tb.Errorf("%s: %.1f, want %.0f", what, got, want)
	}
}

// TestRestDiscounted: a launch in 2027 of a car of 1 July (s = 1 + 181/365 years) at 6 %, worked out with a pocket calculator:
// K = 3.5 m × 1.06^−1.5 = 3,207,076; v^s = 0.9165269, v^e = 0.6095427, v^H = 0.8396193; R = K × 0.2300766/0.3069842 = 2,403,619.
// A car a year is worth 3.943534 over the 5.496 years that are left, which makes a charge of 609,509.
func TestRestDiscounted(t *testing.T) {
	t.Parallel()
	c := late(1)
	c.DiscountRate = 6
	c.Vehicles[0].SOP = headroom.NewDate(2027, 7, 1)
	p := &headroom.Plan{}
	stay(c, p, "p", headroom.Operating)
	built(c, p, 0, headroom.NewDate(2027, 1, 1), 10000)
	got := mustCompute(t, c, p).Rests[0]
	roughly(t, "paid", got.Paid, 3207076)
	roughly(t, "rest", got.Rest, 2403619)
	roughly(t, "back", got.Back, 2403619)
	check(t, "years", got.Years, 7)
	c.Demands[0].Contribution = headroom.Some(5) // 50 a car, 500,000 a year
	roughly(t, "back where it earns less", mustCompute(t, c, p).Rests[0].Back, 500000*3.9435338)
}

// TestRestByPlace: what comes back is at most what the place earned in the last year, nothing where it lost money, and what began
// in the last year counts by the part after that.
func TestRestByPlace(t *testing.T) {
	t.Parallel()
	for _, per := range []int{1, 2, 4} {
		for _, x := range []struct{ contribution, want float64 }{{10, 3.0e6}, {5, 3.0e6}, {4, 2.4e6}, {0, 0}, {-1, 0}} {
			c, p := in2028(per)
			c.Demands[0].Contribution = headroom.Some(x.contribution)
			check(t, fmt.Sprintf("%d periods a year at %g %%", per, x.contribution), left(mustCompute(t, c, p), ""), x.want)
		}
	}
	// From 1 July 2028, 184 of 366 days: e − s = 7, e − H = 7 − 184/366 = 6.497, so that 3.5 × 6.497/7 = 3.2486 m are left and 0.5 m a
	// year is the charge, of which 184/366 counts against what those days earned.
	for _, x := range []struct{ contribution, want float64 }{{10, 3248634}, {5, 3248634}, {4, 2598907}} {
		c := late(2)
		c.Demands[0].Contribution = headroom.Some(x.contribution)
		p := &headroom.Plan{}
		stay(c, p, "p", headroom.Operating)
		built(c, p, 0, headroom.NewDate(2028, 7, 1), 10000)
		roughly(t, fmt.Sprintf("from July at %g %%", x.contribution), left(mustCompute(t, c, p), "mk"), x.want)
	}
}

// TestRestByPiece: each kind of money that goes with a car counts in what its place earns, and no other.
func TestRestByPiece(t *testing.T) {
	t.Parallel()
	owners := func(c *headroom.Case) { c.Markets[0].Region = "B" } // sent abroad: freight and duty
	for name, x := range map[string]struct {
		change func(c *headroom.Case, p *headroom.Plan)
		want   float64 // of the tool: 6 a unit of the charge of 0.5 m
	}{
		"freight of 60": {func(c *headroom.Case, p *headroom.Plan) {
			owners(c)
			c.Lanes = []headroom.Lane{{Origin: "A", Destination: "B", Use: headroom.Include, Cost: headroom.Some(60)}}
		}, 2.4e6},
		"duty of 6 %": {func(c *headroom.Case, p *headroom.Plan) {
			owners(c)
			c.Lanes = []headroom.Lane{{Origin: "A", Destination: "B", Use: headroom.Include, Cost: headroom.Some(0)}}
			c.Duties = []headroom.Duty{{ID: "d", Importer: "B", Origin: "*", Powertrain: "*", Maker: "*", Layer: headroom.MFN, AdValorem: 6}}
			for i := range p.Flows {
				p.Flows[i].Regime = headroom.RegimeMFN
			}
		}, 2.4e6},
		"labour of 120, half by piece": {func(c *headroom.Case, p *headroom.Plan) {
			c.Labours = []headroom.Labour{{Plant: "p", CostPerUnit: headroom.Some(120), CrewShare: 50}}
		}, 2.4e6},
		"energy of 300 kWh at 0.20": {func(c *headroom.Case, p *headroom.Plan) {
			c.Energies = []headroom.Energy{{Plant: "p", Carrier: "electricity", UsePerCar: 300, Price: 0.2}}
		}, 2.4e6},
		"base load counts in no launch": {func(c *headroom.Case, p *headroom.Plan) {
			c.Energies = []headroom.Energy{{Plant: "p", Carrier: "electricity", BaseLoad: 1e6, Price: 0.2}}
		}, 3e6},
		"fixed cost counts in no launch": {func(c *headroom.Case, p *headroom.Plan) { c.Plants[0].FixedOpenM = headroom.Some(50) }, 3e6},
		"content of 60":                  {func(c *headroom.Case, p *headroom.Plan) { c.VehicleLines[0].ContentCost = headroom.Some(60) }, 2.4e6},
		"material of 960": {func(c *headroom.Case, p *headroom.Plan) {
			c.VehicleLines[0].UnitMaterial, c.Demands[0].Contribution = headroom.Some(960), headroom.Opt{}
		}, 2.4e6},
		"a fee of 60 is no cost of both": {func(c *headroom.Case, p *headroom.Plan) {
			c.Arrangements = []headroom.Arrangement{{ID: "d", Status: headroom.Signed}}
			c.Terms = []headroom.Term{{Arrangement: "d", Kind: headroom.FeePerUnit, Value: 60}}
			c.VehicleLines[0].Arrangement = "d"
		}, 3e6},
		"retooling in another currency": {func(c *headroom.Case, p *headroom.Plan) {
			c.FXRates = []headroom.FXRate{{From: "EUR", To: "GBP", Period: "2028-1", Rate: 0.5}, {From: "EUR", To: "GBP", Period: "*", Rate: 9}}
			c.VehicleLines[0].Currency = "EUR"
		}, 1.5e6},
	} {
		c, p := in2028(1)
		c.Regions = append(c.Regions, headroom.Region{ID: "B"})
		x.change(c, p)
		check(t, name, left(mustCompute(t, c, p), "mk"), x.want)
	}
}

// TestRestByPlant: two launches of a plant share what its cars earn, less crews and overtime; those that bring as much for what
// they take are served in the order of their vehicles.
func TestRestByPlant(t *testing.T) {
	t.Parallel()
	c, p := in2028(1)
	second(c, p, "w", 10000)
	l := mustCompute(t, c, p)
	check(t, "both earn theirs", left(l, ""), 6e6)
	// Crews of 180 × 7,500 cars are 1.35 m of the 2 m that both earn: 0.65 m are left for two charges of 0.5 m.
	c.Labours = []headroom.Labour{{Plant: "p", CostPerUnit: headroom.Some(180), CrewShare: 100}}
	c.ShiftPatterns = []headroom.ShiftPattern{{ID: "s", Index: headroom.Some(0.075)}}
	p.Shifts = []headroom.ShiftRow{{Line: "l", Period: "2028-1", Pattern: "s", Capacity: 7500}}
	l = mustCompute(t, c, p)
	check(t, "both, less crews", left(l, ""), 6*0.65e6)
	check(t, "of v", l.Rests[0].Back, 3e6)
	check(t, "of w", l.Rests[1].Back, 0.9e6)
	// Overtime of 1,000 cars at 180 × 1.5 takes 0.27 m more.
	c.ShiftPatterns[0].OvertimePremium = 50
	p.Shifts[0].Overtime = 1000
	check(t, "less overtime too", left(mustCompute(t, c, p), ""), 6*0.38e6)
	// Crews of years before the last do not count.
	p.Shifts = append(p.Shifts, headroom.ShiftRow{Line: "l", Period: "2027-1", Pattern: "s", Capacity: 7500})
	check(t, "crews of 2027", left(mustCompute(t, c, p), ""), 6*0.38e6)
	// What w loses takes from what v may have.
	p.Shifts = nil
	c.Demands[1].Contribution = headroom.Some(-8)
	check(t, "a loss beside it", left(mustCompute(t, c, p), ""), 6*0.2e6)
}

// TestRestLongerLife: of two launches that share what is earned, the one that is worth more for each unit goes first.
func TestRestLongerLife(t *testing.T) {
	t.Parallel()
	c, p := in2028(1)
	second(c, p, "w", 10000)
	c.VehicleLines[1].ToolingLife = headroom.Some(11) // 10 years left of 11: 3.5 × 10/11, and a charge of 3.5/11
	c.Demands[1].Contribution = headroom.Some(-5)     // 1 − 0.5 = 0.5 m for both; w itself earns nothing
	check(t, "w earns nothing", left(mustCompute(t, c, p), ""), 3e6)
	c.Demands[0].Contribution, c.Demands[1].Contribution = headroom.Some(10), headroom.Some(10)
	c.Labours = []headroom.Labour{{Plant: "p", CostPerUnit: headroom.Some(150), CrewShare: 100}}
	c.ShiftPatterns = []headroom.ShiftPattern{{ID: "s", Index: headroom.Some(0.1)}}
	p.Shifts = []headroom.ShiftRow{{Line: "l", Period: "2028-1", Pattern: "s", Capacity: 10000}} // 1.5 m of 2 m
	l := mustCompute(t, c, p)
	check(t, "of w, all", l.Rests[1].Back, 35e6/11)
	check(t, "of v, what w leaves", l.Rests[0].Back, 6*(0.5e6-3.5e6/11))
}

// second gives late another vehicle, with a place on the same line as built.
func second(c *headroom.Case, p *headroom.Plan, id string, yearly float64) {
	v, k, d := c.Vehicles[0], c.VehicleLines[0], c.Demands[0]
	v.ID, k.Vehicle, d.Vehicle = id, id, id
	c.Vehicles, c.VehicleLines, c.Demands = append(c.Vehicles, v), append(c.VehicleLines, k), append(c.Demands, d)
	built(c, p, len(c.VehicleLines)-1, headroom.NewDate(2028, 1, 1), yearly)
}
