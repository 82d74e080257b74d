package sim

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"headroom"
)

func mustRun(tb testing.TB, n *Net, o Options) *headroom.Simulation {
	tb.Helper()
	s, err := n.Run(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// same ignores how long a run took.
var same = cmpopts.IgnoreFields(headroom.Simulation{}, "Seconds")

// TestSameBits: the same seed gives the same bits on any number of cores, another seed others.
func TestSameBits(t *testing.T) {
	t.Parallel()
	n := mustNet(t, risky)
	one := mustRun(t, n, Options{Years: 900, Seed: 7, Threads: 1})
	for _, threads := range []int{2, 5} {
		if diff := cmp.Diff(one, mustRun(t, n, Options{Years: 900, Seed: 7, Threads: threads}), same); diff != "" {
			t.Errorf("%d cores (-one +more):\n%s", threads, diff)
		}
	}
	if cmp.Equal(one, mustRun(t, n, Options{Years: 900, Seed: 8}), same) {
		t.Error("another seed gives the same")
	}
	if one.Paths != 450 || one.Years != 900 || one.Weeks != 104 {
		t.Errorf("%d lives, %d years, %d weeks", one.Paths, one.Years, one.Weeks)
	}
}

// TestRegret: hindsight is never worse than the rule, and of a line of its own without surprises it is the rule.
func TestRegret(t *testing.T) {
	t.Parallel()
	n := mustNet(t, risky)
	l, src := n.newLife(), newDraws()
	for path := range 2000 {
		n.fill(l.w, src, 3, uint64(path))
		l.live()
		for i := range n.periods {
			c := l.series[i*n.columns():]
			if r := c[colRegret]; r < -1 {
				t.Fatalf("path %d, period %d: regret %g", path, i, r)
			}
		}
	}
	plain := mustNet(t, onlyVans)
	l = plain.newLife()
	l.live()
	if r := l.series[colRegret]; math.Abs(r) > 1 {
		t.Errorf("without surprises regret is %g", r)
	}
	l.w.strike(plain, []int{0}, false, Stop{Weeks: 5}.taken(), 10, 5)
	l.live()
	if r := l.series[colRegret]; !near(r, 5000*2000) {
		t.Errorf("after five weeks regret is %g: hindsight builds them before", r)
	}
}

// TestDrawsApart: one uncertainty more changes no draw of the others.
func TestDrawsApart(t *testing.T) {
	t.Parallel()
	a := mustNet(t, risky)
	b := mustNet(t, func(c *headroom.Case, p *headroom.Plan) {
		risky(c, p)
		c.Risks = append([]headroom.Risk{{ID: "new", Kind: headroom.RiskDemand, Of: "uk", SD: headroom.Some(5)}}, c.Risks...)
	})
	x, y, src := a.newDraw(), b.newDraw(), newDraws()
	a.fill(x, src, 1, 9)
	b.fill(y, src, 1, 9)
	for i := range x.walks {
		if diff := cmp.Diff(x.walks[i], y.walks[i+1]); diff != "" {
			t.Errorf("walk %d: %s", i, diff)
		}
	}
	if diff := cmp.Diff(x.events, y.events, cmp.AllowUnexported(event{})); diff != "" {
		t.Errorf("stops: %s", diff)
	}
}

// TestMoments: walks have a mean of one and the spread asked for, stops and deals come as often as asked for.
func TestMoments(t *testing.T) {
	t.Parallel()
	n := mustNet(t, func(c *headroom.Case, p *headroom.Plan) {
		risky(c, p)
		c.VehicleLines[1].Arrangement = "deal"
		c.Arrangements = []headroom.Arrangement{{ID: "deal", Status: headroom.Signed, Success: headroom.Some(0.7), Slip: []float64{0.5, 0.3, 0.2}}}
		p.Deals = []headroom.DealRow{{Deal: "deal", Period: "2026"}}
	})
	const paths = 40000
	w, src := n.newDraw(), newDraws()
	var mean, square, stops, cyber, fails, late, up float64
	for path := range paths {
		n.fill(w, src, 1, uint64(path))
		f := w.walks[0][1]
		mean, square = mean+f, square+math.Log(f)*math.Log(f)
		for _, e := range w.events {
			if n.stops[e.kind].name == "one cyber" {
				cyber++
			} else {
				stops++
			}
		}
		switch b := w.begins[0]; {
		case math.IsInf(b, 1):
			fails++
		default:
			late += b
		}
		if w.ways[1][n.duties[0].driver] > 0 {
			up++
		}
	}
	log := math.Sqrt(square / paths)
	for _, tt := range []struct {
		what            string
		got, want, each float64
	}{
		{"mean of a walk", mean / paths, 1, 0.003},
		{"spread after a year and a half", log, 0.1 * math.Sqrt(1.5), 0.002},
		{"stops of two plants in two years", stops / paths, 2 * 2 * 0.5 * 0.93, 0.06}, // a little fewer: while one lasts no other comes
		{"stops of an owner", cyber / paths, 2 * 0.2, 0.02},
		{"deals that fail", fails / paths, 0.3, 0.01},
		{"years late of those that come", late / (paths - fails), 0.7, 0.02},
		{"duties that rose by the second year", up / paths, 1 - 0.7*0.7, 0.01},
	} {
		if math.Abs(tt.got-tt.want) > tt.each {
			t.Errorf("%s: %g, want %g", tt.what, tt.got, tt.want)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	sum := 0.0
	for range paths {
		x := triangle(r, 2, 3, 10)
		if x < 2 || x > 10 {
			t.Fatalf("%g is not from 2 to 10", x)
		}
		sum += x
	}
	if math.Abs(sum/paths-5) > 0.03 {
		t.Errorf("mean of a triangle %g, want 5", sum/paths)
	}
}

// TestIntervals: of 1,000 intervals of 95 % between 93.5 and 96.5 % hold the truth (V12 of the trust programme).
func TestIntervals(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	means, chances, lows := 0, 0, 0
	for range 1000 {
		x := make([]float64, 200)
		k := 0
		for i := range x {
			x[i] = 3 + 2*r.NormFloat64()
			if r.Float64() < 0.03 {
				k++
			}
		}
		row := row(x)
		if row.Low <= 3 && 3 <= row.High {
			means++
		}
		if q := 3 - 2*1.6448536; row.P05Low <= q && q <= row.P05Hi {
			lows++
		}
		if _, low, high := Chance(k, 200); low <= 0.03 && 0.03 <= high {
			chances++
		}
	}
	for what, n := range map[string]int{"means": means, "chances": chances, "fifth percentiles": lows} {
		if n < 930 || n > 980 || what == "means" && (n < 935 || n > 965) {
			t.Errorf("%d of 1,000 intervals of %s hold the truth", n, what)
		}
	}
	if p, low, high := Chance(0, 2000); p != 0 || low != 0 || math.Abs(high-0.0019) > 1e-4 {
		t.Errorf("none of 2,000: %g from %g to %g", p, low, high)
	}
	if _, low, high := Chance(5, 5); high != 1 || low < 0.4 {
		t.Errorf("all of five: %g to %g", low, high)
	}
}

// TestNoSpread: uncertainties that are none give the plan, with intervals of no width and no NaN.
func TestNoSpread(t *testing.T) {
	t.Parallel()
	n := mustNet(t, func(c *headroom.Case, p *headroom.Plan) {
		risky(c, p)
		c.Outages = nil
		for i := range c.Risks {
			c.Risks[i].SD, c.Risks[i].Rate = headroom.Some(0), headroom.Some(0)
		}
		c.Risks = c.Risks[:5]
	})
	s := mustRun(t, n, Options{Years: 100})
	for _, r := range s.Series {
		if math.Abs(r.Mean-r.Plan) > 1e-3*max(1, math.Abs(r.Plan)) || !(r.High-r.Low <= 1e-3*max(1, math.Abs(r.Mean))) || math.IsNaN(r.SD) {
			t.Errorf("%+v", r)
		}
	}
	if n.Uncertain() {
		t.Error("no spread is taken for one")
	}
	if len(s.ByYear) != 2 || s.ByYear[1].Probability != 1 {
		t.Errorf("%+v", s.ByYear)
	}
	if g := s.Targets[0]; g.Probability != 1 || g.High != 1 {
		t.Errorf("a target that the plan meets: %+v", g)
	}
}

// TestStopped: a run that is called off says so and keeps the lives up to then, which are those of a whole run.
func TestStopped(t *testing.T) {
	t.Parallel()
	n := mustNet(t, risky)
	ctx, cancel := context.WithCancel(t.Context())
	seen := 0
	began := time.Now()
	s, err := n.Run(ctx, Options{Years: 2_000_000, Progress: func(done, _ int, _ time.Duration) {
		if seen = done; done > chunk {
			cancel()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if s.Stopped != "interrupt" || s.Paths == 0 || s.Paths >= s.Asked || s.Asked != 1_000_000 {
		t.Errorf("stopped %q after %d of %d lives, %d seen, %v", s.Stopped, s.Paths, s.Asked, seen, time.Since(began))
	}
	if diff := cmp.Diff(mustRun(t, n, Options{Years: 2 * s.Paths}).Series, s.Series); diff != "" {
		t.Errorf("the lives up to then are others (-whole +stopped):\n%s", diff)
	}
	s, err = n.Run(t.Context(), Options{Years: 2_000_000, Limit: 30 * time.Millisecond})
	if err != nil || s.Stopped != "time" {
		t.Errorf("at a limit: %v, stopped %q", err, s.Stopped)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err = n.Run(done, Options{Years: 100}); err != nil || s.Paths != 0 || s.Stopped == "" {
		t.Errorf("called off before it began: %v, %d lives", err, s.Paths)
	}
}

// TestTooMany: more than fits is refused, and how long it takes is known before.
func TestTooMany(t *testing.T) {
	t.Parallel()
	n := mustNet(t, risky)
	if _, err := n.Run(t.Context(), Options{Years: n.MaxYears() + 2}); err == nil {
		t.Error("more than fits in memory is begun")
	}
	if d := n.Estimate(1_000_000_000, 2); d < time.Minute {
		t.Errorf("a billion years take %v", d)
	}
}

// TestMissingChance: a plan that counts on a deal needs to know how likely it is.
func TestMissingChance(t *testing.T) {
	t.Parallel()
	c, p := small()
	c.Arrangements = []headroom.Arrangement{{ID: "deal", Status: headroom.Talks}}
	p.Deals = []headroom.DealRow{{Deal: "deal", Period: "2026"}}
	if _, err := New(c, p, noCash); err == nil {
		t.Error("a deal without a chance is taken for certain")
	}
}

// TestWeekOf finds days, and knows what is outside.
func TestWeekOf(t *testing.T) {
	t.Parallel()
	n := mustNet(t, nil)
	for _, tt := range []struct {
		day  headroom.Date
		want float64
		ok   bool
	}{{20260101, 0, true}, {20270101, 52, true}, {20271231, 52 + 52*364.0/365, true}, {20251231, 0, false}, {20280101, 0, false}} {
		if got, ok := n.WeekOf(tt.day); ok != tt.ok || !near(got, tt.want) {
			t.Errorf("%v: week %g, %v", tt.day, got, ok)
		}
	}
}

// BenchmarkYears is how long a simulated year of the small case takes.
func BenchmarkYears(b *testing.B) {
	n := mustNet(b, risky)
	l, src := n.newLife(), newDraws()
	for i := 0; b.Loop(); i++ {
		n.fill(l.w, src, 1, uint64(i))
		l.live()
	}
	b.ReportMetric(float64(b.N*len(n.periods))/b.Elapsed().Seconds(), "years/s")
}
