package report

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layout is how wide a picture is and how large its letters. Each picture is drawn twice, and the page shows the one that fits
// its width, so that letters are never scaled below what can be read.
type layout struct {
	w      float64
	narrow bool
	size   float64 // of letters
	small  float64
}

var (
	wide   = layout{w: 860, size: 13, small: 12}
	narrow = layout{w: 360, narrow: true, size: 12.5, small: 12}
)

// hues is how many colours there are; what needs more starts again.
const hues = 8

// canvas is an SVG under way. Colours are classes, so that the page's light and dark scheme hold within it.
type canvas struct {
	b strings.Builder
	layout
}

// xy writes a coordinate: one decimal at most, the same on every machine. What has no place is put at 0.
func xy(v float64) string {
	if !finite(v) {
		return "0"
	}
	s := strconv.FormatFloat(v, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

func (v *canvas) rect(class string, x, y, w, h float64) {
	if w < 0 {
		x, w = x+w, -w
	}
	fmt.Fprintf(&v.b, `<rect class="%s" x="%s" y="%s" width="%s" height="%s"/>`, class, xy(x), xy(y), xy(w), xy(h))
}

func (v *canvas) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(&v.b, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, class, xy(x1), xy(y1), xy(x2), xy(y2))
}

func (v *canvas) dot(class string, x, y, r float64) {
	fmt.Fprintf(&v.b, `<circle class="%s" cx="%s" cy="%s" r="%s"/>`, class, xy(x), xy(y), xy(r))
}

// diamond is a square on its tip.
func (v *canvas) diamond(class string, x, y, r float64) {
	v.polygon(class, x, y-r, x+r, y, x, y+r, x-r, y)
}

func (v *canvas) polygon(class string, p ...float64) {
	fmt.Fprintf(&v.b, `<polygon class="%s" points="%s"/>`, class, points(p))
}

func (v *canvas) polyline(class string, p ...float64) {
	fmt.Fprintf(&v.b, `<polyline class="%s" points="%s"/>`, class, points(p))
}

func points(p []float64) string {
	var s []string
	for i := 0; i+1 < len(p); i += 2 {
		s = append(s, xy(p[i])+","+xy(p[i+1]))
	}
	return strings.Join(s, " ")
}

// Where a text stands relative to its point.
const (
	start  = "start"
	middle = "middle"
	end    = "end"
)

// text writes s with its base line at y.
func (v *canvas) text(class, anchor string, x, y, size float64, s string) {
	fmt.Fprintf(&v.b, `<text class="%s" text-anchor="%s" x="%s" y="%s" font-size="%s">%s</text>`, class, anchor, xy(x), xy(y), xy(size), escape(s))
}

// escape is text that is safe within an SVG element. Direction marks are gone already (see clean).
func escape(s string) string { return template.HTMLEscapeString(clean(s)) }

// done is the picture, h high. It is hidden from screen readers, who get the label and the table of its figure.
func (v *canvas) done(h float64) template.HTML {
	class := "wide"
	if v.narrow {
		class = "narrow"
	}
	// every text in it went through escape
	return template.HTML(fmt.Sprintf(`<svg class="%s" viewBox="0 0 %s %s" aria-hidden="true" focusable="false">%s</svg>`, class, xy(v.w), xy(h), v.b.String()))
}

// textWidth is about how wide a text is, rather more than less, in the sans-serif letters that browsers have.
func textWidth(s string, size float64) float64 {
	sum := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("iljtf.,:;'|!()[] ", r):
			sum += 0.36
		case strings.ContainsRune("mwMW%@—", r):
			sum += 0.9
		case r >= 0x1100:
			sum += 1.02
		case unicode.IsUpper(r):
			sum += 0.7
		default:
			sum += 0.64
		}
	}
	return sum * size
}

// squeeze is s, cut where it is wider than w.
func squeeze(s string, w, size float64) string {
	if textWidth(s, size) <= w {
		return s
	}
	for n := utf8.RuneCountInString(s) - 1; n > 0; n-- {
		if t := cut(s, n); textWidth(t, size) <= w {
			return t
		}
	}
	return ""
}

// key is one entry of a legend.
type key struct {
	class, text string
	shape       string // square, line, diamond, ring, triangle, outline
}

// legend writes keys in rows from the left and returns where the rows end.
func (v *canvas) legend(y float64, keys []key) float64 {
	x, row := 0.0, v.size+8
	for _, k := range keys {
		text := squeeze(k.text, v.w-24, v.small)
		w := 20 + textWidth(text, v.small)
		if x > 0 && x+w > v.w {
			x, y = 0, y+row
		}
		mid := y + row/2 - 1
		switch k.shape {
		case "line":
			v.line(k.class, x, mid, x+14, mid)
		case "diamond":
			v.diamond(k.class, x+7, mid, 5)
		case "ring":
			v.dot(k.class, x+7, mid, 4.5)
		case "triangle":
			v.polygon(k.class, x+3, mid-5, x+11, mid, x+3, mid+5)
		case "tick":
			v.line(k.class, x+7, mid-7, x+7, mid+7)
		default:
			v.rect(k.class, x+1, mid-6, 12, 12)
		}
		v.text("t", start, x+20, mid+v.small*0.35, v.small, text)
		x += w + 16
	}
	return y + row + 4
}

// scale turns values from lo…hi into positions from a to b.
type scale struct{ lo, hi, a, b float64 }

func (s scale) at(v float64) float64 { return s.a + (v-s.lo)/(s.hi-s.lo)*(s.b-s.a) }

// axis is a scale whose ends are ticks, with the ticks.
func axis(lo, hi float64, n int, a, b float64) (scale, []float64) {
	t := ticks(lo, hi, n)
	return scale{lo: t[0], hi: t[len(t)-1], a: a, b: b}, t
}

// over is a text that stands out where lines pass behind it.
const over = " halo"

// hue is the class of the i-th colour.
func hue(i int) string { return "c" + strconv.Itoa(i%hues) }
