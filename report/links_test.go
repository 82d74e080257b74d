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
