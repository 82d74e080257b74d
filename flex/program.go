package flex

import "sync/atomic"

// Lanes is the number of scenarios that are computed at a time: a row of one of them fills eight cache lines.
const Lanes = 128

// Row is a value for each scenario of a block, in units.
type Row = [Lanes]int32

// opcode is what an instruction does, on every lane.
type opcode uint8

const (
	opAdd    opcode = iota // dst = a + b
	opSub                  // dst = a − b
	opMin                  // dst = min(a, b)
	opMaxSub               // dst = max(a, b − c)
	opPosSub               // dst = max(0, b − c)
	opRing                 // dst = least cover of the cycle args
	opFlow                 // dst = flow of a small network whose weights are args
)

// op is one instruction; dst, a, b and c are registers. Registers are first the inputs (plants, then vehicles), then scratch.
type op struct {
	code         opcode
	dst, a, b, c int32
	args         []int32 // of opRing and opFlow
	flow         *augmenter
}

// program computes the flow of a block. It may be shared; its scratch may not.
type program struct {
	inputs int // registers of plants and vehicles
	size   int // registers in all
	ops    []op
	result int32 // register of the flow; −1 where there is none
}

// scratch is what one goroutine needs to run programs: the registers behind the inputs, and the state of searches.
type scratch struct {
	rows    []Row
	ptr     []*Row
	args    []*Row
	flow    flowState
	circuit circuitState
	stop    *atomic.Bool // what takes long may end without a result once it is set; nil for never
}

// run computes the flow of each scenario into out. Inputs are rows of plants and vehicles.
func (p *program) run(in []*Row, s *scratch, out *Row) {
	if p.result < 0 {
		*out = Row{}
		return
	}
	if need := p.size - p.inputs; len(s.rows) < need {
		s.rows = make([]Row, need)
	}
	if len(s.ptr) < p.size {
		s.ptr = make([]*Row, p.size)
	}
	reg := s.ptr[:p.size]
	copy(reg, in[:p.inputs])
	for i := p.inputs; i < p.size; i++ {
		reg[i] = &s.rows[i-p.inputs]
	}
	for i := range p.ops {
		o := &p.ops[i]
		switch o.code {
		case opAdd:
			addRows(reg[o.dst], reg[o.a], reg[o.b])
		case opSub:
			subRows(reg[o.dst], reg[o.a], reg[o.b])
		case opMin:
			minRows(reg[o.dst], reg[o.a], reg[o.b])
		case opMaxSub:
			maxSubRows(reg[o.dst], reg[o.a], reg[o.b], reg[o.c])
		case opPosSub:
			posSubRows(reg[o.dst], reg[o.b], reg[o.c])
		case opRing:
			ringRows(reg[o.dst], s.pick(reg, o.args))
		case opFlow:
			o.flow.run(reg[o.dst], s.pick(reg, o.args), &s.flow)
		}
	}
	*out = *reg[p.result]
}

// pick are the rows of registers; they are good until the next call.
func (s *scratch) pick(reg []*Row, args []int32) []*Row {
	s.args = s.args[:0]
	for _, r := range args {
		s.args = append(s.args, reg[r])
	}
	return s.args
}

// builder writes a program. Registers of scratch are counted, and used again once nobody holds them.
type builder struct {
	program
	free  []int32
	holds []int32 // of each register of scratch
}

// temp is a register to write into, held once.
func (b *builder) temp() int32 {
	if n := len(b.free); n > 0 {
		r := b.free[n-1]
		b.free = b.free[:n-1]
		b.holds[r-int32(b.inputs)] = 1
		return r
	}
	b.holds = append(b.holds, 1)
	b.size++
	return int32(b.size - 1)
}

// hold keeps a register for one more use.
func (b *builder) hold(r int32) int32 {
	if r >= int32(b.inputs) {
		b.holds[r-int32(b.inputs)]++
	}
	return r
}

// drop gives a hold back; inputs stay.
func (b *builder) drop(r int32) {
	if r < int32(b.inputs) {
		return
	}
	if b.holds[r-int32(b.inputs)]--; b.holds[r-int32(b.inputs)] == 0 {
		b.free = append(b.free, r)
	}
}

// emit adds an instruction, whose arguments stay held; none is −1.
func (b *builder) emit(code opcode, x, y, z int32) int32 {
	r := b.temp()
	b.ops = append(b.ops, op{code: code, dst: r, a: x, b: y, c: z})
	return r
}

// take is emit that drops its arguments. Kernels read a lane before they write it, so a result may stand where an argument did.
func (b *builder) take(code opcode, x, y, z int32) int32 {
	for _, r := range [...]int32{x, y, z} {
		if r >= 0 {
			b.drop(r)
		}
	}
	return b.emit(code, x, y, z)
}

// plus adds y to x and drops both; −1 is nothing.
func (b *builder) plus(x, y int32) int32 {
	switch {
	case x < 0:
		return y
	case y < 0:
		return x
	}
	return b.take(opAdd, x, y, -1)
}
