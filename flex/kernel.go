package flex

// The scalar kernels. They have no branch that depends on data: min and max of integers are conditional moves. Where the toolchain
// has vector instructions kernel_simd.go puts its own beside them, with the same bits.

func addScalar(dst, a, b *Row) {
	for i := 0; i < Lanes; i += 4 {
		dst[i], dst[i+1], dst[i+2], dst[i+3] = a[i]+b[i], a[i+1]+b[i+1], a[i+2]+b[i+2], a[i+3]+b[i+3]
	}
}

func subScalar(dst, a, b *Row) {
	for i := 0; i < Lanes; i += 4 {
		dst[i], dst[i+1], dst[i+2], dst[i+3] = a[i]-b[i], a[i+1]-b[i+1], a[i+2]-b[i+2], a[i+3]-b[i+3]
	}
}

func minScalar(dst, a, b *Row) {
	for i := 0; i < Lanes; i += 4 {
		dst[i], dst[i+1], dst[i+2], dst[i+3] = min(a[i], b[i]), min(a[i+1], b[i+1]), min(a[i+2], b[i+2]), min(a[i+3], b[i+3])
	}
}

func maxSubScalar(dst, a, b, c *Row) {
	for i := 0; i < Lanes; i += 4 {
		dst[i], dst[i+1] = max(a[i], b[i]-c[i]), max(a[i+1], b[i+1]-c[i+1])
		dst[i+2], dst[i+3] = max(a[i+2], b[i+2]-c[i+2]), max(a[i+3], b[i+3]-c[i+3])
	}
}

func posSubScalar(dst, b, c *Row) {
	for i := 0; i < Lanes; i += 4 {
		dst[i], dst[i+1], dst[i+2], dst[i+3] = max(0, b[i]-c[i]), max(0, b[i+1]-c[i+1]), max(0, b[i+2]-c[i+2]), max(0, b[i+3]-c[i+3])
	}
}

// ringScalar finds the least weight of nodes that touch every edge of a cycle, which is its flow. The recursion goes once around
// in two versions, with the first node in the cover and without it; in and out are the least weight so far with the last node in
// the cover and without it:
//
//	in' = w + min(in, out), out' = in
//
// where a node that is out needs both neighbours in.
func ringScalar(dst *Row, w []*Row) {
	first := w[0]
	rest := w[1:]
	for i := 0; i < Lanes; i += 2 {
		const never = 1 << 30 // above every weight of a cover
		// With the first node (p): in = w0, out impossible. Without it (q): out = 0, in impossible.
		pin, qin := first[i], int32(never)
		pout, qout := int32(never), int32(0)
		pin2, qin2 := first[i+1], int32(never)
		pout2, qout2 := int32(never), int32(0)
		for _, r := range rest {
			x, y := r[i], r[i+1]
			pin, pout = x+min(pin, pout), pin
			qin, qout = x+min(qin, qout), qin
			pin2, pout2 = y+min(pin2, pout2), pin2
			qin2, qout2 = y+min(qin2, qout2), qin2
		}
		dst[i] = min(pin, pout, qin)
		dst[i+1] = min(pin2, pout2, qin2)
	}
}
