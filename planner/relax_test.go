package planner_test

import (
	"context"
	"math"
	"os"
	"slices"
	"testing"

	"headroom"
	"headroom/planner"
	"headroom/table"
)

// TestRelax: the relaxation is at least as good as the plan, builds what its point says, and a programme is the same as another one
// exactly where nothing in the case that it depends on differs.
func TestRelax(t *testing.T) {
	t.Parallel()
	c := mustLoadFS(t, os.DirFS("../cases/two-plants"), table.LoadOptions{}, nil)
	s := mustSolver(t)
	m, err := planner.Build(context.Background(), c, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Relax(t.Context(), s, planner.Options{})
	if err != nil || r.X == nil {
		t.Fatal(err)
	}
	p := mustSolve(t, c, planner.Options{Gap: 1e-9})
	if r.Value < p.Value-1e-6*math.Abs(p.Value) {
		t.Errorf("the relaxation is worth %g, the plan %g", r.Value, p.Value)
	}
	sol, err := m.Solve(t.Context(), s, planner.Options{Gap: 1e-9}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := 0.0
	for _, o := range sol.Plan.Outputs {
		if o.Period == "2030" {
			want += o.Units
		}
	}
	if got := m.Built(sol.X, []string{"*"}, "2030"); math.Abs(got-want) > 1e-6*want || want == 0 {
		t.Errorf("built %v, want %v", got, want)
	}
	for _, tt := range []struct {
		name string
		do   func(c *headroom.Case)
		same bool
	}{
		{"nothing", func(*headroom.Case) {}, true},
		{"a note", func(c *headroom.Case) { c.Demands[0].Note = "other" }, true},
		{"a volume", func(c *headroom.Case) { c.Demands[0].Volume++ }, false},
		{"a price", func(c *headroom.Case) { c.Demands[0].PriceNet.Value++ }, false},
		{"a capacity", func(c *headroom.Case) { c.Lines[0].CapacityYear.Value++ }, false},
		{"a place", func(c *headroom.Case) { c.VehicleLines = c.VehicleLines[:len(c.VehicleLines)-1] }, false},
		{"the discount rate", func(c *headroom.Case) { c.DiscountRate++ }, false},
	} {
		d := *c
		d.Demands, d.Lines, d.VehicleLines = slices.Clone(c.Demands), slices.Clone(c.Lines), slices.Clone(c.VehicleLines)
		tt.do(&d)
		o, err := planner.Build(context.Background(), &d, planner.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if m.Same(o) != tt.same {
			t.Errorf("%s: same is %v", tt.name, !tt.same)
		}
	}
}
