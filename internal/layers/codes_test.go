package layers

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestCodesPage holds every code that the program can print to the page of codes, which is promised: the constants whose names
// begin with Code, and those of the type SyntaxCode.
func TestCodesPage(t *testing.T) {
	t.Parallel()
	root := mustRoot(t)
	page, err := os.ReadFile(filepath.Join(root, "docs", "reference", "findings.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for name, value := range mustCodes(t, root) {
		found++
		if !strings.Contains(string(page), "\n## "+value+"\n") && !strings.Contains(string(page), "\n| `"+value+"` |") {
			t.Errorf("%s = %q is not on docs/reference/findings.md; write it into one of the codes files of the root package and run make docs", name, value)
		}
	}
	if found < 140 {
		t.Errorf("found %d codes, want more: the constants are not read as they are written", found)
	}
}

// mustCodes are the constants of codes, by file and name.
func mustCodes(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != root {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) == 0 {
				return true
			}
			kind, _ := v.Type.(*ast.Ident)
			l, text := v.Values[0].(*ast.BasicLit)
			if text && l.Kind == token.STRING && (strings.HasPrefix(strings.ToLower(v.Names[0].Name), "code") || kind != nil && kind.Name == "SyntaxCode") {
				if value, err := strconv.Unquote(l.Value); err == nil {
					out[name+":"+v.Names[0].Name] = value
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
