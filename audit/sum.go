package audit

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/claimlog"
)

// slot is one place of a sum: all figures for the same thing, of which one is to be put in.
type slot []*figure

// slotOf collects the figures of the time of f that are about something, forecasts, open ends, losses and what was superseded left out.
func (a *auditor) slotOf(f *figure, want func(*figure) bool) slot { return pick(a.at[f.when()], want) }

// pick picks the figures that may stand in a sum.
func pick(list []*figure, want func(*figure) bool) slot {
	var s slot
	for _, f := range list {
		if f.number && f.v >= 0 && !f.Forecast && !f.replaced && !f.open() && want(f) {
			s = append(s, f)
		}
	}
	return s
}

// like picks figures that count the same as f but for its deed and class.
func (f *figure) like(d deed, s class) func(*figure) bool {
	return func(o *figure) bool {
		return o.deed == d && o.class == s && o.entity == f.entity && o.rest == f.rest && o.region == f.region && o.dim == f.dim
	}
}

// sums are the sums of classes, of what is exported and what stays, of makers, of models, and of parts of a time.
func (a *auditor) sums() {
	seen := map[string]bool{}
	for _, f := range a.claims {
		k := f.key() + "|" + f.when()
		if !f.number || f.Forecast || f.replaced || f.v < 0 || f.deed == "" || !f.additive() || seen[k] {
			continue
		}
		seen[k] = true
		whole := a.slotOf(f, f.like(f.deed, f.class))
		if f.class == classAll {
			a.two(whole, a.slotOf(f, f.like(f.deed, classCar)), a.slotOf(f, f.like(f.deed, classCV)))
		}
		if f.deed == deedBuilt {
			a.two(whole, a.slotOf(f, f.like(deedExported, f.class)), a.slotOf(f, f.like(deedHome, f.class)))
		}
		a.members(f, whole)
		a.models(f, whole)
		a.group(f, whole)
		a.partsOfTime(f, whole)
	}
}

// additive reports whether figures of the unit add up: a count or an amount of money, and not a share, a price or a rate.
func (f *figure) additive() bool {
	return f.deed != deedCapacity && f.unit.Single() && !strings.Contains(f.dim, "/") && !strings.Contains(f.Unit, "/")
}

// two checks that a whole is the sum of its two parts, or not less than the one that is known.
func (a *auditor) two(whole, x, y slot) {
	switch {
	case len(x) > 0 && len(y) > 0:
		a.equal(CheckSum, whole, x, y)
	case len(x) > 0:
		a.atMost(CheckSum, whole, x)
	default:
		a.atMost(CheckSum, whole, y)
	}
}

// equal checks that a whole is the sum of its parts.
func (a *auditor) equal(kind string, whole slot, parts ...slot) {
	if len(whole) == 0 || len(parts) == 0 || slices.ContainsFunc(parts, func(s slot) bool { return len(s) == 0 }) {
		return
	}
	way, ok := a.relate(whole, parts, func(w *figure, p []*figure) (gap, allowed float64) {
		sum, slack := added(p)
		return math.Abs(w.v - sum), min(w.slack(sumCap)+slack, sumCap*math.Abs(w.v)) + 1e-9*math.Abs(w.v)
	})
	a.made(kind, ok, way...)
	if !ok {
		w, p := way[0], way[1:]
		sum, _ := added(p)
		missing := ""
		if sum < w.v {
			missing = "; or a part is missing"
		}
		a.conflict(kind, way, nil, "%s, %s: %s, and its parts add up to %s: %s%s", w.topic(), w.year(), w.told(), sixDigits(sum/w.unit.Factor()), listed(p), missing)
	}
}

// atMost checks that some parts are not more than their whole.
func (a *auditor) atMost(kind string, whole slot, parts ...slot) {
	if len(whole) == 0 || len(parts) == 0 || slices.ContainsFunc(parts, func(s slot) bool { return len(s) == 0 }) {
		return
	}
	way, ok := a.fill(whole, parts, func(w *figure, p []*figure) (gap, allowed float64) {
		sum, slack := added(p)
		return max(0, sum-w.v), slack + w.slack(sumCap)
	})
	a.made(kind, ok, way...)
	if !ok {
		w, p := way[0], way[1:]
		sum, _ := added(p)
		a.conflict(kind, way, nil, "%s, %s: %s, and only some of its parts are %s already: %s", w.topic(), w.year(), w.told(), sixDigits(sum/w.unit.Factor()), listed(p))
	}
}

// added is the sum of figures and how far it may be off.
func added(list []*figure) (sum, slack float64) {
	for _, f := range list {
		sum += f.v
		slack += f.slack(sumCap)
	}
	return sum, slack
}

// listed are figures one after the other.
func listed(list []*figure) string {
	s := make([]string, len(list))
	for i, f := range list {
		s[i] = f.told()
	}
	return strings.Join(s, " + ")
}

// residual are the words of a subject that stand for everybody who is not named.
var residual = words1("other others rest remaining remainder")

// isResidual reports whether a subject is everybody who is not named.
func isResidual(subject string) bool {
	return slices.ContainsFunc(tokens(subject), func(w string) bool { return residual[w] || residual[w+"s"] })
}

// members compares the figure of a region with those of the makers or plants in it. What they build is equal to the whole where one claim
// is about all others, and at most the whole where there is none. Of what is registered, sold or exported each is at most the whole:
// brands, groups and makers overlap there. A subject "A: B" is a part of A, not of the region.
func (a *auditor) members(f *figure, whole slot) {
	if !f.whole() || f.rest != "" || f.class == classAll {
		return
	}
	all := a.slotOf(f, func(o *figure) bool {
		return !o.aside && !o.whole() && o.deed == f.deed && (o.class == f.class || o.class == "") && o.rest == "" && o.region == f.region && o.dim == f.dim &&
			!strings.Contains(o.Subject, ": ") && !slices.ContainsFunc(whole, func(w *figure) bool { return o.v == w.v }) // the whole under another name
	})
	slots, rest := bySubject(all)
	switch {
	case f.deed != deedBuilt:
		for _, s := range slots {
			a.atMost(CheckSum, whole, s)
		}
	case rest:
		a.equal(CheckSum, whole, slots...)
	default:
		a.atMost(CheckSum, whole, slots...)
	}
}

// bySubject puts figures of the same subject into one slot, and reports whether one is about everybody who is not named.
func bySubject(all slot) (slots []slot, rest bool) {
	at := map[string]int{}
	for _, f := range all {
		if i, ok := at[f.entity]; ok {
			slots[i] = append(slots[i], f)
			continue
		}
		at[f.entity] = len(slots)
		slots = append(slots, slot{f})
		rest = rest || isResidual(f.Subject)
	}
	return slots, rest
}

// nearMiss is the share of a whole from which on parts that are less than it are taken to be all parts with a wrong figure.
const nearMiss = 0.98

// models compares the figure of "A" with those of "A: B" and "A: C": they are never more, and where they are all but the whole they
// are the whole.
func (a *auditor) models(f *figure, whole slot) {
	all := a.slotOf(f, func(o *figure) bool {
		parent, _, ok := strings.Cut(o.Subject, ": ")
		return ok && claimlog.Plain(parent) == claimlog.Plain(f.Subject) && o.deed == f.deed && o.class == f.class && o.rest == f.rest && o.region == f.region && o.dim == f.dim
	})
	slots, rest := bySubject(all)
	if len(slots) == 0 {
		return
	}
	sum, _ := added(a.firmestOf(slots))
	if rest || len(slots) > 1 && sum >= nearMiss*a.firmest(whole).v {
		a.equal(CheckSum, whole, slots...)
		return
	}
	a.atMost(CheckSum, whole, slots...)
}

// group compares the figure of "A group" with that of "A", which is not more.
func (a *auditor) group(f *figure, whole slot) {
	name, ok := strings.CutSuffix(" "+f.entity+" ", " group ")
	if !ok {
		name, ok = strings.Replace(" "+f.entity+" ", " group ", " ", 1), strings.Contains(" "+f.entity+" ", " group ")
	}
	if !ok {
		return
	}
	name = strings.TrimSpace(name)
	own := a.slotOf(f, func(o *figure) bool {
		return o.entity == name && o.deed == f.deed && o.class == f.class && o.rest == f.rest && o.region == f.region && o.dim == f.dim
	})
	if len(own) > 0 {
		a.atMost(CheckSum, whole, own)
	}
}

// partsOfTime compares the figure of a time with those of parts of it that do not overlap: equal where they cover it all, at most the
// whole where they do not.
func (a *auditor) partsOfTime(f *figure, whole slot) {
	if f.PeriodFrom == 0 || f.PeriodTo == 0 {
		return
	}
	inside := pick(a.about[f.key()], func(o *figure) bool {
		return o.when() != f.when() && o.PeriodFrom >= f.PeriodFrom && o.PeriodTo != 0 && o.PeriodTo <= f.PeriodTo
	})
	slices.SortStableFunc(inside, func(x, y *figure) int {
		if x.PeriodFrom != y.PeriodFrom {
			return int(x.PeriodFrom) - int(y.PeriodFrom)
		}
		return int(y.PeriodTo) - int(x.PeriodTo)
	})
	var slots []slot
	days, end := 0, headroom.Date(0)
	for _, o := range inside {
		switch n := len(slots); {
		case n > 0 && o.when() == slots[n-1][0].when():
			slots[n-1] = append(slots[n-1], o)
		case o.PeriodFrom > end:
			slots = append(slots, slot{o})
			days += o.PeriodFrom.Days(o.PeriodTo)
			end = o.PeriodTo
		}
	}
	switch {
	case len(slots) == 0:
	case days == f.PeriodFrom.Days(f.PeriodTo):
		a.equal(CheckSum, whole, slots...)
	default:
		a.atMost(CheckSum, whole, slots...)
	}
}

// shareText is a share in per cent, for people.
func shareText(v float64) string { return fmt.Sprintf("%.2f %%", 100*v) }
