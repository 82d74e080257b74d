package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
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

// TestClaimsAtOnce: of claims that are entered at the same time none is lost, and the log holds; a lock that somebody left
// behind is named.
func TestClaimsAtOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "case")
	if _, err := table.Init(dir, "two-plants"); err != nil {
		t.Fatal(err)
	}
	run := func(ctx context.Context, args ...string) (int, string) {
		var out bytes.Buffer
		s := cli.Streams{Out: &out, Err: &out, Getenv: func(string) string { return "" }}
		return cli.Run(ctx, args, s), out.String()
	}
	const n = 8
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			id := fmt.Sprint("AT-ONCE-", i)
			if status, out := run(t.Context(), "claim", "add", dir, "--id", id, "--subject", id, "--quantity", "q", "--value", fmt.Sprint(1000*(i+1)), "--status", "reported"); status != 0 {
				t.Errorf("%s: status %d, %s", id, status, out)
			}
		})
	}
	wg.Wait()
	if status, out := run(t.Context(), "verify", dir); status != 0 {
		t.Errorf("verify: %s", out)
	}
	if _, out := run(t.Context(), "claim", "list", dir, "--subject", "AT-ONCE"); strings.Count(out, "reported") != n {
		t.Errorf("not all claims are there:\n%s", out)
	}
	unlock, err := table.Lock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := table.Lock(ctx, dir); err == nil || !strings.Contains(err.Error(), "another program is adding to the ledger") {
		t.Errorf("a second lock: %v", err)
	}
	if status, out := run(ctx, "claim", "seal", dir); status != 130 {
		t.Errorf("interrupted while it waits: status %d, %s", status, out)
	}
}
