package formula

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"headroom"
	"headroom/reading"
)

// word is a base unit with how many of it a word stands for.
type word struct {
	base   string
	factor float64
}

// anyCurrency is the base unit of money whose currency a unit does not name: a cent of what, the column currency says.
const anyCurrency = "¤"

// words are the units that can be told. Money has its currency as base unit; day, week, month and quarter after a stroke have their own,
// because plants do not work every day. A unit, in this trade, is a vehicle.
var words = map[string]word{
	"vehicle": {"vehicle", 1}, "vehicles": {"vehicle", 1}, "veh": {"vehicle", 1}, "car": {"vehicle", 1}, "cars": {"vehicle", 1},
	"van": {"vehicle", 1}, "vans": {"vehicle", 1}, "bodies": {"vehicle", 1}, "body": {"vehicle", 1},
	"unit": {"vehicle", 1}, "units": {"vehicle", 1}, "pcs": {"vehicle", 1}, "pieces": {"vehicle", 1}, "truck": {"vehicle", 1}, "trucks": {"vehicle", 1},
	"Fahrzeug": {"vehicle", 1}, "Fahrzeuge": {"vehicle", 1}, "Fzg.": {"vehicle", 1}, "Fzg": {"vehicle", 1}, "Stück": {"vehicle", 1}, "Stk.": {"vehicle", 1}, "Stk": {"vehicle", 1},
	"Einheit": {"vehicle", 1}, "Einheiten": {"vehicle", 1}, "véhicule": {"vehicle", 1}, "véhicules": {"vehicle", 1}, "unités": {"vehicle", 1},
	"Wh": {"energy", 1e-3}, "kWh": {"energy", 1}, "MWh": {"energy", 1e3}, "GWh": {"energy", 1e6}, "TWh": {"energy", 1e9},
	"MJ": {"energy", 1 / 3.6}, "GJ": {"energy", 1e3 / 3.6}, "TJ": {"energy", 1e6 / 3.6}, "PJ": {"energy", 1e9 / 3.6},
	"kW": {"power", 1}, "MW": {"power", 1e3}, "GW": {"power", 1e6},
	"g": {"mass", 1}, "kg": {"mass", 1e3}, "t": {"mass", 1e6}, "tonne": {"mass", 1e6}, "tonnes": {"mass", 1e6}, "kt": {"mass", 1e9}, "Mt": {"mass", 1e12},
	"m2": {"area", 1}, "ha": {"area", 1e4},
	"km": {"length", 1}, "mile": {"length", 1.609344}, "miles": {"length", 1.609344}, "nm": {"length", 1.852},
	"second": {"time", 1.0 / 86400}, "seconds": {"time", 1.0 / 86400}, "minute": {"time", 1.0 / 1440}, "minutes": {"time", 1.0 / 1440}, "min": {"time", 1.0 / 1440},
	"h": {"time", 1.0 / 24}, "hour": {"time", 1.0 / 24}, "hours": {"time", 1.0 / 24}, "hr": {"time", 1.0 / 24}, "Std.": {"time", 1.0 / 24}, "Std": {"time", 1.0 / 24},
	"day": {"time", 1}, "days": {"time", 1}, "week": {"time", 7}, "weeks": {"time", 7},
	"quarter": {"time", 365.25 / 4}, "quarters": {"time", 365.25 / 4},
	"month": {"time", 365.25 / 12}, "months": {"time", 365.25 / 12}, "yr": {"time", 365.25}, "year": {"time", 365.25}, "years": {"time", 365.25}, "yrs": {"time", 365.25},
	"Jahr": {"time", 365.25}, "Jahre": {"time", 365.25}, "annum": {"time", 365.25}, "年": {"time", 365.25}, "月": {"time", 365.25 / 12},
	"job": {"person", 1}, "jobs": {"person", 1}, "people": {"person", 1}, "workers": {"person", 1}, "employees": {"person", 1}, "heads": {"person", 1}, "FTE": {"person", 1},
	"Mitarbeiter": {"person", 1}, "dealers": {"dealer", 1}, "models": {"model", 1}, "lines": {"line", 1}, "shifts": {"shift", 1}, "crews": {"crew", 1}, "launches": {"launch", 1},
	"calendar year": {"calendar", 1}, "index": {"index", 1},
	"%": {"", 0.01}, "percent": {"", 0.01}, "per cent": {"", 0.01}, "pct": {"", 0.01}, "Prozent": {"", 0.01}, "pp": {"", 0.01}, "‰": {"", 0.001}, "bp": {"", 1e-4}, "bps": {"", 1e-4}, "share": {"", 1}, "x": {"", 1},
	"ct": {anyCurrency, 0.01}, "cent": {anyCurrency, 0.01}, "cents": {anyCurrency, 0.01}, "Cent": {anyCurrency, 0.01}, "¢": {anyCurrency, 0.01},
	"p": {"GBP", 0.01}, "pence": {"GBP", 0.01},
}

// sizes are words for large numbers, as English, German and French write them.
var sizes = map[string]float64{
	"k": 1e3, "K": 1e3, "thousand": 1e3, "thousands": 1e3, "'000": 1e3, "000": 1e3, "000s": 1e3, "1000": 1e3, "tsd": 1e3, "tsd.": 1e3, "Tsd": 1e3, "Tsd.": 1e3, "Tausend": 1e3, "mille": 1e3,
	"m": 1e6, "million": 1e6, "millions": 1e6, "mn": 1e6, "Mn": 1e6, "mln": 1e6, "mio": 1e6, "mio.": 1e6, "Mio": 1e6, "Mio.": 1e6, "Million": 1e6, "Millionen": 1e6, "MM": 1e6, "mil": 1e6, "mil.": 1e6,
	"bn": 1e9, "billion": 1e9, "billions": 1e9, "bln": 1e9, "mrd": 1e9, "mrd.": 1e9, "Mrd": 1e9, "Mrd.": 1e9, "Milliarde": 1e9, "Milliarden": 1e9, "Md": 1e9, "Mds": 1e9, "milliard": 1e9,
	"trillion": 1e12, "tn": 1e12, "trn": 1e12, "lakh": 1e5, "crore": 1e7,
}

// glued are sizes that stand before or behind a currency only, mostly without a blank: TEUR, M€.
var glued = map[string]float64{"T": 1e3, "M": 1e6, "B": 1e9}

// signs are currencies by their signs and words. A yen sign stands for two currencies, and for none here.
var signs = map[string]string{
	"€": "EUR", "Euro": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "$": "USD", "US$": "USD", "RMB": "CNY",
	"pounds": "GBP", "pound": "GBP", "yuan": "CNY", "yen": "JPY", "rand": "ZAR",
}

// hourly is a count by the hour of what a line builds. Its jobs are vehicles, not people.
var hourly = regexp.MustCompile(`^(?:(?:net )?jobs?(?:/| per |/ )(?:h|hr|hour)|JPH|jph|UPH|uph|VPH|vph)$`)

// Forms of units.
var (
	perAnnum = regexp.MustCompile(`^(.*?) ?(?:p\. ?a\.|p\.a|per annum|pro Jahr|par an)$`)
	monetary = regexp.MustCompile(`^(\p{L}+\.?|'?000s?)? ?(US\$|[€£$]|[A-Z]{3}|Euro|euros?|pounds?|yuan|yen|rand) ?(\p{L}+\.?)?$`)
	everyDay = regexp.MustCompile(` (?:a|an|each|every) (year|quarter|month|week|day|hour|car|vehicle|unit)$`)
	han      = regexp.MustCompile(`^([千百万萬亿億]*)(辆|輛|台|人民币元|人民币|美元|欧元|歐元|英镑|日元|日圆|元|円|度|人)?$`)
)

// hanSizes and hanWords are those of Chinese and Japanese.
var (
	hanSizes = map[rune]float64{'百': 1e2, '千': 1e3, '万': 1e4, '萬': 1e4, '亿': 1e8, '億': 1e8}
	hanWords = map[string]word{
		"": {"", 1}, "辆": {"vehicle", 1}, "輛": {"vehicle", 1}, "台": {"vehicle", 1}, "元": {"CNY", 1}, "人民币": {"CNY", 1}, "人民币元": {"CNY", 1}, "美元": {"USD", 1},
		"欧元": {"EUR", 1}, "歐元": {"EUR", 1}, "英镑": {"GBP", 1}, "日元": {"JPY", 1}, "日圆": {"JPY", 1}, "円": {"JPY", 1}, "度": {"energy", 1}, "人": {"person", 1},
	}
)

// Size is the number that a word for a large number stands for, as 1000 for Tsd.; ok is false for another word.
func Size(text string) (size float64, ok bool) {
	text = strings.TrimSpace(reading.Narrow(text))
	if s, ok := sizes[text]; ok {
		return s, true
	}
	if m := han.FindStringSubmatch(text); m != nil && m[1] != "" && m[2] == "" {
		return hanSize(m[1]), true
	}
	return 0, false
}

// hanSize is the number that sizes written one behind the other stand for.
func hanSize(s string) float64 {
	size := 1.0
	for _, r := range s {
		if f := hanSizes[r]; f > 0 {
			size *= f
		}
	}
	return size
}

// tell finds the base unit that a word, or a word with a size before it, stands for.
func tell(w string) (word, bool) {
	if found, ok := tellOne(w); ok {
		return found, true
	}
	if size, ok := Size(w); ok && w != "m" && w != "bn" { // m may be metres; money says its currency
		return word{"", size}, true
	}
	if a, b, ok := strings.Cut(w, " "); ok {
		size, known := Size(a)
		found, there := tellOne(strings.TrimSpace(b))
		return word{found.base, found.factor * size}, known && there
	}
	return word{}, false
}

// tellOne finds the base unit of a word without a size of its own, but for those that are written in one with it.
func tellOne(w string) (word, bool) {
	if found, ok := words[w]; ok {
		return found, true
	}
	if found, ok := tellMoney(w); ok {
		return found, true
	}
	if found, ok := words[strings.TrimPrefix(w, "k")]; ok && found.base == "vehicle" { // kveh
		return word{found.base, found.factor * 1000}, true
	}
	if m := han.FindStringSubmatch(w); m != nil && m[2] != "" {
		found := hanWords[m[2]]
		return word{found.base, found.factor * hanSize(m[1])}, true
	}
	return word{}, false
}

// tellMoney reads a currency with a size before or behind it: GBP, GBP m, Mio. EUR, TEUR, M€.
func tellMoney(w string) (word, bool) {
	for _, m := range moneyForms(w) {
		code, ok := signs[m[1]]
		if !ok && currencyCode.MatchString(m[1]) && reading.Currency(m[1]) {
			code, ok = m[1], true
		}
		before, ok1 := moneySize(m[0])
		behind, ok2 := moneySize(m[2])
		if ok && ok1 && ok2 && (m[0] == "" || m[2] == "") {
			return word{code, before * behind}, true
		}
	}
	return word{}, false
}

// moneyForms are the ways in which a word may be a size, a currency and a size. A currency may be glued to either, so that letters
// are cut in more than one place.
func moneyForms(w string) [][3]string {
	var out [][3]string
	if m := monetary.FindStringSubmatch(w); m != nil {
		out = append(out, [3]string{m[1], m[2], m[3]})
	}
	if n := len(w); n > 3 && n < 12 {
		out = append(out, [3]string{w[:n-3], w[n-3:], ""}, [3]string{"", w[:3], w[3:]})
	}
	return out
}

// moneySize is the number of a size that stands beside a currency; nothing is 1.
func moneySize(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 1, true
	}
	if f, ok := sizes[s]; ok {
		return f, true
	}
	f, ok := glued[s]
	return f, ok
}

// perYear reports whether a word below a stroke is the year, by which counts are anyway.
func perYear(w string) bool {
	return slices.Contains([]string{"yr", "year", "a", "annum", "Jahr", "an", "年"}, w)
}

// UnitOf is the unit of a claim: what it writes as unit, with the currency that it names beside it where the unit leaves it open, as
// ct/kWh does, or a mere m.
func UnitOf(c headroom.Claim) (Unit, error) {
	if size, ok := Size(c.Unit); ok && c.Currency != "" {
		return Unit{Text: c.Unit, factor: size, base: map[string]int{c.Currency: 1}}, nil
	}
	u, err := ParseUnit(c.Unit)
	if n := u.base[anyCurrency]; err == nil && n != 0 && c.Currency != "" {
		u.add(anyCurrency, -n)
		u.add(c.Currency, n)
	}
	return u, err
}

// unknownUnit is the error of a text that is no unit.
func unknownUnit(text string) error {
	if len(text) > longestUnit {
		text = text[:longestUnit] + "…"
	}
	if strings.Contains(text, "¥") {
		return fmt.Errorf("%q is not a unit that is known: ¥ is yen or yuan, so write JPY or CNY", text)
	}
	return fmt.Errorf("%q is not a unit that is known", text)
}

// numbers is the kind of the numbers in a unit: rates where a thousand of it is out of the question, so that a point in a number is a
// decimal point. Vehicles are rates when they are counted in millions (1.167 thousand may be 1,167 thousand), and money when it is counted
// in about thousands of millions of pounds.
func (u Unit) Numbers() reading.Kind {
	currencies, energy := 0, u.base["energy"]
	for b := range u.base {
		if b == anyCurrency || currencyCode.MatchString(b) {
			currencies++
		}
	}
	counts := u.base["vehicle"] > 0 || u.base["person"] > 0
	switch {
	case u.Text == "":
		return reading.Amount
	case len(u.base) == 0 && u.factor <= 1, currencies > 1:
		return reading.Rate // a share, a rate of exchange
	case currencies == 1 && energy == -1 && len(u.base) == 2:
		return kindIf(u.factor >= 0.005) // by the kWh; by the MWh it is an amount
	case currencies == 1:
		scale, known := headroom.CurrencyScale(u.Currency())
		return kindIf(known && u.factor >= scale*5e8)
	case counts && u.base["time"] < 0:
		return reading.Rate // by the hour
	case counts:
		return kindIf(u.factor >= 1e6)
	case u.base["energy"] > 0, u.base["mass"] > 0 && len(u.base) == 1:
		return reading.Amount
	}
	return kindIf(len(u.base) > 0)
}

// kindIf is a rate where something holds.
func kindIf(rate bool) reading.Kind {
	if rate {
		return reading.Rate
	}
	return reading.Amount
}

// SizeOf is the number that a word for a large number stands for, "thousand" or "Mio."; 0 for any other word.
func SizeOf(word string) float64 { return sizes[word] }
