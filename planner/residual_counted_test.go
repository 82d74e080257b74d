package planner_test

import (
	"fmt"
	"math"
	"testing"

	"headroom"
	"headroom/internal/counted"
)

// stationary is a random case of which all years are alike: lines that run, programmes that may be launched, a plant that may be
// opened; lives that reach the end of a horizon of five years; no ramps.
func stationary(rng interface{ IntN(n int) int }) *headroom.Case {
	some := func() float64 { return float64(rng.IntN(1<<20)) / (1 << 20) }
	c := &headroom.Case{Settings: headroom.Settings{
		ID: "stationary", BaseCurrency: "GBP", DiscountRate: []float64{0, 4, 9}[rng.IntN(3)], TerminalRule: headroom.TerminalResidual,
	}}
	for y := range 3 {
		c.Periods = append(c.Periods, year(2026+y))
	}
	c.HorizonFrom, c.HorizonTo = c.Periods[0].From, c.Periods[2].To
	c.Markets = []headroom.Market{{ID: "m"}}
	for i := range 1 + rng.IntN(2) {
		p := headroom.Plant{
			ID: fmt.Sprintf("p%d", i), Use: headroom.Include, InitialState: headroom.Operating, MothballShare: 0, MaxMothball: 10,
			FixedOpenM: headroom.Some(some()), Currency: "GBP",
		}
		if rng.IntN(2) == 0 {
			p.Use, p.InitialState = headroom.Consider, headroom.Mothballed
			p.CloseM = 1 // that it stays mothballed is no tie
			p.ReopenM, p.SeveranceM = headroom.Some(4*some()), headroom.Some(some())
			p.ChangeLife = headroom.Some(6 + 6*some())
		}
		c.Plants = append(c.Plants, p)
		if rng.IntN(2) == 0 {
			c.Labours = append(c.Labours, headroom.Labour{Plant: p.ID, CostPerUnit: headroom.Some(1500 * some()), CrewShare: 50, Currency: "GBP"})
		}
		c.Lines = append(c.Lines, headroom.Line{ID: fmt.Sprintf("l%d", i), Plant: p.ID, Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(float64(500 + rng.IntN(1500)))})
	}
	for i := range 1 + rng.IntN(3) {
		v := headroom.Vehicle{ID: fmt.Sprintf("v%d", i), Use: headroom.Consider}
		c.Vehicles = append(c.Vehicles, v)
		c.Demands = append(c.Demands, headroom.Demand{
			Vehicle: v.ID, Market: "m", Period: "*", Volume: float64(200 + rng.IntN(1000)), PriceNet: headroom.Some(20000),
			Contribution: headroom.Some(2 + 20*some()), CustomsValue: "100%", Currency: "GBP",
		})
		for _, l := range c.Lines {
			if rng.IntN(3) > 0 {
				c.VehicleLines = append(c.VehicleLines, headroom.VehicleLine{
					Vehicle: v.ID, Line: l.ID, Content: "full", Compatible: true, MinRun: 70, RateFactor: 1, Currency: "GBP",
					RetoolM: headroom.Some(12 * some()), ToolingLife: headroom.Some(5 + 6*some()),
				})
			}
		}
	}
	return c
}

// TestCountedStationary: of a stationary case one year more moves no decision, and what is launched or opened is so in the first
// year: what pays in one year pays in every one.
func TestCountedStationary(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	tries, launched := counted.N(40, 500), 0
	for i := range tries {
		c := stationary(rng)
		p, q := mustSolve(t, c, tight()), mustSolve(t, extended(c), tight())
		a, b := decisions(p, c.Periods), decisions(q, c.Periods)
		for d := range a {
			if !b[d] {
				t.Errorf("case %d: %s, and not with a year more", i, d)
			}
		}
		for d := range b {
			if !a[d] {
				t.Errorf("case %d: %s, but only with a year more", i, d)
			}
		}
		for _, plan := range []*headroom.Plan{p, q} {
			for _, x := range plan.Allocs {
				if x.Launch && x.Period != c.Periods[0].ID {
					t.Errorf("case %d: %s on %s is launched in %s", i, x.Vehicle, x.Line, x.Period)
				}
			}
			for _, r := range plan.Rests {
				if math.Abs(r.Back-r.Rest) > 1e-6*math.Abs(r.Rest)+1e-3 {
					t.Errorf("case %d: %s of %s %s%s earns %.0f of its %.0f only", i, r.Change, r.Plant, r.Vehicle, r.Line, r.Back, r.Rest)
				}
			}
		}
		if len(p.Rests) > 0 {
			launched++
		}
		if t.Failed() {
			t.Fatalf("%+v", c)
		}
	}
	counted.Report(t, "stationary cases", tries, tries, fmt.Sprintf("decide the same with a year more, %d of them launch or open something", launched))
}

// TestCountedEnded: a right that has ended by the end of the horizon has no rest, and neither has a place or an opening that earns
// nothing in the last year.
func TestCountedEnded(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	want, done, ended, idle := counted.N(60, 500), 0, 0, 0
	for done < want {
		c := cases().Example(rng.IntN(1 << 30))
		if c.TerminalRule == headroom.TerminalNone {
			continue
		}
		last := c.Periods[len(c.Periods)-1].To
		for i := range c.Vehicles {
			if rng.IntN(2) == 0 {
				c.Vehicles[i].EOP = last
			}
		}
		p := mustPlan(t, c, tight())
		if p.Status != headroom.StatusVerified {
			continue
		}
		done++
		for _, r := range p.Rests {
			ends := false
			for _, v := range c.Vehicles {
				ends = ends || (v.ID == r.Vehicle && v.EOP != 0 && v.EOP <= last)
			}
			for _, l := range c.Lines {
				ends = ends || (l.ID == r.Line && l.To != 0 && l.To <= last)
			}
			if ends {
				ended++
			}
			if ends && r.Rest != 0 {
				t.Errorf("%s %s on %s has ended and has a rest of %.0f", r.Change, r.Vehicle, r.Line, r.Rest)
			}
			if r.Change != headroom.ChangeLaunch && r.Change != headroom.ChangeOpening {
				continue
			}
			built := 0.0
			for _, o := range p.Outputs {
				for _, per := range c.Periods {
					if o.Period == per.ID && per.To.Year() == last.Year() && o.Plant == r.Plant && (r.Vehicle == "" || o.Vehicle == r.Vehicle && o.Line == r.Line && o.Content == r.Content) {
						built += o.Units
					}
				}
			}
			if built == 0 {
				idle++
			}
			if built == 0 && r.Back != 0 {
				t.Errorf("%s %s%s %s builds nothing in the last year, and %.0f come back", r.Change, r.Plant, r.Vehicle, r.Line, r.Back)
			}
		}
		if t.Failed() {
			t.Fatalf("%+v", c)
		}
	}
	counted.Report(t, "plans", done, want, fmt.Sprintf("give nothing back of %d ended rights and %d idle places", ended, idle))
}
