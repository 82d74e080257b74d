package cli

import (
	"testing"

	"headroom/flex"
)

// TestScale holds that a column of numbers is written in one way.
func TestScale(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		s    scale
		v    float64
		want string
	}{
		{moneyScale(107e6), 107_312_000, "107.31"},
		{moneyScale(107e6), 532_885, "0.53"},
		{moneyScale(107e6), 306.64, "0.00"},
		{moneyScale(107e6), -306.64, "0.00"},
		{moneyScale(8e9), -8_212_345_678, "-8,212.35"},
		{moneyScale(900), 15.5, "15.500"},
		{scaleOf(1_656_259), 680.805, "681"},
		{scaleOf(19_410), 18293.9, "18,294"},
		{scaleOf(1957.6), 1785.37, "1,785.4"},
	} {
		if got := tt.s.text(tt.v); got != tt.want {
			t.Errorf("%+v: %v is %q, want %q", tt.s, tt.v, got, tt.want)
		}
	}
	if got := moneyScale(8e9).interval(flex.Estimate{Low: 1e6, High: 2.5e6}) + " " + moneyScale(8e9).of("GBP"); got != "1.00 to 2.50 GBP m" {
		t.Error(got)
	}
}
