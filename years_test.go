package headroom_test

import (
	"math"
	"testing"

	"headroom"
	"headroom/internal/counted"
)

// TestYears holds that the length of a span is the sum of its days, each as its share of its own calendar year, and that a span of
// a hundred million years is measured as one of ten: a lead of a billion months is a slip of the pen, and is told as one.
func TestYears(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	for range 300 {
		from := headroom.NewDate(2020+r.IntN(8), 1+r.IntN(12), 1+r.IntN(28))
		days := r.IntN(1500)
		want := 0.0
		for d, n := from, 0; n < days; d, n = d.AddDays(1), n+1 {
			y := d.Year()
			want += 1 / float64(headroom.NewDate(y, 1, 1).Days(headroom.NewDate(y, 12, 31)))
		}
		to := from.AddDays(days - 1)
		if got := headroom.Years(from, to); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s to %s: %v years, and its days are %v", from, to, got, want)
		}
		if got := from.Days(to); got != days {
			t.Errorf("%s to %s: %d days, not %d", from, to, got, days)
		}
	}
	first := headroom.NewDate(2026, 1, 1)
	if got := headroom.Years(first, first.AddMonths(12e8).AddDays(-1)); got != 1e8 {
		t.Errorf("a hundred million years are %v", got)
	}
	if got := headroom.NewDate(1, 1, 1).Days(headroom.NewDate(9999, 12, 31)); got != 3652059 {
		t.Errorf("the days of the years 1 to 9999 are %d", got)
	}
}
