package report

import (
	"sort"
	"strconv"
	"strings"

	"headroom"
	"headroom/trace"
)

// source is one entry of the list of sources: a claim and where it was seen.
type source struct {
	N                int
	ID, Says, Status string
	Publisher, Title string
	Published        string
	URL              string // an address that may be a link, else ""
	Address          string // the address as text
}

// number gives every claim that the page may lead to its number in the list of sources, in the order of ids: those that a figure
// or a deal rests on, their rivals, and those that the reason of an assumption names. It numbers the assumptions too, in the order
// of the case, and after them the scenarios that are in use.
func (r *page) number() {
	used := map[string]bool{}
	for _, b := range r.c.Bindings {
		for _, id := range append(append([]string{}, b.Claims...), b.Alternatives...) {
			used[id] = true
		}
	}
	for _, a := range r.c.Arrangements {
		for _, id := range a.Claims {
			used[id] = true
		}
	}
	for _, c := range r.c.Changes {
		used[c.Claim] = true
	}
	r.assumed = map[string]int{}
	for _, a := range r.assumptions() {
		r.assumed["assumption/"+a.ID] = len(r.assumed) + 1
		for _, id := range r.t.Head("assumption/" + a.ID).Named {
			used[id] = true
		}
	}
	for _, s := range r.scenarios() {
		r.assumed["scenario/"+s.ID] = len(r.assumed) + 1
	}
	refs := append(r.t.Figures(), r.t.Refs()...)
	for _, a := range r.c.Arrangements {
		refs = append(refs, "arrangement/"+a.ID+"/status")
	}
	for _, ref := range refs {
		for _, next := range r.t.Head(ref).RestsOn {
			used[strings.TrimPrefix(next, "claim/")] = true
		}
	}
	r.cited = map[string]int{}
	for _, c := range r.claims() {
		if used[c.ID] {
			r.cited[c.ID] = len(r.cited) + 1
		}
	}
}

// assumptions are those that a figure of the case rests on: others stand by for days on which less was known.
func (r *page) assumptions() []headroom.Assumption {
	used := map[string]bool{}
	for _, l := range r.c.Labels {
		used[l.Assumption] = true
	}
	var out []headroom.Assumption
	for _, a := range r.c.Assumptions {
		if used[a.ID] {
			out = append(out, a)
		}
	}
	return out
}

// scenarios are the scenarios whose changes some figure of the case has no claim for.
func (r *page) scenarios() []headroom.Scenario {
	used := map[string]bool{}
	for _, l := range r.c.Labels {
		used[l.Assumption] = true
	}
	var out []headroom.Scenario
	for _, s := range r.c.Scenarios {
		if used[trace.ScenarioLabel+s.ID] {
			out = append(out, s)
		}
	}
	return out
}

// claims are the claims of the case by id.
func (r *page) claims() []headroom.Claim {
	out := append([]headroom.Claim{}, r.c.Claims...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// cite are links to claims.
func (r *page) cite(ids []string) []citation {
	var out []citation
	for _, id := range ids {
		out = append(out, citation{N: r.cited[id], ID: clean(id)})
	}
	return out
}

func (r *page) sourcePart() part {
	sources := map[string]headroom.Source{}
	for _, s := range r.c.Sources {
		sources[s.ID] = s
	}
	out := part{ID: "sources", Title: "Sources", Text: words("Each claim that a figure or a deal rests on, as the source has it, with how firm it is.")}
	for _, c := range r.claims() {
		n := r.cited[c.ID]
		if n == 0 || n != len(out.Sources)+1 {
			continue
		}
		s := sources[c.Source]
		one := source{
			N: n, ID: clean(c.ID), Says: says(c), Status: clean(c.Status), Publisher: clean(s.Publisher), Title: clean(s.Title),
			Published: clean(s.PublishedOn), Address: clean(s.URL),
		}
		if lower := strings.ToLower(s.URL); strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") {
			one.URL = s.URL
		}
		out.Sources = append(out.Sources, one)
	}
	return out
}

// apart is a number as written, with the thousands of a whole number apart.
func apart(s string) string {
	if v, err := strconv.Atoi(s); err == nil {
		return decimals(float64(v), 0)
	}
	return s
}

// says is a claim in one line.
func says(c headroom.Claim) string {
	s := clean(strings.Trim(c.Subject+": "+c.Quantity, ": "))
	switch {
	case c.Value != "":
		s += ", " + clean(strings.TrimSpace(apart(c.Value)+" "+c.Unit))
	case c.Low+c.High != "":
		s += ", " + clean(strings.TrimSpace(apart(c.Low)+" to "+apart(c.High)+" "+c.Unit))
	}
	var where []string
	for _, w := range []string{c.Period, c.Region} {
		if w != "" {
			where = append(where, clean(w))
		}
	}
	if len(where) > 0 {
		s += " (" + strings.Join(where, ", ") + ")"
	}
	return s
}
