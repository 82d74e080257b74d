package layers

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Words of the rules: the path of the main module, which is the root package's too, and the permission to import all.
const (
	module     = "headroom"
	everything = "everything"
)

// importing is one import of one file.
type importing struct {
	room string // package folder within the module, "" for the root
	file string
	test bool
	path string
}

// TestLayers reports every import that the rules do not allow.
func TestLayers(t *testing.T) {
	t.Parallel()
	p := mustParse(t, rules)
	for _, i := range mustImports(t) {
		if why := p.refuse(i); why != "" {
			t.Errorf("%s imports %q: %s", i.file, i.path, why)
		}
	}
}

// TestStale reports rules that nothing needs: rooms that are gone, permissions and packages that nobody uses. What tests may
// import besides is a fixed list, so that a test can come and go without a change here.
func TestStale(t *testing.T) {
	t.Parallel()
	p := mustParse(t, rules)
	rooms, used := map[string]bool{}, map[string]bool{}
	for _, i := range mustImports(t) {
		rooms[i.room] = true
		from := p.room(i.room)
		if to, ok := strings.CutPrefix(i.path, module); ok {
			to = from + " < " + p.room(strings.TrimPrefix(to, "/"))
			used[to] = used[to] || !i.test
		}
		for path := range owned {
			if under(i.path, path) {
				used[from+" "+path] = true
				used[testsOnly+" "+path] = true
			}
		}
	}
	for room := range rooms {
		if _, ok := p.may[p.room(room)]; !ok {
			t.Errorf("package %s has no rule; say in internal/layers/rules_test.go what it may import", show(room))
		}
	}
	for room, list := range p.may {
		if !rooms[room] {
			t.Errorf("a rule is for package %s, which does not exist; remove the rule", show(room))
		}
		stale(t, room, list, used)
	}
	for path, o := range owned {
		if !used[o.room+" "+path] {
			t.Errorf("%s is given to %s, which does not import it; remove the entry", path, show(o.room))
		}
	}
	for _, b := range bans {
		if b.reason == "" {
			t.Errorf("the ban of %s in %s has no reason", b.what, show(b.room))
		}
		if !rooms[b.room] && b.room != everywhere {
			t.Errorf("a ban is for package %s, which does not exist", show(b.room))
		}
	}
}

// stale reports the permissions of a room that it does not use.
func stale(t *testing.T, room string, list []string, used map[string]bool) {
	t.Helper()
	for _, to := range list {
		if to != everything && !used[room+" < "+to] {
			t.Errorf("package %s may import %s and does not; remove it from the rule", show(room), show(to))
		}
	}
}

// TestRules shows that the rules refuse what they should.
func TestRules(t *testing.T) {
	t.Parallel()
	p := mustParse(t, rules)
	tests := []struct {
		in   importing
		want bool // allowed
	}{
		{importing{room: "", path: "sort"}, true},
		{importing{room: "", path: "headroom/lp"}, false},
		{importing{room: "lp", path: "headroom"}, false},
		{importing{room: "planner", path: "headroom/lp"}, true},
		{importing{room: "planner", path: "headroom/highs"}, false},
		{importing{room: "planner", path: "headroom/highs", test: true}, true},
		{importing{room: "planner", path: "headroom/ledger"}, false},
		{importing{room: "ledger", path: "headroom/planner"}, false},
		{importing{room: "ledger", path: "headroom/cost"}, false},
		{importing{room: "lp", path: "github.com/spf13/cobra"}, false},
		{importing{room: "cli", path: "github.com/spf13/cobra"}, true},
		{importing{room: "cli", path: "github.com/google/go-cmp/cmp"}, false},
		{importing{room: "cli", path: "github.com/google/go-cmp/cmp", test: true}, true},
		{importing{room: "cli", path: "github.com/somebody/something"}, false},
		{importing{room: "highs", path: "C"}, false},
	}
	for _, tt := range tests {
		why := p.refuse(tt.in)
		if got := why == ""; got != tt.want {
			t.Errorf("%s imports %q (test: %v): allowed %v, want %v (%s)", show(tt.in.room), tt.in.path, tt.in.test, got, tt.want, why)
		}
	}
}

// policy is the rules in a form to ask: what a room may import, and what its tests may import besides.
type policy struct {
	may, tests map[string][]string
}

// mustParse reads lines "a, b < c, d": c and d may import a and b. "test" in front of a line is for test files; "none"
// stands for nothing and "root" for the root package.
func mustParse(t *testing.T, text string) policy {
	t.Helper()
	p := policy{map[string][]string{}, map[string][]string{}}
	for _, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		into := p.may
		if rest, ok := strings.CutPrefix(line, "test "); ok {
			into, line = p.tests, rest
		}
		left, right, ok := strings.Cut(line, "<")
		if !ok {
			t.Fatalf("rule %q is not of the form a, b < c", line)
		}
		for _, to := range names(right) {
			into[to] = append(into[to], names(left)...)
		}
	}
	return p
}

// names splits a list of packages.
func names(s string) []string {
	out := []string{}
	for _, n := range strings.Split(s, ",") {
		switch n = strings.TrimSpace(n); n {
		case "none":
		case "root":
			out = append(out, "")
		default:
			out = append(out, n)
		}
	}
	return out
}

// room is the folder whose rule holds for a folder: its own, or that of the nearest folder above it that has one.
func (p policy) room(folder string) string {
	for room := folder; room != "."; room = path.Dir(room) {
		if _, ok := p.may[room]; ok {
			return room
		}
	}
	return folder
}

// refuse says why an import is not allowed, or "".
func (p policy) refuse(i importing) string {
	for _, b := range bans {
		if (b.room == i.room || b.room == everywhere) && b.what == i.path {
			return "banned: " + b.reason
		}
	}
	first, _, _ := strings.Cut(i.path, "/")
	if first == module {
		return p.refuseRoom(i)
	}
	for third, o := range owned {
		if !under(i.path, third) {
			continue
		}
		if i.test && o.room == testsOnly || o.room == p.room(i.room) {
			return ""
		}
		return fmt.Sprintf("only %s imports it: %s", show(o.room), o.reason)
	}
	if !strings.Contains(first, ".") {
		return "" // the standard library
	}
	return "a third party without an entry; give it one owner and a reason in internal/layers/rules_test.go and a page in docs/adr"
}

// refuseRoom judges an import within the module.
func (p policy) refuseRoom(i importing) string {
	to := strings.TrimPrefix(strings.TrimPrefix(i.path, module), "/")
	from, target := p.room(i.room), p.room(to)
	if from == target {
		return ""
	}
	allowed := p.may[from]
	if i.test {
		allowed = append(slices.Clone(allowed), p.tests[from]...)
	}
	if slices.Contains(allowed, target) || slices.Contains(allowed, everything) {
		return ""
	}
	list := make([]string, len(allowed))
	for k, a := range allowed {
		list[k] = show(a)
	}
	return fmt.Sprintf("package %s may import %q only", show(from), list)
}

// under reports whether an import path is a module's path or below it.
func under(importPath, mod string) bool {
	return importPath == mod || strings.HasPrefix(importPath, mod+"/")
}

// show is a folder's name to read.
func show(room string) string {
	if room == "" {
		return "root"
	}
	return room
}

// mustImports lists the imports of every Go file of the module, whatever its build tags.
func mustImports(t *testing.T) []importing {
	t.Helper()
	root := mustRoot(t)
	var out []importing
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			base := d.Name()
			if rel != "." && (base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || rel == "tools" || rel == "bin") {
				return filepath.SkipDir
			}
			return nil
		}
		if path.Ext(rel) != ".go" {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := path.Dir(rel)
		if dir == "." {
			dir = ""
		}
		for _, spec := range f.Imports {
			p, _ := strconv.Unquote(spec.Path.Value)
			out = append(out, importing{dir, rel, strings.HasSuffix(rel, "_test.go"), p})
		}
		if len(f.Imports) == 0 {
			out = append(out, importing{dir, rel, false, "builtin"})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// mustRoot is the folder of go.mod.
func mustRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}
