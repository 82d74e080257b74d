package report

import (
	"fmt"
	"io"
)

// LinkPicture is plants on the left, vehicles on the right, and links between them.
type LinkPicture struct {
	Title    string
	Plants   []string
	Capacity []float64 // of each plant
	Vehicles []string
	Demand   []float64 // of each vehicle
	Links    []PictureLink
}

// PictureLink is a link; one that was added is drawn dashed.
type PictureLink struct {
	Plant, Vehicle int
	Added          bool
}

// Sizes of the picture of links.
const (
	linkPitch = 24.0
	linkTop   = 64.0
	linkLeft  = 250.0
	linkRight = 610.0
)

// linkStyle has the colours of the picture, which stands alone.
const linkStyle = `text{font-family:system-ui,sans-serif;fill:#222}.s{fill:#666}.l{stroke:#3b6ea5;stroke-width:1.4}.a{stroke:#c2571a;stroke-width:2;stroke-dasharray:6 3}.p{fill:#3b6ea5}.v{fill:#5b8c3e}@media(prefers-color-scheme:dark){text{fill:#ddd}.s{fill:#999}}`

// LinksSVG writes the picture as a file of its own, the same bytes for the same picture. The side of fewer is spread over the height of the other.
// A failure to write shows in w.
func LinksSVG(w io.Writer, p LinkPicture) {
	v := &canvas{layout: wide}
	n := max(len(p.Plants), len(p.Vehicles), 1)
	h := linkTop + linkPitch*float64(n) + 16
	at := func(i, of int) float64 {
		return linkTop + linkPitch*(float64(i)+0.5)*float64(n)/float64(max(of, 1))
	}
	v.text("", start, 8, 24, 16, p.Title)
	v.text("s", end, linkLeft-14, 46, v.small, "plant, capacity")
	v.text("s", start, linkRight+14, 46, v.small, "vehicle, demand")
	for _, added := range []bool{false, true} {
		for _, l := range p.Links {
			if l.Added == added {
				class := "l"
				if added {
					class = "a"
				}
				v.line(class, linkLeft, at(l.Plant, len(p.Plants)), linkRight, at(l.Vehicle, len(p.Vehicles)))
			}
		}
	}
	for i, name := range p.Plants {
		y := at(i, len(p.Plants))
		v.dot("p", linkLeft, y, 5)
		v.text("", end, linkLeft-14, y+4, v.small, squeeze(name+", "+count(p.Capacity[i]), linkLeft-20, v.small))
	}
	for i, name := range p.Vehicles {
		y := at(i, len(p.Vehicles))
		v.dot("v", linkRight, y, 5)
		v.text("", start, linkRight+14, y+4, v.small, squeeze(name+", "+count(p.Demand[i]), v.w-linkRight-20, v.small))
	}
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img"><title>%s</title><style>%s</style>%s</svg>`+"\n", //nolint:errcheck // shows in w
		xy(v.w), xy(h), escape(p.Title), linkStyle, v.b.String())
}
