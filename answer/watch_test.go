package answer

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"headroom"
	"headroom/planner"
)

// TestWatch: the part of a brief that takes one plan is handed on before the rest is known, and stays as it is; plans are counted up
// to all that were made.
func TestWatch(t *testing.T) {
	t.Parallel()
	c := mustDealCase(t, headroom.Talks, func(c *headroom.Case) {
		c.Targets = append(c.Targets, headroom.Target{ID: "goal", Metric: "units", Regions: []string{"*"}, Period: "2030", Sense: "min", Value: 900000})
	})
	var first []headroom.Brief
	var all []Step
	clock := time.Unix(0, 0)
	b, err := Brief(t.Context(), c, mustSolver(t), planner.Options{Gap: 1e-4}, Watch{
		Decided: func(b *headroom.Brief) { first = append(first, *b) },
		Step:    func(s Step) { all = append(all, s) },
		Now: func() time.Time {
			clock = clock.Add(time.Second)
			return clock
		},
	})
	if err != nil || len(first) != 1 || len(all) < 4 {
		t.Fatalf("%v, decided %d times, %d steps", err, len(first), len(all))
	}
	d := first[0]
	if len(d.Deals) > 0 || len(d.SupplyCurve) > 0 || len(d.Binds) > 0 || !reflect.DeepEqual(d.Output, b.Output) || !reflect.DeepEqual(d.Plants, b.Plants) {
		t.Errorf("decided %+v\nof %+v", d, b)
	}
	plan, more := b.Parts()
	if !strings.HasPrefix(b.Sentence, strings.TrimSuffix(d.Sentence, ".")) || plan != d.Sentence || !strings.HasPrefix(more, "The 1 unsigned deal could add") {
		t.Errorf("the sentence began %q and is %q, in parts %q and %q", d.Sentence, b.Sentence, plan, more)
	}
	for i, s := range all {
		if s.Done < 1 || s.Done > s.Of || i > 0 && s.Done <= all[i-1].Done || (s.Left > 0) != (s.Done < s.Of) {
			t.Errorf("step %d: %+v", i, s)
		}
	}
	if last := all[len(all)-1]; last.Done != last.Of {
		t.Errorf("the last step is %+v", last)
	}
}
