package lp

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// lpKind is a kind of token of LP text.
type lpKind uint8

const (
	lpWord lpKind = iota
	lpNumberToken
	lpSign
	lpRelation
	lpColon
	lpSection // a section's head; its text is empty at the end of the text
	lpOther
)

// lpToken is a word of LP text, with its place.
type lpToken struct {
	kind     lpKind
	text     string
	value    float64 // of a number
	line, at int
	first    bool // it begins a line
}

// Sections of LP text, by the heads that begin them.
const (
	lpRows = iota + 1
	lpBounds
	lpGeneral
	lpBinary
	lpSemi
	lpEnd
	lpRefused
)

var lpSections = map[string]int{
	"subject to": lpRows, "such that": lpRows, "st": lpRows, "s.t.": lpRows, "st.": lpRows,
	"bounds": lpBounds, "bound": lpBounds,
	"general": lpGeneral, "generals": lpGeneral, "gen": lpGeneral, "integer": lpGeneral, "integers": lpGeneral, "int": lpGeneral,
	"binary": lpBinary, "binaries": lpBinary, "bin": lpBinary,
	"semi-continuous": lpSemi, "semis": lpSemi, "semi": lpSemi, "end": lpEnd,
	"sos": lpRefused, "sos1": lpRefused, "sos2": lpRefused, "pwlobj": lpRefused, "lazy constraints": lpRefused, "user cuts": lpRefused,
	"general constraints": lpRefused, "scenario": lpRefused,
}

var lpSenses = map[string]Sense{
	"minimize": Minimize, "minimise": Minimize, "minimum": Minimize, "min": Minimize,
	"maximize": Maximize, "maximise": Maximize, "maximum": Maximize, "max": Maximize,
}

var lpFree = map[string]bool{"free": true}

// lpTokens cuts LP text into tokens.
type lpTokens struct {
	file, text string
	tokens     []lpToken
}

// all cuts the whole text. The last token is a section without a name.
func (t *lpTokens) all() error {
	number := 0
	rest := t.text
	for len(rest) > 0 {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		number++
		line = strings.TrimSuffix(line, "\r")
		if i := strings.IndexByte(line, 0); i >= 0 {
			return t.bad(number, i, BadCharacter, "NUL byte", "the file is damaged or is not text")
		}
		if i := strings.IndexByte(line, '\\'); i >= 0 {
			line = line[:i]
		}
		if err := t.line(line, number); err != nil {
			return err
		}
		if n := len(t.tokens); n > 0 && t.tokens[n-1].kind == lpSection && lpSections[t.tokens[n-1].text] == lpEnd {
			return nil
		}
	}
	t.tokens = append(t.tokens, lpToken{kind: lpSection, line: number, first: true})
	return nil
}

func (t *lpTokens) bad(line, at int, code SyntaxCode, message, hint string) error {
	return &SyntaxError{File: t.file, Line: line, Column: at + 1, Code: code, Message: message, Hint: hint}
}

// head finds a section's head at the start of a line; it returns its name and where the line goes on.
func head(line string) (name string, end int) {
	start := len(line) - len(strings.TrimLeft(line, " \t"))
	words := strings.Fields(line)
	for n := min(2, len(words)); n > 0; n-- {
		name = strings.ToLower(strings.Join(words[:n], " "))
		name = strings.TrimSuffix(name, ":")
		_, section := lpSections[name]
		if _, sense := lpSenses[name]; !section && !sense {
			continue
		}
		end = start
		for _, w := range words[:n] {
			end += strings.Index(line[end:], w) + len(w)
		}
		if strings.HasSuffix(words[n-1], ":") && strings.TrimSpace(line[end:]) != "" {
			return "", 0 // the label of a row
		}
		return name, end
	}
	return "", 0
}

// line cuts one line.
func (t *lpTokens) line(line string, number int) error {
	i := 0
	first := true
	if name, end := head(line); name != "" && !startsRow(line[end:]) {
		t.tokens = append(t.tokens, lpToken{kind: lpSection, text: name, line: number, first: true})
		i, first = end, false
	}
	for i < len(line) {
		if isBlank(line[i]) {
			i++
			continue
		}
		tok, end, err := t.token(line, i, number)
		if err != nil {
			return err
		}
		tok.line, tok.at, tok.first = number, i, first
		t.tokens = append(t.tokens, tok)
		i, first = end, false
	}
	return nil
}

// startsRow reports whether what follows a word shows that it is a variable or a label and no head of a section.
func startsRow(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest != "" && strings.ContainsRune(":<>=+-", rune(rest[0])) && !strings.HasPrefix(rest, "::")
}

// token reads the token at i and returns where it ends.
func (t *lpTokens) token(line string, i, number int) (lpToken, int, error) {
	c := line[i]
	switch {
	case c == '+' || c == '-':
		if c == '-' && i+1 < len(line) && line[i+1] == '>' {
			return lpToken{}, 0, t.bad(number, i, UnsupportedSection, "an indicator constraint", "model it with a binary column and a row")
		}
		return lpToken{kind: lpSign, text: line[i : i+1]}, i + 1, nil
	case c == '<' || c == '>' || c == '=':
		end := i + 1
		if end < len(line) && (line[end] == '<' || line[end] == '>' || line[end] == '=') {
			end++
		}
		if s := line[i:end]; s == "<>" || s == "><" {
			return lpToken{}, 0, t.bad(number, i, BadLine, fmt.Sprintf("%q is no relation of a linear row", s), "write <=, >= or =")
		}
		relation := "="
		if s := line[i:end]; strings.Contains(s, "<") {
			relation = "<="
		} else if strings.Contains(s, ">") {
			relation = ">="
		}
		return lpToken{kind: lpRelation, text: relation}, end, nil
	case c == ':':
		return lpToken{kind: lpColon, text: ":"}, i + 1, nil
	case c >= '0' && c <= '9' || c == '.' && i+1 < len(line) && line[i+1] >= '0' && line[i+1] <= '9':
		return t.number(line, i, number)
	case strings.IndexByte("[]^*/", c) >= 0:
		return lpToken{kind: lpOther, text: line[i : i+1]}, i + 1, nil
	}
	end := i
	for end < len(line) && !isBlank(line[end]) && strings.IndexByte("+-<>=:^*/", line[end]) < 0 {
		end++
	}
	word := line[i:end]
	for _, pair := range []string{"()", "[]", "{}"} {
		if strings.Count(word, pair[:1]) != strings.Count(word, pair[1:]) {
			return lpToken{}, 0, t.bad(number, i, BadLine, fmt.Sprintf("%q has a bracket without its other half", word), "write products out, 2 x + 2 y for 2 (x + y); a name has no blanks and no signs in it")
		}
	}
	if low := strings.ToLower(word); low == "inf" || low == "infinity" {
		return lpToken{kind: lpNumberToken, text: word, value: math.Inf(1)}, end, nil
	}
	return lpToken{kind: lpWord, text: word}, end, nil
}

// number reads a number: digits, a point, an exponent.
func (t *lpTokens) number(line string, i, number int) (lpToken, int, error) {
	end := i
	digits := func() {
		for end < len(line) && line[end] >= '0' && line[end] <= '9' {
			end++
		}
	}
	digits()
	if end < len(line) && line[end] == '.' {
		end++
		digits()
	}
	if end < len(line) && (line[end] == 'e' || line[end] == 'E') {
		k := end + 1
		if k < len(line) && (line[k] == '+' || line[k] == '-') {
			k++
		}
		if k < len(line) && line[k] >= '0' && line[k] <= '9' {
			end = k
			digits()
		}
	}
	v, err := strconv.ParseFloat(line[i:end], 64)
	if err != nil || math.IsInf(v, 0) {
		return lpToken{}, 0, t.bad(number, i, BadNumber, fmt.Sprintf("%q is not a finite number", line[i:end]), "a number is written 1234.5 or 1.2345e3")
	}
	if end < len(line) && (line[end] == ',' || line[end] == '.') {
		return lpToken{}, 0, t.bad(number, i, BadNumber, fmt.Sprintf("%q is not a number", line[i:end+1]), "write a decimal point and no thousands separator")
	}
	return lpToken{kind: lpNumberToken, text: line[i:end], value: v}, end, nil
}
