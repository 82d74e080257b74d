package lp

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden is a problem with every kind of row, column and name.
func golden(t testing.TB) *Problem {
	t.Helper()
	b := NewBuilder("golden", Maximize, 0, 0, 0)
	cols := []string{
		"make[solihull,2030]", "make[halewood,2030]", "open[solihull]", "3rd", "e5", "free", "a-b", "a_b", "unused", "neg", "shifts",
	}
	b.NameCols(func(i int) string { return cols[i] })
	rows := []string{"cap[solihull]", "demand[uk]", "band", "", "obj", "empty", "never"}
	b.NameRows(func(i int) string { return rows[i] })
	b.Col(1.5, 0, Inf)
	b.Col(-2, 0, 40)
	b.IntCol(-100, 0, 1)
	b.Col(0, -Inf, Inf)
	b.Col(1, -Inf, 7)
	b.Col(1e-7, 2, Inf)
	b.Col(0.1, 3, 3)
	b.Col(0, 0, Inf)
	b.Col(0, 0, Inf)
	b.Col(0, -4, -1)
	b.IntCol(0, 0, 3)
	b.Row(-Inf, 0)
	b.Row(10, 10)
	b.Row(-1, 1)
	b.Row(2, Inf)
	b.Row(-Inf, Inf)
	b.Row(-Inf, 5)
	b.Row(0, 1e6)
	b.Add(0, 0, 1)
	b.Add(0, 2, -80)
	b.Add(1, 0, 1)
	b.Add(1, 1, 1)
	b.Add(2, 3, -1)
	b.Add(2, 4, 2.5)
	for j := range cols {
		if j != 8 {
			b.Add(3, j, float64(j)*1111+0.5)
		}
	}
	b.Add(4, 6, 1)
	b.Add(6, 7, 1)
	b.Add(6, 9, 1)
	b.AddOffset(-12.5)
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestWriteLPGolden(t *testing.T) {
	var got bytes.Buffer
	if err := WriteLP(&got, golden(t)); err != nil {
		t.Fatal(err)
	}
	const file = "testdata/golden.lp"
	if os.Getenv("GOLDEN") != "" {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("GOLDEN=1 rewrites it (-want +got):\n%s", diff)
	}
	for i, line := range strings.Split(got.String(), "\n") {
		if len(line) > lpWidth {
			t.Errorf("line %d is %d bytes long, want at most %d", i+1, len(line), lpWidth)
		}
	}
}

func TestWriteLPWithoutColumns(t *testing.T) {
	b := NewBuilder("", Minimize, 0, 0, 0)
	b.Row(-1, Inf)
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if err := WriteLP(&w, p); err != nil {
		t.Fatal(err)
	}
	if got, want := w.String(), "Minimize\n obj:\nSubject To\n\\ r1: 0 >= -1\nBounds\nEnd\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestLPNames: a name with half a bracket would be refused by readers, as a product that is not written out.
func TestLPNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"make[a,2030]": "make(a,2030)", "x(1": "x_1", "a]b": "a_b", "2x": "_2x", "end": "_end",
		"x[" + strings.Repeat("1", 300) + "]": "x_" + strings.Repeat("1", maxName-2),
	} {
		if got := lpName(name); got != want {
			t.Errorf("%q is written %q, want %q", name, got, want)
		}
	}
}
