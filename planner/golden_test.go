package planner_test

import (
	"bytes"
	"context"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/lp"
	"headroom/planner"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// families are the archives that are golden problems.
func families(t testing.TB) []*archive {
	t.Helper()
	return slices.DeleteFunc(mustArchives(t), func(a *archive) bool { return len(lines(a.files["rows"])) == 0 })
}

func mustBuild(t testing.TB, a *archive) *planner.Model {
	t.Helper()
	c, o := mustLoad(t, a.variant(""))
	m, err := planner.Build(context.Background(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestGolden compares the problems of the families with what they were.
func TestGolden(t *testing.T) {
	t.Parallel()
	for _, a := range families(t) {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := lp.WriteLP(&b, mustBuild(t, a).Problem); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", a.name+".lp")
			if *update {
				if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("problem (-want +got):\n%s", diff)
			}
		})
	}
}

// free returns p without the rows of some families, and how many there were.
func free(p *lp.Problem, families []string) (*lp.Problem, int) {
	lower, upper := slices.Clone(p.RowLower), slices.Clone(p.RowUpper)
	n := 0
	for i := range lower {
		if family, _, _ := strings.Cut(p.RowName(i), "["); slices.Contains(families, family) {
			lower[i], upper[i] = -lp.Inf, lp.Inf
			n++
		}
	}
	return p.WithRowBounds(lower, upper), n
}

func mustOptimum(t testing.TB, p *lp.Problem) float64 {
	t.Helper()
	r, err := mustSolver(t).Solve(t.Context(), p, lp.Options{Gap: 1e-9})
	if err != nil {
		t.Fatal(err)
	}
	switch r.Stop {
	case lp.StopUnbounded, lp.StopUnboundedOrInfeasible:
		return math.Inf(-1)
	case lp.StopOptimal:
		return r.Objective
	}
	t.Fatalf("stopped: %v", r.Stop)
	return 0
}

// TestBinds shows that each row family of a golden problem (or group of them) holds its plan back: without it the optimum is
// better.
func TestBinds(t *testing.T) {
	t.Parallel()
	for _, a := range families(t) {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			p := mustBuild(t, a).Problem
			with := mustOptimum(t, p)
			for _, group := range lines(a.files["rows"]) {
				q, n := free(p, strings.Fields(group))
				if n == 0 {
					t.Errorf("there is no row of %s", group)
					continue
				}
				if without := mustOptimum(t, q); without >= with-1e-6*math.Max(1, math.Abs(with)) {
					t.Errorf("without %s the optimum is %g, with it %g", group, without, with)
				}
			}
		})
	}
}
