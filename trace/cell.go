package trace

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"headroom"
)

// Row has the cells of a row by column: numbers as float64, everything else as text. A missing cell is not there.
type Row map[string]any

// text is a cell as text, "" where it is missing.
func (r Row) text(column string) string { return cellString(r[column]) }

// cellString is a cell as it stands in keys.
func cellString(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// rowsOf reads the tables of a case: by table and key of the row.
func rowsOf(c *headroom.Case) map[string]map[string]Row {
	out := map[string]map[string]Row{"case": {c.ID: structRow(reflect.ValueOf(c.Settings), "yaml")}}
	v := reflect.ValueOf(*c)
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() != reflect.Slice || f.Type().Elem().Kind() != reflect.Struct {
			continue
		}
		rows := map[string]Row{}
		for k := range f.Len() {
			if r, ok := f.Index(k).Interface().(interface{ Key() string }); ok {
				rows[r.Key()] = structRow(f.Index(k), "col")
			}
		}
		if len(rows) > 0 {
			out[headroom.NameOf(f.Type().Elem().Name())] = rows
		}
	}
	return out
}

// structRow has the fields of a struct that have a value, by the names in their tags.
func structRow(v reflect.Value, tag string) Row {
	row := Row{}
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get(tag), ",")
		if name == "" || name == "-" {
			continue
		}
		if x := cellValue(v.Field(i)); x != nil {
			row[name] = x
		}
	}
	return row
}

// cellValue is a field as a cell, nil where it is missing.
func cellValue(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case headroom.Opt:
		if !x.Set {
			return nil
		}
		return x.Value
	case headroom.Date:
		if x == 0 {
			return nil
		}
		return x.String()
	case []string:
		if len(x) == 0 {
			return nil
		}
		return strings.Join(x, " ")
	case []float64:
		words := make([]string, len(x))
		for i, f := range x {
			words[i] = cellString(f)
		}
		if len(words) == 0 {
			return nil
		}
		return strings.Join(words, " ")
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return cellValue(v.Elem())
	case reflect.String:
		return v.String()
	case reflect.Float64:
		return v.Float()
	case reflect.Int, reflect.Int64:
		return float64(v.Int())
	case reflect.Bool:
		if v.Bool() {
			return "yes"
		}
		return "no"
	}
	return nil
}

// asNumber is a text as a number where it is one, nil where it is empty.
func asNumber(s string) any {
	if s == "" {
		return nil
	}
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		return v
	}
	return s
}

// splitRef takes a reference apart at its first and its last slash.
func splitRef(ref string) headroom.Ref {
	table, rest, _ := strings.Cut(ref, "/")
	at := strings.LastIndexByte(rest, '/')
	if at < 0 {
		return headroom.Ref{Table: table, Key: rest}
	}
	return headroom.Ref{Table: table, Key: rest[:at], Column: rest[at+1:]}
}

// unitOf is the unit of a cell, with the currency of its row.
func (t *Tracer) unitOf(ref headroom.Ref, row Row) string {
	unit := t.unit(ref.Table, ref.Column)
	currency := row.text("currency")
	if currency == "" {
		currency = t.c.BaseCurrency
	}
	switch {
	case unit == "m" || strings.HasPrefix(unit, "m/"):
		return currency + " " + unit
	case unit == "ccy" || strings.HasPrefix(unit, "ccy/"):
		return currency + unit[len("ccy"):]
	case unit == "by kind":
		return row.text("unit")
	}
	return unit
}

// unitFor is the unit of a value, which may carry its own.
func unitFor(v any, unit string) string {
	if text, ok := v.(string); ok && strings.HasSuffix(text, "%") {
		return ""
	}
	return unit
}

// distinct is a list without what stands in it before.
func distinct(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// inOrder are the keys of a map in order.
func inOrder[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
