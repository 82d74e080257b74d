package report

import "html/template"

// figure is a picture in two widths with what it says in words and in numbers.
type figure struct {
	N            int
	Title        string
	Label        string // for those who do not see it
	Note         []span
	Marks        []mark // of the numbers of its table
	Wide, Narrow template.HTML
	Table        grid
}

// draw makes both widths of a picture.
func (f *figure) draw(picture func(l layout) template.HTML) *figure {
	f.Wide, f.Narrow = picture(wide), picture(narrow)
	return f
}

// rows is the frame of a picture with one bar a row and a horizontal axis below: where labels and bars stand.
type rows struct {
	*canvas
	labels   float64 // width of the column of labels; 0: a label stands above its bar
	left, to float64 // of the bars
	top      float64 // of the first row
	pitch    float64 // from row to row
	bar      float64 // height of a bar
}

// newRows makes a frame below top. Labels get at most most of the width; right is kept for what stands behind the bars.
func newRows(v *canvas, top float64, labels []string, most, right float64) *rows {
	r := &rows{canvas: v, top: top, bar: 18, pitch: 30, to: v.w - right}
	if v.narrow {
		r.pitch = 44
		r.left = 6
		return r
	}
	for _, s := range labels {
		r.labels = max(r.labels, textWidth(s, v.size))
	}
	r.labels = min(r.labels, most)
	r.left = r.labels + 12
	return r
}

// y is where the bar of the i-th row begins.
func (r *rows) y(i int) float64 {
	y := r.top + float64(i)*r.pitch
	if r.narrow {
		return y + 20
	}
	return y + (r.pitch-r.bar)/2
}

// label writes the label of the i-th row; aside is more that stands behind it where labels stand above.
func (r *rows) label(i int, s string) {
	if r.narrow {
		r.text("t"+over, start, 0, r.y(i)-5, r.size, squeeze(s, r.w, r.size))
		return
	}
	r.text("t", end, r.labels, r.y(i)+r.bar/2+r.size*0.35, r.size, squeeze(s, r.labels, r.size))
}

// bottom is where n rows end.
func (r *rows) bottom(n int) float64 { return r.top + float64(n)*r.pitch }

// grid draws the ticks of a horizontal axis from top to bottom, their texts below, and the axis' title; it returns where that ends.
func (r *rows) grid(s scale, ticks []float64, n int, text func(float64) string, title string) float64 {
	bottom := r.bottom(n) + 4
	taken := -1e9
	for _, t := range ticks {
		x := s.at(t)
		class := "gr"
		if t == 0 {
			class = "zero"
		}
		r.line(class, x, r.top-2, x, bottom)
		label := text(t)
		half := textWidth(label, r.small) / 2
		at := min(max(x, half), r.w-half)
		if at-half < taken+6 {
			continue
		}
		r.text("tm", middle, at, bottom+r.small+3, r.small, label)
		taken = at + half
	}
	r.text("tm", end, r.w, bottom+2*r.small+9, r.small, squeeze(title, r.w, r.small))
	return bottom + 2*r.small + 15
}
