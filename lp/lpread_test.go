package lp

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"headroom/internal/counted"
)

func mustReadLP(t testing.TB, text string) *Problem {
	t.Helper()
	p, err := ReadProblem(strings.NewReader(text), "t.lp")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestReadLP shows each form in the MPS text that means the same.
func TestReadLP(t *testing.T) {
	t.Parallel()
	const tail = "\nENDATA\n"
	tests := []struct{ name, lp, mps string }{
		{
			"plain",
			"\\ a comment\nMaximize\n obj: 6 vans + 9 trucks + 5\nSubject To\n hours: 2 vans + 4 trucks <= 40\nBounds\n vans <= 12\nEnd\n",
			"OBJSENSE MAX\nROWS\n N obj\n L hours\nCOLUMNS\n vans obj 6 hours 2\n trucks obj 9 hours 4\nRHS\n RHS hours 40 obj -5\nBOUNDS\n UP B vans 12" + tail,
		},
		{
			"short heads, no names, several lines, signs",
			"min 2x+3 y\nst\n x\n + - y >= -1e1\n x+x+y =< 3\nbounds\n-5<=x<=5\n y free\ngen\n x\nend\n",
			"ROWS\n N obj\n G c1\n L c2\nCOLUMNS\n M 'MARKER' 'INTORG'\n x obj 2 c1 1\n x c2 2\n M 'MARKER' 'INTEND'\n y obj 3 c1 -1\n y c2 1\nRHS\n RHS c1 -10 c2 3\nBOUNDS\n LO B x -5\n UP B x 5\n FR B y" + tail,
		},
		{
			"two sides, variables and constants on the right",
			"MINIMISE\nobj:\nSUCH THAT\n a: 1 <= x + 2 y + 1 <= 3\n b: 4 + x >= 2 y - 3\nBinaries\n x\nEND\n",
			"ROWS\n N obj\n G a\n G b\nCOLUMNS\n x a 1 b 1\n y a 2 b -2\nRHS\n RHS a 0 b -7\nRANGES\n R a 2\nBOUNDS\n BV B x" + tail,
		},
		{
			"bounds of all kinds",
			"Min\n a + b + c + d + e\nSubject To\n r: a + b + c + d + e >= 1\nBounds\n 3 >= a\n b = 2\n c >= -inf\n c <= 4\n -1 <= d\n e <= +infinity\nEnd\n",
			"ROWS\n N obj\n G r\nCOLUMNS\n a obj 1 r 1\n b obj 1 r 1\n c obj 1 r 1\n d obj 1 r 1\n e obj 1 r 1\nRHS\n RHS r 1\nBOUNDS\n UP B a 3\n FX B b 2\n MI B c\n UP B c 4\n LO B d -1" + tail,
		},
		{
			"both bounds the same number",
			"Min\n a + b\nSubject To\n r: a + b >= 1\nBounds\n 1 <= a <= 1\n 4 >= b >= 2\nEnd\n",
			"ROWS\n N obj\n G r\nCOLUMNS\n a obj 1 r 1\n b obj 1 r 1\nRHS\n RHS r 1\nBOUNDS\n FX B a 1\n LO B b 2\n UP B b 4" + tail,
		},
		{
			"semi-continuous",
			"Minimize\n cost: 2 x + 3 y\nSubject To\n need: x + y >= 5\nBounds\n 8 <= x <= 20\nSemi-Continuous\n x\nEnd\n",
			"ROWS\n N cost\n G need\nCOLUMNS\n x cost 2 need 1\n y cost 3 need 1\nRHS\n RHS need 5\nBOUNDS\n SC B x 20\n LO B x 8" + tail,
		},
		{
			"rows without names that begin with a sign, behind one and behind two relations",
			"min\n x + y\nst\n x + y <= 2\n -x + y >= -3\n 1 <= x <=\n 2\n + y = 1\nend\n",
			"ROWS\n N obj\n L c1\n G c2\n G c3\n E c4\nCOLUMNS\n x obj 1 c1 1\n x c2 -1 c3 1\n y obj 1 c1 1\n y c2 1 c4 1\nRHS\n RHS c1 2 c2 -3\n RHS c3 1 c4 1\nRANGES\n R c3 1" + tail,
		},
		{
			"sides of a row that mean none",
			"min\n x\nst\n a: x <= 1e30\n b: -1e20 <= x <= 4\n c: x >= -inf\nend\n",
			"ROWS\n N obj\n L a\n L b\n G c\nCOLUMNS\n x obj 1 a 1\n x b 1 c 1\nRHS\n RHS a 1e30 b 4\n RHS c -1e30" + tail,
		},
		{
			"lines that end in a carriage return alone",
			"min\r x\rst\r a: x >= 1\rend\r",
			"ROWS\r N obj\r G a\rCOLUMNS\r x obj 1 a 1\rRHS\r RHS a 1\rENDATA\r",
		},
		{
			"a variable that is called like a head, and brackets in names",
			"Minimize\n obj: st + x[1,2]\nSubject To\n bin: st + x[1,2] >= 2\nEnd\n",
			"ROWS\n N obj\n G bin\nCOLUMNS\n st obj 1 bin 1\n x[1,2] obj 1 bin 1\nRHS\n RHS bin 2" + tail,
		},
	}
	for _, tt := range tests {
		got, want := mustReadLP(t, tt.lp), mustReadMPS(t, tt.mps)
		if a, b := asMPS(t, got), asMPS(t, want); a != b {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, a, b)
		}
	}
}

// asMPS writes a problem without its name.
func asMPS(t testing.TB, p *Problem) string {
	t.Helper()
	q := *p
	q.Name = ""
	var b bytes.Buffer
	if err := WriteMPS(&b, &q); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadLPErrors(t *testing.T) {
	t.Parallel()
	const head = "Minimize\n obj: x + y\nSubject To\n r: x + y >= 1\n"
	tests := []struct {
		text string
		want string
	}{
		{"Subject To\n r: x >= 1\nEnd\n", "t.lp:1:1: misplaced-section"},
		{"Minimize\n obj: [ x ^2 ] / 2\nSubject To\n r: x >= 1\nEnd\n", "t.lp:2:7: unsupported-section"},
		{"Minimize\n obj: x\nSubject To\n r: y = 1 -> x >= 1\nEnd\n", "t.lp:4:11: unsupported-section"},
		{"Minimize\n obj: x\nSubject To\n r: x + 1\nEnd\n", "t.lp:5:1: bad-line"},
		{head + "SOS2\n s: S1:: x:1\nEnd\n", "t.lp:5:1: unsupported-section"},
		{head, "t.lp:4:1: truncated-file"},
		{head + " r: x <= 4\nEnd\n", "t.lp:5:2: duplicate-name"},
		{head + "Bounds\n 1 <= 2\nEnd\n", "t.lp:6:4: bad-line"},
		{head + "Bounds\n 1 <= x >= 2\nEnd\n", "t.lp:6:9: bad-line"},
		{head + "Bounds\n x <= 2 <= y\nEnd\n", "t.lp:6:9: bad-line"},
		{head + "Binary\n z\nEnd\n", "t.lp:6:2: unknown-name"},
		{head + "Bounds\n x <= 1,5\nEnd\n", "t.lp:6:7: bad-number"},
		{head + "Semi-Continuous\n x\nEnd\n", "t.lp:6:2: unsupported-bound"},
		{head + " s: 1 <= x >= 3\nEnd\n", "t.lp:5:12: bad-line"},
		{head + " s: x <= y <= 3\nEnd\n", "t.lp:5:12: bad-line"},
		{head + " s: 1 <= y <= x\nEnd\n", "t.lp:5:12: bad-line"},
		{head + " s: x <= 1e999\nEnd\n", "t.lp:5:10: bad-number"},
		{head + "\x00End\n", "t.lp:5:1: bad-character"},
		{head + "Bounds\n X <= 5\nEnd\n", "t.lp:6:2: unknown-name"},
		{head + "Bounds\n x >= 1e30\nEnd\n", "t.lp:6:4: bad-number"},
		{head + "Bounds\n -inf >= x\nEnd\n", "t.lp:6:7: bad-number"},
		{"min\n 2 (x + y)\nst\n r: x >= 3\nend\n", "t.lp:2:4: bad-line"},
		{"min\n x[1, 2]\nst\n r: x[1, 2] >= 3\nend\n", "t.lp:2:2: bad-line"},
		{head + " s: x(1-2) >= 3\nEnd\n", "t.lp:5:5: bad-line"},
		{head + " s: x <> 3\nEnd\n", "t.lp:5:7: bad-line"},
		{head + " s: x >= 1e30\nEnd\n", "t.lp:5:7: bad-number"},
		{head + " s: x = -inf\nEnd\n", "t.lp:5:7: bad-number"},
		{head + " s: 1e20 <= x <= 1e21\nEnd\n", "t.lp:5:15: bad-number"},
		{"min\n x + 1e30\nst\n r: x >= 1\nend\n", "t.lp:2:2: bad-number"},
		{"max: 3x + 2y;\nc1: x + 2y <= 8;\n", "t.lp:1:1: misplaced-section"},
	}
	for _, tt := range tests {
		_, err := ReadProblem(strings.NewReader(tt.text), "t.lp")
		var e *SyntaxError
		if !errors.As(err, &e) || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%q: got %v, want %s", tt.text, err, tt.want)
		}
	}
}

// TestCountedLPRoundTrip: what is written as LP text is read back as the same rows, bounds and costs.
func TestCountedLPRoundTrip(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	n := counted.N(500, 20000)
	for range n {
		b := NewBuilder("t", Sense(r.IntN(2)), 0, 0, 0)
		cols, rows := 1+r.IntN(5), r.IntN(5)
		for range cols {
			l, u := []float64{0, 0, -2.5, math.Inf(-1)}[r.IntN(4)], []float64{Inf, 1, 7.25}[r.IntN(3)]
			if c := math.Round(r.NormFloat64()*8) / 4; r.IntN(2) == 0 {
				b.Col(c, l, u)
			} else {
				b.IntCol(c, l, u)
			}
		}
		for i := range rows {
			v := math.Round(r.NormFloat64() * 10)
			b.Row([]float64{v, math.Inf(-1), v}[i%3], []float64{v, v, Inf}[i%3])
			for j := range cols {
				if j == 0 || r.IntN(2) == 0 {
					b.Add(i, j, r.NormFloat64()*100)
				}
			}
		}
		b.AddOffset(float64(r.IntN(3)))
		p, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if err := WriteLP(&text, p); err != nil {
			t.Fatal(err)
		}
		q := mustReadLP(t, text.String())
		if a, b := canonical(p), canonical(q); a != b {
			t.Fatalf("wrote\n%s\nwhich is\n%s\nand read\n%s", text.String(), a, b)
		}
	}
	counted.Report(t, "LP text round trips", n, n, "the same")
}

// canonical is a problem in an order that does not depend on that of its columns.
func canonical(p *Problem) string {
	lines := []string{fmt.Sprint(p.Sense, p.Offset)}
	for j := range p.Cols() {
		name := p.ColName(j)
		lines = append(lines, fmt.Sprint(name, p.Cost[j]+0, p.Lower[j]+0, p.Upper[j]+0, p.IsInteger(j)))
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			lines = append(lines, fmt.Sprint(name, " in ", p.RowName(int(p.Index[k])), p.Value[k]))
		}
	}
	for i := range p.Rows() {
		lines = append(lines, fmt.Sprint(p.RowName(i), p.RowLower[i]+0, p.RowUpper[i]+0))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func FuzzReadLP(f *testing.F) {
	f.Add("Minimize\n obj: x + y\nSubject To\n r: 1 <= x + y <= 3\nBounds\n x free\nGeneral\n y\nEnd\n")
	f.Add("max 2x st x<=4 end")
	f.Fuzz(func(_ *testing.T, text string) { _, _ = ReadProblem(strings.NewReader(text), "t.lp") })
}

// Other programs' ways to say what a problem is.
func TestReadMPSForeign(t *testing.T) {
	t.Parallel()
	const rows = "ROWS\n N cost1\n N cost2\n L r\nCOLUMNS\n x cost1 1\n x cost2 -1\n x r 1\nRHS\n RHS r 2\nENDATA\n"
	tests := []struct {
		name, text string
		sense      Sense
		cost       float64
	}{
		{"PuLP", "*SENSE:Maximize\nNAME t\n" + rows, Maximize, 1},
		{"PuLP, with blanks", "* Sense : maximise\nNAME t\n" + rows, Maximize, 1},
		{"PuLP, minimise", "*SENSE:Minimize\nNAME t\n" + rows, Minimize, 1},
		{"a comment about sense", "* SENSE: this file makes sense\nNAME t\n" + rows, Minimize, 1},
		{"both agree", "*SENSE:Maximize\nNAME t\nOBJSENSE\n MAX\n" + rows, Maximize, 1},
		{"OBJNAME on its line", "NAME t\nOBJNAME cost2\n" + rows, Minimize, -1},
		{"OBJNAME on the next", "NAME t\nOBJNAME\n cost2\n" + rows, Minimize, -1},
		{"byte-order mark", "\ufeffNAME t\n" + rows, Minimize, 1},
	}
	for _, tt := range tests {
		if p := mustReadMPS(t, tt.text); p.Sense != tt.sense || p.Cost[0] != tt.cost {
			t.Errorf("%s: got %v %v, want %v %v", tt.name, p.Sense, p.Cost[0], tt.sense, tt.cost)
		}
	}
	for text, want := range map[string]string{
		"*SENSE:Maximize\nNAME t\nOBJSENSE\n MIN\n" + rows: "t.mps:4:2: duplicate-entry",
		"NAME t\nOBJNAME cost3\n" + rows:                   "t.mps:2:9: unknown-name",
	} {
		if _, err := ReadMPS(strings.NewReader(text), "t.mps"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
