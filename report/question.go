package report

import (
	"headroom"
	"headroom/trace"
)

// questionPart is what the case asks and what is known of it: the target, and the claims that the assumptions behind the question
// name. A reader who starts from what a newspaper wrote finds it here, with its source one link away.
func (r *page) questionPart() part {
	g := grid{
		Caption: "What is known of it, as the sources have it",
		Head:    []head{{"What is said", false}, {"Value", true}, {"By whom", false}},
	}
	for _, s := range askedClaims(r.t, r.c, r.b) {
		if r.cited[s.Claim] == 0 {
			continue
		}
		row := []cell{{Text: clean(s.Transform)}, {Text: claimValue(s), Ref: s.Ref}, {Text: byWhom(s)}}
		if row[1].Text == missing { // a statement without a figure
			row[0].Ref, row[1].Ref = row[1].Ref, ""
		}
		g.add(row...)
	}
	return part{ID: "question", Title: "What is asked, and what is known of it", Tables: tables(g)}
}

// byWhom is how firm a claim is, who published it and when.
func byWhom(s trace.TraceStep) string {
	text := clean(s.Status)
	if s.Source == nil {
		return text
	}
	for _, more := range []string{s.Source.Publisher, s.Source.PublishedOn} {
		if more != "" {
			text += ", " + clean(more)
		}
	}
	return text
}

// askedClaims are the claims behind the question of a case: those of the target, and those that the assumption behind the volume
// in the cost by route names.
func askedClaims(t *trace.Tracer, c *headroom.Case, b *headroom.Brief) []trace.TraceStep {
	var refs []string
	for _, target := range c.Targets {
		refs = append(refs, "target/"+target.Key()+"/value")
	}
	if len(b.CostPerCar.Routes) > 0 {
		refs = append(refs, "case/"+c.ID+"/question_volume")
	}
	var out []trace.TraceStep
	seen := map[string]bool{}
	for _, ref := range refs {
		for _, next := range t.Head(ref).RestsOn {
			below := t.Head(next)
			ids := below.Named
			if below.Kind == trace.StepClaim {
				ids = []string{below.Claim}
			}
			for _, id := range ids {
				if !seen[id] {
					seen[id] = true
					out = append(out, t.Head("claim/"+id))
				}
			}
		}
	}
	return out
}

// claimValue is the value of a claim with its unit: a number, a range, or nothing.
func claimValue(s trace.TraceStep) string {
	value := missing
	switch v := s.Value.(type) {
	case float64:
		value = plain(v)
	case string:
		value = clean(v)
	case nil:
		if s.Low+s.High != "" {
			value = clean(s.Low + " to " + s.High)
		}
	}
	if value != missing && s.Unit != "" {
		value += " " + clean(s.Unit)
	}
	return value
}
