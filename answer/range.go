package answer

import (
	"context"
	"errors"
	"math"
	"slices"

	"headroom"
	"headroom/lp"
	"headroom/planner"
)

// Numbers of a range where none are asked for.
const (
	RangeFigures = 20 // figures that are solved at their low and their high
	RangeTop     = 5  // drivers that are told
	RangeWorkers = 2
)

// RangeOptions say how a range is worked out. The zero value lacks Load.
type RangeOptions struct {
	planner.Options     // of each plan; a Gap of 0 is that of each answer
	Figures         int // solve at most so many figures, those that the relaxation moves most; 0: RangeFigures
	All             bool
	Top             int // drivers that are told; 0: RangeTop
	Workers         int // 0: RangeWorkers; the result does not depend on it

	// Load reads the case with claims and assumptions put at other values. A *headroom.Error means that the case is wrong there.
	Load func(moves []headroom.Move) (*headroom.Case, error)
	// Number is a cell of the case as it is; nil where values of described cells need not be told.
	Number func(headroom.Ref) (float64, bool)
	// Progress is called from several goroutines; nil for none.
	Progress func(done, of int, what string)
}

// Range answers each of names (see Answers) for a case, and again with each claim in use and each assumption that has a low and a
// high put at both, one figure at a time, all else as it is. Figures that must move together do (see giveWay).
//
// What the programmes of an answer do not depend on is screened out, which is exact. Of the others, those are solved that move
// the answer most in the relaxation, which is a guess: RangeOptions.All solves them all. When ctx ends, what is done is told.
func Range(ctx context.Context, c *headroom.Case, names []string, s lp.Solver, o RangeOptions) ([]headroom.Range, error) {
	r := &ranging{c: c, o: o.filled(), s: s}
	for _, name := range names {
		a, err := newAsker(c, name, s, o.Options)
		if err != nil {
			return nil, err
		}
		r.asked = append(r.asked, &asked{name: name, asker: a})
	}
	r.figures, r.no = rangeFigures(c, o.Number)
	for _, step := range []func(context.Context) error{r.base, r.screen, r.solve} {
		if err := step(ctx); err != nil && ctx.Err() == nil {
			return nil, err
		}
	}
	var out []headroom.Range
	for _, a := range r.asked {
		out = append(out, r.result(a, ctx.Err() != nil))
	}
	return out, nil
}

func (o RangeOptions) filled() RangeOptions {
	if o.Figures == 0 {
		o.Figures = RangeFigures
	}
	if o.Top == 0 {
		o.Top = RangeTop
	}
	if o.Workers == 0 {
		o.Workers = RangeWorkers
	}
	if o.Progress == nil {
		o.Progress = func(int, int, string) {}
	}
	o.Options.Progress = nil
	return o
}

// ranging is a Range under way.
type ranging struct {
	c       *headroom.Case
	o       RangeOptions
	s       lp.Solver
	asked   []*asked
	figures []*figure
	no      headroom.NoRange
}

// asked is one answer with what is known of it. Lists are by figure and end.
type asked struct {
	asker
	name   string
	base   *told // nil: not known
	models []*planner.Model
	gauge  float64 // of the base
	ends   [][2]end
	chosen []bool
	cut    float64
}

// end is an answer with a figure at one of its ends.
type end struct {
	looked   bool // it was screened
	same     bool // its programmes are those of the base
	estimate float64
	told     *told
}

// base answers for the case as it is.
func (r *ranging) base(ctx context.Context) error {
	err := inPool(ctx, r.o.Workers, len(r.asked), func(i int) error {
		a := r.asked[i]
		a.ends, a.chosen = make([][2]end, len(r.figures)), make([]bool, len(r.figures))
		if sup, ok := a.asker.(*askSupport); ok {
			if err := sup.screenAt(ctx, r.c); err != nil {
				return err
			}
		}
		var err error
		if a.models, a.gauge, err = r.relaxed(ctx, a, r.c, &memo{}); err != nil {
			return err
		}
		t, err := a.solve(ctx, r.c, nil)
		if err == nil && ctx.Err() == nil {
			a.base = &t
		}
		r.o.Progress(i+1, len(r.asked), "the answers as the case is")
		return err
	})
	for _, a := range r.asked {
		if a.ends == nil { // it was not begun
			a.ends, a.chosen = make([][2]end, len(r.figures)), make([]bool, len(r.figures))
		}
	}
	return err
}

// memo are programmes of one case that were relaxed: answers have some in common.
type memo struct {
	models []*planner.Model
	all    []planner.Relaxation
}

// relax solves the relaxation of a programme, once.
func (r *ranging) relax(ctx context.Context, m *planner.Model, known *memo) (planner.Relaxation, error) {
	for i := range known.models {
		if known.models[i].Same(m) {
			return known.all[i], nil
		}
	}
	x, err := m.Relax(lp.Asking(ctx, "screening"), r.s, r.o.Options)
	known.models, known.all = append(known.models, m), append(known.all, x)
	return x, err
}

// relaxed builds the programmes of an answer for a case and gauges it by their relaxations: NaN where one has no solution.
func (r *ranging) relaxed(ctx context.Context, a *asked, c *headroom.Case, known *memo) ([]*planner.Model, float64, error) {
	var models []*planner.Model
	for _, d := range a.cases(c) {
		m, err := planner.Build(ctx, d, r.o.Options)
		if err != nil {
			return nil, 0, err
		}
		models = append(models, m)
	}
	if same(a.models, models) {
		return models, a.gauge, nil
	}
	all := make([]planner.Relaxation, len(models))
	for i, m := range models {
		var err error
		if all[i], err = r.relax(ctx, m, known); err != nil {
			return nil, 0, err
		}
		if all[i].X == nil {
			return models, math.NaN(), nil
		}
	}
	return models, a.asker.gauge(models, all), nil
}

// same reports whether two lists of programmes are one.
func same(a, b []*planner.Model) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].Same(b[i]) {
			return false
		}
	}
	return true
}

// task is a figure at one end, for one answer or all.
type task struct {
	figure, end int
	a           *asked
}

// neverPlanned are the codes of findings that say of a case that it has no plan.
var neverPlanned = []string{headroom.CodeMinimumAboveMaximum, headroom.CodeOvercommittedLine, headroom.CodeImpossibleDemand, headroom.CodeUnreachableTarget}

// load reads the case with a figure at an end; nil with a note where the case is wrong there.
func (r *ranging) load(t task) (*headroom.Case, error) {
	s := &r.figures[t.figure].sides[t.end]
	c, err := r.o.Load(s.moves)
	var wrong *headroom.Error
	if errors.As(err, &wrong) && len(wrong.Findings) > 0 {
		s.moves, s.note = nil, wrong.Findings[0].Message
		if slices.Contains(neverPlanned, wrong.Findings[0].Code) {
			s.note = "no plan: " + s.note
		}
		return nil, nil
	}
	return c, err
}

// solve answers with each chosen figure at each end. The tasks of one answer follow each other, the slow answers first.
func (r *ranging) solve(ctx context.Context) error {
	var tasks []task
	for _, a := range r.asked {
		for i, f := range r.figures {
			for e := range f.sides {
				switch x := &a.ends[i][e]; {
				case !a.chosen[i]:
				case f.sides[e].still || x.same:
					x.told = a.base
				case f.sides[e].moves != nil:
					tasks = append(tasks, task{i, e, a})
				}
			}
		}
	}
	var count counter
	return inPool(ctx, r.o.Workers, len(tasks), func(i int) error {
		t := tasks[i]
		c, err := r.load(t)
		if err != nil || c == nil {
			return err
		}
		x, err := t.a.solve(ctx, c, t.a.base)
		x.plan = nil // only that of the base is looked at
		if err == nil && ctx.Err() == nil {
			t.a.ends[t.figure][t.end].told = &x
		}
		r.o.Progress(count.next(), len(tasks), t.a.text(r.c))
		return err
	})
}
