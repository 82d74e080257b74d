package report

import (
	"fmt"
	"html/template"
)

// LinkAnswer is a saved answer of flex as HTML shows it. Plants and vehicles of the picture are keys of the case.
type LinkAnswer struct {
	Picture          LinkPicture
	Period           string
	Unit             string // of the gains: vehicles, or a currency
	Scenarios        int
	Sales, Low, High float64 // expected, with its 95 % interval
	Full             float64 // expected sales at full flexibility
	Gains            []LinkGain
}

// LinkGain is what one link more would add, best first, with its 95 % interval.
type LinkGain struct {
	Plant   string  `json:"plant"`
	Vehicle string  `json:"vehicle"`
	Gain    float64 `json:"gain"`
	Low     float64 `json:"ci95_low"`
	High    float64 `json:"ci95_high"`
	Row     string  `json:"row"` // empty: vehicle_line does not have the pair; yes; else the deal that the link takes
}

// mostNext is how many links more are shown.
const mostNext = 15

// linkPart shows plants, vehicles and links, and which link to add next.
func (r *page) linkPart() part {
	a := r.o.Links
	if a == nil {
		return part{}
	}
	p := a.Picture
	p.Plants, p.Vehicles = shortNames(r.n.plant, p.Plants), shortNames(r.n.vehicle, p.Vehicles)
	f := &figure{
		Title: "Which plant can build what, period " + clean(a.Period),
		Note:  words("Behind a plant is its capacity, behind a vehicle its demand. A dashed link was added by the question."),
		Label: fmt.Sprintf("%d plants, %d vehicles and %d links between them.", len(p.Plants), len(p.Vehicles), len(p.Links)),
		Table: grid{Caption: "Links", Head: []head{{"Plant", false}, {"Vehicle", false}}},
	}
	for _, l := range p.Links {
		f.Table.add(cell{Text: of(r.n.plant, a.Picture.Plants[l.Plant])}, cell{Text: of(r.n.vehicle, a.Picture.Vehicles[l.Vehicle])})
	}
	f.draw(func(l layout) template.HTML {
		v := &canvas{layout: l}
		return v.done(p.draw(v, 36, linkClasses{"t", "tm", "link", "next", "c1", "c2"}))
	})
	return part{
		ID: "links", Title: "What links are worth before demand is known", Figures: figures(f), Tables: tables(r.nextLinks(a)),
		Text: words(fmt.Sprintf("In %s scenarios of demand these links sell %s vehicles on average (%s to %s), where every plant built every vehicle %s. The numbers rest on demand, capacity and the spreads in the table uncertain.",
			count(float64(a.Scenarios)), count(a.Sales), count(a.Low), count(a.High), count(a.Full))),
	}
}

// shortNames are the short names of keys.
func shortNames(m map[string]string, keys []string) []string {
	var out []string
	for _, k := range keys {
		out = append(out, short(of(m, k)))
	}
	return out
}

// nextLinks is a table of links that would add something, those that vehicle_line knows.
func (r *page) nextLinks(a *LinkAnswer) grid {
	text := count
	unit := "vehicles"
	if a.Unit != unit {
		text = func(v float64) string { return decimals(v/1e6, 2) }
		unit = clean(a.Unit) + " m of margin"
	}
	g := grid{
		Caption: "What one link more would add in the period, " + unit,
		Head:    []head{{"Plant", false}, {"Vehicle", false}, {"Gain", true}, {"From", true}, {"To", true}, {"It takes", false}},
	}
	for _, x := range a.Gains {
		if x.Row == "" || len(g.Rows) == mostNext {
			continue
		}
		takes := "tooling"
		if x.Row != "yes" {
			takes = of(r.n.deal, x.Row)
		}
		g.add(cell{Text: of(r.n.plant, x.Plant)}, cell{Text: of(r.n.vehicle, x.Vehicle)}, cell{Text: text(x.Gain)}, cell{Text: text(x.Low)}, cell{Text: text(x.High)}, cell{Text: takes})
	}
	return g
}
