package solved

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"

	"headroom/lp"
)

// Key names a question to a solver: equal keys have equal answers.
type Key [sha256.Size]byte

// String is the key in hexadecimal digits.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// format is the version of keys and entries; another one makes every entry a miss.
const format = "headroom solved 1\n"

// KeyOf is the key of a programme, a solver and the options of a solve.
func KeyOf(i lp.Info, p *lp.Problem, o lp.Options) Key {
	h := keyHash{Hash: sha256.New()}
	h.text(format)
	h.text(i.Name)
	h.text(i.Version)
	h.text(i.Backend)
	gap := o.Gap
	if gap == 0 {
		gap = lp.GapDefault
	}
	h.floats([]float64{gap, o.AbsGap})
	for _, n := range []int{o.Nodes, max(1, o.Seed), max(1, o.Threads), bit(o.NoPresolve), o.PresolveRuleOff, bit(o.FlowBalance), int(p.Sense)} {
		h.int(n)
	}
	h.floats(o.Start)
	h.floats([]float64{p.Offset})
	for _, list := range [][]float64{p.Cost, p.Lower, p.Upper, p.RowLower, p.RowUpper, p.Value} {
		h.floats(list)
	}
	h.ints(p.Start)
	h.ints(p.Index)
	kinds := make([]byte, p.Cols())
	for j := range kinds {
		kinds[j] = byte(bit(p.IsInteger(j)))
	}
	h.text(string(kinds))
	return Key(h.Sum(nil))
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// keyHash hashes values with their lengths, so that no two lists of values look alike.
type keyHash struct {
	hash.Hash
	buf []byte
}

func (h *keyHash) flush() {
	_, _ = h.Write(h.buf) // a hash does not fail
	h.buf = h.buf[:0]
}

func (h *keyHash) int(n int) {
	h.buf = binary.LittleEndian.AppendUint64(h.buf, uint64(n)) //nolint:gosec // the bits are hashed, not counted with
	h.flush()
}

func (h *keyHash) text(s string) {
	h.int(len(s))
	_, _ = h.Write([]byte(s))
}

func (h *keyHash) floats(list []float64) {
	h.int(len(list))
	for _, v := range list {
		h.buf = binary.LittleEndian.AppendUint64(h.buf, math.Float64bits(v))
	}
	h.flush()
}

func (h *keyHash) ints(list []int32) {
	h.int(len(list))
	for _, v := range list {
		h.buf = binary.LittleEndian.AppendUint32(h.buf, uint32(v)) //nolint:gosec // as above
	}
	h.flush()
}
