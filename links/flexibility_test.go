package links

import (
	"context"
	"math"
	"slices"
	"testing"

	"headroom/flex"
	"headroom/table"
)

// TestFlexInterrupted holds that an interrupt leaves an answer, at any time.
func TestFlexInterrupted(t *testing.T) {
	t.Parallel()
	l, err := Of(mustUK(t, table.LoadOptions{}), "2030")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, o := range []FlexOptions{{Gains: true}, {Design: DesignChain}, {Design: DesignGreedy}} {
		o.Budget, o.Run.Scenarios = NoBudget(), 1_000_000_000
		f, err := Flex(ctx, l, o)
		if err != nil {
			t.Fatal(err)
		}
		if f.Stopped != "interrupt" || !(f.Sales.Half() > 0) || f.Scenarios > 1024 {
			t.Errorf("%+v: %+v", o, f.Evaluation)
		}
	}
}

// TestFlexUK holds what follows from the UK case by hand: which plants and links count, what a link's margin is made of, and that the next
// link is worth the difference of two answers.
func TestFlexUK(t *testing.T) {
	t.Parallel()
	c := mustUK(t, table.LoadOptions{})
	l, err := Of(c, "2030")
	if err != nil {
		t.Fatal(err)
	}
	if !l.Money || slices.Contains(l.Plants, "castle-bromwich") || !slices.Contains(l.Shut, "new-plant") || !slices.Contains(l.LeftOut, "second-wave-1") {
		t.Errorf("plants %v, shut %v, left out %v", l.Plants, l.Shut, l.LeftOut)
	}
	// Solihull: 166,667 at two crews, times 1.2 on three
	if got := l.Problem.Capacity[slices.Index(l.Plants, "solihull")]; math.Abs(got-1.2*166667) > 1 {
		t.Errorf("the capacity of Solihull is %v", got)
	}
	has := func(plant, vehicle string) bool {
		x, err := l.Link(plant, vehicle)
		return err == nil && slices.Contains(l.Problem.Links, x)
	}
	if !has("solihull", "range-rover") || has("halewood", "jaecoo") || has("solihull", "evoque") || has("changshu", "cjlr-land-rover") {
		t.Error("links that are there and that are not are mixed up")
	}
	deal, err := l.Link("halewood", "jaecoo")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(l.Problem.Candidates, func(x flex.Candidate) bool { return x.Link == deal })
	if l.Known[i] != "chery-jlr-halewood" || !l.Costed[i] || l.Problem.Candidates[i].Cost != 200e6 {
		t.Errorf("Jaecoo at Halewood: %q %+v", l.Known[i], l.Problem.Candidates[i])
	}
	o := FlexOptions{Gains: true, Budget: NoBudget(), Run: flex.Options{Scenarios: 512, NoControl: true}}
	base, err := Flex(context.Background(), l, o)
	if err != nil {
		t.Fatal(err)
	}
	next := base.Gains[0]
	o.Gains, o.Add = false, []flex.Link{next.Link}
	with, err := Flex(context.Background(), l, o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := with.Margin.Mean - base.Margin.Mean; math.Abs(diff-next.Mean) > 1e-6*diff || math.Abs(with.Gain.Mean-next.Mean) > 1e-6*diff {
		t.Errorf("the next link brings %v, the difference is %v, together %v", next.Mean, diff, with.Gain.Mean)
	}
	if next.Mean <= 0 || base.FullMargin.Mean < base.Margin.Mean+next.Mean {
		t.Errorf("margin %v, full %v, next %v", base.Margin.Mean, base.FullMargin.Mean, next)
	}
}
