package lp

import (
	"context"
	"time"
)

// Call is one call of a solver: who asked, how large the programme was, what was asked and reached, what it took.
type Call struct {
	Who      string  `json:"who"` // as Asking has it, outermost first
	Rows     int     `json:"rows"`
	Cols     int     `json:"cols"`
	Integers int     `json:"integers"` // 0: a linear programme
	Nonzeros int     `json:"nonzeros"`
	Start    bool    `json:"start"`       // a start was given
	GapAsked float64 `json:"gap_asked"`   // relative
	Gap      float64 `json:"gap_reached"` // relative; +Inf where there is none
	Stop     string  `json:"stop"`
	Seconds  float64 `json:"seconds"`     // by the clock
	CPU      float64 `json:"cpu_seconds"` // of the processor, as the solver has it; 0 for a hit, negative where it is not known
	Hit      bool    `json:"hit"`         // the answer was kept from an earlier call
}

// The keys of what a context carries about calls.
type (
	whoKey  struct{}
	callKey struct{}
)

// Asking returns a context whose calls say who asks. Within another one, the names are joined.
func Asking(ctx context.Context, who string) context.Context {
	if outer := Who(ctx); outer != "" {
		who = outer + ", " + who
	}
	return context.WithValue(ctx, whoKey{}, who)
}

// Who is who asks under a context, "" where nobody said so.
func Who(ctx context.Context) string {
	who, _ := ctx.Value(whoKey{}).(string)
	return who
}

// Hit marks the call under a context as one whose answer was kept from an earlier one. It is for solvers that keep answers.
func Hit(ctx context.Context) {
	if c, ok := ctx.Value(callKey{}).(*Call); ok {
		c.Hit = true
	}
}

// Recorded is a solver whose calls are told to f, which may be called from several goroutines at once.
func Recorded(of Solver, f func(Call)) Solver { return &recorded{of, f} }

type recorded struct {
	of Solver
	f  func(Call)
}

// Info names the solver whose calls are recorded.
func (r *recorded) Info() Info { return r.of.Info() }

// Solve solves and tells of it.
func (r *recorded) Solve(ctx context.Context, p *Problem, o Options) (*Result, error) {
	c := &Call{
		Who: Who(ctx), Rows: p.Rows(), Cols: p.Cols(), Integers: p.Integers(), Nonzeros: p.Nonzeros(), Start: o.Start != nil,
		GapAsked: o.Gap, Gap: Inf, Stop: StopError.String(), CPU: -1,
	}
	if c.GapAsked == 0 {
		c.GapAsked = GapDefault
	}
	began := time.Now()
	res, err := r.of.Solve(context.WithValue(ctx, callKey{}, c), p, o)
	c.Seconds = time.Since(began).Seconds()
	if res != nil {
		c.Stop, c.Gap, c.CPU = res.Stop.String(), res.Gap, res.CPU
	}
	if c.Hit {
		c.CPU = 0
	}
	r.f(*c)
	return res, err
}
