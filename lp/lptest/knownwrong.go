package lptest

import (
	"context"
	"embed"
	"fmt"
	"math"
	"testing"
	"time"

	"headroom/lp"
)

// The files are beside this package, and not beside package lp, so that the suite finds them from any test.
//
//go:embed testdata/known-wrong/*.mps
var knownWrongFiles embed.FS

// KnownWrong is a problem for which some solver gave a wrong answer.
type KnownWrong struct {
	File      string
	Optimum   float64 // NaN: infeasible; -Inf: unbounded
	Fixed     bool    // the fault is gone in the versions Headroom takes: a plain solve must be right
	Unbounded bool    // no bounds on its integers: a solver may run for ever, Enumerate stops at its depth
}

// KnownWrongs are the problems of testdata/known-wrong.
func KnownWrongs() []KnownWrong {
	return []KnownWrong{
		{File: "issue-3043", Optimum: 9, Fixed: true},
		{File: "issue-3094", Optimum: 8000, Fixed: true},
		{File: "issue-3073", Optimum: 0.03, Fixed: true},
		{File: "issue-3002", Optimum: 64, Fixed: true},
		{File: "issue-2957", Optimum: 28.2, Fixed: true},
		{File: "linopy-648", Optimum: 10, Fixed: true},
		{File: "issue-2226", Optimum: math.NaN(), Unbounded: true},
		{File: "fractional-bound", Optimum: 1},
		{File: "presolve-infeasible", Optimum: 0},
		{File: "unbounded-1", Optimum: math.Inf(-1)},
		{File: "unbounded-2", Optimum: math.Inf(-1)},
	}
}

// Problem reads the problem.
func (k KnownWrong) Problem() (*lp.Problem, error) {
	f, err := knownWrongFiles.Open("testdata/known-wrong/" + k.File + ".mps")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return lp.ReadMPS(f, k.File)
}

// knownWrong solves them by lp.Run with a second solve: the answer must be right, disputed or none, with and without
// presolve. Where the fault is fixed in the solvers in use, a single solve must be right as well.
func knownWrong(t *testing.T, s lp.Solver) {
	for _, k := range KnownWrongs() {
		for _, off := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s presolve off %v", k.File, off), func(t *testing.T) {
				p, err := k.Problem()
				if err != nil {
					t.Fatal(err)
				}
				o := lp.Options{NoPresolve: off}
				if k.Unbounded {
					o.Time = time.Second
				}
				k.run(t, s, p, o, true)
				if k.Fixed {
					k.run(t, s, p, o, false)
				}
			})
		}
	}
}

func (k KnownWrong) run(t *testing.T, s lp.Solver, p *lp.Problem, o lp.Options, strict bool) {
	t.Helper()
	begin := time.Now()
	out, err := lp.Run(context.Background(), s, p, o, lp.RunOptions{Strict: strict, Gate: lp.GateOptions{Strictness: lp.Foreign}})
	if err != nil {
		t.Fatal(err)
	}
	if d := time.Since(begin); o.Time > 0 && d > 3*o.Time+4*time.Second {
		t.Errorf("took %v of a limit of %v", d, o.Time)
	}
	switch out.Status {
	case lp.StatusVerified:
		if math.IsInf(k.Optimum, 0) || !(math.Abs(out.Objective-k.Optimum) <= 1e-4*max(1, math.Abs(k.Optimum))) {
			t.Errorf("got %v as verified, want %v", out.Objective, k.Optimum)
		}
	case lp.StatusInfeasible:
		if !math.IsNaN(k.Optimum) {
			t.Errorf("got infeasible, want %v", k.Optimum)
		}
	case lp.StatusUnbounded:
		if !math.IsInf(k.Optimum, -1) {
			t.Errorf("got unbounded, want %v", k.Optimum)
		}
	case lp.StatusDisputed:
		if !strict || exact(s) {
			t.Errorf("got disputed (%v), want %v", out.Why, k.Optimum)
		}
	default:
		if !k.Unbounded {
			t.Errorf("got %v (%v), want %v", out.Status, out.Why, k.Optimum)
		}
	}
}
