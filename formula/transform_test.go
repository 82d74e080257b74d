package formula

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

// claimOn is a claim about a span of days.
func claimOn(id, value, unit, from, to string) headroom.Claim {
	c := headroom.Claim{ID: id, Value: value, Unit: unit}
	c.PeriodFrom, _ = headroom.ParseDate(from, false) // "" is no date
	c.PeriodTo, _ = headroom.ParseDate(to, true)
	return c
}

// moneyClaim is a claim about a sum in prices of a year.
func moneyClaim(id, value, unit, currency string, year int, region string) headroom.Claim {
	return headroom.Claim{ID: id, Value: value, Unit: unit, Currency: currency, PriceYear: year, Region: region}
}

// unitsCase is a case of claims with units, rates and an index.
func unitsCase() *headroom.Case {
	old := claimOn("FX-OLD", "1.20", "USD per GBP", "2019-06-30", "2019-06-30")
	ours := claimOn("FX-OURS", "1.99", "USD per GBP", "2026-01-27", "2026-01-27")
	ours.Source = "ours"
	wrong := claimOn("FX-WRONG", "7.77", "USD per GBP", "2026-01-26", "2026-01-26")
	right := claimOn("FX-RIGHT", "1.3500", "USD per GBP", "2026-01-05", "2026-01-05")
	right.Supersedes = []string{"FX-WRONG"}
	soon := claimOn("FX-SOON", "1.5", "USD per GBP", "2026-01-20", "2026-01-20")
	soon.Forecast = true
	return &headroom.Case{
		Sources: []headroom.Source{{ID: "ours", Kind: "calculation"}},
		Claims: []headroom.Claim{
			{ID: "CAP", Value: "200", Unit: "thousand vehicles/yr"},
			{ID: "CARS", Value: "1000", Unit: "cars"},
			{ID: "VANS", Value: "250", Unit: "vans"},
			{ID: "SHARE", Value: "56.7", Unit: "% of car exports"},
			{ID: "WEEK", Value: "100", Unit: "h/week"},
			{ID: "WEEK-3", Value: "120", Unit: "h/week"},
			{ID: "PENCE", Value: "25.33", Unit: "p/kWh"},
			{ID: "NONE", Value: "4"},
			{ID: "ODD", Value: "4", Unit: "furlongs"},
			{ID: "SAID", Kind: headroom.KindStatement},
			moneyClaim("PLANT", "22", "GBP m", "GBP", 2016, "UK"),
			moneyClaim("TOOLS", "56", "USD m", "USD", 2025, "UK"),
			moneyClaim("LABOUR", "2333", "USD/vehicle", "USD", 2024, "UK"),
			claimOn("TWO-MONTHS", "6878", "cars", "2026-01", "2026-02"),
			claimOn("DAYS", "73", "cars", "2026-01-05", "2026-01-14"),
			claimOn("UNDATED", "6878", "cars", "", ""),
			claimOn("BY-YEAR", "6878", "cars/yr", "2026-01", "2026-02"),
			claimOn("A-YEAR", "6878", "Fahrzeuge p. a.", "2026-01", "2026-02"),
			claimOn("SOME", "12", "%", "2026-01", "2026-02"),
			claimOn("Y2027", "50000", "vehicles/yr", "2027", "2027"),
			claimOn("Y2029", "150", "thousand vehicles/yr", "2029", "2029"),
			old, ours, wrong, right, soon,
			claimOn("FX-CNY-GBP", "9.5261", "CNY per GBP", "2026-01-27", "2026-01-27"),
			claimOn("FX-CNY-USD", "6.9858", "CNY per USD", "2026-01-27", "2026-01-27"),
			claimOn("FX-ZAR-CNY", "230.05", "ZAR per 100 CNY", "2026-01-27", "2026-01-27"),
		},
		Deflators: []headroom.Deflator{
			{Region: "UK", Index: "CPI", Year: 2016, Value: 80, Claim: "CPI-2016"},
			{Region: "UK", Index: "CPI", Year: 2025, Value: 100},
			{Region: "UK", Index: "PPI", Year: 2016, Value: 50},
			{Region: "UK", Index: "PPI", Year: 2025, Value: 100},
		},
	}
}

// TestTransforms computes formulas in the unit of a figure.
func TestTransforms(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		formula, unit string
		want          float64
	}{
		{"[CAP]", "veh/yr", 200000},
		{"[CAP] + [CARS]", "veh/yr", 201000},
		{"[CARS] * [SHARE]", "veh/yr", 567},
		{"[CARS] * (1 - [SHARE])", "veh/yr", 433},
		{"[SHARE]", "%", 56.7},
		{"[SHARE]", "x", 0.567},
		{"[CAP] * [WEEK] / [WEEK-3]", "veh/yr", 166666.66666666666},
		{"[WEEK-3] / [WEEK]", "x", 1.2},
		{"[PENCE]", "GBP/kWh", 0.2533},
		{"[PENCE]", "GBP/MWh", 253.3},
		{"[PLANT]", "GBP m", 22},
		{"[PLANT] / [CAP]", "GBP/(veh/yr)", 110},
		{"[NONE] * 2", "veh/yr", 8},   // nothing has a unit
		{"[CARS] * [NONE]", "", 4000}, // a claim without a unit is a plain number
		{"share([VANS], [CARS] + [VANS])", "%", 20},
		{"[CAP] * share([VANS], [CARS] + [VANS])", "veh/yr", 40000},
		{"annual([TWO-MONTHS])", "veh/yr", 41268},
		{"annual( [DAYS] )", "veh/yr", 2664.5},
		{"interpolate([Y2027],[Y2029],2028)", "veh/yr", 100000},
		{"interpolate([Y2029], [Y2027], 2027)", "veh/yr", 50000},
		{"interpolate([Y2027],[Y2029],2028-12-31)", "veh/yr", 50000 + 100000*(2028+365.5/366-2027.5)/2},
		{"deflate([PLANT],2016,2025)", "GBP m", 27.5},
		{"deflate([PLANT],2016,2025,UK,PPI) / 2", "GBP m", 22},
		{"fx(GBP,USD,2026-01-27)", "USD per GBP", 9.5261 / 6.9858},         // through the yuan, of that day
		{"fx(GBP,USD,2026-01-26)", "USD per GBP", 1.35},                    // the nearest before
		{"[TOOLS] * fx(USD,GBP,2026-01-10)", "GBP m", 56 / 1.35},           // the other way round
		{"fx(GBP,ZAR,2026-01-31)", "ZAR per GBP", 9.5261 * 2.3005},         // per 100
		{"fx(GBP,ZAR,2026-01)", "ZAR per GBP", 9.5261 * 2.3005},            // a month counts from its last day
		{"[LABOUR] * fx(USD,GBP,2026)", "GBP/veh", 2333 * 6.9858 / 9.5261}, // and so does a year
		{"fx(USD,GBP,2019-12-31)", "GBP per USD", 1 / 1.2},
	} {
		got, err := Value(unitsCase(), headroom.Binding{Kind: "derived", Formula: tt.formula, Unit: tt.unit})
		if err != nil || math.Abs(got-tt.want) > 1e-9*math.Abs(tt.want) {
			t.Errorf("%s in %s = %v, %v, want %v", tt.formula, tt.unit, got, err, tt.want)
		}
	}
}

// TestTransformErrors are wrong uses, with the code of the finding.
func TestTransformErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ formula, unit, code, want string }{
		{"[CARS]", "GBP m", headroom.CodeWrongUnit, "the formula gives vehicles, and the figure is in GBP m"},
		{"[PLANT]", "veh/yr", headroom.CodeWrongUnit, "the formula gives GBP"},
		{"[SHARE]", "veh/yr", headroom.CodeWrongUnit, "a plain number or share"},
		{"[TOOLS]", "GBP m", headroom.CodeWrongUnit, "the formula gives USD"}, // a dollar is no pound
		{"[LABOUR] * [CAP]", "USD/veh", headroom.CodeWrongUnit, "the formula gives USD"},
		{"[CARS] + [PLANT]", "veh/yr", headroom.CodeWrongUnit, "vehicles and GBP cannot be added"},
		{"[PLANT] - [TOOLS]", "GBP m", headroom.CodeWrongUnit, "GBP and USD cannot be added"},
		{"[CARS] + 1000", "veh/yr", headroom.CodeWrongUnit, "cannot be added"},
		{"100 - [CARS]", "veh/yr", headroom.CodeWrongUnit, "cannot be added"},
		{"[ODD]", "veh/yr", headroom.CodeBrokenFormula, `"furlongs" is not a unit`},
		{"[SAID] * 2", "veh/yr", headroom.CodeBrokenFormula, "has no value"},
		{"[GONE] * 2", "veh/yr", headroom.CodeBrokenFormula, "there is no claim GONE"},
		{"[CARS] / ([VANS] - [VANS])", "x", headroom.CodeBrokenFormula, "division by zero"},
		{"share([CARS],[VANS])", "%", headroom.CodeBrokenFormula, "larger than the whole"},
		{"share([PLANT],[CARS])", "%", headroom.CodeWrongUnit, "GBP is no share of vehicles"},
		{"share([VANS],[GONE])", "%", headroom.CodeBrokenFormula, "there is no claim GONE"},
		{"annual([UNDATED])", "veh/yr", headroom.CodeBrokenFormula, "no first or no last day"},
		{"annual([BY-YEAR])", "veh/yr", headroom.CodeBrokenFormula, "by the year already"},
		{"annual([A-YEAR])", "veh/yr", headroom.CodeBrokenFormula, "by the year already"},
		{"annual([SOME])", "%", headroom.CodeWrongUnit, "is a share"},
		{"annual([SAID])", "veh/yr", headroom.CodeBrokenFormula, "has no value"},
		{"interpolate([Y2027],[Y2029],2030)", "veh/yr", headroom.CodeBrokenFormula, "not between"},
		{"interpolate([Y2027],[Y2027],2027)", "veh/yr", headroom.CodeBrokenFormula, "the same time"},
		{"interpolate([Y2027],[SOME],2027)", "veh/yr", headroom.CodeWrongUnit, "lies nothing"},
		{"interpolate([Y2027],[UNDATED],2027)", "veh/yr", headroom.CodeBrokenFormula, "no first or no last day"},
		{"interpolate([Y2027],[Y2029],soon)", "veh/yr", headroom.CodeBrokenFormula, "write interpolate"},
		{"deflate([PLANT],2015,2025)", "GBP m", headroom.CodeBrokenFormula, "in prices of 2016, not of 2015"},
		{"deflate([PLANT],2016,2026)", "GBP m", headroom.CodeMissingDeflator, `no CPI of "UK" for 2026`},
		{"deflate([PLANT],2016,2025,US)", "GBP m", headroom.CodeMissingDeflator, `no CPI of "US" for 2016`},
		{"deflate([PLANT],2016,2025,UK,wage)", "GBP m", headroom.CodeMissingDeflator, "no wage"},
		{"deflate([CARS],2016,2025)", "veh/yr", headroom.CodeWrongUnit, "no sum of money"},
		{"deflate([PLANT])", "GBP m", headroom.CodeBrokenFormula, "a comma is expected"},
		{"fx(GBP,JPY,2026-01-27)", "JPY per GBP", headroom.CodeMissingExchangeRate, "no claim says what GBP is in JPY"},
		{"fx(GBP,CNY,2026-01-26)", "CNY per GBP", headroom.CodeMissingExchangeRate, "no claim says"}, // only later ones
		{"fx(GBP,USD,2025-12-31)", "USD per GBP", headroom.CodeMissingExchangeRate, "2019-06-30, more than a year earlier"},
		{"fx(GBP,USD,27.1.2026)", "USD per GBP", headroom.CodeBrokenFormula, "write fx"},
	} {
		_, err := Value(unitsCase(), headroom.Binding{Kind: "derived", Formula: tt.formula, Unit: tt.unit})
		var fe *FormulaError
		if !errors.As(err, &fe) || fe.Code != tt.code || !strings.Contains(fe.Message, tt.want) {
			t.Errorf("%s in %s: %v, want %s: %s", tt.formula, tt.unit, err, tt.code, tt.want)
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	b := headroom.Binding{
		Kind: "derived", Unit: "GBP/veh",
		Formula: "([LABOUR] + [LABOUR]) * fx(USD,GBP,2026-01-27)",
	}
	got, err := Explain(unitsCase(), b)
	want := []Step{
		{Part: "[LABOUR]", Transform: "claim", Value: 2333, Unit: "USD/vehicle", Claims: []string{"LABOUR"}},
		{Part: "[LABOUR] + [LABOUR]", Transform: "arithmetic", Value: 4666, Unit: "USD/vehicle"},
		{
			Part: "fx(USD,GBP,2026-01-27)", Transform: "fx", Value: 0.7333, Unit: "GBP/USD", Claims: []string{"FX-CNY-USD", "FX-CNY-GBP"},
			Note: "6.9858 CNY per USD of 2026-01-27 (FX-CNY-USD) and 9.5261 CNY per GBP of 2026-01-27 (FX-CNY-GBP)",
		},
		{Transform: "figure", Value: 3421.7, Unit: "GBP/veh"},
	}
	for i := range got {
		got[i].Value = math.Round(got[i].Value*1e4) / 1e4
		if got[i].Value > 1 {
			got[i].Value = math.Round(got[i].Value*10) / 10
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if diff := cmp.Diff([]string{"LABOUR", "FX-CNY-USD", "FX-CNY-GBP"}, Used(got)); diff != "" {
		t.Error(diff)
	}
}

// TestExplainOne: a figure that is a claim's own value, a commitment, and claims that are not there.
func TestExplainOne(t *testing.T) {
	t.Parallel()
	got, err := Explain(unitsCase(), headroom.Binding{Kind: "fact", Claims: []string{"PENCE"}, Unit: "GBP/kWh"})
	if err != nil || len(got) != 2 || got[0].Value != 25.33 || got[1].Value != 0.25329999999999997 && got[1].Value != 0.2533 {
		t.Errorf("fact: %v, %v", got, err)
	}
	got, err = Explain(unitsCase(), headroom.Binding{Kind: "commitment", Claims: []string{"SAID", "CAP"}})
	if err != nil || len(got) != 2 || got[1].Claims[0] != "CAP" {
		t.Errorf("commitment: %v, %v", got, err)
	}
	if _, err = Explain(unitsCase(), headroom.Binding{Kind: "commitment", Claims: []string{"GONE"}}); err == nil {
		t.Error("a commitment of an unknown claim is no error")
	}
	if v, err := Value(unitsCase(), headroom.Binding{Kind: "commitment", Claims: []string{"SAID"}}); err == nil {
		t.Errorf("the value of a commitment is %v", v)
	}
}
