package highs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"headroom/internal/tree"
	"headroom/lp"
	"headroom/lp/lptest"
)

// open is the solver of a choice. Where there is no native library its tests are skipped.
func open(t testing.TB, choice string) *Solver {
	t.Helper()
	s, _, err := Find(choice, Config{Getenv: tree.Getenv})
	if err != nil && choice == Native {
		t.Skipf("no native solver: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() }) //nolint:errcheck // never fails
	return s
}

// both runs a test on both back ends.
func both(t *testing.T, f func(t *testing.T, s *Solver)) {
	for _, choice := range []string{Native, WASM} {
		t.Run(choice, func(t *testing.T) { f(t, open(t, choice)) })
	}
}

func TestSuite(t *testing.T) {
	for _, choice := range []string{Native, WASM} {
		t.Run(choice, func(t *testing.T) {
			s := open(t, choice)
			t.Parallel()
			lptest.Suite(t, func(*testing.T) lp.Solver { return s })
		})
	}
}

// facility is a random capacitated facility location problem.
func facility(sites, customers int, seed uint64) *lp.Problem {
	rng := rand.New(rand.NewPCG(seed, 7))
	b := lp.NewBuilder("facility", lp.Minimize, sites*(customers+1), customers+sites*(customers+1), 0)
	b.NameCols(nil)
	type place struct{ x, y float64 }
	at := func() place { return place{rng.Float64(), rng.Float64()} }
	places, open, room := make([]place, sites), make([]int, sites), make([]int, sites)
	for i := range sites {
		places[i] = at()
		open[i] = b.IntCol(300+200*rng.Float64(), 0, 1)
		room[i] = b.Row(-lp.Inf, 0)
		b.Add(room[i], open[i], -5*float64(customers)/float64(sites)*(1+rng.Float64()))
	}
	for range customers {
		p, demand, served := at(), .5+rng.Float64(), b.Row(1, 1)
		for i, q := range places {
			flow := b.Col(100*demand*math.Hypot(p.x-q.x, p.y-q.y), 0, 1)
			link := b.Row(-lp.Inf, 0)
			b.Add(served, flow, 1)
			b.Add(room[i], flow, demand)
			b.Add(link, flow, 1)
			b.Add(link, open[i], -1)
		}
	}
	p, err := b.Build()
	if err != nil {
		panic(err)
	}
	return p
}

func TestBothAgree(t *testing.T) {
	native, wasm := open(t, Native), open(t, WASM)
	rng := rand.New(rand.NewPCG(11, 12))
	problems := []*lp.Problem{facility(8, 20, 1), facility(12, 30, 2), facility(12, 30, 3).Relaxed()}
	for range 60 {
		problems = append(problems, lptest.Random(rng, 12, 8))
	}
	for k, p := range problems {
		a, err := native.Solve(t.Context(), p, lp.Options{Gap: 1e-9})
		b, err2 := wasm.Solve(t.Context(), p, lp.Options{Gap: 1e-9})
		if err != nil || err2 != nil {
			t.Fatal(k, err, err2)
		}
		if a.Stop != b.Stop || a.Stop == lp.StopOptimal && math.Abs(a.Objective-b.Objective) > 1e-6*max(1, math.Abs(a.Objective)) {
			t.Errorf("problem %d: native %v %v, wasm %v %v", k, a.Stop, a.Objective, b.Stop, b.Objective)
		}
	}
}

// TestFreshAndUsed wants the same bytes from a new process or instance and from one that solved something else before.
func TestFreshAndUsed(t *testing.T) {
	both(t, func(t *testing.T, s *Solver) {
		p := facility(10, 25, 5)
		fresh, err := s.Solve(t.Context(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for k := range uint64(3) {
			if _, err := s.Solve(t.Context(), facility(6, 15, k), lp.Options{Seed: 3, NoPresolve: true}); err != nil {
				t.Fatal(err)
			}
		}
		used, err := s.Solve(t.Context(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(fresh.X, used.X) || fresh.Objective != used.Objective || fresh.Nodes != used.Nodes {
			t.Errorf("fresh %v in %d nodes, used %v in %d", fresh.Objective, fresh.Nodes, used.Objective, used.Nodes)
		}
	})
}

// TestCancelAnywhere cancels at many moments of a solve: while the problem is handed over, in presolve, at the root.
func TestCancelAnywhere(t *testing.T) {
	p := facility(30, 120, 9)
	both(t, func(t *testing.T, s *Solver) {
		if _, err := s.Solve(t.Context(), tiny(t), lp.Options{}); err != nil {
			t.Fatal(err) // compiles
		}
		for _, after := range []time.Duration{0, 1, 3, 10, 30, 100, 300} {
			ctx, cancel := context.WithTimeout(t.Context(), after*time.Millisecond)
			began := time.Now()
			r, err := s.Solve(ctx, p, lp.Options{Gap: 1e-9})
			late := time.Since(began) - after*time.Millisecond
			cancel()
			if err != nil {
				t.Fatal(err)
			}
			if r.Stop != lp.StopInterrupt && r.Stop != lp.StopOptimal || late > time.Second {
				t.Errorf("cancelled after %v ms: %v, %v late", int64(after), r.Stop, late)
			}
			if r.X != nil {
				if rep := lp.Check(p, r.X); !rep.Passes(lp.FeasibilityTolerance, lp.IntegralityTolerance) {
					t.Errorf("cancelled after %v ms: the solution does not pass", int64(after))
				}
			}
		}
		// The solver is as good as before.
		if r, err := s.Solve(t.Context(), tiny(t), lp.Options{}); err != nil || r.Objective != 5 {
			t.Errorf("after the cancels: %+v, %v", r, err)
		}
	})
}

func TestText(t *testing.T) {
	both(t, func(t *testing.T, s *Solver) {
		var mu sync.Mutex
		var lines []string
		_, err := s.Solve(t.Context(), facility(6, 12, 1), lp.Options{Text: func(line string) {
			mu.Lock()
			defer mu.Unlock()
			lines = append(lines, line)
		}})
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(lines, "\n")
		for _, want := range []string{"Running HiGHS " + s.Info().Version, "Solving report", "Status            Optimal"} {
			if !strings.Contains(text, want) {
				t.Errorf("the log lacks %q:\n%s", want, text)
			}
		}
	})
}

func TestRefused(t *testing.T) {
	b := lp.NewBuilder("refused", lp.Minimize, 1, 1, 1)
	x, r := b.Col(1, 0, 1), b.Row(1, lp.Inf)
	b.Add(r, x, 1e20)
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	both(t, func(t *testing.T, s *Solver) {
		if _, err := s.Solve(t.Context(), p, lp.Options{}); err == nil || !strings.Contains(err.Error(), "refuses the problem: ") {
			t.Errorf("error is %v", err)
		}
		if r, err := s.Solve(t.Context(), tiny(t), lp.Options{}); err != nil || r.Objective != 5 {
			t.Errorf("after it: %+v, %v", r, err)
		}
	})
}

func TestShape(t *testing.T) {
	p := tiny(t)
	for _, wrong := range []*lp.Problem{p.WithBounds(p.Lower[:1], p.Upper), p.WithRowBounds(p.RowLower, nil), p.WithObjective(lp.Minimize, p.Cost[:1], 0)} {
		if r, err := open(t, WASM).Solve(t.Context(), wrong, lp.Options{}); err == nil {
			t.Errorf("a problem of no shape is solved: %+v", r)
		}
	}
}

// TestMemory wants too little memory to be an outcome, not a crash of this process.
func TestMemory(t *testing.T) {
	p := facility(60, 400, 4)
	s, _, err := Find(Native, Config{Memory: 64 << 20})
	if err != nil {
		t.Skipf("no native solver: %v", err)
	}
	defer s.Close() //nolint:errcheck // never fails
	r, err := s.Solve(t.Context(), p, lp.Options{Time: 10 * time.Second})
	if err == nil && r.Stop != lp.StopMemory {
		t.Errorf("stopped by %v (%s)", r.Stop, r.Text)
	}
}

func TestConcurrentDifferentThreads(t *testing.T) {
	s := open(t, Native)
	var wg sync.WaitGroup
	for k := range 6 {
		wg.Go(func() {
			r, err := s.Solve(t.Context(), facility(6, 15, uint64(k)), lp.Options{Threads: 1 + k%2})
			if err != nil || r.Stop != lp.StopOptimal {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
	wg.Wait()
}

func TestEmbedded(t *testing.T) {
	sum := sha256.Sum256(wasmBinary)
	if got := hex.EncodeToString(sum[:]); got != wasmHash {
		t.Errorf("wasm/highs.wasm has the sha256 %s, not %s", got, wasmHash)
	}
	if licence, err := os.ReadFile("wasm/LICENSE"); err != nil || !strings.Contains(string(licence), "MIT License") {
		t.Errorf("the licence is not beside it: %v", err)
	}
	e, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	v := &visit{job: &job{p: tiny(t)}}
	v.ctx = context.WithValue(context.Background(), visitKey{}, v)
	if _, err := e.open(v); err != nil {
		t.Fatal(err)
	}
	defer v.close() //nolint:errcheck // a test
	if got := v.text(uint32(v.call("Highs_version"))); got != wasmVersion {
		t.Errorf("the embedded solver is HiGHS %s, not %s", got, wasmVersion)
	}
	if got := v.call("Highs_getSizeofHighsInt", 0); got != 4 {
		t.Errorf("its integers have %d bytes", got)
	}
}

// TestStatic builds the package without cgo and looks that nothing pulls in a dynamic loader.
func TestStatic(t *testing.T) {
	c := exec.Command("go", "list", "-deps", ".")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for path := range strings.Lines(string(out)) {
		path = strings.TrimSpace(path)
		if path == "runtime/cgo" || strings.Contains(path, "purego") {
			t.Errorf("the package depends on %s", path)
		}
	}
	c = exec.Command("go", "build", ".")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func BenchmarkSolve(b *testing.B) {
	p := facility(20, 60, 3)
	for _, choice := range []string{Native, WASM} {
		b.Run(choice, func(b *testing.B) { bench(b, choice, p) })
	}
}

// BenchmarkTiny is the cost of a solve beside the solving.
func BenchmarkTiny(b *testing.B) {
	for _, choice := range []string{Native, WASM} {
		b.Run(choice, func(b *testing.B) { bench(b, choice, tiny(b).Relaxed()) })
	}
	b.Run("native, fresh", func(b *testing.B) {
		s := open(b, Native)
		for b.Loop() {
			s.Close() //nolint:errcheck // never fails
			if _, err := s.Solve(context.Background(), tiny(b).Relaxed(), lp.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkHandOver is the time to hand over a million columns and two million nonzeros, which presolve solves at once.
func BenchmarkHandOver(b *testing.B) {
	builder := lp.NewBuilder("large", lp.Minimize, 1e6, 1e3, 2e6)
	for range 1000 {
		builder.Row(0, lp.Inf)
	}
	for j := range int(1e6) {
		builder.Col(1, 0, 1)
		builder.Add(j%1000, j, 1)
		builder.Add((j+1)%1000, j, 1)
	}
	p, err := builder.Build()
	if err != nil {
		b.Fatal(err)
	}
	s := open(b, Native)
	beside := 0.0
	for b.Loop() {
		j := &job{p: p, options: highsOptions(lp.Options{}, 0), threads: 1}
		began := time.Now()
		a, err := s.back.run(context.Background(), j)
		if err != nil || a.status() != statusOptimal {
			b.Fatal(err)
		}
		beside += time.Since(began).Seconds() - a.Seconds
	}
	b.ReportMetric(1e3*beside/float64(b.N), "ms-beside-HiGHS/op")
}

func bench(b *testing.B, choice string, p *lp.Problem) {
	s := open(b, choice)
	if _, err := s.Solve(context.Background(), p, lp.Options{}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r, err := s.Solve(context.Background(), p, lp.Options{})
		if err != nil || r.Stop != lp.StopOptimal {
			b.Fatal(fmt.Sprint(r, err))
		}
	}
}

// tiny is a problem of two columns and one row with the optimum 5.
func tiny(t testing.TB) *lp.Problem {
	t.Helper()
	b := lp.NewBuilder("tiny", lp.Maximize, 2, 1, 2)
	x, y := b.IntCol(1, 0, 4), b.Col(1, 0, lp.Inf)
	r := b.Row(-lp.Inf, 5)
	b.Add(r, x, 1)
	b.Add(r, y, 1)
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
