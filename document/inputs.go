package document

import (
	"reflect"
	"slices"

	"headroom"
	"headroom/table"
)

// Inputs are the cells of a case as it is planned: by table, row key and column. A cell is a string, a number, a bool or a
// list of strings; a missing one is not there.
type Inputs map[string]map[string]map[string]any

// Unplanned are the tables that no plan depends on once the case is loaded.
var Unplanned = []string{"assumption", "scenario", "change", "source", "claim", "binding", "outturn", "shock"}

// InputsOf reads the cells of a case but for those of the tables left out: defaults, assumptions and the scenario's changes
// are in.
func InputsOf(c *headroom.Case, without []string) Inputs {
	in := Inputs{"case": {c.ID: cells(reflect.ValueOf(c.Settings), "yaml")}}
	v := reflect.ValueOf(*c)
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() != reflect.Slice || f.Type().Elem().Kind() != reflect.Struct {
			continue
		}
		t := table.Lookup(headroom.NameOf(f.Type().Elem().Name()))
		if t == nil || slices.Contains(without, t.Name) {
			continue
		}
		rows := map[string]map[string]any{}
		for k := range f.Len() {
			if r, ok := f.Index(k).Interface().(interface{ Key() string }); ok {
				rows[r.Key()] = cells(f.Index(k), "col")
			}
		}
		in[t.Name] = rows
	}
	return in
}

// ReplacedClaims are the claims that others supersede or retract, sorted.
func ReplacedClaims(c *headroom.Case) []string {
	ids := []string{}
	for _, k := range c.Claims {
		ids = append(ids, slices.Concat(k.Supersedes, k.Retracts)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Number is a figure of a case, and whether it is there and is a number.
func (in Inputs) Number(r headroom.Ref) (float64, bool) {
	v, ok := in[r.Table][r.Key][r.Column].(float64)
	return v, ok
}

// cells are the fields of a row that have a value, by the names in their tags. Notes are left out.
func cells(v reflect.Value, tag string) map[string]any {
	row := map[string]any{}
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get(tag)
		if name == "" || name == "note" {
			continue
		}
		if x, ok := inputOf(v.Field(i)); ok {
			row[name] = x
		}
	}
	return row
}

// inputOf is the value of a field, or false where it is missing.
func inputOf(v reflect.Value) (any, bool) {
	switch x := v.Interface().(type) {
	case headroom.Opt:
		return x.Value, x.Set
	case headroom.Date:
		return x.String(), x != 0
	case []string:
		return x, len(x) > 0
	case []float64:
		return x, len(x) > 0
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), v.String() != ""
	case reflect.Float64:
		return v.Float(), true
	case reflect.Int:
		return float64(v.Int()), true
	case reflect.Bool:
		return v.Bool(), true
	}
	return nil, false
}
