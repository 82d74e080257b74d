package cli

import (
	"slices"

	"headroom/report"
)

// savedEstimate is a mean with its interval.
type savedEstimate struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"ci95_low"`
	High float64 `json:"ci95_high"`
}

// savedLinks are the tables of an answer about links.
type savedLinks struct {
	Plants []struct {
		Plant    string  `json:"plant"`
		Capacity float64 `json:"capacity"`
	} `json:"plant"`
	Vehicles []struct {
		Vehicle string  `json:"vehicle"`
		Demand  float64 `json:"demand"`
	} `json:"vehicle"`
	Links []struct {
		Plant   string `json:"plant"`
		Vehicle string `json:"vehicle"`
		State   string `json:"state"`
	} `json:"link"`
	Gains []report.LinkGain `json:"link_gain"`
}

// links is what a report shows of a saved answer about links.
func (s *savedLives) links() *report.LinkAnswer {
	r := s.Result
	a := &report.LinkAnswer{Period: r.Period, Unit: r.GainUnit, Scenarios: r.Scenarios, Sales: r.Sales.Mean, Low: r.Sales.Low, High: r.Sales.High, Full: r.Full.Mean, Gains: r.Tables.Gains}
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
