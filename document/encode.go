package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"

	"headroom"
)

// Version is the version of every document. It goes up when a name or a meaning changes, not when one is added.
const Version = 1

// Schema says what a document is.
type Schema struct {
	Name    string `json:"name"` // "headroom." and what it is an answer to
	Version int    `json:"version"`
}

// SchemaOf is the schema of the documents of a name.
func SchemaOf(name string) Schema { return Schema{"headroom." + name, Version} }

// Marshal is the bytes of a document, indented, with a line end: its schema, the day that was asked for where it is not 0, and the
// members of v, a struct or a json.Marshaler that writes an object. It fails where v holds what JSON cannot.
func Marshal(name string, asOf headroom.Date, v any) ([]byte, error) {
	body, err := Compact(v)
	if err != nil {
		return nil, err
	}
	head, err := Compact(struct {
		Schema Schema `json:"schema"`
		AsOf   string `json:"as_of,omitempty"`
	}{SchemaOf(name), asOf.String()})
	if err != nil {
		return nil, err
	}
	if len(body) > len("{}") {
		head = append(append(head[:len(head)-1], ','), body[1:]...)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, head, "", "  "); err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// Compact is v as JSON without blanks: what is hashed.
func Compact(v any) ([]byte, error) {
	var b bytes.Buffer
	if err := Encode(&b, v); err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	return b.Bytes(), nil
}

// Encode appends the JSON of v. NaN and infinities become null, -0 becomes 0, a nil slice or map becomes an empty one, structs
// become objects of their json tags with embedded ones in line, and nothing is escaped that only HTML minds.
func Encode(b *bytes.Buffer, v any) error {
	if v == nil {
		b.WriteString("null")
		return nil
	}
	switch x := v.(type) {
	case headroom.Proof:
		return encodeProof(b, x, false)
	case json.Marshaler:
		if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
			b.WriteString("null")
			return nil
		}
		text, err := x.MarshalJSON()
		b.Write(text)
		return err
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Float64, reflect.Float32:
		f := r.Float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			b.WriteString("null")
			return nil
		}
		return plainly(b, f+0)
	case reflect.Pointer:
		if r.IsNil() {
			b.WriteString("null")
			return nil
		}
		return Encode(b, r.Elem().Interface())
	case reflect.Slice:
		b.WriteByte('[')
		for i := range r.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := Encode(b, r.Index(i).Interface()); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case reflect.Map:
		return encodeMap(b, r)
	case reflect.Struct:
		b.WriteByte('{')
		if err := encodeFields(b, r); err != nil {
			return err
		}
		b.WriteByte('}')
		return nil
	}
	return plainly(b, v)
}

// plainly appends what encoding/json makes of a value.
func plainly(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	if n := b.Len(); err == nil && b.Bytes()[n-1] == '\n' {
		b.Truncate(n - 1)
	}
	return err
}

// encodeMap appends a map, its keys sorted.
func encodeMap(b *bytes.Buffer, r reflect.Value) error {
	m := map[string]json.RawMessage{}
	for _, k := range r.MapKeys() {
		var value bytes.Buffer
		if err := Encode(&value, r.MapIndex(k).Interface()); err != nil {
			return err
		}
		m[fmt.Sprint(k.Interface())] = value.Bytes()
	}
	return plainly(b, m)
}

// encodeFields appends the members of a struct, without the braces.
func encodeFields(b *bytes.Buffer, r reflect.Value) error {
	for i := range r.NumField() {
		f := r.Type().Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		value := r.Field(i)
		switch {
		case !f.IsExported() || name == "-" || strings.Contains(options, "omitempty") && value.IsZero():
			continue
		case f.Anonymous && name == "":
			if value.Kind() == reflect.Pointer {
				if value.IsNil() {
					continue
				}
				value = value.Elem()
			}
			if err := encodeFields(b, value); err != nil {
				return err
			}
			continue
		case name == "":
			name = f.Name
		}
		if err := encodeMember(b, name, value.Interface()); err != nil {
			return err
		}
	}
	return nil
}

// encodeMember appends a member, after a comma where it is not the first.
func encodeMember(b *bytes.Buffer, name string, v any) error {
	if n := b.Len(); n > 0 && b.Bytes()[n-1] != '{' {
		b.WriteByte(',')
	}
	if err := plainly(b, name); err != nil {
		return err
	}
	b.WriteByte(':')
	if err := Encode(b, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// encodeProof appends a proof. A part that was not tried has a status and no numbers; the time it took, which is not the same twice, is
// told where it is asked for.
func encodeProof(b *bytes.Buffer, p headroom.Proof, timed bool) error {
	b.WriteByte('{')
	if p.Status == headroom.StatusNotTried || p.Status == headroom.StatusInterrupted && p.Stopped == "" {
		if err := encodeMember(b, "status", p.Status); err != nil {
			return err
		}
		b.WriteByte('}')
		return nil
	}
	var members bytes.Buffer
	r := reflect.ValueOf(p)
	for i := range r.NumField() {
		if name := r.Type().Field(i).Tag.Get("json"); name != "seconds" {
			if err := encodeMember(&members, name, r.Field(i).Interface()); err != nil {
				return err
			}
		}
	}
	if timed && p.Seconds > 0 {
		if err := encodeMember(&members, "seconds", p.Seconds); err != nil {
			return err
		}
	}
	b.Write(members.Bytes())
	b.WriteByte('}')
	return nil
}

// Timed is a proof that tells how long it took.
type Timed struct{ headroom.Proof }

// MarshalJSON writes the proof with its seconds, where there are any.
func (p Timed) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := encodeProof(&b, p.Proof, true)
	return b.Bytes(), err
}

// Number is a number that may not be there: NaN, in a document null.
type Number float64

// MarshalJSON writes the number, or null.
func (n Number) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := Encode(&b, float64(n))
	return b.Bytes(), err
}

// UnmarshalJSON reads a number, or null.
func (n *Number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = Number(math.NaN())
		return nil
	}
	return json.Unmarshal(text, (*float64)(n))
}
