package report

import (
	"math"
	"strings"
	"testing"

	"headroom"
)

// TestEndText: what comes back stands beside every value, with the value without it; old tools and late changes only where there are.
func TestEndText(t *testing.T) {
	t.Parallel()
	plain := EndText(headroom.Proof{End: headroom.EndOfHorizon{Rest: 0, Share: math.NaN(), Without: 5e6}}, "GBP")
	for _, no := range []string{"older", "last two years", "%"} {
		if strings.Contains(plain, no) {
			t.Errorf("%q has %q", plain, no)
		}
	}
	all := EndText(headroom.Proof{End: headroom.EndOfHorizon{Rest: 3e6, Share: 0.375, Without: 5e6, OldTools: 2, Late: 1}}, "GBP")
	for _, part := range []string{"£3.0m", "(37.5%)", "without it this plan is worth £5.0m", "2 tools are older than their life", "1 change of the last two years " + headroom.LateMark} {
		if !strings.Contains(all, part) {
			t.Errorf("%q lacks %q", all, part)
		}
	}
}
