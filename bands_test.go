package headroom_test

import (
	"testing"

	"headroom"
)

// TestBandsOnce holds that a column has one band for each thing that it is measured by: of two, one says nothing.
func TestBandsOnce(t *testing.T) {
	seen := map[[3]string]bool{}
	for _, b := range headroom.Bands {
		key := [3]string{b.Table, b.Column, b.Of}
		if seen[key] {
			t.Errorf("%s.%s has two bands", b.Table, b.Column)
		}
		seen[key] = true
	}
}
