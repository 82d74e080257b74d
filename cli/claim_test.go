package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"headroom/cli"
	"headroom/table"
)

// TestClaimPrompts: in a terminal the columns are asked for, those that flags gave are not, and the clock stamps the entry.
func TestClaimPrompts(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "case")
	if _, err := table.Init(dir, "two-plants"); err != nil {
		t.Fatal(err)
	}
	run := func(answers string) (int, string, string) {
		var out, asked bytes.Buffer
		s := cli.Streams{
			Out: &out, Err: &asked, In: strings.NewReader(answers), InTTY: true,
			Getenv: func(string) string { return "" },
			Now:    func() time.Time { return time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC) },
		}
		status := cli.Run(context.Background(), []string{"claim", "add", dir, "--id", "P1", "--unit", "veh/yr", "--by", "ann"}, s)
		return status, out.String(), asked.String()
	}
	if status, _, asked := run("north\n"); status != 2 || !strings.Contains(asked, "the input ended before the claim was complete") {
		t.Errorf("short answers: status %d, %s", status, asked)
	}
	status, out, asked := run("north\ncapacity\n150000\n\n\n\n\n2025\n\nreported\n\np. 3\n2026-03\n\n")
	if status != 0 || !strings.Contains(out, "Entered P1") || strings.Contains(asked, "Unit: ") || !strings.Contains(asked, "How firm it is (official, ") {
		t.Errorf("status %d, %s%s", status, out, asked)
	}
	log, err := os.ReadFile(filepath.Join(dir, "claims.log"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"at":"2026-11-25T09:00:00Z"`, `"by":"ann"`, `"as_of":"2026-03-01"`, `"locator":"p. 3"`, `"unit":"veh/yr"`} {
		if !strings.Contains(string(log), want) {
			t.Errorf("no %s in %s", want, log)
		}
	}
}
