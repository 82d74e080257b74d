package cli

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"headroom/lp"
	"headroom/solved"
)

// Environment variables of what solvers have answered.
const (
	envCache      = "HEADROOM_CACHE"       // the folder, or off
	envCacheLimit = "HEADROOM_CACHE_LIMIT" // in MB
)

// cacheOff keeps answers in the process alone.
const cacheOff = "off"

// cacheFolder is where answers of solvers are kept, "" where they are kept in the process alone.
func (a *app) cacheFolder() string {
	switch dir := a.Getenv(envCache); dir {
	case cacheOff:
		return ""
	case "":
	default:
		return dir
	}
	base := a.Getenv("XDG_CACHE_HOME")
	switch home := a.Getenv("HOME"); {
	case runtime.GOOS == "windows":
		base = a.Getenv("LocalAppData")
	case runtime.GOOS == "darwin" && home != "":
		base = filepath.Join(home, "Library", "Caches")
	case base == "" && home != "":
		base = filepath.Join(home, ".cache")
	}
	if !filepath.IsAbs(base) {
		return ""
	}
	return filepath.Join(base, "headroom", "solved")
}

// cacheLimit is how many bytes the folder may hold.
func (a *app) cacheLimit() (int64, error) {
	text := a.Getenv(envCacheLimit)
	if text == "" {
		return solved.Most, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 || n > math.MaxInt64>>20 {
		return 0, usagef("%s=%s: write a number of megabytes, 1 and above", envCacheLimit, text)
	}
	return n << 20, nil
}

// remembering is a solver that solves nothing that was solved before. Its calls are recorded where that is asked for.
func (a *app) remembering(s lp.Solver, u solving) (lp.Solver, error) {
	if a.solved == nil {
		limit, err := a.cacheLimit()
		if err != nil {
			return nil, err
		}
		a.solved = solved.New(a.cacheFolder(), limit)
	}
	return a.recording(a.solved.Solver(s), u), nil
}

// recording is a solver whose calls are recorded where that is asked for.
func (a *app) recording(s lp.Solver, u solving) lp.Solver {
	if !u.profile {
		return s
	}
	return lp.Recorded(s, func(c lp.Call) {
		a.callsMu.Lock()
		defer a.callsMu.Unlock()
		a.calls = append(a.calls, c)
	})
}

// profiled lists the calls that were recorded, in the order in which they ended.
func (a *app) profiled() {
	a.callsMu.Lock()
	defer a.callsMu.Unlock()
	if a.solved != nil && a.solved.Trouble() != nil {
		a.note("headroom: %v", a.solved.Trouble())
	}
	if len(a.calls) == 0 {
		return
	}
	var rows [][]any
	var seconds, cpu float64
	hits := 0
	for i, c := range a.calls {
		rows = append(rows, callRow(i+1, c))
		seconds += c.Seconds
		cpu += max(0, c.CPU)
		hits += btoi(c.Hit)
	}
	fmt.Fprint(a.Err, a.tableText([]string{"solve", "asked by", "rows", "columns", "integers", "gap asked", "gap", "ended", "seconds", "CPU s", "kept"}, rows))
	a.say("%s, %d kept from before; %.2f s by the clock, %.2f s of the processor", counted(len(a.calls), "solve", "solves"), hits, seconds, cpu)
}

// callRow is a line of the profile.
func callRow(n int, c lp.Call) []any {
	who, gap, cpu, kept := c.Who, "", "", ""
	if who == "" {
		who = "plan"
	}
	if c.Integers > 0 {
		gap = fmt.Sprintf("%.2g", c.GapAsked)
	} else {
		who += ", linear"
	}
	if c.Start {
		who += ", from a start"
	}
	reached := "-"
	if !math.IsInf(c.Gap, 0) {
		reached = fmt.Sprintf("%.2g", c.Gap)
	}
	if c.CPU >= 0 {
		cpu = fmt.Sprintf("%.2f", c.CPU)
	}
	if c.Hit {
		kept = "yes"
	}
	return []any{n, who, c.Rows, c.Cols, c.Integers, gap, reached, c.Stop, fmt.Sprintf("%.2f", c.Seconds), cpu, kept}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (a *app) cacheCmd() *cobra.Command {
	cmd := a.command("cache", "Say what is kept of solved programmes, or clear it",
		`Answers of the solver are kept in a folder, so that no programme is solved twice: by any command, for any case. An answer is found
again by every number of its programme, the solver and its version, the seed and the gap that was asked for, and is checked like a
fresh one before it is shown. The oldest go where the folder grows beyond its limit.

HEADROOM_CACHE names another folder; HEADROOM_CACHE=off keeps answers only while a command runs. HEADROOM_CACHE_LIMIT is the limit in
megabytes, 500 where it is not set.`,
		"  headroom cache\n  headroom cache clear", cobra.NoArgs, func(context.Context, []string) error { return a.runCache(false) })
	clear := a.command("clear", "Remove what is kept", "Removes every kept answer. Nothing but time is lost by it.", "  headroom cache clear", cobra.NoArgs,
		func(context.Context, []string) error { return a.runCache(true) })
	cmd.AddCommand(clear)
	return cmd
}

func (a *app) runCache(clear bool) error {
	limit, err := a.cacheLimit()
	if err != nil {
		return err
	}
	dir := a.cacheFolder()
	store := solved.New(dir, limit)
	removed := 0
	if clear {
		if removed, err = store.Clear(); err != nil {
			return err
		}
	}
	n, size, err := store.Kept()
	if err != nil {
		return err
	}
	if a.json {
		a.writeJSON("cache", object{{"folder", dir}, {"entries", n}, {"bytes", size}, {"limit_bytes", limit}, {"removed", removed}})
		return nil
	}
	if dir == "" {
		a.printf("No folder: answers are kept while a command runs.\n")
		return nil
	}
	if clear {
		a.printf("%s removed.\n", counted(removed, "answer", "answers"))
	}
	a.printf("%s kept in %s, %.1f of at most %d MB.\n", counted(n, "answer", "answers"), dir, float64(size)/(1<<20), limit>>20)
	return nil
}
