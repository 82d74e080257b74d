package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"headroom"
)

// claimInFormula is a claim in square brackets; dateInFormula is a month or a day; wordsInFormula are the transforms whose arguments
// are words and not arithmetic. Package evidence computes them all.
var (
	claimInFormula = regexp.MustCompile(`\[([^\[\]]*)\]`)
	dateInFormula  = regexp.MustCompile(`\b[0-9]{4}-[0-9]{2}(-[0-9]{2})?\b`)
	wordsInFormula = regexp.MustCompile(`\b(fit|fx)\([A-Za-z0-9_, -]+\)`)
)

// transforms are the words that formulas know.
var transforms = []string{"deflate", "share", "annual", "interpolate"}

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
		plain := b.Formula
		for _, words := range []*regexp.Regexp{claimInFormula, wordsInFormula, dateInFormula} {
			plain = words.ReplaceAllString(plain, "1")
		}
		if !arithmetic(plain) {
			k.fail(headroom.CodeBrokenFormula, "binding", key, "formula", "write numbers, claims in square brackets, + - * / and round brackets", "%q is not arithmetic", b.Formula)
		}
	}
}

// arithmetic reports whether a text is numbers and transforms joined by + - * / and round brackets. Go's own grammar has that of
// formulas.
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
		case *ast.CallExpr:
			name, named := n.Fun.(*ast.Ident)
			ok = ok && named && slices.Contains(transforms, name.Name) && !n.Ellipsis.IsValid()
		case *ast.Ident: // a transform, or the region or index of one
			ok = ok && (slices.Contains(transforms, n.Name) || strings.Contains(text, "deflate("))
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
