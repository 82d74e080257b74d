package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"headroom/answer"
	"headroom/highs"
	"headroom/planner"
	"headroom/sim"
	"headroom/table"
)

// livesYears is how many years are lived through, and livesMust how long that may take on two cores.
const (
	livesYears = 100_000
	livesMust  = 3 * time.Minute
)

// Lives times the simulation of the UK case: the plan is made before, the lives are timed. There is no peer.
func (r *Runner) Lives(ctx context.Context) ([]Row, error) {
	s, _, err := highs.Find(highs.Auto, highs.Config{})
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }()
	c, err := loadChecked(filepath.Join(r.Cases, "uk-2035"), table.LoadOptions{})
	if err != nil {
		return nil, err
	}
	p, err := answer.Plan(ctx, c, s, planner.Options{Gap: 1e-3, Seed: 1, Threads: 1})
	if err != nil {
		return nil, err
	}
	n, err := answer.Net(c, p)
	if err != nil {
		return nil, err
	}
	cores := min(2, runtime.NumCPU())
	var times []Time
	for k := range min(3, r.Repeats) {
		r.say("%d years of the UK case, repeat %d", livesYears, k+1)
		t, err := timed(func() error {
			_, err := n.Run(ctx, sim.Options{Years: livesYears, Seed: k + 1, Threads: cores, Limit: 2 * livesMust})
			return err
		})
		if err != nil {
			return nil, err
		}
		times = append(times, t)
	}
	took := median(times).Wall.Seconds()
	return []Row{{
		Goal: "simulation", What: fmt.Sprintf("%d years of the UK case by the week, %d cores, wall", livesYears, cores), Peer: none, Ours: took, Unit: "s",
		Must: livesMust.Seconds(), Reach: livesMust.Seconds() / 3, Note: fmt.Sprintf("%.0f years a second", livesYears/took),
	}}, nil
}
