package lptest

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"headroom/lp"
)

// exact reports whether s is Enumerate, which is too slow for the hard problem.
func exact(s lp.Solver) bool { return s.Info().Backend == "exact" }

// Hard returns a multi-dimensional market split problem (Cornuéjols and Dawande, 1999): m equations in 10·(m−1) binaries
// with coefficients below 100, relaxed by slacks whose sum is minimised. Points are easy to find and nothing proves one
// best; with m = 5 no solver finishes in a minute.
func Hard(m int, seed uint64) *lp.Problem {
	rng := rand.New(rand.NewPCG(seed, 1))
	n := 10 * (m - 1)
	b := lp.NewBuilder("market split", lp.Minimize, n+2*m, m, m*(n+2))
	for range n {
		b.IntCol(0, 0, 1)
	}
	for range 2 * m {
		b.Col(1, 0, lp.Inf)
	}
	for i := range m {
		sum := 0
		for j := range n {
			v := rng.IntN(100)
			sum += v
			b.Add(i, j, float64(v))
		}
		b.Add(i, n+2*i, 1)
		b.Add(i, n+2*i+1, -1)
		half := math.Floor(float64(sum) / 2)
		b.Row(half, half)
	}
	p, err := b.Build()
	if err != nil {
		panic(err)
	}
	return p
}

// Random returns a random problem with at most cols columns and rows rows, small whole coefficients and bounds on every
// integer column. It may be infeasible.
func Random(rng *rand.Rand, cols, rows int) *lp.Problem {
	n, m := 1+rng.IntN(cols), rng.IntN(rows+1)
	b := lp.NewBuilder("random", lp.Sense(rng.IntN(2)), n, m, n*m)
	for range n {
		l := float64(rng.IntN(4) - 2)
		u := l + float64(rng.IntN(7))
		c := float64(rng.IntN(19) - 9)
		if rng.IntN(2) == 0 {
			b.IntCol(c, l, u)
		} else {
			b.Col(c, l, u)
		}
	}
	for i := range m {
		v := float64(rng.IntN(41)-16) / 2
		switch rng.IntN(4) {
		case 0:
			b.Row(v, v)
		case 1:
			b.Row(v-20, lp.Inf)
		case 2:
			b.Row(-lp.Inf, v)
		default:
			b.Row(v-float64(rng.IntN(9)), v)
		}
		for j := range n {
			if rng.IntN(3) > 0 {
				b.Add(i, j, float64(rng.IntN(19)-9))
			}
		}
	}
	b.AddOffset(float64(rng.IntN(9) - 4))
	p, err := b.Build()
	if err != nil {
		panic(err)
	}
	return p
}

// random compares s with Enumerate.
func random(t *testing.T, s lp.Solver) {
	rng := rand.New(rand.NewPCG(20, 35))
	n := 200
	if testing.Short() {
		n = 40
	}
	for k := range n {
		p := Random(rng, 6, 4)
		want := mustSolve(t, &Enumerate{}, p, lp.Options{})
		got := mustSolve(t, s, p, lp.Options{Gap: 1e-9})
		if got.Stop == lp.StopUnboundedOrInfeasible && want.Stop == lp.StopInfeasible {
			continue
		}
		if got.Stop != want.Stop {
			t.Errorf("problem %d: got stop %v, want %v", k, got.Stop, want.Stop)
			continue
		}
		if want.Stop == lp.StopOptimal {
			optimal(t, p, got, want.Objective)
		}
	}
}

// limits tests time, nodes, cancel and progress on a hard problem.
func limits(t *testing.T, s lp.Solver) {
	if testing.Short() || exact(s) {
		t.Skip("needs a solver that can work on a hard problem for seconds")
	}
	p := Hard(5, 1)
	t.Run("time", func(t *testing.T) {
		begin := time.Now()
		res := mustSolve(t, s, p, lp.Options{Time: time.Second})
		if d := time.Since(begin); d > 3*time.Second {
			t.Errorf("took %v of a limit of 1s", d)
		}
		stopped(t, p, res, lp.StopTime)
	})
	t.Run("nodes", func(t *testing.T) {
		res := mustSolve(t, s, p, lp.Options{Nodes: 10, Time: 20 * time.Second})
		stopped(t, p, res, lp.StopNodes)
	})
	t.Run("cancel", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		var at time.Time
		timer := time.AfterFunc(1500*time.Millisecond, func() { at = time.Now(); cancel() })
		defer timer.Stop()
		res, err := s.Solve(ctx, p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if d := time.Since(at); d > time.Second {
			t.Errorf("came back %v after the cancel, want at most 1s", d)
		}
		stopped(t, p, res, lp.StopInterrupt)
	})
	t.Run("cancelled before", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		begin := time.Now()
		res, err := s.Solve(ctx, p, lp.Options{})
		if err == nil && res.Stop != lp.StopInterrupt {
			t.Errorf("got stop %v, want %v", res.Stop, lp.StopInterrupt)
		}
		if d := time.Since(begin); d > time.Second {
			t.Errorf("took %v, want at most 1s", d)
		}
	})
	t.Run("progress", func(t *testing.T) { progress(t, s, p) })
}

// stopped checks a result cut short: a feasible point, a bound on the right side, an honest gap.
func stopped(t *testing.T, p *lp.Problem, res *lp.Result, want lp.Stop) {
	t.Helper()
	if res.Stop != want {
		t.Errorf("got stop %v, want %v", res.Stop, want)
	}
	if res.X == nil {
		t.Fatalf("got no point")
	}
	if rep := lp.Check(p, res.X); !rep.Passes(lp.FeasibilityTolerance, lp.IntegralityTolerance) {
		t.Errorf("got a point that does not pass: %s", rep.Describe(p, lp.FeasibilityTolerance, lp.IntegralityTolerance))
	}
	if res.Bound > res.Objective+1e-6 {
		t.Errorf("got bound %v above objective %v", res.Bound, res.Objective)
	}
}

func progress(t *testing.T, s lp.Solver, p *lp.Problem) {
	var mu sync.Mutex
	var seen []lp.Progress
	mustSolve(t, s, p, lp.Options{Time: 4 * time.Second, Progress: func(g lp.Progress) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, g)
	}})
	mu.Lock()
	defer mu.Unlock()
	if len(seen) == 0 {
		t.Fatal("got no progress in 4s")
	}
	if last := seen[len(seen)-1]; math.IsNaN(last.Incumbent) || math.IsNaN(last.Bound) {
		t.Errorf("got last progress %+v, want incumbent and bound", last)
	}
	for i := 1; i < len(seen); i++ {
		if seen[i].Seconds < seen[i-1].Seconds {
			t.Errorf("progress went back in time: %+v after %+v", seen[i], seen[i-1])
		}
	}
}

// concurrent solves in four goroutines.
func concurrent(t *testing.T, s lp.Solver) {
	cases := Cases()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range cases {
				c := cases[(i+g*5)%len(cases)]
				if c.Stop != lp.StopOptimal {
					continue
				}
				res, err := s.Solve(context.Background(), c.Problem, lp.Options{})
				if err != nil {
					t.Errorf("%s: %v", c.Name, err)
				} else if !(math.Abs(res.Objective-c.Objective) <= 0.01) {
					t.Errorf("%s: got objective %v, want %v", c.Name, res.Objective, c.Objective)
				}
			}
		})
	}
	wg.Wait()
}

// start gives a full solution, and then one that is none: neither may change the answer.
func start(t *testing.T, s lp.Solver) {
	c := integer()[2]
	for _, x := range [][]float64{{1, 1, 3, 3}, {0, 0, 9, 9}, {1, 0, 6, 0}} {
		res := mustSolve(t, s, c.Problem, lp.Options{Start: x})
		if res.Stop != lp.StopOptimal {
			t.Fatalf("start %v: got stop %v, want optimal", x, res.Stop)
		}
		optimal(t, c.Problem, res, c.Objective)
	}
}

// determinism wants the same bits for the same seed.
func determinism(t *testing.T, s lp.Solver) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		p := Random(rng, 7, 4)
		a := mustSolve(t, s, p, lp.Options{Seed: 7})
		b := mustSolve(t, s, p, lp.Options{Seed: 7})
		if a.Stop != b.Stop || !slices.Equal(a.X, b.X) || math.Float64bits(a.Objective) != math.Float64bits(b.Objective) {
			t.Errorf("same seed, got %v %v and %v %v", a.Objective, a.X, b.Objective, b.X)
		}
		if a.Seed != 7 {
			t.Errorf("got seed %d, want 7", a.Seed)
		}
	}
}

// unchanged wants the arrays of a problem left alone.
func unchanged(t *testing.T, s lp.Solver) {
	fresh := func() *lp.Problem { return Random(rand.New(rand.NewPCG(5, 6)), 7, 4) }
	p := fresh()
	mustSolve(t, s, p, lp.Options{})
	if want := fresh(); !reflect.DeepEqual(p, want) {
		t.Errorf("the solver changed the problem")
	}
}
