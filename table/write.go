package table

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"headroom"
	"headroom/internal/files"
)

// encodeCSV writes rows with as few quotes as can be.
func encodeCSV(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a buffer does not fail
	return b.Bytes()
}

// Write writes a case that a program made into a folder, which it makes where it is not there. Each file has the columns
// that differ from their defaults in some row; cells that an assumption fills are left empty. Files of tables that are empty
// are not written, and what else is in the folder stays.
func Write(dir string, c *headroom.Case) error {
	var list []files.File
	for _, t := range schema {
		rows := encodeTable(t, c)
		if len(rows) < 2 {
			continue
		}
		data := encodeCSV(rows)
		if t.Name == caseTable {
			data = encodeYAML(rows)
		}
		list = append(list, files.File{Name: t.File(), Data: data})
	}
	if err := files.Replace(dir, list); err != nil {
		return fmt.Errorf("write case: %w", err)
	}
	return nil
}

// encodeYAML writes the one row of a table as fields.
func encodeYAML(rows [][]string) []byte {
	var doc yaml.Node
	doc.Kind = yaml.MappingNode
	for i, name := range rows[0] {
		value := &yaml.Node{Kind: yaml.ScalarNode, Value: rows[1][i]}
		if t := Lookup(caseTable); t.Columns[t.Index(name)].Kind == KindText {
			value.SetString(rows[1][i])
		}
		doc.Content = append(doc.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: name}, value)
	}
	data, err := yaml.Marshal(&doc)
	if err != nil {
		panic(fmt.Sprintf("case.yaml: %v", err)) // scalars can be written
	}
	return data
}

// tableRows returns the rows of a table in a Case as structs.
func tableRows(t *Table, c *headroom.Case) []reflect.Value {
	if t.Name == caseTable {
		return []reflect.Value{reflect.ValueOf(c.Settings)}
	}
	slice, ok := slicesOf(reflect.ValueOf(*c))[t.Name]
	if !ok {
		return nil
	}
	var out []reflect.Value
	for i := range slice.Len() {
		out = append(out, slice.Index(i))
	}
	return out
}

// tableOf is the table of a struct type: ShiftPattern has shift_pattern.
func tableOf(t reflect.Type) string {
	if t == reflect.TypeFor[headroom.FXRate]() {
		return "fx_rate"
	}
	var b strings.Builder
	for i, r := range t.Name() {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// encodeTable makes the header and the rows of a table.
func encodeTable(t *Table, c *headroom.Case) [][]string {
	var cells [][]string
	wanted := make([]bool, len(t.Columns))
	for i, col := range t.Columns {
		wanted[i] = col.Key && col.Required || col.Required && col.Default == ""
	}
	for _, v := range tableRows(t, c) {
		row := encodeRow(t, c, v)
		for i, cell := range row {
			wanted[i] = wanted[i] || cell != ""
		}
		cells = append(cells, row)
	}
	rows := make([][]string, len(cells)+1)
	for i, col := range t.Columns {
		if !wanted[i] {
			continue
		}
		rows[0] = append(rows[0], col.Name)
		for j := range cells {
			rows[j+1] = append(rows[j+1], cells[j][i])
		}
	}
	return rows
}

// encodeRow writes the cells of a struct; what an assumption fills is empty, and so are defaults that rest on nothing.
func encodeRow(t *Table, c *headroom.Case, v reflect.Value) []string {
	fields := fieldIndex(v.Type())
	row := make([]string, len(t.Columns))
	for i, col := range t.Columns {
		if f, ok := fields[col.Name]; ok {
			row[i] = encodeCell(col, v.Field(f))
		}
	}
	var key []string
	for _, k := range t.Keys {
		key = append(key, row[k])
	}
	full := append([]string(nil), row...)
	for i, col := range t.Columns {
		ref := headroom.Ref{Table: t.Name, Key: strings.Join(key, ":"), Column: col.Name}
		_, labelled := c.Labels[ref]
		if filled(c, ref, row[i]) || !labelled && row[i] == defaultOf(t, col, c, full) {
			row[i] = ""
		}
	}
	return row
}

// defaultOf is the default of a column in a row whose cells are full.
func defaultOf(t *Table, col *Column, c *headroom.Case, full []string) string {
	switch name, isRef := strings.CutPrefix(col.Default, "="); {
	case !isRef:
		return canonicalCell(col, col.Default)
	case name == "base_currency":
		return c.BaseCurrency
	case name == "price_year":
		return strconv.Itoa(c.PriceYear)
	default:
		return full[t.Index(name)]
	}
}

// filled reports whether an assumption of the case fills a cell with its value.
func filled(c *headroom.Case, ref headroom.Ref, cell string) bool {
	label := c.Labels[ref]
	if label.Basis != headroom.BasisAssumption {
		return false
	}
	for _, a := range c.Assumptions {
		if a.ID == label.Assumption {
			return a.Value == cell
		}
	}
	return false
}

// encodeCell writes a field as a cell.
func encodeCell(col *Column, f reflect.Value) string {
	switch v := f.Interface().(type) {
	case headroom.Opt:
		if !v.Set {
			return ""
		}
		return encodeNumber(col, v.Value)
	case float64:
		return encodeNumber(col, v)
	case headroom.Date:
		return v.String()
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case int:
		if v == 0 && col.Default == "" {
			return "" // a missing year
		}
		return strconv.Itoa(v)
	case []string:
		return strings.Join(v, " ")
	case []float64:
		var words []string
		for _, x := range v {
			words = append(words, encodeNumber(col, x))
		}
		return strings.Join(words, " ")
	}
	return f.String()
}

// encodeNumber writes a number, a percentage that may be taken for a fraction with its sign.
func encodeNumber(col *Column, v float64) string {
	if col.Kind == KindPercent {
		return canonicalWord(col, formatNumber(v)+"%")
	}
	return col.format(v)
}
