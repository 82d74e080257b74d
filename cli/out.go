package cli

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/document"
	"headroom/internal/files"
)

// runFile is the name of the file that makes a folder a saved run.
const runFile = "run.json"

func outFlag(cmd *cobra.Command, out *string) {
	cmd.Flags().StringVar(out, "out", "", "write every result table as CSV, and run.json, into this folder")
	_ = cmd.MarkFlagDirname("out")
}

// outUsable refuses a folder that holds something else than a saved run: a case would be spoilt by stray files.
func outUsable(dir string) error {
	if dir == "" {
		return nil
	}
	entries, err := fs.ReadDir(files.Dir(dir), ".")
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0:
		return nil
	case err != nil:
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, runFile)); err != nil {
		return usagef("--out %s: the folder is not empty and is not a saved run; name a new folder", dir)
	}
	if name := notInRun(entries); name != "" {
		return usagef("--out %s: the saved run is replaced whole, and there is a folder %s in it; move it out, or name a new folder", dir, name)
	}
	return nil
}

// planRunOf is the plan of a case, to be saved; what was planned may be a part of the case that its inputs are of.
func planRunOf(planned, c *headroom.Case, p *headroom.Plan) document.PlanRun {
	r := document.PlanRun{
		Plan: document.PlanOf(planned, p), Inputs: document.InputsOf(c, document.Unplanned), Replaced: document.ReplacedClaims(c),
		Tables: document.RunTables{PlanTables: document.PlanTablesOf(p)},
	}
	r.Tables.Proof = document.ProofRows("plan", *r.Proof)
	return r
}

// savePlan saves a plan, or a brief with its plan, in a folder.
func savePlan(dir, kind string, r document.PlanRun) error {
	return saveRun(dir, kind, document.TablesOf(r.Tables), func(sums document.Sums) any {
		r.Files = sums
		return r
	})
}

// saveRun saves a run: the tables as CSV, and run.json, which holds the result with the SHA-256 of each CSV file in it, and that of
// all of it. Nothing in it depends on the clock or on where it is written. A saved run that was there is replaced whole.
func saveRun(dir, kind string, tables []document.Table, result func(document.Sums) any) error {
	var list []files.File
	var sums document.Sums
	for _, g := range tables {
		text, err := g.CSV()
		if err != nil {
			return err
		}
		list = append(list, files.File{Name: g.Name + ".csv", Data: text})
		sums = append(sums, document.Sum{File: g.Name + ".csv", Hash: document.HashOf(text)})
	}
	body, err := document.Compact(result(sums))
	if err != nil {
		return err
	}
	v, c := build()
	run, err := document.Marshal("run", 0, object{
		{"kind", kind},
		{"headroom", document.Build{Version: v, Commit: c}},
		{"hash", document.HashOf(body)},
		{"result", json.RawMessage(body)},
	})
	if err != nil {
		return err
	}
	old := filesOfRun(dir)
	return files.Folder(dir, append(list, files.File{Name: runFile, Data: run}), func(name string) bool { return old[name] })
}
