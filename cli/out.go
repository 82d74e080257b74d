package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

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

// writeRun saves a run: the tables as CSV, and run.json, which holds doc, the tables, the SHA-256 of each CSV file, and that of
// all of it. Nothing in it depends on the clock or on where it is written. A saved run that was there is replaced whole.
func writeRun(dir, kind string, doc object, tables []grid) error {
	var list []files.File
	sums := object{}
	for _, g := range tables {
		text, err := g.csv()
		if err != nil {
			return err
		}
		list = append(list, files.File{Name: g.name + ".csv", Data: text})
		sums = append(sums, member{g.name + ".csv", hashOf(text)})
	}
	body := append(doc[:len(doc):len(doc)], member{"tables", tablesObject(tables)}, member{"files", sums})
	text, err := body.MarshalJSON()
	if err != nil {
		return err
	}
	v, c := build()
	run, err := document("run", object{
		{"kind", kind},
		{"headroom", object{{"version", v}, {"commit", c}}},
		{"hash", hashOf(text)},
		{"result", body},
	})
	if err != nil {
		return err
	}
	old := filesOfRun(dir)
	return files.Folder(dir, append(list, files.File{Name: runFile, Data: run}), func(name string) bool { return old[name] })
}

// tablesObject is an object of tables by name.
func tablesObject(tables []grid) object {
	o := make(object, len(tables))
	for i, g := range tables {
		o[i] = member{g.name, g.objects()}
	}
	return o
}
