package formula

import (
	"math"
	"strings"
	"testing"

	"headroom"
)

// mustMatrix reads outturns in a small notation: the first line has the markets, the others a vehicle with its weights; the
// last line, with the vehicle *, and the last column, with the market *, are totals.
func mustMatrix(t testing.TB, text string) []headroom.Outturn {
	t.Helper()
	var out []headroom.Outturn
	lines := strings.Split(strings.TrimSpace(text), "\n")
	markets := strings.Fields(lines[0])
	for _, line := range lines[1:] {
		words := strings.Fields(line)
		for j, w := range words[1:] {
			if w == "." {
				continue
			}
			v, err := evalNumbers(w)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, headroom.Outturn{Year: 2025, Group: "cars", Vehicle: words[0], Market: markets[j], Units: v})
		}
	}
	return out
}

func TestFit(t *testing.T) {
	t.Parallel()
	m, passes, err := Fit(mustMatrix(t, `
		uk eu us *
	a   1  1  0 60
	b   1  1  1 40
	*  30 50 20 100`), 2025, "cars")
	if err != nil {
		t.Fatal(err)
	}
	if passes < 1 || passes > 200 {
		t.Errorf("passes %d", passes)
	}
	// b sends all of us, so its other 20 and the 60 of a share uk and eu in the same proportion.
	for _, tt := range []struct {
		v, r string
		want float64
	}{{"a", "uk", 22.5}, {"a", "eu", 37.5}, {"a", "us", 0}, {"b", "uk", 7.5}, {"b", "eu", 12.5}, {"b", "us", 20}} {
		if got, ok := m.At(tt.v, tt.r); !ok || math.Abs(got-tt.want) > 1e-6 {
			t.Errorf("%s in %s is %v, want %v", tt.v, tt.r, got, tt.want)
		}
	}
	if _, ok := m.At("a", "cn"); ok {
		t.Error("there is a cell of a market that was not named")
	}
	if got := []float64{m.Vehicle("a"), m.Market("eu"), m.Total()}; math.Abs(got[0]-60)+math.Abs(got[1]-50)+math.Abs(got[2]-100) > 1e-6 {
		t.Errorf("sums %v", got)
	}
}

func TestFitErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"sums disagree", `
			uk eu *
		a    1  1 60
		b    1  1 40
		*   30 71 .`, "the vehicles sum to 100 and the markets to 101"},
		{"total disagrees", `
			uk eu *
		a    1  1 60
		b    1  1 40
		*   30 70 90`, "the total is 90"},
		{"zeros block", `
			uk eu us *
		a    1  1  0 60
		b    1  1  0 20
		c    1  1  1 20
		*   30 40 30 .`, "a, b can only go to eu, uk, where there is room for 70 of their 80"},
		{"no market", `
			uk eu *
		a    0  0 60
		b    1  1 40
		*   30 70 .`, "a can go to no market"},
		{"missing weight", `
			uk eu *
		a    1  . 60
		b    1  1 40
		*   30 70 .`, "no weight of a in eu"},
		{"stray weight", `
			uk eu *
		a    1  1 60
		b    1  1 .
		*   30 30 .`, "without a total of their vehicle or market: b in eu, b in uk"},
		{"negative", `
			uk eu *
		a    1 -1 60
		*   30 30 .`, "a in eu is -1"},
		{"nothing", `
			uk
		a    1`, "no totals"},
		{"zeros leave no choice", `
			uk eu *
		a    1  1 50
		b    1  0 50
		*   50 50 .`, "after"},
	} {
		_, _, err := Fit(mustMatrix(t, tt.text), 2025, "cars")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
