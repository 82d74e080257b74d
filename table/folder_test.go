package table_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
	"headroom/table"
)

// mustInit writes the case two-plants into a new folder.
func mustInit(tb testing.TB) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "case")
	if _, err := table.Init(dir, "two-plants"); err != nil {
		tb.Fatal(err)
	}
	return dir
}

// mustWrite writes a file of a case.
func mustWrite(tb testing.TB, dir, name, text string) {
	tb.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// mustRead reads a file of a case.
func mustRead(tb testing.TB, dir, name string) string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// mustLoad loads a case without findings.
func mustLoad(tb testing.TB, dir string, o table.LoadOptions) *headroom.Case {
	tb.Helper()
	c, findings, err := table.Load(dir, o)
	if err != nil || len(findings) > 0 {
		tb.Fatal(findings, err)
	}
	return c
}

func TestFolders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mustWrite(t, dir, "note.txt", "x")
	full := mustInit(t)
	_, _, missing := table.Load(filepath.Join(dir, "nowhere"), table.LoadOptions{})
	_, _, notCase := table.Load(dir, table.LoadOptions{})
	_, _, file := table.Load(filepath.Join(dir, "note.txt"), table.LoadOptions{})
	_, notEmpty := table.Init(full, "")
	_, unknown := table.Init(filepath.Join(dir, "new"), "three-plants")
	_, format := table.Format(filepath.Join(dir, "nowhere"))
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"missing", missing, "/nowhere: NoSuchFolder: there is no such folder; write the path of the folder of a case"},
		{"not a case", notCase, ": NotACase: the folder is not a case: it has no case.yaml; headroom init writes a starter case"},
		{"a file", file, "/note.txt: NotACase: this is a file, and a case is a folder; write the path of the folder of a case"},
		{"not empty", notEmpty, "/case: NotEmpty: the folder is not empty; name a folder that is empty or not there"},
		{"unknown starter", unknown, `UnknownStarter: there is no starter case "three-plants"; the starter cases are `},
		{"format", format, "/nowhere: NoSuchFolder: there is no such folder; write the path of the folder of a case"},
	}
	for _, test := range tests {
		var e *headroom.Error
		if !errors.As(test.err, &e) || !strings.Contains(filepath.ToSlash(e.Error()), test.want) {
			t.Errorf("%s: got %v, want %s", test.name, test.err, test.want)
		}
	}
}

// TestHugeCell holds that a field of 100 MB is refused early, in little memory.
func TestHugeCell(t *testing.T) {
	t.Parallel()
	dir := mustInit(t)
	f, err := os.Create(filepath.Join(dir, "market.csv"))
	if err != nil {
		t.Fatal(err)
	}
	chunk := bytes.Repeat([]byte("x"), 1<<20)
	_, _ = f.WriteString("market_id,name\nhome,")
	for range 100 {
		if _, err := f.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, findings, err := table.Load(dir, table.LoadOptions{})
	runtime.ReadMemStats(&after)
	want := "market.csv:2:name: LongCell: a cell is longer than 32768 bytes; look for a quote that is not closed"
	if err != nil || len(findings) != 1 || findings[0].String() != want {
		t.Errorf("got %v %v, want %s", findings, err, want)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
		t.Errorf("used %d MB", used>>20)
	}
}

// TestManyFindings holds that a file full of mistakes does not drown the others.
func TestManyFindings(t *testing.T) {
	t.Parallel()
	dir := mustInit(t)
	text := "market_id\nhome\nabroad\n"
	for i := range 1000 {
		text += fmt.Sprintf("bad key %d\n", i)
	}
	mustWrite(t, dir, "market.csv", text)
	mustWrite(t, dir, "vehicle.csv", strings.Replace(mustRead(t, dir, "vehicle.csv"), "HEV", "hybrid", 1))
	_, findings, err := table.Load(dir, table.LoadOptions{})
	if err != nil || len(findings) != 101 || !strings.HasSuffix(findings[99].Message, "(and 900 more like this)") {
		t.Errorf("%d findings, %v: %v", len(findings), err, findings[len(findings)-2:])
	}
}

// TestFolderNamedLikeTable holds that a folder in the place of a table is a finding.
func TestFolderNamedLikeTable(t *testing.T) {
	t.Parallel()
	dir := mustInit(t)
	if err := os.Mkdir(filepath.Join(dir, "lane.csv"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, findings, err := table.Load(dir, table.LoadOptions{})
	if err != nil || len(findings) != 1 || findings[0].Code != headroom.CodeUnreadableFile {
		t.Error(findings, err)
	}
}

// TestEncodings holds that a byte-order mark, CR LF, and other units and orders of columns change nothing.
func TestEncodings(t *testing.T) {
	t.Parallel()
	want := mustLoad(t, mustInit(t), table.LoadOptions{})
	dir := mustInit(t)
	for _, name := range []string{"plant.csv", "demand.csv"} {
		mustWrite(t, dir, name, "\ufeff"+strings.ReplaceAll(mustRead(t, dir, name), "\n", "\r\n"))
	}
	mustWrite(t, dir, "line.csv", "capacity_year [thousand veh/yr],line_id,plant,note\n150,north-1,north,Full of the hatch and a little more\n90,south-1,south,Empty\n")
	got := mustLoad(t, dir, table.LoadOptions{})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWriteRows(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	err := table.WriteRows(&b, []string{"a", "b", "c"}, [][]any{
		{"=1+1", -1.5, 3},
		{"-x", 0.1, headroom.MFN},
		{"plain, text", 1e21, headroom.NewDate(2026, 1, 2)},
		{"@x", nil, true},
	})
	want := "a,b,c\n'=1+1,-1.5,3\n'-x,0.1,mfn\n\"plain, text\",1000000000000000000000,2026-01-02\n'@x,,true\n"
	if diff := cmp.Diff(want, b.String()); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
