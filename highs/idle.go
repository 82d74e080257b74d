package highs

import (
	"runtime"
	"sync"
	"time"
)

// idleTime is how long a child process or an instance waits for more work before it is ended.
const idleTime = 5 * time.Second

// idlers keeps what waits for more work, by a key (a child's number of threads), for a while and not more of one key than
// there are processors. It holds no goroutine.
type idlers[T comparable] struct {
	end func(T) // ends one that waited for nothing

	mu      sync.Mutex
	waiting map[int][]idler[T]
}

type idler[T comparable] struct {
	what  T
	timer *time.Timer
}

// take gives the one that came last of the first of the keys that has one.
func (l *idlers[T]) take(keys ...int) (what T, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keys {
		if list := l.waiting[key]; len(list) > 0 {
			last := list[len(list)-1]
			l.waiting[key] = list[:len(list)-1]
			last.timer.Stop()
			return last.what, true
		}
	}
	return what, false
}

// put keeps one, or ends it where enough are waiting.
func (l *idlers[T]) put(key int, what T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting[key]) >= runtime.GOMAXPROCS(0) {
		l.end(what)
		return
	}
	if l.waiting == nil {
		l.waiting = map[int][]idler[T]{}
	}
	timer := time.AfterFunc(idleTime, func() {
		if l.remove(key, what) {
			l.end(what)
		}
	})
	l.waiting[key] = append(l.waiting[key], idler[T]{what, timer})
}

// remove takes one out and reports whether it was there.
func (l *idlers[T]) remove(key int, what T) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k, i := range l.waiting[key] {
		if i.what == what {
			l.waiting[key] = append(l.waiting[key][:k], l.waiting[key][k+1:]...)
			return true
		}
	}
	return false
}

// clear ends all that wait.
func (l *idlers[T]) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, list := range l.waiting {
		for _, i := range list {
			i.timer.Stop()
			l.end(i.what)
		}
	}
	l.waiting = nil
}
