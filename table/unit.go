package table

import (
	"strconv"
	"strings"

	"headroom"
	"headroom/formula"
)

// unitFactors says, for each unit of the schema, how many of it one of another spelling or size is.
var unitFactors = map[string]map[string]float64{
	"veh/yr":       {"vehicles/yr": 1, "veh/year": 1, "vehicles/year": 1, "cars/yr": 1, "veh/month": 12, "veh/quarter": 4},
	"vehicles":     {"veh": 1, "cars": 1},
	"m/yr":         {"ccy/yr": 1e-6, "k/yr": 1e-3, "bn/yr": 1e3, "m/year": 1},
	"m":            {"ccy": 1e-6, "k": 1e-3, "bn": 1e3},
	"%":            {"percent": 1, "fraction": 100, "share": 100},
	"%/yr":         {"%": 1, "percent": 1, "fraction": 100, "fraction/yr": 100},
	"months":       {"month": 1, "yr": 12, "years": 12},
	"yr":           {"year": 1, "years": 1, "months": 1.0 / 12},
	"jobs/h":       {"jph": 1, "jobs/hour": 1, "jobs/min": 60},
	"MWh/yr":       {"kWh/yr": 1e-3, "GWh/yr": 1e3, "MWh": 1, "GWh": 1e3},
	"kWh/veh":      {"MWh/veh": 1e3},
	"ccy/kWh":      {"ccy/MWh": 1e-3},
	"ccy/veh":      {"ccy/vehicle": 1, "ccy/car": 1},
	"ccy/(veh/yr)": {"ccy/veh/yr": 1},
	"h/week":       {"hours/week": 1},
	"weeks/yr":     {"weeks": 1},
	"h/veh":        {"hours/veh": 1},
}

// unitFactor returns by what the cells of a column with a unit written as text are multiplied, to come to want.
func unitFactor(text, want string) (float64, bool) {
	text = strings.TrimSpace(text)
	if text == want {
		return 1, true
	}
	if f, ok := unitFactors[want][text]; ok {
		return f, true
	}
	if want == "%" || want == "%/yr" {
		return 0, false
	}
	if size, ok := formula.Size(text); ok && text != "m" && !strings.HasPrefix(want, "m") { // [k] is thousands of what the column counts
		return size, true
	}
	word, rest, _ := strings.Cut(text, " ")
	by, known := formula.Size(word)
	if !known || rest == "" {
		return 0, false
	}
	f, ok := unitFactor(rest, want)
	return by * f, ok
}

// moneyUnit reports whether a column counts money.
func moneyUnit(want string) bool {
	return want == "m" || want == "m/yr" || strings.Contains(want, "ccy")
}

// currencyIn is the currency that a unit names, "" where it names none.
func currencyIn(text string) string {
	u, err := formula.ParseUnit(text)
	if err != nil || !u.Money() {
		return ""
	}
	return u.Currency()
}

// currencyHint says how the code of a currency is written.
func currencyHint(text string) string {
	if code := currencyIn(strings.ToUpper(text)); code != "" {
		return "write " + code
	}
	return "write its code of three capitals, as GBP"
}

// unitIn returns the factor of a unit as package formula reads it, where money is in a currency.
func unitIn(text, want, currency string) (float64, bool) {
	switch want {
	case "m", "m/yr":
		want = currency + " " + want
	default:
		want = strings.Replace(want, "ccy", currency, 1)
	}
	from, err := formula.UnitOf(headroom.Claim{Unit: text, Currency: currency}) // a cent is one of this currency
	to, err2 := formula.ParseUnit(want)
	if f, ok := from.Percent(); ok && err == nil && (want == "%" || want == "%/yr") {
		return f, true
	}
	if err != nil || err2 != nil || to.Dimension() == "" {
		return 0, false
	}
	f, err := formula.Convert(1, from, to)
	if err != nil {
		return 0, false
	}
	f, err = strconv.ParseFloat(strconv.FormatFloat(f, 'g', 12, 64), 64) // 1e-3, not what a division leaves of it
	return f, err == nil
}

// convert multiplies a cell by a factor; what is not a number stays as it is, to be reported later.
func convert(cell string, factor float64) string {
	if factor == 1 {
		return cell
	}
	v, err := strconv.ParseFloat(strings.TrimSuffix(cell, "%"), 64)
	if err != nil {
		return cell
	}
	return roundNumber(v * factor)
}

// roundNumber writes the result of a multiplication with 15 digits, so that 0.1 × 3 is 0.3.
func roundNumber(v float64) string {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		r = v
	}
	return formatNumber(r)
}

// formatNumber writes a number as short as it can be and still be read as the same number.
func formatNumber(v float64) string {
	if v == 0 {
		return "0" // not -0
	}
	if s := strconv.FormatFloat(v, 'f', -1, 64); len(s) <= 24 {
		return s
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
