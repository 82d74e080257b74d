package table

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

func TestReadCSV(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       string // rows as line:cells joined by |
		findings   string // row:column:code
	}{
		{"plain", "a,b\n1,2\n", "1:a|b 2:1|2", ""},
		{"no last newline", "a,b\n1,2", "1:a|b 2:1|2", ""},
		{"byte-order mark and CR LF", "\ufeffa,b\r\n1,2\r\n", "1:a|b 2:1|2", ""},
		{"CR alone", "a,b\r1,2\r", "1:a|b 2:1|2", ""},
		{"blank lines and rows", "a,b\n\n1,2\n,\n3,4\n", "1:a|b 3:1|2 5:3|4", ""},
		{"quotes", "a,b\n\"x, \"\"y\"\"\n\",2\n3,4\n", "1:a|b 2:x, \"y\"\n|2 4:3|4", ""},
		{"empty quotes", "a,b\n\"\",2\n", "1:a|b 2:|2", ""},
		{"short and long", "a,b\n1\n1,2,3\n1,2\n", "1:a|b 4:1|2", "2::ShortRow 3::LongRow"},
		{"bare quote", "a,b\n1,2\"\n\"1\"x,2\n5,6\n", "1:a|b 4:5|6", "2:b:BareQuote 3:a:BareQuote"},
		{"open quote", "a,b\n1,\"2\n3,4\n", "1:a|b", "2:b:OpenQuote"},
		{"NUL", "a,b\n1,2\n3,\x004\n", "1:a|b 2:1|2", "3:b:NulByte"},
		{"Latin-1", "a,b\n1,\xe9\n3,4\n", "1:a|b 3:3|4", "2:b:NotUTF8"},
		{"UTF-16 LE", "\xff\xfea\x00", "", "0::UTF16"},
		{"UTF-16 without mark", "a\x00,\x00b\x00", "", "0::UTF16"},
		{"UTF-16 BE", "\xfe\xff\x00a", "", "0::UTF16"},
		{"empty", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var found, rows []string
			records, whole := readCSV("t.csv", nil, strings.NewReader(test.text), func(f headroom.Finding) {
				found = append(found, fmt.Sprintf("%d:%s:%s", f.Row, f.Column, f.Code))
			})
			for _, r := range records {
				rows = append(rows, fmt.Sprintf("%d:%s", r.line, strings.Join(r.cells, "|")))
			}
			if diff := cmp.Diff(test.want, strings.Join(rows, " ")); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.findings, strings.Join(found, " ")); diff != "" {
				t.Error(diff)
			}
			if whole != (test.findings == "") {
				t.Errorf("whole = %v", whole)
			}
		})
	}
}

func TestReadCSVLimits(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, code string }{
		{"columns", strings.Repeat(",", maxColumns) + "\n", headroom.CodeTooManyColumns},
		{"rows", strings.Repeat("a\n", maxRows+2), headroom.CodeTooManyRows},
		{"cell", "a\n" + strings.Repeat("x", maxCell+1), headroom.CodeLongCell},
		{"quoted cell", "a\n\"" + strings.Repeat("x\n", maxCell), headroom.CodeLongCell},
	}
	for _, test := range tests {
		var got []string
		_, whole := readCSV("t.csv", nil, strings.NewReader(test.text), func(f headroom.Finding) { got = append(got, f.Code) })
		if diff := cmp.Diff([]string{test.code}, got); diff != "" || whole {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// FuzzReadCSV holds that no bytes break the reader, that a file without findings is written and read as the same cells, and
// that rows lie within the file.
func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\ufeffa\r\n\"1\"\"\"\r\n", "a,\"b\n", "a\n\x00", "\xff\xfea\x00", "a,a\n,\n1,2,3\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n := 0
		records, whole := readCSV("t.csv", nil, bytes.NewReader(data), func(headroom.Finding) { n++ })
		if whole != (n == 0) {
			t.Fatalf("whole = %v with %d findings", whole, n)
		}
		last := 0
		rows := make([][]string, 0, len(records))
		for _, r := range records {
			if r.line <= last || r.line > len(data)+1 {
				t.Fatalf("row at line %d after %d", r.line, last)
			}
			last = r.line
			rows = append(rows, r.cells)
			for _, c := range r.cells {
				if !utf8.ValidString(c) {
					t.Fatalf("cell %q", c)
				}
			}
		}
		again, _ := readCSV("t.csv", nil, bytes.NewReader(encodeCSV(rows)), func(f headroom.Finding) { t.Fatal(f) })
		for i, r := range again {
			if diff := cmp.Diff(rows[i], r.cells); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}
