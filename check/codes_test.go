package check_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"headroom"
	"headroom/cases"
	"headroom/check"
	"headroom/claimlog"
	"headroom/table"
)

// elsewhere are the codes whose example is a folder, a very large file or an option: the tests of packages table and cli show them.
var elsewhere = []string{
	headroom.CodeNoSuchFolder, headroom.CodeNotACase, headroom.CodeNotEmpty, headroom.CodeUnknownStarter, headroom.CodeLedgerInUse,
	headroom.CodeUnreadableFile, headroom.CodeLongCell, headroom.CodeTooManyRows, headroom.CodeTooManyColumns,
	headroom.CodeUnknownMove, headroom.CodeRefusedModel, headroom.CodeMissingCache,
	headroom.CodeDiskFull, headroom.CodeNotPermitted, headroom.CodeChangedRun, headroom.CodeBrokenLog, headroom.CodeLogAhead,
}

// TestCodes runs the example of each code: its edits of the case two-plants give its finding, word for word.
func TestCodes(t *testing.T) {
	t.Parallel()
	for _, code := range headroom.Codes() {
		t.Run(code.Name, func(t *testing.T) {
			t.Parallel()
			if code.Example == "" {
				if !slices.Contains(elsewhere, code.Name) {
					t.Error("the code has no example")
				}
				return
			}
			found := mustFind(t, code.Example)
			want := code.Finding
			if !slices.ContainsFunc(found, func(f headroom.Finding) bool { return string(f.Severity)+" "+f.String() == want }) {
				t.Errorf("want %s\ngot", want)
				for _, f := range found {
					t.Errorf("%s %s", f.Severity, f)
				}
			}
		})
	}
}

// mustFind returns the findings of two-plants after edits.
func mustFind(tb testing.TB, edits string) []headroom.Finding {
	tb.Helper()
	files, o := mustEdit(tb, edits)
	c, loaded, err := table.LoadFS(files, o)
	var e *headroom.Error
	if errors.As(err, &e) {
		return e.Findings
	}
	if c == nil {
		return loaded
	}
	return check.Merge(loaded, append(check.Case(c), claimlog.Rules(c)...))
}

// mustEdit makes edits in the case two-plants, one a line:
//
//	FILE:ROW:COLUMN = CELL   sets a cell
//	FILE + TEXT              adds a line
//	FILE := "TEXT"           makes the file anew
//	rm FILE                  deletes the file
//	load --scenario ID       and load --with ID, load --as-of DATE: how the case is loaded
func mustEdit(tb testing.TB, edits string) (fstest.MapFS, table.LoadOptions) {
	tb.Helper()
	files, o := mustCopy(tb), table.LoadOptions{Today: headroom.NewDate(2026, 6, 4)}
	for line := range strings.SplitSeq(edits, "\n") {
		words := strings.SplitN(line, " ", 3)
		switch {
		case line == "":
		case words[0] == "rm":
			delete(files, words[1])
		case words[0] == "load" && words[1] == "--scenario":
			o.Scenario = words[2]
		case words[0] == "load" && words[1] == "--as-of":
			day, err := headroom.ParseDate(words[2], true)
			if err != nil {
				tb.Fatal(line, err)
			}
			o.AsOf = day
		case words[0] == "load":
			o.With = append(o.With, words[2])
		case words[1] == "+":
			files[words[0]].Data = append(files[words[0]].Data, words[2]+"\n"...)
		case words[1] == ":=":
			text, err := strconv.Unquote(words[2])
			if err != nil {
				tb.Fatal(line, err)
			}
			files[words[0]] = &fstest.MapFile{Data: []byte(text)}
		default:
			mustSetCell(tb, files, words[0], strings.Join(words[2:], ""))
		}
	}
	return files, o
}

// mustCopy returns the files of two-plants.
func mustCopy(tb testing.TB) fstest.MapFS {
	tb.Helper()
	files := fstest.MapFS{}
	sub, err := fs.Sub(cases.FS, "two-plants")
	if err != nil {
		tb.Fatal(err)
	}
	entries, _ := fs.ReadDir(sub, ".")
	for _, e := range entries {
		data, err := fs.ReadFile(sub, e.Name())
		if err != nil {
			tb.Fatal(err)
		}
		files[e.Name()] = &fstest.MapFile{Data: data}
	}
	return files
}

// mustSetCell sets a cell, in a new column where the file has no such column.
func mustSetCell(tb testing.TB, files fstest.MapFS, place, cell string) {
	tb.Helper()
	p := strings.Split(place, ":")
	row, err := strconv.Atoi(p[1])
	if err != nil {
		tb.Fatal(place, err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(files[p[0]].Data))).ReadAll()
	if err != nil {
		tb.Fatal(place, err)
	}
	at := slices.Index(rows[0], p[2])
	if at < 0 {
		at = len(rows[0])
		for i := range rows {
			rows[i] = append(rows[i], "")
		}
		rows[0][at] = p[2]
	}
	rows[row-1][at] = cell
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		tb.Fatal(err)
	}
	files[p[0]].Data = []byte(b.String())
}

// TestTwoPlantsIsClean holds that the case that all examples edit has no findings.
func TestTwoPlantsIsClean(t *testing.T) {
	t.Parallel()
	for _, f := range mustFind(t, "load --scenario ") {
		t.Error(f)
	}
}
