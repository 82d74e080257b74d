package table

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"headroom"
	"headroom/cases"
	"headroom/internal/files"
)

// Init writes the starter case of a name into a folder, "" for two-plants, and returns the names of its files. The error
// is a *headroom.Error where there is no such starter or the folder is not empty.
func Init(dir, from string) ([]string, error) {
	if from == "" {
		from = "two-plants"
	}
	names := starters(cases.FS)
	place := headroom.Place{File: dir}
	if !slices.Contains(names, from) {
		return nil, headroom.Errorf(headroom.CodeUnknownStarter, headroom.Place{}, "the starter cases are "+strings.Join(names, " and "), "there is no starter case %s", short(from))
	}
	empty, err := isEmpty(dir)
	if err != nil {
		return nil, headroom.Errorf(headroom.CodeNoSuchFolder, place, "", "the folder cannot be read: %v", err)
	}
	if !empty {
		return nil, headroom.Errorf(headroom.CodeNotEmpty, place, "name a folder that is empty or not there", "the folder is not empty")
	}
	sub, err := fs.Sub(cases.FS, from)
	if err != nil {
		return nil, fmt.Errorf("starter case: %w", err)
	}
	out, err := copyCase(sub, dir)
	if err != nil {
		return out, fmt.Errorf("starter case: %w", err)
	}
	return out, nil
}

// starters are the names of the cases in a file system.
func starters(from fs.FS) []string {
	var out []string
	entries, _ := fs.ReadDir(from, ".") // an embedded file system does not fail
	for _, e := range entries {
		if _, err := fs.Stat(from, e.Name()+"/case.yaml"); err == nil {
			out = append(out, e.Name())
		}
	}
	return out
}

// copyCase writes the files of an embedded case into a folder, all or none.
func copyCase(from fs.FS, dir string) ([]string, error) {
	entries, err := fs.ReadDir(from, ".")
	if err != nil {
		return nil, err
	}
	var names []string
	var list []files.File
	for _, e := range entries {
		data, err := fs.ReadFile(from, e.Name())
		if err != nil {
			return nil, err
		}
		names = append(names, e.Name())
		list = append(list, files.File{Name: e.Name(), Data: data})
	}
	return names, files.Folder(dir, list, nil)
}

// isEmpty reports whether a folder is missing or has nothing in it.
func isEmpty(dir string) (bool, error) {
	entries, err := fs.ReadDir(files.Dir(dir), ".")
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return err == nil && len(entries) == 0, err
}
