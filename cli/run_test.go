package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"headroom/cli"
	"headroom/internal/tree"
)

// world is a set of streams that a test can look at while a command writes.
type world struct {
	mu       sync.Mutex
	out, err bytes.Buffer
	onErr    func(text string) // sees what is written to stderr
}

// terminal makes the streams of a terminal, or of a pipe.
func (w *world) streams(terminal bool) cli.Streams {
	return cli.Streams{Out: &w.out, Err: writer(w.write), Getenv: tree.Getenv, OutTTY: terminal, ErrTTY: terminal, Width: 100}
}

func (w *world) write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.onErr != nil {
		w.onErr(string(p))
	}
	return w.err.Write(p)
}

// writer is a function as an io.Writer.
type writer func(p []byte) (int, error)

func (f writer) Write(p []byte) (int, error) { return f(p) }

// mustHardModel writes a model that takes a solver much longer than any test: a market split problem.
func mustHardModel(t *testing.T) string {
	t.Helper()
	const rows, cols = 5, 40
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("NAME hard\nROWS\n N obj\n")
	for i := range rows {
		fmt.Fprintf(&b, " E r%d\n", i)
	}
	b.WriteString("COLUMNS\n M0 'MARKER' 'INTORG'\n")
	sum := [rows]int{}
	for j := range cols {
		for i := range rows {
			a := r.IntN(100)
			sum[i] += a
			fmt.Fprintf(&b, " x%d r%d %d\n", j, i, a)
		}
	}
	b.WriteString(" M1 'MARKER' 'INTEND'\n")
	for i := range rows {
		fmt.Fprintf(&b, " s%d obj 1 r%d 1\n t%d obj 1 r%d -1\n", i, i, i, i)
	}
	b.WriteString("RHS\n")
	for i := range rows {
		fmt.Fprintf(&b, " RHS r%d %d\n", i, sum[i]/2)
	}
	b.WriteString("BOUNDS\n")
	for j := range cols {
		fmt.Fprintf(&b, " UP B x%d 1\n", j)
	}
	b.WriteString("ENDATA\n")
	path := filepath.Join(t.TempDir(), "hard.mps")
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestInterrupt cancels a solve at its first progress: what there is comes within a second, with the status of Ctrl-C.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := &world{}
	var asked time.Time
	w.onErr = func(text string) {
		if asked.IsZero() && strings.Contains(text, "best") {
			asked = time.Now()
			cancel()
		}
	}
	status := cli.Run(ctx, []string{"solve", mustHardModel(t), "--json"}, w.streams(true))
	if took := time.Since(asked); asked.IsZero() || took > 2*time.Second {
		t.Errorf("stopped %v after the interrupt (asked: %v), want about a second", took, !asked.IsZero())
	}
	if status != 130 {
		t.Errorf("exit status %d, want 130; stderr: %s", status, w.err.String())
	}
	var doc struct {
		Status, Stopped string
		Objective       *float64
	}
	if err := json.Unmarshal(w.out.Bytes(), &doc); err != nil {
		t.Fatalf("stdout is not one JSON document: %v\n%s", err, w.out.String())
	}
	if doc.Stopped != "interrupt" || doc.Status != "limit" || doc.Objective == nil {
		t.Errorf("got %+v, want the best point found, stopped by an interrupt", doc)
	}
}

// TestInterruptLives cancels a simulation at its first progress: the lives up to then come within a second.
func TestInterruptLives(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := &world{}
	var asked time.Time
	w.onErr = func(text string) {
		if asked.IsZero() && strings.Contains(text, "lives") {
			asked = time.Now()
			cancel()
		}
	}
	status := cli.Run(ctx, []string{"simulate", "../cases/two-plants", "--years", "2000000", "--time", "10h", "--json"}, w.streams(true))
	if took := time.Since(asked); asked.IsZero() || took > 2*time.Second {
		t.Errorf("stopped %v after the interrupt (asked: %v), want about a second", took, !asked.IsZero())
	}
	var doc struct {
		Status, Stopped string
		Paths           int
		Series          []any
	}
	if err := json.Unmarshal(w.out.Bytes(), &doc); err != nil {
		t.Fatalf("stdout is not one JSON document: %v", err)
	}
	if status != 130 || doc.Stopped != "interrupt" || doc.Status != "limit" || doc.Paths == 0 || len(doc.Series) == 0 {
		t.Errorf("exit status %d, %+v", status, doc.Paths)
	}
}

// TestInterruptEarly cancels before anything has begun: there is still one document.
func TestInterruptEarly(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := &world{}
	if status := cli.Run(ctx, []string{"plan", "../cases/two-plants", "--json"}, w.streams(false)); status != 130 {
		t.Errorf("exit status %d, want 130; stderr: %s", status, w.err.String())
	}
	if !json.Valid(w.out.Bytes()) || strings.Count(w.out.String(), `"stopped": "interrupt"`) != 2 { // of the document, and of its proof
		t.Errorf("stdout is %s, want a document that was interrupted", w.out.String())
	}
}

// TestLimit gives a hard model too little time: the point found at the limit is a result.
func TestLimit(t *testing.T) {
	t.Parallel()
	w := &world{}
	if status := cli.Run(t.Context(), []string{"solve", mustHardModel(t), "--time", "1500ms", "--json"}, w.streams(false)); status != 0 {
		t.Errorf("exit status %d, want 0; stderr: %s", status, w.err.String())
	}
	if !strings.Contains(w.out.String(), `"status": "limit"`) {
		t.Errorf("stdout is %.400s, want the status limit", w.out.String())
	}
	for line := range strings.Lines(w.err.String()) {
		if !strings.Contains(line, "native HiGHS is not used") { // where there is none
			t.Errorf("stderr of a pipe has %q, want nothing", line)
		}
	}
}

// TestQuiet shows no progress on a terminal that asked for quiet.
func TestQuiet(t *testing.T) {
	t.Parallel()
	w := &world{}
	cli.Run(t.Context(), []string{"solve", mustHardModel(t), "--time", "1500ms", "--quiet", "--json"}, w.streams(true))
	if w.err.Len() > 0 {
		t.Errorf("stderr has %q, want nothing", w.err.String())
	}
}
