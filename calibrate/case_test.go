package calibrate

import (
	"testing"

	"headroom"
	"headroom/check"
	"headroom/highs"
	"headroom/internal/tree"
	"headroom/lp"
	"headroom/table"
)

// mustUK is the shipped UK case, in which check finds no error.
func mustUK(t testing.TB, o table.LoadOptions) *headroom.Case {
	t.Helper()
	c, findings, err := table.Load("../cases/uk-2035", o)
	if err != nil || c == nil {
		t.Fatalf("%v %v", err, findings)
	}
	for _, f := range check.Merge(findings, check.Case(c)) {
		if f.Severity == headroom.SeverityError {
			t.Errorf("%+v: %v", o, f)
		}
	}
	return c
}

func mustSolver(t testing.TB) lp.Solver {
	t.Helper()
	s, _, err := highs.Find(highs.Auto, highs.Config{Getenv: tree.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() }) //nolint:errcheck // never fails
	return s
}
