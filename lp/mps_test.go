package lp

import (
	"bytes"
	"compress/gzip"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const mpsHead = `NAME t
ROWS
 N obj
 L c1
 G c2
 E c3
COLUMNS
 x obj 1 c1 1
 x c2 1 c3 1
 M 'MARKER' 'INTORG'
 y obj 1 c1 1
 y c2 1
 M 'MARKER' 'INTEND'
RHS
 RHS c1 4 c2 1
 RHS c3 3
`

func mustReadMPS(t testing.TB, text string) *Problem {
	t.Helper()
	p, err := ReadMPS(strings.NewReader(text), "t.mps")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestReadMPSBounds(t *testing.T) {
	inf := Inf
	tests := []struct {
		bounds  string
		col     int
		l, u    float64
		integer bool
	}{
		{"", 0, 0, inf, false},
		{"", 1, 0, 1, true}, // between markers without bounds: binary, as in HiGHS
		{"UP BND x 4", 0, 0, 4, false},
		{"UP x 4", 0, 0, 4, false},
		{"UP BND x -1", 0, 0, -1, false}, // infeasible, as in HiGHS
		{"LO BND x -5\n UP BND x -1", 0, -5, -1, false},
		{"UP BND x -1\n LO BND x -5", 0, -5, -1, false},
		{"MI BND x", 0, -inf, inf, false},
		{"MI x\n UP x 2", 0, -inf, 2, false},
		{"FR x", 0, -inf, inf, false},
		{"FX BND x 2.5", 0, 2.5, 2.5, false},
		{"PL BND x", 0, 0, inf, false},
		{"BV BND x", 0, 0, 1, true},
		{"BV x 1", 0, 0, 1, true},
		{"BV BND x 1", 0, 0, 1, true},
		{"LI BND x 2", 0, 2, inf, true},
		{"UI BND x 5", 0, 0, 5, true},
		{"UP BND x 1e30", 0, 0, inf, false},
		{"UP BND x inf", 0, 0, inf, false},
		{"LO BND x -Infinity", 0, -inf, inf, false},
		{"LO BND x 1D2", 0, 100, inf, false},
		{"LO BND y 2", 1, 2, inf, true},
		{"UP BND y 5", 1, 0, 5, true},
		{"PL BND y", 1, 0, inf, true},
		{"MI BND y", 1, -inf, inf, true},
		{"FR BND y", 1, -inf, inf, true},
		{"UP BND x 2\n UP BND x 2", 0, 0, 2, false},
	}
	for _, tt := range tests {
		p := mustReadMPS(t, mpsHead+"BOUNDS\n "+tt.bounds+"\nENDATA\n")
		if l, u := p.Lower[tt.col], p.Upper[tt.col]; l != tt.l || u != tt.u || p.IsInteger(tt.col) != tt.integer {
			t.Errorf("%q: got [%v, %v] integer %v, want [%v, %v] %v", tt.bounds, l, u, p.IsInteger(tt.col), tt.l, tt.u, tt.integer)
		}
	}
}

func TestReadMPSRows(t *testing.T) {
	tests := []struct {
		text   string
		lower  []float64
		upper  []float64
		offset float64
	}{
		{"", []float64{-Inf, 1, 3}, []float64{4, Inf, 3}, 0},
		{" RHS obj 5\n", []float64{-Inf, 1, 3}, []float64{4, Inf, 3}, -5},
		{"RANGES\n RNG c1 2 c2 -2\n RNG c3 1\n", []float64{2, 1, 3}, []float64{4, 3, 4}, 0},
		{"RANGES\n c1 -2 c2 2\n c3 -1\n", []float64{2, 1, 2}, []float64{4, 3, 3}, 0},
		{"RANGES\n RNG c1 0 c3 0\n RNG obj 7\n", []float64{4, 1, 3}, []float64{4, Inf, 3}, 0},
		{"RANGES\n RNG c1 inf c2 1e21\n", []float64{-Inf, 1, 3}, []float64{4, Inf, 3}, 0},
	}
	for _, tt := range tests {
		p := mustReadMPS(t, mpsHead+tt.text+"ENDATA\n")
		if diff := cmp.Diff(tt.lower, p.RowLower); diff != "" {
			t.Errorf("%q: lower (-want +got):\n%s", tt.text, diff)
		}
		if diff := cmp.Diff(tt.upper, p.RowUpper); diff != "" {
			t.Errorf("%q: upper (-want +got):\n%s", tt.text, diff)
		}
		if p.Offset != tt.offset {
			t.Errorf("%q: got offset %v, want %v", tt.text, p.Offset, tt.offset)
		}
	}
}

func TestReadMPSSense(t *testing.T) {
	for text, want := range map[string]Sense{
		"":                              Minimize,
		"OBJSENSE\n    MAX\n":           Maximize,
		"OBJSENSE\nMAX\n":               Maximize,
		"OBJSENSE MAXIMIZE\n":           Maximize,
		"OBJSENSE: MAX\n":               Maximize,
		"OBJSENSE MIN\n":                Minimize,
		"OBJSENSE\n maximise\n":         Maximize,
		"OBJNAME\n obj\nOBJSENSE MAX\n": Maximize,
	} {
		p := mustReadMPS(t, strings.Replace(mpsHead, "ROWS\n", text+"ROWS\n", 1)+"ENDATA\n")
		if p.Sense != want {
			t.Errorf("%q: got %v, want %v", text, p.Sense, want)
		}
	}
}

func TestReadMPSShapes(t *testing.T) {
	fixed := `NAME          cannery run
* a comment
ROWS
 N  obj
 L  my row
 G  r2
COLUMNS
    my col    obj                1.0   my row             1.0
    my col    r2                 2.0
    M         'MARKER'                 'INTORG'
    y 2       my row             3.5
    M         'MARKER'                 'INTEND'
RHS
              my row             4.0   r2                 1.0
RANGES
    RNG       r2                 5.0
BOUNDS
 UP BND       my col             1.0
 FR           y 2
ENDATA
`
	free := "NAME cannery run\nROWS\n N obj\n L my_row\n G r2\nCOLUMNS\n my_col obj 1 my_row 1\n my_col r2 2\n M 'MARKER' 'INTORG'\n" +
		" y_2 my_row 3.5\n M 'MARKER' 'INTEND'\nRHS\n my_row 4 r2 1\nRANGES\n RNG r2 5\nBOUNDS\n UP BND my_col 1\n FR BND y_2\nENDATA\n"
	a, b := mustReadMPS(t, fixed), mustReadMPS(t, free)
	if got, want := a.RowName(0), "my row"; got != want {
		t.Errorf("got row name %q, want %q", got, want)
	}
	if got, want := a.ColName(1), "y 2"; got != want {
		t.Errorf("got column name %q, want %q", got, want)
	}
	same(t, a, b, false)
	same(t, b, mustReadMPS(t, strings.ReplaceAll(free, "\n", "\r\n")), true)
	same(t, b, mustReadMPS(t, strings.ReplaceAll(free, "\n ", "\n")), true) // not indented
	same(t, b, mustReadMPS(t, strings.ReplaceAll(free, "\n ", "\n\t")), true)
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, _ = w.Write([]byte(free))
	_ = w.Close()
	same(t, b, mustReadMPS(t, z.String()), true)
	if _, err := ReadMPS(bytes.NewReader(z.Bytes()[:z.Len()-9]), "cut.gz"); err == nil {
		t.Error("got no error for a gzip file cut short")
	}
}

func TestReadMPSExtraObjectives(t *testing.T) {
	p := mustReadMPS(t, "ROWS\n N a\n N b\n L c\nCOLUMNS\n x a 1 b 7\n x c 1\nRHS\n RHS b 3 c 4\nENDATA\n")
	if p.Rows() != 1 || p.Cost[0] != 1 || p.Offset != 0 {
		t.Errorf("got %d rows, cost %v, offset %v, want 1, 1, 0", p.Rows(), p.Cost, p.Offset)
	}
	p = mustReadMPS(t, "OBJNAME\n b\nROWS\n N a\n N b\n L c\nCOLUMNS\n x a 1 b 7\n x c 1\nRHS\n RHS b 3 c 4\nENDATA\n")
	if p.Rows() != 1 || p.Cost[0] != 7 || p.Offset != -3 {
		t.Errorf("got %d rows, cost %v, offset %v, want 1, 7, -3", p.Rows(), p.Cost, p.Offset)
	}
}

// same compares two problems, with or without names.
func same(t testing.TB, a, b *Problem, names bool) {
	t.Helper()
	opts := []cmp.Option{cmp.AllowUnexported(Problem{}), cmp.FilterPath(func(p cmp.Path) bool {
		return strings.HasSuffix(p.Last().String(), "Names")
	}, cmp.Ignore())}
	x, y := *a, *b
	x.Integer, y.Integer = integers(a), integers(b)
	if diff := cmp.Diff(&x, &y, opts...); diff != "" {
		t.Fatalf("problems differ (-first +second):\n%s", diff)
	}
	if !names {
		return
	}
	for j := range a.Cols() {
		if a.ColName(j) != b.ColName(j) {
			t.Fatalf("column %d is named %q and %q", j, a.ColName(j), b.ColName(j))
		}
	}
	for i := range a.Rows() {
		if a.RowName(i) != b.RowName(i) {
			t.Fatalf("row %d is named %q and %q", i, a.RowName(i), b.RowName(i))
		}
	}
}

func integers(p *Problem) []bool {
	out := make([]bool, p.Cols())
	copy(out, p.Integer)
	return out
}

// The errors: "·" marks the place in the text.
func TestReadMPSErrors(t *testing.T) {
	tests := []struct {
		text string
		code SyntaxCode
	}{
		{"ROWS\n N obj\n L c1\nCOLUMNS\n x c1 ·capacity\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 ·1,5\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 ·nan\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 ·-inf\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 ·1e999\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 ·0x10\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 ·1_0\nENDATA\n", BadNumber},
		{"ROWS\n L c1\n·COLUMN\n x c1 1\nENDATA\n", UnknownSection},
		{"ROWS\n L ·c\x001\nENDATA\n", BadCharacter},
		{"ROWS\n L c1\n G ·c1\nENDATA\n", DuplicateName},
		{"ROWS\n ·Q c1\nENDATA\n", BadLine},
		{"ROWS\n ·L\nENDATA\n", BadLine},
		{"ROWS\n L c1\nCOLUMNS\n x ·c9 1\nENDATA\n", UnknownName},
		{"ROWS\n L c1\nCOLUMNS\n ·x c1\nENDATA\n", BadLine},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\n x ·c1 2\nENDATA\n", DuplicateEntry},
		{"ROWS\n N o\nCOLUMNS\n x o 1 ·o 2\nENDATA\n", DuplicateEntry},
		{"ROWS\n L c1\n L c2\nCOLUMNS\n x c1 1\n y c1 1\n ·x c2 2\nENDATA\n", DuplicateName},
		{"ROWS\n L c1\nCOLUMNS\n M 'MARKER' ·'INTEND'\nENDATA\n", BadLine},
		{"ROWS\n L c1\nCOLUMNS\n M 'MARKER' ·'SOSORG'\nENDATA\n", BadLine},
		{"·COLUMNS\n x c1 1\nENDATA\n", MisplacedSection},
		{"ROWS\n L c1\n·ROWS\nENDATA\n", MisplacedSection},
		{" ·x c1 1\n", MisplacedSection},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nRHS\n RHS c1 4\n RHS ·c1 5\nENDATA\n", DuplicateEntry},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nRHS\n RHS ·c2 4\nENDATA\n", UnknownName},
		{"ROWS\n L c1\n L c2\nCOLUMNS\n x c1 1\nRHS\n A c1 4\n ·B c2 5\nENDATA\n", BadLine},
		{"ROWS\n E c1\nCOLUMNS\n x c1 1\nRHS\n A c1 ·inf\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nRHS\n ·A\nENDATA\n", BadLine},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nRANGES\n A c1 1\n A ·c1 1\nENDATA\n", DuplicateEntry},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nBOUNDS\n SC BND x ·1e30\nENDATA\n", UnsupportedBound},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nBOUNDS\n ·XX BND x 4\nENDATA\n", UnsupportedBound},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nBOUNDS\n UP ·BND x\nENDATA\n", UnknownName},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nBOUNDS\n UP BND ·Y0 1\nENDATA\n", UnknownName},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nBOUNDS\n UP BND x ·capacity\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nBOUNDS\n UP BND x ·-inf\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nBOUNDS\n FX BND x ·1e30\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nBOUNDS\n UP BND x 4\n UP BND ·x 5\nENDATA\n", DuplicateEntry},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\nBOUNDS\n BV BND x ·yes\nENDATA\n", BadNumber},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\n·QUADOBJ\n x x 1\nENDATA\n", UnsupportedSection},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\n·SOS\n S1 a\nENDATA\n", UnsupportedSection},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\n·QCMATRIX c1\n x x 1\nENDATA\n", UnsupportedSection},
		{"OBJSENSE\n ·BEST\nROWS\n L c1\nENDATA\n", BadLine},
		{"ROWS\n L c1\nCOLUMNS\n x c1 1\n·", TruncatedFile},
		{"·", TruncatedFile},
	}
	for _, tt := range tests {
		before, after, _ := strings.Cut(tt.text, "·")
		text := before + after
		_, err := ReadMPS(strings.NewReader(text), "t.mps")
		var e *SyntaxError
		if !errors.As(err, &e) {
			t.Errorf("%q: got error %v, want a SyntaxError", text, err)
			continue
		}
		line, column := 1+strings.Count(before, "\n"), len(before)-strings.LastIndex(before, "\n")
		if tt.code == TruncatedFile {
			line, column = max(1, strings.Count(before, "\n")), 1
		}
		if tt.code == BadCharacter {
			column = 1 + strings.IndexByte(after, 0) + len(before) - strings.LastIndex(before, "\n") - 1
		}
		if e.Code != tt.code || e.Line != line || e.Column != column || e.Message == "" || e.File != "t.mps" {
			t.Errorf("%q: got %v, want %d:%d %s", text, e, line, column, tt.code)
		}
	}
}

func TestSyntaxErrorText(t *testing.T) {
	e := &SyntaxError{File: "a.mps", Line: 3, Column: 7, Code: BadNumber, Message: `"x" is not a finite number`, Hint: "write one"}
	if got, want := e.Error(), `a.mps:3:7: bad-number: "x" is not a finite number; write one`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFarRange(t *testing.T) {
	for _, r := range [][2]float64{{0.1, 0.3}, {-1e16 - 2, 0.1}, {1, 1e17}, {-0.1, 0.7}, {1e-9, 3}} {
		b := NewBuilder("", Minimize, 0, 0, 0)
		b.Col(1, 0, 1)
		b.Row(r[0], r[1])
		p, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		q := roundTrip(t, p)
		for _, d := range []float64{q.RowLower[0] - r[0], q.RowUpper[0] - r[1]} {
			if math.Abs(d) > math.Nextafter(r[1]-r[0], Inf)-(r[1]-r[0]) {
				t.Errorf("range %v came back as [%v, %v]", r, q.RowLower[0], q.RowUpper[0])
			}
		}
	}
}
