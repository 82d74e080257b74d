package ledger

import (
	"math"
	"testing"

	"headroom"
)

func TestMothball(t *testing.T) {
	t.Parallel()
	c := small()
	c.Periods = append(c.Periods, year(2027), year(2028))
	c.Plants[0].Use = headroom.Consider
	c.Plants[0].FixedOpenM, c.Plants[0].MothballM, c.Plants[0].CloseM, c.Plants[0].SaleM = headroom.Some(10), 1, 2, 5
	c.Plants[0].SeverancePerCapacity = headroom.Some(2000)
	c.Plants[0].ReopenM = headroom.Some(4)
	p := &headroom.Plan{States: []headroom.StateRow{
		{Plant: "p", Period: "2026", State: headroom.Operating},
		{Plant: "p", Period: "2027", State: headroom.Mothballed},
		{Plant: "p", Period: "2028", State: headroom.Closed},
	}}
	compare(t, mustCompute(t, c, p),
		headroom.CashRow{Org: "hs", Period: "2026", Account: headroom.AccFixed, Amount: -10e6},
		headroom.CashRow{Org: "hs", Period: "2027", Account: headroom.AccFixed, Amount: -2e6}, // 20 % of 10 m
		headroom.CashRow{Org: "hs", Period: "2027", Account: headroom.AccMothballing, Amount: -1e6},
		headroom.CashRow{Org: "hs", Period: "2027", Account: headroom.AccSeverance, Amount: -2000 * 1000},
		headroom.CashRow{Org: "hs", Period: "2028", Account: headroom.AccClosing, Amount: 5e6 - 2e6}) // severance was paid

	p.States[2].State = headroom.Operating
	c.Plants[0].FixedMothballM = headroom.Some(3)
	l := mustCompute(t, c, p)
	check(t, "mothballed", amountOf(l, "hs", "2027", headroom.AccFixed), -3e6)
	check(t, "reopening", amountOf(l, "hs", "2028", headroom.AccReopening), -4e6)
}

func TestTargetPenalty(t *testing.T) {
	t.Parallel()
	c := small()
	c.Targets = []headroom.Target{
		{ID: "x", Holder: "gov", Regions: []string{"A"}, Period: "*", Value: 130, Penalty: headroom.Some(50)},
		{ID: "y", Holder: "gov", Regions: []string{"A"}, Period: "*", Value: 200},
	}
	p := smallPlan(c, headroom.RegimeMFN)
	p.Targets = []headroom.TargetRow{{Target: "x", Period: "2026", Value: 100, Wanted: 130, Gap: 30}, {Target: "y", Period: "2026", Value: 100, Wanted: 200, Gap: 100}}
	l := mustCompute(t, c, p)
	check(t, "penalty", amountOf(l, "gov", "2026", headroom.AccTarget), -30*50)
}

func TestFX(t *testing.T) {
	t.Parallel()
	for name, rates := range map[string][]headroom.FXRate{
		"to base":              {{From: "EUR", To: "GBP", Period: "*", Rate: 0.8}},
		"from base":            {{From: "GBP", To: "EUR", Period: "*", Rate: 1.25}},
		"of the period":        {{From: "EUR", To: "GBP", Period: "*", Rate: 0.5}, {From: "EUR", To: "GBP", Period: "2026", Rate: 0.8}},
		"period before to":     {{From: "EUR", To: "GBP", Period: "*", Rate: 0.5}, {From: "GBP", To: "EUR", Period: "2026", Rate: 1.25}},
		"to before from":       {{From: "GBP", To: "EUR", Period: "*", Rate: 1.2}, {From: "EUR", To: "GBP", Period: "*", Rate: 0.8}},
		"other currencies too": {{From: "EUR", To: "GBP", Period: "*", Rate: 0.8}, {From: "USD", To: "GBP", Period: "*", Rate: 0.7}},
	} {
		c := small()
		c.FXRates = rates
		c.Lanes[0].Currency = "EUR"
		check(t, name, amountOf(mustCompute(t, c, smallPlan(c, headroom.RegimeMFN)), "mk", "2026", headroom.AccLogistics), -100*500*0.8)
	}
}

func TestEnergyRelief(t *testing.T) {
	t.Parallel()
	c := small()
	c.Energies = []headroom.Energy{
		{Plant: "p", Carrier: "electricity", To: headroom.NewDate(2026, 6, 30), UsePerCar: 1000, BaseLoad: 10, Price: 0.2},
		{Plant: "p", Carrier: "electricity", From: headroom.NewDate(2026, 7, 1), UsePerCar: 1000, BaseLoad: 10, Price: 0.2, Relief: 0.05},
		{Plant: "p", Carrier: "gas", UsePerCar: 500, Price: 0.04},
	}
	l := mustCompute(t, c, smallPlan(c, headroom.RegimeMFN))
	// 100 × 1,000 kWh and 10 MWh are 110,000 kWh: 181 days at 0.20 and 184 days at 0.15; gas 50,000 kWh at 0.04
	check(t, "energy", amountOf(l, "hs", "2026", headroom.AccEnergy), -(110000*(181*0.2+184*0.15)/365 + 50000*0.04))
}

func TestDealFee(t *testing.T) {
	t.Parallel()
	c := small()
	c.Arrangements = []headroom.Arrangement{{ID: "d", Host: "hs", Guest: "gs", Status: headroom.Signed}}
	c.Terms = []headroom.Term{{Arrangement: "d", Kind: headroom.FeePerUnit, Value: 150}}
	c.VehicleLines[0].Arrangement, c.VehicleLines[0].CommittedUntil, c.VehicleLines[0].RetoolM = "d", 0, headroom.Some(6)
	p := smallPlan(c, headroom.RegimeMFN)
	p.Allocs[0].Launch = true
	l := mustCompute(t, c, p)
	check(t, "guest", amountOf(l, "gs", "2026", headroom.AccDealFee), -150*100)
	check(t, "host", amountOf(l, "hs", "2026", headroom.AccDealFee), 150*100)
	check(t, "retooling of the guest", amountOf(l, "gs", "2026", headroom.AccRetooling), -6e6)
	check(t, "NPV without the fee", l.NPV, (750000-6e6)*math.Pow(1.1, -0.5))

	c.Arrangements[0].Guest = "hs" // nothing changes hands
	check(t, "fee to oneself", amountOf(mustCompute(t, c, p), "hs", "2026", headroom.AccDealFee), 0)
}

func TestLostSalesAndGrowth(t *testing.T) {
	t.Parallel()
	c := small()
	c.Periods = []headroom.Period{{ID: "x", From: headroom.NewDate(2026, 1, 1), To: headroom.NewDate(2027, 12, 31)}, year(2028)}
	c.Demands[0].Growth, c.Demands[0].MaxVolume, c.Demands[0].LostSale = headroom.Some(10), headroom.Some(500), headroom.Some(70)
	c.Vehicles[0].EOP = headroom.NewDate(2028, 6, 30)
	v, err := newView(c)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "first period", v.wanted(&c.Vehicles[0], "m", 0), 100*2)
	check(t, "second period", v.wanted(&c.Vehicles[0], "m", 1), 100*1.1*1.1*182/366)
	c.Demands[0].MaxVolume = headroom.Some(105)
	check(t, "at most", v.wanted(&c.Vehicles[0], "m", 1), 105.0*182/366)
	check(t, "second discount factor", v.disc[1], math.Pow(1.1, -2.5))
	p := &headroom.Plan{Losts: []headroom.LostRow{{Vehicle: "v", Market: "m", Period: "x", Units: 200}}}
	check(t, "lost sales", amountOf(mustCompute(t, c, p), "mk", "x", headroom.AccLostSales), -70*200)
}

func TestSum(t *testing.T) {
	t.Parallel()
	var s sum
	for _, x := range []float64{1, 1e100, 1, -1e100} { // Neumaier's own example
		s.add(x)
	}
	check(t, "sum", s.total(), 2)
}
