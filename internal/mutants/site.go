package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// site is a place where a change can be made, and the file with it.
type site struct {
	pkg, file, place, what string
	mutated                []byte
}

// opposites are the operators that a change puts in each other's place: borders, directions and signs.
var opposites = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GTR}, token.LEQ: {token.LSS}, token.GTR: {token.GEQ, token.LSS}, token.GEQ: {token.GTR},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL}, token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL},
}

// border are the operators that differ on the border alone. An amount is on its border by rounding only, so that no test can tell
// the two apart, and no reader: of amounts they are no change. Dates, years and counts have borders.
var border = map[token.Token]token.Token{token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR}

// sitesOf finds the sites of a package, tests and generated code apart.
func sitesOf(pkg string) ([]site, error) {
	names, err := filepath.Glob(filepath.Join(pkg, "*.go"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("there is no package %s", pkg)
	}
	var all []*mutator
	var trees []*ast.File
	fset := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if bytes.HasPrefix(text, []byte("//go:build")) || bytes.Contains(text, []byte("DO NOT EDIT")) {
			continue // not built here, or made from something else
		}
		f := &mutator{pkg: pkg, name: name, text: text, fset: fset}
		if f.tree, err = parser.ParseFile(f.fset, name, text, parser.ParseComments); err != nil {
			return nil, err
		}
		all, trees = append(all, f), append(trees, f.tree)
	}
	// What does not type-check is of no known type; the compiler will say so when the mutant is built.
	known := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil), Error: func(error) {}}
	_, _ = conf.Check(pkg, fset, trees, known) // its errors went to Error
	var out []site
	for _, f := range all {
		f.types = known.Types
		ast.Inspect(f.tree, f.visit)
		out = append(out, f.sites...)
	}
	return out, nil
}

// mutator collects the sites of one file.
type mutator struct {
	pkg, name string
	text      []byte
	fset      *token.FileSet
	tree      *ast.File
	types     map[ast.Expr]types.TypeAndValue
	sites     []site
}

// visit looks at one node. Messages and names are no places: a test that reads every word of them says nothing of the answer.
func (f *mutator) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok != token.IMPORT && n.Tok != token.CONST
	case *ast.BinaryExpr:
		if isText(n.X) || isText(n.Y) || isNil(n.Y) {
			return true
		}
		for _, op := range opposites[n.Op] {
			if border[n.Op] == op && f.isFraction(n.X) {
				continue
			}
			f.replace(n.OpPos, len(n.Op.String()), op.String(), n.Op.String()+" becomes "+op.String())
		}
	case *ast.CallExpr:
		id, ok := n.Fun.(*ast.Ident)
		if ok && id.Name == "make" {
			return false // how much room is made says nothing of the answer
		}
		if ok && (id.Name == "min" || id.Name == "max") {
			other := map[string]string{"min": "max", "max": "min"}[id.Name]
			f.replace(id.Pos(), len(id.Name), other, id.Name+" becomes "+other)
		}
	case *ast.BasicLit:
		if v, err := strconv.Atoi(n.Value); err == nil && n.Kind == token.INT {
			f.replace(n.Pos(), len(n.Value), strconv.Itoa(v+1), fmt.Sprintf("%d becomes %d", v, v+1))
		}
	case *ast.IfStmt:
		from, to := f.fset.Position(n.Cond.Pos()).Offset, f.fset.Position(n.Cond.End()).Offset
		if !isError(n.Cond) {
			f.replace(n.Cond.Pos(), to-from, "!("+string(f.text[from:to])+")", "if is turned round")
		}
	case *ast.AssignStmt:
		if n.Tok == token.ADD_ASSIGN && !isText(n.Rhs[0]) {
			f.replace(n.TokPos, 2, "-=", "+= becomes -=")
		}
	}
	return true
}

// replace makes the site that puts text over length bytes at a position.
func (f *mutator) replace(pos token.Pos, length int, text, what string) {
	p := f.fset.Position(pos)
	b := append([]byte(nil), f.text[:p.Offset]...)
	b = append(append(b, text...), f.text[p.Offset+length:]...)
	if _, err := format.Source(b); err != nil {
		return
	}
	f.sites = append(f.sites, site{f.pkg, f.name, fmt.Sprintf("%s:%d:%d", f.name, p.Line, p.Column), what, b})
}

// isText reports whether an expression is a text, as far as one can see.
func isText(e ast.Expr) bool {
	l, ok := e.(*ast.BasicLit)
	if b, is := e.(*ast.BinaryExpr); is {
		return isText(b.X) || isText(b.Y)
	}
	return ok && l.Kind == token.STRING
}

func isNil(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "nil"
}

// isError reports whether a condition asks for an error only.
func isError(e ast.Expr) bool {
	b, ok := e.(*ast.BinaryExpr)
	return ok && isNil(b.Y)
}

// isFraction reports whether an expression is an amount: a number with a fraction.
func (f *mutator) isFraction(e ast.Expr) bool {
	t := f.types[e].Type
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsFloat != 0
}
