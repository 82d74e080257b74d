package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// TestLinksSVG holds that the picture is well-formed, has every link and name once, and lets no name out of its text.
func TestLinksSVG(t *testing.T) {
	t.Parallel()
	p := LinkPicture{
		Title: "A <title> & more", Plants: []string{"north", "<script>"}, Capacity: []float64{100, 2000},
		Vehicles: []string{"hatch", "suv", "van"}, Demand: []float64{1, 2, 3},
		Links: []PictureLink{{0, 0, false}, {1, 2, true}, {0, 1, false}},
	}
	var b, again bytes.Buffer
	LinksSVG(&b, p)
	LinksSVG(&again, p)
	s := b.String()
	if s != again.String() {
		t.Error("not the same bytes")
	}
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(s, `<line class="l"`); n != 2 {
		t.Errorf("%d links", n)
	}
	if n := strings.Count(s, `<line class="a"`); n != 1 {
		t.Errorf("%d links that were added", n)
	}
	if strings.Contains(s, "<script>") || !strings.Contains(s, "&lt;script&gt;, 2,000") {
		t.Error(s)
	}
	LinksSVG(io.Discard, LinkPicture{})
}

// TestLinkPart: a page that is asked for links has their picture, well formed and inside its frame, whatever a case calls things,
// and a table of the links that vehicle_line knows; one that is not asked has none.
func TestLinkPart(t *testing.T) {
	t.Parallel()
	c, b := example()
	if page := mustHTML(t, c, b, Options{}); strings.Contains(page, `id="links"`) {
		t.Error("a page that was not asked shows links")
	}
	for _, name := range []string{"van", hostile, strings.Repeat("a long name ", 30)} {
		a := &LinkAnswer{
			Period: "2030", Unit: "GBP", Scenarios: 2048, Sales: 1.8e6, Low: 1.79e6, High: 1.81e6, Full: 1.9e6,
			Picture: LinkPicture{Plants: []string{c.Plants[0].ID, name}, Capacity: []float64{1e5, 2e5}, Vehicles: []string{name}, Demand: []float64{9e4}, Links: []PictureLink{{0, 0, false}, {1, 0, true}}},
			Gains:   []LinkGain{{name, name, 107.3e6, 106.9e6, 107.7e6, "yes"}, {name, "unknown-pair", 9e8, 9e8, 9e8, ""}},
		}
		page := mustHTML(t, c, b, Options{Links: a})
		wellFormed(t, page)
		inside(t, page)
		for _, want := range []string{`id="links"`, `<line class="link"`, `<line class="next"`, "107.30", "1,900,000", "GBP m of margin"} {
			if !strings.Contains(page, want) {
				t.Errorf("%.10s: no %s", name, want)
			}
		}
		if strings.Contains(page, "unknown-pair") {
			t.Error("a pair that nobody has named is told as a link to add")
		}
	}
}
