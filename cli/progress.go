package cli

import (
	"fmt"
	"io"
	"math"
	"sync"
	"time"

	"headroom/answer"
	"headroom/lp"
)

// progress shows how a command is going: one line on stderr that is written over and over on a terminal; a line now and then where
// many plans are made and stderr is something else.
//
// Rules of this file: the line is cleared before anything else is written; no colours; nothing with --quiet.
type progress struct {
	mu    sync.Mutex
	w     io.Writer // a terminal; nil: not shown
	plain io.Writer // not a terminal; nil: not shown
	last  time.Time // when a plain line was written
	what  string    // what the clock says the command is at
	shown bool
	end   chan struct{} // closed by done; nil without a clock
}

// plainPause is how long plain lines are apart at least.
const plainPause = 2 * time.Second

// progress returns the line of a solve.
func (a *app) progress() *progress {
	p := &progress{}
	switch {
	case a.quiet:
	case a.ErrTTY && a.Getenv("TERM") != "dumb":
		p.w = a.Err
	default:
		p.plain, p.last = a.Err, time.Now()
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
	p.end, p.what = make(chan struct{}), what
	go func(end chan struct{}, began time.Time) {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-end:
				return
			case now := <-tick.C:
				p.mu.Lock()
				text := fmt.Sprintf("%6.0f s  %s", now.Sub(began).Seconds(), p.what)
				p.mu.Unlock()
				p.write(text)
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

// step says how many plans are made: the clock says it from then on, or a plain line does.
func (p *progress) step(s answer.Step) {
	text := fmt.Sprintf("%d of %s", s.Done, counted(s.Of, "plan", "plans"))
	if left := s.Left.Round(time.Second); s.Done < s.Of && left > 0 {
		text += fmt.Sprintf(", about %d s left", int(left.Seconds()))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what = text
	if now := time.Now(); p.plain != nil && now.Sub(p.last) >= plainPause {
		fmt.Fprintf(p.plain, "headroom: %s\n", text)
		p.last = now
	}
}

// clear takes the line off the screen, so that something else can be written; it comes again.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

// done clears the line.
func (p *progress) done() {
	p.clear()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.end != nil {
		close(p.end)
	}
	p.w, p.plain, p.end = nil, nil, nil
}
