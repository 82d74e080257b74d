package flex

import (
	"errors"
	"math"
	"testing"

	"headroom/internal/counted"
)

// nearest returns what factor says is the nearest correlation matrix, and whether m is none itself.
func nearest(tb testing.TB, m Matrix) (Matrix, bool) {
	tb.Helper()
	_, err := factor(m)
	var e *NotPSDError
	if err == nil {
		return nil, false
	}
	if !errors.As(err, &e) {
		tb.Fatal(err)
	}
	return e.Nearest, true
}

// TestNearestPublished is the example of Higham, Computing the nearest correlation matrix, IMA Journal of Numerical Analysis 22
// (2002), section 4.
func TestNearestPublished(t *testing.T) {
	t.Parallel()
	got, ok := nearest(t, Matrix{{1, 1, 0}, {1, 1, 1}, {0, 1, 1}})
	want := Matrix{{1, 0.7607, 0.1573}, {0.7607, 1, 0.7607}, {0.1573, 0.7607, 1}}
	if !ok {
		t.Fatal("it is taken for a correlation matrix")
	}
	for i := range want {
		for j := range want {
			if math.Abs(got[i][j]-want[i][j]) > 5e-5 {
				t.Errorf("%d, %d is %.6f, want %.4f", i, j, got[i][j], want[i][j])
			}
		}
	}
}

// TestCountedNearest: a point of a convex set is the nearest one to a point outside if no other point of the set lies further on
// that side: ⟨A − X, Y − X⟩ ≤ 0 for every correlation matrix Y. Random matrices, and for each random Y.
func TestCountedNearest(t *testing.T) {
	t.Parallel()
	want := counted.N(40, 1000)
	r, seed := counted.New(t)
	for done := 0; done < want; {
		n := 3 + r.IntN(3)
		a := Identity(n)
		for i := range n {
			for j := range i {
				a[i][j] = 2*r.Float64() - 1
				a[j][i] = a[i][j]
			}
		}
		x, ok := nearest(t, a)
		if !ok {
			continue
		}
		done++
		for i := range n {
			if x[i][i] != 1 {
				t.Fatalf("seed %d: the diagonal has %v", seed, x[i][i])
			}
		}
		if _, err := factor(x); err != nil {
			t.Fatalf("seed %d: the nearest to %v is none either: %v", seed, a, x)
		}
		for range 200 {
			v := make([][]float64, n) // random directions: their cosines are a correlation matrix
			for i := range v {
				v[i] = make([]float64, n)
				length := 0.0
				for k := range 1 + r.IntN(n) {
					v[i][k] = r.NormFloat64()
					length += v[i][k] * v[i][k]
				}
				for k := range v[i] {
					v[i][k] /= math.Sqrt(length)
				}
			}
			side := 0.0
			for i := range n {
				for j := range n {
					y := 0.0
					for k := range n {
						y += v[i][k] * v[j][k]
					}
					side += (a[i][j] - x[i][j]) * (y - x[i][j])
				}
			}
			if side > 1e-6 {
				t.Fatalf("seed %d: %v is not the nearest to %v: another lies %g further on that side", seed, x, a, side)
			}
		}
	}
	counted.Report(t, "nearest correlation matrix", want, want, "are nearest")
}
