package lp

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"
)

// lpWidth is where lines of LP text are broken.
const lpWidth = 120

// WriteLP writes p in CPLEX LP format, for people and for golden files: a row to a line, in the order of the problem, with
// names made safe for the format ("make[a,2030]" becomes "make(a,2030)") and unique. The same problem gives the same bytes.
//
// A two-sided row becomes two rows, NAME.lo and NAME.up: readers, HiGHS among them, do not take "1 <= x + y <= 3". A row
// without entries is written with a zero coefficient of the first column. The reading is done by solvers; ReadMPS is the way
// back into a Problem.
func WriteLP(w io.Writer, p *Problem) error {
	m := &mpsWriter{p: p}
	if err := m.check(); err != nil {
		return fmt.Errorf("writing LP text: %w", err)
	}
	t := &lpWriter{w: bufio.NewWriter(w), p: p, byRow: transpose(p)}
	t.cols = safeNames(p.Cols(), p.ColName, lpName, map[string]bool{})
	taken := map[string]bool{"obj": true}
	t.rows = safeNames(p.Rows(), p.RowName, lpName, taken)
	t.taken = taken
	t.write()
	return t.w.Flush()
}

// rowMajor is the matrix by rows: the entries of row i are start[i]:start[i+1].
type rowMajor struct {
	start []int32
	col   []int32
	value []float64
}

// transpose gives the matrix of p by rows, columns ascending.
func transpose(p *Problem) *rowMajor {
	t := &rowMajor{make([]int32, p.Rows()+1), make([]int32, p.Nonzeros()), make([]float64, p.Nonzeros())}
	for _, i := range p.Index {
		t.start[i+1]++
	}
	for i := range p.Rows() {
		t.start[i+1] += t.start[i]
	}
	next := append([]int32(nil), t.start...)
	for j := range p.Cols() {
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			at := next[p.Index[k]]
			next[p.Index[k]]++
			t.col[at], t.value[at] = int32(j), p.Value[k]
		}
	}
	return t
}

type lpWriter struct {
	w          *bufio.Writer
	p          *Problem
	byRow      *rowMajor
	rows, cols []string
	taken      map[string]bool
	width      int // of the current line
}

func (t *lpWriter) write() {
	if name := printable(t.p.Name); name != "" {
		fmt.Fprintf(t.w, "\\ %s\n", name)
	}
	if t.p.Sense == Maximize {
		t.w.WriteString("Maximize\n")
	} else {
		t.w.WriteString("Minimize\n")
	}
	t.objective()
	t.w.WriteString("Subject To\n")
	for i := range t.p.Rows() {
		t.row(i)
	}
	t.w.WriteString("Bounds\n")
	for j := range t.p.Cols() {
		t.bounds(j)
	}
	t.integers("General", false)
	t.integers("Binary", true)
	t.w.WriteString("End\n")
}

// word writes s, breaking the line before it where it would be too long.
func (t *lpWriter) word(s string) {
	if t.width+1+len(s) > lpWidth {
		t.w.WriteString("\n  ")
		t.width = 2
	}
	t.w.WriteByte(' ')
	t.w.WriteString(s)
	t.width += 1 + len(s)
}

func (t *lpWriter) newline() {
	t.w.WriteByte('\n')
	t.width = 0
}

// term writes "+ 2 x"; the first term of an expression has no plus sign and a coefficient of one is left out.
func (t *lpWriter) term(first bool, v float64, name string) {
	var s strings.Builder
	switch {
	case math.Signbit(v) && v != 0:
		s.WriteString("- ")
	case !first:
		s.WriteString("+ ")
	}
	if v = math.Abs(v); v != 1 || name == "" {
		s.WriteString(number(v))
		if name != "" {
			s.WriteByte(' ')
		}
	}
	s.WriteString(name)
	t.word(s.String())
}

// objective names every column that has a cost or no row, so that readers meet all of them.
func (t *lpWriter) objective() {
	t.word("obj:")
	first := true
	for j, c := range t.p.Cost {
		if c == 0 && t.p.Start[j] != t.p.Start[j+1] {
			continue
		}
		t.term(first, c, t.cols[j])
		first = false
	}
	if t.p.Offset != 0 {
		t.term(first, t.p.Offset, "")
	}
	t.newline()
}

func (t *lpWriter) row(i int) {
	l, u := t.p.RowLower[i], t.p.RowUpper[i]
	switch name := t.rows[i]; {
	case l == u:
		t.side(i, name, "=", l)
	case !math.IsInf(l, 0) && !math.IsInf(u, 0):
		t.side(i, uniqueName(name+".lo", t.taken), ">=", l)
		t.side(i, uniqueName(name+".up", t.taken), "<=", u)
	case math.IsInf(u, 1):
		t.side(i, name, ">=", l)
	default:
		t.side(i, name, "<=", u)
	}
}

func (t *lpWriter) side(i int, name, relation string, rhs float64) {
	from, to := t.byRow.start[i], t.byRow.start[i+1]
	if from == to && t.p.Cols() == 0 {
		fmt.Fprintf(t.w, "\\ %s: 0 %s %s\n", name, relation, lpNumber(rhs))
		return
	}
	t.word(name + ":")
	for k := from; k < to; k++ {
		t.term(k == from, t.byRow.value[k], t.cols[t.byRow.col[k]])
	}
	if from == to {
		t.term(true, 0, t.cols[0])
	}
	t.word(relation + " " + lpNumber(rhs))
	t.newline()
}

// bounds writes what differs from [0, ∞).
func (t *lpWriter) bounds(j int) {
	l, u, name := t.p.Lower[j], t.p.Upper[j], t.cols[j]
	switch {
	case t.isBinary(j), l == 0 && math.IsInf(u, 1):
		return
	case l == u:
		t.word(name + " = " + number(l))
	case math.IsInf(l, -1) && math.IsInf(u, 1):
		t.word(name + " free")
	case math.IsInf(u, 1):
		t.word(name + " >= " + number(l))
	default:
		t.word(lpNumber(l) + " <= " + name + " <= " + number(u))
	}
	t.newline()
}

func (t *lpWriter) isBinary(j int) bool {
	return t.p.IsInteger(j) && t.p.Lower[j] == 0 && t.p.Upper[j] == 1
}

func (t *lpWriter) integers(title string, binary bool) {
	started := false
	for j := range t.p.Cols() {
		if !t.p.IsInteger(j) || t.isBinary(j) != binary {
			continue
		}
		if !started {
			t.w.WriteString(title + "\n")
			started = true
		}
		t.word(t.cols[j])
		t.newline()
	}
}

// lpNumber writes infinity as the format does.
func lpNumber(v float64) string {
	if math.IsInf(v, -1) {
		return "-inf"
	}
	return number(v)
}
