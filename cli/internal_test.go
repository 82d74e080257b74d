package cli

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

func TestObjectJSON(t *testing.T) {
	t.Parallel()
	o := object{
		{"nan", math.NaN()},
		{"inf", math.Inf(1)},
		{"minus_zero", math.Copysign(0, -1)},
		{"none", []string(nil)},
		{"text", "a<b\n"},
		{"finding", headroom.Finding{Severity: headroom.SeverityError, Code: "X", Place: headroom.Place{File: "f.csv", Row: 2}}},
		{"nested", map[string]any{"b": math.NaN(), "a": 1}},
	}
	got, err := o.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"nan":null,"inf":null,"minus_zero":0,"none":[],"text":"a<b\n",` +
		`"finding":{"severity":"error","code":"X","file":"f.csv","row":2,"column":"","message":"","hint":""},"nested":{"a":1,"b":null}}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestGrouped(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]string{
		0: "0", 5: "5", 12.345: "12.3", 999.6: "1,000", 1234567: "1,234,567", -1234: "-1,234", 0.001234: "0.00123", math.Inf(1): "-",
	} {
		if got := grouped(v); got != want {
			t.Errorf("grouped(%v) = %q, want %q", v, got, want)
		}
	}
}

func TestDifferenceBounds(t *testing.T) {
	t.Parallel()
	a := &side{objective: "npv", currency: "GBP", value: 100, bound: 104}
	b := &side{objective: "npv", currency: "GBP", value: 110, bound: 111}
	d := differ(a, b)
	if got, want := [3]float64{d.value, d.low, d.high}, [3]float64{10, 6, 11}; got != want {
		t.Errorf("npv: difference, low, high are %v, want %v", got, want)
	}
	a.bound, b.bound = 97, 108 // costs: the bound is below
	d = differ(a, b)
	if got, want := [3]float64{d.value, d.low, d.high}, [3]float64{10, 8, 13}; got != want {
		t.Errorf("cost: difference, low, high are %v, want %v", got, want)
	}
	b.currency = "EUR"
	if d = differ(a, b); d.why == "" || !math.IsNaN(d.value) {
		t.Errorf("two currencies: got %v (%q), want no difference", d.value, d.why)
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	if got, want := clean("a\x1b[31mb\tc\u009bd"), "a [31mb c d"; got != want {
		t.Errorf("clean: got %q, want %q", got, want)
	}
}

func TestCommandsAreDocumented(t *testing.T) {
	t.Parallel()
	for _, cmd := range (&app{}).root().Commands() {
		if cmd.Name() == "help" || cmd.Name() == "completion" {
			continue
		}
		if cmd.Short == "" || cmd.Long == "" || cmd.Example == "" {
			t.Errorf("%s lacks a short text, a long one or an example", cmd.Name())
		}
	}
}

// TestNewsTo: a claim that had been replaced when a run was made is no news to it, whatever day is asked for; one that was replaced
// since is. Of a run that does not say so, the case that is what it was says it.
func TestNewsTo(t *testing.T) {
	t.Parallel()
	gone := map[string]string{"claim/old": "newer", "claim/older": "new"}
	c := &headroom.Case{Hash: "h", Claims: []headroom.Claim{{ID: "new", Supersedes: []string{"older"}}, {ID: "newer", Retracts: []string{"old"}}}}
	run := func(replaced []string, hash string) *storedRun {
		r := &storedRun{}
		r.Result.Replaced, r.Result.Case.Hash = replaced, hash
		return r
	}
	for _, tt := range []struct {
		name string
		r    *storedRun
		want int
	}{
		{"knew both", run([]string{"old", "older"}, "another"), 0},
		{"knew one", run([]string{"older"}, "another"), 1},
		{"knew none", run([]string{}, "another"), 2},
		{"does not say, of another case", run(nil, "another"), 2},
		{"does not say, of this case", run(nil, "h"), 0},
	} {
		if got := newsTo(tt.r, c, gone); len(got) != tt.want {
			t.Errorf("%s: %v is news, want %d", tt.name, got, tt.want)
		}
	}
	if len(gone) != 2 {
		t.Error("the list that was given is changed")
	}
}
