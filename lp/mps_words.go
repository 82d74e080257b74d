package lp

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// word is a word of a line and the byte it starts at. The text is part of the whole file's: what is kept must be cloned.
type word struct {
	text string
	at   int
}

// splitWords splits a line at blanks.
func splitWords(dst []word, line string) []word {
	for i := 0; i < len(line); {
		if isBlank(line[i]) {
			i++
			continue
		}
		start := i
		for i < len(line) && !isBlank(line[i]) {
			i++
		}
		dst = append(dst, word{line[start:i], start})
	}
	return dst
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f' }

// The six fields of a line in fixed format, as byte ranges.
var mpsFields = [6][2]int{{1, 3}, {4, 12}, {14, 22}, {24, 36}, {39, 47}, {49, 61}}

// splitFixed cuts a line at the positions of fixed format and returns the words a free-format line of the section would
// have: a blank set name is kept as an empty word.
func splitFixed(dst []word, line string, section mpsSection) []word {
	var f [6]word
	last := 0
	for k, pos := range mpsFields {
		if pos[0] >= len(line) {
			break
		}
		raw := line[pos[0]:min(pos[1], len(line))]
		text := strings.TrimSpace(raw)
		f[k] = word{text, pos[0] + len(raw) - len(strings.TrimLeft(raw, " \t"))}
		if len(text) > 0 {
			last = k + 1
		}
	}
	switch section {
	case mpsRows:
		return append(dst, f[0], f[1])
	case mpsBounds:
		return append(dst, f[:max(min(last, 4), 3)]...)
	case mpsColumns, mpsRHS, mpsRanges:
		return append(dst, f[1:max(last, 4)]...)
	default:
		return splitWords(dst, line)
	}
}

// isFixedMPS reports whether names contain blanks, so that the file can only be in fixed format: a line of ROWS has more
// than two words, or a line of COLUMNS other than three or five, and its fields start where they do in fixed format.
func isFixedMPS(text string) bool {
	in := ""
	for line := range strings.Lines(text) {
		if len(line) == 0 || line[0] == '*' || strings.TrimSpace(line) == "" {
			continue
		}
		if !isBlank(line[0]) {
			head, _, _ := strings.Cut(strings.TrimSpace(line[:min(len(line), 16)]), " ")
			switch {
			case head == "ROWS" || head == "COLUMNS":
				in = head
			case in != "":
				return false // the next section, or a line that is not indented
			}
			continue
		}
		n := countWords(line)
		if in == "ROWS" && n > 2 || in == "COLUMNS" && n != 3 && n != 5 {
			return fitsFixed(line)
		}
	}
	return false
}

// fitsFixed reports whether nothing but blanks stands between the fields of fixed format.
func fitsFixed(line string) bool {
	line = strings.TrimRight(line, " \t\r\n")
	end := 0
	for _, pos := range mpsFields {
		for i := end; i < min(pos[0], len(line)); i++ {
			if line[i] != ' ' {
				return false
			}
		}
		end = pos[1]
	}
	return len(line) > mpsFields[1][0]
}

func countWords(line string) int {
	n, blank := 0, true
	for i := range len(line) {
		b := isBlank(line[i]) || line[i] == '\n'
		if blank && !b {
			n++
		}
		blank = b
	}
	return n
}

// number reads a finite number.
func (m *mpsReader) number(w word) (float64, error) {
	v, err := m.extended(w)
	if err == nil && math.IsInf(v, 0) {
		return 0, m.errorAt(w.at, BadNumber, fmt.Sprintf("%q is infinite", w.text), "only bounds may be infinite")
	}
	return v, err
}

// extended reads a number that may be infinite: "inf", "-Infinity". Fortran's exponent letter D is taken.
func (m *mpsReader) extended(w word) (float64, error) {
	s := w.text
	sign := 1.0
	body := s
	if s != "" && (s[0] == '+' || s[0] == '-') {
		body = s[1:]
		if s[0] == '-' {
			sign = -1
		}
	}
	if strings.EqualFold(body, "inf") || strings.EqualFold(body, "infinity") {
		return math.Inf(int(sign)), nil
	}
	if body == "" || strings.Trim(body, "0123456789.eEdD+-") != "" {
		return 0, m.badNumber(w)
	}
	if i := strings.IndexAny(s, "dD"); i >= 0 {
		s = s[:i] + "e" + s[i+1:]
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, m.badNumber(w)
	}
	return v, nil
}

func (m *mpsReader) badNumber(w word) error {
	hint := "a number is written 1234.5 or 1.2345e3"
	if strings.Contains(w.text, ",") {
		hint = "write a decimal point and no thousands separator"
	}
	if w.text == "" {
		return m.errorAt(w.at, BadNumber, "a number is missing", hint)
	}
	return m.errorAt(w.at, BadNumber, fmt.Sprintf("%q is not a finite number", w.text), hint)
}
