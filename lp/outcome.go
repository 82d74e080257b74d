package lp

import (
	"fmt"
	"math"
)

// Status is what Run stands for.
type Status int

// The statuses. Only the first three carry a plan that may be shown as one.
const (
	// StatusVerified: the point passed the check with integers exact, and the bound of the solver closes the gap asked for.
	// The bound is the solver's word, except for an LP, where the duals prove it.
	StatusVerified Status = iota + 1
	// StatusLimit: the point passed the check, the gap is open: time, nodes or an interrupt ended the solve.
	StatusLimit
	// StatusTolerance: as StatusVerified or StatusLimit, but the point passes LooseTolerance only.
	StatusTolerance
	// StatusDisputed: the solver's answer contradicts itself, the check or a second solve; Why says how.
	StatusDisputed
	// StatusInfeasible: the solver says that there is no solution.
	StatusInfeasible
	// StatusUnbounded: the solver says that the objective has no limit.
	StatusUnbounded
	// StatusNoSolution: a limit came before any usable point.
	StatusNoSolution
)

var statusNames = [...]string{"", "verified", "limit", "tolerance-limited", "disputed", "infeasible", "unbounded", "no solution"}

// String is the status in words.
func (s Status) String() string {
	if s < 1 || int(s) >= len(statusNames) {
		return "unknown"
	}
	return statusNames[s]
}

// MarshalText is String, for JSON.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Outcome is what Run publishes.
type Outcome struct {
	Status Status
	Why    []string // what is disputed, or why there is no solution
	Notes  []string // what else happened: a retry, tightened bounds, an unfinished second solve

	X       []float64 // passed the check; integers exact; nil where there is none
	RowDual []float64 // of the LP with the integers fixed; nil where it was not solved to the end
	ColDual []float64

	Objective float64 // recomputed from X; NaN without X
	Bound     float64 // on the other side of Objective; NaN where there is none
	ProvedBy  ProvedBy
	RootBound float64 // bound that the relaxation's duals prove, rounded to the safe side; NaN where it was not asked for
	Gap       float64 // |Objective−Bound| / |Objective| of the published figures; +Inf where either is missing
	Seconds   float64 // all of it: solves, retries, checks

	Stop   Stop
	Seed   int // of the solve that gave the answer
	Nodes  int64
	Text   string // the solver's own word for how it ended
	Solver Info

	// Strict is set where a second solve agreed; StrictBy is the solver that made it.
	Strict   bool
	StrictBy Info

	Check  Report  // of X
	Issues []Issue // of the gate
}

// ProvedBy says who vouches for the bound of an outcome.
type ProvedBy string

// Who vouches for a bound.
const (
	ProvedByDuals  ProvedBy = "duals"  // SafeBound, from the duals of an LP
	ProvedBySolver ProvedBy = "solver" // the solver's own word: its search tree is not gone through again
	ProvedByNobody ProvedBy = ""
)

// RefusedError is the gate's refusal to solve.
type RefusedError struct{ Issues []Issue }

// Error gives the first refusing issue.
func (e *RefusedError) Error() string {
	n := 0
	first := ""
	for _, i := range e.Issues {
		if i.Severity == Refuse {
			if n++; n == 1 {
				first = i.String()
			}
		}
	}
	if n > 1 {
		return fmt.Sprintf("%s (and %d more)", first, n-1)
	}
	return first
}

func (o *Outcome) dispute(format string, args ...any) {
	o.Status = StatusDisputed
	o.Why = append(o.Why, fmt.Sprintf(format, args...))
}

func (o *Outcome) note(format string, args ...any) {
	o.Notes = append(o.Notes, fmt.Sprintf(format, args...))
}

// RelativeGap is |objective−bound| / |objective|, 0 where they are equal, +Inf where either is missing.
func RelativeGap(objective, bound float64) float64 {
	switch d := math.Abs(objective - bound); {
	case math.IsNaN(d) || math.IsInf(d, 0):
		return Inf
	case d == 0:
		return 0
	default:
		return d / max(math.Abs(objective), 1e-10)
	}
}

// better is by how much a beats b in the sense of the objective, relative to their size; negative where it does not.
func better(s Sense, a, b float64) float64 {
	d := b - a
	if s == Maximize {
		d = a - b
	}
	return d / max(1, math.Abs(a), math.Abs(b))
}
