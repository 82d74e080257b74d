package cli_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"headroom/cli"
	"headroom/internal/tree"
)

// TestMain lets scripts call headroom: the test binary is the program.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"headroom": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			streams := cli.System()
			streams.Now = scriptNow
			count := planFault()
			status := cli.Run(ctx, os.Args[1:], streams)
			count()
			os.Exit(status)
		},
	})
}

// scriptNow is the clock of the scripts: the day of the variable TODAY, or one in November 2026.
func scriptNow() time.Time {
	if day, err := time.Parse(time.DateOnly, os.Getenv("TODAY")); err == nil {
		return day
	}
	return time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
}

// TestScripts runs the scripts of testdata/script. They may use, besides the commands of testscript:
//
//	status N COMMAND…     runs a command and wants this exit status
//	json PATH WANT        wants a value in the JSON document on stdout; PATH is like tables.output.0.units
//	plain FILE            wants no control characters but line ends in stdout, stderr or a file
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: false,
		Setup:               setupScript,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"status": scriptStatus, "json": scriptJSON, "plain": scriptPlain,
		},
	})
}

// setupScript lets the program find the cases, the native solver where make has fetched it, and compiled WebAssembly.
func setupScript(env *testscript.Env) error {
	env.Setenv("CASES", filepath.Join(tree.Root(), "cases"))
	if dir, err := os.UserCacheDir(); err == nil {
		env.Setenv("XDG_CACHE_HOME", dir)
	}
	env.Setenv(tree.Library, tree.Native())
	env.Setenv("HEADROOM_CACHE", "off")
	return nil
}

func scriptStatus(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND…")
	}
	got := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

func scriptJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH WANT")
	}
	var v any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &v); err != nil {
		ts.Fatalf("stdout is not one JSON document: %v", err)
	}
	for _, part := range strings.Split(args[0], ".") {
		switch x := v.(type) {
		case map[string]any:
			w, ok := x[part]
			if !ok {
				ts.Fatalf("%s: there is no %s", args[0], part)
			}
			v = w
		case []any:
			var i int
			if _, err := fmt.Sscan(part, &i); err != nil || i >= len(x) {
				ts.Fatalf("%s: the list has %d members", args[0], len(x))
			}
			v = x[i]
		default:
			ts.Fatalf("%s: nothing is below %v", args[0], v)
		}
	}
	if got := fmt.Sprint(v); (got == args[1]) == neg {
		ts.Fatalf("%s is %s, want %s (negated: %v)", args[0], got, args[1], neg)
	}
}

func scriptPlain(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: plain FILE")
	}
	for i, r := range ts.ReadFile(args[0]) {
		if r < ' ' && r != '\n' || r == 0x7f {
			ts.Fatalf("control character %q at byte %d of %s", r, i, args[0])
		}
	}
}
