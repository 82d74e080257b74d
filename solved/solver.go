package solved

import (
	"context"

	"headroom/lp"
)

// Solver is a solver that asks the store first. Close is not its business: the solver behind it stays the caller's.
func (s *Store) Solver(of lp.Solver) lp.Solver { return &remembering{s, of} }

// remembering is an lp.Solver over a store and another solver.
type remembering struct {
	store *Store
	of    lp.Solver
}

// Info names the solver that is asked where the store has no answer.
func (r *remembering) Info() lp.Info { return r.of.Info() }

// Solve returns the kept answer, or solves and keeps what came to its end. Of two goroutines that ask the same, one waits for the
// answer of the other.
func (r *remembering) Solve(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
	if o.Text != nil || o.Threads > 1 { // the log is wanted, or no two answers are alike
		return r.of.Solve(ctx, p, o)
	}
	k := KeyOf(r.of.Info(), p, o)
	for ctx.Err() == nil {
		wait, mine := r.store.begin(k)
		if mine {
			defer r.store.end(k)
			if kept := r.store.find(k, p); kept != nil {
				lp.Hit(ctx)
				return clone(kept), nil
			}
			break
		}
		select {
		case <-wait:
		case <-ctx.Done():
		}
	}
	res, err := r.of.Solve(ctx, p, o)
	if err == nil && res != nil && ended(res.Stop) {
		r.store.put(k, res)
	}
	return res, err
}

// ended reports whether a solve came to its end, so that another one would end alike.
func ended(s lp.Stop) bool {
	switch s {
	case lp.StopOptimal, lp.StopInfeasible, lp.StopUnbounded, lp.StopUnboundedOrInfeasible, lp.StopNodes:
		return true
	}
	return false
}

// begin says that a key is being solved. It is mine where nobody else is at it; otherwise wait is closed when they are done.
func (s *Store) begin(k Key) (wait <-chan struct{}, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w, ok := s.solving[k]; ok {
		return w, false
	}
	s.solving[k] = make(chan struct{})
	return nil, true
}

// end says that a key is no longer being solved.
func (s *Store) end(k Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.solving[k])
	delete(s.solving, k)
}
