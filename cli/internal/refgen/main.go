// Command refgen writes docs/reference/cli.md. It runs by go generate in the folder of package cli.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"headroom/cli"
)

func main() {
	path := filepath.Join("..", "docs", "reference", "cli.md")
	if err := os.WriteFile(path, cli.Reference(), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "refgen:", err)
		os.Exit(1)
	}
}
