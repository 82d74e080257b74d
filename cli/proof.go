package cli

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/answer"
	"headroom/lp"
	"headroom/report"
)

// proofMembers are the status of a document and its proof: every document of an answer that rests on a plan begins with them.
func proofMembers(p headroom.Proof) object {
	return object{{"status", string(p.Status)}, {"stopped", p.Stopped}, {"proof", p}}
}

// weakest is the proof of an answer in parts: that of the least firm one. Where an interrupt came before some were tried, the answer is
// a limit if there is anything to use, and else it is interrupted.
func weakest(parts []headroom.Proof) headroom.Proof {
	var usable []headroom.Proof
	untried := len(parts) == 0
	for _, p := range parts {
		switch p.Status {
		case headroom.StatusVerified, headroom.StatusLimit:
			usable = append(usable, p)
		case headroom.StatusNotTried, headroom.StatusInterrupted:
			untried = true
		}
	}
	if !untried {
		return slices.MaxFunc(parts, firmer)
	}
	p := headroom.NotTried()
	p.Status = headroom.StatusInterrupted
	if len(usable) > 0 {
		p = slices.MaxFunc(usable, firmer)
		p.Status = headroom.StatusLimit
	}
	p.Stopped = lp.StopInterrupt.String()
	return p
}

// firmer compares proofs: the firmer one is the smaller.
func firmer(a, b headroom.Proof) int {
	switch {
	case a.Weaker(b):
		return 1
	case b.Weaker(a):
		return -1
	}
	return 0
}

// figure is a number as text that rests on a plan: it bears the mark of a plan that is not verified.
type figure string

// asked is a number as text that does not rest on a plan, such as a target.
type asked string

// marking has every number that is printed from now on bear the mark of a proof, and says what the mark means.
func (a *app) marking(p headroom.Proof) {
	a.mark = report.Mark(p)
	if s := report.Legend(p); s != "" {
		a.printf("%s.\n", s)
	}
}

// countsOnText says what a plan may use, in one sentence.
func countsOnText(c *headroom.Case, p *headroom.Plan) string {
	parts := []string{"what is committed and signed"}
	if n := len(answer.Candidates(c)); n > 0 {
		parts = append(parts, counted(n, "candidate that it may choose", "candidates that it may choose")+" ("+strings.Join(answer.Candidates(c), ", ")+")")
	}
	s := "The plan counts on " + strings.Join(parts, " and on ") + "."
	if t := dealsText(p); t != "" {
		s += " " + t
	}
	return s
}

// dealsText says of the unsigned deals that were counted in which ones the plan has taken, or "". A deal that is counted in is an
// option, which the plan may leave; one that is signed is a duty.
func dealsText(p *headroom.Plan) string {
	var out []string
	if n := len(p.UnsignedInUse); n > 0 {
		out = append(out, "It counts on "+counted(n, "unsigned deal", "unsigned deals")+", as an option that it takes: "+strings.Join(p.UnsignedInUse, ", ")+".")
	}
	var left []string
	for _, id := range p.Unsigned {
		if !slices.Contains(p.UnsignedInUse, id) {
			left = append(left, id)
		}
	}
	if len(left) > 0 && answer.HasPlan(p) {
		out = append(out, fmt.Sprintf("--with %s was not taken: an option is left where the plan is worth no less without it. Signed it would be a duty: headroom brief, or a scenario that sets its status to signed, says what it is worth then.", strings.Join(left, ",")))
	}
	return strings.Join(out, " ")
}

// provenText says how near a plan is proved to be to the best, and by whom, or why that is not said.
func provenText(c *headroom.Case, p headroom.Proof) string {
	switch {
	case p.Status == headroom.StatusDisputed:
		return "of which nothing is proven"
	case math.IsNaN(p.Bound) || math.IsInf(p.Bound, 0):
		return "no bound is proven"
	}
	within := percent(p.Gap)
	if p.ByMoney || math.IsNaN(p.Gap) {
		within = c.BaseCurrency + " " + short(p.Within)
	}
	by := ""
	if p.ProvedBy == headroom.ProvedBySolver && p.Solver.Name != "" {
		by = " by " + p.Solver.Name
	}
	return fmt.Sprintf("proven%s to be within %s of the best there can be (bound %s)", by, within, short(p.Bound))
}
