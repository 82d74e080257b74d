package flex

import (
	"fmt"
	"math"
	"slices"
)

// Matrix is a square matrix.
type Matrix [][]float64

// Identity is the matrix of variables that have nothing to do with each other.
func Identity(n int) Matrix {
	m := make(Matrix, n)
	for i := range m {
		m[i] = make([]float64, n)
		m[i][i] = 1
	}
	return m
}

// NotPSDError says that no variables can have the correlations of a matrix, and which matrix they could have.
type NotPSDError struct {
	Least    float64 // eigenvalue
	Nearest  Matrix
	Distance float64 // root of the sum of squared differences
	Row, Col int     // of the entry that differs most
}

// Error names the entry that differs most from the nearest possible matrix.
func (e *NotPSDError) Error() string {
	return fmt.Sprintf("no demands can have these correlations: the matrix has the eigenvalue %.4g", e.Least)
}

// psdTolerance is how far below zero rounding may bring an eigenvalue.
const psdTolerance = 1e-10

// roundingTolerance is how far below zero the least eigenvalue of a correlation matrix may be: that is rounding, of figures with
// eight decimals say.
const roundingTolerance = 1e-8

// factor is the lower triangular L with L·Lᵀ = m, where m is positive semi-definite; else the error says what is nearest. Where m
// is so but for rounding, L is that of m with all its correlations smaller by twice the tolerance.
func factor(m Matrix) (Matrix, error) {
	if l, ok := cholesky(m); ok {
		return l, nil
	}
	values, _ := eigen(m)
	least := slices.Min(values)
	if least >= -roundingTolerance {
		less := clone(m)
		for i := range less {
			for j := range i {
				less[i][j] /= 1 + 2*roundingTolerance
				less[j][i] = less[i][j]
			}
		}
		if l, ok := cholesky(less); ok {
			return l, nil
		}
	}
	return nil, notPSD(m, least)
}

// cholesky is the lower triangular L with L·Lᵀ = m; false where there is none, or rounding hides it.
func cholesky(m Matrix) (Matrix, bool) {
	n := len(m)
	l := make(Matrix, n)
	for i := range n {
		l[i] = make([]float64, n)
		for j := range i + 1 {
			s := m[i][j]
			for k := range j {
				s -= l[i][k] * l[j][k]
			}
			switch {
			case i != j && l[j][j] > 0:
				l[i][j] = s / l[j][j]
			case i != j && math.Abs(s) > 1e-7, i == j && s < -1e-8:
				return nil, false
			case i == j && s > 1e-12:
				l[i][i] = math.Sqrt(s)
			}
		}
	}
	return l, true
}

// notPSD finds the nearest correlation matrix: alternating projections with Dykstra's correction (Higham 2002).
func notPSD(m Matrix, least float64) error {
	n := len(m)
	y, ds := clone(m), make(Matrix, n)
	for i := range ds {
		ds[i] = make([]float64, n)
	}
	for range 500 {
		r := clone(y)
		add(r, ds, -1)
		x := positive(r)
		ds = clone(x)
		add(ds, r, -1)
		y = clone(x)
		moved := 0.0
		for i := range n {
			moved = max(moved, math.Abs(y[i][i]-1))
			y[i][i] = 1
		}
		if moved < 1e-11 {
			break
		}
	}
	e := &NotPSDError{Least: least, Nearest: y}
	sum, worst := 0.0, -1.0
	for i := range n {
		for j := range i {
			d := math.Abs(y[i][j] - m[i][j])
			sum += 2 * d * d
			if d > worst {
				worst, e.Row, e.Col = d, i, j
			}
		}
	}
	e.Distance = math.Sqrt(sum)
	return e
}

// positive is the nearest positive semi-definite matrix: eigenvalues below zero become zero.
func positive(m Matrix) Matrix {
	values, vectors := eigen(m)
	out := make(Matrix, len(m))
	for i := range out {
		out[i] = make([]float64, len(m))
	}
	for k, v := range values {
		if v <= psdTolerance {
			continue
		}
		for i := range out {
			for j := range out {
				out[i][j] += v * vectors[i][k] * vectors[j][k]
			}
		}
	}
	return out
}

// eigen finds the eigenvalues and vectors (as columns) of a symmetric matrix by Jacobi rotations.
func eigen(m Matrix) ([]float64, Matrix) {
	n := len(m)
	a, v := clone(m), Identity(n)
	for range 60 {
		off := 0.0
		for i := range n {
			for j := range i {
				off += a[i][j] * a[i][j]
			}
		}
		if off < 1e-22 {
			break
		}
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotate(a, v, p, q)
			}
		}
	}
	values := make([]float64, n)
	for i := range n {
		values[i] = a[i][i]
	}
	return values, v
}

// rotate makes a[p][q] zero.
func rotate(a, v Matrix, p, q int) {
	if a[p][q] == 0 {
		return
	}
	theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
	t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	for i := range a {
		a[i][p], a[i][q] = c*a[i][p]-s*a[i][q], s*a[i][p]+c*a[i][q]
	}
	for i := range a {
		a[p][i], a[q][i] = c*a[p][i]-s*a[q][i], s*a[p][i]+c*a[q][i]
	}
	for i := range v {
		v[i][p], v[i][q] = c*v[i][p]-s*v[i][q], s*v[i][p]+c*v[i][q]
	}
}

func clone(m Matrix) Matrix {
	out := make(Matrix, len(m))
	for i := range m {
		out[i] = append([]float64(nil), m[i]...)
	}
	return out
}

func add(m, x Matrix, f float64) {
	for i := range m {
		for j := range m[i] {
			m[i][j] += f * x[i][j]
		}
	}
}

// Check fails with a NotPSDError where no variables can have these correlations. Nil is no correlation.
func (m Matrix) Check() error {
	_, err := factor(m)
	return err
}
