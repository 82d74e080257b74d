package cli_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"headroom/cli"
	"headroom/internal/counted"
	"headroom/internal/tree"
	"headroom/table"
)

// here runs a command in this process.
func here(ctx context.Context, args ...string) (int, string) {
	var out bytes.Buffer
	s := cli.Streams{Out: &out, Err: &out, Getenv: tree.Getenv, In: strings.NewReader("")}
	return cli.Run(ctx, args, s), out.String()
}

// unpack reads a bundle.
func unpack(tb testing.TB, data []byte) (names []string, files map[string]string) {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		names = append(names, f.Name)
		files[f.Name] = string(text)
	}
	return names, files
}

// pack writes a bundle.
func pack(tb testing.TB, names []string, files map[string]string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := io.WriteString(w, files[name]); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}

// TestImportVerifies changes bundles, each with the hash of the change put into the description, and wants them refused before
// anything is written.
func TestImportVerifies(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mustDo(t, dir, "init", "c", "--quiet")
	mustDo(t, dir, addArgs("a")...)
	mustDo(t, dir, addArgs("b")...)
	mustDo(t, dir, "plan", "c", "--out", "run", "--quiet")
	mustDo(t, dir, "export", "c", "--ro-crate", "b.zip", "--run", "run", "--quiet")
	data, err := os.ReadFile(filepath.Join(dir, "b.zip"))
	if err != nil {
		t.Fatal(err)
	}
	const about = "ro-crate-metadata.json"
	for name, c := range map[string]struct{ file, from, to, want string }{
		"as it is":        {},
		"a claim":         {"case/claim.csv", "1000", "1001", "was edited in place"},
		"a claim gone":    {"case/claim.csv", "\nb,", "\nx,", "is in the log and not in claim.csv"},
		"a source":        {"case/source.csv", "P", "Q", "was edited in place"},
		"the log":         {"case/claims.log", "1000", "1001", "BrokenLog"},
		"the head":        {"case/claims.head", ":2,", ":1,", "BrokenLog"},
		"the run":         {"run/run.json", "125000", "225000", "ChangedRun"},
		"a table":         {"run/output.csv", "125000", "225000", "ChangedRun"},
		"a program":       {"case/go.mod", "", "module headroom\n", "this is not a file of a case"},
		"a library":       {"case/libhighs.so.1", "", "\x7fELF", "this is not a file of a case"},
		"beside the run":  {"run/headroom-highs", "", "#!/bin/sh\n", "this is not a file of a run"},
		"hidden":          {"case/.cache", "", "x", "BrokenBundle"},
		"a foreign table": {"case/plants.csv", "", "x\n", "this is not a file of a case"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			names, files := unpack(t, data)
			switch old, there := files[c.file]; {
			case c.file == "":
			case there:
				files[c.file] = strings.ReplaceAll(old, c.from, c.to)
				if files[c.file] == old {
					t.Fatal("nothing was changed")
				}
				files[about] = strings.ReplaceAll(files[about], sum(old), sum(files[c.file]))
			default:
				names, files[c.file] = append(names, c.file), c.to
				entry := fmt.Sprintf(`"@graph": [{"@id": %q, "@type": "File", "sha256": %q},`, c.file, sum(c.to))
				files[about] = strings.Replace(files[about], `"@graph": [`, entry, 1)
			}
			at := filepath.Join(t.TempDir(), "b.zip")
			if err := os.WriteFile(at, pack(t, names, files), 0o644); err != nil {
				t.Fatal(err)
			}
			into := filepath.Join(filepath.Dir(at), "into")
			status, out := here(t.Context(), "import", at, "--into", into)
			_, err := os.Stat(into)
			if c.want == "" && (status != 0 || err != nil) {
				t.Errorf("status %d, %v: %s", status, err, out)
			}
			if c.want != "" && (status != 1 || err == nil || !strings.Contains(out, c.want)) {
				t.Errorf("status %d, %v, want %q: %s", status, err, c.want, out)
			}
		})
	}
}

// TestCountedPipes puts a pipe in the place of tables and of the log: every command says so at once.
func TestCountedPipes(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	files := []string{"claims.log", "claims.head"}
	for _, table := range table.Schema() {
		files = append(files, table.File())
	}
	r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	files = files[:counted.N(5, len(files))]
	defer func() { counted.Report(t, "pipes in the place of files", len(files), len(files), "tried") }()
	for _, name := range files {
		dir := filepath.Join(t.TempDir(), "c")
		if status, out := here(t.Context(), "init", dir); status != 0 {
			t.Fatal(out)
		}
		_ = os.Remove(filepath.Join(dir, name)) // most are not there
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
			t.Fatal(err)
		}
		commands := []string{"check", "verify"}
		if name == "case.yaml" || name == "demand.csv" {
			commands = append(commands, "plan", "fmt")
		}
		for _, command := range commands {
			began := time.Now()
			status, out := here(t.Context(), command, dir)
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("%s with a pipe as %s took %v", command, name, took)
			}
			ledger := slices.Contains([]string{"claims.log", "claims.head", "claim.csv", "source.csv", "binding.csv"}, name)
			if ledger != (command == "verify") {
				continue // it does not look there
			}
			if status != 1 || !strings.Contains(out, "this is a pipe") {
				t.Errorf("%s with a pipe as %s: status %d: %s", command, name, status, out)
			}
		}
	}
}

// TestInterruptReading interrupts commands while they read and check a very large case: they end within a second or so.
func TestInterruptReading(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	dir := filepath.Join(t.TempDir(), "c")
	if status, out := here(t.Context(), "init", dir); status != 0 {
		t.Fatal(out)
	}
	var b strings.Builder
	b.WriteString("claim_id,kind,subject,quantity,value,unit,status,as_of\n")
	for k := range 400_000 {
		fmt.Fprintf(&b, "i%d,quantity,sub%d,capacity,%d,veh/yr,reported,2026-01-01\n", k, k, k+1)
	}
	if err := os.WriteFile(filepath.Join(dir, "claim.csv"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check", dir}, {"export", dir, "--mps", filepath.Join(t.TempDir(), "m.mps")}, {"claim", "seal", dir}} {
		ctx, cancel := context.WithCancel(t.Context())
		asked := time.Now()
		time.AfterFunc(100*time.Millisecond, func() { asked = time.Now(); cancel() })
		status, out := here(ctx, args...)
		took := time.Since(asked)
		cancel()
		if status != 130 || took > 4*time.Second {
			t.Errorf("%s: status %d, %v after the interrupt: %s", args[0], status, took, out)
		}
		t.Logf("%s ended %v after the interrupt", args[0], took)
	}
	if _, err := os.Stat(filepath.Join(dir, "claims.log")); err == nil {
		t.Log("the log was written before the interrupt")
	}
}
