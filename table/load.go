package table

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"headroom"
	"headroom/internal/files"
)

// LoadOptions say how a case is to be read. The zero value reads the base case.
type LoadOptions struct {
	Scenario string          // scenario whose changes are made
	With     []string        // unsigned deals that are counted in
	Moves    []headroom.Move // claims and assumptions that are put at other values, before the scenario changes anything
	AsOf     headroom.Date   // the case as it was known on this day; 0 for all that is known
	Today    headroom.Date   // the day of the run, for rules about age; 0 leaves them out
}

// Load reads the case in a folder. The findings are all that is wrong or doubtful in its files; with errors among them the
// Case is only good for further checks, and it is nil where tables are missing or cannot be read. The error is a
// *headroom.Error of code NoSuchFolder or NotACase.
func Load(dir string, o LoadOptions) (*headroom.Case, []headroom.Finding, error) {
	info, err := os.Stat(dir)
	place := headroom.Place{File: dir}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, headroom.Errorf(headroom.CodeNoSuchFolder, place, "write the path of the folder of a case", "there is no such folder")
	case err != nil:
		return nil, nil, headroom.Errorf(headroom.CodeNoSuchFolder, place, "", "the folder cannot be opened: %v", errors.Unwrap(err))
	case !info.IsDir():
		return nil, nil, headroom.Errorf(headroom.CodeNotACase, place, "write the path of the folder of a case", "this is a file, and a case is a folder")
	}
	return loadFS(files.Dir(dir), filepath.Clean(dir), o)
}

// LoadFS reads the case at the root of a file system, as Load does.
func LoadFS(fsys fs.FS, o LoadOptions) (*headroom.Case, []headroom.Finding, error) {
	return loadFS(fsys, ".", o)
}

// loadFS reads a case; name is what messages call the folder.
func loadFS(fsys fs.FS, name string, o LoadOptions) (*headroom.Case, []headroom.Finding, error) {
	l, err := read(fsys, name, o)
	if err != nil {
		return nil, nil, err
	}
	if !l.complete() {
		l.sortFindings()
		return nil, headroom.Once(l.findings), nil
	}
	hash := l.hash()
	changes, ok := l.moveAll()
	if !ok {
		l.sortFindings()
		return nil, headroom.Once(l.findings), nil
	}
	l.changeAll(changes, false)
	l.assume()
	c := l.decode()
	c.Scenario, c.With, c.AsOf, c.Today, c.Hash = o.Scenario, slices.Clone(o.With), o.AsOf, o.Today, hash
	slices.Sort(c.With)
	l.checkBindings(c)
	l.fillLabels(c)
	l.sortFindings()
	return c, l.findings, nil
}

// read reads all files of a folder into raw tables with keys.
func read(fsys fs.FS, name string, o LoadOptions) (*loader, error) {
	l := &loader{
		opt: o, tables: map[string]*rawTable{}, asked: map[*rawRow]bool{}, describes: map[string]bool{}, fills: map[string]*rule{}, broken: map[*rawRow]bool{},
	}
	entries, err := fs.ReadDir(fsys, ".")
	place := headroom.Place{File: name}
	if err != nil {
		return nil, headroom.Errorf(headroom.CodeNoSuchFolder, place, "", "the folder cannot be read: %v", err)
	}
	if !isCase(entries) {
		return nil, headroom.Errorf(headroom.CodeNotACase, place, "headroom init writes a starter case", "the folder is not a case: it has no case.yaml")
	}
	for _, e := range entries {
		l.strayFile(e)
	}
	for _, t := range schema {
		l.readTable(fsys, t)
	}
	for _, t := range schema {
		if rt := l.tables[t.Name]; rt != nil {
			l.checkKeys(rt)
		}
	}
	l.ruleReadings()
	l.letters()
	l.parents()
	return l, nil
}

// isCase reports whether there is a file of a case among the entries.
func isCase(entries []fs.DirEntry) bool {
	for _, e := range entries {
		for _, t := range minimum {
			if e.Name() == Lookup(t).File() {
				return true
			}
		}
	}
	return false
}

// logFiles are the log of the claims and its head, which package claimlog reads.
var logFiles = []string{"claims.log", "claims.head"}

// strayFile reports a file that is not part of a case. Folders, hidden files and pages of text are not looked at.
func (l *loader) strayFile(e fs.DirEntry) {
	name := e.Name()
	ext := filepath.Ext(name)
	if e.IsDir() || strings.HasPrefix(name, ".") || ext == ".md" || name == "datapackage.json" || name == "case.yaml" || slices.Contains(logFiles, name) {
		return
	}
	base := strings.TrimSuffix(name, ext)
	place := headroom.Place{File: name}
	if ext != ".csv" {
		l.warn(place, headroom.CodeStrayFile, "move it out of the folder", "this file is not part of a case and is not read")
		return
	}
	if t := Lookup(base); t == nil || base == caseTable {
		l.fail(place, headroom.CodeStrayFile, didYouMean(base, tableNames(), "move it out of the folder"), "there is no table %s", short(base))
	}
}

// readTable reads the file of a table where there is one.
func (l *loader) readTable(fsys fs.FS, t *Table) {
	f, err := fsys.Open(t.File())
	place := headroom.Place{File: t.File()}
	if errors.Is(err, fs.ErrNotExist) {
		if Needed(t.Name) {
			l.fail(place, headroom.CodeMissingTable, "add it; headroom init writes an example", "the table is missing")
		}
		return
	}
	var irregular *files.IrregularError
	switch {
	case errors.As(err, &irregular):
		l.fail(place, headroom.CodeUnreadableFile, "put the table in its place", "%v", irregular)
		return
	case errors.Is(err, fs.ErrPermission):
		l.fail(place, headroom.CodeNotPermitted, "let it be read, as with chmod", "the file may not be read")
		return
	case err != nil:
		l.fail(place, headroom.CodeUnreadableFile, "", "the file cannot be opened: %v", err)
		return
	}
	defer func() { _ = f.Close() }() // it was only read
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		l.fail(place, headroom.CodeUnreadableFile, "put the table in its place", "this is a folder, and not a file")
		return
	}
	if t.Name == caseTable {
		l.addCase(f)
		return
	}
	records, whole := readCSV(t.File(), t, f, l.report)
	l.addTable(t, records, whole)
}

// complete reports whether all tables that a case must have were read and have rows.
func (l *loader) complete() bool {
	all := true
	for _, name := range minimum {
		t := l.tables[name]
		if t == nil {
			all = false
			continue
		}
		if len(t.rows) == 0 && !t.broken {
			l.fail(headroom.Place{File: t.File()}, headroom.CodeMissingTable, "add a row", "the table has no rows")
		}
		all = all && len(t.rows) > 0 && !(name == caseTable && t.broken)
	}
	return all
}

// maxAlike is how many findings of one code and file are shown.
const maxAlike = 100

// sortFindings puts the findings in the order of their places and drops those of which there are too many.
func (l *loader) sortFindings() {
	lost := map[headroom.Place]bool{}
	for _, f := range l.findings {
		lost[f.Place] = lost[f.Place] || f.Code == headroom.CodeLaterClaim
	}
	l.findings = slices.DeleteFunc(l.findings, func(f headroom.Finding) bool { // one cause is told once
		return lost[f.Place] && f.Code == headroom.CodeEmptyNumber
	})
	slices.SortStableFunc(l.findings, func(a, b headroom.Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	type kind struct{ file, code string }
	count := map[kind]int{}
	for _, f := range l.findings {
		count[kind{f.File, f.Code}]++
	}
	seen := map[kind]int{}
	l.findings = slices.DeleteFunc(l.findings, func(f headroom.Finding) bool {
		seen[kind{f.File, f.Code}]++
		return seen[kind{f.File, f.Code}] > maxAlike
	})
	for i, f := range l.findings {
		k := kind{f.File, f.Code}
		if seen[k]--; count[k] > maxAlike && seen[k] == count[k]-maxAlike {
			l.findings[i].Message += fmt.Sprintf(" (and %d more like this)", count[k]-maxAlike)
		}
	}
}

// decode turns the raw tables into a Case.
func (l *loader) decode() *headroom.Case {
	c := &headroom.Case{Labels: map[headroom.Ref]headroom.Label{}, Rows: map[string]map[string]int{}}
	settings := l.tables[caseTable]
	l.decodeRow(settings, settings.rows[0], reflect.ValueOf(&c.Settings).Elem(),
		fieldsOf(settings.Table, reflect.TypeFor[headroom.Settings]()), make([]decoded, len(settings.Columns)))
	for name, slice := range slicesOf(reflect.ValueOf(c).Elem()) {
		if t := l.tables[name]; t != nil {
			l.decodeTable(t, slice)
		}
	}
	l.setDefaults(c)
	for name, t := range l.tables {
		c.Rows[name] = make(map[string]int, len(t.byKey))
		for key, r := range t.byKey {
			c.Rows[name][key] = r.line
		}
	}
	for i, col := range l.tables[caseTable].Columns {
		c.Rows[caseTable][col.Name] = l.tables[caseTable].rows[0].lines[i]
	}
	return c
}

// setDefaults fills what depends on more than one cell.
func (l *loader) setDefaults(c *headroom.Case) {
	if n := len(c.Periods); n > 0 {
		if c.HorizonFrom == 0 {
			c.HorizonFrom = c.Periods[0].From
		}
		if c.HorizonTo == 0 {
			c.HorizonTo = c.Periods[n-1].To
		}
	}
	// A pattern is for the lines that it names, and for none where all of these are left out.
	c.ShiftPatterns = slices.DeleteFunc(c.ShiftPatterns, func(p headroom.ShiftPattern) bool {
		return len(p.Lines) > 0 && !slices.ContainsFunc(p.Lines, func(id string) bool { return !l.lineGone(id) })
	})
	for i := range c.ShiftPatterns {
		c.ShiftPatterns[i].Lines = slices.DeleteFunc(c.ShiftPatterns[i].Lines, l.lineGone)
	}
}
