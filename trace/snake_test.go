package trace

import "testing"

// TestSnake: the name of a table or a column is that of its field in lower case, a word in capitals kept whole.
func TestSnake(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Vehicle": "vehicle", "VehicleLine": "vehicle_line", "FXRate": "fx_rate", "FX": "fx", "SOP": "sop", "UnitHMVC": "unit_hmvc", "A": "a",
	} {
		if got := snake(in); got != want {
			t.Errorf("%s: %s, not %s", in, got, want)
		}
	}
}
