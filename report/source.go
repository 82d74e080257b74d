package report

import (
	"sort"
	"strings"

	"headroom"
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

// number gives every claim that the case rests on its number in the list of sources: in the order of ids.
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
	r.cited = map[string]int{}
	for _, c := range r.claims() {
		if used[c.ID] {
			r.cited[c.ID] = len(r.cited) + 1
		}
	}
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
	out := part{ID: "sources", Title: "Sources", Text: "Each claim that a figure or a deal rests on, as the source has it."}
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

// says is a claim in one line.
func says(c headroom.Claim) string {
	s := clean(strings.Trim(c.Subject+": "+c.Quantity, ": "))
	if c.Value != "" {
		s += ", " + clean(strings.TrimSpace(c.Value+" "+c.Unit))
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
