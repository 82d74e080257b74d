package trace

import (
	"cmp"
	"math"
	"slices"

	"headroom"
)

// Learned is a claim that was not known on a day, with the figures that rest on it now.
type Learned struct {
	Claim   headroom.Claim
	Source  *headroom.Source
	Figures []string
}

// DealStep is a step of a deal that was taken after a day. Before is its status on that day, "" where nobody had spoken of it.
type DealStep struct {
	headroom.Event
	Before headroom.DealStatus
}

// Moved is a figure, or the status of a deal, that is not what it was on a day. A value is nil where there was none.
type Moved struct {
	Ref         string
	Before, Now any
	Unit        string
	Row         string   // "new" or "gone" where its whole row is, else ""
	Claims      []string // claims learned since that it rests on now
}

// Changes is what is known now and was not known on a day.
type Changes struct {
	Claims  []Learned // the newest first
	Deals   []DealStep
	Figures []Moved
	Undated int // claims that name no day, and so are neither old nor new
}

// Since compares a case as it was known on a day with what is known now. then is nil where nothing was known on the day; only
// claims and steps of deals are told then.
func Since(then, now *headroom.Case, day headroom.Date, unit func(table, column string) string) Changes {
	t := NewTracer(now, nil, unit)
	out := Changes{}
	known := map[string]bool{}
	if then != nil {
		for _, c := range then.Claims {
			known[c.ID] = true
		}
	}
	fresh := map[string]bool{}
	for _, c := range now.Claims {
		switch {
		case known[c.ID]:
		case c.AsOf == 0:
			out.Undated++
		default:
			fresh["claim/"+c.ID] = true
			out.Claims = append(out.Claims, Learned{Claim: c, Source: t.sources[c.Source]})
		}
	}
	uses := t.freshClaims(fresh)
	for i := range out.Claims {
		out.Claims[i].Figures = uses.figures["claim/"+out.Claims[i].Claim.ID]
	}
	slices.SortStableFunc(out.Claims, func(a, b Learned) int {
		return cmp.Or(cmp.Compare(b.Claim.AsOf, a.Claim.AsOf), cmp.Compare(a.Claim.ID, b.Claim.ID))
	})
	out.Deals = dealSteps(now, day)
	if then != nil {
		out.Figures = moved(NewTracer(then, nil, unit), t, uses.claims)
	}
	return out
}

// freshUses are the claims that figures rest on, of those that are new, and the other way about.
type freshUses struct {
	claims  map[string][]string
	figures map[string][]string
}

func (t *Tracer) freshClaims(fresh map[string]bool) freshUses {
	u := freshUses{map[string][]string{}, map[string][]string{}}
	for _, ref := range slices.Concat(t.Figures(), t.dealRefs()) {
		steps, err := t.Trace(ref)
		if err != nil {
			continue // a label of an empty cell
		}
		for _, s := range steps {
			if fresh[s.Ref] {
				u.claims[ref] = append(u.claims[ref], s.Claim)
				u.figures[s.Ref] = append(u.figures[s.Ref], ref)
			}
		}
	}
	return u
}

// dealRefs are the references of the statuses of all deals.
func (t *Tracer) dealRefs() []string {
	var out []string
	for _, id := range inOrder(t.cells["arrangement"]) {
		out = append(out, "arrangement/"+id+"/status")
	}
	return out
}

// dealSteps are the steps that deals took after a day, the newest first.
func dealSteps(c *headroom.Case, day headroom.Date) []DealStep {
	events := slices.Clone(c.Events)
	slices.SortStableFunc(events, func(a, b headroom.Event) int { return cmp.Compare(a.Date, b.Date) })
	last := map[string]headroom.DealStatus{}
	var out []DealStep
	for _, e := range events {
		if e.Date > day {
			out = append(out, DealStep{Event: e, Before: last[e.Arrangement]})
		}
		last[e.Arrangement] = e.Status
	}
	slices.SortStableFunc(out, func(a, b DealStep) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.Arrangement, b.Arrangement), cmp.Compare(a.Status, b.Status))
	})
	return out
}

// moved compares the figures of two cases.
func moved(then, now *Tracer, claims map[string][]string) []Moved {
	var out []Moved
	refs := distinctSorted(slices.Concat(then.Figures(), now.Figures(), then.dealRefs(), now.dealRefs()))
	for _, ref := range refs {
		r := splitRef(ref)
		a, b := then.figure(r), now.figure(r)
		if sameValue(a, b) {
			continue
		}
		m := Moved{Ref: ref, Before: a, Now: b, Claims: claims[ref]}
		row, value := now.cells[r.Table][r.Key], b
		if then.cells[r.Table][r.Key] == nil {
			m.Row = "new"
		} else if row == nil {
			row, value, m.Row = then.cells[r.Table][r.Key], a, "gone"
		}
		m.Unit = unitFor(value, now.unitOf(r, row))
		out = append(out, m)
	}
	return out
}

// figure is a labelled cell of a case, or one of a deal; nil where it is empty, whatever a number without a value reads as.
func (t *Tracer) figure(r headroom.Ref) any {
	if _, ok := t.c.Labels[r]; !ok && r.Table != "arrangement" {
		return nil
	}
	return t.cells[r.Table][r.Key][r.Column]
}

// distinctSorted is a list in order, without repetitions.
func distinctSorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// sameShare is the relative difference up to which two values of a figure are the same.
const sameShare = 1e-9

// sameValue compares two cells.
func sameValue(a, b any) bool {
	x, ok := a.(float64)
	y, ok2 := b.(float64)
	if ok && ok2 {
		return math.Abs(x-y) <= sameShare*max(math.Abs(x), math.Abs(y))
	}
	return a == b
}
