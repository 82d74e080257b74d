// Command headroom plans which vehicles get built in which plants. See package cli for what its commands do.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"headroom/cli"
)

// gcPercent lets the heap grow to five times what lives before it is collected: a case is small beside its solver, and loading
// one takes a quarter less time than with Go's own 100. GOGC in the environment overrides it.
const gcPercent = 400

// main turns signals into the end of a context and the outcome into an exit status. The first Ctrl-C asks for what there
// is; a second one ends the program at once.
func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop()
	}()
	os.Exit(cli.Run(ctx, os.Args[1:], cli.System()))
}
