package trace

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
)

// Use is a figure that rests on a claim or an assumption.
type Use struct {
	Ref   string
	Value any
	Unit  string
	How   string // its transform, or through which other figure
}

// Uses is all that depends on a claim, a source or an assumption.
type Uses struct {
	Of        []string // the claims or the assumption, as references
	Figures   []Use
	NotChosen []Use    // figures that the claims could have been chosen for
	NamedBy   []string // assumptions whose reasons name the claims
	Deals     []headroom.Event
	Scenarios []headroom.Change
	Deflators []headroom.Deflator
	Claims    []string // claims that supersede, retract or contradict them, or are superseded … by them
}

// Uses finds what depends on a claim, on any claim of a source, or on an assumption. The error is a *RefError.
func (t *Tracer) Uses(id string) (Uses, error) {
	u := Uses{}
	id = strings.TrimPrefix(strings.TrimPrefix(id, "claim/"), "assumption/")
	switch {
	case t.claims[id] != nil:
		u.Of = []string{"claim/" + id}
	case t.assumptions[id] != nil:
		u.Of = []string{"assumption/" + id}
	case t.sources[id] != nil:
		for _, c := range inOrder(t.claims) {
			if t.claims[c].Source == id {
				u.Of = append(u.Of, "claim/"+c)
			}
		}
	default:
		names := slices.Concat(inOrder(t.claims), inOrder(t.assumptions), inOrder(t.sources))
		return u, &RefError{Ref: id, Why: fmt.Sprintf("there is no claim, source or assumption %q", id), Near: Nearest(id, names)}
	}
	t.usedByFigures(&u)
	t.usedByRows(&u)
	return u, nil
}

// usedByFigures finds the figures that rest on what is asked for.
func (t *Tracer) usedByFigures(u *Uses) {
	for _, ref := range t.Figures() {
		s := t.step(ref)
		use := Use{Ref: ref, Value: s.Value, Unit: s.Unit, How: s.Transform}
		if !overlap(s.RestsOn, u.Of) {
			through := ""
			for _, next := range s.RestsOn {
				if t.RestsOnAny(next, u.Of) {
					through = next
				}
			}
			if through == "" {
				for _, rival := range s.Rivals {
					if slices.Contains(u.Of, "claim/"+rival) {
						use.How = s.ChosenBecause
						u.NotChosen = append(u.NotChosen, use)
						break
					}
				}
				continue
			}
			use.How = "through " + through
		}
		u.Figures = append(u.Figures, use)
	}
}

// usedByRows finds the rows that name the claims: deals with their steps, changes of scenarios, deflators, reasons, other claims.
func (t *Tracer) usedByRows(u *Uses) {
	named := func(id string) bool { return id != "" && slices.Contains(u.Of, "claim/"+id) }
	for _, a := range t.c.Arrangements {
		steps := false
		for _, e := range t.c.Events {
			if e.Arrangement == a.ID && named(e.Claim) {
				u.Deals, steps = append(u.Deals, e), true
			}
		}
		if i := slices.IndexFunc(a.Claims, named); i >= 0 && !steps {
			u.Deals = append(u.Deals, headroom.Event{Arrangement: a.ID, Date: a.StatusDate, Status: a.Status, Claim: a.Claims[i]})
		}
	}
	for _, c := range t.c.Changes {
		if named(c.Claim) {
			u.Scenarios = append(u.Scenarios, c)
		}
	}
	for _, d := range t.c.Deflators {
		if named(d.Claim) {
			u.Deflators = append(u.Deflators, d)
		}
	}
	for _, id := range inOrder(t.assumptions) {
		if slices.ContainsFunc(t.claimsIn(t.assumptions[id].Reason), named) {
			u.NamedBy = append(u.NamedBy, id)
		}
	}
	for _, ref := range u.Of {
		id, ok := strings.CutPrefix(ref, "claim/")
		if c := t.claims[id]; ok && c != nil {
			u.Claims = append(u.Claims, slices.Concat(c.Supersedes, c.Retracts, c.Contradicts, t.after[id])...)
		}
	}
	u.Claims = distinct(u.Claims)
}

// overlap reports whether two lists have something in common.
func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// RestsOnAny reports whether a canonical reference is, or rests in the end on, one of others.
func (t *Tracer) RestsOnAny(ref string, others []string) bool {
	wanted := make(map[string]bool, len(others))
	for _, o := range others {
		wanted[o] = true
	}
	seen := map[string]bool{}
	var reaches func(ref string) bool
	reaches = func(ref string) bool {
		if wanted[ref] {
			return true
		}
		if seen[ref] {
			return false
		}
		seen[ref] = true
		return slices.ContainsFunc(t.step(ref).RestsOn, reaches)
	}
	return reaches(ref)
}

// answerTables are the tables of results whose numbers are answers: what somebody reads first.
var answerTables = []string{
	"brief_sentence", "brief_output", "brief_supply_curve", "brief_binds", "brief_plants", "brief_deals", "brief_cost_per_car", "brief_spread", "target", "brief_proof",
}

// answerColumns are the columns of these tables that are answers, where not all of resultColumns are.
var answerColumns = map[string][]string{
	"brief_supply_curve": {"units"}, "brief_deals": {"units", "worth_low", "worth_high"}, "brief_proof": {"objective"}, "target": {"value", "gap"},
	"brief_plants": {"capacity", "units", "headroom"}, "brief_spread": {"low", "high"},
}

// Answers are the references of the answers of the results: the numbers of a brief, and of a plan its objective and its targets.
func (t *Tracer) Answers() []string {
	var out []string
	for _, table := range answerTables {
		columns := answerColumns[table]
		if columns == nil {
			columns = resultColumns[table]
		}
		for _, r := range t.results[table] {
			if table == "brief_cost_per_car" && r.text("part") != "all" || table == "target" && len(t.results["brief_output"]) > 0 {
				continue
			}
			for _, c := range columns {
				if _, ok := r[c].(float64); ok {
					out = append(out, resultRef(table, r, c))
				}
			}
		}
	}
	return out
}

// Head is the first step of a canonical reference.
func (t *Tracer) Head(ref string) TraceStep { return *t.step(ref) }
