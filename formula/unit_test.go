package formula

import (
	"encoding/csv"
	"errors"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"headroom"
)

// ukUnits are the units of the claims of the UK case, with the dimension and the size of each.
var ukUnits = map[string]struct {
	dimension string
	factor    float64
}{
	"vehicles": {"vehicle", 1}, "cars": {"vehicle", 1}, "vehicles/yr": {"vehicle", 1}, "cars/yr": {"vehicle", 1},
	"vehicles/day": {"vehicle/day", 1}, "cars/day": {"vehicle/day", 1}, "vehicles/week": {"vehicle/week", 1}, "bodies/day": {"vehicle/day", 1},
	"%": {"", 0.01}, "% ad valorem": {"", 0.01}, "% of CV output": {"", 0.01}, "% of capacity": {"", 0.01}, "% of car exports": {"", 0.01},
	"% of car output": {"", 0.01}, "% of ex-works": {"", 0.01}, "% of sales": {"", 0.01},
	"GBP m": {"GBP", 1e6}, "GBP bn": {"GBP", 1e9}, "EUR m": {"EUR", 1e6}, "EUR bn": {"EUR", 1e9}, "USD m": {"USD", 1e6}, "CNY bn": {"CNY", 1e9},
	"GBP m/week": {"GBP/week", 1e6}, "USD/day": {"USD/day", 1},
	"GBP/car": {"GBP/vehicle", 1}, "GBP/van": {"GBP/vehicle", 1}, "GBP/vehicle": {"GBP/vehicle", 1}, "EUR/car": {"EUR/vehicle", 1},
	"EUR/vehicle": {"EUR/vehicle", 1}, "USD/car": {"USD/vehicle", 1}, "USD/vehicle": {"USD/vehicle", 1},
	"EUR per g/km per car": {"EUR·length/mass/vehicle", 1}, "g/km": {"mass/length", 1},
	"p/kWh": {"GBP/energy", 0.01}, "GBP/MWh": {"GBP/energy", 1e-3}, "EUR/kWh": {"EUR/energy", 1}, "EUR/MWh": {"EUR/energy", 1e-3},
	"USD/kWh": {"USD/energy", 1}, "CNY/MWh": {"CNY/energy", 1e-3}, "ZAR/kWh": {"ZAR/energy", 1}, "MWh/vehicle": {"energy/vehicle", 1e3},
	"GWh/yr": {"energy", 1e6}, "p/mile": {"GBP/length", 0.01 / 1.609344},
	"CNY per EUR": {"CNY/EUR", 1}, "CNY per GBP": {"CNY/GBP", 1}, "CNY per USD": {"CNY/USD", 1}, "GBP per EUR": {"GBP/EUR", 1},
	"USD per GBP": {"USD/GBP", 1}, "ZAR per 100 CNY": {"ZAR/CNY", 0.01},
	"EUR/h": {"EUR/time", 24}, "GBP/h": {"GBP/time", 24}, "h/vehicle": {"time/vehicle", 1.0 / 24}, "h/week": {"time/week", 1.0 / 24},
	"seconds": {"time", 1.0 / 86400}, "days": {"time", 1}, "weeks": {"time", 7}, "years": {"time", 365.25}, "calendar year": {"calendar", 1},
	"nm": {"length", 1.852}, "shifts": {"shift", 1}, "models": {"model", 1}, "dealers": {"dealer", 1},
	"jobs": {"person", 1}, "people": {"person", 1}, "workers": {"person", 1}, "x": {"", 1}, "": {"", 1},
}

// TestUnitsUK reads the unit of every claim of the UK case, and none besides is in the list.
func TestUnitsUK(t *testing.T) {
	t.Parallel()
	f, err := os.Open("../cases/uk-2035/claim.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	col := slices.Index(rows[0], "unit")
	used := map[string]bool{}
	for _, r := range rows[1:] {
		used[r[col]] = true
	}
	for _, text := range slices.Sorted(maps.Keys(used)) {
		want, ok := ukUnits[text]
		u, err := ParseUnit(text)
		if !ok || err != nil || u.Dimension() != want.dimension || math.Abs(u.factor-want.factor) > 1e-12*want.factor {
			t.Errorf("%q: %q, %v, %v; want %+v", text, u.Dimension(), u.factor, err, want)
		}
	}
	for text := range ukUnits {
		if !used[text] {
			t.Errorf("no claim is in %q", text)
		}
	}
}

func TestUnitRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"furlongs", "gbp", "GBP m m", "m", "bn", "GBP/", "/vehicle", "GBP//vehicle", "GBP per", " per vehicle", "vehicles (almost)", "1400", "JPHs", "SUV", "ct/", "¥ m", "TkWh", "EUR/¥", "M EUR m", "pa",
		"GBP or EUR", "CNY per 0 GBP", "CNY per x GBP", "Vehicles", "vehicles\x00", "event", "statement", "GBP/(veh/yr", "% of ",
	} {
		if u, err := ParseUnit(text); err == nil {
			t.Errorf("%q is read as %q times %v", text, u.Dimension(), u.factor)
		}
	}
}

// TestTradeUnits: the units of the trade, in the words of three languages, are what they say.
func TestTradeUnits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		v          float64
		text, unit string
		want       float64
	}{
		{738_000, "units", "vehicles", 738_000},
		{738, "thousand units", "vehicles", 738_000},
		{738, "k units", "vehicles/yr", 738_000},
		{738, "Tsd. Fahrzeuge", "vehicles", 738_000},
		{738, "'000 cars", "vehicles", 738_000},
		{73.8, "万辆", "vehicles", 738_000},
		{73.8, "万 辆", "vehicles", 738_000},
		{73.8, "万台/年", "veh/yr", 738_000},
		{60, "JPH", "veh/h", 60},
		{60, "jobs per hour", "JPH", 60},
		{60, "jobs/h", "vehicles/hour", 60},
		{17, "ct/kWh", "cents/kWh", 17},
		{3, "Mio. EUR", "EUR m", 3},
		{3, "EUR Mio.", "EUR m", 3},
		{3, "M€", "EUR m", 3},
		{3, "€m", "EUR m", 3},
		{3, "mn EUR", "EUR m", 3},
		{3, "Mrd. €", "EUR bn", 3},
		{3, "Mrd EUR", "EUR m", 3000},
		{3000, "TEUR", "EUR m", 3},
		{3000, "k€", "EUR m", 3},
		{3, "£ m", "GBP m", 3},
		{3, "£bn", "GBP bn", 3},
		{3, "US$ m", "USD m", 3},
		{3, "亿元", "CNY m", 300},
		{3, "万元", "CNY", 30_000},
		{3, "億円", "JPY m", 300},
		{5, "% p.a.", "%/yr", 5},
		{5, "% per annum", "%", 5},
		{90_000, "veh/a", "veh/yr", 90_000},
		{90_000, "units p.a.", "veh/yr", 90_000},
		{3, "Mio. EUR p.a.", "EUR m/yr", 3},
		{1.5, "EUR/unit", "EUR/vehicle", 1.5},
		{1.5, "EUR per unit", "EUR/vehicle", 1.5},
		{0.9, "per unit", "%", 90},
		{738, "kveh/yr", "vehicles/yr", 738_000},
		{0.738, "million cars a year", "vehicles/yr", 738_000},
		{0.738, "mil. vehicles", "vehicles", 738_000},
		{3, "million pounds", "GBP m", 3},
		{3, "million pounds a week", "GBP m/week", 3},
		{3, "KRW trillion", "KRW bn", 3000},
		{3, "US$ tn", "USD bn", 3000},
		{50, "bp", "%", 0.5},
		{25, "pounds a car", "GBP/vehicle", 25},
		{3.6, "GJ", "MWh", 1},
		{3, "thousand", "x", 3000},
		{17, "％", "%", 17},
	} {
		from, err := ParseUnit(tt.text)
		to, err2 := ParseUnit(tt.unit)
		got, err3 := Convert(tt.v, from, to)
		if err := errors.Join(err, err2, err3); err != nil || math.Abs(got-tt.want) > 1e-9*tt.want {
			t.Errorf("%v %s = %v %s, %v; want %v", tt.v, tt.text, got, tt.unit, err, tt.want)
		}
	}
	for _, tt := range []struct{ unit, currency, want string }{
		{"ct/kWh", "EUR", "EUR/energy"},
		{"Mio.", "EUR", "EUR"},
		{"m", "GBP", "GBP"},
		{"JPH", "", "vehicle/time"},
	} {
		u, err := UnitOf(headroom.Claim{Unit: tt.unit, Currency: tt.currency})
		if err != nil || u.Dimension() != tt.want {
			t.Errorf("%s in %s is %q, %v; want %q", tt.unit, tt.currency, u.Dimension(), err, tt.want)
		}
	}
}

func TestConvert(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		v        float64
		from, to string
		want     float64
	}{
		{25.33, "p/kWh", "GBP/MWh", 253.3},
		{37.5, "GBP/MWh", "GBP/kWh", 0.0375},
		{2.6, "MWh/vehicle", "kWh/veh", 2600},
		{1.5, "GBP bn", "GBP m", 1500},
		{56.7, "% of car exports", "share", 0.567},
		{600, "thousand vehicles/yr", "veh/yr", 600000},
		{110, "GBP/(veh/yr)", "GBP/car", 110},
		{48.3, "EUR/h", "EUR/day", math.NaN()}, // a working day is no 24 hours
		{36, "months", "years", 3},
		{150, "thousand vehicles per year", "veh/yr", 150000},
		{2000, "GBP per vehicle", "GBP/veh", 2000},
		{1000, "vehicles per day", "vehicles/day", 1000},
		{12, "vehicles/quarter", "vehicles/yr", math.NaN()},
		{1.5, "GBP m per year", "GBP/yr", 1.5e6},
		{3, "t/yr", "tonnes", 3},
		{3, "MW", "kW", 3000},
		{3, "MW", "MWh", math.NaN()},
		{2, "ha", "m2", 20000},
		{30, "h/vehicle", "h/veh", 30},
		{230.05, "ZAR per 100 CNY", "ZAR per CNY", 2.3005},
		{1000, "vehicles/day", "vehicles/yr", math.NaN()}, // plants do not work every day
		{100, "GBP m", "USD m", math.NaN()},
		{5, "weeks", "vehicles", math.NaN()},
		{5, "jobs", "vehicles", math.NaN()},
		{5, "%", "GBP", math.NaN()},
	} {
		from, err := ParseUnit(tt.from)
		if err != nil {
			t.Error(err)
		}
		to, err := ParseUnit(tt.to)
		if err != nil {
			t.Error(err)
		}
		got, err := Convert(tt.v, from, to)
		if math.IsNaN(tt.want) != (err != nil) || err == nil && math.Abs(got-tt.want) > 1e-9*tt.want {
			t.Errorf("%v %s in %s = %v, %v, want %v", tt.v, tt.from, tt.to, got, err, tt.want)
		}
	}
}

func TestUnitBase(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"p/kWh": "GBP/kWh", "g/km": "g/km", "h/week": "days/week", "%": "", "GBP bn": "GBP", "thousand cars": "vehicles", "jobs": "people"} {
		u, err := ParseUnit(text)
		if err != nil || u.Base() != want {
			t.Errorf("the base of %q is %q, %v, want %q", text, u.Base(), err, want)
		}
	}
}

func TestUnitMoney(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"GBP m": true, "p/kWh": true, "EUR per g/km per car": true, "USD per GBP": false, "%": false, "vehicles": false, "": false} {
		u, err := ParseUnit(text)
		if err != nil || u.Money() != want {
			t.Errorf("%q: money is %v, %v, want %v", text, u.Money(), err, want)
		}
	}
}

// FuzzUnit: a unit that can be read converts into itself.
func FuzzUnit(f *testing.F) {
	for text := range ukUnits {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, err := ParseUnit(text)
		if err != nil {
			return
		}
		if v, err := Convert(2, u, u); err != nil || v != 2 {
			t.Errorf("2 %q in itself = %v, %v", text, v, err)
		}
		if math.IsNaN(u.factor) || u.factor <= 0 {
			t.Errorf("%q has the size %v", text, u.factor)
		}
	})
}
