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
)

// linkClasses are the classes of what is drawn.
type linkClasses struct{ text, small, link, added, plant, vehicle string }

// linkStyle has the colours of the picture, which stands alone.
const linkStyle = `text{font-family:system-ui,sans-serif;fill:#222}.s{fill:#666}.l{stroke:#3b6ea5;stroke-width:1.4}.a{stroke:#c2571a;stroke-width:2;stroke-dasharray:6 3}.p{fill:#3b6ea5}.v{fill:#5b8c3e}@media(prefers-color-scheme:dark){text{fill:#ddd}.s{fill:#999}}`

// LinksSVG writes the picture as a file of its own, the same bytes for the same picture. The side of fewer is spread over the height of the other.
// A failure to write shows in w.
func LinksSVG(w io.Writer, p LinkPicture) {
	v := &canvas{layout: wide}
	v.text("", start, 8, 24, 16, p.Title)
	h := p.draw(v, linkTop, linkClasses{"", "s", "l", "a", "p", "v"})
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img"><title>%s</title><style>%s</style>%s</svg>`+"\n", //nolint:errcheck // shows in w
		xy(v.w), xy(h), escape(p.Title), linkStyle, v.b.String())
}

// draw draws the picture below top and returns its height. The heads of the two sides stand above top.
func (p LinkPicture) draw(v *canvas, top float64, class linkClasses) float64 {
	left, right := 250.0, 610.0
	if v.narrow {
		left, right = 0.38*v.w, 0.62*v.w
	}
	n := max(len(p.Plants), len(p.Vehicles), 1)
	at := func(i, of int) float64 {
		return top + linkPitch*(float64(i)+0.5)*float64(n)/float64(max(of, 1))
	}
	v.text(class.small, end, left-14, top-18, v.small, "plant, capacity")
	v.text(class.small, start, right+14, top-18, v.small, "vehicle, demand")
	for _, added := range []bool{false, true} {
		for _, l := range p.Links {
			if l.Added == added {
				line := class.link
				if added {
					line = class.added
				}
				v.line(line, left, at(l.Plant, len(p.Plants)), right, at(l.Vehicle, len(p.Vehicles)))
			}
		}
	}
	for i, name := range p.Plants {
		y := at(i, len(p.Plants))
		v.dot(class.plant, left, y, 5)
		v.text(class.text, end, left-14, y+4, v.small, named(name, p.Capacity[i], left-20, v.small))
	}
	for i, name := range p.Vehicles {
		y := at(i, len(p.Vehicles))
		v.dot(class.vehicle, right, y, 5)
		v.text(class.text, start, right+14, y+4, v.small, named(name, p.Demand[i], v.w-right-20, v.small))
	}
	return top + linkPitch*float64(n) + 16
}

// named is a name with its volume; where there is no room for both the name is cut.
func named(name string, volume, w, size float64) string {
	v := ", " + count(volume)
	return squeeze(name, w-textWidth(v, size), size) + v
}
