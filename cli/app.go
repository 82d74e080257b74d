package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"headroom"
	"headroom/lp"
	"headroom/solved"
)

// Streams is the world that a command sees. Tests give their own.
type Streams struct {
	Out, Err io.Writer
	Getenv   func(string) string
	OutTTY   bool // Out is a terminal
	ErrTTY   bool
	Width    int // of the terminal, 0 where it is not known

	In    io.Reader        // what prompts are answered from
	InTTY bool             // In is a terminal: there may be prompts
	Now   func() time.Time // nil for the clock
}

// System returns the streams of this process.
func System() Streams {
	s := Streams{Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, In: os.Stdin}
	s.OutTTY = term.IsTerminal(int(os.Stdout.Fd()))
	s.ErrTTY = term.IsTerminal(int(os.Stderr.Fd()))
	s.InTTY = term.IsTerminal(int(os.Stdin.Fd()))
	if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		s.Width = w
	}
	return s
}

// app is one run of the program.
type app struct {
	Streams
	json, quiet bool
	started     bool          // a command has begun: errors are no longer wrong use
	name        string        // of the command, "plan"
	asOf        headroom.Date // of the case that was read, 0 for all that is known
	help        string        // where the user finds out how it is used
	mark        string        // behind printed numbers, where their plan is not verified
	unknown     error         // help of a command that is not there was asked for
	doc         bytes.Buffer  // the JSON document or the text of the result
	ctx         context.Context
	begun       *begun

	solved  *solved.Store // what solvers have answered; nil before the first is opened
	callsMu sync.Mutex
	calls   []lp.Call // where --profile asks for them
}

// begun is what is known of a command that has begun, for who ends it from outside.
type begun struct {
	sync.Mutex
	name        string
	json, quiet bool
	left        bool // the command was given up: what it still writes is dropped
	answers     bool // it has begun to look for an answer, of which a part is worth having
}

// gate drops what is written for a command that was given up.
type gate struct {
	io.Writer
	*begun
}

// Write writes, or drops.
func (g gate) Write(p []byte) (int, error) {
	g.Lock()
	defer g.Unlock()
	if g.left {
		return len(p), nil
	}
	return g.Writer.Write(p)
}

// How long a command that was interrupted has for what it still does: one that solves has an answer to check and to show.
const (
	lastGrace  = 800 * time.Millisecond
	solveGrace = 3 * time.Second
)

// Run executes the command line args and returns the exit status. When ctx ends, the command stops within a second and
// writes what it has; one that does not is left. Nothing is lost by that: what it writes comes whole or not at all.
func Run(ctx context.Context, args []string, s Streams) int {
	b := &begun{}
	inner := s
	inner.Out, inner.Err = gate{s.Out, b}, gate{s.Err, b}
	done := make(chan int, 1)
	go func() { done <- run(ctx, args, inner, b) }()
	select {
	case status := <-done:
		return status
	case <-ctx.Done():
	}
	b.Lock()
	grace := lastGrace
	if b.answers {
		grace = solveGrace
	}
	b.Unlock()
	late := time.NewTimer(grace)
	defer late.Stop()
	select {
	case status := <-done:
		return status
	case <-late.C:
	}
	b.Lock()
	b.left = true
	a := &app{Streams: s, name: b.name, json: b.json, quiet: b.quiet, started: true}
	b.Unlock()
	status := a.finish(ctx, ctx.Err())
	_, _ = a.Out.Write(a.doc.Bytes()) // there is nothing more to say
	return status
}

// show writes what there is of the result now; what follows comes behind it.
func (a *app) show() error {
	_, err := a.Out.Write(a.doc.Bytes())
	a.doc.Reset()
	if err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

// answering says that the command has begun to look for an answer.
func (a *app) answering() {
	a.begun.Lock()
	defer a.begun.Unlock()
	a.begun.answers = true
}

func run(ctx context.Context, args []string, s Streams, b *begun) int {
	a := &app{Streams: s, help: "headroom help", ctx: ctx, begun: b}
	root := a.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if cmd != root {
		a.help = cmd.CommandPath() + " --help"
	}
	if err == nil {
		err = a.unknown
	}
	if err != nil && !a.started {
		err = usageError{a.wrongUse(cmd, args, err)}
	}
	status := a.finish(ctx, err)
	a.profiled()
	if _, werr := a.Out.Write(a.doc.Bytes()); werr != nil && status == exitDone {
		a.say("headroom: writing the result: %v", werr)
		return exitFault
	}
	return status
}

// wrongUse makes the best of a command line that was not understood: a command that is not there is said before a flag of it, and
// where a document was asked for, there is one.
func (a *app) wrongUse(cmd *cobra.Command, args []string, err error) error {
	if !cmd.HasParent() {
		if i := slices.IndexFunc(args, func(w string) bool { return !strings.HasPrefix(w, "-") }); i >= 0 {
			err = unknownCommand(cmd, args[i])
		}
	}
	if i := slices.Index(args, "--"); i >= 0 {
		args = args[:i]
	}
	a.json = slices.Contains(args, "--json")
	a.name = strings.ReplaceAll(strings.TrimPrefix(cmd.CommandPath(), "headroom "), " ", "-")
	return err
}

// root is the command tree.
func (a *app) root() *cobra.Command {
	showVersion := false
	cmd := &cobra.Command{
		Use:   "headroom",
		Short: "Plan which vehicles get built in which plants",
		Long: `Headroom plans which vehicles get built in which plants, over years, from a folder of CSV tables, and proves how good
the plan is. Start with:

  headroom init mycase --from two-plants
  headroom plan mycase`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if showVersion {
				a.started, a.name = true, "version"
				return a.runVersion(cmd.Context(), nil)
			}
			cmd.SetOut(a.Err)
			_ = cmd.Usage()
			return errors.New("no command given")
		},
	}
	cmd.SetOut(&a.doc)
	cmd.SetErr(a.Err)
	cmd.SetFlagErrorFunc(flagError)
	cmd.Flags().BoolVar(&showVersion, "version", false, "print the version and the solvers that were found")
	cmd.CompletionOptions.HiddenDefaultCmd = false
	cmd.AddCommand(a.commands()...)
	cmd.SetHelpCommand(a.helpCmd(cmd))
	help := cmd.HelpFunc()
	cmd.SetHelpFunc(func(c *cobra.Command, args []string) {
		if words := c.Flags().Args(); !c.HasParent() && len(words) > 0 { // help of a command that is not there
			a.unknown = unknownCommand(c, words[0])
			return
		}
		help(c, args)
	})
	return cmd
}

// helpCmd is "headroom help": cobra's own takes a command that is not there for success.
func (a *app) helpCmd(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:                   "help [COMMAND]",
		Short:                 "Say what a command does",
		DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, _, err := root.Find(args)
			if err != nil && len(args) > 0 {
				return unknownCommand(root, args[0])
			}
			if err == nil && cmd == root && len(args) > 0 {
				err = unknownCommand(root, args[0])
			}
			if err != nil {
				return err
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}

// command makes a command from its parts. run is called with errors marked as its own.
func (a *app) command(use, short, long, example string, args cobra.PositionalArgs, run func(ctx context.Context, args []string) error) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Long: long, Example: example, Args: args}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		a.started, a.name = true, cmd.Name()
		a.begun.Lock()
		a.begun.name, a.begun.json, a.begun.quiet = a.name, a.json, a.quiet
		a.begun.Unlock()
		return run(cmd.Context(), args)
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVar(&a.json, "json", false, "print exactly one JSON document")
	cmd.Flags().BoolVar(&a.quiet, "quiet", false, "print nothing but results and errors")
	cmd.DisableFlagsInUseLine = true
	return cmd
}
