package table

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"headroom"
)

// Limits of a file.
const (
	maxFile    = 256 << 20
	maxCell    = 32 << 10
	maxRows    = 1_000_000
	maxColumns = 500
)

// record is one row of a CSV file; line is the file line on which it starts.
type record struct {
	line  int
	cells []string
}

// csvReader reads CSV as RFC 4180 has it, strictly: a quote stands only around a whole cell, or doubled inside one. It
// reads byte by byte and gives up at the first cell that is too long, so that a broken file costs no memory. A byte-order
// mark and any of LF, CR LF and CR are accepted; blank lines and rows of empty cells are passed over.
type csvReader struct {
	file   string
	r      *bufio.Reader
	line   int
	size   int
	header []string
	named  int // cells of the header up to the last that is not empty
	report func(headroom.Finding)
	cell   []byte
	broken bool // a row could not be read
}

// readCSV returns the rows of the file of a table, the header first, and whether it was read in full. Of a file whose columns are
// not separated by commas, or whose header stands below a title, that is reported and nothing else.
func readCSV(file string, t *Table, r io.Reader, report func(headroom.Finding)) ([]record, bool) {
	c := &csvReader{file: file, r: bufio.NewReaderSize(r, 16<<10), line: 1, report: report}
	if !c.encoding() || !c.form(t) {
		return nil, false
	}
	var out []record
	for {
		rec, more := c.next()
		if rec.line > 0 {
			out = append(out, rec)
			if len(out) == 1 {
				c.header = rec.cells
				c.named = len(rec.cells)
				for c.named > 0 && strings.TrimSpace(rec.cells[c.named-1]) == "" {
					c.named--
				}
			}
		}
		if !more {
			return out, !c.broken
		}
		if len(out) > maxRows {
			c.fail(headroom.CodeTooManyRows, c.line, 0, "split the case", "more than %d rows", maxRows)
			return out, false
		}
	}
}

// encoding looks at the first bytes and skips a byte-order mark.
func (c *csvReader) encoding() bool {
	head, _ := c.r.Peek(4)
	utf16 := bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) ||
		len(head) == 4 && (head[0] == 0 && head[1] != 0 && head[2] == 0 || head[1] == 0 && head[0] != 0 && head[3] == 0)
	if utf16 {
		c.fail(headroom.CodeUTF16, 0, 0, "save it as CSV UTF-8", "the file is UTF-16")
		return false
	}
	if bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}) {
		_, _ = c.r.Discard(3)
	}
	return true
}

// form looks at the first lines, before they are read; t is nil for a file of no table.
func (c *csvReader) form(t *Table) bool {
	if t == nil {
		return true
	}
	head, _ := c.r.Peek(8 << 10)
	p, line := t.csvForm(string(head))
	if p != nil {
		c.fail(p.Code, line, 0, p.Hint, "%s", p.Message)
	}
	return p == nil
}

// fail reports a finding at a row and a cell, counted from 1.
func (c *csvReader) fail(code string, line, cell int, hint, format string, args ...any) {
	c.failAlike("", code, line, cell, hint, format, args...)
}

// failAlike reports a finding of which one is told for the file.
func (c *csvReader) failAlike(alike, code string, line, cell int, hint, format string, args ...any) {
	c.broken = true
	p := headroom.Place{File: c.file, Row: line}
	if cell > 0 && cell <= len(c.header) {
		p.Column = c.header[cell-1]
	}
	c.report(headroom.Finding{Severity: headroom.SeverityError, Code: code, Place: p, Message: fmt.Sprintf(format, args...), Hint: hint, Alike: alike})
}

// next reads one record. A record without line is a blank or broken one; more is false at the end of what can be read.
func (c *csvReader) next() (rec record, more bool) {
	start := c.line
	cells := make([]string, 0, len(c.header))
	ok := true
	for {
		text, end, state := c.readCell(start, len(cells)+1)
		if state == stop {
			return record{}, false
		}
		ok = ok && state == good
		cells = append(cells, text)
		if len(cells) > maxColumns {
			c.fail(headroom.CodeTooManyColumns, start, 0, "is this a table of the case?", "more than %d columns", maxColumns)
			return record{}, false
		}
		if end != ',' {
			more = end == '\n'
			break
		}
	}
	if blank(cells) || !ok {
		return record{}, more
	}
	cells, ok = c.width(cells, start)
	if !ok {
		return record{}, more
	}
	return record{line: start, cells: cells}, more
}

// blank reports whether all cells are empty.
func blank(cells []string) bool {
	for _, s := range cells {
		if s != "" {
			return false
		}
	}
	return true
}

// width makes the row as wide as the header. Cells that are missing below columns without a name are empty. A row that is longer is
// never cut: a comma too many may stand in its middle.
func (c *csvReader) width(cells []string, line int) ([]string, bool) {
	n := len(c.header)
	switch {
	case n == 0 || len(cells) == n:
	case len(cells) < c.named:
		c.failAlike("short rows", headroom.CodeShortRow, line, 0, "write a comma for each empty cell, too", "%d cells where the header has %d", len(cells), n)
		return nil, false
	case len(cells) < n:
		cells = append(cells, make([]string, n-len(cells))...)
	default:
		c.failAlike("long rows", headroom.CodeLongRow, line, 0, "a text with a comma in it stands in quotes", "%d cells where the header has %d", len(cells), n)
		return nil, false
	}
	return cells, true
}

// What became of a cell.
const (
	good = iota
	bad  // reported; the file goes on
	stop // reported, or the file cannot be read on
)

// readCell reads a cell up to a comma, the end of the line ('\n') or of the file (0).
func (c *csvReader) readCell(start, number int) (text string, end byte, state int) {
	c.cell = c.cell[:0]
	quoted, closed := false, false
	for first := true; ; first = false {
		b, err := c.r.ReadByte()
		c.size++
		switch {
		case err == io.EOF && quoted && !closed:
			c.fail(headroom.CodeOpenQuote, start, number, "close the quote, or double a quote that belongs to the text", "a quote is opened and not closed")
			return "", 0, stop
		case err == io.EOF:
			return c.finish(start, number, 0, state)
		case err != nil:
			c.fail(headroom.CodeUnreadableFile, start, number, "", "reading failed: %v", err)
			return "", 0, stop
		case c.size == maxFile:
			c.fail(headroom.CodeTooManyRows, c.line, 0, "split the case", "the file is larger than %d MB", maxFile>>20)
			return "", 0, stop
		case b == 0:
			c.fail(headroom.CodeNulByte, c.line, number, "save it as CSV UTF-8", "the file has a NUL byte")
			return "", 0, stop
		}
		switch {
		case b == '"' && first:
			quoted = true
			continue
		case b == '"' && quoted && closed: // a doubled quote
			closed = false
		case b == '"' && quoted:
			closed = true
			continue
		case quoted && !closed:
			if b == '\n' {
				c.line++
			}
		case b == ',' || b == '\n' || b == '\r':
			return c.finish(start, number, c.newline(b), state)
		case closed || b == '"':
			if state == good {
				c.fail(headroom.CodeBareQuote, c.line, number, "put the whole cell in quotes and double each quote in it", "a quote stands in the middle of a cell")
			}
			state = bad
		}
		c.cell = append(c.cell, b)
		if len(c.cell) > maxCell {
			c.fail(headroom.CodeLongCell, start, number, "look for a quote that is not closed", "a cell is longer than %d bytes", maxCell)
			return "", 0, stop
		}
	}
}

// newline counts a line end and makes CR LF and CR one LF.
func (c *csvReader) newline(b byte) byte {
	if b == ',' {
		return b
	}
	if b == '\r' {
		if next, _ := c.r.Peek(1); len(next) == 1 && next[0] == '\n' {
			_, _ = c.r.Discard(1)
		}
	}
	c.line++
	return '\n'
}

// finish makes a text of a cell's bytes.
func (c *csvReader) finish(start, number int, end byte, state int) (string, byte, int) {
	if !utf8.Valid(c.cell) {
		c.failAlike("cells that are not UTF-8", headroom.CodeNotUTF8, start, number, "save it as CSV UTF-8", "the cell is not UTF-8")
		return "", end, bad
	}
	return string(c.cell), end, state
}
