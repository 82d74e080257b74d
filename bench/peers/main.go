// Command peers times Headroom against its solver alone and against its goals, and prints a table:
//
//	go run ./bench/peers [-repeats N] [-only facility,build,check,plans,flex,lives]
//
// It is to be run in the module's folder, on a machine that does nothing else. Medians are shown; what has a peer is timed with
// it in one run, in turns.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"headroom/bench"
	"headroom/highs"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	repeats := flag.Int("repeats", 5, "how often each is measured")
	only := flag.String("only", "", "some of facility, build, check, plans, flex, lives, separated by commas")
	program := flag.String("program", "bin/headroom", "the built program")
	cases := flag.String("cases", "cases", "folder of the starter cases")
	sample := flag.String("sample", "", "used by the command itself: solve the instances in one way and end")
	seed := flag.Int("seed", 1, "with -sample")
	dir := flag.String("dir", "", "with -sample: folder of the cases")
	flag.Parse()
	if *sample != "" {
		if os.Getenv("GOGC") == "" {
			debug.SetGCPercent(400) // as cmd/headroom does
		}
		return runSample(ctx, *sample, *dir, *only, *seed)
	}
	tmp, err := os.MkdirTemp("", "headroom-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	r := &bench.Runner{Repeats: max(1, *repeats), Dir: tmp, Program: *program, Cases: *cases, Self: self, Log: os.Stderr}
	if *program != "" {
		if r.Program, err = filepath.Abs(*program); err != nil {
			return err
		}
	}
	facts(os.Stdout)
	return measure(ctx, r, *only)
}

// measure runs the parts that are asked for and prints their rows. A part that fails is told of and does not end the others.
func measure(ctx context.Context, r *bench.Runner, only string) error {
	parts := []struct {
		name string
		run  func() ([]bench.Row, error)
	}{
		{"facility", func() ([]bench.Row, error) { return r.Facility(ctx) }},
		{"build", func() ([]bench.Row, error) { return r.Build(ctx) }},
		{"check", r.Check},
		{"plans", func() ([]bench.Row, error) { return r.Plans(ctx) }},
		{"flex", func() ([]bench.Row, error) { return r.Flex(ctx) }},
		{"lives", func() ([]bench.Row, error) { return r.Lives(ctx) }},
	}
	var rows []bench.Row
	var failed error
	for _, p := range parts {
		if only != "" && !slices.Contains(strings.Split(only, ","), p.name) {
			continue
		}
		more, err := p.run()
		rows = append(rows, more...)
		if err != nil {
			failed = fmt.Errorf("%s: %w", p.name, err)
			fmt.Fprintln(os.Stderr, failed)
		}
	}
	if err := bench.Print(os.Stdout, rows); err != nil {
		return err
	}
	return failed
}

// runSample is the work of one process that is timed from outside. There, -only names one instance.
func runSample(ctx context.Context, kind, dir, name string, seed int) error {
	if kind == bench.SampleFlexRate || kind == bench.SampleFlexTime {
		return bench.SampleFlex(ctx, kind, dir, seed)
	}
	list, err := bench.Instances(dir)
	if err != nil {
		return err
	}
	if name != "" {
		list = slices.DeleteFunc(list, func(in bench.Instance) bool { return in.Name != name })
	}
	return bench.Sample(ctx, kind, list, seed)
}

// facts prints what the figures depend on.
func facts(w io.Writer) {
	fmt.Fprintf(w, "%s, %d cores, %s/%s, %s", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version()) //nolint:errcheck // a heading
	for _, b := range highs.Backends(highs.Config{}) {
		if b.Usable() {
			fmt.Fprintf(w, ", %s %s %s", b.Name, b.Version, b.Backend) //nolint:errcheck // a heading
		} else {
			fmt.Fprintf(w, ", no %s: %s", b.Backend, b.Why) //nolint:errcheck // a heading
		}
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		fmt.Fprintf(w, ", load %s", bytes.Fields(text)[0]) //nolint:errcheck // a heading
	}
	fmt.Fprintln(w) //nolint:errcheck // a heading
}

// processor is the name of the processor where the system tells it.
func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "processor of unknown name"
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "processor of unknown name"
}
