package report

import (
	"slices"

	"headroom/evidence"
)

// questionPart is what the case asks and what is known of it: the target, and the claims that the assumptions behind the question
// name. A reader who starts from what a newspaper wrote finds it here, with its source one link away.
func (r *page) questionPart() part {
	g := grid{
		Caption: "What is known of it, as the sources have it",
		Head:    []head{{"What is said", false}, {"Value", true}, {"By whom", false}},
	}
	var ids []string
	add := func(id string) {
		if !slices.Contains(ids, id) && r.cited[id] > 0 {
			ids = append(ids, id)
		}
	}
	for _, ref := range r.asked() {
		s := r.t.Head(ref)
		for _, next := range s.RestsOn {
			below := r.t.Head(next)
			if below.Kind == evidence.StepClaim {
				add(below.Claim)
			}
			for _, id := range below.Named {
				add(id)
			}
		}
	}
	for _, id := range ids {
		s := r.t.Head("claim/" + id)
		row := []cell{{Text: clean(s.Transform)}, {Text: claimValue(s), Ref: "claim/" + id}, {Text: clean(s.Status)}}
		if s.Source != nil {
			for _, more := range []string{s.Source.Publisher, s.Source.PublishedOn} {
				if more != "" {
					row[2].Text += ", " + clean(more)
				}
			}
		}
		if row[1].Text == missing { // a statement without a figure
			row[0].Ref, row[1].Ref = row[1].Ref, ""
		}
		g.add(row...)
	}
	return part{ID: "question", Title: "What is asked, and what is known of it", Tables: tables(g)}
}

// asked are the figures that make up the question of the case: the target, and the settings of the cost by route.
func (r *page) asked() []string {
	var out []string
	for _, t := range r.c.Targets {
		out = append(out, "target/"+t.Key()+"/value")
	}
	if len(r.b.CostPerCar.Routes) > 0 {
		out = append(out, r.setting("question_volume"))
	}
	return out
}

// claimValue is the value of a claim with its unit: a number, a range, or nothing.
func claimValue(s evidence.TraceStep) string {
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
