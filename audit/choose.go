package audit

import (
	"cmp"
	"regexp"
	"slices"

	"headroom"
	"headroom/claimlog"
	"headroom/formula"
)

// Why one claim was chosen among several.
const (
	ChosenStanding   = "standing"    // the others were superseded or retracted
	ChosenOutturn    = "outturn"     // the others are forecasts
	ChosenStatus     = "status"      // it is firmer
	ChosenDate       = "date"        // it was published later
	ChosenKind       = "source kind" // its source is nearer to the thing
	ChosenPrecision  = "precision"   // the others are roundings of it
	ChosenArithmetic = "arithmetic"  // other claims add up to it and not to the others
	ChosenName       = "name"        // nothing tells them apart: the first by name
	ChosenAlone      = "alone"       // there is no other
)

// nearKinds are the kinds of source, the nearest to the thing first.
var nearKinds = []string{"law", "statistic", "filing", "trade_body", "vendor", "expert", "press", "calculation", ""}

// Choose chooses one of several claims about the same thing, and says which step of the rule decided: a claim that stands
// before one that was superseded or retracted by another of them, an outturn before a forecast, the firmer status, the later
// date of publication, the nearer kind of source, a figure before its own rounding; then the name, so that the choice is always the same. Dates
// decide only where they do not overlap: "2026" is not later than 28 January 2026. A source without a date loses to one that has
// a date only where the kinds of source are the same. The order of the claims changes nothing.
func Choose(claims []headroom.Claim, sources map[string]headroom.Source) (chosen headroom.Claim, rule string) {
	if len(claims) == 0 {
		return headroom.Claim{}, ""
	}
	gone := map[string]bool{}
	for _, c := range claims {
		for _, id := range slices.Concat(c.Supersedes, c.Retracts) {
			gone[id] = true
		}
	}
	left := slices.SortedFunc(slices.Values(claims), func(a, b headroom.Claim) int { return cmp.Compare(a.ID, b.ID) })
	rule = ChosenAlone
	for _, s := range choiceSteps(sources, gone) {
		if n := len(left); n > 1 {
			if left = best(left, s.before); len(left) < n {
				rule = s.rule
			}
		}
	}
	if len(left) > 1 {
		rule = ChosenName
	}
	return left[0], rule
}

// choiceStep is one step of the choice: before is negative where the first claim goes before the second, 0 where the step does
// not tell.
type choiceStep struct {
	rule   string
	before func(a, b headroom.Claim) int
}

// choiceSteps are the steps in their order.
func choiceSteps(sources map[string]headroom.Source, gone map[string]bool) []choiceStep {
	by := func(f func(headroom.Claim) int) func(a, b headroom.Claim) int {
		return func(a, b headroom.Claim) int { return cmp.Compare(f(a), f(b)) }
	}
	dated := func(c headroom.Claim) (from, to headroom.Date) { return publishedOn(sources[c.Source]) }
	return []choiceStep{
		{ChosenStanding, by(func(c headroom.Claim) int { return bit(gone[c.ID]) })},
		{ChosenOutturn, by(func(c headroom.Claim) int { return bit(c.Forecast) })},
		{ChosenStatus, by(func(c headroom.Claim) int { return claimlog.Firmness(c.Status) })},
		{ChosenDate, func(a, b headroom.Claim) int {
			aFrom, aTo := dated(a)
			bFrom, bTo := dated(b)
			switch {
			case aFrom == 0 || bFrom == 0:
				return 0
			case aFrom > bTo:
				return -1
			case bFrom > aTo:
				return 1
			}
			return 0
		}},
		{ChosenKind, by(func(c headroom.Claim) int { return nearness(sources[c.Source].Kind) })},
		{ChosenDate, by(func(c headroom.Claim) int { from, _ := dated(c); return bit(from == 0) })},
		{ChosenPrecision, finer},
		{ChosenDate, by(func(c headroom.Claim) int { return -int(c.AsOf) })},
	}
}

// finer puts the print with more digits before its own rounding.
func finer(a, b headroom.Claim) int {
	x, ok := readAmount(a, formula.CountOf("", "figure"))
	y, ok2 := readAmount(b, formula.CountOf("", "figure"))
	if !ok || !ok2 || a.Unit != b.Unit || !x.sameAs(y) {
		return 0
	}
	return cmp.Compare(digits(b.Value), digits(a.Value))
}

// best keeps the claims that no other one goes before.
func best(claims []headroom.Claim, before func(a, b headroom.Claim) int) []headroom.Claim {
	var out []headroom.Claim
	for _, c := range claims {
		if !slices.ContainsFunc(claims, func(o headroom.Claim) bool { return before(o, c) < 0 }) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return claims
	}
	return out
}

// leadingDate is the date that a text begins with: "2026-01 (about 23 Jan)" is January 2026.
var leadingDate = regexp.MustCompile(`^\d{4}(?:-\d{2}(?:-\d{2})?)?\b`)

// publishedOn is the first and the last day on which a source may have been published, 0 where that is not known.
func publishedOn(s headroom.Source) (from, to headroom.Date) {
	text := leadingDate.FindString(s.PublishedOn)
	from, err := headroom.ParseDate(text, false)
	if err != nil {
		return 0, 0
	}
	to, _ = headroom.ParseDate(text, true)
	return from, to
}

// nearness is the place of a kind of source in nearKinds; what is not in it comes last.
func nearness(kind string) int {
	if i := slices.Index(nearKinds, kind); i >= 0 {
		return i
	}
	return len(nearKinds)
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
