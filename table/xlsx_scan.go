package table

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// cellForm is how a workbook holds what is in a cell.
type cellForm byte

// Forms of a cell. A number that is held as one has one reading, whatever it looks like; a text may have two.
const (
	formNone     cellForm = iota
	formNumber            // a number, or the number that a formula gave
	formText              // a text, or the text that a formula gave
	formBool              // TRUE or FALSE
	formUnstored          // a formula whose value is not stored
)

// sheetForms are the forms of the cells of a sheet, by row and column, both counted from 1.
type sheetForms map[int][]cellForm

// at is the form of a cell.
func (f sheetForms) at(row, col int) cellForm {
	if cells := f[row]; col >= 1 && col <= len(cells) {
		return cells[col-1]
	}
	return formNone
}

// wide is a row with empty cells as far as the last formula without a value, which the library leaves out.
func (f sheetForms) wide(stored []string, row int) []string {
	for col := len(f[row]); col > len(stored); col-- {
		if f.at(row, col) == formUnstored {
			return append(stored, make([]string, col-len(stored))...)
		}
	}
	return stored
}

// forms reads how the cells of a sheet are held, from its part of the workbook.
func (b *book) forms(sheet string) (sheetForms, error) {
	name, err := b.sheetPart(sheet)
	if err != nil {
		return nil, err
	}
	part, err := b.part(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = part.Close() }() // it was only read
	s := &sheetScan{d: xml.NewDecoder(part), out: sheetForms{}}
	return s.out, s.scan()
}

// part opens a part of the workbook by its name, whose case does not matter.
func (b *book) part(name string) (io.ReadCloser, error) {
	for _, f := range b.zip.File {
		if strings.EqualFold(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"), name) {
			return f.Open()
		}
	}
	return nil, fmt.Errorf("the part %s is missing", name)
}

// decodePart reads a part as XML.
func (b *book) decodePart(name string, v any) error {
	part, err := b.part(name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }() // it was only read
	return xml.NewDecoder(part).Decode(v)
}

// sheetPart is the part that holds a sheet: the list of sheets names a relation, and the list of relations its part.
func (b *book) sheetPart(sheet string) (string, error) {
	var list struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(b.decodePart("xl/workbook.xml", &list), b.decodePart("xl/_rels/workbook.xml.rels", &relations)); err != nil {
		return "", err
	}
	for _, s := range list.Sheets {
		if s.Name != sheet {
			continue
		}
		for _, a := range s.Attrs {
			for _, r := range relations.List {
				if a.Name.Local == "id" && r.ID == a.Value {
					if target, rooted := strings.CutPrefix(strings.ReplaceAll(r.Target, `\`, "/"), "/"); rooted {
						return target, nil
					}
					return path.Join("xl", r.Target), nil
				}
			}
		}
	}
	return "", fmt.Errorf("no part of the workbook is the sheet %q", sheet)
}

// sheetScan reads the cells of a sheet one after the other.
type sheetScan struct {
	d        *xml.Decoder
	out      sheetForms
	row, col int // of the cell that was read last
}

// scan reads to the end of the sheet, and no further than the rows and columns that a table may have.
func (s *sheetScan) scan() error {
	for s.row <= maxBookRows {
		token, err := s.d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "row":
			s.row, s.col = s.row+1, 0
			if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
				s.row = n
			}
		case "c":
			if err := s.cell(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// attr is an attribute of an element, "" where it has none of that name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// xmlCell is a cell of a sheet.
type xmlCell struct {
	Formula *struct{} `xml:"f"`
	Value   *string   `xml:"v"`
}

// cell reads a cell. A formula that gave an empty text has a value, which is empty.
func (s *sheetScan) cell(e xml.StartElement) error {
	s.col++
	if col, row, err := excelize.CellNameToCoordinates(attr(e, "r")); err == nil {
		s.col, s.row = col, row
	}
	var c xmlCell
	if err := s.d.DecodeElement(&c, &e); err != nil {
		return err
	}
	if s.col > maxColumns || s.row > maxBookRows {
		return nil
	}
	form := formNone
	switch kind := attr(e, "t"); {
	case c.Formula != nil && (c.Value == nil || *c.Value == "" && kind != "str"):
		form = formUnstored
	case kind == "b":
		form = formBool
	case kind == "" || kind == "n":
		if c.Value != nil {
			form = formNumber
		}
	default:
		form = formText
	}
	if form != formNone {
		for len(s.out[s.row]) < s.col {
			s.out[s.row] = append(s.out[s.row], formNone)
		}
		s.out[s.row][s.col-1] = form
	}
	return nil
}
