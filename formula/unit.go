package formula

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"headroom"
	"headroom/reading"
)

// Unit is what a number is counted in: a factor on a product of base units. A share, a count by the year and a plain number have
// no base units: a year's vehicles and vehicles a year are the same.
type Unit struct {
	Text   string
	factor float64
	base   map[string]int
	yearly bool // by the year, which does not count
}

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
		return u, unknownUnit(text)
	}
	text = strings.TrimSpace(reading.Narrow(text))
	switch text {
	case "per unit", "p.u.", "pu": // of the whole, as engineers say it
		return u, nil
	}
	if m := perAnnum.FindStringSubmatch(text); m != nil && m[1] != "" {
		text = m[1] + "/yr"
	}
	text = everyDay.ReplaceAllString(text, " per $1")
	if hourly.MatchString(text) {
		text = "veh/h"
	}
	if shareOf.MatchString(text) {
		u.factor = 0.01
		return u, nil
	}
	if paid, bought, many, ok := RateOf(text); ok {
		u.factor = 1 / many
		u.add(paid, 1)
		u.add(bought, -1)
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
	if below && perYear(w) {
		u.yearly = true
		return nil
	}
	found, ok := tell(w)
	switch {
	case !ok:
		return unknownUnit(u.Text)
	case below && slices.Contains([]string{"day", "week", "month", "quarter"}, w):
		found = word{w, 1}
	}
	u.factor *= math.Pow(found.factor, float64(sign))
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

// Percent is how many percent a small share is, as 0.1 for ‰; ok is false for another unit.
func (u Unit) Percent() (percent float64, ok bool) {
	return u.factor * 100, len(u.base) == 0 && u.factor <= 0.01
}

// Money reports whether the unit has a currency in it and is not a rate between two.
func (u Unit) Money() bool {
	n := 0
	for b := range u.base {
		if currencyCode.MatchString(b) || b == anyCurrency {
			n++
		}
	}
	return n == 1
}

// Currency is the first currency of the unit, "" where it has none.
func (u Unit) Currency() string {
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

// MoneyOf is the currency of a claim about money, "" where it is about none. A sum may name it in the unit alone.
func MoneyOf(c headroom.Claim) string {
	if u, err := UnitOf(c); c.Currency == "" && err == nil && u.Money() {
		return u.Currency()
	}
	return c.Currency
}

// Factor is how many of the product of its base units one of the unit is.
func (u Unit) Factor() float64 { return u.factor }

// Single reports whether the unit is one base unit, or several of it.
func (u Unit) Single() bool { return len(u.base) == 1 }

// Nameless reports whether the unit is money of a currency that it does not name: hundredths of it.
func (u Unit) Nameless() bool { return u.base[anyCurrency] != 0 }

// CountOf is the unit, written as text, that counts a thing of which nothing else is known.
func CountOf(text, thing string) Unit {
	return Unit{Text: text, factor: 1, base: map[string]int{thing: 1}}
}

// RateOf takes the unit of a rate of exchange apart, "GBP per EUR" or "ZAR per 100 CNY": the currency that is paid, the one that it
// is paid for, and of that how many.
func RateOf(unit string) (paid, bought string, many float64, ok bool) {
	m := exchange.FindStringSubmatch(unit)
	if m == nil {
		return "", "", 0, false
	}
	many = 1
	if m[2] != "" {
		n, err := strconv.ParseFloat(m[2], 64)
		if err != nil || n == 0 {
			return "", "", 0, false
		}
		many = n
	}
	return m[1], m[3], many, true
}
