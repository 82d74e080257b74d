package audit

import (
	"math"
	"slices"
	"strings"

	"headroom/claimlog"
)

// Words of the beginning and the end of a stop.
var (
	stopWords    = words1("stopped stop halted closed")
	restartWords = words1("restart restarted resumed reopened")
	lengthWords  = words1("length duration")
)

// spans compares lengths of a stop with the days of its beginning and its end, and "the lowest in 73 years" with "the lowest since 1952".
func (a *auditor) spans() {
	for _, f := range a.claims {
		if f.number && f.dim == "time" {
			if f.says(lengthWords) {
				a.length(f)
			}
			a.since(f)
		}
	}
}

// length compares a length with all pairs of beginning and end of the same subject. A pair that no length fits speaks against the day
// that another claim contradicts.
func (a *auditor) length(f *figure) {
	var starts, ends []*figure
	for _, e := range a.claims {
		if e.isEvent() && e.entity == f.entity && e.PeriodFrom != 0 {
			switch {
			case e.says(restartWords):
				ends = append(ends, e)
			case e.says(stopWords):
				starts = append(starts, e)
			}
		}
	}
	if len(starts) == 0 || len(ends) == 0 {
		return
	}
	good := false
	for _, s := range starts {
		for _, e := range ends {
			d := amount{v: float64(s.PeriodFrom.Days(e.PeriodFrom) - 1), half: 0.5}
			if d.sameAs(f.amount) {
				good = true
				a.fits[s.ID], a.fits[e.ID] = true, true
			}
		}
	}
	s, e := starts[0], ends[0]
	a.made(CheckDuration, good, f, s, e)
	if good {
		a.fits[f.ID] = true
		return
	}
	a.misfits[f.ID] = true
	if a.hasRival(f) {
		return // the conflict is between the two lengths
	}
	a.conflict(CheckDuration, []*figure{f}, []*figure{s, e}, "%s, %s: %s, and from %s (%s) to %s (%s) are %d days", f.topic(), f.year(), f.told(), s.PeriodFrom, s.ID, e.PeriodFrom, e.ID,
		s.PeriodFrom.Days(e.PeriodFrom)-1)
}

// hasRival reports whether another figure for the same thing is a different one.
func (a *auditor) hasRival(f *figure) bool {
	return slices.ContainsFunc(a.claims, func(o *figure) bool {
		return o.number && o.key() == f.key() && o.when() == f.when() && !o.sameAs(f.amount) && !settled(o, f)
	})
}

// since compares "lowest output in N years" with "lowest output since a year".
func (a *auditor) since(f *figure) {
	words, ok := strings.CutSuffix(claimlog.Plain(f.Quantity), " in")
	if !ok || f.PeriodFrom == 0 {
		return
	}
	for _, o := range a.claims {
		if !o.number || o.entity != f.entity || o.region != f.region || o.when() != f.when() || claimlog.Plain(o.Quantity) != words+" since" {
			continue
		}
		years := float64(f.PeriodFrom.Year()) - o.v
		held := math.Abs(years*365.25-f.v) < 365.25/2
		a.made(CheckDuration, held, f, o)
		if held {
			a.fits[f.ID] = true
			continue
		}
		a.misfits[f.ID] = true
		if a.hasRival(f) {
			return
		}
		a.conflict(CheckDuration, []*figure{f}, []*figure{o}, "%s, %s: %s, and since %s (%s) are %.0f years", f.topic(), f.year(), f.told(), o.Value, o.ID, years)
	}
}
