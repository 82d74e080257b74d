package lptest_test

import (
	"testing"

	"headroom/lp"
	"headroom/lp/lptest"
)

func TestEnumeratePassesSuite(t *testing.T) {
	lptest.Suite(t, func(*testing.T) lp.Solver { return &lptest.Enumerate{} })
}
