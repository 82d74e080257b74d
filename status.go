package headroom

import (
	"encoding/json"
	"math"
)

// Statuses of a part of an answer that no plan was made for.
const (
	StatusNotTried    PlanStatus = "not tried"   // it was not its turn before the limit or the interrupt; nothing is known of it
	StatusInterrupted PlanStatus = "interrupted" // it was under way, and there was nothing yet that may be shown
)

// NotTried is the proof of a part that was not tried: it has no numbers.
func NotTried() Proof {
	nan := math.NaN()
	return Proof{Status: StatusNotTried, Value: nan, Bound: nan, Gap: nan, Within: nan, GapWanted: nan}
}

// UnmarshalJSON reads a proof: a number that is null or not there is NaN.
func (p *Proof) UnmarshalJSON(text []byte) error {
	type plain Proof
	nan := math.NaN()
	x := plain(NotTried())
	x.End = EndOfHorizon{Rest: nan, Share: nan, Without: nan}
	if err := json.Unmarshal(text, &x); err != nil {
		return err
	}
	*p = Proof(x)
	return nil
}
