package cli

import (
	"bytes"
	"fmt"

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

// writeJSON makes the document the result of the command.
func (a *app) writeJSON(name string, v any) {
	b, err := document.Marshal(name, a.asOf, v)
	if err != nil { // a value that JSON cannot hold: a programmer's error
		panic(err)
	}
	a.doc.Write(b)
}
