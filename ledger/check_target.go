package ledger

import (
	"math"

	"headroom"
)

// checkTargets checks what the plan says of targets, and that the hard ones are met.
func (x *checker) checkTargets() {
	for t, years := range x.v.years {
		seen := map[string]bool{}
		for _, r := range x.v.targetsOf(t) {
			seen[r.ID] = true
			x.checkTarget(r, t, years)
		}
		for _, row := range x.r.targets {
			if row.Period == x.v.name(t) && !seen[row.Target] {
				x.say(RuleTarget, row.Target, t, "no such target")
			}
		}
	}
	for _, row := range x.r.targets {
		if _, ok := x.v.period[row.Period]; !ok {
			x.out = append(x.out, Violation{Rule: RuleTarget, Key: row.Target, Period: row.Period, Note: "no such period"})
		}
	}
}

// checkTarget checks one target in period t.
func (x *checker) checkTarget(r *headroom.Target, t int, years float64) {
	built := x.r.builtFor(r, t)
	wanted := r.Value * years
	gap := math.Max(0, wanted-built)
	if r.Sense == "max" {
		gap = math.Max(0, built-wanted)
	}
	if r.Hard {
		x.atMost(RuleTarget, r.ID, t, gap, RelativeTolerance*wanted, "missing on a hard target")
	}
	n := 0
	for _, row := range x.r.targets {
		if row.Target != r.ID || row.Period != x.v.name(t) {
			continue
		}
		n++
		slack := RelativeTolerance * math.Max(built, wanted) // the gap is a difference of the two
		if !(math.Abs(row.Value-built) <= slack+x.absolute && math.Abs(row.Wanted-wanted) <= slack+x.absolute) {
			x.out = append(x.out, Violation{RuleTarget, r.ID, x.v.name(t), row.Value, built, "reported output"})
		}
		if !(math.Abs(row.Gap-gap) <= slack+x.absolute) || row.Gap < 0 {
			x.out = append(x.out, Violation{RuleTarget, r.ID, x.v.name(t), row.Gap, gap, "reported gap"})
		}
	}
	if n != 1 {
		x.say(RuleTarget, r.ID, t, "not reported once")
	}
}
