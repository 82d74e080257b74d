package headroom_test

import (
	"testing"

	"headroom"
)

// TestAddMonths: months that begin on a day that the last of them does not have are over on the first day of the next, so that a later
// beginning never ends earlier.
func TestAddMonths(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		from   headroom.Date
		months int
		want   headroom.Date
	}{
		{20260101, 12, 20270101},
		{20260131, 1, 20260301},
		{20260130, 1, 20260301},
		{20260228, 1, 20260328},
		{20280131, 1, 20280301},
		{20280129, 1, 20280229},
		{20280229, 12, 20290301},
		{20260831, 6, 20270301},
		{20261031, 1, 20261201},
		{20261231, -1, 20261201},
	} {
		if got := x.from.AddMonths(x.months); got != x.want {
			t.Errorf("%v and %d months: got %v, want %v", x.from, x.months, got, x.want)
		}
	}
	for d := headroom.Date(20270101); d < 20290301; d = d.AddDays(1) {
		for months := range 14 {
			if a, b := d.AddMonths(months), d.AddDays(1).AddMonths(months); b < a {
				t.Fatalf("%d months from %v end on %v, and those from the day after on %v", months, d, a, b)
			}
		}
	}
}
