package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"headroom"
	"headroom/document"
	"headroom/internal/files"
)

// sealedRun is what of a run.json says that it is what was saved: the hash of its result, in which the hashes of its tables are.
type sealedRun struct {
	Schema struct {
		Name string `json:"name"`
	} `json:"schema"`
	Hash   string          `json:"hash"`
	Result json.RawMessage `json:"result"`
}

// sealedFiles are the files of a saved run with their hashes. Runs of older programs have none, and the tables by name.
type sealedFiles struct {
	Files  map[string]string `json:"files"`
	Tables map[string]any    `json:"tables"`
}

// openRun reads the run.json of a saved run, a folder or the file itself, and refuses one that is not what was saved. What is no
// saved run is left to the caller.
func openRun(path string) (file string, text []byte, err error) {
	file = path
	info, err := os.Stat(path)
	folder := err == nil && info.IsDir()
	if folder {
		if err := files.Recover(path); err != nil {
			return "", nil, err
		}
		file = filepath.Join(path, runFile)
	}
	if text, err = files.Read(file, 0); err != nil {
		return file, nil, err
	}
	dir := filepath.Dir(file)
	return file, text, checkRun(file, text, func(name string) ([]byte, error) {
		data, err := files.Read(filepath.Join(dir, name), 0)
		if !folder && errors.Is(err, fs.ErrNotExist) {
			return nil, nil // run.json stands alone
		}
		return data, err
	})
}

// checkRun compares a run.json with the hashes in it. read gives the files beside it; nil is one that need not be there.
func checkRun(file string, text []byte, read func(name string) ([]byte, error)) error {
	changed := func(name, format string, args ...any) error {
		return headroom.Errorf(headroom.CodeChangedRun, headroom.Place{File: name}, "save the run again: what is in it cannot be relied on", format, args...)
	}
	var r sealedRun
	if err := json.Unmarshal(text, &r); err != nil || r.Schema.Name != "headroom.run" {
		return nil
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, r.Result); err != nil || document.HashOf(compact.Bytes()) != r.Hash {
		return changed(file, "the run was changed since it was saved: its result has another hash than the one that stands there")
	}
	var s sealedFiles
	if err := json.Unmarshal(r.Result, &s); err != nil {
		return changed(file, "the result of the run is not one that the program writes")
	}
	for _, name := range slices.Sorted(maps.Keys(s.Files)) {
		at := filepath.Join(filepath.Dir(file), name)
		data, err := read(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return changed(at, "the table is gone since the run was saved")
		case err != nil:
			return err
		case data != nil && document.HashOf(data) != s.Files[name]:
			return changed(at, "the table was changed since the run was saved")
		}
	}
	return nil
}

// filesOfRun are the names of the files that a saved run wrote into its folder, which the next run replaces.
func filesOfRun(dir string) map[string]bool {
	names := map[string]bool{runFile: true}
	text, err := files.Read(filepath.Join(dir, runFile), 0)
	if err != nil {
		return names
	}
	var r sealedRun
	var s sealedFiles
	if json.Unmarshal(text, &r) == nil && json.Unmarshal(r.Result, &s) == nil {
		for name := range s.Files {
			names[name] = true
		}
		for name := range s.Tables {
			names[name+".csv"] = true
		}
	}
	return names
}

// notInRun is the first entry of a folder that is no file of a saved run and could not stay beside a new one: a folder.
func notInRun(entries []fs.DirEntry) string {
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".headroom-") {
			return e.Name()
		}
	}
	return ""
}
