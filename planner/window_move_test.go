package planner_test

import (
	"context"
	"math"
	"reflect"
	"testing"

	"headroom"
	"headroom/answer"
	"headroom/internal/counted"
	"headroom/planner"
)

// moved is a case with every date in it so many years later.
func moved(c *headroom.Case, years int) *headroom.Case {
	x := clone(c)
	date := reflect.TypeFor[headroom.Date]()
	var move func(v reflect.Value)
	move = func(v reflect.Value) {
		switch {
		case v.Type() == date:
			if v.Int() != 0 {
				v.SetInt(v.Int() + int64(years)*10000)
			}
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				if v.Field(i).CanSet() {
					move(v.Field(i))
				}
			}
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				move(v.Index(i))
			}
		}
	}
	move(reflect.ValueOf(x).Elem())
	return x
}

// TestCountedShiftLaw: with every date four years later a case is the same programme, to the last bit; with every date one year later
// nothing in it differs by more than a day's share.
func TestCountedShiftLaw(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	tries, leap := counted.N(60, 500), 0
	for range tries {
		seed := rng.IntN(1 << 30)
		c := cases().Example(seed)
		for i := range c.Demands {
			c.Demands[i].Growth = headroom.Opt{} // which is by the length of the years before
		}
		rule := c.TerminalRule
		for i := range c.Plants { // no limit in years that is as long as some periods: a leap day would decide
			c.Plants[i].MaxMothball += 0.2
			c.Plants[i].MinOpen += 0.2
		}
		a, b := mustProblem(t, c), mustProblem(t, moved(c, 4))
		x, y := a.Problem, b.Problem
		same := reflect.DeepEqual([][]float64{x.Cost, x.Value, x.RowLower, x.RowUpper, x.Lower, x.Upper}, [][]float64{y.Cost, y.Value, y.RowLower, y.RowUpper, y.Lower, y.Upper}) &&
			reflect.DeepEqual(x.Start, y.Start) && reflect.DeepEqual(x.Index, y.Index)
		if !same || a.VolumeUnit != b.VolumeUnit || a.MoneyUnit != b.MoneyUnit || a.Constant != b.Constant {
			t.Fatalf("case %d: four years later it is another programme", seed)
		}
		if rule != headroom.TerminalNone {
			c.TerminalRule = headroom.TerminalNone // whether a life ends with the horizon or a day before decides what comes back
			a = mustProblem(t, c)
		}
		d := mustProblem(t, moved(c, 1))
		if a.VolumeUnit != d.VolumeUnit || a.MoneyUnit != d.MoneyUnit {
			continue // a day more or less has moved the power of ten
		}
		leap++
		if a.Problem.Rows() != d.Problem.Rows() || a.Problem.Cols() != d.Problem.Cols() {
			t.Fatalf("case %d: a year later it has other rules: %d and %d", seed, a.Problem.Rows(), d.Problem.Rows())
		}
		for _, x := range [][2][]float64{
			{a.Problem.Cost, d.Problem.Cost},
			{a.Problem.Value, d.Problem.Value},
			{a.Problem.Upper, d.Problem.Upper},
			{a.Problem.RowLower, d.Problem.RowLower},
			{a.Problem.RowUpper, d.Problem.RowUpper},
		} {
			aDay(t, seed, x[0], x[1])
		}
	}
	counted.Report(t, "dates moved by four years and by one", tries, tries, "change nothing, and a day's share")
	t.Logf("%d of them moved by one year in the same units", leap)
}

func mustProblem(t *testing.T, c *headroom.Case) *planner.Model {
	t.Helper()
	m, err := planner.Build(context.Background(), c, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// aDay checks that numbers differ by a day's share at most, of an amount a year that is up to four times the largest of them: these may be
// for a quarter.
func aDay(t *testing.T, seed int, a, b []float64) {
	t.Helper()
	most := 1.0
	for _, x := range a {
		if !math.IsInf(x, 0) {
			most = max(most, math.Abs(x))
		}
	}
	for i := range a {
		if a[i] != b[i] && !(math.Abs(a[i]-b[i]) <= 4.1/365*most) {
			t.Fatalf("case %d: %g, a year later %g: more than a day's share of four times %g", seed, a[i], b[i], most)
		}
	}
}

// TestCountedNoDaysLaw: a row whose dates have no day in the horizon is as a row that is not there.
func TestCountedNoDaysLaw(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	tries, done := counted.N(40, 500), 0
	for done < tries {
		seed := rng.IntN(1 << 30)
		c := cases().Example(seed)
		c.TerminalRule = headroom.TerminalNone
		p, err := answer.Plan(t.Context(), c, mustSolver(t), tight())
		if err != nil {
			t.Fatal(err)
		}
		if p.Status != headroom.StatusVerified {
			continue
		}
		done++
		x, what := clone(c), rng.IntN(noDayKinds)
		noDays(x, what)
		q, err := answer.Plan(t.Context(), x, mustSolver(t), tight())
		if err != nil {
			t.Fatal(err)
		}
		solved()
		if q.Status != headroom.StatusVerified || math.Abs(q.Value-p.Value) > slack*scale(p) {
			if provedWrong(t, c, tight(), p) || provedWrong(t, x, tight(), q) {
				dispute("%s: case %d, kind %d: %.12g, %.12g", t.Name(), seed, what, p.Value, q.Value)
				continue
			}
			t.Fatalf("case %d, kind %d: value %.12g, with a row without days %s %.12g", seed, what, p.Value, q.Status, q.Value)
		}
	}
	counted.Report(t, "rows without days", done, tries, "are as no rows")
}

const noDayKinds = 12

// noDays adds a row of some kind whose dates have no day in the horizon.
func noDays(c *headroom.Case, kind int) {
	past, future := headroom.NewDate(2020, 6, 30), headroom.NewDate(2040, 7, 1)
	v, l := c.Vehicles[0].ID, c.Lines[0].ID
	free := headroom.VehicleLine{Vehicle: v, Line: l, Content: "local", Compatible: true, MinRun: 70, RateFactor: 1, Currency: "GBP", RetoolM: headroom.Some(0), ContentCost: headroom.Some(0)}
	for _, k := range c.VehicleLines {
		free.UnitMaterial = k.UnitMaterial
	}
	switch kind {
	case 0: // a line that is gone, with a programme that would be cheap
		line := c.Lines[0]
		line.ID, line.From, line.To, line.MinRate = "gone", 0, past, 500
		c.Lines = append(c.Lines, line)
		free.Line, free.MinVolume = "gone", 400
		c.VehicleLines = append(c.VehicleLines, free)
	case 1: // a line that comes later
		line := c.Lines[0]
		line.ID, line.From, line.To = "later", future, 0
		c.Lines = append(c.Lines, line)
		free.Line = "later"
		c.VehicleLines = append(c.VehicleLines, free)
	case 2: // a vehicle that has ended, committed as it was
		c.Vehicles = append(c.Vehicles, headroom.Vehicle{ID: "ended", Use: headroom.Include, EOP: past, MaxLines: headroom.Some(0)})
		free.Vehicle, free.CommittedUntil, free.MinVolume = "ended", headroom.NewDate(2050, 1, 1), 300
		c.VehicleLines = append(c.VehicleLines, free)
		c.Demands = append(c.Demands, headroom.Demand{Vehicle: "ended", Market: c.Markets[0].ID, Period: "*", Volume: 900, PriceNet: headroom.Some(90000), Contribution: headroom.Some(90), CustomsValue: "100%", Currency: "GBP", MinService: 100})
	case 3, 4: // a deal that has run out, or is signed for later
		a := headroom.Arrangement{ID: "old", Status: headroom.Signed, EarliestStart: headroom.NewDate(2018, 1, 1), TermYears: 2}
		if kind == 4 {
			a.EarliestStart, a.TermYears = future, 0
		}
		c.Arrangements = append(c.Arrangements, a)
		c.Terms = append(c.Terms, headroom.Term{Arrangement: "old", Kind: headroom.MinVolume, Value: 700, Unit: "veh/yr"})
		free.Arrangement = "old"
		c.VehicleLines = append(c.VehicleLines, free)
	case 5: // an option that cannot begin within the horizon
		c.Arrangements = append(c.Arrangements, headroom.Arrangement{ID: "late", Status: headroom.Talks, EarliestStart: future})
		c.With = append(c.With, "late")
		free.Arrangement = "late"
		c.VehicleLines = append(c.VehicleLines, free)
	case 6: // a lead that is over after the horizon, at a price that nobody pays in vain
		free.Lead, free.RetoolM = 200, headroom.Some(0.1)
		c.VehicleLines = append(c.VehicleLines, free)
	case 7: // a term that has ended
		for _, a := range c.Arrangements {
			c.Terms = append(c.Terms, headroom.Term{Arrangement: a.ID, Kind: headroom.MinVolume, Value: 5000, Unit: "veh/yr", To: past},
				headroom.Term{Arrangement: a.ID, Kind: headroom.MaxVolume, Value: 0, Unit: "veh/yr", From: future},
				headroom.Term{Arrangement: a.ID, Kind: headroom.FeePerUnit, Value: 5000, Unit: "ccy/veh", Currency: "GBP", To: past})
		}
	case 8: // duties that are over
		for _, to := range []string{"A", "B"} {
			c.Duties = append(c.Duties, headroom.Duty{ID: "zz" + to, Importer: to, Origin: "*", Powertrain: "*", Maker: "*", Layer: headroom.Surtax, AdValorem: 90, Combine: "add", Currency: "GBP", To: past})
		}
	case 9: // energy of another time
		for _, p := range c.Plants {
			c.Energies = append(c.Energies, headroom.Energy{Plant: p.ID, Carrier: "heat", UsePerCar: 5000, BaseLoad: 9000, Price: 9, Currency: "GBP", From: future})
		}
	case 10: // demand of another time
		c.Vehicles = append(c.Vehicles, headroom.Vehicle{ID: "idle", Use: headroom.Include})
		free.Vehicle = "idle"
		c.VehicleLines = append(c.VehicleLines, free)
		c.Demands = append(c.Demands, headroom.Demand{Vehicle: "idle", Market: c.Markets[0].ID, Period: "*", Volume: 900, PriceNet: headroom.Some(9000), Contribution: headroom.Some(90), CustomsValue: "100%", Currency: "GBP", MinService: 100, From: future})
	case 11: // a commitment that ended before the horizon, and one that begins after it
		for i := range c.VehicleLines {
			if k := &c.VehicleLines[i]; k.CommittedUntil == 0 {
				k.CommittedUntil = past
				if i%2 == 0 {
					k.CommittedFrom, k.CommittedUntil = future, headroom.NewDate(2050, 1, 1)
				}
			}
		}
	}
}
