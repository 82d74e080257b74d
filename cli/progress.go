package cli

import (
	"fmt"
	"io"
	"math"
	"sync"
	"time"

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
	end   chan struct{} // closed by done; nil without a clock
}

// progress returns the line of a solve.
func (a *app) progress() *progress {
	p := &progress{}
	if a.ErrTTY && !a.quiet && a.Getenv("TERM") != "dumb" {
		p.w = a.Err
	}
	return p
}

// clock shows how long a command has been at work on what, from the moment no solve reports any more.
func (p *progress) clock(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w == nil {
		return
	}
	p.end = make(chan struct{})
	go func(end chan struct{}, began time.Time) {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-end:
				return
			case now := <-tick.C:
				p.write(fmt.Sprintf("%6.0f s  %s", now.Sub(began).Seconds(), what))
			}
		}
	}(p.end, time.Now())
}

// write rewrites the line.
func (p *progress) write(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K"+line)
		p.shown = true
	}
}

// show rewrites the line. It may be called from any goroutine.
func (p *progress) show(s lp.Progress) {
	gap := "-"
	if !math.IsInf(s.Gap, 0) && !math.IsNaN(s.Gap) {
		gap = fmt.Sprintf("%.3g %%", 100*s.Gap)
	}
	p.write(fmt.Sprintf("%6.1f s  best %s  bound %s  gap %s  nodes %d", s.Seconds, short(s.Incumbent), short(s.Bound), gap, s.Nodes))
}

// done clears the line.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
	if p.end != nil {
		close(p.end)
	}
	p.w, p.shown, p.end = nil, false, nil
}
