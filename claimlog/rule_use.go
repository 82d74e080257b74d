package claimlog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"headroom"
	"headroom/formula"
)

// outlooks are the tables whose figures are forecasts and aims by nature.
var outlooks = []string{"forecast", "target"}

// uses looks at the claims that figures rest on. What a scenario chose is its own risk: there errors are warnings. As of a day a
// claim that is too weak is a warning too: it may be all that was known.
func (r *ruling) uses() {
	bad, weak := headroom.SeverityError, headroom.SeverityError
	if r.c.Scenario != "" {
		bad = headroom.SeverityWarning
	}
	if r.c.Scenario != "" || r.c.AsOf != 0 {
		weak = headroom.SeverityWarning
	}
	superseded, retracted := r.superseded, r.retracted
	outturns := r.outturns(superseded, retracted)
	stale := map[string][]string{}
	for _, b := range r.c.Bindings {
		ref := headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}
		if l, ok := r.c.Labels[ref]; ok && !slices.Equal(l.Claims, b.Claims) {
			continue // a scenario or an assumption has the last word
		}
		for _, id := range b.Claims {
			c, ok := r.claims[id]
			if !ok {
				continue // a claim that is not there is reported when the case is read
			}
			use := func(sev headroom.Severity, code, hint, format string, args ...any) {
				r.add(sev, code, "binding", b.Key(), "claim_id", hint, "%s rests on %s, %s", ref, id, fmt.Sprintf(format, args...))
			}
			if b.MinStatus != "" && Firmness(c.Status) > Firmness(b.MinStatus) {
				use(weak, headroom.CodeWeakClaim, "bind it to a firmer claim, or lower min_status and say why", "which is %s where %s is asked for", c.Status, b.MinStatus)
			}
			if by := retracted[id]; by != "" {
				use(bad, headroom.CodeRetractedClaim, "bind it to another claim", "which %s takes back", by)
			} else if by := superseded[id]; by != "" {
				use(bad, headroom.CodeSupersededClaim, "bind it to "+by, "which %s supersedes", r.named(by))
			}
			if c.Forecast && !slices.Contains(outlooks, b.Table) {
				if o := outturns[sameMatter(c)]; o != "" {
					use(bad, headroom.CodeOvertakenForecast, "bind it to "+o, "a forecast, and the outturn is known: %s", r.named(o))
				}
			}
			if day := r.c.Day(); day != 0 && c.ReviewBy != 0 && c.ReviewBy < day {
				stale[id] = append(stale[id], ref.String())
			}
		}
		r.calendars(b, ref)
	}
	r.stale(stale)
}

// replaced are the claims that others supersede or take back, each with the newest that does. What was itself taken back
// replaces nothing.
func (r *ruling) replaced() (superseded, retracted map[string]string) {
	newest := func(of func(headroom.Claim) []string, but map[string]string) map[string]string {
		out := map[string]string{}
		for _, c := range r.c.Claims {
			for _, id := range of(c) {
				if old, ok := r.claims[out[id]]; but[c.ID] == "" && id != c.ID && (!ok || c.AsOf > old.AsOf) {
					out[id] = c.ID
				}
			}
		}
		return out
	}
	retracts := func(c headroom.Claim) []string { return c.Retracts }
	retracted = newest(retracts, newest(retracts, nil))
	return newest(func(c headroom.Claim) []string { return c.Supersedes }, retracted), retracted
}

// sameMatter is what a claim and its rival are about.
func sameMatter(c headroom.Claim) string {
	return strings.Join([]string{c.Subject, c.Quantity, c.PeriodFrom.String(), c.PeriodTo.String(), c.Region, c.Unit}, "\x00")
}

// outturns are the claims that say what happened, by their matter: the firmest, of them the newest, of those said once the
// period was over.
func (r *ruling) outturns(superseded, retracted map[string]string) map[string]string {
	out := map[string]string{}
	for _, c := range r.c.Claims {
		if c.Forecast || c.Kind != headroom.KindQuantity || c.Value == "" || c.PeriodTo == 0 || c.AsOf < c.PeriodTo || superseded[c.ID] != "" || retracted[c.ID] != "" {
			continue
		}
		key := sameMatter(c)
		old, ok := r.claims[out[key]]
		if !ok || cmp.Or(cmp.Compare(Firmness(c.Status), Firmness(old.Status)), -cmp.Compare(c.AsOf, old.AsOf)) < 0 {
			out[key] = c.ID
		}
	}
	return out
}

// named is a claim with its value and its day, for a message.
func (r *ruling) named(id string) string {
	c := r.claims[id]
	return strings.TrimSpace(fmt.Sprintf("%s (%s)", id, strings.TrimSpace(c.Value+" of "+c.AsOf.String())))
}

// stale warns of claims in use whose day of review has passed, once for each, and names the newest about the same.
func (r *ruling) stale(by map[string][]string) {
	ids := make([]string, 0, len(by))
	for id := range by {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		c := r.claims[id]
		figures := by[id][0]
		if n := len(by[id]); n > 1 {
			figures += fmt.Sprintf(" and %d more", n-1)
		}
		newer, hint := "", "look for a newer figure, or review it and enter the same claim with a later review_by"
		for _, o := range r.c.Claims {
			if o.ID != id && o.Subject == c.Subject && o.Quantity == c.Quantity && o.AsOf > c.AsOf && o.Value != "" && (newer == "" || o.AsOf > r.claims[newer].AsOf) {
				newer = o.ID
			}
		}
		if newer != "" {
			hint = "consider " + r.named(newer)
		}
		r.add(headroom.SeverityWarning, headroom.CodeStaleClaim, "claim", id, "review_by", hint, "%s was to be reviewed by %s and %s rests on it", id, c.ReviewBy, figures)
	}
}

// calendars looks for formulas that add, subtract or compare years of different calendars: a fiscal year beside a calendar year.
func (r *ruling) calendars(b headroom.Binding, ref headroom.Ref) {
	if !strings.ContainsAny(b.Formula, "+-,/") {
		return
	}
	ids, err := formula.Claims(b.Formula)
	if err != nil {
		return // what is wrong with it is reported when it is computed
	}
	first := map[string]string{} // dimension: the first year-long claim of it
	for _, id := range ids {
		c := r.claims[id]
		u, err := formula.UnitOf(c)
		if err != nil || c.PeriodFrom == 0 || c.PeriodTo == 0 || c.PeriodTo.AddDays(1) != c.PeriodFrom.AddMonths(12) {
			continue
		}
		key := u.Dimension()
		o, ok := r.claims[first[key]]
		if !ok {
			first[key] = id
			continue
		}
		if int(c.PeriodFrom)%10000 != int(o.PeriodFrom)%10000 {
			r.add(headroom.SeverityWarning, headroom.CodeMixedCalendars, "binding", b.Key(), "formula", "take years that begin on the same day, or interpolate",
				"%s puts together years of different calendars: %s begins on %s and %s on %s", ref, o.ID, o.PeriodFrom, id, c.PeriodFrom)
			return
		}
	}
}

// statuses are those of figures, the firmest first.
var statuses = []string{"official", "confirmed", "reported", "estimate", "recalled", "assumed"}

// Firmness is the place of the status of a figure among all, the firmest first; what is none comes last.
func Firmness(status string) int {
	if i := slices.Index(statuses, status); i >= 0 {
		return i
	}
	return len(statuses)
}
