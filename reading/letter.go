package reading

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/currency"
	"golang.org/x/text/unicode/norm"
)

// lookalikes are letters of other scripts that look like Latin ones, with these: those of the confusables of Unicode Technical
// Standard 39 that common fonts draw the same.
var lookalikes = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'х': 'x', 'у': 'y', 'і': 'i', 'ѕ': 's', 'ј': 'j', 'ԁ': 'd', 'ԛ': 'q', 'ԝ': 'w', 'һ': 'h', 'ӏ': 'l', 'ё': 'ë', 'ї': 'ï',
	'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'Х': 'X', 'У': 'Y', 'І': 'I', 'Ѕ': 'S', 'Ј': 'J', 'Ԍ': 'G', 'Ԛ': 'Q', 'Ԝ': 'W', 'Ү': 'Y', 'Ё': 'Ë',
	'ο': 'o', 'α': 'a', 'ν': 'v', 'ι': 'i', 'ρ': 'p', 'υ': 'u', 'κ': 'k', 'γ': 'y', 'ϲ': 'c', 'ϳ': 'j',
	'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P', 'Τ': 'T', 'Χ': 'X', 'Υ': 'Y', 'Ζ': 'Z', 'Ϲ': 'C',
	'օ': 'o', 'ս': 'u', 'ո': 'n', 'հ': 'h', 'ց': 'g', 'զ': 'q', 'ɑ': 'a', 'ɡ': 'g', 'ı': 'i', 'ꞵ': 'ß', 'ⅼ': 'l', 'ⅽ': 'c', 'ⅾ': 'd', 'ⅿ': 'm',
}

// dashes are characters that look like a hyphen.
const dashes = "‐‑‒–—―−﹣－"

// invisible reports whether a character takes no room on the page, or turns the direction of what follows.
func invisible(r rune) bool {
	switch {
	case r == '\u00ad', r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2069',
		r == '\ufeff', r == '\u180e', r == '\u034f', r == '\u115f', r == '\u1160', r == '\u3164', r >= 0xe0000 && r <= 0xe007f, r >= '\ufe00' && r <= '\ufe0f':
		return true
	}
	return false
}

// Turns reports whether a text turns the direction of writing, so that a reader sees it in another order than it is stored.
func Turns(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' })
}

// wide reports whether a letter or a digit is a full-width or mathematical form of an ASCII one.
func wide(r rune) bool {
	if r < 0xff10 || r > 0xff5a && (r < 0x1d400 || r > 0x1d7ff) {
		return false
	}
	f := norm.NFKC.String(string(r))
	return len(f) == 1 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// Plain is a text as a reader sees it: letters that look like Latin ones are Latin, what takes no room is gone, full-width letters
// are narrow, every dash is a hyphen.
func Plain(s string) string {
	if ascii(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case invisible(r):
			return -1
		case lookalikes[r] != 0:
			return lookalikes[r]
		case strings.ContainsRune(dashes, r):
			return '-'
		case unicode.Is(unicode.Zs, r):
			return ' '
		}
		return r
	}, norm.NFKC.String(s))
}

// ascii reports whether a text has no other characters.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Deceptive says of a text that is no key what in it a reader does not see: a character that takes no room, a control character, a
// full-width letter, or a letter of another script that looks Latin among letters that all do; "" where there is nothing. plain is the
// text without.
func Deceptive(s string) (what, plain string) {
	latin, foreign := false, false // foreign: letters of other scripts that look like no Latin one
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
		latin = latin || unicode.Is(unicode.Latin, r) && lookalikes[r] == 0
		foreign = foreign || unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && lookalikes[r] == 0 && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	}
	for i, r := range s {
		switch {
		case r == utf8Error:
			return "has a character that cannot be read", Plain(s)
		case unicode.IsControl(r) && !unicode.IsSpace(r):
			return fmt.Sprintf("has the control character U+%04X", r), strings.Map(printable, Plain(s))
		case invisible(r):
			return fmt.Sprintf("has the character U+%04X, which takes no room", r), Plain(s)
		case wide(r):
			return fmt.Sprintf("has the full-width character %s (U+%04X)", string(r), r), Plain(s)
		case lookalikes[r] != 0 && r >= 0x250 && latin && (!foreign || latinAround(s, i)),
			lookalikes[r] != 0 && r >= 0x250 && !latin && !foreign && letters > 1: // a whole text that looks Latin
			return fmt.Sprintf("has the letter %s (U+%04X), which looks like the Latin %s and is not", string(r), r, string(lookalikes[r])), Plain(s)
		}
	}
	return "", s
}

// utf8Error stands for bytes that are no character.
const utf8Error = '\uFFFD'

// printable drops control characters.
func printable(r rune) rune {
	if unicode.IsControl(r) && !unicode.IsSpace(r) {
		return -1
	}
	return r
}

// latinAround reports whether the word around the byte at has a Latin letter.
func latinAround(s string, at int) bool {
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	from := strings.LastIndexFunc(s[:at], notLetter) + 1
	to := len(s)
	if i := strings.IndexFunc(s[at:], notLetter); i >= 0 {
		to = at + i
	}
	return strings.ContainsFunc(s[from:to], func(r rune) bool { return unicode.Is(unicode.Latin, r) })
}

// Letter describes a character that is not ASCII, for a message about a key.
func Letter(r rune) string {
	switch {
	case invisible(r):
		return fmt.Sprintf("the character U+%04X, which takes no room", r)
	case wide(r):
		return fmt.Sprintf("the full-width character %s (U+%04X)", strconv.QuoteRune(r), r)
	case lookalikes[r] != 0:
		return fmt.Sprintf("the character %s (U+%04X), which looks like the Latin %s and is not a Latin letter", strconv.QuoteRune(r), r, string(lookalikes[r]))
	}
	return fmt.Sprintf("the character %s (U+%04X), which is not a Latin letter", strconv.QuoteRune(r), r)
}

// Narrow is a text with full-width and compatibility characters as the plain ones that they stand for, and every blank a space.
func Narrow(s string) string {
	if ascii(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Zs, r) {
			return ' '
		}
		return r
	}, norm.NFKC.String(s))
}

// Currency reports whether three capitals are the code of a currency of ISO 4217.
func Currency(code string) bool {
	u, err := currency.ParseISO(code)
	return err == nil && u.String() == code
}
