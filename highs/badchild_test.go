//go:build unix

package highs

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"headroom/lp"
)

// buildBadChild builds the program that plays bad children, once a test run.
func buildBadChild(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "badchild")
	if out, err := exec.Command("go", "build", "-o", path, "./internal/badchild").CombinedOutput(); err != nil {
		t.Fatalf("build badchild: %v\n%s", err, out)
	}
	return path
}

// TestBadChildren lets a program misbehave in every way that was thought of. Each gives an error that says what happened,
// within a second and a half, and leaves no process.
func TestBadChildren(t *testing.T) {
	binary := buildBadChild(t)
	type part struct{ name, want string }
	parts := []part{
		{"version", "library is HiGHS 1.12.0; 1.15 is needed"},
		{"integers", "integers of 8 bytes"},
		{"protocol", "protocol 9"},
		{"load", "before its hello"},
		{"early", "without an answer"},
		{"segv", "ended by killed"},
		{"abort", "exit status 134: free(): invalid pointer"},
		{"nothing", "without an answer"},
		{"flood", "garbage"},
		{"garbage", "garbage"},
		{"kind", "unknown kind"},
		{"sum", "checksum"},
		{"huge", "garbage"},
		{"other", "another job"},
		{"status", "unknown status"},
		{"nan", "optimal with the objective NaN"},
		{"grandchild", "without an answer"},
	}
	for k := range 20 {
		parts = append(parts, part{fmt.Sprintf("cut-%d", k), "without an answer"})
	}
	for _, p := range parts {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			b, err := openNative(binary, "/"+p.name, 0)
			if err == nil {
				s := &Solver{b}
				defer s.Close() //nolint:errcheck // never fails
				var r *lp.Result
				if r, err = s.Solve(t.Context(), tiny(t), lp.Options{}); r != nil {
					t.Errorf("got a result: %+v", r)
				}
			}
			if err == nil || !strings.Contains(err.Error(), p.want) {
				t.Errorf("error is %v; want one with %q", err, p.want)
			}
			if d := time.Since(began); d > 5*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
	t.Cleanup(func() { noChildren(t) })
}

// noChildren fails where this process has children left.
func noChildren(t *testing.T) {
	t.Helper()
	var err error
	for wait := time.Now().Add(2 * time.Second); time.Now().Before(wait); time.Sleep(10 * time.Millisecond) {
		var status syscall.WaitStatus
		if _, err = syscall.Wait4(-1, &status, syscall.WNOHANG, nil); errors.Is(err, syscall.ECHILD) {
			return
		}
	}
	t.Errorf("a child process is left: %v", err)
}

// TestStubbornChildren looks at children that do not end: what they found is kept.
func TestStubbornChildren(t *testing.T) {
	binary := buildBadChild(t)
	open := func(t *testing.T, part string) *Solver {
		t.Helper()
		b, err := openNative(binary, "/"+part, 0)
		if err != nil {
			t.Fatal(err)
		}
		s := &Solver{b}
		t.Cleanup(func() { s.Close() }) //nolint:errcheck // never fails
		return s
	}
	for _, part := range []string{"hang", "best"} {
		t.Run(part+" cancel", func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			began := time.Now()
			r, err := open(t, part).Solve(ctx, tiny(t), lp.Options{})
			if err != nil || r.Stop != lp.StopInterrupt || time.Since(began) > 1100*time.Millisecond {
				t.Fatalf("after %v: %+v, %v", time.Since(began), r, err)
			}
			if part == "best" && (r.Primal != lp.PointFeasible || r.Objective != 7 || r.Bound != 6 || len(r.X) != 2) {
				t.Errorf("the streamed solution is lost: %+v", r)
			}
			if part == "hang" && (r.X != nil || !math.IsNaN(r.Objective)) {
				t.Errorf("a solution out of nothing: %+v", r)
			}
		})
		t.Run(part+" deadline", func(t *testing.T) {
			began := time.Now()
			r, err := open(t, part).Solve(t.Context(), tiny(t), lp.Options{Time: 100 * time.Millisecond})
			if err != nil || r.Stop != lp.StopTime || time.Since(began) > 1500*time.Millisecond {
				t.Fatalf("after %v: %+v, %v", time.Since(began), r, err)
			}
		})
	}
	t.Run("memory", func(t *testing.T) {
		r, err := open(t, "memory").Solve(t.Context(), tiny(t), lp.Options{})
		if err != nil || r.Stop != lp.StopMemory || r.Objective != 7 {
			t.Errorf("%+v, %v", r, err)
		}
	})
	for _, part := range []string{"good", "chatter", "deaf"} {
		t.Run(part, func(t *testing.T) {
			r, err := open(t, part).Solve(t.Context(), tiny(t), lp.Options{})
			if err != nil || r.Stop != lp.StopOptimal || r.Objective != 5 {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
	t.Run("mute", func(t *testing.T) {
		if _, err := startChild(binary, "/mute", 0, 300*time.Millisecond); err == nil || !strings.Contains(err.Error(), "no hello within") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("missing", func(t *testing.T) {
		if _, err := openNative(filepath.Join(t.TempDir(), "none"), "/x", 0); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("error is %v", err)
		}
	})
	t.Cleanup(func() { noChildren(t) })
}

// TestLastWords holds that what a child said before it died is heard, however late the reader gets to run.
func TestLastWords(t *testing.T) {
	for range 2000 {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.WriteString("free(): invalid pointer\n"); err != nil {
			t.Fatal(err)
		}
		w.Close() //nolint:errcheck // as a dead child's
		c := &child{err: r}
		c.listen()(lookEvery)
		r.Close() //nolint:errcheck // ours
		if got, want := c.said.lastLine(), "free(): invalid pointer"; got != want {
			t.Fatalf("last words are %q, want %q", got, want)
		}
	}
}
