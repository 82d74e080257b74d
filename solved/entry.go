package solved

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"errors"

	"headroom/lp"
)

// errDamaged is an entry that is not what was written.
var errDamaged = errors.New("the entry is damaged")

// encode writes an entry: the format, the checksum of what follows, the key, the answer.
func encode(k Key, r *lp.Result) ([]byte, error) {
	var body bytes.Buffer
	body.Write(k[:])
	if err := gob.NewEncoder(&body).Encode(r); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body.Bytes())
	out := make([]byte, 0, len(format)+len(sum)+body.Len())
	out = append(out, format...)
	out = append(out, sum[:]...)
	return append(out, body.Bytes()...), nil
}

// decode reads an entry.
func decode(k Key, data []byte) (*lp.Result, error) {
	rest, ok := bytes.CutPrefix(data, []byte(format))
	if !ok || len(rest) < 2*sha256.Size {
		return nil, errDamaged
	}
	sum, body := rest[:sha256.Size], rest[sha256.Size:]
	if got := sha256.Sum256(body); !bytes.Equal(sum, got[:]) || !bytes.Equal(body[:sha256.Size], k[:]) {
		return nil, errDamaged
	}
	var r lp.Result
	if err := gob.NewDecoder(bytes.NewReader(body[sha256.Size:])).Decode(&r); err != nil {
		return nil, errors.Join(errDamaged, err)
	}
	return &r, nil
}

// fits reports whether an answer has the shape of one to a programme.
func fits(p *lp.Problem, r *lp.Result) bool {
	is := func(list []float64, n int) bool { return len(list) == 0 || len(list) == n }
	return is(r.X, p.Cols()) && is(r.ColDual, p.Cols()) && is(r.RowDual, p.Rows()) && r.Stop >= lp.StopUnknown && r.Stop <= lp.StopError
}
