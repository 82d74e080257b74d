package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"headroom/highs"
)

// Set by the linker (see Makefile); without it what Go has stamped is used.
var (
	version = ""
	commit  = ""
)

// build returns the version and the commit of this program.
func build() (v, c string) {
	v, c = version, commit
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v, c
	}
	if v == "" {
		v = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && c == "" {
			c = s.Value
		}
	}
	return v, c
}

func (a *app) versionCmd() *cobra.Command {
	return a.command("version", "Print the version and the solvers that were found",
		"Prints the version, the commit it was built from, and every solver back end with its version, where it was found, and, where it is not usable, why.",
		"  headroom version --json", cobra.NoArgs, a.runVersion)
}

func (a *app) runVersion(context.Context, []string) error {
	v, c := build()
	found := highs.Backends(a.solverConfig())
	solvers := make([]object, len(found))
	for i, b := range found {
		o := object{{"name", b.Name}, {"backend", b.Backend}, {"usable", b.Usable()}, {"version", b.Version}, {"path", b.Path}}
		if b.Child != "" {
			o = append(o, member{"child", b.Child})
		}
		if !b.Usable() {
			o = append(o, member{"why", b.Why})
		}
		solvers[i] = o
	}
	if a.json {
		a.writeJSON("version", object{{"version", v}, {"commit", c}, {"go", runtime.Version()}, {"platform", runtime.GOOS + "/" + runtime.GOARCH}, {"solvers", solvers}})
		return nil
	}
	fmt.Fprintf(&a.doc, "headroom %s\n", v)
	if c != "" {
		fmt.Fprintf(&a.doc, "commit   %s\n", c)
	}
	for _, b := range found {
		if b.Usable() {
			fmt.Fprintf(&a.doc, "solver   %s %s, %s: %s\n", b.Name, b.Version, b.Backend, b.Path)
		} else {
			fmt.Fprintf(&a.doc, "solver   %s, %s: not usable: %s\n", b.Name, b.Backend, b.Why)
		}
	}
	return nil
}
