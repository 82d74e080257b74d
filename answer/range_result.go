package answer

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"headroom"
	"headroom/lp"
)

// result puts together what is known of an answer.
func (r *ranging) result(a *asked, stopped bool) headroom.Range {
	out := headroom.Range{
		Answer: a.name, Question: a.text(r.c), Unit: a.unit(r.c), NoRange: r.no, Cut: a.cut,
		Drivers: []headroom.Driver{}, Others: []headroom.Driver{}, ScreenedOut: []headroom.ScreenedOut{}, BuiltOn: []headroom.StatusShare{},
	}
	if stopped {
		out.Stopped = lp.StopInterrupt.String()
	}
	if a.base == nil {
		out.Proof = headroom.NotTried()
		if stopped {
			out.Proof.Status, out.Proof.Stopped = headroom.StatusInterrupted, out.Stopped
		}
		out.Status = out.Proof.Status
		return out
	}
	out.Base, out.BaseFrom, out.BaseTo, out.BaseNote = opt(a.base.value), opt(a.base.from), opt(a.base.to), a.base.note
	out.Proof = a.proof(stopped)
	out.Status = out.Proof.Status
	out.Gap, out.Plans = a.base.gap, a.base.plans
	var all []ranked
	for i, f := range r.figures {
		if d, rank, ok := r.driver(a, i); ok {
			all = append(all, ranked{d, rank})
			for _, x := range a.ends[i] {
				if x.told != nil && x.told != a.base {
					out.Gap, out.Plans = wider(out.Gap, x.told.gap), out.Plans+x.told.plans
				}
			}
			continue
		}
		out.ScreenedOut = append(out.ScreenedOut, r.screenedOut(a, i, f))
	}
	slices.SortStableFunc(all, func(x, y ranked) int { return -cmp.Compare(x.rank, y.rank) })
	for _, d := range all {
		if d.Swing > 0 || d.rank > 0 {
			out.Swings++
		}
		if len(out.Drivers) < r.o.Top && d.rank > 0 {
			out.Drivers = append(out.Drivers, d.Driver)
		} else {
			out.Others = append(out.Others, d.Driver)
		}
	}
	if !stopped || len(all) > 0 {
		out.Low, out.High = span(out)
	}
	out.RestsOn = swingShares(slices.Concat(out.Drivers, out.Others))
	if a.base.plan == nil {
		return out
	}
	q := mainTarget(r.c)
	out.BuiltOn = builtOn(signedOnly(r.c), a.base.plan, q.regions, q.period)
	return out
}

// proof is how firm an answer and its ends are: the proof of the least firm plan behind them. That there is no plan, where that is
// proved, is as firm as one; of an answer that is not there, it is the proof that it is not. An interrupt is a limit.
func (a *asked) proof(stopped bool) headroom.Proof {
	p := a.base.proof
	if a.base.note == "" || p.Status == headroom.StatusVerified {
		for _, ends := range a.ends {
			for _, x := range ends {
				if x.told != nil && x.told.proof.Status != headroom.StatusInfeasible && x.told.proof.Weaker(p) {
					p = x.told.proof
				}
			}
		}
	}
	if stopped && p.Status == headroom.StatusVerified {
		p.Status, p.Stopped = headroom.StatusLimit, lp.StopInterrupt.String()
	}
	return p
}

// ranked is a driver with what it is sorted by.
type ranked struct {
	headroom.Driver
	rank float64
}

// opt is a number, or nil where it is NaN.
func opt(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func number(v headroom.Opt) *float64 {
	if !v.Set {
		return nil
	}
	return &v.Value
}

// driver is a figure with the answers at its ends; false where neither is known.
func (r *ranging) driver(a *asked, i int) (headroom.Driver, float64, bool) {
	f := r.figures[i]
	d := headroom.Driver{
		Ref: f.ref, Of: f.of, Status: f.status, Value: number(f.value), Low: number(f.low), High: number(f.high), With: f.with,
		NoteLow: f.sides[atLow].note, NoteHigh: f.sides[atHigh].note,
	}
	if !a.chosen[i] {
		return d, 0, false
	}
	least, most := a.base.rank, a.base.rank
	known, apart, valued := 0, false, false
	for e, x := range a.ends[i] {
		t := x.told
		note := []*string{&d.NoteLow, &d.NoteHigh}[e]
		if t == nil {
			if *note == "" {
				*note = "not solved: a limit came first"
			}
			continue
		}
		known++
		if has := t.note == ""; has && !valued || has == valued && (known == 1 || t.proof.Weaker(d.Proof)) {
			d.Proof, valued = t.proof, has // of what there is a number of, where there is one
		}
		*[]**float64{&d.AtLow, &d.AtHigh}[e] = opt(t.value)
		if t.note != "" {
			*note = t.note
		}
		if !math.IsNaN(t.rank) && !math.IsNaN(least) {
			least, most = min(least, t.rank), max(most, t.rank)
		}
		apart = apart || !t.near(*a.base)
		d.Decided = d.Decided || !t.near(*a.base)
	}
	if !math.IsNaN(least) {
		d.Swing = most - least
	}
	rank := d.Swing
	if rank == 0 && apart {
		rank = math.SmallestNonzeroFloat64 // there is no plan at an end, or none at the base
	}
	return d, rank, known > 0
}

// screenedOut says why a figure was not solved.
func (r *ranging) screenedOut(a *asked, i int, f *figure) headroom.ScreenedOut {
	out := headroom.ScreenedOut{Ref: f.ref, Of: f.of, Status: f.status}
	set := func(kind, reason string) headroom.ScreenedOut {
		out.Kind, out.Reason = kind, reason
		return out
	}
	still, stuck, unseen, note := 0, 0, 0, ""
	for e, s := range f.sides {
		switch {
		case s.still:
			still++
		case s.moves == nil:
			stuck++
			note = s.note
		case !a.ends[i][e].looked:
			unseen++
		}
	}
	most, moves := a.estimate(i)
	switch {
	case still == len(f.sides):
		return set(headroom.ScreenedNoWidth, "its low and its high are its value")
	case unseen > 0 || a.chosen[i] && stuck == 0:
		return set(headroom.ScreenedStopped, "a limit came before it was its turn")
	case moves:
		out.Estimate = opt(most)
		return set(headroom.ScreenedRelaxed, fmt.Sprintf("the relaxation moves less by it than by the %d figures that were solved", r.o.Figures))
	case stuck > 0:
		return set(headroom.ScreenedStuck, note)
	}
	return set(headroom.ScreenedSame, "no programme of this answer has it")
}

// span is the least and the greatest answer over the base and all drivers.
func span(r headroom.Range) (low, high *float64) {
	take := func(v *float64) {
		if v == nil {
			return
		}
		if low == nil || *v < *low {
			low = v
		}
		if high == nil || *v > *high {
			high = v
		}
	}
	take(r.Base)
	for _, list := range [][]headroom.Driver{r.Drivers, r.Others} {
		for _, d := range list {
			take(d.AtLow)
			take(d.AtHigh)
		}
	}
	return low, high
}

// swingShares is the share of the swings by the status of what moved: of each status, the sum of the swings of its figures over
// the sum of all. It is computed from the answers, not counted: a status with many figures that move nothing has none.
func swingShares(all []headroom.Driver) []headroom.StatusShare {
	sums, sum := map[string]float64{}, 0.0
	for _, d := range all {
		sums[d.Status] += d.Swing
		sum += d.Swing
	}
	return shares(sums, sum)
}

// statusOrder is the order of the statuses of figures, the firmest first.
var statusOrder = []string{"official", "confirmed", "reported", "estimate", "recalled", StatusAssumed}

// shares are the amounts by status, the firmest first, with those of other names behind.
func shares(sums map[string]float64, sum float64) []headroom.StatusShare {
	out := []headroom.StatusShare{}
	if sum == 0 {
		return out
	}
	for s, v := range sums {
		out = append(out, headroom.StatusShare{Status: s, Amount: v, Share: v / sum})
	}
	place := func(s string) int {
		if i := slices.Index(statusOrder, s); i >= 0 {
			return i
		}
		return len(statusOrder)
	}
	slices.SortFunc(out, func(a, b headroom.StatusShare) int {
		return cmp.Or(cmp.Compare(place(a.Status), place(b.Status)), cmp.Compare(a.Status, b.Status))
	})
	return out
}
