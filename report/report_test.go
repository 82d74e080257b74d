package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func mustHTML(t testing.TB, c *headroom.Case, b *headroom.Brief, o Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := HTML(&out, c, b, b.Base, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func mustText(t testing.TB, c *headroom.Case, b *headroom.Brief, o Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := Text(&out, c, b, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	c, b := example()
	for _, tt := range []struct{ file, got string }{
		{"example.golden.txt", mustText(t, c, b, Options{})},
		{"terminal.golden.txt", mustText(t, c, b, Options{Terminal: true, Width: 80, Seconds: true})},
		{"example.golden.html", mustHTML(t, c, b, Options{Program: "headroom v0.0.0"})},
	} {
		path := filepath.Join("testdata", tt.file)
		if *update {
			if err := os.WriteFile(path, []byte(tt.got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), tt.got); diff != "" {
			t.Errorf("%s (-want +got; -update rewrites it):\n%s", tt.file, diff)
		}
	}
}

// TestSame shows that the same input gives the same bytes.
func TestSame(t *testing.T) {
	t.Parallel()
	c, b := example()
	html, text := mustHTML(t, c, b, Options{}), mustText(t, c, b, Options{})
	for range 20 {
		c, b := example()
		b.Proof.Seconds = 99
		if mustHTML(t, c, b, Options{}) != html {
			t.Fatal("HTML differs from one run to the next")
		}
		if mustText(t, c, b, Options{}) != text {
			t.Fatal("Text differs from one run to the next")
		}
	}
}

// TestEmpty shows that a brief without a plan, and one without anything, are told and not refused.
func TestEmpty(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]*headroom.Brief{
		"nothing": {},
		"infeasible": {
			Sentence: "There is no plan: infeasible.", Proof: headroom.Proof{Status: headroom.StatusInfeasible},
			Binds: []headroom.Cause{{Cause: "programme", Text: "no vehicle", Units: 10}},
		},
	} {
		c := &headroom.Case{Settings: headroom.Settings{ID: "empty"}}
		if got := mustText(t, c, b, Options{}); !strings.Contains(got, b.Sentence) || !strings.Contains(got, "Proof") {
			t.Errorf("%s: text %q", name, got)
		}
		wellFormed(t, mustHTML(t, c, b, Options{}))
	}
	if err := HTML(io.Discard, nil, nil, nil, Options{}); !errors.Is(err, ErrNoBrief) {
		t.Errorf("HTML of nothing: %v", err)
	}
}

// TestOdd shows that numbers which are not numbers, and pictures of one point, come out as a page.
func TestOdd(t *testing.T) {
	t.Parallel()
	c, b := example()
	b.Output = b.Output[:1]
	b.Output[0].Units = math.NaN()
	b.SupplyCurve = []headroom.SupplyPoint{{Support: 0, Units: new(math.Inf(1))}}
	b.Deals[0].WorthLow, b.Proof.Gap = new(math.Inf(-1)), math.NaN()
	for i := range b.Base.Outputs {
		b.Base.Outputs[i].Units = 0
	}
	page := mustHTML(t, c, b, Options{})
	wellFormed(t, page)
	for _, bad := range []string{"NaN", "Inf"} {
		if strings.Contains(page, bad) || strings.Contains(mustText(t, c, b, Options{}), bad) {
			t.Errorf("%s is written", bad)
		}
	}
}

func TestTextFits(t *testing.T) {
	t.Parallel()
	for _, hostileNames := range []bool{false, true} {
		c, b := example()
		if hostileNames {
			c, b = exampleHostile()
		}
		for _, o := range []Options{{}, {Width: 72}, {Width: 500}, {Terminal: true, Width: 90}} {
			for i, l := range strings.Split(mustText(t, c, b, o), "\n") {
				if n := utf8.RuneCountInString(l); n > o.width() && !hostileNames {
					t.Errorf("width %d: line %d has %d characters: %s", o.Width, i+1, n, l)
				}
				if strings.TrimRight(l, " ") != l {
					t.Errorf("width %d: line %d ends with a blank: %q", o.Width, i+1, l)
				}
			}
		}
	}
}

// TestPlainText shows that a pipe gets no control, box or block characters.
func TestPlainText(t *testing.T) {
	t.Parallel()
	c, b := exampleHostile()
	for _, o := range []Options{{}, {Color: true}} {
		for _, r := range mustText(t, c, b, o) {
			if r != '\n' && unicode.IsControl(r) || r >= 0x2500 && r <= 0x259f || unicode.Is(turning, r) {
				t.Fatalf("a pipe gets %q", r)
			}
		}
	}
	if got := mustText(t, c, b, Options{Terminal: true, Color: true}); !strings.Contains(got, styleBold) || !strings.Contains(got, "█") {
		t.Error("a terminal gets no colour and no blocks")
	}
}

// void are the elements of HTML that have no end tag.
var void = map[string]bool{"meta": true, "br": true, "hr": true, "link": true, "img": true, "input": true}

// wellFormed checks that every tag is closed in order, that no attribute comes twice, and that no id does.
func wellFormed(t testing.TB, page string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict = false
	d.AutoClose = []string{"meta"}
	d.Entity = xml.HTMLEntity
	var open []string
	ids := map[string]bool{}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("page does not parse: %v", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			seen := map[string]bool{}
			for _, a := range e.Attr {
				if seen[a.Name.Local] {
					t.Errorf("<%s> has %s twice", e.Name.Local, a.Name.Local)
				}
				seen[a.Name.Local] = true
				if a.Name.Local == "id" {
					if ids[a.Value] {
						t.Errorf("id %q comes twice", a.Value)
					}
					ids[a.Value] = true
				}
				if strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("<%s> has a handler %s", e.Name.Local, a.Name.Local)
				}
			}
			if !void[e.Name.Local] {
				open = append(open, e.Name.Local)
			}
		case xml.EndElement:
			if void[e.Name.Local] {
				continue
			}
			if len(open) == 0 || open[len(open)-1] != e.Name.Local {
				t.Fatalf("</%s> closes %v", e.Name.Local, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("not closed: %v", open)
	}
	for _, m := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !ids[m[1]] {
			t.Errorf("a link leads to #%s, which is not there", m[1])
		}
	}
}

// TestPage shows that a page is well-formed, loads nothing, and that its pictures have names.
func TestPage(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func() (*headroom.Case, *headroom.Brief){"example": example, "hostile": exampleHostile} {
		c, b := make()
		page := mustHTML(t, c, b, Options{Program: name})
		wellFormed(t, page)
		for _, bad := range []string{"<script", "src=", "@import", "url(", "<link", "<iframe", "javascript:alert(1)\"", "ZgotmplZ"} {
			if strings.Contains(strings.ToLower(page), strings.ToLower(bad)) {
				t.Errorf("%s: the page has %s", name, bad)
			}
		}
		for _, r := range page {
			if unicode.Is(turning, r) || r != '\n' && unicode.IsControl(r) {
				t.Errorf("%s: the page has %q", name, r)
			}
		}
		head, sources, ok := strings.Cut(page, `<ol class="sources">`)
		if !ok || strings.Contains(head, `href="http`) {
			t.Errorf("%s: a link to elsewhere stands outside the list of sources", name)
		}
		for _, a := range regexp.MustCompile(`<a [^>]*href="http[^>]*>`).FindAllString(sources, -1) {
			if !strings.Contains(a, `rel="noreferrer"`) {
				t.Errorf("%s: %s", name, a)
			}
		}
		figures := regexp.MustCompile(`<figure[^>]*>`).FindAllString(page, -1)
		if len(figures) != 8 {
			t.Errorf("%s: %d figures, want 8", name, len(figures))
		}
		named := regexp.MustCompile(`^<figure role="img" aria-label="[^"]{20,}">$`)
		for _, f := range figures {
			if !named.MatchString(f) {
				t.Errorf("%s: a figure without a name: %s", name, f)
			}
		}
		if n := strings.Count(page, `aria-hidden="true" focusable="false"`); n != 2*len(figures) {
			t.Errorf("%s: %d hidden pictures for %d figures", name, n, len(figures))
		}
	}
}

// TestLetters shows that no letter of a picture is smaller than can be read, at the widths at which it is shown.
func TestLetters(t *testing.T) {
	t.Parallel()
	c, b := example()
	page := mustHTML(t, c, b, Options{})
	for _, m := range regexp.MustCompile(`font-size="([0-9.]+)"`).FindAllStringSubmatch(page, -1) {
		if v, err := strconv.ParseFloat(m[1], 64); err != nil || v < 11 {
			t.Errorf("letters of %s", m[1])
		}
	}
}

// TestInside shows that no shape or text of a picture lies outside it.
func TestInside(t *testing.T) {
	t.Parallel()
	c, b := example()
	inside(t, mustHTML(t, c, b, Options{}))
}

// inside reports shapes and texts that lie outside of their picture.
func inside(t *testing.T, page string) {
	t.Helper()
	svg := regexp.MustCompile(`(?s)<svg class="\w+" viewBox="0 0 ([0-9.]+) ([0-9.]+)".*?</svg>`)
	text := regexp.MustCompile(`text-anchor="(\w+)" x="([-0-9.]+)" y="([-0-9.]+)" font-size="([0-9.]+)">([^<]*)<`)
	rect := regexp.MustCompile(`<rect class="[^"]*" x="([-0-9.]+)" y="([-0-9.]+)" width="([-0-9.]+)" height="([-0-9.]+)"`)
	f := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for i, m := range svg.FindAllStringSubmatch(page, -1) {
		w, h := f(m[1]), f(m[2])
		for _, x := range text.FindAllStringSubmatch(m[0], -1) {
			left, size := f(x[2]), f(x[4])
			wide := textWidth(html.UnescapeString(x[5]), size)
			switch x[1] {
			case middle:
				left -= wide / 2
			case end:
				left -= wide
			}
			if left < -2 || left+wide > w+2 || f(x[3]) > h || f(x[3])-size < -2 {
				t.Errorf("picture %d, %g wide: %q lies outside: x %g to %g, y %s", i, w, x[5], left, left+wide, x[3])
			}
		}
		for _, r := range rect.FindAllStringSubmatch(m[0], -1) {
			if f(r[3]) < 0 || f(r[4]) < 0 || f(r[1]) < -1 || f(r[1])+f(r[3]) > w+1 || f(r[2])+f(r[4]) > h+1 {
				t.Errorf("picture %d: a bar lies outside: %s", i, r[0])
			}
		}
	}
}

// TestContrast shows that text has a contrast of 4.5 and what is drawn one of 3 against what it stands on, in both schemes
// (WCAG 2.2, 1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	t.Parallel()
	light, dark, ok := strings.Cut(pageCSS, "prefers-color-scheme: dark")
	if !ok {
		t.Fatal("no dark scheme")
	}
	for name, css := range map[string]string{"light": light, "dark": dark} {
		color := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6})`).FindAllStringSubmatch(css, -1) {
			color[m[1]] = m[2]
		}
		for _, ground := range []string{"page", "plate"} {
			for _, s := range []string{"ink", "muted", "link", "target"} {
				if c := contrast(t, color[s], color[ground]); c < 4.5 {
					t.Errorf("%s: text %s on %s has %.2f", name, s, ground, c)
				}
			}
			for _, s := range []string{"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "mark", "frame-edge"} {
				if c := contrast(t, color[s], color[ground]); c < 3 {
					t.Errorf("%s: %s on %s has %.2f", name, s, ground, c)
				}
			}
			for k := range hues {
				tint := blend(t, color[fmt.Sprintf("c%d", k)], color[ground], 0.24)
				if c := contrast(t, color["ink"], tint); c < 4.5 {
					t.Errorf("%s: text on a bar of c%d has %.2f", name, k, c)
				}
			}
		}
	}
}

func mustColor(t testing.TB, s string) [3]float64 {
	t.Helper()
	var out [3]float64
	if len(s) != 7 {
		t.Fatalf("colour %q", s)
	}
	for i := range out {
		v, err := strconv.ParseUint(s[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = float64(v) / 255
	}
	return out
}

func blend(t testing.TB, over, under string, share float64) string {
	t.Helper()
	a, b := mustColor(t, over), mustColor(t, under)
	var s strings.Builder
	s.WriteString("#")
	for i := range a {
		s.WriteString(fmt.Sprintf("%02x", int(math.Round(255*(share*a[i]+(1-share)*b[i])))))
	}
	return s.String()
}

func contrast(t testing.TB, a, b string) float64 {
	t.Helper()
	light := func(s string) float64 {
		sum := 0.0
		for i, v := range mustColor(t, s) {
			if v <= 0.04045 {
				v /= 12.92
			} else {
				v = math.Pow((v+0.055)/1.055, 2.4)
			}
			sum += v * []float64{0.2126, 0.7152, 0.0722}[i]
		}
		return sum
	}
	x, y := light(a), light(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestTicks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lo, hi float64
		n      int
		want   []float64
	}{
		{0, 1300000, 6, []float64{0, 250000, 500000, 750000, 1000000, 1250000, 1500000}},
		{0, 1, 5, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}},
		{-1193, 1670, 5, []float64{-2000, -1000, 0, 1000, 2000}},
		{0, 0, 4, []float64{0, 0.25, 0.5, 0.75, 1}},
		{5, 5, 5, []float64{0, 1, 2, 3, 4, 5}},
		{3, -3, 3, []float64{-4, -2, 0, 2, 4}},
		{0, 100, 0, []float64{0, 100}},
		{0, math.Inf(1), 4, []float64{0, 1}},
		{math.NaN(), 1, 4, []float64{0, 1}},
	} {
		got := ticks(tt.lo, tt.hi, tt.n)
		if diff := cmp.Diff(tt.want, got, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9*math.Max(1, math.Abs(a)) })); diff != "" {
			t.Errorf("ticks(%g, %g, %d) (-want +got):\n%s", tt.lo, tt.hi, tt.n, diff)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ got, want string }{
		{count(1234567.4), "1,234,567"},
		{count(-1234.5), "−1,234"},
		{count(-0.2), "0"},
		{count(math.NaN()), "–"},
		{thousand(95291), "95k"},
		{thousand(1234), "1.2k"},
		{percent(0.684, 0), "68%"},
		{gap(0), "0%"},
		{gap(2.46e-7), "0.000025%"},
		{gap(0.0021), "0.21%"},
		{gap(1e-12), "less than 0.000001%"},
		{amount(-500, "GBP"), "−£500"},
		{amount(500, "CHF"), "CHF 500"},
		{millions(-12.345e6, "GBP"), "−£12.3m"},
		{millions(0.1234e6, "EUR"), "€0.12m"},
		{millions(1670e6, "USD"), "$1,670m"},
		{plain(0.2533), "0.2533"},
		{plain(1234.567), "1,234.6"},
		{plain(90000), "90,000"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
