package report

import (
	"bytes"
	"math"
	"strings"
	"unicode/utf8"
)

// screen is a text under way: headings, paragraphs and aligned columns of at most w characters.
type screen struct {
	b bytes.Buffer
	o Options
	w int

	tight bool // columns are apart by one blank, not two
}

// column says how a column of a table stands. A flexible one gives way where the table is too wide.
type column struct {
	head  string
	right bool
	flex  bool
}

// gutter is between two columns; margin before the first.
const (
	gutter = "  "
	margin = "  "
)

func (s *screen) gutter() string {
	if s.tight {
		return gutter[1:]
	}
	return gutter
}

// Codes that a terminal understands.
const (
	styleBold = "\x1b[1m"
	styleDim  = "\x1b[2m"
	styleBlue = "\x1b[34m"
	styleOff  = "\x1b[0m"
)

func (s *screen) style(code, text string) string {
	if !s.o.Color || !s.o.Terminal || text == "" {
		return text
	}
	return code + text + styleOff
}

// line writes a line without blanks at its end.
func (s *screen) line(text string) {
	s.b.WriteString(strings.TrimRight(text, " "))
	s.b.WriteByte('\n')
}

// heading begins a part, with what its words mean behind it.
func (s *screen) heading(title, means string) {
	s.line("")
	rest := s.w - utf8.RuneCountInString(title) - 2
	lines := wrap(means, rest)
	if len(lines) > 1 {
		lines = wrap(means, s.w-len(margin))
		s.line(s.style(styleBold, title))
		for _, l := range lines {
			s.line(margin + s.style(styleDim, l))
		}
		return
	}
	text := s.style(styleBold, title)
	if means != "" {
		text += gutter + s.style(styleDim, means)
	}
	s.line(text)
}

// paragraph writes text in lines that fit, each after indent.
func (s *screen) paragraph(text, indent string) {
	for _, l := range wrap(text, s.w-utf8.RuneCountInString(indent)) {
		s.line(indent + l)
	}
}

// table writes rows below their heads. A cell that is not there is empty.
func (s *screen) table(columns []column, rows [][]string) {
	widths := s.widths(columns, rows)
	var head []string
	for _, c := range columns {
		head = append(head, c.head)
	}
	if strings.Join(head, "") != "" {
		s.line(margin + s.style(styleDim, strings.TrimRight(s.fit(columns, widths, head), " ")))
	}
	for _, r := range rows {
		s.line(margin + s.fit(columns, widths, r))
	}
}

// widths are the columns' widths, the flexible ones made narrower, the widest first, until a row fits.
func (s *screen) widths(columns []column, rows [][]string) []int {
	widths := make([]int, len(columns))
	total := len(margin) + len(s.gutter())*(len(columns)-1)
	for i, c := range columns {
		widths[i] = utf8.RuneCountInString(c.head)
		for _, r := range rows {
			if i < len(r) {
				widths[i] = max(widths[i], utf8.RuneCountInString(r[i]))
			}
		}
		total += widths[i]
	}
	for total > s.w {
		widest := -1
		for i, c := range columns {
			if c.flex && widths[i] > 8 && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
		total--
	}
	return widths
}

func (s *screen) fit(columns []column, widths []int, cells []string) string {
	var out []string
	for i, c := range columns {
		text := ""
		if i < len(cells) {
			text = cut(cells[i], widths[i])
		}
		pad := strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(text)))
		if c.right {
			out = append(out, pad+text)
		} else {
			out = append(out, text+pad)
		}
	}
	return strings.Join(out, s.gutter())
}

// cut is text in at most n characters, with an ellipsis where something is left out.
func cut(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	r := []rune(text)
	return strings.TrimRight(string(r[:max(0, n-1)]), " ,") + "…"
}

// wrap is text in lines of at most n characters, broken between words; a longer word has a line of its own.
func wrap(text string, n int) []string {
	var lines []string
	line, used := "", 0
	for word := range strings.FieldsSeq(text) {
		k := utf8.RuneCountInString(word)
		if line != "" && used+1+k > n {
			lines = append(lines, line)
			line, used = "", 0
		}
		if line != "" {
			line += " "
			used++
		}
		line += word
		used += k
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// blocks are bars of one eighth to eight eighths of a character.
var blocks = []rune("▏▎▍▌▋▊▉█")

// bar is a share of n characters, drawn; a mark stands at the share of mark where that is within and above 0.
func (s *screen) bar(share, mark float64, n int) string {
	if !finite(share) {
		return ""
	}
	share = math.Min(math.Max(share, 0), 1)
	cells := []rune(strings.Repeat(" ", n))
	if s.o.Terminal {
		eighths := int(math.Round(share * float64(8*n)))
		for i := range eighths / 8 {
			cells[i] = '█'
		}
		if rest := eighths % 8; rest > 0 {
			cells[eighths/8] = blocks[rest-1]
		}
	} else {
		for i := range int(math.Round(share * float64(n))) {
			cells[i] = '#'
		}
	}
	if at := int(math.Round(mark*float64(n))) - 1; mark > 0 && at < n {
		if at = max(at, 0); cells[at] == ' ' {
			cells[at] = '|'
		}
	}
	return strings.TrimRight(string(cells), " ")
}
