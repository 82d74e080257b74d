package cost

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"headroom"
)

// approx compares floats to what is left after a few roundings.
var approx = cmpopts.EquateApprox(1e-12, 1e-12)

func year(id string, y int) headroom.Period {
	return headroom.Period{ID: id, From: headroom.NewDate(y, 1, 1), To: headroom.NewDate(y, 12, 31)}
}

// small is a case of two years with a plant in A, one in B, and markets in both.
func small() *headroom.Case {
	return &headroom.Case{
		Settings: headroom.Settings{BaseCurrency: "GBP", DiscountRate: 10},
		Periods:  []headroom.Period{year("1", 2026), year("2", 2027)},
		Regions:  []headroom.Region{{ID: "A"}, {ID: "B", Territory: "T"}, {ID: "C", Territory: "T"}},
		Orgs:     []headroom.Org{{ID: "grp"}, {ID: "mk", Parent: "grp"}},
		Plants:   []headroom.Plant{{ID: "p", Region: "A", Currency: "EUR", MothballShare: 20}, {ID: "q", Region: "B", Currency: "GBP", MothballShare: 20}},
		Lines: []headroom.Line{
			{ID: "l", Plant: "p", CapacityYear: headroom.Some(1000), To: headroom.NewDate(2026, 12, 31)},
			{ID: "r", Plant: "p", Rate: headroom.Some(30), Availability: 90},
		},
		ShiftPatterns: []headroom.ShiftPattern{
			{ID: "one", Lines: []string{"l"}, Index: headroom.Some(0.5)},
			{ID: "two", Index: headroom.Some(1), Hours: headroom.Some(40), Weeks: 46},
		},
		Vehicles: []headroom.Vehicle{
			{ID: "v", Maker: "mk", Powertrain: "BEV", EOP: headroom.NewDate(2029, 6, 30)},
			{ID: "w", Maker: "x", Powertrain: "ICE", SOP: headroom.NewDate(2026, 7, 1)},
		},
		Markets: []headroom.Market{{ID: "a", Region: "A"}, {ID: "b", Region: "B"}, {ID: "c", Region: "C"}},
		FXRates: []headroom.FXRate{
			{From: "EUR", To: "GBP", Period: "*", Rate: 0.8},
			{From: "EUR", To: "GBP", Period: "2", Rate: 0.9},
			{From: "GBP", To: "USD", Period: "*", Rate: 1.25},
		},
	}
}

func TestFX(t *testing.T) {
	t.Parallel()
	b := New(small())
	tests := []struct {
		ccy    string
		period int
		want   float64
	}{
		{"", 0, 1},
		{"GBP", 1, 1},
		{"EUR", 0, 0.8}, // the row of all periods
		{"EUR", 1, 0.9}, // that of the period
		{"USD", 0, 0.8}, // 1 / 1.25
	}
	for _, tt := range tests {
		if got := b.FX(tt.ccy, tt.period); math.Abs(got-tt.want) > 1e-15 {
			t.Errorf("FX(%q, %d) = %g, want %g", tt.ccy, tt.period, got, tt.want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("an unknown currency does not panic")
		}
	}()
	b.FX("JPY", 0)
}

// TestFXBothWays: of two rows for one pair the way to the base currency counts, whatever the order of their names; a row of the
// period counts before it.
func TestFXBothWays(t *testing.T) {
	t.Parallel()
	for _, ccy := range []string{"EUR", "USD"} { // before and after GBP in the order of rows
		for _, both := range [][2]string{{"*", "*"}, {"2", "2"}, {"*", "2"}, {"2", "*"}} {
			c := small()
			c.FXRates = []headroom.FXRate{{From: ccy, To: "GBP", Period: both[0], Rate: 0.85}, {From: "GBP", To: ccy, Period: both[1], Rate: 1.5}}
			if ccy == "USD" {
				c.FXRates[0], c.FXRates[1] = c.FXRates[1], c.FXRates[0]
			}
			want := 0.85
			if both[0] == "*" && both[1] == "2" {
				want = 1 / 1.5
			}
			if got := New(c).FX(ccy, 1); math.Abs(got-want) > 1e-15 {
				t.Errorf("%s, periods %v: %g, want %g", ccy, both, got, want)
			}
		}
	}
}

// TestEnergyOf: a row for every plant serves it on the days on which it has none of its own for the carrier.
func TestEnergyOf(t *testing.T) {
	t.Parallel()
	day := headroom.NewDate
	c := &headroom.Case{Energies: []headroom.Energy{
		{Plant: "*", Carrier: "gas", Price: 1},
		{Plant: "p", Carrier: "gas", Price: 2, From: day(2026, 3, 1), To: day(2026, 3, 31)},
		{Plant: "p", Carrier: "gas", Price: 3, From: day(2027, 1, 1)},
		{Plant: "p", Carrier: "electricity", Price: 4},
	}}
	price := func(plant string, d headroom.Date) (sum float64) {
		for _, e := range EnergyOf(c, plant) {
			if e.From <= d && (e.To == 0 || d <= e.To) {
				sum += e.Price
			}
		}
		return sum
	}
	for _, tt := range []struct {
		plant string
		d     headroom.Date
		want  float64
	}{
		{"p", day(2026, 2, 28), 1 + 4},
		{"p", day(2026, 3, 1), 2 + 4},
		{"p", day(2026, 3, 31), 2 + 4},
		{"p", day(2026, 4, 1), 1 + 4},
		{"p", day(2026, 12, 31), 1 + 4},
		{"p", day(2027, 1, 1), 3 + 4},
		{"q", day(2026, 3, 15), 1},
	} {
		if got := price(tt.plant, tt.d); got != tt.want {
			t.Errorf("%s on %s: %g, want %g", tt.plant, tt.d, got, tt.want)
		}
	}
}

func TestTime(t *testing.T) {
	t.Parallel()
	b := New(small())
	got := []float64{b.Years(1), b.Horizon(), b.Start(1), b.Discount(0), b.Discount(1)}
	d := func(years float64) float64 { return math.Pow(1.1, -years) }
	if diff := cmp.Diff([]float64{1, 2, 1, d(0.5), d(1.5)}, got, approx); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDemand(t *testing.T) {
	t.Parallel()
	c := small()
	c.Demands = []headroom.Demand{
		{Vehicle: "v", Market: "a", Period: "*", Volume: 1000, Growth: headroom.Some(10), PriceNet: headroom.Some(100), Contribution: headroom.Some(20), CustomsValue: "75%", Currency: "EUR"},
		{Vehicle: "v", Market: "a", Period: "1", Volume: 500, PriceNet: headroom.Some(100), CustomsValue: "60", LostSale: headroom.Some(10), MinService: 40, Currency: "EUR"},
		{Vehicle: "w", Market: "b", Period: "*", Volume: 730, MaxVolume: headroom.Some(365), From: headroom.NewDate(2026, 10, 1)},
	}
	b := New(c)
	tests := []struct {
		v, m, t int
		want    Cell
	}{
		{0, 0, 0, Cell{Units: 500, Price: 80, HasPrice: true, Customs: 48, LostSale: headroom.Some(8), MinService: 0.4}},
		// grown by a year; prices at the rate of the year
		{0, 0, 1, Cell{Units: 1100, Price: 90, HasPrice: true, Share: 0.2, HasShare: true, Customs: 67.5}},
		{0, 1, 0, Cell{}},
		// at most 365, for the 92 days from October, on all of which the vehicle is there: its SOP is in July
		{1, 1, 0, Cell{Units: 365 * 92.0 / 365}},
		{1, 1, 1, Cell{Units: 365}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, b.Demand(tt.v, tt.m, tt.t), approx); diff != "" {
			t.Errorf("Demand(%d, %d, %d) (-want +got):\n%s", tt.v, tt.m, tt.t, diff)
		}
	}
	if diff := cmp.Diff([]int{0}, b.Markets(0)); diff != "" {
		t.Errorf("markets (-want +got):\n%s", diff)
	}
}

func TestPlant(t *testing.T) {
	t.Parallel()
	c := small()
	c.Plants[0].FixedPerCapacity, c.Plants[0].SeverancePerCapacity = headroom.Some(100), headroom.Some(10)
	c.Plants[1].FixedOpenM, c.Plants[1].FixedMothballM, c.Plants[1].SeveranceM = headroom.Some(2), headroom.Some(0.3), headroom.Some(1)
	c.Labours = []headroom.Labour{{Plant: "p", Wage: headroom.Some(20), HoursPerUnit: headroom.Some(10), CrewShare: 60, Currency: "EUR"}}
	c.Energies = []headroom.Energy{
		{Plant: "p", UsePerCar: 1000, BaseLoad: 50, Price: 0.2, Relief: 0.05, Currency: "EUR", To: headroom.NewDate(2026, 7, 1)},
		{Plant: "p", UsePerCar: 100, Price: 0.1},
	}
	b := New(c)
	perVehicle, perCrew := b.Labour(0, 0)
	energy, base := b.Energy(0, 0)
	none, _ := b.Labour(1, 0)
	share := 182.0 / 365
	got := map[string]float64{
		"straight time by index": b.Capacity(0, 0), "by rate and hours": b.Capacity(1, 1), "of a case without patterns": b.Capacity(0, -1),
		"line that is gone": b.LineShare(0, 1), "capacity": b.PlantCapacity(0, 0), "capacity without it": b.PlantCapacity(0, 1),
		"fixed": b.FixedOpen(0, 0), "fixed in millions": b.FixedOpen(1, 0), "mothballed by share": b.FixedMothballed(0, 0), "mothballed": b.FixedMothballed(1, 0),
		"severance": b.Severance(0, 0), "severance in millions": b.Severance(1, 0), "millions": b.PlantMoney(0, 3, 1),
		"labour": perVehicle, "crew": perCrew, "no labour": none, "energy": energy, "base load": base,
	}
	want := map[string]float64{
		"straight time by index": 500, "by rate and hours": 30 * 0.9 * 40 * 46, "of a case without patterns": 1000,
		"line that is gone": 0, "capacity": 1000 + 49680, "capacity without it": 49680,
		"fixed": 100 * 50680 * 0.8, "fixed in millions": 2e6, "mothballed by share": 0.2 * 100 * 50680 * 0.8, "mothballed": 0.3e6,
		"severance": 10 * 50680 * 0.8, "severance in millions": 1e6, "millions": 2.7e6,
		"labour": 200 * 0.8 * 0.4, "crew": 200 * 0.8 * 0.6, "no labour": 0, "energy": 1000*0.15*0.8*share + 100*0.1, "base load": 50 * 1000 * 0.15 * 0.8 * share,
	}
	if diff := cmp.Diff(want, got, approx); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if PatternFor(&c.ShiftPatterns[0], "r") || !PatternFor(&c.ShiftPatterns[1], "r") || !PatternFor(&headroom.ShiftPattern{Lines: []string{"*"}}, "r") {
		t.Error("PatternFor")
	}
}

func TestLane(t *testing.T) {
	t.Parallel()
	lanes := func(l ...headroom.Lane) []headroom.Lane { return l }
	row := func(from, to string, cost float64) headroom.Lane {
		return headroom.Lane{Origin: from, Destination: to, Cost: headroom.Some(cost), Currency: "GBP"}
	}
	until := func(l headroom.Lane, day headroom.Date) headroom.Lane { l.To = day; return l }
	forbid := func(l headroom.Lane) headroom.Lane { l.Use = headroom.Exclude; return l }
	tests := []struct {
		name  string
		lanes []headroom.Lane
		m, t  int
		cost  float64
		ok    bool
	}{
		{"none within a region", nil, 0, 0, 0, true},
		{"none across regions", nil, 1, 0, 0, false},
		{"regions", lanes(row("A", "B", 5)), 1, 0, 5, true},
		{"plant before region", lanes(row("A", "B", 5), row("p", "B", 4)), 1, 0, 4, true},
		{"market before plant and region", lanes(row("p", "B", 4), row("p", "b", 3), row("A", "b", 2)), 1, 0, 3, true},
		{"within a region", lanes(row("A", "A", 1)), 0, 0, 1, true},
		{"forbidden", lanes(forbid(row("p", "b", 3)), row("A", "B", 5)), 1, 0, 0, false},
		{"less than half a year", lanes(until(row("A", "B", 5), headroom.NewDate(2026, 6, 30))), 1, 0, 0, false},
		{"half a year", lanes(until(row("A", "B", 5), headroom.NewDate(2026, 7, 2))), 1, 0, 5, true},
		{"passed over", lanes(until(row("p", "b", 3), headroom.NewDate(2026, 12, 31)), row("A", "B", 5)), 1, 1, 5, true},
		{"gone within a region", lanes(until(row("A", "A", 1), headroom.NewDate(2026, 12, 31))), 0, 1, 0, false},
	}
	for _, tt := range tests {
		c := small()
		c.Lanes = tt.lanes
		cost, ok := New(c).Lane(0, tt.m, tt.t)
		if cost != tt.cost || ok != tt.ok {
			t.Errorf("%s: %g, %v, want %g, %v", tt.name, cost, ok, tt.cost, tt.ok)
		}
	}
}

func TestEntries(t *testing.T) {
	t.Parallel()
	mfn := headroom.Duty{ID: "m", Importer: "T", Origin: "*", Layer: headroom.MFN, AdValorem: 10}
	pref := headroom.Duty{ID: "p", Importer: "T", Origin: "A", Layer: headroom.Preferential, Agreement: "FTA", AdValorem: 1}
	cvd := func(id, maker, powertrain string, rate float64) headroom.Duty {
		return headroom.Duty{ID: id, Importer: "T", Origin: "A", Layer: headroom.Countervailing, Maker: maker, Powertrain: powertrain, AdValorem: rate}
	}
	join := func(d headroom.Duty, how string) headroom.Duty { d.Combine = how; return d }
	until := func(d headroom.Duty, day headroom.Date) headroom.Duty { d.To = day; return d }
	from := func(d headroom.Duty, origin string, rate float64) headroom.Duty {
		d.ID, d.Origin, d.AdValorem = d.ID+origin, origin, rate
		return d
	}
	tests := []struct {
		name    string
		duties  []headroom.Duty
		quotas  []headroom.Quota
		v, m, t int
		want    []Entry
	}{
		{"one territory", []headroom.Duty{mfn}, nil, 0, 0, 0, []Entry{{Regime: headroom.RegimeDomestic, Quota: -1}}},
		{"nothing known", nil, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1}}},
		{"general", []headroom.Duty{mfn}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.1}}},
		{"market in a country of the union", []headroom.Duty{mfn}, nil, 0, 2, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.1}}},
		{"preference", []headroom.Duty{mfn, pref}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.1}, {Regime: headroom.RegimePreferential, Agreement: "FTA", Quota: -1, Rate: 0.01}}},
		{"preference that is over", []headroom.Duty{mfn, until(pref, headroom.NewDate(2026, 12, 31))}, nil, 0, 1, 1, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.1}}},
		{"stacked", []headroom.Duty{mfn, cvd("c", "*", "*", 20.7)}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.307}}},
		{"the maker before its group before all", []headroom.Duty{cvd("a", "*", "BEV", 30), cvd("b", "grp", "*", 20), cvd("c", "mk", "*", 10)}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.1}}},
		{"the group before all", []headroom.Duty{cvd("a", "*", "BEV", 30), cvd("b", "grp", "*", 20)}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.2}}},
		{"of another maker", []headroom.Duty{cvd("b", "grp", "*", 20)}, nil, 1, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1}}},
		{"the powertrain before all", []headroom.Duty{cvd("a", "*", "BEV", 30), cvd("b", "*", "*", 20)}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.3}}},
		{"of another powertrain", []headroom.Duty{cvd("a", "*", "BEV", 30)}, nil, 1, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1}}},
		{"two rows that say so add up", []headroom.Duty{join(cvd("a", "*", "*", 3), "add"), join(cvd("b", "*", "*", 4), "add")}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.07}}},
		{"a closer row and one for all that say so add up", []headroom.Duty{join(cvd("a", "mk", "*", 3), "add"), join(cvd("b", "*", "*", 4), "add")}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.07}}},
		{"only one of two says so", []headroom.Duty{join(cvd("a", "mk", "*", 3), "add"), cvd("b", "*", "*", 4)}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.03}}},
		{"the origin before all", []headroom.Duty{mfn, from(mfn, "A", 3)}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.03}}},
		{"the origin before the maker", []headroom.Duty{cvd("a", "*", "*", 3), from(cvd("b", "mk", "BEV", 4), "*", 4)}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.03}}},
		{"the origin while it holds", []headroom.Duty{mfn, until(from(mfn, "A", 3), headroom.NewDate(2026, 3, 14))}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: (3.0*73 + 10*292) / 36500}}},
		{"a preference while it holds", []headroom.Duty{mfn, until(pref, headroom.NewDate(2026, 3, 14))}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.1}, {Regime: headroom.RegimePreferential, Agreement: "FTA", Quota: -1, Rate: (1.0*73 + 10*292) / 36500}}},
		{"the larger while it holds", []headroom.Duty{mfn, until(join(cvd("c", "*", "*", 15), "max"), headroom.NewDate(2026, 3, 14))}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: (15.0*73 + 10*292) / 36500}}},
		{"the larger", []headroom.Duty{mfn, join(cvd("c", "*", "*", 15), "max")}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.15}}},
		{"the larger is there already", []headroom.Duty{mfn, join(cvd("c", "*", "*", 5), "max")}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.1}}},
		{"instead", []headroom.Duty{mfn, join(cvd("c", "*", "*", 4), "replace")}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.04}}},
		{"for a share of the year", []headroom.Duty{until(mfn, headroom.NewDate(2026, 3, 14))}, nil, 0, 1, 0, []Entry{{Regime: headroom.RegimeMFN, Quota: -1, Rate: 0.1 * 73 / 365}}},
		{
			"quota",
			[]headroom.Duty{mfn, cvd("c", "*", "*", 2)},
			[]headroom.Quota{{Importer: "T", Origin: "A", Period: "*", Volume: 100, InRate: 5, OutRate: 25}, {Importer: "T", Origin: "A", Period: "2", Volume: 50, InRate: 6, OutRate: 26}},
			0, 1, 1,
			[]Entry{{Regime: headroom.RegimeQuotaIn, Quota: 1, Rate: 0.08}, {Regime: headroom.RegimeQuotaOut, Quota: 1, Rate: 0.28}},
		},
		{
			"quota and a preference while it holds",
			[]headroom.Duty{mfn, until(pref, headroom.NewDate(2026, 3, 14))},
			[]headroom.Quota{{Importer: "T", Origin: "A", Period: "*", Volume: 100, InRate: 5, OutRate: 25}, {Importer: "T", Origin: "A", Period: "1", Volume: 50, InRate: 5, OutRate: 25}},
			0, 1, 0,
			[]Entry{{Regime: headroom.RegimeQuotaIn, Quota: 1, Rate: 0.05}, {Regime: headroom.RegimeQuotaOut, Quota: 1, Rate: 0.25}, {Regime: headroom.RegimePreferential, Agreement: "FTA", Quota: -1, Rate: (1.0*73 + 25*292) / 36500}},
		},
	}
	for _, tt := range tests {
		c := small()
		c.Duties, c.Quotas = tt.duties, tt.quotas
		b := New(c)
		got := b.Entries(tt.v, 0, tt.m, tt.t)
		for i := range got {
			if q := got[i].Quota; q >= 0 && b.QuotaVolume(q, tt.t) != 50 {
				t.Errorf("%s: quota of %g", tt.name, b.QuotaVolume(q, tt.t))
			} else if q >= 0 {
				got[i].Quota = 1
			}
		}
		if diff := cmp.Diff(tt.want, got, approx); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if got := (Entry{Rate: 0.1, Specific: 30}).Duty(1000); got != 130 {
		t.Errorf("duty %g, want 130", got)
	}
}
