package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"

	"headroom"
)

// claimInFormula is a claim in square brackets; fitInFormula is the cell of a fit of outturns, which package evidence computes.
var (
	claimInFormula = regexp.MustCompile(`\[([^\[\]]*)\]`)
	fitInFormula   = regexp.MustCompile(`\bfit\([0-9]{4}, *[A-Za-z0-9_-]+\)`)
)

// formulas looks for formulas that cannot be worked out.
func (k *checker) formulas() {
	for _, b := range k.c.Bindings {
		key := b.Table + ":" + b.RowKey + ":" + b.Column
		if b.Formula == "" {
			continue
		}
		for _, m := range claimInFormula.FindAllStringSubmatch(b.Formula, -1) {
			if !slices.Contains(b.Claims, m[1]) {
				k.fail(headroom.CodeBrokenFormula, "binding", key, "formula", "name it in claim_id too", "the formula has the claim %q, which is not in claim_id", m[1])
			}
		}
		if !arithmetic(fitInFormula.ReplaceAllString(claimInFormula.ReplaceAllString(b.Formula, "1"), "1")) {
			k.fail(headroom.CodeBrokenFormula, "binding", key, "formula", "write numbers, claims in square brackets, + - * / and round brackets", "%q is not arithmetic", b.Formula)
		}
	}
}

// arithmetic reports whether a text is numbers joined by + - * / and round brackets. Go's own grammar has that of formulas.
func arithmetic(text string) bool {
	e, err := parser.ParseExpr(text)
	if err != nil {
		return false
	}
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil, *ast.ParenExpr:
		case *ast.BasicLit:
			ok = ok && (n.Kind == token.INT || n.Kind == token.FLOAT)
		case *ast.BinaryExpr:
			ok = ok && (n.Op == token.ADD || n.Op == token.SUB || n.Op == token.MUL || n.Op == token.QUO)
		case *ast.UnaryExpr:
			ok = ok && (n.Op == token.ADD || n.Op == token.SUB)
		default:
			ok = false
		}
		return ok
	})
	return ok
}
