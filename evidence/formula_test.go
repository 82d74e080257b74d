package evidence

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var claimValues = map[string]float64{"A-1": 600000, "B-2": 300000, "PROD-2025": 764715, "ZERO": 0, "HUGE": 1e308}

func claimValue(id string) (float64, error) {
	v, ok := claimValues[id]
	if !ok {
		return 0, fmt.Errorf("there is no claim %s", id)
	}
	return v, nil
}

func TestEval(t *testing.T) {
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
		got, err := Eval(tt.formula, claimValue)
		if err != nil || got != tt.want {
			t.Errorf("Eval(%q) = %v, %v, want %v", tt.formula, got, err, tt.want)
		}
	}
}

// TestEvalErrors marks the position of the error with ^ in the line below the formula.
func TestEvalErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ formula, mark, want string }{
		{"", "^", "the formula ends"},
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
		{"fit(2025,cars)", "^", "only in a binding"},
		{"1e5", " ^", `"e" is not expected`},
		{strings.Repeat("(", 200), strings.Repeat(" ", 100) + "^", "nested more than 100"},
	} {
		_, err := Eval(tt.formula, claimValue)
		var fe *FormulaError
		if !errors.As(err, &fe) {
			t.Errorf("Eval(%q): error %v is not a FormulaError", tt.formula, err)
			continue
		}
		if want := strings.IndexByte(tt.mark, '^') + 1; fe.Position != want || !strings.Contains(fe.Message, tt.want) {
			t.Errorf("Eval(%q): %v, want position %d and %q", tt.formula, fe, want, tt.want)
		}
	}
}

func TestClaims(t *testing.T) {
	t.Parallel()
	got, err := Claims("fit(2025,cars) * ([B-2] + [A-1]) / ([B-2] - [B-2])")
	if diff := cmp.Diff([]string{"B-2", "A-1"}, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func FuzzEval(f *testing.F) {
	for _, s := range []string{"([A-1] - [B-2]) * 2 / 3", "fit(2025,cars)", "-(1)", "[", "1..2", "((((", "1/0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, err := Eval(s, claimValue)
		var fe *FormulaError
		if err != nil && (!errors.As(err, &fe) || fe.Position < 1 || fe.Position > len(s)+1) {
			t.Errorf("Eval(%q): %v", s, err)
		}
	})
}
