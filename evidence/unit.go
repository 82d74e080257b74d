package evidence

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Unit is what a number is counted in: a factor on a product of base units. A share, a count by the year and a plain number have
// no base units: a year's vehicles and vehicles a year are the same.
type Unit struct {
	Text   string
	factor float64
	base   map[string]int
}

// word is a base unit with how many of it a word stands for.
type word struct {
	base   string
	factor float64
}

// words are the units that can be told. Money has its currency as base unit; day, week, month and quarter after a stroke have their own,
// because plants do not work every day.
var words = map[string]word{
	"vehicle": {"vehicle", 1}, "vehicles": {"vehicle", 1}, "veh": {"vehicle", 1}, "car": {"vehicle", 1}, "cars": {"vehicle", 1},
	"van": {"vehicle", 1}, "vans": {"vehicle", 1}, "bodies": {"vehicle", 1}, "body": {"vehicle", 1},
	"kWh": {"energy", 1}, "MWh": {"energy", 1e3}, "GWh": {"energy", 1e6}, "TWh": {"energy", 1e9},
	"kW": {"power", 1}, "MW": {"power", 1e3}, "GW": {"power", 1e6},
	"g": {"mass", 1}, "kg": {"mass", 1e3}, "t": {"mass", 1e6}, "tonne": {"mass", 1e6}, "tonnes": {"mass", 1e6},
	"m2": {"area", 1}, "ha": {"area", 1e4},
	"km": {"length", 1}, "mile": {"length", 1.609344}, "miles": {"length", 1.609344}, "nm": {"length", 1.852},
	"second": {"time", 1.0 / 86400}, "seconds": {"time", 1.0 / 86400}, "minute": {"time", 1.0 / 1440}, "minutes": {"time", 1.0 / 1440},
	"h": {"time", 1.0 / 24}, "hour": {"time", 1.0 / 24}, "hours": {"time", 1.0 / 24}, "day": {"time", 1}, "days": {"time", 1}, "week": {"time", 7}, "weeks": {"time", 7},
	"quarter": {"time", 365.25 / 4}, "quarters": {"time", 365.25 / 4},
	"month": {"time", 365.25 / 12}, "months": {"time", 365.25 / 12}, "yr": {"time", 365.25}, "year": {"time", 365.25}, "years": {"time", 365.25},
	"jobs": {"person", 1}, "people": {"person", 1}, "workers": {"person", 1}, "employees": {"person", 1},
	"dealers": {"dealer", 1}, "models": {"model", 1}, "lines": {"line", 1}, "shifts": {"shift", 1}, "crews": {"crew", 1}, "launches": {"launch", 1},
	"calendar year": {"calendar", 1}, "index": {"index", 1},
	"%": {"", 0.01}, "percent": {"", 0.01}, "pp": {"", 0.01}, "share": {"", 1}, "x": {"", 1},
}

// sizes are words for large numbers.
var sizes = map[string]float64{"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}

// exchange is a rate of exchange, currencyCode the name of a currency.
var (
	exchange     = regexp.MustCompile(`^([A-Z]{3}) per (?:([0-9]+) )?([A-Z]{3})$`)
	currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)
	shareOf      = regexp.MustCompile(`^% (of .+|ad valorem)$`)
)

// longestUnit is how long a unit may be, in bytes.
const longestUnit = 100

// ParseUnit reads a unit as claims and tables write it: GBP m, USD/vehicle, p/kWh, % of sales, CNY per GBP, thousand vehicles. No
// unit is that of a plain number.
func ParseUnit(text string) (Unit, error) {
	u := Unit{Text: text, factor: 1, base: map[string]int{}}
	switch {
	case text == "":
		return u, nil
	case len(text) > longestUnit:
		return u, fmt.Errorf("%q … is not a unit that is known", text[:longestUnit])
	}
	if shareOf.MatchString(text) {
		u.factor = 0.01
		return u, nil
	}
	if m := exchange.FindStringSubmatch(text); m != nil {
		if m[2] != "" {
			n, err := strconv.ParseFloat(m[2], 64)
			if err != nil || n == 0 {
				return u, fmt.Errorf("%q is not a unit that is known", text)
			}
			u.factor = 1 / n
		}
		u.add(m[1], 1)
		u.add(m[3], -1)
		return u, nil
	}
	for i, part := range strings.Split(text, " per ") {
		sign := 1
		if i > 0 {
			sign = -1
		}
		if err := u.ratio(strings.TrimSpace(part), sign, i > 0); err != nil {
			return u, err
		}
	}
	return u, nil
}

// ratio multiplies by a/b/c, or divides. Below the stroke is what follows one, or per.
func (u *Unit) ratio(text string, sign int, below bool) error {
	if a, inner, ok := strings.Cut(text, "/("); ok && strings.HasSuffix(inner, ")") {
		if err := u.ratio(a, sign, below); err != nil {
			return err
		}
		return u.ratio(strings.TrimSuffix(inner, ")"), -sign, true)
	}
	for i, w := range strings.Split(text, "/") {
		s := sign
		if i > 0 {
			s = -sign
		}
		if err := u.word(strings.TrimSpace(w), s, below || i > 0); err != nil {
			return err
		}
	}
	return nil
}

// word multiplies by a word, or divides; below the stroke a year counts as nothing.
func (u *Unit) word(w string, sign int, below bool) error {
	size := 1.0
	if a, b, ok := strings.Cut(w, " "); ok && w != "calendar year" {
		switch {
		case currencyCode.MatchString(a) && sizes[b] != 0: // GBP m
			w, size = a, sizes[b]
		case sizes[a] != 0: // thousand vehicles
			w, size = b, sizes[a]
		}
	}
	found, ok := words[w]
	switch {
	case w == "p":
		found = word{"GBP", 0.01}
	case currencyCode.MatchString(w):
		found = word{w, 1}
	case !ok:
		return fmt.Errorf("%q is not a unit that is known", u.Text)
	case below && (w == "yr" || w == "year"):
		return nil
	case below && slices.Contains([]string{"day", "week", "month", "quarter"}, w):
		found = word{w, 1}
	}
	u.factor *= math.Pow(found.factor*size, float64(sign))
	u.add(found.base, sign)
	return nil
}

// add counts a base unit.
func (u *Unit) add(base string, n int) {
	if base == "" {
		return
	}
	if u.base[base] += n; u.base[base] == 0 {
		delete(u.base, base)
	}
}

// symbols are the units of which a base unit is one, for people.
var symbols = map[string]string{"energy": "kWh", "mass": "g", "length": "km", "time": "days", "person": "people", "power": "kW", "area": "m2"}

// Dimension is the unit without its size, as GBP/vehicle or GBP/energy; "" for a plain number.
func (u Unit) Dimension() string { return u.written(func(base string) string { return base }) }

// Base is the unit of size 1 of the same dimension, as people write it: vehicles, GBP/kWh; "" for a plain number.
func (u Unit) Base() string {
	s := u.written(func(base string) string {
		if s, ok := symbols[base]; ok {
			return s
		}
		return base
	})
	if s == "vehicle" {
		return "vehicles"
	}
	return s
}

// written is the product of the base units, each by a name.
func (u Unit) written(name func(string) string) string {
	var top, bottom []string
	for _, b := range slices.Sorted(maps.Keys(u.base)) {
		n := u.base[b]
		for range max(n, -n) {
			if n > 0 {
				top = append(top, name(b))
			} else {
				bottom = append(bottom, name(b))
			}
		}
	}
	s := strings.Join(top, "·")
	if len(bottom) > 0 {
		if s == "" {
			s = "1"
		}
		s += "/" + strings.Join(bottom, "/")
	}
	return s
}

// Money reports whether the unit has a currency in it and is not a rate between two.
func (u Unit) Money() bool {
	n := 0
	for b := range u.base {
		if currencyCode.MatchString(b) {
			n++
		}
	}
	return n == 1
}

// currency is the first currency of the unit, "" where it has none.
func (u Unit) currency() string {
	for _, b := range slices.Sorted(maps.Keys(u.base)) {
		if currencyCode.MatchString(b) {
			return b
		}
	}
	return ""
}

// times is the unit of a product, or of a quotient where sign is -1.
func (u Unit) times(v Unit, sign int) Unit {
	out := Unit{factor: u.factor * math.Pow(v.factor, float64(sign)), base: maps.Clone(u.base)}
	if out.base == nil {
		out.base = map[string]int{}
	}
	for b, n := range v.base {
		out.add(b, sign*n)
	}
	return out
}

// Convert turns a number of one unit into that of another. Units of different dimensions are an error.
func Convert(v float64, from, to Unit) (float64, error) {
	if a, b := from.Dimension(), to.Dimension(); a != b {
		return 0, fmt.Errorf("%s is not %s", shown(from), shown(to))
	}
	if from.factor == to.factor {
		return v, nil
	}
	return v * from.factor / to.factor, nil
}

// shown is a unit for a message.
func shown(u Unit) string {
	if d := u.Base(); d != "" {
		return d
	}
	return "a plain number or share"
}
