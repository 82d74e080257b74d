package planner_test

import (
	"math"
	"testing"

	"headroom"
	"headroom/answer"
	"headroom/internal/counted"
	"headroom/planner"
)

// TestCountedBans: a cost that no plan can earn back leads to the same plan whether it is written as a thousand million or as 10¹⁵
// million, proved and with money that agrees; and one that is taken as never says so.
func TestCountedBans(t *testing.T) {
	t.Parallel()
	r, seed := counted.New(t)
	n, done, banned := counted.N(40, 1000), 0, 0
	for done < n {
		example := int(r.Uint32())
		c := cases().Example(example)
		kind := r.IntN(4)
		cell := never(c, kind)
		if cell == nil {
			continue
		}
		var values []float64
		for _, size := range []float64{1e5, 1e9, 1e12, 1e15} {
			if *cell = size; kind == 3 {
				*cell *= 1e6 // a vehicle's
			}
			p, err := answer.Plan(t.Context(), c, mustSolver(t), planner.Options{Gap: 1e-7})
			if err != nil {
				t.Fatal(err)
			}
			if p.Status == headroom.StatusDisputed {
				t.Errorf("case %d, kind %d at %g: %s", example, kind, size, p.Why)
			}
			if p.Status != headroom.StatusVerified {
				break
			}
			values = append(values, p.Value)
			if len(p.Banned) > 0 {
				banned++
			}
		}
		done++
		if len(values) == 0 {
			continue
		}
		for _, v := range values {
			if math.Abs(v-values[0]) > 1e-6*max(1e6, math.Abs(values[0])) && values[0] > -1e9 {
				t.Errorf("seed %d: values %v, want the same whatever the size of a cost that is never paid", seed, values)
				break
			}
		}
	}
	if banned < n/10 {
		t.Errorf("only %d of %d plans took a cost as never", banned, 4*n)
	}
	counted.Report(t, "prohibitive costs", n, n, "the same plan at 10⁵ to 10¹⁵ million")
}

// never returns a cost of a decision that a plan can leave alone, nil where the case has none.
func never(c *headroom.Case, kind int) *float64 {
	for i := range c.Plants {
		if p := &c.Plants[i]; p.Use == headroom.Consider && p.InitialState != headroom.Operating {
			switch kind {
			case 0:
				p.ReopenM = headroom.Some(1)
				return &p.ReopenM.Value
			case 1:
				p.FixedOpenM = headroom.Some(1)
				return &p.FixedOpenM.Value
			}
		}
	}
	for i := range c.VehicleLines {
		if k := &c.VehicleLines[i]; k.Compatible && k.CommittedUntil == 0 {
			switch kind {
			case 2:
				k.RetoolM = headroom.Some(1)
				return &k.RetoolM.Value
			case 3:
				k.ContentCost = headroom.Some(1)
				return &k.ContentCost.Value
			}
		}
	}
	return nil
}
