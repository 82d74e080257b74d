package ledger

import (
	"testing"

	"pgregory.net/rapid"

	"headroom"
)

// foreign turns busy into a case whose every figure is in EUR, with a rate of k.
func foreign(k float64) *headroom.Case {
	c := busy()
	c.FXRates = []headroom.FXRate{{From: "EUR", To: "GBP", Period: "*", Rate: k}}
	for i := range c.Plants {
		c.Plants[i].Currency = "EUR"
	}
	for i := range c.ShiftPatterns {
		c.ShiftPatterns[i].Currency = "EUR"
	}
	for i := range c.VehicleLines {
		c.VehicleLines[i].Currency = "EUR"
	}
	for i := range c.Demands {
		c.Demands[i].Currency = "EUR"
	}
	for i := range c.Lanes {
		c.Lanes[i].Currency = "EUR"
	}
	for i := range c.Duties {
		c.Duties[i].Currency = "EUR"
	}
	for i := range c.Labours {
		c.Labours[i].Currency = "EUR"
	}
	for i := range c.Energies {
		c.Energies[i].Currency = "EUR"
	}
	for i := range c.Terms {
		c.Terms[i].Currency = "EUR"
	}
	for i := range c.Targets {
		c.Targets[i].Penalty.Value *= k // a penalty is in base currency
	}
	return c
}

// TestCurrencyScales: all money k times as large makes all cash k times as large.
func TestCurrencyScales(t *testing.T) {
	t.Parallel()
	one := mustCompute(t, busy(), busyPlan())
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.Float64Range(0.001, 1000).Draw(t, "k")
		l := mustCompute(t, foreign(k), busyPlan())
		check(t, "NPV", l.NPV, k*one.NPV)
		check(t, "cost", l.Cost, k*one.Cost)
		for i, r := range l.Cash {
			check(t, r.Org+" "+r.Period+" "+string(r.Account), r.Amount, k*one.Cash[i].Amount)
		}
	})
}

// TestCashSums: the cash of the owners, discounted, is the NPV, and deal fees do not make or lose any.
func TestCashSums(t *testing.T) {
	t.Parallel()
	l := mustCompute(t, busy(), busyPlan())
	factor := map[string]float64{}
	for _, d := range l.Discounts {
		factor[d.Period] = d.Factor
	}
	var npv, fees, costs sum
	for _, r := range l.Cash {
		npv.add(r.Amount * factor[r.Period])
		if r.Account == headroom.AccDealFee {
			fees.add(r.Amount)
		}
		if r.Account != headroom.AccRevenue && r.Account != headroom.AccMaterial && r.Account != headroom.AccTerminal {
			costs.add(-r.Amount * factor[r.Period])
		}
	}
	check(t, "NPV", npv.total(), l.NPV)
	check(t, "fees", fees.total(), 0)
	c := busy()
	c.TerminalRule = headroom.TerminalNone
	check(t, "cost", mustCompute(t, c, busyPlan()).Cost, costs.total())
}

// TestOrderOfRows: rows in another order are the same plan.
func TestOrderOfRows(t *testing.T) {
	t.Parallel()
	one := mustCompute(t, busy(), busyPlan())
	rapid.Check(t, func(t *rapid.T) {
		p := busyPlan()
		p.Outputs = rapid.Permutation(p.Outputs).Draw(t, "outputs")
		p.Flows = rapid.Permutation(p.Flows).Draw(t, "flows")
		p.States = rapid.Permutation(p.States).Draw(t, "states")
		compare(t, mustCompute(t, busy(), p), one.Cash...)
		if found := Check(busy(), p); len(found) > 0 {
			t.Fatalf("%v", found)
		}
	})
}
