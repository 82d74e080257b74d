package highs

import (
	"context"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"headroom/lp"
)

// Why a job was told to stop.
const (
	causeNone int32 = iota
	causeCancel
	causeDeadline
	causeMemory // it ran out of memory
)

// job is one run of HiGHS: what to solve, and what was heard so far.
type job struct {
	p       *lp.Problem
	options []option
	start   []float64
	threads int
	began   time.Time
	limit   time.Duration // 0: none
	text    func(string)

	cause atomic.Int32 // a cause…

	mu           sync.Mutex
	primal, dual float64 // NaN where there is none
	nodes        int64
	best         float64
	bestX        []float64
	line         string // the log's last line while it has no end
	left         bool   // nobody waits any more: what is heard now is dropped
}

// leave ends the listening: after it no callback of the caller is called.
func (j *job) leave() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.left = true
}

// stopped reports whether the job was told to stop.
func (j *job) stopped() bool { return j.cause.Load() != causeNone }

// progress takes the state of the search.
func (j *job) progress(primal, dual float64, nodes int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.left {
		return
	}
	j.primal, j.dual, j.nodes = finite(primal), finite(dual), nodes
}

// incumbent takes a better solution, which the job keeps.
func (j *job) incumbent(objective float64, x []float64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.left || math.IsNaN(objective) || j.bestX != nil && !better(j.p.Sense, objective, j.best) {
		return
	}
	j.best, j.bestX = objective, x
	j.primal = objective
}

// log takes a part of the solver's log and hands whole lines on.
func (j *job) log(part string) {
	if j.text == nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.left {
		return
	}
	part = j.line + part
	for {
		line, rest, found := strings.Cut(part, "\n")
		if !found {
			break
		}
		j.text(line)
		part = rest
	}
	j.line = part
}

// report calls f about once a second until the returned function is called, which waits for the last call to end.
func (j *job) report(f func(lp.Progress)) (stop func()) {
	if f == nil {
		return func() {}
	}
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-quit:
				return
			case <-tick.C:
				f(j.now())
			}
		}
	}()
	return func() { close(quit); <-done }
}

// now is the progress as last heard.
func (j *job) now() lp.Progress {
	j.mu.Lock()
	defer j.mu.Unlock()
	g := math.Inf(1)
	if !math.IsNaN(j.primal) && !math.IsNaN(j.dual) {
		g = gap(j.primal, j.dual)
	}
	return lp.Progress{Seconds: time.Since(j.began).Seconds(), Incumbent: j.primal, Bound: j.dual, Gap: g, Nodes: j.nodes}
}

// watch tells a job to stop when ctx ends or its time is over, and kills it when it does not. The returned function ends
// the watch; after it neither ask nor kill is called.
func (j *job) watch(ctx context.Context, ask, kill func()) (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		var over <-chan time.Time
		if j.limit > 0 {
			t := time.NewTimer(j.limit + lateDeadline)
			defer t.Stop()
			over = t.C
		}
		grace := graceCancel
		select {
		case <-quit:
			return
		case <-ctx.Done():
			j.cause.Store(causeCancel)
			ask()
		case <-over:
			j.cause.Store(causeDeadline)
			ask()
			t := time.NewTimer(graceDeadline)
			defer t.Stop()
			select {
			case <-quit:
				return
			case <-t.C:
				kill()
				return
			case <-ctx.Done(): // the caller lost patience: at most grace from here
				j.cause.Store(causeCancel)
			}
		}
		t := time.NewTimer(grace)
		defer t.Stop()
		select {
		case <-quit:
		case <-t.C:
			kill()
		}
	}()
	return func() { close(quit); <-done }
}
