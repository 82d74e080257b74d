package bench

import (
	"math"
	"reflect"
	"testing"

	"headroom"
	"headroom/answer"
	"headroom/check"
	"headroom/highs"
	"headroom/internal/tree"
	"headroom/lp"
	"headroom/planner"
)

// TestLarge plans a small case of the generator, so that what is timed is a case that makes sense, and the same each time.
func TestLarge(t *testing.T) {
	t.Parallel()
	size := LargeSize{Plants: 6, Vehicles: 5, Markets: 4, Regions: 3, Years: 3, PlacesEach: 3}
	c := Large(size)
	if !reflect.DeepEqual(c, Large(size)) {
		t.Error("two cases of one size differ")
	}
	for _, f := range check.Case(c) {
		if f.Severity == headroom.SeverityError {
			t.Error(f)
		}
	}
	s, _, err := highs.Find(highs.Auto, highs.Config{Getenv: tree.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	p, err := answer.Plan(t.Context(), c, s, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Status != headroom.StatusVerified {
		t.Errorf("%s: %s", p.Status, p.Why)
	}
}

// TestStrong solves the hand-written model of an instance that can be solved by hand: facility 1 costs 100 + 40, facility 2
// 90 + 60.
func TestStrong(t *testing.T) {
	t.Parallel()
	p := &CFLP{Capacity: []float64{10, 10}, Fixed: []float64{100, 90}, Demand: []float64{8}, Cost: [][]float64{{40, 60}}}
	m, err := p.Strong("hand")
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := highs.Find(highs.Auto, highs.Config{Getenv: tree.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	r, err := s.Solve(t.Context(), m, lp.Options{Gap: 1e-9})
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(r.Objective-140) > 1e-6 {
		t.Errorf("objective %g, want 140", r.Objective)
	}
}

// TestVerdict has a row for each thing that can be said of a goal.
func TestVerdict(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		row  Row
		want string
	}{
		{Row{Peer: 2, Ours: 2, Must: 1.2, Reach: 1}, "met, and what we reach for"},
		{Row{Peer: 2, Ours: 2.2, Must: 1.2, Reach: 1}, "met"},
		{Row{Peer: 2, Ours: 3, Must: 1.2, Reach: 1}, "missed by 25 %"},
		{Row{Peer: none, Ours: 3, Must: 2, Reach: 1}, "missed by 50 %"},
		{Row{Peer: none, Ours: none, Must: 2, Reach: 1}, "not measured"},
		{Row{Peer: none, Ours: 3, Must: none, Reach: none}, ""},
	} {
		if got := tt.row.verdict(); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.row, got, tt.want)
		}
	}
}
