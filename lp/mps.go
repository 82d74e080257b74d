package lp

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// SyntaxCode says what is wrong with a file of rows and columns. Codes are stable.
type SyntaxCode string

// What can be wrong with a file.
const (
	BadNumber          SyntaxCode = "bad-number"          // a word that is no number: "1,5", "capacity", NaN
	BadLine            SyntaxCode = "bad-line"            // a line with too few or too many words
	BadCharacter       SyntaxCode = "bad-character"       // a NUL byte: the file is damaged or is no text
	UnknownName        SyntaxCode = "unknown-name"        // a row or column that was not declared
	DuplicateName      SyntaxCode = "duplicate-name"      // a row or column declared twice
	DuplicateEntry     SyntaxCode = "duplicate-entry"     // a second value for one place
	UnknownSection     SyntaxCode = "unknown-section"     // a section nobody knows
	UnsupportedSection SyntaxCode = "unsupported-section" // a section of non-linear or special constraints
	UnsupportedBound   SyntaxCode = "unsupported-bound"   // a semi-continuous or unknown bound
	MisplacedSection   SyntaxCode = "misplaced-section"   // a section before the one it needs, or twice
	TruncatedFile      SyntaxCode = "truncated-file"      // the end is missing
)

// SyntaxError is a file that cannot be read, with the place: line and column count from 1, the column in bytes.
type SyntaxError struct {
	File         string
	Line, Column int
	Code         SyntaxCode
	Message      string
	Hint         string
}

// Error is "file:line:column: code: message; hint".
func (e *SyntaxError) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s: %s", e.File, e.Line, e.Column, e.Code, e.Message)
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

// infinite is the magnitude from which a bound or right-hand side means "none", as in HiGHS.
const infinite = 1e20

// maxMPS is the size of the text, after decompression, above which a file is refused.
const maxMPS = math.MaxInt32

// ReadMPS reads a problem in MPS format, fixed or free, plain or gzip; name is what errors call the file. An error of type
// *SyntaxError gives the place.
//
// The format is fixed where some line of ROWS or COLUMNS has a number of words that free format does not allow, that is,
// where names contain blanks. Sections start in the first column. Where readers differ the rule here is that of HiGHS 1.15,
// so that one file means one problem:
//
//   - The first N row is the objective (or the one OBJNAME names); further N rows are dropped with their entries. Without
//     an N row the objective is zero. A right-hand side of the objective row is minus its constant.
//
//   - A column between the INTORG and INTEND markers that has no line in BOUNDS is binary; with any line there it starts
//     from [0, ∞). Other columns start from [0, ∞).
//
//   - UP with a negative value leaves the lower bound alone: at 0 the problem is infeasible, and Gate says so (CPLEX would
//     make it −∞). MI leaves the upper bound alone.
//
//   - A range R makes an L row [rhs−|R|, rhs], a G row [rhs, rhs+|R|], an E row [rhs, rhs+R] or, for R < 0, [rhs+R, rhs].
//     RANGES may come before RHS.
//
//   - Bounds and right-hand sides of magnitude 1e20 or more, and "inf", are infinite.
//
//   - The set name of RHS, RANGES and BOUNDS may be missing; a second set is refused.
//
//   - A comment *SENSE:Maximize or *SENSE:Minimize, as PuLP writes it, is the sense of the objective; beside an OBJSENSE that
//     says otherwise it is refused.
//
//   - A column with an SC or SI bound is semi-continuous: 0, or between its lower bound and the bound given. It becomes a
//     binary column NAME.on and the rows NAME.most and NAME.least; the bound must be finite.
//
// Unlike HiGHS, which warns and goes on, it refuses undeclared names, repeated declarations and repeated entries, and NaN.
// A byte-order mark is passed over. It accepts OBJSENSE in all spellings, on its own line or the next, where HiGHS overlooks "OBJSENSE MAXIMIZE".
func ReadMPS(r io.Reader, name string) (*Problem, error) {
	text, err := plainText(r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return readMPS(string(text), name)
}

func readMPS(text, name string) (*Problem, error) {
	m := newMPSReader(text, name)
	if err := m.read(); err != nil {
		return nil, err
	}
	return m.problem()
}

// plainText reads all of r, decompressing gzip by its magic bytes.
func plainText(r io.Reader) ([]byte, error) {
	br := bufio.NewReaderSize(r, 1<<16)
	var in io.Reader = br
	if magic, _ := br.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, err
		}
		in = z
	}
	text, err := io.ReadAll(io.LimitReader(in, maxMPS+1))
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")) // a byte-order mark
	if bytes.IndexByte(text, '\n') < 0 {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n")) // lines that end in CR alone
	}
	if len(text) > maxMPS {
		return nil, errors.New("more than 2 GiB of text")
	}
	return text, nil
}

// mpsSection is the section a line belongs to.
type mpsSection int

const (
	mpsNone mpsSection = iota
	mpsName
	mpsObjSense
	mpsObjName
	mpsRows
	mpsColumns
	mpsRHS
	mpsRanges
	mpsBounds
	mpsEnd
)

var mpsSections = map[string]mpsSection{
	"NAME": mpsName, "OBJSENSE": mpsObjSense, "OBJSENSE:": mpsObjSense, "OBJNAME": mpsObjName, "ROWS": mpsRows,
	"COLUMNS": mpsColumns, "RHS": mpsRHS, "RANGES": mpsRanges, "BOUNDS": mpsBounds, "ENDATA": mpsEnd,
}

// mpsRefused are the sections that say something a Problem cannot hold.
var mpsRefused = map[string]string{
	"QUADOBJ": "a quadratic objective", "QMATRIX": "a quadratic objective", "QSECTION": "a quadratic objective",
	"QCMATRIX": "quadratic constraints", "CSECTION": "cones", "SOS": "special ordered sets",
	"SOS1": "special ordered sets", "SOS2": "special ordered sets", "SETS": "special ordered sets",
	"INDICATORS": "indicator constraints", "GENCONS": "general constraints", "PWLOBJ": "a piecewise linear objective",
	"PWLNAM": "piecewise linear functions", "LAZYCONS": "lazy constraints", "USERCUTS": "user cuts",
	"SCENARIOS": "scenarios", "DELAYEDROWS": "delayed rows", "MODELCUTS": "model cuts", "BRANCH": "branching rules",
}

const (
	rowObjective = -1 // the row number of the objective
	rowDropped   = -2 // of another N row
)

// mpsReader holds what has been read so far.
type mpsReader struct {
	file  string
	text  string
	fixed bool

	line    int    // number of the current line
	words   []word // of the current line
	current string
	section mpsSection
	seen    [mpsEnd + 1]bool

	name      string
	sense     Sense
	senseAt   int // line that gave it, 0 for none
	objName   string
	objWord   semi // where it stands
	hasObj    bool
	offset    float64
	hasOffset bool

	rowKind  []byte
	rowNames []string
	rows     map[string]int
	rhs      []float64
	rng      []float64
	hasRHS   []bool
	hasRange []bool
	touched  []int // last column that has an entry in the row, plus one
	costed   int   // last column that has a cost, plus one

	b        *Builder
	colNames []string
	cols     map[string]int
	inMarker bool
	binary   []bool  // by marker, no line in BOUNDS yet
	bounded  []uint8 // 1: lower bound given, 2: upper bound given
	semi     []semi
	sets     map[mpsSection]string
}

func newMPSReader(text, file string) *mpsReader {
	return &mpsReader{
		file: file, text: text, fixed: isFixedMPS(text), rows: map[string]int{}, cols: map[string]int{},
		b: NewBuilder("", Minimize, 0, 0, 0), sets: map[mpsSection]string{},
	}
}

// read goes through the lines up to ENDATA.
func (m *mpsReader) read() error {
	rest := m.text
	for len(rest) > 0 && m.section != mpsEnd {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		m.line++
		m.current = strings.TrimSuffix(line, "\r")
		if i := strings.IndexByte(m.current, 0); i >= 0 {
			return m.errorAt(i, BadCharacter, "NUL byte", "the file is damaged or is not text")
		}
		if err := m.readLine(); err != nil {
			return err
		}
	}
	if m.section != mpsEnd {
		m.current = ""
		return m.errorAt(0, TruncatedFile, "no ENDATA line", "the file was cut off; fetch it again")
	}
	return nil
}

// readLine handles one line: comment, header or data.
func (m *mpsReader) readLine() error {
	if strings.TrimSpace(m.current) == "" {
		return nil
	}
	if m.current[0] == '*' {
		return m.comment()
	}
	m.words = splitWords(m.words[:0], m.current)
	if m.current[0] != ' ' && m.current[0] != '\t' && m.isHeader() {
		return m.header()
	}
	if m.fixed {
		m.words = splitFixed(m.words[:0], m.current, m.section)
	}
	switch m.section {
	case mpsObjSense:
		return m.objSense(m.words[0])
	case mpsObjName:
		m.objWord, m.objName = m.place(m.words[0]), strings.Clone(m.words[0].text)
		return nil
	case mpsRows:
		return m.rowLine()
	case mpsColumns:
		return m.columnLine()
	case mpsRHS, mpsRanges:
		return m.sideLine()
	case mpsBounds:
		return m.boundLine()
	default:
		return m.errorAt(m.words[0].at, MisplacedSection, "data before any section", "an MPS file starts with NAME or ROWS, LP text with Minimize or Maximize")
	}
}

// isHeader tells a section header from an unindented data line, which free format allows: the headers of data sections
// stand alone on their line.
func (m *mpsReader) isHeader() bool {
	if m.fixed || len(m.words) == 1 && m.section != mpsObjSense && m.section != mpsObjName {
		return true
	}
	s, known := mpsSections[m.words[0].text]
	switch {
	case len(m.words) == 1:
		return known
	case s == mpsName || s == mpsObjSense || s == mpsObjName:
		return m.section < mpsRows
	}
	_, refused := mpsRefused[m.words[0].text]
	return refused && (m.section != mpsColumns || len(m.words) == 2) // "SOS c1 1" may be a column
}

func (m *mpsReader) header() error {
	w := m.words[0]
	if what, ok := mpsRefused[w.text]; ok {
		return m.errorAt(w.at, UnsupportedSection, "section "+w.text+" holds "+what, "only linear rows and integer columns are solved")
	}
	s, ok := mpsSections[w.text]
	if !ok {
		return m.errorAt(w.at, UnknownSection, fmt.Sprintf("section %q", w.text), "indent data lines by a blank; sections are NAME, OBJSENSE, ROWS, COLUMNS, RHS, RANGES, BOUNDS, ENDATA")
	}
	if m.seen[s] {
		return m.errorAt(w.at, MisplacedSection, "section "+w.text+" for the second time", "join the two")
	}
	need := map[mpsSection]mpsSection{mpsColumns: mpsRows, mpsRHS: mpsColumns, mpsRanges: mpsColumns, mpsBounds: mpsColumns, mpsEnd: mpsRows}
	if n, ok := need[s]; ok && !m.seen[n] {
		return m.errorAt(w.at, MisplacedSection, "section "+w.text+" comes too early", "ROWS come first, then COLUMNS, then the others")
	}
	m.seen[s], m.section = true, s
	switch {
	case s == mpsName:
		m.name = strings.Clone(strings.TrimSpace(m.current[4:]))
	case s == mpsObjSense && len(m.words) > 1:
		return m.objSense(m.words[1])
	case s == mpsObjName && len(m.words) > 1:
		m.objWord, m.objName = m.place(m.words[1]), strings.Clone(m.words[1].text)
	}
	return nil
}

// errorAt makes the error for byte at of the current line.
func (m *mpsReader) errorAt(at int, code SyntaxCode, message, hint string) error {
	return &SyntaxError{File: m.file, Line: max(m.line, 1), Column: at + 1, Code: code, Message: message, Hint: hint}
}
