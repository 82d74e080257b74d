package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"headroom"
	"headroom/claimlog"
)

// isEvent reports whether a claim is about something that happened, or was said to.
func (f *figure) isEvent() bool {
	return f.Kind == headroom.KindEvent || f.Kind == headroom.KindStatement
}

// says reports whether the quantity has one of some words.
func (f *figure) says(set map[string]bool) bool {
	return slices.ContainsFunc(tokens(f.Quantity), func(w string) bool { return set[w] })
}

// step is how far an arrangement is.
type step int

// Steps of an arrangement, in their order.
const (
	stepNone step = iota
	stepTalks
	stepBrink
	stepLOI
	stepMOU
	stepSigned
	stepDone
)

// stepNames are the steps for people.
var stepNames = map[step]string{
	stepTalks: "talks", stepBrink: "nearly agreed", stepLOI: "letter of intent", stepMOU: "memorandum", stepSigned: "agreed", stepDone: "done",
}

// stepWords are tried in this order: "on the brink of a deal" is no deal, and a memorandum to explore no talks.
var stepWords = []struct {
	words string
	step  step
}{
	{"brink", stepBrink},
	{"close to a deal", stepBrink},
	{"nearing", stepBrink},
	{"final stage", stepBrink},
	{"letter of intent", stepLOI},
	{"memorandum", stepMOU},
	{"mou", stepMOU},
	{"nothing agreed", stepTalks},
	{"no agreement", stepTalks},
	{"no deal", stepTalks},
	{"early stage", stepTalks},
	{"exploratory", stepTalks},
	{"talks", stepTalks},
	{"subject to approval", stepSigned},
	{"has acquired", stepDone},
	{"acquired", stepDone},
	{"completes", stepDone},
	{"completed", stepDone},
	{"deal struck", stepSigned},
	{"agreement", stepSigned},
	{"agreed", stepSigned},
	{"signed", stepSigned},
	{"licensed", stepSigned},
	{"deal", stepSigned},
}

// stepOf is the step that a text tells of.
func stepOf(text string) step {
	list := " " + strings.Join(tokens(text), " ") + " "
	for _, s := range stepWords {
		if strings.Contains(list, " "+strings.Join(tokens(s.words), " ")+" ") {
			return s.step
		}
	}
	return stepNone
}

// Days within which steps are compared.
const (
	sameWeeks   = 21 // two claims about the same time
	borneOutFor = 90 // a firm claim that comes later bears out a bolder one
)

// events compares events and statements of the same subject: their days where the words are the same, their steps where they are not.
func (a *auditor) events() {
	var list []*figure
	for _, f := range a.claims {
		if f.isEvent() && f.PeriodFrom != 0 {
			list = append(list, f)
		}
	}
	clash := map[string][]*figure{}
	var order []string
	for i, x := range list {
		for _, y := range list[i+1:] {
			if x.entity != y.entity || settled(x, y) {
				continue
			}
			if claimlog.Plain(x.Quantity) == claimlog.Plain(y.Quantity) {
				a.dates(x, y)
				continue
			}
			if sx, sy := stepOf(x.Quantity), stepOf(y.Quantity); sx != stepNone && sy != stepNone && daysApart(x, y) <= sameWeeks {
				ok := sx == sy || a.progress(list, x, y)
				a.made(CheckStatus, ok, x, y)
				if !ok {
					if len(clash[x.entity]) == 0 {
						order = append(order, x.entity)
					}
					clash[x.entity] = append(clash[x.entity], x, y)
				}
			}
		}
	}
	for _, k := range order {
		in := clash[k]
		slices.SortFunc(in, func(x, y *figure) int {
			return cmp.Or(cmp.Compare(x.PeriodFrom, y.PeriodFrom), cmp.Compare(x.ID, y.ID))
		})
		in = slices.Compact(in)
		s := make([]string, len(in))
		for i, f := range in {
			s[i] = fmt.Sprintf("%s: %q (%s)", stepNames[stepOf(f.Quantity)], f.Quantity, f.ID)
		}
		a.conflict(CheckStatus, in, nil, "%s, %s: %s", in[0].Subject, in[0].year(), strings.Join(s, " against "))
	}
}

// dates compares the days of one event.
func (a *auditor) dates(x, y *figure) {
	ok := daysApart(x, y) == 0
	a.made(CheckDate, ok, x, y)
	if !ok {
		a.conflict(CheckDate, []*figure{x, y}, nil, "%s: %s (%s) against %s (%s)", x.topic(), x.year(), x.ID, y.year(), y.ID)
	}
}

// daysApart are the days between two periods, 0 where they overlap. A period without an end has the day of its beginning.
func daysApart(x, y *figure) int {
	xTo, yTo := max(x.PeriodFrom, x.PeriodTo), max(y.PeriodFrom, y.PeriodTo)
	switch {
	case xTo < y.PeriodFrom:
		return xTo.Days(y.PeriodFrom) - 1
	case yTo < x.PeriodFrom:
		return yTo.Days(x.PeriodFrom) - 1
	}
	return 0
}

// progress reports whether two steps are one after the other: the further one is firm and later, or is borne out by a later firm claim.
func (a *auditor) progress(list []*figure, x, y *figure) bool {
	sx, sy := stepOf(x.Quantity), stepOf(y.Quantity)
	if sx > sy {
		x, y, sy = y, x, sx
	}
	firmly := func(f *figure) bool { return f.Status == "official" || f.Status == "confirmed" }
	if y.PeriodFrom <= x.PeriodFrom {
		return false
	}
	return firmly(y) || slices.ContainsFunc(list, func(o *figure) bool {
		return o.entity == y.entity && firmly(o) && stepOf(o.Quantity) >= sy && o.PeriodFrom >= y.PeriodFrom && daysApart(o, y) <= borneOutFor
	})
}
