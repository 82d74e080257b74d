package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"headroom/cli"
	"headroom/internal/tree"
)

// fence is a fenced block: its language, the file it is (or nothing), and its text.
var fence = regexp.MustCompile("(?ms)^```(\\w+)(?: (\\S+))?\n(.*?)^```$")

// TestTutorial does what docs/tutorial/first-case.md says: it writes the files, runs the commands, and wants the lines of a
// text block in the output of the command before it. It may not take a reader's program longer than two seconds to plan.
func TestTutorial(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "docs", "tutorial", "first-case.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	output, commands := "", 0
	for _, m := range fence.FindAllSubmatch(page, -1) {
		kind, file, text := string(m[1]), string(m[2]), string(m[3])
		switch {
		case file != "":
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		case kind == "console":
			output = mustConsole(t, text)
			commands++
		case kind == "text":
			for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
				if !strings.Contains(output, line) {
					t.Errorf("the output has no line with %q:\n%s", line, output)
				}
			}
		default:
			t.Errorf("a block of kind %q is neither a file nor a command nor its output", kind)
		}
	}
	if commands < 5 {
		t.Errorf("found %d blocks of commands on the page, want more", commands)
	}
}

// mustConsole runs the commands of a block and returns what they print. A line "! exit status N" is about the one before it.
func mustConsole(t *testing.T, text string) string {
	t.Helper()
	var all strings.Builder
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		command, ok := strings.CutPrefix(line, "$ headroom ")
		if !ok {
			continue
		}
		want := 0
		if i+1 < len(lines) && lines[i+1] == "! exit status 1" {
			want = 1
		}
		var out, errs bytes.Buffer
		began := time.Now()
		s := cli.Streams{Out: &out, Err: &errs, Getenv: tree.Getenv}
		if got := cli.Run(context.Background(), strings.Fields(command), s); got != want {
			t.Fatalf("headroom %s: exit status %d, want %d\n%s%s", command, got, want, out.String(), errs.String())
		}
		t.Logf("headroom %s: %.2f s", command, time.Since(began).Seconds())
		all.WriteString(out.String())
	}
	return all.String()
}
