package cli_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"headroom/cli"
	"headroom/internal/counted"
)

// named are the rows of results.csv: name → documents that it is for.
func mustNamed(t *testing.T) map[string][]string {
	t.Helper()
	f, err := os.Open("results.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, r := range rows[1:] {
		if r[3] == "" {
			t.Errorf("results.csv: %s has no meaning", r[0])
		}
		out[r[0]] = append(out[r[0]], strings.Split(r[1], "|")...)
	}
	return out
}

// mustChange is a copy of a case with one file of its own.
func mustChange(t *testing.T, dir, file, text string) string {
	t.Helper()
	out := t.TempDir()
	mustCopy(t, out, os.DirFS(dir))
	if err := os.WriteFile(filepath.Join(out, file), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCountedResultNames holds every name in the documents of the commands, and every column of the CSV files that they write, to the
// page docs/reference/results.md. The whole count asks the commands that take minutes too, and finds rows that nothing uses.
func TestCountedResultNames(t *testing.T) {
	t.Parallel()
	named := mustNamed(t)
	dir := mustExampleFolder(t)
	my, uk := filepath.Join(dir, "mycase"), filepath.Join(dir, "cases", "uk-2035")
	run := filepath.Join(dir, "run")
	commands := [][]string{
		{"check", my},
		{"check", uk},
		{"plan", my, "--out", run},
		{"plan", my, "--with", "contract-a"},
		{"brief", my, "--out", filepath.Join(dir, "brief")},
		{"compare", my, my + "@slump", "--out", filepath.Join(dir, "compare")},
		{"simulate", my, "--years", "20", "--out", filepath.Join(dir, "lives")},
		{"outage", my, "north", "--weeks", "3"},
		{"outage", my, "--stress", "--out", filepath.Join(dir, "outage")},
		{"flex", my, "--links", "--out", filepath.Join(dir, "links")},
		{"range", my, "output", "--figures", "1", "--out", filepath.Join(dir, "range")},
		{"trace", my, "demand/hatch:home:*/volume"},
		{"claim", "list", uk},
		{"claim", "show", uk, "CAP-SUN-600"},
		{"audit", uk},
		{"uses", uk, "CAP-SUN-600"},
		{"changes", uk, "--since", "2026-05-01"},
		{"verify", uk},
		{"reconcile", uk, "--year", "2025"},
		{"export", my, "--mps", filepath.Join(dir, "m.mps")},
		{"solve", filepath.Join(dir, "m.mps"), "--out", filepath.Join(dir, "solved")},
		{"report", my, "--html", filepath.Join(dir, "m.html"), "--run", filepath.Join(dir, "brief")},
		{"fmt", my},
		{"init", filepath.Join(dir, "new"), "--from", "two-plants"},
		{"version"},
		{"cache"},
		{"plan", mustChange(t, my, "target.csv", "target_id,period,value,hard\nmore,2030,9000000,yes\n")},
		{"check", mustChange(t, my, "claim.csv", "claim_id,subject,quantity,value,unit,period,status,source_id,as_of\n"+
			"sb-annual,south-1,capacity,90000,veh/yr,2025,recalled,annual-2024,2026-03-01\nsb-press,south-1,capacity,85000,veh/yr,2025,reported,paper,2026-02-01\n")},
		{"plan", mustChange(t, my, "plant.csv", "plant_id,use,initial_state,fixed_cost_open,cost_reopen,severance\nnorth,include,operating,95,,\nsouth,consider,mothballed,60,1e12,40\n")},
	}
	whole := counted.N(0, 1) == 1
	if whole {
		commands = append(commands, [][]string{
			{"brief", uk},
			{"target", uk, "--probability"},
			{"outage", uk, "--stress"},
			{"outage", uk, "--back-test"},
			{"calibrate", uk},
			{"range", uk, "output", "--figures", "2"},
			{"plan", uk, "--scenario", "every-uk-deal"},
			{"plan", uk},
		}...)
	}
	used, getenv := map[string]bool{}, keeping(t)
	for _, args := range commands {
		var out, errs bytes.Buffer
		status := cli.Run(context.Background(), append(args, "--json"), cli.Streams{Out: &out, Err: &errs, Getenv: getenv})
		if status != 0 && status != 3 {
			t.Errorf("%v: status %d: %s", args, status, errs.String())
		}
		var doc map[string]any
		if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
			t.Errorf("%v: status %d, no document: %v\n%s", args, status, err, errs.String())
			continue
		}
		schema, _ := doc["schema"].(map[string]any)
		name, _ := schema["name"].(string)
		name = strings.TrimPrefix(name, "headroom.")
		for _, key := range namesIn(doc) {
			used[key] = true
			if in := named[key]; !slices.Contains(in, "*") && !slices.Contains(in, name) {
				t.Errorf("%s in the document of %s (%v) is not in results.csv: say what it means, and run make docs", key, name, args[:1])
				named[key] = append(named[key], name) // once
			}
		}
	}
	for _, file := range mustRuns(t, dir) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, key := range namesIn(doc) {
			used[key] = true
			if named[key] == nil {
				t.Errorf("%s in %s is not in results.csv: say what it means, and run make docs", key, file)
				named[key] = []string{"*"}
			}
		}
	}
	for _, file := range mustFind(t, dir) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, err := csv.NewReader(bytes.NewReader(text)).Read()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, key := range head {
			used[key] = true
			if named[key] == nil {
				t.Errorf("column %s of %s is not in results.csv: say what it means, and run make docs", key, filepath.Base(file))
				named[key] = []string{"*"}
			}
		}
	}
	if whole {
		for key := range named {
			if !used[key] && !strings.Contains(key, ".") {
				t.Errorf("results.csv: no document has %s", key)
			}
		}
	}
	counted.Report(t, "names in results", len(used), len(used), "stand on the page of results")
}

// mustFind are the CSV files that the commands wrote.
func mustFind(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	for _, run := range []string{"run", "brief", "compare", "lives", "outage", "links", "range", "solved"} {
		files, err := filepath.Glob(filepath.Join(dir, run, "*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, files...)
	}
	if len(out) < 10 {
		t.Errorf("the commands wrote %d CSV files, want more", len(out))
	}
	return out
}

// mustRuns are the saved runs that the commands wrote.
func mustRuns(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "run.json"))
	if err != nil || len(files) < 5 {
		t.Fatalf("the commands wrote %d saved runs, want more (%v)", len(files), err)
	}
	return files
}

// namesIn are the names of the members of a document, at any depth. The names below "variables" are those of a model, below "inputs"
// those of a case, and below "files" those of files; "inputs" of a comparison is a list.
func namesIn(v any) []string {
	var out []string
	switch v := v.(type) {
	case map[string]any:
		for key, x := range v {
			out = append(out, key)
			_, list := x.([]any)
			if list || key != "variables" && key != "inputs" && key != "files" {
				out = append(out, namesIn(x)...)
			}
		}
	case []any:
		for _, x := range v {
			out = append(out, namesIn(x)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
