//go:build unix

package highs

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"time"

	"headroom/lp"
)

// idleTime is how long a child waits for more work before it is ended.
const idleTime = 5 * time.Second

// anyThreads is the key of children that have not run yet: HiGHS fixes the number of threads at a process's first run.
const anyThreads = 0

// native is the back end of child processes. Idle ones are kept for a while, by their number of threads.
type native struct {
	binary, library string
	memory          int64
	version         string

	mu   sync.Mutex
	idle map[int][]*child
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
	b := &native{binary: binary, library: library, memory: memory, version: c.version, idle: map[int][]*child{}}
	b.put(anyThreads, c)
	return b, nil
}

func (b *native) info() lp.Info {
	return lp.Info{Name: "HiGHS", Version: b.version, Backend: "native", Path: b.library}
}

// run gives the job to an idle child or a new one. An idle child that turns out to be dead is replaced once: it may have
// been killed while it waited.
func (b *native) run(ctx context.Context, j *job) (*answer, error) {
	c := b.take(j.threads)
	if c != nil && exited(c.cmd.Process.Pid) {
		c.close()
		c = nil
	}
	if c == nil {
		var err error
		if c, err = startChild(b.binary, b.library, b.memory, helloTime); err != nil {
			return nil, err
		}
	}
	end := c.listen()
	a, err := c.run(ctx, j)
	if err == nil {
		end()
		b.put(j.threads, c)
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

// take gives an idle child with the number of threads, or nil.
func (b *native) take(threads int) *child {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, key := range []int{threads, anyThreads} {
		if list := b.idle[key]; len(list) > 0 {
			c := list[len(list)-1]
			b.idle[key] = list[:len(list)-1]
			c.idle.Stop()
			return c
		}
	}
	return nil
}

// put keeps a child for the next solve, or ends it where enough are waiting.
func (b *native) put(threads int, c *child) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.idle[threads]) >= runtime.GOMAXPROCS(0) {
		c.close()
		return
	}
	c.idle = time.AfterFunc(idleTime, func() {
		if b.remove(threads, c) {
			c.close()
		}
	})
	b.idle[threads] = append(b.idle[threads], c)
}

// remove takes c out of the idle ones and reports whether it was there.
func (b *native) remove(threads int, c *child) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for k, other := range b.idle[threads] {
		if other == c {
			b.idle[threads] = append(b.idle[threads][:k], b.idle[threads][k+1:]...)
			return true
		}
	}
	return false
}

// close ends the idle children.
func (b *native) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for key, list := range b.idle {
		for _, c := range list {
			c.idle.Stop()
			c.close()
		}
		delete(b.idle, key)
	}
	return nil
}
