package links

import (
	"context"
	"math"
	"slices"
	"time"

	"headroom/flex"
)

// Design is a set of links to add to those of a case.
type Design string

// Designs.
const (
	DesignNone   Design = ""
	DesignChain  Design = "chain"  // one long chain through all components
	DesignFull   Design = "full"   // every link
	DesignGreedy Design = "greedy" // one after the other, always the one that adds most
)

// FlexOptions say what is asked about links.
type FlexOptions struct {
	Gains  bool        // what every missing link would add
	Add    []flex.Link // links to add
	Design Design
	Budget float64 // of greedy, base currency; where no link has a cost each counts 1. NaN is none
	Run    flex.Options
}

// Flexibility is what a set of links is worth.
type Flexibility struct {
	*Links
	*flex.Evaluation
	Added   []flex.Gain    // by add or by the design; greedy has what each brought when it was chosen
	Gain    *flex.Estimate // of all that were added, together
	Measure *flex.Measure  // of Jordan and Graves; nil where there are too many plants
	Base    flex.Estimate  // sales without what was added
	AnyPair bool           // greedy looked at all pairs, because no row of vehicle_line is a candidate
	Seconds float64
	Problem *flex.Problem // with what was added
}

// Flex says what the links of a case are worth, with what is to be added. Where ctx ends it answers with the scenarios that there
// were; where there were none for something, with a few.
func Flex(ctx context.Context, l *Links, o FlexOptions) (*Flexibility, error) {
	began := time.Now()
	f := &Flexibility{Links: l, Problem: &l.Problem}
	if err := f.design(ctx, o); err != nil && ctx.Err() == nil {
		return nil, err
	}
	if len(f.Added) > 0 {
		if err := f.add(ctx, o); err != nil {
			return nil, err
		}
	}
	late := ctx.Err() != nil
	e, err := flex.Evaluate(ctx, f.Problem, o.Gains, o.Run)
	if ctx.Err() != nil && (late || err != nil) {
		ctx, o = last(ctx, o)
		if e, err = flex.Evaluate(ctx, f.Problem, o.Gains, o.Run); err == nil {
			e.Stopped = "interrupt"
		}
	}
	if err != nil {
		return nil, err
	}
	f.Evaluation = e
	if f.Gain == nil {
		f.Base = e.Sales
	}
	few := o.Run
	few.Scenarios, few.Progress = min(max(few.Scenarios, 1), measureScenarios), nil
	if o.Run.Scenarios == 0 {
		few.Scenarios = measureScenarios
	}
	if m, err := flex.Flexibility(ctx, &f.Problem.Network, &f.Problem.Demand, few); err == nil {
		f.Measure = m
	}
	f.Seconds = time.Since(began).Seconds()
	return f, nil
}

// quiet is how a run samples that is not the main one.
func quiet(o FlexOptions) flex.Options {
	o.Run.Progress = nil
	return o.Run
}

// last is a question that is still answered after ctx has ended, with few scenarios and without what takes long.
func last(ctx context.Context, o FlexOptions) (context.Context, FlexOptions) {
	if ctx.Err() == nil {
		return ctx, o
	}
	o.Run.Scenarios, o.Gains = lateScenarios, false
	return context.WithoutCancel(ctx), o
}

// measureScenarios is how many scenarios the measure of Jordan and Graves takes at most, and selection how many greedy takes for
// each choice.
const (
	measureScenarios = 20_000
	selection        = 8192
	lateScenarios    = 512 // after an interrupt
)

// design finds the links to add.
func (f *Flexibility) design(ctx context.Context, o FlexOptions) error {
	p := &f.Links.Problem
	links := slices.Clone(o.Add)
	switch o.Design {
	case DesignChain:
		links = append(links, flex.Chain(p.With(links...), f.Mean)...)
	case DesignFull:
		links = append(links, p.Missing()...)
	case DesignGreedy:
		built, err := f.greedy(ctx, o)
		f.Added = built
		return err
	}
	for _, x := range links {
		i := slices.IndexFunc(p.Candidates, func(c flex.Candidate) bool { return c.Link == x })
		if i >= 0 && !slices.ContainsFunc(f.Added, func(g flex.Gain) bool { return g.Link == x }) {
			f.Added = append(f.Added, flex.Gain{Candidate: p.Candidates[i]})
		}
	}
	return nil
}

// greedy chooses among the rows of vehicle_line that need no deal, or among all pairs where there are none.
func (f *Flexibility) greedy(ctx context.Context, o FlexOptions) ([]flex.Gain, error) {
	with, err := f.Links.Problem.Add(o.Add...)
	if err != nil {
		return nil, err
	}
	q := *with
	q.Candidates = nil
	for i, c := range f.Links.Problem.Candidates {
		if f.Known[i] == "yes" && !slices.Contains(q.Links, c.Link) && (f.Costed[i] || !(o.Budget >= 0)) {
			q.Candidates = append(q.Candidates, c)
		}
	}
	if len(q.Candidates) == 0 {
		f.AnyPair = true
		for _, c := range with.Candidates {
			if c.Cost == 0 {
				c.Cost = 1
			}
			q.Candidates = append(q.Candidates, c)
		}
	}
	run := o.Run
	run.Scenarios, run.Precision, run.Seed, run.Progress = selection, 0, o.Run.Seed+1, nil
	built, err := flex.Greedy(ctx, &q, flex.Budget{Cost: o.Budget}, run)
	var out []flex.Gain
	for _, l := range o.Add {
		i := slices.IndexFunc(f.Links.Problem.Candidates, func(c flex.Candidate) bool { return c.Link == l })
		if i >= 0 {
			out = append(out, flex.Gain{Candidate: f.Links.Problem.Candidates[i]})
		}
	}
	return append(out, built...), err
}

// add builds what was found, and compares.
func (f *Flexibility) add(ctx context.Context, o FlexOptions) error {
	base := &f.Links.Problem
	var links []flex.Link
	var built []flex.Candidate
	for _, g := range f.Added {
		links, built = append(links, g.Link), append(built, g.Candidate)
	}
	before, err := flex.Evaluate(ctx, base, false, quiet(o))
	if err != nil && ctx.Err() != nil {
		ctx, o = last(ctx, o)
		before, err = flex.Evaluate(ctx, base, false, quiet(o))
	}
	if err != nil {
		return err
	}
	f.Base = before.Sales
	gain, err := flex.Compare(ctx, base, built, quiet(o))
	if err != nil && ctx.Err() != nil {
		ctx, o = last(ctx, o)
		gain, err = flex.Compare(ctx, base, built, quiet(o))
	}
	if err != nil {
		return err
	}
	f.Gain = &gain
	f.Problem, err = base.Add(links...)
	return err
}

// Row is what vehicle_line says of a candidate ("" nothing, "yes", or the deal that it takes), and whether its cost is known.
func (f *Flexibility) Row(x flex.Link) (row string, costed bool) {
	i := slices.IndexFunc(f.Links.Problem.Candidates, func(c flex.Candidate) bool { return c.Link == x })
	if i < 0 {
		return "", false
	}
	return f.Known[i], f.Costed[i]
}

// NoBudget is the budget of a question that has none.
func NoBudget() float64 { return math.NaN() }
