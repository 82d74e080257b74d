package layers

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// filesRoom is the one package that reads and writes files.
const filesRoom = "internal/files"

// throughFiles are the functions that only filesRoom calls: it reads regular files with a limit, and writes whole or not at all.
var throughFiles = map[string][]string{
	"os": {
		"Chmod", "Create", "CreateTemp", "Link", "Mkdir", "MkdirAll", "MkdirTemp", "Open", "OpenFile", "ReadFile", "Remove", "RemoveAll",
		"Rename", "Symlink", "Truncate", "WriteFile", "DirFS", "OpenRoot",
	},
	"ioutil":  {"ReadFile", "WriteFile", "TempFile", "TempDir"},
	"syscall": {"Open", "Rename", "Unlink", "Mkdir"},
}

// freeOfFiles are the packages that are not the program, and files of it that are let off, each with the reason.
var freeOfFiles = map[string]string{
	"bench":                 "measures, and is not the program",
	"highs/wasm.go":         "asks whether the cache of compiled code can be written; what is in it is made anew where it is lost",
	"highs/child.go":        "pipes to the child",
	"highs/internal":        "generators",
	"table/internal":        "generators",
	"cli/internal":          "generators",
	"internal/files":        "the room itself",
	"internal/mutants":      "a tool that changes copies of the source",
	"internal/tree/tree.go": "tells tests where the tree is",
}

// TestFilesRoom reports every call that reads or writes a file elsewhere. Test files may.
func TestFilesRoom(t *testing.T) {
	t.Parallel()
	root := mustRoot(t)
	seen := map[string]bool{}
	for _, i := range mustImports(t) {
		if i.test || seen[i.file] || freed(i.file) {
			continue
		}
		seen[i.file] = true
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, filepath.Join(root, i.file), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := call.X.(*ast.Ident); ok && slices.Contains(throughFiles[x.Name], call.Sel.Name) && x.Obj == nil {
				t.Errorf("%s: %s.%s: files are read and written in %s alone", fset.Position(n.Pos()), x.Name, call.Sel.Name, filesRoom)
			}
			return true
		})
	}
	if len(seen) < 100 {
		t.Errorf("only %d files were looked at", len(seen))
	}
}

// freed reports whether a file is let off.
func freed(file string) bool {
	for at := file; at != "."; at = path.Dir(at) {
		if _, ok := freeOfFiles[at]; ok {
			return true
		}
	}
	return strings.HasPrefix(file, "tools/")
}
