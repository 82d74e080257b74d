package report

import (
	"fmt"
	"math"

	"headroom"
)

// EndText says what part of a value comes back at the end of the horizon, what the plan is worth without it, and what stands on how
// the horizon ends.
func EndText(p headroom.Proof, currency string) string {
	e := p.End
	s := fmt.Sprintf("of it %s comes back at the end of the horizon as the unused share of what was paid once", millions(e.Rest, currency))
	if !math.IsNaN(e.Share) {
		s += fmt.Sprintf(" (%.1f%%)", 100*e.Share)
	}
	s += fmt.Sprintf("; without it this plan is worth %s", millions(e.Without, currency))
	if e.OldTools > 0 {
		s += fmt.Sprintf("; %d %s older than their life and work on without cost", e.OldTools, either(e.OldTools, "tool is", "tools are"))
	}
	if e.Late > 0 {
		s += fmt.Sprintf("; %d %s of the last two years %s", e.Late, either(e.Late, "change", "changes"), either(e.Late, headroom.LateMark, "rest on the last year going on"))
	}
	return s
}

// lateChanges names the closings, mothballings, openings and launches of the last two calendar years.
func (r *page) lateChanges() []string {
	var out []string
	for _, s := range r.p.States {
		if s.Late {
			out = append(out, fmt.Sprintf("%s is %s from %s on", of(r.n.plant, s.Plant), s.State, clean(s.Period)))
		}
	}
	for _, a := range r.p.Allocs {
		if a.Late {
			out = append(out, fmt.Sprintf("%s is launched on %s in %s", of(r.n.vehicle, a.Vehicle), clean(a.Line), clean(a.Period)))
		}
	}
	return out
}

func either(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
