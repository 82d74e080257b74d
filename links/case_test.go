package links

import (
	"testing"

	"headroom"
	"headroom/check"
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
