package bench

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"headroom"
	"headroom/answer"
	"headroom/check"
	"headroom/highs"
	"headroom/planner"
	"headroom/table"
)

// planGoal is a plan with the time that it may take.
type planGoal struct {
	what, solver string
	deals        bool
	gap          float64
	must         time.Duration
	repeat       bool
}

// Plans times plans of the UK case.
func (r *Runner) Plans(ctx context.Context) ([]Row, error) {
	var rows []Row
	for _, g := range []planGoal{
		{what: "UK base case, native", solver: highs.Native, gap: 1e-3, must: 10 * time.Second, repeat: true},
		{what: "UK base case, embedded", solver: highs.WASM, gap: 1e-3, must: time.Minute, repeat: true},
		{what: "UK with all unsigned deals, native", solver: highs.Native, deals: true, gap: 3e-3, must: time.Minute},
	} {
		row, err := r.ukPlan(ctx, g)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// ukPlan loads, checks and plans the case; after twice the time that the goal allows it stops.
func (r *Runner) ukPlan(ctx context.Context, g planGoal) (Row, error) {
	s, _, err := highs.Find(g.solver, highs.Config{})
	if err != nil {
		return Row{}, err
	}
	defer func() { _ = s.Close() }()
	dir := filepath.Join(r.Cases, "uk-2035")
	o := table.LoadOptions{}
	if g.deals {
		if o.With, err = openDeals(dir); err != nil {
			return Row{}, err
		}
	}
	repeats := 1
	if g.repeat {
		repeats = min(3, r.Repeats)
	}
	var times []Time
	worst := 0.0
	for k := range repeats {
		r.say("%s, repeat %d", g.what, k+1)
		var p *headroom.Plan
		t, err := timed(func() error {
			c, err := loadChecked(dir, o)
			if err == nil {
				p, err = answer.Plan(ctx, c, s, planner.Options{Gap: g.gap, Time: 2 * g.must, Seed: k + 1, Threads: 1})
			}
			return err
		})
		if err != nil {
			return Row{}, err
		}
		if p.Status != headroom.StatusVerified && p.Status != headroom.StatusLimit {
			return Row{}, fmt.Errorf("%s: %s: %s", g.what, p.Status, p.Why)
		}
		worst = max(worst, p.Gap)
		times = append(times, t)
	}
	row := Row{
		Goal: "UK", What: fmt.Sprintf("%s, to %.1f %%, wall", g.what, 100*g.gap), Peer: none, Ours: median(times).Wall.Seconds(), Unit: "s",
		Must: g.must.Seconds(), Reach: g.must.Seconds(), Note: fmt.Sprintf("gap reached: %.3f %%", 100*worst),
	}
	if worst > g.gap*(1+1e-9) && row.Ours <= row.Must {
		row.Must, row.Note = none, row.Note+", not what was asked for"
	}
	return row, nil
}

// loadChecked reads a case that is to be planned.
func loadChecked(dir string, o table.LoadOptions) (*headroom.Case, error) {
	c, loaded, err := table.Load(dir, o)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, errors.New(loaded[0].String())
	}
	for _, f := range check.Merge(loaded, check.Case(c)) {
		if f.Severity == headroom.SeverityError {
			return nil, errors.New(f.String())
		}
	}
	return c, nil
}

// openDeals are the deals of a case that are neither signed nor dead.
func openDeals(dir string) ([]string, error) {
	c, err := loadChecked(dir, table.LoadOptions{})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, a := range c.Arrangements {
		if !a.Status.Fact() && !a.Status.Dead() {
			out = append(out, a.ID)
		}
	}
	return out, nil
}
