package highs

import (
	"errors"
	"fmt"
	"math"
	"time"

	"headroom/lp"
)

// modelStatus is HiGHS's word for how a solve ended.
type modelStatus int32

// The model statuses of HiGHS 1.15 that are told apart here.
const (
	statusModelEmpty            modelStatus = 6
	statusOptimal               modelStatus = 7
	statusInfeasible            modelStatus = 8
	statusUnboundedOrInfeasible modelStatus = 9
	statusUnbounded             modelStatus = 10
	statusTimeLimit             modelStatus = 13
	statusSolutionLimit         modelStatus = 16
	statusInterrupt             modelStatus = 17
	statusMemoryLimit           modelStatus = 18
)

var statusNames = [...]string{
	"Not set", "Load error", "Model error", "Presolve error", "Solve error", "Postsolve error", "Empty", "Optimal",
	"Infeasible", "Primal infeasible or unbounded", "Unbounded", "Bound on objective reached",
	"Target for objective reached", "Time limit reached", "Iteration limit reached", "Unknown", "Solution limit reached",
	"Interrupted by user", "Memory limit reached", "Interrupted by HiGHS",
}

// String is the status as HiGHS prints it.
func (s modelStatus) String() string {
	if s < 0 || int(s) >= len(statusNames) {
		return fmt.Sprintf("status %d", int32(s))
	}
	return statusNames[s]
}

// stop is the lp word for the status.
func (s modelStatus) stop() lp.Stop {
	switch s {
	case statusOptimal, statusModelEmpty:
		return lp.StopOptimal
	case statusInfeasible:
		return lp.StopInfeasible
	case statusUnboundedOrInfeasible:
		return lp.StopUnboundedOrInfeasible
	case statusUnbounded:
		return lp.StopUnbounded
	case statusTimeLimit:
		return lp.StopTime
	case statusSolutionLimit: // HiGHS's word for the node limit, too
		return lp.StopNodes
	case statusInterrupt:
		return lp.StopInterrupt
	case statusMemoryLimit:
		return lp.StopMemory
	case 0, 11, 12, 14, 15, 19:
		return lp.StopUnknown
	default:
		return lp.StopError
	}
}

// answerHead is the fixed part of an answer, laid out as the child sends it.
type answerHead struct {
	Number           int64
	Run, Model       int32
	Primal, Dual     int32
	Objective, Bound float64
	Seconds, CPU     float64
	Nodes            int64
}

// answer is what HiGHS says at the end of a solve.
type answer struct {
	answerHead
	x, colDual, rowDual []float64
}

func (a *answer) status() modelStatus { return modelStatus(a.Model) }

// valid refuses answers no HiGHS gives.
func (a *answer) valid() error {
	if s := a.status(); s < 0 || int(s) >= len(statusNames) {
		return fmt.Errorf("answer has the unknown status %d", s)
	}
	if a.Run < -1 || a.Run > 1 || a.Primal < 0 || a.Primal > 2 || a.Dual < 0 || a.Dual > 2 || a.Nodes < -1 {
		return errors.New("answer is out of range")
	}
	if a.status() == statusOptimal && (math.IsNaN(a.Objective) || math.IsInf(a.Objective, 0)) {
		return fmt.Errorf("answer is optimal with the objective %v", a.Objective)
	}
	return nil
}

// result is the outcome from an answer, or from what was heard along the way where the solver was killed.
func result(p *lp.Problem, o lp.Options, a *answer, j *job, began time.Time) *lp.Result {
	r := &lp.Result{Objective: math.NaN(), Bound: math.NaN(), Gap: math.Inf(1), Seed: seed(o), Nodes: j.nodes, CPU: -1}
	mip := p.Integers() > 0
	if a == nil {
		r.Stop, r.Text = lp.StopTime, "Killed at its time limit"
		switch j.cause.Load() {
		case causeCancel:
			r.Stop, r.Text = lp.StopInterrupt, "Killed on interrupt"
		case causeMemory:
			r.Stop, r.Text = lp.StopMemory, "Out of memory"
		}
		if mip {
			r.Bound = finite(j.dual)
		}
	} else {
		fromAnswer(r, p, a, j, mip)
	}
	// The best solution heard along the way, where the end brought none (or, after a stop, a worse one).
	if j.bestX != nil && (r.X == nil || better(p.Sense, j.best, r.Objective)) && r.Stop != lp.StopInfeasible && r.Stop != lp.StopOptimal {
		r.Primal, r.X, r.Objective = lp.PointFeasible, j.bestX, j.best
	}
	if !math.IsNaN(r.Objective) && !math.IsNaN(r.Bound) {
		r.Gap = gap(r.Objective, r.Bound)
	}
	r.Seconds = time.Since(began).Seconds()
	return r
}

func fromAnswer(r *lp.Result, p *lp.Problem, a *answer, j *job, mip bool) {
	r.Stop, r.Text = a.status().stop(), a.status().String()
	if (r.Stop == lp.StopTime || r.Stop == lp.StopInterrupt) && j.cause.Load() == causeCancel {
		r.Stop, r.Text = lp.StopInterrupt, statusInterrupt.String()
	} else if r.Stop == lp.StopInterrupt {
		r.Stop, r.Text = lp.StopTime, statusTimeLimit.String()
	}
	if a.Run < 0 && r.Stop == lp.StopOptimal {
		r.Stop, r.Text = lp.StopError, "Error after "+r.Text
	}
	if a.Nodes > 0 {
		r.Nodes = a.Nodes
	}
	r.CPU = a.CPU
	r.Primal, r.Dual = lp.Point(a.Primal), lp.Point(a.Dual)
	if r.Stop == lp.StopInfeasible || r.Stop == lp.StopUnboundedOrInfeasible || r.Primal == lp.PointInfeasible && r.Stop != lp.StopOptimal {
		r.Primal = lp.PointNone // where an algorithm stood, not a solution
	}
	if r.Primal != lp.PointNone {
		r.X, r.Objective = a.x, a.Objective
		if math.IsInf(r.Objective, 0) || math.IsNaN(r.Objective) || r.Stop == lp.StopUnbounded {
			r.Objective = objective(p, r.X)
		}
	}
	switch {
	case mip:
		r.Dual = lp.PointNone
		if r.Stop != lp.StopInfeasible && r.Stop != lp.StopUnbounded {
			r.Bound = finite(a.Bound)
		}
	case r.Stop == lp.StopOptimal:
		r.Bound = r.Objective
	}
	if r.Stop != lp.StopOptimal {
		r.Dual = lp.PointNone
	}
	if r.Dual != lp.PointNone {
		r.RowDual, r.ColDual = a.rowDual, a.colDual
	}
}

// better reports whether objective a is better than b, where b may be missing.
func better(s lp.Sense, a, b float64) bool {
	if math.IsNaN(b) {
		return true
	}
	if s == lp.Maximize {
		return a > b
	}
	return a < b
}

// gap is the relative gap as lp.Result has it.
func gap(objective, bound float64) float64 {
	if objective == bound {
		return 0
	}
	return math.Abs(objective-bound) / max(math.Abs(objective), 1e-10)
}

// finite is v, or NaN for an infinite or huge one, which is HiGHS's way to say that there is none.
func finite(v float64) float64 {
	if math.Abs(v) < 1e100 {
		return v
	}
	return math.NaN()
}
