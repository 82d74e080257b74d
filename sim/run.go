package sim

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"headroom"
)

// Options say how much is simulated. The zero value is 1,000 years on all cores with seed 1.
type Options struct {
	Years    int           // simulated years, rounded up to whole lives
	Seed     int           // of all draws; 0 is 1
	Threads  int           // 0 for all cores
	Crews    bool          // lines add crews after a year in which they could not build what was wanted
	Limit    time.Duration // 0 for none
	Progress func(done, all int, spent time.Duration)
}

// chunk is how many lives a worker takes at a time, and what is left where a run ends early is whole chunks.
const chunk = 16

// maxBytes is how much memory the results of the lives may take.
const maxBytes = 1 << 30

// Paths is how many lives some simulated years are.
func (n *Net) Paths(years int) int {
	return max(1, (years+len(n.periods)-1)/len(n.periods))
}

// MaxYears is how many simulated years the results of which fit in memory.
func (n *Net) MaxYears() int { return maxBytes / (4 * n.columns()) }

// Estimate is about how long some simulated years take, by living a few lives first.
func (n *Net) Estimate(years, threads int) time.Duration {
	l, src := n.newLife(), newDraws()
	began, lives := time.Now(), 0
	for time.Since(began) < 30*time.Millisecond {
		n.fill(l.w, src, 1, uint64(lives))
		l.live()
		lives++
	}
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	per := float64(time.Since(began)) / float64(lives) / float64(threads)
	return time.Duration(min(per*float64(n.Paths(years)), math.MaxInt64/2))
}

// lives are what came of all lives.
type lives struct {
	columns int       // of all periods
	values  []float32 // life × column
	worst   []worst
	done    int // lives, from the first, of which all are there
}

// Run lives through the plan. When ctx ends, or the limit, it stops within a life and gives what the lives up to then say.
func (n *Net) Run(ctx context.Context, o Options) (*headroom.Simulation, error) {
	began := time.Now()
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Years <= 0 {
		o.Years = 1000
	}
	if o.Years > n.MaxYears() {
		return nil, fmt.Errorf("%d years are more than fit in memory", o.Years)
	}
	if o.Limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.Limit)
		defer cancel()
	}
	paths := n.Paths(o.Years)
	all := &lives{columns: len(n.periods) * n.columns()}
	all.values, all.worst = make([]float32, paths*all.columns), make([]worst, paths)
	n.liveAll(ctx, all, paths, o, began)
	s := n.summarize(all, uint64(o.Seed))
	s.Crews, s.Note, s.Asked, s.Seed, s.Seconds = o.Crews, n.Note, paths, o.Seed, time.Since(began).Seconds()
	if all.done < paths {
		s.Stopped = "interrupt"
		if ctx.Err() == context.DeadlineExceeded {
			s.Stopped = "time"
		}
	}
	return s, nil
}

// liveAll has workers live lives, chunk by chunk in their order, and finds how many there are without a gap.
func (n *Net) liveAll(ctx context.Context, all *lives, paths int, o Options, began time.Time) {
	chunks := (paths + chunk - 1) / chunk
	whole := make([]bool, chunks)
	var next, lived atomic.Int64
	var wg sync.WaitGroup
	threads := o.Threads
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	for range min(threads, chunks) {
		wg.Go(func() {
			l, src := n.newLife(), newDraws()
			l.addCrews = o.Crews
			for {
				c := int(next.Add(1)) - 1
				if c >= chunks {
					return
				}
				for path := c * chunk; path < min(paths, (c+1)*chunk); path++ {
					if ctx.Err() != nil {
						return
					}
					n.fill(l.w, src, uint64(o.Seed), uint64(path))
					l.live()
					for i, v := range l.series {
						all.values[path*all.columns+i] = float32(v)
					}
					all.worst[path] = l.worst
					lived.Add(1)
				}
				whole[c] = true
			}
		})
	}
	stop := make(chan struct{})
	var watch sync.WaitGroup
	if o.Progress != nil {
		watch.Go(func() {
			tick := time.NewTicker(200 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-stop:
					return
				case <-tick.C:
					o.Progress(int(lived.Load()), paths, time.Since(began))
				}
			}
		})
	}
	wg.Wait()
	close(stop)
	watch.Wait()
	gap := slices.Index(whole, false)
	all.done = paths
	if gap >= 0 {
		all.done = gap * chunk
	}
}
