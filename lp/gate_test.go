package lp

import (
	"math"
	"strings"
	"testing"
)

// gated is a clean problem: make ≤ 80·open, make ≤ 100.
func gated(t testing.TB) *Problem {
	t.Helper()
	b := NewBuilder("", Maximize, 0, 0, 0)
	b.NameCols(func(i int) string { return []string{"make", "open", "free"}[i] })
	b.NameRows(func(i int) string { return []string{"cap", "demand"}[i] })
	b.Col(2, 0, 80)
	b.IntCol(-5, 0, 1)
	b.Col(0, -Inf, Inf)
	b.Row(-Inf, 0)
	b.Row(-Inf, 60)
	b.Add(0, 0, 1)
	b.Add(0, 1, -80)
	b.Add(1, 0, 1)
	b.Add(1, 2, 1)
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestGate(t *testing.T) {
	nan := math.NaN()
	// The entries of the matrix: 0: make in cap, 1: make in demand, 2: open in cap, 3: free in demand.
	tests := []struct {
		name    string
		change  func(p *Problem)
		code    string // "" for a clean problem
		own     Severity
		foreign Severity
		says    string
	}{
		{"clean", func(*Problem) {}, "", 0, 0, ""},
		{"nan cost", func(p *Problem) { p.Cost[1] = nan }, "N01", Refuse, Refuse, "column open"},
		{"nan entry", func(p *Problem) { p.Value[2] = nan }, "N01", Refuse, Refuse, "column open in row cap"},
		{"inf entry", func(p *Problem) { p.Value[0] = Inf }, "N01", Refuse, Refuse, "column make in row cap"},
		{"nan bound", func(p *Problem) { p.Upper[0] = nan }, "N01", Refuse, Refuse, "column make"},
		{"lower inf", func(p *Problem) { p.Lower[0] = Inf }, "N01", Refuse, Refuse, "column make"},
		{"nan side", func(p *Problem) { p.RowUpper[1] = nan }, "N01", Refuse, Refuse, "row demand"},
		{"nan offset", func(p *Problem) { p.Offset = nan }, "N01", Refuse, Refuse, "constant"},
		{"bad shape", func(p *Problem) { p.Upper = p.Upper[:1] }, "N01", Refuse, Refuse, "fit together"},
		{"bad index", func(p *Problem) { p.Index[0] = 7 }, "N01", Refuse, Refuse, "fit together"},
		{"wide range", func(p *Problem) { p.Value[0], p.Value[3] = 1e-5, 100 }, "N02", Warn, Warn, "from 1e-05"},
		{"huge range", func(p *Problem) { p.Value[0], p.Value[3] = 1e-6, 1e4 }, "N02", Refuse, Warn, "column make in row cap"},
		{"small", func(p *Problem) { p.Value[0], p.Value[1], p.Value[2], p.Value[3] = 1e-7, 1e-2, -1e-2, 1e-2 }, "N03", Warn, Warn, "very small"},
		{"dropped", func(p *Problem) { p.Value[3] = 1e-9 }, "N03", Refuse, Refuse, "column free in row demand"},
		{"large", func(p *Problem) { p.Value[3] = 2e6 }, "N03", Warn, Warn, "very large"},
		{"rejected", func(p *Problem) { p.Value[3] = 1e12 }, "N03", Refuse, Warn, "column free in row demand"},
		{"rejected by all", func(p *Problem) { p.Value[3] = 1e15 }, "N03", Refuse, Refuse, "column free in row demand"},
		{"side", func(p *Problem) { p.RowUpper[1] = 2e6 }, "N04", Warn, Warn, "row demand"},
		{"bound", func(p *Problem) { p.Upper[0] = 2e6 }, "N04", Warn, Warn, "column make"},
		{"cost large", func(p *Problem) { p.Cost[0] = 2e6 }, "N05", Warn, Warn, "column make"},
		{"cost small", func(p *Problem) { p.Cost[0], p.Cost[1] = 1e-7, 1e-8 }, "N05", Warn, Warn, "column make"},
		{"leaking M", func(p *Problem) { p.Value[2], p.Upper[0] = -3e5, 3e5 }, "N06", Warn, Warn, "lets 0.3 through"},
		{"M of 1e7", func(p *Problem) { p.Value[2], p.Upper[0] = -1e7, 1e7 }, "N06", Refuse, Warn, "big-M of 1e+07"},
		{"loose M", func(p *Problem) { p.Value[2] = -160 }, "N06", Warn, Warn, "more than the 80"},
		{"crossed column", func(p *Problem) { p.Upper[0] = -1 }, "N17", Warn, Warn, "column make"},
		{"no integer", func(p *Problem) { p.Lower[1], p.Upper[1] = 0.2, 0.8 }, "N17", Warn, Warn, "column open"},
		{"crossed row", func(p *Problem) { p.RowLower[1] = 61 }, "N17", Warn, Warn, "row demand"},
		{"unbounded", func(p *Problem) { p.Cost[2] = -1 }, "N18", Refuse, Warn, "column free"},
	}
	for _, tt := range tests {
		for _, s := range []Strictness{Own, Foreign} {
			p := gated(t)
			tt.change(p)
			issues := Gate(p, GateOptions{Strictness: s})
			want := tt.own
			if s == Foreign {
				want = tt.foreign
			}
			if tt.code == "" {
				if len(issues) != 0 {
					t.Errorf("%s: got %v, want none", tt.name, issues)
				}
				continue
			}
			found := false
			for _, i := range issues {
				found = found || i.Code == tt.code && i.Severity == want && strings.Contains(i.Message, tt.says) && i.Hint != ""
			}
			if !found {
				t.Errorf("%s, strictness %d: got %v, want %s %v with %q", tt.name, s, issues, tt.code, want, tt.says)
			}
		}
	}
}

func TestGateMinQuantity(t *testing.T) {
	p := gated(t)
	if got := Gate(p, GateOptions{MinQuantity: 1}); len(got) != 0 {
		t.Errorf("got %v, want none", got)
	}
	if got := Gate(p, GateOptions{MinQuantity: 1e-4}); !Refused(got) {
		t.Errorf("got %v, want a refusal: M·1e-6 is 8e-5", got)
	}
}

// The mirror image: make - 80·open ≤ 0 written as 80·open - make ≥ 0, and with the switch on the other side.
func TestGateMirroredBigM(t *testing.T) {
	p := gated(t)
	p.RowLower[0], p.RowUpper[0] = 0, Inf
	p.Value[0], p.Value[2] = -1, 200
	if got := Gate(p, GateOptions{}); len(got) != 1 || got[0].Code != "N06" {
		t.Errorf("got %v, want one N06", got)
	}
	p = gated(t)
	p.RowUpper[0], p.Value[2] = 200, 200 // make ≤ 200·(1 - closed)
	if got := Gate(p, GateOptions{}); len(got) != 1 || got[0].Code != "N06" {
		t.Errorf("got %v, want one N06", got)
	}
}
