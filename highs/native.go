//go:build unix

package highs

import (
	"context"
	"errors"
	"strings"

	"headroom/lp"
)

// anyThreads is the key of children that have not run yet: HiGHS fixes the number of threads at a process's first run.
const anyThreads = 0

// native is the back end of child processes. Idle ones are kept for a while, by their number of threads.
type native struct {
	binary, library string
	memory          int64
	version         string
	idle            idlers[*child] // by threads
}

// openNative starts one child to see that library works with it. The child stays for the first solve.
func openNative(binary, library string, memory int64) (backend, error) {
	if !littleEndian() {
		return nil, errors.New("the native back end is for little-endian machines")
	}
	c, err := startChild(binary, library, memory, helloTime)
	if err != nil {
		return nil, err
	}
	b := &native{binary: binary, library: library, memory: memory, version: c.version}
	b.idle.end = (*child).close
	b.idle.put(anyThreads, c)
	return b, nil
}

func (b *native) info() lp.Info {
	return lp.Info{Name: "HiGHS", Version: b.version, Backend: "native", Path: b.library}
}

// run gives the job to an idle child or a new one. An idle child that turns out to be dead is replaced once: it may have
// been killed while it waited.
func (b *native) run(ctx context.Context, j *job) (*answer, error) {
	c, ok := b.idle.take(j.threads, anyThreads)
	if ok && exited(c.cmd.Process.Pid) {
		c.close()
		ok = false
	}
	if !ok {
		var err error
		if c, err = startChild(b.binary, b.library, b.memory, helloTime); err != nil {
			return nil, err
		}
	}
	end := c.listen()
	a, err := c.run(ctx, j)
	if err == nil {
		end(0)
		b.idle.put(j.threads, c)
		return a, nil
	}
	how := c.bury(end)
	if strings.Contains(how, "bad_alloc") && errors.Is(err, errEnded) {
		j.cause.CompareAndSwap(causeNone, causeMemory)
	}
	if j.stopped() {
		return nil, nil
	}
	if errors.Is(err, errEnded) {
		err = errors.New(how)
	}
	return nil, err
}

// close ends the idle children.
func (b *native) close() error {
	b.idle.clear()
	return nil
}
