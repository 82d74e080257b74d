package planner_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
	"headroom/internal/counted"
	"headroom/ledger"
	"headroom/lp"
	"headroom/planner"
)

// zeroWhenMissing are the columns of which the schema says that nothing written means zero: costs and growth.
var zeroWhenMissing = map[string]bool{
	"severance_per_capacity": true, "fixed_cost_per_capacity": true,
	"growth": true, "lost_sale": true,
}

// rewritten is a case in which do has looked at every cell of those columns.
func rewritten(c *headroom.Case, do func(headroom.Opt) headroom.Opt) (*headroom.Case, int) {
	d, n := *c, 0
	v := reflect.ValueOf(&d).Elem()
	for i := range v.NumField() {
		rows := v.Field(i)
		if rows.Kind() != reflect.Slice || rows.Type().Elem().Kind() != reflect.Struct {
			continue
		}
		again := reflect.MakeSlice(rows.Type(), rows.Len(), rows.Len())
		reflect.Copy(again, rows)
		for r := range again.Len() {
			for f := range again.Type().Elem().NumField() {
				if cell, ok := again.Index(r).Field(f).Interface().(headroom.Opt); ok && zeroWhenMissing[again.Type().Elem().Field(f).Tag.Get("col")] {
					if now := do(cell); now != cell {
						n++
						again.Index(r).Field(f).Set(reflect.ValueOf(now))
					}
				}
			}
		}
		rows.Set(again)
	}
	return &d, n
}

// programme is what is solved of a case, as text.
func programme(t *testing.T, c *headroom.Case) string {
	t.Helper()
	m, err := planner.Build(t.Context(), c, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := lp.WriteMPS(&out, m.Problem); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestMissingCostIsZero: a cost or a growth that is not written is zero for the programme and for the ledger, and a written zero is as if it
// were not there.
func TestMissingCostIsZero(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	changed := 0
	for range counted.N(40, 500) {
		seed := rng.IntN(1 << 30)
		c := cases().Example(seed)
		for what, do := range map[string]func(headroom.Opt) headroom.Opt{
			"written": func(o headroom.Opt) headroom.Opt { return headroom.Some(o.Or(0)) },
			"left out": func(o headroom.Opt) headroom.Opt {
				if o.Value == 0 {
					return headroom.Opt{}
				}
				return o
			},
		} {
			d, n := rewritten(c, do)
			if n == 0 {
				continue
			}
			changed++
			if diff := cmp.Diff(programme(t, c), programme(t, d)); diff != "" {
				t.Fatalf("case %d: %d zeros %s are another programme:\n%.2000s", seed, n, what, diff)
			}
			p, err := planner.Plan(t.Context(), c, mustSolver(t), planner.Options{Gap: 0.01})
			if err != nil {
				t.Fatal(err)
			}
			if len(p.States) == 0 {
				continue
			}
			a, errA := ledger.Compute(c, p)
			b, errB := ledger.Compute(d, p)
			if errA != nil || errB != nil {
				t.Fatalf("case %d: %v, %v", seed, errA, errB)
			}
			if diff := cmp.Diff(a.Cash, b.Cash); diff != "" {
				t.Fatalf("case %d: %d zeros %s are other money:\n%.2000s", seed, n, what, diff)
			}
		}
	}
	if changed == 0 {
		t.Error("no case has a zero of that kind")
	}
}
