package audit

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/claimlog"
)

// sameThings compares figures for the same thing: same subject and quantity, told by their words, same period and region.
func (a *auditor) sameThings() {
	groups := map[string][]*figure{}
	var order []string
	once := a.happenings()
	for _, f := range a.claims {
		if !f.number || f.when() == "" {
			continue
		}
		k := f.key() + "|" + f.when()
		if once[f.entity] {
			k = f.key()
		}
		if len(groups[k]) == 0 {
			order = append(order, k)
		}
		groups[k] = append(groups[k], f)
	}
	for _, k := range order {
		if len(groups[k]) > 1 {
			a.forecasts(groups[k])
			a.values(groups[k])
		}
	}
	a.laws()
}

// happenings are the entities that are something that began and ended, such as a stop: what it cost is one figure, whatever time a print
// of it names.
func (a *auditor) happenings() map[string]bool {
	began, ended := map[string]bool{}, map[string]bool{}
	for _, f := range a.claims {
		if f.isEvent() {
			began[f.entity] = began[f.entity] || f.says(stopWords)
			ended[f.entity] = ended[f.entity] || f.says(restartWords)
		}
	}
	maps.DeleteFunc(began, func(e string, b bool) bool { return !b || !ended[e] })
	return began
}

// settled reports whether another claim has taken the place of one of two.
func settled(x, y *figure) bool { return x.replaced || y.replaced }

// forecasts compares forecasts with the outturn of the same thing. Forecasts among themselves may differ.
func (a *auditor) forecasts(list []*figure) {
	var before, after []*figure
	for _, f := range list {
		if f.Forecast {
			before = append(before, f)
		} else if !f.replaced {
			after = append(after, f)
		}
	}
	if len(before) == 0 || len(after) == 0 {
		return
	}
	ids := make([]string, len(after))
	for i, f := range after {
		ids[i] = f.ID
	}
	id, _ := a.choice(ids)
	actual := a.byID[id]
	var off []*figure
	var errs []string
	for _, f := range before {
		held := f.currency() != actual.currency() || f.sameAs(actual.amount)
		a.made(CheckForecast, held, actual, f)
		if !held {
			off = append(off, f)
			errs = append(errs, f.told()+missedBy(f.v, actual.v))
		}
	}
	if len(off) > 0 {
		a.conflict(CheckForecast, append([]*figure{actual}, off...), nil, "%s, %s: a forecast is overtaken by the outturn %s: %s", actual.topic(), actual.year(), actual.told(), strings.Join(errs, ", "))
	}
}

// missedBy says how far an outturn is from a forecast.
func missedBy(forecast, actual float64) string {
	if forecast == 0 {
		return ""
	}
	return fmt.Sprintf(", which it is %+.1f %% from", 100*(actual-forecast)/forecast)
}

// values compares figures that are no forecasts, each with each. What was superseded is settled.
func (a *auditor) values(list []*figure) {
	list = slices.DeleteFunc(slices.Clone(list), func(f *figure) bool { return f.Forecast })
	pairs := map[string][][2]*figure{}
	for i, x := range list {
		for _, y := range list[i+1:] {
			if settled(x, y) || x.currency() != y.currency() || daysApart(x, y) > 0 {
				continue
			}
			kind := pairKind(x, y)
			ok := x.sameAs(y.amount)
			a.made(kind, ok, x, y)
			if !ok {
				pairs[kind] = append(pairs[kind], [2]*figure{x, y})
			}
		}
	}
	for _, kind := range checkKinds {
		if len(pairs[kind]) == 0 {
			continue
		}
		var in []*figure
		for _, p := range pairs[kind] {
			in = append(in, p[0], p[1])
		}
		in = a.withStated(in)
		a.conflict(kind, in, nil, "%s%s: %s%s", in[0].topic(), sameYear(in), against(in), remark(kind))
	}
}

// withStated adds to figures in conflict what is stated to contradict one of them and is about the same, so that all sides are in one list:
// a rounded print, a plan for another year.
func (a *auditor) withStated(in []*figure) []*figure {
	for _, f := range a.about[in[0].key()] {
		if !f.aside && !f.Forecast && !slices.Contains(in, f) && slices.ContainsFunc(in, func(o *figure) bool {
			return slices.Contains(f.Contradicts, o.ID) || slices.Contains(o.Contradicts, f.ID)
		}) {
			in = append(in, f)
		}
	}
	slices.SortFunc(in, func(x, y *figure) int { return cmp.Compare(x.ID, y.ID) })
	return slices.Compact(in)
}

// sameYear is the time of figures that have one, after a comma.
func sameYear(list []*figure) string {
	for _, f := range list {
		if f.when() != list[0].when() {
			return ""
		}
	}
	return ", " + list[0].year()
}

// against are figures side by side, each with its time where they differ in it.
func against(list []*figure) string {
	s := make([]string, len(list))
	for i, f := range list {
		s[i] = f.told()
		if sameYear(list) == "" {
			s[i] = fmt.Sprintf("%s (%s, %s)", claimlog.Said(f.Claim), f.ID, f.year())
		}
	}
	return strings.Join(s, " against ")
}

// remark says more of a kind of conflict.
func remark(kind string) string {
	switch kind {
	case CheckMagnitude:
		return ": the same number in another size of unit"
	case CheckMisprint:
		return ": the digits are the same but for a misprint"
	case CheckName:
		return ": one thing under two names"
	}
	return ""
}

// pairKind is the kind of check that two figures for the same thing are compared by.
func pairKind(x, y *figure) string {
	switch {
	case x.sameAs(y.amount):
	case thousandApart(x, y):
		return CheckMagnitude
	case misprinted(x.text, y.text):
		return CheckMisprint
	}
	switch {
	case x.dim == "time" && y.dim == "time":
		return CheckDuration
	case claimlog.Plain(x.Subject) != claimlog.Plain(y.Subject) || claimlog.Plain(x.Quantity) != claimlog.Plain(y.Quantity):
		return CheckName
	}
	return CheckValue
}

// thousandApart reports whether one figure is the other times a thousand or a million, as far as they were printed.
func thousandApart(x, y *figure) bool {
	if math.Abs(x.v) > math.Abs(y.v) {
		x, y = y, x
	}
	for _, size := range []float64{1e3, 1e6} {
		big := amount{v: x.v * size, half: x.half * size}
		if x.v != 0 && big.sameAs(amount{v: y.v, half: y.half}) {
			return true
		}
	}
	return false
}

// misprinted reports whether two printed numbers of four digits or more differ by one digit too many, or by two neighbours that
// changed places.
func misprinted(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 4 || a == b {
		return false
	}
	if len(a)+1 == len(b) {
		for i := range b {
			if b[:i]+b[i+1:] == a {
				return b[i] != '0' || i+1 < len(b) // a nought at the end is a size, not a slip
			}
		}
		return false
	}
	if len(a) != len(b) {
		return false
	}
	i := 0
	for a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// lawWords are words of rates that hold by law for as long as their period says.
var lawWords = words1("duty tariff levy tax quota")

// laws compares a rate of law with other prints of it whose period lies within its own.
func (a *auditor) laws() {
	for _, l := range a.claims {
		if !l.number || l.Forecast || l.PeriodFrom == 0 || !slices.ContainsFunc(tokens(l.Subject+" "+l.Quantity), func(w string) bool { return lawWords[w] }) {
			continue
		}
		for _, f := range a.claims {
			inside := f.PeriodFrom >= l.PeriodFrom && (l.PeriodTo == 0 || f.PeriodTo != 0 && f.PeriodTo <= l.PeriodTo)
			if f == l || !f.number || f.key() != l.key() || f.when() == l.when() || !inside || settled(f, l) || f.currency() != l.currency() {
				continue
			}
			ok := f.sameAs(l.amount)
			a.made(CheckLaw, ok, l, f)
			if !ok {
				a.conflict(CheckLaw, []*figure{l, f}, nil, "%s: %s holds for %s, and %s is printed for %s", l.topic(), l.told(), l.year(), f.told(), f.year())
			}
		}
	}
}

// capacities finds capacities that fall and rise again: two quantities, as installed and staffed, under one name.
func (a *auditor) capacities() {
	groups := map[string][]*figure{}
	var order []string
	for _, f := range a.claims {
		if !f.number || f.deed != deedCapacity || f.Forecast || f.replaced || f.PeriodFrom == 0 || f.dim != "vehicle" {
			continue
		}
		if len(groups[f.key()]) == 0 {
			order = append(order, f.key())
		}
		groups[f.key()] = append(groups[f.key()], f)
	}
	for _, k := range order {
		list := groups[k]
		slices.SortStableFunc(list, func(x, y *figure) int { return cmp.Compare(x.PeriodFrom, y.PeriodFrom) })
		for i := 0; i+2 < len(list); i++ {
			x, y, z := list[i], list[i+1], list[i+2]
			ok := !(x.v > y.v && z.v > y.v) || x.sameAs(y.amount) || y.sameAs(z.amount)
			a.made(CheckCapacity, ok, x, y, z)
			if !ok {
				a.conflict(CheckCapacity, []*figure{x, y, z}, nil, "%s: %s in %s, %s in %s and %s in %s: it falls and rises again, so one name may stand for two quantities, such as what is installed and what is staffed",
					x.topic(), x.told(), x.year(), y.told(), y.year(), z.told(), z.year())
			}
		}
	}
}

// tellingDigits is from how many digits on the same number for two things is no accident.
const tellingDigits = 5

// sameFigures are remarks on figures that stand under two names: the same number to five digits or more, same unit, period and region.
func (a *auditor) sameFigures() []headroom.Finding {
	var out []headroom.Finding
	for i, x := range a.claims {
		for _, y := range a.claims[i+1:] {
			if x.number && y.number && x.text == y.text && digits(x.text) >= tellingDigits && x.dim == y.dim && x.when() == y.when() && x.region == y.region &&
				(claimlog.Plain(x.Subject) != claimlog.Plain(y.Subject) || claimlog.Plain(x.Quantity) != claimlog.Plain(y.Quantity)) {
				out = append(out, headroom.Finding{
					Severity: headroom.SeverityInfo, Code: CodeSameFigure, Place: headroom.Place{File: "claim.csv"},
					Message: x.ID + " and " + y.ID + " have the same figure, " + claimlog.Said(x.Claim) + " for " + x.year() + ", under two names: " + x.topic() + " and " + y.topic(),
					Hint:    "one may be a copy of the other: bind to one of them",
				})
			}
		}
	}
	return out
}
