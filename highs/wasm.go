package highs

import (
	"context"
	_ "embed" // the solver
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"headroom/lp"
)

//go:embed wasm/highs.wasm
var wasmBinary []byte

// wasmVersion is the version of HiGHS inside the embedded build; a test asks it.
const wasmVersion = "1.15.1"

// engine is the compiled solver. Instances are made from it and used by one solve at a time; a used one waits for the next
// solve, for making one takes some 4 ms, most of it to clear its memory.
type engine struct {
	runtime     wazero.Runtime
	highs, glue wazero.CompiledModule
	cache       string // folder of the compilation cache, or "no cache"
	idle        idlers[*instance]
}

// deafTime is how long a killed solve may take to notice, which it does in a host function. Between two of those Go cannot
// preempt it: a garbage collection that starts meanwhile waits for it, some 0.5 s in a large presolve. Only the native back
// end is free of that.
const deafTime = 100 * time.Millisecond

// keepMost is the memory above which a used instance is not kept.
const keepMost = 64 << 20

// sharedEngine is the one engine of the process: compiling takes seconds without a cache and some 0.1 s with it, so it is
// done once, at the first solve. It is the package's only state beside its solvers.
var sharedEngine = sync.OnceValues(func() (*engine, error) {
	defer engineMade.Store(true)
	return newEngine(userCache())
})

// engineMade tells close that there is an engine to look into.
var engineMade atomic.Bool

// userCache is the folder for compiled code, or "" where the system has none for this user.
func userCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "headroom")
}

// newEngine compiles the solver, with a cache in dir where dir can be written.
func newEngine(dir string) (*engine, error) {
	ctx := context.Background()
	config := wazero.NewRuntimeConfig()
	e := &engine{cache: "no cache"}
	if dir != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(dir); err == nil && writable(dir) {
			config, e.cache = config.WithCompilationCache(cache), dir
		}
	}
	e.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	var err error
	e.idle.end = func(i *instance) { i.close() } //nolint:errcheck // it has no files
	if err = instantiateHost(ctx, e.runtime); err == nil {
		if e.highs, err = e.runtime.CompileModule(ctx, wasmBinary); err == nil {
			e.glue, err = e.runtime.CompileModule(ctx, glueModule())
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("compile the embedded solver: %w", err), e.runtime.Close(ctx))
	}
	return e, nil
}

// writable reports whether files can be made in dir.
func writable(dir string) bool {
	f, err := os.CreateTemp(dir, "probe")
	if err != nil {
		return false
	}
	f.Close() //nolint:errcheck // empty
	return os.Remove(f.Name()) == nil
}

// wasmBackend is the back end of the embedded solver.
type wasmBackend struct{}

func (wasmBackend) info() lp.Info {
	return lp.Info{Name: "HiGHS", Version: wasmVersion, Backend: "wasm"}
}

// close ends idle instances, of whatever solver: they are the process's.
func (wasmBackend) close() error {
	if engineMade.Load() {
		if e, err := sharedEngine(); err == nil {
			e.idle.clear()
		}
	}
	return nil
}

func (wasmBackend) run(ctx context.Context, j *job) (*answer, error) {
	e, err := sharedEngine()
	if err != nil {
		return nil, err
	}
	return e.solve(ctx, j)
}

// solve runs a job in an instance that no other job uses meanwhile.
func (e *engine) solve(ctx context.Context, j *job) (*answer, error) {
	v := &visit{job: j}
	overdue := make(chan struct{})
	stop := j.watch(ctx, func() { v.asked.Store(true) }, func() {
		v.killed.Store(true)
		time.AfterFunc(deafTime, func() { close(overdue) })
	})
	defer stop()
	type end struct {
		a   *answer
		err error
	}
	ended := make(chan end, 1)
	go func() {
		a, err := e.visit(ctx, v)
		ended <- end{a, err}
	}()
	select {
	case r := <-ended:
		return r.a, r.err
	case <-overdue:
		// It computes without looking at the clock. It ends when it next does, unheard.
		j.leave()
		return nil, nil
	}
}

// visit runs the job of v.
func (e *engine) visit(ctx context.Context, v *visit) (*answer, error) {
	// The instance must not end with the caller's context by itself: a soft stop comes first.
	v.ctx = context.WithValue(context.WithoutCancel(ctx), visitKey{}, v)
	var ok bool
	if v.instance, ok = e.idle.take(0); !ok {
		var err error
		if v.instance, err = e.open(v); err != nil {
			return nil, err
		}
	}
	a, err := v.solve()
	if err == nil && !v.asked.Load() && v.memory.Size() <= keepMost {
		e.idle.put(0, v.instance)
		return a, nil
	}
	closing := v.close()
	switch {
	case v.killed.Load():
		return nil, nil
	case err != nil && v.starved:
		v.job.cause.CompareAndSwap(causeNone, causeMemory)
		return nil, nil
	case err != nil:
		return nil, err
	}
	return a, closing
}

// open makes an instance for a visit and wires the callback.
func (e *engine) open(v *visit) (*instance, error) {
	config := wazero.NewModuleConfig().WithName("").WithStartFunctions()
	i := &instance{names: map[string]uint64{}}
	v.instance = i
	fail := func(what string, err error) (*instance, error) {
		return nil, errors.Join(fmt.Errorf("%s the embedded solver: %w", what, err), i.close())
	}
	var err error
	if i.highs, err = e.runtime.InstantiateModule(v.ctx, e.highs, config); err != nil {
		return fail("start", err)
	}
	i.memory = i.highs.ExportedMemory(wasmMemory)
	link := experimental.WithImportResolver(v.ctx, func(name string) api.Module {
		if name == glueImport {
			return i.highs
		}
		return nil
	})
	if i.glue, err = e.runtime.InstantiateModule(link, e.glue, config); err != nil {
		return fail("wire", err)
	}
	if _, err = i.highs.ExportedFunction(wasmStart).Call(v.ctx); err != nil {
		return fail("start", err)
	}
	slot, err := i.glue.ExportedFunction(glueInstall).Call(v.ctx)
	if err != nil {
		return fail("wire", err)
	}
	i.slot = slot[0]
	return i, nil
}

// solve passes the problem, runs, and reads the answer. A function that fails, or a panic in a host function, comes out as
// an error of Call; the first one ends all later steps.
func (v *visit) solve() (*answer, error) {
	p, j := v.job.p, v.job
	h := v.call("Highs_create")
	v.call("Highs_setCallback", h, v.slot, 0)
	for _, kind := range []uint64{eventLog, eventSimplex, eventInterior, eventImproving, eventMIP} {
		v.call("Highs_startCallback", h, kind)
	}
	for _, o := range j.options {
		v.setOption(h, o)
	}
	sense := uint64(1)
	if p.Sense == lp.Maximize {
		sense = uint64(uint32(math.MaxUint32)) // -1
	}
	starts := p.Start
	if len(starts) == 0 {
		starts = []int32{0}
	}
	arguments := []uint64{
		h, uint64(p.Cols()), uint64(p.Rows()), uint64(p.Nonzeros()), 1, sense, api.EncodeF64(p.Offset),
		v.doubles(p.Cost), v.doubles(p.Lower), v.doubles(p.Upper), v.doubles(p.RowLower), v.doubles(p.RowUpper),
		v.ints(starts), v.ints(p.Index), v.doubles(p.Value),
	}
	pass := "Highs_passLp"
	if p.Integers() > 0 {
		pass = "Highs_passMip"
		integer := make([]int32, p.Cols())
		for k, is := range p.Integer {
			if is {
				integer[k] = 1
			}
		}
		arguments = append(arguments, v.ints(integer))
	}
	if int32(v.call(pass, arguments...)) < 0 && v.err == nil {
		return nil, fmt.Errorf("HiGHS refuses the problem%s", v.complaint())
	}
	v.free() // HiGHS has its own copy
	if j.start != nil {
		v.call("Highs_setSolution", h, v.doubles(j.start), 0, 0, 0)
	}
	a := &answer{answerHead: answerHead{CPU: -1}}
	a.Run = int32(v.call("Highs_run", h))
	v.read(h, a)
	v.call("Highs_destroy", h)
	v.free()
	if v.err != nil {
		return nil, fmt.Errorf("%w%s", v.err, v.complaint())
	}
	return a, a.valid()
}

// read fetches the answer.
func (v *visit) read(h uint64, a *answer) {
	n, m := v.job.p.Cols(), v.job.p.Rows()
	a.Model = int32(v.call("Highs_getModelStatus", h))
	a.Objective = api.DecodeF64(v.call("Highs_getObjectiveValue", h))
	cell := v.malloc(8)
	ask := func(function, name string) uint64 {
		at := v.name(name)
		if v.err != nil {
			return 0
		}
		v.memory.WriteUint64Le(uint32(cell), 0) // what there is none of is not written
		v.call(function, h, at, cell)
		w, _ := v.memory.ReadUint64Le(uint32(cell))
		return w
	}
	a.Primal = int32(ask("Highs_getIntInfoValue", "primal_solution_status"))
	a.Dual = int32(ask("Highs_getIntInfoValue", "dual_solution_status"))
	a.Bound = math.Float64frombits(ask("Highs_getDoubleInfoValue", "mip_dual_bound"))
	a.Nodes = int64(ask("Highs_getInt64InfoValue", "mip_node_count"))
	x, d, r, y := v.malloc(8*n), v.malloc(8*n), v.malloc(8*m), v.malloc(8*m)
	v.call("Highs_getSolution", h, x, d, r, y)
	a.x, a.colDual, a.rowDual = v.vector(x, n), v.vector(d, n), v.vector(y, m)
}

// setOption sets one option.
func (v *visit) setOption(h uint64, o option) {
	function, value := "Highs_setIntOptionValue", uint64(uint32(o.i))
	switch o.kind {
	case 'b':
		function = "Highs_setBoolOptionValue"
	case 'd':
		function, value = "Highs_setDoubleOptionValue", api.EncodeF64(o.d)
	case 's':
		function, value = "Highs_setStringOptionValue", v.name(o.s)
	}
	if o.name == "threads" {
		value = 1 // the build has no threads
	}
	if status := v.call(function, h, v.name(o.name), value); v.err == nil && status != 0 {
		v.err = fmt.Errorf("HiGHS refuses the option %s", o.name)
	}
}

// wasmWhere tells in a line how the embedded solver runs on this machine.
func wasmWhere() string {
	if runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64" {
		return "embedded, compiled for " + runtime.GOARCH
	}
	return "embedded, interpreted: slow on " + runtime.GOARCH
}
