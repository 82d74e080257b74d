package highs

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"time"

	"github.com/tetratelabs/wazero/api"
)

// Kinds of events HiGHS calls back for.
const (
	eventLog       = 0
	eventSimplex   = 1
	eventInterior  = 2
	eventImproving = 4
	eventMIP       = 6
)

// instance is a running copy of the embedded solver with its own memory.
type instance struct {
	highs, glue api.Module
	memory      api.Memory
	slot        uint64            // the callback's place in the function table
	names       map[string]uint64 // C strings in it, kept for its life
}

// close ends the instance.
func (i *instance) close() error {
	var errs []error
	for _, m := range []api.Module{i.glue, i.highs} {
		if m != nil {
			errs = append(errs, m.Close(context.Background()))
		}
	}
	return errors.Join(errs...)
}

// visit is one job in an instance: one goroutine, except for the two flags.
type visit struct {
	*instance
	job           *job
	ctx           context.Context // finds the visit
	asked, killed atomic.Bool
	starved       bool // memory was refused
	err           error
	owned         []uint64  // to be freed
	complaints    string    // the last line of the log that says ERROR
	stray         capped    // what the solver printed by itself
	last          time.Time // of the last progress
}

// visitKey finds the visit in the context of a host function's call.
type visitKey struct{}

// call calls a C function by its name and returns its result. After a failure it does nothing.
func (v *visit) call(name string, arguments ...uint64) uint64 {
	if v.err != nil {
		return 0
	}
	f := v.highs.ExportedFunction(wasmExports[name])
	if f == nil {
		v.err = fmt.Errorf("embedded solver has no function %s", name)
		return 0
	}
	out, err := f.Call(v.ctx, arguments...)
	if err != nil {
		v.err = crash(err)
		return 0
	}
	if len(out) == 0 {
		return 0
	}
	return out[0]
}

// crash is the first line of an error of the runtime, which is followed by a stack of numbers.
func crash(err error) error {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return errors.New("embedded solver crashed: " + strings.TrimSuffix(line, " (recovered by wazero)"))
}

// malloc is memory in the instance that free gives back.
func (v *visit) malloc(size int) uint64 {
	if size > math.MaxInt32 {
		v.starved, v.err = true, errors.New("problem is too large for the embedded solver")
		return 0
	}
	p := v.call("malloc", uint64(max(size, 8)))
	if p == 0 && v.err == nil {
		v.starved, v.err = true, errors.New("embedded solver is out of memory")
	}
	if p != 0 {
		v.owned = append(v.owned, p)
	}
	return p
}

// free gives back what malloc gave, except the names.
func (v *visit) free() {
	for _, p := range v.owned {
		v.call("free", p)
	}
	v.owned = v.owned[:0]
}

// put copies bytes into the instance.
func (v *visit) put(b []byte) uint64 {
	p := v.malloc(len(b))
	if v.err == nil && !v.memory.Write(uint32(p), b) {
		v.err = errors.New("embedded solver gave a bad address")
	}
	return p
}

func (v *visit) doubles(s []float64) uint64 {
	if littleEndian() {
		return v.put(bytesOf(s))
	}
	p := v.malloc(8 * len(s))
	for k, x := range s {
		if v.err == nil {
			v.memory.WriteFloat64Le(uint32(p)+uint32(8*k), x)
		}
	}
	return p
}

func (v *visit) ints(s []int32) uint64 {
	if littleEndian() {
		return v.put(bytesOf(s))
	}
	p := v.malloc(4 * len(s))
	for k, x := range s {
		if v.err == nil {
			v.memory.WriteUint32Le(uint32(p)+uint32(4*k), uint32(x))
		}
	}
	return p
}

// name is a C string in the instance, kept for its life.
func (v *visit) name(s string) uint64 {
	if p, ok := v.names[s]; ok {
		return p
	}
	p := v.put(append([]byte(s), 0))
	if v.err == nil {
		v.owned = v.owned[:len(v.owned)-1]
		v.names[s] = p
	}
	return p
}

// vector copies n numbers out of the instance.
func (v *visit) vector(p uint64, n int) []float64 {
	x := make([]float64, n)
	if v.err != nil || n == 0 {
		return x
	}
	b, ok := v.memory.Read(uint32(p), uint32(8*n))
	if !ok {
		v.err = errors.New("embedded solver gave a bad address")
		return x
	}
	if littleEndian() {
		copy(bytesOf(x), b)
		return x
	}
	for k := range x {
		x[k], _ = v.memory.ReadFloat64Le(uint32(p) + uint32(8*k))
	}
	return x
}

// text is the C string at p.
func (v *visit) text(p uint32) string {
	b, ok := v.memory.Read(p, min(v.memory.Size()-p, textMost))
	if p == 0 || !ok {
		return ""
	}
	s, _, _ := strings.Cut(string(b), "\x00")
	return s
}

// complaint is what HiGHS said about an error.
func (v *visit) complaint() string {
	if v.complaints != "" {
		return ": " + strings.TrimSpace(v.complaints)
	}
	if line := v.stray.lastLine(); line != "" {
		return ": " + line
	}
	return ""
}

// event is the callback: kind, message, data out, data in, user data. The upper halves of the stack's words are undefined.
func (v *visit) event(stack []uint64) {
	kind, message, out, in := uint32(stack[0]), uint32(stack[1]), uint64(uint32(stack[2])), uint32(stack[3])
	if kind == eventLog {
		line := v.text(message)
		if strings.Contains(line, "ERROR") {
			v.complaints = line
		}
		v.job.log(line)
		return
	}
	v.check()
	if v.asked.Load() && in != 0 {
		v.memory.WriteUint32Le(in, 1) // user_interrupt is the first field
	}
	if kind != eventImproving && (kind != eventMIP || time.Since(v.last) < time.Second/2) {
		return
	}
	v.last = time.Now()
	item := func(name string) uint64 {
		p := v.call("Highs_getCallbackDataOutItem", out, v.name(name))
		if p == 0 || v.err != nil {
			return 0
		}
		w, _ := v.memory.ReadUint64Le(uint32(p))
		return w
	}
	number := func(name string) float64 { return math.Float64frombits(item(name)) }
	v.job.progress(number("mip_primal_bound"), number("mip_dual_bound"), int64(item("mip_node_count")))
	if kind == eventImproving {
		if p := v.call("Highs_getCallbackDataOutItem", out, v.name("mip_solution")); p != 0 {
			v.job.incumbent(number("objective_function_value"), v.vector(p, v.job.p.Cols()))
		}
	}
	if v.err != nil {
		panic(v.err)
	}
}

// errKilled is what a host function panics with to end a solve that does not stop.
var errKilled = errors.New("killed")

// check ends a solve that was killed. All host functions that are called often call it.
func (v *visit) check() {
	if v.killed.Load() {
		panic(errKilled)
	}
}
