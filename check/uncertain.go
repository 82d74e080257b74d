package check

import (
	"math"
	"slices"

	"headroom"
)

// uncertainties looks at the distributions of demand and their correlations.
func (k *checker) uncertainties() {
	for _, u := range k.c.Uncertains {
		k.distribution(u)
		k.impossibleRho("uncertain", u.Key(), u.Rho)
		if !slices.ContainsFunc(k.c.Vehicles, func(v headroom.Vehicle) bool { return u.Covers(v) > 0 }) {
			k.warn(headroom.CodeUnusedRow, "uncertain", u.Key(), "vehicles", "correct it or delete the row", "no vehicle is meant")
		}
	}
	for _, r := range k.c.Correlations {
		k.impossibleRho("correlation", r.Key(), r.Rho)
		if r.A == r.B {
			k.warn(headroom.CodeUnusedRow, "correlation", r.Key(), "factor_b", "write rho in uncertain.csv", "it is the correlation of a row with itself")
		}
	}
	k.rivals()
}

func (k *checker) impossibleRho(table, key string, rho float64) {
	if rho < -1 || rho > 1 {
		k.fail(headroom.CodeImpossibleRho, table, key, "rho", "write a number from -1 to 1", "a correlation of %v cannot be", rho)
	}
}

// rivals looks for vehicles of which two rows speak equally closely.
func (k *checker) rivals() {
	for _, v := range k.c.Vehicles {
		best, first := 0, ""
		for _, u := range k.c.Uncertains {
			switch n := u.Covers(v); {
			case n > best:
				best, first = n, u.ID
			case n == best && n > 0:
				k.fail(headroom.CodeRivalFactors, "uncertain", u.Key(), "vehicles", "name the vehicle in one row only", "%s is meant by %s and by %s", v.ID, first, u.ID)
				return
			}
		}
	}
}

// distribution looks for what the family of a row needs and for what it cannot use.
func (k *checker) distribution(u headroom.Uncertain) {
	bad := func(column, hint, format string, args ...any) {
		k.fail(headroom.CodeBrokenDistribution, "uncertain", u.Key(), column, hint, format, args...)
	}
	truncated := u.Truncation == headroom.Condition || u.Truncation == headroom.Censor
	switch u.Distribution {
	case headroom.Normal, headroom.Lognormal:
		switch {
		case !u.SD.Set:
			bad("sd", "write it as a share of the demand, such as 25%", "a %s demand needs a standard deviation", u.Distribution)
		case u.SD.Value == 0:
			k.warn(headroom.CodeNoSpread, "uncertain", u.Key(), "sd", "delete the row, or write the standard deviation", "the demand has no spread and counts as known")
		}
		if u.Truncation == "" && (u.Distribution == headroom.Normal || u.Low.Set || u.High.Set) {
			k.fail(headroom.CodeMissingTruncation, "uncertain", u.Key(), "truncation", "write condition, censor or none: the three give different sales", "nothing says what happens to draws outside the bounds")
		}
	case headroom.Empirical:
		if len(u.Values) == 0 {
			bad("values", "write the demands as shares, such as 80% 100% 130%", "an empirical demand needs values")
		}
	default:
		truncated = true // both have ends
		if u.Truncation != "" {
			bad("truncation", "delete it: low and high are its ends", "a %s demand has its ends and is not truncated", u.Distribution)
			return
		}
	}
	if !truncated {
		if (u.Low.Set || u.High.Set) && u.Truncation != "" {
			bad("low", "write truncation condition or censor, or delete the bounds", "there are bounds and no truncation")
		}
		return
	}
	k.bounds(u, bad)
}

// bounds looks at low and high where they count.
func (k *checker) bounds(u headroom.Uncertain, bad func(column, hint, format string, args ...any)) {
	switch {
	case !u.Low.Set || !u.High.Set:
		column := "low"
		if u.Low.Set {
			column = "high"
		}
		bad(column, "write both as shares of the demand, such as 20% and 180%", "a bound is missing")
	case u.Low.Value > u.High.Value:
		bad("low", "exchange the two", "low is above high")
	case u.Distribution == headroom.Triangular && (u.Low.Value > 100 || u.High.Value < 100):
		bad("low", "the demand itself, 100%, is the most likely", "the demand is not between low and high")
	case u.Truncation == headroom.Condition && u.SD.Value > 0 && mass(u) < leastMass:
		bad("low", "widen the bounds", "the bounds leave a probability of %.2g: the truncation leaves no mass", mass(u))
	case u.Truncation != "" && u.Low.Value == u.High.Value:
		bad("low", "widen the bounds", "the truncation leaves nothing")
	}
}

// leastMass is the least probability that a truncation may leave.
const leastMass = 1e-6

// mass is the probability between the bounds of a normal or lognormal.
func mass(u headroom.Uncertain) float64 {
	at := func(x float64) float64 {
		z := (x - 100) / u.SD.Value
		if u.Distribution == headroom.Lognormal {
			s2 := math.Log(1 + u.SD.Value*u.SD.Value/1e4)
			z = (math.Log(max(x, 1e-300)/100) + s2/2) / math.Sqrt(s2)
		}
		return math.Erfc(-z/math.Sqrt2) / 2
	}
	return at(u.High.Value) - at(u.Low.Value)
}
