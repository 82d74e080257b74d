package lp

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
)

// Sense says whether the objective is minimised or maximised.
type Sense int

// The two senses. The zero value minimises.
const (
	Minimize Sense = iota
	Maximize
)

// String returns "minimize" or "maximize".
func (s Sense) String() string {
	if s == Maximize {
		return "maximize"
	}
	return "minimize"
}

// Inf is the value of an absent bound; -Inf for an absent lower bound.
var Inf = math.Inf(1)

// Problem is a mixed-integer linear programme
//
//	min or max  Offset + Cost·x
//	subject to  RowLower ≤ A·x ≤ RowUpper,  Lower ≤ x ≤ Upper,  x_j integer where Integer[j]
//
// held by columns: the entries of column j are Index[Start[j]:Start[j+1]] (row numbers, ascending) with the values beside
// them. A Problem is read-only once built: solvers, writers and checks share it between goroutines.
type Problem struct {
	Name   string
	Sense  Sense
	Offset float64

	Cost, Lower, Upper []float64 // one per column
	Integer            []bool    // one per column; nil where no column is integer

	RowLower, RowUpper []float64 // one per row

	Start []int32   // len(Cost)+1
	Index []int32   // row of each nonzero
	Value []float64 // value of each nonzero

	colNames, rowNames names
}

// Cols is the number of columns (variables).
func (p *Problem) Cols() int { return len(p.Cost) }

// Rows is the number of rows (constraints).
func (p *Problem) Rows() int { return len(p.RowLower) }

// Nonzeros is the number of stored matrix entries.
func (p *Problem) Nonzeros() int { return len(p.Value) }

// Integers is the number of integer columns.
func (p *Problem) Integers() int {
	n := 0
	for _, is := range p.Integer {
		if is {
			n++
		}
	}
	return n
}

// IsInteger reports whether column j must be integer.
func (p *Problem) IsInteger(j int) bool { return p.Integer != nil && p.Integer[j] }

// ColName returns the readable name of column j, made when asked for.
func (p *Problem) ColName(j int) string { return p.colNames.name(j, 'c') }

// RowName returns the readable name of row i, made when asked for.
func (p *Problem) RowName(i int) string { return p.rowNames.name(i, 'r') }

// Relaxed returns p without integrality. The arrays are shared.
func (p *Problem) Relaxed() *Problem {
	q := *p
	q.Integer = nil
	return &q
}

// WithBounds returns p with other column bounds; everything else is shared.
func (p *Problem) WithBounds(lower, upper []float64) *Problem {
	q := *p
	q.Lower, q.Upper = lower, upper
	return &q
}

// WithObjective returns p with another objective; everything else is shared.
func (p *Problem) WithObjective(sense Sense, cost []float64, offset float64) *Problem {
	q := *p
	q.Sense, q.Cost, q.Offset = sense, cost, offset
	return &q
}

// WithRowBounds returns p with other row bounds; everything else is shared.
func (p *Problem) WithRowBounds(lower, upper []float64) *Problem {
	q := *p
	q.RowLower, q.RowUpper = lower, upper
	return &q
}

// names holds blocks of names that are made only when somebody asks: a block is a first number and a function of the
// number within the block.
type names struct {
	first []int
	make  []func(i int) string
}

func (n *names) add(first int, f func(int) string) {
	n.first = append(n.first, first)
	n.make = append(n.make, f)
}

func (n *names) name(i int, kind byte) string {
	k := sort.SearchInts(n.first, i+1) - 1
	if k >= 0 && n.make[k] != nil {
		return n.make[k](i - n.first[k])
	}
	return string(kind) + strconv.Itoa(i+1)
}

// Builder collects a Problem from sparse tuples. Columns, rows and entries may come in any order, except that an entry's
// column and row must exist. A Builder is for one goroutine.
type Builder struct {
	p       Problem
	anyInt  bool
	integer []bool
	row     []int32
	col     []int32
	val     []float64
}

// NewBuilder returns an empty builder. The hints are expected sizes and may be zero.
func NewBuilder(name string, sense Sense, cols, rows, nonzeros int) *Builder {
	b := &Builder{}
	b.p.Name, b.p.Sense = name, sense
	b.p.Cost = make([]float64, 0, cols)
	b.p.Lower = make([]float64, 0, cols)
	b.p.Upper = make([]float64, 0, cols)
	b.integer = make([]bool, 0, cols)
	b.p.RowLower = make([]float64, 0, rows)
	b.p.RowUpper = make([]float64, 0, rows)
	b.row = make([]int32, 0, nonzeros)
	b.col = make([]int32, 0, nonzeros)
	b.val = make([]float64, 0, nonzeros)
	return b
}

// NameCols says how the columns from the next one on are named: f gets the column's number within this block. The block
// lasts until the next call. A nil f gives c1, c2, … by the column's number in the whole problem.
func (b *Builder) NameCols(f func(i int) string) { b.p.colNames.add(len(b.p.Cost), f) }

// NameRows is NameCols for rows; a nil f gives r1, r2, ….
func (b *Builder) NameRows(f func(i int) string) { b.p.rowNames.add(len(b.p.RowLower), f) }

// Col adds a continuous column and returns its number.
func (b *Builder) Col(cost, lower, upper float64) int {
	b.p.Cost = append(b.p.Cost, cost)
	b.p.Lower = append(b.p.Lower, lower)
	b.p.Upper = append(b.p.Upper, upper)
	b.integer = append(b.integer, false)
	return len(b.p.Cost) - 1
}

// IntCol adds an integer column and returns its number.
func (b *Builder) IntCol(cost, lower, upper float64) int {
	j := b.Col(cost, lower, upper)
	b.integer[j], b.anyInt = true, true
	return j
}

// Row adds a row lower ≤ · ≤ upper and returns its number.
func (b *Builder) Row(lower, upper float64) int {
	b.p.RowLower = append(b.p.RowLower, lower)
	b.p.RowUpper = append(b.p.RowUpper, upper)
	return len(b.p.RowLower) - 1
}

// Add puts value into the matrix at row, col. Several values for one place are added up; a zero is not stored.
func (b *Builder) Add(row, col int, value float64) {
	if value == 0 {
		return
	}
	b.row = append(b.row, int32(row))
	b.col = append(b.col, int32(col))
	b.val = append(b.val, value)
}

// AddCost adds to the cost of a column.
func (b *Builder) AddCost(col int, cost float64) { b.p.Cost[col] += cost }

// ShiftRow adds to both bounds of a row, as a constant that moves to the other side does.
func (b *Builder) ShiftRow(row int, by float64) {
	b.p.RowLower[row] += by
	b.p.RowUpper[row] += by
}

// AddOffset adds a constant to the objective.
func (b *Builder) AddOffset(v float64) { b.p.Offset += v }

// Column is what is known of a column so far.
func (b *Builder) Column(col int) (cost, lower, upper float64, integer bool) {
	return b.p.Cost[col], b.p.Lower[col], b.p.Upper[col], b.integer[col]
}

// Cols is the number of columns so far.
func (b *Builder) Cols() int { return len(b.p.Cost) }

// Rows is the number of rows so far.
func (b *Builder) Rows() int { return len(b.p.RowLower) }

// Build sorts the entries by column and row (a counting sort by column, then each column by itself), adds up repeated places in
// the order they came in, and returns the problem. It is quickest where the entries of a column come in the order of their rows.
// It fails where an entry names a column or row that does not exist. The builder must not be used afterwards.
func (b *Builder) Build() (*Problem, error) {
	m, n := len(b.p.RowLower), len(b.p.Cost)
	if int64(len(b.val)) > math.MaxInt32 || int64(m) > math.MaxInt32 || int64(n) > math.MaxInt32 {
		return nil, errors.New("problem has more rows, columns or nonzeros than fit in 32 bits")
	}
	for k := range b.val {
		if i, j := b.row[k], b.col[k]; i < 0 || int(i) >= m || j < 0 || int(j) >= n {
			return nil, fmt.Errorf("entry %d is at row %d, column %d of a problem with %d rows and %d columns", k, i, j, m, n)
		}
	}
	p := b.p
	if b.anyInt {
		p.Integer = b.integer
	}
	p.Start, p.Index, p.Value = compress(n, b.row, b.col, b.val)
	b.row, b.col, b.val = nil, nil, nil
	return &p, nil
}

// compress turns triplets into compressed columns.
func compress(n int, row, col []int32, val []float64) (start, index []int32, value []float64) {
	start = make([]int32, n+1)
	for _, j := range col {
		start[j+1]++
	}
	for j := range n {
		start[j+1] += start[j]
	}
	index, value = make([]int32, len(val)), make([]float64, len(val))
	next := slices.Clone(start)
	for k, j := range col {
		at := next[j]
		next[j]++
		index[at], value[at] = row[k], val[k]
	}
	to := int32(0)
	for j := range n {
		from, end := start[j], start[j+1]
		start[j] = to
		to += sortColumn(index[from:end], value[from:end], index[to:], value[to:])
	}
	start[n] = to
	return start, index[:to:to], value[:to:to]
}

// sortColumn puts the entries of a column in the order of their rows, adds up those of one row, and moves them to where they
// belong, which is not behind where they are. It returns how many are left.
func sortColumn(index []int32, value []float64, toIndex []int32, toValue []float64) int32 {
	switch {
	case slices.IsSorted(index):
	case len(index) > 16:
		sort.Stable(&column{index, value})
	default:
		c := column{index, value}
		for k := range index {
			for ; k > 0 && index[k] < index[k-1]; k-- {
				c.Swap(k, k-1)
			}
		}
	}
	n := int32(0)
	for k, i := range index {
		v := value[k]
		if n > 0 && toIndex[n-1] == i {
			toValue[n-1] += v
			continue
		}
		toIndex[n], toValue[n] = i, v
		n++
	}
	return n
}

// column sorts the entries of a column by row.
type column struct {
	index []int32
	value []float64
}

func (c *column) Len() int           { return len(c.index) }
func (c *column) Less(i, j int) bool { return c.index[i] < c.index[j] }
func (c *column) Swap(i, j int) {
	c.index[i], c.index[j] = c.index[j], c.index[i]
	c.value[i], c.value[j] = c.value[j], c.value[i]
}

// Names sets explicit names on a problem read from a file: one per column and row.
func (p *Problem) Names(cols, rows []string) {
	p.colNames = names{}
	p.rowNames = names{}
	c, r := slices.Clone(cols), slices.Clone(rows)
	p.colNames.add(0, func(i int) string { return c[i] })
	p.rowNames.add(0, func(i int) string { return r[i] })
}
