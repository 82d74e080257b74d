package cli_test

import (
	"fmt"
	"strings"
)

// solving gives a model file to the solver.
func solving(what, text, at string) badFile {
	return badFile{what: what, args: []string{"solve", "FILE", "--solver", "wasm", "--time", "20s"}, outside: "m.mps", data: []byte(text), place: at}
}

// model is a model file that is broken, or whose numbers no solver is to be trusted with.
func (g *badMaker) model() badFile {
	const sound = "NAME m\nROWS\n N obj\n L r1\n G r2\nCOLUMNS\n x obj 1 r1 2\n x r2 1\n y obj 3 r1 1\nRHS\n rhs r1 10 r2 1\nBOUNDS\n UP bnd x 5\nENDATA\n"
	type c struct{ what, old, text, at string }
	x := nth(g, []c{
		{"a number", "r1 10", "r1 ten", "m.mps:11"},
		{"a decimal comma", "r1 10", "r1 1,5", "m.mps:11"},
		{"nan", "r1 10", "r1 nan", "m.mps:11"},
		{"two points", "obj 3", "obj 3.1.4", "m.mps:9"},
		{"an unknown row", "x r2 1", "x r9 1", "m.mps:8"},
		{"an unknown column", "bnd x", "bnd z", "m.mps:13"},
		{"an unknown bound", "UP bnd", "QQ bnd", "m.mps:13"},
		{"an unknown kind of row", " L r1", " Q r1", "m.mps:4"},
		{"an unknown section", "RHS\n", "LHS\n", "m.mps:10"},
		{"a row twice", " G r2", " G r1", "m.mps:5"},
		{"an entry twice", "x r2 1", "x r1 1", "m.mps:8"},
		{"half a line", "x r2 1", "x r2", "m.mps:8"},
		{"no rows", "ROWS\n N obj\n L r1\n G r2\n", "", "m.mps"},
		{"no end", "ENDATA\n", "", "m.mps"},
		{"a negative upper bound below zero", "UP bnd x 5", "UP bnd x -5\n LO bnd x 7", ""},
		{"a huge coefficient", "x obj 1 r1 2", "x obj 1 r1 1e17", ""},
		{"quadratic", "ENDATA\n", "QUADOBJ\n x x 2\nENDATA\n", "m.mps"},
		{"a letter of another script", "x r2 1", "х r2 1", ""},
		{"binary", sound, "\x00\x01\x02\x03", ""},
		{"nothing", sound, "", ""},
		{"a page of the web", sound, "<html></html>\n", "m.mps"},
	})
	b := solving(x.what, strings.Replace(sound, x.old, x.text, 1), x.at)
	if x.what == "a letter of another script" || x.what == "a negative upper bound below zero" {
		b.warning = true // a column of its own; bounds that cross leave nothing
	}
	return b
}

// endless is a model without a bound, or without a point, in a dress of its own.
func (g *badMaker) endless() badFile {
	n := 2 + g.r.IntN(8)
	var rows, columns strings.Builder
	for i := range n {
		fmt.Fprintf(&rows, " L r%d\n", i)
		fmt.Fprintf(&columns, " x%d obj %d r%d %d\n", i, 1+g.r.IntN(9), i, 1+g.r.IntN(9))
	}
	unbounded := g.at%2 == 0
	rhs := "RHS\n"
	if unbounded {
		fmt.Fprintf(&columns, " z obj -%d\n", 1+g.r.IntN(9))
	} else {
		rhs += fmt.Sprintf(" rhs r%d -%d\n", g.r.IntN(n), 1+g.r.IntN(100)) // a sum of what is not negative, below zero
	}
	b := solving("a model without an answer", "NAME m\nROWS\n N obj\n"+rows.String()+"COLUMNS\n"+columns.String()+rhs+"ENDATA\n", "")
	b.what = map[bool]string{true: "unbounded", false: "infeasible"}[unbounded]
	b.status = 3
	return b
}
