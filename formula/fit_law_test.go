package formula

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"headroom"
)

// anyOutturn draws a matrix with zeros, its totals, and other weights with the same zeros.
func anyOutturn(t *rapid.T) (rows []headroom.Outturn, n, m int) {
	n, m = rapid.IntRange(1, 6).Draw(t, "vehicles"), rapid.IntRange(1, 5).Draw(t, "markets")
	vehicles, markets := make([]float64, n), make([]float64, m)
	add := func(v, r string, units float64) {
		rows = append(rows, headroom.Outturn{Year: 2025, Group: "cars", Vehicle: v, Market: r, Units: units})
	}
	for i := range n {
		for j := range m {
			cell, weight := 0.0, 0.0
			if rapid.IntRange(0, 3).Draw(t, "zero") > 0 {
				cell = float64(rapid.IntRange(1, 1000).Draw(t, "cell"))
				weight = float64(rapid.IntRange(1, 100).Draw(t, "weight")) / 10
			}
			vehicles[i] += cell
			markets[j] += cell
			add(fmt.Sprint("v", i), fmt.Sprint("r", j), weight)
		}
	}
	for i := range n {
		add(fmt.Sprint("v", i), "*", vehicles[i])
	}
	for j := range m {
		add("*", fmt.Sprint("r", j), markets[j])
	}
	return rows, n, m
}

// TestFitLaw: totals are met, zeros are kept, nothing is negative, the order of the rows does not matter, and cells are
// weights times factors, so that every ratio of ratios is that of the weights.
func TestFitLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows, n, m := anyOutturn(t)
		fit, _, err := Fit(rows, 2025, "cars")
		if err != nil {
			t.Fatal(err)
		}
		weight := map[[2]string]float64{}
		for _, r := range rows {
			switch {
			case r.Market == "*":
				near(t, fit.Vehicle(r.Vehicle), r.Units)
			case r.Vehicle == "*":
				near(t, fit.Market(r.Market), r.Units)
			default:
				weight[[2]string{r.Vehicle, r.Market}] = r.Units
				got, ok := fit.At(r.Vehicle, r.Market)
				if !ok || got < 0 || r.Units == 0 && got != 0 {
					t.Fatalf("%s in %s is %v, %v of weight %v", r.Vehicle, r.Market, got, ok, r.Units)
				}
			}
		}
		again, _, err := Fit(rapid.Permutation(rows).Draw(t, "order"), 2025, "cars")
		if err != nil || fmt.Sprint(again) != fmt.Sprint(fit) {
			t.Fatalf("in another order: %v, %v, want %v", again, err, fit)
		}
		for i := 1; i < n; i++ {
			for j := 1; j < m; j++ {
				a, b := [2]string{"v0", "r0"}, [2]string{fmt.Sprint("v", i), fmt.Sprint("r", j)}
				cross := func(at func(v, r string) float64) float64 {
					return at(a[0], a[1]) * at(b[0], b[1]) / at(a[0], b[1]) / at(b[0], a[1])
				}
				want := cross(func(v, r string) float64 { return weight[[2]string{v, r}] })
				got := cross(func(v, r string) float64 { x, _ := fit.At(v, r); return x })
				if want > 0 && !math.IsInf(want, 0) && math.Abs(got-want) > 1e-6*want {
					t.Fatalf("ratio of ratios %v, want %v", got, want)
				}
			}
		}
	})
}

func near(t *rapid.T, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 2*FitTolerance*want {
		t.Fatalf("total %v, want %v", got, want)
	}
}
