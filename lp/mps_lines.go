package lp

import (
	"fmt"
	"math"
	"strings"
)

// objSense reads MAX, MAXIMIZE, MAXIMISE, MIN, ….
func (m *mpsReader) objSense(w word) error {
	sense, ok := lpSenses[strings.ToLower(w.text)]
	if !ok {
		return m.errorAt(w.at, BadLine, fmt.Sprintf("objective sense %q", w.text), "write MAX or MIN")
	}
	if m.senseAt > 0 && m.sense != sense {
		return m.errorAt(w.at, DuplicateEntry, fmt.Sprintf("the objective is to be %sd here and %sd in line %d", sense, m.sense, m.senseAt), "readers differ on which one counts: keep one")
	}
	m.sense, m.senseAt = sense, m.line
	return nil
}

// comment reads the sense of the objective where a comment gives it: *SENSE:Maximize, as PuLP writes it, which says nothing of
// it in any section.
func (m *mpsReader) comment() error {
	text := strings.TrimSpace(strings.TrimLeft(m.current, "*"))
	key, value, ok := strings.Cut(text, ":")
	if key = strings.ToUpper(strings.TrimSpace(key)); !ok || key != "SENSE" && key != "OBJSENSE" {
		return nil
	}
	words := strings.Fields(value)
	if len(words) != 1 {
		return nil
	}
	return m.objSense(word{words[0], strings.LastIndex(m.current, words[0])})
}

// place is the place of a word of the current line.
func (m *mpsReader) place(w word) semi { return semi{line: m.line, at: w.at} }

// rowLine reads "type name".
func (m *mpsReader) rowLine() error {
	if len(m.words) != 2 || m.words[1].text == "" {
		return m.errorAt(m.words[0].at, BadLine, fmt.Sprintf("%d words where a row has a type and a name", len(m.words)), "write N, L, G or E and a name")
	}
	kind, name := strings.ToUpper(m.words[0].text), strings.Clone(m.words[1].text)
	if _, dup := m.rows[name]; dup {
		return m.errorAt(m.words[1].at, DuplicateName, fmt.Sprintf("row %q is declared twice", name), "rename one of them")
	}
	switch kind {
	case "N":
		if !m.hasObj && (m.objName == "" || m.objName == name) {
			m.hasObj = true
			m.rows[name] = rowObjective
		} else {
			m.rows[name] = rowDropped
		}
	case "L", "G", "E":
		m.rows[name] = len(m.rowKind)
		m.rowKind = append(m.rowKind, kind[0])
		m.rowNames = append(m.rowNames, name)
		m.rhs = append(m.rhs, 0)
		m.rng = append(m.rng, 0)
		m.hasRHS = append(m.hasRHS, false)
		m.hasRange = append(m.hasRange, false)
		m.touched = append(m.touched, 0)
	default:
		return m.errorAt(m.words[0].at, BadLine, fmt.Sprintf("row type %q", m.words[0].text), "write N, L, G or E")
	}
	return nil
}

// columnLine reads "column row value [row value]" or a marker.
func (m *mpsReader) columnLine() error {
	n := len(m.words)
	if n >= 3 && strings.Trim(m.words[1].text, "'") == "MARKER" && m.words[1].text != "MARKER" {
		return m.markerLine()
	}
	if n != 3 && n != 5 {
		return m.errorAt(m.words[0].at, BadLine, fmt.Sprintf("%d words where a column has 3 or 5", n), "write: column row value [row value]")
	}
	name := m.words[0].text
	j := len(m.colNames) - 1
	if j < 0 || m.colNames[j] != name {
		if _, dup := m.cols[name]; dup {
			return m.errorAt(m.words[0].at, DuplicateName, fmt.Sprintf("column %q comes again after others", name), "keep the lines of a column together")
		}
		name = strings.Clone(name)
		j = m.b.Col(0, 0, Inf)
		m.cols[name] = j
		m.colNames = append(m.colNames, name)
		m.binary = append(m.binary, m.inMarker)
		m.bounded = append(m.bounded, 0)
		if m.inMarker {
			m.b.p.Upper[j] = 1
			m.b.integer[j], m.b.anyInt = true, true
		}
	}
	for k := 1; k < n; k += 2 {
		if err := m.entry(j, m.words[k], m.words[k+1]); err != nil {
			return err
		}
	}
	return nil
}

func (m *mpsReader) markerLine() error {
	last := m.words[len(m.words)-1]
	// In fixed format the keyword stands in the fifth field.
	switch kind := strings.Trim(last.text, "'"); {
	case kind == "INTORG" && !m.inMarker:
		m.inMarker = true
	case kind == "INTEND" && m.inMarker:
		m.inMarker = false
	default:
		return m.errorAt(last.at, BadLine, fmt.Sprintf("marker %s", last.text), "'INTORG' and 'INTEND' come in turn; other markers are not supported")
	}
	return nil
}

// entry stores one coefficient.
func (m *mpsReader) entry(j int, row, value word) error {
	i, ok := m.rows[row.text]
	if !ok {
		return m.unknownRow(row)
	}
	v, err := m.number(value)
	if err != nil {
		return err
	}
	switch {
	case i == rowDropped:
		return nil
	case i == rowObjective:
		if m.costed == j+1 {
			return m.duplicate(row, "cost of column "+m.colNames[j])
		}
		m.costed = j + 1
		m.b.AddCost(j, v)
		return nil
	case m.touched[i] == j+1:
		return m.duplicate(row, fmt.Sprintf("entry of column %q in row %q", m.colNames[j], row.text))
	}
	m.touched[i] = j + 1
	m.b.Add(i, j, v)
	return nil
}

func (m *mpsReader) unknownRow(w word) error {
	return m.errorAt(w.at, UnknownName, fmt.Sprintf("row %q is not in ROWS", w.text), "declare it or correct the name")
}

func (m *mpsReader) duplicate(w word, what string) error {
	return m.errorAt(w.at, DuplicateEntry, "second "+what, "readers differ on which one counts: keep one")
}

// oneSet refuses a second set of the section.
func (m *mpsReader) oneSet(w word) error {
	if w.text == "" {
		return nil
	}
	if old := m.sets[m.section]; old != "" && old != w.text {
		return m.errorAt(w.at, BadLine, fmt.Sprintf("second set %q after %q", w.text, old), "keep one set of right-hand sides, ranges and bounds")
	}
	m.sets[m.section] = w.text
	return nil
}

// sideLine reads a line of RHS or RANGES: "[set] row value [row value]".
func (m *mpsReader) sideLine() error {
	n := len(m.words)
	if n < 2 || n > 5 {
		return m.errorAt(m.words[0].at, BadLine, fmt.Sprintf("%d words where 2 to 5 are allowed", n), "write: [set] row value [row value]")
	}
	first := n % 2
	if first == 1 {
		if err := m.oneSet(m.words[0]); err != nil {
			return err
		}
	}
	for k := first; k < n; k += 2 {
		set := m.setRHS
		if m.section == mpsRanges {
			set = m.setRange
		}
		if err := set(m.words[k], m.words[k+1]); err != nil {
			return err
		}
	}
	return nil
}

func (m *mpsReader) setRHS(row, value word) error {
	i, ok := m.rows[row.text]
	if !ok {
		return m.unknownRow(row)
	}
	v, err := m.extended(value)
	if err != nil {
		return err
	}
	if i == rowDropped {
		return nil
	}
	if i == rowObjective {
		if m.hasOffset {
			return m.duplicate(row, "constant of the objective")
		}
		if math.IsInf(v, 0) {
			return m.badNumber(value)
		}
		m.hasOffset, m.offset = true, -v
		return nil
	}
	if m.hasRHS[i] {
		return m.duplicate(row, fmt.Sprintf("right-hand side of row %q", row.text))
	}
	if math.Abs(v) >= infinite {
		v = math.Inf(sign(v))
		if k := m.rowKind[i]; k == 'E' || k == 'L' && v < 0 || k == 'G' && v > 0 {
			return m.errorAt(value.at, BadNumber, fmt.Sprintf("right-hand side %s of %c row %q can never hold", value.text, k, row.text), "give a finite number")
		}
	}
	m.hasRHS[i], m.rhs[i] = true, v
	return nil
}

func (m *mpsReader) setRange(row, value word) error {
	i, ok := m.rows[row.text]
	if !ok {
		return m.unknownRow(row)
	}
	v, err := m.extended(value)
	if err != nil {
		return err
	}
	if i < 0 {
		return nil // a range of an N row means nothing
	}
	if m.hasRange[i] {
		return m.duplicate(row, fmt.Sprintf("range of row %q", row.text))
	}
	if math.Abs(v) >= infinite {
		v = math.Inf(sign(v))
	}
	m.hasRange[i], m.rng[i] = true, v
	return nil
}

func sign(v float64) int {
	if v < 0 {
		return -1
	}
	return 1
}

// semiContinuous makes rows of the semi-continuous columns.
func (m *mpsReader) semiContinuous() error {
	taken := map[string]bool{}
	for _, n := range m.rowNames {
		taken[n] = true
	}
	for _, s := range m.semi {
		more, err := m.b.semiContinuous(s, m.colNames[s.col], func(s semi, message, hint string) error {
			m.line = s.line
			return m.errorAt(s.at, UnsupportedBound, message, hint)
		})
		if err != nil {
			return err
		}
		name := freeName(more.column, m.cols)
		m.cols[name] = len(m.colNames)
		m.colNames = append(m.colNames, name)
		for _, n := range more.rows {
			m.rowNames = append(m.rowNames, uniqueName(n, taken))
		}
	}
	return nil
}

// problem puts everything together.
func (m *mpsReader) problem() (*Problem, error) {
	if m.objName != "" && !m.hasObj {
		m.line = m.objWord.line
		return nil, m.errorAt(m.objWord.at, UnknownName, fmt.Sprintf("OBJNAME %q is no N row", m.objName), "name a row of type N")
	}
	for i, kind := range m.rowKind {
		lower, upper := m.rhs[i], m.rhs[i]
		r := m.rng[i]
		switch {
		case kind == 'L':
			lower = math.Inf(-1)
			if m.hasRange[i] && !math.IsInf(upper, 0) {
				lower = upper - math.Abs(r)
			}
		case kind == 'G':
			upper = Inf
			if m.hasRange[i] && !math.IsInf(lower, 0) {
				upper = lower + math.Abs(r)
			}
		case r > 0:
			upper += r
		case r < 0:
			lower += r
		}
		m.b.Row(lower, upper)
	}
	if err := m.semiContinuous(); err != nil {
		return nil, err
	}
	m.b.p.Name, m.b.p.Sense, m.b.p.Offset = m.name, m.sense, m.offset
	p, err := m.b.Build()
	if err != nil {
		return nil, err
	}
	p.Names(m.colNames, m.rowNames)
	return p, nil
}
