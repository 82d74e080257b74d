package cli_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"headroom/cli"
	"headroom/internal/counted"
	"headroom/internal/tree"
)

// exampleTime is how long an example may run in the sample; one that would take longer is stopped then, as by Ctrl-C.
const exampleTime = time.Second

// TestCountedExamples runs every command that the README, the pages on how to do things and why and the help of the commands show, each
// page in a folder of its own that holds the shipped cases and the case mycase. Each must end as it should: 0, or where the page says so another status.
// What takes long is stopped after a second in the sample and runs to its end in the whole count; then what another saves is
// there for those that read it.
func TestCountedExamples(t *testing.T) {
	t.Parallel()
	var pages []string
	for _, pattern := range []string{"README.md", "docs/how-to/*.md", "docs/explanation/*.md", "docs/reference/*.md"} {
		found, err := filepath.Glob(filepath.Join(tree.Root(), pattern))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	done, stopped := 0, 0
	getenv := keeping(t) // what one page has solved, the next ones need not
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		p := &examplePage{name: filepath.Base(page), dir: mustExampleFolder(t), getenv: getenv}
		for _, line := range exampleLines(string(text)) {
			p.run(t, line)
		}
		done, stopped = done+p.done, stopped+p.stopped
	}
	if done+stopped < 50 || done < 20 {
		t.Errorf("ran %d examples to their end and %d in part, want more: the pages are not read as they are written", done, stopped)
	}
	counted.Report(t, "examples of the pages", done, done+stopped, "ran to their end as they should")
}

// keeping is an environment in which what was solved is kept while a test runs.
func keeping(t *testing.T) func(string) string {
	t.Helper()
	kept := t.TempDir()
	return func(name string) string {
		if name == "HEADROOM_CACHE" {
			return kept
		}
		return tree.Getenv(name)
	}
}

// examplePage runs the examples of one page.
type examplePage struct {
	name, dir     string
	getenv        func(string) string
	done, stopped int
	unsaved       []string // runs that a stopped example did not save
}

// run runs one example in the page's folder.
func (p *examplePage) run(t *testing.T, line string) {
	t.Helper()
	args := exampleArgs(line, p.dir)
	for _, run := range p.unsaved {
		if slices.ContainsFunc(args, func(a string) bool { return strings.Contains(a, run) }) {
			p.stopped++
			return // what it reads was not saved
		}
	}
	ctx := t.Context()
	if counted.N(0, 1) == 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, exampleTime)
		defer cancel()
	}
	if args[0] == "init" {
		if err := os.RemoveAll(args[1]); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	status := cli.Run(ctx, args, cli.Streams{Out: &out, Err: &errs, Getenv: p.getenv})
	switch {
	case ctx.Err() != nil && status != 1 && status != 2 && status != 5: // stopped
		p.stopped++
		if k := slices.Index(args, "--out"); k >= 0 {
			p.unsaved = append(p.unsaved, args[k+1])
		}
	case status != 0:
		t.Errorf("%s: %s: exit status %d\n%s", p.name, line, status, errs.String())
	default:
		p.done++
	}
}

// commandLine is a line of a page that is a command.
var commandLine = regexp.MustCompile(`^\s*(?:\$ )?(?:bin/)?headroom ([a-z].*)$`)

// exampleLines are the commands in the fenced blocks of a page, lines that end in a backslash joined.
func exampleLines(page string) []string {
	var out []string
	inside := false
	for _, line := range strings.Split(strings.ReplaceAll(page, "\\\n", " "), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			inside = !inside
			continue
		}
		if m := commandLine.FindStringSubmatch(line); inside && m != nil {
			out = append(out, m[1])
		}
	}
	return out
}

// exampleArgs are the arguments of an example as a shell would give them, with the folder of the page before every file.
func exampleArgs(line, dir string) []string {
	for _, end := range []string{" | ", " >", "  #"} { // what a shell does with it afterwards
		line, _, _ = strings.Cut(line, end)
	}
	line = strings.ReplaceAll(line, "$(date +%F)", "2026-03-01")
	var args []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			args = append(args, part) // quoted
			continue
		}
		args = append(args, strings.Fields(part)...)
	}
	file := regexp.MustCompile(`^(cases/|mycase|runs/|[a-z0-9-]+\.(html|svg|mps|lp|csv|xlsx|zip|xml)$)`)
	for i, a := range args {
		run := i > 0 && slices.Contains([]string{"--out", "--run", "--runs", "--into", "--html", "--flex"}, args[i-1]) || args[0] == "compare" && i > 0 && !strings.HasPrefix(a, "-")
		switch {
		case i > 0 && args[i-1] == "--feed":
			args[i] = filepath.Join(dir, "uk.xml") + "," + filepath.Join(dir, "uk.json")
		case run || file.MatchString(a):
			args[i] = filepath.Join(dir, a)
		}
	}
	return args
}

// mustExampleFolder makes a folder with the shipped cases and mycase.
func mustExampleFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	cases := filepath.Join(tree.Root(), "cases")
	for _, name := range []string{"uk-2035", "two-plants"} {
		mustCopy(t, filepath.Join(dir, "cases", name), os.DirFS(filepath.Join(cases, name)))
	}
	mustCopy(t, filepath.Join(dir, "mycase"), os.DirFS(filepath.Join(cases, "two-plants")))
	mustCopy(t, filepath.Join(dir, "mycase"), os.DirFS(filepath.Join("testdata", "mycase")))
	const claims = "claim_id,kind,subject,quantity,value,unit,period,status,source_id,as_of\nnf-speed,quantity,north,line speed,30,veh/h,2026,reported,annual-2024,2026-03-01\n"
	if err := os.WriteFile(filepath.Join(dir, "claims.csv"), []byte(claims), 0o644); err != nil { // what a reader of the pages would enter
		t.Fatal(err)
	}
	return dir
}

// mustCopy copies the files of a folder, over those that are there.
func mustCopy(t *testing.T, dir string, from fs.FS) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(from, "*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(from, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
