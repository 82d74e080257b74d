package ledger

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

// near compares amounts to twelve digits.
var near = cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*max(math.Abs(a), math.Abs(b))+1e-9 })

// failer is what both testing.T and rapid.T can do.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// mustCompute returns the money of a plan.
func mustCompute(tb failer, c *headroom.Case, p *headroom.Plan) *Ledger {
	tb.Helper()
	l, err := Compute(c, p)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

// compare checks the cash of a ledger.
func compare(tb failer, l *Ledger, want ...headroom.CashRow) {
	tb.Helper()
	if diff := cmp.Diff(want, l.Cash, near); diff != "" {
		tb.Errorf("cash (-want +got):\n%s", diff)
	}
}

// amountOf is the amount of one row of cash.
func amountOf(l *Ledger, org, period string, account headroom.Account) float64 {
	for _, r := range l.Cash {
		if r.Org == org && r.Period == period && r.Account == account {
			return r.Amount
		}
	}
	return 0
}

// check compares one amount.
func check(tb failer, what string, got, want float64) {
	tb.Helper()
	if !cmp.Equal(got, want, near) {
		tb.Errorf("%s: got %.12g, want %.12g", what, got, want)
	}
}

func TestSingleLane(t *testing.T) {
	t.Parallel()
	c := small()
	l := mustCompute(t, c, smallPlan(c, headroom.RegimeMFN))
	compare(t, l,
		headroom.CashRow{Org: "mk", Period: "2026", Account: headroom.AccLogistics, Amount: -100 * 500},
		headroom.CashRow{Org: "mk", Period: "2026", Account: headroom.AccMaterial, Amount: -100 * 20000 * 0.6},
		headroom.CashRow{Org: "mk", Period: "2026", Account: headroom.AccRevenue, Amount: 100 * 20000})
	d := math.Pow(1.1, -0.5) // the middle of the year
	check(t, "NPV", l.NPV, (2000000-1200000-50000)*d)
	check(t, "cost", l.Cost, 50000*d) // revenue and material by share of the price are left out
	if diff := cmp.Diff([]headroom.DiscountRow{{Period: "2026", Factor: d}, {Period: headroom.TerminalPeriod, Factor: 1}}, l.Discounts, near); diff != "" {
		t.Errorf("discounts (-want +got):\n%s", diff)
	}

	c.VehicleLines[0].UnitMaterial = headroom.Some(11000)
	c.VehicleLines[0].ContentCost = headroom.Some(300)
	l = mustCompute(t, c, smallPlan(c, headroom.RegimeMFN))
	check(t, "material by unit", amountOf(l, "mk", "2026", headroom.AccMaterial), -100*11000)
	check(t, "content", amountOf(l, "mk", "2026", headroom.AccContent), -100*300)
	check(t, "cost with material by unit", l.Cost, (50000+1100000+30000)*d)
}

func TestDuty(t *testing.T) {
	t.Parallel()
	mfn := headroom.Duty{ID: "d1", Importer: "B", Origin: "*", Layer: headroom.MFN, AdValorem: 10}
	cvd := headroom.Duty{ID: "d2", Importer: "B", Origin: "A", Powertrain: "BEV", Layer: headroom.Countervailing, AdValorem: 20.7}
	with := func(d headroom.Duty, change func(*headroom.Duty)) headroom.Duty { change(&d); return d }
	value := 0.75 * 20000 // customs value
	for _, f := range []struct {
		name   string
		duties []headroom.Duty
		want   float64 // per vehicle
	}{
		{"10 + 20.7 = 30.7 %", []headroom.Duty{mfn, cvd}, 0.307 * value},
		{"other origin", []headroom.Duty{with(mfn, func(d *headroom.Duty) { d.Origin = "C" }), cvd}, 0.207 * value},
		{"other powertrain", []headroom.Duty{mfn, with(cvd, func(d *headroom.Duty) { d.Powertrain = "ICE" })}, 0.1 * value},
		{"amount", []headroom.Duty{with(mfn, func(d *headroom.Duty) { d.Specific = 40 })}, 0.1*value + 40},
		{"larger", []headroom.Duty{mfn, with(cvd, func(d *headroom.Duty) { d.Combine = "max" })}, 0.207 * value},
		{"instead", []headroom.Duty{mfn, with(cvd, func(d *headroom.Duty) { d.Combine = "replace" })}, 0.207 * value},
		{"from July on", []headroom.Duty{mfn, with(cvd, func(d *headroom.Duty) { d.From = headroom.NewDate(2026, 7, 1) })}, (0.1 + 0.207*184/365) * value},
		{"instead, from July on", []headroom.Duty{mfn, with(cvd, func(d *headroom.Duty) {
			d.From, d.Combine = headroom.NewDate(2026, 7, 1), "replace"
		})}, (0.1*181 + 0.207*184) / 365 * value},
		{"larger, from July on", []headroom.Duty{mfn, with(cvd, func(d *headroom.Duty) {
			d.From, d.Combine = headroom.NewDate(2026, 7, 1), "max"
		})}, (0.1*181 + 0.207*184) / 365 * value},
		{"maker before all", []headroom.Duty{mfn, cvd, with(cvd, func(d *headroom.Duty) { d.ID, d.Powertrain, d.Maker, d.AdValorem = "d3", "*", "mk", 5 })}, 0.15 * value},
		{"group before all", []headroom.Duty{mfn, cvd, with(cvd, func(d *headroom.Duty) { d.ID, d.Maker, d.AdValorem = "d3", "grp", 7 })}, 0.17 * value},
		{"powertrain before all", []headroom.Duty{mfn, cvd, with(cvd, func(d *headroom.Duty) { d.ID, d.Powertrain, d.AdValorem = "d3", "*", 50 })}, 0.307 * value},
		{"one row a day", []headroom.Duty{mfn, with(mfn, func(d *headroom.Duty) {
			d.ID, d.Origin, d.AdValorem, d.To = "d3", "A", 3, headroom.NewDate(2026, 6, 30)
		})}, (0.03*181 + 0.1*184) / 365 * value},
		{"the origin before the maker", []headroom.Duty{with(cvd, func(d *headroom.Duty) { d.Powertrain = "*" }), with(cvd, func(d *headroom.Duty) { d.ID, d.Origin, d.Maker, d.AdValorem = "d3", "*", "mk", 5 })}, 0.207 * value},
		{"two rows that say add", []headroom.Duty{with(mfn, func(d *headroom.Duty) { d.Combine = "add" }), with(mfn, func(d *headroom.Duty) { d.ID, d.Origin, d.AdValorem, d.Combine = "d3", "A", 3, "add" })}, 0.13 * value},
		{"one row of two says add", []headroom.Duty{with(mfn, func(d *headroom.Duty) { d.Combine = "add" }), with(mfn, func(d *headroom.Duty) { d.ID, d.Origin, d.AdValorem = "d3", "A", 3 })}, 0.03 * value},
		{"preference is not the general rate", []headroom.Duty{mfn, with(mfn, func(d *headroom.Duty) {
			d.ID, d.Layer, d.Agreement, d.AdValorem = "d3", headroom.Preferential, "X", 0
		})}, 0.1 * value},
	} {
		c := small()
		c.Duties = f.duties
		l := mustCompute(t, c, smallPlan(c, headroom.RegimeMFN))
		check(t, f.name, amountOf(l, "mk", "2026", headroom.AccDuty), -100*f.want)
	}
	c := small()
	c.Duties = []headroom.Duty{mfn}
	c.Demands[0].CustomsValue = "9000"
	l := mustCompute(t, c, smallPlan(c, headroom.RegimeMFN))
	check(t, "customs value in money", amountOf(l, "mk", "2026", headroom.AccDuty), -100*0.1*9000)
	c.Demands[0].CustomsValue, c.Demands[0].PriceNet = "75%", headroom.Opt{}
	if _, err := Compute(c, smallPlan(c, headroom.RegimeMFN)); err == nil {
		t.Error("duty on a share of a missing price: no error")
	}
}

func TestQuota(t *testing.T) {
	t.Parallel()
	c := small()
	c.Demands[0].CustomsValue = "100%"
	c.Quotas = []headroom.Quota{{Importer: "B", Origin: "A", Period: "*", Volume: 60, InRate: 5, OutRate: 25}}
	c.Duties = []headroom.Duty{{ID: "d", Importer: "B", Layer: headroom.MFN, AdValorem: 99}, {ID: "s", Importer: "B", Layer: headroom.Surtax, AdValorem: 1}}
	p := smallPlan(c, headroom.RegimeQuotaIn)
	p.Flows[0].Units = 60
	over := p.Flows[0]
	over.Regime, over.Units = headroom.RegimeQuotaOut, 40
	p.Flows = append(p.Flows, over)
	// 60 at 5 + 1 % and 40 at 25 + 1 % of 20,000; the mfn row does not count
	check(t, "duty", amountOf(mustCompute(t, c, p), "mk", "2026", headroom.AccDuty), -(60*1200 + 40*5200))
	if found := Check(c, p); len(found) > 0 {
		t.Error(found)
	}

	// A preference that holds in the first half of the year leaves the rate beyond the quota in the other.
	c.Duties = append(c.Duties, headroom.Duty{ID: "x", Importer: "B", Layer: headroom.Preferential, Agreement: "X", AdValorem: 2, To: headroom.NewDate(2026, 6, 30)})
	p = smallPlan(c, headroom.RegimePreferential)
	p.Flows[0].Agreement = "X"
	check(t, "preference", amountOf(mustCompute(t, c, p), "mk", "2026", headroom.AccDuty), -100*20000*(0.01+(0.02*181+0.25*184)/365))
}

func TestOvertime(t *testing.T) {
	t.Parallel()
	c := small()
	c.ShiftPatterns = []headroom.ShiftPattern{{ID: "s", Index: headroom.Some(0.09), OvertimeShare: 20, OvertimePremium: 50}}
	c.Labours = []headroom.Labour{{Plant: "p", Wage: headroom.Some(40), HoursPerUnit: headroom.Some(25), CrewShare: 60}}
	p := smallPlan(c, headroom.RegimeMFN)
	p.Shifts[0] = headroom.ShiftRow{Line: "l", Period: "2026", Pattern: "s", Capacity: 90, Overtime: 10}
	l := mustCompute(t, c, p)
	// 40 an hour × 25 hours = 1,000 a vehicle, of which 400 by vehicle and 600 by crew; straight time is 1,000 × 0.09 = 90
	check(t, "labour", amountOf(l, "hs", "2026", headroom.AccLabour), -400*100)
	check(t, "crew", amountOf(l, "hs", "2026", headroom.AccCrew), -600*90)
	check(t, "overtime", amountOf(l, "hs", "2026", headroom.AccOvertime), -600*1.5*10)
	if found := Check(c, p); len(found) > 0 {
		t.Error(found)
	}
}

func TestRateCapacity(t *testing.T) {
	t.Parallel()
	c := small()
	c.Lines[0].CapacityYear, c.Lines[0].Rate, c.Lines[0].Availability = headroom.Opt{}, headroom.Some(30), 90
	c.Lines[0].From = headroom.NewDate(2026, 7, 1)
	c.ShiftPatterns = []headroom.ShiftPattern{{ID: "s", Index: headroom.Some(2), Hours: headroom.Some(80), Weeks: 46, ChangeM: 3}}
	c.Lines[0].InitialPattern = "other"
	c.Labours = []headroom.Labour{{Plant: "p", CostPerUnit: headroom.Some(1), CrewShare: 100}}
	c.Plants[0].FixedPerCapacity = headroom.Some(10)
	p := smallPlan(c, headroom.RegimeMFN)
	p.Shifts[0].Pattern = "s"
	l := mustCompute(t, c, p)
	straight := 30 * 0.9 * 80 * 46.0 // 99,360 a year, there for 184 of 365 days
	check(t, "crew", amountOf(l, "hs", "2026", headroom.AccCrew), -straight*184/365)
	check(t, "fixed", amountOf(l, "hs", "2026", headroom.AccFixed), -10*straight/2*184/365)
	check(t, "change", amountOf(l, "hs", "2026", headroom.AccPatternChange), -3e6)
}

func TestErrors(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(c *headroom.Case, p *headroom.Plan){
		"currency":     func(c *headroom.Case, _ *headroom.Plan) { c.Lanes[0].Currency = "JPY" },
		"lane cost":    func(c *headroom.Case, _ *headroom.Plan) { c.Lanes[0].Cost = headroom.Opt{} },
		"contribution": func(c *headroom.Case, _ *headroom.Plan) { c.Demands[0].Contribution = headroom.Opt{} },
		"retool": func(c *headroom.Case, p *headroom.Plan) {
			c.VehicleLines[0].CommittedUntil, p.Allocs[0].Launch = 0, true
		},
		"content": func(c *headroom.Case, p *headroom.Plan) {
			c.VehicleLines[0].Content, p.Outputs[0].Content, p.Allocs[0].Content = "kit", "kit", "kit"
		},
		"unknown row": func(_ *headroom.Case, p *headroom.Plan) { p.Flows[0].Market = "x" },
		"combine": func(c *headroom.Case, _ *headroom.Plan) {
			c.Duties = []headroom.Duty{{ID: "d", Importer: "B", Layer: headroom.MFN, Combine: "mix"}}
		},
		"terminal": func(c *headroom.Case, _ *headroom.Plan) { c.TerminalRule = "multiple" },
		"infinite": func(c *headroom.Case, _ *headroom.Plan) { c.Demands[0].PriceNet = headroom.Some(math.Inf(1)) },
	} {
		c := small()
		p := smallPlan(c, headroom.RegimeMFN)
		spoil(c, p)
		if l, err := Compute(c, p); err == nil {
			t.Errorf("%s: no error, NPV %g", name, l.NPV)
		}
	}
}
