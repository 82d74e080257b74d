package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
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
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0:
		return nil
	case err != nil:
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, runFile)); err != nil {
		return usagef("--out %s: the folder is not empty and is not a saved run; name a new folder", dir)
	}
	return nil
}

// writeRun saves a run: the tables as CSV, and run.json, which holds doc, the tables, and the SHA-256 of both. Nothing in it
// depends on the clock or on where it is written.
func writeRun(dir, kind string, doc object, tables []grid) error {
	body := append(doc[:len(doc):len(doc)], member{"tables", tablesObject(tables)})
	text, err := body.MarshalJSON()
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	v, c := build()
	run, err := document("run", object{
		{"kind", kind},
		{"headroom", object{{"version", v}, {"commit", c}}},
		{"hash", hex.EncodeToString(sum[:])},
		{"result", body},
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, g := range tables {
		text, err := g.csv()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, g.name+".csv"), text, 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, runFile), run, 0o644)
}

// tablesObject is an object of tables by name.
func tablesObject(tables []grid) object {
	o := make(object, len(tables))
	for i, g := range tables {
		o[i] = member{g.name, g.objects()}
	}
	return o
}
