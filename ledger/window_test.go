package ledger

import (
	"slices"
	"testing"

	"headroom"
)

// TestSlices: a period is cut where a window opens, and on the day after one closes; its own first and last day cut nothing.
func TestSlices(t *testing.T) {
	t.Parallel()
	day := headroom.NewDate
	c := small()
	v, err := newView(c)
	if err != nil {
		t.Fatal(err)
	}
	first, last := day(2026, 1, 1), lastDay(2026)
	for _, x := range []struct {
		name    string
		windows []days
		want    []days
	}{
		{"none", nil, []days{{first, last}}},
		{"the period itself", []days{{first, last}}, []days{{first, last}}},
		{"longer", []days{{lastDay(2025), day(2027, 1, 1)}, {0, 0}}, []days{{first, last}}},
		{"opens", []days{{from: day(2026, 7, 1)}}, []days{{first, day(2026, 6, 30)}, {day(2026, 7, 1), last}}},
		{"closes", []days{{to: day(2026, 6, 30)}}, []days{{first, day(2026, 6, 30)}, {day(2026, 7, 1), last}}},
		{"opens and closes at one place", []days{{from: day(2026, 7, 1)}, {to: day(2026, 6, 30)}}, []days{{first, day(2026, 6, 30)}, {day(2026, 7, 1), last}}},
		{"opens on the last day", []days{{from: last}}, []days{{first, day(2026, 12, 30)}, {last, last}}},
		{"closes on the first day", []days{{to: first}}, []days{{first, first}, {day(2026, 1, 2), last}}},
		{"a day", []days{{day(2026, 3, 5), day(2026, 3, 5)}}, []days{{first, day(2026, 3, 4)}, {day(2026, 3, 5), day(2026, 3, 5)}, {day(2026, 3, 6), last}}},
		{"before and after", []days{{to: lastDay(2025)}, {from: day(2027, 1, 1)}}, []days{{first, last}}},
	} {
		if got := v.slices(0, x.windows); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", x.name, got, x.want)
		}
	}
}

// TestRampAfterLead: the ramp counts from the first period that has a day after the lead, were it the last day.
func TestRampAfterLead(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		sop  headroom.Date
		lead float64
		want [3]float64 // of a ramp of 40 and 70 %, launched in 2026
	}{
		{0, 0, [3]float64{0.4, 0.7, 1}},
		{0, 11, [3]float64{0.4, 0.7, 1}},
		{0, 12, [3]float64{0.4, 0.4, 0.7}}, // nothing can be built in 2026
		{lastDay(2026), 0, [3]float64{0.4, 0.7, 1}},
		{headroom.NewDate(2027, 1, 1), 0, [3]float64{0.4, 0.4, 0.7}},
		{lastDay(2027), 0, [3]float64{0.4, 0.4, 0.7}},
		{headroom.NewDate(2028, 1, 1), 0, [3]float64{0.4, 0.4, 0.4}},
	} {
		c := late(1)
		c.VehicleLines[0].Ramp, c.VehicleLines[0].Lead, c.Vehicles[0].SOP = []float64{40, 70}, x.lead, x.sop
		p := &headroom.Plan{}
		stay(c, p, "p", headroom.Operating)
		v, err := newView(c)
		if err != nil {
			t.Fatal(err)
		}
		r := read(v, built(c, p, 0, headroom.NewDate(2026, 1, 1), 0))
		begin := 0 // periods before the first that has a day after the lead build nothing, whatever their ramp
		for begin < 2 && v.of(r.window(v.placeList[0], begin), begin) == 0 {
			begin++
		}
		for i := begin; i < 3; i++ {
			if got := r.rampOf(v.placeList[0], i); got != x.want[i] {
				t.Errorf("SOP %v, lead %g: ramp of period %d is %g, want %g", x.sop, x.lead, i, got, x.want[i])
			}
		}
	}
}

// TestRunning: a programme runs where its commitment and its SOP lie before the first day of the horizon and the commitment
// reaches that day.
func TestRunning(t *testing.T) {
	t.Parallel()
	first, before := headroom.NewDate(2026, 1, 1), lastDay(2025)
	for _, x := range []struct {
		sop, from, until headroom.Date
		want             bool
	}{
		{0, 0, 0, false},
		{0, 0, lastDay(2027), true},
		{0, 0, first, true},
		{0, 0, before, false},
		{0, before, lastDay(2027), true},
		{0, first, lastDay(2027), false},
		{before, 0, lastDay(2027), true},
		{first, 0, lastDay(2027), false},
	} {
		c := late(1)
		c.Vehicles[0].SOP, c.VehicleLines[0].CommittedFrom, c.VehicleLines[0].CommittedUntil = x.sop, x.from, x.until
		v, err := newView(c)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.running(v.placeList[0]); got != x.want {
			t.Errorf("SOP %v, committed %v to %v: running is %v", x.sop, x.from, x.until, got)
		}
	}
}

// TestTogetherAfterLead: a place whose lead is over after its last day does not count beside others on its line.
func TestTogetherAfterLead(t *testing.T) {
	t.Parallel()
	for to, want := range map[headroom.Date]int{headroom.NewDate(2026, 6, 30): 0, headroom.NewDate(2026, 7, 1): 1, 0: 1} {
		c := late(1)
		c.Periods = []headroom.Period{{ID: "long", From: headroom.NewDate(2026, 1, 1), To: lastDay(2027)}}
		c.Lines[0].MaxVehicles = headroom.Some(1)
		w, k := c.Vehicles[0], c.VehicleLines[0]
		w.ID, w.EOP, k.Vehicle, k.Lead = "w", to, "w", 6
		c.Vehicles, c.VehicleLines = append(c.Vehicles, w), append(c.VehicleLines, k)
		p := &headroom.Plan{}
		stay(c, p, "p", headroom.Operating)
		built(c, p, 1, headroom.NewDate(2026, 1, 1), 0)
		built(c, p, 0, headroom.NewDate(2026, 1, 1), 0)
		got := 0
		for _, v := range Check(c, p) {
			if v.Rule == RuleMaxVehicles {
				got++
			}
		}
		if got != want {
			t.Errorf("w ends on %v: %d times too many vehicles, want %d", to, got, want)
		}
	}
}
