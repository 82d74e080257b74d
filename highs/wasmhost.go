package highs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Growth of an instance's memory, in pages of 64 KiB: to what is asked, or by a fifth where that is more, but no further
// ahead than 96 MiB. The ceiling of an instance is 2 GiB.
const (
	pageSize  = 64 << 10
	pagesMost = 2048 << 20 / pageSize
	aheadMost = 96 << 20 / pageSize
)

// errnos of WASI as the solver's C library knows them.
const (
	errnoBadFile = 8
	errnoInvalid = 28
)

// later is added to the clock of a solve that was told to stop, so that HiGHS's own time limit ends what has no callback.
const later = 1e9 // seconds

// hostFunction is a function the solver imports, with its number of parameters by type.
type hostFunction struct {
	params, results []api.ValueType
	run             func(v *visit, stack []uint64)
}

// hostFunctions are the imports by emscripten's names. Files and signals do not exist for the solver.
func hostFunctions() map[string]hostFunction {
	i32, i64, f64 := api.ValueTypeI32, api.ValueTypeI64, api.ValueTypeF64
	list := func(t ...api.ValueType) []api.ValueType { return t }
	one := list(i32)
	answer := func(n uint64) func(*visit, []uint64) { return func(_ *visit, stack []uint64) { stack[0] = n } }
	die := func(how string) func(*visit, []uint64) {
		return func(v *visit, stack []uint64) { panic(errors.New(how)) }
	}
	return map[string]hostFunction{
		"cxa_throw":                          {list(i32, i32, i32), nil, die("it threw an exception")},
		"exit":                               {one, nil, die("it called exit")},
		"proc_exit":                          {one, nil, die("it called exit")},
		"abort_js":                           {nil, nil, die("it called abort")},
		"emscripten_get_now":                 {nil, list(f64), func(v *visit, stack []uint64) { stack[0] = api.EncodeF64(v.clock() * 1e3) }},
		"emscripten_date_now":                {nil, list(f64), func(v *visit, stack []uint64) { stack[0] = api.EncodeF64(v.clock() * 1e3) }},
		"clock_time_get":                     {list(i32, i64, i32), one, (*visit).clockTimeGet},
		"emscripten_resize_heap":             {one, one, (*visit).resizeHeap},
		"fd_write":                           {list(i32, i32, i32, i32), one, (*visit).fdWrite},
		"fd_close":                           {list(i32, i32)[:1], one, answer(errnoBadFile)},
		"fd_read":                            {list(i32, i32, i32, i32), one, answer(errnoBadFile)},
		"fd_seek":                            {list(i32, i64, i32, i32), one, answer(errnoBadFile)},
		"syscall_fcntl64":                    {list(i32, i32, i32), one, answer(uint64(uint32(1<<32 - errnoBadFile)))},
		"syscall_ioctl":                      {list(i32, i32, i32), one, answer(uint64(uint32(1<<32 - errnoBadFile)))},
		"syscall_openat":                     {list(i32, i32, i32, i32), one, answer(uint64(uint32(1<<32 - errnoInvalid)))},
		"setitimer_js":                       {list(i32, f64), one, answer(0)},
		"tzset_js":                           {list(i32, i32, i32, i32), nil, func(*visit, []uint64) {}},
		"environ_get":                        {list(i32, i32), one, answer(0)},
		"environ_sizes_get":                  {list(i32, i32), one, (*visit).environSizes},
		"emscripten_runtime_keepalive_clear": {nil, nil, func(*visit, []uint64) {}},
	}
}

// instantiateHost makes the two modules of functions the solver and the glue import: "a", emscripten's name for it, and
// the callback's.
func instantiateHost(ctx context.Context, r wazero.Runtime) error {
	b := r.NewHostModuleBuilder("a")
	functions := hostFunctions()
	for long, short := range wasmImports {
		f, ok := functions[long]
		if !ok {
			return fmt.Errorf("the solver imports %s, which is not known here", long)
		}
		b.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(func(ctx context.Context, _ api.Module, stack []uint64) {
			f.run(ctx.Value(visitKey{}).(*visit), stack)
		}), f.params, f.results).Export(short)
	}
	if _, err := b.Instantiate(ctx); err != nil {
		return err
	}
	i32 := api.ValueTypeI32
	_, err := r.NewHostModuleBuilder(glueHost).NewFunctionBuilder().WithGoModuleFunction(
		api.GoModuleFunc(func(ctx context.Context, _ api.Module, stack []uint64) {
			ctx.Value(visitKey{}).(*visit).event(stack)
		}), []api.ValueType{i32, i32, i32, i32, i32}, nil).Export(glueEvent).Instantiate(ctx)
	return err
}

// clock is the time in seconds, and the place where a solve can be ended.
func (v *visit) clock() float64 {
	v.check()
	now := float64(time.Now().UnixNano()) * 1e-9
	if v.asked.Load() {
		now += later
	}
	return now
}

func (v *visit) clockTimeGet(stack []uint64) {
	at := uint32(stack[2])
	stack[0] = 0
	if !v.memory.WriteUint64Le(at, uint64(v.clock()*1e9)) {
		stack[0] = errnoInvalid
	}
}

// resizeHeap grows the memory to at least the bytes asked for and says 1, or 0 where that is too much.
func (v *visit) resizeHeap(stack []uint64) {
	want := uint32((stack[0]&0xffffffff + pageSize - 1) / pageSize)
	have := v.memory.Size() / pageSize
	stack[0] = 0
	if want > pagesMost {
		v.starved = true
		return
	}
	target := min(max(want, min(have+have/5, want+aheadMost)), pagesMost)
	for _, pages := range []uint32{target, want} {
		if pages <= have {
			stack[0] = 1
			return
		}
		if _, ok := v.memory.Grow(pages - have); ok {
			stack[0] = 1
			return
		}
	}
	v.starved = true
}

// fdWrite takes what the solver prints by itself; its log comes through the callback.
func (v *visit) fdWrite(stack []uint64) {
	list, count, written := uint32(stack[1]), uint32(stack[2]), uint32(stack[3])
	total := uint32(0)
	for k := range count {
		at, _ := v.memory.ReadUint32Le(list + 8*k)
		length, _ := v.memory.ReadUint32Le(list + 8*k + 4)
		if b, ok := v.memory.Read(at, length); ok {
			v.stray.Write(b) //nolint:errcheck // never fails
		}
		total += length
	}
	v.memory.WriteUint32Le(written, total)
	stack[0] = 0
}

func (v *visit) environSizes(stack []uint64) {
	v.memory.WriteUint32Le(uint32(stack[0]), 0)
	v.memory.WriteUint32Le(uint32(stack[1]), 0)
	stack[0] = 0
}
