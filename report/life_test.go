package report

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"headroom"
)

// exampleLives is a simulation and a stress test; name stands for what a case may call things.
func exampleLives(name, plant string) Options {
	s := &headroom.Simulation{Paths: 1000, Years: 10000, Weeks: 520}
	for i, period := range []string{"2026", "2027", "2028"} {
		n := float64(i)
		s.Series = append(s.Series, headroom.SimRow{
			Series: "output", Of: name, Period: period, Plan: 800e3, Mean: 780e3, Low: 778e3, High: 782e3, P05: 700e3 - 50e3*n, P25: 750e3 - 20e3*n, P50: 780e3, P75: 810e3, P95: 860e3, Paths: 1000,
		})
	}
	s.Targets = []headroom.SimTarget{{Target: name, Period: "2028", Wanted: 1.3e6, High: 0.004, Paths: 1000, Most: 990e3}}
	s.ByYear = s.Targets
	return Options{Simulation: s, StressWeeks: 5, Stress: []headroom.StressRow{
		{Plant: plant, Exposure: 1, NotBuilt: 15000, CaughtUp: 3000, Moved: 1000, Lost: 11000, Sales: 2000, Cash: -1.7e8, TTS: 4},
		{Plant: name, Exposure: 0.1, NotBuilt: 1500, Lost: 1500, Cash: 2e5, TTS: 520},
	}}
}

// TestLives: a page that is asked for lives and stress has a picture of each, well formed, inside its frame, and whatever a
// case calls things; one that is not asked has none.
func TestLives(t *testing.T) {
	t.Parallel()
	c, b := example()
	if page := mustHTML(t, c, b, Options{}); strings.Contains(page, "id=\"lives\"") || strings.Contains(page, "id=\"stress\"") {
		t.Error("a page that was not asked shows lives")
	}
	for _, name := range []string{"UK", hostile, strings.Repeat("a long name ", 30)} {
		page := mustHTML(t, c, b, exampleLives(name, c.Plants[0].ID))
		wellFormed(t, page)
		inside(t, page)
		if n := len(regexp.MustCompile(`<figure[^>]*aria-label="[^"]{20,}"`).FindAllString(page, -1)); n != 10 {
			t.Errorf("%q: %d figures, want 10", name, n)
		}
		for _, r := range page {
			if unicode.Is(turning, r) || r != '\n' && unicode.IsControl(r) {
				t.Errorf("%q: the page has %q", name, r)
			}
		}
		for _, bad := range []string{"NaN", "<script", "ZgotmplZ"} {
			if strings.Contains(page, bad) {
				t.Errorf("%q: the page has %s", name, bad)
			}
		}
	}
	if page := mustHTML(t, c, b, Options{Simulation: &headroom.Simulation{}}); strings.Contains(page, "id=\"lives\"") {
		t.Error("a simulation of no lives is shown")
	}
}
