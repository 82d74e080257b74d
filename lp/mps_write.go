package lp

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// WriteMPS writes p in free MPS format. Numbers are the shortest that read back to the same bits. Names are made safe for any
// reader, and unique, by replacing what is not a printable ASCII character with "_" and adding "~2", "~3", … to repeated
// ones; names that are safe already stay as they are. ReadMPS gives back an equal problem, except that an end of a two-sided
// row may move by one unit in the last place, for the format holds the distance of the ends and not both of them.
//
// It fails where the format cannot hold the problem: NaN, a lower bound of +∞ or an upper bound of −∞, a row whose bounds
// cross.
func WriteMPS(w io.Writer, p *Problem) error {
	m := &mpsWriter{w: bufio.NewWriterSize(w, 1<<16), p: p}
	if err := m.check(); err != nil {
		return fmt.Errorf("writing MPS: %w", err)
	}
	taken := map[string]bool{}
	m.rows = safeNames(p.Rows(), p.RowName, mpsWord, taken)
	m.cols = safeNames(p.Cols(), p.ColName, mpsWord, map[string]bool{})
	m.obj = uniqueName("obj", taken)
	m.write()
	return m.w.Flush()
}

// mpsWriter writes into a buffer that keeps its first error.
type mpsWriter struct {
	w          *bufio.Writer
	p          *Problem
	rows, cols []string
	obj        string
}

// check finds what the format cannot hold.
func (m *mpsWriter) check() error {
	p := m.p
	for i := range p.Rows() {
		l, u := p.RowLower[i], p.RowUpper[i]
		if !(l <= u) || math.IsInf(l, 1) || math.IsInf(u, -1) {
			return fmt.Errorf("row %s has bounds [%v, %v]", p.RowName(i), l, u)
		}
	}
	for j := range p.Cols() {
		l, u, c := p.Lower[j], p.Upper[j], p.Cost[j]
		if math.IsNaN(l) || math.IsNaN(u) || math.IsInf(l, 1) || math.IsInf(u, -1) || math.IsNaN(c) || math.IsInf(c, 0) {
			return fmt.Errorf("column %s has bounds [%v, %v] and cost %v", p.ColName(j), l, u, c)
		}
	}
	for k, v := range p.Value {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("row %s has a coefficient %v", p.RowName(int(p.Index[k])), v)
		}
	}
	if math.IsNaN(p.Offset) || math.IsInf(p.Offset, 0) {
		return fmt.Errorf("objective has a constant %v", p.Offset)
	}
	return nil
}

func (m *mpsWriter) line(parts ...string) {
	for _, s := range parts {
		m.w.WriteByte(' ')
		m.w.WriteString(s)
	}
	m.w.WriteByte('\n')
}

func (m *mpsWriter) section(s string) {
	m.w.WriteString(s)
	m.w.WriteByte('\n')
}

func (m *mpsWriter) write() {
	p := m.p
	m.section(strings.TrimRight("NAME "+printable(p.Name), " "))
	if p.Sense == Maximize {
		m.section("OBJSENSE")
		m.line("MAX")
	}
	m.section("ROWS")
	m.line("N", m.obj)
	for i := range p.Rows() {
		m.line(m.rowKind(i), m.rows[i])
	}
	m.section("COLUMNS")
	m.columns()
	m.section("RHS")
	m.sides()
	m.section("BOUNDS")
	for j := range p.Cols() {
		m.bounds(j)
	}
	m.section("ENDATA")
}

// rowKind is G for a two-sided row, which then has a range, and for a free one, whose right-hand side is −1e30. A free row
// must not become an N row, which readers drop.
func (m *mpsWriter) rowKind(i int) string {
	l, u := m.p.RowLower[i], m.p.RowUpper[i]
	switch {
	case l == u:
		return "E"
	case math.IsInf(l, -1) && !math.IsInf(u, 1):
		return "L"
	case !math.IsInf(l, 0) && !math.IsInf(u, 0) && math.Abs(l) > math.Abs(u):
		return "L" // the far end is the one that is recomputed, so that it comes out exact
	default:
		return "G"
	}
}

func (m *mpsWriter) columns() {
	p := m.p
	integer := false
	for j := range p.Cols() {
		if is := p.IsInteger(j); is != integer {
			m.marker(is, j)
			integer = is
		}
		if p.Cost[j] != 0 || p.Start[j] == p.Start[j+1] {
			m.line(m.cols[j], m.obj, number(p.Cost[j]))
		}
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			m.line(m.cols[j], m.rows[p.Index[k]], number(p.Value[k]))
		}
	}
	if integer {
		m.marker(false, p.Cols())
	}
}

func (m *mpsWriter) marker(org bool, j int) {
	kind := "'INTEND'"
	if org {
		kind = "'INTORG'"
	}
	m.line("MARKER"+strconv.Itoa(j), "'MARKER'", kind)
}

// sides writes the right-hand sides and, if there are any, the ranges.
func (m *mpsWriter) sides() {
	p := m.p
	if p.Offset != 0 {
		m.line("RHS", m.obj, number(-p.Offset))
	}
	var ranges []int
	for i := range p.Rows() {
		l, u := p.RowLower[i], p.RowUpper[i]
		two := l < u && !math.IsInf(l, -1) && !math.IsInf(u, 1)
		if two {
			ranges = append(ranges, i)
		}
		rhs := l
		if m.rowKind(i) == "L" {
			rhs = u
		}
		if math.IsInf(rhs, -1) {
			rhs = -1e30
		}
		if rhs != 0 {
			m.line("RHS", m.rows[i], number(rhs))
		}
	}
	if len(ranges) > 0 {
		m.section("RANGES")
	}
	for _, i := range ranges {
		m.line("RNG", m.rows[i], number(rangeOf(p.RowLower[i], p.RowUpper[i], m.rowKind(i) == "L")))
	}
}

// rangeOf is the distance that gives back the other end exactly, or as nearly as can be.
func rangeOf(l, u float64, fromUpper bool) float64 {
	r := u - l
	for _, d := range []float64{r, math.Nextafter(r, 0), math.Nextafter(r, Inf)} {
		if fromUpper && u-d == l || !fromUpper && l+d == u {
			return d
		}
	}
	return r
}

// bounds writes what differs from [0, ∞). Integer columns always get a line, for without one readers disagree.
func (m *mpsWriter) bounds(j int) {
	p, c := m.p, m.cols[j]
	l, u := p.Lower[j], p.Upper[j]
	switch {
	case l == u:
		m.line("FX", "BND", c, number(l))
		return
	case math.IsInf(l, -1) && math.IsInf(u, 1):
		m.line("FR", "BND", c)
		return
	case math.IsInf(l, -1):
		m.line("MI", "BND", c)
	case l != 0 || u < 0:
		m.line("LO", "BND", c, number(l))
	}
	switch {
	case !math.IsInf(u, 1):
		m.line("UP", "BND", c, number(u))
	case p.IsInteger(j):
		m.line("PL", "BND", c)
	}
}

// number is the shortest decimal that reads back to v; a negative zero loses its sign.
func number(v float64) string { return strconv.FormatFloat(v+0, 'g', -1, 64) }
