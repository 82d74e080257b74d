package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"headroom/cases"
	"headroom/cli"
)

// watched is a writer that cancels a run a moment after something was written.
type watched struct {
	mu   sync.Mutex
	text bytes.Buffer
	want string
	then func()
}

// Write keeps what is written.
func (w *watched) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.text.Write(b)
	if w.then != nil && strings.Contains(w.text.String(), w.want) {
		w.then()
		w.then = nil
	}
	return n, err
}

// TestFlexLong asks for 10⁹ scenarios: the time is told first, and an interrupt leaves an answer within a second.
func TestFlexLong(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "case")
	starter, err := fs.Sub(cases.FS, "two-plants")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, starter); err != nil {
		t.Fatal(err)
	}
	spread := "factor_id,distribution,sd,low,high,truncation,rho\nall,lognormal,30%,0%,300%,condition,0.2\n"
	if err := os.WriteFile(filepath.Join(dir, "uncertain.csv"), []byte(spread), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var at time.Time
	var out bytes.Buffer
	errs := &watched{want: "scenarios take about", then: func() { at = time.Now(); cancel() }}
	status := cli.Run(ctx, []string{"flex", dir, "--scenarios", "1000000000", "--threads", "1", "--json"}, cli.Streams{Out: &out, Err: errs, Getenv: func(string) string { return "" }})
	if took := time.Since(at); status != 130 || at.IsZero() || took > time.Second {
		t.Errorf("exit status %d after %v: %s", status, took, errs.text.String())
	}
	var doc struct {
		Stopped   string
		Scenarios int
		Sales     struct{ Mean, CI95Low, CI95High float64 }
	}
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil || doc.Stopped != "interrupt" || doc.Scenarios == 0 || doc.Sales.Mean <= 0 {
		t.Errorf("%v: %+v", err, doc)
	}
}
