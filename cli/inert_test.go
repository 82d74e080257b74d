package cli_test

import (
	"archive/zip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"headroom/table"
)

// TestFormulaTextIsInert gives a case texts that a spreadsheet would run, and looks for them in everything that is written from
// it: in CSV no cell begins as a formula does, in pages they are text, and in bundles the files are those of the case, byte
// by byte, because their hashes are.
func TestFormulaTextIsInert(t *testing.T) {
	t.Parallel()
	const call = "=cmd|' /C calc'!A0"
	claims := "claim_id,kind,subject,quantity,value,unit,status,source_id,as_of,note\nC1,,\"" + call + "\",+1+1,150000,vehicles/yr,reported,paper,2026-01-31,@SUM(A1)\nC2,statement,-2+3+cmd,\"\t=x\",,,reported,paper,2026-02-28,\n"
	dir := mustCase(t, map[string]string{
		"claim.csv":       claims,
		"source.csv":      "source_id,kind,publisher,title\npaper,press,=1+1,@title\n",
		"arrangement.csv": "arr_id,name,status,note\nguest,\"" + call + "\",talks,+note\n",
		"term.csv":        "arr_id,kind,value,unit\nguest,min_volume,1000,veh/yr\n",
		"binding.csv":     "table,row_key,column,kind,claim_id,chosen_because\nline,north-1,capacity_year,fact,C1,+because\n",
	})
	for file, edit := range map[string][2]string{
		"plant.csv":      {"Northfield", call},
		"vehicle.csv":    {"Electric SUV", "@SUV"},
		"assumption.csv": {"Invented for teaching\ninvented-demand", "-1+cmd\ninvented-demand"},
		"case.yaml":      {"title: ", "title: \"=1+1\" # "},
	} {
		path := filepath.Join(dir, file)
		data, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(data), edit[0]) {
			t.Fatal(file, err)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(data), edit[0], edit[1], 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := t.TempDir()
	at := func(name string) string { return filepath.Join(out, name) }
	for _, args := range [][]string{
		{"brief", dir, "--out", at("run")},
		{"report", dir, "--html", at("report.html")},
		{"claim", "seal", dir},
		{"export", dir, "--qa-log", at("log.md")},
		{"export", dir, "--ro-crate", at("crate.zip")},
		{"changes", dir, "--since", "2026-01-01", "--feed", at("feed.atom")},
		{"claim", "list", dir},
		{"trace", dir, "line/north-1/capacity_year"},
	} {
		if status, said := mustRun(t, args...); status != 0 {
			t.Fatalf("%v: status %d: %s", args, status, said)
		} else if strings.Contains(said, "\t=x") {
			t.Errorf("%v prints a control character", args)
		}
	}
	files, err := filepath.Glob(at("run/*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatal("no tables", err)
	}
	seen := false
	for _, file := range files {
		seen = mustBeInert(t, file, call) || seen
	}
	if !seen {
		t.Error("the name of the deal is in no table: nothing was tried")
	}
	for _, name := range []string{"report.html", "log.md", "feed.atom"} {
		page := mustReadFile(t, at(name))
		for line := range strings.SplitSeq(page, "\n") {
			for cell := range strings.SplitSeq(strings.Trim(line, "| "), " | ") {
				if strings.HasPrefix(line, "|") && cell != "" && strings.ContainsRune("=+@\t", rune(cell[0])) {
					t.Errorf("%s: a cell begins as a formula does: %s", name, line)
				}
			}
		}
	}
	mustBeInCrate(t, at("crate.zip"), "claim.csv", claims)
	if got := table.SafeText("-8%"); got != "'-8%" {
		t.Errorf("a change of -8%% is written as %s", got)
	}
}

// mustBeInert reports whether a text is in a CSV file, where no text may begin as a formula does.
func mustBeInert(t *testing.T, file, text string) bool {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(mustReadFile(t, file))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := false
	for _, row := range rows {
		for _, cell := range row {
			seen = seen || cell == "'"+text
			if _, err := strconv.ParseFloat(cell, 64); err != nil && cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s: %s would be run", filepath.Base(file), cell)
			}
		}
	}
	return seen
}

// mustBeInCrate wants a file of a bundle to be as it is in the case.
func mustBeInCrate(t *testing.T, crate, name, want string) {
	t.Helper()
	z, err := zip.OpenReader(crate)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		if filepath.Base(f.Name) != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || string(got) != want {
			t.Errorf("%s is not that of the case: %v", name, err)
		}
		return
	}
	t.Errorf("%s is not in the bundle", name)
}

// mustReadFile is a file as text.
func mustReadFile(tb testing.TB, file string) string {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}
