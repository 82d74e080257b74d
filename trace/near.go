package trace

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"headroom/claimlog"
)

// nearCount is how many references an error names.
const nearCount = 5

// resolve makes a reference canonical: a figure of the case, a result, a claim, an assumption, or a number, which stands for the
// one figure or result that has it.
func (t *Tracer) resolve(ref string) (string, error) {
	if v, err := strconv.ParseFloat(strings.ReplaceAll(ref, ",", ""), 64); err == nil {
		return t.byValue(ref, v)
	}
	prefix, rest, more := strings.Cut(ref, "/")
	switch {
	case !more && t.claims[ref] != nil:
		return "claim/" + ref, nil
	case !more && t.assumptions[ref] != nil:
		return "assumption/" + ref, nil
	case prefix == "claim" || prefix == "assumption":
		id, _, _ := strings.Cut(rest, "/")
		if prefix == "claim" && t.claims[id] != nil || prefix == "assumption" && t.assumptions[id] != nil {
			return prefix + "/" + id, nil
		}
	case prefix == "result":
		if len(t.results) == 0 {
			return "", &RefError{Ref: ref, Why: "there are no results to trace"}
		}
		if found, ok := t.resolveResult(ref); ok {
			return found, nil
		}
	default:
		r := splitRef(ref)
		row := t.cells[r.Table][r.Key]
		if _, bound := t.c.Labels[r]; bound || row != nil && row[r.Column] != nil {
			return ref, nil
		}
	}
	return "", &RefError{Ref: ref, Why: fmt.Sprintf("%q names no figure, result, claim or assumption", ref), Near: t.near(ref)}
}

// byValue finds the one figure or result of a value.
func (t *Tracer) byValue(ref string, v float64) (string, error) {
	var found []string
	for _, f := range t.Figures() {
		r := splitRef(f)
		if x, ok := t.cells[r.Table][r.Key][r.Column].(float64); ok && x == v {
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		for _, f := range t.Refs() {
			if x, ok := t.step(f).Value.(float64); ok && (x == v || v >= 1000 && x > v-0.5 && x < v+0.5) {
				found = append(found, f)
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", &RefError{Ref: ref, Why: "no figure of the case and no result is " + ref}
	}
	e := &RefError{Ref: ref, Why: fmt.Sprintf("%d figures or results are %s; name the one that is meant", len(found), ref), Near: found}
	e.Near = found[:min(len(found), 4*nearCount)]
	return "", e
}

// near are the references that look most like one.
func (t *Tracer) near(ref string) []string {
	var under []string // the first ones below a table, or below a part of a key
	for _, f := range slices.Concat(t.Figures(), t.Refs()) {
		if rest, ok := strings.CutPrefix(f, strings.TrimRight(ref, "/")); ok && ref != "" && rest != "" && len(under) < nearCount && (rest[0] == '/' || rest[0] == ':') {
			under = append(under, f)
		}
	}
	if len(under) > 0 {
		return under
	}
	if strings.Contains(ref, " ") {
		if said := t.saying(ref); len(said) > 0 {
			return said
		}
	}
	if !strings.Contains(ref, "/") {
		return Nearest(ref, slices.Concat(inOrder(t.claims), inOrder(t.assumptions)))
	}
	candidates := slices.Concat(t.Figures(), t.Refs())
	for _, id := range inOrder(t.claims) {
		candidates = append(candidates, "claim/"+id)
	}
	for _, id := range inOrder(t.assumptions) {
		candidates = append(candidates, "assumption/"+id)
	}
	for _, id := range inOrder(t.cells["arrangement"]) {
		candidates = append(candidates, "arrangement/"+id+"/status")
	}
	return Nearest(ref, candidates)
}

// leastWords is the least share of the words of a text that a claim has which says about the same.
const leastWords = 0.7

// saying are the claims whose subject and quantity have most of the words of a text, the likest first.
func (t *Tracer) saying(text string) []string {
	want := strings.Fields(claimlog.Plain(text))
	share := map[string]float64{}
	var out []string
	for _, id := range inOrder(t.claims) {
		has := strings.Fields(claimlog.Describe(*t.claims[id]))
		for _, w := range want {
			if slices.Contains(has, w) {
				share[id] += 1 / float64(len(want))
			}
		}
		if share[id] >= leastWords {
			out = append(out, id)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(share[b], share[a]) })
	return out[:min(len(out), nearCount)]
}

// Nearest are up to five of the candidates that look most like a text, the likest first: by the pairs of letters that they share.
func Nearest(text string, candidates []string) []string {
	type scored struct {
		ref   string
		score float64
	}
	want := letterPairs(text)
	var list []scored
	for _, c := range candidates {
		if s := sharedPairs(want, letterPairs(c)); s > 0.4 {
			list = append(list, scored{c, s})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ref, b.ref)) })
	var out []string
	for _, s := range list[:min(len(list), nearCount)] {
		out = append(out, s.ref)
	}
	return out
}

// letterPairs counts the pairs of neighbouring letters of a text.
func letterPairs(s string) map[string]int {
	s = " " + strings.ToLower(s) + " "
	out := map[string]int{}
	for i := range len(s) - 1 {
		out[s[i:i+2]]++
	}
	return out
}

// sharedPairs is the share of pairs that two texts have in common (the coefficient of Sørensen and Dice).
func sharedPairs(a, b map[string]int) float64 {
	common, all := 0, 0
	for k, n := range a {
		common += min(n, b[k])
		all += n
	}
	for _, n := range b {
		all += n
	}
	return 2 * float64(common) / float64(all)
}
