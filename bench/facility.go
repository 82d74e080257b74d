package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"

	"headroom/highs"
)

// Runner measures. Only results that are right are timed: a wrong answer is an error.
type Runner struct {
	Repeats int
	Dir     string    // for the cases it writes
	Program string    // the built headroom; "" leaves its rows out
	Cases   string    // folder of the starter cases
	Self    string    // a program that calls Sample when it is run as Self -sample KIND -seed N -dir DIR
	Log     io.Writer // what it is doing
}

func (r *Runner) say(format string, args ...any) { fmt.Fprintf(r.Log, format+"\n", args...) } //nolint:errcheck // talk only

// Kinds of samples: all instances, one after the other, in one process.
const (
	SampleAlone     = "alone"      // native HiGHS on the hand-written models
	SampleNative    = "native"     // Headroom with native HiGHS
	SampleWASM      = "wasm"       // Headroom with the embedded HiGHS
	SampleAloneWASM = "alone-wasm" // embedded HiGHS on the hand-written models
)

// Sample solves the instances in dir one after the other.
func Sample(ctx context.Context, kind string, list []Instance, seed int) error {
	back, work := highs.Native, (*Instance).planned
	switch kind {
	case SampleAlone:
		work = (*Instance).alone
	case SampleAloneWASM:
		back, work = highs.WASM, (*Instance).alone
	case SampleWASM:
		back = highs.WASM
	}
	s, _, err := highs.Find(back, highs.Config{})
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	for i := range list {
		if err := work(&list[i], ctx, s, seed); err != nil {
			return err
		}
	}
	return nil
}

// Facility times the public instances: Headroom through its own case format against HiGHS alone.
func (r *Runner) Facility(ctx context.Context) ([]Row, error) {
	list, err := Instances(r.Dir)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if err := list[i].Write(); err != nil {
			return nil, err
		}
	}
	kinds := []string{SampleAlone, SampleNative, SampleAloneWASM, SampleWASM}
	times := map[string][]Time{}
	for seed := range r.Repeats + 1 {
		for _, kind := range kinds {
			r.say("facility location, %s, seed %d", kind, seed+1)
			t, err := timed(func() error { return Sample(ctx, kind, list, seed+1) })
			if err != nil {
				return nil, err
			}
			if seed > 0 { // the first is to warm up
				times[kind] = append(times[kind], t)
			}
		}
	}
	n := strconv.Itoa(len(list)) + " caps"
	peer := median(times[SampleAlone])
	rows := ratioRows("P7", n+", native, one process", peer, median(times[SampleNative]), 1.2, 1, "peer: native HiGHS alone on the strong model")
	rows = append(rows, ratioRows("", n+", embedded bare, one process", peer, median(times[SampleAloneWASM]), none, none, "the strong model, without Headroom")...)
	rows = append(rows, ratioRows("", n+", embedded, one process", peer, median(times[SampleWASM]), none, none, "started before")...)
	more, err := r.processes(ctx, list)
	return append(rows, more...), err
}

// processes times whole processes: the peer is one that starts HiGHS, Headroom one that starts all of Headroom.
func (r *Runner) processes(ctx context.Context, list []Instance) ([]Row, error) {
	kinds := []string{SampleAlone, SampleWASM}
	times := map[string][]Time{}
	for seed := range r.Repeats {
		for _, kind := range kinds {
			t, err := r.command(ctx, r.Self, "-sample", kind, "-seed", strconv.Itoa(seed+2), "-dir", r.Dir)
			if err != nil {
				return nil, err
			}
			times[kind] = append(times[kind], t)
		}
	}
	n := strconv.Itoa(len(list)) + " caps"
	rows := ratioRows("P18", n+", embedded, start included", median(times[SampleAlone]), median(times[SampleWASM]), 3, 2, "one process for all; compilation cache warm")
	if _, err := os.Stat(r.Program); err != nil {
		r.say("%s is not there, so its rows are left out; make build makes it", r.Program)
		return rows, nil
	}
	alone, native, embedded, err := r.programs(ctx, list)
	if err != nil {
		return nil, err
	}
	rows = append(rows, ratioRows("", n+", headroom plan, native, a process each", alone, native, none, none, "peer: a process that starts HiGHS for each")...)
	return append(rows, ratioRows("", n+", headroom plan, embedded, a process each", alone, embedded, none, none, "compiled code is read anew each time")...), nil
}

// programs times one process for each instance, once.
func (r *Runner) programs(ctx context.Context, list []Instance) (alone, native, embedded Time, err error) {
	add := func(sum *Time, name string, args ...string) {
		if err != nil {
			return
		}
		var t Time
		t, err = r.command(ctx, name, args...)
		sum.Wall, sum.CPU = sum.Wall+t.Wall, sum.CPU+t.CPU
	}
	for i := range list {
		in := &list[i]
		r.say("facility location, a process each, %s", in.Name)
		add(&alone, r.Self, "-sample", SampleAlone, "-seed", "1", "-dir", r.Dir, "-only", in.Name)
		add(&native, r.Program, "plan", in.Dir, "--objective", "cost", "--gap", "1e-6", "--json", "--solver", "native")
		add(&embedded, r.Program, "plan", in.Dir, "--objective", "cost", "--gap", "1e-6", "--json", "--solver", "wasm")
	}
	return alone, native, embedded, err
}

// command runs a program to its end, without its output.
func (r *Runner) command(ctx context.Context, name string, args ...string) (Time, error) {
	return timed(func() error {
		c := exec.CommandContext(ctx, name, args...)
		c.Stderr = r.Log
		if err := c.Run(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}
