package highs

import (
	"encoding/binary"
	"math"
	"time"

	"headroom/lp"
)

// Tolerances and rules given to HiGHS; what they mean is in its option list.
const (
	mipFeasibility = 1e-6 // integrality and rows of a MIP
	mipAbsoluteGap = 1e-9 // where none is asked for: small enough that the relative gap decides
	ruleDependent  = 1024 // presolve rule: dependent equations
)

// option is one option of HiGHS with a value of its kind: 'b' and 'i' use i, 'd' uses d, 's' uses s.
type option struct {
	kind byte
	name string
	i    int32
	d    float64
	s    string
}

// highsOptions turns the options of a solve into those of HiGHS. left is the time that is left, 0 for no limit.
func highsOptions(o lp.Options, left time.Duration) []option {
	threads, gap := max(o.Threads, 1), o.Gap
	if gap == 0 {
		gap = lp.GapDefault
	}
	parallel, presolve := "off", "on"
	if threads > 1 {
		parallel = "choose"
	}
	if o.NoPresolve {
		presolve = "off"
	}
	off := o.PresolveRuleOff
	if o.FlowBalance {
		off |= ruleDependent
	}
	limit := math.Inf(1)
	if left > 0 {
		limit = left.Seconds()
	}
	list := []option{
		{kind: 'b', name: "output_flag", i: 1},
		{kind: 'b', name: "log_to_console", i: 1}, // without it the logging callback gets nothing
		{kind: 'i', name: "threads", i: int32(threads)},
		{kind: 's', name: "parallel", s: parallel},
		{kind: 's', name: "presolve", s: presolve},
		{kind: 'i', name: "presolve_rule_off", i: int32(off)},
		{kind: 'i', name: "random_seed", i: int32(seed(o) & math.MaxInt32)},
		{kind: 'd', name: "mip_rel_gap", d: gap},
		{kind: 'd', name: "mip_abs_gap", d: max(o.AbsGap, mipAbsoluteGap)},
		{kind: 'd', name: "mip_feasibility_tolerance", d: mipFeasibility},
		{kind: 'd', name: "time_limit", d: limit},
	}
	if o.Nodes > 0 {
		list = append(list, option{kind: 'i', name: "mip_max_nodes", i: int32(min(o.Nodes, math.MaxInt32))})
	}
	return list
}

// encodeOptions is the list as the child reads it: kind, name, zero byte, value.
func encodeOptions(list []option) []byte {
	var b []byte
	for _, o := range list {
		b = append(b, o.kind)
		b = append(append(b, o.name...), 0)
		switch o.kind {
		case 'd':
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(o.d))
		case 's':
			b = append(append(b, o.s...), 0)
		default:
			b = binary.LittleEndian.AppendUint32(b, uint32(o.i))
		}
	}
	return b
}

// seed is the seed of a solve.
func seed(o lp.Options) int {
	if o.Seed == 0 {
		return 1
	}
	return o.Seed
}
