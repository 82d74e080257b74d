package flex

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"
	"time"
)

func mustEvaluate(tb testing.TB, p *Problem, gains bool, o Options) *Evaluation {
	tb.Helper()
	e, err := Evaluate(context.Background(), p, gains, o)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// all are the missing links of a network as candidates that cost one each.
func all(n *Network) []Candidate {
	var out []Candidate
	for _, l := range n.Missing() {
		out = append(out, Candidate{Link: l, Margin: 1, Cost: 1})
	}
	return out
}

// TestSameBits holds that one core and many, and a run that is part of a longer one, give the same bits.
func TestSameBits(t *testing.T) {
	t.Parallel()
	net := dedicated(10, 100)
	p := &Problem{Network: *net, Demand: *jg(Condition), Candidates: all(net)}
	p.Demand.Correlation = Identity(10)
	for i := range 9 {
		p.Demand.Correlation[i][i+1], p.Demand.Correlation[i+1][i] = 0.4, 0.4
	}
	for _, o := range []Options{{Scenarios: 30_000}, {Scenarios: 30_000, Quasi: true}, {Scenarios: 1 << 20, Precision: 1e-3}} {
		o.Threads = 1
		one := mustEvaluate(t, p, true, o)
		for _, n := range []int{2, 3, 8} {
			o.Threads = n
			if many := mustEvaluate(t, p, true, o); !reflect.DeepEqual(one, many) {
				t.Errorf("%d goroutines: %+v, one: %+v", n, many.Sales, one.Sales)
			}
		}
	}
}

// TestGains compares the gain of a link with the difference of two evaluations on the same demands, in cars and in money.
func TestGains(t *testing.T) {
	t.Parallel()
	net, demand := gm()
	o := Options{Scenarios: 4096, NoControl: true}
	for _, money := range []bool{false, true} {
		p := &Problem{Network: *net, Demand: *demand, Candidates: all(net)}
		if money {
			for i := range p.Links {
				p.Margin = append(p.Margin, 1+float64(i%3))
			}
		}
		e := mustEvaluate(t, p, true, o)
		if len(e.Gains) != len(net.Missing()) {
			t.Fatalf("%d gains", len(e.Gains))
		}
		value := func(e *Evaluation) float64 {
			if money {
				return e.Margin.Mean
			}
			return e.Sales.Mean
		}
		for _, k := range []int{0, 1, 17, len(e.Gains) - 1} {
			g := e.Gains[k]
			q, err := p.Add(g.Link)
			if err != nil {
				t.Fatal(err)
			}
			if want := value(mustEvaluate(t, q, false, o)) - value(e); math.Abs(g.Mean-want) > 1e-6 {
				t.Errorf("money %v: link %v brings %v, the difference is %v", money, g.Link, g.Mean, want)
			}
		}
	}
}

// TestLargeGains holds that candidates of a large network have the gains that they have one by one.
func TestLargeGains(t *testing.T) {
	t.Parallel()
	net := random(40, 60, 3)
	p := &Problem{Network: *net, Candidates: all(net)}
	for range 60 {
		p.Demand.Marginals = append(p.Demand.Marginals, Marginal{Kind: Normal, Mean: 100, SD: 40, Low: 0, High: 200, Rule: Condition})
	}
	o := Options{Scenarios: 128, NoControl: true}
	e := mustEvaluate(t, p, true, o)
	if e.Algorithm != "augment (1)" {
		t.Fatal(e.Algorithm)
	}
	for _, k := range []int{0, 1, 50, 400, len(e.Gains) - 1} {
		g := e.Gains[k]
		if want, err := Compare(context.Background(), p, []Candidate{g.Candidate}, o); err != nil || math.Abs(want.Mean-g.Mean) > 1e-9 {
			t.Errorf("link %v brings %v, alone %v %v", g.Link, g.Mean, want.Mean, err)
		}
	}
}

// TestDesigns holds that the chain closes dedicated plants into the long chain, and that a few links chosen greedily come near
// full flexibility, as Jordan and Graves found for General Motors.
func TestDesigns(t *testing.T) {
	t.Parallel()
	d := dedicated(10, 100)
	if got := d.With(Chain(d, make([]float64, 10))...); len(got.Links) != 20 || Compile(got, Automatic).Algorithm() != "ring (1)" {
		t.Errorf("the chain of ten is %v", got.Links)
	}
	net, demand := gm()
	p := &Problem{Network: *net, Demand: *demand, Candidates: all(net)}
	o := Options{Scenarios: 8192, Seed: 5}
	built, err := Greedy(context.Background(), p, Budget{Cost: 8}, o)
	if err != nil || len(built) != 8 {
		t.Fatal(built, err)
	}
	links := make([]Link, len(built))
	for i, b := range built {
		links[i] = b.Link
	}
	q, err := p.Add(links...)
	if err != nil {
		t.Fatal(err)
	}
	base, with := mustEvaluate(t, p, false, Options{}), mustEvaluate(t, q, false, Options{})
	if share := (with.Sales.Mean - base.Sales.Mean) / (base.Full.Mean - base.Sales.Mean); share < 0.95 {
		t.Errorf("eight links bring %.3f of what all links bring", share)
	}
	before, err := Flexibility(context.Background(), net, demand, Options{Scenarios: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	after, err := Flexibility(context.Background(), &q.Network, demand, Options{Scenarios: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	if before.Pi.Mean < 0.2 || after.Pi.Mean > 0.1 {
		t.Errorf("the measure of Jordan and Graves is %v before and %v after", before.Pi, after.Pi)
	}
	if none, err := Greedy(context.Background(), p, Budget{Cost: 0.5}, o); err != nil || none != nil {
		t.Errorf("what cannot be paid was built: %v %v", none, err)
	}
}

// TestFlexibility compares the measure with a count over sets of vehicles.
func TestFlexibility(t *testing.T) {
	t.Parallel()
	net, d := chain(4, 100), &Demand{Marginals: jg(Condition).Marginals[:4]}
	net.Links = net.Links[:6]
	o := Options{Scenarios: 40_000}
	got, err := Flexibility(context.Background(), net, d, o)
	if err != nil {
		t.Fatal(err)
	}
	x, err := newSampling(net, d, o)
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]Row, 4)
	count := map[int]int{}
	for b := range x.blocks() {
		x.s.block(b, rows)
		for lane := range Lanes {
			total := -int64(x.scale.most)
			for v := range 4 {
				total += int64(rows[v][lane])
			}
			for set := 1; set < 16; set++ {
				sum, plants := int64(0), map[int]bool{}
				for v := range 4 {
					if set>>v&1 == 1 {
						sum += int64(rows[v][lane])
					}
				}
				for _, l := range net.Links {
					if set>>l.Vehicle&1 == 1 {
						plants[l.Plant] = true
					}
				}
				if sum-int64(len(plants))*int64(x.scale.Units(100)) > max(0, total) {
					count[set]++
				}
			}
		}
	}
	most := 0
	for _, c := range count {
		most = max(most, c)
	}
	if want := float64(most) / float64(x.blocks()*Lanes); math.Abs(got.Pi.Mean-want) > 0.01 {
		t.Errorf("the measure is %v, the count says %v", got.Pi, want)
	}
}

// TestCancelled holds that a run stops within a second with what it has, however much was asked for.
func TestCancelled(t *testing.T) {
	t.Parallel()
	net := random(50, 100, 2.5)
	d := Demand{}
	for range 100 {
		d.Marginals = append(d.Marginals, Marginal{Kind: Normal, Mean: 100, SD: 40, Rule: None})
	}
	p := &Problem{Network: *net, Demand: d, Candidates: all(net)[:200]}
	ctx, cancel := context.WithCancel(context.Background())
	told := false
	o := Options{Scenarios: 1_000_000_000, Threads: 1, Progress: func(g Progress) { told = told || g.Left() > 60 }}
	var at time.Time
	timer := time.AfterFunc(4*time.Second, func() { at = time.Now(); cancel() })
	defer timer.Stop()
	e, err := Evaluate(ctx, p, false, o)
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(at); took > time.Second {
		t.Errorf("it took %v to stop", took)
	}
	if e.Stopped != "interrupt" || e.Scenarios == 0 || !(e.Sales.Half() > 0) {
		t.Errorf("what is left is %+v", e)
	}
	if !told {
		t.Error("nobody was told how long it would take")
	}
	if _, err := Evaluate(ctx, p, true, o); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that is cancelled before gives %v", err)
	}
}

// TestNoSpread holds that demands without spread give their flow with no interval.
func TestNoSpread(t *testing.T) {
	t.Parallel()
	net := dedicated(3, 100)
	d := Demand{Marginals: []Marginal{{Kind: Normal, Mean: 80, SD: 0, Low: 20, High: 180, Rule: Condition}, {Kind: Fixed, Mean: 120}, {Kind: Uniform, Low: 50, High: 50}}}
	e := mustEvaluate(t, &Problem{Network: *net, Demand: d}, false, Options{Scenarios: 1000})
	if math.Abs(e.Sales.Mean-230) > 1e-6 || e.Sales.Half() > 0.01 || math.IsNaN(e.Sales.Low) {
		t.Errorf("sales are %+v, want 230", e.Sales)
	}
	for _, bad := range []*Network{
		{Capacity: []float64{0}, Vehicles: 1},
		{Capacity: []float64{-3}, Vehicles: 1},
		{Capacity: []float64{1}, Vehicles: 1, Links: []Link{{1, 0}}},
		{Capacity: []float64{1}, Vehicles: 1, Links: []Link{{0, 0}, {0, 0}}},
		{Capacity: []float64{math.NaN()}, Vehicles: 1},
		{Vehicles: 1},
	} {
		if _, err := Evaluate(context.Background(), &Problem{Network: *bad, Demand: Demand{Marginals: []Marginal{{Kind: Fixed, Mean: 1}}}}, false, Options{}); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}
