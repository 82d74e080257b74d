package formula

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

// plainCase has claims without units.
var plainCase = &headroom.Case{Claims: []headroom.Claim{
	{ID: "A-1", Value: "600000"},
	{ID: "B-2", Value: "300000"},
	{ID: "PROD-2025", Value: "764715"},
	{ID: "ZERO", Value: "0"},
	{ID: "HUGE", Value: "1" + strings.Repeat("0", 308)},
}}

// evalNumbers computes a formula over plainCase.
func evalNumbers(formula string) (float64, error) {
	return Value(plainCase, headroom.Binding{Kind: "derived", Formula: formula})
}

func TestFormula(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		formula string
		want    float64
	}{
		{"7", 7},
		{".5", 0.5},
		{"[A-1]", 600000},
		{" [A-1] ", 600000},
		{"[PROD-2025]", 764715}, // a minus within brackets is part of the name
		{"2 + 3 * 4", 14},
		{"(2 + 3) * 4", 20},
		{"10 - 3 - 2", 5},
		{"100 / 10 / 5", 2},
		{"-2 * -3", 6},
		{"--2", 2},
		{"2--3", 5},
		{"([A-1] - [B-2]) * 2 / 3", 200000},
		{"[A-1]*(100-40)/100", 360000},
		{"[ZERO] / 5", 0},
	} {
		got, err := evalNumbers(tt.formula)
		if err != nil || got != tt.want {
			t.Errorf("evalNumbers(%q) = %v, %v, want %v", tt.formula, got, err, tt.want)
		}
	}
}

// TestFormulaErrors marks the position of the error with ^ in the line below the formula.
func TestFormulaErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ formula, mark, want string }{
		{"   ", "   ^", "the formula ends"},
		{"2 +", "   ^", "the formula ends"},
		{"2 * / 3", "    ^", `"/" is not expected`},
		{"2 3", "  ^", `"3" is not expected`},
		{"[A-1", "^", "bracket is not closed"},
		{"1 + []", "    ^", "not a claim id"},
		{"1 + [A 1]", "    ^", "not a claim id"},
		{"1 + [A-9]", "    ^", "there is no claim A-9"},
		{"(1 + 2", "^", "parenthesis is not closed"},
		{"1 + 2)", "     ^", `")" is not expected`},
		{"A-1", "^", "claims stand in square brackets"},
		{"2 × 3", "  ^", "not expected here"},
		{"1.2.3", "^", "is not a number"},
		{"1 / [ZERO]", "  ^", "division by zero"},
		{"[HUGE] * 10", "       ^", "too large"},
		{"fit(2025,cars)", "^", "only in bindings of demand and outturn"},
		{"fit(cars)", "^", "write fit(year,group)"},
		{"cube([A-1])", "^", "not expected here"},
		{"fx(USD,GBP)", "^", "write fx(FROM,TO,date)"},
		{"2 * fx(USD,USD,2026)", "    ^", "write fx(FROM,TO,date)"},
		{"fx(USD,GBP,2026-01-27", "^", "not closed"},
		{"share([A-1])", "           ^", "a comma is expected"},
		{"annual(12)", "       ^", "a claim in square brackets"},
		{"share([B-2],[A-1]", "^", "not closed"},
		{"share([B-2],[A-1],1)", "                 ^", "write share(part,whole)"},
		{"annual([A-9])", "       ^", "there is no claim A-9"},
		{"1e5", " ^", `"e" is not expected`},
		{strings.Repeat("(", 200), strings.Repeat(" ", 100) + "^", "nested more than 100"},
	} {
		_, err := evalNumbers(tt.formula)
		var fe *FormulaError
		if !errors.As(err, &fe) {
			t.Errorf("evalNumbers(%q): error %v is not a FormulaError", tt.formula, err)
			continue
		}
		if want := strings.IndexByte(tt.mark, '^') + 1; fe.Position != want || !strings.Contains(fe.Message, tt.want) {
			t.Errorf("evalNumbers(%q): %v, want position %d and %q", tt.formula, fe, want, tt.want)
		}
	}
}

func TestClaims(t *testing.T) {
	t.Parallel()
	got, err := Claims("fit(2025,cars) * ([B-2] + [A-1]) / ([B-2] - [B-2]) * fx(USD,GBP,2026-01-27) + interpolate([C],[A-1],2027) * share(annual([D]),[B-2])")
	if diff := cmp.Diff([]string{"B-2", "A-1", "C", "D"}, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func FuzzFormula(f *testing.F) {
	for _, s := range []string{"([A-1] - [B-2]) * 2 / 3", "fit(2025,cars)", "fx(USD,GBP,2026-01-27)", "share([A-1],[B-2])", "interpolate([A-1],[B-2],2026)", "deflate([A-1],2016,2025,UK,CPI)", "-(1)", "[", "1..2", "((((", "1/0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" {
			return // is the claim's own value
		}
		_, err := evalNumbers(s)
		var fe *FormulaError
		if err != nil && (!errors.As(err, &fe) || fe.Position < 1 || fe.Position > len(s)+1) {
			t.Errorf("evalNumbers(%q): %v", s, err)
		}
	})
}
