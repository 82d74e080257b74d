package cli

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/bundle"
	"headroom/claimlog"
	"headroom/internal/files"
	"headroom/table"
)

func (a *app) importCmd() *cobra.Command {
	var into string
	cmd := a.command("import FILE", "Restore a case from a bundle",
		`Restores the case of a bundle that export --ro-crate has written into a folder that is new or empty, the run in its folder
run. Every file must have the hash of the bundle's description, all must be files of a case or of a run, the log of claims must
hold, the tables must say what it says, and the run must be what was saved; else nothing is written.`,
		"  headroom export cases/uk-2035 --ro-crate case.zip\n  headroom import case.zip --into copy", cobra.ExactArgs(1),
		func(_ context.Context, args []string) error { return a.runImport(args[0], into) })
	cmd.Flags().StringVar(&into, "into", "", "folder, new or empty (required)")
	_ = cmd.MarkFlagRequired("into")
	_ = cmd.MarkFlagDirname("into")
	return cmd
}

// maxBundle is the size of a bundle that is read.
const maxBundle = 256 << 20

func (a *app) runImport(file, into string) error {
	place := headroom.Place{File: filepath.Base(file)}
	data, err := files.Read(file, maxBundle)
	var size *files.SizeError
	switch {
	case errors.As(err, &size):
		return headroom.Errorf(bundle.CodeBrokenBundle, place, "", "%v", size)
	case err != nil:
		return err
	}
	entries, err := fs.ReadDir(files.Dir(into), ".")
	switch {
	case err == nil && len(entries) > 0:
		return headroom.Errorf(headroom.CodeNotEmpty, headroom.Place{File: into}, "name a folder that is empty or not there", "the folder is not empty")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	b, err := bundle.ReadCrate(filepath.Base(file), data)
	if err != nil {
		return err
	}
	head, unlogged, err := verifyBundle(b)
	if err != nil {
		return err
	}
	var list []files.File
	for _, f := range b.Case {
		list = append(list, files.File{Name: f.Name, Data: f.Data})
	}
	for _, f := range b.Run {
		list = append(list, files.File{Name: "run/" + f.Name, Data: f.Data})
	}
	if err := files.Folder(into, list, nil); err != nil {
		return err
	}
	if unlogged > 0 {
		a.note("headroom: %s not in the log; headroom claim seal %s logs what is missing", counted(unlogged, "claim or binding is", "claims and bindings are"), into)
	}
	if a.json {
		a.writeJSON("import", object{{"folder", into}, {"files", len(b.Case) + len(b.Run)}, {"entries", head.Entries}, {"head", head.Hash}, {"unlogged", unlogged}})
		return nil
	}
	if !a.quiet {
		a.printf("%d files in %s; the log has %s, head %s\n", len(b.Case)+len(b.Run), into, counted(head.Entries, "entry", "entries"), head.Hash)
	}
	return nil
}

// caseFile reports whether a name is one of the files of a case: its tables, its settings, the log of its claims, its description
// and pages of text.
func caseFile(name string) bool {
	switch {
	case name == claimlog.LogFile || name == claimlog.HeadFile || name == "datapackage.json":
		return true
	case strings.HasPrefix(name, "."):
		return false
	case path.Ext(name) == ".md":
		return true
	}
	for _, t := range table.Schema() {
		if t.File() == name {
			return true
		}
	}
	return false
}

// verifyBundle refuses a bundle with files that are not of a case, a log that does not hold, tables that say something else than
// the log, or a run that is not what was saved. It returns the head and how many claims and bindings are not logged, which an
// export says too.
func verifyBundle(b *bundle.Bundle) (claimlog.Head, int, error) {
	again := "get the bundle again from where it came"
	g := &claimLedger{}
	folder := table.Memory{}
	for _, f := range b.Case {
		if !caseFile(f.Name) {
			return claimlog.Head{}, 0, headroom.Errorf(bundle.CodeBrokenBundle, headroom.Place{File: "case/" + f.Name}, again, "this is not a file of a case")
		}
		folder[f.Name] = f.Data
		switch f.Name {
		case claimlog.LogFile:
			g.log = slices.Concat([]byte{}, f.Data)
		case claimlog.HeadFile:
			g.head = slices.Concat([]byte{}, f.Data)
		}
	}
	l, broken := claimlog.ReadLog(g.log, g.head)
	if broken != nil {
		return claimlog.Head{}, 0, headroom.Errorf(claimlog.CodeBrokenLog, headroom.Place{File: claimlog.LogFile, Row: broken.Entry}, again, "%s", broken.Why)
	}
	if l.Head().Hash != b.Head.Hash {
		return claimlog.Head{}, 0, headroom.Errorf(bundle.CodeBrokenBundle, headroom.Place{File: claimlog.LogFile}, again, "the description names another head of the log")
	}
	var err error
	if g.c, g.found, err = table.LoadLedgerFS(folder); err != nil {
		return claimlog.Head{}, 0, err
	}
	if bad := g.errors(); len(bad) > 0 {
		return claimlog.Head{}, 0, &headroom.Error{Findings: bad}
	}
	differences := l.Compare(g.ledger())
	if bad := slices.DeleteFunc(slices.Clone(differences), func(d claimlog.Difference) bool { return !d.Changed }); len(bad) > 0 {
		found := g.differences(bad)
		for i := range found {
			found[i].Hint = again
		}
		return claimlog.Head{}, 0, &headroom.Error{Findings: found}
	}
	return l.Head(), len(differences), verifyBundledRun(b.Run)
}

// verifyBundledRun refuses a run in a bundle that is not what was saved, or has more to it.
func verifyBundledRun(run []bundle.BundleFile) error {
	if len(run) == 0 {
		return nil
	}
	byName := map[string][]byte{}
	for _, f := range run {
		byName[f.Name] = f.Data
		if f.Name != runFile && path.Ext(f.Name) != ".csv" || strings.HasPrefix(f.Name, ".") {
			return headroom.Errorf(bundle.CodeBrokenBundle, headroom.Place{File: "run/" + f.Name}, "get the bundle again from where it came", "this is not a file of a run")
		}
	}
	text, ok := byName[runFile]
	if !ok {
		return headroom.Errorf(bundle.CodeBrokenBundle, headroom.Place{File: "run/" + runFile}, "get the bundle again from where it came", "the run has no %s", runFile)
	}
	return checkRun("run/"+runFile, text, func(name string) ([]byte, error) {
		data, ok := byName[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return slices.Concat([]byte{}, data), nil
	})
}
