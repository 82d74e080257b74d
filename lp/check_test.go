package lp

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// sparse returns a random problem whose point x is feasible by construction, with terms that cancel.
func sparse(rng *rand.Rand, rows, cols, perCol int) (*Problem, []float64) {
	b := NewBuilder("sparse", Minimize, cols, rows, cols*perCol)
	x := make([]float64, cols)
	for j := range cols {
		x[j] = float64(rng.IntN(100))
		if j%3 == 0 {
			b.IntCol(rng.Float64(), 0, 100)
		} else {
			x[j] += rng.Float64()
			b.Col(rng.Float64(), 0, 101)
		}
	}
	for range rows {
		b.Row(0, 0)
	}
	for j := range cols {
		for range perCol {
			b.Add(rng.IntN(rows), j, rng.Float64()*20-10)
		}
	}
	p, err := b.Build()
	if err != nil {
		panic(err)
	}
	act, _ := activities(p, x)
	for i := range act {
		p.RowLower[i], p.RowUpper[i] = act[i].hi-1e-9, act[i].hi+1e-9
	}
	return p, x
}

func TestCheck(t *testing.T) {
	b := NewBuilder("", Maximize, 0, 0, 0)
	b.NameCols(func(i int) string { return []string{"make", "open"}[i] })
	b.NameRows(func(int) string { return "cap" })
	b.Col(2, 0, 100)
	b.IntCol(-5, 0, 1)
	b.Row(-Inf, 0)
	b.Add(0, 0, 1)
	b.Add(0, 1, -80)
	b.AddOffset(3)
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		x         []float64
		objective float64
		says      string // "" passes
	}{
		{[]float64{80, 1}, 158, ""},
		{[]float64{0, 0}, 3, ""},
		{[]float64{80 + 1e-7, 1}, 158 + 2e-7, ""},
		{[]float64{81, 1}, 160, "row cap is broken by 1"},
		{[]float64{40, 0.5}, 80.5, "integer column open is 0.5 from an integer"},
		{[]float64{-1, 0}, 1, "a bound of column make is broken by 1"},
		{[]float64{80, 2}, 153, "a bound of column open is broken by 1"},
		{[]float64{80}, math.NaN(), "1 values for 2 columns"},
		{[]float64{80, 1, 1}, math.NaN(), "3 values for 2 columns"},
		{nil, math.NaN(), "0 values for 2 columns"},
		{[]float64{math.NaN(), 1}, math.NaN(), "column make has the value NaN"},
		{[]float64{1, math.Inf(-1)}, math.NaN(), "column open has the value -Inf"},
	}
	for _, tt := range tests {
		r := Check(p, tt.x)
		if got := r.Describe(p, FeasibilityTolerance, 0); got != tt.says || r.Passes(FeasibilityTolerance, 0) != (got == "") {
			t.Errorf("%v: got %q, want %q", tt.x, got, tt.says)
		}
		if r.Objective != tt.objective && !(math.IsNaN(r.Objective) && math.IsNaN(tt.objective)) {
			t.Errorf("%v: got objective %v, want %v", tt.x, r.Objective, tt.objective)
		}
	}
}

// Cancellation that ordinary sums get wrong.
func TestCheckIsExact(t *testing.T) {
	b := NewBuilder("", Minimize, 0, 0, 0)
	v := []float64{1e16, 1, -1e16, 0.1, 3e15, -3e15, 1e-3}
	b.Row(1.101, 1.101)
	for j, a := range v {
		b.Add(0, b.Col(a, 0, 1), v[j])
	}
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	r := Check(p, []float64{1, 1, 1, 1, 1, 1, 1})
	if r.MaxRowViolation > 1e-15 || math.Abs(r.Objective-1.101) > 1e-15 {
		t.Errorf("got violation %v and objective %v, want 0 and 1.101", r.MaxRowViolation, r.Objective)
	}
}

// Against big.Float, on random points with large terms.
func TestCheckAgainstExactArithmetic(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 1 + rng.IntN(50)
		b := NewBuilder("", Minimize, n, 1, n)
		x := make([]float64, n)
		sum := new(big.Float).SetPrec(2000)
		b.Row(-Inf, Inf)
		for j := range n {
			a := math.Ldexp(rng.Float64()-0.5, rng.IntN(60))
			x[j] = math.Ldexp(rng.Float64()-0.5, rng.IntN(20))
			b.Add(0, b.Col(a, -Inf, Inf), a)
			sum.Add(sum, new(big.Float).SetPrec(2000).Mul(big.NewFloat(a), big.NewFloat(x[j])))
		}
		p, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		want, _ := sum.Float64()
		if got := Check(p, x).Objective; math.Abs(got-want) > 1e-15*math.Abs(want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

// Good points pass, spoilt ones do not.
func TestCheckFindsEveryFault(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	spoil := map[string]func(p *Problem, x []float64) []float64{
		"bound":       func(_ *Problem, x []float64) []float64 { x[rng.IntN(len(x))] = -0.001; return x },
		"row":         func(_ *Problem, x []float64) []float64 { x[1+3*rng.IntN(len(x)/3)] += 0.01; return x },
		"integrality": func(_ *Problem, x []float64) []float64 { x[3*rng.IntN(len(x)/3)] += 0.001; return x },
		"missing":     func(_ *Problem, x []float64) []float64 { return x[:rng.IntN(len(x))] },
		"extra":       func(_ *Problem, x []float64) []float64 { return append(x, 0) },
		"nan":         func(_ *Problem, x []float64) []float64 { x[rng.IntN(len(x))] = math.NaN(); return x },
		"swapped": func(_ *Problem, x []float64) []float64 {
			for {
				if i, j := rng.IntN(len(x)), rng.IntN(len(x)); math.Abs(x[i]-x[j]) > 0.1 {
					x[i], x[j] = x[j], x[i]
					return x
				}
			}
		},
	}
	for range 100 {
		p, x := sparse(rng, 20, 60, 5)
		if r := Check(p, x); !r.Passes(FeasibilityTolerance, 0) {
			t.Fatalf("a good point is refused: %s", r.Describe(p, FeasibilityTolerance, 0))
		}
		for name, f := range spoil {
			if y := f(p, append([]float64(nil), x...)); Check(p, y).Passes(FeasibilityTolerance, 0) {
				t.Errorf("%s: a spoilt point passes", name)
			}
		}
	}
}

func TestCheckLP(t *testing.T) {
	b := NewBuilder("", Maximize, 0, 0, 0)
	b.Col(3, 0, Inf)
	b.Col(5, 0, Inf)
	for _, r := range [][3]float64{{4, 1, 0}, {12, 0, 2}, {18, 3, 2}} {
		i := b.Row(-Inf, r[0])
		b.Add(i, 0, r[1])
		b.Add(i, 1, r[2])
	}
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		res  Result
		says string
	}{
		{"right", Result{X: []float64{2, 6}, RowDual: []float64{0, 1.5, 1}, ColDual: []float64{0, 0}}, ""},
		{"not optimal", Result{X: []float64{4, 3}, RowDual: []float64{0, 1.5, 1}, ColDual: []float64{0, 0}}, "prove only a bound of 36"},
		{"weak duals", Result{X: []float64{2, 6}, RowDual: []float64{3, 2.5, 0}, ColDual: []float64{0, 0}}, "prove only a bound of 42"},
		{"wrong sign", Result{X: []float64{2, 6}, RowDual: []float64{0, -1.5, -1}, ColDual: []float64{6, 10}}, "duals are infeasible"},
		{"wrong reduced cost", Result{X: []float64{2, 6}, RowDual: []float64{0, 1.5, 1}, ColDual: []float64{0, 1}}, "reduced costs"},
		{"nan", Result{X: []float64{2, 6}, RowDual: []float64{0, math.NaN(), 1}, ColDual: []float64{0, 0}}, "reduced costs"},
		{"no duals", Result{X: []float64{2, 6}}, "0 row and 0 column duals"},
		{"infeasible point", Result{X: []float64{9, 6}, RowDual: []float64{0, 1.5, 1}, ColDual: []float64{0, 0}}, "is broken"},
	}
	for _, tt := range tests {
		r := CheckLP(p, &tt.res)
		got := r.Describe(p, FeasibilityTolerance, DualTolerance)
		if (got == "") != (tt.says == "") || !strings.Contains(got, tt.says) || r.Optimal(FeasibilityTolerance, DualTolerance) != (got == "") {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.says)
		}
	}
}

// A million nonzeros: the goal is 0.1 s.
func BenchmarkCheck(b *testing.B) {
	p, x := sparse(rand.New(rand.NewPCG(1, 1)), 50_000, 100_000, 10)
	b.ReportMetric(float64(p.Nonzeros()), "nonzeros")
	for b.Loop() {
		Check(p, x)
	}
}

func BenchmarkCheckLP(b *testing.B) {
	p, x := sparse(rand.New(rand.NewPCG(1, 1)), 200, 300, 4)
	res := &Result{X: x, RowDual: make([]float64, p.Rows()), ColDual: p.Cost}
	for b.Loop() {
		CheckLP(p, res)
	}
}
