package audit

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

// built is a claim about the output of a year.
func built(id, quantity, value string, year int, edit ...func(*headroom.Claim)) headroom.Claim {
	c := headroom.Claim{
		ID: id, Kind: headroom.KindQuantity, Subject: "output", Quantity: quantity, Value: value, Unit: "vehicles", Region: "UK",
		PeriodFrom: headroom.NewDate(year, 1, 1), PeriodTo: headroom.NewDate(year, 12, 31), Status: "official", AsOf: headroom.NewDate(year+1, 1, 31),
	}
	for _, e := range edit {
		e(&c)
	}
	return c
}

// forecast makes a claim one that was said on a day before.
func forecast(on headroom.Date) func(*headroom.Claim) {
	return func(c *headroom.Claim) { c.Forecast, c.AsOf = true, on }
}

const (
	allBuilt   = "all vehicles built"
	carsBuilt  = "passenger cars built"
	cvBuilt    = "commercial vehicles built"
	lightBuilt = "light vehicles built"
)

func TestScoreForecasts(t *testing.T) {
	c := &headroom.Case{
		Sources: []headroom.Source{{ID: "paper", PublishedOn: "2019-06-30"}, {ID: "year", PublishedOn: "2018"}},
		Claims: []headroom.Claim{
			built("CARS", carsBuilt, "80", 2020), built("VANS", cvBuilt, "20", 2020),
			built("F-ALL", allBuilt, "200", 2020, forecast(headroom.NewDate(2019, 12, 31)), func(c *headroom.Claim) { c.Source = "paper" }),
			built("F-ALL-2", allBuilt, "200", 2020, forecast(headroom.NewDate(2020, 2, 1))),
			built("F-LIGHT", lightBuilt, "160", 2020, forecast(headroom.NewDate(2018, 12, 31)), func(c *headroom.Claim) { c.Source = "year" }),
			built("F-LATE", carsBuilt, "64", 2020, forecast(headroom.NewDate(2021, 1, 31))),
			built("F-NEXT", allBuilt, "300", 2022, forecast(headroom.NewDate(2020, 1, 1))),
			built("F-ELSE", allBuilt, "300", 2020, forecast(headroom.NewDate(2020, 1, 1)), func(c *headroom.Claim) { c.Region = "FR" }),
			built("F-OPEN", allBuilt, "300", 2020, forecast(headroom.NewDate(2020, 1, 1)), func(c *headroom.Claim) { c.PeriodTo = 0 }),
		},
	}
	scores, rest := ScoreForecasts(c)
	type row struct {
		Claim          string
		Horizon, Error float64
		Scope          string
		OtherEdge      float64
		Reprints       []string
		AtLeast        bool
	}
	var got []row
	for _, s := range scores {
		got = append(got, row{s.Claim, math.Round(1000*s.Horizon) / 1000, s.Error, s.Scope, s.OtherEdge, s.Reprints, s.AtLeast})
	}
	want := []row{
		{Claim: "F-LIGHT", Horizon: 2, Error: (100.0 - 160) / 160, Scope: allBuilt, OtherEdge: -0.5, AtLeast: true},
		{Claim: "F-ALL", Horizon: 1.504, Error: -0.5, Reprints: []string{"F-ALL-2"}},
		{Claim: "F-LATE", Horizon: -0.085, Error: 0.25, AtLeast: true},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("scores (-want +got):\n%s", d)
	}
	wantRest := []Unscored{
		{"F-NEXT", "its period was not over when the last claim was made"},
		{"F-ELSE", "no claim says what happened to the same quantity of the same subject"},
		{"F-OPEN", "it is for no period that has both ends"},
	}
	if d := cmp.Diff(wantRest, rest); d != "" {
		t.Errorf("not scored (-want +got):\n%s", d)
	}
	if scores[2].Dated() || !scores[1].Dated() {
		t.Error("a forecast that was seen after its period has a known horizon, or one before it has none")
	}
}

// TestOutturnIsChosen has several claims about one outturn: superseded ones are out, then those that contradict
// another, then status.
func TestOutturnIsChosen(t *testing.T) {
	set := func(f func(*headroom.Claim)) func(*headroom.Claim) { return f }
	c := &headroom.Case{Claims: []headroom.Claim{
		built("F", allBuilt, "100", 2020, forecast(headroom.NewDate(2019, 12, 31))),
		built("OLD", allBuilt, "1", 2020),
		built("NEW", allBuilt, "90", 2020, set(func(c *headroom.Claim) { c.Supersedes = []string{"OLD"} })),
		built("PRESS", allBuilt, "2", 2020, set(func(c *headroom.Claim) { c.Status, c.AsOf = "reported", headroom.NewDate(2030, 1, 1) })),
		built("WRONG", allBuilt, "3", 2020, set(func(c *headroom.Claim) { c.Contradicts, c.AsOf = []string{"NEW"}, headroom.NewDate(2029, 1, 1) })),
		built("THOUSANDS", allBuilt, "4", 2020, set(func(c *headroom.Claim) { c.Unit = "thousand vehicles" })),
	}}
	scores, _ := ScoreForecasts(c)
	if len(scores) != 1 || scores[0].Actual != 90 || scores[0].Outturn[0] != "NEW" {
		t.Errorf("got %+v, want the outturn 90 of NEW", scores)
	}
}

func TestForecastRowIsScored(t *testing.T) {
	c := &headroom.Case{
		Periods:   []headroom.Period{{ID: "2025", From: headroom.NewDate(2025, 1, 1), To: headroom.NewDate(2025, 12, 31)}, {ID: "2026", From: headroom.NewDate(2026, 1, 1), To: headroom.NewDate(2026, 12, 31)}},
		Forecasts: []headroom.Forecast{{ID: "mine", Period: "2025", Value: 80, MadeOn: headroom.NewDate(2024, 12, 31)}, {ID: "next", Period: "2026", Value: 80}, {ID: "claimed", Period: "2025", Value: 80}},
		Outturns:  []headroom.Outturn{{Year: 2025, Group: "all", Vehicle: "*", Market: "*", Units: 100}},
		Bindings:  []headroom.Binding{{Table: "forecast", RowKey: "claimed", Column: "value"}},
	}
	scores, _ := ScoreForecasts(c)
	if len(scores) != 1 || scores[0].Claim != "forecast/mine" || scores[0].Error != 0.25 || scores[0].Horizon != 1 {
		t.Errorf("got %+v, want mine, +25 %%, one year", scores)
	}
}

func TestSpread(t *testing.T) {
	s := SpreadOf([]Score{
		{Horizon: 0.5, Error: 0.1}, {Horizon: 0.9, Error: -0.1}, {Horizon: 4, Error: -0.4}, {Horizon: -0.1, Error: 9}, {Horizon: 5, Error: 0.3},
	})
	want := []Miss{
		{Horizon: 0.7, N: 2, RMS: 0.1, Worst: 0.1},
		{Horizon: 4.5, N: 2, Mean: -0.05, RMS: math.Sqrt((0.16 + 0.09) / 2), Worst: -0.4},
	}
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })
	if d := cmp.Diff(want, s.Points, near); d != "" {
		t.Fatalf("points (-want +got):\n%s", d)
	}
	for _, x := range []struct {
		at, rms float64
		n       int
		beyond  bool
	}{
		{0, 0, 0, false},
		{0.35, 0.05, 2, false},
		{0.7, 0.1, 2, false},
		{2.6, (0.1 + want[1].RMS) / 2, 2, false},
		{4.5, want[1].RMS, 2, false},
		{10, want[1].RMS, 2, true},
	} {
		m, beyond := s.At(x.at)
		if math.Abs(m.RMS-x.rms) > 1e-12 || m.N != x.n || beyond != x.beyond {
			t.Errorf("At(%v) = %+v, %v; want rms %v, n %d, beyond %v", x.at, m, beyond, x.rms, x.n, x.beyond)
		}
	}
	if m, beyond := (Spread{}).At(3); m.N != 0 || !beyond {
		t.Errorf("a spread of nothing says %+v, %v", m, beyond)
	}
}

func TestNoChange(t *testing.T) {
	c := &headroom.Case{Claims: []headroom.Claim{
		built("A", allBuilt, "100", 2020), built("B-CARS", carsBuilt, "100", 2021), built("B-VANS", cvBuilt, "10", 2021),
		built("C", allBuilt, "55", 2022), built("F", allBuilt, "1000", 2023, forecast(headroom.NewDate(2022, 1, 1))),
	}}
	got := NoChange(c, "output", "UK")
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })
	want := []Miss{
		{Horizon: 1, N: 2, Mean: -0.2, RMS: math.Sqrt((0.01 + 0.25) / 2), Worst: -0.5},
		{Horizon: 2, N: 1, Mean: -0.45, RMS: 0.45, Worst: -0.45},
	}
	if d := cmp.Diff(want, got.Points, near); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
