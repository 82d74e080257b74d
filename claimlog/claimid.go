package claimlog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"headroom"
)

// Cells are the cells of a row by column, as a canonical table has them: text as written, dates as YYYY-MM-DD, yes for true,
// lists as words separated by spaces. A cell that is empty, or says what an empty one means (kind quantity, basis nominal,
// forecast no), is not there, so that a column that is added later changes no hash.
type Cells map[string]string

// meant is what the empty cells of claims and bindings mean; such a cell is left out. Both tables have a column kind.
var meant = map[string][]string{"kind": {string(headroom.KindQuantity), string(headroom.BasisFact)}, "basis": {"nominal"}}

// CellsOf are the cells of a claim, a source, a binding or another row of a case without figures. It panics for a field that
// is neither text, a date, a whole number, a bool nor a list of texts.
func CellsOf(row any) Cells {
	out := Cells{}
	v := reflect.ValueOf(row)
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("col")
		if name == "" {
			continue
		}
		if s := cellText(v.Field(i)); s != "" && !slices.Contains(meant[name], s) {
			out[name] = s
		}
	}
	return out
}

// cellText is a field as a cell, empty where it is missing.
func cellText(f reflect.Value) string {
	switch x := f.Interface().(type) {
	case headroom.Date:
		return x.String()
	case bool:
		if x {
			return "yes"
		}
		return ""
	case int:
		if x == 0 {
			return ""
		}
		return strconv.Itoa(x)
	case []string:
		return strings.Join(x, " ")
	}
	if f.Kind() != reflect.String {
		panic(fmt.Sprintf("cells of a %s", f.Type()))
	}
	return f.String()
}

// without is a copy without some columns.
func (c Cells) without(columns ...string) Cells {
	out := make(Cells, len(c))
	for k, v := range c {
		if !slices.Contains(columns, k) {
			out[k] = v
		}
	}
	return out
}

// Canonical is the one JSON text of the cells: an object as RFC 8785 writes it, with the members in the order of their
// names, no blanks, and in strings only what JSON forbids escaped.
func (c Cells) Canonical() []byte { return c.append(nil) }

// append appends the canonical text.
func (c Cells) append(b []byte) []byte {
	names := make([]string, 0, len(c))
	for k := range c {
		names = append(names, k)
	}
	slices.Sort(names)
	b = append(b, '{')
	for i, k := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, k)
		b = append(b, ':')
		b = appendText(b, c[k])
	}
	return append(b, '}')
}

// appendText appends a string of canonical JSON. What is not UTF-8 becomes U+FFFD.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c >= ' ' && c < utf8.RuneSelf:
			b = append(b, c)
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r)
			i += n - 1
		default:
			if short := strings.IndexByte("\b\t\n\f\r", c); short >= 0 {
				b = append(b, '\\', "btnfr"[short])
			} else {
				b = fmt.Appendf(b, `\u%04x`, c)
			}
		}
	}
	return append(b, '"')
}

// ContentID is the id of what a claim says, whatever it is called: "c:" and the SHA-256, in hexadecimal, of
//
//	{"claim":{…},"source":{…}}
//
// in canonical JSON ([Cells.Canonical]). The members of the two objects are the cells of the claim and of its source by
// column; claim_id and source_id, the keys that people gave them, are left out, so that the same statement from the same
// place has the same id in every ledger. Decimal text counts as written: 738,000 said as 738000 and as 738000.0 are two
// contents. A claim without a source has an empty object.
func ContentID(c headroom.Claim, s headroom.Source) string {
	return contentID(CellsOf(c), CellsOf(s))
}

func contentID(claim, source Cells) string {
	b := append([]byte(nil), `{"claim":`...)
	b = claim.without("claim_id", "source_id").append(b)
	b = append(b, `,"source":`...)
	b = source.without("source_id").append(b)
	sum := sha256.Sum256(append(b, '}'))
	return "c:" + hex.EncodeToString(sum[:])
}

// Digest is the SHA-256 of the canonical text, in hexadecimal.
func (c Cells) Digest() string {
	sum := sha256.Sum256(c.Canonical())
	return hex.EncodeToString(sum[:])
}
