package lp

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func roundTrip(t testing.TB, p *Problem) *Problem {
	t.Helper()
	var w bytes.Buffer
	if err := WriteMPS(&w, p); err != nil {
		t.Fatal(err)
	}
	q, err := ReadMPS(bytes.NewReader(w.Bytes()), "written.mps")
	if err != nil {
		t.Fatalf("reading back: %v\n%s", err, w.String())
	}
	return q
}

// anyProblem draws a problem with all kinds of bounds and rows. The ends of two-sided rows are whole numbers, which come back
// exactly.
func anyProblem(t *rapid.T) *Problem {
	finite := rapid.Custom(func(t *rapid.T) float64 {
		return rapid.OneOf(rapid.Float64Range(-1e19, 1e19), rapid.Just(0.1), rapid.Just(-3.0), rapid.Just(1e-7)).Draw(t, "v")
	})
	n, m := rapid.IntRange(0, 5).Draw(t, "cols"), rapid.IntRange(0, 4).Draw(t, "rows")
	b := NewBuilder("law", Sense(rapid.IntRange(0, 1).Draw(t, "sense")), n, m, 0)
	for range n {
		l, u := finite.Draw(t, "lower"), finite.Draw(t, "upper")
		switch rapid.IntRange(0, 6).Draw(t, "bounds") {
		case 0:
			l, u = 0, Inf
		case 1:
			l, u = -Inf, Inf
		case 2:
			l = -Inf
		case 3:
			u = Inf
		case 4:
			u = l
		case 5:
			l, u = 0, 1
		}
		j := b.Col(finite.Draw(t, "cost"), l, u)
		if rapid.Bool().Draw(t, "integer") {
			b.integer[j], b.anyInt = true, true
		}
	}
	for i := range m {
		v := finite.Draw(t, "side")
		switch rapid.IntRange(0, 4).Draw(t, "row") {
		case 0:
			b.Row(v, v)
		case 1:
			b.Row(-Inf, v)
		case 2:
			b.Row(v, Inf)
		case 3:
			b.Row(-Inf, Inf)
		default:
			w := float64(rapid.IntRange(-1000, 1000).Draw(t, "whole"))
			b.Row(w, w+float64(rapid.IntRange(1, 50).Draw(t, "width")))
		}
		for j := range n {
			if rapid.Bool().Draw(t, "entry") {
				b.Add(i, j, finite.Draw(t, "a"))
			}
		}
	}
	b.AddOffset(finite.Draw(t, "offset"))
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Writing and reading gives the same problem, and writing that the same bytes.
func TestMPSRoundTripLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := anyProblem(rt)
		q := roundTrip(t, p)
		same(t, p, q, true)
		var a, b bytes.Buffer
		if WriteMPS(&a, p) != nil || WriteMPS(&b, q) != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Fatalf("written again it differs:\n%s\n%s", a.String(), b.String())
		}
	})
}

func TestWriteMPSNames(t *testing.T) {
	b := NewBuilder("a\tname\nwith breaks", Minimize, 0, 0, 0)
	names := []string{"", "a b", "a_b", "*x", "'MARKER'", "Überlänge", "make[solihull,2030]", strings.Repeat("n", 300), strings.Repeat("n", 299), "$5", "obj", "RHS", "1"}
	b.NameCols(func(i int) string { return names[i] })
	b.NameRows(func(i int) string { return names[i] })
	for i := range names {
		b.Col(1, 0, 1)
		b.Row(0, 1)
		b.Add(i, i, 1)
	}
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	q := roundTrip(t, p)
	same(t, p.Relaxed(), func() *Problem { r := *q; r.Name = p.Name; return &r }(), false)
	if got, want := q.ColName(6), "make[solihull,2030]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := q.ColName(2), "a_b~2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := q.Name, "a_name_with breaks"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWriteRefuses(t *testing.T) {
	for name, change := range map[string]func(p *Problem){
		"nan cost":     func(p *Problem) { p.Cost[0] = math.NaN() },
		"inf entry":    func(p *Problem) { p.Value[0] = Inf },
		"crossed row":  func(p *Problem) { p.RowLower[0] = 9 },
		"lower of inf": func(p *Problem) { p.Lower[0] = Inf },
		"nan offset":   func(p *Problem) { p.Offset = math.NaN() },
	} {
		b := NewBuilder("", Minimize, 0, 0, 0)
		b.Col(1, 0, 1)
		b.Row(0, 1)
		b.Add(0, 0, 1)
		p, _ := b.Build()
		change(p)
		if err := WriteMPS(&bytes.Buffer{}, p); err == nil {
			t.Errorf("%s: WriteMPS gave no error", name)
		}
		if err := WriteLP(&bytes.Buffer{}, p); err == nil {
			t.Errorf("%s: WriteLP gave no error", name)
		}
	}
}

// Whatever is read can be written, comes back the same, and never panics.
func FuzzReadMPS(f *testing.F) {
	files, _ := filepath.Glob("lptest/testdata/known-wrong/*.mps")
	for _, name := range files {
		if text, err := os.ReadFile(name); err == nil {
			f.Add(text)
		}
	}
	f.Add([]byte(mpsHead + "RANGES\n RNG c1 2\nBOUNDS\n UP BND x -1\n BV y 1\nENDATA\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := ReadMPS(bytes.NewReader(text), "fuzz.mps")
		if err != nil {
			return
		}
		Gate(p, GateOptions{})
		var w bytes.Buffer
		if err := WriteMPS(&w, p); err != nil {
			return // crossed bounds, which the format cannot hold
		}
		q, err := ReadMPS(bytes.NewReader(w.Bytes()), "again.mps")
		if err != nil {
			t.Fatalf("%v in\n%s", err, w.String())
		}
		if p.Rows() != q.Rows() || p.Cols() != q.Cols() || p.Nonzeros() != q.Nonzeros() || p.Integers() != q.Integers() {
			t.Fatalf("came back with another shape:\n%s", w.String())
		}
		for j := range p.Cols() {
			if p.Cost[j] != q.Cost[j] || p.Lower[j] != q.Lower[j] || p.Upper[j] != q.Upper[j] {
				t.Fatalf("column %d came back changed:\n%s", j, w.String())
			}
		}
		if err := WriteLP(&w, p); err != nil {
			t.Fatal(err)
		}
	})
}

// A million nonzeros.
func BenchmarkReadMPS(b *testing.B) {
	p, _ := sparse(rand.New(rand.NewPCG(1, 1)), 50_000, 100_000, 10)
	var w bytes.Buffer
	if err := WriteMPS(&w, p); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(w.Len()))
	for b.Loop() {
		if _, err := ReadMPS(bytes.NewReader(w.Bytes()), "b"); err != nil {
			b.Fatal(err)
		}
	}
}
