package cli

import (
	"slices"

	"headroom/document"
	"headroom/report"
)

// linkAnswer is what a report shows of a saved answer about links.
func linkAnswer(r *document.LinksRun) *report.LinkAnswer {
	a := &report.LinkAnswer{Period: r.Period, Unit: r.GainUnit, Scenarios: r.Scenarios, Sales: r.Sales.Mean, Low: r.Sales.Low, High: r.Sales.High, Full: r.Full.Mean}
	for _, g := range r.Tables.Gains {
		a.Gains = append(a.Gains, report.LinkGain{Plant: g.Plant, Vehicle: g.Vehicle, Gain: g.Gain, Low: g.Low, High: g.High, Row: g.Row})
	}
	p := &a.Picture
	for _, x := range r.Tables.Plants {
		p.Plants, p.Capacity = append(p.Plants, x.Plant), append(p.Capacity, x.Capacity)
	}
	for _, x := range r.Tables.Vehicles {
		p.Vehicles, p.Demand = append(p.Vehicles, x.Vehicle), append(p.Demand, x.Demand)
	}
	for _, l := range r.Tables.Links {
		at, of := slices.Index(p.Plants, l.Plant), slices.Index(p.Vehicles, l.Vehicle)
		if at >= 0 && of >= 0 {
			p.Links = append(p.Links, report.PictureLink{Plant: at, Vehicle: of, Added: l.State == "added"})
		}
	}
	return a
}
