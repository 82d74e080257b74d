package check_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"headroom"
	"headroom/check"
	"headroom/table"
)

// quiet are the codes that say nothing of the point of an archive.
var quiet = []string{headroom.CodeUnlabelledFigure, headroom.CodeTableNotGiven}

// TestArchives holds that each case of testdata/*.txtar has the findings of its file want, each as "severity place: code", and no
// others.
func TestArchives(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, want := fstest.MapFS{}, []string(nil)
			for _, f := range a.Files {
				if f.Name == "want" {
					want = strings.FieldsFunc(string(f.Data), func(r rune) bool { return r == '\n' })
					continue
				}
				files[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			c, loaded, err := table.LoadFS(files, table.LoadOptions{})
			if err != nil || c == nil {
				t.Fatal(loaded, err)
			}
			var got []string
			for _, f := range check.Merge(loaded, check.Case(c)) {
				if !slices.Contains(quiet, f.Code) {
					got = append(got, string(f.Severity)+" "+f.Place.String()+": "+f.Code)
				}
			}
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(strings.Join(want, "\n"), strings.Join(got, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
