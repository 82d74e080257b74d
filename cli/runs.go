package cli

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"

	"headroom"
	"headroom/document"
	"headroom/trace"
)

// codeForeignRun is a saved run of another case.
const codeForeignRun = "ForeignRun"

// storedRun is a saved run of a plan or a brief.
type storedRun struct {
	document.Run[document.PlanRun]
	dir, file string
}

// readRun reads the saved run in a folder, or a run.json. hint says what to name instead of what is none.
func readRun(dir, hint string) (*storedRun, error) {
	file, text, err := openRun(dir)
	if err != nil {
		return nil, err
	}
	r := &storedRun{dir: dir, file: file}
	r.Result.Objective, r.Result.Bound, r.Result.Gap = document.Number(math.NaN()), document.Number(math.NaN()), document.Number(math.NaN())
	place := headroom.Place{File: file}
	if err := json.Unmarshal(text, &r.Run); err != nil || r.Schema.Name != document.SchemaOf("run").Name || r.Kind != "plan" && r.Kind != "brief" {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, place, hint, "this is not a saved plan")
	}
	if r.Schema.Version > document.Version {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, place, "use the newer program", "the run is of version %d, this program knows %d", r.Schema.Version, document.Version)
	}
	return r, nil
}

// hintRun is what to name where a run is asked for.
const hintRun = "name what headroom plan --out or brief --out has written"

// choosing is how the case of the run was read.
func (r *storedRun) choosing() choosing {
	return choosing{scenario: r.Result.Case.Scenario, with: r.Result.Case.With, asOf: r.Result.Case.AsOf}
}

// plan is the plan of the run.
func (r *storedRun) plan() *headroom.Plan { return r.Result.Read(r.Result.Tables.PlanTables) }

// brief is the brief that the run has saved, with its base plan.
func (r *storedRun) brief() (*headroom.Brief, error) {
	if r.Result.Brief == nil {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, headroom.Place{File: r.file}, "save one with headroom brief --out", "this is the run of a plan, and a report is made of a brief")
	}
	return r.Result.Brief.Read(r.plan()), nil
}

// results are the tables of the run, with those of its brief.
func (r *storedRun) results() trace.Results {
	p := r.plan()
	var b *headroom.Brief
	if r.Result.Brief != nil {
		b = r.Result.Brief.Read(p)
	}
	out := trace.ResultsOf(p, b)
	if math.IsNaN(p.Value) {
		delete(out, "brief_proof") // there is no plan
	}
	return out
}

// runsNear are the saved runs of a case in folders: each is a run, or has runs in its folders. Without folders, the runs in the
// current directory and beside the case are looked for. A run of another case does not count.
func (a *app) runsNear(dir string, folders []string, id string) ([]*storedRun, error) {
	named := len(folders) > 0
	if !named {
		folders = []string{".", filepath.Dir(filepath.Clean(dir)), dir}
	}
	var out []*storedRun
	seen := map[string]bool{}
	for _, f := range folders {
		found, err := runFiles(f)
		if err != nil && named {
			return nil, err
		}
		if named && len(found) == 0 {
			return nil, headroom.Errorf(headroom.CodeUnreadableFile, headroom.Place{File: f}, "name what headroom plan --out or brief --out has written", "there is no saved run here")
		}
		for _, file := range found {
			where, err := filepath.Abs(file)
			if err != nil || seen[where] {
				continue
			}
			seen[where] = true
			r, err := readRun(file, hintRun)
			switch {
			case err != nil && named:
				return nil, err
			case changedRun(err):
				a.note("headroom: %s was changed since it was saved and is left out", file)
			case err == nil && r.Result.Case.ID == id:
				r.dir = filepath.Dir(file)
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// changedRun reports whether an error is that of a run which is not what was saved.
func changedRun(err error) bool {
	var known *headroom.Error
	return errors.As(err, &known) && slices.ContainsFunc(known.Findings, func(f headroom.Finding) bool { return f.Code == headroom.CodeChangedRun })
}

// runFiles are the files of the runs in a folder: its own, or those of its folders.
func runFiles(dir string) ([]string, error) {
	if info, err := os.Stat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return []string{dir}, nil
	}
	if own := filepath.Join(dir, runFile); isFile(own) {
		return []string{own}, nil
	}
	found, err := filepath.Glob(filepath.Join(dir, "*", runFile))
	slices.Sort(found)
	return found, err
}

// isFile reports whether a path names a file.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
