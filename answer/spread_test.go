package answer

import (
	"math"
	"testing"

	"headroom/table"
)

// TestOutputSpread: the output of 2035 lies 9.6 years ahead, further than any forecast that has been scored.
func TestOutputSpread(t *testing.T) {
	t.Parallel()
	c := mustUK(t, table.LoadOptions{})
	s := outputSpread(c, mainTarget(c), 1e6)
	if s == nil {
		t.Fatal("there is no spread")
	}
	if s.Period != "2035" || s.N != 1 || s.Scored != 5 || math.Abs(s.Horizon-9.58) > 0.01 || math.Abs(s.RMS-0.5277) > 1e-4 {
		t.Errorf("got %+v, want 53 %% of one forecast, 5 of 9.6 years ahead", s)
	}
	if math.Abs(s.Low-1e6*(1-s.RMS)) > 1 || math.Abs(s.High-1e6*(1+s.RMS)) > 1 || s.NoChange == nil || s.Pairs != 6 {
		t.Errorf("got %+v", s)
	}
	c.Bindings = nil // no forecast says what kind of forecast this is
	if s := outputSpread(c, mainTarget(c), 1e6); s != nil {
		t.Errorf("got %+v of a case whose forecasts are bound to no claim", s)
	}
}
