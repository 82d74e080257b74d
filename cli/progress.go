package cli

import (
	"fmt"
	"io"
	"math"
	"sync"

	"headroom/lp"
)

// progress shows how a solve is going: one line on stderr that is written over and over, on terminals only.
//
// Rules of this file: nothing is written unless stderr is a terminal; the line is cleared before anything else is
// written; no colours.
type progress struct {
	mu    sync.Mutex
	w     io.Writer // nil: not shown
	shown bool
}

// progress returns the line of a solve.
func (a *app) progress() *progress {
	p := &progress{}
	if a.ErrTTY && !a.quiet && a.Getenv("TERM") != "dumb" {
		p.w = a.Err
	}
	return p
}

// show rewrites the line. It may be called from any goroutine.
func (p *progress) show(s lp.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w == nil {
		return
	}
	gap := "-"
	if !math.IsInf(s.Gap, 0) && !math.IsNaN(s.Gap) {
		gap = fmt.Sprintf("%.3g %%", 100*s.Gap)
	}
	fmt.Fprintf(p.w, "\r\x1b[K%6.1f s  best %s  bound %s  gap %s  nodes %d", s.Seconds, short(s.Incumbent), short(s.Bound), gap, s.Nodes)
	p.shown = true
}

// done clears the line.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
	p.w, p.shown = nil, false
}
