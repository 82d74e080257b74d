package sim

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"headroom"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(a), math.Abs(b)) }

// TestPlainLife: a life in which nothing happens is the plan.
func TestPlainLife(t *testing.T) {
	t.Parallel()
	n := mustNet(t, cushion(3, 50))
	l := n.newLife()
	l.live()
	for i := range n.periods {
		c := l.series[i*n.columns():]
		if !near(c[colOutput], 104000) || !near(c[colAll], 130000) || !near(c[colSales], 130000) || !near(c[colService], 1) || !near(c[colUse], 1) || !near(c[colWorst], 2000) {
			t.Errorf("period %d: %v", i, c[:colFirst])
		}
		if c[colMargin] != 0 {
			t.Errorf("period %d: cash %g beside that of the plan", i, c[colMargin])
		}
	}
}

// stop is a standstill of the first plant from the eleventh week on.
func stop(weeks float64) Stop { return Stop{Plants: []int{0}, Start: 10, Weeks: weeks} }

// TestStopCostsCars: five weeks of nothing are five weeks of cars, whatever a year has in capacity, where no stock is there,
// nobody waits and no other line is tooled. The money lost is what those cars bring.
func TestStopCostsCars(t *testing.T) {
	t.Parallel()
	n := mustNet(t, onlyVans)
	o := n.Outage(stop(5))
	if !near(o.NotBuilt, 5000) || !near(o.Lost, 5000) || o.CaughtUp != 0 || o.Moved != 0 || !near(o.Sales, 5000) || !near(o.InYear, 5000) {
		t.Errorf("%+v", o)
	}
	if !near(o.Total, -5000*2000) || len(o.Money) != 1 || o.Money[0].Org != "one" {
		t.Errorf("money %+v", o.Money)
	}
	if o.TTS != 0 {
		t.Errorf("without stock the first buyer goes without after %g weeks", o.TTS)
	}
	if o.Doubling == nil || !near(*o.Doubling, 10) {
		t.Errorf("damage doubles at %v weeks, want 10", o.Doubling)
	}
}

// TestCushions: stock keeps buyers served as long as it lasts; what is regained is a share, and takes overtime.
func TestCushions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		stock, regained           float64
		weeks                     float64
		notBuilt, caughtUp, sales float64
		tts                       float64
	}{
		{0, 0, 5, 5000, 0, 5000, 0},
		{0, 40, 5, 5000, 2000, 3000, 0},
		{3, 0, 5, 5000, 0, 2000, 3},
		{3, 100, 5, 5000, 5000, 0, 3},
		{8, 0, 5, 5000, 0, 0, 8},
		{3.5, 0, 0.5, 500, 0, 0, 3.5},
	}
	for _, tt := range tests {
		n := mustNet(t, func(c *headroom.Case, p *headroom.Plan) { onlyVans(c, p); cushion(tt.stock, tt.regained)(c, p) })
		o := n.Outage(stop(tt.weeks))
		if tt.weeks < 1 {
			// The other half of the week has room for it.
			tt.notBuilt, tt.caughtUp = 0, 0
		}
		if !near(o.NotBuilt, tt.notBuilt) || !near(o.CaughtUp, tt.caughtUp) || math.Abs(o.Sales-tt.sales) > 1e-3 || !near(o.TTS, tt.tts) {
			t.Errorf("stock %g, regained %g %%: %+v", tt.stock, tt.regained, o)
		}
	}
}

// TestOvertimeRegains: where the plan fills straight time, only overtime regains, and no faster than it can.
func TestOvertimeRegains(t *testing.T) {
	t.Parallel()
	n := mustNet(t, func(c *headroom.Case, p *headroom.Plan) {
		cushion(0, 100)(c, p)
		p.Allocs = keep(p.Allocs, func(a headroom.AllocRow) bool { return a.Line == "a1" })
		p.Outputs = keep(p.Outputs, func(a headroom.OutputRow) bool { return a.Line == "a1" })
		p.Flows = keep(p.Flows, func(a headroom.FlowRow) bool { return a.Plant == "a" })
	})
	hit := n.record(func(w *draw) { w.strike(n, []int{0}, false, Stop{Weeks: 5}.taken(), 10, 5) })
	for g := 15; g < 40; g++ {
		if built := hit.built[g][0] + hit.built[g][1]; built > 2400+1e-6 {
			t.Fatalf("week %d: %g built on a line of 2,000 with 20 %% overtime", g, built)
		}
	}
	o := n.Outage(stop(5))
	if !near(o.CaughtUp, 10000) || !near(o.Lost, 0) {
		t.Errorf("%+v", o)
	}
}

// TestMoved: a line elsewhere that is tooled for the vehicle builds what it has room for.
func TestMoved(t *testing.T) {
	t.Parallel()
	n := mustNet(t, nil)
	o := n.Outage(stop(5))
	// The second line builds 500 of 1,200 that it can with overtime; cars lack 1,000 a week, vans 1,000 that nobody else builds.
	if !near(o.NotBuilt, 10000) || !near(o.Moved, 5*700) || !near(o.Lost, 10000-3500) || !near(o.Sales, o.Lost) {
		t.Errorf("%+v", o)
	}
}

// TestCaps: the permit of a site and the most of a deal hold in a life too.
func TestCaps(t *testing.T) {
	t.Parallel()
	n := mustNet(t, func(c *headroom.Case, _ *headroom.Plan) { c.Plants[1].SiteCap = headroom.Some(30000) })
	if o := n.Outage(stop(5)); o.Moved > 4000 {
		t.Errorf("moved %g to a site that may build 4,000 a year more", o.Moved)
	}
	n = mustNet(t, func(c *headroom.Case, p *headroom.Plan) {
		c.VehicleLines[1].Arrangement = "deal"
		c.Arrangements = []headroom.Arrangement{{ID: "deal", Status: headroom.OperatingDeal}}
		c.Terms = []headroom.Term{{Arrangement: "deal", Kind: headroom.MaxVolume, Value: 26000}}
		p.Deals = []headroom.DealRow{{Deal: "deal", Period: "2026"}}
	})
	if o := n.Outage(stop(5)); !near(o.Moved, 0) {
		t.Errorf("moved %g under a deal that is full", o.Moved)
	}
}

// TestCrews: where lines may add crews, one that could not build what was asked of it has a larger pattern in the next period, and
// pays for it; else it has not.
func TestCrews(t *testing.T) {
	t.Parallel()
	n := mustNet(t, func(c *headroom.Case, p *headroom.Plan) {
		onlyVans(c, p)
		c.Labours = []headroom.Labour{{Plant: "a", CostPerUnit: headroom.Some(1000), CrewShare: 60}}
		for _, x := range []float64{1.25, 0.5, 2} {
			c.ShiftPatterns = append(c.ShiftPatterns, headroom.ShiftPattern{ID: "more", Index: headroom.Some(x), OvertimeShare: 20, OvertimePremium: 50, ChangeM: 3})
		}
		c.Risks = []headroom.Risk{{ID: "all", Kind: headroom.RiskDemand, Of: "*", SD: headroom.Some(10)}}
	})
	live := func(crews bool, factor float64) []float64 {
		l := n.newLife()
		l.addCrews = crews
		l.w.walks[0] = []float64{factor, factor}
		l.live()
		return []float64{l.series[colOutput], l.series[n.columns()+colOutput], l.series[n.columns()+colMargin] - l.series[colMargin]}
	}
	most := 104000 * 1.2
	for _, tt := range []struct {
		crews  bool
		factor float64
		want   []float64
	}{
		{false, 2.6, []float64{most, most, 0}},
		{true, 1.1, []float64{52000 * 1.1, 52000 * 1.1, 0}},
		// 135,200 a year is more than 124,800, and 130,000 in straight time with overtime are enough.
		{true, 2.6, []float64{most, 135200, 0}},
	} {
		got := live(tt.crews, tt.factor)
		if tt.want[1] != tt.want[0] {
			// Vans bring 2,000 less 400; overtime costs 900 each; crews of 26,000 more cost 600 each, the change 3 m.
			tt.want[2] = (135200-most)*1600 - (5200-20800)*900 - 26000*600 - 3e6
		}
		for i := range got {
			if !near(got[i], tt.want[i]) {
				t.Errorf("crews %v, demand × %g: %v, want %v", tt.crews, tt.factor, got, tt.want)
				break
			}
		}
	}
}

// TestKits: without kits only what is built from kits stands still, and the line is free for others.
func TestKits(t *testing.T) {
	t.Parallel()
	n := mustNet(t, func(c *headroom.Case, p *headroom.Plan) {
		c.VehicleLines[2].Content = "kit"
		for i := range p.Outputs {
			if p.Outputs[i].Vehicle == "van" {
				p.Outputs[i].Content, p.Allocs[i].Content = "kit", "kit"
			}
		}
	})
	hit := n.record(func(w *draw) { w.strike(n, []int{0}, true, Stop{Weeks: 4}.taken(), 10, 4) })
	cars, vans := hit.built[11][0], hit.built[11][2]
	if !near(cars, 1000) || vans != 0 {
		t.Errorf("without kits %g cars and %g vans", cars, vans)
	}
}

// TestFailedDeal: what a deal that fails would build is built elsewhere as far as there is room.
func TestFailedDeal(t *testing.T) {
	t.Parallel()
	n := mustNet(t, func(c *headroom.Case, p *headroom.Plan) {
		c.VehicleLines[1].Arrangement = "deal"
		c.Arrangements = []headroom.Arrangement{{ID: "deal", Status: headroom.Signed, Success: headroom.Some(0.5), Slip: []float64{0, 1}}}
		p.Deals = []headroom.DealRow{{Deal: "deal", Period: "2026"}}
	})
	l := n.newLife()
	l.w.begins[0] = math.Inf(1)
	l.live()
	// Of 500 a week the first line takes 400 in overtime.
	if got := l.series[colAll]; !near(got, 130000-52*100) {
		t.Errorf("built %g", got)
	}
	l.w.begins[0] = 1
	l.live()
	if got := l.series[n.columns()+colAll]; !near(got, 130000) {
		t.Errorf("a year late, the second year builds %g", got)
	}
}

// TestStopLaws: cars not built are lost, caught up or moved; a longer stop never loses less; stock and regaining never lose
// more.
func TestStopLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		stock := rapid.Float64Range(0, 6).Draw(t, "stock")
		regained := rapid.Float64Range(0, 100).Draw(t, "regained")
		s := Stop{Plants: []int{0}, Start: rapid.Float64Range(0, 60).Draw(t, "start"), Weeks: rapid.Float64Range(0.1, 20).Draw(t, "weeks"), Recovery: rapid.Float64Range(0, 10).Draw(t, "recovery")}
		if rapid.Bool().Draw(t, "both") {
			s.Plants = append(s.Plants, 1)
		}
		at := func(stock, regained float64, s Stop) headroom.Outage {
			c, p := small()
			cushion(stock, regained)(c, p)
			n, err := New(c, p, noCash)
			if err != nil {
				t.Fatal(err)
			}
			return n.compare(n.record(nil), s)
		}
		o := at(stock, regained, s)
		if !near(o.NotBuilt, o.Lost+o.CaughtUp+o.Moved) || o.NotBuilt < 0 || o.CaughtUp < 0 || o.Lost < -1e-3 || o.Moved < -1e-3 {
			t.Fatalf("%+v", o)
		}
		longer := s
		longer.Weeks *= 1.3
		if x := at(stock, regained, longer); x.Lost < o.Lost-1e-3 {
			t.Fatalf("a longer stop loses less: %g, %g", x.Lost, o.Lost)
		}
		if x := at(stock+1, regained, s); x.Sales > o.Sales+1e-3 {
			t.Fatalf("more stock loses more buyers: %g, %g", x.Sales, o.Sales)
		}
	})
}

// TestStrike: what a stop takes is its integral, however it lies in the weeks, and of two stops the worse counts.
func TestStrike(t *testing.T) {
	t.Parallel()
	n := mustNet(t, nil)
	for _, s := range []Stop{{Weeks: 5.3, Recovery: 4}, {Weeks: 0.2}, {Weeks: 8, Shape: []float64{0, 0.5, 0.9}}, {Weeks: 3.7, Shape: []float64{0}}} {
		for _, at := range []float64{0, 10.4, 99.9} {
			w := n.newDraw()
			w.strike(n, []int{0}, false, s.taken(), at, s.length())
			sum := 0.0
			for _, x := range w.left[0] {
				sum += 1 - x
			}
			want := s.Weeks + s.Recovery/2
			if s.Shape != nil {
				want = 0
				for _, x := range s.Shape {
					want += (1 - x) * s.Weeks / float64(len(s.Shape))
				}
			}
			if at < 90 && !near(sum, want) {
				t.Errorf("%+v at %g takes %g weeks, want %g", s, at, sum, want)
			}
		}
	}
	w := n.newDraw()
	w.strike(n, []int{0}, false, stepped([]float64{0.5}), 10, 4)
	w.strike(n, []int{0}, false, stepped([]float64{0.2}), 12, 4)
	for g, want := range map[int]float64{9: 1, 10: 0.5, 12: 0.2, 13: 0.2, 15: 0.2, 16: 1} {
		if !near(w.left[0][g], want) {
			t.Errorf("week %d: %g left, want %g", g, w.left[0][g], want)
		}
	}
}

// TestDrivers: money moved by a driver's step is that of a case in which it has moved, place by place.
func TestDrivers(t *testing.T) {
	t.Parallel()
	n := mustNet(t, risky)
	if len(n.drivers) != 3 {
		t.Fatalf("%d drivers", len(n.drivers))
	}
	for d, driver := range n.drivers {
		moved := mustNet(t, func(c *headroom.Case, p *headroom.Plan) { risky(c, p); *c = *driver.Moved(c) })
		ways := make([]float64, len(n.drivers))
		ways[d] = driver.step
		some := false
		for i := range n.periods {
			for k := range n.periods[i].places {
				for _, u := range n.periods[i].places[k].unit {
					want := 0.0
					for _, v := range moved.periods[i].places[k].unit {
						if v.org == u.org {
							want = v.base
						}
					}
					some = some || !near(want, u.base)
					if !near(u.at(ways), want) {
						t.Errorf("%s: a vehicle of place %d brings %g, want %g", driver.Name, k, u.at(ways), want)
					}
				}
			}
		}
		if !some {
			t.Errorf("%s moves no money", driver.Name)
		}
	}
}

// TestReplay counts a stop with a shape: the standstill by itself, all of it, and what a week costs.
func TestReplay(t *testing.T) {
	t.Parallel()
	n := mustNet(t, onlyVans)
	r := n.Replay(Stop{Plants: []int{0, 1}, Start: 10, Weeks: 8, Shape: []float64{0, 0, 0.25, 0.5}}, func(p string) bool { return p == "a" })
	// Of 2,000 a week vans take 1,000: a quarter with overtime builds 600 of them, half is enough.
	if !near(r.Standstill, 4) || !near(r.InStop, 4000) || !near(r.All, 4800) || !near(r.WeekCash, 2000*r.InStop/4) || len(r.Plants) != 1 {
		t.Errorf("%+v", r)
	}
	if !near(r.Without, 52000) || !near(r.Built, 52000-4800) {
		t.Errorf("%+v", r)
	}
}
