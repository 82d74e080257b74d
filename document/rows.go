package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"

	"headroom"
	"headroom/table"
)

// Table is a table of results: what JSON, CSV and the screen are written from. A cell is a string, a float64, an int or a bool, or
// nil where there is nothing.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]any
}

// Rows are the rows of a table of results: a column for each json tag of T, and five of a proof.
type Rows[T any] []T

// proofColumns are the columns of a proof, after the name of its own.
var proofColumns = []string{"_status", "_value", "_bound", "_gap", "_stopped"}

// TableOf makes a table of structs.
func TableOf[T any](name string, rows []T) Table { return Rows[T](rows).Table(name) }

// Table is the table under a name.
func (rows Rows[T]) Table(name string) Table {
	g := Table{Name: name}
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if t.Field(i).Type == reflect.TypeFor[headroom.Proof]() {
			for _, c := range proofColumns {
				g.Columns = append(g.Columns, tag+c)
			}
			continue
		}
		g.Columns = append(g.Columns, tag)
	}
	for _, r := range rows {
		v := reflect.ValueOf(r)
		row := make([]any, 0, len(g.Columns))
		for i := range t.NumField() {
			if p, ok := v.Field(i).Interface().(headroom.Proof); ok {
				row = append(row, string(p.Status), p.Value, p.Bound, p.Gap, p.Stopped)
				continue
			}
			row = append(row, cellOf(v.Field(i)))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// cellOf is a field as string, float64, int or bool, or nil where it is missing.
func cellOf(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return cellOf(v.Elem())
	case reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return v.Interface()
	case reflect.String:
		return v.String()
	case reflect.Float64:
		return v.Float()
	case reflect.Int, reflect.Int64:
		return int(v.Int())
	case reflect.Bool:
		return v.Bool()
	}
	return fmt.Sprint(v.Interface())
}

// MarshalJSON writes the rows as objects.
func (rows Rows[T]) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := Encode(&b, rows.Table("").Objects())
	return b.Bytes(), err
}

// UnmarshalJSON reads rows that were written. A number that is not there is NaN; of a proof what its columns tell is known.
func (rows *Rows[T]) UnmarshalJSON(text []byte) error {
	var list []map[string]json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	out := make(Rows[T], len(list))
	for i, cells := range list {
		if err := readRow(reflect.ValueOf(&out[i]).Elem(), cells); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	*rows = out
	return nil
}

// readRow sets the fields of a row.
func readRow(v reflect.Value, cells map[string]json.RawMessage) error {
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if p, ok := v.Field(i).Addr().Interface().(*headroom.Proof); ok {
			*p = headroom.NotTried()
			for k, to := range []any{&p.Status, (*Number)(&p.Value), (*Number)(&p.Bound), (*Number)(&p.Gap), &p.Stopped} {
				if err := readCell(cells[name+proofColumns[k]], to); err != nil {
					return fmt.Errorf("%s: %w", name+proofColumns[k], err)
				}
			}
			continue
		}
		to := v.Field(i).Addr().Interface()
		if f, ok := to.(*float64); ok {
			*f, to = math.NaN(), (*Number)(f)
		}
		if err := readCell(cells[name], to); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// readCell reads one cell, which may not be there.
func readCell(text json.RawMessage, to any) error {
	if text == nil {
		return nil
	}
	return json.Unmarshal(text, to)
}

// Objects are the rows as objects, for JSON.
func (g Table) Objects() []Object {
	list := make([]Object, len(g.Rows))
	for i, r := range g.Rows {
		list[i] = Object{g.Columns, r}
	}
	return list
}

// Object is a row as an object, its members in the order of the columns.
type Object struct {
	names  []string
	values []any
}

// MarshalJSON writes the members in order.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, v := range o.values {
		if err := encodeMember(&b, o.names[i], v); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// tabular is a table by type.
type tabular interface{ Table(name string) Table }

// TablesOf are the tables of a struct of Rows, by their json tags, those of embedded structs in line.
func TablesOf(v any) []Table {
	var out []Table
	r := reflect.ValueOf(v)
	for i := range r.NumField() {
		f := r.Field(i)
		if f.Kind() == reflect.Pointer && f.IsNil() {
			continue
		}
		switch t := f.Interface().(type) {
		case tabular:
			out = append(out, t.Table(r.Type().Field(i).Tag.Get("json")))
		default:
			out = append(out, TablesOf(reflect.Indirect(f).Interface())...)
		}
	}
	return out
}

// CSV is the table as a CSV file. A number that is not there is an empty field.
func (g Table) CSV() ([]byte, error) {
	rows := make([][]any, len(g.Rows))
	for i, r := range g.Rows {
		rows[i] = make([]any, len(r))
		for j, v := range r {
			rows[i][j] = Field(v)
		}
	}
	var b bytes.Buffer
	err := table.WriteRows(&b, g.Columns, rows)
	return b.Bytes(), err
}

// Field is a value as the tables of a case have it: yes and no, nothing for a number that is not there.
func Field(v any) any {
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case []string:
		return strings.Join(v, " ")
	}
	return v
}
