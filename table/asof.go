package table

import (
	"slices"
	"strings"

	"headroom"
)

// A case as of a day is the case as its files would have been then. What was not known is taken out of the raw tables: claims
// and the sources that only they have, forecasts, deals without an event, their places and terms. Then the figures are
// computed again from what is left, as where claims move.

// then is what was known on the day as of which a case is read.
type then struct {
	day     headroom.Date
	unknown map[string]string         // claims that were not known, and since when they are, "" where no day is named
	claims  map[string]headroom.Claim // all claims, whenever they were known
	deals   map[string]bool           // deals that nobody had spoken of
	dropped map[string]bool           // rows that were taken out, as table/key
	lost    []lostFigure
}

// lostFigure is a figure whose claims were not known; an assumption may fill it.
type lostFigure struct {
	t      *rawTable
	row    *rawRow
	col    int
	kind   string
	lacked []string // claims
	why    error    // what was wrong with the first formula over what was known, where there is one
	chosen bool     // a scenario chose the claims: nothing may stand in
}

// optional are the tables in which a row is nothing without its figure: what was not known was not there.
var optional = []string{"target", "forecast", "term", "outturn", "shock"}

// dayOf is a date of a row, 0 where it has none. A month or a year counts from its last day, so that nothing is known too
// early.
func (l *loader) dayOf(t *rawTable, r *rawRow, column string) headroom.Date {
	d, err := headroom.ParseDate(l.value(t, r, column), true)
	if err != nil {
		return 0 // an empty or a broken date is no day; what is broken is reported when it is decoded
	}
	return d
}

// asOf forgets what was not known on the day of the options. It reports false where there is no case of that day.
func (l *loader) asOf(before *knowledge) bool {
	day := l.opt.AsOf
	if today := l.opt.Today; today != 0 && day > today {
		l.fail(headroom.Place{}, headroom.CodeFutureAsOf, "choose a day that has come", "the case is asked for as of %s, and today is %s", day, today)
		return false
	}
	if first, id := l.firstClaim(); first != 0 && day < first {
		l.fail(headroom.Place{File: "claim.csv"}, headroom.CodeEarlyAsOf, "choose a later day", "nothing was known on %s: the first claim, %s, is of %s", day, id, first)
		return false
	}
	l.then = &then{day: day, unknown: map[string]string{}, deals: map[string]bool{}, dropped: map[string]bool{}, claims: before.claims}
	l.forgetClaims()
	l.drop("forecast", func(t *rawTable, r *rawRow) bool { return l.dayOf(t, r, "made_on") > day })
	l.drop("outage_profile", func(t *rawTable, r *rawRow) bool { return l.dayOf(t, r, "seen_on") > day })
	l.drop("outage_claim", func(t *rawTable, r *rawRow) bool {
		return l.dayOf(t, r, "seen_on") > day || !l.then.knownThen(l.value(t, r, "claim"))
	})
	l.forgetDeals()
	l.forgetVehicles()
	l.dropOrphanBindings()
	return true
}

// firstClaim is the day of the earliest claim and its name.
func (l *loader) firstClaim() (headroom.Date, string) {
	t := l.tables["claim"]
	if t == nil {
		return 0, ""
	}
	first, id := headroom.Date(0), ""
	for _, r := range l.sorted(t) {
		if d := l.dayOf(t, r, "as_of"); d != 0 && (first == 0 || d < first) {
			first, id = d, r.key
		}
	}
	return first, id
}

// drop takes rows out of a table.
func (l *loader) drop(name string, gone func(*rawTable, *rawRow) bool) {
	t := l.tables[name]
	if t == nil {
		return
	}
	t.rows = slices.DeleteFunc(t.rows, func(r *rawRow) bool {
		if !gone(t, r) {
			return false
		}
		if t.byKey[r.key] == r {
			delete(t.byKey, r.key)
			l.then.dropped[name+"/"+r.key] = true
		}
		return true
	})
}

// forgetClaims drops the claims of later days, those of which no day is known, and the sources that only they had.
func (l *loader) forgetClaims() {
	before, after := map[string]bool{}, map[string]bool{}
	l.drop("claim", func(t *rawTable, r *rawRow) bool {
		source := l.value(t, r, "source_id")
		before[source] = true
		if d := l.dayOf(t, r, "as_of"); d == 0 || d > l.then.day {
			l.then.unknown[r.key] = d.String()
			return true
		}
		after[source] = true
		return false
	})
	l.drop("source", func(_ *rawTable, r *rawRow) bool { return before[r.key] && !after[r.key] })
}

// knownThen reports whether a claim was known; a claim that is not there is reported elsewhere.
func (k *then) knownThen(id string) bool {
	_, no := k.unknown[id]
	return !no
}

// forgetDeals gives each deal the status of its latest event and drops deals that nobody had spoken of, with what needs them.
func (l *loader) forgetDeals() {
	has, latest := map[string]bool{}, map[string]*rawRow{}
	l.drop("event", func(t *rawTable, r *rawRow) bool {
		deal := l.value(t, r, "arr_id")
		has[deal] = true
		d := l.dayOf(t, r, "date")
		if d > l.then.day || !l.then.knownThen(l.value(t, r, "claim")) {
			return true
		}
		if old := latest[deal]; old == nil || d >= l.dayOf(t, old, "date") {
			latest[deal] = r
		}
		return false
	})
	gone := l.then.deals
	l.drop("arrangement", func(t *rawTable, r *rawRow) bool {
		e := latest[r.key]
		switch {
		case e != nil:
			l.dealAsOf(t, r, e)
		case has[r.key] || l.dayOf(t, r, "status_date") > l.then.day:
			gone[r.key] = true
		}
		return gone[r.key]
	})
	l.drop("term", func(t *rawTable, r *rawRow) bool { return gone[l.value(t, r, "arr_id")] })
	if t := l.tables["arrangement"]; t != nil {
		for _, r := range t.rows {
			i := t.Index("requires")
			r.cells[i] = strings.Join(slices.DeleteFunc(strings.Fields(r.cells[i]), func(id string) bool { return gone[id] }), " ")
		}
	}
}

// dealAsOf gives a deal the status of an event. The note of another status says what was known later.
func (l *loader) dealAsOf(t *rawTable, r, e *rawRow) {
	events := l.tables["event"]
	status := l.value(events, e, "new_status")
	if status != l.value(t, r, "status") {
		r.cells[t.Index("note")] = l.value(events, e, "note")
	}
	r.cells[t.Index("status")] = status
	r.cells[t.Index("status_date")] = l.value(events, e, "date")
}

// forgetVehicles drops the places of deals that were not known, and vehicles that had no other place.
func (l *loader) forgetVehicles() {
	left, lost := map[string]bool{}, map[string]bool{}
	l.drop("vehicle_line", func(t *rawTable, r *rawRow) bool {
		if l.then.deals[l.value(t, r, "arrangement")] {
			lost[l.value(t, r, "vehicle")] = true
			return true
		}
		left[l.value(t, r, "vehicle")] = true
		return false
	})
	gone := func(id string) bool { return lost[id] && !left[id] }
	l.drop("vehicle", func(_ *rawTable, r *rawRow) bool { return gone(r.key) })
	l.drop("demand", func(t *rawTable, r *rawRow) bool { return gone(l.value(t, r, "vehicle")) })
}

// dropOrphanBindings drops the bindings of rows that were dropped.
func (l *loader) dropOrphanBindings() {
	l.drop("binding", func(t *rawTable, r *rawRow) bool {
		return l.then.dropped[l.value(t, r, "table")+"/"+l.value(t, r, "row_key")]
	})
}

// forgetWords takes claims that were not known out of the columns that name claims.
func (l *loader) forgetWords() {
	for _, t := range l.tables {
		for i, c := range t.Columns {
			if !slices.Equal(c.Refs, []string{"claim"}) {
				continue
			}
			for _, r := range t.rows {
				if r.cells[i] != "" {
					r.cells[i] = strings.Join(slices.DeleteFunc(strings.Fields(r.cells[i]), func(id string) bool { return !l.then.knownThen(id) }), " ")
				}
			}
		}
	}
}
