package solved_test

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"headroom/internal/counted"
	"headroom/lp"
	"headroom/lp/lptest"
	"headroom/solved"
)

// counting is a solver that says how often it was asked.
func counting(of lp.Solver) (lp.Solver, *atomic.Int64) {
	var n atomic.Int64
	return &lptest.Fake{Func: func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
		n.Add(1)
		return of.Solve(ctx, p, o)
	}}, &n
}

func mustSolve(t *testing.T, s lp.Solver, p *lp.Problem, o lp.Options) *lp.Result {
	t.Helper()
	r, err := s.Solve(t.Context(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// same reports whether two results are one but for the clock.
func same(a, b *lp.Result) bool {
	x, y := *a, *b
	x.Seconds, y.Seconds = 0, 0
	for _, pair := range [][2]*float64{{&x.Objective, &y.Objective}, {&x.Bound, &y.Bound}, {&x.Gap, &y.Gap}} {
		if math.IsNaN(*pair[0]) && math.IsNaN(*pair[1]) {
			*pair[0], *pair[1] = 0, 0
		}
	}
	x.X, y.X = slices.Concat(x.X, x.RowDual, x.ColDual), slices.Concat(y.X, y.RowDual, y.ColDual)
	x.RowDual, y.RowDual, x.ColDual, y.ColDual = nil, nil, nil, nil
	return reflect.DeepEqual(x, y)
}

// TestKept asks random programmes again, of the same store and of another one over the same folder: the answers are those of the
// solver, and it is asked once.
func TestKept(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	dir := filepath.Join(t.TempDir(), "new", "folder")
	s, n := counting(&lptest.Enumerate{})
	for i := range int64(40) {
		p := lptest.Random(r, 1+r.IntN(5), 1+r.IntN(4))
		o := lp.Options{Seed: r.IntN(3)}
		want := mustSolve(t, &lptest.Enumerate{}, p, o)
		first := solved.New(dir, 0)
		for _, store := range []*solved.Store{first, first, solved.New(dir, 0)} {
			got := mustSolve(t, store.Solver(s), p, o)
			if !same(got, want) {
				t.Fatalf("got %+v\nwant %+v", got, want)
			}
			for j := range got.X {
				got.X[j] = -1 // what a caller does to its copy is its own affair
			}
		}
		if n.Load() != i+1 {
			t.Fatalf("asked %d times for %d programmes (stop %s)", n.Load(), i+1, want.Stop)
		}
		if err := first.Trouble(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKeys changes one thing at a time: each that can change an answer changes the key, and no other does.
func TestKeys(t *testing.T) {
	t.Parallel()
	base := func() (lp.Info, *lp.Problem, lp.Options) {
		p := lptest.Random(rand.New(rand.NewPCG(3, 4)), 4, 3)
		p.Integer = []bool{true, false, true, false}
		return lp.Info{Name: "n", Version: "v", Backend: "b"}, p, lp.Options{}
	}
	key := func(change func(i *lp.Info, p *lp.Problem, o *lp.Options)) solved.Key {
		i, p, o := base()
		change(&i, p, &o)
		return solved.KeyOf(i, p, o)
	}
	plain := key(func(*lp.Info, *lp.Problem, *lp.Options) {})
	seen := map[solved.Key]string{plain: "nothing"}
	for name, change := range map[string]func(i *lp.Info, p *lp.Problem, o *lp.Options){
		"name":     func(i *lp.Info, _ *lp.Problem, _ *lp.Options) { i.Name = "m" },
		"version":  func(i *lp.Info, _ *lp.Problem, _ *lp.Options) { i.Version = "w" },
		"back end": func(i *lp.Info, _ *lp.Problem, _ *lp.Options) { i.Backend = "c" },
		"moved":    func(i *lp.Info, _ *lp.Problem, _ *lp.Options) { i.Name, i.Version = "nv", "" },
		"sense":    func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.Sense = 1 - p.Sense },
		"offset":   func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.Offset += 1e-9 },
		"cost":     func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.Cost[2] += 1e-9 },
		"lower":    func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.Lower[2] -= 1 },
		"upper":    func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.Upper[2] += 1 },
		"integer":  func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.Integer[1] = true },
		"no integer": func(_ *lp.Info, p *lp.Problem, _ *lp.Options) {
			p.Integer = nil
		},
		"row lower": func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.RowLower[1] -= 1 },
		"row upper": func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.RowUpper[1] += 1 },
		"value":     func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.Value[0] *= 2 },
		"index":     func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.Index[0]++ },
		"gap":       func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.Gap = 1e-3 },
		"abs gap":   func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.AbsGap = 1e-3 },
		"nodes":     func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.Nodes = 1 },
		"seed":      func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.Seed = 2 },
		"threads":   func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.Threads = 2 },
		"start":     func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.Start = make([]float64, 4) },
		"presolve":  func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.NoPresolve = true },
		"rules":     func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.PresolveRuleOff = 1 },
		"flows":     func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.FlowBalance = true },
	} {
		k := key(change)
		if other, ok := seen[k]; ok {
			t.Errorf("%s has the key of %s", name, other)
		}
		seen[k] = name
	}
	for name, change := range map[string]func(i *lp.Info, p *lp.Problem, o *lp.Options){
		"path":         func(i *lp.Info, _ *lp.Problem, _ *lp.Options) { i.Path = "elsewhere" },
		"problem name": func(_ *lp.Info, p *lp.Problem, _ *lp.Options) { p.Name = "another" },
		"time":         func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.Time = 1 },
		"seed 1":       func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.Seed = 1 },
		"default gap":  func(_ *lp.Info, _ *lp.Problem, o *lp.Options) { o.Gap = lp.GapDefault },
	} {
		if key(change) != plain {
			t.Errorf("%s changes the key and no answer", name)
		}
	}
	fields := reflect.TypeFor[lp.Options]().NumField()
	if problem := reflect.TypeFor[lp.Problem]().NumField(); fields != 12 || problem != 14 {
		t.Errorf("lp.Options has %d fields and lp.Problem %d: KeyOf is to know each that can change an answer", fields, problem)
	}
}

// TestDamaged damages entries in every way that a disk has: none is taken, and none does harm.
func TestDamaged(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	for range counted.N(40, 2000) {
		dir := t.TempDir()
		p := lptest.Random(r, 3, 2)
		want := mustSolve(t, solved.New(dir, 0).Solver(&lptest.Enumerate{}), p, lp.Options{})
		names, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(names) != 1 {
			t.Fatalf("%v %v", names, err)
		}
		data, err := os.ReadFile(names[0])
		if err != nil {
			t.Fatal(err)
		}
		switch at := r.IntN(len(data)); r.IntN(3) {
		case 0:
			data = data[:at]
		case 1:
			data[at] ^= 1 << r.IntN(8)
		case 2:
			data = slices.Concat(data[:at], []byte{byte(r.IntN(256))}, data[at:])
		}
		if err := os.WriteFile(names[0], data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, n := counting(&lptest.Enumerate{})
		if got := mustSolve(t, solved.New(dir, 0).Solver(s), p, lp.Options{}); !same(got, want) || n.Load() != 1 {
			t.Fatalf("asked %d times: %+v, want %+v", n.Load(), got, want)
		}
	}
}

// TestMoved gives the answer of one programme the name of another's.
func TestMoved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 2))
	p, q := lptest.Random(r, 3, 2), lptest.Random(r, 3, 2)
	mustSolve(t, solved.New(dir, 0).Solver(&lptest.Enumerate{}), p, lp.Options{})
	from, _ := filepath.Glob(filepath.Join(dir, "*"))
	mustSolve(t, solved.New(dir, 0).Solver(&lptest.Enumerate{}), q, lp.Options{})
	all, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(from) != 1 || len(all) != 2 {
		t.Fatalf("%v %v", from, all)
	}
	to := all[1-slices.Index(all, from[0])]
	data, err := os.ReadFile(from[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, n := counting(&lptest.Enumerate{})
	mustSolve(t, solved.New(dir, 0).Solver(s), q, lp.Options{})
	if n.Load() != 1 {
		t.Error("the answer of another programme was taken")
	}
}

// TestNotKept holds that what a limit or an interrupt cut short is asked again, as is what failed.
func TestNotKept(t *testing.T) {
	t.Parallel()
	p := lptest.Random(rand.New(rand.NewPCG(1, 2)), 3, 2)
	for _, stop := range []lp.Stop{lp.StopUnknown, lp.StopTime, lp.StopInterrupt, lp.StopMemory, lp.StopError} {
		dir := t.TempDir()
		s, n := counting(&lptest.Fake{Func: func(context.Context, *lp.Problem, lp.Options) (*lp.Result, error) {
			return &lp.Result{Stop: stop, Objective: math.NaN(), Bound: math.NaN()}, nil
		}})
		store := solved.New(dir, 0)
		for range 2 {
			mustSolve(t, store.Solver(s), p, lp.Options{})
		}
		if n.Load() != 2 {
			t.Errorf("%s was kept", stop)
		}
		if names, _ := filepath.Glob(filepath.Join(dir, "*")); len(names) > 0 {
			t.Errorf("%s is on the disk: %v", stop, names)
		}
	}
	s, n := counting(&lptest.Enumerate{})
	store := solved.New("", 0)
	for range 2 {
		mustSolve(t, store.Solver(s), p, lp.Options{Text: func(string) {}})
		mustSolve(t, store.Solver(s), p, lp.Options{Threads: 2})
	}
	if n.Load() != 4 {
		t.Errorf("asked %d times, want 4: a log and several threads are not kept", n.Load())
	}
}

// TestTogether has many ask the same at once, in one process and through two stores over one folder.
func TestTogether(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	p := lptest.Random(r, 4, 3)
	want := mustSolve(t, &lptest.Enumerate{}, p, lp.Options{})
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 2 {
		store := solved.New(dir, 0)
		s, n := counting(&lptest.Enumerate{})
		for range 8 {
			wg.Go(func() {
				if got, err := store.Solver(s).Solve(t.Context(), p, lp.Options{}); err != nil || !same(got, want) {
					t.Errorf("%v %+v", err, got)
				}
			})
		}
		defer func() {
			if n.Load() > 1 {
				t.Errorf("one store asked %d times", n.Load())
			}
		}()
	}
	wg.Wait()
}

// TestWaiting ends the context of one that waits for another's answer.
func TestWaiting(t *testing.T) {
	t.Parallel()
	p := lptest.Random(rand.New(rand.NewPCG(1, 2)), 3, 2)
	entered, leave := make(chan struct{}), make(chan struct{})
	s := &lptest.Fake{Func: func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
		if ctx.Err() != nil {
			return &lp.Result{Stop: lp.StopInterrupt}, nil
		}
		close(entered)
		<-leave
		return (&lptest.Enumerate{}).Solve(ctx, p, o)
	}}
	store := solved.New("", 0)
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = store.Solver(s).Solve(context.Background(), p, lp.Options{}) })
	<-entered
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r, err := store.Solver(s).Solve(ctx, p, lp.Options{}); err != nil || r.Stop != lp.StopInterrupt {
		t.Errorf("%v %v", r, err)
	}
	close(leave)
	wg.Wait()
}

// TestLimit keeps more than the folder may hold.
func TestLimit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(5, 6))
	store := solved.New(dir, 4000)
	for range 60 {
		mustSolve(t, store.Solver(&lptest.Enumerate{}), lptest.Random(r, 4, 3), lp.Options{})
	}
	n, size, err := store.Kept()
	if err != nil || n == 0 || size > 4000+4000/16+1000 {
		t.Errorf("%d entries of %d bytes, %v", n, size, err)
	}
	removed, err := store.Clear()
	if err != nil || removed != n {
		t.Errorf("removed %d of %d, %v", removed, n, err)
	}
}

// TestChecked holds that a kept answer is checked like a fresh one: a lie that was kept is found by lp.Run.
func TestChecked(t *testing.T) {
	t.Parallel()
	b := lp.NewBuilder("one", lp.Maximize, 1, 1, 1)
	j := b.IntCol(1, 0, 10)
	b.Add(b.Row(-lp.Inf, 7), j, 2)
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	store := solved.New("", 0)
	lie := &lptest.Fake{Func: func(context.Context, *lp.Problem, lp.Options) (*lp.Result, error) {
		return &lp.Result{Stop: lp.StopOptimal, Primal: lp.PointFeasible, Objective: 9, Bound: 9, X: []float64{9}}, nil
	}}
	for range 2 {
		out, err := lp.Run(t.Context(), store.Solver(lie), p, lp.Options{}, lp.RunOptions{})
		if err != nil || out.Status != lp.StatusDisputed {
			t.Errorf("%v %+v", err, out)
		}
	}
}
