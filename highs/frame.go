package highs

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"unsafe"

	"headroom/lp"
)

// The frames between this process and the child, see child/child.c. Numbers are little-endian.
//
//	parent to child
//	"JOB " cols, rows, nonzeros, sense (1 or -1), has integers, has start, bytes of options, wants log (int32 each),
//	       offset (float64), number (int64); cost, lower, upper, row lower, row upper, values, start solution (float64);
//	       column starts, row indices, integrality (int32); options
//	"STOP" number (int64): stop that job softly
//
//	child to parent
//	"HELO" protocol, size of HighsInt, version in three parts, 0 (int32 each)
//	"TEXT" a part of the log
//	"PROG" number, nodes (int64); seconds, primal bound, dual bound, objective (float64)
//	"BEST" the same, then the solution (float64 per column)
//	"DONE" answerHead, then solution, column duals, row duals
//	"FAIL" why there is no answer
//
// The checksum is only filled in from child to parent: the child trusts its parent, not the other way round.
const (
	frameMagic    = 0x314d5248
	frameProtocol = 2
	frameHead     = 24
	helloSize     = 24
	progressSize  = 48
	doneSize      = 64
	textMost      = 64 << 10
)

// littleEndian reports whether memory can be sent as it is.
func littleEndian() bool {
	one := uint16(1)
	return *(*byte)(unsafe.Pointer(&one)) == 1
}

// bytesOf is the memory of s, without a copy.
func bytesOf[T int32 | float64](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), len(s)*int(unsafe.Sizeof(s[0])))
}

// checksum continues h over data, whose length is a multiple of 8 except in the last part of a payload.
func checksum(h uint64, data []byte) uint64 {
	for len(data) >= 8 {
		h = (h ^ binary.LittleEndian.Uint64(data)) * 1099511628211
		h ^= h >> 32
		data = data[8:]
	}
	if len(data) > 0 {
		var tail [8]byte
		copy(tail[:], data)
		h = (h ^ binary.LittleEndian.Uint64(tail[:])) * 1099511628211
		h ^= h >> 32
	}
	return h
}

const checksumStart = 14695981039346656037

// putHead writes the head of a frame.
func putHead(b []byte, kind string, length int, sum uint64) {
	binary.LittleEndian.PutUint32(b, frameMagic)
	copy(b[4:8], kind)
	binary.LittleEndian.PutUint64(b[8:], uint64(length))
	binary.LittleEndian.PutUint64(b[16:], sum)
}

// writeJob sends a job.
func writeJob(w io.Writer, j *job, number int64) error {
	p := j.p
	var integer []int32
	if p.Integers() > 0 {
		integer = make([]int32, p.Cols())
		for k, is := range p.Integer {
			if is {
				integer[k] = 1
			}
		}
	}
	starts := p.Start
	if len(starts) == 0 {
		starts = []int32{0}
	}
	options := encodeOptions(j.options)
	parts := [][]byte{
		bytesOf(p.Cost), bytesOf(p.Lower), bytesOf(p.Upper), bytesOf(p.RowLower), bytesOf(p.RowUpper), bytesOf(p.Value),
		bytesOf(j.start), bytesOf(starts), bytesOf(p.Index), bytesOf(integer), options,
	}
	var head [frameHead + 48]byte
	length := 48
	for _, part := range parts {
		length += len(part)
	}
	putHead(head[:], "JOB ", length, 0)
	flag := map[bool]int{true: 1}
	sense := 1
	if p.Sense == lp.Maximize {
		sense = -1
	}
	for k, v := range []int{
		p.Cols(), p.Rows(), p.Nonzeros(), sense, flag[integer != nil], flag[j.start != nil], len(options), flag[j.text != nil],
	} {
		binary.LittleEndian.PutUint32(head[frameHead+4*k:], uint32(int32(v)))
	}
	binary.LittleEndian.PutUint64(head[frameHead+32:], math.Float64bits(p.Offset))
	binary.LittleEndian.PutUint64(head[frameHead+40:], uint64(number))
	b := bufio.NewWriterSize(w, 64<<10)
	b.Write(head[:]) //nolint:errcheck // Flush tells
	for _, part := range parts {
		b.Write(part) //nolint:errcheck // Flush tells
	}
	return b.Flush()
}

// stopFrame is the frame that asks to stop a job.
func stopFrame(number int64) []byte {
	b := make([]byte, frameHead+8)
	putHead(b, "STOP", 8, 0)
	binary.LittleEndian.PutUint64(b[frameHead:], uint64(number))
	return b
}

// frameReader reads the child's frames; nothing the child sends makes it allocate more than the problem's size allows.
type frameReader struct {
	r    *bufio.Reader
	head [frameHead]byte
}

// errGarbage is part of every error about bytes that are no frame.
var errGarbage = errors.New("the child sent garbage")

// next reads a head: its kind, the payload's length and its checksum.
func (f *frameReader) next() (kind string, length int, sum uint64, err error) {
	if _, err := io.ReadFull(f.r, f.head[:]); err != nil {
		return "", 0, 0, err
	}
	n := binary.LittleEndian.Uint64(f.head[8:])
	if binary.LittleEndian.Uint32(f.head[:]) != frameMagic || n > 1<<40 {
		return "", 0, 0, fmt.Errorf("%w: %q is no frame", errGarbage, f.head[:8])
	}
	return string(f.head[4:8]), int(n), binary.LittleEndian.Uint64(f.head[16:]), nil
}

// payload reads into the parts, whose lengths must add up to length, and checks the sum.
func (f *frameReader) payload(length int, sum uint64, parts ...[]byte) error {
	h := uint64(checksumStart)
	for _, part := range parts {
		length -= len(part)
	}
	if length != 0 {
		return fmt.Errorf("%w: a frame is %d bytes too long", errGarbage, length)
	}
	for _, part := range parts {
		if _, err := io.ReadFull(f.r, part); err != nil {
			return err
		}
		h = checksum(h, part)
	}
	if h != sum {
		return fmt.Errorf("%w: a checksum is wrong", errGarbage)
	}
	return nil
}

// text reads a payload of text.
func (f *frameReader) text(length int, sum uint64) (string, error) {
	if length > textMost {
		return "", fmt.Errorf("%w: a text of %d bytes", errGarbage, length)
	}
	b := make([]byte, length)
	err := f.payload(length, sum, b)
	return string(b), err
}

// progressFrame is the payload of PROG and the first part of that of BEST.
type progressFrame struct {
	number, nodes                    int64
	seconds, primal, dual, objective float64
}

func decodeProgress(b []byte) progressFrame {
	word := func(k int) uint64 { return binary.LittleEndian.Uint64(b[8*k:]) }
	number := func(k int) float64 { return math.Float64frombits(word(k)) }
	return progressFrame{int64(word(0)), int64(word(1)), number(2), number(3), number(4), number(5)}
}

func decodeHead(b []byte) answerHead {
	var h answerHead
	word := func(k int) uint64 { return binary.LittleEndian.Uint64(b[k:]) }
	half := func(k int) int32 { return int32(binary.LittleEndian.Uint32(b[k:])) }
	h.Number, h.Run, h.Model, h.Primal, h.Dual = int64(word(0)), half(8), half(12), half(16), half(20)
	h.Objective, h.Bound = math.Float64frombits(word(24)), math.Float64frombits(word(32))
	h.Seconds, h.CPU, h.Nodes = math.Float64frombits(word(40)), math.Float64frombits(word(48)), int64(word(56))
	return h
}
