package formula

import (
	"testing"

	"headroom"
	"headroom/reading"
)

// TestUnitNumbers: a point before three digits is a decimal point where a thousand of the unit is out of the question.
func TestUnitNumbers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		unit, currency string
		want           reading.Kind
	}{
		{"vehicles/yr", "", reading.Amount},
		{"thousand units", "", reading.Amount}, // 1.167 thousand, or 1,167 thousand
		{"万辆", "", reading.Amount},
		{"million vehicles", "", reading.Rate},
		{"GBP m", "", reading.Amount},
		{"GBP bn", "", reading.Rate},
		{"bn", "EUR", reading.Rate},
		{"JPY bn", "", reading.Amount}, // a car maker has a thousand of it
		{"亿元", "", reading.Amount},
		{"KRW trillion", "", reading.Rate},
		{"EUR/vehicle", "", reading.Amount},
		{"ct/kWh", "EUR", reading.Rate},
		{"CNY per GBP", "", reading.Rate},
		{"%", "", reading.Rate},
		{"JPH", "", reading.Rate},
	} {
		u, err := UnitOf(headroom.Claim{Unit: tt.unit, Currency: tt.currency})
		if got := u.Numbers(); err != nil || got != tt.want {
			t.Errorf("%s %s: %v, %v; want %v", tt.unit, tt.currency, got, err, tt.want)
		}
	}
}
