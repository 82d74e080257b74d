// Command headroom plans which vehicles get built in which plants. See package cli for what its commands do.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"headroom/cli"
)

// main turns signals into the end of a context and the outcome into an exit status. The first Ctrl-C asks for what there
// is; a second one ends the program at once.
func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop()
	}()
	os.Exit(cli.Run(ctx, os.Args[1:], cli.System()))
}
