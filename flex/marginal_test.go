package flex

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// each has one of every distribution and rule.
var each = map[string]Marginal{
	"fixed":                  {Kind: Fixed, Mean: 70},
	"normal":                 {Kind: Normal, Mean: 100, SD: 40},
	"normal, conditioned":    {Kind: Normal, Mean: 100, SD: 40, Low: 50, High: 120, Rule: Condition},
	"normal, censored":       {Kind: Normal, Mean: 100, SD: 40, Low: 50, High: 120, Rule: Censor},
	"lognormal":              {Kind: Lognormal, Mean: 100, SD: 40},
	"lognormal, conditioned": {Kind: Lognormal, Mean: 100, SD: 40, Low: 50, High: 120, Rule: Condition},
	"lognormal, censored":    {Kind: Lognormal, Mean: 100, SD: 40, Low: 50, High: 120, Rule: Censor},
	"uniform":                {Kind: Uniform, Low: 20, High: 110},
	"triangular":             {Kind: Triangular, Low: 20, Mean: 40, High: 110},
	"empirical":              {Kind: Empirical, Values: []float64{30, 90, 100, 140}},
	"no spread":              {Kind: Normal, Mean: 100, Low: 50, High: 120, Rule: Condition},
}

// TestDraws compares the sampled mean and E min(D, x) with the formulas that the control and the keys rest on.
func TestDraws(t *testing.T) {
	t.Parallel()
	net := &Network{Capacity: []float64{1000}, Vehicles: 1}
	for name, m := range each {
		s, err := newSampler(&Demand{Marginals: []Marginal{m}}, NewScale(net), 1, false)
		if err != nil {
			t.Fatal(name, err)
		}
		rows := make([]Row, 1)
		const blocks = 2000
		for _, x := range []float64{40, 95, 130, 1000} {
			sum, squares := 0.0, 0.0
			for b := range blocks {
				s.block(b, rows)
				for lane := range Lanes {
					v := min(s.scale.Volume(int64(rows[0][lane])-int64(s.below[lane])), x)
					sum += v
					squares += v * v
				}
			}
			n := float64(blocks * Lanes)
			mean := sum / n
			se := math.Sqrt(max(0, squares/n-mean*mean) / n)
			if want := m.limited(x); math.Abs(mean-want) > 4*se+1e-4 {
				t.Errorf("%s: E min(D, %v) is %v by sampling and %v by formula", name, x, mean, want)
			}
		}
		if got, want := m.Expected(), m.limited(1e9); math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: the mean is %v and %v", name, got, want)
		}
	}
}

// TestQuantile holds that the quantile inverts the distribution function, and that its table is as exact as it says.
func TestQuantile(t *testing.T) {
	t.Parallel()
	for z := -37.0; z <= 8; z += 0.01 {
		p := capPhi(z)
		if got := quantile(p); math.Abs(got-z) > 1e-12 && (z < 0 || math.Abs(got-z) > 1e-8*max(1, math.Exp(z*z/2)*1e-7)) {
			t.Fatalf("quantile(Φ(%v)) = %v", z, got)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for _, r := range [][2]float64{{0, 1}, {capPhi(-2), 1 - 2*capPhi(-2)}, {0.9, 0.0999}, {0, 0.3}} {
		s := newScores(r[0], r[1])
		for range 100_000 {
			u := rng.Float64()
			if got, want := s.at(u), quantile(r[0]+u*r[1]); math.Abs(got-want) > 4*scoreError && want > -8 && want < 8 {
				t.Fatalf("%v: at %v the table says %v, the quantile is %v", r, u, got, want)
			}
		}
	}
}

// TestBadMarginals holds that what means nothing is refused in words.
func TestBadMarginals(t *testing.T) {
	t.Parallel()
	tests := []struct {
		m    Marginal
		want string
	}{
		{Marginal{Kind: "gumbel"}, "no distribution"},
		{Marginal{Kind: Normal, Mean: 10, SD: -1}, "below zero"},
		{Marginal{Kind: Normal, Mean: math.NaN()}, "not finite"},
		{Marginal{Kind: Normal, Mean: 100, SD: 1, Low: 300, High: 400, Rule: Condition}, "no mass"},
		{Marginal{Kind: Normal, Mean: 100, SD: 1, Low: 30, High: 30, Rule: Censor}, "leave nothing"},
		{Marginal{Kind: Normal, Mean: 100, SD: 1, Low: -30, High: -3, Rule: Censor}, "no demand above zero"},
		{Marginal{Kind: Normal, Mean: 100, SD: 1, Rule: "reject"}, "no truncation"},
		{Marginal{Kind: Uniform, Low: 3, High: 2}, "means nothing"},
		{Marginal{Kind: Uniform, Low: 1, High: 2, Rule: Censor}, "not truncated"},
		{Marginal{Kind: Triangular, Low: 3, Mean: 2, High: 5}, "means nothing"},
		{Marginal{Kind: Empirical}, "needs values"},
		{Marginal{Kind: Empirical, Values: []float64{-1}}, "below zero"},
		{Marginal{Kind: Lognormal, SD: 1}, "not above zero"},
		{Marginal{Kind: Fixed, Mean: -1}, "below zero"},
	}
	for _, tt := range tests {
		if err := tt.m.Validate(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v, want %q", tt.m, err, tt.want)
		}
	}
}

// TestCorrelation samples correlated scores, and refuses correlations that cannot be.
func TestCorrelation(t *testing.T) {
	t.Parallel()
	m := Marginal{Kind: Normal, Mean: 1000, SD: 100}
	c := Matrix{{1, 0.8, -0.3}, {0.8, 1, 0}, {-0.3, 0, 1}}
	net := &Network{Capacity: []float64{100_000}, Vehicles: 3}
	s, err := newSampler(&Demand{Marginals: []Marginal{m, m, m}, Correlation: c}, NewScale(net), 1, false)
	if err != nil {
		t.Fatal(err)
	}
	var sum [3]float64
	var products [3][3]float64
	rows := make([]Row, 3)
	const blocks = 1000
	for b := range blocks {
		s.block(b, rows)
		for lane := range Lanes {
			for i := range 3 {
				x := (s.scale.Volume(int64(rows[i][lane])) - 1000) / 100
				sum[i] += x
				for j := range 3 {
					products[i][j] += x * (s.scale.Volume(int64(rows[j][lane])) - 1000) / 100
				}
			}
		}
	}
	for i := range 3 {
		for j := range 3 {
			if got := products[i][j] / (blocks * Lanes); math.Abs(got-c[i][j]) > 0.015 {
				t.Errorf("correlation %d, %d is %v, want %v", i, j, got, c[i][j])
			}
		}
	}
	bad := Matrix{{1, 0.9, -0.9}, {0.9, 1, 0.9}, {-0.9, 0.9, 1}}
	_, err = newSampler(&Demand{Marginals: []Marginal{m, m, m}, Correlation: bad}, NewScale(net), 1, false)
	var e *NotPSDError
	if !errors.As(err, &e) {
		t.Fatalf("got %v", err)
	}
	if _, err := factor(e.Nearest); err != nil {
		t.Errorf("the nearest matrix is none either: %v", e.Nearest)
	}
	// three equal correlations of opposite signs: the nearest has ½ everywhere, by symmetry
	if math.Abs(e.Nearest[0][1]-0.5) > 1e-6 || math.Abs(e.Nearest[0][2]+0.5) > 1e-6 || math.Abs(e.Distance-0.4*math.Sqrt(6)) > 1e-5 {
		t.Errorf("the nearest is %v at %v", e.Nearest, e.Distance)
	}
	if math.Abs(e.Least+0.8) > 1e-9 {
		t.Errorf("the least eigenvalue is %v, want −0.8", e.Least)
	}
}
