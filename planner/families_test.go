package planner_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"headroom/planner"
)

const familiesPage = "../docs/explanation/families.md"

// added are the functions add… that make a programme, in the order of build.
func added(t *testing.T) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "model.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "build" {
			ast.Inspect(fn, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && strings.HasPrefix(s.Sel.Name, "add") {
					out = append(out, s.Sel.Name)
				}
				return true
			})
		}
	}
	return out
}

var code = regexp.MustCompile("`([^`]*)`")

// TestFamiliesPage: the page names every function, every family of rows and every golden problem, and nothing that is not there.
func TestFamiliesPage(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(familiesPage)
	if err != nil {
		t.Fatal(err)
	}
	functions, rows, goldens := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 10 || strings.Contains(line, "|---|") || strings.Contains(line, "| no. |") {
			continue
		}
		for _, m := range code.FindAllStringSubmatch(cells[5], -1) {
			name, _, ok := strings.Cut(m[1], "[")
			if !ok {
				t.Errorf("%s is no name of a row", m[1])
			}
			rows[name] = true
		}
		for _, m := range code.FindAllStringSubmatch(cells[7], -1) {
			functions[m[1]] = true
		}
		for _, m := range code.FindAllStringSubmatch(cells[8], -1) {
			goldens[m[1]] = true
		}
	}
	same(t, "function", functions, added(t))
	same(t, "family of rows", rows, planner.RowFamilies)
	files, err := filepath.Glob("testdata/*.lp")
	if err != nil {
		t.Fatal(err)
	}
	for i := range files {
		files[i] = strings.TrimSuffix(filepath.Base(files[i]), ".lp")
	}
	same(t, "golden problem", goldens, files)
	for _, a := range families(t) {
		base, relaxed := valueOf(a.files["want"]), valueOf(a.files["relaxed/want"])
		if relaxed == "" || (relaxed == base && a.name != "symmetry") {
			t.Errorf("%s: the variant relaxed has value %q, the archive %q", a.name, relaxed, base)
		}
		for _, group := range lines(a.files["rows"]) {
			for _, family := range strings.Fields(group) {
				if !slices.Contains(planner.RowFamilies, family) {
					t.Errorf("%s: there is no family of rows %s", a.name, family)
				}
			}
		}
	}
}

// valueOf is the value that an archive wants.
func valueOf(want string) string {
	for _, line := range lines(want) {
		if value, ok := strings.CutPrefix(line, "value "); ok {
			return value
		}
	}
	return ""
}

// same compares the names of the page with those that there are.
func same(t *testing.T, what string, page map[string]bool, have []string) {
	t.Helper()
	for _, name := range have {
		if !page[name] {
			t.Errorf("%s does not name the %s %s", familiesPage, what, name)
		}
		delete(page, name)
	}
	for name := range page {
		t.Errorf("%s names the %s %s, which is not there", familiesPage, what, name)
	}
}
