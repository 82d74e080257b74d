package ledger

import (
	"fmt"
	"math"
	"testing"

	"headroom"
)

// changing is late with a plant that has these states in 2026, 2027 and 2028, and no discounting: mothballing costs 1 m, closing
// 5 m, severance 2 m, opening 7 m, all for 10 years; it sells for 9 m.
func changing(per int, initial headroom.State, yearly ...headroom.State) (*headroom.Case, *headroom.Plan) {
	c := late(per)
	q := &c.Plants[0]
	q.InitialState, q.MothballM, q.CloseM, q.SeveranceM, q.SaleM = initial, 1, 5, headroom.Some(2), 9
	p := &headroom.Plan{}
	stay(c, p, "p", yearly...)
	return c, p
}

// rests are what comes back by change and year.
func rests(l *Ledger) map[string]float64 {
	out := map[string]float64{}
	for _, r := range l.Rests {
		out[string(r.Change)+" "+r.Period[:4]] = r.Back
	}
	return out
}

func TestRestOfStates(t *testing.T) {
	t.Parallel()
	const op, moth, shut, green = headroom.Operating, headroom.Mothballed, headroom.Closed, headroom.Greenfield
	for _, x := range []struct {
		name    string
		initial headroom.State
		yearly  []headroom.State
		want    map[string]float64
	}{
		{"nothing changes", op, []headroom.State{op}, nil},
		{"mothballed in the second year", op, []headroom.State{op, moth}, map[string]float64{"mothballing 2027": 3e6 * 8 / 10}},
		{"mothballed in the first", op, []headroom.State{moth}, map[string]float64{"mothballing 2026": 3e6 * 7 / 10}},
		{"mothballed and open again", op, []headroom.State{moth, op}, map[string]float64{"opening 2027": 0}}, // it earns nothing
		{"mothballed, then closed", op, []headroom.State{moth, moth, shut}, map[string]float64{
			"mothballing 2026": 3e6 * 7 / 10, "closing 2028": 5e6 * 9 / 10, "sale 2028": -9e6,
		}},
		{"mothballed, open, closed", op, []headroom.State{moth, op, shut}, map[string]float64{"closing 2028": 7e6 * 9 / 10, "sale 2028": -9e6}},
		{"closed from the first day", op, []headroom.State{shut}, map[string]float64{"closing 2026": 7e6 * 7 / 10, "sale 2026": -9e6}},
		{"mothballed before, closed", moth, []headroom.State{moth, shut}, map[string]float64{"closing 2027": 5e6 * 8 / 10, "sale 2027": -9e6}},
		{"opened, then mothballed", shut, []headroom.State{op, op, moth}, map[string]float64{"mothballing 2028": 3e6 * 9 / 10}},
		{"built, then closed", green, []headroom.State{op, shut}, map[string]float64{"closing 2027": 7e6 * 8 / 10, "sale 2027": -9e6}},
	} {
		for _, per := range []int{1, 2, 4} {
			c, p := changing(per, x.initial, x.yearly...)
			l := mustCompute(t, c, p)
			got, sum := rests(l), 0.0
			for k, want := range x.want {
				check(t, x.name+": "+k, got[k], want)
				sum += want
			}
			if len(got) != len(x.want) {
				t.Errorf("%s: %v, want %v", x.name, got, x.want)
			}
			check(t, x.name+", of the owner", left(l, "hs"), sum)
		}
	}
}

// TestRestOfSale: what is sold could be sold later. At 6 % a sale of 9 m in 2027 is worth 9 × 1.06^−1.5, and what it would be worth
// at the end is taken back: that × 1.06^−(3 − 1), 7,339,593.
func TestRestOfSale(t *testing.T) {
	t.Parallel()
	c, p := changing(1, headroom.Operating, headroom.Operating, headroom.Closed)
	c.DiscountRate = 6
	roughly(t, "taken back", rests(mustCompute(t, c, p))["sale 2027"], -7339593)
	c.Plants[0].SaleM = -9 // to be rid of it costs 9 m: a cost of closing
	got := rests(mustCompute(t, c, p))
	if _, ok := got["sale 2027"]; ok {
		t.Errorf("a sale at a loss is a sale: %v", got)
	}
	// 16 m × 1.06^−1.5 × (v³ − v¹¹)/(v − v¹¹) = 14,660,919 × 0.3128318/0.4166087
	roughly(t, "closing", got["closing 2027"], 11008894)
	c.Plants[0].ChangeLife = headroom.Some(2) // it ends with the horizon
	check(t, "life of two years", rests(mustCompute(t, c, p))["closing 2027"], 0)
}

// opened is a plant that opens in 2028, for 7 m, and launches its car then.
func opened(per int) (*headroom.Case, *headroom.Plan) {
	c := late(per)
	c.Plants[0].InitialState = headroom.Closed
	p := &headroom.Plan{}
	stay(c, p, "p", headroom.Closed, headroom.Closed, headroom.Operating)
	return c, built(c, p, 0, headroom.NewDate(2028, 1, 1), 10000)
}

// TestRestOfOpening: opening and launch share what the plant earns, less fixed cost. The opening has 9 of 10 years left, 6.3 m, at
// 0.7 m a year, and comes first: it is worth 9 for each unit, the launch 6.
func TestRestOfOpening(t *testing.T) {
	t.Parallel()
	for _, per := range []int{1, 2, 4} {
		c, p := opened(per)
		got := rests(mustCompute(t, c, p)) // the car earns 1 m
		check(t, "opening", got["opening 2028"], 6.3e6)
		check(t, "launch, what is left", got["launch 2028"], 6*0.3e6)
		c.Demands[0].Contribution = headroom.Some(20) // 2 m
		c.Plants[0].FixedOpenM = headroom.Some(0.5)
		got = rests(mustCompute(t, c, p))
		check(t, "opening where there is enough", got["opening 2028"], 6.3e6)
		check(t, "launch where there is enough", got["launch 2028"], 3e6)
		c.Plants[0].FixedOpenM = headroom.Some(1.6)
		got = rests(mustCompute(t, c, p))
		check(t, "opening, of 0.4 m", got["opening 2028"], 9*0.4e6)
		check(t, "launch, of nothing", got["launch 2028"], 0)
		c.Energies = []headroom.Energy{{Plant: "p", Carrier: "gas", BaseLoad: 1000, Price: 0.3}} // 0.3 m
		check(t, "opening, less base load", rests(mustCompute(t, c, p))["opening 2028"], 9*0.1e6)
		c.Plants[0].FixedOpenM = headroom.Some(3)
		check(t, "nothing is left of a plant that loses", left(mustCompute(t, c, p), ""), 0)
		// Where the opening has nothing left, fixed cost does not count.
		c.Plants[0].ChangeLife = headroom.Some(1)
		check(t, "launch beside an old opening", left(mustCompute(t, c, p), ""), 3e6)
	}
}

// TestRestOfFixedMothballed: fixed cost counts for the periods in which the plant operates.
func TestRestOfFixedMothballed(t *testing.T) {
	t.Parallel()
	c := late(2)
	c.Plants[0].InitialState = headroom.Mothballed
	c.Plants[0].FixedOpenM, c.Plants[0].FixedMothballM = headroom.Some(1), headroom.Some(50)
	p := &headroom.Plan{}
	stay(c, p, "p", headroom.Mothballed)
	for i := range p.States {
		if p.States[i].Period == "2028-2" {
			p.States[i].State = headroom.Operating
		}
	}
	c.VehicleLines[0].RetoolM = headroom.Some(0)
	built(c, p, 0, headroom.NewDate(2028, 7, 1), 10000)
	c.Demands[0].Contribution = headroom.Some(14)
	// From 1 July on: e − s = 10, s = 2 + 182/366 years, and 7 m × (10 − 184/366)/10 = 6.648087 m are left at 0.7 m a year, or
	// 0.7 × 184/366 in that half; 1.4 m a year less 1 m of fixed cost a year is 0.4/0.7 of it.
	roughly(t, "opening", left(mustCompute(t, c, p), "hs"), 6648087*4/7.0)
}

// TestRestOfOpeningEnds: an opening ends with the last of its places, and one whose deal never comes into force is none.
func TestRestOfOpeningEnds(t *testing.T) {
	t.Parallel()
	c, p := opened(1)
	c.Demands[0].Contribution = headroom.Some(90)
	w, k := c.Vehicles[0], c.VehicleLines[0]
	w.ID, k.Vehicle = "w", "w"
	c.Vehicles, c.VehicleLines = append(c.Vehicles, w), append(c.VehicleLines, k)
	c.Vehicles[0].EOP = lastDay(2029) // two years from 2028: one of two is left
	check(t, "w goes on", rests(mustCompute(t, c, p))["opening 2028"], 6.3e6)
	c.Vehicles[1].EOP = lastDay(2030)
	check(t, "the last is w", rests(mustCompute(t, c, p))["opening 2028"], 7e6*2/3)
	c.VehicleLines[1].Arrangement, c.With = "d", []string{"d"}
	c.Arrangements = []headroom.Arrangement{{ID: "d", Status: headroom.MOU}}
	check(t, "w has no deal", rests(mustCompute(t, c, p))["opening 2028"], 7e6*1/2)
	p.Deals = []headroom.DealRow{{Deal: "d", Status: headroom.MOU, Period: "2027-1"}}
	check(t, "w has a deal", rests(mustCompute(t, c, p))["opening 2028"], 7e6*2/3)
	c.Arrangements[0].TermYears = 2.5 // from 1 January 2027 to 30 June 2029
	c.Vehicles[0].EOP = lastDay(2028)
	check(t, "until the deal ends", rests(mustCompute(t, c, p))["opening 2028"], 7e6*(181.0/365)/(1+181.0/365))
	c.VehicleLines[1].Compatible = false
	check(t, "all end with the horizon", rests(mustCompute(t, c, p))["opening 2028"], 0)
}

// TestRestEqual: of a launch and an opening that bring as much for what they take, the launch is served first.
func TestRestEqual(t *testing.T) {
	t.Parallel()
	c, p := opened(1)
	c.Vehicles[0].EOP = lastDay(2029) // both have one of two years left: 1.75 m and 3.5 m
	c.Demands[0].Contribution = headroom.Some(30)
	got := rests(mustCompute(t, c, p))
	check(t, "launch", got["launch 2028"], 1.75e6)
	check(t, "opening", got["opening 2028"], 3e6-1.75e6)
}

// TestRestRounded: an opening whose life ends with the horizon leaves nothing, on any grid, whatever the sum of the periods is
// rounded to; so fixed cost does not bind the launches of its plant.
func TestRestRounded(t *testing.T) {
	t.Parallel()
	for last := 2028; last <= 2036; last++ {
		for _, per := range []int{1, 2, 3, 4, 6, 12} {
			c, p := opened(per)
			c.Periods = grid(2026, last, per)
			p.States, p.Allocs, p.Outputs, p.Flows = nil, nil, nil, nil
			stay(c, p, "p", headroom.Closed, headroom.Operating)
			built(c, p, 0, headroom.NewDate(2028, 1, 1), 10000)
			c.Demands[0].Contribution = headroom.Some(99)
			c.Plants[0].FixedOpenM, c.Plants[0].ChangeLife = headroom.Some(50), headroom.Some(float64(last-2026))
			c.VehicleLines[0].ToolingLife = headroom.Some(float64(last - 2026))
			check(t, fmt.Sprintf("to %d by %d", last, per), left(mustCompute(t, c, p), ""), 3.5e6/float64(last-2026))
		}
	}
}

// TestRestTwins: of two places of a car in one plant, one that builds nothing brings nothing back, however much the other earns.
func TestRestTwins(t *testing.T) {
	t.Parallel()
	c, p := in2028(1)
	kit := c.VehicleLines[0]
	kit.Content, kit.ContentCost = "kit", headroom.Some(850)
	c.VehicleLines = append(c.VehicleLines, kit)
	built(c, p, 1, headroom.NewDate(2028, 1, 1), 0)
	l := mustCompute(t, c, p)
	check(t, "full", l.Rests[0].Back, 3e6)
	check(t, "kit that builds nothing", l.Rests[1].Back, 0)
	// 4,000 kits bring at most 900 − 850 each, 0.2 m; 40 % of the charge of 0.5 m.
	p.Outputs = append(p.Outputs, headroom.OutputRow{Vehicle: "v", Plant: "p", Line: "l", Content: "kit", Period: "2028-1", Units: 4000})
	c.Demands[0].PriceNet, c.Demands[0].Contribution = headroom.Some(1000), headroom.Some(90)
	l = mustCompute(t, c, p)
	check(t, "kit", l.Rests[1].Back, 6*0.2e6)
	c.Labours = []headroom.Labour{{Plant: "p", CostPerUnit: headroom.Some(40), CrewShare: 50}}
	c.Energies = []headroom.Energy{{Plant: "p", Carrier: "gas", UsePerCar: 100, Price: 0.15, Relief: 0.05}}
	check(t, "kit, less labour and energy", mustCompute(t, c, p).Rests[1].Back, 6*0.08e6)
	c.Energies[0].To = headroom.NewDate(2028, 6, 30) // 182 of 366 days: 10 a car by half
	check(t, "kit, less half of the energy", mustCompute(t, c, p).Rests[1].Back, 6*4000*(20+10*184.0/366))
	c.Periods = []headroom.Period{c.Periods[0], {ID: "2028-1", From: headroom.NewDate(2027, 1, 1), To: lastDay(2028)}} // half of it is the last year
	c.Energies = nil
	long := &headroom.Plan{Allocs: p.Allocs, Outputs: p.Outputs, Flows: p.Flows}
	stay(c, long, "p", headroom.Operating)
	check(t, "kit of a long period", mustCompute(t, c, long).Rests[1].Back, 6*2000*30)
	c.Periods, c.Labours = grid(2026, 2028, 1), nil
	c.VehicleLines[1].Compatible = false // then the other has no twin
	c.Demands[0].Volume = 0              // and may earn what no demand is there for
	one := &headroom.Plan{States: p.States, Allocs: p.Allocs[:1], Outputs: p.Outputs[:1], Flows: p.Flows[:1]}
	check(t, "alone", left(mustCompute(t, c, one), ""), 3e6)
	p.Outputs, p.Allocs = p.Outputs[:1], p.Allocs[:1]
	c.VehicleLines[0].ContentCost = headroom.Some(1200) // dearer than the price; it earns nothing of its own, and is capped by that
	check(t, "alone and too dear", left(mustCompute(t, c, p), ""), 0)
}

// TestRestSmallRate: a rate of almost nothing is as none.
func TestRestSmallRate(t *testing.T) {
	t.Parallel()
	c, p := changing(1, headroom.Operating, headroom.Operating, headroom.Closed)
	c.DiscountRate = 1e-10
	got := rests(mustCompute(t, c, p))
	if x := got["closing 2027"]; math.Abs(x-7e6*8/10) > 1 {
		t.Errorf("closing: %g", x)
	}
}
