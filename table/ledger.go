package table

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"headroom"
	"headroom/internal/files"
)

// ledgerTables are the tables that LoadLedger decodes.
var ledgerTables = []string{"source", "claim", "binding"}

// LoadLedger reads the sources, claims and bindings of a case and nothing else of it: the other fields of the Case are empty
// but for Rows. The findings are about these three files alone. The error is a *headroom.Error of code NoSuchFolder or
// NotACase.
func LoadLedger(dir string) (*headroom.Case, []headroom.Finding, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, headroom.Errorf(headroom.CodeNoSuchFolder, headroom.Place{File: dir}, "write the path of the folder of a case", "there is no such folder")
	}
	return loadLedger(files.Dir(dir), filepath.Clean(dir))
}

// LoadLedgerFS reads the ledger of the case at the root of a file system, as LoadLedger does.
func LoadLedgerFS(fsys fs.FS) (*headroom.Case, []headroom.Finding, error) {
	return loadLedger(fsys, ".")
}

func loadLedger(fsys fs.FS, name string) (*headroom.Case, []headroom.Finding, error) {
	l, err := read(fsys, name, LoadOptions{})
	if err != nil {
		return nil, nil, err
	}
	c := &headroom.Case{Rows: map[string]map[string]int{}}
	fields := slicesOf(reflect.ValueOf(c).Elem())
	for _, name := range ledgerTables {
		t := l.tables[name]
		if t == nil {
			continue
		}
		l.decodeTable(t, fields[name])
		c.Rows[name] = make(map[string]int, len(t.byKey))
		for key, r := range t.byKey {
			c.Rows[name][key] = r.line
		}
	}
	l.unitsOfBindings(c)
	l.sortFindings()
	return c, onlyLedger(l.findings), nil
}

// onlyLedger picks the findings about the files of the ledger.
func onlyLedger(found []headroom.Finding) []headroom.Finding {
	return slices.DeleteFunc(found, func(f headroom.Finding) bool {
		return !slices.Contains(ledgerTables, strings.TrimSuffix(f.File, ".csv"))
	})
}

// AppendRows returns the file of a table with rows added at its end: old is the file as it is, nil where there is none, and
// a row maps columns to cells. Rows that are there keep their cells; columns that are new are added in the order of the
// schema. starts are the lines on which the new rows begin. The file must have been read without errors before.
func AppendRows(t *Table, old []byte, rows []map[string]string) (file []byte, starts []int) {
	var records []record
	if len(old) > 0 {
		records, _ = readCSV(t.File(), nil, bytes.NewReader(old), func(headroom.Finding) {})
	}
	var header []string
	if len(records) > 0 {
		header = slices.Clone(records[0].cells)
	}
	at := map[string]int{}
	for i, h := range header {
		name, _, _ := strings.Cut(h, "[")
		at[strings.TrimSpace(name)] = i
	}
	for _, c := range t.Columns {
		_, there := at[c.Name]
		needed := c.Required || slices.ContainsFunc(rows, func(r map[string]string) bool { return r[c.Name] != "" })
		if !there && needed {
			at[c.Name] = len(header)
			header = append(header, c.Name)
		}
	}
	out := [][]string{header}
	for i := 1; i < len(records); i++ {
		out = append(out, append(slices.Clone(records[i].cells), make([]string, len(header)-len(records[i].cells))...))
	}
	file = encodeCSV(out)
	for _, r := range rows {
		cells := make([]string, len(header))
		for name, cell := range r {
			if i, ok := at[name]; ok {
				cells[i] = cell
			}
		}
		starts = append(starts, 1+bytes.Count(file, []byte{'\n'}))
		file = append(file, encodeCSV([][]string{cells})...)
	}
	return file, starts
}
