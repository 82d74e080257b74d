package audit

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"headroom"
)

// shares compares printed shares with the two figures that they are a share of, printed utilisation with output and capacity.
func (a *auditor) shares() {
	for _, f := range a.claims {
		switch {
		case !f.number || f.Forecast:
		case f.percent() && hasWord(f.rest, "share"):
			a.share(f)
			a.shareAmount(f)
		case f.percent() && hasWord(f.rest, "utilisation"):
			a.utilisation(f, f.amount, f.told())
		case f.additive():
			for _, p := range parts(f.Note) {
				a.noteShare(f, noteRounded.ReplaceAllString(p, ""))
			}
		}
	}
}

// percent reports whether the figure is a share in per cent.
func (f *figure) percent() bool { return f.dim == "" && strings.HasPrefix(f.Unit, "%") }

func hasWord(words, w string) bool { return slices.Contains(strings.Fields(words), w) }

// without is a run of words without some of them.
func without(words string, drop ...string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(words), func(w string) bool { return slices.Contains(drop, w) }), " ")
}

// sameClass reports whether two classes may be the same: one that is not said may be any.
func sameClass(a, b class) bool { return a == b || a == "" || b == "" }

// share compares a printed share: what is counted has the subject of the share, and what it is a share of stands in the unit ("% of car
// output") or in the quantity ("share of car output exported"), or is all that is counted of the same deed.
func (a *auditor) share(f *figure) {
	_, of, said := strings.Cut(f.Unit, "% of ")
	base := meaningOf(of)
	if _, of, ok := strings.Cut(f.Quantity, "share of "); ok && !said {
		base, said = meaningOf(of), true // "share of car output exported"
		base.deeds = slices.DeleteFunc(base.deeds, func(d deed) bool { return d == f.deed })
	}
	if subject, d := meaningOf(f.Subject), meaningOf(f.Quantity).did(); !said && d != "" && subject.did() != "" && subject.did() != d {
		base, said = subject, true // "car production, share exported"
	}
	words, what := without(f.rest, "share"), f.deed
	if said && what == base.did() {
		what = meaningOf(f.Subject).did() // "car exports, share of output"
	}
	num := a.slotOf(f, func(o *figure) bool {
		return !o.aside && o.entity == f.entity && o.region == f.region && o.rest == words && o.additive() && o.deed != "" &&
			(what == "" || o.deed == what) && sameClass(o.class, f.class)
	})
	if len(num) == 0 {
		return
	}
	den := a.slotOf(f, func(o *figure) bool {
		same := o.deed == num[0].deed && (o.entity != f.entity || words != "")
		if said {
			same = o.deed == base.did() && sameClass(o.class, base.class) && o.deed != num[0].deed
		}
		return same && !o.aside && (o.entity == f.entity || o.whole() && o.region == f.region) && o.rest == "" && o.dim == num[0].dim &&
			sameClass(o.class, num[0].class)
	})
	if len(den) == 0 {
		return
	}
	n, d := a.firmest(num), a.firmest(den)
	if ratioAgrees(f.amount, n, d) {
		a.made(CheckShare, true, f, n, d)
		a.fits[f.ID] = true
		return
	}
	a.made(CheckShare, false)
	a.misfits[f.ID] = true
	rivals, others := []*figure{f}, []*figure{n, d}
	for _, o := range a.claims {
		if o.ID != f.ID && o.key() == f.key() && o.when() == f.when() && o.number {
			rivals = append(rivals, o)
		}
	}
	if len(rivals) == 1 {
		rivals, others = append(rivals, others...), nil
	}
	a.conflict(CheckShare, rivals, others, "%s, %s: printed as %s, and %s of %s is %s", f.topic(), f.year(), f.told(), n.told(), d.told(), shareText(n.v/d.v))
}

// shareAmount compares the amount that the note of a share works out, "= about 83,400 cars", with the share of what it is a share of.
func (a *auditor) shareAmount(f *figure) {
	_, of, ok := strings.Cut(f.Unit, "% of ")
	base := meaningOf(of)
	if !ok || len(base.rest) > 0 || base.did() == "" {
		return
	}
	for _, p := range parts(f.Note) {
		m := noteAmount.FindStringSubmatch(p)
		if m == nil {
			continue
		}
		den := a.slotOf(f, func(o *figure) bool {
			return !o.aside && o.entity == f.entity && o.deed == base.did() && sameClass(o.class, base.class) && o.rest == "" && o.additive()
		})
		if len(den) == 0 {
			return
		}
		d := a.firmest(den)
		v, _ := strconv.ParseFloat(printed(m[1]), 64)
		n := &figure{amount: amount{v: v * d.unit.Factor(), half: halfUnit(printed(m[1])) * d.unit.Factor()}}
		held := ratioAgrees(f.amount, n, d)
		a.made(CheckShare, held, f, d)
		if !held {
			a.conflict(CheckShare, []*figure{f, d}, nil, "%s, %s: %s of %s is %s, and its note says %s", f.topic(), f.year(), f.told(), d.told(), sixDigits(f.v*d.v/d.unit.Factor()), m[1])
		}
	}
}

// ratioAgrees reports whether a printed share is the ratio of two figures, each as far as it was printed.
func ratioAgrees(p amount, n, d *figure) bool {
	if n.v == 0 || d.v == 0 {
		return p.v == 0 && n.v == 0
	}
	r := n.v / d.v
	slack := r * (n.slack(sumCap)/n.v + d.slack(sumCap)/d.v)
	return math.Abs(p.v-r) <= p.half+slack*(1+1e-9) || p.holds(r)
}

// noteShare compares a share that stands in the note of a figure: "23.4%" of all that is counted in the region, "77.5% of output",
// "29% of 45,000", "utilisation 36%".
func (a *auditor) noteShare(f *figure, part string) {
	if m := noteUse.FindStringSubmatch(part); m != nil {
		a.utilisation(f, percentage(m[1]), m[1]+" % (its note)")
		return
	}
	m := noteShare.FindStringSubmatch(part)
	if m == nil || f.v == 0 {
		return
	}
	p := percentage(m[1])
	if of := strings.TrimSuffix(printed(m[2]), "."); of != "" {
		v, err := strconv.ParseFloat(of, 64)
		if err != nil || v == 0 {
			return
		}
		d := &figure{amount: amount{v: v * f.unit.Factor(), half: halfUnit(of) * f.unit.Factor()}}
		ok := ratioAgrees(p, f, d)
		a.made(CheckShare, ok, f)
		if !ok {
			a.conflict(CheckShare, []*figure{f}, nil, "%s, %s: %s is %s of the %s that its note has, which says %s %%", f.topic(), f.year(), f.told(), shareText(f.v/d.v), m[2], m[1])
		}
		return
	}
	base := meaningOf(m[3])
	if len(base.rest) > 0 {
		return
	}
	d, s := f.deed, f.class
	if m[3] != "" {
		d, s = base.did(), classOr(base.class, f.class)
	}
	den := a.slotOf(f, func(o *figure) bool {
		return !o.aside && o.deed == d && sameClass(o.class, s) && o.rest == "" && o.dim == f.dim && o.region == f.region &&
			(o.whole() || o.entity == f.entity) && o.key() != f.key()
	})
	if d == "" || len(den) == 0 {
		return
	}
	all := a.firmest(den)
	ok := ratioAgrees(p, f, all)
	a.made(CheckShare, ok, f, all)
	if !ok {
		a.conflict(CheckShare, []*figure{f, all}, nil, "%s, %s: %s is %s of %s, and its note says %s %%", f.topic(), f.year(), f.told(), shareText(f.v/all.v), all.told(), m[1])
	}
}

func classOr(a, b class) class {
	if a != "" {
		return a
	}
	return b
}

// percentage is a printed share as an amount.
func percentage(text string) amount {
	text = strings.NewReplacer("−", "-", "+", "").Replace(text)
	v, _ := strconv.ParseFloat(text, 64)
	return amount{v: v / 100, half: halfUnit(text) / 100}
}

// capacityYears is how far the year of a capacity may be from that of the output it is compared with.
const capacityYears = 2

// utilisation compares a printed utilisation with output and capacity of the same plant. Where several capacities are claimed one of
// them must fit.
func (a *auditor) utilisation(f *figure, p amount, print string) {
	if f.PeriodFrom == 0 {
		return
	}
	out := a.slotOf(f, func(o *figure) bool {
		return !o.aside && o.entity == f.entity && o.region == f.region && o.deed == deedBuilt && o.rest == "" && o.additive()
	})
	caps := pick(a.of[f.entity], func(o *figure) bool {
		y := o.PeriodFrom.Year() - f.PeriodFrom.Year()
		return o.region == f.region && o.deed == deedCapacity && o.rest == "" && o.PeriodFrom != 0 && max(y, -y) <= capacityYears
	})
	if len(out) == 0 || len(caps) == 0 {
		return
	}
	n := a.firmest(out)
	at := slices.IndexFunc(caps, func(d *figure) bool { return ratioAgrees(p, n, d) })
	a.made(CheckUtilisation, at >= 0, f, n, caps[max(0, at)])
	if at < 0 {
		d := a.firmest(caps)
		a.misfits[f.ID] = a.misfits[f.ID] || f.percent()
		a.conflict(CheckUtilisation, []*figure{f, n, d}, nil, "%s, %s: printed as %s, and %s of %s is %s", f.Subject, f.year(), print, n.told(), d.told(), shareText(n.v/d.v))
	}
}

// changes compares printed changes on the year before with the figures of the two years.
func (a *auditor) changes() {
	for _, f := range a.claims {
		if !f.number {
			continue
		}
		if f.percent() && hasWord(f.rest, "change") && !hasWord(f.rest, "month") {
			words := without(f.rest, "change", "year")
			at := func(years int) slot {
				return pick(a.of[f.entity], func(o *figure) bool {
					return o.region == f.region && o.deed == f.deed && f.deed != "" && o.rest == words && sameClass(o.class, f.class) && o.additive() &&
						onYear(o, f, years)
				})
			}
			a.change(f, f.amount, f.told(), at(0), at(-1))
			continue
		}
		for _, p := range parts(f.Note) {
			m := noteChange.FindStringSubmatch(noteRounded.ReplaceAllString(p, ""))
			if m == nil || f.PeriodFrom == 0 {
				continue
			}
			before := pick(a.about[f.key()], func(o *figure) bool { return onYear(o, f, -1) })
			if m[2] == "" || m[2] == strconv.Itoa(f.PeriodFrom.Year()-1) {
				a.change(f, percentage(m[1]), m[1]+" % (the note of "+f.ID+")", slot{f}, before)
			}
		}
	}
}

// onYear reports whether a figure's period is that of another, some years on.
func onYear(o, f *figure, years int) bool {
	move := func(d headroom.Date) headroom.Date {
		if d == 0 {
			return 0
		}
		return headroom.DateOf(d.Time().AddDate(years, 0, 0))
	}
	return o.PeriodFrom != 0 && o.PeriodFrom == move(f.PeriodFrom) && o.PeriodTo == move(f.PeriodTo)
}

// change compares a printed change with the figures of the two years.
func (a *auditor) change(f *figure, p amount, print string, now, before slot) {
	if len(now) == 0 || len(before) == 0 || a.firmest(now).v == 0 || a.firmest(before).v == 0 {
		return
	}
	agrees := func(n, b *figure) bool {
		r := n.v / b.v
		slack := math.Abs(r) * (n.slack(sumCap)/math.Abs(n.v) + b.slack(sumCap)/math.Abs(b.v))
		return math.Abs(p.v-(r-1)) <= p.half+slack*(1+1e-9) || p.holds(r-1)
	}
	n, b := a.firmest(now), a.firmest(before)
	ok := agrees(n, b)
	a.made(CheckChange, ok, f, n, b)
	if ok {
		return
	}
	rivals := []*figure{n, b}
	if f.percent() {
		a.misfits[f.ID] = true
		rivals = append(rivals, f)
	}
	a.conflict(CheckChange, rivals, nil, "%s, %s: printed as %s, and from %s to %s it is %+.1f %%", f.topic(), f.year(), print, b.told(), n.told(), 100*(n.v/b.v-1))
}
