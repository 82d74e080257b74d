package lptest

import (
	"context"

	"headroom/lp"
)

// Fake is a solver that answers what its function says. A nil function answers lp.StopUnknown.
type Fake struct {
	Func func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error)
}

// Info names the fake.
func (f *Fake) Info() lp.Info { return lp.Info{Name: "fake", Version: "0", Backend: "fake"} }

// Solve calls Func.
func (f *Fake) Solve(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
	if f.Func == nil {
		return &lp.Result{}, nil
	}
	return f.Func(ctx, p, o)
}

var (
	_ lp.Solver = (*Fake)(nil)
	_ lp.Solver = (*Liar)(nil)
	_ lp.Solver = (*Enumerate)(nil)
)
