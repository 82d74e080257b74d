package cost

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

// TestUnused: the share that is left of equal yearly costs, by adding them up day by day.
func TestUnused(t *testing.T) {
	t.Parallel()
	const days = 400
	for _, rate := range []float64{-10, 0, 1e-9, 6, 40} {
		c := small() // two years
		c.DiscountRate = rate
		b := New(c)
		for _, life := range [][2]float64{{0, 7}, {1.5, 8.5}, {0.25, 2.75}, {1.75, 2.5}} {
			left, all := 0.0, 0.0
			for i := range int(math.Round((life[1] - life[0]) * days)) {
				at := life[0] + (float64(i)+0.5)/days
				cost := math.Pow(1+rate/100, -at)
				if all += cost; at > 2 {
					left += cost
				}
			}
			if got, want := b.Unused(life[0], life[1]), left/all; math.Abs(got-want) > 1e-6 {
				t.Errorf("at %g %%, from %g to %g: %.9f, want %.9f", rate, life[0], life[1], got, want)
			}
		}
		for _, life := range [][2]float64{{0, 2}, {0, 1}, {2, 5}, {3, 9}, {0, 2 + 1e-9}} {
			if got := b.Unused(life[0], life[1]); got != 0 {
				t.Errorf("at %g %%, from %g to %g: %g is left", rate, life[0], life[1], got)
			}
		}
		for _, end := range []float64{1e9, math.Inf(1)} {
			if got, want := b.Unused(0.5, end), min(1, math.Pow(1+rate/100, -1.5)); math.Abs(got-want) > 1e-6 {
				t.Errorf("at %g %%, until %g: %.9f, want %.9f", rate, end, got, want)
			}
		}
	}
}

// TestCharges: one a year from the end of the horizon on, each in the middle of its year, the last by its share.
func TestCharges(t *testing.T) {
	t.Parallel()
	b := New(small())
	d := func(years float64) float64 { return math.Pow(1.1, -years) }
	got := []float64{b.Charges(3), b.Charges(3.5), b.Charges(2.25)}
	if diff := cmp.Diff([]float64{d(2.5), d(2.5) + 0.5*d(3.5), 0.25 * d(2.5)}, got, approx); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c := small()
	c.DiscountRate = 0
	if got := New(c).Charges(9.5); got != 7.5 {
		t.Errorf("without discounting: %g", got)
	}
}

// TestLastYear: the calendar year of the last day, as much of it as lies in the horizon.
func TestLastYear(t *testing.T) {
	t.Parallel()
	day := headroom.NewDate
	for _, x := range []struct {
		periods []headroom.Period
		begin   float64
		share   []float64
	}{
		{[]headroom.Period{year("1", 2026), year("2", 2027)}, 1, []float64{0, 1}},
		{[]headroom.Period{year("1", 2026), {ID: "2", From: day(2027, 1, 1), To: day(2027, 6, 30)}}, 1, []float64{0, 1}},
		{[]headroom.Period{{ID: "1", From: day(2026, 1, 1), To: day(2027, 12, 31)}}, 1, []float64{0.5}},
		{[]headroom.Period{{ID: "1", From: day(2026, 7, 1), To: day(2026, 12, 31)}}, 0, []float64{1}},
		{[]headroom.Period{{ID: "1", From: day(2026, 7, 2), To: day(2027, 7, 1)}}, 183.0 / 365, []float64{182.0 / 365}},
	} {
		c := small()
		c.Periods = x.periods
		begin, share := New(c).LastYear()
		if diff := cmp.Diff(append(x.share, x.begin), append(share, begin), approx); diff != "" {
			t.Errorf("%v (-want +got):\n%s", x.periods, diff)
		}
	}
}
