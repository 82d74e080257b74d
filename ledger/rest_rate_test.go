package ledger

import (
	"math"
	"testing"

	"headroom"
)

// TestEqualRates: of rests that bring the same for what they take, a launch comes back before an opening, and then the earlier one,
// in whatever order they were paid.
func TestEqualRates(t *testing.T) {
	t.Parallel()
	paid := func(change headroom.LastingChange, period int, vehicle string, factor float64) claim {
		x := claim{t: period, uses: 10 * factor}
		x.Change, x.Vehicle, x.Rest = change, vehicle, 30*factor*(1+1e-12*float64(period))
		return x
	}
	order := []claim{
		paid(headroom.ChangeLaunch, 0, "a", 1), paid(headroom.ChangeLaunch, 0, "b", 0.5), paid(headroom.ChangeLaunch, 3, "a", 2),
		paid(headroom.ChangeOpening, 0, "", 1),
	}
	for _, perm := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}} {
		room := &limit{left: 30} // of 45 that are claimed: the first two, and three quarters of the third
		var claims []claim
		for _, i := range perm {
			x := order[i]
			x.limits = []*limit{room}
			claims = append(claims, x)
		}
		grant(claims)
		for _, x := range claims {
			want := map[string]float64{"a0": 30, "b0": 15, "a3": 45, "0": 0}[x.Vehicle+string(rune('0'+x.t))]
			if math.Abs(x.Back-want) > 1e-6 {
				t.Errorf("%v: the %s of %s in %d: %v comes back, not %v", perm, x.Change, x.Vehicle, x.t, x.Back, want)
			}
		}
	}
}
