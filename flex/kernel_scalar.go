//go:build !goexperiment.simd || !amd64

package flex

// Vector says which vector instructions the kernels use.
func Vector() string { return "none" }

func addRows(dst, a, b *Row)         { addScalar(dst, a, b) }
func subRows(dst, a, b *Row)         { subScalar(dst, a, b) }
func minRows(dst, a, b *Row)         { minScalar(dst, a, b) }
func maxSubRows(dst, a, b, c *Row)   { maxSubScalar(dst, a, b, c) }
func posSubRows(dst, b, c *Row)      { posSubScalar(dst, b, c) }
func ringRows(dst *Row, rows []*Row) { ringScalar(dst, rows) }
