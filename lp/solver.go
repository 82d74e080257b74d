package lp

import (
	"context"
	"time"
)

// Solver solves problems. Implementations are safe for use by several goroutines at once, each call on its own.
//
// A solve of one problem is all the interface holds. Warm-started sessions over many right-hand sides will be a second,
// optional interface that a Solver may also satisfy.
type Solver interface {
	// Info names the solver; it does no work.
	Info() Info
	// Solve runs until the problem is solved, a limit of o is reached, or ctx is cancelled; on cancel it returns
	// within a second with Stop = StopInterrupt and the best solution found so far. Infeasible, unbounded and limits
	// are outcomes in the Result. An error means that the solver itself gave no answer: it crashed, answered garbage or
	// could not be started. The answer is not to be trusted before Check has passed it.
	Solve(ctx context.Context, p *Problem, o Options) (*Result, error)
}

// Info names a solver.
type Info struct {
	Name    string `json:"name"`    // "HiGHS"
	Version string `json:"version"` // "1.15.1"
	Backend string `json:"backend"` // "native" or "wasm"
	Path    string `json:"path,omitempty"`
}

// Options of one solve. The zero value asks for an optimum with no limit, seed 0 taken as 1, one thread.
type Options struct {
	Gap     float64       // relative gap at which to stop; 0 means GapDefault
	AbsGap  float64       // stop at this absolute gap too, objective units; 0: only the relative one decides
	Time    time.Duration // 0: no limit
	Nodes   int           // limit of branch-and-bound nodes; 0: none
	Seed    int           // 0 means 1
	Threads int           // 0 means 1

	Start []float64 // a full solution to start from; nil: none. The solver may ignore it.

	NoPresolve      bool
	PresolveRuleOff int  // bit set of HiGHS presolve rules to switch off
	FlowBalance     bool // the problem is made of flow balances: switch off the dependent-equations rule, which can take minutes

	Progress func(Progress) // called about once a second from another goroutine than Solve's caller; nil: none
	Text     func(string)   // gets the solver's log by lines; nil: none
}

// Progress is what a running solve reports.
type Progress struct {
	Seconds   float64 `json:"seconds"`
	Incumbent float64 `json:"incumbent"` // NaN where there is none yet
	Bound     float64 `json:"bound"`     // NaN where there is none yet
	Gap       float64 `json:"gap"`       // relative; +Inf where there is none yet
	Nodes     int64   `json:"nodes"`
}

// Stop says why a solve ended.
type Stop int

// Reasons to stop.
const (
	StopUnknown    Stop = iota
	StopOptimal         // solved to the gap asked for
	StopInfeasible      // proved to have no solution
	StopUnbounded       // proved to have solutions without limit, or infeasible or unbounded where UnboundedOrInfeasible
	StopUnboundedOrInfeasible
	StopTime
	StopNodes
	StopInterrupt // the context was cancelled
	StopMemory
	StopError // the solver gave up: numerical trouble
)

var stopNames = [...]string{
	"unknown", "optimal", "infeasible", "unbounded", "unbounded or infeasible", "time", "nodes", "interrupt",
	"memory", "error",
}

// String is the reason in one word or few, as documents have it.
func (s Stop) String() string { return stopNames[s] }

// Point says what a primal or dual vector is.
type Point int

// What a vector can be.
const (
	PointNone Point = iota
	PointInfeasible
	PointFeasible
)

// String is "none", "infeasible" or "feasible".
func (p Point) String() string { return [...]string{"none", "infeasible", "feasible"}[p] }

// Result is the outcome of a solve: what the solver claims, not yet checked.
type Result struct {
	Stop         Stop
	Primal, Dual Point

	Objective float64 // of X, offset included; NaN where Primal is PointNone
	Bound     float64 // proved bound on the optimum, on the other side of Objective; NaN where there is none
	Gap       float64 // |Objective-Bound| / max(|Objective|, tiny); +Inf where either is missing
	Seconds   float64 // by the clock
	CPU       float64 // seconds of the processor; negative where the solver does not say
	Seed      int
	Nodes     int64
	Text      string // the solver's own word for how it ended

	X       []float64 // one per column; nil where Primal is PointNone
	RowDual []float64 // shadow prices of an LP, in objective units per unit of the row's bound; nil for a MIP
	ColDual []float64 // reduced costs of an LP; nil for a MIP
}

// GapDefault is the relative gap where none is asked for: HiGHS's own default.
const GapDefault = 1e-4
