package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"headroom/highs"
	"headroom/lp"
	"headroom/planner"
)

// Build times a case of a million columns and rows: making its programme, and handing it over to native HiGHS.
func (r *Runner) Build(ctx context.Context) ([]Row, error) {
	c := Large(Million)
	var built, handed []Time
	var p *lp.Problem
	for k := range r.Repeats + 1 {
		r.say("a million columns and rows, repeat %d", k+1)
		p = nil
		build, err := timed(func() error {
			m, err := planner.Build(ctx, c, planner.Options{})
			if err == nil {
				p = m.Problem
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		hand, err := handOver(ctx, p)
		if err != nil {
			return nil, err
		}
		if k > 0 {
			built, handed = append(built, build), append(handed, hand)
		}
	}
	b, h := median(built), median(handed)
	size := fmt.Sprintf("%.2f M × %.2f M, %.1f M nonzeros", float64(p.Cols())/1e6, float64(p.Rows())/1e6, float64(p.Nonzeros())/1e6)
	sum := b.Wall + h.Wall
	return []Row{
		{Goal: "P6", What: "case of " + size + ": build and hand over, wall", Peer: none, Ours: sum.Seconds(), Unit: "s", Must: 0.5, Reach: 0.25, Note: "until HiGHS has it and begins"},
		{What: "  build, wall", Peer: none, Ours: b.Wall.Seconds(), Unit: "s", Must: none, Reach: none},
		{What: "  build, CPU", Peer: none, Ours: b.CPU.Seconds(), Unit: "s", Must: none, Reach: none, Note: "garbage collection included"},
		{What: "  hand over, wall", Peer: none, Ours: h.Wall.Seconds(), Unit: "s", Must: none, Reach: none, Note: "through a pipe, and HiGHS's own copy"},
	}, nil
}

// handOver times a problem on its way to native HiGHS, until its log says that it has begun to solve; then it is stopped.
func handOver(ctx context.Context, p *lp.Problem) (Time, error) {
	s, _, err := highs.Find(highs.Native, highs.Config{})
	if err != nil {
		return Time{}, err
	}
	defer func() { _ = s.Close() }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	began := time.Now()
	var took Time
	_, err = s.Solve(ctx, p, lp.Options{Text: func(line string) {
		if took.Wall == 0 && strings.Contains(line, " has ") && strings.Contains(line, " rows") {
			took.Wall = time.Since(began)
			cancel()
		}
	}})
	if err == nil && took.Wall == 0 {
		err = errors.New("HiGHS did not say that it has begun")
	}
	return took, err
}

// Check times the exact check of a point of a problem of a million nonzeros.
func (r *Runner) Check() ([]Row, error) {
	p, err := million()
	if err != nil {
		return nil, err
	}
	x := make([]float64, p.Cols())
	rnd := rand.New(rand.NewPCG(3, 4))
	for j := range x {
		x[j] = rnd.Float64()
	}
	var times []Time
	for k := range r.Repeats + 1 {
		r.say("exact check, repeat %d", k+1)
		t, err := timed(func() error {
			if rep := lp.Check(p, x); rep.Invalid != "" {
				return errors.New(rep.Invalid)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if k > 0 {
			times = append(times, t)
		}
	}
	return []Row{{
		Goal: "P20", What: fmt.Sprintf("exact check of %.1f M nonzeros, wall", float64(p.Nonzeros())/1e6),
		Peer: none, Ours: median(times).Wall.Seconds(), Unit: "s", Must: 1, Reach: 0.1,
	}}, nil
}

// million is a random problem of a million nonzeros.
func million() (*lp.Problem, error) {
	const n, each = 250_000, 4
	rnd := rand.New(rand.NewPCG(5, 6))
	b := lp.NewBuilder("million", lp.Minimize, n, n, n*each)
	for range n {
		b.Col(rnd.Float64(), 0, 1)
		b.Row(0, 1)
	}
	for j := range n {
		for k := range each {
			b.Add((j*7+k*61)%n, j, rnd.NormFloat64())
		}
	}
	return b.Build()
}
