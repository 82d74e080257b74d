package cli

import (
	"github.com/spf13/cobra"

	"headroom/highs"
	"headroom/lp"
)

// commands lists the commands in the order of the help.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.solveCmd(), a.versionCmd(),
	}
}

// solverConfig says where solvers are looked for.
func (a *app) solverConfig() highs.Config { return highs.Config{Getenv: a.Getenv} }

// openSolver finds the solver that --solver asks for and tells what a user may want to know of it.
func (a *app) openSolver(choice string) (lp.Solver, func(), error) {
	s, notes, err := highs.Find(choice, a.solverConfig())
	for _, n := range notes {
		a.note("headroom: %s", n)
	}
	if err != nil {
		return nil, nil, err
	}
	return s, func() { _ = s.Close() }, nil
}
