package cli

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"headroom"
	"headroom/table"
)

// grid is a table of results: what JSON, CSV and the screen are written from.
type grid struct {
	name    string
	columns []string
	rows    [][]any
}

// gridOf makes a grid of structs: one column per json tag, and five of a proof.
func gridOf[T any](name string, rows []T) grid {
	g := grid{name: name}
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if t.Field(i).Type == reflect.TypeFor[headroom.Proof]() {
			g.columns = append(g.columns, tag+"_status", tag+"_value", tag+"_bound", tag+"_gap", tag+"_stopped")
			continue
		}
		g.columns = append(g.columns, tag)
	}
	for _, r := range rows {
		v := reflect.ValueOf(r)
		row := make([]any, 0, len(g.columns))
		for i := range t.NumField() {
			if p, ok := v.Field(i).Interface().(headroom.Proof); ok {
				row = append(row, string(p.Status), p.Value, p.Bound, p.Gap, p.Stopped)
				continue
			}
			row = append(row, plain(v.Field(i)))
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// plain is a field as string, float64, int or bool, or nil where it is missing.
func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem())
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

// objects are the rows as JSON objects.
func (g grid) objects() []object {
	list := make([]object, len(g.rows))
	for i, r := range g.rows {
		list[i] = make(object, len(r))
		for j, v := range r {
			list[i][j] = member{g.columns[j], v}
		}
	}
	return list
}

// csv is the grid as a CSV file. A missing number is an empty field.
func (g grid) csv() ([]byte, error) {
	rows := make([][]any, len(g.rows))
	for i, r := range g.rows {
		rows[i] = make([]any, len(r))
		for j, v := range r {
			rows[i][j] = field(v)
		}
	}
	var b bytes.Buffer
	err := table.WriteRows(&b, g.columns, rows)
	return b.Bytes(), err
}

// field is a value as the tables of a case have it: yes and no, nothing for a number that is not there.
func field(v any) any {
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

// exact is the shortest decimal that reads back to v, without an exponent where that is readable; "" for NaN and infinities.
func exact(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return ""
	case v == 0:
		return "0"
	case math.Abs(v) >= 1e15 || math.Abs(v) < 1e-6:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
