package flex

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Options say how a run samples. The zero value is 100,000 pseudo-random scenarios with the control, on all cores.
type Options struct {
	Scenarios int     // at most; 0 is DefaultScenarios. Rounded up to whole blocks
	Precision float64 // stop where half the interval of the first value is this share of its mean; 0 is never
	Seed      uint64
	Threads   int  // 0 is all cores
	Quasi     bool // quasi-random points, shifted sixteen times
	NoControl bool // no control variate
	Progress  func(Progress)
}

// DefaultScenarios is how many scenarios are taken where nothing else is said.
const DefaultScenarios = 100_000

// Progress is how far a run is.
type Progress struct {
	Done, Total int
	Seconds     float64 // so far
}

// Left is about how many seconds a run still takes.
func (p Progress) Left() float64 {
	if p.Done == 0 {
		return 0
	}
	return p.Seconds * float64(p.Total-p.Done) / float64(p.Done)
}

// Outcome is what a run found.
type Outcome struct {
	Values    []Estimate // in the order of the measures
	Scenarios int
	Stopped   string // "scenarios", "precision" or "interrupt"
	Control   string // what the control was
	hist      histogram
}

// Quantile is the share of all capacity that the first value does not exceed with probability p.
func (o *Outcome) Quantile(p float64) float64 { return o.hist.quantile(p) }

// measure is something that is known of each scenario.
type measure interface {
	width() int // how many values
	measure(in []*Row, below *Row, s *Scratch, out [][Lanes]float64)
}

// sampling is a network and a demand with what a run needs.
type sampling struct {
	net    *Network
	scale  Scale
	demand *Demand
	s      *sampler
	o      Options
	mean   control // of the control, once it has been asked for
}

// fullKnown reports whether the control is sales at full flexibility, whose mean is a convolution.
func (x *sampling) fullKnown() bool { return !x.o.NoControl && x.demand.Correlation == nil }

func newSampling(n *Network, d *Demand, o Options) (*sampling, error) {
	if err := n.Validate(); err != nil {
		return nil, err
	}
	if len(d.Marginals) != n.Vehicles {
		return nil, fmt.Errorf("%d vehicles and the demand for %d", n.Vehicles, len(d.Marginals))
	}
	x := &sampling{net: n, scale: NewScale(n), demand: d, o: o}
	var err error
	x.s, err = newSampler(d, x.scale, o.Seed, o.Quasi)
	return x, err
}

// control is the control variate: sales at full flexibility, whose mean is a convolution where demands are independent, else the
// sum of all demands, whose mean is known always.
func (x *sampling) control() (k control, full bool, name string) {
	if x.o.NoControl {
		return control{}, true, "none"
	}
	if x.fullKnown() {
		mean, doubt := fullMean(x.demand, x.net.Total())
		x.mean = control{mean, doubt, true}
		return x.mean, true, "sales at full flexibility"
	}
	sum, c := 0.0, x.net.Total()
	for i := range x.demand.Marginals {
		m := &x.demand.Marginals[i]
		sum += m.limited(c) - m.limited(0)
	}
	return control{sum, 0, true}, false, "total demand"
}

// blockStat is what a worker leaves of a block.
type blockStat struct {
	c    controls
	m    []moments
	done bool
}

// worker is the memory of one goroutine.
type worker struct {
	sampler *sampler
	rows    []Row  // of plants, then of vehicles
	in      []*Row // the same
	out     [][Lanes]float64
	scratch Scratch
	hist    histogram
}

// newWorker fills the rows of the plants, which are the same in each scenario.
func (x *sampling) newWorker(width int) *worker {
	w := &worker{sampler: x.s.clone(), rows: make([]Row, len(x.net.Capacity)+x.net.Vehicles), out: make([][Lanes]float64, width)}
	for p, c := range x.net.Capacity {
		for lane := range Lanes {
			w.rows[p][lane] = x.scale.Units(c)
		}
	}
	for i := range w.rows {
		w.in = append(w.in, &w.rows[i])
	}
	return w
}

// run measures scenarios until there are enough.
func (x *sampling) run(ctx context.Context, measures []measure) (*Outcome, error) {
	width := 0
	for _, m := range measures {
		width += m.width()
	}
	k, full, name := x.control()
	total := x.blocks()
	threads := x.o.Threads
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	workers := make([]*worker, min(threads, total))
	for i := range workers {
		workers[i] = x.newWorker(width)
	}
	t := newTally(width)
	out := &Outcome{Stopped: "scenarios", Control: name}
	began := time.Now()
	var stop atomic.Bool
	defer context.AfterFunc(ctx, func() { stop.Store(true) })()
	for _, w := range workers {
		w.scratch.stop = &stop
	}
	for from, size := 0, 2; from < total; {
		to := min(from+size, total)
		done := x.round(ctx, from, to, workers, measures, full, t)
		if done < to-from {
			out.Stopped = "interrupt"
			break
		}
		from = to
		switch {
		case from < 2*Shifts: // the first few were to tell how long it takes
			size = 2*Shifts - from
		case from == 2*Shifts:
			size = 4 * Shifts
		default:
			size *= 2
		}
		size = min(size, max(2*Shifts, min(4096, 1<<20/(width+1)/Shifts*Shifts)))
		if x.o.Progress != nil {
			x.o.Progress(Progress{Done: from * Lanes, Total: total * Lanes, Seconds: time.Since(began).Seconds()})
		}
		if e := t.estimate(0, k, x.o.Quasi); x.o.Precision > 0 && from >= 2*Shifts && e.Half() <= x.o.Precision*max(e.Mean, -e.Mean) {
			out.Stopped = "precision"
			break
		}
	}
	if out.Scenarios = int(t.scenarios()); out.Scenarios == 0 {
		return nil, ctx.Err()
	}
	for i := range width {
		out.Values = append(out.Values, t.estimate(i, k, x.o.Quasi))
	}
	for _, w := range workers {
		for i, n := range w.hist {
			out.hist[i] += n
		}
	}
	return out, nil
}

// blocks is how many blocks there are at most; with quasi-random points each shift has as many.
func (x *sampling) blocks() int {
	n := x.o.Scenarios
	if n <= 0 {
		n = DefaultScenarios
	}
	blocks := (n-1)/Lanes + 1
	if x.o.Quasi {
		blocks = ((blocks-1)/Shifts + 1) * Shifts
	}
	return blocks
}

// round measures the blocks from…to−1 and adds them to the tally in their order, up to the first that was not done because the
// run was cancelled. It returns how many were added.
func (x *sampling) round(ctx context.Context, from, to int, workers []*worker, measures []measure, full bool, t *tally) int {
	stats := make([]blockStat, to-from)
	var next atomic.Int64
	var wg sync.WaitGroup
	for _, w := range workers {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(stats) {
					return
				}
				x.block(from+i, w, measures, full, &stats[i])
				stats[i].done = !w.scratch.stop.Load() // else it may be a part
			}
		})
	}
	wg.Wait()
	for i := range stats {
		if !stats[i].done {
			return i
		}
		t.add(from+i, stats[i].c, stats[i].m)
	}
	return len(stats)
}

// block measures one block.
func (x *sampling) block(b int, w *worker, measures []measure, full bool, st *blockStat) {
	m := len(x.net.Capacity)
	w.sampler.block(b, w.rows[m:])
	at := 0
	for _, q := range measures {
		q.measure(w.in, &w.sampler.below, &w.scratch, w.out[at:at+q.width()])
		at += q.width()
	}
	var control [Lanes]float64
	for lane := range Lanes {
		sum := int64(0)
		for i := m; i < len(w.rows); i++ {
			sum += int64(w.rows[i][lane])
		}
		if full {
			sum = min(sum, int64(x.scale.most))
		}
		v := x.scale.Volume(sum)
		control[lane] = v
		st.c.x += v
		st.c.xx += v * v
	}
	st.c.n = Lanes
	st.m = make([]moments, len(w.out))
	for i := range w.out {
		q := &st.m[i]
		for lane, y := range &w.out[i] {
			q.y += y
			q.yy += y * y
			q.xy += y * control[lane]
		}
	}
	share := 1 / x.net.Total()
	for _, y := range &w.out[0] {
		w.hist.add(y * share)
	}
}
