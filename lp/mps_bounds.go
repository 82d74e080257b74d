package lp

import (
	"fmt"
	"math"
)

const (
	lowerGiven uint8 = 1
	upperGiven uint8 = 2
)

// boundLine reads "type [set] column [value]".
func (m *mpsReader) boundLine() error {
	kind := m.words[0]
	switch kind.text {
	case "LO", "UP", "FX", "LI", "UI", "SC", "SI":
		return m.valuedBound(kind)
	case "FR", "MI", "PL", "BV":
		return m.plainBound(kind)
	case "SN":
		return m.errorAt(kind.at, UnsupportedBound, "bound SN makes a semi-continuous column of unknown upper bound", "write SC and its largest value")
	}
	return m.errorAt(kind.at, UnsupportedBound, fmt.Sprintf("bound type %q", kind.text), "use LO, UP, FX, FR, MI, PL, BV, LI, UI, SC or SI")
}

func (m *mpsReader) valuedBound(kind word) error {
	var set, col, value word
	switch len(m.words) {
	case 4:
		set, col, value = m.words[1], m.words[2], m.words[3]
	case 3:
		col, value = m.words[1], m.words[2]
		if m.fixed {
			set, col, value = m.words[1], m.words[2], word{at: len(m.current)}
		}
	default:
		return m.errorAt(kind.at, BadLine, fmt.Sprintf("%d words where bound %s has 3 or 4", len(m.words), kind.text), "write: type [set] column value")
	}
	j, err := m.boundColumn(set, col)
	if err != nil {
		return err
	}
	v, err := m.extended(value)
	if err != nil {
		return err
	}
	if math.Abs(v) >= infinite {
		v = math.Inf(sign(v))
	}
	never := math.IsInf(v, 0)
	switch kind.text {
	case "LO", "LI":
		never = math.IsInf(v, 1)
	case "UP", "UI":
		never = math.IsInf(v, -1)
	case "SC", "SI":
		if never || v == 0 {
			return m.errorAt(value.at, UnsupportedBound, fmt.Sprintf("semi-continuous column %q has no finite upper bound (%s)", col.text, value.text), "give the largest value that it can have")
		}
		m.semi = append(m.semi, semi{j, m.line, col.at})
	}
	if never {
		return m.errorAt(value.at, BadNumber, fmt.Sprintf("bound %s %s of column %q can never hold", kind.text, value.text, col.text), "give a finite number")
	}
	switch kind.text {
	case "LI", "UI", "SI":
		m.b.integer[j], m.b.anyInt = true, true
	}
	switch kind.text {
	case "LO", "LI":
		return m.setBound(j, col, lowerGiven, v, 0)
	case "UP", "UI", "SC", "SI":
		return m.setBound(j, col, upperGiven, 0, v)
	default:
		return m.setBound(j, col, lowerGiven|upperGiven, v, v)
	}
}

// plainBound reads a bound without a value; a value that stands there all the same must be a number and is ignored.
func (m *mpsReader) plainBound(kind word) error {
	var set, col, value word
	switch n := len(m.words); {
	case n == 2:
		col = m.words[1]
	case n == 3:
		set, col = m.words[1], m.words[2]
		// "BV Y0 1": no set, and a value.
		if _, ok := m.cols[col.text]; !ok && !m.fixed {
			if _, ok := m.cols[set.text]; ok {
				set, col, value = word{}, m.words[1], m.words[2]
			}
		}
	case n == 4:
		set, col, value = m.words[1], m.words[2], m.words[3]
	default:
		return m.errorAt(kind.at, BadLine, fmt.Sprintf("%d words where bound %s has 2 to 4", n, kind.text), "write: type [set] column")
	}
	j, err := m.boundColumn(set, col)
	if err != nil {
		return err
	}
	if value.text != "" {
		if _, err := m.extended(value); err != nil {
			return err
		}
	}
	switch kind.text {
	case "MI":
		return m.setBound(j, col, lowerGiven, math.Inf(-1), 0)
	case "PL":
		return m.setBound(j, col, upperGiven, 0, Inf)
	case "FR":
		return m.setBound(j, col, lowerGiven|upperGiven, math.Inf(-1), Inf)
	default: // BV
		m.b.integer[j], m.b.anyInt = true, true
		return m.setBound(j, col, lowerGiven|upperGiven, 0, 1)
	}
}

func (m *mpsReader) boundColumn(set, col word) (int, error) {
	if err := m.oneSet(set); err != nil {
		return 0, err
	}
	j, ok := m.cols[col.text]
	if !ok {
		return 0, m.errorAt(col.at, UnknownName, fmt.Sprintf("column %q is not in COLUMNS", col.text), "write: type [set] column value")
	}
	return j, nil
}

// setBound sets the sides of which; a side that was given before may only be given the same value again.
func (m *mpsReader) setBound(j int, col word, which uint8, lower, upper float64) error {
	p := &m.b.p
	if m.binary[j] {
		m.binary[j] = false
		p.Upper[j] = Inf
	}
	again := which & m.bounded[j]
	if again&lowerGiven != 0 && p.Lower[j] != lower || again&upperGiven != 0 && p.Upper[j] != upper {
		return m.duplicate(col, fmt.Sprintf("bound of column %q", col.text))
	}
	m.bounded[j] |= which
	if which&lowerGiven != 0 {
		p.Lower[j] = lower
	}
	if which&upperGiven != 0 {
		p.Upper[j] = upper
	}
	return nil
}
