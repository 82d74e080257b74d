package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"

	"headroom"
)

// schemaVersion is the version of every JSON document. It goes up when a name or a meaning changes, not when one is added.
const schemaVersion = 1

// object is a JSON object whose members stay in their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := encode(&b, m.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := encode(&b, tame(m.value)); err != nil {
			return nil, fmt.Errorf("%s: %w", m.name, err)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode appends the JSON of v, without escaping what only HTML minds.
func encode(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	if n := b.Len(); err == nil && b.Bytes()[n-1] == '\n' {
		b.Truncate(n - 1)
	}
	return err
}

// tame makes a value fit for JSON: NaN and infinities become null, -0 becomes 0, a nil slice or map becomes an empty one.
// Structs become objects by their json tags. Everything else stays.
func tame(v any) any {
	if v == nil {
		return nil
	}
	switch x := v.(type) {
	case json.Marshaler:
		return v
	case headroom.Proof:
		return proofObject(x)
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Float64, reflect.Float32:
		f := r.Float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return nil
		}
		return f + 0
	case reflect.Pointer:
		if r.IsNil() {
			return nil
		}
		return tame(r.Elem().Interface())
	case reflect.Slice:
		list := make([]any, r.Len())
		for i := range list {
			list[i] = tame(r.Index(i).Interface())
		}
		return list
	case reflect.Map:
		m := map[string]any{}
		for _, k := range r.MapKeys() {
			m[fmt.Sprint(k.Interface())] = tame(r.MapIndex(k).Interface())
		}
		return m
	case reflect.Struct:
		return structObject(r)
	}
	return v
}

// structObject is the object of a struct: the exported fields under the names of their json tags, embedded structs in line.
func structObject(r reflect.Value) object {
	o := object{}
	for i := range r.NumField() {
		f := r.Type().Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported() || name == "-":
			continue
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			o = append(o, structObject(r.Field(i))...)
			continue
		case strings.Contains(options, "omitempty") && r.Field(i).IsZero():
			continue
		case name == "":
			name = f.Name
		}
		o = append(o, member{name, r.Field(i).Interface()})
	}
	return o
}

// structObjectOf is the object of a struct.
func structObjectOf(v any) object { return structObject(reflect.ValueOf(v)) }

// without is the object without a member.
func (o object) without(name string) object {
	var out object
	for _, m := range o {
		if m.name != name {
			out = append(out, m)
		}
	}
	return out
}

// schema is the head of a document.
func schema(name string) member {
	return member{"schema", object{{"name", "headroom." + name}, {"version", schemaVersion}}}
}

// document is the bytes of a JSON document of the given name, indented, with a line end.
func document(name string, o object) ([]byte, error) {
	compact, err := append(object{schema(name)}, o...).MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, compact, "", "  "); err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// writeJSON makes the document the result of the command.
func (a *app) writeJSON(name string, o object) {
	if a.asOf != 0 {
		o = append(object{{"as_of", a.asOf.String()}}, o...)
	}
	b, err := document(name, o)
	if err != nil { // a value that JSON cannot hold: a programmer's error
		panic(err)
	}
	a.doc.Write(b)
}
