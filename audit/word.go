package audit

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// What a claim counts is told from the words of its subject and its quantity. The tables below are all the vocabulary there is.

// deed is what is done with the vehicles that a claim counts; class is which vehicles.
type (
	deed  string
	class string
)

// Deeds and classes. An empty one is not said.
const (
	deedBuilt      deed = "built"
	deedRegistered deed = "registered"
	deedSold       deed = "sold"
	deedExported   deed = "exported"
	deedHome       deed = "home" // built, and kept in the country
	deedCapacity   deed = "capacity"

	classCar   class = "car"
	classCV    class = "cv"
	classLight class = "light"
	classAll   class = "all"
)

// synonym is a run of words and what it stands for: a deed, a class, or other words.
type synonym struct {
	from  string
	deed  deed
	class class
	to    string
}

// synonyms are tried in this order at each place of a text, so that longer runs come before the words that they begin with.
var synonyms = []synonym{
	{from: "passenger cars", class: classCar},
	{from: "passenger vehicles", class: classCar},
	{from: "cars and light vans", class: classLight},
	{from: "light vehicles", class: classLight},
	{from: "commercial vehicles", class: classCV},
	{from: "cars and commercial vehicles", class: classAll},
	{from: "all vehicles", class: classAll},
	{from: "motor vehicles", class: classAll},
	{from: "for home market", deed: deedHome},
	{from: "home market", deed: deedHome},
	{from: "domestic market", deed: deedHome},
	{from: "for uk buyers", deed: deedHome},
	{from: "for home buyers", deed: deedHome},
	{from: "cvs", class: classCV},
	{from: "cv", class: classCV},
	{from: "cars", class: classCar},
	{from: "vehicles", class: classAll},
	{from: "built", deed: deedBuilt},
	{from: "made", deed: deedBuilt},
	{from: "production", deed: deedBuilt},
	{from: "producing", deed: deedBuilt},
	{from: "produced", deed: deedBuilt},
	{from: "output", deed: deedBuilt},
	{from: "manufactured", deed: deedBuilt},
	{from: "manufacturing", deed: deedBuilt},
	{from: "manufacture", deed: deedBuilt},
	{from: "assembled", deed: deedBuilt},
	{from: "registrations", deed: deedRegistered},
	{from: "registered", deed: deedRegistered},
	{from: "sales", deed: deedSold},
	{from: "sold", deed: deedSold},
	{from: "exports", deed: deedExported},
	{from: "exported", deed: deedExported},
	{from: "installed capacity", deed: deedCapacity},
	{from: "designed capacity", deed: deedCapacity},
	{from: "design capacity", deed: deedCapacity},
	{from: "nominal capacity", deed: deedCapacity},
	{from: "annual capacity", deed: deedCapacity},
	{from: "production capacity", deed: deedCapacity},
	{from: "capacity", deed: deedCapacity},
	{from: "united kingdom", to: "uk"},
	{from: "great britain", to: "uk"},
	{from: "britain", to: "uk"},
	{from: "british", to: "uk"},
	{from: "european union", to: "eu"},
	{from: "utilization", to: "utilisation"},
	{from: "expenditure", to: "investment"},
	{from: "capex", to: "investment"},
	{from: "works", to: "plant"},
	{from: "factory", to: "plant"},
	{from: "factories", to: "plant"},
	{from: "headcount", to: "employee"},
	{from: "staff", to: "employee"},
	{from: "carmakers", to: "maker"},
	{from: "manufacturers", to: "maker"},
}

// fillers are words that say nothing of what is counted.
var fillers = words1("the a an of in on at for by to and its new total market brand plant industry sector motor automotive")

// partOfYear are the words for the part of a year that a claim is about, which its period has too.
var partOfYear = regexp.MustCompile(`(?i)\b(first|last) [a-z0-9]+ months\b|\b(first|second) half\b|\b(first|second|third|fourth) quarter\b|` +
	`\b(in )?(january|february|march|april|june|july|august|september|october|november|december)\b|\bin may\b`)

// words1 is a set of single words.
func words1(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// meaning is what a text says: what is done, with which vehicles, and the words that are left, in their order.
type meaning struct {
	deeds []deed
	class class
	rest  []string
}

// meaningOf reads a text.
func meaningOf(text string) meaning {
	var m meaning
	list := tokens(partOfYear.ReplaceAllString(text, " "))
	for i := 0; i < len(list); {
		s, n := synonymAt(list[i:])
		switch {
		case n == 0:
			if !fillers[list[i]] {
				m.rest = append(m.rest, list[i])
			}
			n = 1
		case s.deed != "":
			m.deeds = append(m.deeds, s.deed)
		case s.class != "":
			if m.class == "" {
				m.class = s.class
			}
		case !fillers[s.to]:
			m.rest = append(m.rest, s.to)
		}
		i += n
	}
	return m
}

// synonymAt is the first synonym that a list of words begins with, and of how many words.
func synonymAt(list []string) (synonym, int) {
	for _, s := range synonymTokens {
		if len(s.words) <= len(list) && slices.Equal(s.words, list[:len(s.words)]) {
			return s.synonym, len(s.words)
		}
	}
	return synonym{}, 0
}

type wordedSynonym struct {
	synonym
	words []string
}

// synonymTokens are the synonyms with their words in the singular.
var synonymTokens = func() []wordedSynonym {
	out := make([]wordedSynonym, len(synonyms))
	for i, s := range synonyms {
		out[i] = wordedSynonym{s, tokens(s.from)}
	}
	return out
}()

// tokens are the words of a text in small letters and the singular.
func tokens(text string) []string {
	list := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '&' && r != '.'
	})
	out := list[:0]
	for _, w := range list {
		if w = strings.Trim(w, "."); w != "" {
			out = append(out, singular(w))
		}
	}
	return out
}

// singular takes the s off a word that has one more than its singular.
func singular(w string) string {
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is") {
		return w[:len(w)-1]
	}
	return w
}

// did is the deed that a text is about: home and exports before what was built, which both are part of.
func (m meaning) did() deed {
	for _, d := range []deed{deedHome, deedExported, deedRegistered, deedSold, deedCapacity, deedBuilt} {
		if slices.Contains(m.deeds, d) {
			return d
		}
	}
	return ""
}
