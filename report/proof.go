package report

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
)

// Unproved is what stands behind a figure that rests on a plan which is not verified. A legend says what it means.
const Unproved = " *"

// Mark is what stands behind a figure that rests on a plan: nothing where the plan is verified.
func Mark(p headroom.Proof) string {
	if p.Status == headroom.StatusVerified {
		return ""
	}
	return Unproved
}

// Legend says what the mark means behind figures that rest on plans with these proofs, or "".
func Legend(proofs ...headroom.Proof) string {
	worst, any := headroom.Proof{}, false
	for _, p := range proofs {
		if hasPlan(p.Status) && p.Status != headroom.StatusVerified && (!any || p.Weaker(worst)) {
			worst, any = p, true
		}
	}
	if !any {
		return ""
	}
	return strings.TrimSpace(Unproved) + " not final: " + Weakness(worst)
}

// Weakness says what keeps a plan from being verified, as a sentence without its first capital and its full stop.
func Weakness(p headroom.Proof) string {
	switch p.Status {
	case headroom.StatusDisputed:
		return "it rests on a plan that did not pass its check, and is not to be used"
	case headroom.StatusTolerance:
		return "it rests on a plan that keeps its rules to a looser tolerance only"
	case headroom.StatusLimit:
		text := "it rests on a plan that was stopped (" + StopWord(p.Stopped) + ") before it was as good as was asked for"
		if finite(p.Gap) {
			text += "; the best plan there can be is at most " + gap(p.Gap) + " better"
		}
		return text
	case headroom.StatusNotTried, headroom.StatusInterrupted:
		return string(p.Status)
	}
	return statusWords[p.Status]
}

// StopWord is why a solver stopped, in words.
func StopWord(stopped string) string {
	if w, ok := stopWords[stopped]; ok {
		return w
	}
	return clean(stopped)
}

// stopWords are the reasons that a reader would not understand at once.
var stopWords = map[string]string{
	"time": "time limit", "nodes": "node limit", "memory": "memory limit", "error": "solver error", "interrupt": "Ctrl-C",
	"tolerance": "limit of the solver's arithmetic",
}

// triedPoints are the points of the supply curve that there is a plan for.
func triedPoints(b *headroom.Brief) []headroom.SupplyPoint {
	var out []headroom.SupplyPoint
	for _, p := range b.SupplyCurve {
		if p.Units != nil {
			out = append(out, p)
		}
	}
	return out
}

// untriedNote says which levels of support there is no plan for, or "".
func untriedNote(b *headroom.Brief) string {
	var levels []string
	status := headroom.StatusNotTried
	for _, p := range b.SupplyCurve {
		if p.Units == nil {
			levels, status = append(levels, number(amount(p.Support, b.Currency))), p.Proof.Status
		}
	}
	if len(levels) == 0 {
		return ""
	}
	if status != headroom.StatusInfeasible {
		status = headroom.StatusNotTried
	}
	return fmt.Sprintf("%s: %s.", capital(string(status)), strings.Join(levels, ", "))
}

// capital is a text with a capital first letter.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// optionalGap is a gap that may be missing.
func optionalGap(v *float64) string {
	if v == nil {
		return missing
	}
	return gap(*v)
}

// baseProof is the proof of the base plan of a brief, which may be firmer than the brief: an interrupt of the rest leaves it as it is.
func baseProof(b *headroom.Brief) headroom.Proof {
	p := b.Proof
	if b.Base != nil && b.Base.Status == headroom.StatusVerified && p.Status == headroom.StatusLimit {
		p.Status, p.Stopped = b.Base.Status, b.Base.Stopped
	}
	return p
}

// Within says how near a plan is to the best there can be, and who has proved it.
func Within(p headroom.Proof, currency string) string {
	by := ""
	if p.ProvedBy == headroom.ProvedBySolver && p.Solver.Name != "" {
		by = "proven by " + clean(p.Solver.Name) + " to be "
	}
	switch {
	case p.Status == headroom.StatusDisputed || !finite(p.Bound):
		return "of which nothing is proven"
	case p.ByMoney || !finite(p.Gap):
		return by + "within " + millions(p.Within, currency) + " of the best there can be"
	}
	return by + "within " + gap(p.Gap) + " of the best there can be"
}

// gapOrMoney is the gap of a plan, or where a share means little the money that it may be from the best.
func gapOrMoney(p headroom.Proof, currency string) string {
	if p.ByMoney || !finite(p.Gap) {
		return "within " + millions(p.Within, currency)
	}
	return gap(p.Gap)
}

// otherPlans are the references of results that do not rest on the base plan, or not on it alone.
var otherPlans = []string{"result/brief_rests_on/", "result/brief_cost_per_car/", "result/brief_supply_curve/", "result/brief_deals/", "result/brief_proof/"}

// unproved puts the mark behind every number of the page that rests on a base plan which is not verified.
func (r *page) unproved() {
	p := baseProof(r.b)
	if Mark(p) == "" || !hasPlan(p.Status) {
		return
	}
	mark := func(text *string, ref string) {
		if strings.HasPrefix(ref, "result/") && !slices.ContainsFunc(otherPlans, func(t string) bool { return strings.HasPrefix(ref, t) }) {
			*text += Unproved
		}
	}
	r.NotFinal = capital(strings.TrimSpace(Legend(p))) + "."
	for i := range r.Sentence {
		mark(&r.Sentence[i].Text, r.Sentence[i].Ref)
	}
	for i := range r.Tiles {
		mark(&r.Tiles[i].Value, r.Tiles[i].Ref)
	}
	for i := range r.Parts {
		part := &r.Parts[i]
		for k := range part.Text {
			mark(&part.Text[k].Text, part.Text[k].Ref)
		}
		grids := slices.Concat(part.Tables, part.Folded)
		for _, f := range part.Figures {
			f.Note = append(f.Note, words(" "+r.NotFinal)...)
			grids = append(grids, f.Table)
		}
		for _, g := range grids { // rows are shared with the page
			for _, row := range g.Rows {
				for c := range row.Cells {
					mark(&row.Cells[c].Text, row.Cells[c].Ref)
				}
			}
		}
	}
}

// unprovedPart marks every number of a part whose plan is not verified, or of which a saved run does not say how firm it is.
func unprovedPart(one part, p headroom.Proof) part {
	if Mark(p) == "" || one.empty() {
		return one
	}
	note := Legend(p)
	if note == "" {
		note = "* it is not known how firm the plan behind these figures is: the run was saved without its proof"
	}
	one.Text = append(one.Text, words(" "+note+".")...)
	grids := slices.Concat(one.Tables, one.Folded)
	for _, f := range one.Figures {
		f.Note = append(f.Note, words(" "+note+".")...)
		grids = append(grids, f.Table)
	}
	for _, g := range grids {
		for _, row := range g.Rows {
			for c := range row.Cells {
				if c < len(g.Head) && g.Head[c].Number {
					row.Cells[c].Text += Unproved
				}
			}
		}
	}
	return one
}
