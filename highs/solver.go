package highs

import (
	"context"
	"fmt"
	"math"
	"time"

	"headroom/lp"
)

// How long a solve that was told to stop may take before it is killed, and how much later than its limit it is told.
const (
	graceCancel   = 350 * time.Millisecond // from the end of the context
	graceDeadline = 750 * time.Millisecond // from the word that the time is over
	lateDeadline  = 250 * time.Millisecond // from the time limit, which HiGHS knows, to that word
)

// backend runs one job. An error means that the solver gave no answer; a killed job has a nil answer and no error.
type backend interface {
	info() lp.Info
	run(ctx context.Context, j *job) (*answer, error)
	close() error
}

// Solver is an lp.Solver over one of the back ends.
type Solver struct{ back backend }

// Info names the back end, its version and where it was found.
func (s *Solver) Info() lp.Info { return s.back.info() }

// Close ends what waits for more work: idle child processes. A later Solve starts what it needs again.
func (s *Solver) Close() error { return s.back.close() }

// Solve implements lp.Solver.
func (s *Solver) Solve(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
	began := time.Now()
	if err := shaped(p); err != nil {
		return nil, err
	}
	if p.Cols() == 0 {
		return empty(p, o), nil
	}
	a, j, err := s.once(ctx, p, o, began)
	if err != nil {
		return nil, fmt.Errorf("HiGHS (%s): %w", s.Info().Backend, err)
	}
	if a != nil && a.status() == statusUnboundedOrInfeasible && !j.stopped() {
		return s.decide(ctx, p, o, began, a, j)
	}
	return result(p, o, a, j, began), nil
}

// shaped refuses a problem whose arrays do not fit together: HiGHS would read beyond them.
func shaped(p *lp.Problem) error {
	n, m, nz := p.Cols(), p.Rows(), p.Nonzeros()
	starts := len(p.Start) == n+1 && p.Start[0] == 0 && int(p.Start[n]) == nz || n == 0 && nz == 0
	if !starts || len(p.Lower) != n || len(p.Upper) != n || p.Integer != nil && len(p.Integer) != n || len(p.RowUpper) != m || len(p.Index) != nz {
		return fmt.Errorf("problem %q: its arrays do not fit %d columns, %d rows and %d nonzeros", p.Name, n, m, nz)
	}
	return nil
}

// decide finds out whether a problem that is unbounded or infeasible has a solution, by solving it without objective.
func (s *Solver) decide(ctx context.Context, p *lp.Problem, o lp.Options, began time.Time, a *answer, j *job) (*lp.Result, error) {
	quiet := o
	quiet.Start = nil
	b, k, err := s.once(ctx, p.WithObjective(lp.Minimize, make([]float64, p.Cols()), 0), quiet, began)
	if err != nil {
		return nil, fmt.Errorf("HiGHS (%s): telling unbounded from infeasible: %w", s.Info().Backend, err)
	}
	r := result(p, o, a, j, began)
	f := result(p, o, b, k, began)
	switch f.Stop {
	case lp.StopInfeasible:
		r.Stop, r.Text = lp.StopInfeasible, f.Text
	case lp.StopOptimal:
		r.Stop, r.Text = lp.StopUnbounded, statusUnbounded.String()
		r.Primal, r.X, r.Objective = f.Primal, f.X, objective(p, f.X)
	case lp.StopInterrupt, lp.StopTime:
		r.Stop, r.Text = f.Stop, f.Text
	default:
		r.Stop = lp.StopUnboundedOrInfeasible
	}
	return r, nil
}

// once runs the back end on one problem, with progress and the watch over its end.
func (s *Solver) once(ctx context.Context, p *lp.Problem, o lp.Options, began time.Time) (*answer, *job, error) {
	j := &job{p: p, threads: max(o.Threads, 1), began: began, text: o.Text, best: math.NaN(), primal: math.NaN(), dual: math.NaN()}
	if ctx.Err() != nil {
		j.cause.Store(causeCancel)
		return nil, j, nil
	}
	var left time.Duration
	if o.Time > 0 {
		left = max(o.Time-time.Since(began), time.Millisecond)
		j.limit = left
	}
	if p.Integers() > 0 && usableStart(p, o.Start) {
		j.start = o.Start
	}
	j.options = highsOptions(o, left)
	defer j.report(o.Progress)()
	a, err := s.back.run(ctx, j)
	if err != nil && j.stopped() {
		return nil, j, nil // it was dying anyway
	}
	return a, j, err
}

// usableStart reports whether x can be given to HiGHS as a start.
func usableStart(p *lp.Problem, x []float64) bool {
	if len(x) == 0 || len(x) != p.Cols() {
		return false
	}
	for _, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// objective is the objective of x.
func objective(p *lp.Problem, x []float64) float64 {
	sum := p.Offset
	for j, v := range x {
		sum += p.Cost[j] * v
	}
	return sum
}

// empty is the outcome of a problem without columns, which HiGHS calls empty whatever its rows ask.
func empty(p *lp.Problem, o lp.Options) *lp.Result {
	r := &lp.Result{
		Stop: lp.StopOptimal, Primal: lp.PointFeasible, Dual: lp.PointFeasible, Objective: p.Offset, Bound: p.Offset,
		Seed: seed(o), Text: statusModelEmpty.String(),
		X: []float64{}, RowDual: make([]float64, p.Rows()), ColDual: []float64{},
	}
	for i := range p.Rows() {
		if p.RowLower[i] > lp.FeasibilityTolerance || p.RowUpper[i] < -lp.FeasibilityTolerance {
			return &lp.Result{
				Stop: lp.StopInfeasible, Objective: math.NaN(), Bound: math.NaN(), Gap: math.Inf(1), Seed: r.Seed,
				Text: statusInfeasible.String(),
			}
		}
	}
	return r
}
