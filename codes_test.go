package headroom_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"headroom"
)

// TestCodes: codes.csv has every code of code.go once, with what it means, and no other of a case.
func TestCodes(t *testing.T) {
	t.Parallel()
	f, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			name, err := strconv.Unquote(l.Value)
			if err != nil {
				t.Fatal(err)
			}
			said[name] = true
		}
		return true
	})
	if len(said) < 100 {
		t.Fatalf("%d codes in code.go", len(said))
	}
	seen := map[string]bool{}
	for _, c := range headroom.Codes() {
		switch {
		case !said[c.Name]:
			t.Errorf("%s is in codes.csv and not in code.go", c.Name)
		case seen[c.Name]:
			t.Errorf("%s is in codes.csv twice", c.Name)
		case c.Text == "" || (c.Example == "") != (c.Finding == ""):
			t.Errorf("%+v", c)
		}
		seen[c.Name] = true
	}
	for _, c := range headroom.CommandCodes() {
		seen[c.Name] = true
	}
	for name := range said {
		if !seen[name] {
			t.Errorf("%s is in code.go and not in codes.csv", name)
		}
	}
}
