package calibrate

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
	"headroom/planner"
	"headroom/table"
)

// twoSites is a maker with a dear and a cheap plant in one country, and a second maker beside it. A car of the dear plant costs 1,009.90 more,
// tooling lasts five years without interest.
func twoSites() *headroom.Case {
	day := headroom.NewDate
	until := day(2040, 12, 31)
	line := func(id, plant string) headroom.Line {
		return headroom.Line{ID: id, Plant: plant, Use: headroom.Include, CapacityYear: headroom.Some(400000), Availability: 100}
	}
	plant := func(id, owner string) headroom.Plant {
		return headroom.Plant{ID: id, Owner: owner, Region: "uk", Use: headroom.Include, InitialState: headroom.Operating, FixedPerCapacity: headroom.Some(0)}
	}
	home := func(v, l string) headroom.VehicleLine {
		return headroom.VehicleLine{Vehicle: v, Line: l, Content: "full", Compatible: true, CommittedUntil: until, RateFactor: 1, ToolingLife: headroom.Some(5)}
	}
	wanted := func(v string) headroom.Demand {
		return headroom.Demand{Vehicle: v, Market: "home", Period: "*", PriceNet: headroom.Some(20000), Contribution: headroom.Some(20), CustomsValue: "75%", Volume: 1}
	}
	c := &headroom.Case{
		Settings:     headroom.Settings{ID: "two-sites", BaseCurrency: "GBP", TerminalRule: headroom.TerminalResidual, HorizonFrom: day(2026, 1, 1), HorizonTo: day(2026, 12, 31)},
		Periods:      []headroom.Period{{ID: "2026", From: day(2026, 1, 1), To: day(2026, 12, 31)}},
		Regions:      []headroom.Region{{ID: "uk", Territory: "GB"}},
		Orgs:         []headroom.Org{{ID: "maker"}, {ID: "builder", Parent: "maker"}, {ID: "other"}},
		Plants:       []headroom.Plant{plant("cheap", "builder"), plant("dear", "maker"), plant("far", "other")},
		Lines:        []headroom.Line{line("C", "cheap"), line("D", "dear"), line("F", "far")},
		Vehicles:     []headroom.Vehicle{{ID: "alien", Maker: "other"}, {ID: "big", Maker: "maker"}, {ID: "small", Maker: "maker"}},
		VehicleLines: []headroom.VehicleLine{home("alien", "F"), home("big", "D"), home("small", "C")},
		Markets:      []headroom.Market{{ID: "home", Region: "uk"}},
		Demands:      []headroom.Demand{wanted("alien"), wanted("big"), wanted("small")},
		Lanes:        []headroom.Lane{{Origin: "uk", Destination: "home", Use: headroom.Include, Cost: headroom.Some(0)}},
		Labours: []headroom.Labour{
			{Plant: "cheap", CostPerUnit: headroom.Some(0)}, {Plant: "dear", CostPerUnit: headroom.Some(1009.9)}, {Plant: "far", CostPerUnit: headroom.Some(5000)},
		},
	}
	for _, y := range []struct{ year, big, small, alien float64 }{{2023, 100000, 50000, 1000}, {2024, 200000, 50000, 1000}} {
		year := int(y.year)
		built := func(v, m string, units float64) {
			c.Outturns = append(c.Outturns, headroom.Outturn{Year: year, Group: "cars", Vehicle: v, Market: m, Units: units})
		}
		all := y.big + y.small + y.alien
		c.Outturns = append(c.Outturns, headroom.Outturn{Year: year, Group: AllGroups, Vehicle: "*", Market: "*", Units: all})
		for v, units := range map[string]float64{"big": y.big, "small": y.small, "alien": y.alien} {
			built(v, "*", units)
			built(v, "home", 1)
		}
		built("*", "home", all)
	}
	return c
}

// TestPlaceArithmetic: the dear plant costs 100,000 × 1,009.90 more a year, which over five years is 504.95 m: 504 m of switching
// do not keep the big car there, 505 m do. In the next year twice as many are built, and 505 m do not keep it.
func TestPlaceArithmetic(t *testing.T) {
	t.Parallel()
	p, err := Place(t.Context(), twoSites(), mustSolver(t), planner.Options{Seed: 1}, 2023, 2024)
	if err != nil {
		t.Fatal(err)
	}
	if p.CostM != 505 || p.Best != 3 {
		t.Errorf("fitted %g m with %d right, want 505 m and 3; tried %v", p.CostM, p.Best, p.Tried)
	}
	want := []Landing{
		{Vehicle: "alien", Plan: "far", Real: "far", Plants: 1, Units: 1000},
		{Vehicle: "big", Plan: "cheap", Real: "dear", Plants: 2, Units: 200000},
		{Vehicle: "small", Plan: "cheap", Real: "cheap", Plants: 2, Units: 50000},
	}
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-3 })
	if d := cmp.Diff(want, p.Scored.Landings, near); d != "" {
		t.Errorf("2024 (-want +got):\n%s", d)
	}
	if right, all, rightOfChoice, choice := p.Scored.Right(); right != 2 || all != 3 || rightOfChoice != 1 || choice != 2 {
		t.Errorf("%d of %d, %d of %d with a choice; want 2 of 3, 1 of 2", right, all, rightOfChoice, choice)
	}
	if len(p.Moved) != 0 || len(p.Beside) != 1 || p.Scored.Lost != 0 {
		t.Errorf("moved %v, beside %d, lost %g; want nothing, the free plan, nothing", p.Moved, len(p.Beside), p.Scored.Lost)
	}
}

// TestFitDoesNotSeeTheScoredYear: what was built in the year that is scored does not change the number that is fitted.
func TestFitDoesNotSeeTheScoredYear(t *testing.T) {
	t.Parallel()
	c := twoSites()
	for i := range c.Outturns {
		if o := &c.Outturns[i]; o.Year == 2024 && (o.Vehicle == "*" || o.Market == "*") {
			o.Units *= 1.2 // the mix stays
		}
	}
	s := mustSolver(t)
	a, err := Place(t.Context(), c, s, planner.Options{Seed: 1}, 2023, 2024)
	if err != nil {
		t.Fatal(err)
	}
	if a.CostM != 505 {
		t.Errorf("fitted %g m, want 505 m as before", a.CostM)
	}
}

func TestPlanYearArithmetic(t *testing.T) {
	t.Parallel()
	c := twoSites()
	c.Shocks = []headroom.Shock{{Year: 2024, ID: "strike", Maker: "maker", Units: 30000}}
	c.Bindings = []headroom.Binding{{Table: "shock", RowKey: "2024:strike:maker", Column: "units", Claims: []string{"S"}, Alternatives: []string{"S-2"}}}
	c.Claims = []headroom.Claim{
		{ID: "S", Value: "30000", PeriodFrom: firstDay(2024), PeriodTo: lastDay(2024)},
		{ID: "S-2", Value: "51000", PeriodFrom: firstDay(2024), PeriodTo: lastDay(2024)},
		{ID: "X", Value: "1", PeriodFrom: firstDay(2024)},
		{ID: "OLD", Value: "1", PeriodFrom: firstDay(2020), PeriodTo: lastDay(2023)},
	}
	f, err := PlanYear(t.Context(), c, mustSolver(t), planner.Options{Seed: 1}, 2024)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range f.Runs {
		got = append(got, fmt.Sprintf("%s: %.0f against %.0f, %+.4f, same %v", r.Name, r.Rows[0].Model, r.Rows[0].Claim, r.Rows[0].Error, r.Same()))
	}
	want := []string{
		"no event told: 151000 against 251000, -0.3984, same true",
		"events told: 121000 against 251000, -0.5179, same true",
		"events told, S-2: 100000 against 251000, -0.6016, same true",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("runs (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"X"}, f.Barred); d != "" {
		t.Errorf("barred (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"S", "S-2"}, f.Told); d != "" {
		t.Errorf("told (-want +got):\n%s", d)
	}
}

// TestPlanYearNeedsAHome: a vehicle that was built has a line, and a year has a year before.
func TestPlanYearNeedsAHome(t *testing.T) {
	t.Parallel()
	c := twoSites()
	c.VehicleLines = c.VehicleLines[:2]
	_, err := PlanYear(t.Context(), c, mustSolver(t), planner.Options{}, 2024)
	if err == nil || !strings.Contains(err.Error(), CodeNoCalibration) {
		t.Errorf("got %v, want %s", err, CodeNoCalibration)
	}
	c = twoSites()
	c.Shocks = []headroom.Shock{{Year: 2024, ID: "strike", Maker: "maker", Units: 140000}, {Year: 2024, ID: "flood", Maker: "maker", Units: 20000}}
	if _, err = PlanYear(t.Context(), c, mustSolver(t), planner.Options{}, 2024); err == nil || !strings.Contains(err.Error(), "take 160000 vehicles off maker, which built 150000 in 2023") {
		t.Errorf("got %v, want that the events take more than was built", err)
	}
	if _, err = PlanYear(t.Context(), twoSites(), mustSolver(t), planner.Options{}, 2023); err == nil || !strings.Contains(err.Error(), "2023 cannot be planned from 2022") {
		t.Errorf("got %v, want that 2023 has no year before", err)
	}
}

// wild multiplies the values of claims, and every figure of the case that rests on one of them, by a large odd number.
func wild(c *headroom.Case, ids []string) {
	const by = 7.77
	for i := range c.Claims {
		if slices.Contains(ids, c.Claims[i].ID) && c.Claims[i].Value != "" {
			c.Claims[i].Value = "777" + strings.TrimPrefix(c.Claims[i].Value, "-")
		}
	}
	moved := map[string]bool{}
	for _, b := range c.Bindings {
		if slices.ContainsFunc(b.Claims, func(id string) bool { return slices.Contains(ids, id) }) {
			moved[b.Table+"/"+b.RowKey+"/"+b.Column] = true
		}
	}
	for i := range c.Outturns {
		if moved["outturn/"+c.Outturns[i].Key()+"/units"] {
			c.Outturns[i].Units *= by
		}
	}
	for i := range c.Lines {
		if moved["line/"+c.Lines[i].ID+"/capacity_year"] {
			c.Lines[i].CapacityYear.Value *= by
		}
	}
	for i := range c.ShiftPatterns {
		if moved["shift_pattern/"+c.ShiftPatterns[i].ID+"/index"] {
			c.ShiftPatterns[i].Index.Value *= by
		}
	}
	for i := range c.Demands {
		if moved["demand/"+c.Demands[i].Key()+"/volume"] {
			c.Demands[i].Volume *= by
		}
	}
	for i := range c.Labours {
		c.Labours[i].CostPerUnit.Value *= by
	}
}

// predictions are the plans of a fold without what they are compared with, as bytes.
func predictions(t *testing.T, f Fold) string {
	t.Helper()
	type cell struct {
		Run, What string
		Units     float64
	}
	var out []cell
	for _, r := range f.Runs {
		for _, x := range r.Rows {
			out = append(out, cell{r.Name, x.What, x.Model})
		}
		out = append(out, cell{r.Name, "lost", r.Lost})
	}
	text, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestBarredClaimsAreNotRead: every claim on the list of the barred is changed wildly, with what rests on it, and the predictions are the same
// bytes; a claim that is not barred changes them. The list has every claim about the year.
func TestBarredClaimsAreNotRead(t *testing.T) {
	t.Parallel()
	s := mustSolver(t)
	base := mustUK(t, table.LoadOptions{})
	for _, year := range CalibratedYears(base) {
		plan := func(c *headroom.Case) Fold {
			t.Helper()
			f, err := PlanYear(t.Context(), c, s, planner.Options{Seed: 1}, year)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		f := plan(base)
		for _, cl := range base.Claims {
			about := cl.PeriodTo == 0 || cl.PeriodTo.Year() >= year
			if listed := slices.Contains(f.Barred, cl.ID) || slices.Contains(f.Told, cl.ID); about != listed {
				t.Errorf("%d: %s is about the year or later: %v; barred or told: %v", year, cl.ID, about, listed)
			}
		}
		c := mustUK(t, table.LoadOptions{})
		wild(c, f.Barred)
		g := plan(c)
		if a, b := predictions(t, f), predictions(t, g); a != b {
			t.Errorf("%d: predictions move with barred claims:\n%s\n%s", year, a, b)
		}
		if f.Actual == g.Actual {
			t.Errorf("%d: what happened did not move: the test changes nothing", year)
		}
		c = mustUK(t, table.LoadOptions{})
		for i := range c.Claims {
			if c.Claims[i].ID == fmt.Sprintf("PROD-%d-CV", year-1) || c.Claims[i].ID == fmt.Sprintf("MAKER-TOYOTA-%d", year-1) {
				c.Claims[i].Value = "121111"
			}
		}
		if predictions(t, f) == predictions(t, plan(c)) {
			t.Errorf("%d: predictions do not move with a claim about the year before", year)
		}
	}
}

// TestBarredClaimsMovedOnLoading does the same through the loader, which computes the figures of the case again.
func TestBarredClaimsMovedOnLoading(t *testing.T) {
	t.Parallel()
	s := mustSolver(t)
	plan := func(moves ...headroom.Move) string {
		t.Helper()
		f, err := PlanYear(t.Context(), mustUK(t, table.LoadOptions{Moves: moves}), s, planner.Options{Seed: 1}, 2025)
		if err != nil {
			t.Fatal(err)
		}
		return predictions(t, f)
	}
	same := plan(headroom.Move{Claim: "MAKER-JLR-2025", Value: "100000"}, headroom.Move{Claim: "CAP-SUN-600", Value: "900000"}, headroom.Move{Claim: "PROD-2025-TOTAL", Value: "1"})
	if base := plan(); same != base {
		t.Errorf("predictions move with barred claims:\n%s\n%s", base, same)
	}
	if plan(headroom.Move{Claim: "CY-LOST", Value: "27000"}) == same {
		t.Error("predictions do not move with an event that is told")
	}
}

func TestWantedIn(t *testing.T) {
	t.Parallel()
	c := mustUK(t, table.LoadOptions{})
	for year, want := range map[int]map[string]float64{
		2023: {"corolla": 122193, "mini": 184996, "mini-electric": 47000}, 2024: {"corolla": 98000, "vans": 105878}, 2025: {"qashqai": 172641, "vans": 31000},
	} {
		wanted, err := wantedIn(c, year)
		if err != nil {
			t.Fatal(err)
		}
		sold := soldOf(wanted)
		for v, units := range want {
			if math.Abs(sold[v]-units) > 1e-3 {
				t.Errorf("%d: %s is wanted %g times, want %g", year, v, sold[v], units)
			}
		}
	}
	if got := mixYear(c, 2023); got != 2024 {
		t.Errorf("2023 has the mix of %d, want 2024, and never the year that is scored", got)
	}
}

// TestCalibrationAsOfADay: in January 2025 there is a year to score and 2025 is none; in February 2026 what was built of the makers whose figure
// was not out is not compared with an older one that stands in for it.
func TestCalibrationAsOfADay(t *testing.T) {
	t.Parallel()
	c := mustUK(t, table.LoadOptions{AsOf: headroom.NewDate(2025, 1, 31)})
	if got := CalibratedYears(c); !slices.Equal(got, []int{2024}) {
		t.Errorf("years as of January 2025: %v, want 2024", got)
	}
	c = mustUK(t, table.LoadOptions{AsOf: headroom.NewDate(2026, 2, 1)})
	f, err := PlanYear(t.Context(), c, mustSolver(t), planner.Options{Seed: 1}, 2025)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f.Runs[0].Rows {
		if r.What == "nissan" {
			t.Errorf("Nissan in 2025, %v, is compared with %g before MAKER-NISSAN-2025 was known", r.Claims, r.Claim)
		}
	}
}

// TestFoldIsThatOfTheDay: the case as it was known before anything of 2025 but its total was out gives the same plans of 2025.
func TestFoldIsThatOfTheDay(t *testing.T) {
	t.Parallel()
	s := mustSolver(t)
	var totals [2][]float64
	for i, o := range []table.LoadOptions{{}, {AsOf: headroom.NewDate(2026, 1, 30)}} {
		f, err := PlanYear(t.Context(), mustUK(t, o), s, planner.Options{Seed: 1}, 2025)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range f.Runs {
			totals[i] = append(totals[i], r.Rows[0].Model)
		}
	}
	if d := cmp.Diff(totals[0], totals[1]); d != "" {
		t.Errorf("totals of all that is known and of January 2026:\n%s", d)
	}
}
