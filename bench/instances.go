package bench

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"headroom"
	"headroom/answer"
	"headroom/lp"
	"headroom/planner"
	"headroom/table"
)

//go:embed testdata/orlib-cflp/*.txt
var files embed.FS

// Instance is a public instance with its published optimum.
type Instance struct {
	Name    string
	Optimum float64
	Problem *CFLP
	Dir     string      // its case, once it is written
	Strong  *lp.Problem // the hand-written model
}

// Instances reads the instances of OR-Library that are kept with this package. Their cases are, or will be, in folders of dir.
func Instances(dir string) ([]Instance, error) {
	text, err := files.ReadFile("testdata/orlib-cflp/optima.txt")
	if err != nil {
		return nil, err
	}
	var out []Instance
	for line := range strings.Lines(string(text)) {
		var in Instance
		if _, err := fmt.Sscan(line, &in.Name, &in.Optimum); err != nil {
			return nil, fmt.Errorf("optima.txt: %q: %w", line, err)
		}
		file, err := files.ReadFile("testdata/orlib-cflp/" + in.Name + ".txt")
		if err != nil {
			return nil, err
		}
		if in.Problem, err = ReadCFLP(bytes.NewReader(file), 0); err != nil {
			return nil, fmt.Errorf("%s: %w", in.Name, err)
		}
		if in.Strong, err = in.Problem.Strong(in.Name); err != nil {
			return nil, err
		}
		in.Dir = filepath.Join(dir, in.Name)
		out = append(out, in)
	}
	return out, nil
}

// Write writes the case.
func (in *Instance) Write() error {
	return in.Problem.WriteCase(in.Dir, in.Name, "Given by the instance "+in.Name+" of OR-Library")
}

// optimumTolerance is how far, in relation, an objective may be from the published optimum.
const optimumTolerance = 1e-6

// wrong reports an objective that is not the published optimum.
func (in *Instance) wrong(objective float64) error {
	if d := math.Abs(objective - in.Optimum); !(d <= optimumTolerance*in.Optimum) {
		return fmt.Errorf("%s: objective %.6f, the published optimum is %.3f", in.Name, objective, in.Optimum)
	}
	return nil
}

// alone solves the hand-written model and does nothing else.
func (in *Instance) alone(ctx context.Context, s lp.Solver, seed int) error {
	r, err := s.Solve(ctx, in.Strong, lp.Options{Gap: optimumTolerance, Seed: seed, Threads: 1})
	if err != nil {
		return err
	}
	return in.wrong(r.Objective)
}

// planned plans the case as the program does: it reads the tables, checks them, builds the model, has it solved, checks the
// point, and counts the money again.
func (in *Instance) planned(ctx context.Context, s lp.Solver, seed int) error {
	c, err := loadChecked(in.Dir, table.LoadOptions{})
	if err != nil {
		return err
	}
	p, err := answer.Plan(ctx, c, s, planner.Options{Objective: "cost", Gap: optimumTolerance, Seed: seed, Threads: 1})
	if err != nil {
		return err
	}
	if p.Status != headroom.StatusVerified {
		return fmt.Errorf("%s: %s: %s", in.Name, p.Status, p.Why)
	}
	return in.wrong(p.Value)
}
