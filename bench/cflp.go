package bench

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// CFLP is a capacitated facility location problem in which a customer may be served from several facilities.
type CFLP struct {
	Capacity []float64   // of each facility
	Fixed    []float64   // cost of opening it
	Demand   []float64   // of each customer
	Cost     [][]float64 // customer, facility: of serving all of the customer's demand
}

// Limits of a file.
const (
	cflpMostCells = 20_000_000 // facilities × customers
	cflpMostLine  = 16 << 20   // bytes
)

// ReadCFLP reads the format of OR-Library's capacitated warehouse location instances, plain or as gzip: m n; for each
// facility its capacity and fixed cost; for each customer its demand and the cost of serving all of it from each facility.
// Some files have the word "capacity" in place of a number: it stands for the given one, where that is positive.
func ReadCFLP(r io.Reader, capacity float64) (*CFLP, error) {
	buffered := bufio.NewReader(r)
	if head, _ := buffered.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, fmt.Errorf("the gzip file is damaged (%w): get it again", err)
		}
		buffered = bufio.NewReader(z)
	}
	w := &words{lines: bufio.NewScanner(buffered), capacity: capacity}
	w.lines.Buffer(make([]byte, 64<<10), cflpMostLine)
	p := w.cflp()
	if w.err != nil {
		return nil, w.err
	}
	return p, nil
}

// cflp reads an instance; after an error what it returns means nothing.
func (w *words) cflp() *CFLP {
	m, n := w.count("the number of facilities"), w.count("the number of customers")
	if w.err == nil && m > cflpMostCells/n {
		w.fail("%d facilities and %d customers are too many: is this a capacitated warehouse file?", m, n)
	}
	if w.err != nil {
		return nil
	}
	p := &CFLP{}
	for i := range m {
		what := "facility " + strconv.Itoa(i+1)
		p.Capacity = append(p.Capacity, w.capacityOf(what))
		p.Fixed = append(p.Fixed, w.number("the fixed cost of "+what))
		if w.err != nil {
			return nil
		}
	}
	for j := range n {
		what := "customer " + strconv.Itoa(j+1)
		p.Demand = append(p.Demand, w.number("the demand of "+what))
		row := make([]float64, 0, min(m, 1024))
		for i := 0; i < m && w.err == nil; i++ {
			row = append(row, w.number("the cost of "+what+" from facility "+strconv.Itoa(i+1)))
		}
		if w.err != nil {
			return nil
		}
		p.Cost = append(p.Cost, row)
	}
	if word := w.next(); w.err == nil {
		w.fail("%.40q stands after the last customer's costs: the file has more numbers than its first line says", word)
	} else if errors.Is(w.err, io.EOF) {
		w.err = nil
	}
	return p
}

// words reads words between white space and keeps the first error, which names the line.
type words struct {
	lines    *bufio.Scanner
	line     int
	fields   []string // of the line, that are still to come
	capacity float64
	err      error
}

func (w *words) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf("line %d: %w", max(w.line, 1), fmt.Errorf(format, args...))
	}
}

// next returns the next word; at the end of the file w.err is io.EOF.
func (w *words) next() string {
	for w.err == nil && len(w.fields) == 0 {
		if !w.lines.Scan() {
			switch err := w.lines.Err(); {
			case errors.Is(err, bufio.ErrTooLong):
				w.line++
				w.fail("the line is longer than %d bytes: is this a capacitated warehouse file?", cflpMostLine)
			case err != nil:
				w.fail("reading failed after this line (%w): get the file again", err)
			default:
				w.err = io.EOF
			}
			break
		}
		w.line++
		if bytes.IndexByte(w.lines.Bytes(), 0) >= 0 {
			w.fail("a NUL byte: the file is damaged or not text; get it again")
		}
		w.fields = strings.Fields(w.lines.Text())
	}
	if w.err != nil {
		return ""
	}
	word := w.fields[0]
	w.fields = w.fields[1:]
	return word
}

// number reads a finite number that is not negative.
func (w *words) number(what string) float64 {
	word := w.next()
	if errors.Is(w.err, io.EOF) {
		w.err = nil
		w.fail("the file ends where %s should stand: it is cut short; get it again", what)
	}
	if w.err != nil {
		return 0
	}
	return w.parse(word, what)
}

func (w *words) parse(word, what string) float64 {
	v, err := strconv.ParseFloat(word, 64)
	switch {
	case err != nil && errors.Is(err, strconv.ErrRange), math.IsInf(v, 0), math.IsNaN(v):
		w.fail("%s is %.40s: write a number", what, word)
	case err != nil && strings.Contains(word, ","):
		w.fail("%s is %.40q: write numbers with a decimal point and no commas", what, word)
	case err != nil || strings.ContainsAny(word, "xX_"):
		w.fail("%s is %.40q, which is not a number: write a number", what, word)
	case v < 0:
		w.fail("%s is %s: it cannot be negative", what, word)
	}
	return v
}

// capacityOf reads the capacity of a facility, for which the word "capacity" may stand.
func (w *words) capacityOf(what string) float64 {
	word := w.next()
	switch {
	case errors.Is(w.err, io.EOF):
		w.err = nil
		w.fail("the file ends where the capacity of %s should stand: it is cut short; get it again", what)
	case w.err != nil:
	case strings.EqualFold(word, "capacity") && w.capacity > 0:
		return w.capacity
	case strings.EqualFold(word, "capacity"):
		w.fail("the word %q stands where the capacity of %s should: write a number there, or give one for all with -capacity", word, what)
	default:
		return w.parse(word, "the capacity of "+what)
	}
	return 0
}

// count reads a whole number from 1 on.
func (w *words) count(what string) int {
	v := w.number(what)
	if w.err == nil && (v != math.Trunc(v) || v < 1 || v > cflpMostCells) {
		w.fail("%s is %v: write a whole number from 1 to %d", what, v, cflpMostCells)
	}
	if w.err != nil {
		return 0
	}
	return int(v)
}
