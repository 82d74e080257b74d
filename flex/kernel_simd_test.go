//go:build goexperiment.simd && amd64

package flex

import (
	"math/rand/v2"
	"testing"
)

// TestNarrowKernels compares the kernels of eight lanes with the scalar ones, on a processor that has sixteen too.
func TestNarrowKernels(t *testing.T) {
	if !wide8 {
		t.Skip("the processor has no AVX2")
	}
	defer func(was bool) { wide16 = was }(wide16)
	wide16 = false
	rng := rand.New(rand.NewPCG(5, 6))
	rows := make([]Row, 8)
	for r := range rows {
		for i := range Lanes {
			rows[r][i] = rng.Int32N(1 << 24)
		}
	}
	ring := pointers(rows)
	for name, x := range map[string][2]func(dst, a, b, c *Row){
		"add":    {func(d, a, b, _ *Row) { addRows(d, a, b) }, func(d, a, b, _ *Row) { addScalar(d, a, b) }},
		"sub":    {func(d, a, b, _ *Row) { subRows(d, a, b) }, func(d, a, b, _ *Row) { subScalar(d, a, b) }},
		"min":    {func(d, a, b, _ *Row) { minRows(d, a, b) }, func(d, a, b, _ *Row) { minScalar(d, a, b) }},
		"maxsub": {maxSubRows, maxSubScalar},
		"possub": {func(d, a, b, _ *Row) { posSubRows(d, a, b) }, func(d, a, b, _ *Row) { posSubScalar(d, a, b) }},
		"ring":   {func(d, _, _, _ *Row) { ringRows(d, ring) }, func(d, _, _, _ *Row) { ringScalar(d, ring) }},
	} {
		var got, want Row
		x[0](&got, &rows[0], &rows[1], &rows[2])
		x[1](&want, &rows[0], &rows[1], &rows[2])
		if got != want {
			t.Errorf("%s on eight lanes: other bits than the scalar kernel", name)
		}
	}
}
