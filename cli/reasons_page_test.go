package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"headroom/cli"
	"headroom/internal/tree"
)

// TestReasonsPage: the answer on the page about cases without a plan is what plan says.
func TestReasonsPage(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(tree.Root(), "docs", "how-to", "explain-infeasible.md"))
	if err != nil {
		t.Fatal(err)
	}
	block := func(kind string) string {
		m := regexp.MustCompile("(?s)```" + kind + "\n(.*?)```").FindSubmatch(text)
		if m == nil {
			t.Fatalf("the page has no block %s", kind)
		}
		return string(m[1])
	}
	dir := t.TempDir()
	mustCopy(t, dir, os.DirFS(filepath.Join(tree.Root(), "cases", "two-plants")))
	if err := os.WriteFile(filepath.Join(dir, "target.csv"), []byte(block("csv")), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	status := cli.Run(t.Context(), []string{"plan", dir}, cli.Streams{Out: &out, Err: &errs, Getenv: tree.Getenv})
	if status != 3 || !strings.Contains(out.String(), block("text")) {
		t.Errorf("status %d, output\n%s%s\nwant\n%s", status, out.String(), errs.String(), block("text"))
	}
}
