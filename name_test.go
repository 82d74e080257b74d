package headroom_test

import (
	"testing"

	"headroom"
)

// TestNameOf: the name of a table or a column is that of its field in lower case, a word in capitals kept whole.
func TestNameOf(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Vehicle": "vehicle", "VehicleLine": "vehicle_line", "FXRate": "fx_rate", "FX": "fx", "SOP": "sop", "UnitHMVC": "unit_hmvc", "A": "a", "ShiftPattern": "shift_pattern",
	} {
		if got := headroom.NameOf(in); got != want {
			t.Errorf("%s: %s, not %s", in, got, want)
		}
	}
}
