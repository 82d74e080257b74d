package cli

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"headroom"
	"headroom/trace"
)

// codeForeignRun is a saved run of another case.
const codeForeignRun = "ForeignRun"

// storedRun is a saved run of a plan or a brief, as its evidence is followed.
type storedRun struct {
	savedRun
	dir, file string
	text      []byte // run.json
}

// readRun reads the saved run in a folder, or a run.json.
func readRun(dir string) (*storedRun, error) {
	file, text, err := openRun(dir)
	if err != nil {
		return nil, err
	}
	r := &storedRun{dir: dir, file: file, text: text}
	place := headroom.Place{File: file}
	if err := json.Unmarshal(text, &r.savedRun); err != nil || r.Schema.Name != "headroom.run" || r.Kind != "plan" && r.Kind != "brief" {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, place, "name what headroom plan --out or brief --out has written", "this is not a saved plan")
	}
	if r.Schema.Version > schemaVersion {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, place, "use the newer program", "the run is of version %d, this program knows %d", r.Schema.Version, schemaVersion)
	}
	return r, nil
}

// choosing is how the case of the run was read.
func (r *storedRun) choosing() choosing {
	return choosing{scenario: r.Result.Case.Scenario, with: r.Result.Case.With, asOf: r.Result.Case.AsOf}
}

// results are the tables of the run, with those of its brief.
func (r *storedRun) results() trace.Results {
	out := trace.Results{}
	put := func(name string, rows []map[string]any) {
		for _, row := range rows {
			cells := trace.Row{}
			for k, v := range row {
				switch v := v.(type) {
				case string, float64:
					cells[k] = v
				case bool:
					cells[k] = field(v)
				}
			}
			out[name] = append(out[name], cells)
		}
	}
	for name, rows := range r.Result.Tables {
		if name == "brief_cost_per_car" || name == "proof" {
			continue // totals know no break-even; a proof is read from the head of the run
		}
		put(name, rows)
	}
	if r.Result.Value != nil {
		row := map[string]any{"plan": "plan", "objective": *r.Result.Value}
		for k, v := range map[string]*float64{"bound": r.Result.Bound, "gap": r.Result.Gap} {
			if v != nil {
				row[k] = *v
			}
		}
		for k, v := range r.Result.Check {
			row[k] = v
		}
		put("brief_proof", []map[string]any{row})
	}
	if b := r.Result.Brief; b != nil {
		brief := headroom.Brief{SentenceFigures: b.SentenceFigures, CostPerCar: headroom.CostQuestion{Routes: b.CostPerCar}, Spread: b.Spread}
		for name, rows := range trace.ResultsOf(nil, &brief) {
			if len(rows) > 0 {
				out[name] = rows
			}
		}
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
			r, err := readRun(file)
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
