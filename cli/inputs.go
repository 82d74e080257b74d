package cli

import (
	"reflect"
	"slices"
	"strings"
	"unicode"

	"headroom"
	"headroom/table"
)

// inputs are the cells of a case as it is planned: by table, row key and column. A cell is a string, a number, a bool or a
// list of strings; a missing one is not there.
type inputs map[string]map[string]map[string]any

// unplanned are the tables that no plan depends on once the case is loaded.
var unplanned = []string{"assumption", "scenario", "change", "source", "claim", "binding", "outturn", "shock"}

// inputsOf reads the cells of a case but for those of the tables left out: defaults, assumptions and the scenario's changes
// are in.
func inputsOf(c *headroom.Case, without []string) inputs {
	in := inputs{"case": {c.ID: cells(reflect.ValueOf(c.Settings), "yaml")}}
	v := reflect.ValueOf(*c)
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() != reflect.Slice || f.Type().Elem().Kind() != reflect.Struct {
			continue
		}
		t := table.Lookup(snake(f.Type().Elem().Name()))
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

// inputsMember is the member of a saved run that holds the inputs.
func inputsMember(c *headroom.Case) member {
	return member{"inputs", map[string]map[string]map[string]any(inputsOf(c, unplanned))}
}

// knownMember is the member of a saved run that holds which claims others had replaced by then: what was known when a run was made is
// no news to it, whatever day it is.
func knownMember(c *headroom.Case) member { return member{"replaced_claims", replacedClaims(c)} }

// replacedClaims are the claims that others supersede or retract, sorted.
func replacedClaims(c *headroom.Case) []string {
	ids := []string{}
	for _, k := range c.Claims {
		ids = append(ids, slices.Concat(k.Supersedes, k.Retracts)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// number is a figure of a case, and whether it is there and is a number.
func (in inputs) number(r headroom.Ref) (float64, bool) {
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
		if x, ok := cellOf(v.Field(i)); ok {
			row[name] = x
		}
	}
	return row
}

// cellOf is the value of a field, or false where it is missing.
func cellOf(v reflect.Value) (any, bool) {
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

// snake turns VehicleLine into vehicle_line and FXRate into fx_rate.
func snake(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
