package claimlog

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"headroom"
)

// Rules looks at the claims of a case and at what is made of them: claims that contradict themselves, figures that rest on claims
// that are too weak, superseded, retracted or stale, forecasts where the outturn is known, deals that are said to be further than
// their last event. Rules about age go by the day of the case, as of which it was read or on which it was; without one they are
// left out. Findings are in no order.
func Rules(c *headroom.Case) []headroom.Finding {
	r := &ruling{c: c, claims: make(map[string]headroom.Claim, len(c.Claims))}
	for _, cl := range c.Claims {
		r.claims[cl.ID] = cl
	}
	if c.AsOf == 0 { // as of a day the claims that settle a reading may not be known
		r.readings = NewReadings(c.Claims)
	}
	r.superseded, r.retracted = r.replaced()
	for _, cl := range c.Claims {
		r.claim(cl)
	}
	r.subjects()
	r.circles()
	r.uses()
	r.deals()
	return r.out
}

// ruling is a Rules under way.
type ruling struct {
	c      *headroom.Case
	claims map[string]headroom.Claim
	out    []headroom.Finding

	readings              Readings
	superseded, retracted map[string]string // by what
}

// add reports a finding about a cell.
func (r *ruling) add(sev headroom.Severity, code, table, key, column, hint, format string, args ...any) {
	r.out = append(r.out, headroom.Finding{Severity: sev, Code: code, Place: r.c.Place(table, key, column), Message: fmt.Sprintf(format, args...), Hint: hint})
}

// claim looks at one claim alone. A text that looks like a formula is a text: what is written from it is inert.
func (r *ruling) claim(c headroom.Claim) {
	today := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	if r.c.Today != 0 {
		today = r.c.Today.Time()
	}
	gone := r.superseded[c.ID] != "" || r.retracted[c.ID] != ""
	for _, f := range r.readings.Faults(c, today) {
		if f.Code != CodeFormulaText && !(gone && f.Code == headroom.CodeMissingValue) { // the log forgets no claim, and it can be replaced
			r.add(headroom.SeverityError, f.Code, "claim", c.ID, f.Column, f.Hint, "%s", f.Message)
		}
	}
	for column, text := range r.readings.Settled(c) {
		r.out = append(r.out, headroom.Finding{
			Severity: headroom.SeverityInfo, Code: headroom.CodeAmbiguousNumber, Place: r.c.Place("claim", c.ID, column), Message: text,
			Hint: "nothing is to be done, unless that is not what is meant", Alike: "numbers settled so in the column " + column,
		})
	}
	if day := twoDates(c.Period); day != "" && c.PeriodFrom == 0 {
		r.add(headroom.SeverityWarning, headroom.CodeAmbiguousDate, "claim", c.ID, "period", "write the days in period_from and period_to", "%s", day)
	}
}

// subjects looks for claims whose subjects a reader cannot tell apart.
func (r *ruling) subjects() {
	for _, same := range Lookalikes(r.c.Claims) {
		r.add(headroom.SeverityError, headroom.CodeConfusableLetter, "claim", same[1].ID, "subject", "write both alike", "the subject %q looks like %q of %s and is another", same[1].Subject, same[0].Subject, same[0].ID)
	}
}

// dayMonth is a date whose day and month may be in either order.
var dayMonth = regexp.MustCompile(`\b([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})\b`)

// twoDates says of the first date in a text that has two meanings which two these are; "" where there is none.
func twoDates(text string) string {
	for _, m := range dayMonth.FindAllStringSubmatch(text, -1) {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		y, _ := strconv.Atoi(m[3])
		if y < 100 {
			y += 2000
		}
		if a != b && a >= 1 && b >= 1 && a <= 12 && b <= 12 {
			return fmt.Sprintf("%q is %s or %s", m[0], headroom.NewDate(y, b, a), headroom.NewDate(y, a, b))
		}
	}
	return ""
}

// circles looks for claims that replace each other in a circle.
func (r *ruling) circles() {
	circle := SupersedesCircle(r.c.Claims)
	if len(circle) < 2 {
		return // a claim that supersedes itself is told already
	}
	r.add(headroom.SeverityError, CodeCircularSupersedes, "claim", circle[0], "supersedes", "take one of them out", "claims supersede each other in a circle: %s", strings.Join(append(circle, circle[0]), " → "))
}

// deals looks for deals that are said to be further, or less far, than their last event.
func (r *ruling) deals() {
	last := map[string]headroom.Event{}
	for _, e := range r.c.Events {
		if day := r.c.Day(); (day == 0 || e.Date <= day) && e.Date >= last[e.Arrangement].Date {
			last[e.Arrangement] = e
		}
	}
	for _, a := range r.c.Arrangements {
		e, ok := last[a.ID]
		changed := r.c.Labels[headroom.Ref{Table: "arrangement", Key: a.ID, Column: "status"}].Basis != ""
		if ok && !changed && e.Status != a.Status {
			r.add(headroom.SeverityError, headroom.CodeUnprovenStatus, "arrangement", a.ID, "status", "enter the event that says so, or write the status of the last one; a scenario may count it further",
				"%s is said to be %s, and its last event, of %s, says %s (%s)", a.ID, a.Status, e.Date, e.Status, e.Claim)
		}
	}
}
