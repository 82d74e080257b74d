package bench

import (
	"fmt"
	"math/rand/v2"

	"headroom"
)

// LargeSize says how large a generated case is.
type LargeSize struct {
	Plants, Vehicles, Markets, Regions, Years int
	PlacesEach                                int // lines that can build a vehicle
}

// Million is a case whose programme has about a million columns and a million rows.
var Million = LargeSize{Plants: 200, Vehicles: 200, Markets: 48, Regions: 12, Years: 10, PlacesEach: 10}

// Large makes a case of a size: each plant has one line and belongs to a region, each vehicle is sold in every market and can be
// built in several plants, and vehicles pay freight and duty between regions, with a preference between some. The same size
// gives the same case.
func Large(s LargeSize) *headroom.Case {
	g := &generator{LargeSize: s, rnd: rand.New(rand.NewPCG(1, 2)), c: &headroom.Case{}}
	g.c.Settings = headroom.Settings{
		ID: "large", Title: "A large case", BaseCurrency: "EUR", PriceYear: 2026, DiscountRate: 6,
		TerminalRule: headroom.TerminalResidual,
		HorizonFrom:  headroom.NewDate(2026, 1, 1), HorizonTo: headroom.NewDate(2025+s.Years, 12, 31),
	}
	for y := range s.Years {
		g.c.Periods = append(g.c.Periods, headroom.Period{
			ID: fmt.Sprint(2026 + y), From: headroom.NewDate(2026+y, 1, 1), To: headroom.NewDate(2026+y, 12, 31),
		})
	}
	g.addRegions()
	g.addPlants()
	g.addVehicles()
	return g.c
}

type generator struct {
	LargeSize
	rnd *rand.Rand
	c   *headroom.Case
}

// between is a number from a range, in steps of a thousandth of it.
func (g *generator) between(low, high float64) float64 {
	return low + (high-low)*float64(g.rnd.IntN(1001))/1000
}

func (g *generator) region(i int) string { return fmt.Sprintf("r%02d", i%g.Regions+1) }

func (g *generator) addRegions() {
	for i := range g.Regions {
		g.c.Regions = append(g.c.Regions, headroom.Region{ID: g.region(i), Territory: g.region(i)})
		g.c.Duties = append(g.c.Duties, headroom.Duty{
			ID: "mfn-" + g.region(i), Importer: g.region(i), Origin: "*", Powertrain: "*", Maker: "*", Layer: headroom.MFN,
			AdValorem: 10,
		})
		if i > 0 {
			g.c.Duties = append(g.c.Duties, headroom.Duty{
				ID: "pref-" + g.region(i), Importer: g.region(i), Origin: g.region(i - 1), Powertrain: "*", Maker: "*",
				Layer: headroom.Preferential, Agreement: "agreement",
			})
		}
		for j := range g.Regions {
			if i != j {
				g.c.Lanes = append(g.c.Lanes, headroom.Lane{
					Origin: g.region(i), Destination: g.region(j), Use: headroom.Include, Cost: headroom.Some(g.between(300, 1500)),
				})
			}
		}
	}
	for i := range g.Markets {
		g.c.Markets = append(g.c.Markets, headroom.Market{ID: fmt.Sprintf("m%03d", i+1), Region: g.region(i)})
	}
	g.c.Orgs = append(g.c.Orgs, headroom.Org{ID: "maker"})
}

func (g *generator) addPlants() {
	for i := range g.Plants {
		id := fmt.Sprintf("p%04d", i+1)
		g.c.Plants = append(g.c.Plants, headroom.Plant{
			ID: id, Owner: "maker", Region: g.region(i), Use: headroom.Include, InitialState: headroom.Operating,
			FixedOpenM: headroom.Some(g.between(50, 150)), MaxMothball: 3, MothballShare: 20,
		})
		g.c.Lines = append(g.c.Lines, headroom.Line{
			ID: id + "-1", Plant: id, Use: headroom.Include, CapacityYear: headroom.Some(g.between(100e3, 300e3)), Availability: 100,
		})
		g.c.Labours = append(g.c.Labours, headroom.Labour{Plant: id, CostPerUnit: headroom.Some(g.between(800, 2500))})
	}
}

func (g *generator) addVehicles() {
	for i := range g.Vehicles {
		id := fmt.Sprintf("v%04d", i+1)
		g.c.Vehicles = append(g.c.Vehicles, headroom.Vehicle{ID: id, Maker: "maker", Powertrain: "BEV", Use: headroom.Include})
		first := g.rnd.IntN(g.Plants)
		for k := range g.PlacesEach {
			row := headroom.VehicleLine{
				Vehicle: id, Line: g.c.Lines[(first+k*7)%g.Plants].ID, Content: "full", Compatible: true, RateFactor: 1,
				RetoolM: headroom.Some(g.between(20, 200)), Ramp: []float64{60},
			}
			if k%3 == 0 {
				row.Qualifies = []string{"agreement"}
			}
			g.c.VehicleLines = append(g.c.VehicleLines, row)
		}
		price := g.between(15e3, 60e3)
		for j := range g.Markets {
			g.c.Demands = append(g.c.Demands, headroom.Demand{
				Vehicle: id, Market: g.c.Markets[j].ID, Period: "*", Volume: g.between(200, 6000),
				PriceNet: headroom.Some(price), Contribution: headroom.Some(g.between(15, 30)), CustomsValue: "100%",
			})
		}
	}
}
