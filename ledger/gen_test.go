package ledger

import (
	"fmt"
	"math/rand/v2"

	"headroom"
)

// gen makes random cases with random plans: what a plan decides is drawn, whatever it is worth, so that changes are made, undone,
// dropped and sold.
type gen struct {
	r     *rand.Rand
	dated bool // windows begin and end on any day; else with calendar years
	c     *headroom.Case
	p     *headroom.Plan
}

// chance is true in so many of ten cases.
func (g *gen) chance(tenths int) bool { return g.r.IntN(10) < tenths }

// oneOf draws one of some values.
func oneOf[V any](g *gen, values ...V) V { return values[g.r.IntN(len(values))] }

// million draws an amount in millions.
func (g *gen) million(most float64) float64 { return float64(g.r.IntN(1001)) / 1000 * most }

// first draws the first day of a window, often none.
func (g *gen) first() headroom.Date {
	if g.chance(5) {
		return 0
	}
	y := 2025 + g.r.IntN(6)
	if g.dated {
		return headroom.NewDate(y, 1+g.r.IntN(12), 1+g.r.IntN(28))
	}
	return headroom.NewDate(y, 1, 1)
}

// end draws the last day of a window, often none.
func (g *gen) end() headroom.Date {
	if g.chance(5) {
		return 0
	}
	y := 2027 + g.r.IntN(12)
	if g.dated {
		return headroom.NewDate(y, 1+g.r.IntN(12), 1+g.r.IntN(28))
	}
	return lastDay(y)
}

func (g *gen) currency() string { return oneOf(g, "", "GBP", "EUR") }

// life draws a life in years, or none.
func (g *gen) life() headroom.Opt {
	return oneOf(g, headroom.Opt{}, headroom.Some(1), headroom.Some(3), headroom.Some(4.5), headroom.Some(9.25), headroom.Some(30))
}

// draw makes a case of whole years and a plan of it.
func draw(r *rand.Rand, dated bool, rates ...float64) (*headroom.Case, *headroom.Plan) {
	g := &gen{r: r, dated: dated, c: &headroom.Case{}, p: &headroom.Plan{}}
	c := g.c
	c.Settings = headroom.Settings{BaseCurrency: "GBP", DiscountRate: oneOf(g, rates...), TerminalRule: headroom.TerminalResidual}
	c.Periods = grid(2026, 2026+g.r.IntN(5), 1)
	c.Regions = []headroom.Region{{ID: "A"}, {ID: "B"}}
	c.Markets = []headroom.Market{{ID: "ma", Region: "A"}, {ID: "mb", Region: "B"}}
	c.Lanes = []headroom.Lane{
		{Origin: "A", Destination: "B", Use: headroom.Include, Cost: headroom.Some(g.million(600)), Currency: g.currency()},
		{Origin: "B", Destination: "A", Use: headroom.Include, Cost: headroom.Some(g.million(600))},
	}
	c.Duties = []headroom.Duty{
		{ID: "da", Importer: "A", Origin: "*", Powertrain: "*", Maker: "*", Layer: headroom.MFN, AdValorem: g.million(20), Combine: "add"},
		{ID: "db", Importer: "B", Origin: "*", Powertrain: "*", Maker: "*", Layer: headroom.MFN, Specific: g.million(900), Currency: "EUR", Combine: "add"},
	}
	c.FXRates = []headroom.FXRate{{From: "EUR", To: "GBP", Period: "*", Rate: 0.8}}
	if g.chance(5) {
		c.FXRates = append(c.FXRates, headroom.FXRate{From: "EUR", To: "GBP", Period: oneOf(g, c.Periods...).ID, Rate: 0.5 + g.million(1)})
	}
	c.ShiftPatterns = []headroom.ShiftPattern{
		{ID: "one", Index: headroom.Some(0.5), OvertimePremium: 30, ChangeM: g.million(0.5)},
		{ID: "two", Index: headroom.Some(1), OvertimePremium: 40, ChangeM: g.million(0.5), Currency: "EUR"},
	}
	g.plants()
	g.deals()
	g.vehicles()
	g.decide()
	return c, g.p
}

func (g *gen) plants() {
	for i := range 1 + g.r.IntN(3) {
		q := headroom.Plant{
			ID: fmt.Sprintf("p%d", i), Owner: oneOf(g, "", "hs", "mk"), Region: oneOf(g, "A", "B"), Use: headroom.Consider, Currency: g.currency(),
			InitialState: oneOf(g, headroom.Operating, headroom.Operating, headroom.Mothballed, headroom.Closed, headroom.Greenfield),
			MothballM:    g.million(2), CloseM: g.million(3), SaleM: oneOf(g, 0, g.million(9), -g.million(2)), ReopenM: headroom.Some(oneOf(g, 0, g.million(6))),
			SeveranceM: headroom.Some(g.million(3)), MothballShare: 20, MaxMothball: 3, ChangeLife: g.life(),
		}
		if q.FixedOpenM = headroom.Some(g.million(2)); g.chance(4) {
			q.FixedOpenM, q.FixedPerCapacity = headroom.Opt{}, headroom.Some(g.million(400))
		}
		if g.chance(4) && !g.dated { // severance by capacity looks at the days of a line in one period
			q.SeveranceM, q.SeverancePerCapacity = headroom.Opt{}, headroom.Some(g.million(900))
		}
		g.c.Plants = append(g.c.Plants, q)
		if g.chance(7) {
			l := headroom.Labour{Plant: q.ID, CostPerUnit: headroom.Some(g.million(500)), CrewShare: oneOf(g, 0.0, 40, 100), Currency: g.currency()}
			if g.chance(3) {
				l.CostPerUnit, l.Wage, l.HoursPerUnit = headroom.Opt{}, headroom.Some(20), headroom.Some(g.million(20))
			}
			g.c.Labours = append(g.c.Labours, l)
		}
		if g.chance(6) {
			g.c.Energies = append(g.c.Energies, headroom.Energy{
				Plant: q.ID, Carrier: "gas", UsePerCar: g.million(900), BaseLoad: g.million(3000), Price: 0.2, Relief: 0.05, Currency: g.currency(),
			})
		}
		for j := range 1 + g.r.IntN(2) {
			g.c.Lines = append(g.c.Lines, headroom.Line{
				ID: fmt.Sprintf("l%d%d", i, j), Plant: q.ID, Use: headroom.Include, CapacityYear: headroom.Some(float64(1000 * (1 + g.r.IntN(9)))),
				From: g.first(), To: g.end(),
			})
		}
	}
}

func (g *gen) deals() {
	for i := range g.r.IntN(3) {
		a := headroom.Arrangement{
			ID: fmt.Sprintf("d%d", i), Host: oneOf(g, "", "hs"), Guest: oneOf(g, "", "gs"), Status: oneOf(g, headroom.Signed, headroom.MOU, headroom.Talks),
			TermYears: oneOf(g, 0.0, 1, 3, 2.5, 6), EarliestStart: g.first(),
		}
		if !g.dated && a.TermYears == 2.5 {
			a.TermYears = 2
		}
		if a.Status == headroom.MOU {
			g.c.With = append(g.c.With, a.ID)
		}
		g.c.Arrangements = append(g.c.Arrangements, a)
		g.c.Terms = append(g.c.Terms, headroom.Term{Arrangement: a.ID, Kind: headroom.FeePerUnit, Value: g.million(200)})
	}
}

func (g *gen) vehicles() {
	for i := range 1 + g.r.IntN(3) {
		v := headroom.Vehicle{ID: fmt.Sprintf("v%d", i), Maker: oneOf(g, "", "mk"), Use: headroom.Consider, SOP: g.first(), EOP: g.end()}
		g.c.Vehicles = append(g.c.Vehicles, v)
		byUnit := g.chance(3)
		for _, m := range g.c.Markets {
			d := headroom.Demand{
				Vehicle: v.ID, Market: m.ID, Period: "*", Volume: oneOf(g, 0.0, 9000, 9000), PriceNet: headroom.Some(500 + g.million(3000)),
				Currency: g.currency(), LostSale: headroom.Some(g.million(100)),
			}
			if !byUnit {
				d.Contribution = headroom.Some(oneOf(g, -5.0, 5, 20, 60))
			}
			g.c.Demands = append(g.c.Demands, d)
		}
		for _, l := range g.c.Lines {
			for _, content := range []string{"full", "kit"} {
				if g.chance(map[string]int{"full": 7, "kit": 2}[content]) {
					g.place(v.ID, l.ID, content, byUnit)
				}
			}
		}
	}
}

func (g *gen) place(vehicle, line, content string, byUnit bool) {
	k := headroom.VehicleLine{
		Vehicle: vehicle, Line: line, Content: content, Compatible: g.chance(9), RateFactor: 1, Currency: g.currency(),
		RetoolM: headroom.Some(oneOf(g, 0, g.million(4), g.million(4))), ToolingLife: g.life(),
	}
	if g.dated {
		k.Lead = oneOf(g, 0.0, 0, 1.5, 3, 14)
	}
	if content == "kit" {
		k.ContentCost = headroom.Some(g.million(300))
	}
	if byUnit {
		k.UnitMaterial = headroom.Some(g.million(2500))
	}
	switch n := len(g.c.Arrangements); {
	case n > 0 && g.chance(4):
		k.Arrangement = oneOf(g, g.c.Arrangements...).ID
	case g.chance(3):
		k.CommittedFrom, k.CommittedUntil = g.first(), headroom.NewDate(2028, 12, 31)
	}
	g.c.VehicleLines = append(g.c.VehicleLines, k)
}
