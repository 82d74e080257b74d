package claimlog

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/reading"
)

// When two claims are about the same.
const (
	nearValue = 0.02 // largest difference of two values, relative to the larger
	nearText  = 0.8  // least share of letter triples that two descriptions have in common
)

// Similar finds claims that say the same as another, or nearly so.
type Similar struct {
	byContent map[string]string
	byThing   map[string][]headroom.Claim // same subject and quantity
	byValue   map[string][]headroom.Claim // same value
}

// NewSimilar looks among the claims of a ledger.
func NewSimilar(g Ledger) *Similar {
	s := &Similar{map[string]string{}, map[string][]headroom.Claim{}, map[string][]headroom.Claim{}}
	sources := map[string]headroom.Source{}
	for _, x := range g.Sources {
		sources[x.ID] = x
	}
	for _, c := range g.Claims {
		s.Add(c, sources[c.Source])
	}
	return s
}

// Add lets later claims be compared with this one, too.
func (s *Similar) Add(c headroom.Claim, source headroom.Source) {
	s.byContent[ContentID(c, source)] = c.ID
	t := thing(c)
	s.byThing[t] = append(s.byThing[t], c)
	s.byValue[c.Value] = append(s.byValue[c.Value], c)
}

// Like is a claim that says about the same as another.
type Like struct {
	ID   string
	Same bool // the content is the same to the letter
	Why  string
}

// Find returns the claims that are like one that is not among them, those of the same content first. What the claim itself
// supersedes, retracts or contradicts is left out.
func (s *Similar) Find(c headroom.Claim, source headroom.Source) []Like {
	var out []Like
	seen := map[string]bool{}
	for _, id := range slices.Concat(c.Supersedes, c.Retracts, c.Contradicts) {
		seen[id] = true
	}
	add := func(l Like) {
		if !seen[l.ID] {
			seen[l.ID] = true
			out = append(out, l)
		}
	}
	if id, ok := s.byContent[ContentID(c, source)]; ok {
		add(Like{id, true, fmt.Sprintf("it says the same as %s, to the letter", id)})
	}
	for _, o := range s.byThing[thing(c)] {
		if sameScope(c, o) && nearTo(c.Value, o.Value) {
			add(Like{o.ID, false, fmt.Sprintf("%s is about the same subject, quantity, period and region, and says %s", o.ID, Said(o))})
		}
	}
	for _, o := range s.byValue[c.Value] {
		if c.Value != "" && sameScope(c, o) && alike(Describe(c), Describe(o)) >= nearText {
			add(Like{o.ID, false, fmt.Sprintf("%s has the same value, period and region, and reads nearly the same: %s, %s", o.ID, o.Subject, o.Quantity)})
		}
	}
	return out
}

// said is the value of a claim with its unit.
func Said(c headroom.Claim) string {
	if c.Value == "" {
		return "no figure"
	}
	return strings.TrimSpace(c.Value + " " + c.Unit)
}

// nearTo reports whether two values are near each other; two claims without figures are.
func nearTo(a, b string) bool {
	x, ok := reading.Plainly(a)
	y, ok2 := reading.Plainly(b)
	if !ok || !ok2 {
		return ok == ok2
	}
	return math.Abs(x-y) <= nearValue*max(math.Abs(x), math.Abs(y))
}

// plain is a text in small letters without the blanks and the punctuation in which two writers differ.
func Plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" \t\n\u00a0-–—_.,;:()'’\"", r) }), " ")
}

// period is when a claim holds: its days where they are known, else the text.
func PeriodOf(c headroom.Claim) string {
	if c.PeriodFrom != 0 || c.PeriodTo != 0 {
		return c.PeriodFrom.String() + "/" + c.PeriodTo.String()
	}
	return Plain(c.Period)
}

// Lookalikes are pairs of claims whose subjects differ and look the same: the first claim of a subject, and the first that writes it
// in other letters.
func Lookalikes(claims []headroom.Claim) [][2]headroom.Claim {
	first := map[string]headroom.Claim{} // by what a reader sees
	told := map[string]bool{}
	var out [][2]headroom.Claim
	for _, c := range claims {
		seen := reading.Plain(c.Subject)
		was, ok := first[seen]
		switch {
		case !ok:
			first[seen] = c
		case was.Subject != c.Subject && !told[c.Subject]:
			told[c.Subject] = true
			out = append(out, [2]headroom.Claim{was, c})
		}
	}
	return out
}

// describe is what a claim is about.
func Describe(c headroom.Claim) string { return Plain(c.Subject + " " + c.Quantity) }

// thing is what a claim says something of.
func thing(c headroom.Claim) string { return Plain(c.Subject) + "\x00" + Plain(c.Quantity) }

// sameScope reports whether two claims may be about the same period and region: one that names none may be about any.
func sameScope(a, b headroom.Claim) bool {
	p, q := PeriodOf(a), PeriodOf(b)
	x, y := Plain(a.Region), Plain(b.Region)
	return (p == "" || q == "" || p == q) && (x == "" || y == "" || x == y)
}

// alike is the share of letter triples that two texts have in common (Dice's coefficient), from 0 to 1.
func alike(a, b string) float64 {
	if a == b {
		return 1
	}
	x, y := triples(a), triples(b)
	both := 0
	for t := range x {
		if y[t] {
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(x)+len(y)))
}

// triples are the runs of three letters of a text, with a blank before and after it. Only the beginning of a long text counts.
func triples(s string) map[string]bool {
	r := []rune(" " + s + " ")
	r = r[:min(len(r), 500)]
	out := make(map[string]bool, len(r))
	for i := 0; i+3 <= len(r); i++ {
		out[string(r[i:i+3])] = true
	}
	return out
}
