package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.txt")
	if err := os.WriteFile(bad, []byte("1 1\ncapacity 5\n3 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	flexFile := filepath.Join(dir, "flex.json")
	if err := os.WriteFile(flexFile, []byte(`{"plants":2,"products":2,"capacity_each":10,"demand":{"mean":10,"sd":4}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	instance := "../testdata/orlib-cflp/cap41.txt"
	tests := []struct {
		name string
		args string
		want int
		says string
	}{
		{"no family", "-in x -out y", 2, "name the kind of instance: -family orlib-cflp"},
		{"unknown family", "-family tsp -in x -out y", 2, `-family "tsp" is unknown`},
		{"no file", "-family orlib-cflp -out y", 2, "name the file: -in FILE"},
		{"no folder", "-family orlib-cflp -in y", 2, "name the folder: -out DIR"},
		{"left over", "-family orlib-cflp -in x -out y z", 2, `what is "z" for?`},
		{"file is not there", "-family orlib-cflp -in nowhere.txt -out " + dir + "/a", 1, "nowhere.txt: no such file or directory"},
		{"bad file", "-family orlib-cflp -in " + bad + " -out " + dir + "/b", 1, bad + `: line 2: the word "capacity" stands`},
		{"word replaced", "-family orlib-cflp -capacity 10 -in " + bad + " -out " + dir + "/c", 0, "is a case"},
		{"good", "-family orlib-cflp -in " + instance + " -out " + dir + "/cap41", 0, "is a case"},
		{"no design", "-family flex -in " + flexFile + " -out " + dir + "/d -design ring", 2, "there are base, chain and full"},
		{"no rule", "-family flex -in " + flexFile + " -out " + dir + "/d -truncation reject", 2, "there are condition, censor and none"},
		{"no such spread", "-family flex -in " + flexFile + " -out " + dir + "/d -dist gumbel", 2, "there are normal and uniform"},
		{"not an instance", "-family flex -in " + instance + " -out " + dir + "/d", 1, "is not JSON"},
		{"flexibility", "-family flex -in " + flexFile + " -out " + dir + "/flex -design chain", 0, "headroom flex " + dir + "/flex"},
		{"flexibility says what it assumes", "-family flex -in " + flexFile + " -out " + dir + "/flex2", 0, "does not name a rule of truncation"},
		{"folder is not empty", "-family orlib-cflp -in " + instance + " -out " + dir, 1, dir + " is not empty"},
	}
	for _, tt := range tests {
		var out bytes.Buffer
		if got := run(strings.Fields(tt.args), nil, &out, &out); got != tt.want || !strings.Contains(out.String(), tt.says) {
			t.Errorf("%s: exit status %d and %q, want %d and %q", tt.name, got, out.String(), tt.want, tt.says)
		}
	}
	yaml, err := os.ReadFile(filepath.Join(dir, "cap41", "case.yaml"))
	if err != nil || !bytes.HasPrefix(yaml, []byte("case_id: cap41\n")) {
		t.Errorf("case.yaml: %q, %v", yaml, err)
	}
}
