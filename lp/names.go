package lp

import (
	"strconv"
	"strings"
)

// maxName is the longest name any reader takes.
const maxName = 255

// safeNames makes the names of n things with clean, adding "~2", "~3", … to those already taken. They end up in taken.
func safeNames(n int, name func(int) string, clean func(string) string, taken map[string]bool) []string {
	out := make([]string, n)
	for i := range n {
		out[i] = uniqueName(clean(name(i)), taken)
	}
	return out
}

// uniqueName is freeName, which is then taken.
func uniqueName(s string, taken map[string]bool) string {
	out := freeName(s, taken)
	taken[out] = true
	return out
}

// freeName is s, or s~2, s~3, …: the first that is not taken.
func freeName[V any](s string, taken map[string]V) string {
	out := s
	for k := 2; ; k++ {
		if _, ok := taken[out]; !ok {
			return out
		}
		tail := "~" + strconv.Itoa(k)
		out = s[:min(len(s), maxName-len(tail))] + tail
	}
}

// printable replaces control characters, and everything beyond ASCII, by "_".
func printable(s string) string {
	s = strings.TrimSpace(s)
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '_'
		}
		return r
	}, s)
}

// mpsWord makes a name safe as a word of an MPS file.
func mpsWord(s string) string {
	s = strings.ReplaceAll(printable(s), " ", "_")
	switch {
	case s == "":
		return "_"
	case s[0] == '*' || s[0] == '$' || s[0] == '\'' || s[0] == '"':
		s = "_" + s[1:]
	}
	return s[:min(len(s), maxName)]
}

// lpKeywords are words of the LP format that are no names, in lower case.
var lpKeywords = map[string]bool{
	"min": true, "minimize": true, "minimise": true, "minimum": true, "max": true, "maximize": true, "maximise": true,
	"maximum": true, "subject": true, "such": true, "st": true, "st.": true, "s.t.": true, "bounds": true, "bound": true,
	"free": true, "inf": true, "infinity": true, "general": true, "generals": true, "gen": true, "integer": true,
	"integers": true, "int": true, "binary": true, "binaries": true, "bin": true, "end": true, "semi": true, "sos": true,
	"sos1": true, "sos2": true, "sc": true, "semis": true, "to": true, "that": true, "nan": true,
}

// lpName makes a name safe in the LP format: brackets become parentheses, other signs with a meaning there become "_", and a
// first character or a word that could be read as a number or a keyword is led by "_".
func lpName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("_.,()#@~!", r):
			return r
		case r == '[' || r == '{':
			return '('
		case r == ']' || r == '}':
			return ')'
		}
		return '_'
	}, strings.TrimSpace(s))
	first := s[:min(len(s), 1)]
	exponent := len(s) > 1 && (s[0] == 'e' || s[0] == 'E') && s[1] >= '0' && s[1] <= '9'
	if s == "" || strings.Contains("0123456789.,()#@~!", first) || exponent || lpKeywords[strings.ToLower(s)] {
		s = "_" + s
	}
	s = s[:min(len(s), maxName)]
	if strings.Count(s, "(") != strings.Count(s, ")") { // half a bracket is a product to a reader
		s = strings.NewReplacer("(", "_", ")", "_").Replace(s)
	}
	return s
}
