package cli

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"

	"headroom/document"
)

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
		if err := document.Encode(&b, m.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := document.Encode(&b, m.value); err != nil {
			return nil, fmt.Errorf("%s: %w", m.name, err)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// structObjectOf is the object of a struct: the exported fields under the names of their json tags, embedded structs in line.
func structObjectOf(v any) object { return structObject(reflect.ValueOf(v)) }

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

// writeJSON makes the document the result of the command.
func (a *app) writeJSON(name string, v any) {
	b, err := document.Marshal(name, a.asOf, v)
	if err != nil { // a value that JSON cannot hold: a programmer's error
		panic(err)
	}
	a.doc.Write(b)
}
