package cli

import (
	"slices"
	"time"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/highs"
	"headroom/table"
)

// solving are the flags of commands that solve.
type solving struct {
	solver  string
	gap     float64
	time    time.Duration
	seed    int
	threads int
	profile bool
}

// timeDefault is the time limit where none is asked for. What is found by then is shown, with its gap, as a limit.
const timeDefault = 10 * time.Minute

// solvingFlags adds the flags of commands that solve; gap is the default of --gap.
func solvingFlags(cmd *cobra.Command, s *solving, gap float64) {
	f := cmd.Flags()
	f.StringVar(&s.solver, "solver", highs.Auto, "solver back end: auto, native or wasm")
	f.Float64Var(&s.gap, "gap", gap, "relative gap at which a plan is good enough")
	f.DurationVar(&s.time, "time", timeDefault, "time limit, such as 90s or 5m; 0 is none")
	f.IntVar(&s.seed, "seed", 1, "seed of the solver's random choices")
	f.IntVar(&s.threads, "threads", 1, "threads of the solver; with more than one the bytes of a plan may differ")
	f.BoolVar(&s.profile, "profile", false, "list every solve on standard error: who asked, size, gap asked and reached, seconds, and whether the answer was kept from before")
	complete(cmd, "solver", highs.Auto, highs.Native, highs.WASM)
}

// valid refuses values that mean nothing.
func (s *solving) valid() error {
	switch {
	case !slices.Contains([]string{highs.Auto, highs.Native, highs.WASM}, s.solver):
		return usagef("--solver %q: there are auto, native and wasm", s.solver)
	case !(s.gap >= 0 && s.gap < 1):
		return usagef("--gap %v: it is relative, from 0 to 1; 0.001 is 0.1 %%", s.gap)
	case s.time < 0:
		return usagef("--time %v: it is negative", s.time)
	case s.seed < 1:
		return usagef("--seed %d: seeds are 1 and above", s.seed)
	case s.threads < 1:
		return usagef("--threads %d: at least 1", s.threads)
	}
	return nil
}

// choosing are the flags of commands that read a case.
type choosing struct {
	scenario string
	with     []string
	asOf     string
}

// choosingFlags adds the flags of commands that plan or check a case.
func choosingFlags(cmd *cobra.Command, c *choosing) {
	caseFlags(cmd, c)
	cmd.Flags().StringSliceVar(&c.with, "with", nil, "count these unsigned deals in, as in ARR,ARR")
}

// caseFlags adds the flags of commands that read a case.
func caseFlags(cmd *cobra.Command, c *choosing) {
	cmd.Flags().StringVar(&c.scenario, "scenario", "", "make the changes of this scenario first")
	cmd.Flags().StringVar(&c.asOf, "as-of", "", "use only what was known on this day, as in 2026-01-31")
}

// loadOptions are the flags as table takes them, with the day of the run.
func (a *app) loadOptions(c choosing) (table.LoadOptions, error) {
	o := table.LoadOptions{Scenario: c.scenario, With: c.with, Today: headroom.DateOf(a.now().UTC())}
	if c.asOf == "" {
		return o, nil
	}
	day, err := headroom.ParseDate(c.asOf, true)
	if err != nil || day < headroom.NewDate(1900, 1, 1) {
		return o, usagef("--as-of %q: write a day as 2026-01-31", c.asOf)
	}
	o.AsOf = day
	return o, nil
}

// complete offers the words in shell completion of a flag.
func complete(cmd *cobra.Command, flag string, words ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}
