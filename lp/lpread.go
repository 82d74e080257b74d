package lp

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// ReadProblem reads a problem in MPS format or as CPLEX LP text, plain or gzip, and tells the two apart by their first word: LP text
// begins with a comment (\) or with the sense of its objective. See ReadMPS and ReadLP.
func ReadProblem(r io.Reader, name string) (*Problem, error) {
	text, err := plainText(r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if isLP(string(text)) {
		return readLP(string(text), name)
	}
	return readMPS(string(text), name)
}

// isLP reports whether text is LP text.
func isLP(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		first, _, _ := strings.Cut(strings.Fields(line)[0], ":")
		_, sense := lpSenses[strings.ToLower(first)]
		return line[0] == '\\' || sense
	}
	return false
}

// ReadLP reads a problem as CPLEX LP text, plain or gzip; name is what errors call the file. An error of type *SyntaxError gives the
// place.
//
// Sections begin at the start of a line: Minimize or Maximize, Subject To, Bounds, General, Binary, Semi-Continuous, End; case does
// not count, and the usual short forms are known. Variables begin at [0, ∞). A variable that a row or the objective names twice has
// the sum of its coefficients. Variables and constants may stand on both sides of a row, and a row may have two sides, as in
// 1 <= x + y <= 3; behind a constant on the right a new line begins a new row. A number of 1e20 or more means "none", and where it can
// never hold it is refused, as is a bound of a variable that nothing else names. A semi-continuous variable becomes a binary column and two rows; it needs finite bounds. Quadratic terms, special
// ordered sets, indicator and piecewise linear constraints are refused.
func ReadLP(r io.Reader, name string) (*Problem, error) {
	text, err := plainText(r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return readLP(string(text), name)
}

func readLP(text, file string) (*Problem, error) {
	t := &lpTokens{file: file, text: text}
	if err := t.all(); err != nil {
		return nil, err
	}
	r := &lpReader{lpTokens: t, cols: map[string]int{}, rows: map[string]bool{}, b: NewBuilder("", Minimize, 0, 0, 0)}
	if err := r.read(); err != nil {
		return nil, err
	}
	p, err := r.b.Build()
	if err != nil {
		return nil, err
	}
	p.Names(r.colNames, r.rowNames)
	return p, nil
}

// lpReader holds what has been read so far.
type lpReader struct {
	*lpTokens
	at int // next token

	b        *Builder
	cols     map[string]int
	colNames []string
	rows     map[string]bool
	rowNames []string
	semi     []semi
}

// expression is a sum of terms and a constant.
type expression struct {
	cols     []int
	values   []float64
	constant float64
}

func (r *lpReader) peek() lpToken { return r.tokens[min(r.at, len(r.tokens)-1)] }

func (r *lpReader) next() lpToken {
	t := r.peek()
	r.at++
	return t
}

// read goes through the sections.
func (r *lpReader) read() error {
	head := r.next()
	sense, ok := lpSenses[head.text]
	if head.kind != lpSection || !ok {
		return r.errorAt(head, MisplacedSection, "LP text begins with its objective", "write Minimize or Maximize first, without more on that line; a file of lp_solve has another form: have it written as MPS")
	}
	r.b.p.Sense = sense
	if err := r.objective(); err != nil {
		return err
	}
	for {
		t := r.next()
		if t.kind != lpSection {
			return r.unexpected(t)
		}
		var err error
		switch lpSections[t.text] {
		case lpRows:
			err = r.constraints()
		case lpBounds:
			err = r.bounds()
		case lpGeneral:
			err = r.list(func(j int, _ lpToken) error { r.integer(j); return nil })
		case lpBinary:
			err = r.list(func(j int, _ lpToken) error {
				r.integer(j)
				r.b.p.Lower[j], r.b.p.Upper[j] = 0, 1
				return nil
			})
		case lpSemi:
			err = r.list(func(j int, t lpToken) error { r.semi = append(r.semi, semi{j, t.line, t.at}); return nil })
		case lpEnd:
			return r.end()
		default:
			if t.text == "" {
				return r.unexpected(t)
			}
			return r.errorAt(t, UnsupportedSection, "section "+t.text+" is not linear, or comes twice", "only linear rows and integer columns are solved")
		}
		if err != nil {
			return err
		}
	}
}

// end makes rows of what is semi-continuous.
func (r *lpReader) end() error {
	rows := len(r.rowNames)
	for _, s := range r.semi {
		more, err := r.b.semiContinuous(s, r.colNames[s.col], func(s semi, message, hint string) error {
			return r.errorAt(lpToken{line: s.line, at: s.at}, UnsupportedBound, message, hint)
		})
		if err != nil {
			return err
		}
		r.colNames = append(r.colNames, freeName(more.column, r.cols))
		r.cols[r.colNames[len(r.colNames)-1]] = len(r.colNames) - 1
		r.rowNames = append(r.rowNames, more.rows[:]...)
	}
	for k := rows; k < len(r.rowNames); k++ {
		r.rowNames[k] = uniqueName(r.rowNames[k], r.rows)
	}
	return nil
}

func (r *lpReader) integer(j int) { r.b.integer[j], r.b.anyInt = true, true }

// objective reads "[name:] expression".
func (r *lpReader) objective() error {
	r.label()
	start := r.peek()
	e, err := r.expression(true, false)
	if err != nil {
		return err
	}
	for k, j := range e.cols {
		r.b.AddCost(j, e.values[k])
	}
	if math.Abs(e.constant) >= infinite {
		return r.errorAt(start, BadNumber, "the constant of the objective is infinite", "give a finite number")
	}
	r.b.AddOffset(e.constant)
	return nil
}

// label reads "name:" where it is there, and returns the name.
func (r *lpReader) label() (lpToken, bool) {
	if t := r.peek(); (t.kind == lpWord || t.kind == lpNumberToken) && r.at+1 < len(r.tokens) && r.tokens[r.at+1].kind == lpColon {
		r.at += 2
		return t, true
	}
	return lpToken{}, false
}

// constraints reads the rows.
func (r *lpReader) constraints() error {
	for r.peek().kind != lpSection {
		if err := r.constraint(); err != nil {
			return err
		}
	}
	return nil
}

// constraint reads "[name:] expression relation expression [relation expression]".
func (r *lpReader) constraint() error {
	label, named := r.label()
	name := fmt.Sprintf("c%d", len(r.rowNames)+1)
	if named {
		if name = strings.Clone(label.text); r.rows[name] {
			return r.errorAt(label, DuplicateName, fmt.Sprintf("row %q is declared twice", name), "rename one of them")
		}
	}
	name = uniqueName(name, r.rows)
	var sides []expression
	var relations []lpToken
	for {
		e, err := r.expression(false, len(relations) > 0)
		if err != nil {
			return err
		}
		sides = append(sides, e)
		if r.peek().kind != lpRelation || len(relations) == 2 {
			break
		}
		relations = append(relations, r.next())
	}
	switch len(relations) {
	case 0:
		return r.errorAt(r.peek(), BadLine, "a row without <=, >= or =", "write: name: expression <= number")
	case 1:
		return r.oneRelation(name, sides, relations[0])
	}
	return r.twoRelations(name, sides, relations)
}

// oneRelation adds left relation right: everything moves to the left but constants.
func (r *lpReader) oneRelation(name string, sides []expression, relation lpToken) error {
	rhs := orNone(sides[1].constant - sides[0].constant)
	lower, upper := rhs, rhs
	switch relation.text {
	case "<=":
		lower = math.Inf(-1)
	case ">=":
		upper = Inf
	}
	if never(lower, upper) {
		return r.neverHolds(relation, fmt.Sprintf("row %q", name))
	}
	i := r.b.Row(lower, upper)
	r.rowNames = append(r.rowNames, name)
	for s, sign := range []float64{1, -1} {
		for k, j := range sides[s].cols {
			r.b.Add(i, j, sign*sides[s].values[k])
		}
	}
	return nil
}

// orNone is v, or infinite where it means "none".
func orNone(v float64) float64 {
	if math.Abs(v) >= infinite {
		return math.Inf(sign(v))
	}
	return v
}

// never reports whether nothing can be between two bounds because one is infinite on the wrong side.
func never(lower, upper float64) bool {
	return math.IsInf(lower, 1) || math.IsInf(upper, -1) || math.IsNaN(lower) || math.IsNaN(upper)
}

func (r *lpReader) neverHolds(at lpToken, what string) error {
	return r.errorAt(at, BadNumber, what+" can never hold: its side is infinite", "give a finite number")
}

// twoRelations adds number relation expression relation number.
func (r *lpReader) twoRelations(name string, sides []expression, relations []lpToken) error {
	if err := r.oneWay(relations); err != nil {
		return err
	}
	for _, s := range []int{0, 2} {
		if len(sides[s].cols) > 0 {
			return r.errorAt(relations[1], BadLine, "a row with two relations has a variable at its end", "write: 1 <= expression <= 3")
		}
	}
	lower, upper := orNone(sides[0].constant-sides[1].constant), orNone(sides[2].constant-sides[1].constant)
	if relations[0].text == ">=" {
		lower, upper = upper, lower
	}
	if never(lower, upper) {
		return r.neverHolds(relations[1], fmt.Sprintf("row %q", name))
	}
	i := r.b.Row(lower, upper)
	r.rowNames = append(r.rowNames, name)
	for k, j := range sides[1].cols {
		r.b.Add(i, j, sides[1].values[k])
	}
	return nil
}

// expression reads terms up to a relation, a label or a section. An objective may be empty. Behind a relation a number that ends
// its line is a constant: what stands in the next line is the next row, which may begin with a sign.
func (r *lpReader) expression(mayBeEmpty, right bool) (expression, error) {
	var e expression
	for n := 0; ; n++ {
		start := r.peek()
		if right && n > 0 && len(e.cols) == 0 && start.first {
			return e, nil
		}
		sign, signed := 1.0, false
		for r.peek().kind == lpSign {
			if r.next().text == "-" {
				sign = -sign
			}
			signed = true
		}
		t := r.peek()
		switch {
		case t.kind != lpWord && t.kind != lpNumberToken:
			if signed || n == 0 && !mayBeEmpty {
				return e, r.unexpected(t)
			}
			return e, nil
		case n > 0 && !signed:
			return e, nil // a label or the next row
		}
		if r.isLabel() {
			if signed {
				return e, r.unexpected(start)
			}
			return e, nil
		}
		value := sign
		if t.kind == lpNumberToken {
			value *= r.next().value
			if r.peek().kind != lpWord || r.isLabel() || right && r.peek().first {
				e.constant += value
				continue
			}
		}
		e.cols = append(e.cols, r.column(r.next()))
		e.values = append(e.values, value)
		if math.IsInf(value, 0) {
			return e, r.errorAt(t, BadNumber, "an infinite coefficient", "only bounds may be infinite")
		}
	}
}

func (r *lpReader) isLabel() bool { return r.at+1 < len(r.tokens) && r.tokens[r.at+1].kind == lpColon }

// column is the number of a variable, which is new where it has not come up.
func (r *lpReader) column(t lpToken) int {
	j, ok := r.cols[t.text]
	if !ok {
		name := strings.Clone(t.text)
		j = r.b.Col(0, 0, Inf)
		r.cols[name] = j
		r.colNames = append(r.colNames, name)
	}
	return j
}

// known is the number of a variable that has come up.
func (r *lpReader) known(t lpToken) (int, error) {
	j, ok := r.cols[t.text]
	if !ok {
		return 0, r.errorAt(t, UnknownName, fmt.Sprintf("variable %q is in no row and not in the objective", t.text), "correct the name")
	}
	return j, nil
}

// list reads the names of a section of names.
func (r *lpReader) list(take func(j int, t lpToken) error) error {
	for r.peek().kind != lpSection {
		t := r.next()
		if t.kind != lpWord {
			return r.unexpected(t)
		}
		j, err := r.known(t)
		if err != nil {
			return err
		}
		if err := take(j, t); err != nil {
			return err
		}
	}
	return nil
}

// bounds reads "x <= 5", "1 <= x <= 5", "x = 3", "x free".
func (r *lpReader) bounds() error {
	for r.peek().kind != lpSection {
		first, err := r.boundSide()
		if err != nil {
			return err
		}
		if t := r.peek(); first.variable && t.kind == lpWord && lpFree[strings.ToLower(t.text)] {
			r.at++
			r.b.p.Lower[first.col], r.b.p.Upper[first.col] = math.Inf(-1), Inf
			continue
		}
		last, relations := first, []lpToken(nil)
		for r.peek().kind == lpRelation {
			relation := r.next()
			side, err := r.boundSide()
			if err != nil {
				return err
			}
			relations = append(relations, relation)
			if len(relations) > 2 || last.variable == side.variable || first.variable && len(relations) == 2 {
				return r.errorAt(relation, BadLine, "a bound has one variable, with a number on one side or on both", "write: 1 <= x <= 5")
			}
			if err := r.oneWay(relations); err != nil {
				return err
			}
			col, text, value := last.col, relation.text, side.value
			if side.variable {
				col, text, value = side.col, mirrored[relation.text], last.value
			}
			if text != "<=" && math.IsInf(value, 1) || text != ">=" && math.IsInf(value, -1) {
				return r.neverHolds(relation, fmt.Sprintf("a bound of %q", r.colNames[col]))
			}
			r.bound(col, text, value)
			last = side
		}
		if len(relations) == 0 {
			return r.unexpected(r.peek())
		}
	}
	return nil
}

// oneWay refuses two relations that point in different directions.
func (r *lpReader) oneWay(relations []lpToken) error {
	if len(relations) == 2 && (relations[0].text != relations[1].text || relations[0].text == "=") {
		return r.errorAt(relations[1], BadLine, "the two relations point in different directions", "write: 1 <= expression <= 3")
	}
	return nil
}

// mirrored is a relation with its sides changed.
var mirrored = map[string]string{"<=": ">=", ">=": "<=", "=": "="}

// bound sets x relation v.
func (r *lpReader) bound(j int, relation string, v float64) {
	if relation != "<=" {
		r.b.p.Lower[j] = v
	}
	if relation != ">=" {
		r.b.p.Upper[j] = v
	}
}

// boundSide is a number or a variable of a bound.
type boundSide struct {
	variable bool
	col      int
	value    float64
}

func (r *lpReader) boundSide() (boundSide, error) {
	sign := 1.0
	signed := false
	for r.peek().kind == lpSign {
		if r.next().text == "-" {
			sign = -sign
		}
		signed = true
	}
	t := r.next()
	switch {
	case t.kind == lpNumberToken:
		return boundSide{value: orNone(sign * t.value)}, nil
	case t.kind == lpWord && !signed:
		j, err := r.known(t)
		return boundSide{variable: true, col: j}, err
	}
	return boundSide{}, r.unexpected(t)
}

func (r *lpReader) unexpected(t lpToken) error {
	switch {
	case t.kind == lpSection && t.text == "":
		return r.errorAt(t, TruncatedFile, "the text ends without End", "the file was cut off; fetch it again")
	case t.kind == lpOther && (t.text == "[" || t.text == "^" || t.text == "]" || t.text == "*"):
		return r.errorAt(t, UnsupportedSection, fmt.Sprintf("%q makes a quadratic term", t.text), "only linear rows and integer columns are solved")
	}
	return r.errorAt(t, BadLine, fmt.Sprintf("%q does not belong here", t.text), "a row is written: name: 2 x + 3 y <= 4")
}

func (r *lpReader) errorAt(t lpToken, code SyntaxCode, message, hint string) error {
	return &SyntaxError{File: r.file, Line: max(t.line, 1), Column: t.at + 1, Code: code, Message: message, Hint: hint}
}
