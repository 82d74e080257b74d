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
	unit  float64   // what the solver's objective is multiplied by
	shown bool
}

// progress returns the line for a solve whose objective is in units of unit.
func (a *app) progress(unit float64) *progress {
	p := &progress{unit: unit}
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
	fmt.Fprintf(p.w, "\r\x1b[K%6.1f s  best %s  bound %s  gap %s  nodes %d", s.Seconds, p.number(s.Incumbent), p.number(s.Bound), gap, s.Nodes)
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

func (p *progress) number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "-"
	}
	return short(v * p.unit)
}
