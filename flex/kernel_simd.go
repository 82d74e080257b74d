//go:build goexperiment.simd && amd64

package flex

import "simd/archsimd"

// The vector kernels: sixteen lanes at a time where the processor has AVX-512, eight where it has AVX2, and the scalar ones
// otherwise. All give the same bits.
var (
	wide16 = archsimd.X86.AVX512()
	wide8  = archsimd.X86.AVX2()
)

// Vector says which vector instructions the kernels use.
func Vector() string {
	switch {
	case wide16:
		return "AVX-512"
	case wide8:
		return "AVX2"
	}
	return "none"
}

func at16(r *Row, i int) *[16]int32 { return (*[16]int32)(r[i : i+16]) }
func at8(r *Row, i int) *[8]int32   { return (*[8]int32)(r[i : i+8]) }

func addRows(dst, a, b *Row) {
	switch {
	case wide16:
		for i := 0; i < Lanes; i += 16 {
			archsimd.LoadInt32x16(at16(a, i)).Add(archsimd.LoadInt32x16(at16(b, i))).Store(at16(dst, i))
		}
	case wide8:
		for i := 0; i < Lanes; i += 8 {
			archsimd.LoadInt32x8(at8(a, i)).Add(archsimd.LoadInt32x8(at8(b, i))).Store(at8(dst, i))
		}
	default:
		addScalar(dst, a, b)
	}
}

func subRows(dst, a, b *Row) {
	switch {
	case wide16:
		for i := 0; i < Lanes; i += 16 {
			archsimd.LoadInt32x16(at16(a, i)).Sub(archsimd.LoadInt32x16(at16(b, i))).Store(at16(dst, i))
		}
	case wide8:
		for i := 0; i < Lanes; i += 8 {
			archsimd.LoadInt32x8(at8(a, i)).Sub(archsimd.LoadInt32x8(at8(b, i))).Store(at8(dst, i))
		}
	default:
		subScalar(dst, a, b)
	}
}

func minRows(dst, a, b *Row) {
	switch {
	case wide16:
		for i := 0; i < Lanes; i += 16 {
			archsimd.LoadInt32x16(at16(a, i)).Min(archsimd.LoadInt32x16(at16(b, i))).Store(at16(dst, i))
		}
	case wide8:
		for i := 0; i < Lanes; i += 8 {
			archsimd.LoadInt32x8(at8(a, i)).Min(archsimd.LoadInt32x8(at8(b, i))).Store(at8(dst, i))
		}
	default:
		minScalar(dst, a, b)
	}
}

func maxSubRows(dst, a, b, c *Row) {
	switch {
	case wide16:
		for i := 0; i < Lanes; i += 16 {
			x := archsimd.LoadInt32x16(at16(b, i)).Sub(archsimd.LoadInt32x16(at16(c, i)))
			x.Max(archsimd.LoadInt32x16(at16(a, i))).Store(at16(dst, i))
		}
	case wide8:
		for i := 0; i < Lanes; i += 8 {
			x := archsimd.LoadInt32x8(at8(b, i)).Sub(archsimd.LoadInt32x8(at8(c, i)))
			x.Max(archsimd.LoadInt32x8(at8(a, i))).Store(at8(dst, i))
		}
	default:
		maxSubScalar(dst, a, b, c)
	}
}

func posSubRows(dst, b, c *Row) {
	switch {
	case wide16:
		zero := archsimd.BroadcastInt32x16(0)
		for i := 0; i < Lanes; i += 16 {
			archsimd.LoadInt32x16(at16(b, i)).Sub(archsimd.LoadInt32x16(at16(c, i))).Max(zero).Store(at16(dst, i))
		}
	case wide8:
		zero := archsimd.BroadcastInt32x8(0)
		for i := 0; i < Lanes; i += 8 {
			archsimd.LoadInt32x8(at8(b, i)).Sub(archsimd.LoadInt32x8(at8(c, i))).Max(zero).Store(at8(dst, i))
		}
	default:
		posSubScalar(dst, b, c)
	}
}

func ringRows(dst *Row, w []*Row) {
	switch {
	case wide16:
		ring16(dst, w)
	case wide8:
		ring8(dst, w)
	default:
		ringScalar(dst, w)
	}
}

// ring16 is ringScalar on two times sixteen lanes.
func ring16(dst *Row, w []*Row) {
	never, zero := archsimd.BroadcastInt32x16(1<<30), archsimd.BroadcastInt32x16(0)
	first, rest := w[0], w[1:]
	for i := 0; i < Lanes; i += 32 {
		pin, pout, qin, qout := archsimd.LoadInt32x16(at16(first, i)), never, never, zero
		pin2, pout2, qin2, qout2 := archsimd.LoadInt32x16(at16(first, i+16)), never, never, zero
		for _, r := range rest {
			x, y := archsimd.LoadInt32x16(at16(r, i)), archsimd.LoadInt32x16(at16(r, i+16))
			pin, pout = pin.Min(pout).Add(x), pin
			qin, qout = qin.Min(qout).Add(x), qin
			pin2, pout2 = pin2.Min(pout2).Add(y), pin2
			qin2, qout2 = qin2.Min(qout2).Add(y), qin2
		}
		pin.Min(pout).Min(qin).Store(at16(dst, i))
		pin2.Min(pout2).Min(qin2).Store(at16(dst, i+16))
	}
}

// ring8 is ringScalar on eight lanes.
func ring8(dst *Row, w []*Row) {
	never, zero := archsimd.BroadcastInt32x8(1<<30), archsimd.BroadcastInt32x8(0)
	first, rest := w[0], w[1:]
	for i := 0; i < Lanes; i += 8 {
		pin, pout, qin, qout := archsimd.LoadInt32x8(at8(first, i)), never, never, zero
		for _, r := range rest {
			x := archsimd.LoadInt32x8(at8(r, i))
			pin, pout = pin.Min(pout).Add(x), pin
			qin, qout = qin.Min(qout).Add(x), qin
		}
		pin.Min(pout).Min(qin).Store(at8(dst, i))
	}
}
