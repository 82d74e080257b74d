package check_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"headroom"
	"headroom/internal/counted"
)

// TestCeilings writes numbers into case.yaml and lives that are too large or mean nothing, and some at the edge of what is taken.
func TestCeilings(t *testing.T) {
	t.Parallel()
	yaml := func(lines ...string) string {
		fields := []string{"case_id: two-plants", "base_currency: GBP"}
		if !strings.Contains(strings.Join(lines, ""), "discount_rate") {
			fields = append(fields, "discount_rate: 6")
		}
		if !strings.Contains(strings.Join(lines, ""), "price_year") {
			fields = append(fields, "price_year: 2026")
		}
		return fmt.Sprintf("case.yaml := %q", strings.Join(append(fields, lines...), "\n")+"\n")
	}
	for _, test := range []struct {
		edits string
		want  string // column with a finding of the code, "" for none
	}{
		{yaml("horizon_from: 2026-01-01", "horizon_to: 2125-12-31"), ""},
		{yaml("horizon_from: 2026-01-01", "horizon_to: 2146-12-31"), "horizon_to"},
		{yaml("terminal_life: 1e9"), "terminal_life"},
		{yaml("terminal_life: 101"), "terminal_life"},
		{yaml("terminal_life: 100"), ""},
		{yaml("discount_rate: 600%"), "discount_rate"},
		{yaml("discount_rate: 100%"), ""},
		{yaml("price_year: 2199"), "price_year"},
		{yaml("question_volume: 1e12"), "question_volume"},
		{"vehicle_line.csv:2:tooling_life = 1000000000", "tooling_life"},
		{"vehicle_line.csv:2:tooling_life = 100", ""},
		{"plant.csv:2:change_life = 101", "change_life"},
	} {
		got := ""
		for _, f := range mustFind(t, test.edits) {
			switch {
			case f.Code == headroom.CodeBeyondLimit:
				got = f.Column
			case f.Code == headroom.CodeOutsideBand && f.Column == test.want:
				t.Errorf("%s: told twice: %s", test.edits, f)
			}
		}
		if got != test.want {
			t.Errorf("%s: a finding of %q, want %q", test.edits, got, test.want)
		}
	}
}

// TestCountedCeilings draws numbers of every size for every field with a ceiling: what is above it is always found.
func TestCountedCeilings(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	tries, found := counted.N(60, 600), 0
	fields := []string{"vehicle_line.csv:2:tooling_life", "plant.csv:2:change_life", "plant.csv:3:change_life"}
	for range tries {
		v := math.Round(mostOf(r.Float64())*1000) / 1000
		edit := fmt.Sprintf("%s = %v", fields[r.IntN(len(fields))], v)
		got := false
		for _, f := range mustFind(t, edit) {
			got = got || f.Code == headroom.CodeBeyondLimit
		}
		if want := v > 100; got != want {
			t.Errorf("%s: found %v", edit, got)
			continue
		}
		found++
	}
	counted.Report(t, "lives of every size", found, tries, "found where they are beyond the ceiling")
}

// mostOf spreads a number from 0 to 1 over many sizes, from 1 to 10⁹.
func mostOf(x float64) float64 { return math.Pow(10, 9*x*x*x) }
